using System.Buffers;
using NodaTime;

namespace Engagement.Core.Logs;

/// <summary>Counts per quarter hour of UTC, kept once, from which the days, weeks and months of any zone follow without the log.</summary>
/// <remarks>
/// <para>Immutable and safe to share between threads; additive, as a <see cref="RollUp"/> is. Equality is by value. For one zone alone a <see cref="RollUp"/> is smaller.</para>
/// <para>Running sums are made at the first question, where they fit (one number an hour for each channel, kind and role that occurs); from then on a question costs by its answer.</para>
/// <example><c>QuarterHourCells.Of(log, from, to).In(LocalCalendar.Days(DateTimeZoneProviders.Tzdb["Asia/Kathmandu"], LocalPeriod.Year(2014)))</c></example>
/// </remarks>
public sealed class QuarterHourCells : IEquatable<QuarterHourCells>
{
    private const long QuarterHour = 15 * 60 * 1_000;
    private const int RowEvery = 4;
    private const long MostSums = 1L << 26;

    private readonly RollUp _cells;
    private readonly Lazy<RunningSums?> _sums;

    private QuarterHourCells(RollUp cells, Instant from, Instant to)
    {
        (_cells, From, To) = (cells, from, to);
        _sums = new(() => RunningSums.Of(cells));
    }

    /// <summary>The first moment that was counted.</summary>
    public Instant From { get; }

    /// <summary>The moment after the last.</summary>
    public Instant To { get; }

    /// <summary>How many interactions were counted.</summary>
    public long Total => _cells.Total;

    /// <summary>How many rows were read, counted or not.</summary>
    public long RowsRead => _cells.RowsRead;

