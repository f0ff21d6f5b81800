using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage.Tests;

/// <content>Batches: once, in any order, whole or not at all.</content>
public abstract partial class StoreContract
{
    [Fact]
    public async Task A_batch_sent_twice_counts_once_and_another_under_its_id_is_refused()
    {
        await using SeededStore seeded = await NewSeededAsync(1_000, seed: 16);
        (_, EngagementStore store, SeededLog rows, InteractionLog log) = seeded;
        Assert.True(await store.AppendAsync("a", log, Token));
        Assert.False(await store.AppendAsync("a", log, Token));
        Assert.False(await store.AppendStreamAsync("a", Parts(log), Token));

        // The same rows over channels in another order are the same batch.
        ChannelId[] reversed = [.. log.Channels.Reverse()];
        InteractionLog same = InteractionLog.Of(reversed, rows.Times, rows.ChannelIndexes.Select(index => reversed.Length - 1 - index).ToArray(), rows.Kinds, rows.Roles)
            .WithActors(rows.Actors).WithPublications(rows.Publications, log.Publications).WithReplies(rows.Replies);
        Assert.False(await store.AppendAsync("a", same, Token));

        SeededLog rowsOfOther = Berlin(1_000, seed: 17);
        InteractionLog other = rowsOfOther.Log;
        var error = await Assert.ThrowsAsync<StoreException>(() => store.AppendAsync("a", other, Token));
        Assert.Equal("batch (\"a\") is in the store with other contents, and what was acknowledged does not change: give new events a batch id of their own.", error.Message);
        Assert.True(await store.AppendAsync("b", log, Token));
        StoreCheck check = await store.CheckAsync(Token);
        Assert.Empty(check.Findings);
        Assert.Equal((2, 2_000), (check.Batches, check.Events));

        static async IAsyncEnumerable<InteractionLog> Parts(InteractionLog log)
        {
            await Task.Yield();
            yield return log;
        }
    }

    [Fact]
    public async Task Batches_in_any_order_and_late_events_give_the_same_answer()
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        await using SeededStore seeded = await NewSeededAsync(Rows, seed: 18);
        (_, EngagementStore store, SeededLog rows, InteractionLog log) = seeded;
        foreach (int part in new[] { 3, 0, 2, 1 }) await store.AppendAsync($"part {part}", rows.Part(part * Rows / 4, Rows / 4), Token);
        LocalCalendar calendar = LocalCalendar.Days(zone, LocalPeriod.Year(2014));
        AssertEqual(log.RollUp(calendar, cancellationToken: Token), await store.RollUpAsync(calendar, cancellationToken: Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
    }

    [Fact]
    public async Task Many_small_batches_are_compacted_and_stay_right()
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        var change = new LocalDate(2014, 10, 26);

        // Fourteen months with nearly all channels, kinds and roles in each batch: the fourth passes the number of rows worth compacting.
        SeededLog rows = SeededLog.Around(zone, change, 160_000, seed: 19, days: 200);
        InteractionLog log = rows.Log;
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
        int[] order = [.. Enumerable.Range(0, 160_000).OrderBy(row => row % 4)];
        SeededLog mixed = new([.. order.Select(row => rows.Times[row])], [.. order.Select(row => rows.ChannelIndexes[row])], [.. order.Select(row => rows.Kinds[row])], [.. order.Select(row => rows.Roles[row])], [.. order.Select(row => rows.Actors[row])], [.. order.Select(row => rows.Publications[row])], rows.Replies, null);
        long[] rowsOfMonths = new long[4];
        for (int part = 0; part < 4; part++)
        {
            await store.AppendAsync($"part {part}", mixed.Part(part * 40_000, 40_000), Token);
            rowsOfMonths[part] = await place.NumberAsync("SELECT count(*) FROM engagement.month_cell");
        }

        Assert.True(rowsOfMonths[1] > rowsOfMonths[0] && rowsOfMonths[2] > rowsOfMonths[3], string.Join(", ", rowsOfMonths));
        long kept = await place.NumberAsync("SELECT count(*) FROM engagement.daily_cell");
        long cells = await place.NumberAsync("SELECT count(*) FROM (SELECT day, channel_no, kind, role FROM engagement.daily_cell GROUP BY day, channel_no, kind, role) c");
        Assert.Equal(cells, kept);
        LocalCalendar calendar = LocalCalendar.Of(zone, LocalPeriod.Between(new(2013, 1, 1), new(2016, 1, 1)), CalendarUnit.Month);
        AssertEqual(log.RollUp(calendar, cancellationToken: Token), await store.RollUpAsync(calendar, cancellationToken: Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
    }

    [Fact]
    public async Task A_cancelled_or_failing_append_leaves_nothing_behind()
    {
        await using SeededStore seeded = await NewSeededAsync(1_000, seed: 20);
        (Place place, EngagementStore store, _, InteractionLog log) = seeded;
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.AppendStreamAsync("a", Stream(source), source.Token));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => store.AppendStreamAsync("a", Failing(new InvalidTimeZoneException("the source of the events broke off")), Token));

        // What is said of a file is not told of the database.
        var missing = new FileNotFoundException("part 7 of the events is not there");
        Assert.Same(missing, await Assert.ThrowsAsync<FileNotFoundException>(() => store.AppendStreamAsync("a", Failing(missing), Token)));
        foreach (string table in new[] { "event", "batch", "daily_cell", "channel_key", "publication_key", "actor_key", "event_key" }) Assert.Equal(0, await place.NumberAsync($"SELECT count(*) FROM engagement.{table}"));
        Assert.True(await store.AppendAsync("a", log, Token));

        async IAsyncEnumerable<InteractionLog> Stream(CancellationTokenSource cancel)
        {
            yield return log;
            await cancel.CancelAsync();
            yield return log;
        }

        async IAsyncEnumerable<InteractionLog> Failing(Exception why)
        {
            yield return log;
            await Task.Yield();
            throw why;
        }
    }

