using System.Numerics;

namespace Engagement.Core;

/// <summary>How many are at least and at most in the union of sets whose sizes are known, and the overlaps of some pairs.</summary>
/// <remarks>Exact in whole numbers: every bound holds for every system of sets with such sizes and overlaps.</remarks>
internal static class UnionBounds
{
    // 2¹⁴ choices take milliseconds.
    private const int MostForEveryChoice = 14;

    /// <summary>Hunter–Worsley: Σ|A| − the heaviest spanning forest of the overlaps, at most <paramref name="limit"/>.</summary>
    public static long Upper(ReadOnlySpan<long> sizes, IReadOnlyCollection<SetOverlap> overlaps, long limit)
    {
        long sum = 0;
        foreach (long size in sizes) sum = Guard.Sum(sum, size, "reaches");
        if (overlaps.Count == 0) return Math.Min(sum, limit);

        // Kruskal's algorithm, the heaviest overlap first. A pair of unknown overlap has weight 0; the universe's own bound never makes such an edge worth more than the limit itself.
        int[] roots = [.. Enumerable.Range(0, sizes.Length)];
        foreach (SetOverlap overlap in overlaps.OrderByDescending(overlap => overlap.Least).ThenBy(overlap => overlap.First).ThenBy(overlap => overlap.Second))
        {
            int first = RootOf(roots, overlap.First);
            int second = RootOf(roots, overlap.Second);
            if (first == second) continue;
            roots[second] = first;
            sum -= overlap.Least;
        }

        return Math.Min(sum, limit);
    }

    /// <summary>
    /// The largest of: the largest set; the best pair |A| + |B| − |A∩B|; Dawson–Sankoff over some of the sets with a known overlap: over the best choice of up to 14 such sets;
    /// of more, over all and over what is left when the set that weakens it most is left out, again and again.
    /// </summary>
    public static long Lower(ReadOnlySpan<long> sizes, IReadOnlyCollection<SetOverlap> overlaps)
    {
        long best = 0;
        foreach (long size in sizes) best = Math.Max(best, size);
        if (overlaps.Count == 0) return best;
        foreach (SetOverlap overlap in overlaps) best = Math.Max(best, checked(sizes[overlap.First] + (sizes[overlap.Second] - overlap.Most)));

        int[] sets = [.. overlaps.SelectMany(overlap => new[] { overlap.First, overlap.Second }).Distinct().Order()];
        var positions = sets.Select((set, position) => (set, position)).ToDictionary(entry => entry.set, entry => entry.position);
        long[] known = new long[sets.Length];
        for (int position = 0; position < sets.Length; position++) known[position] = sizes[sets[position]];
        var most = overlaps.ToDictionary(overlap => (positions[overlap.First], positions[overlap.Second]), overlap => overlap.Most);

        // Of a pair with unknown overlap the smaller set may lie wholly in the larger one.
        long Overlap(int left, int right) => Math.Min(most.GetValueOrDefault((Math.Min(left, right), Math.Max(left, right)), long.MaxValue), Math.Min(known[left], known[right]));
        return Math.Max(best, known.Length <= MostForEveryChoice ? BestChoice(known, Overlap) : BestOfLeavingOut(known, Overlap));
    }

    private static long BestChoice(long[] sizes, Func<int, int, long> overlap)
    {
        // A choice is a bit mask: the sums of one without its lowest set are known already.
        var singles = new Int128[1 << sizes.Length];
        var pairs = new Int128[singles.Length];
        long best = 0;
        for (int choice = 1; choice < singles.Length; choice++)
        {
            int rest = choice & (choice - 1);
            int lowest = BitOperations.TrailingZeroCount(choice);
            singles[choice] = singles[rest] + sizes[lowest];
            pairs[choice] = pairs[rest];
            for (int others = rest; others != 0; others &= others - 1) pairs[choice] += overlap(lowest, BitOperations.TrailingZeroCount(others));
            if (rest != 0) best = Math.Max(best, DawsonSankoff(singles[choice], pairs[choice], BitOperations.PopCount((uint)choice)));
        }

        return best;
    }

    private static long BestOfLeavingOut(long[] sizes, Func<int, int, long> overlap)
    {
        List<int> rest = [.. Enumerable.Range(0, sizes.Length)];
        Int128[] overlapping = [.. rest.Select(left => rest.Where(right => right != left).Aggregate(Int128.Zero, (sum, right) => sum + overlap(left, right)))];
        Int128 singles = sizes.Aggregate(Int128.Zero, (sum, size) => sum + size);
        Int128 pairs = overlapping.Aggregate(Int128.Zero, (sum, part) => sum + part) / 2;
        long best = 0;
        while (rest.Count > 1)
        {
            best = Math.Max(best, DawsonSankoff(singles, pairs, rest.Count));
            int leave = rest.MaxBy(set => (overlapping[set] - sizes[set], -set));
            rest.Remove(leave);
            singles -= sizes[leave];
            pairs -= overlapping[leave];
            foreach (int set in rest) overlapping[set] -= overlap(set, leave);
        }

        return best;
    }

    /// <summary>2/(k + 1)·S₁ − 2/(k(k + 1))·S₂ with k = 1 + ⌊2·S₂/S₁⌋, rounded up: whole persons; S₁ the sum of the sizes, S₂ that of the overlaps of all pairs.</summary>
    private static long DawsonSankoff(Int128 singles, Int128 pairs, int sets)
    {
        if (singles == 0) return 0;
        Int128 k = Int128.Min(1 + (2 * pairs / singles), sets - 1);
        Int128 numerator = 2 * ((k * singles) - pairs);
        Int128 denominator = k * (k + 1);
        return (long)Int128.Max(0, (numerator + denominator - 1) / denominator);
    }

    private static int RootOf(int[] roots, int set)
    {
        while (roots[set] != set) set = roots[set] = roots[roots[set]];
        return set;
    }
}
