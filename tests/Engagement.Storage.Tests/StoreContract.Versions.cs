using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;
using NodaTime.TimeZones;

namespace Engagement.Storage.Tests;

/// <content>Versions of the schema, and organisations beside each other.</content>
public abstract partial class StoreContract
{
    [Fact]
    public async Task A_store_of_a_newer_version_is_refused_and_one_that_is_not_there_too()
    {
        await using Place place = await NewPlaceAsync();
        var missing = await Assert.ThrowsAsync<StoreException>(place.OpenAsync);
        Assert.Contains("create it (engagement store init)", missing.Message, StringComparison.Ordinal);
        await (await place.CreateAsync(Organisation())).DisposeAsync();
        await place.ExecuteAsync("INSERT INTO engagement.version VALUES (99, 'the future')");
        foreach (Func<Task<EngagementStore>> open in new[] { place.OpenAsync, () => place.CreateAsync(Organisation()) })
        {
            var error = await Assert.ThrowsAsync<StoreException>(open);
            Assert.EndsWith("holds a store of version 99, and this program knows versions up to 7: update the program; nothing was changed.", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_store_of_an_earlier_version_is_brought_forward_with_all_it_holds(int version)
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        SeededLog rows = Berlin(1_000, seed: 28);
        InteractionLog log = rows.Log;
        await using Place place = await NewPlaceAsync();
        await place.CreateOfVersionAsync(Organisation(), version);
        var older = await Assert.ThrowsAsync<StoreException>(place.OpenAsync);
        Assert.EndsWith($"holds a store of version {version}, and this program works with version 7: bring it up to date (engagement store init).", older.Message, StringComparison.Ordinal);

        // What a program of that version had written: a channel, events, a batch; no cells in the first, none here in the second.
        await place.ExecuteAsync("INSERT INTO engagement.channel_key VALUES (1, 0, 'xing'), (1, 1, 'b'), (1, 2, 'a'), (1, 3, 'Zeta'), (1, 4, 'quiet')");
        await place.RoomAsync(log);
        await place.ExecuteAsync("INSERT INTO engagement.event (org, batch_no, row_no, at_ms, channel_no, kind, role) VALUES " + string.Join(", ", Enumerable.Range(0, 1_000).Select(row => FormattableString.Invariant($"(1, 1, {row}, {rows.Times[row]}, {rows.ChannelIndexes[row]}, {rows.Kinds[row]}, {rows.Roles[row]})"))));
        await place.ExecuteAsync("INSERT INTO engagement.batch VALUES (1, 1, 'old', 1000, 7)");
        await place.ExecuteAsync("UPDATE engagement.organisation SET last_batch = 1, events = 1000");
        await using EngagementStore store = await place.CreateAsync(Organisation());
        LocalCalendar year = LocalCalendar.Days(zone, LocalPeriod.Year(2014));
        AssertEqual(log.RollUp(year, cancellationToken: Token), await store.RollUpAsync(year, cancellationToken: Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
        Assert.Equal(1_000, await place.NumberAsync("SELECT count(*) FROM engagement.interaction"));
        Assert.Equal(1_000, await place.NumberAsync("SELECT sum(interactions) FROM engagement.interactions_per_day"));
        Assert.True(await store.AppendAsync("new", log, Token));
    }

    [Fact]
    public async Task Sketches_of_a_store_of_an_earlier_version_stay_as_they_were()
    {
        Organisation ihk = Organisation();
        Instant at = ihk.StartOf(new(2014, 11, 20));
        LocalCalendar day = LocalCalendar.Days(ihk.TimeZone, LocalPeriod.Day(new(2014, 11, 20)));
        InteractionLog log = InteractionLog.From([.. new[] { "1", "anna" }.Select(actor => new Interaction(actor, new("page"), InteractionKind.Comment, at, ActorRole.Member) { Actor = new(actor) })]);
        await using Place place = await NewPlaceAsync();
        await place.CreateOfVersionAsync(ihk, 6);
        await place.ExecuteAsync("INSERT INTO engagement.channel_key VALUES (1, 0, 'page')");
        await place.ExecuteAsync("INSERT INTO engagement.actor_key VALUES (1, -1, 'anna')");
        await place.RoomAsync(log);
        await place.ExecuteAsync("INSERT INTO engagement.event (org, batch_no, row_no, at_ms, channel_no, kind, role, actor_no) VALUES " + string.Join(", ", new[] { 1, -1 }.Select((actor, row) => FormattableString.Invariant($"(1, 1, {row}, {at.ToUnixTimeMilliseconds()}, 0, {(int)InteractionKind.Comment}, {(int)ActorRole.Member}, {actor})"))));
        await place.ExecuteAsync("INSERT INTO engagement.batch VALUES (1, 1, 'old', 2, 7)");
        await place.ExecuteAsync("UPDATE engagement.organisation SET last_batch = 1, events = 2");
        await using EngagementStore store = await place.CreateAsync(ihk);
        Assert.Equal(ThetaSketch.PerChannelAndPeriod(log, day, out _, cancellationToken: Token), (await store.SketchActorsAsync(day, cancellationToken: Token)).Sketches);

        // Also when who had a text is forgotten.
        await store.ForgetAsync(new("anna"), Token);
        Assert.Equal(ThetaSketch.PerChannelAndPeriod(InteractionLog.From([.. log.ToInteractions().Take(1).Select(one => one with { Actor = new("1") })]), day, out _, cancellationToken: Token), (await store.SketchActorsAsync(day, cancellationToken: Token)).Sketches);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Daily_cells_of_an_earlier_version_are_kept_also_where_their_events_are_gone(int version)
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        SeededLog rows = SeededLog.Around(zone, new(2014, 10, 26), 20_000, seed: 34, days: 100);
        LocalCalendar days = LocalCalendar.Days(zone, LocalPeriod.Between(new(2014, 7, 1), new(2015, 3, 1)));
        RollUp expected = rows.Log.RollUp(days, Everybody, Token);
        await using Place place = await NewPlaceAsync();
        await place.CreateOfVersionAsync(Organisation(), version);
        await place.ExecuteAsync("INSERT INTO engagement.channel_key VALUES (1, 0, 'xing'), (1, 1, 'b'), (1, 2, 'a'), (1, 3, 'Zeta'), (1, 4, 'quiet')");
        await place.ExecuteAsync($"INSERT INTO engagement.{(version == 3 ? "daily_cell" : "month_cell")} VALUES " + string.Join(", ", expected.Cells.Select(cell => FormattableString.Invariant(
            $"(1, {DayNumber.Of(cell.Period.From)}, {Array.IndexOf(SeededLog.Channels, cell.Channel)}, {(int)cell.Kind}, {(int)cell.Role}, {cell.Count}{(version == 3 ? "" : $", ARRAY[CAST({cell.Count} AS BIGINT)]")})"))));
        await place.ExecuteAsync("INSERT INTO engagement.batch VALUES (1, 1, 'old', 20000, 7)");
        long end = zone.AtStartOfDay(new(2015, 3, 1)).ToInstant().ToUnixTimeMilliseconds();
        await place.ExecuteAsync(FormattableString.Invariant($"UPDATE engagement.organisation SET last_batch = 1, events = 20000, events_from_ms = {end}, zone_data = '{days.TimeZoneData}', cell_rows = {expected.CellCount}, compact_cell_rows = 0"));
        await using EngagementStore store = await place.CreateAsync(Organisation());
        AssertEqual(expected, await store.RollUpAsync(days, Everybody, Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);

        // The next batch adds them up to months, and changes no count.
        Assert.Equal(expected.CellCount, await place.NumberAsync("SELECT count(*) FROM engagement.month_cell"));
        await store.AppendAsync("new", InteractionLog.Of([SeededLog.Channels[0]], new[] { end }, new int[1], new byte[] { 2 }, new byte[] { 3 }), Token);
        Assert.InRange(await place.NumberAsync("SELECT count(*) FROM engagement.month_cell"), 1, expected.CellCount / 3);
        Assert.Equal(expected.Cells, (await store.RollUpAsync(days, new() { Roles = Everybody.Roles, LeavesOutOtherTimes = true }, Token)).Cells);
    }

    [Fact]
    public async Task A_store_keeps_its_zone_and_takes_a_new_name()
    {
        await using Place place = await NewPlaceAsync();
        await (await place.CreateAsync(Organisation())).DisposeAsync();
        await using (EngagementStore renamed = await place.CreateAsync(new Organisation("ihk", "IHK Lippe", SeededLog.Zone("Europe/Berlin")))) Assert.Equal("IHK Lippe", renamed.Organisation.Name);
        var error = await Assert.ThrowsAsync<StoreException>(() => place.CreateAsync(Organisation(SeededLog.Zone("Europe/Vienna"))));
        Assert.EndsWith("the days of organisation \"ihk\" are those of Europe/Berlin, not of Europe/Vienna: create another store for another zone.", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => place.CreateAsync(new Organisation("x", "X", BclDateTimeZone.FromTimeZoneInfo(TimeZoneInfo.CreateCustomTimeZone("here", TimeSpan.FromHours(1), null, null)))));
    }

    [Fact]
    public async Task A_store_takes_a_new_umbrella_and_lets_go_of_one()
    {
        await using Place place = await NewPlaceAsync();
        foreach (string? umbrella in new[] { null, "dihk", "ihk-nrw", null })
        {
            var ihk = new Organisation("ihk", "IHK", SeededLog.Zone("Europe/Berlin"), umbrella is null ? default : new OrganisationId(umbrella));
            await using (EngagementStore store = await place.CreateAsync(ihk)) Assert.Equal(ihk, store.Organisation);
            await using EngagementStore again = await place.OpenAsync();
            Assert.Equal(ihk, again.Organisation);
        }
    }

    [Fact]
    public async Task Two_organisations_in_one_database_do_not_mix()
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        await using Place place = await NewPlaceAsync();
        await using EngagementStore one = await place.CreateAsync(Organisation());
        await using EngagementStore two = await place.CreateAsync(new Organisation("two", "Two", zone, new OrganisationId("ihk")));
        SeededLog rows = Berlin(1_000, seed: 29, withTexts: true);
        InteractionLog log = rows.Log;
        await one.AppendAsync("a", log, Token);
        await two.AppendAsync("a", rows.Part(0, 10), Token);
        await two.ForgetAsync(new("person 1"), Token);
        LocalCalendar year = LocalCalendar.Days(zone, LocalPeriod.Year(2014));
        AssertEqual(log.RollUp(year, cancellationToken: Token), await one.RollUpAsync(year, cancellationToken: Token));
        AssertEqual(rows.Part(0, 10).RollUp(year, cancellationToken: Token), await two.RollUpAsync(year, null, fromEvents: true, Token));
        Assert.Equal(new OrganisationId("ihk"), two.Organisation.Umbrella);
        Assert.Equal(log.ToInteractions().Count(row => row.Actor.Value == "person 1"), await one.ForgetAsync(new("person 1"), Token));
        var error = await Assert.ThrowsAsync<StoreException>(place.OpenAsync);
        Assert.EndsWith("holds \"ihk\", \"two\": name the organisation (--organisation on the command line).", error.Message, StringComparison.Ordinal);
    }
}
