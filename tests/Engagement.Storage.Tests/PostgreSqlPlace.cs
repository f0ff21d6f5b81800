using Engagement.Core;
using Npgsql;

namespace Engagement.Storage.Tests;

/// <summary>A database of a throw-away cluster, alone or as the coordinator of shards.</summary>
internal sealed class PostgreSqlPlace : Place
{
    private readonly string[]? _shards;

    private PostgreSqlPlace(PostgreSqlServer server, string database, string[]? shards) => (Server, Database, _shards) = (server, database, shards);

    public PostgreSqlServer Server { get; }

    public string Database { get; }

    public string Connection => $"postgresql:{Server.ConnectionString(Database)}";

    public static async Task<PostgreSqlPlace> NewAsync(PostgreSqlServer server, IReadOnlyList<PostgreSqlServer>? shards = null)
    {
        string[]? places = shards is null ? null : await Task.WhenAll(shards.Select(async shard => shard.ConnectionString(await shard.NewDatabaseAsync())));
        return new(server, await server.NewDatabaseAsync(), places);
    }

    public override Task<EngagementStore> CreateAsync(Organisation organisation) => EngagementStore.CreateAsync(Connection, organisation, _shards);

    public override Task<EngagementStore> OpenAsync() => EngagementStore.OpenAsync(Connection);

    public override async Task CreateOfVersionAsync(Organisation organisation, int version)
    {
        await using PostgreSqlEngine engine = PostgreSqlEngine.Of(Server.ConnectionString(Database));
        await SchemaWriter.CreateAsync(engine, organisation, _shards ?? [], CancellationToken.None, version);
    }

    public async Task<List<string>> TextsAsync(string sql, string user = "owner", string? password = null)
    {
        await using var connection = new NpgsqlConnection(Server.ConnectionString(Database, user, password));
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
