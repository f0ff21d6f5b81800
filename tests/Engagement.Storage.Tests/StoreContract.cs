using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Core.Tests;
using Engagement.Import;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Engagement.Storage.Tests;

/// <summary>What every engine must do. The expected figures are those of the library in memory, over the same log.</summary>
public abstract class StoreContract
{
    private const int Rows = 4_000;

    private static readonly LocalDateTimePattern Tweeted = LocalDateTimePattern.CreateWithInvariantCulture("M/d/yy H:mm");

    private static readonly RollUpOptions Everybody = new() { Roles = [ActorRole.Unknown, ActorRole.Organisation, ActorRole.Staff, ActorRole.Member, ActorRole.NonMember, ActorRole.Bot] };

    public static TheoryData<string> Zones => [.. SeededLog.ClockChanges.Select(change => change.Zone)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
    public async Task A_batch_sent_twice_counts_once_and_another_under_its_id_is_refused()
    {
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
        SeededLog rows = Berlin(1_000, seed: 16);
        InteractionLog log = rows.Log;
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
        SeededLog rows = Berlin(Rows, seed: 18);
        InteractionLog log = rows.Log;
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
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

        // Nearly every row is a cell of its own, so that the rows of the cells pass the number worth compacting.
        SeededLog rows = SeededLog.Around(zone, change, 160_000, seed: 19, days: 200);
        InteractionLog log = rows.Log;
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
        for (int part = 0; part < 2; part++) await store.AppendAsync($"part {part}", rows.Part(part * 80_000, 80_000), Token);
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
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
        SeededLog rows = Berlin(1_000, seed: 20);
        InteractionLog log = rows.Log;
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.AppendStreamAsync("a", Stream(source), source.Token));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => store.AppendStreamAsync("a", Failing(), Token));
        foreach (string table in new[] { "event", "batch", "daily_cell", "channel_key", "publication_key", "actor_key", "event_key" }) Assert.Equal(0, await place.NumberAsync($"SELECT count(*) FROM engagement.{table}"));
        Assert.True(await store.AppendAsync("a", log, Token));

        async IAsyncEnumerable<InteractionLog> Stream(CancellationTokenSource cancel)
        {
            yield return log;
            await cancel.CancelAsync();
            yield return log;
        }

