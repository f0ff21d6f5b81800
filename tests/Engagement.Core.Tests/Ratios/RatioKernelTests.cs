using CsCheck;

namespace Engagement.Core.Tests.Ratios;

/// <summary>The loops over columns against the plainest arithmetic, for every short length and around every border of a block.</summary>
public class RatioKernelTests
{
    private const long Missing = Count.MissingInColumn;
    private static readonly EngagementRatioCalculator Pooled = new(EngagementRatioDefinitions.ByReach);
    private static readonly EngagementRatioCalculator Mean = new(EngagementRatioDefinitions.ByReach.With("mean", aggregation: Aggregation.MeanOfPublications));
    private static readonly EngagementRatioCalculator Median = new(EngagementRatioDefinitions.ByReach.With("median", aggregation: Aggregation.MedianOfPublications));

    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 257), 511, 512, 513, 4_095, 4_096, 4_097, 8_191, 8_192, 8_200];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Every_length_gives_what_plain_arithmetic_gives(int length)
    {
        (long[] interactions, long[] bases) = Columns(length, seed: length);
        double[] ratios = new double[length];
        Pooled.Calculate(interactions, bases, ratios);
        var defined = new List<double>();
        long top = 0;
        long bottom = 0;
        for (int row = 0; row < length; row++)
        {
            double expected = interactions[row] == Missing || bases[row] is Missing or 0 ? double.NaN : (double)interactions[row] / bases[row];
            Assert.Equal(expected, ratios[row]);
            if (!double.IsNaN(expected)) defined.Add(expected);
            if (interactions[row] == Missing || bases[row] == Missing) continue;
            top += interactions[row];
            bottom += bases[row];
        }

        Ratio pooled = Pooled.Calculate(interactions, bases);
        Assert.Equal((top, bottom), ((long)pooled.Numerator, (long)pooled.Denominator));
        Assert.Equal(defined.Count == 0 ? null : defined.Average(), Mean.Calculate(interactions, bases).Value, Nearly);
        defined.Sort();
        Assert.Equal(defined.Count == 0 ? null : (defined[(defined.Count - 1) / 2] + defined[defined.Count / 2]) / 2, Median.Calculate(interactions, bases).Value, Nearly);
    }

    [Fact]
    public void A_mean_has_the_same_bits_on_every_machine()
    {
        // Eight lanes by row number, added in one order, written out here in scalar arithmetic; the suite runs at every vector width.
        (long[] interactions, long[] bases) = Columns(10_000, seed: 7);
        double[] lanes = new double[8];
        int rows = 0;
        for (int row = 0; row < interactions.Length; row++)
        {
            if (interactions[row] == Missing || bases[row] is Missing or 0) continue;
            lanes[row % 8] += (double)interactions[row] / bases[row];
            rows++;
        }

        double sum = (lanes[0] + lanes[4] + (lanes[1] + lanes[5])) + (lanes[2] + lanes[6] + (lanes[3] + lanes[7]));
        Assert.Equal(Ratio.Of(sum, rows), Mean.Calculate(interactions, bases));
    }

    [Fact]
    public void Counts_up_to_the_largest_convert_as_one_by_one() => Gen.Long[0, long.MaxValue].Array[0, 40].Sample(
        counts =>
        {
            long[] bases = [.. counts.Select(count => (count % 1_000_003) + 1)];
            double[] ratios = new double[counts.Length];
            Pooled.Calculate(counts, bases, ratios);
            for (int row = 0; row < counts.Length; row++) Assert.Equal((double)counts[row] / bases[row], ratios[row]);
        },
        iter: 10_000);

    /// <summary>Around the powers of two where the way of converting changes and where doubles round, in each lane beside each other.</summary>
    [Fact]
    public void Counts_around_the_borders_of_a_double_convert_as_one_by_one()
    {
        long[] counts = [0, 1, .. new[] { 51, 52, 53, 62 }.SelectMany(power => new[] { (1L << power) - 1, 1L << power, (1L << power) + 1 }), long.MaxValue, Count.MissingInColumn];
        long[] tops = [.. counts.SelectMany(count => counts.Select(_ => count))];
        long[] bottoms = [.. counts.SelectMany(_ => counts)];
        for (int start = 0; start < 8; start++)
        {
            double[] ratios = new double[tops.Length - start];
            Pooled.Calculate(tops.AsSpan(start), bottoms.AsSpan(start), ratios);
            for (int row = 0; row < ratios.Length; row++)
            {
                (long top, long bottom) = (tops[start + row], bottoms[start + row]);
                Assert.Equal(BitConverter.DoubleToInt64Bits(top < 0 || bottom <= 0 ? double.NaN : (double)top / bottom), BitConverter.DoubleToInt64Bits(ratios[row]));
            }
        }
    }

    [Fact]
    public void Three_columns_of_known_counts_equal_their_sum() => Gen.Select(Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000]).Array[0, 60].Sample(
        rows =>
        {
            long[] likes = [.. rows.Select(row => row.Item1)];
            long[] comments = [.. rows.Select(row => row.Item2)];
            long[] shares = [.. rows.Select(row => row.Item3)];
            long[] bases = [.. rows.Select(row => row.Item4)];
            long[] sums = [.. rows.Select(row => row.Item1 + row.Item2 + row.Item3)];
            foreach (EngagementRatioCalculator calculator in new[] { Pooled, Mean, Median }) Assert.Equal(calculator.Calculate(sums, bases), calculator.Calculate(likes, comments, shares, bases));
        },
        iter: 10_000);

    [Fact]
    public void A_negative_count_is_found_in_every_position()
    {
        for (int length = 1; length < 40; length++)
        {
            for (int bad = 0; bad < length; bad++)
            {
                long[] counts = new long[length];
                long[] others = [.. Enumerable.Repeat(Missing, length)];
                counts[bad] = -1;
                string place = FormattableString.Invariant($"in row {bad}");
                Assert.Contains(place, Assert.Throws<ArgumentOutOfRangeException>(() => Pooled.Calculate(counts, others)).Message, StringComparison.Ordinal);
                Assert.Contains(place, Assert.Throws<ArgumentOutOfRangeException>(() => Pooled.Calculate(others, counts)).Message, StringComparison.Ordinal);
                Assert.Contains(place, Assert.Throws<ArgumentOutOfRangeException>(() => Mean.Calculate(others, counts)).Message, StringComparison.Ordinal);
                Assert.Contains(place, Assert.Throws<ArgumentOutOfRangeException>(() => Pooled.Calculate(counts, others, new double[length])).Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_negative_count_far_down_is_named_by_its_own_row()
    {
        foreach (int bad in (int[])[511, 512, 4_095, 4_096, 9_999])
        {
            long[] counts = new long[10_000];
            counts[bad] = -1;
            string place = FormattableString.Invariant($"in row {bad}:");
            foreach (EngagementRatioCalculator calculator in new[] { Pooled, Mean, Median })
            {
                Assert.Contains(place, Assert.Throws<ArgumentOutOfRangeException>(() => calculator.Calculate(counts, new long[10_000])).Message, StringComparison.Ordinal);
                Assert.Contains(place, Assert.Throws<ArgumentOutOfRangeException>(() => calculator.Calculate(new long[10_000], counts)).Message, StringComparison.Ordinal);
            }

            Assert.Contains(place, Assert.Throws<ArgumentOutOfRangeException>(() => Pooled.Calculate(counts, counts, new double[10_000])).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_door_over_numbers_or_columns_allocates()
    {
        (long[] interactions, long[] bases) = Columns(5_000, seed: 3);
        double[] ratios = new double[5_000];
        long[] reaches = [9_000, 133, 38, 324];
        var reach = new ReachPerMemberCalculator();
        void Run()
        {
            Pooled.Calculate(interactions, bases, ratios);
            Pooled.Calculate(interactions, interactions, interactions, bases, ratios);
            foreach (EngagementRatioCalculator calculator in (ReadOnlySpan<EngagementRatioCalculator>)[Pooled, Mean, Median])
            {
                calculator.Calculate(interactions, bases);
                calculator.Calculate(interactions, interactions, interactions, bases);
            }

            reach.Calculate(interactions, 110_000, ratios);
            NetReach.Of(reaches, 110_000);
            _ = EngagementRatio.Of(42, 324).Value + ReachPerMember.Of(9_000, 110_000).PerThousand + ProportionIntervals.Wilson(5, 20).Upper;
        }

        for (int warmUp = 0; warmUp < 200; warmUp++) Run();

        // A collection on another thread may empty the array pool in between, and on a busy machine the code that does not box is long in coming; neither lasts.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 500 && least > 0; attempt++)
        {
            if (attempt > 0) Thread.Sleep(10);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int round = 0; round < 20; round++) Run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static bool Nearly(double? expected, double? actual) => expected == actual || Math.Abs(expected!.Value - actual!.Value) <= 1e-13 * Math.Abs(expected.Value);

    private static (long[] Interactions, long[] Bases) Columns(int length, int seed)
    {
        var random = new Random(seed);
        long Count(long limit) => random.Next(12) == 0 ? Missing : random.NextInt64(limit);
        return ([.. Enumerable.Range(0, length).Select(_ => Count(5_000))], [.. Enumerable.Range(0, length).Select(row => row % 17 == 3 ? 0 : Count(100_000))]);
    }
}
