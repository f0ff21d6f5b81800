using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage.Tests;

/// <content>Checks, forgetting, retention and the daily cells.</content>
public abstract partial class StoreContract
{
    [Theory]
    [InlineData("person 1")]
    [InlineData("1")]
    public async Task Forgetting_an_actor_keeps_every_count_of_events(string actor)
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        await using SeededStore seeded = await NewSeededAsync(Rows, seed: 23, withTexts: actor != "1");
        (_, EngagementStore store, _, InteractionLog log) = seeded;
        await store.AppendAsync("one", log, Token);
        LocalCalendar calendar = LocalCalendar.Of(zone, LocalPeriod.Year(2014), CalendarUnit.Year);
        RollUp before = await store.RollUpAsync(calendar, cancellationToken: Token);
        Count known = (await store.DistinctActorsAsync(calendar, Everybody, Token)).Actors.Union;
        long events = log.ToInteractions().Count(one => one.Actor.Value == actor);
        Assert.NotEqual(0, events);
        Assert.Equal(events, await store.ForgetAsync(new(actor), Token));
        Assert.Equal(0, await store.ForgetAsync(new(actor), Token));
        Assert.Equal(0, await store.ForgetAsync(new("nobody"), Token));
        AssertEqual(before, await store.RollUpAsync(calendar, cancellationToken: Token));
        AssertEqual(before, await store.RollUpAsync(calendar, null, fromEvents: true, Token));
        Assert.Equal(Count.Partial(known.Lower!.Value - 1), (await store.DistinctActorsAsync(calendar, Everybody, Token)).Actors.Union);
        Assert.DoesNotContain((await store.ReadPortfolioAsync(cancellationToken: Token)).Interactions, one => one.Actor.Value == actor);
        Assert.Empty((await store.CheckAsync(Token)).Findings);
        Assert.False(await store.AppendAsync("one", log, Token));
    }

    [Fact]
    public async Task Retention_takes_out_events_and_keeps_their_cells()
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        var from = new LocalDate(2014, 10, 26);
        await using SeededStore seeded = await NewSeededAsync(Rows, seed: 24, withTexts: true);
        (Place place, EngagementStore store, _, InteractionLog log) = seeded;
        await store.AppendAsync("one", log, Token);
        await store.AppendInteractionsAsync("two", [new Interaction("old", SeededLog.Channels[0], InteractionKind.Comment, zone.AtStartOfDay(new(2014, 10, 10)).ToInstant(), ActorRole.Member) { Actor = new("gone") }], Token);
        LocalCalendar year = LocalCalendar.Days(zone, LocalPeriod.Year(2014));
        RollUp before = await store.RollUpAsync(year, cancellationToken: Token);
        Instant start = zone.AtStartOfDay(from).ToInstant();
        Assert.Equal(1 + log.ToInteractions().Count(one => one.At < start), await store.RetainAsync(from, Token));
        Assert.Equal(0, await store.RetainAsync(from, Token));
        Assert.Equal(0, await store.RetainAsync(from.PlusDays(-3), Token));
        AssertEqual(before, await store.RollUpAsync(year, cancellationToken: Token));
        Assert.Equal(0, await place.NumberAsync("SELECT count(*) FROM engagement.event_key"));
        Assert.Equal(0, await place.NumberAsync("SELECT count(*) FROM engagement.actor_key WHERE actor = 'gone'"));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
        await store.RebuildAsync(Token);
        AssertEqual(before, await store.RollUpAsync(year, cancellationToken: Token));

        // What needs the events says so, and works from that day on.
        await Assert.ThrowsAsync<StoreException>(() => store.DistinctActorsAsync(year, cancellationToken: Token));
        await Assert.ThrowsAsync<StoreException>(() => store.RollUpAsync(year, new() { ByPublication = true }, Token));
        LocalCalendar rest = LocalCalendar.Days(zone, LocalPeriod.Between(from, new(2015, 1, 1)));
        var cut = new RollUpOptions { LeavesOutOtherTimes = true };
        Assert.Equal(log.RollUp(rest, cut, Token).Total, (await store.RollUpAsync(rest, cut, fromEvents: true, Token)).Total);

        // An event that comes late, for a day whose events are gone, is counted all the same.
        await store.AppendInteractionsAsync("three", [new Interaction("late", SeededLog.Channels[0], InteractionKind.Comment, zone.AtStartOfDay(new(2014, 10, 11)).ToInstant(), ActorRole.Member)], Token);
        Assert.Equal(before.Total + 1, (await store.RollUpAsync(year, cancellationToken: Token)).Total);
        Assert.Empty((await store.CheckAsync(Token)).Findings);
    }

    [Fact]
    public async Task Retention_takes_out_what_came_late_for_days_that_it_took_out_before()
    {
        Organisation ihk = Organisation();
        var from = new LocalDate(2014, 11, 20);
        Interaction Say(string id, int day) => new(id, new("page"), InteractionKind.Comment, ihk.StartOf(from.PlusDays(day)), ActorRole.Member) { Actor = new($"actor of {id}") };
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        await store.AppendInteractionsAsync("1", [Say("old", -1), Say("kept", 0)], Token);
        Assert.Equal(1, await store.RetainAsync(from, Token));
        await store.AppendInteractionsAsync("2", [Say("late", -2), Say("later", -1)], Token);
        LocalCalendar year = LocalCalendar.Days(ihk.TimeZone, LocalPeriod.Year(2014));
        RollUp counted = await store.RollUpAsync(year, cancellationToken: Token);
        Assert.Equal(4, counted.Total);

        // An earlier day takes out what lies before it, and the same day the rest.
        Assert.Equal(1, await store.RetainAsync(from.PlusDays(-1), Token));
        Assert.Equal(1, await store.RetainAsync(from, Token));
        Assert.Equal(0, await store.RetainAsync(from, Token));
        Assert.Equal(1, await place.NumberAsync("SELECT count(*) FROM engagement.event"));
        Assert.Equal(1, await place.NumberAsync("SELECT count(*) FROM engagement.event_key"));
        Assert.Equal(1, await place.NumberAsync("SELECT count(*) FROM engagement.actor_key"));
        AssertEqual(counted, await store.RollUpAsync(year, cancellationToken: Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
    }

    [Fact]
    public async Task What_retention_left_is_not_handed_out_as_all_and_answers_from_its_day_on()
    {
        Organisation ihk = Organisation();
        var page = new ChannelId("page");
        Instant from = ihk.StartOf(new(2014, 11, 20));
        Instant until = from + Duration.FromDays(30);
        Interaction Say(string id, InteractionKind kind, int hour, ActorRole role, string? to = null) => new(id, page, kind, from + Duration.FromHours(hour), role) { ReplyTo = to is null ? default : new(to) };
        Interaction[] kept = [Say("b", InteractionKind.Reply, 0, ActorRole.Staff, "a"), Say("c", InteractionKind.Question, 1, ActorRole.Member), Say("d", InteractionKind.Reply, 3, ActorRole.Staff, "c")];
        Portfolio Of(params Interaction[] interactions)
        {
            PortfolioBuilder builder = Portfolio.For(ihk).Add(new Channel("page", "Page", Platform.Facebook, ChannelForm.Page)).Add(new Publication("post", page, from - Duration.FromDays(9)));
            foreach (Interaction one in interactions) builder.Add(one);
            return builder.Build();
        }

        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        await store.UpsertAsync(Of([Say("a", InteractionKind.Question, -1, ActorRole.Member), .. kept]), Token);
        Assert.Null(await store.EventsFromAsync(Token));
        Assert.Equal(1, await store.RetainAsync(new(2014, 11, 20), Token));
        var error = await Assert.ThrowsAsync<StoreException>(() => store.ReadPortfolioAsync(cancellationToken: Token));
        Assert.EndsWith(": events before 2014-11-19T23:00:00Z were taken out, and all are asked for: ask from that moment on (ReadPortfolioFromAsync), or take the facts alone (withInteractions: false).", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<StoreException>(() => store.ReadPortfolioFromAsync(from - Duration.FromMilliseconds(1), Token));
        Assert.Contains("and those from 2014-11-19T22:59:59", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(() => store.DialogueAsync(page, until, cancellationToken: Token));
        await Assert.ThrowsAsync<StoreException>(() => store.DialogueFromAsync(page, from - Duration.FromMilliseconds(1), until, cancellationToken: Token));
        await CheckAsync();

        // Also where something came late for the days whose events are gone.
        await store.AppendInteractionsAsync("late", [Say("late", InteractionKind.Question, -2, ActorRole.Member)], Token);
        await CheckAsync();

        async Task CheckAsync()
        {
            Assert.Equal(from, await store.EventsFromAsync(Token));
            Assert.Equal(Of(), await store.ReadPortfolioAsync(withInteractions: false, Token));
            Assert.Equal(Of(kept), await store.ReadPortfolioFromAsync(from, Token));
            Assert.Equal(Of(kept[1..]), await store.ReadPortfolioFromAsync(from + Duration.FromHours(1), Token));
            Assert.Equal(new DialogueCalculator().Calculate(InteractionLog.From(kept), until, ihk.TimeZone), await store.DialogueFromAsync(page, from, until, cancellationToken: Token));
            Assert.Equal(new DialogueCalculator().Calculate(InteractionLog.From(kept[1..]), until, ihk.TimeZone), await store.DialogueFromAsync(page, from + Duration.FromHours(1), until, cancellationToken: Token));
        }
    }

    [Fact]
    public async Task A_check_finds_what_does_not_agree_and_a_rebuild_mends_the_cells()
    {
        await using SeededStore seeded = await NewSeededAsync(1_000, seed: 25);
        (Place place, EngagementStore store, _, InteractionLog log) = seeded;
        await store.AppendAsync("one", log, Token);
        await place.ExecuteAsync("INSERT INTO engagement.month_cell SELECT org, day, channel_no, kind, role, events, ARRAY[events] FROM engagement.daily_cell WHERE day = (SELECT min(day) FROM engagement.daily_cell)");
        StoreCheck check = await store.CheckAsync(Token);
        Assert.False(check.IsSound);
        Assert.All(check.Findings, finding => Assert.Matches(@"^2014-\d\d-\d\d, channel "".+"", \w+ by \w+: the log has 1, and the daily cells 2\.$", finding));
        await store.RebuildAsync(Token);
        Assert.True((await store.CheckAsync(Token)).IsSound);

        // A month that states more than its days have.
        await place.ExecuteAsync("UPDATE engagement.month_cell SET events = events + 1 WHERE channel_no = 0 AND kind = 3 AND role = 2");
        long rows = await place.NumberAsync("SELECT count(*) FROM engagement.month_cell WHERE channel_no = 0 AND kind = 3 AND role = 2");
        Assert.NotEqual(0, rows);
        Assert.Equal([FormattableString.Invariant($"{rows} rows of month_cell state another number of events than their days have together.")], (await store.CheckAsync(Token)).Findings);
        await store.RebuildAsync(Token);
        Assert.True((await store.CheckAsync(Token)).IsSound);

        await place.ExecuteAsync("DELETE FROM engagement.event WHERE row_no = 17");
        check = await store.CheckAsync(Token);
        Assert.Contains(check.Findings, finding => finding == "Batch \"one\" states 1000 events, and the log holds 999 of them.");
    }

    [Fact]
    public async Task Cells_of_other_time_zone_data_are_not_used_and_made_anew_by_the_next_batch()
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        await using SeededStore seeded = await NewSeededAsync(1_000, seed: 26);
        (Place place, EngagementStore store, SeededLog rows, InteractionLog log) = seeded;
        await store.AppendAsync("one", rows.Part(0, 500), Token);
        await place.ExecuteAsync("UPDATE engagement.organisation SET zone_data = 'TZDB: 1999a'");
        await place.ExecuteAsync("UPDATE engagement.month_cell SET day = day + 1");
        LocalCalendar year = LocalCalendar.Days(zone, LocalPeriod.Year(2014));
        AssertEqual(rows.Part(0, 500).RollUp(year, cancellationToken: Token), await store.RollUpAsync(year, cancellationToken: Token));
        Assert.Contains((await store.CheckAsync(Token)).Findings, finding => finding.Contains("1999a", StringComparison.Ordinal));
        await store.AppendAsync("two", rows.Part(500, 500), Token);
        Assert.Empty((await store.CheckAsync(Token)).Findings);
        AssertEqual(log.RollUp(year, cancellationToken: Token), await store.RollUpAsync(year, cancellationToken: Token));
    }
}