        async IAsyncEnumerable<InteractionLog> Failing()
        {
            yield return log;
            await Task.Yield();
            throw new InvalidTimeZoneException("the source of the events broke off");
        }
    }

    [Fact]
    public async Task A_stream_of_parts_is_one_batch()
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        SeededLog rows = Berlin(Rows, seed: 21);
        InteractionLog log = rows.Log;
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
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
    public async Task A_portfolio_comes_back_as_it_was()
    {
        Portfolio portfolio = Demo();
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(portfolio.Organisation);
        await store.UpsertAsync(portfolio, Token);
        Assert.Equal(portfolio, await store.ReadPortfolioAsync(cancellationToken: Token));
        await store.UpsertAsync(portfolio, Token);
        Assert.Equal(portfolio, await store.ReadPortfolioAsync(cancellationToken: Token));
        Assert.Empty((await store.ReadPortfolioAsync(withInteractions: false, Token)).Interactions);
        Assert.Empty((await store.CheckAsync(Token)).Findings);

        // The dialogue of a channel is that of its columns, though each message came with an id of its own.
        Instant until = portfolio.Interactions.Max(interaction => interaction.At) + Duration.FromDays(1);
        DialogueResult expected = new DialogueCalculator().Calculate(portfolio, LocalPeriod.Between(new(2000, 1, 1), new(2100, 1, 1)), until);
        foreach (DialogueResult channel in expected.Channels)
        {
            DialogueTotals totals = await store.DialogueAsync(channel.Channel!.Id, until, cancellationToken: Token);
            Assert.Equal((channel.Conversations, channel.Response.Answerable, channel.Response.Answered), (totals.Conversations, totals.Response.Answerable, totals.Response.Answered));
        }
    }

    [Fact]
    public async Task An_upsert_replaces_by_key_keeps_the_order_and_leaves_the_rest()
    {
        Organisation ihk = Organisation();
        Instant at = ihk.StartOf(new(2014, 11, 20));
        var page = new Channel("page", "Netzwerk", Platform.Facebook, ChannelForm.Page) { Purposes = ChannelPurposes.Marketing | ChannelPurposes.Service, Opened = new(2012, 1, 1), SubBrand = "Netzwerk" };
        var xing = new Channel("xing", "Xing", Platform.Xing, ChannelForm.Group) { TargetUniverse = new("members") };
        Publication post = new("post", page.Id, at) { Interactions = InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(3)).With(InteractionKind.Share, Count.Withheld), Exposures = new(Count.Rounded(9_000), new(Count.Partial(500))) };
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        await store.UpsertAsync(
            Portfolio.For(ihk).Add(new Universe("members", UnitOfCount.Company).With(at, Count.Rounded(110_000, 110_000, 114_999))).Add(page).Add(xing).Add(post)
                .Add(new AudienceSnapshot(page.Id, at, Count.Observed(324), UnitOfCount.Person))
                .Add(new Effort(page.Id, LocalPeriod.Month(2014, 11)) { StaffTime = Duration.FromHours(20), Cost = new Money(12.50m, "EUR") })
                .Add(new Effort(page.Id, LocalPeriod.Month(2014, 11)) { StaffTime = Duration.FromHours(1) })
                .Build(),
            Token);

        var renamed = new Channel("page", "Netzwerk Kreativwirtschaft", Platform.Facebook, ChannelForm.Page);
        var stated = new Publication("post", page.Id, at);
        await store.UpsertAsync(
            Portfolio.For(ihk).Add(new Universe("members", UnitOfCount.Company).With(at + Duration.FromDays(1), Count.Observed(111_000))).Add(renamed).Add(stated)
                .Add(new AudienceSnapshot(page.Id, at, Count.Observed(325), UnitOfCount.Person) { Members = Count.Observed(12), Source = "page's own figures" })
                .Add(new Effort(page.Id, LocalPeriod.Month(2014, 11)) { StaffTime = Duration.FromHours(21) })
                .Build(),
            Token);
        Portfolio expected = Portfolio.For(ihk)
            .Add(new Universe("members", UnitOfCount.Company).With(at, Count.Rounded(110_000, 110_000, 114_999)).With(at + Duration.FromDays(1), Count.Observed(111_000))).Add(renamed).Add(xing).Add(stated)
            .Add(new AudienceSnapshot(page.Id, at, Count.Observed(325), UnitOfCount.Person) { Members = Count.Observed(12), Source = "page's own figures" })
            .Add(new Effort(page.Id, LocalPeriod.Month(2014, 11)) { StaffTime = Duration.FromHours(21) })
            .Build();
        Assert.Equal(expected, await store.ReadPortfolioAsync(cancellationToken: Token));

        var stranger = new Organisation("other", "Other", ihk.TimeZone);
        await Assert.ThrowsAsync<ArgumentException>(() => store.UpsertAsync(Portfolio.For(stranger).Build(), Token));
    }

    [Fact]
    public async Task Interactions_with_ids_count_once_and_reply_across_batches()
    {
        Organisation ihk = Organisation();
        var page = new ChannelId("page");
        Instant at = ihk.StartOf(new(2014, 11, 20));
        var question = new Interaction("q", page, InteractionKind.Question, at, ActorRole.Member) { Actor = new("anna") };
        var answer = new Interaction("a", page, InteractionKind.Reply, at + Duration.FromHours(2), ActorRole.Staff) { Actor = new("bert"), ReplyTo = question.Id, AlsoReplyTo = [new("elsewhere"), new("not there")] };
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);

        // The answer comes first, the question late, and then both again under another batch.
        Assert.True(await store.AppendInteractionsAsync("1", [answer], Token));
        Assert.True(await store.AppendInteractionsAsync("2", [question], Token));
        Assert.True(await store.AppendInteractionsAsync("3", [question, answer], Token));
        Assert.False(await store.AppendInteractionsAsync("3", [question, answer], Token));
        await Assert.ThrowsAsync<StoreException>(() => store.AppendInteractionsAsync("3", [answer], Token));
        DialogueTotals totals = await store.DialogueAsync(page, at + Duration.FromDays(1), cancellationToken: Token);
        Assert.Equal((1, 1, 1), (totals.Conversations, totals.Response.Answerable, totals.Response.Answered));
        Assert.Equal([answer, question], (await store.ReadPortfolioAsync(cancellationToken: Token)).Interactions);
        Assert.Equal(2, (await store.CheckAsync(Token)).Events);

        // Rows of a log have no ids: their batch and row stand for them, in replies too.
        await store.AppendAsync("log", InteractionLog.Of([page], new[] { at.ToUnixTimeMilliseconds(), at.ToUnixTimeMilliseconds() + 1 }, new int[2], new byte[] { 9, 10 }, new byte[] { 4, 3 }).WithActors(new[] { 7, -1 }).WithReplies(new[] { -1, 0 }), Token);
        Interaction last = (await store.ReadPortfolioAsync(cancellationToken: Token)).Interactions[^1];
        Assert.Equal(("log#1", "log#0", true), (last.Id.Value, last.ReplyTo.Value, last.Actor.IsNone));
    }

    [Fact]
    public async Task Audiences_are_as_of_a_moment_as_in_memory()
    {
        Organisation ihk = Organisation();
        var page = new Channel("page", "Page", Platform.Facebook, ChannelForm.Page);
        Instant at = ihk.StartOf(new(2014, 11, 20));
        AudienceSnapshot[] snapshots = [.. Enumerable.Range(0, 20).Select(number => new AudienceSnapshot(page.Id, at + Duration.FromDays(number * 7 % 20), Count.Observed(number), UnitOfCount.Person))];
        PortfolioBuilder builder = Portfolio.For(ihk).Add(page);
        foreach (AudienceSnapshot snapshot in snapshots) builder.Add(snapshot);
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        await store.UpsertAsync(builder.Build(), Token);
        var history = new AudienceHistory(snapshots);
        for (int hours = -12; hours < 21 * 24; hours += 12)
        {
            Instant moment = at + Duration.FromHours(hours);
            Assert.Equal(history.AsOf(moment), await store.AudienceAsOfAsync(page.Id, moment, Token));
        }
    }

    [Fact]
    public async Task The_log_is_read_back_in_the_order_of_time()
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        SeededLog rows = Berlin(Rows, seed: 22, withTexts: true);
        InteractionLog log = rows.Log;
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
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

    [Theory]
    [InlineData("person 1")]
    [InlineData("1")]
    public async Task Forgetting_an_actor_keeps_every_count_of_events(string actor)
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        SeededLog rows = Berlin(Rows, seed: 23, withTexts: actor != "1");
        InteractionLog log = rows.Log;
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
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
        SeededLog rows = Berlin(Rows, seed: 24, withTexts: true);
        InteractionLog log = rows.Log;
        var from = new LocalDate(2014, 10, 26);
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
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
    public async Task A_check_finds_what_does_not_agree_and_a_rebuild_mends_the_cells()
    {
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
        SeededLog rows = Berlin(1_000, seed: 25);
        InteractionLog log = rows.Log;
        await store.AppendAsync("one", log, Token);
        await place.ExecuteAsync("UPDATE engagement.daily_cell SET events = events + 1 WHERE day = (SELECT min(day) FROM engagement.daily_cell)");
        StoreCheck check = await store.CheckAsync(Token);
        Assert.False(check.IsSound);
        Assert.All(check.Findings, finding => Assert.Matches(@"^2014-\d\d-\d\d, channel "".+"", \w+ by \w+: the log has 1, and the daily cells 2\.$", finding));
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
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
        SeededLog rows = Berlin(1_000, seed: 26);
        InteractionLog log = rows.Log;
        await store.AppendAsync("one", rows.Part(0, 500), Token);
        await place.ExecuteAsync("UPDATE engagement.organisation SET zone_data = 'TZDB: 1999a'");
        await place.ExecuteAsync("UPDATE engagement.daily_cell SET day = day + 1");
        LocalCalendar year = LocalCalendar.Days(zone, LocalPeriod.Year(2014));
        AssertEqual(rows.Part(0, 500).RollUp(year, cancellationToken: Token), await store.RollUpAsync(year, cancellationToken: Token));
        Assert.Contains((await store.CheckAsync(Token)).Findings, finding => finding.Contains("1999a", StringComparison.Ordinal));
        await store.AppendAsync("two", rows.Part(500, 500), Token);
        Assert.Empty((await store.CheckAsync(Token)).Findings);
        AssertEqual(log.RollUp(year, cancellationToken: Token), await store.RollUpAsync(year, cancellationToken: Token));
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
            Assert.EndsWith("holds a store of version 99, and this program knows versions up to 3: update the program; nothing was changed.", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_store_of_an_earlier_version_is_brought_forward_with_all_it_holds(int version)
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        SeededLog rows = Berlin(1_000, seed: 28);
        InteractionLog log = rows.Log;
        await using Place place = await NewPlaceAsync();
        await place.CreateOfVersionAsync(Organisation(), version);
        var older = await Assert.ThrowsAsync<StoreException>(place.OpenAsync);
        Assert.EndsWith($"holds a store of version {version}, and this program works with version 3: bring it up to date (engagement store init).", older.Message, StringComparison.Ordinal);

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
        Assert.EndsWith("holds \"ihk\", \"two\": name the organisation.", error.Message, StringComparison.Ordinal);
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

    private protected abstract Task<Place> NewPlaceAsync();

    /// <summary>The facts of the larger sample, with its first interactions.</summary>
    private protected static Portfolio Demo()
    {
        Portfolio all = PortfolioFolder.Read(Path.Combine(AppContext.BaseDirectory, "samples", "demo-association"), Token).Portfolio!;
        PortfolioBuilder builder = Portfolio.For(all.Organisation);
        foreach (Universe universe in all.Universes) builder.Add(universe);
        foreach (Channel channel in all.Channels) builder.Add(channel);
        foreach (AudienceSnapshot audience in all.Audiences) builder.Add(audience);
        foreach (AudienceOverlap overlap in all.Overlaps) builder.Add(overlap);
        foreach (Publication publication in all.Publications) builder.Add(publication);
        foreach (Interaction interaction in all.Interactions.Take(5_000)) builder.Add(interaction);
        foreach (Effort effort in all.Efforts) builder.Add(effort);
        return builder.Build();
    }

    private protected static Organisation Organisation(DateTimeZone? zone = null) => new("ihk", "IHK Ostwestfalen zu Bielefeld", zone ?? SeededLog.Zone("Europe/Berlin"));

    private protected static SeededLog Berlin(int count, int seed, bool withTexts = false) => SeededLog.Around(SeededLog.Zone("Europe/Berlin"), new(2014, 10, 26), count, seed, withTexts: withTexts);

    private protected static void AssertEqual(RollUp expected, RollUp actual)
    {
        Assert.Equal(expected.Cells, actual.Cells);
        Assert.Equal(expected, actual);
    }

    private async Task CompareAsync(InteractionLog log, params string[] zones)
    {
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
        await store.AppendAsync("real", log, Token);
        Instant[] times = [.. log.ToInteractions().Select(one => one.At)];
        foreach (string zone in zones)
        {
            foreach (CalendarUnit unit in new[] { CalendarUnit.Day, CalendarUnit.Month })
            {
                LocalCalendar calendar = LocalCalendar.Between(SeededLog.Zone(zone), times.Min(), times.Max() + Duration.FromMilliseconds(1), unit);
                AssertEqual(log.RollUp(calendar, Everybody), await store.RollUpAsync(calendar, Everybody, Token));
                Assert.Equal(DistinctActors.PerChannelAndPeriod(log, calendar, Everybody, Token), (await store.DistinctActorsAsync(calendar, Everybody, Token)).Actors);
            }
        }
    }
}
