using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Core.Tests.Logs;

public class InteractionLogTests
{
    private static readonly ChannelId[] Two = [new("a"), new("b")];

    [Fact]
    public void A_log_knows_its_rows_and_whether_they_are_in_the_order_of_time()
    {
        InteractionLog log = InteractionLog.Of(Two, new long[] { 1, 1, 5 }, new[] { 0, 1, 1 }, new byte[] { 2, 3, 22 });
        Assert.Equal(3, log.Count);
        Assert.True(log.IsTimeOrdered);
        Assert.Equal("3 interactions on 2 channels, in the order of time", log.ToString());
        Assert.False(InteractionLog.Of(Two, new long[] { 1, 5, 4 }, new[] { 0, 1, 1 }, new byte[] { 2, 3, 22 }).IsTimeOrdered);
        Assert.True(InteractionLog.Of(Two, default, default, default).IsTimeOrdered);
        Assert.False(log.HasActors || log.HasPublications || log.HasReplies);
    }

    /// <summary>One fall in an otherwise rising column, at every place and length: blocks, vectors and what remains behind them.</summary>
    [Fact]
    public void One_late_row_is_found_wherever_it_stands()
    {
        foreach (int length in Enumerable.Range(2, 40).Concat([4_095, 4_096, 4_097, 8_193]))
        {
            long[] times = [.. Enumerable.Range(0, length).Select(row => 10L * row)];
            int[] channels = new int[length];
            byte[] kinds = [.. Enumerable.Repeat((byte)2, length)];
            Assert.True(InteractionLog.Of(Two, times, channels, kinds).IsTimeOrdered);
            foreach (int late in length < 50 ? Enumerable.Range(1, length - 1) : [1, 4_094, 4_095, 4_096, length - 1])
            {
                if (late >= length) continue;
                long[] disturbed = [.. times];
                disturbed[late] -= 11;
                Assert.False(InteractionLog.Of(Two, disturbed, channels, kinds).IsTimeOrdered);
            }
        }
    }

    [Fact]
    public void Rows_without_any_channels_are_refused() =>
        Refused<ArgumentOutOfRangeException>("channelIndexes (0) in row 0 points to no channel, because none is given: name the channels.", () => InteractionLog.Of([], new long[1], new int[1], new byte[1]));

    [Fact]
    public void A_time_that_no_interaction_can_have_names_its_row() =>
        Refused<InvalidOperationException>("times (9223372036854775807 ms) in row 1 must lie in the years -9998 to 9999 to be an interaction's: correct the row.", () => InteractionLog.Of(Two, new[] { 0, long.MaxValue }, new int[2], new byte[] { 1, 1 }).ToInteractions().ToList());

