using System.Buffers;

namespace Engagement.Core.Logs;

/// <summary>The counts of one bin, with a mark for each line of 16 cells that was touched: reading it costs by what it holds, and not by its size.</summary>
internal sealed class BinTable : IDisposable
{
    private const int LineShift = 4;
    private const int Line = 1 << LineShift;

    private readonly uint[] _counts;
    private readonly byte[] _touched;
    private readonly int _lines;

    public BinTable(int cells)
    {
        _lines = ((cells - 1) >> LineShift) + 1;
        (_counts, _touched) = (ArrayPool<uint>.Shared.Rent(_lines << LineShift), ArrayPool<byte>.Shared.Rent(_lines));
        _counts.AsSpan(0, _lines << LineShift).Clear();
        _touched.AsSpan(0, _lines).Clear();
    }

    /// <summary>Counts rows by their cells.</summary>
    public void Count(ReadOnlySpan<uint> cells)
    {
        Span<uint> counts = _counts.AsSpan(0, _lines << LineShift);
        Span<byte> touched = _touched.AsSpan(0, _lines);
        foreach (uint cell in cells)
        {
            unchecked
            {
                counts[(int)cell]++;
            }

            touched[(int)(cell >> LineShift)] = 1;
        }
    }

    /// <summary>Moves the cells that hold a count into a list, in order: <c>series = cell &gt;&gt; shift</c>, and the rest of the cell is the code.</summary>
    /// <param name="period">The period.</param>
    /// <param name="series">How many series count; the cells of those from there on are dropped.</param>
    /// <param name="shift">How many bits of a cell are its code.</param>
    /// <param name="keyOfCode">What stands in a key for a code; −1 for one that does not count.</param>
    /// <param name="cells">The list.</param>
    public void MoveTo(int period, int series, int shift, ReadOnlySpan<int> keyOfCode, CellList cells)
    {
        int mask = (1 << shift) - 1;
        Span<byte> touched = _touched.AsSpan(0, _lines);
        for (int line = touched.IndexOf((byte)1); line >= 0;)
        {
            Span<uint> counts = _counts.AsSpan(line << LineShift, Line);
            for (int place = 0; place < counts.Length; place++)
            {
                if (counts[place] == 0) continue;
                int cell = (line << LineShift) + place;
                int key = keyOfCode[cell & mask];
                if (key >= 0 && cell >> shift < series) cells.Add(CellKey.Of(period, cell >> shift, key), counts[place]);
            }

            counts.Clear();
            touched[line] = 0;
            int next = touched[(line + 1)..].IndexOf((byte)1);
            line = next < 0 ? -1 : line + 1 + next;
        }
    }

    public void Dispose()
    {
        ArrayPool<uint>.Shared.Return(_counts);
        ArrayPool<byte>.Shared.Return(_touched);
    }
}
