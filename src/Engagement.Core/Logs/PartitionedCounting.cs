using System.Buffers;
using System.Numerics;

namespace Engagement.Core.Logs;

/// <summary>Counting where the cells of all periods do not fit: period by period in one small table, after the rows were brought together by period, unless they lie so already.</summary>
internal sealed class PartitionedCounting : IDisposable
{
    private const int PieceRows = 1 << 16;

    private readonly LocalCalendar _calendar;
    private readonly SeriesMap _series;
    private readonly CodeTable _codes;
    private readonly CancellationToken _cancellationToken;
    private readonly Action<long> _report;
    private readonly int _workers;
    private readonly int _seriesShift;
    private readonly BinTable?[] _tables;
    private readonly CountedCells?[] _lists;
    private readonly int[] _keyOfCode;
    private readonly int _expectedCells;
    private readonly bool _isCut;

    private PartitionedCounting(long rows, LocalCalendar calendar, SeriesMap series, CodeTable codes, RollUpRecipe recipe, int workers, Action<long> report, CancellationToken cancellationToken)
    {
        (_calendar, _series, _codes, _workers, _report, _cancellationToken) = (calendar, series, codes, workers, report, cancellationToken);

        _isCut = recipe.IsCut;

        // Two rows to a cell is few: a list that grows would be copied again and again.
        _expectedCells = (int)Math.Min(rows / 2, 1 << 26);
        _seriesShift = ShiftFor(codes);
        (_tables, _lists) = (new BinTable?[workers], new CountedCells?[workers]);
        _keyOfCode = new int[1 << _seriesShift];
        Array.Fill(_keyOfCode, -1);
        for (int code = 0; code < codes.Count; code++)
        {
            (int kind, int role) = codes.Pairs[code];
            if ((recipe.Kinds >> kind & 1) != 0 && (recipe.Roles >> role & 1) != 0) _keyOfCode[code] = CellKey.Code(kind, role);
        }
    }

    /// <summary>How many cells the table of one period has.</summary>
    public static long CellsOf(SeriesMap series, CodeTable codes) => (series.List.Count + 1L) << ShiftFor(codes);

    /// <summary>The cells of a log, in order.</summary>
    public static CellSource Count(InteractionLog log, LocalCalendar calendar, SeriesMap series, CodeTable codes, RollUpRecipe recipe, int workers, Action<long> report, CancellationToken cancellationToken)
    {
        using var counting = new PartitionedCounting(log.Count, calendar, series, codes, recipe, workers, report, cancellationToken);
        bool lieTogether = true;
        foreach (LogChunk chunk in log.Columns) lieTogether &= chunk.IsOrdered;
        return lieTogether ? counting.CountRuns(log.Columns.ToArray()) : counting.CountPartition(log.Columns.ToArray(), checked((int)log.Count));
    }

    public void Dispose()
    {
        foreach (BinTable? table in _tables) table?.Dispose();
        foreach (CountedCells? list in _lists) list?.Dispose();
    }

    private static int ShiftFor(CodeTable codes) => BitOperations.Log2((uint)Math.Max(1, codes.Count - 1)) + (codes.Count > 1 ? 1 : 0);

    private CompactCells CountRuns(LogChunk[] chunks)
    {
        var ranges = new List<(int Period, int Chunk, int Start, int End)>();
        long outside = 0;
        for (int chunk = 0; chunk < chunks.Length; chunk++)
        {
            ReadOnlySpan<long> times = chunks[chunk].Times.Span;
            for (int row = 0; row < times.Length;)
            {
                (int period, long end) = _calendar.Segments.RunAt(times[row]);
                int stop = Math.Max(row + 1, ScalarCounting.EndOfRun(times, row, end));
                if (period >= 0) ranges.Add((period, chunk, row, stop));
                else outside += stop - row;
                row = stop;
            }
        }

        LeaveOut(outside);

        // One item of work for each period, whatever pieces it came in.
        (int Period, int Chunk, int Start, int End)[] sorted = [.. ranges.OrderBy(range => range.Period)];
        var items = new List<(int First, int Last)>();
        for (int index = 0; index < sorted.Length; index++)
        {
            if (items.Count > 0 && sorted[items[^1].First].Period == sorted[index].Period) items[^1] = (items[^1].First, index);
            else items.Add((index, index));
        }

        return Gather(items.Count, (item, table) =>
        {
            for (int index = items[item].First; index <= items[item].Last; index++)
            {
                (_, int chunk, int start, int end) = sorted[index];
                CountColumns(table, chunks[chunk], start, end);
            }

            return sorted[items[item].First].Period;
        });
    }