    [Fact]
    public void Columns_of_unequal_length_are_refused()
    {
        Refused<ArgumentException>("times (2 values) and channelIndexes (1 values) must have the same length: pass one value of each per row.", () => InteractionLog.Of(Two, new long[2], new int[1], new byte[2]));
        Refused<ArgumentException>("times (2 values) and kinds (3 values) must have the same length", () => InteractionLog.Of(Two, new long[2], new int[2], new byte[3]));
        Refused<ArgumentException>("times (1 values) and roles (2 values) must have the same length", () => InteractionLog.Of(Two, new long[1], new int[1], new byte[] { 1 }, new byte[2]));
        InteractionLog log = InteractionLog.Of(Two, new long[1], new int[1], new byte[] { 1 });
        Refused<ArgumentException>("the log (1 values) and actorIndexes (2 values) must have the same length", () => log.WithActors(new int[2]));
        Refused<ArgumentException>("the log (1 values) and publicationIndexes (2 values)", () => log.WithPublications(new int[2], [new("p")]));
        Refused<ArgumentException>("the log (1 values) and replyTo (0 values)", () => log.WithReplies(default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(9_999)]
    public void A_bad_row_is_named_with_its_value_rule_and_cure(int row)
    {
        long[] times = new long[10_000];
        int[] channels = new int[10_000];
        byte[] kinds = [.. Enumerable.Repeat((byte)1, 10_000)];
        byte[] roles = [.. Enumerable.Repeat((byte)1, 10_000)];
        channels[row] = 2;
        Refused<ArgumentOutOfRangeException>($"channelIndexes (2) in row {row} must lie between 0 and 1: pass an index into the channels, or name the channel among them.", () => InteractionLog.Of(Two, times, channels, kinds, roles));
        channels[row] = -1;
        Refused<ArgumentOutOfRangeException>($"channelIndexes (-1) in row {row} must lie between 0 and 1", () => InteractionLog.Of(Two, times, channels, kinds, roles));
        channels[row] = 1;
        foreach (byte kind in (byte[])[0, 23, 31, 32, 33, 255])
        {
            kinds[row] = kind;
            Refused<ArgumentOutOfRangeException>($"kinds ({kind}) in row {row} must lie between 1 and 22: pass the number of an InteractionKind.", () => InteractionLog.Of(Two, times, channels, kinds, roles));
        }

        kinds[row] = 22;
        foreach (byte role in (byte[])[0, 7, 64, 255])
        {
            roles[row] = role;
            Refused<ArgumentOutOfRangeException>($"roles ({role}) in row {row} must lie between 1 and 6: pass the number of an ActorRole.", () => InteractionLog.Of(Two, times, channels, kinds, roles));
        }

        roles[row] = 6;
        InteractionLog log = InteractionLog.Of(Two, times, channels, kinds, roles);
        int[] indexes = new int[10_000];
        indexes[row] = -2;
        Refused<ArgumentOutOfRangeException>($"actorIndexes (-2) in row {row} is out of range: pass a number of 0 or more, or InteractionLog.None for none.", () => log.WithActors(indexes));
        indexes[row] = 1;
        Refused<ArgumentOutOfRangeException>($"actorIndexes (1) in row {row} is out of range: pass an index below 1, or InteractionLog.None for none.", () => log.WithActors(indexes, [new("anna")]));
        indexes[row] = 10_000;
        Refused<ArgumentOutOfRangeException>($"replyTo (10000) in row {row} is out of range: pass a row below 10000, or InteractionLog.None for none.", () => log.WithReplies(indexes));
    }

    /// <summary>A log knows which kinds it has, and counts no others: one row of another kind, at every place of vectors and of what remains behind them.</summary>
    [Fact]
    public void The_only_row_of_a_kind_is_counted_wherever_it_stands()
    {
        var calendar = LocalCalendar.Days(DateTimeZone.Utc, LocalPeriod.Year(1970));
        var options = new RollUpOptions { Kinds = Enum.GetValues<InteractionKind>()[1..] };
        foreach (InteractionKind kind in options.Kinds)
        {
            for (int row = 0; row < 40; row++)
            {
                byte[] kinds = [.. Enumerable.Repeat((byte)(kind == InteractionKind.Like ? InteractionKind.Comment : InteractionKind.Like), 40)];
                kinds[row] = (byte)kind;
                var rollUp = RollUp.Of(InteractionLog.Of(Two, new long[40], new int[40], kinds), calendar, options);
                Assert.Equal((1L, 40L), (rollUp.CountOf(kind: kind), rollUp.Total));
            }
        }
    }

    [Fact]
    public void Lists_that_name_something_twice_or_nothing_are_refused()
    {
        Refused<ArgumentException>("channels hold the channel \"a\" twice, at 0 and 1: name each once.", () => InteractionLog.Of([new("a"), new("a")], default, default, default));
        Refused<ArgumentException>("channels: entry 1 is empty, and each must be an identifier: leave out what is none.", () => InteractionLog.Of([new("a"), default], default, default, default));
        InteractionLog log = InteractionLog.Of(Two, default, default, default);
        Refused<ArgumentException>("publications hold the publication \"p\" twice", () => log.WithPublications(default, [new("p"), new("p")]));
        Refused<ArgumentException>("actors hold the actor \"p\" twice", () => log.WithActors(default, [new("p"), new("p")]));
    }

    [Fact]
    public void A_publication_has_one_channel()
    {
        InteractionLog log = InteractionLog.Of(Two, new long[3], new[] { 0, 1, 1 }, new byte[] { 1, 1, 1 });
        Refused<ArgumentException>("publicationIndexes: publication \"p\" stands with channel \"a\" and, in row 2, with channel \"b\", and a publication has one channel: correct the rows, or give the publications ids of their own.", () => log.WithPublications(new[] { 0, -1, 0 }, [new("p")]));
        InteractionLog one = InteractionLog.Of(Two, new long[1], new[] { 0 }, new byte[] { 1 }).WithPublications(new[] { 0 }, [new("p")]);
        InteractionLog other = InteractionLog.Of(Two, new long[1], new[] { 1 }, new byte[] { 1 }).WithPublications(new[] { 0 }, [new("p")]);
        Refused<ArgumentException>("logs: publication \"p\" stands with channel \"a\" and with channel \"b\"", () => InteractionLog.Concat([one, other]));
        var builder = new InteractionLogBuilder();
        builder.Add(Two[0], InteractionKind.Like, Ihk.Noon, ActorRole.Member, publication: new("p"));
        Refused<ArgumentException>("publication: publication \"p\" stands with channel \"a\" and, in row 1, with channel \"b\"", () => builder.Add(Two[1], InteractionKind.Like, Ihk.Noon, ActorRole.Member, publication: new("p")));
    }

    [Fact]
    public void The_callers_memory_is_not_copied()
    {
        long[] times = [1, 2, 3];
        InteractionLog log = InteractionLog.Of(Two, times, new int[3], new byte[] { 1, 1, 1 });
        Assert.True(log.Columns[0].Times.Span.Overlaps(times));
        (long[] many, int[] channels, byte[] kinds) = (new long[100_000], new int[100_000], [.. Enumerable.Repeat((byte)1, 100_000)]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(InteractionLog.Of(Two, many, channels, kinds));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_192);
    }

    [Fact]
    public void Chunks_of_one_list_of_channels_join_to_one_log()
    {
        InteractionLog first = InteractionLog.Of(Two, new long[] { 1, 2 }, new int[2], new byte[] { 1, 1 }).WithActors(new[] { 0, -1 });
        InteractionLog second = InteractionLog.Of(Two, new long[] { 2, 9 }, new int[2], new byte[] { 1, 1 });
        InteractionLog whole = InteractionLog.Concat([first, second]);
        Assert.Equal(4, whole.Count);
        Assert.True(whole.IsTimeOrdered);
        Assert.True(whole.HasActors);
        Assert.Equal(2, whole.Chunks.Count);
        Assert.False(InteractionLog.Concat([second, first]).IsTimeOrdered);
        Assert.Equal([1, 2, 2, 9], whole.ToInteractions().Select(one => one.At.ToUnixTimeMilliseconds()));
        Refused<InvalidOperationException>("replyTo is for a log of one chunk, and this one has 2: add the column to each chunk, then join them by Concat.", () => whole.WithReplies(new int[4]));
        Refused<ArgumentException>("logs: log 1 and log 0 differ in their channels: make them over the same channels, or roll each up and merge the roll-ups.", () => InteractionLog.Concat([first, InteractionLog.Of([new("a")], default, default, default)]));
        Refused<ArgumentException>("logs (0 values) must hold a log: pass the chunks.", () => InteractionLog.Concat([]));
    }

    [LongFact]
    public void A_reply_stays_one_to_its_row_when_logs_are_joined_and_taken_apart()
    {
        InteractionLog part = InteractionLog.Of(Two, new long[] { 1, 2 }, new int[2], new byte[] { 1, 1 }).WithReplies(new[] { InteractionLog.None, 0 });
        InteractionLog whole = InteractionLog.Concat([part, InteractionLog.Concat([part, part])]);
        Assert.Equal(["", "0", "", "2", "", "4"], Replies(whole), StringComparer.Ordinal);
        Assert.All(whole.Chunks, chunk => Assert.Equal(["", "0"], Replies(chunk), StringComparer.Ordinal));

        var builder = new InteractionLogBuilder();
        for (int row = 0; row < (1 << 20) + 2; row++) builder.Add(Two[0], InteractionKind.Comment, Instant.FromUnixTimeMilliseconds(row), ActorRole.Member, replyTo: row == (1 << 20) + 1 ? 1 << 20 : row == 1 << 20 ? 7 : InteractionLog.None);
        InteractionLog log = builder.Build();
        Assert.Equal(["7", "1048576"], Replies(log).Skip(1 << 20), StringComparer.Ordinal);

        // The seventh row is not in the second chunk.
        Assert.Equal(["", "0"], Replies(log.Chunks[1]), StringComparer.Ordinal);
        Assert.Equal(["7", "1048576"], Replies(InteractionLog.Concat(log.Chunks.Take(1).Append(log.Chunks[1]))).Skip(1 << 20), StringComparer.Ordinal);

        static IEnumerable<string> Replies(InteractionLog log) => log.ToInteractions().Select(one => one.ReplyTo.Value ?? "");
    }

    [Fact]
    public void Objects_become_rows_and_rows_become_objects()
    {
        Interaction[] events =
        [
            new("q", Ihk.Xing.Id, InteractionKind.Question, Ihk.Noon + Duration.FromNanoseconds(1_999_999), ActorRole.Member) { Actor = new("anna"), Publication = new("post") },
            new("r", Ihk.Xing.Id, InteractionKind.Reply, Ihk.Noon + Duration.FromHours(1), ActorRole.Staff) { ReplyTo = new("q") },
            new("s", Ihk.Twitter.Id, InteractionKind.Like, Ihk.Noon - Duration.FromNanoseconds(1), ActorRole.Unknown) { ReplyTo = new("elsewhere") },
        ];
        InteractionLog log = InteractionLog.From(events);
        Interaction[] back = [.. log.ToInteractions()];
        Assert.Equal(["0", "1", "2"], back.Select(one => one.Id.Value), StringComparer.Ordinal);
        Assert.Equal(events.Select(one => (one.Channel, one.Kind, one.Role, one.Actor, one.Publication)), back.Select(one => (one.Channel, one.Kind, one.Role, one.Actor, one.Publication)));

        // Times are floored: 1.999999 ms after noon is 1 ms after, and a nanosecond before noon is the millisecond before.
        Assert.Equal([Ihk.Noon + Duration.FromMilliseconds(1), events[1].At, Ihk.Noon - Duration.FromMilliseconds(1)], back.Select(one => one.At));
        Assert.Equal(["", "0", "-1"], back.Select(one => one.ReplyTo.Value), StringComparer.Ordinal);
        Assert.Equal(back, InteractionLog.From(back).ToInteractions());
        Refused<ArgumentException>("interactions hold the id \"q\" twice, in rows 0 and 1: give each interaction an id of its own.", () => InteractionLog.From([events[0], events[0]]));
    }

    [LongFact]
    public void A_message_that_replies_to_several_keeps_every_link_that_is_in_the_log()
    {
        Interaction Say(string id, int hour) => new(id, Ihk.Xing.Id, InteractionKind.Comment, Ihk.Noon + Duration.FromHours(hour), ActorRole.Member);
        Interaction[] events =
        [
            Say("a", 0), Say("b", 1), Say("both", 2) with { ReplyTo = new("b"), AlsoReplyTo = [new("a"), new("b"), new("a")] },
            Say("known", 3) with { ReplyTo = new("elsewhere"), AlsoReplyTo = [new("a"), new("nowhere"), new("both")] }, Say("unknown", 4) with { AlsoReplyTo = [new("nowhere")] }, Say("also", 5) with { AlsoReplyTo = [new("both"), new("a")] },
        ];
        InteractionLog log = InteractionLog.From(events);
        Assert.True(log.HasAlsoReplyTo);
        Assert.Equal(["", "", "1,0", "0,2", "-1", "2,0"], Links(log), StringComparer.Ordinal);
        Assert.Equal(Links(log), Links(InteractionLog.From(log.ToInteractions())), StringComparer.Ordinal);

        // Joined, the rows of the second log stand six below; alone again, what replied within its part still does.
        InteractionLog twice = InteractionLog.Concat([log, log]);
        Assert.Equal(["", "", "1,0", "0,2", "-1", "2,0", "", "", "7,6", "6,8", "-1", "8,6"], Links(twice), StringComparer.Ordinal);
        Assert.All(twice.Chunks, chunk => Assert.Equal(Links(log), Links(chunk), StringComparer.Ordinal));

        // By columns, and in a builder whose second chunk replies to the first.
        Assert.Equal(["", "", "0,1"], Links(InteractionLog.Of(Two, new long[3], new int[3], new byte[] { 8, 8, 8 }).WithReplies(new[] { -1, -1, 0 }).WithAlsoReplyTo(new[] { 2 }, new[] { 1 })), StringComparer.Ordinal);
        var builder = new InteractionLogBuilder();
        for (int row = 0; row < (1 << 20) + 2; row++) builder.Add(Two[0], InteractionKind.Comment, Instant.FromUnixTimeMilliseconds(row), ActorRole.Member, replyTo: row > 1 << 20 ? 7 : InteractionLog.None, alsoReplyTo: row > 1 << 20 ? [8, 1 << 20] : null);
        Assert.Equal(["", "7,8,1048576"], Links(builder.Build()).Skip(1 << 20), StringComparer.Ordinal);
        Assert.Equal(["", "0"], Links(builder.Build().Chunks[1]), StringComparer.Ordinal);

        static IEnumerable<string> Links(InteractionLog log) => log.ToInteractions().Select(one => string.Join(',', one.Parents));
    }

    [Fact]
    public void A_further_link_must_lie_in_the_log()
    {
        InteractionLog log = InteractionLog.Of(Two, new long[3], new int[3], new byte[] { 8, 8, 8 });
        Assert.False(log.HasAlsoReplyTo);
        Refused<ArgumentException>("rows (1 values) and replyTo (2 values)", () => log.WithAlsoReplyTo(new int[1], new int[2]));
        Refused<ArgumentOutOfRangeException>("rows (3) at 0 must lie between 0 and 2", () => log.WithAlsoReplyTo(new[] { 3 }, new[] { 0 }));
        Refused<ArgumentOutOfRangeException>("rows (1) at 1 must lie between 2 and 2", () => log.WithAlsoReplyTo(new[] { 2, 1 }, new[] { 0, 0 }));
        Refused<ArgumentOutOfRangeException>("replyTo (-1) at 0 must lie between 0 and 2", () => log.WithAlsoReplyTo(new[] { 2 }, new[] { InteractionLog.None }));
        Refused<InvalidOperationException>("rows is for a log of one chunk, and this one has 2", () => InteractionLog.Concat([log, log]).WithAlsoReplyTo(default, default));
        Refused<ArgumentOutOfRangeException>("alsoReplyTo (-1) must not be negative", () => new InteractionLogBuilder().Add(Two[0], InteractionKind.Comment, Ihk.Noon, ActorRole.Member, alsoReplyTo: [-1]));
        Refused<ArgumentException>("alsoReplyTo (1) in row 0 must be a row of the log, which has 1", () => new InteractionLogBuilder().Add(Two[0], InteractionKind.Comment, Ihk.Noon, ActorRole.Member, alsoReplyTo: [1]).Build());
    }

    [Fact]
    public void A_column_of_which_no_row_says_anything_is_not_made()
    {
        var builder = new InteractionLogBuilder();
        for (int row = 0; row < 10; row++) builder.Add(Two[0], InteractionKind.Like, Ihk.Noon, ActorRole.Member, row == 7 ? new ActorId("anna") : default);
        LogChunk chunk = builder.Build().Columns[0];
        Assert.Equal([-1, -1, -1, -1, -1, -1, -1, 0, -1, -1], chunk.Actors.ToArray());
        Assert.True(chunk.Publications.IsEmpty && chunk.Replies.IsEmpty);
    }

    [Fact]
    public void A_builder_goes_on_after_a_log_was_built()
    {
        InteractionLogBuilder builder = new InteractionLogBuilder().Add(Two[1], InteractionKind.Like, Ihk.Noon, ActorRole.Member);
        InteractionLog first = builder.Build();
        builder.Add(Two[0], InteractionKind.Share, Ihk.Noon, ActorRole.Bot, replyTo: 0);
        Assert.Equal(1, first.Count);
        Assert.Equal([Two[1]], first.Channels);
        Assert.Equal([Two[1], Two[0]], builder.Build().Channels);
        Assert.Equal(2, builder.Count);
        Refused<ArgumentException>("replyTo (7) in row 2 must be a row of the log, which has 3: pass the number of the row that it replies to.", () => builder.Add(Two[0], InteractionKind.Share, Ihk.Noon, ActorRole.Bot, replyTo: 7).Build());
        Refused<ArgumentOutOfRangeException>("replyTo (-3) must be a row", () => builder.Add(Two[0], InteractionKind.Share, Ihk.Noon, ActorRole.Bot, replyTo: -3));
        Refused<ArgumentException>("channel in row 3 is empty, and every interaction happens on one: name it.", () => builder.Add(default, InteractionKind.Share, Ihk.Noon, ActorRole.Bot));
        Refused<ArgumentOutOfRangeException>("kind (Unspecified) must be a known InteractionKind", () => builder.Add(Two[0], default, Ihk.Noon, ActorRole.Bot));
        Refused<ArgumentOutOfRangeException>("role (Unspecified) must be a known ActorRole", () => builder.Add(Two[0], InteractionKind.Share, Ihk.Noon, default));
    }

    [Fact]
    public void A_row_that_is_refused_leaves_the_builder_as_it_was()
    {
        InteractionLogBuilder builder = new();
        Everything(builder);
        Assert.Empty(builder.Build().Channels);
        builder.Add(Two[0], InteractionKind.Like, Ihk.Noon, ActorRole.Member, new ActorId("anna"), new PublicationId("p"));
        InteractionLog before = builder.Build();
        Everything(builder);
        Refused<ArgumentException>($"publication: publication \"p\" stands with channel \"{Two[0].Value}\" and, in row 1, with channel \"new\"", () => builder.Add(new ChannelId("new"), InteractionKind.Like, Ihk.Noon, ActorRole.Member, new ActorId("ben"), new PublicationId("p")));
        InteractionLog after = builder.Build();
        Assert.Equal((1, 1), (builder.Count, after.Count));
        Assert.Equal(before.Channels, after.Channels);
        Assert.Equal(before.Publications, after.Publications);
        Assert.Equal(before.Actors, after.Actors);
        Assert.Equal(before.ToInteractions(), after.ToInteractions());

        static void Everything(InteractionLogBuilder builder)
        {
            var (channel, actor, publication) = (new ChannelId("new"), new ActorId("ben"), new PublicationId("q"));
            Refused<ArgumentException>($"channel in row {builder.Count} is empty", () => builder.Add(default, InteractionKind.Like, Ihk.Noon, ActorRole.Member, actor, publication));
            Refused<ArgumentOutOfRangeException>("kind (Unspecified)", () => builder.Add(channel, default, Ihk.Noon, ActorRole.Member, actor, publication));
            Refused<ArgumentOutOfRangeException>("role (Unspecified)", () => builder.Add(channel, InteractionKind.Like, Ihk.Noon, default, actor, publication));
            Refused<ArgumentOutOfRangeException>("replyTo (-3)", () => builder.Add(channel, InteractionKind.Like, Ihk.Noon, ActorRole.Member, actor, publication, -3));
        }
    }

    [LongFact]
    public void A_builder_fills_chunk_after_chunk()
    {
        const int Rows = (1 << 20) + 5;
        var builder = new InteractionLogBuilder();
        for (int row = 0; row < Rows; row++) builder.Add(Two[row & 1], InteractionKind.Like, Instant.FromUnixTimeMilliseconds(row), ActorRole.Member, publication: row == Rows - 1 ? new("p") : default);
        InteractionLog log = builder.Build();
        Assert.Equal([1 << 20, 5], log.Columns.ToArray().Select(chunk => chunk.Count));
        Assert.Equal(Rows, log.Count);
        Assert.True(log.IsTimeOrdered);
        Assert.True(log.HasPublications);
        Assert.Equal(new PublicationId("p"), log.ToInteractions().Last().Publication);
    }

    private static void Refused<T>(string message, Func<object> act)
        where T : Exception => Assert.StartsWith(message, Assert.Throws<T>(act).Message, StringComparison.Ordinal);
}
