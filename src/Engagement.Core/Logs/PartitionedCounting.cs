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
    private readonly CellList?[] _lists;
    private readonly int[] _keyOfCode;
    private readonly int _expectedCells;

    private PartitionedCounting(long rows, LocalCalendar calendar, SeriesMap series, CodeTable codes, RollUpRecipe recipe, int workers, Action<long> report, CancellationToken cancellationToken)
    {
        (_calendar, _series, _codes, _workers, _report, _cancellationToken) = (calendar, series, codes, workers, report, cancellationToken);

        // Two rows to a cell is few: a list that grows would be copied again and again.
        _expectedCells = (int)Math.Min(rows / 2, 1 << 26);
        _seriesShift = ShiftFor(codes);
        (_tables, _lists) = (new BinTable?[workers], new CellList?[workers]);
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
    public static CellList Count(InteractionLog log, LocalCalendar calendar, SeriesMap series, CodeTable codes, RollUpRecipe recipe, int workers, Action<long> report, CancellationToken cancellationToken)
    {
        using var counting = new PartitionedCounting(log.Count, calendar, series, codes, recipe, workers, report, cancellationToken);
        bool lieTogether = true;
        foreach (LogChunk chunk in log.Columns) lieTogether &= chunk.IsOrdered;
        return lieTogether ? counting.CountRuns(log.Columns.ToArray()) : counting.CountPartitions(log.Columns.ToArray());
    }

    public void Dispose()
    {
        foreach (BinTable? table in _tables) table?.Dispose();
        foreach (CellList? list in _lists) list?.Return();
    }

    private static int ShiftFor(CodeTable codes) => BitOperations.Log2((uint)Math.Max(1, codes.Count - 1)) + (codes.Count > 1 ? 1 : 0);

    private CellList CountRuns(LogChunk[] chunks)
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

        if (outside > 0) _report(outside);

        // One item of work for each period, whatever pieces it came in.
        (int Period, int Chunk, int Start, int End)[] sorted = [.. ranges.OrderBy(range => range.Period)];
        var items = new List<(int First, int Last)>();
        for (int index = 0; index < sorted.Length; index++)
        {
            if (items.Count > 0 && sorted[items[^1].First].Period == sorted[index].Period) items[^1] = (items[^1].First, index);
            else items.Add((index, index));
        }

        return Gather(items.Count, (worker, item, table) =>
        {
            uint[] cells = ArrayPool<uint>.Shared.Rent(PieceRows);
            int[] buffer = ArrayPool<int>.Shared.Rent(PieceRows);
            try
            {
                for (int index = items[item].First; index <= items[item].Last; index++)
                {
                    (_, int chunk, int start, int end) = sorted[index];
                    for (; start < end; start += PieceRows)
                    {
                        int length = Math.Min(PieceRows, end - start);
                        CellsOf(chunks[chunk], start, length, buffer, cells);
                        table.Count(cells.AsSpan(0, length));
                        _report(length);
                    }
                }
            }
            finally
            {
                ArrayPool<uint>.Shared.Return(cells);
                ArrayPool<int>.Shared.Return(buffer);
            }

            return sorted[items[item].First].Period;
        });
    }

    private CellList CountPartitions(LogChunk[] chunks)
    {
        long rows = chunks.Sum(chunk => (long)chunk.Count);
        if (rows <= Array.MaxLength) return CountPartition(chunks, (int)rows);

        // Beyond what one array holds, chunk by chunk; each is shorter.
        CellList all = new();
        foreach (LogChunk chunk in chunks)
        {
            CellList part = CountPartition([chunk], chunk.Count);
            CellList merged = CellList.Merge(all.Keys, all.Counts, part.Keys, part.Counts, key => RollUp.Describe(_calendar, _series.List, key));
            all.Return();
            part.Return();
            all = merged;
        }

        return all;
    }

    private CellList CountPartition(LogChunk[] chunks, int rows)
    {
        int bins = _calendar.Segments.PeriodCount;
        Portion[][] portions = PortionsOf(chunks, rows);
        int[][] places = [.. portions.Select(_ => new int[bins + 1])];
        uint[] cells = ArrayPool<uint>.Shared.Rent(rows);
        try
        {
            Workers.Run(_workers, portions.Length, (_, portion) => EachPiece(chunks, portions[portion], (chunk, start, length, bin) =>
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
                    EachPiece(chunks, portions[portion], (chunk, start, length, bin) =>
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

            if (total > begins[bins]) _report(total - begins[bins]);
            int[] used = [.. Enumerable.Range(0, bins).Where(bin => begins[bin + 1] > begins[bin])];
            return Gather(used.Length, (worker, item, table) =>
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

    private void EachPiece(LogChunk[] chunks, Portion[] portions, PieceAction act)
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
                    ReadOnlySpan<long> times = chunk.Times.Span.Slice(start, length);
                    SegmentTable segments = _calendar.Segments;
                    for (int row = 0; row < length; row++) bin[row] = segments.PeriodOf(times[row]) is >= 0 and var period ? period : segments.PeriodCount;
                    act(chunk, start, length, bin);
                }
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(bins);
        }
    }

    /// <summary>Each row's cell in the table of its period.</summary>
    private void CellsOf(LogChunk chunk, int start, int length, int[] buffer, Span<uint> cells)
    {
        ReadOnlySpan<int> places = _series.Places(chunk, start, length, buffer);
        ReadOnlySpan<byte> kinds = chunk.Kinds.Span.Slice(start, length);
        ReadOnlySpan<byte> roles = chunk.Roles.IsEmpty ? default : chunk.Roles.Span.Slice(start, length);
        byte[] kindPart = _codes.KindPart;
        byte[] rolePart = _codes.RolePart;
        cells = cells[..length];
        for (int row = 0; row < cells.Length; row++)
        {
            int role = roles.IsEmpty ? _codes.RoleWithoutColumn : rolePart[roles[row]];
            cells[row] = unchecked(((uint)places[row] << _seriesShift) + (uint)(kindPart[kinds[row]] + role));
        }
    }

    /// <summary>Counts item by item, and puts what each gave one after the other.</summary>
    private CellList Gather(int items, Func<int, int, BinTable, int> count)
    {
        (int Worker, int Start, int Length)[] found = new (int, int, int)[items];
        Workers.Run(_workers, items, (worker, item) =>
        {
            BinTable table = _tables[worker] ??= new BinTable(checked((int)CellsOf(_series, _codes)));
            CellList list = _lists[worker] ??= new CellList(Math.Max(256, _expectedCells / _workers));
            int start = list.Count;
            int period = count(worker, item, table);
            table.MoveTo(period, _series.List.Count, _seriesShift, _keyOfCode, list);
            found[item] = (worker, start, list.Count - start);
        }, _cancellationToken);

        // One worker's cells lie in order already.
        if (_lists.Count(list => list is not null) == 1 && Array.FindIndex(_lists, list => list is not null) is var only)
        {
            CellList list = _lists[only]!;
            _lists[only] = null;
            return list;
        }

        var all = new CellList(Math.Max(256, found.Sum(one => one.Length)));
        foreach ((int worker, int start, int length) in found) all.AddRange(_lists[worker]!.Keys.Slice(start, length), _lists[worker]!.Counts.Slice(start, length));
        return all;
    }

    private delegate void PieceAction(LogChunk chunk, int start, int length, ReadOnlySpan<int> bins);

    private readonly record struct Portion(int Chunk, int Start, int Length);
}
