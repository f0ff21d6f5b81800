using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage;

/// <summary>Counts per local day, channel, kind and role, kept beside the log in rows of a month. A batch adds rows of its own, so that writers change nothing of each other's; now and then the rows of one month are added up.</summary>
internal static class DailyCells
{
    private const string Stage = "stage_cell";
    private const long RowsWorthCompacting = 1 << 13;

    private static readonly RollUpOptions Everything = new() { Roles = [.. Enum.GetValues<ActorRole>().Where(role => role != default)] };

    /// <summary>The version of the time-zone data that cells are made with now.</summary>
    public static string ZoneDataOf(DateTimeZone zone) => LocalCalendar.Days(zone, LocalPeriod.Year(1970)).TimeZoneData;

    /// <summary>Counts the cells of some events in this process, by the library's own roll-up.</summary>
    /// <param name="zone">The zone of the days.</param>
    /// <param name="log">The events.</param>
    /// <param name="channels">The store's numbers of the log's channels.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static MonthCellDraft Count(DateTimeZone zone, InteractionLog log, int[] channels, CancellationToken cancellationToken)
    {
        var draft = new MonthCellDraft();
        if (log.Count == 0) return draft;
        long earliest = long.MaxValue;
        long latest = long.MinValue;
        foreach (LogChunk chunk in log.Columns)
        {
            if (chunk.Count == 0) continue;
            (earliest, latest) = (Math.Min(earliest, chunk.Earliest), Math.Max(latest, chunk.Latest));
        }

        LocalCalendar days = LocalCalendar.Between(zone, Instant.FromUnixTimeMilliseconds(earliest), Instant.FromUnixTimeMilliseconds(latest + 1), CalendarUnit.Day);
        RollUp cells = RollUp.Of(log, days, Everything, cancellationToken);
        Dictionary<ChannelId, int> numbers = log.Channels.Zip(channels).ToDictionary(entry => entry.First, entry => entry.Second);
        int[] numberOf = [.. cells.SeriesList.Select(series => numbers[series.Channel])];
        int first = DayNumber.Of(days.Period.From);
        for (int index = 0; index < cells.Keys.Length; index++)
        {
            ulong key = cells.Keys[index];
            draft.Add(first + CellKey.Period(key), numberOf[CellKey.Series(key)], (int)CellKey.Kind(key), (int)CellKey.Role(key), cells.Counts[index]);
        }

        return draft;
    }

    public static Task WriteAsync(Session session, OrganisationState state, MonthCellDraft draft, CancellationToken cancellationToken) =>
        session.Engine.WriteAsync(session, "month_cell", MonthCellDraft.Columns, draft.Rows(state.Number), cancellationToken);

    /// <summary>Rows of the table <c>month_cell</c>, one at a time.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="counts">The counts: <c>by_day</c>, or an array that holds those of the month in one.</param>
    /// <param name="source">What to read, with conditions in numbers.</param>
    /// <param name="add">Takes each row.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task ReadAsync(Session session, string counts, string source, Action<MonthCell> add, CancellationToken cancellationToken) =>
        session.Engine.ReadCellsAsync(session, $"SELECT day, channel_no, kind, role, {counts} AS by_day FROM {source}", add, cancellationToken);

