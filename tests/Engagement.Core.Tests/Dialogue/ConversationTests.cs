using CsCheck;
using NodaTime;
using static Engagement.Core.Tests.Dialogue.Talk;

namespace Engagement.Core.Tests.Dialogue;

public class ConversationTests
{
    [Fact]
    public void A_message_that_answers_several_ties_their_threads_and_answers_each()
    {
        Interaction[] talk = [Ask("q1", 0), Ask("q2", 5), Ask("q3", 7), Answer("a", 60, "q1") with { AlsoReplyTo = [new("q2"), new("q1")] }];
        DialogueResult dialogue = On(talk);
        Assert.Equal((3, 2, 1), (dialogue.Response.Answerable, dialogue.Response.Answered, dialogue.Response.Unanswered));
        Assert.Equal(Count.Observed(2), dialogue.Conversations);
        Conversation tied = Conversation.Find(talk)[0];
        Assert.Equal((new InteractionId("q1"), 3, 2), (tied.Root, tied.Messages, tied.Turns));

        // One that replies to the second alone leaves the threads apart.
        Assert.Equal((1, Count.Observed(3)), (On([.. talk[..3], Answer("a", 60, "q2")]).Response.Answered, On([.. talk[..3], Answer("a", 60, "q2")]).Conversations));
    }

    [Fact]
    public void What_an_outsider_ties_is_answered_together_from_then_on()
    {
        // Before the tie the answer to q1 says nothing to q2; after it, one answers all that waits in either.
        Interaction tie = Say("tie", InteractionKind.Comment, ActorRole.Member, 20, "q1", "ben") with { AlsoReplyTo = [new("q2")] };
        Assert.Equal(1, On(Ask("q1", 0), Ask("q2", 5), Answer("a", 10, "q1"), tie).Response.Answered);
        Assert.Equal(3, On(Ask("q1", 0), Ask("q2", 5), tie, Answer("a", 30, "q2")).Response.Answered);
        Assert.Equal(Count.Observed(1), On(Ask("q1", 0), Ask("q2", 5), tie, Answer("a", 30, "q2")).Conversations);
    }

    [Fact]
    public void Under_our_own_post_a_reply_to_two_comments_answers_both_and_no_third()
    {
        DialogueResult dialogue = On(
            Say("post", InteractionKind.Post, ActorRole.Organisation, 0), Say("c1", InteractionKind.Comment, ActorRole.Member, 10, "post"), Say("c2", InteractionKind.Comment, ActorRole.Member, 11, "post"),
            Say("c3", InteractionKind.Comment, ActorRole.Member, 12, "post"), Answer("a", 20, "post") with { AlsoReplyTo = [new("c1"), new("c2")] });
        Assert.Equal((3, 2, Count.Observed(1)), (dialogue.Response.Answerable, dialogue.Response.Answered, dialogue.Conversations));
    }

    [Fact]
    public void Only_what_replies_to_ours_alone_is_left_out()
    {
        Interaction own = Say("own", InteractionKind.Reply, ActorRole.Staff, 30, "a");
        Assert.Equal(1, On(Ask("q1", 0), Answer("a", 10, "q1"), Ask("q2", 20), own).Response.Answered);
        Assert.Equal(2, On(Ask("q1", 0), Answer("a", 10, "q1"), Ask("q2", 20), own with { AlsoReplyTo = [new("q2")] }).Response.Answered);
    }

    [Fact]
    public void Of_several_links_each_is_followed_or_told_by_itself()
    {
        DialogueResult dialogue = On(
            Ask("q1", 0), Say("far", InteractionKind.Question, ActorRole.Member, 0, on: Ihk.Facebook), Answer("a", 10, "nothing") with { AlsoReplyTo = [new("q1"), new("far"), new("late"), new("lost")] }, Ask("late", 20));
        Assert.Equal((2, 1, Count.Observed(2)), (dialogue.Response.Answerable, dialogue.Response.Answered, dialogue.Conversations));
        Assert.StartsWith("2 reply links lead to what is not known", dialogue.Caveats.Single(caveat => caveat.Code == CaveatCodes.RepliesToUnknown).English, StringComparison.Ordinal);
        Assert.StartsWith("1 reply link leads to what is later", dialogue.Caveats.Single(caveat => caveat.Code == CaveatCodes.RepliesToLater).English, StringComparison.Ordinal);
        Assert.StartsWith("1 reply link leads to another channel", dialogue.Caveats.Single(caveat => caveat.Code == CaveatCodes.RepliesAcrossChannels).English, StringComparison.Ordinal);
    }