    /// <summary>Rows outside the calendar; where they are not to be left out, none was there when the log was looked through.</summary>
    private void LeaveOut(long rows)
    {
        if (rows == 0) return;
        if (!_isCut) throw RollUpWork.Changed();
        _report(rows);
    }

    /// <summary>Counts rows of one period where they stand.</summary>
    private void CountColumns(BinTable table, LogChunk chunk, int start, int end)
    {
        int[]? buffer = _series.IsInOrder && !_series.ByPublication ? null : ArrayPool<int>.Shared.Rent(PieceRows);
        try
        {
            for (; start < end; start += PieceRows)
            {
                int length = Math.Min(PieceRows, end - start);
                table.Count(_series.Places(chunk, start, length, buffer), chunk.Kinds.Span.Slice(start, length), chunk.Roles.IsEmpty ? default : chunk.Roles.Span.Slice(start, length), _codes, _seriesShift);
                _report(length);
            }
        }
        finally
        {
            if (buffer is not null) ArrayPool<int>.Shared.Return(buffer);
        }
    }

    private CompactCells CountPartition(LogChunk[] chunks, int rows)
    {
        int bins = _calendar.Segments.PeriodCount;
        Portion[][] portions = PortionsOf(chunks, rows);
        BinPlan days = _calendar.DayBins;
        TimeGrid?[] grids = [.. chunks.Select(chunk => VectorCounting.IsSupported && chunk.Count > 0 ? days.GridFor(chunk.Earliest, chunk.Latest) : null)];
        int[][] places = [.. portions.Select(_ => new int[bins + 1])];
        uint[] cells = ArrayPool<uint>.Shared.Rent(rows);
        try
        {
            Workers.Run(_workers, portions.Length, (_, portion) => EachPiece(chunks, grids, portions[portion], (chunk, start, length, bin) =>
            {
                int[] histogram = places[portion];
                foreach (int one in bin) histogram[one]++;
            }), _cancellationToken);

            // Where each portion's rows of each bin begin.
            int[] begins = new int[bins + 2];
            int total = 0;
            for (int bin = 0; bin <= bins; bin++)
            {
                begins[bin] = total;
                foreach (int[] place in places) (place[bin], total) = (total, total + place[bin]);
            }

            begins[bins + 1] = total;
            Workers.Run(_workers, portions.Length, (_, portion) =>
            {
                int[] buffer = ArrayPool<int>.Shared.Rent(PieceRows);
                uint[] unsorted = ArrayPool<uint>.Shared.Rent(PieceRows);
                try
                {
                    EachPiece(chunks, grids, portions[portion], (chunk, start, length, bin) =>
                    {
                        CellsOf(chunk, start, length, buffer, unsorted);
                        int[] place = places[portion];
                        for (int row = 0; row < bin.Length; row++) cells[place[bin[row]]++] = unsorted[row];
                    });
                }
                finally
                {
                    ArrayPool<int>.Shared.Return(buffer);
                    ArrayPool<uint>.Shared.Return(unsorted);
                }
            }, _cancellationToken);

            LeaveOut(total - begins[bins]);
            int[] used = [.. Enumerable.Range(0, bins).Where(bin => begins[bin + 1] > begins[bin])];
            return Gather(used.Length, (item, table) =>
            {
                int bin = used[item];
                table.Count(cells.AsSpan(begins[bin], begins[bin + 1] - begins[bin]));
                _report(begins[bin + 1] - begins[bin]);
                return bin;
            });
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(cells);
        }
    }

