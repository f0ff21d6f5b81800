namespace Engagement.Core.Logs;

/// <summary>A count for every period, and in it for every column, a series' code; 4 bytes each, whether it is 0 or not.</summary>
/// <remarks>Columns that do not count stay where they are, and nobody asks for them. All counts together fit 32 bits, so that tables of one shape add up without a check of each cell.</remarks>
internal sealed class DenseCells : CellSource
{
    /// <summary>Up to so many places of the table to a cell that holds a count, the table is no larger than keys and counts.</summary>
    public const int PlacesPerCell = 4;

    // Larger arrays go where memory is fetched anew from the system each time.
    private const int MostPlacesOfBlock = 20_000;

    private readonly ReadOnlyMemory<uint>[] _blocks;
    private readonly int _width;
    private readonly ulong[] _keys;
    private readonly int[] _columns;
    private readonly int _nonZero;
    private readonly long _rows;

    /// <summary>A table of which nothing is copied.</summary>
    /// <param name="counts">The counts, period by period.</param>
    /// <param name="width">How many columns a period has.</param>
    /// <param name="keys">The keys, without period, of the columns that count, in order.</param>
    /// <param name="columns">The columns that count, in the order of the keys.</param>
    public DenseCells(ReadOnlyMemory<uint> counts, int width, ulong[] keys, int[] columns)
    {
        (_width, _keys, _columns) = (width, keys, columns);
        int places = Math.Max(1, MostPlacesOfBlock / Math.Max(1, width)) * width;
        _blocks = new ReadOnlyMemory<uint>[counts.IsEmpty ? 0 : ((counts.Length - 1) / places) + 1];
        uint[] sums = new uint[width];
        for (int block = 0; block < _blocks.Length; block++)
        {
            _blocks[block] = counts.Slice(block * places, Math.Min(places, counts.Length - (block * places)));
            ReadOnlySpan<uint> cells = _blocks[block].Span;
            for (int start = 0; start < cells.Length; start += width) CellSums.AddTo(sums, cells.Slice(start, width));
            _nonZero += CellSums.CountNonZero(cells);
        }

        foreach (uint sum in sums) _rows += sum;
        foreach (int column in columns) Total += sums[column];
    }

    private DenseCells(DenseCells like, ReadOnlyMemory<uint>[] blocks, long rows, long total, int nonZero) =>
        (_width, _keys, _columns, _blocks, _rows, Total, _nonZero) = (like._width, like._keys, like._columns, blocks, rows, total, nonZero);

    public override long Total { get; }

    public override int MostCells => _nonZero;

    /// <summary>Whether the table is no larger than keys and counts would be.</summary>
    public bool IsWorthKeeping => (long)_nonZero * PlacesPerCell >= _blocks.Sum(block => (long)block.Length);

    /// <summary>The same table in memory of its own.</summary>
    public DenseCells Kept() => new(this, Array.ConvertAll(_blocks, block => (ReadOnlyMemory<uint>)block.ToArray()), _rows, Total, _nonZero);

    /// <summary>The sum of two tables of the same series and periods; null where they have other columns, or might not fit 32 bits.</summary>
    public static DenseCells? Sum(DenseCells left, DenseCells right)
    {
        if (left._rows + right._rows > uint.MaxValue || left._width != right._width || left._blocks.Length != right._blocks.Length) return null;
        if (!left._keys.AsSpan().SequenceEqual(right._keys) || !left._columns.AsSpan().SequenceEqual(right._columns)) return null;
        var sums = new ReadOnlyMemory<uint>[left._blocks.Length];
        int nonZero = 0;
        for (int block = 0; block < sums.Length; block++)
        {
            uint[] sum = left._blocks[block].ToArray();
            CellSums.AddTo(sum, right._blocks[block].Span);
            nonZero += CellSums.CountNonZero(sum);
            sums[block] = sum;
        }

        return new(left, sums, left._rows + right._rows, left.Total + right.Total, nonZero);
    }

    public override void AddTo(CellList cells)
    {
        int period = 0;
        foreach (ReadOnlyMemory<uint> block in _blocks)
        {
            for (int start = 0; start < block.Length; start += _width) cells.AddCounted(CellKey.Of(period++, 0, 0), _keys, _columns, block.Span.Slice(start, _width));
        }
    }
}