    /// <summary>Counts a log by quarter hours.</summary>
    /// <param name="log">The interactions.</param>
    /// <param name="from">The first moment, on a quarter hour.</param>
    /// <param name="to">The moment after the last, on a quarter hour.</param>
    /// <param name="options">What to count and how; the default leaves out the organisation and bots.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it is left.</param>
    /// <returns>The cells.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> is null.</exception>
    /// <exception cref="ArgumentException">A row lies outside, and <see cref="RollUpOptions.LeavesOutOtherTimes"/> is not set.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A moment is on no quarter hour, or the second is not later than the first.</exception>
    /// <exception cref="OverflowException">A count exceeds 2⁶³ − 1.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static QuarterHourCells Of(InteractionLog log, Instant from, Instant to, RollUpOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        return OfStream([log], from, to, options, cancellationToken);
    }

    /// <summary>Counts a stream of logs by quarter hours, of which one at a time is held.</summary>
    /// <param name="logs">The chunks of the stream.</param>
    /// <param name="from">The first moment, on a quarter hour.</param>
    /// <param name="to">The moment after the last, on a quarter hour.</param>
    /// <param name="options">What to count and how; the default leaves out the organisation and bots.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it is left.</param>
    /// <returns>The cells of all of them together.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="logs"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">A row lies outside, and <see cref="RollUpOptions.LeavesOutOtherTimes"/> is not set.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A moment is on no quarter hour, or the second is not later than the first.</exception>
    /// <exception cref="OverflowException">A count exceeds 2⁶³ − 1.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static QuarterHourCells OfStream(IEnumerable<InteractionLog> logs, Instant from, Instant to, RollUpOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(logs);
        RequireQuarter(from, nameof(from));
        RequireQuarter(to, nameof(to));
        if (to <= from) throw Guard.OutOfRange(nameof(to), to, $"must be later than {Guard.Text(from)}", "pass the earlier moment first");
        if ((to - from).TotalMilliseconds / QuarterHour >= CellKey.MostPeriods) throw Guard.OutOfRange(nameof(to), to, FormattableString.Invariant($"must be fewer than {CellKey.MostPeriods} quarter hours, 478 years, after {Guard.Text(from)}"), "count a shorter time");
        return new(Logs.RollUp.OfStream(logs, LocalCalendar.QuarterHours(from, to), options, cancellationToken), from, to);
    }

    /// <summary>The sum of two.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">Another of the same moments and recipe.</param>
    /// <returns>Their counts added.</returns>
    /// <exception cref="ArgumentNullException">One is null.</exception>
    /// <exception cref="ArgumentException">Their moments or recipes differ.</exception>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public static QuarterHourCells Merge(QuarterHourCells left, QuarterHourCells right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(Logs.RollUp.Merge(left._cells, right._cells), left.From, left.To);
    }

    /// <summary>The counts by the days, weeks, months, quarters or years of a zone.</summary>
    /// <param name="calendar">The periods; their moments lie in what was counted. What was counted outside of them is left out.</param>
    /// <returns>The roll-up that the log itself would have given.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="calendar"/> is null.</exception>
    /// <exception cref="ArgumentException">The calendar reaches beyond what was counted, or one of its periods does not begin on a quarter hour of UTC.</exception>
    public RollUp In(LocalCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        SegmentTable segments = calendar.Segments;
        long start = From.ToUnixTimeMilliseconds();
        if (segments.Periods.Length > 0 && (segments.Start < start || segments.End > To.ToUnixTimeMilliseconds())) throw new ArgumentException($"calendar ({calendar}) must lie in what was counted, {Guard.Text(From)} to {Guard.Text(To)}: count more, or take a shorter calendar.", nameof(calendar));
        foreach (long border in segments.Starts)
        {
            if (segments.Periods.Length > 0 && (border - start) % QuarterHour != 0) throw new ArgumentException($"calendar ({calendar}) has a border at {Guard.Text(Instant.FromUnixTimeMilliseconds(border))}, on no quarter hour: roll the log up by this calendar.", nameof(calendar));
        }

        // Where the calendar holds every moment that was counted, nothing is left out.
        bool isCut = _cells.Recipe.IsCut || segments.Periods.Length == 0 || segments.Start > start || segments.End < To.ToUnixTimeMilliseconds() || segments.HasGaps;
        RollUpRecipe recipe = _cells.Recipe with { IsCut = isCut };
        if (_sums.Value is { } sums)
        {
            int places = checked(segments.PeriodCount * sums.Width);
            uint[] table = ArrayPool<uint>.Shared.Rent(Math.Max(1, places));
            try
            {
                DenseCells cells = sums.By(segments, start, table.AsMemory(0, places));
                return cells.IsWorthKeeping ? new(calendar, recipe, _cells.SeriesList, cells.Kept(), RowsRead) : new(calendar, recipe, _cells.SeriesList, cells.ToCells(), RowsRead);
            }
            finally
            {
                ArrayPool<uint>.Shared.Return(table);
            }
        }

        CellList found = Walk(segments, start);
        try
        {
            found.Sorted(key => Logs.RollUp.Describe(calendar, _cells.SeriesList, key));
            return new(calendar, recipe, _cells.SeriesList, SparseCells.Of(found), RowsRead);
        }
        finally
        {
            found.Return();
        }
    }

    /// <summary>Whether moments, recipe and counts are equal.</summary>
    /// <param name="other">The cells to compare with.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(QuarterHourCells? other) => other is not null && _cells.Equals(other._cells);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as QuarterHourCells);

    /// <inheritdoc/>
    public override int GetHashCode() => _cells.GetHashCode();

    /// <summary>How much was counted, and between which moments.</summary>
    /// <returns>For example <c>1000 of 1100 rows by quarter hour from 2014-01-01T00:00:00Z to 2015-01-01T00:00:00Z</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Total} of {RowsRead} rows by quarter hour from {From} to {To}");

    private static void RequireQuarter(Instant instant, string parameter)
    {
        LocalCalendar.RequireYear(instant, parameter);
        if (instant.ToUnixTimeTicks() % (QuarterHour * NodaConstants.TicksPerMillisecond) != 0 || Instant.FromUnixTimeTicks(instant.ToUnixTimeTicks()) != instant) throw Guard.OutOfRange(parameter, instant, "must be on a quarter hour of UTC", "pass the full hour before or after");
    }

    private CellList Walk(SegmentTable segments, long start)
    {
        var cells = new CellList(_cells.CellCount);
        for (int index = 0; index < _cells.CellCount; index++)
        {
            ulong key = _cells.Keys[index];
            int period = segments.PeriodOf(start + (CellKey.Period(key) * QuarterHour));
            if (period >= 0) cells.Add(CellKey.Of(period, CellKey.Series(key), CellKey.CodeOf(key)), _cells.Counts[index]);
        }

        return cells;
    }

    /// <summary>Running sums of each series, kind and role that occurs: a row an hour, and the cells in between.</summary>
    private sealed class RunningSums
    {
        private readonly RollUp _cells;
        private readonly ulong[] _columns;
        private readonly int[] _columnOfCell;
        private readonly int[] _firstCell;
        private readonly uint[] _rows;

        private RunningSums(RollUp cells, ulong[] columns, int quarters)
        {
            (_cells, _columns) = (cells, columns);
            Dictionary<ulong, int> places = columns.Select((column, place) => (column, place)).ToDictionary(entry => entry.column, entry => entry.place);
            _columnOfCell = new int[cells.CellCount];
            _firstCell = new int[quarters + 1];
            int cell = 0;
            _rows = new uint[((quarters / RowEvery) + 1) * columns.Length];
            uint[] running = new uint[columns.Length];
            for (int quarter = 0; quarter <= quarters; quarter++)
            {
                _firstCell[quarter] = cell;
                if (quarter % RowEvery == 0) running.CopyTo(_rows.AsSpan(quarter / RowEvery * columns.Length));
                for (; cell < cells.CellCount && CellKey.Period(cells.Keys[cell]) == quarter; cell++)
                {
                    _columnOfCell[cell] = places[ColumnOf(cells.Keys[cell])];
                    running[_columnOfCell[cell]] += (uint)cells.Counts[cell];
                }
            }
        }

        /// <summary>The sums; null where they would not fit their 32 bits or their room.</summary>
        public static RunningSums? Of(RollUp cells)
        {
            int quarters = cells.Calendar.Segments.PeriodCount;
            if (cells.Total > uint.MaxValue) return null;
            var columns = new HashSet<ulong>();
            foreach (ulong key in cells.Keys)
            {
                if (columns.Add(ColumnOf(key)) && columns.Count * (long)((quarters / RowEvery) + 1) > MostSums) return null;
            }

            return new(cells, [.. columns.Order()], quarters);
        }

        /// <summary>How many columns there are.</summary>
        public int Width => _columns.Length;

        /// <summary>The counts of each period, in a table that is written over.</summary>
        public DenseCells By(SegmentTable segments, long start, Memory<uint> table)
        {
            int width = _columns.Length;
            table.Span.Clear();
            uint[] before = new uint[width];
            uint[] after = new uint[width];
            for (int run = 0; run < segments.Periods.Length; run++)
            {
                if (run == 0) SumsAt(segments.Starts[0], start, before);
                SumsAt(segments.Starts[run + 1], start, after);
                int period = segments.Periods[run];
                if (period >= 0)
                {
                    // A day that the clock was set back over has two runs.
                    Span<uint> row = table.Span.Slice(period * width, width);
                    for (int column = 0; column < row.Length; column++) row[column] += after[column] - before[column];
                }

                (before, after) = (after, before);
            }

            return new DenseCells(table, width, _columns, [.. Enumerable.Range(0, width)]);
        }

        private static ulong ColumnOf(ulong key) => CellKey.Of(0, CellKey.Series(key), CellKey.CodeOf(key));

        /// <summary>What was counted before a moment.</summary>
        private void SumsAt(long moment, long start, uint[] sums)
        {
            int quarter = (int)((moment - start) / QuarterHour);
            int row = quarter / RowEvery;
            _rows.AsSpan(row * sums.Length, sums.Length).CopyTo(sums);
            for (int cell = _firstCell[row * RowEvery]; cell < _firstCell[quarter]; cell++) sums[_columnOfCell[cell]] += (uint)_cells.Counts[cell];
        }
    }
}
