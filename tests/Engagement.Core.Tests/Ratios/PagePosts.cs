using NodaTime;

namespace Engagement.Core.Tests.Ratios;

/// <summary>Posts of a Facebook page of the chamber, as tests of engagement ratios need them.</summary>
internal static class PagePosts
{
    public static readonly Channel Page = new("page", "Page", Platform.Facebook, ChannelForm.Page);

    public static Portfolio WithPosts(params Publication[] posts) => WithPosts([], posts);

    public static Portfolio WithPosts(AudienceSnapshot[] audience, params Publication[] posts)
    {
        PortfolioBuilder builder = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Company).With(Ihk.At(1, 0, 1), Count.Observed(110_000))).Add(Page);
        foreach (AudienceSnapshot snapshot in audience) builder.Add(snapshot);
        foreach (Publication post in posts) builder.Add(post);
        return builder.Build();
    }

    public static Publication Post(string id, int day, InteractionTally tally, long? reach = null, long? impressions = null) => new(id, Page.Id, Ihk.At(day))
    {
        Interactions = tally,
        Exposures = new Exposures(Known(impressions), new MeasuredReach(Known(reach))),
    };

    public static Count Known(long? count) => count is { } value ? Count.Observed(value) : Count.Missing;

    public static Interaction Like(string id, string? publication, Instant at) => new(id, Page.Id, InteractionKind.Like, at, ActorRole.Unknown) { Publication = publication is null ? default : new PublicationId(publication) };

    public static Interaction Comment(string id, Channel channel, string actor) => new(id, channel.Id, InteractionKind.Comment, Ihk.At(5), ActorRole.Member) { Actor = new ActorId(actor) };
}
