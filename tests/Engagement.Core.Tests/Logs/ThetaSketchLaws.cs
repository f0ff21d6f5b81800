using CsCheck;
using Engagement.Core.Logs;

namespace Engagement.Core.Tests.Logs;

/// <summary>The laws of sketches over random columns of actors, most of them sampled.</summary>
public class ThetaSketchLaws
{
    private static readonly Gen<long[]> AnyActors = Gen.OneOf(Gen.Long[0, 60], Gen.Long[0, 2_000], Gen.Long[-5, 5], Gen.Long).Array[0, 120].Select(actors => actors.Where(actor => actor != DistinctActors.MissingActor).ToArray());
    private static readonly Gen<int> AnyK = Gen.OneOf(Gen.Const(16), Gen.Const(17), Gen.Const(31), Gen.Const(32), Gen.Const(64), Gen.Const(4_096));

    /// <summary>Hashes as they are, all in one place, and at both ends, in numbers around those where another way of sorting begins.</summary>
    [Fact]
    public void Hashes_of_any_distribution_are_kept_in_order() => Gen.Select(Gen.Int[0, 700], Gen.Int[0, 3], Gen.OneOf(Gen.Const(16), Gen.Const(63), Gen.Const(64), Gen.Const(65), Gen.Const(333), Gen.Const(4_096)), Gen.Int[0, int.MaxValue]).Sample(
        (count, kind, k, seed) =>
        {
            var random = new Random(seed);
            ulong[] hashes = [.. Enumerable.Range(0, count).Select(index => kind switch
            {
                0 => (ulong)random.NextInt64(1, long.MaxValue),
                1 => (ulong)random.Next(1, 400),
                2 => long.MaxValue - 1 - (ulong)random.Next(400),
                _ => 1UL << (index % 63),
            })];
            var smallest = new SmallestHashes(k);
            foreach (ulong hash in hashes) smallest.Add(hash);
            ulong[] expected = [.. hashes.Distinct().Order()];
            (ulong[] kept, ulong theta) = smallest.Sorted();
            Assert.Equal(expected.Take(k), kept);
            Assert.Equal(expected.Length > k ? expected[k] : SmallestHashes.Everything, theta);
        },
        iter: LawCases.Count / 10);

    /// <summary>Of few rows one thread makes the sketches whatever it is told; these are enough for three.</summary>
    [Theory]
    [InlineData(16, 3)]
    [InlineData(1_024, 3)]
    public void Sketches_of_many_rows_are_equal_on_any_number_of_threads(int entries, int cellCount)
    {
        var random = new Random(entries);
        long[] actors = [.. Enumerable.Range(0, 600_000).Select(_ => random.Next(50) == 0 ? DistinctActors.MissingActor : (long)(random.NextDouble() * random.NextDouble() * 90_000))];
        int[] cells = [.. actors.Select(_ => random.Next(cellCount))];
        IReadOnlyList<ThetaSketch> one = ThetaSketch.PerCell(actors, cells, cellCount, out long unknown, entries, cancellationToken: TestContext.Current.CancellationToken);
        foreach (int degree in (int[])[2, 3, 16])
        {
            Assert.Equal(one, ThetaSketch.PerCell(actors, cells, cellCount, out long alike, entries, degree, TestContext.Current.CancellationToken));
            Assert.Equal(unknown, alike);
        }

        for (int cell = 0; cell < cellCount; cell++) Assert.Equal(ThetaSketch.Of([.. actors.Where((_, row) => cells[row] == cell)], entries), one[cell]);
    }

    [Fact]
    public void Any_split_in_any_order_gives_the_sketch_of_the_whole_to_the_bit() => Gen.Select(AnyActors, AnyActors, AnyActors, AnyK, Gen.Int[0, 5]).Sample(
        (first, second, third, k, order) =>
        {
            byte[] whole = ThetaSketch.Of([.. first, .. second, .. third], k).ToBytes();
            ThetaSketch[] parts = [.. new[] { first, second, third }.Select(part => ThetaSketch.Of(part, k))];
            (ThetaSketch a, ThetaSketch b, ThetaSketch c) = (parts[order % 3], parts[(order + 1 + (order / 3)) % 3], parts[(order + 2 - (order / 3)) % 3]);
            Assert.Equal(whole, a.Union(b, k).Union(c, k).ToBytes());
            Assert.Equal(whole, a.Union(b.Union(c, k), k).ToBytes());
            Assert.Equal(whole, ThetaSketch.UnionOf([a, b, c], k).ToBytes());
        },
        iter: LawCases.Count);

