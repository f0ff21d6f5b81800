using Engagement.Core;
using Engagement.Storage;

namespace Engagement.Cli;

/// <summary>A store, and whose facts in it are meant; of a store of one organisation, its.</summary>
internal sealed record StorePlace(string Connection, string? Organisation)
{
    public Task<EngagementStore> OpenAsync(CancellationToken cancellationToken) => EngagementStore.OpenAsync(Connection, Organisation is null ? default : new OrganisationId(Organisation), cancellationToken);
}
