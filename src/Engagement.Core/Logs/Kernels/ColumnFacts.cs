using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Engagement.Core.Logs;

/// <summary>What one pass over the columns of a log finds out: the first bad row, the order of times, the earliest and the latest, and which kinds and roles occur.</summary>
internal readonly record struct ColumnFacts(int BadRow, bool IsOrdered, long Earliest, long Latest, uint KindsSeen, uint RolesSeen)
{
    // A block fits the first-level cache, and is checked as a whole: only a bad one is looked at row by row.
    private const int Block = 4_096;

    // Optimised from the first chunk on, here and below: a chunk is one call with a long loop, and a file has few of them.
    /// <summary>The facts of columns of equal length; a column of roles may be empty. Codes are good from 1 up to, not including, their count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ColumnFacts Of(ReadOnlySpan<long> times, ReadOnlySpan<int> channels, int channelCount, ReadOnlySpan<byte> kinds, int kindCount, ReadOnlySpan<byte> roles, int roleCount)
    {
        long earliest = long.MaxValue;
        long latest = long.MinValue;
        bool ordered = true;
        uint kindsSeen = 0;
        uint rolesSeen = 0;
        for (int start = 0; start < times.Length; start += Block)
        {
            int length = Math.Min(Block, times.Length - start);
            uint kindsHere = CodesIn(kinds.Slice(start, length));
            uint rolesHere = roles.IsEmpty ? 0 : CodesIn(roles.Slice(start, length));
            if (FirstOutside(channels.Slice(start, length), 0, channelCount) >= 0 || (kindsHere & ~Good(kindCount)) != 0 || (rolesHere & ~Good(roleCount)) != 0)
            {
                return new(FirstBad(channels, channelCount, kinds, kindCount, roles, roleCount, start, length), false, 0, 0, 0, 0);
            }

            kindsSeen |= kindsHere;
            rolesSeen |= rolesHere;
            (long low, long high, bool inOrder) = Times(times.Slice(start, length));
            ordered &= inOrder && low >= latest;
            earliest = Math.Min(earliest, low);
            latest = Math.Max(latest, high);
        }

        return times.IsEmpty ? new(-1, true, 0, 0, 0, 0) : new(-1, ordered, earliest, latest, kindsSeen, rolesSeen);
    }

    /// <summary>The first index that is below the lowest or not below the end; −1 when all are good.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int FirstOutside(ReadOnlySpan<int> indexes, int lowest, int end)
    {
        int row = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref int first = ref MemoryMarshal.GetReference(indexes);
            var shift = Vector256.Create(lowest);
            var limit = Vector256.Create((uint)(end - (long)lowest));
            for (; row <= indexes.Length - Vector256<int>.Count; row += Vector256<int>.Count)
            {
                if (Vector256.GreaterThanOrEqualAny((Vector256.LoadUnsafe(ref first, (nuint)row) - shift).AsUInt32(), limit)) break;
            }
        }

        for (; row < indexes.Length; row++)
        {
            if (indexes[row] < lowest || indexes[row] >= end) return row;
        }

        return -1;
    }

    // Bit 0 stands for no code, bit 31 for every code from 31 on: neither is good.
    private static uint Good(int count) => ((1u << count) - 1) & ~1u;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint CodesIn(ReadOnlySpan<byte> codes)
    {
        uint even = 0;
        uint odd = 0;
        int row = 0;
        for (; row < codes.Length - 1; row += 2)
        {
            even |= 1u << Math.Min((int)codes[row], 31);
            odd |= 1u << Math.Min((int)codes[row + 1], 31);
        }

        return row < codes.Length ? even | odd | (1u << Math.Min((int)codes[row], 31)) : even | odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (long Low, long High, bool InOrder) Times(ReadOnlySpan<long> times)
    {
        long low = times[0];
        long high = times[0];
        bool ordered = true;
        int row = 1;
        if (Vector256.IsHardwareAccelerated && times.Length > Vector256<long>.Count)
        {
            ref long first = ref MemoryMarshal.GetReference(times);
            var lows = Vector256.Create(low);
            var highs = lows;
            var falls = Vector256<long>.Zero;
            for (; row <= times.Length - Vector256<long>.Count; row += Vector256<long>.Count)
            {
                var here = Vector256.LoadUnsafe(ref first, (nuint)row);
                var before = Vector256.LoadUnsafe(ref first, (nuint)row - 1);
                falls |= Vector256.LessThan(here, before);
                lows = Vector256.Min(lows, here);
                highs = Vector256.Max(highs, here);
            }

            ordered = falls == Vector256<long>.Zero;
            for (int lane = 0; lane < Vector256<long>.Count; lane++)
            {
                low = Math.Min(low, lows[lane]);
                high = Math.Max(high, highs[lane]);
            }
        }

        for (; row < times.Length; row++)
        {
            ordered &= times[row] >= times[row - 1];
            low = Math.Min(low, times[row]);
            high = Math.Max(high, times[row]);
        }

        return (low, high, ordered);
    }

    private static int FirstBad(ReadOnlySpan<int> channels, int channelCount, ReadOnlySpan<byte> kinds, int kindCount, ReadOnlySpan<byte> roles, int roleCount, int start, int length)
    {
        for (int row = start; row < start + length; row++)
        {
            if (channels[row] < 0 || channels[row] >= channelCount || kinds[row] == 0 || kinds[row] >= kindCount || (!roles.IsEmpty && (roles[row] == 0 || roles[row] >= roleCount))) return row;
        }

        return -1;
    }
}
