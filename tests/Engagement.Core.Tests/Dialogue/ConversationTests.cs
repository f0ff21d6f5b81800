using NodaTime;
using static Engagement.Core.Tests.Dialogue.Talk;

namespace Engagement.Core.Tests.Dialogue;

public class ConversationTests
{
    [Fact]
    public void A_thread_is_what_reply_links_tie_together_whatever_the_order_of_the_facts()
    {
        Interaction[] talk =
        [
            Answer("a", 10, "q", "org"), Ask("q", 0, actor: "anna"), Ask("q2", 20, "a", "anna"), Say("m", InteractionKind.Comment, ActorRole.NonMember, 25, "q2", "ben"), Answer("b", 30, "m", "org"),
            Ask("other", 5, actor: "carl"),
        ];
        IReadOnlyList<Conversation> found = Conversation.Find(talk);
        Assert.Equal(["q", "other"], found.Select(conversation => conversation.Root.Value), StringComparer.Ordinal);
        Conversation first = found[0];
        Assert.Equal((5, 4, true, ActorRole.Member), (first.Messages, first.Turns, first.IsReciprocal, first.Initiator));
        Assert.Equal((Ihk.Noon, Ihk.Noon + Duration.FromMinutes(30)), (first.Began, first.LastMessageAt));
        Assert.Equal([("anna", ActorRole.Member, 2), ("org", ActorRole.Organisation, 2), ("ben", ActorRole.NonMember, 1)], first.Participants.Select(one => (one.Actor.Value, one.Role, one.Messages)));
        Assert.Equal((1, 1, false), (found[1].Messages, found[1].Turns, found[1].IsReciprocal));
        Assert.Equal(found, Conversation.Find(talk.Reverse()));
    }

    [Fact]
    public void A_turn_is_an_unbroken_run_of_one_side_and_staff_are_on_the_organisations_side()
    {
        Conversation one = Assert.Single(Conversation.Find([Ask("q", 0), Ask("q2", 1, "q"), Answer("a", 2, "q"), Say("s", InteractionKind.Reply, ActorRole.Staff, 3, "q2"), Ask("q3", 4, "a")]));
        Assert.Equal((3, 5), (one.Turns, one.Messages));
    }

    [Fact]
    public void Bots_likes_and_what_we_say_to_ourselves_are_no_messages_but_threads_run_through_them()
    {
        Conversation one = Assert.Single(Conversation.Find(
        [
            Ask("q", 0), Say("bot", InteractionKind.Reply, ActorRole.Bot, 1, "q"), Ask("q2", 2, "bot"), Answer("a", 3, "q2"), Answer("own", 4, "a"), Say("like", InteractionKind.Like, ActorRole.Member, 5, "own"), Ask("q3", 6, "like"),
        ]));
        Assert.Equal((4, 3), (one.Messages, one.Turns));
    }

    [Fact]
    public void Replies_to_a_bot_or_a_like_hang_together()
    {
        Conversation one = Assert.Single(Conversation.Find([Say("bot", InteractionKind.Post, ActorRole.Bot, 0), Ask("q", 1, "bot"), Answer("a", 2, "bot")]));
        Assert.Equal(("bot", ActorRole.Member, 2), (one.Root.Value, one.Initiator, one.Turns));
        Assert.Empty(Conversation.Find([Say("like", InteractionKind.Like, ActorRole.Member, 0), Say("bot", InteractionKind.Reply, ActorRole.Bot, 1, "like")]));
    }

    [Fact]
    public void Messages_of_one_moment_stand_after_what_they_reply_to() =>
        Assert.Equal(3, Assert.Single(Conversation.Find([Ask("c", 0, "b"), Answer("b", 0, "a"), Ask("a", 0)])).Turns);

    [Fact]
    public void Links_that_cannot_be_followed_begin_conversations_of_their_own()
    {
        Interaction elsewhere = Say("x", InteractionKind.Reply, ActorRole.Member, 5, "q", on: Ihk.Facebook);
        Assert.Equal(["early", "q", "lost", "x"], Conversation.Find([Ask("q", 0), Ask("lost", 1, "unknown"), Answer("early", -5, "q"), elsewhere]).Select(conversation => conversation.Root.Value), StringComparer.Ordinal);
        Assert.Equal(["self"], Conversation.Find([Ask("self", 0, "self")]).Select(conversation => conversation.Root.Value), StringComparer.Ordinal);
        Conversation circle = Assert.Single(Conversation.Find([Ask("b", 1, "a"), Answer("c", 2, "b"), Ask("a", 0, "c")]));
        Assert.Equal(("a", 3), (circle.Root.Value, circle.Messages));
    }

    [Fact]
    public void Null_and_ids_that_are_given_twice_are_refused()
    {
        Assert.Throws<ArgumentNullException>("interactions", () => Conversation.Find(null!));
        Assert.Throws<ArgumentNullException>("interactions", () => Conversation.Find([null!]));
        Assert.StartsWith("interactions hold the id \"q\" twice", Assert.Throws<ArgumentException>(() => Conversation.Find([Ask("q", 0), Ask("q", 1)])).Message, StringComparison.Ordinal);
    }
}
