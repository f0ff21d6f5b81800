using System.Globalization;

namespace Engagement.Core.Tests.Statistics;

public class BootstrapTests(ITestOutputHelper output)
{
    private static readonly double[] Reactions = [17, 19, 1, 17, 162, 103, 9, 35, 28, 29, 19, 4];
    private static readonly double[] Reach = [1503, 1060, 253, 1013, 2649, 1812, 249, 902, 2316, 1005, 584, 645];

    [Fact]
    public void Intervals_from_resamples_that_R_drew_agree_with_the_shared_reference_tables()
    {
        var drawn = SharedData.Reference("bootstrap_indices.csv");
        var data = SharedData.Reference("ratio_data.csv");
        Deviations deviations = new();
        foreach (var set in SharedData.Reference("bootstrap_ci.csv").GroupBy(row => row["dataset"], StringComparer.Ordinal))
        {
            var own = drawn.Where(row => row["dataset"] == set.Key).ToList();
            var rows = data.Where(row => row["dataset"] == set.Key).ToList();
            double[] y = [.. rows.Select(row => row.Number("y"))], x = [.. rows.Select(row => row.Number("x"))];
            int[] indices = [.. own.SelectMany(row => row["indices_1based_space_separated"].Split(' ')).Select(text => int.Parse(text, CultureInfo.InvariantCulture) - 1)];
            double[] replicates = Bootstrap.RatioReplicates(y, x, indices);
            for (int i = 0; i < replicates.Length; i++) deviations.Note("replicate", $"{set.Key} {i}", replicates[i], own[i].Number("t"), 1e-15);
            double estimate = y.Sum() / x.Sum();
            foreach (var row in set)
            {
                double confidence = row.Number("confidence"), acceleration = row.Number("a");
                if (row["acceleration_from"] == "jackknife") deviations.Note("acceleration", set.Key, Bootstrap.RatioAcceleration(y, x), acceleration, 1e-11);
                IntervalEstimate interval = row["type"] switch
                {
                    "normal" => Bootstrap.Normal(replicates, estimate, confidence),
                    "basic" => Bootstrap.Basic(replicates, estimate, confidence),
                    "percent" => Bootstrap.Percentile(replicates, confidence),
                    "bca" => Bootstrap.TryBca(replicates, estimate, acceleration, out IntervalEstimate bca, confidence) ? bca : default,
                    _ => throw new InvalidOperationException($"The table has a type {row["type"]} that this test does not know."),
                };
                deviations.Note($"{row["type"]} lower", $"{set.Key} {row["confidence"]}", interval.Lower, row.Number("lower"), 1e-12);
                deviations.Note($"{row["type"]} upper", $"{set.Key} {row["confidence"]}", interval.Upper, row.Number("upper"), 1e-12);
            }
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(1000);
    }

    [Fact]
    public void A_resample_written_out_is_a_ratio_of_its_sums()
    {
        double[] replicates = Bootstrap.RatioReplicates([30, 12, 45], [400, 250, 500], indices: [0, 0, 2, 1, 2, 2]);
        Assert.Equal([105.0 / 1300, 102.0 / 1250], replicates);
    }

    // The three draws after seed 0 of SplitMix64, as published with its reference implementation.
    [Fact]
    public void The_generator_is_SplitMix64()
    {
        ulong state = 0;
        foreach (ulong expected in new ulong[] { 0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F })
        {
            unchecked { state += SplitMix64.Step; }

            Assert.Equal(expected, SplitMix64.Mix(state));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-20_141_120)]
    [InlineData(long.MinValue)]
    public void The_degree_of_parallelism_does_not_change_a_bit(long seed)
    {
        double[] one = Draw(Reactions, Reach, 1_001, seed);
        foreach (int degree in new[] { 2, 3, 16 }) Assert.Equal(one, Draw(Reactions, Reach, 1_001, seed, degree));
        Assert.Equal(one[..10], Draw(Reactions, Reach, 10, seed));
        Assert.NotEqual(one, Draw(Reactions, Reach, 1_001, unchecked(seed + 1)));
    }

    [Fact]
    public void Many_resamples_converge_to_the_enumeration_of_all_of_them()
    {
        double[] y = Reactions[..6], x = Reach[..6];
        List<int> all = [];
        for (int number = 0; number < 46_656; number++)
        {
            for (int digit = 0, rest = number; digit < 6; digit++, rest /= 6) all.Add(rest % 6);
        }

        double[] exact = Bootstrap.RatioReplicates(y, x, [.. all]), drawn = Draw(y, x, 400_000, 6, 2);
        double estimate = y.Sum() / x.Sum(), acceleration = Bootstrap.RatioAcceleration(y, x);
        Assert.Equal(SampleStatistics.Mean(exact), SampleStatistics.Mean(drawn), 1e-4);
        Assert.Equal(1, SampleStatistics.SampleStandardDeviation(drawn) / SampleStatistics.SampleStandardDeviation(exact), 0.01);
        (IntervalEstimate left, IntervalEstimate right) = (Bootstrap.Percentile(exact), Bootstrap.Percentile(drawn));
        Assert.Equal(1, right.Lower / left.Lower, 0.01);
        Assert.Equal(1, right.Upper / left.Upper, 0.01);
        Assert.True(Bootstrap.TryBca(exact, estimate, acceleration, out left));
        Assert.True(Bootstrap.TryBca(drawn, estimate, acceleration, out right));
        Assert.Equal(1, right.Lower / left.Lower, 0.01);
        Assert.Equal(1, right.Upper / left.Upper, 0.01);
    }

    [Fact]
    public void The_ready_made_interval_is_made_of_its_parts()
    {
        Assert.True(Bootstrap.TryRatioBca(Reactions, Reach, seed: 7, out IntervalEstimate ready, resamples: 999, confidence: 0.9, cancellationToken: TestContext.Current.CancellationToken));
        double[] replicates = Draw(Reactions, Reach, 999, 7);
        Assert.True(Bootstrap.TryBca(replicates, Reactions.Sum() / Reach.Sum(), Bootstrap.RatioAcceleration(Reactions, Reach), out IntervalEstimate parts, 0.9));
        Assert.Equal(parts, ready);
        Assert.Equal(IntervalMethod.BootstrapBca, ready.Method);
    }

    [Fact]
    public void Rows_that_do_not_differ_or_one_that_carries_everything_have_no_interval()
    {
        Assert.False(Bootstrap.TryRatioBca([1, 1, 1], [2, 2, 2], seed: 1, out IntervalEstimate interval, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(default, interval);
        Assert.False(Bootstrap.TryRatioBca([1, 1], [2, 0], seed: 1, out _, cancellationToken: TestContext.Current.CancellationToken));
        Assert.False(Bootstrap.TryBca([1, 2, 3], 10, 0, out _));
        Assert.False(Bootstrap.TryBca([1, 2, 3], 0, 0, out _));
        Assert.Equal(0, Bootstrap.RatioAcceleration([1, 1, 1], [2, 2, 2]));
    }

    [Fact]
    public void Work_that_is_cancelled_ends()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Bootstrap.RatioReplicates(Reactions, Reach, 1000, 1, 1, source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => Bootstrap.RatioReplicates(Reactions, Reach, 1000, 1, 2, source.Token));
    }

    [Fact]
    public void Bad_input_is_named_with_its_cure()
    {
        AssertMessage<ArgumentException>("numerators (2 values) and denominators (1 values) must have the same length: pass one value of each per row.", () => Draw([1, 2], [1], 10, 1));
        AssertMessage<ArgumentOutOfRangeException>("resamples (0) must be at least 1: pass 9999.", () => Draw([1, 2], [1, 2], 0, 1));
        AssertMessage<ArgumentOutOfRangeException>("resamples (1) must be at least 2: pass 9999.", () => Bootstrap.TryRatioBca([1, 2], [1, 2], 0, out _, resamples: 1, cancellationToken: TestContext.Current.CancellationToken));
        AssertMessage<ArgumentOutOfRangeException>("degreeOfParallelism (0) must be at least 1: pass 1, or Environment.ProcessorCount.", () => Draw([1, 2], [1, 2], 10, 1, 0));
        AssertMessage<ArgumentOutOfRangeException>("indices (2) must be a row from 0 to 1: count rows from 0.", () => Bootstrap.RatioReplicates([1, 2], [1, 2], [0, 2]));
        AssertMessage<ArgumentOutOfRangeException>("indices (-1) must be a row from 0 to 1: count rows from 0.", () => Bootstrap.RatioReplicates([1, 2], [1, 2], [0, -1]));
        AssertMessage<ArgumentException>("indices (3 values) must be a whole number of resamples of 2 rows: pass as many for each resample as there are rows.", () => Bootstrap.RatioReplicates([1, 2], [1, 2], [0, 1, 1]));
        AssertMessage<ArgumentException>("denominators are 0 in so many rows that a resample has no positive sum: leave out rows without a denominator.", () => Bootstrap.RatioReplicates([1, 2], [1, 0], [1, 1]));
        AssertMessage<ArgumentException>("replicates (1 values) must be at least two: draw 9999.", () => Bootstrap.Percentile([1]));
        AssertMessage<ArgumentOutOfRangeException>("replicates (NaN) must be a finite number: leave out what has no value instead of passing NaN or infinity.", () => Bootstrap.Percentile([1, double.NaN]));
        AssertMessage<ArgumentOutOfRangeException>("estimate (NaN) must be a finite number: leave out what has no value instead of passing NaN or infinity.", () => Bootstrap.Basic([1, 2], double.NaN));
        AssertMessage<ArgumentOutOfRangeException>("confidence (1) must lie between 0 and 1, both excluded: pass 0.95 for 95 %.", () => Bootstrap.Normal([1, 2], 1, 1));
    }

    private static double[] Draw(double[] y, double[] x, int resamples, long seed, int degree = 1) => Bootstrap.RatioReplicates(y, x, resamples, seed, degree, TestContext.Current.CancellationToken);

    private static void AssertMessage<T>(string message, Func<object> act)
        where T : ArgumentException => Assert.StartsWith(message, Assert.Throws<T>(act).Message, StringComparison.Ordinal);
}
