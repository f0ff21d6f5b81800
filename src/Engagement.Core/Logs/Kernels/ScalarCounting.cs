using System.Runtime.CompilerServices;

namespace Engagement.Core.Logs;

/// <summary><c>counts[first(bin(time)) + series · codes + code(kind, role)] += 1</c> row by row: what every other way of counting effectively computes.</summary>
/// <remarks>The last cell takes the rows that lie in no bin. Every write is checked against the length of the table.</remarks>
internal static class ScalarCounting
{
    /// <summary>What a byte that was full goes back to; as much again is noted elsewhere.</summary>
    public const byte Half = 128;

    /// <summary>Rows of any time.</summary>
    public static void CountAny(ReadOnlySpan<long> times, ReadOnlySpan<int> series, ReadOnlySpan<byte> kinds, ReadOnlySpan<byte> roles, SegmentTable bins, int[] firstCells, CodeTable codes, Span<uint> counts)
    {
        byte[] kindPart = codes.KindPart;
        byte[] rolePart = codes.RolePart;
        int width = codes.Count;
        int outside = counts.Length - 1;
        for (int row = 0; row < times.Length; row++)
        {
            int bin = bins.PeriodOf(times[row]);
            int role = roles.IsEmpty ? codes.RoleWithoutColumn : rolePart[roles[row]];
            int cell = bin < 0 ? outside : unchecked(firstCells[bin] + (series[row] * width) + kindPart[kinds[row]] + role);
            unchecked
            {
                counts[cell]++;
            }
        }
    }

    /// <summary>Rows of one bin.</summary>
    public static void CountRun(ReadOnlySpan<int> series, ReadOnlySpan<byte> kinds, ReadOnlySpan<byte> roles, int firstCell, CodeTable codes, Span<uint> counts)
    {
        byte[] kindPart = codes.KindPart;
        byte[] rolePart = codes.RolePart;
        int width = codes.Count;
        for (int row = 0; row < series.Length; row++)
        {
            int role = roles.IsEmpty ? codes.RoleWithoutColumn : rolePart[roles[row]];
            int cell = unchecked(firstCell + (series[row] * width) + kindPart[kinds[row]] + role);
            unchecked
            {
                counts[cell]++;
            }
        }
    }

    /// <summary>Rows of one bin in a table of bytes, with a bit for each cell that is touched; a cell is the series shifted, and the code.</summary>
    public static void CountMarked(ReadOnlySpan<int> series, ReadOnlySpan<byte> kinds, ReadOnlySpan<byte> roles, CodeTable codes, int shift, Span<byte> counts, Span<ulong> marks, List<uint> halves)
    {
        byte[] kindPart = codes.KindPart;
        byte[] rolePart = codes.RolePart;
        for (int row = 0; row < series.Length; row++)
        {
            int role = roles.IsEmpty ? codes.RoleWithoutColumn : rolePart[roles[row]];
            CountMarked(unchecked((uint)((series[row] << shift) + kindPart[kinds[row]] + role)), counts, marks, halves);
        }
    }

    /// <summary>Rows of one bin whose cells are known, likewise.</summary>
    public static void CountMarked(ReadOnlySpan<uint> cells, Span<byte> counts, Span<ulong> marks, List<uint> halves)
    {
        foreach (uint cell in cells) CountMarked(cell, counts, marks, halves);
    }

    /// <summary>The cell of each row in a table of one bin: the series shifted, and the code.</summary>
    public static void CellsOf(ReadOnlySpan<int> series, ReadOnlySpan<byte> kinds, ReadOnlySpan<byte> roles, CodeTable codes, int shift, Span<uint> cells)
    {
        byte[] kindPart = codes.KindPart;
        byte[] rolePart = codes.RolePart;
        for (int row = 0; row < series.Length; row++)
        {
            int role = roles.IsEmpty ? codes.RoleWithoutColumn : rolePart[roles[row]];
            cells[row] = unchecked((uint)((series[row] << shift) + kindPart[kinds[row]] + role));
        }
    }

    /// <summary>A byte that is full goes back to one half of 256, and the other half is noted.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Halve(ref byte count, uint cell, List<uint> halves)
    {
        count = Half;
        halves.Add(cell);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CountMarked(uint cell, Span<byte> counts, Span<ulong> marks, List<uint> halves)
    {
        ref byte count = ref counts[unchecked((int)cell)];
        count = unchecked((byte)(count + 1));
        marks[(int)(cell >> 6)] |= 1UL << unchecked((int)cell);
        if (count == 0) Halve(ref count, cell, halves);
    }

    /// <summary>The first row from a place on whose time is not below a limit; the times are in order.</summary>
    public static int EndOfRun(ReadOnlySpan<long> times, int from, long limit)
    {
        // Steps that double, then halves: a run's end is near in short runs, and found in few steps in long ones.
        int step = 1;
        int low = from;
        while (low + step < times.Length && times[low + step] < limit)
        {
            low += step;
            step = Math.Min(step * 2, 1 << 29);
        }

        int high = (int)Math.Min(times.Length, (long)low + step);
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (times[middle] < limit) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
