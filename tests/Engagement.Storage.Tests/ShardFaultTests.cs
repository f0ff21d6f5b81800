using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage.Tests;

/// <summary>What only shards have: work that is pushed down to them, one of them that is gone, and remains of an append that broke off between them.</summary>
[Trait("Server", "PostgreSQL")]
public sealed class ShardFaultTests(PostgreSqlFixture servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_counting_is_pushed_down_to_the_shards()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        await using EngagementStore store = await place.CreateAsync(Ihk());
        await store.AppendAsync("one", SeededLog.Around(Berlin, new(2014, 10, 26), 50_000, seed: 52).Log, Token);
        await place.AnalyzeShardsAsync();
        foreach (LocalCalendar calendar in new[] { LocalCalendar.Days(Berlin, LocalPeriod.Year(2014)), LocalCalendar.Of(Berlin, LocalPeriod.Year(2014), CalendarUnit.Month) })
        {
            string sql = Figures.CountsSql(calendar, RollUpOptions.Default, SeededLog.Channels, store.Engine, lastBatch: 1).Replace("$1", "1", StringComparison.Ordinal);
            string plan = string.Join('\n', await place.TextsAsync($"SET enable_nestloop = off; SET enable_partitionwise_aggregate = on; EXPLAIN (VERBOSE) {sql}"));

            // Each shard is sent the grouping itself, and the coordinator puts its answers one after the other.
            Assert.True(Occurrences(plan, "Relations: Aggregate on (engagement_month.event_shard") == 2, plan);
            Assert.Equal(2, Occurrences(plan, "Remote SQL: SELECT"));
            Assert.Equal(2, Occurrences(plan, "GROUP BY"));
            Assert.DoesNotContain("HashAggregate", plan, StringComparison.Ordinal);
        }

        static int Occurrences(string text, string part) => text.Split(part).Length - 1;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_one_shard_there_is_an_error_and_no_partial_answer_and_all_is_well_when_it_is_back(bool throughCoordinator)
    {
        using PostgreSqlServer shard = PostgreSqlServer.Start();
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, [servers.Shards[0], shard], throughCoordinator);
        await using EngagementStore store = await place.CreateAsync(Ihk());
        InteractionLog log = Log();
        await store.AppendAsync("one", log, Token);
        Assert.NotEqual(["0"], await place.TextsAsync("SELECT count(*) FROM engagement_month.event_shard_1"));
        LocalCalendar year = LocalCalendar.Days(Berlin, LocalPeriod.Year(2014));
        shard.Stop();
        foreach (Func<Task> ask in new Func<Task>[]
        {
            () => store.RollUpAsync(year, null, fromEvents: true, Token),
            () => store.DistinctActorsAsync(year, cancellationToken: Token),
            () => store.ReadPortfolioAsync(cancellationToken: Token),
            () => store.CheckAsync(Token),
            () => store.AppendAsync("two", log, Token),
        })
        {
            var error = await Assert.ThrowsAsync<StoreException>(ask);
            Assert.Contains("start the shard; there is no answer without it, and none that is partial.", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(PostgreSqlServer.Password, error.ToString(), StringComparison.Ordinal);
        }

        // The cells lie on the coordinator, and answer as before.
        Assert.Equal(log.RollUp(year, cancellationToken: Token), await store.RollUpAsync(year, cancellationToken: Token));
        shard.Resume();
        Assert.Equal(log.RollUp(year, cancellationToken: Token), await store.RollUpAsync(year, null, fromEvents: true, Token));
        Assert.True(await store.AppendAsync("two", log, Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
    }

    [Fact]
    public async Task Events_that_a_shard_committed_without_its_coordinator_are_not_seen_and_taken_away_by_the_next_batch()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        await using EngagementStore store = await place.CreateAsync(Ihk());
        InteractionLog log = Log();
        await store.AppendAsync("one", log, Token);
        await place.ExecuteAsync("INSERT INTO engagement.event (org, batch_no, row_no, at_ms, channel_no, kind, role) SELECT 1, 2, row_no, at_ms, channel_no, kind, role FROM engagement.event WHERE channel_no = 0");
        LocalCalendar year = LocalCalendar.Days(Berlin, LocalPeriod.Year(2014));
        Assert.Equal(log.RollUp(year, cancellationToken: Token), await store.RollUpAsync(year, null, fromEvents: true, Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
        long rows = 0;
        await foreach (InteractionLog chunk in store.ReadLogAsync(cancellationToken: Token)) rows += chunk.Count;
        Assert.Equal(log.Count, rows);
        Assert.Equal(log.Count, await place.NumberAsync("SELECT count(*) FROM engagement.interaction"));
        Assert.True(await store.AppendAsync("two", log, Token));
        Assert.Equal(2 * log.Count, await place.NumberAsync("SELECT count(*) FROM engagement.event"));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
    }

    [Fact]
    public async Task Shards_that_a_store_does_not_have_are_refused_and_an_earlier_version_needs_its_own_named()
    {
        await using PostgreSqlPlace alone = await PostgreSqlPlace.NewAsync(servers.Server);
        await (await alone.CreateAsync(Ihk())).DisposeAsync();
        string[] one = [servers.Shards[0].ConnectionString(await servers.Shards[0].NewDatabaseAsync())];
        var error = await Assert.ThrowsAsync<StoreException>(() => EngagementStore.CreateAsync(alone.Connection, Ihk(), one, Token));
        Assert.EndsWith("holds a store of version 7 over 0 shards, and 1 were named: leave --shard out, or create a new store.", error.Message, StringComparison.Ordinal);
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        await place.CreateOfVersionAsync(Ihk(), 3);
        error = await Assert.ThrowsAsync<StoreException>(() => EngagementStore.CreateAsync(place.Connection, Ihk(), null, Token));
        Assert.EndsWith("holds a store of version 3 over 2 shards, and 0 were named: name those of the store, in their order (--shard).", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(() => EngagementStore.CreateAsync(place.Connection, Ihk(), one, Token));
        await (await place.CreateAsync(Ihk())).DisposeAsync();

        // One that is up to date knows its shards.
        await using EngagementStore store = await EngagementStore.CreateAsync(place.Connection, Ihk(), null, Token);
        Assert.True(await store.AppendAsync("one", Log(), Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
    }

    [Fact]
    public async Task Databases_that_are_not_the_shards_of_the_store_are_refused_and_nothing_is_made_in_them()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        await (await place.CreateAsync(Ihk())).DisposeAsync();
        string empty = servers.Shards[1].ConnectionString(await servers.Shards[1].NewDatabaseAsync());
        await using PostgreSqlPlace other = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        await (await other.CreateAsync(Ihk())).DisposeAsync();

        // The right number, but an empty database, the shard of another store, or its own in another order.
        foreach ((string[] shards, int wrong) in new[] { (new[] { place.Shards[0], empty }, 2), ([place.Shards[0], other.Shards[1]], 2), ([place.Shards[1], place.Shards[0]], 1) })
        {
            var error = await Assert.ThrowsAsync<StoreException>(() => EngagementStore.CreateAsync(place.Connection, Ihk(), shards, Token));
            Assert.EndsWith($": shard {wrong} of those named is not shard {wrong} of this store, or is another store's: name the databases of the store, in their order (--shard), and for a new store databases that hold none. DROP SCHEMA engagement CASCADE in such a database gives up what it holds of another store.", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["0"], await PostgreSqlPlace.TextsOfAsync(empty, "SELECT count(*) FROM pg_namespace WHERE nspname = 'engagement'"));

        // A new store takes nobody's shard, and no database twice.
        await using PostgreSqlPlace alone = await PostgreSqlPlace.NewAsync(servers.Server);
        await Assert.ThrowsAsync<StoreException>(() => EngagementStore.CreateAsync(alone.Connection, Ihk(), [other.Shards[0]], Token));
        var twice = await Assert.ThrowsAsync<StoreException>(() => EngagementStore.CreateAsync(alone.Connection, Ihk(), [empty, empty], Token));
        Assert.EndsWith("shards 1 and 2 are one database: name each once (--shard).", twice.Message, StringComparison.Ordinal);
        Assert.Equal(["0"], await alone.TextsAsync("SELECT count(*) FROM pg_namespace WHERE nspname = 'engagement'"));
        await using EngagementStore store = await EngagementStore.CreateAsync(alone.Connection, Ihk(), [empty], Token);
        Assert.True(await store.AppendAsync("one", Log(), Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
    }

    [Fact]
    public async Task Shards_of_a_store_that_was_made_before_they_knew_whose_they_are_are_told_and_events_that_are_no_stores_are_refused()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        await using (EngagementStore store = await place.CreateAsync(Ihk())) await store.AppendAsync("one", Log(), Token);
        await place.ExecuteAsync("DROP TABLE engagement_month.store");
        foreach (int shard in new[] { 0, 1 })
        {
            await place.ExecuteAsync(FormattableString.Invariant($"DROP FOREIGN TABLE engagement_month.shard_of_{shard}"));
            await PostgreSqlPlace.TextsOfAsync(place.Shards[shard], "DROP TABLE engagement.shard_of");
        }

        // A new store does not take up the events of an old one.
        await using PostgreSqlPlace alone = await PostgreSqlPlace.NewAsync(servers.Server);
        await Assert.ThrowsAsync<StoreException>(() => EngagementStore.CreateAsync(alone.Connection, Ihk(), [place.Shards[0]], Token));
        await (await place.CreateAsync(Ihk())).DisposeAsync();
        Assert.Equal(["1 2"], await PostgreSqlPlace.TextsOfAsync(place.Shards[1], "SELECT place || ' ' || shards FROM engagement.shard_of"));
        await Assert.ThrowsAsync<StoreException>(() => EngagementStore.CreateAsync(place.Connection, Ihk(), [place.Shards[1], place.Shards[0]], Token));
    }

    [Fact]
    public async Task Whoever_is_cut_off_after_the_shards_know_whose_they_are_and_before_the_store_is_there_may_try_again()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        async Task UndoAsync()
        {
            await place.ExecuteAsync("DROP SCHEMA engagement, engagement_month CASCADE");
            await place.ExecuteAsync("DROP SERVER engagement_shard_0, engagement_shard_1 CASCADE");
        }

        // The shards have committed, and the coordinator has not.
        await (await place.CreateAsync(Ihk())).DisposeAsync();
        await UndoAsync();
        await using (EngagementStore store = await place.CreateAsync(Ihk())) Assert.True(await store.AppendAsync("one", Log(), Token));

        // But not over events; the cure is the one that the error names.
        await UndoAsync();
        var error = await Assert.ThrowsAsync<StoreException>(() => place.CreateAsync(Ihk()));
        Assert.Contains("DROP SCHEMA engagement CASCADE in such a database", error.Message, StringComparison.Ordinal);
        foreach (string shard in place.Shards) await PostgreSqlPlace.TextsOfAsync(shard, "DROP SCHEMA engagement CASCADE");
        await using EngagementStore again = await place.CreateAsync(Ihk());
        Assert.True(await again.AppendAsync("one", Log(), Token));
        Assert.Empty((await again.CheckAsync(Token)).Findings);
    }

    [Fact]
    public async Task Opening_a_store_with_its_shards_named_does_not_wait_for_an_append()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        await using EngagementStore store = await place.CreateAsync(Ihk());
        Assert.True(await store.AppendStreamAsync("one", LogsAsync(), Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);

        async IAsyncEnumerable<InteractionLog> LogsAsync()
        {
            yield return Log();
            await (await place.CreateAsync(Ihk()).WaitAsync(TimeSpan.FromMinutes(1), Token)).DisposeAsync();
            yield return Log();
        }
    }

    [Fact]
    public async Task A_shard_that_refuses_to_commit_is_named()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        await using EngagementStore store = await place.CreateAsync(Ihk());
        await PostgreSqlPlace.TextsOfAsync(place.Shards[1], "CREATE FUNCTION refuse() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$");
        await PostgreSqlPlace.TextsOfAsync(place.Shards[1], "CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON engagement.event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()");
        var error = await Assert.ThrowsAsync<StoreException>(() => store.AppendAsync("one", Log(), Token));
        var shard = new Npgsql.NpgsqlConnectionStringBuilder(place.Shards[1]);
        Assert.StartsWith(FormattableString.Invariant($"postgresql:{shard.Host}:{shard.Port}/{shard.Database} failed (P0001"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_that_went_to_the_shards_directly_and_were_never_acknowledged_are_taken_away_by_the_next_batch()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        await using EngagementStore store = await place.CreateAsync(Ihk());
        InteractionLog log = Log();
        await store.AppendAsync("one", log, Token);

        // The shards have committed when the coordinator refuses.
        await place.ExecuteAsync("CREATE FUNCTION refuse() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$");
        await place.ExecuteAsync("CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON engagement.batch DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()");
        await Assert.ThrowsAsync<StoreException>(() => store.AppendAsync("two", log, Token));
        await place.ExecuteAsync("DROP TRIGGER refuse ON engagement.batch");
        Assert.Equal(2 * log.Count, await place.NumberAsync("SELECT count(*) FROM engagement.event"));
        LocalCalendar year = LocalCalendar.Days(Berlin, LocalPeriod.Year(2014));
        Assert.Equal(log.RollUp(year, cancellationToken: Token), await store.RollUpAsync(year, null, fromEvents: true, Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
        Assert.True(await store.AppendAsync("two", log, Token));
        Assert.Equal(2 * log.Count, await place.NumberAsync("SELECT count(*) FROM engagement.event"));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Whoever_writes_next_waits_for_a_shard_that_is_about_to_commit_for_a_writer_who_lost_the_coordinator(bool isDirect, bool nextIsDirect)
    {
        using PostgreSqlServer coordinator = PostgreSqlServer.Start();
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(coordinator, servers.Shards);
        await using EngagementStore writer = await place.CreateAsync(Ihk());
        await using EngagementStore first = isDirect ? await place.CreateAsync(Ihk()) : await place.OpenAsync();
        await using EngagementStore second = nextIsDirect ? await place.CreateAsync(Ihk()) : await place.OpenAsync();
        InteractionLog log = Log();
        await writer.AppendAsync("one", log, Token);

        // A commit on the second shard lasts as long as this connection holds the lock.
        string shard = place.Shards[1];
        await PostgreSqlPlace.TextsOfAsync(shard, "CREATE FUNCTION wait() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(42); RETURN NULL; END $$");
        await PostgreSqlPlace.TextsOfAsync(shard, "CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON engagement.event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait()");
        Task<bool> lost;
        Task<bool> next;
        await using (var gate = new Npgsql.NpgsqlConnection(shard))
        {
            await gate.OpenAsync(Token);
            await using Npgsql.NpgsqlCommand hold = gate.CreateCommand();
            hold.CommandText = "SELECT pg_advisory_lock(42)";
            await hold.ExecuteScalarAsync(Token);
            lost = first.AppendAsync("lost", log, Token);
            await WaitingAsync(shard, 1, lost);
            await coordinator.CrashAsync(place.Database);
            next = second.AppendAsync("two", log, Token);
            await WaitingAsync(shard, 2, next);
        }

        await Assert.ThrowsAsync<StoreException>(() => lost);
        Assert.True(await next);
        await PostgreSqlPlace.TextsOfAsync(shard, "DROP TRIGGER wait ON engagement.event");
        Assert.Equal(2 * log.Count, await place.NumberAsync("SELECT count(*) FROM engagement.event"));
        Assert.Empty((await writer.CheckAsync(Token)).Findings);

        // The batch that was not acknowledged comes again as a new one.
        Assert.True(await first.AppendAsync("lost", log, Token));
        Assert.Equal("3 batches, 6000 events, sound", (await writer.CheckAsync(Token)).ToString());

        static async Task WaitingAsync(string shard, int many, Task work)
        {
            const string Waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
            while (int.Parse((await PostgreSqlPlace.TextsOfAsync(shard, Waiting))[0], System.Globalization.CultureInfo.InvariantCulture) < many)
            {
                if (work.IsCompleted) await work;
                Assert.False(work.IsCompleted, "It did not wait.");
                await Task.Delay(20, Token);
            }
        }
    }

    [Fact]
    public async Task Retention_that_breaks_off_between_the_shards_gives_no_partial_answer_and_is_finished_by_the_next()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        await using EngagementStore store = await place.CreateAsync(Ihk());
        InteractionLog log = Log();

        // With ids and names, which lie on the coordinator and must go with their events.
        Interaction[] interactions = [.. log.ToInteractions().Select(one => one with { Actor = one.Actor.IsNone ? default : new($"person {one.Actor}") })];
        await store.AppendInteractionsAsync("one", interactions, Token);
        LocalCalendar year = LocalCalendar.Days(Berlin, LocalPeriod.Year(2014));
        var from = new LocalDate(2014, 10, 26);
        await PostgreSqlPlace.TextsOfAsync(place.Shards[1], "CREATE FUNCTION refuse() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$");
        await PostgreSqlPlace.TextsOfAsync(place.Shards[1], "CREATE CONSTRAINT TRIGGER refuse AFTER DELETE ON engagement.event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()");
        await Assert.ThrowsAsync<StoreException>(() => store.RetainAsync(from, Token));
        var error = await Assert.ThrowsAsync<StoreException>(() => store.RollUpAsync(year, null, fromEvents: true, Token));
        Assert.Contains("were taken out, and the calendar", error.Message, StringComparison.Ordinal);
        await PostgreSqlPlace.TextsOfAsync(place.Shards[1], "DROP TRIGGER refuse ON engagement.event");

        await store.RetainAsync(from, Token);
        Instant start = Berlin.AtStartOfDay(from).ToInstant();
        Interaction[] kept = [.. interactions.Where(one => one.At >= start)];
        Assert.Equal(kept.Length, await place.NumberAsync("SELECT count(*) FROM engagement.event"));
        Assert.Equal(kept.Select(one => one.Id.Value).Order(StringComparer.Ordinal), (await place.TextsAsync("SELECT id FROM engagement.event_key")).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(kept.Where(one => !one.Actor.IsNone).Select(one => one.Actor.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), (await place.TextsAsync("SELECT actor FROM engagement.actor_key")).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(InteractionLog.From(interactions).RollUp(year, cancellationToken: Token), await store.RollUpAsync(year, cancellationToken: Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
    }

    [Fact]
    public async Task A_shard_without_a_place_for_its_writers_is_given_one_when_it_is_named_and_the_store_is_not_opened_before()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        await place.CreateOfVersionAsync(Ihk(), 5);
        foreach (string shard in place.Shards) await PostgreSqlPlace.TextsOfAsync(shard, "DROP TABLE engagement.shard_writer");
        var error = await Assert.ThrowsAsync<StoreException>(() => EngagementStore.CreateAsync(place.Connection, Ihk(), null, Token));
        Assert.EndsWith("holds a store of version 5 over 2 shards, and 0 were named: name those of the store, in their order (--shard).", error.Message, StringComparison.Ordinal);
        await (await place.CreateAsync(Ihk())).DisposeAsync();
        await using EngagementStore store = await EngagementStore.CreateAsync(place.Connection, Ihk(), null, Token);
        Assert.True(await store.AppendAsync("one", Log(), Token));
        foreach (string shard in place.Shards) Assert.Equal(["1 1"], await PostgreSqlPlace.TextsOfAsync(shard, "SELECT org || ' ' || batch_no FROM engagement.shard_writer"));
    }

    private static DateTimeZone Berlin => SeededLog.Zone("Europe/Berlin");

    private static Organisation Ihk() => new("ihk", "IHK", Berlin);

    private static InteractionLog Log() => SeededLog.Around(Berlin, new(2014, 10, 26), 2_000, seed: 51).Log;
}
