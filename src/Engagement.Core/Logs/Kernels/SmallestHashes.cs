using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Engagement.Core.Logs;

/// <summary>The k smallest of the distinct hashes that were put in, and the smallest that was left out (θ, in units of 2⁻⁶³).</summary>
/// <remarks>
/// An open-addressed table keeps up to 7/4 of k hashes below θ; when it is full, the next θ is looked for. Which hashes remain in the end depends neither on the order nor on the number of times
/// that they came. Not safe for use by several threads at once.
/// </remarks>
internal sealed class SmallestHashes(int k)
{
    /// <summary>The θ of what was not sampled: 1.</summary>
    public const ulong Everything = long.MaxValue;

    private const int FewestSlots = 16;
    private const int BucketBits = 9;
    private const int FewHashes = 64;

    private ulong[] _slots = new ulong[FewestSlots];
    private int _count;

    /// <summary>No hash at or above it is kept.</summary>
    public ulong Theta { get; private set; } = Everything;

    /// <summary>Puts a hash in; 0 stands for an empty slot and is left out, as DataSketches does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong hash)
    {
        if (hash < Theta && hash != 0) Insert(hash);
    }

    /// <summary>The hashes in ascending order, at most k, and θ. The table remains as it is.</summary>
    public (ulong[] Hashes, ulong Theta) Sorted()
    {
        ulong[] hashes = new ulong[_count + 1];
        int count = Keep(hashes);
        Sort(hashes.AsSpan(0, count));
        return count <= k ? (hashes[..count], Theta) : (hashes[..k], hashes[k]);
    }

    /// <summary>Hashes are uniform, so that as many buckets as hashes leave a few to sort in each; were they not, sorting costs as much as ever.</summary>
    private void Sort(Span<ulong> hashes)
    {
        if (hashes.Length < FewHashes)
        {
            hashes.Sort();
            return;
        }

        int bits = BitOperations.Log2((uint)hashes.Length);
        int shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount(Theta - 1) - bits);
        int[] ends = ArrayPool<int>.Shared.Rent((int)((Theta - 1) >> shift) + 1);
        ulong[] unsorted = ArrayPool<ulong>.Shared.Rent(hashes.Length);
        Span<int> places = ends.AsSpan(0, (int)((Theta - 1) >> shift) + 1);
        places.Clear();
        hashes.CopyTo(unsorted);
        foreach (ulong hash in hashes) places[(int)(hash >> shift)]++;
        int sum = 0;
        foreach (ref int place in places) (place, sum) = (sum, sum + place);
        foreach (ulong hash in unsorted.AsSpan(0, hashes.Length)) hashes[places[(int)(hash >> shift)]++] = hash;
        int start = 0;
        foreach (int end in places)
        {
            if (end - start > 1) hashes[start..end].Sort();
            start = end;
        }

        ArrayPool<int>.Shared.Return(ends);
        ArrayPool<ulong>.Shared.Return(unsorted);
    }

    private void Insert(ulong hash)
    {
        ulong[] slots = _slots;
        int mask = slots.Length - 1;
        int slot = unchecked((int)hash) & mask;
        while (slots[slot] != 0)
        {
            if (slots[slot] == hash) return;
            slot = (slot + 1) & mask;
        }

        slots[slot] = hash;
        _count++;
        if (_count > slots.Length / 8 * 7) MakeRoom();
    }

    private void MakeRoom()
    {
        // At 7/8 of twice k the table holds more than k hashes: from then on the largest go instead.
        bool grows = _slots.Length < 2L * k;
        if (!grows) Theta = NextTheta();
        ulong[] kept = ArrayPool<ulong>.Shared.Rent(_count + 1);
        int count = Keep(kept);
        if (grows) _slots = new ulong[_slots.Length * 2];
        else Array.Clear(_slots);
        _count = 0;
        foreach (ulong hash in kept.AsSpan(0, count)) Insert(hash);
        ArrayPool<ulong>.Shared.Return(kept);
    }

    /// <summary>Copies the hashes below θ; the target needs room for one more, which is written over.</summary>
    private int Keep(Span<ulong> target)
    {
        int count = 0;
        foreach (ulong hash in _slots)
        {
            target[count] = hash;

            // 0 wraps round to the largest number, so that empty slots are left out without a branch of their own.
            if (unchecked(hash - 1) < Theta - 1) count++;
        }

        return count;
    }

    /// <summary>The hash that k others are smaller than. Hashes are uniform, so a histogram leaves few to sort; were they not, all of them.</summary>
    private ulong NextTheta()
    {
        Span<int> histogram = stackalloc int[1 << BucketBits];
        histogram.Clear();
        int shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount(Theta) - BucketBits);
        foreach (ulong hash in _slots) histogram[(int)(hash >> shift)]++;
        histogram[0] -= _slots.Length - _count;

        int before = 0;
        int bucket = 0;
        while (before + histogram[bucket] <= k) before += histogram[bucket++];
        ulong[] rest = new ulong[histogram[bucket]];
        int next = 0;
        foreach (ulong hash in _slots)
        {
            if (hash >> shift == (ulong)bucket && hash != 0) rest[next++] = hash;
        }

        Array.Sort(rest);
        return rest[k - before];
    }
}
