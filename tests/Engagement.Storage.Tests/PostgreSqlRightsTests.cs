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
    public async Task A_connection_that_is_cut_in_the_middle_of_a_copy_leaves_nothing_and_the_batch_may_come_again()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        await using EngagementStore store = await place.CreateAsync(Organisation("one"));
        InteractionLog part = SeededLog.Around(SeededLog.Zone("Europe/Berlin"), new(2014, 10, 26), 2_000, seed: 44).Log;
        var error = await Assert.ThrowsAsync<StoreException>(() => store.AppendStreamAsync("a", Cut(), Token));
        Assert.DoesNotContain(PostgreSqlServer.Password, error.ToString(), StringComparison.Ordinal);
        foreach (string table in new[] { "event", "batch", "daily_cell", "channel_key" }) Assert.Equal(0, await place.NumberAsync($"SELECT count(*) FROM engagement.{table}"));
        Assert.True(await store.AppendAsync("a", part, Token));
        Assert.Empty((await store.CheckAsync(Token)).Findings);

        async IAsyncEnumerable<InteractionLog> Cut()
        {
            yield return part;
            await place.TextsAsync("SELECT pg_terminate_backend(pid)::TEXT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            yield return part;
        }
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
