using System.Buffers;

namespace Engagement.Core.Logs;

/// <summary>Cells of one bin after the other and their counts, as growing columns from the pool: the lower 16 bits of each cell, whose upper ones are said once a block, a byte for its count, and what is beyond a byte apart.</summary>
internal sealed class CountedCells(int capacity) : IDisposable
{
    private readonly List<CellBlock> _blocks = [];
    private readonly List<(int Place, uint By)> _raised = [];
    private ushort[] _cells = ArrayPool<ushort>.Shared.Rent(capacity);
    private byte[] _counts = ArrayPool<byte>.Shared.Rent(capacity);

    public int Count { get; private set; }

    public int Blocks => _blocks.Count;

    public ReadOnlySpan<ushort> Cells => _cells.AsSpan(0, Count);

    public ReadOnlySpan<byte> Counts => _counts.AsSpan(0, Count);

    public CellBlock Block(int block) => _blocks[block];

    /// <summary>Which counts are larger than their byte says, and by how much; in order.</summary>
    public IReadOnlyList<(int Place, uint By)> Raised => _raised;

    /// <summary>Room for so many more cells, and for their counts.</summary>
    public Span<ushort> Room(int more, out Span<byte> counts)
    {
        if (Count + more > Math.Min(_cells.Length, _counts.Length))
        {
            int room = (int)Math.Min(Array.MaxLength, Math.Max((long)Count + more, 2L * Count));
            _cells = Grown(_cells, room);
            _counts = Grown(_counts, room);
        }

        counts = _counts.AsSpan(Count, more);
        return _cells.AsSpan(Count, more);
    }

    /// <summary>Keeps so many of those that were written where there was room.</summary>
    public void Keep(int more) => Count += more;

    /// <summary>The cells from a place on have these upper bits.</summary>
    public void Close(int period, int upper, int start)
    {
        if (Count > start) _blocks.Add(new(period, upper, start, Count - start));
    }

    /// <summary>Adds to the count of a cell, if it is in one of the blocks from a number on. Cells must come in order.</summary>
    public void Raise(int block, uint cell, uint by)
    {
        while (block < _blocks.Count && _blocks[block].Upper < cell >> CellBlock.LowerBits) block++;
        if (block == _blocks.Count || _blocks[block].Upper != cell >> CellBlock.LowerBits) return;
        (int start, int length) = (_blocks[block].Start, _blocks[block].Length);
        int place = _cells.AsSpan(start, length).BinarySearch((ushort)(cell & ushort.MaxValue));
        if (place >= 0) _raised.Add((start + place, by));
    }

    public void Dispose()
    {
        ArrayPool<ushort>.Shared.Return(_cells);
        ArrayPool<byte>.Shared.Return(_counts);
        (_cells, _counts, Count) = ([], [], 0);
    }

    private T[] Grown<T>(T[] column, int room)
    {
        T[] larger = ArrayPool<T>.Shared.Rent(room);
        column.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<T>.Shared.Return(column);
        return larger;
    }
}
