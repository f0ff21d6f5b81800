using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Engagement.Core.Benchmarks;

/// <summary>The limit: every byte of a column goes through a register once.</summary>
internal static class Columns
{
    public static long Sum(ReadOnlySpan<byte> bytes)
    {
        var sums = MemoryMarshal.Cast<byte, Vector256<long>>(bytes);
        var (first, second, third, fourth) = (Vector256<long>.Zero, Vector256<long>.Zero, Vector256<long>.Zero, Vector256<long>.Zero);
        int place = 0;
        for (; place <= sums.Length - 4; place += 4)
        {
            first += sums[place];
            second += sums[place + 1];
            third += sums[place + 2];
            fourth += sums[place + 3];
        }

        return Vector256.Sum((first + second) + (third + fourth));
    }
}
