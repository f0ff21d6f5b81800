using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Core.Tests;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Storage.Tests;

/// <content>Roll-ups, distinct actors and conversations, over seeded and over real logs.</content>
public abstract partial class StoreContract
{
    private static readonly LocalDateTimePattern Tweeted = LocalDateTimePattern.CreateWithInvariantCulture("M/d/yy H:mm");

    [Theory]
    [MemberData(nameof(Zones))]
    public async Task Roll_ups_equal_those_in_memory_through_every_clock_change(string zoneId)
    {
        (string _, LocalDate change) = SeededLog.ClockChanges.Single(one => one.Zone == zoneId);
        DateTimeZone zone = SeededLog.Zone(zoneId);
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation(zone));
        SeededLog rows = SeededLog.Around(zone, change, Rows, seed: 11);
        InteractionLog log = rows.Log;
        Assert.True(await store.AppendAsync("one", log, Token));
        LocalPeriod period = LocalPeriod.Between(change.PlusDays(-40), change.PlusDays(40));
        RollUpOptions[] options =
        [
            RollUpOptions.Default,
            Everybody,
            new() { Kinds = [InteractionKind.Comment, InteractionKind.Like], Roles = [ActorRole.Member], Channels = [new("a"), new("xing"), new("unknown")] },
            new() { ByPublication = true },
        ];
        foreach (CalendarUnit unit in new[] { CalendarUnit.Day, CalendarUnit.IsoWeek, CalendarUnit.Month })
        {
            LocalCalendar calendar = LocalCalendar.Of(zone, period, unit);
            foreach (RollUpOptions option in options)
            {
                RollUp expected = log.RollUp(calendar, option, Token);
                AssertEqual(expected, await store.RollUpAsync(calendar, option, Token));
                AssertEqual(expected, await store.RollUpAsync(calendar, option, fromEvents: true, Token));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public async Task Roll_ups_in_another_zone_equal_those_in_memory(string zoneId)
    {
        (string _, LocalDate change) = SeededLog.ClockChanges.Single(one => one.Zone == zoneId);
        DateTimeZone other = SeededLog.Zone(zoneId);
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation(SeededLog.Zone("Asia/Kathmandu")));
        SeededLog rows = SeededLog.Around(other, change, Rows, seed: 12);
        InteractionLog log = rows.Log;
        await store.AppendAsync("one", log, Token);
        foreach (LocalCalendar calendar in new[] { LocalCalendar.Days(other, LocalPeriod.Between(change.PlusDays(-30), change.PlusDays(30))), LocalCalendar.Of(other, LocalPeriod.Between(change.PlusDays(-400), change.PlusDays(400)), CalendarUnit.Day), LocalCalendar.Of(other, LocalPeriod.Between(change.PlusDays(-30), change.PlusDays(30)), CalendarUnit.IsoWeek, IsoDayOfWeek.Sunday) })
        {
            AssertEqual(log.RollUp(calendar, cancellationToken: Token), await store.RollUpAsync(calendar, cancellationToken: Token));
        }
    }

    [Fact]
    public async Task A_calendar_that_lacks_an_event_is_refused_unless_it_leaves_out()
    {
        DateTimeZone zone = SeededLog.Zone("America/St_Johns");
        var change = new LocalDate(2011, 11, 6);
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation(zone));
        SeededLog rows = SeededLog.Around(zone, change, Rows, seed: 13);
        InteractionLog log = rows.Log;
        await store.AppendAsync("one", log, Token);

        // The calendar ends on the day whose last hour comes back after the next day has begun.
        foreach (LocalCalendar calendar in new[] { LocalCalendar.Days(zone, LocalPeriod.Between(change.PlusDays(-30), change)), LocalCalendar.Days(zone, LocalPeriod.Between(change, change.PlusDays(30))), LocalCalendar.Days(DateTimeZone.Utc, LocalPeriod.Between(change, change.PlusDays(30))) })
        {
            Assert.Throws<ArgumentException>(() => log.RollUp(calendar, cancellationToken: Token));
            await Assert.ThrowsAsync<ArgumentException>(() => store.RollUpAsync(calendar, cancellationToken: Token));
            await Assert.ThrowsAsync<ArgumentException>(() => store.RollUpAsync(calendar, null, fromEvents: true, Token));
            await Assert.ThrowsAsync<ArgumentException>(() => store.DistinctActorsAsync(calendar, cancellationToken: Token));
            var cut = new RollUpOptions { LeavesOutOtherTimes = true };
            AssertEqual(log.RollUp(calendar, cut, Token), await store.RollUpAsync(calendar, cut, Token));
            AssertEqual(log.RollUp(calendar, cut, Token), await store.RollUpAsync(calendar, cut, fromEvents: true, Token));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Distinct_actors_and_sketches_equal_those_in_memory(bool withTexts)
    {
        (string zoneId, LocalDate change) = SeededLog.ClockChanges[0];
        DateTimeZone zone = SeededLog.Zone(zoneId);
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation(zone));
        SeededLog rows = SeededLog.Around(zone, change, Rows, seed: 14, withTexts: withTexts);
        InteractionLog log = rows.Log;
        await store.AppendAsync("one", log, Token);
        LocalPeriod period = LocalPeriod.Between(change.PlusDays(-30), change.PlusDays(30));
        foreach (LocalCalendar calendar in new[] { LocalCalendar.Days(zone, period), LocalCalendar.Of(zone, period, CalendarUnit.Month), LocalCalendar.Days(zone, LocalPeriod.Between(change.PlusDays(-300), change.PlusDays(300))), LocalCalendar.Of(zone, LocalPeriod.Between(change.PlusYears(-10), change.PlusYears(1)), CalendarUnit.IsoWeek) })
        {
            (IReadOnlyList<ChannelId> channels, DistinctActors actors) = await store.DistinctActorsAsync(calendar, Everybody, Token);
            Assert.Equal(log.Channels, channels);
            Assert.Equal(DistinctActors.PerChannelAndPeriod(log, calendar, Everybody, Token), actors);
            IReadOnlyList<ThetaSketch> expected = ThetaSketch.PerChannelAndPeriod(log, calendar, out long without, null, 16, Token);
            (channels, IReadOnlyList<ThetaSketch> sketches, long rowsWithout) = await store.SketchActorsAsync(calendar, null, 16, Token);
            Assert.Equal(log.Channels, channels);
            Assert.Equal(expected, sketches);
            Assert.Equal(without, rowsWithout);
        }
    }

    [Fact]
    public async Task Sketches_of_actors_whose_texts_are_numbers_are_those_in_memory_and_unite_with_later_ones()
    {
        Organisation ihk = Organisation();
        long at = ihk.StartOf(new(2014, 11, 20)).ToUnixTimeMilliseconds();
        LocalCalendar day = LocalCalendar.Days(ihk.TimeZone, LocalPeriod.Day(new(2014, 11, 20)));
        InteractionLog Of(params string[] actors) => InteractionLog.Of([new("page")], Enumerable.Repeat(at, actors.Length).ToArray(), new int[actors.Length], Enumerable.Repeat((byte)InteractionKind.Comment, actors.Length).ToArray()).WithActors(Enumerable.Range(0, actors.Length).ToArray(), [.. actors.Select(actor => new ActorId(actor))]);
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        async Task<ThetaSketch> SketchAsync() => Assert.Single((await store.SketchActorsAsync(day, cancellationToken: Token)).Sketches);
        await store.AppendAsync("1", Of("1", "2", "7"), Token);
        ThetaSketch early = await SketchAsync();
        Assert.Equal(ThetaSketch.PerChannelAndPeriod(Of("1", "2", "7"), day, out _, cancellationToken: Token), [early]);
        Assert.Equal(["1", "2", "7"], (await store.ReadLogAsync(cancellationToken: Token).SingleAsync(Token)).Actors.Select(actor => actor.Value), StringComparer.Ordinal);
        await store.AppendAsync("2", Of("anna", "2"), Token);
        ThetaSketch late = await SketchAsync();
        Assert.Equal(ThetaSketch.PerChannelAndPeriod(Of("1", "2", "7", "anna"), day, out _, cancellationToken: Token), [late]);
        Assert.Equal(4, early.Union(late).Estimate().Value);
    }

    [Fact]
    public async Task Sketches_of_numbers_unite_with_those_that_are_made_when_texts_have_come()
    {
        Organisation ihk = Organisation();
        long at = ihk.StartOf(new(2014, 11, 20)).ToUnixTimeMilliseconds();
        LocalCalendar day = LocalCalendar.Days(ihk.TimeZone, LocalPeriod.Day(new(2014, 11, 20)));
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        async Task<ThetaSketch> SketchAsync() => Assert.Single((await store.SketchActorsAsync(day, cancellationToken: Token)).Sketches);
        InteractionLog numbers = InteractionLog.Of([new("page")], new[] { at, at }, new int[2], new byte[] { 9, 9 }).WithActors(new[] { 1, 2 });
        await store.AppendAsync("1", numbers, Token);
        ThetaSketch early = await SketchAsync();
        Assert.Equal(ThetaSketch.PerChannelAndPeriod(numbers, day, out _, cancellationToken: Token), [early]);
        await store.AppendAsync("2", InteractionLog.Of([new("page")], new[] { at, at }, new int[2], new byte[] { 9, 9 }).WithActors(new[] { 0, 1 }, [new("anna"), new("2")]), Token);
        ThetaSketch late = await SketchAsync();
        Assert.Equal(3, late.Estimate().Value);
        Assert.Equal(3, early.Union(late).Estimate().Value);
    }

    [Fact]
    public async Task Conversations_equal_those_in_memory()
    {
        (string zoneId, LocalDate change) = SeededLog.ClockChanges[0];
        DateTimeZone zone = SeededLog.Zone(zoneId);
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation(zone));
        SeededLog rows = SeededLog.Around(zone, change, Rows, seed: 15);
        InteractionLog log = rows.Log;
        await store.AppendAsync("one", log, Token);
        Instant until = zone.AtStartOfDay(change.PlusDays(31)).ToInstant();
        for (int channel = 0; channel < SeededLog.Channels.Length; channel++)
        {
            int[] order = [.. Enumerable.Range(0, Rows).Where(row => rows.ChannelIndexes[row] == channel).OrderBy(row => rows.Times[row])];
            Dictionary<int, int> places = order.Select((row, place) => (row, place)).ToDictionary(entry => entry.row, entry => entry.place);
            DialogueTotals expected = new DialogueCalculator().Calculate(
                [.. order.Select(row => rows.Times[row])],
                [.. order.Select(row => rows.Replies[row] == InteractionLog.None ? -1 : places.GetValueOrDefault(rows.Replies[row], -2))],
                [.. order.Select(row => rows.Kinds[row])],
                [.. order.Select(row => rows.Roles[row])],
                [.. order.Select(row => rows.Actors[row])],
                until.ToUnixTimeMilliseconds(),
                null);
            Assert.Equal(expected, await store.DialogueAsync(SeededLog.Channels[channel], until, cancellationToken: Token));
        }
    }