    [Fact]
    public void Union_is_commutative_and_idempotent_and_nobody_adds_nothing() => Gen.Select(AnyActors, AnyActors, AnyK).Sample(
        (first, second, k) =>
        {
            (ThetaSketch a, ThetaSketch b) = (ThetaSketch.Of(first, k), ThetaSketch.Of(second, k));
            Assert.Equal(a.Union(b, k), b.Union(a, k));
            Assert.Equal(a, a.Union(a, k));
            Assert.Equal(a, a.Union(ThetaSketch.Empty, k));
            Assert.Equal(a.Union(b, k), a.Union(b, k).Union(b, k));
        },
        iter: LawCases.Count);

    [Fact]
    public void Sketches_made_with_different_k_unite_to_what_the_smaller_k_would_have_made() => Gen.Select(AnyActors, AnyActors, AnyK, AnyK).Sample(
        (first, second, one, other) => Assert.Equal(
            ThetaSketch.Of([.. first, .. second], Math.Min(one, other)),
            ThetaSketch.Of(first, one).Union(ThetaSketch.Of(second, other), Math.Min(one, other))),
        iter: LawCases.Count);

    [Fact]
    public void A_sketch_retains_the_k_smallest_hashes_and_theta_is_the_next() => Gen.Select(AnyActors, AnyK).Sample(
        (actors, k) =>
        {
            ulong[] hashes = Hashes(actors);
            Assert.Equal(hashes.Length > k ? new ThetaSketch(hashes[..k], hashes[k]) : new ThetaSketch(hashes, SmallestHashes.Everything), ThetaSketch.Of(actors, k));
        },
        iter: LawCases.Count);

    [Fact]
    public void Exact_sketches_are_sets() => Gen.Select(AnyActors, AnyActors).Sample(
        (first, second) =>
        {
            (HashSet<long> left, HashSet<long> right) = ([.. first], [.. second]);
            (ThetaSketch a, ThetaSketch b) = (ThetaSketch.Of(first), ThetaSketch.Of(second));
            Assert.Equal(left.Count, a.Estimate().Value);
            Assert.Equal(left.Union(right).Count(), a.Union(b).Estimate().Value);
            Assert.Equal(left.Intersect(right).Count(), a.Intersect(b).Estimate().Value);
            Assert.Equal(left.Except(right).Count(), a.Except(b).Estimate().Value);
            Assert.True(a.Union(b).Estimate().Value >= Math.Max(left.Count, right.Count));
        },
        iter: LawCases.Count);

    [Fact]
    public void Sampled_sketches_are_sets_of_the_hashes_below_the_smaller_theta() => Gen.Select(AnyActors, AnyActors, AnyK).Sample(
        (first, second, k) =>
        {
            (ThetaSketch a, ThetaSketch b) = (ThetaSketch.Of(first, k), ThetaSketch.Of(second, k));
            if (a.IsEmpty || b.IsEmpty) return;
            ulong theta = Math.Min(Theta(first, k), Theta(second, k));
            ulong[] left = [.. Hashes(first).Where(hash => hash < theta)];
            ulong[] right = [.. Hashes(second).Where(hash => hash < theta)];
            Assert.Equal(new ThetaSketch([.. left.Intersect(right)], theta), a.Intersect(b));
            Assert.Equal(new ThetaSketch([.. left.Except(right)], theta), a.Except(b));
            Assert.Equal(a.Intersect(b), b.Intersect(a));
            Assert.Equal(a.Intersect(b).RetainedEntries + a.Except(b).RetainedEntries, left.Length);
        },
        iter: LawCases.Count);

