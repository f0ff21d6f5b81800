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

    /// <summary>Hands out the cells that hold a count, in order, and empties them.</summary>
    public void Drain(Action<int, uint> take)
    {
        Span<byte> touched = _touched.AsSpan(0, _lines);
        for (int line = touched.IndexOf((byte)1); line >= 0;)
        {
            Span<uint> counts = _counts.AsSpan(line << LineShift, Line);
            for (int cell = 0; cell < Line; cell++)
            {
                if (counts[cell] != 0) take((line << LineShift) + cell, counts[cell]);
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
