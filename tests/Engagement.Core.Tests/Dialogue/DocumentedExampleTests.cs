using static Engagement.Core.Tests.Dialogue.Talk;

namespace Engagement.Core.Tests.Dialogue;

/// <summary>The worked example of docs/dialogue.md.</summary>
public class DocumentedExampleTests
{
    [Fact]
    public void One_conversation_each_way_one_comment_without_an_answer_and_one_post_that_is_liked()
    {
        Portfolio portfolio = Of(
        [
            Ask("asks", 0, actor: "anna"), Say("answers", InteractionKind.Reply, ActorRole.Staff, 10, "asks", "bert"), Say("thanks", InteractionKind.Comment, ActorRole.Member, 20, "answers", "anna"), Say("luck", InteractionKind.Reply, ActorRole.Staff, 30, "thanks", "bert"),
            Say("comments", InteractionKind.Comment, ActorRole.NonMember, 40, actor: "carl"), Say("post", InteractionKind.Post, ActorRole.Organisation, 50),
            .. Enumerable.Range(0, 5).Select(like => Say($"like-{like}", InteractionKind.Like, ActorRole.Unknown, 60 + like)),
        ]);
        PortfolioBuilder withStaff = Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(new Universe("staff", UnitOfCount.Person).With(Ihk.At(1, 0), Count.Observed(160)));
        foreach (Interaction interaction in portfolio.Interactions) withStaff.Add(interaction);
        DialogueResult dialogue = On(withStaff.Build());
        Assert.Equal(Count.Observed(3), dialogue.Conversations);
        Is(dialogue.TurnsPerConversation, 6, 3);
        Is(dialogue.BegunByOutsiders, 2, 3, 0.208, 0.939);
        Is(dialogue.Reciprocity, 1, 2, 0.095, 0.905);
        Is(dialogue.DialogueShare, 5, 11);
        Is(dialogue.ResponseRate, 2, 3, 0.208, 0.939);
        Is(dialogue.StaffParticipation, 1, 160, 0.001, 0.035);
        Is(dialogue.RepliesByStaff, 2, 2);
        Assert.Equal((DialogueLevel.Reciprocal, "asks"), (dialogue.Level, dialogue.Example.Value));
        Assert.Contains("begun by outsiders [20.8, 93.9 %]", Repository.Read("docs/dialogue.md"), StringComparison.Ordinal);

        static void Is(Figure figure, double top, double bottom, double? lower = null, double? upper = null)
        {
            Assert.Equal((top, bottom), (figure.Numerator.Value, figure.Denominator.Value));
            if (lower is null) return;
            Assert.Equal((lower, upper), (Math.Round(figure.Interval!.Value.Lower, 3), Math.Round(figure.Interval.Value.Upper, 3)));
        }
    }
}
