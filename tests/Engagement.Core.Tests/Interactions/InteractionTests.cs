namespace Engagement.Core.Tests.Interactions;

public class InteractionTests
{
    /// <summary>The table of the domain: which kind falls into which class.</summary>
    [Theory]
    [InlineData(InteractionClass.Exposure, InteractionKind.View)]
    [InlineData(InteractionClass.Reaction, InteractionKind.Like, InteractionKind.Dislike, InteractionKind.Emoji, InteractionKind.Click, InteractionKind.Save, InteractionKind.Vote, InteractionKind.Attend)]
    [InlineData(InteractionClass.Conversation, InteractionKind.Comment, InteractionKind.Reply, InteractionKind.Mention, InteractionKind.Question, InteractionKind.DirectMessage)]
    [InlineData(InteractionClass.Redistribution, InteractionKind.Share, InteractionKind.Repost, InteractionKind.Forward, InteractionKind.Quote)]
    [InlineData(InteractionClass.Relationship, InteractionKind.Follow, InteractionKind.Unfollow, InteractionKind.Join, InteractionKind.Leave)]
    [InlineData(InteractionClass.Authorship, InteractionKind.Post)]
    public void Every_kind_has_one_class(InteractionClass expected, params InteractionKind[] kinds)
    {
        Assert.Equal(kinds, Enum.GetValues<InteractionKind>().Skip(1).Where(kind => kind.Class() == expected));
        Assert.All(kinds, kind => Assert.Equal(expected is InteractionClass.Conversation || kind is InteractionKind.Quote, kind.CountsAsConversation()));
    }

    [Fact]
    public void What_is_replied_to_is_told_once_and_none_is_no_parent()
    {
        var alone = new Interaction("a", Ihk.Xing.Id, InteractionKind.Reply, Ihk.Noon, ActorRole.Staff);
        Assert.Empty(alone.Parents);
        Assert.Empty(alone.AlsoReplyTo);
        Assert.Equal([new("q")], (alone with { ReplyTo = new("q") }).Parents);
        Assert.Equal([new("q"), new("r"), new("s")], (alone with { ReplyTo = new("q"), AlsoReplyTo = [new("r"), new("q"), new("s"), new("r")] }).Parents);
        Assert.Equal([new("r")], (alone with { AlsoReplyTo = [new("r")] }).Parents);

        // The list is the interaction's own.
        InteractionId[] more = [new("r")];
        Interaction kept = alone with { AlsoReplyTo = more };
        more[0] = new("x");
        Assert.Equal([new("r")], kept.AlsoReplyTo);
        Assert.Equal(kept, alone with { AlsoReplyTo = [new("r")] });
        Assert.Equal(alone, kept with { AlsoReplyTo = [] });

        ArgumentException refused = Assert.Throws<ArgumentException>("AlsoReplyTo", () => alone with { AlsoReplyTo = [new("r"), default] });
        Assert.StartsWith("AlsoReplyTo must not hold none: name an interaction, or leave it out.", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("AlsoReplyTo", () => alone with { AlsoReplyTo = null! });
    }

    [Fact]
    public void The_numbers_of_the_kinds_are_stable() =>
        Assert.Equal(
            ["Unspecified", "View", "Like", "Dislike", "Emoji", "Click", "Save", "Vote", "Attend", "Comment", "Reply", "Mention", "Question", "DirectMessage", "Share", "Repost", "Forward", "Quote", "Follow", "Unfollow", "Join", "Leave", "Post"],
            Enumerable.Range(0, Enum.GetValues<InteractionKind>().Length).Select(number => Enum.GetName((InteractionKind)number)!),
            StringComparer.Ordinal);

    [Fact]
    public void An_unspecified_kind_has_no_class()
    {
        Assert.Throws<ArgumentOutOfRangeException>("kind", () => default(InteractionKind).Class());
        Assert.Throws<ArgumentOutOfRangeException>("kind", () => ((InteractionKind)99).CountsAsConversation());
    }

    [Fact]
    public void An_interaction_says_who_what_when_and_where()
    {
        Interaction interaction = new("c-1", Ihk.Xing.Id, InteractionKind.Comment, Ihk.Noon, ActorRole.Member);
        Assert.True(interaction.Actor.IsNone && interaction.Publication.IsNone && interaction.ReplyTo.IsNone);
        Assert.Equal(InteractionClass.Conversation, interaction.Class);
        Assert.Equal("c-1: Comment on xing at 2014-11-20T11:00:00Z by Member", interaction.ToString());
        Assert.Equal(interaction, interaction with { });
        Assert.NotEqual(interaction, interaction with { ReplyTo = new InteractionId("c-0") });
        Cultures.AssertInvariant(interaction.ToString);
    }

    [Fact]
    public void An_interaction_refuses_what_it_cannot_mean()
    {
        Assert.StartsWith("kind (Unspecified) must be a known InteractionKind: pass one of View, Like,", Assert.Throws<ArgumentOutOfRangeException>("kind", () => new Interaction("c", Ihk.Xing.Id, default, Ihk.Noon, ActorRole.Member)).Message, StringComparison.Ordinal);
        Assert.StartsWith("role (Unspecified) must be a known ActorRole: pass one of Unknown, Organisation,", Assert.Throws<ArgumentOutOfRangeException>("role", () => new Interaction("c", Ihk.Xing.Id, InteractionKind.Like, Ihk.Noon, default)).Message, StringComparison.Ordinal);
    }
}