    /// <summary>Contiguous shares of the rows, one for each worker.</summary>
    private Portion[][] PortionsOf(LogChunk[] chunks, int rows)
    {
        int share = Math.Max(1, ((rows - 1) / _workers) + 1);
        var portions = new List<List<Portion>> { new() };
        int room = share;
        for (int chunk = 0; chunk < chunks.Length; chunk++)
        {
            for (int start = 0; start < chunks[chunk].Count;)
            {
                if (room == 0)
                {
                    portions.Add([]);
                    room = share;
                }

                int length = Math.Min(room, chunks[chunk].Count - start);
                portions[^1].Add(new(chunk, start, length));
                start += length;
                room -= length;
            }
        }

        return [.. portions.Select(portion => portion.ToArray())];
    }

    private void EachPiece(LogChunk[] chunks, TimeGrid?[] grids, Portion[] portions, PieceAction act)
    {
        int[] bins = ArrayPool<int>.Shared.Rent(PieceRows);
        try
        {
            foreach (Portion portion in portions)
            {
                LogChunk chunk = chunks[portion.Chunk];
                for (int start = portion.Start; start < portion.Start + portion.Length; start += PieceRows)
                {
                    _cancellationToken.ThrowIfCancellationRequested();
                    int length = Math.Min(PieceRows, portion.Start + portion.Length - start);
                    Span<int> bin = bins.AsSpan(0, length);
                    BinsOf(chunk.Times.Span.Slice(start, length), grids[portion.Chunk], bin);
                    act(chunk, start, length, bin);
                }
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(bins);
        }
    }

    /// <summary>Each row's period; the number of periods for a row that lies in none.</summary>
    private void BinsOf(ReadOnlySpan<long> times, TimeGrid? grid, Span<int> bins)
    {
        SegmentTable segments = _calendar.Segments;
        if (grid is null)
        {
            for (int row = 0; row < times.Length; row++) bins[row] = segments.PeriodOf(times[row]) is >= 0 and var period ? period : segments.PeriodCount;
            return;
        }

        BinPlan days = _calendar.DayBins;
        VectorCounting.BinsOf(times, grid, days.Segments, bins);
        if (days.Count == segments.PeriodCount) return;
        int[] periodOf = days.PeriodOf;
        foreach (ref int bin in bins) bin = bin >= 0 && bin < periodOf.Length ? periodOf[bin] : segments.PeriodCount;
    }

    /// <summary>Each row's cell in the table of its period.</summary>
    private void CellsOf(LogChunk chunk, int start, int length, int[]? buffer, Span<uint> cells) =>
        VectorCounting.CellsOf(_series.Places(chunk, start, length, buffer), chunk.Kinds.Span.Slice(start, length), chunk.Roles.IsEmpty ? default : chunk.Roles.Span.Slice(start, length), _codes, _seriesShift, cells[..length]);

    /// <summary>Counts item by item, and puts what each gave one after the other.</summary>
    private CompactCells Gather(int items, Func<int, BinTable, int> count)
    {
        var found = new (CountedCells List, int First, int End)[items];
        Workers.Run(
            _workers,
            items,
            (worker, item) =>
            {
                BinTable table = _tables[worker] ??= new BinTable(checked((int)CellsOf(_series, _codes)));
                CountedCells list = _lists[worker] ??= new CountedCells(Math.Max(256, _expectedCells / _workers));
                int first = list.Blocks;
                int period = count(item, table);
                table.MoveTo(period, (uint)_series.List.Count << _seriesShift, _keyOfCode, list);
                found[item] = (list, first, list.Blocks);
            },
            _cancellationToken);
        return new CompactCells(found, _keyOfCode, _seriesShift);
    }

    private delegate void PieceAction(LogChunk chunk, int start, int length, ReadOnlySpan<int> bins);

    private readonly record struct Portion(int Chunk, int Start, int Length);
}
