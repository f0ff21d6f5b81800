using System.Buffers;

namespace Engagement.Core.Logs;

/// <summary>A table of counts with a cell for every bin, series and code, one for each worker, added up at the end.</summary>
/// <remarks>Bins are days, however coarse the calendar, where there is room for them: weeks and months are then sums of days, and one kernel serves all.</remarks>
internal sealed class DenseTable : IDisposable
{
    // A worker's counts are 32 bits wide, and each row adds at most 1 to one of them.
    public const long MostRows = uint.MaxValue;

    private readonly uint[]?[] _tables;
    private readonly BinPlan _bins;
    private readonly int _stride;
    private readonly int _cells;

    public DenseTable(BinPlan bins, SeriesMap series, CodeTable codes, int workers)
    {
        (_bins, Series, Codes) = (bins, series, codes);
        _stride = series.LocalCount * codes.Count;
        _cells = checked(bins.Count * _stride);
        _tables = new uint[]?[workers];
    }

    public SeriesMap Series { get; }

    public CodeTable Codes { get; }

    /// <summary>How many rows went in.</summary>
    public long Rows { get; set; }

    /// <summary>How many rows lay in no bin.</summary>
    public long Outside => _tables.OfType<uint[]>().Sum(table => (long)table[_cells]);

    /// <summary>The arithmetic by which vectors find a chunk's bins; null where it does not hold.</summary>
    public TimeGrid? GridFor(LogChunk chunk) => _bins.GridFor(chunk.Earliest, chunk.Latest);

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
            if (chunk.IsOrdered) CountRuns(times, series, kinds, roles, counts);
            else if (grid is not null) VectorCounting.CountAny(times, series, kinds, roles, grid, _bins.Segments, _stride, Codes, counts);
            else ScalarCounting.CountAny(times, series, kinds, roles, _bins.Segments, _stride, Codes, counts);
        }
        finally
        {
            if (buffer is not null) ArrayPool<int>.Shared.Return(buffer);
        }
    }

    /// <summary>The cells that count, in order.</summary>
    public CellList Cells(uint kindMask, uint roleMask)
    {
        uint[][] tables = [.. _tables.OfType<uint[]>()];
        var cells = new CellList(Math.Max(256, _cells / 4));
        if (tables.Length == 0) return cells;
        (int Code, int Key)[] codes = [.. Codes.Pairs.Select((pair, code) => (pair, code)).Where(one => (kindMask >> one.pair.Kind & 1) != 0 && (roleMask >> one.pair.Role & 1) != 0).Select(one => (one.code, CellKey.Code(one.pair.Kind, one.pair.Role)))];
        int width = Codes.Count;
        int[] localOf = Series.LocalOf;
        long[] sums = ArrayPool<long>.Shared.Rent(Math.Max(1, _stride));
        try
        {
            for (int bin = 0; bin < _bins.Count;)
            {
                int period = _bins.PeriodOf[bin];
                Span<long> sum = sums.AsSpan(0, _stride);
                sum.Clear();
                for (; bin < _bins.Count && _bins.PeriodOf[bin] == period; bin++)
                {
                    foreach (uint[] table in tables)
                    {
                        ReadOnlySpan<uint> part = table.AsSpan(bin * _stride, _stride);
                        for (int cell = 0; cell < sum.Length; cell++) sum[cell] += part[cell];
                    }
                }

                for (int place = 0; place < localOf.Length; place++)
                {
                    ReadOnlySpan<long> counts = sum.Slice(localOf[place] * width, width);
                    foreach ((int code, int key) in codes)
                    {
                        if (counts[code] != 0) cells.Add(CellKey.Of(period, place, key), counts[code]);
                    }
                }
            }

            return cells;
        }
        finally
        {
            ArrayPool<long>.Shared.Return(sums);
        }
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
                int firstCell = bin * _stride;
                ReadOnlySpan<byte> rolesOfRun = roles.IsEmpty ? default : roles[row..stop];
                VectorCounting.CountRun(series[row..stop], kinds[row..stop], rolesOfRun, firstCell, Codes, counts);
            }

            row = stop;
        }
    }
}
