using System.Numerics;
using CsCheck;

namespace Engagement.Core.Tests.Reach;

/// <summary>Bounds of a union, by hand and against sets whose union is known.</summary>
public class UnionBoundsTests
{
    [Fact]
    public void Two_sets_are_known_by_their_overlap()
    {
        Assert.Equal((150, 150), Bounds([100, 80], (0, 1, 30)));

        // Whoever else is in a third set may be in the first two as well, or in neither.
        Assert.Equal((150, 155), Bounds([100, 80, 5], (0, 1, 30)));
        Assert.Equal((100, 180), Bounds([100, 80]));
        Assert.Equal((100, 120), (UnionBounds.Lower([100, 80], []), UnionBounds.Upper([100, 80], [], 120)));
        Assert.Throws<OverflowException>(() => UnionBounds.Lower([long.MaxValue, long.MaxValue], [new(0, 1, 0, 0)]));
    }

    [Fact]
    public void At_most_is_the_sum_less_the_heaviest_forest_of_overlaps()
    {
        // Of the circle 5, 4, 3 the two heaviest count: 30 − 9. In whatever order they are given.
        SetOverlap[] circle = [new(0, 2, 3, 3), new(1, 2, 4, 4), new(0, 1, 5, 5)];
        Assert.Equal(21, UnionBounds.Upper([10, 10, 10], circle, 1_000));
        Assert.Equal(21, UnionBounds.Upper([10, 10, 10], [.. circle.Reverse()], 1_000));
        Assert.Equal(20, UnionBounds.Upper([10, 10, 10], circle, 20));

        // Dawson–Sankoff: S₁ = 30, S₂ = 12, k = 1: 18; and the largest set and pairs say less.
        Assert.Equal(18, UnionBounds.Lower([10, 10, 10], circle));
    }

    [Fact]
    public void Of_many_sets_those_that_weaken_the_bound_are_left_out()
    {
        // 14 sets of 10 that nobody shares, and the first of them once, twice, four times more: still 140 persons. With all four copies at once the bound would be 86.
        foreach (int copies in new[] { 1, 2, 4 })
        {
            long[] sizes = [.. Enumerable.Repeat(10L, 14 + copies)];
            SetOverlap[] overlaps =
            [
                .. from first in Enumerable.Range(0, sizes.Length) from second in Enumerable.Range(first + 1, sizes.Length - first - 1)
                   let shared = (first == 0 || first >= 14) && second >= 14 ? 10 : 0 select new SetOverlap(first, second, shared, shared),
            ];
            Assert.Equal(140, UnionBounds.Lower(sizes, overlaps));
            Assert.Equal(140, UnionBounds.Upper(sizes, overlaps, 1_000));
        }
    }

    [Fact]
    public void Bounds_hold_the_union_of_many_sets() => Gen.Select(Gen.Int[2, 20], Gen.Int[0, 1_000_000], Gen.Double[0.05, 0.6], Gen.Double[0, 1]).Sample(
        (count, seed, density, told) =>
        {
            var random = new Random(seed);
            ulong[] sets = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 50).Aggregate(0UL, (set, person) => random.NextDouble() < density ? set | (1UL << person) : set))];
            long[] sizes = [.. sets.Select(set => (long)BitOperations.PopCount(set))];
            SetOverlap[] overlaps =
            [
                .. from first in Enumerable.Range(0, count) from second in Enumerable.Range(first + 1, count - first - 1) where random.NextDouble() < told
                   let shared = BitOperations.PopCount(sets[first] & sets[second]) select new SetOverlap(first, second, Math.Max(0, shared - random.Next(2)), shared + random.Next(2)),
            ];
            long union = BitOperations.PopCount(sets.Aggregate(0UL, (all, set) => all | set));
            Assert.InRange(union, UnionBounds.Lower(sizes, overlaps), UnionBounds.Upper(sizes, overlaps, 50));
            Assert.True(UnionBounds.Lower(sizes, overlaps) >= sizes.Max());
        },
        iter: LawCases.Count / 20);

    private static (long Lower, long Upper) Bounds(long[] sizes, params (int First, int Second, long Shared)[] overlaps)
    {
        SetOverlap[] known = [.. overlaps.Select(one => new SetOverlap(one.First, one.Second, one.Shared, one.Shared))];
        return (UnionBounds.Lower(sizes, known), UnionBounds.Upper(sizes, known, long.MaxValue));
    }
}
