using System.Numerics;
using System.Runtime.InteropServices;

namespace Engagement.Core.Logs;

/// <summary><c>sums[i] += counts[i]</c>; the caller knows that nothing overflows.</summary>
internal static class CellSums
{
    public static void AddTo(Span<uint> sums, ReadOnlySpan<uint> counts)
    {
        int cell = 0;
        if (Vector.IsHardwareAccelerated)
        {
            Span<Vector<uint>> sumVectors = MemoryMarshal.Cast<uint, Vector<uint>>(sums);
            ReadOnlySpan<Vector<uint>> countVectors = MemoryMarshal.Cast<uint, Vector<uint>>(counts);
            for (int vector = 0; vector < sumVectors.Length; vector++) sumVectors[vector] += countVectors[vector];
            cell = sumVectors.Length * Vector<uint>.Count;
        }

        for (; cell < sums.Length; cell++) sums[cell] = unchecked(sums[cell] + counts[cell]);
    }
}