    [Fact]
    public void Circles_through_any_of_several_links_are_broken_and_counted()
    {
        // Two circles through a: a → b → a, and a → c → a; a is the earliest of both and loses both links.
        Interaction a = Ask("a", 0, "b") with { AlsoReplyTo = [new("c")] };
        DialogueResult dialogue = On(a, Ask("b", 0, "a"), Ask("c", 0, "a"), Ask("self", 1, "a") with { AlsoReplyTo = [new("self")] });
        Assert.StartsWith("reply links go round in 3 circles", dialogue.Caveats.Single(caveat => caveat.Code == CaveatCodes.ReplyCircles).English, StringComparison.Ordinal);
        Assert.Equal((Count.Observed(1), 4), (dialogue.Conversations, dialogue.Response.Answerable));
        Assert.DoesNotContain(dialogue.Caveats, caveat => caveat.Code == CaveatCodes.RepliesToLater);
    }

    [Fact]
    public void Conversations_are_what_links_tie_together_in_whatever_order_they_are_given() =>
        Gen.Select(Gen.Int[0, 40].SelectMany(count => Gen.Select(Gen.Int[-3, 41].Array[0, 3], Gen.Int[0, 20], Gen.Int[1, 6]).Array[count]), Gen.Int[0, 1000]).Sample((rows, seed) =>
        {
            Interaction[] talk = [.. rows.Select((row, index) => Say($"i{index}", InteractionKind.Comment, (ActorRole)row.Item3 is ActorRole.Bot ? ActorRole.Member : (ActorRole)row.Item3, row.Item2, row.Item1.Length > 0 && row.Item1[0] >= 0 ? $"i{row.Item1[0]}" : null)
                with { AlsoReplyTo = [.. row.Item1.Skip(1).Where(parent => parent >= 0).Select(parent => new InteractionId($"i{parent}"))] })];

            // Only strictly earlier links: circles and ties within a moment are told elsewhere.
            talk = [.. talk.Select((one, index) => one with { ReplyTo = Earlier(one.ReplyTo, one), AlsoReplyTo = [.. one.AlsoReplyTo.Where(parent => !Earlier(parent, one).IsNone)] })];
            int[] part = [.. Enumerable.Range(0, talk.Length)];
            for (bool changes = true; changes;)
            {
                changes = false;
                for (int index = 0; index < talk.Length; index++)
                {
                    foreach (InteractionId parent in talk[index].AlsoReplyTo.Prepend(talk[index].ReplyTo).Where(parent => !parent.IsNone))
                    {
                        int other = Array.FindIndex(talk, one => one.Id == parent);
                        int least = Math.Min(part[index], part[other]);
                        changes |= part[index] != part[other];
                        (part[index], part[other]) = (least, least);
                    }
                }
            }

            // What we say to us alone is no message.
            bool IsMessage(Interaction one) => !(one.Role is ActorRole.Organisation or ActorRole.Staff && one.AlsoReplyTo.Prepend(one.ReplyTo).Where(parent => !parent.IsNone).ToArray() is { Length: > 0 } parents && parents.All(parent => talk.First(other => other.Id == parent).Role is ActorRole.Organisation or ActorRole.Staff));
            int[] expected = [.. Enumerable.Range(0, talk.Length).Where(index => IsMessage(talk[index])).GroupBy(index => part[index]).Select(group => group.Count()).Order()];
            var random = new Random(seed);
            Interaction[] shuffled = [.. talk];
            random.Shuffle(shuffled);
            Assert.Equal(expected, Conversation.Find(shuffled).Select(conversation => conversation.Messages).Order());

            InteractionId Earlier(InteractionId parent, Interaction one) => talk.FirstOrDefault(other => other.Id == parent) is { } known && known.At < one.At ? parent : default;
        }, iter: LawCases.Count);

    [Fact]
    public void A_further_parent_must_be_one() =>
        Assert.StartsWith("AlsoReplyTo must not hold none", Assert.Throws<ArgumentException>(() => Ask("q", 0) with { AlsoReplyTo = [default] }).Message, StringComparison.Ordinal);

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
