using Engagement.Core;

namespace Engagement.Storage;

/// <summary>Which store an app works with; see <see cref="EngagementServices.AddEngagement"/>.</summary>
/// <remarks>A class to be filled by the app's configuration; it is checked when the app starts.</remarks>
public sealed class EngagementOptions
{
    /// <summary><c>duckdb:</c> and a file, or <c>postgresql:</c> and a connection string of Npgsql; a DuckDB file in the current folder by default.</summary>
    public string Connection { get; set; } = "duckdb:engagement.duckdb";

    /// <summary>Whose store it is. With it, a store that is not there is created, and one of an earlier version brought up to date; without it, the store must be there.</summary>
    public Organisation? Organisation { get; set; }

    /// <summary>Whose store is opened, where the database holds several and <see cref="Organisation"/> is not given.</summary>
    public string? OrganisationId { get; set; }
}
