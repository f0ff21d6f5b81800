using System.Buffers;

namespace Engagement.Core.Logs;

/// <summary>A roll-up while its logs come in: chooses how each is counted, keeps a table open from one to the next, and adds up what is closed.</summary>
internal sealed class RollUpWork : IDisposable
{
    private const int PieceRows = 1 << 17;

    // Below, the threads' own start costs more than they save.
    private const int RowsWorthAThread = 1 << 17;

    // So many cells are cleared and added up in the time of counting a row.
    private const int CellsLikeARow = 4;

    // 64 MB a worker; and no more than a few cells for each row, or clearing and reading them would be the work.
    private const long MostCells = 1 << 24;
    private const long CheapCells = 1 << 16;
    private const int CellsPerRow = 4;

    // Up to here sorting the rows' cells is as good as any other way.
    private const int FewRows = 1 << 14;
    private const int SortedRows = 1 << 20;

    private readonly LocalCalendar _calendar;
    private readonly RollUpOptions _options;
    private readonly RollUpRecipe _recipe;
    private readonly CancellationToken _cancellationToken;
    private readonly Way? _way;
    private readonly List<RollUp> _closed = [];
    private readonly BinPlan _periods;
    private DenseTable? _table;
    private SeriesMap? _series;
    private long _rowsDone;
    private long _rowsRead;

    public RollUpWork(LocalCalendar calendar, RollUpOptions options, CancellationToken cancellationToken, Way? way = null)
    {
        (_calendar, _options, _recipe, _cancellationToken, _way) = (calendar, options, options.Recipe, cancellationToken, way);
        if (calendar.Segments.PeriodCount >= CellKey.MostPeriods) throw new ArgumentException(FormattableString.Invariant($"calendar ({calendar.Segments.PeriodCount} periods) must have fewer than {CellKey.MostPeriods}: take a shorter period."), nameof(calendar));
        _periods = calendar.PeriodBins;
    }

