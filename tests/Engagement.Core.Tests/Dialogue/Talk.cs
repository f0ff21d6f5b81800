using NodaTime;

namespace Engagement.Core.Tests.Dialogue;

/// <summary>Small talks, written line by line: id, kind, role, actor, minutes after noon of 20 November 2014, and what it replies to.</summary>
internal static class Talk
{
    public static readonly Channel Page = Ihk.Xing;

    public static Interaction Say(string id, InteractionKind kind, ActorRole role, double minutes, string? replyTo = null, string? actor = null, Channel? on = null) =>
        new(id, (on ?? Page).Id, kind, Ihk.Noon + Duration.FromMinutes(minutes), role)
        {
            Actor = actor is null ? default : new ActorId(actor),
            ReplyTo = replyTo is null ? default : new InteractionId(replyTo),
        };

    public static Interaction Ask(string id, double minutes, string? replyTo = null, string? actor = null) => Say(id, InteractionKind.Question, ActorRole.Member, minutes, replyTo, actor);

    public static Interaction Answer(string id, double minutes, string? replyTo, string? actor = null) => Say(id, InteractionKind.Reply, ActorRole.Organisation, minutes, replyTo, actor);

    public static Portfolio Of(params IEnumerable<Interaction> interactions)
    {
        PortfolioBuilder builder = Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Add(Ihk.Xing).Add(Ihk.Facebook);
        foreach (Interaction interaction in interactions) builder.Add(interaction);
        return builder.Build();
    }

    public static DialogueResult On(Portfolio portfolio, DialogueCalculator? calculator = null) => (calculator ?? new DialogueCalculator()).Calculate(portfolio, Ihk.November).Channels[0];

    public static DialogueResult On(params IEnumerable<Interaction> interactions) => On(Of(interactions));

    public static bool Has(this IEnumerable<Caveat> caveats, string code) => caveats.Any(caveat => caveat.Code == code);
}
