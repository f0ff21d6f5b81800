namespace Engagement.Core;

/// <summary>Sorts whole numbers digit by digit, from the last to the first (least significant digit first); for long columns several times faster than comparing.</summary>
internal static class RadixSort
{
    private const int Bits = 8;
    private const int Buckets = 1 << Bits;

    // Below this length comparing is faster than counting digits.
    private const int Short = 1_024;

    /// <summary>Sorts the keys; the scratch must be as long. The result is in the span that is returned: one of the two.</summary>
    public static Span<ulong> Sort(Span<ulong> keys, Span<ulong> scratch)
    {
        if (keys.Length <= Short)
        {
            keys.Sort();
            return keys;
        }

        // All digits are counted in one pass, and a digit that all keys share is passed over.
        ulong any = 0;
        ulong all = ulong.MaxValue;
        foreach (ulong key in keys)
        {
            any |= key;
            all &= key;
        }

        ulong differing = any & ~all;
        Span<int> starts = stackalloc int[Buckets];
        for (int shift = 0; shift < 64; shift += Bits)
        {
            if (((differing >> shift) & (Buckets - 1)) == 0) continue;
            starts.Clear();
            foreach (ulong key in keys) starts[(int)((key >> shift) & (Buckets - 1))]++;
            int start = 0;
            for (int digit = 0; digit < Buckets; digit++)
            {
                int count = starts[digit];
                starts[digit] = start;
                start += count;
            }

            foreach (ulong key in keys) scratch[starts[(int)((key >> shift) & (Buckets - 1))]++] = key;
            Span<ulong> sorted = scratch;
            scratch = keys;
            keys = sorted;
        }

        return keys;
    }
}
