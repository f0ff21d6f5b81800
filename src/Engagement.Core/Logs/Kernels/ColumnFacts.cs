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
        int row = 0;
        uint seen = Vector128.IsHardwareAccelerated ? SmallCodesIn(codes, ref row) : 0;
        for (; row < codes.Length; row++) seen |= 1u << Math.Min((int)codes[row], 31);
        return seen;
    }

    /// <summary>The codes of the first rows, up to the first vector that has one above 31.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint SmallCodesIn(ReadOnlySpan<byte> codes, ref int row)
    {
        // Each lane looks the bit of its code up in one of four bytes: of codes 0 to 7, 8 to 15, and so on. A look beyond a table gives none: so do codes of 16 and more in the first two, and those below, from which 16 wraps around, in the others.
        var lower = Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);
        var upper = Vector128.Create((byte)0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128);
        var half = Vector128.Create((byte)16);
        var most = Vector128.Create((byte)31);
        Vector128<byte> first = default;
        Vector128<byte> second = default;
        Vector128<byte> third = default;
        Vector128<byte> fourth = default;
        ref byte start = ref MemoryMarshal.GetReference(codes);
        for (; row <= codes.Length - Vector128<byte>.Count; row += Vector128<byte>.Count)
        {
            var here = Vector128.LoadUnsafe(ref start, (nuint)row);
            if (Vector128.GreaterThanAny(here, most)) break;
            first |= Vector128.Shuffle(lower, here);
            second |= Vector128.Shuffle(upper, here);
            third |= Vector128.Shuffle(lower, here - half);
            fourth |= Vector128.Shuffle(upper, here - half);
        }

        return AnyLane(first) | (AnyLane(second) << 8) | (AnyLane(third) << 16) | (AnyLane(fourth) << 24);
    }

    private static uint AnyLane(Vector128<byte> lanes)
    {
        ulong both = lanes.AsUInt64()[0] | lanes.AsUInt64()[1];
        uint four = (uint)(both >> 32) | (uint)(both & uint.MaxValue);
        return ((four >> 24) | (four >> 16) | (four >> 8) | four) & byte.MaxValue;
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
