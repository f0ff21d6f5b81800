using System.Buffers;
using System.Numerics;

namespace Engagement.Core.Logs;

/// <summary>
/// The counts of one bin, a byte each so that many fit a cache, with a bit for each cell that was touched: reading it costs by what it holds, and not by its size, and gives the cells in order.
/// </summary>
internal sealed class BinTable : IDisposable
{
    private const int WordShift = 6;
    private const int WordsOfBlock = 1 << (CellBlock.LowerBits - WordShift);

    private readonly byte[] _counts;
    private readonly ulong[] _marks;
    private readonly List<uint> _halves = [];
    private readonly int _cells;
    private readonly int _words;

    public BinTable(int cells)
    {
        (_cells, _words) = (cells, ((cells - 1) >> WordShift) + 1);
        (_counts, _marks) = (ArrayPool<byte>.Shared.Rent(cells), ArrayPool<ulong>.Shared.Rent(_words));
        _counts.AsSpan(0, cells).Clear();
        _marks.AsSpan(0, _words).Clear();
    }

    /// <summary>Counts rows by their cells.</summary>
    public void Count(ReadOnlySpan<uint> cells) => ScalarCounting.CountMarked(cells, _counts.AsSpan(0, _cells), _marks.AsSpan(0, _words), _halves);

    /// <summary>Counts rows by their columns: <c>cell = (series &lt;&lt; shift) + code</c>.</summary>
    public void Count(ReadOnlySpan<int> series, ReadOnlySpan<byte> kinds, ReadOnlySpan<byte> roles, CodeTable codes, int shift) =>
        VectorCounting.CountMarked(series, kinds, roles, codes, shift, _counts.AsSpan(0, _cells), _marks.AsSpan(0, _words), _halves);

    /// <summary>Moves the cells that hold a count into a list, in order.</summary>
    /// <param name="period">The period that was counted.</param>
    /// <param name="end">The cells from there on do not count, and are dropped.</param>
    /// <param name="keyOfCode">−1 for a code that does not count.</param>
    /// <param name="list">The list.</param>
    public void MoveTo(int period, uint end, ReadOnlySpan<int> keyOfCode, CountedCells list)
    {
        int firstBlock = list.Blocks;
        for (int word = 0; word < _words; word += WordsOfBlock)
        {
            int start = list.Count;
            MoveBlock(word, end, keyOfCode, list);
            list.Close(period, word / WordsOfBlock, start);
        }

        if (_halves.Count == 0) return;
        _halves.Sort();
        for (int index = 0; index < _halves.Count;)
        {
            uint cell = _halves[index];
            uint more = 0;
            for (; index < _halves.Count && _halves[index] == cell; index++) more += ScalarCounting.Half;
            list.Raise(firstBlock, cell, more);
        }

        _halves.Clear();
    }

    private void MoveBlock(int firstWord, uint end, ReadOnlySpan<int> keyOfCode, CountedCells list)
    {
        uint mask = (uint)keyOfCode.Length - 1;
        Span<ulong> marks = _marks.AsSpan(firstWord, Math.Min(WordsOfBlock, _words - firstWord));
        Span<byte> table = _counts.AsSpan(0, _cells);
        int used = marks.LastIndexOfAnyExcept(0UL) + 1;
        for (int word = 0; word < used; word++)
        {
            ulong left = marks[word];
            if (left == 0) continue;
            marks[word] = 0;
            Span<ushort> cells = list.Room(1 << WordShift, out Span<byte> counts);
            uint first = (uint)(firstWord + word) << WordShift;
            int added = 0;
            for (; left != 0; left &= left - 1)
            {
                uint cell = unchecked(first + (uint)BitOperations.TrailingZeroCount(left));
                ref byte count = ref table[unchecked((int)cell)];

                // Written in any case, and kept where it counts.
                cells[added] = unchecked((ushort)cell);
                counts[added] = count;
                added += keyOfCode[unchecked((int)(cell & mask))] >= 0 & cell < end ? 1 : 0;
                count = 0;
            }

            list.Keep(added);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_counts);
        ArrayPool<ulong>.Shared.Return(_marks);
    }
}