    public void Add(InteractionLog log)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _rowsRead = checked(_rowsRead + log.Count);
        RefuseOtherTimes(log, _calendar, _options);
        // Longer logs than a table or an array can take go chunk by chunk.
        if (log.Count <= Array.MaxLength) Count(log);
        else foreach (InteractionLog chunk in log.Chunks) Count(chunk);
    }

    private void Count(InteractionLog log)
    {
        if (!ReferenceEquals(_series?.Dictionary, log.Dictionary)) UseSeriesOf(log.Dictionary);
        if (log.Count == 0)
        {
            Close(new(_calendar, _recipe, _series!.List, SparseCells.None, 0));
            return;
        }

        uint kinds = 0;
        uint roles = 0;
        foreach (LogChunk chunk in log.Columns)
        {
            kinds |= chunk.KindsSeen;
            roles |= chunk.RolesSeen;
        }

        if (_table is not null && (_table.Rows + log.Count > DenseTable.MostRows || !_table.Codes.Holds(kinds, roles))) CloseTable();
        var codes = new CodeTable(kinds, roles, (int)ActorRole.Unknown);
        if (_table is null && _way is null or Way.Table) ChooseTable(log, codes);
        if (_table is not null) CountInTable(log, _table);
        else if (_way is Way.Sort || (_way is null && (log.Count <= FewRows || PartitionedCounting.CellsOf(_series!, codes) > MostCells))) CountBySorting(log);
        else CountByPartition(log, codes);
    }

    public RollUp Finish()
    {
        // The last pieces may all have been under way when it was cancelled.
        _cancellationToken.ThrowIfCancellationRequested();
        CloseTable();
        return _closed.Count == 0 ? RollUp.Empty(_calendar, _options) : RollUp.Merge(_closed).WithRowsRead(_rowsRead);
    }

    public void Dispose() => _table?.Dispose();

    /// <summary>Before anything is counted, so that the error is the same whatever the threads do.</summary>
    internal static void RefuseOtherTimes(InteractionLog log, LocalCalendar calendar, RollUpOptions options)
    {
        if (options.LeavesOutOtherTimes) return;
        SegmentTable segments = calendar.Segments;
        long start = 0;
        foreach (LogChunk chunk in log.Columns)
        {
            if (chunk.Count > 0 && (segments.HasGaps || chunk.Earliest < segments.Start || chunk.Latest >= segments.End))
            {
                ReadOnlySpan<long> times = chunk.Times.Span;
                for (int row = 0; row < times.Length; row++)
                {
                    if (segments.PeriodOf(times[row]) < 0) throw OtherTime(nameof(log), start + row, times[row], calendar);
                }
            }

            start += chunk.Count;
        }
    }

    private static ArgumentException OtherTime(string log, long row, long time, LocalCalendar calendar)
    {
        string shown = time is > -62_135_596_800_000 and < 253_370_764_800_000 ? NodaTime.Instant.FromUnixTimeMilliseconds(time).ToString(null, System.Globalization.CultureInfo.InvariantCulture) : FormattableString.Invariant($"{time} ms");
        return new(FormattableString.Invariant($"{log}: time ({shown}) in row {row} must lie in the calendar, {calendar}: take a calendar that holds every row, or set {nameof(RollUpOptions.LeavesOutOtherTimes)}."), log);
    }

    /// <summary>What rows that were checked when the log was made cannot hold.</summary>
    internal static InvalidOperationException Changed() => new("The log's memory was changed after the log was made: hand over columns that stay as they are.");

    private void UseSeriesOf(LogDictionary dictionary)
    {
        if (_series is not null && _series.Dictionary.DifferenceTo(dictionary) is null && (!_options.ByPublication || _series.Dictionary.ChannelOfPublication.SequenceEqual(dictionary.ChannelOfPublication))) return;
        CloseTable();
        _series = new SeriesMap(dictionary, _options);
    }

    private void ChooseTable(InteractionLog log, CodeTable codes)
    {
        long most = _way is Way.Table ? MostCells : Math.Min(MostCells, Math.Max(CheapCells, CellsPerRow * log.Count));
        long stride = (long)_series!.LocalCount * codes.Count;

        if (_periods.Count * stride is 0 || _periods.Count * stride >= most) return;

        // Where rows are fewer than days, finding the days themselves would be the work.
        BinPlan bins = log.Count < _calendar.Period.Days ? _periods : _calendar.DayBins;
        _table = new DenseTable(bins, _series, codes, _options.DegreeOfParallelism);
    }

    private void CountInTable(InteractionLog log, DenseTable table)
    {
        List<Piece> pieces = PiecesOf(log);
        TimeGrid?[] grids = new TimeGrid?[log.Columns.Length];
        for (int index = 0; index < grids.Length; index++) grids[index] = table.GridFor(log.Columns[index]);
        LogChunk[] chunks = log.Columns.ToArray();
        Workers.Run(WorkersFor(log.Count, table), pieces.Count, (worker, index) =>
        {
            Piece piece = pieces[index];
            table.Count(worker, chunks[piece.Chunk], piece.Start, piece.Length, grids[piece.Chunk]);
            Report(piece.Length);
        }, _cancellationToken);
        table.Rows += log.Count;
    }

    /// <summary>One cell a row, sorted: for logs that are small beside their cells, and for series so many that not even one period's cells fit.</summary>
    private void CountBySorting(InteractionLog log)
    {
        foreach (LogChunk chunk in log.Columns)
        {
            for (int start = 0; start < chunk.Count; start += SortedRows)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                int length = Math.Min(SortedRows, chunk.Count - start);
                var cells = new CellList(length);
                try
                {
                    AddRows(cells, chunk, start, length);
                    cells.Sorted(key => RollUp.Describe(_calendar, _series!.List, key));
                    Close(new(_calendar, _recipe, _series!.List, SparseCells.Of(cells), 0));
                    Report(length);
                }
                finally
                {
                    cells.Return();
                }
            }
        }
    }

    private void AddRows(CellList cells, LogChunk chunk, int start, int length)
    {
        int[] buffer = ArrayPool<int>.Shared.Rent(length);
        try
        {
            ReadOnlySpan<int> places = _series!.Places(chunk, start, length, buffer);
            ReadOnlySpan<long> times = chunk.Times.Span.Slice(start, length);
            ReadOnlySpan<byte> kinds = chunk.Kinds.Span.Slice(start, length);
            ReadOnlySpan<byte> roles = chunk.Roles.IsEmpty ? default : chunk.Roles.Span.Slice(start, length);
            for (int row = 0; row < times.Length; row++)
            {
                int role = roles.IsEmpty ? (int)ActorRole.Unknown : roles[row];
                int period = _calendar.Segments.PeriodOf(times[row]);
                if (places[row] < 0 || places[row] > _series.List.Count || kinds[row] >= LogChunk.KindCount || role >= LogChunk.RoleCount || (period < 0 && !_options.LeavesOutOtherTimes)) throw Changed();
                if (period < 0 || places[row] == _series.List.Count || (_recipe.Kinds >> kinds[row] & 1) == 0 || (_recipe.Roles >> role & 1) == 0) continue;
                cells.Add(CellKey.Of(period, places[row], CellKey.Code(kinds[row], role)), 1);
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(buffer);
        }
    }

    private void CountByPartition(InteractionLog log, CodeTable codes)
    {
        // Pieces are counted one after the other in a table of their own; what a thread gains over that hardly depends on cells.
        int workers = (int)Math.Clamp(log.Count / RowsWorthAThread, 1, _options.DegreeOfParallelism);
        Close(new(_calendar, _recipe, _series!.List, PartitionedCounting.Count(log, _calendar, _series, codes, _recipe, workers, Report, _cancellationToken), 0));
    }

    private void CloseTable()
    {
        if (_table is null) return;
        try
        {
            DenseCells cells = _table.Cells(_recipe);
            if (_table.Outside > 0 && !_options.LeavesOutOtherTimes) throw Changed();
            ValueList<Series> series = _table.Series.List;
            Close(cells.IsWorthKeeping ? new(_calendar, _recipe, series, cells.Kept(), 0) : new(_calendar, _recipe, series, cells.ToCells(), 0));
        }
        finally
        {
            _table.Dispose();
            _table = null;
        }
    }

    /// <summary>Keeps closed parts so that each is more than half as large as the one after it: a stream of many parts is merged a few times, and not once per part.</summary>
    private void Close(RollUp part)
    {
        while (_closed.Count > 0 && _closed[^1].MostCells <= 2L * part.MostCells)
        {
            part = RollUp.Merge(_closed[^1], part);
            _closed.RemoveAt(_closed.Count - 1);
        }

        _closed.Add(part);
    }

    /// <summary>A thread more has a table of its own, to be cleared and added up: it needs rows enough to be worth that.</summary>
    private int WorkersFor(long rows, DenseTable table) => (int)Math.Clamp(rows / (RowsWorthAThread + (table.CellCount / CellsLikeARow)), 1, _options.DegreeOfParallelism);

    private void Report(long rows)
    {
        if (_options.Progress is null) return;
        _options.Progress.Report(Interlocked.Add(ref _rowsDone, rows));
    }

    private static List<Piece> PiecesOf(InteractionLog log)
    {
        var pieces = new List<Piece>();
        for (int chunk = 0; chunk < log.Columns.Length; chunk++)
        {
            for (int start = 0; start < log.Columns[chunk].Count; start += PieceRows) pieces.Add(new(chunk, start, Math.Min(PieceRows, log.Columns[chunk].Count - start)));
        }

        return pieces;
    }

    private readonly record struct Piece(int Chunk, int Start, int Length);
}