    /// <summary>Adds up the rows of each month when they have become many.</summary>
    /// <returns>The numbers of rows that the organisation's row should state.</returns>
    public static async Task<(long Rows, long Compact)> CompactAsync(Session session, OrganisationState state, CancellationToken cancellationToken)
    {
        if (state.CellRows < (2 * state.CompactCellRows) + RowsWorthCompacting) return (state.CellRows, state.CompactCellRows);
        await StageAsync(session, state, "SELECT day, channel_no, kind, role, by_day FROM engagement.month_cell WHERE org = $1", cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync("DELETE FROM engagement.month_cell WHERE org = $1", cancellationToken, state.Number).ConfigureAwait(false);
        long kept = await PackAsync(session, state, cancellationToken).ConfigureAwait(false);
        return (kept, kept);
    }

    /// <summary>Makes the cells anew from the events that are kept; those of days whose events were taken out stay.</summary>
    public static async Task RebuildAsync(Session session, OrganisationState state, CancellationToken cancellationToken)
    {
        int first = state.FirstDayOfEvents;
        int month = DayNumber.MonthOf(first).First;
        string events = await EventDaysAsync(session, state, cancellationToken).ConfigureAwait(false);
        string counted = FormattableString.Invariant($"SELECT day, channel_no, kind, role, ARRAY[count(*)] AS by_day FROM {events} WHERE day >= {first} GROUP BY day, channel_no, kind, role");

        // Old cells are read only where they are needed: they may be what is not sound.
        if (first > month) counted += FormattableString.Invariant($" UNION ALL SELECT day, channel_no, kind, role, ARRAY[events] FROM engagement.daily_cell WHERE org = $1 AND day >= {month} AND day < {first}");
        await StageAsync(session, state, counted, cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync("DELETE FROM engagement.month_cell WHERE org = $1 AND day >= $2", cancellationToken, state.Number, month).ConfigureAwait(false);
        await PackAsync(session, state, cancellationToken).ConfigureAwait(false);
        long rows = await session.NumberAsync("SELECT count(*) FROM engagement.month_cell WHERE org = $1", cancellationToken, state.Number).ConfigureAwait(false);
        await session.ExecuteAsync("UPDATE engagement.organisation SET zone_data = $2, cell_rows = $3, compact_cell_rows = $3 WHERE org = $1", cancellationToken, state.Number, ZoneDataOf(state.Organisation.TimeZone), rows).ConfigureAwait(false);
    }

    /// <summary>The events of an organisation, whose number is the parameter $1, with their local days.</summary>
    public static async Task<string> EventDaysAsync(Session session, OrganisationState state, CancellationToken cancellationToken)
    {
        long from = await session.NumberAsync("SELECT min(at_ms) FROM engagement.event WHERE org = $1", cancellationToken, state.Number).ConfigureAwait(false);
        long to = await session.NumberAsync("SELECT max(at_ms) FROM engagement.event WHERE org = $1", cancellationToken, state.Number).ConfigureAwait(false);
        return $"(SELECT {PeriodSql.LocalDay(state.Organisation.TimeZone, from, to + 1, session.Engine)} AS day, channel_no, kind, role FROM engagement.event WHERE org = $1{EventFilter.Acknowledged(session, state)}) e";
    }

    // A statement that makes a table takes no parameters.
    private static async Task StageAsync(Session session, OrganisationState state, string query, CancellationToken cancellationToken) =>
        await session.ExecuteAsync($"CREATE TEMPORARY TABLE {Stage} AS {query.Replace("$1", FormattableString.Invariant($"{state.Number}"), StringComparison.Ordinal)}", cancellationToken).ConfigureAwait(false);

    /// <summary>Adds up what is staged, a year at a time, so that no more of it is in memory.</summary>
    /// <returns>How many rows were added.</returns>
    private static async Task<long> PackAsync(Session session, OrganisationState state, CancellationToken cancellationToken)
    {
        long rows = 0;
        for (int next = DayNumber.First; ;)
        {
            List<int> days = await session.ListAsync($"SELECT day FROM {Stage} WHERE day >= $1 ORDER BY day LIMIT 1", row => row.GetInt32(0), cancellationToken, next).ConfigureAwait(false);
            if (days.Count == 0) break;
            next = DayNumber.Of(new LocalDate(DayNumber.ToDate(days[0]).Year + 1, 1, 1));
            var draft = new MonthCellDraft();
            await ReadAsync(session, "by_day", FormattableString.Invariant($"{Stage} WHERE day >= {days[0]} AND day < {next}"), draft.Add, cancellationToken).ConfigureAwait(false);
            await WriteAsync(session, state, draft, cancellationToken).ConfigureAwait(false);
            rows += draft.Count;
        }

        await session.UnstageAsync(Stage, cancellationToken).ConfigureAwait(false);
        return rows;
    }
}
