namespace Engagement.Storage.Tests;

/// <summary>The contract, by a coordinator with two shards, through which all events go.</summary>
[Trait("Server", "PostgreSQL")]
public sealed class CoordinatorTests(PostgreSqlFixture servers) : StoreContract
{
    private protected override async Task<Place> NewPlaceAsync() => await PostgreSqlPlace.NewAsync(servers.Server, servers.Shards, throughCoordinator: true);
}
