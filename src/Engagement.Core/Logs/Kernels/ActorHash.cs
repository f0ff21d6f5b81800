using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Engagement.Core.Logs;

/// <summary>Actors as well-mixed numbers: hash = mix(actor ⊕ missing), one-to-one, so that equal hashes are equal actors and the missing actor alone is 0.</summary>
internal static class ActorHash
{
    /// <summary>How a column says that a row's actor is not known.</summary>
    public const long Missing = Count.MissingInColumn;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(long actor) => MurmurHash3.Finish(unchecked((ulong)(actor ^ Missing)));

    /// <summary>The hashes of many.</summary>
    public static void Of(ReadOnlySpan<long> actors, Span<ulong> hashes)
    {
        int row = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref long source = ref MemoryMarshal.GetReference(actors);
            ref ulong target = ref MemoryMarshal.GetReference(hashes);
            var missing = Vector256.Create(Missing);
            for (; row <= actors.Length - Vector256<long>.Count; row += Vector256<long>.Count)
            {
                MurmurHash3.Finish((Vector256.LoadUnsafe(ref source, (nuint)row) ^ missing).AsUInt64()).StoreUnsafe(ref target, (nuint)row);
            }
        }

        for (; row < actors.Length; row++) hashes[row] = Of(actors[row]);
    }

    /// <summary>Refuses rows whose cell is not there.</summary>
    public static void CheckCells(ReadOnlySpan<int> cells, int cellCount, int firstRow)
    {
        int wrong = cells.IndexOfAnyExceptInRange(0, cellCount - 1);
        if (wrong >= 0) throw Guard.OutOfRange(nameof(cells), cells[wrong], FormattableString.Invariant($"must lie between 0 and {cellCount - 1} in row {firstRow + wrong}"), "number the cells from 0 on and pass how many there are");
    }
}
