using System.Numerics;
using System.Runtime.InteropServices;

namespace Engagement.Core.Logs;

/// <summary>Sums over counts of 32 bits; the caller knows that nothing overflows.</summary>
internal static class CellSums
{
    /// <summary><c>sums[i] += counts[i]</c>.</summary>
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

    /// <summary><c>Σ [counts[i] ≠ 0]</c>.</summary>
    public static int CountNonZero(ReadOnlySpan<uint> counts)
    {
        int cell = 0;
        int zeros = 0;
        if (Vector.IsHardwareAccelerated)
        {
            ReadOnlySpan<Vector<uint>> vectors = MemoryMarshal.Cast<uint, Vector<uint>>(counts);
            Vector<uint> found = default;

            // A lane that equals is all ones, which is −1.
            foreach (Vector<uint> vector in vectors) found -= Vector.Equals(vector, default);
            zeros = (int)Vector.Sum(found);
            cell = vectors.Length * Vector<uint>.Count;
        }

        for (; cell < counts.Length; cell++) zeros += counts[cell] == 0 ? 1 : 0;
        return counts.Length - zeros;
    }
}