    [Fact]
    public async Task Moments_before_1970_and_at_the_ends_of_time_are_counted_on_their_days()
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
        long[] times = [.. new[] { new LocalDateTime(1, 1, 2, 12, 0), new LocalDateTime(1890, 5, 1, 0, 0), new LocalDateTime(1969, 12, 31, 23, 59), new LocalDateTime(9998, 12, 30, 1, 0) }.Select(time => time.InZoneLeniently(zone).ToInstant().ToUnixTimeMilliseconds())];
        InteractionLog log = InteractionLog.Of([new("a")], times, new int[4], new byte[] { 1, 2, 3, 4 });
        await store.AppendAsync("one", log, Token);
        LocalCalendar years = LocalCalendar.Of(zone, LocalPeriod.Between(new(1, 1, 1), new(9999, 1, 1)), CalendarUnit.Year);
        LocalCalendar days = LocalCalendar.Days(zone, LocalPeriod.Between(new(1890, 1, 1), new(1971, 1, 1)));
        var cut = new RollUpOptions { LeavesOutOtherTimes = true };
        foreach (bool fromEvents in new[] { false, true })
        {
            AssertEqual(log.RollUp(years, cancellationToken: Token), await store.RollUpAsync(years, null, fromEvents, Token));
            AssertEqual(log.RollUp(days, cut, Token), await store.RollUpAsync(days, cut, fromEvents, Token));
        }

        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.AppendAsync("two", InteractionLog.Of([new("a")], new[] { 1_416_441_600_000_000 }, new int[1], new byte[] { 1 }), Token));
        Assert.Contains("microseconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_and_answers_of_a_real_site_count_as_in_memory()
    {
        var builder = new InteractionLogBuilder();
        foreach (IReadOnlyDictionary<string, string> post in SharedData.Parse(SharedData.Lines("stackexchange", "coffee_se_2015_posts.csv")))
        {
            Instant at = InstantPattern.ExtendedIso.Parse(post["CreationDate"] + "Z").Value;
            builder.Add(new("coffee"), post["PostTypeId"] == "2" ? InteractionKind.Reply : InteractionKind.Question, at, ActorRole.Member, post["OwnerUserId"] is { Length: > 0 } owner ? new ActorId(owner) : default);
        }

        await CompareAsync(builder.Build(), "Europe/Berlin", "America/New_York");
    }

    [Fact]
    public async Task Tweets_of_two_presidents_count_as_in_memory()
    {
        var builder = new InteractionLogBuilder();
        foreach (string user in new[] { "BarackObama", "realDonaldTrump" })
        {
            foreach (string line in SharedData.Lines("twitter_ratio_538", $"{user}.csv").Skip(1))
            {
                ParseResult<LocalDateTime> at = Tweeted.Parse(line[..Math.Max(0, line.IndexOf(',', StringComparison.Ordinal))]);
                if (at.Success) builder.Add(new(user), InteractionKind.Post, at.Value.InUtc().ToInstant(), ActorRole.Organisation, new ActorId(user));
            }
        }

        Assert.True(builder.Count > 1_000);
        await CompareAsync(builder.Build(), "America/New_York", "Australia/Lord_Howe");
    }
}
