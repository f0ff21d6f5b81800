using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage;

/// <summary>Counts per local day, channel, kind and role, kept beside the log. A batch adds rows of its own, so that writers change nothing of each other's; now and then the rows of one cell are added up.</summary>
internal static class DailyCells
{
    private const long RowsWorthCompacting = 1 << 16;

    private static readonly RollUpOptions Everything = new() { Roles = [.. Enum.GetValues<ActorRole>().Where(role => role != default)] };

    /// <summary>The version of the time-zone data that cells are made with now.</summary>
    public static string ZoneDataOf(DateTimeZone zone) => LocalCalendar.Days(zone, LocalPeriod.Year(1970)).TimeZoneData;

    /// <summary>Adds the cells of some events; counted in this process, by the library's own roll-up.</summary>
    /// <returns>How many rows were added.</returns>
    public static async Task<long> AddAsync(Session session, OrganisationState state, InteractionLog log, int[] channels, CancellationToken cancellationToken)
    {
        if (log.Count == 0) return 0;
        long earliest = long.MaxValue;
        long latest = long.MinValue;
        foreach (LogChunk chunk in log.Columns)
        {
            if (chunk.Count == 0) continue;
            (earliest, latest) = (Math.Min(earliest, chunk.Earliest), Math.Max(latest, chunk.Latest));
        }

        LocalCalendar days = LocalCalendar.Between(state.Organisation.TimeZone, Instant.FromUnixTimeMilliseconds(earliest), Instant.FromUnixTimeMilliseconds(latest + 1), CalendarUnit.Day);
        RollUp cells = RollUp.Of(log, days, Everything, cancellationToken);
        Dictionary<ChannelId, int> numbers = log.Channels.Zip(channels).ToDictionary(entry => entry.First, entry => entry.Second);
        int first = DayNumber.Of(days.Period.From);
        await session.Engine.WriteAsync(
            session,
            "daily_cell",
            ["org", "day", "channel_no", "kind", "role", "events"],
            cells.Cells.Select(cell => new object?[] { state.Number, DayNumber.Of(cell.Period.From), numbers[cell.Channel], (short)cell.Kind, (short)cell.Role, cell.Count }),
            cancellationToken).ConfigureAwait(false);
        return cells.CellCount;
    }

    /// <summary>Adds up the rows of each cell when they have become many.</summary>
    /// <returns>The numbers of rows that the organisation's row should state.</returns>
    public static async Task<(long Rows, long Compact)> CompactAsync(Session session, OrganisationState state, long rows, CancellationToken cancellationToken)
    {
        if (rows < (2 * state.CompactCellRows) + RowsWorthCompacting) return (rows, state.CompactCellRows);
        await session.ExecuteAsync(
            """
            CREATE TEMPORARY TABLE stage_cell AS
            SELECT day, channel_no, kind, role, CAST(sum(events) AS BIGINT) AS events FROM engagement.daily_cell WHERE org = $1 GROUP BY day, channel_no, kind, role
            """.Replace("$1", FormattableString.Invariant($"{state.Number}"), StringComparison.Ordinal),
            cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync("DELETE FROM engagement.daily_cell WHERE org = $1", cancellationToken, state.Number).ConfigureAwait(false);
        long kept = await session.ExecuteAsync("INSERT INTO engagement.daily_cell (org, day, channel_no, kind, role, events) SELECT CAST($1 AS INTEGER), day, channel_no, kind, role, events FROM stage_cell ORDER BY day, channel_no, kind, role", cancellationToken, state.Number).ConfigureAwait(false);
        await session.UnstageAsync("stage_cell", cancellationToken).ConfigureAwait(false);
        return (kept, kept);
    }

    /// <summary>Makes the cells anew from the events that are kept; those of days whose events were taken out stay.</summary>
    /// <returns>How many rows the cells have then.</returns>
    public static async Task RebuildAsync(Session session, OrganisationState state, CancellationToken cancellationToken)
    {
        int first = state.FirstDayOfEvents;
        await session.ExecuteAsync("DELETE FROM engagement.daily_cell WHERE org = $1 AND day >= $2", cancellationToken, state.Number, first).ConfigureAwait(false);
        await session.ExecuteAsync(
            $"INSERT INTO engagement.daily_cell (org, day, channel_no, kind, role, events) SELECT CAST($1 AS INTEGER), day, channel_no, kind, role, count(*) FROM {await EventDaysAsync(session, state, cancellationToken).ConfigureAwait(false)} WHERE day >= $2 GROUP BY day, channel_no, kind, role",
            cancellationToken,
            state.Number,
            first).ConfigureAwait(false);
        long rows = await session.NumberAsync("SELECT count(*) FROM engagement.daily_cell WHERE org = $1", cancellationToken, state.Number).ConfigureAwait(false);
        await session.ExecuteAsync("UPDATE engagement.organisation SET zone_data = $2, cell_rows = $3, compact_cell_rows = $3 WHERE org = $1", cancellationToken, state.Number, ZoneDataOf(state.Organisation.TimeZone), rows).ConfigureAwait(false);
    }

    /// <summary>The events of an organisation, whose number is the parameter $1, with their local days.</summary>
    public static async Task<string> EventDaysAsync(Session session, OrganisationState state, CancellationToken cancellationToken)
    {
        long from = await session.NumberAsync("SELECT min(at_ms) FROM engagement.event WHERE org = $1", cancellationToken, state.Number).ConfigureAwait(false);
        long to = await session.NumberAsync("SELECT max(at_ms) FROM engagement.event WHERE org = $1", cancellationToken, state.Number).ConfigureAwait(false);
        return $"(SELECT {PeriodSql.LocalDay(state.Organisation.TimeZone, from, to + 1, session.Engine)} AS day, channel_no, kind, role FROM engagement.event WHERE org = $1{EventFilter.Acknowledged(session, state)}) e";
    }
}
