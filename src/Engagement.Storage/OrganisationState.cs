using System.Data.Common;
using Engagement.Core;
using NodaTime;

namespace Engagement.Storage;

/// <summary>The one row that says whose store it is and how far its log goes. An append holds it from beginning to end, so that batches are numbered in the order in which they are acknowledged.</summary>
/// <remarks><c>ActorsByText</c>: whether the first actors that came had texts, so that sketches hash numbers of actors as their texts, and not as numbers: what hashes an actor must not change with what comes later. Null as long as none came.</remarks>
internal sealed record OrganisationState(int Number, Organisation Organisation, long LastBatch, long Events, Instant? EventsFrom, string? ZoneData, long CellRows, long CompactCellRows, bool? ActorsByText)
{
    private const string Columns = "org, id, name, time_zone, umbrella, last_batch, events, events_from_ms, zone_data, cell_rows, compact_cell_rows, (SELECT f.by_text FROM engagement.actor_form f WHERE f.org = o.org) AS actors_by_text";

    /// <summary>The day of the zone on which the events that are kept begin; before all days when nothing was taken out.</summary>
    public int FirstDayOfEvents => EventsFrom is { } from ? DayNumber.Of(from.InZone(Organisation.TimeZone).Date) : DayNumber.First;

    public static async Task<OrganisationState> ReadAsync(Session session, int number, CancellationToken cancellationToken)
    {
        List<OrganisationState> found = await session.ListAsync($"SELECT {Columns} FROM engagement.organisation o WHERE org = $1", Of, cancellationToken, number).ConfigureAwait(false);
        return found.Count == 1 ? found[0] : throw NotThere(session);
    }

    /// <summary>Takes the row for this transaction: whoever comes second waits, or is told to try again.</summary>
    public static async Task<OrganisationState> LockAsync(Session session, int number, CancellationToken cancellationToken)
    {
        if (await session.ExecuteAsync("UPDATE engagement.organisation SET last_batch = last_batch WHERE org = $1", cancellationToken, number).ConfigureAwait(false) != 1) throw NotThere(session);
        return await ReadAsync(session, number, cancellationToken).ConfigureAwait(false);
    }

    public static Task<List<OrganisationState>> AllAsync(Session session, CancellationToken cancellationToken) => session.ListAsync($"SELECT {Columns} FROM engagement.organisation o ORDER BY org", Of, cancellationToken);

    public static OrganisationState Of(DbDataReader row)
    {
        string zone = row.GetString(3);
        return new(
            row.GetInt32(0),
            new Organisation(
                row.GetString(1),
                row.GetString(2),
                DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? throw new StoreException($"time_zone ({Guard.Excerpt(zone)}) of organisation {Guard.Excerpt(row.GetString(1))} is not in the time-zone data, {DateTimeZoneProviders.Tzdb.VersionId}: update NodaTime."),
                row.IsDBNull(4) ? default : new OrganisationId(row.GetString(4))),
            row.GetInt64(5),
            row.GetInt64(6),
            row.IsDBNull(7) ? null : Instant.FromUnixTimeMilliseconds(row.GetInt64(7)),
            row.IsDBNull(8) ? null : row.GetString(8),
            row.IsDBNull(9) ? 0 : row.GetInt64(9),
            row.IsDBNull(10) ? 0 : row.GetInt64(10),
            row.IsDBNull(11) ? null : row.GetBoolean(11));
    }

    private static StoreException NotThere(Session session) => new($"{session.Engine.Place}: the organisation is no longer in the store, or this user may not change it: create its store again, or let the role write it (docs/storage.md).");
}
