namespace Engagement.Storage.Tests;

/// <summary>The contract, by a coordinator with two shards, to which events go directly.</summary>
[Trait("Server", "PostgreSQL")]
public sealed class ShardedTests(PostgreSqlFixture servers) : StoreContract
{
    private protected override async Task<Place> NewPlaceAsync() => await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards);
}
