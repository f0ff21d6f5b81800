namespace Engagement.Storage.Tests;

/// <summary>The contract, by PostgreSQL.</summary>
[Trait("Server", "PostgreSQL")]
public sealed class PostgreSqlTests(PostgreSqlFixture servers) : StoreContract
{
    private protected override async Task<Place> NewPlaceAsync() => await PostgreSqlPlace.NewAsync(servers.Server);
}