    [Fact]
    public void Bytes_and_back_is_the_same_sketch_with_the_same_bytes() => Gen.Select(AnyActors, AnyK).Sample(
        (actors, k) =>
        {
            var sketch = ThetaSketch.Of(actors, k);
            byte[] bytes = sketch.ToBytes();
            Assert.Equal(sketch, ThetaSketch.FromBytes(bytes));
            Assert.Equal(bytes, ThetaSketch.FromBytes(bytes).ToBytes());
        },
        iter: LawCases.Count);

    [Fact]
    public void A_builder_and_any_number_of_threads_make_the_same_sketches() => Gen.Select(AnyActors, Gen.Int[1, 5], Gen.Int[1, 4], AnyK, Gen.Int).Sample(
        (actors, cellCount, degree, k, seed) =>
        {
            var random = new Random(seed);
            int[] cells = [.. actors.Select(_ => random.Next(cellCount))];
            IReadOnlyList<ThetaSketch> sketches = ThetaSketch.PerCell(actors, cells, cellCount, out long without, k, degree);
            Assert.Equal(actors.Count(actor => actor == DistinctActors.MissingActor), without);
            for (int cell = 0; cell < cellCount; cell++)
            {
                var builder = new ThetaSketchBuilder(k);
                for (int row = 0; row < actors.Length; row++)
                {
                    if (cells[row] == cell) builder.Add(actors[row]);
                }

                Assert.Equal(builder.Build(), sketches[cell]);
            }
        },
        iter: LawCases.Count / 10);

    // Binomial with 1,000 trials at 95 %: within 93 and 97 % in all but 0.4 % of seeds, and this seed is fixed.
    [LongFact]
    public void The_95_percent_interval_holds_in_93_to_97_of_100_trials()
    {
        int held = 0;
        for (int trial = 0; trial < 1_000; trial++)
        {
            IntervalEstimate interval = ThetaSketch.Of(Actors(trial, 0, 20_000), 1_024).Estimate().Interval;
            if (interval.Lower <= 20_000 && 20_000 <= interval.Upper) held++;
        }

        Assert.InRange(held, 930, 970);
    }

    [LongFact]
    public void Intersections_and_differences_err_as_stated_and_their_intervals_hold()
    {
        // |A| = |B| = 12,000 with 4,000 in common: √(20,000 / (1,024 · 4,000)) and √(20,000 / (1,024 · 8,000)).
        (int common, int alone) = (0, 0);
        double squares = 0;
        double squaresAlone = 0;
        for (int trial = 0; trial < 1_000; trial++)
        {
            var left = ThetaSketch.Of(Actors(trial, 0, 12_000), 1_024);
            var right = ThetaSketch.Of(Actors(trial, 8_000, 12_000), 1_024);
            DistinctEstimate both = left.Intersect(right).Estimate();
            DistinctEstimate one = left.Except(right).Estimate();
            if (both.Interval.Lower <= 4_000 && 4_000 <= both.Interval.Upper) common++;
            if (one.Interval.Lower <= 8_000 && 8_000 <= one.Interval.Upper) alone++;
            squares += Math.Pow((both.Value / 4_000) - 1, 2);
            squaresAlone += Math.Pow((one.Value / 8_000) - 1, 2);
        }

        Assert.InRange(common, 930, 985);
        Assert.InRange(alone, 930, 985);
        Assert.InRange(Math.Sqrt(squares / 1_000), 0.7 * Math.Sqrt(20_000 / (1_024.0 * 4_000)), 1.05 * Math.Sqrt(20_000 / (1_024.0 * 4_000)));
        Assert.InRange(Math.Sqrt(squaresAlone / 1_000), 0.7 * Math.Sqrt(20_000 / (1_024.0 * 8_000)), 1.05 * Math.Sqrt(20_000 / (1_024.0 * 8_000)));
    }

    private static long[] Actors(int trial, int from, int count) => [.. Enumerable.Range(from, count).Select(actor => (trial * 1_000_000L) + actor)];

    private static ulong[] Hashes(long[] actors) => [.. actors.Where(actor => actor != DistinctActors.MissingActor).Select(actor => MurmurHash3.OfNumber(unchecked((ulong)actor)) >> 1).Distinct().Order()];

    private static ulong Theta(long[] actors, int k) => Hashes(actors) is { } hashes && hashes.Length > k ? hashes[k] : SmallestHashes.Everything;
}
