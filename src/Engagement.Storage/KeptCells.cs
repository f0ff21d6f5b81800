using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage;

/// <summary>The daily cells as a roll-up takes them: by the periods of a calendar, in the order of its keys, so that it need not sort as many cells as there are days.</summary>
internal sealed class KeptCells(Session session, OrganisationState state, LocalCalendar calendar, RollUpOptions options, IReadOnlyList<ChannelId> channels)
{
    private readonly int _first = DayNumber.Of(calendar.Period.From);
    private readonly int _end = DayNumber.Of(calendar.Period.To);

    /// <summary>How many events lie on days outside of the calendar, whatever their kind.</summary>
    public async Task<long> CountOutsideAsync(CancellationToken cancellationToken)
    {
        long outside = 0;
        IAsyncEnumerable<MonthCell> rows = DailyCells.ReadAsync(session, "by_day", "engagement.month_cell WHERE org = $1 AND (day < $2 OR day >= $3)", cancellationToken, state.Number, _first, DayNumber.MonthOf(_end).First);
        await foreach (MonthCell row in rows.ConfigureAwait(false)) outside += row.Between(DayNumber.First, _first) + row.Between(_end, int.MaxValue);
        return outside;
    }

    /// <summary>The cells of the calendar's days that count.</summary>
    public async Task<IEnumerable<ForeignCell>> ReadAsync(CancellationToken cancellationToken)
    {
        int month = DayNumber.MonthOf(_first).First;
        int[] rank = new int[channels.Count];
        foreach ((int channel, int place) in Enumerable.Range(0, rank.Length).OrderBy(channel => channels[channel].Value, StringComparer.Ordinal).Select((channel, place) => (channel, place))) rank[channel] = place;

        // Where no period cuts a month, the days need not travel.
        string counts = calendar.Periods.All(period => period.From.Day == 1 && period.To.Day == 1) ? "events" : "by_day";
        string source = $"engagement.month_cell WHERE org = $1 AND day >= $2 AND day < $3{EventFilter.Of(options, channels)}";
        var rows = new List<MonthCell>();
        var keys = new List<ulong>();
        (int Index, int First, int End) current = default;
        await foreach (MonthCell row in DailyCells.ReadAsync(session, counts, source, cancellationToken, state.Number, month, _end).ConfigureAwait(false))
        {
            if (row.Day < current.First || row.Day >= current.End) current = MonthOf(row.Day);
            keys.Add(CellKey.Of(current.Index, rank[row.Channel], CellKey.Code(row.Kind, row.Role)));
            rows.Add(row);
        }

        (ulong[] keysOfRows, MonthCell[] sorted) = ([.. keys], [.. rows]);
        Array.Sort(keysOfRows, sorted);
        return InOrder(keysOfRows, sorted);
    }

    private (int Index, int First, int End) MonthOf(int day)
    {
        LocalDate date = DayNumber.ToDate(day);
        (int first, int end) = DayNumber.MonthOf(day);
        return (((date.Year - calendar.Period.From.Year) * 12) + date.Month - calendar.Period.From.Month, first, end);
    }

    private IEnumerable<ForeignCell> InOrder(ulong[] keys, MonthCell[] rows)
    {
        for (int start = 0, next; start < rows.Length; start = next)
        {
            next = start + 1;
            while (next < rows.Length && CellKey.Period(keys[next]) == CellKey.Period(keys[start])) next++;
            (int day, int end) = DayNumber.MonthOf(rows[start].Day);
            (day, end) = (Math.Max(day, _first), Math.Min(end, _end));
            while (day < end)
            {
                int period = calendar.IndexOf(DayNumber.ToDate(day));
                int until = Math.Min(end, DayNumber.Of(calendar.Periods[period].To));
                for (int row = start; row < next;)
                {
                    (MonthCell cell, ulong key, long events) = (rows[row], keys[row], 0);
                    for (; row < next && keys[row] == key; row++) events += rows[row].Between(day, until);
                    if (events != 0) yield return new ForeignCell(period, cell.Channel, InteractionLog.None, cell.Kind, cell.Role, events);
                }

                day = until;
            }
        }
    }
}
