namespace Engagement.Storage.Tests;

/// <summary>The contract, by a DuckDB file.</summary>
public sealed class DuckDbTests : StoreContract
{
    private protected override Task<Place> NewPlaceAsync() => Task.FromResult<Place>(new DuckDbPlace());
}
