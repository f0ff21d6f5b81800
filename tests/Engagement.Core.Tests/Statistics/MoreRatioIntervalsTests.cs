using CsCheck;

namespace Engagement.Core.Tests.Statistics;

public class MoreRatioIntervalsTests
{
    private static readonly double[] Reactions = [17, 19, 1, 17, 162, 103, 9, 35, 28, 29, 19, 4];
    private static readonly double[] Reach = [1503, 1060, 253, 1013, 2649, 1812, 249, 902, 2316, 1005, 584, 645];
    private static readonly int[] Weeks = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6];

    private static readonly Gen<(double Y, double X)[]> Rows = Gen.Select(Gen.Double[0, 1000], Gen.Double[1, 100_000]).Array[2, 40];

    [Fact]
    public void One_stratum_is_no_stratum()
    {
        int[] one = new int[12];
        AssertNear(RatioIntervals.Linearised(Reactions, Reach), RatioIntervals.LinearisedByStratum(Reactions, Reach, one, []));
        AssertNear(RatioIntervals.LinearisedByCluster(Reactions, Reach, Weeks), RatioIntervals.LinearisedByStratum(Reactions, Reach, one, Weeks));
    }

    // Two strata of two rows, by hand: R = 1/4, e = (0.5, −0.5, 1, −1); variance of Σe = 2·0.5 + 2·2 = 5; se = √5/16, and t of 2 degrees of freedom is 0.95 √(2/(1 − 0.95²)).
    [Fact]
    public void Strata_leave_the_difference_between_them_out_of_the_spread()
    {
        IntervalEstimate interval = RatioIntervals.LinearisedByStratum([1.5, 0.5, 2, 0], [4, 4, 4, 4], [7, 7, 3, 3], []);
        Assert.Equal(0.25 + (0.95 * Math.Sqrt(2 / 0.0975) * Math.Sqrt(5) / 16), interval.Upper, 1e-14);
    }

    [Fact]
    public void A_jackknife_by_cluster_is_that_of_the_clusters_sums()
    {
        Assert.True(RatioIntervals.TryJackknifeByCluster(Reactions, Reach, Weeks, out IntervalEstimate interval));
        double[] y = [36, 18, 265, 44, 57, 23], x = [2563, 1266, 4461, 1151, 3321, 1229];
        Assert.Equal(RatioIntervals.Jackknife(y, x), interval);
        Assert.False(RatioIntervals.TryJackknifeByCluster([1, 2, 3], [0, 0, 4], [1, 1, 2], out _));
    }

    [Fact]
    public void Fiellers_ends_are_where_the_t_statistic_reaches_its_quantile() =>
        Rows.Sample(rows =>
        {
            double[] y = [.. rows.Select(row => row.Y)], x = [.. rows.Select(row => row.X)];
            double n = y.Length, mean = x.Average(), t = StudentDistribution.Quantile(n - 1, 0.975);
            double statistic = mean / Math.Sqrt(SampleStatistics.SampleVariance(x) / n);
            bool found = RatioIntervals.TryFieller(y, x, out IntervalEstimate interval);
            if (Math.Abs((statistic / t) - 1) > 1e-9) Assert.Equal(statistic > t, found);
            if (!found) return;
            Assert.InRange(y.Sum() / x.Sum(), interval.Lower, interval.Upper);
            foreach (double end in new[] { interval.Lower, interval.Upper })
            {
                double[] rest = [.. rows.Select(row => row.Y - (end * row.X))];
                double spread = Math.Sqrt(SampleStatistics.SampleVariance(rest) / n);
                if (spread > 1e-6 && statistic > 1.01 * t) Assert.Equal(t, Math.Abs(rest.Average() / spread), 1e-6);
            }
        });

    [Fact]
    public void With_equal_denominators_Fieller_is_the_t_interval_of_a_mean()
    {
        double[] y = [3, 1, 4, 1, 5, 9, 2, 6], x = [2, 2, 2, 2, 2, 2, 2, 2];
        Assert.True(RatioIntervals.TryFieller(y, x, out IntervalEstimate interval));
        AssertNear(RatioIntervals.Linearised(y, x), interval);
        Assert.Equal(IntervalMethod.Fieller, interval.Method);
    }

    [Fact]
    public void Without_a_denominator_clearly_above_0_Fieller_has_no_interval()
    {
        Assert.False(RatioIntervals.TryFieller([1, 2, 3], [0, 0, 5], out IntervalEstimate interval));
        Assert.Equal(default, interval);
        Assert.True(RatioIntervals.TryFieller([2, 4, 6], [1, 2, 3], out IntervalEstimate exact, 0.5));
        Assert.Equal((2, 2), (exact.Lower, exact.Upper));
    }

    [Fact]
    public void Columns_give_the_same_ends_as_single_calls_at_every_length() =>
        Gen.Select(Gen.OneOf(Gen.Long[1, 50], Gen.Long[1, long.MaxValue]).SelectMany(n => Gen.OneOf(Gen.Long[0, n], Gen.Const(n), Gen.Const(0L)), (n, x) => (X: x, N: n)).Array[0, 70], Gen.Double[0.1, 0.999]).Sample((rows, level) =>
        {
            long[] x = [.. rows.Select(row => row.X)], n = [.. rows.Select(row => row.N)];
            double[] lower = new double[x.Length], upper = new double[x.Length];
            ProportionIntervals.WilsonColumns(x, n, lower, upper, level);
            for (int i = 0; i < x.Length; i++)
            {
                IntervalEstimate single = ProportionIntervals.Wilson(x[i], n[i], level);
                Assert.Equal((single.Lower, single.Upper), (lower[i], upper[i]));
            }
        });

    [Fact]
    public void Rows_of_a_column_without_trials_or_marked_missing_have_no_interval()
    {
        double[] lower = new double[20], upper = new double[20];
        long[] x = new long[20], n = new long[20];
        Array.Fill(n, 10);
        (x[3], n[3]) = (0, 0);
        n[5] = Count.MissingInColumn;
        x[18] = Count.MissingInColumn;
        ProportionIntervals.WilsonColumns(x, n, lower, upper);
        for (int i = 0; i < 20; i++) Assert.Equal(i is 3 or 5 or 18, double.IsNaN(lower[i]) && double.IsNaN(upper[i]));
    }

    [Theory]
    [InlineData(-1, 5, "Row 9 has -1 successes of 5 trials")]
    [InlineData(6, 5, "Row 9 has 6 successes of 5 trials")]
    [InlineData(1, 0, "Row 9 has 1 successes of 0 trials")]
    [InlineData(0, -5, "Row 9 has 0 successes of -5 trials")]
    public void A_bad_row_of_a_column_is_named(long bad, long trials, string message)
    {
        long[] x = new long[11], n = new long[11];
        (x[9], n[9]) = (bad, trials);
        var error = Assert.Throws<ArgumentException>(() => ProportionIntervals.WilsonColumns(x, n, new double[11], new double[11]));
        Assert.StartsWith($"{message}, but both must not be negative, and successes not exceed trials: mend the row, or mark it as missing.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ProportionIntervals.WilsonColumns(x, n, new double[10], new double[11]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionIntervals.WilsonColumns(x, n, new double[11], new double[11], 1));
    }

    [Fact]
    public void Bad_strata_and_clusters_are_named_with_their_cure()
    {
        AssertMessage("strata (2) must have at least two clusters each: join a stratum of one to another.", () => RatioIntervals.LinearisedByStratum([1, 2, 3], [1, 2, 3], [1, 1, 2], []));
        AssertMessage("numerators (2 values) and strata (1 values) must have the same length: pass one value of each per row.", () => RatioIntervals.LinearisedByStratum([1, 2], [1, 2], [1], []));
        AssertMessage("numerators (2 values) and clusters (1 values) must have the same length: pass one value of each per row.", () => RatioIntervals.TryJackknifeByCluster([1, 2], [1, 2], [1], out _));
        AssertMessage("clusters (1 different number) must tell at least two clusters apart: leave the clusters out, or use a longer period.", () => RatioIntervals.TryJackknifeByCluster([1, 2], [1, 2], [1, 1], out _));
    }

    // R's binom.confint, as recorded in the shared folder: Agresti–Coull is not cut there, and figures of the last four samples have seven digits.
    [Fact]
    public void Proportion_intervals_agree_with_binom_confint_of_R()
    {
        foreach (var row in SharedData.Parse(SharedData.Statistics("r_binom_confint.csv")))
        {
            (long x, long n, double level) = (row.Whole("successes"), row.Whole("trials"), row.Number("conf_level"));
            IntervalEstimate? interval = row["method"] switch
            {
                "wilson" => ProportionIntervals.Wilson(x, n, level),
                "exact" => ProportionIntervals.ClopperPearson(x, n, level),
                "prop.test" => ProportionIntervals.WilsonContinuityCorrected(x, n, level),
                "agresti-coull" => ProportionIntervals.AgrestiCoull(x, n, level),
                _ => null,
            };
            if (interval is not { } found) continue;

            // Exact: seven digits where n is 30, about thirteen elsewhere.
            double room = n == 30 ? 5e-8 : 2e-9;
            Assert.Equal(Math.Max(0, row.Number("lower")), found.Lower, room);
            Assert.Equal(Math.Min(1, row.Number("upper")), found.Upper, room);
        }
    }

    private static void AssertNear(IntervalEstimate expected, IntervalEstimate actual)
    {
        Assert.Equal(1, actual.Lower / expected.Lower, 1e-12);
        Assert.Equal(1, actual.Upper / expected.Upper, 1e-12);
    }

    private static void AssertMessage(string message, Func<object> act) => Assert.StartsWith(message, Assert.Throws<ArgumentException>(act).Message, StringComparison.Ordinal);
}
