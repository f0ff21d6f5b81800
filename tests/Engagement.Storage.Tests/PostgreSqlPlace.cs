using Engagement.Core;
using Npgsql;

namespace Engagement.Storage.Tests;

/// <summary>A database of a throw-away cluster, alone or as the coordinator of shards.</summary>
internal sealed class PostgreSqlPlace : Place
{
    private readonly string[]? _shards;
    private readonly bool _throughCoordinator;

    private PostgreSqlPlace(PostgreSqlServer server, string database, string[]? shards, bool throughCoordinator) => (Server, Database, _shards, _throughCoordinator) = (server, database, shards, throughCoordinator);

    public PostgreSqlServer Server { get; }

    public string Database { get; }

    public IReadOnlyList<string> Shards => _shards ?? [];

    public string Connection => $"postgresql:{Server.ConnectionString(Database)}";

    /// <summary>A new place.</summary>
    /// <param name="server">The server, or the coordinator.</param>
    /// <param name="shards">The servers of the shards; null for none.</param>
    /// <param name="throughCoordinator">Whether the store is opened without its shards being named again, so that events go through the coordinator.</param>
    public static async Task<PostgreSqlPlace> NewAsync(PostgreSqlServer server, IReadOnlyList<PostgreSqlServer>? shards = null, bool throughCoordinator = false)
    {
        string[]? places = shards is null ? null : await Task.WhenAll(shards.Select(async shard => shard.ConnectionString(await shard.NewDatabaseAsync())));
        return new(server, await server.NewDatabaseAsync(), places, throughCoordinator);
    }

    public override async Task<EngagementStore> CreateAsync(Organisation organisation)
    {
        EngagementStore store = await EngagementStore.CreateAsync(Connection, organisation, _shards);
        if (!_throughCoordinator) return store;
        await store.DisposeAsync();
        return await EngagementStore.OpenAsync(Connection, organisation.Id);
    }

    public override Task<EngagementStore> OpenAsync() => EngagementStore.OpenAsync(Connection);

    public override async Task CreateOfVersionAsync(Organisation organisation, int version)
    {
        await using PostgreSqlEngine engine = PostgreSqlEngine.Of(Server.ConnectionString(Database));
        await SchemaWriter.CreateAsync(engine, organisation, _shards ?? [], CancellationToken.None, version);
    }

    public Task<List<string>> TextsAsync(string sql, string user = "owner", string? password = null) => TextsOfAsync(Server.ConnectionString(Database, user, password), sql);

    public static async Task<List<string>> TextsOfAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync()) texts.Add(Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)!);
        return texts;
    }

    /// <summary>Takes the statistics that a server takes by itself after a while.</summary>
    public async Task AnalyzeShardsAsync()
    {
        foreach (string shard in _shards!)
        {
            await using var connection = new NpgsqlConnection(shard);
            await connection.OpenAsync();
            await using NpgsqlCommand command = connection.CreateCommand();
            command.CommandText = "ANALYZE";
            await command.ExecuteNonQueryAsync();
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override async Task<Session> SessionAsync()
    {
        PostgreSqlEngine engine = PostgreSqlEngine.Of(Server.ConnectionString(Database));
        Session session = await (_shards is null ? engine : engine.Sharded()).OpenAsync(CancellationToken.None);
        return new Session(session.Engine, session.Connection, async () =>
        {
            await session.DisposeAsync();
            await engine.DisposeAsync();
        });
    }
}
