using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;
using Npgsql;

namespace Engagement.Storage.Tests;

/// <summary>Rights, secrets, partitions and connections of PostgreSQL.</summary>
[Trait("Server", "PostgreSQL")]
public sealed class PostgreSqlRightsTests(PostgreSqlFixture servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_organisation_cannot_read_or_write_another_whatever_it_asks()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        await using EngagementStore one = await place.CreateAsync(Organisation("one"));
        await using EngagementStore two = await place.CreateAsync(Organisation("two"));
        InteractionLog log = SeededLog.Around(SeededLog.Zone("Europe/Berlin"), new(2014, 10, 26), 500, seed: 41, withTexts: true).Log;
        await one.AppendAsync("a", log, Token);
        await two.AppendAsync("a", log, Token);
        await two.UpsertAsync(Portfolio.For(two.Organisation).Add(new Channel("secret", "Secret", Platform.Facebook, ChannelForm.Page)).Build(), Token);
        string role = await NewRoleAsync(place, "one", mayWrite: true);
        string[] tables = [.. await place.TextsAsync("SELECT table_name FROM information_schema.tables WHERE table_schema = 'engagement' AND table_name NOT IN ('version', 'kind_name', 'role_name')")];
        Assert.True(tables.Length > 15);
        int readable = 0;
        foreach (string table in tables)
        {
            string column = table is "interaction" or "interactions_per_day" ? "organisation" : "org";
            if (table == "organisation_role")
            {
                await Assert.ThrowsAsync<PostgresException>(() => place.TextsAsync($"SELECT * FROM engagement.{table}", role));
                continue;
            }

            List<string> seen = await place.TextsAsync($"SELECT DISTINCT {column} FROM engagement.{table}", role);
            Assert.All(seen, organisation => Assert.Contains(organisation, new[] { "1", "one" }, StringComparer.Ordinal));
            readable += seen.Count;
        }

        Assert.True(readable >= 8);

        // Neither a setting, nor a partition by its own name, nor another organisation's number opens a way.
        foreach (string attack in new[]
        {
            "SELECT * FROM engagement_month.event_2014_10",
            "INSERT INTO engagement.batch VALUES (2, 9, 'x', 0, 0)",
            "INSERT INTO engagement.organisation_role VALUES (2, current_user)",
            "CALL engagement.let_role_use(current_user::TEXT, 'two', true)",
            "UPDATE engagement.kind_name SET name = 'nothing'",
            "DELETE FROM engagement.role_name",
            "INSERT INTO engagement.version VALUES (99, 'the future')",
            "SET row_security = off; SELECT * FROM engagement.event",
            "ALTER TABLE engagement.event DISABLE ROW LEVEL SECURITY",
            "CREATE TABLE engagement.mine (x INTEGER)",
            "DROP TABLE engagement.batch",
        })
        {
            await Assert.ThrowsAsync<PostgresException>(() => place.TextsAsync(attack, role));
        }

        await place.TextsAsync("DELETE FROM engagement.event WHERE org = 2", role);
        await place.TextsAsync("UPDATE engagement.organisation SET name = 'stolen' WHERE org = 2", role);
        Assert.Equal(["500"], await place.TextsAsync("SELECT count(*) FROM engagement.event WHERE org = 2"));
        Assert.Equal(["Name of two"], await place.TextsAsync("SELECT name FROM engagement.organisation WHERE org = 2"));
    }

    [Fact]
    public async Task A_role_with_the_least_rights_appends_asks_and_forgets_and_one_that_reads_only_asks()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        await (await place.CreateAsync(Organisation("one"))).DisposeAsync();
        await (await place.CreateAsync(Organisation("two"))).DisposeAsync();
        SeededLog rows = SeededLog.Around(SeededLog.Zone("Europe/Berlin"), new(2014, 10, 26), 500, seed: 42, withTexts: true);
        string writer = await NewRoleAsync(place, "one", mayWrite: true);
        string reader = await NewRoleAsync(place, "one", mayWrite: false);
        LocalCalendar year = LocalCalendar.Days(SeededLog.Zone("Europe/Berlin"), LocalPeriod.Year(2014));

        // The organisation need not be named: the role may see one.
        await using EngagementStore store = await EngagementStore.OpenAsync($"postgresql:{place.Server.ConnectionString(place.Database, writer)}", cancellationToken: Token);
        Assert.Equal("one", store.Organisation.Id.Value);
        await store.AppendAsync("a", rows.Log, Token);
        await store.UpsertAsync(Portfolio.For(store.Organisation).Add(new Channel("page", "Page", Platform.Facebook, ChannelForm.Page)).Build(), Token);
        await store.ForgetAsync(new("person 1"), Token);
        await store.RebuildAsync(Token);
        Assert.Empty((await store.CheckAsync(Token)).Findings);
        await using EngagementStore asked = await EngagementStore.OpenAsync($"postgresql:{place.Server.ConnectionString(place.Database, reader)}", cancellationToken: Token);
        Assert.Equal(rows.Log.RollUp(year, cancellationToken: Token), await asked.RollUpAsync(year, cancellationToken: Token));
        Assert.Single((await asked.ReadPortfolioAsync(cancellationToken: Token)).Channels);
        var error = await Assert.ThrowsAsync<StoreException>(() => asked.AppendAsync("b", rows.Log, Token));
        Assert.Contains("grant the role what docs/storage.md lists", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_role_keeps_its_rights_when_its_store_is_brought_forward(int version)
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        await place.CreateOfVersionAsync(Organisation("one"), version);
        string writer = await NewRoleAsync(place, "one", mayWrite: true);
        string reader = await NewRoleAsync(place, "one", mayWrite: false);
        await (await place.CreateAsync(Organisation("one"))).DisposeAsync();
        SeededLog rows = SeededLog.Around(SeededLog.Zone("Europe/Berlin"), new(2014, 10, 26), 500, seed: 47);
        LocalCalendar year = LocalCalendar.Days(SeededLog.Zone("Europe/Berlin"), LocalPeriod.Year(2014));
        await using EngagementStore store = await EngagementStore.OpenAsync($"postgresql:{place.Server.ConnectionString(place.Database, writer)}", cancellationToken: Token);
        Assert.True(await store.AppendAsync("a", rows.Log, Token));
        await using EngagementStore asked = await EngagementStore.OpenAsync($"postgresql:{place.Server.ConnectionString(place.Database, reader)}", cancellationToken: Token);
        Assert.Equal(rows.Log.RollUp(year, cancellationToken: Token), await asked.RollUpAsync(year, cancellationToken: Token));
        Assert.Equal(["500"], await place.TextsAsync("SELECT sum(interactions) FROM engagement.interactions_per_day", reader));
        await Assert.ThrowsAsync<StoreException>(() => asked.AppendAsync("b", rows.Log, Token));
        await Assert.ThrowsAsync<PostgresException>(() => place.TextsAsync("UPDATE engagement.kind_name SET name = 'nothing'", writer));
    }

    [Fact]
    public async Task A_role_changes_only_what_it_may_write_and_loses_that_right_when_it_is_let_read_only()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        await using EngagementStore one = await place.CreateAsync(Organisation("one"));
        await using EngagementStore two = await place.CreateAsync(Organisation("two"));
        InteractionLog log = SeededLog.Around(SeededLog.Zone("Europe/Berlin"), new(2014, 10, 26), 500, seed: 45).Log;
        await one.AppendAsync("a", log, Token);
        await two.AppendAsync("a", log, Token);
        string role = await NewRoleAsync(place, "one", mayWrite: true);
        await place.TextsAsync($"CALL engagement.let_role_use('{role}', 'two', false)");
        string connection = $"postgresql:{place.Server.ConnectionString(place.Database, role)}";
        await using EngagementStore mine = await EngagementStore.OpenAsync(connection, new OrganisationId("one"), Token);
        await using EngagementStore theirs = await EngagementStore.OpenAsync(connection, new OrganisationId("two"), Token);
        LocalCalendar year = LocalCalendar.Days(SeededLog.Zone("Europe/Berlin"), LocalPeriod.Year(2014));
        Assert.Equal(log.RollUp(year, cancellationToken: Token), await theirs.RollUpAsync(year, cancellationToken: Token));
        Assert.True(await mine.AppendAsync("b", log, Token));
        var refused = await Assert.ThrowsAsync<StoreException>(() => theirs.AppendAsync("b", log, Token));
        Assert.Contains("this user may not change it", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PostgresException>(() => place.TextsAsync("INSERT INTO engagement.event VALUES (2, 9, 0, 1414281600000, 0, 2, 2)", role));
        await place.TextsAsync("DELETE FROM engagement.event WHERE org = 2", role);
        await place.TextsAsync("UPDATE engagement.month_cell SET events = 9 WHERE org = 2", role);
        Assert.Empty((await two.CheckAsync(Token)).Findings);

        await place.TextsAsync($"CALL engagement.let_role_use('{role}', 'one', false)");
        await Assert.ThrowsAsync<StoreException>(() => mine.AppendAsync("c", log, Token));
        await Assert.ThrowsAsync<PostgresException>(() => place.TextsAsync("DELETE FROM engagement.event WHERE org = 1", role));
        Assert.Equal(1_000, (await one.CheckAsync(Token)).Events);
    }

    [Fact]
    public async Task A_role_with_the_least_rights_appends_over_shards_and_to_no_organisation_but_its_own()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        await (await place.CreateAsync(Organisation("one"))).DisposeAsync();
        await using EngagementStore two = await place.CreateAsync(Organisation("two"));
        InteractionLog log = SeededLog.Around(SeededLog.Zone("Europe/Berlin"), new(2014, 10, 26), 500, seed: 48, withTexts: true).Log;
        string writer = await NewRoleAsync(place, "one", mayWrite: true);
        await place.TextsAsync($"CALL engagement.let_role_use('{writer}', 'two', false)");
        string reader = await NewRoleAsync(place, "one", mayWrite: false);
        await using EngagementStore store = await EngagementStore.OpenAsync($"postgresql:{place.Server.ConnectionString(place.Database, writer)}", new OrganisationId("one"), Token);
        Assert.True(await store.AppendAsync("a", log, Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
        Assert.Equal(["500"], await place.TextsAsync("SELECT count(*) FROM engagement.event WHERE org = 1", reader));

        // Past the store: into another organisation, by a role that only reads, and into a shard's table itself.
        const string Load = "1, '{0}', '{1414281600000}', '{0}', '{2}', '{2}', '{NULL}', '{NULL}', '{NULL}')";
        await place.TextsAsync($"SELECT engagement.load_events(0, 1, {Load}", writer);
        Assert.Equal(["501"], await place.TextsAsync("SELECT count(*) FROM engagement.event"));
        foreach ((string attack, string role) in new[] { ($"SELECT engagement.load_events(0, 2, {Load}", writer), ($"SELECT engagement.load_events(0, 1, {Load}", reader), ("SELECT * FROM engagement_month.load_shard_0", writer) })
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => place.TextsAsync(attack, role));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        }

        // The way to the shards themselves is not one to ask a right for.
        var refused = await Assert.ThrowsAsync<StoreException>(() => EngagementStore.CreateAsync($"postgresql:{place.Server.ConnectionString(place.Database, writer)}", Organisation("one"), place.Shards, Token));
        Assert.EndsWith(": only the owner of the store may name its shards, for they know no policies: leave --shard out, or open the store that is there, and events go through the coordinator.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await two.CheckAsync(Token)).Events);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("12")]
    [InlineData("{1,NULL}")]
    [InlineData("{1.5}")]
    public async Task Cells_that_are_no_numbers_are_told_as_such_and_made_anew(string byDay)
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        await using EngagementStore store = await place.CreateAsync(Organisation("one"));
        InteractionLog log = SeededLog.Around(SeededLog.Zone("Europe/Berlin"), new(2014, 10, 26), 500, seed: 49).Log;
        await store.AppendAsync("a", log, Token);
        await place.TextsAsync($"UPDATE engagement.month_cell SET by_day = '{byDay}'");
        LocalCalendar days = LocalCalendar.Days(SeededLog.Zone("Europe/Berlin"), LocalPeriod.Year(2014));
        var error = await Assert.ThrowsAsync<StoreException>(() => store.RollUpAsync(days, cancellationToken: Token));
        Assert.Equal("by_day of a row of month_cell must be an array of numbers, as {3,0,12}, and is not: make the cells anew (engagement store check --rebuild).", error.Message);
        await store.RebuildAsync(Token);
        Assert.Equal(log.RollUp(days, cancellationToken: Token), await store.RollUpAsync(days, cancellationToken: Token));
    }

    [Fact]
    public async Task A_type_of_the_callers_own_does_not_run_with_the_owners_rights()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        await (await place.CreateAsync(Organisation("one"))).DisposeAsync();
        await (await place.CreateAsync(Organisation("two"))).DisposeAsync();
        string role = await NewRoleAsync(place, "one", mayWrite: true);
        await place.TextsAsync(
            """
            CREATE FUNCTION pg_temp.evil(x pg_catalog.text) RETURNS BOOLEAN LANGUAGE plpgsql AS $$ BEGIN INSERT INTO engagement.organisation_role VALUES (2, session_user, true); RETURN true; END $$;
            CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (pg_temp.evil(VALUE));
            SELECT engagement.ensure_month(2031, 7)
            """,
            role);
        Assert.Equal(["1"], await place.TextsAsync("SELECT count(*) FROM pg_class WHERE relname = 'event_2031_07'"));
        Assert.Equal(["1"], await place.TextsAsync("SELECT org FROM engagement.organisation", role));
        await Assert.ThrowsAsync<PostgresException>(() => place.TextsAsync("SELECT engagement.ensure_month(10000, 1)", role));
    }

    [Fact]
    public async Task No_trace_of_the_client_tells_the_password_of_a_shard()
    {
        const string Secret = "pass'word of the \\ shard";
        PostgreSqlServer shard = servers.Shards[0];
        string database = await shard.NewDatabaseAsync();
        string user = $"shard_{Guid.NewGuid():N}";
        await using (var owner = new NpgsqlConnection(shard.ConnectionString(database)))
        {
            await owner.OpenAsync(Token);
            await using NpgsqlCommand command = owner.CreateCommand();
            command.CommandText = $"CREATE ROLE {user} SUPERUSER LOGIN PASSWORD '{Secret.Replace("'", "''", StringComparison.Ordinal)}'";
            await command.ExecuteNonQueryAsync(Token);
        }

        var seen = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => System.Diagnostics.ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => seen.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(one => one.Tags))}"),
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        string[] shards = [new NpgsqlConnectionStringBuilder(shard.ConnectionString(database)) { Username = user, Password = Secret }.ConnectionString];
        InteractionLog log = SeededLog.Around(SeededLog.Zone("Europe/Berlin"), new(2014, 10, 26), 100, seed: 46).Log;
        await using (EngagementStore store = await EngagementStore.CreateAsync(place.Connection, Organisation("one"), shards, Token)) await store.AppendAsync("a", log, Token);
        Assert.Equal(100, await place.NumberAsync("SELECT count(*) FROM engagement.event"));
        Assert.Contains(seen, text => text.Contains("CREATE USER MAPPING", StringComparison.Ordinal));
        Assert.DoesNotContain(seen, text => text.Contains("pass'word", StringComparison.Ordinal) || text.Contains("pass''word", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_error_tells_a_password()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        string[] connections =
        [
            place.Server.ConnectionString(place.Database, password: "wrong-horse"),
            $"Host=127.0.0.1;Port=1;Database=x;Username=owner;Password=wrong-horse;Timeout=2",
            place.Server.ConnectionString("nowhere", password: PostgreSqlServer.Password),
            "Host=127.0.0.1;Passwrod=wrong-horse",
            "Host=127.0.0.1;Port=wrong-horse",
            place.Server.ConnectionString(place.Database),
        ];
        foreach (string connection in connections)
        {
            var error = await Assert.ThrowsAsync<StoreException>(() => EngagementStore.OpenAsync($"postgresql:{connection}", cancellationToken: Token));
            foreach (string secret in new[] { "wrong-horse", PostgreSqlServer.Password }) Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal);
        }

        var unknown = await Assert.ThrowsAsync<ArgumentException>(() => EngagementStore.OpenAsync("mysql:Password=wrong-horse", cancellationToken: Token));
        Assert.DoesNotContain("wrong-horse", unknown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_lie_in_a_partition_for_each_month_of_UTC()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        await using EngagementStore store = await place.CreateAsync(Organisation("one"));
        long[] times = [.. new[] { Instant.FromUtc(2014, 1, 1, 0, 0), Instant.FromUtc(2014, 1, 31, 23, 59), Instant.FromUtc(2014, 2, 1, 0, 0), Instant.FromUtc(1969, 12, 31, 23, 59) }.Select(at => at.ToUnixTimeMilliseconds())];
        await store.AppendAsync("a", InteractionLog.Of([new("a")], times, new int[4], new byte[] { 2, 2, 2, 2 }), Token);
        Assert.Equal(["event_1969_12 1", "event_2014_01 2", "event_2014_02 1"], await place.TextsAsync("SELECT tableoid::regclass::text || ' ' || count(*) FROM engagement.event GROUP BY tableoid ORDER BY 1").ContinueWith(texts => texts.Result.Select(text => text.Replace("engagement_month.", "", StringComparison.Ordinal)), Token), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_apps_own_data_source_or_connection_is_used_and_stays_open()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        InteractionLog log = SeededLog.Around(SeededLog.Zone("Europe/Berlin"), new(2014, 10, 26), 500, seed: 43).Log;
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(servers.Server.ConnectionString(place.Database));
        await using (EngagementStore store = await EngagementStore.CreateOverAsync(source, Organisation("one"), Token)) await store.AppendAsync("a", log, Token);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(Token);
        await using (EngagementStore store = await EngagementStore.OpenOverAsync(connection, new OrganisationId("one"), Token))
        {
            // One connection serves one call after the other, however many ask at once.
            bool[] isNew = await Task.WhenAll(Enumerable.Range(0, 4).Select(batch => store.AppendAsync($"b{batch}", log, Token)));
            Assert.All(isNew, Assert.True);
            Assert.Equal(2_500, (await store.CheckAsync(Token)).Events);
        }

        Assert.Equal(System.Data.ConnectionState.Open, connection.State);
    }

    [Fact]
    public async Task A_call_while_the_log_is_read_over_the_apps_one_connection_is_refused_with_the_cure()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        InteractionLog log = SeededLog.Around(SeededLog.Zone("Europe/Berlin"), new(2014, 10, 26), 500, seed: 44).Log;
        await (await place.CreateAsync(Organisation("one"))).DisposeAsync();
        await using var connection = new NpgsqlConnection(servers.Server.ConnectionString(place.Database));
        await using EngagementStore store = await EngagementStore.OpenOverAsync(connection, new OrganisationId("one"), Token);
        await store.AppendAsync("a", log, Token);
        await foreach (InteractionLog _ in store.ReadLogAsync(cancellationToken: Token))
        {
            foreach (Func<Task> call in new Func<Task>[] { () => store.CheckAsync(Token), () => store.AppendAsync("b", log, Token), () => store.ReadLogAsync(cancellationToken: Token).CountAsync(Token).AsTask() })
            {
                var error = await Assert.ThrowsAsync<StoreException>(() => call().WaitAsync(TimeSpan.FromMinutes(1), Token));
                Assert.EndsWith("serves one call at a time, and ReadLogAsync has it until its loop ends: end the loop first, or open the store over a data source (NpgsqlDataSource), which has a connection for each call.", error.Message, StringComparison.Ordinal);
            }
        }

        // After the loop, also one that was left early, it serves again.
        await foreach (InteractionLog _ in store.ReadLogAsync(cancellationToken: Token)) break;
        Assert.True(await store.AppendAsync("b", log, Token));
        Assert.Equal(1_000, (await store.CheckAsync(Token)).Events);
    }

    [Fact]
    public async Task A_connection_that_is_cut_in_the_middle_of_a_copy_leaves_nothing_and_the_batch_may_come_again()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        await using EngagementStore store = await place.CreateAsync(Organisation("one"));
        InteractionLog log = Appender.Program.Batch(1, 500_000);
        Task<StoreException> append = Assert.ThrowsAsync<StoreException>(() => store.AppendAsync("a", log, Token));

        // As soon as the server reports rows of a copy that only the log is long enough for, its connection is cut. The partition itself is not visible yet to others.
        var cut = new List<string>();
        while (cut.Count == 0 && !append.IsCompleted)
        {
            cut = await place.TextsAsync("SELECT pg_terminate_backend(pid)::TEXT FROM pg_stat_progress_copy WHERE datname = current_database() AND tuples_processed > 1000");
        }

        StoreException error = await append;
        Assert.Equal(["true"], cut);
        Assert.DoesNotContain(PostgreSqlServer.Password, error.ToString(), StringComparison.Ordinal);
        foreach (string table in new[] { "event", "batch", "daily_cell", "channel_key" }) Assert.Equal(0, await place.NumberAsync($"SELECT count(*) FROM engagement.{table}"));
        Assert.True(await store.AppendAsync("a", log, Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);
    }

    [Fact]
    public async Task A_full_disk_of_the_server_refuses_the_batch_and_keeps_what_was_acknowledged()
    {
        using SmallDisk disk = await SmallDisk.MountAsync(megabytes: 160);
        using PostgreSqlServer server = PostgreSqlServer.Start(Directory.CreateDirectory(Path.Combine(disk.Folder, "server")).FullName);
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(server);
        int acknowledged = 0;
        StoreException? error = null;
        await using (EngagementStore store = await place.CreateAsync(Organisation("one")))
        {
            for (; acknowledged < 100 && error is null; acknowledged += error is null ? 1 : 0)
            {
                try
                {
                    await store.AppendAsync($"batch {acknowledged}", Appender.Program.Batch(acknowledged, 50_000), Token);
                }
                catch (StoreException full)
                {
                    error = full;
                }
            }
        }

        // Where the log of the server itself finds no room, the server stops, and the connection is lost.
        Assert.NotNull(error);
        Assert.NotEqual(0, acknowledged);
        Assert.Matches("its disk is full|the connection was lost|cannot be reached", error.Message);
        await disk.GrowAsync(megabytes: 600);
        try
        {
            server.Stop();
        }
        catch (InvalidOperationException)
        {
            // It had stopped by itself.
        }

        server.Resume();
        await using EngagementStore again = await place.OpenAsync();
        StoreCheck check = await again.CheckAsync(Token);
        Assert.Empty(check.Findings);
        Assert.Equal((acknowledged, acknowledged * 50_000), (check.Batches, check.Events));
        Assert.True(await again.AppendAsync($"batch {acknowledged}", Appender.Program.Batch(acknowledged, 50_000), Token));
    }

    private static Organisation Organisation(string id) => new(id, $"Name of {id}", SeededLog.Zone("Europe/Berlin"));

    private static async Task<string> NewRoleAsync(PostgreSqlPlace place, string organisation, bool mayWrite)
    {
        string role = $"app_{Guid.NewGuid():N}";
        await place.TextsAsync($"CREATE ROLE {role} LOGIN PASSWORD '{PostgreSqlServer.Password}'");
        await place.TextsAsync($"CALL engagement.let_role_use('{role}', '{organisation}', {mayWrite})");
        return role;
    }
}
