using System.Diagnostics;
using System.Globalization;
using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage.Tests;

/// <summary>SIGKILL of the app and of the server in the middle of appends: what was acknowledged is there, and nothing else. ENGAGEMENT_KILLS sets how often.</summary>
[Trait("Server", "PostgreSQL")]
public sealed class KillTests(PostgreSqlFixture servers)
{
    private const int Batches = 20;

    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("ENGAGEMENT_KILLS") ?? "3", CultureInfo.InvariantCulture);

    // A million events in all when the kills are many.
    private static readonly int Rows = Kills >= 50 ? 50_000 : 5_000;

    // A process that is new takes a while for its first batch; the later ones must be met too.
    private static readonly int MostDelay = Kills >= 50 ? 2_000 : 300;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_an_app_with_DuckDB_is_killed()
    {
        await using var place = new DuckDbPlace();
        await KillTheAppAsync(place, $"duckdb:{place.File}", seed: 1);
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_an_app_with_PostgreSQL_is_killed()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        await KillTheAppAsync(place, place.Connection, seed: 2);
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_an_app_with_shards_is_killed()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        await KillTheAppAsync(place, place.Connection, seed: 3);
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_an_app_that_writes_to_shards_directly_is_killed()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
        await KillTheAppAsync(place, place.Connection, seed: 6, [.. place.Shards]);
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_server_is_killed()
    {
        using PostgreSqlServer server = PostgreSqlServer.Start();
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(server);
        await (await place.CreateAsync(Ihk())).DisposeAsync();
        var random = new Random(4);
        int next = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            (Process app, List<int> acknowledged) = await StartAsync(place.Connection, next, Batches);
            await Task.Delay(random.Next(20, MostDelay + 100), Token);
            server.Kill();
            await app.WaitForExitAsync(Token);
            server.Resume();
            next = await VerifyAsync(place, acknowledged, next);
            if (next == Batches) next = 0;
        }
    }

    [Fact]
    public async Task Facts_and_interactions_of_one_command_are_there_together_or_not_at_all_when_it_is_killed()
    {
        await using PostgreSqlPlace postgreSql = await PostgreSqlPlace.NewAsync(servers.Server);
        await using var duckDb = new DuckDbPlace();
        foreach ((Place place, string connection) in new (Place, string)[] { (duckDb, $"duckdb:{duckDb.File}"), (postgreSql, postgreSql.Connection) })
        {
            await (await place.CreateAsync(Ihk())).DisposeAsync();
            var random = new Random(5);
            int next = 0;
            for (int kill = 0; kill < Kills; kill++)
            {
                (Process app, List<int> acknowledged) = await StartAsync(connection, next, Batches, rows: 500, "facts");
                await Task.Delay(random.Next(0, MostDelay + 100), Token);
                app.Kill();
                await app.WaitForExitAsync(Token);
                if (acknowledged.Count > 0) next = acknowledged[^1] + 1;
                await using EngagementStore store = await place.OpenAsync();
                StoreCheck check = await store.CheckAsync(Token);
                Assert.Empty(check.Findings);
                Assert.True(check.Batches >= next);
                Assert.Equal(check.Batches * 500, check.Events);
                Assert.Equal(check.Batches, await CountAsync(store));
                if (next == Batches) next = 0;
            }
        }

        static async Task<int> CountAsync(EngagementStore store) => (await store.ReadPortfolioAsync(withInteractions: false, Token)).Audiences.Count;
    }

    private static Organisation Ihk() => new("ihk", "IHK", SeededLog.Zone("Europe/Berlin"));

    private static async Task KillTheAppAsync(Place place, string connection, int seed, params string[] shards)
    {
        await (await place.CreateAsync(Ihk())).DisposeAsync();
        var random = new Random(seed);
        int next = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            (Process app, List<int> acknowledged) = await StartAsync(connection, next, Batches, more: shards);
            await Task.Delay(random.Next(0, MostDelay), Token);
            app.Kill();
            await app.WaitForExitAsync(Token);
            next = await VerifyAsync(place, acknowledged, next);

            // From the beginning again: what is known counts once.
            if (next == Batches) next = 0;
        }
    }

    /// <summary>What was said to be acknowledged is in the store; at most the one batch after it is too; and all of it is whole.</summary>
    private static async Task<int> VerifyAsync(Place place, List<int> acknowledged, int first)
    {
        int next = acknowledged.Count == 0 ? first : acknowledged[^1] + 1;
        await using EngagementStore store = await place.OpenAsync();
        StoreCheck check = await store.CheckAsync(Token);
        Assert.Empty(check.Findings);
        Assert.Equal(check.Batches * Rows, check.Events);
        Assert.True(check.Batches >= next, $"{check.Batches} batches are in the store, and {next} were acknowledged.");
        LocalCalendar year = LocalCalendar.Between(SeededLog.Zone("Europe/Berlin"), Instant.FromUtc(2014, 1, 1, 0, 0), Instant.FromUtc(2015, 1, 1, 0, 0), CalendarUnit.Month);
        RollUp expected = RollUp.OfStream(Enumerable.Range(0, (int)check.Batches).Select(batch => Appender.Program.Batch(batch, Rows)), year, cancellationToken: Token);
        RollUp actual = await store.RollUpAsync(year, cancellationToken: Token);
        Assert.Equal(expected.Cells, actual.Cells);
        Assert.Equal(actual.Cells, (await store.RollUpAsync(year, null, fromEvents: true, Token)).Cells);
        return next;
    }

    private static async Task<(Process App, List<int> Acknowledged)> StartAsync(string connection, int first, int end, int? rows = null, params string[] more)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Engagement.Storage.Appender.dll");
        var start = new ProcessStartInfo("dotnet", [program, connection, Text(first), Text(end), Text(rows ?? Rows), .. more]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var app = new Process { StartInfo = start };
        var acknowledged = new List<int>();
        var open = new TaskCompletionSource();
        app.OutputDataReceived += (_, line) =>
        {
            if (line.Data == "open") open.TrySetResult();
            else if (line.Data is { Length: > 0 } number) acknowledged.Add(int.Parse(number, CultureInfo.InvariantCulture));
            else if (line.Data is null) open.TrySetResult();
        };
        app.Start();
        app.BeginOutputReadLine();
        app.BeginErrorReadLine();
        await open.Task.WaitAsync(Token);
        return (app, acknowledged);

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
