using System.Buffers;

namespace Engagement.Core.Logs;

/// <summary>A table of counts with a cell for every period, series and code, one for each worker, added up at the end.</summary>
/// <remarks>The bin of a row is its day, however coarse the calendar, because days are found by arithmetic; the row of the table that it is counted in is that of the day's period.</remarks>
internal sealed class DenseTable : IDisposable
{
    // A worker's counts are 32 bits wide, and each row adds at most 1 to one of them.
    public const long MostRows = uint.MaxValue;

    // In shorter runs the search for the end costs more than the arithmetic of each row.
    private const int RowsWorthASearch = 1 << 12;

    private readonly uint[]?[] _tables;
    private readonly BinPlan _bins;
    private readonly int[] _firstCells;
    private readonly int _stride;
    private readonly int _cells;

    public DenseTable(BinPlan bins, SeriesMap series, CodeTable codes, int workers)
    {
        (_bins, Series, Codes) = (bins, series, codes);
        _stride = series.LocalCount * codes.Count;
        _cells = checked(bins.PeriodCount * _stride);
        _firstCells = [.. bins.PeriodOf.Select(period => period * _stride)];
        _tables = new uint[]?[workers];
    }

    public SeriesMap Series { get; }

    public CodeTable Codes { get; }

    /// <summary>How many cells a worker's table has.</summary>
    public int CellCount => _cells;

    /// <summary>How many rows went in.</summary>
    public long Rows { get; set; }

    /// <summary>How many rows lay in no bin.</summary>
    public long Outside => _tables.OfType<uint[]>().Sum(table => (long)table[_cells]);

    /// <summary>The arithmetic by which vectors find a chunk's bins; null where it does not hold, or where long runs of rows of one bin need none.</summary>
    public TimeGrid? GridFor(LogChunk chunk)
    {
        if (!VectorCounting.IsSupported || chunk.Count == 0) return null;
        int runs = Math.Abs(_bins.Segments.RunOf(chunk.Latest) - _bins.Segments.RunOf(chunk.Earliest)) + 1;
        return chunk.IsOrdered && chunk.Count / runs >= RowsWorthASearch ? null : _bins.GridFor(chunk.Earliest, chunk.Latest);
    }

    /// <summary>Counts some rows of a chunk.</summary>
    public void Count(int worker, LogChunk chunk, int start, int length, TimeGrid? grid)
    {
        uint[] table = _tables[worker] ??= Rent();
        Span<uint> counts = table.AsSpan(0, _cells + 1);
        int[]? buffer = Series.ByPublication ? ArrayPool<int>.Shared.Rent(length) : null;
        try
        {
            ReadOnlySpan<long> times = chunk.Times.Span.Slice(start, length);
            ReadOnlySpan<int> series = Series.LocalSeries(chunk, start, length, buffer);
            ReadOnlySpan<byte> kinds = chunk.Kinds.Span.Slice(start, length);
            ReadOnlySpan<byte> roles = chunk.Roles.IsEmpty ? default : chunk.Roles.Span.Slice(start, length);
            if (grid is not null) VectorCounting.CountAny(times, series, kinds, roles, grid, _bins.Segments, _firstCells, _bins.Count == _bins.PeriodCount ? _stride : 0, Codes, counts);
            else if (chunk.IsOrdered) CountRuns(times, series, kinds, roles, counts);
            else ScalarCounting.CountAny(times, series, kinds, roles, _bins.Segments, _firstCells, Codes, counts);
        }
        finally
        {
            if (buffer is not null) ArrayPool<int>.Shared.Return(buffer);
        }
    }

    /// <summary>The counts of all workers, period by period. The tables are of no use afterwards, and what is returned lies in them.</summary>
    public DenseCells Cells(RollUpRecipe recipe)
    {
        uint[][] tables = [.. _tables.OfType<uint[]>()];
        if (tables.Length == 0) return new DenseCells(default, _stride, [], []);

        // All rows together are no more than 32 bits can count, so that workers add up in place.
        Span<uint> sums = tables[0].AsSpan(0, _cells);
        foreach (uint[] table in tables.AsSpan(1)) CellSums.AddTo(sums, table.AsSpan(0, _cells));

        // What stands in a row of the table, in the roll-up's order.
        int[] columns = new int[Series.List.Count * Codes.Count];
        ulong[] keys = new ulong[columns.Length];
        int selected = 0;
        for (int place = 0; place < Series.List.Count; place++)
        {
            for (int code = 0; code < Codes.Count; code++)
            {
                (int kind, int role) = Codes.Pairs[code];
                if ((recipe.Kinds >> kind & 1) == 0 || (recipe.Roles >> role & 1) == 0) continue;
                columns[selected] = (Series.LocalOf[place] * Codes.Count) + code;
                keys[selected++] = CellKey.Of(0, place, CellKey.Code(kind, role));
            }
        }

        Array.Resize(ref columns, selected);
        Array.Resize(ref keys, selected);
        return new DenseCells(tables[0].AsMemory(0, _cells), _stride, keys, columns);
    }

    public void Dispose()
    {
        for (int worker = 0; worker < _tables.Length; worker++)
        {
            if (_tables[worker] is { } table) ArrayPool<uint>.Shared.Return(table);
            _tables[worker] = null;
        }
    }

    private uint[] Rent()
    {
        uint[] table = ArrayPool<uint>.Shared.Rent(_cells + 1);
        table.AsSpan(0, _cells + 1).Clear();
        return table;
    }

    private void CountRuns(ReadOnlySpan<long> times, ReadOnlySpan<int> series, ReadOnlySpan<byte> kinds, ReadOnlySpan<byte> roles, Span<uint> counts)
    {
        for (int row = 0; row < times.Length;)
        {
            (int bin, long end) = _bins.Segments.RunAt(times[row]);
            int stop = Math.Max(row + 1, ScalarCounting.EndOfRun(times, row, end));
            if (bin < 0)
            {
                counts[^1] += (uint)(stop - row);
            }
            else
            {
                int firstCell = _firstCells[bin];
                ReadOnlySpan<byte> rolesOfRun = roles.IsEmpty ? default : roles[row..stop];
                VectorCounting.CountRun(series[row..stop], kinds[row..stop], rolesOfRun, firstCell, Codes, counts);
            }

            row = stop;
        }
    }
}