    [Fact]
    public async Task A_stream_of_parts_is_one_batch()
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        await using SeededStore seeded = await NewSeededAsync(Rows, seed: 21);
        (_, EngagementStore store, SeededLog rows, InteractionLog log) = seeded;
        Assert.True(await store.AppendStreamAsync("a", Parts(), Token));
        LocalCalendar calendar = LocalCalendar.Days(zone, LocalPeriod.Year(2014));
        AssertEqual(log.RollUp(calendar, cancellationToken: Token), await store.RollUpAsync(calendar, cancellationToken: Token));
        StoreCheck check = await store.CheckAsync(Token);
        Assert.Empty(check.Findings);
        Assert.Equal(1, check.Batches);

        async IAsyncEnumerable<InteractionLog> Parts()
        {
            for (int part = 0; part < 4; part++)
            {
                await Task.Yield();
                yield return rows.Part(part * Rows / 4, Rows / 4);
            }
        }
    }

    [Fact]
    public async Task A_publication_keeps_its_channel_through_all_batches()
    {
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
        ChannelId[] channels = [new("a"), new("b")];
        await store.AppendAsync("one", InteractionLog.Of(channels, new long[1], new int[1], new byte[] { 2 }).WithPublications(new int[1], [new("post")]), Token);
        var error = await Assert.ThrowsAsync<StoreException>(() => store.AppendAsync("two", InteractionLog.Of(channels, new long[1], new[] { 1 }, new byte[] { 2 }).WithPublications(new int[1], [new("post")]), Token));
        Assert.Equal("publication \"post\" stands with channel \"b\", and in the store with channel \"a\", and a publication has one channel: correct the rows, or give the publications ids of their own.", error.Message);
    }

    [Fact]
    public async Task Two_writers_at_once_lose_nothing_and_double_nothing()
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        SeededLog rows = Berlin(Rows, seed: 27, withTexts: true);
        InteractionLog log = rows.Log;
        await using Place place = await NewPlaceAsync();
        await using EngagementStore first = await place.CreateAsync(Organisation());
        await using EngagementStore second = await place.OpenAsync();
        EngagementStore[] stores = [first, second];

        // Each batch is sent by both of them, in different orders.
        bool[][] isNew = await Task.WhenAll(stores.Select((store, writer) => Task.Run(async () =>
        {
            bool[] news = new bool[10];
            foreach (int part in writer == 0 ? Enumerable.Range(0, 10) : Enumerable.Range(0, 10).Reverse()) news[part] = await store.AppendAsync($"part {part}", rows.Part(part * Rows / 10, Rows / 10), Token);
            return news;
        })));
        Assert.All(Enumerable.Range(0, 10), part => Assert.True(isNew[0][part] ^ isNew[1][part]));
        LocalCalendar year = LocalCalendar.Days(zone, LocalPeriod.Year(2014));
        AssertEqual(log.RollUp(year, cancellationToken: Token), await first.RollUpAsync(year, cancellationToken: Token));
        StoreCheck check = await second.CheckAsync(Token);
        Assert.Empty(check.Findings);
        Assert.Equal((10, Rows), (check.Batches, check.Events));
    }

    [Fact]
    public async Task A_clock_that_goes_backwards_changes_nothing()
    {
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
        long noon = Instant.FromUtc(2014, 10, 26, 12, 0).ToUnixTimeMilliseconds();
        long[] times = [.. Enumerable.Range(0, 1_000).Select(row => noon - (row * 60_000L))];
        for (int part = 0; part < 10; part++) await store.AppendAsync($"part {part}", InteractionLog.Of([new("a")], times.AsMemory(part * 100, 100), new int[100], Enumerable.Repeat((byte)2, 100).ToArray()), Token);
        LocalCalendar days = LocalCalendar.Days(SeededLog.Zone("Europe/Berlin"), LocalPeriod.Between(new(2014, 10, 20), new(2014, 11, 1)));
        Assert.Equal(InteractionLog.Of([new("a")], times.Order().ToArray(), new int[1_000], Enumerable.Repeat((byte)2, 1_000).ToArray()).RollUp(days, cancellationToken: Token), await store.RollUpAsync(days, cancellationToken: Token));
    }

    [Fact]
    public async Task The_log_is_read_back_in_the_order_of_time()
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        await using SeededStore seeded = await NewSeededAsync(Rows, seed: 22, withTexts: true);
        (_, EngagementStore store, SeededLog rows, InteractionLog log) = seeded;
        await store.AppendAsync("one", log, Token);
        var read = new List<InteractionLog>();
        await foreach (InteractionLog chunk in store.ReadLogAsync(cancellationToken: Token)) read.Add(chunk);
        InteractionLog all = Assert.Single(read);
        Assert.True(all.IsTimeOrdered);
        Assert.Equal(Tuples(log), Tuples(all), StringComparer.Ordinal);
        LocalCalendar calendar = LocalCalendar.Days(zone, LocalPeriod.Year(2014));
        AssertEqual(log.RollUp(calendar, cancellationToken: Token), all.RollUp(calendar, cancellationToken: Token));
        Instant from = zone.AtStartOfDay(new(2014, 10, 26)).ToInstant();
        long count = 0;
        await foreach (InteractionLog chunk in store.ReadLogAsync(from, from + Duration.FromHours(25), Token)) count += chunk.Count;
        Assert.Equal(log.ToInteractions().Count(one => one.At >= from && one.At < from + Duration.FromHours(25)), count);

        static IEnumerable<string> Tuples(InteractionLog log)
        {
            // A reply is told by what it replies to.
            Interaction[] rows = [.. log.ToInteractions()];
            Dictionary<InteractionId, Interaction> byId = rows.ToDictionary(row => row.Id);
            return rows.Select(row => Text(row) + (row.ReplyTo.IsNone ? "" : " to " + Text(byId[row.ReplyTo]))).Order(StringComparer.Ordinal);

            static string Text(Interaction row) => FormattableString.Invariant($"{row.At} {row.Channel} {row.Kind} {row.Role} {row.Actor} {row.Publication}");
        }
    }
}
