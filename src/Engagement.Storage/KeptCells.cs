using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage;

/// <summary>The daily cells as a roll-up takes them: by the periods of a calendar, in the order of its keys, so that it need not sort as many cells as there are days.</summary>
internal sealed class KeptCells(Session session, OrganisationState state, LocalCalendar calendar, RollUpOptions options, LogDictionary dictionary)
{
    private readonly int _first = DayNumber.Of(calendar.Period.From);
    private readonly int _end = DayNumber.Of(calendar.Period.To);

    /// <summary>How many events lie on days outside of the calendar, whatever their kind.</summary>
    public async Task<long> CountOutsideAsync(CancellationToken cancellationToken)
    {
        long outside = 0;
        await DailyCells.ReadAsync(
            session,
            "by_day",
            FormattableString.Invariant($"engagement.month_cell WHERE org = {state.Number} AND (day < {_first} OR day >= {DayNumber.MonthOf(_end).First})"),
            row => outside += row.Between(DayNumber.First, _first) + row.Between(_end, int.MaxValue),
            cancellationToken).ConfigureAwait(false);
        return outside;
    }

    /// <summary>The cells of the calendar's days that count.</summary>
    public async Task<RollUp> RollUpAsync(CancellationToken cancellationToken)
    {
        // Where no period cuts a month, the days need not travel.
        string counts = calendar.Periods.All(period => period.From.Day == 1 && period.To.Day == 1) ? "ARRAY[events]" : "by_day";
        string source = FormattableString.Invariant($"engagement.month_cell WHERE org = {state.Number} AND day >= {DayNumber.MonthOf(_first).First} AND day < {_end}{EventFilter.Of(options, dictionary.Channels)}");
        var rows = new List<MonthCell>();
        await DailyCells.ReadAsync(session, counts, source, rows.Add, cancellationToken).ConfigureAwait(false);
        return ForeignCells.RollUpOf(dictionary, calendar, options, state.Events, (series, cells) => AddTo(cells, series, [.. rows]));
    }

    private void AddTo(CellList cells, SeriesMap series, MonthCell[] rows)
    {
        ulong[] keys = new ulong[rows.Length];
        (int Index, int First, int End) month = default;
        for (int row = 0; row < rows.Length; row++)
        {
            MonthCell cell = rows[row];
            if (cell.Day < month.First || cell.Day >= month.End) month = MonthOf(cell.Day);
            keys[row] = CellKey.Of(month.Index, series.PlaceOf(cell.Channel), CellKey.Code(cell.Kind, cell.Role));
        }

        Array.Sort(keys, rows);
        for (int start = 0, next; start < rows.Length; start = next)
        {
            next = start + 1;
            while (next < rows.Length && CellKey.Period(keys[next]) == CellKey.Period(keys[start])) next++;
            AddMonth(cells, keys.AsSpan(start..next), rows.AsSpan(start..next));
        }
    }

    private (int Index, int First, int End) MonthOf(int day)
    {
        LocalDate date = DayNumber.ToDate(day);
        (int first, int end) = DayNumber.MonthOf(day);
        return (((date.Year - calendar.Period.From.Year) * 12) + date.Month - calendar.Period.From.Month, first, end);
    }

    /// <summary>Adds the rows of one month, period by period.</summary>
    private void AddMonth(CellList cells, ReadOnlySpan<ulong> keys, ReadOnlySpan<MonthCell> rows)
    {
        (int day, int end) = DayNumber.MonthOf(rows[0].Day);
        (day, end) = (Math.Max(day, _first), Math.Min(end, _end));
        while (day < end)
        {
            int period = calendar.IndexOf(DayNumber.ToDate(day));
            int until = Math.Min(end, DayNumber.Of(calendar.Periods[period].To));
            for (int row = 0; row < rows.Length;)
            {
                ulong key = keys[row];
                long events = 0;
                for (; row < rows.Length && keys[row] == key; row++) events += rows[row].Between(day, until);
                if (events != 0) cells.Add(CellKey.Of(period, CellKey.Series(key), CellKey.CodeOf(key)), events);
            }

            day = until;
        }
    }
}
