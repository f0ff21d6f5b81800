using CsCheck;

namespace Engagement.Core.Tests.Statistics;

public class RatioIntervalsTests
{
    private static readonly double[] Reactions = [17, 19, 1, 17, 162, 103, 9, 35, 28, 29, 19, 4];
    private static readonly double[] Reach = [1503, 1060, 253, 1013, 2649, 1812, 249, 902, 2316, 1005, 584, 645];
    private static readonly int[] Weeks = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6];

    private static readonly Gen<(double Y, double X)[]> Rows =
        Gen.Select(Gen.Double[0, 1000], Gen.Double[1, 100_000]).Array[2, 40];

    [Fact]
    public void Linearised_is_what_svyratio_of_R_gives()
    {
        AssertNear(0.013675269288023807, RatioIntervals.Linearised(Reactions, Reach).Lower);
        AssertNear(0.049651154841773917, RatioIntervals.Linearised(Reactions, Reach).Upper);
    }

    [Fact]
    public void LinearisedByCluster_is_what_svyratio_of_R_gives_and_ignores_the_order_of_rows()
    {
        AssertNear(0.060459091860967581, RatioIntervals.LinearisedByCluster(Reactions, Reach, Weeks).Upper);
        AssertNear(0.060459091860967581, RatioIntervals.LinearisedByCluster([.. Reactions.Reverse()], [.. Reach.Reverse()], [.. Weeks.Reverse()]).Upper);
    }

    [Fact]
    public void Jackknife_is_what_the_JK1_weights_of_R_give()
    {
        var interval = RatioIntervals.Jackknife(Reactions, Reach);
        AssertNear(0.03166321206489886, (interval.Lower + interval.Upper) / 2);
        AssertNear(0.0089410017093438827, (interval.Upper - interval.Lower) / 2 / StudentDistribution.Quantile(11, 0.975));
    }

    [Fact]
    public void Clusters_of_one_row_each_are_no_clusters() =>
        Assert.Equal(RatioIntervals.Linearised(Reactions, Reach), RatioIntervals.LinearisedByCluster(Reactions, Reach, [.. Enumerable.Range(0, Reach.Length)]));

    [Fact]
    public void Twice_the_numerators_make_twice_the_interval() =>
        Gen.Select(Rows, Gen.Int[-20, 20]).Sample((rows, power) =>
        {
            double scale = Math.Pow(2, power);
            double[] y = [.. rows.Select(row => row.Y)], x = [.. rows.Select(row => row.X)];
            var (jackknife, linearised) = (RatioIntervals.Jackknife(y, x), RatioIntervals.Linearised(y, x));
            double[] scaled = [.. y.Select(value => value * scale)];
            Assert.Equal((jackknife.Lower * scale, jackknife.Upper * scale), Ends(RatioIntervals.Jackknife(scaled, x)));
            Assert.Equal((linearised.Lower * scale, linearised.Upper * scale), Ends(RatioIntervals.Linearised(scaled, x)));
            double[] wide = [.. x.Select(value => value * scale)];
            Assert.Equal((jackknife.Lower / scale, jackknife.Upper / scale), Ends(RatioIntervals.Jackknife(y, wide)));
        });

    [Fact]
    public void The_ratio_lies_in_the_middle() =>
        Rows.Sample(rows =>
        {
            double[] y = [.. rows.Select(row => row.Y)], x = [.. rows.Select(row => row.X)];
            foreach (var interval in new[] { RatioIntervals.Jackknife(y, x), RatioIntervals.Linearised(y, x) })
            {
                double width = interval.Upper - interval.Lower;
                Assert.Equal(0, (((interval.Lower + interval.Upper) / 2) - (y.Sum() / x.Sum())) / (width + (y.Sum() / x.Sum()) + 1e-300), 1e-13);
            }
        });

    [Fact]
    public void With_equal_denominators_both_are_the_t_interval_of_a_mean()
    {
        double[] y = [3, 1, 4, 1, 5, 9, 2, 6], x = [2, 2, 2, 2, 2, 2, 2, 2];
        double mean = y.Average(), error = Math.Sqrt(y.Sum(value => (value - mean) * (value - mean)) / 7 / 8) / 2;
        double upper = (mean / 2) + (2.3646242515927849 * error);
        AssertNear(upper, RatioIntervals.Jackknife(y, x).Upper);
        AssertNear(upper, RatioIntervals.Linearised(y, x).Upper);
    }

    [Fact]
    public void Rows_of_the_same_ratio_have_an_interval_without_width()
    {
        double[] x = [7, 70, 13, 29.5], y = [.. x.Select(value => value * 3)];
        Assert.Equal((3, 3), Ends(RatioIntervals.Jackknife(y, x)));
        Assert.Equal((3, 3), Ends(RatioIntervals.Linearised(y, x)));
    }

    [Fact]
    public void An_end_may_be_negative() => Assert.True(RatioIntervals.Jackknife([0, 0, 9], [10, 10, 10]).Lower < 0);

    [Fact]
    public void Without_the_row_that_carries_everything_there_is_no_jackknife()
    {
        Assert.False(RatioIntervals.TryJackknife([3, 0], [40, 0], out var interval));
        Assert.Equal(default, interval);
        var error = Assert.Throws<ArgumentException>(() => RatioIntervals.Jackknife([3, 0], [40, 0]));
        Assert.StartsWith("The denominators must stay positive in sum when any one row is left out, but one row carries them all: use Linearised, or a longer period with more rows.", error.Message, StringComparison.Ordinal);
        Assert.True(RatioIntervals.Linearised([3, 0], [40, 0]).Upper > 0);
    }

    [Fact]
    public void Bad_input_is_named_with_its_cure()
    {
        AssertMessage<ArgumentException>("numerators (1 values) must have at least two rows: the spread between rows is what the interval is made of.", () => RatioIntervals.Jackknife([1], [1]));
        AssertMessage<ArgumentException>("numerators (0 values) must have at least two rows: the spread between rows is what the interval is made of.", () => RatioIntervals.Linearised([], []));
        AssertMessage<ArgumentException>("numerators (2 values) and denominators (3 values) must have the same length: pass one value of each per row.", () => RatioIntervals.Jackknife([1, 2], [1, 2, 3]));
        AssertMessage<ArgumentException>("numerators (2 values) and clusters (1 values) must have the same length: pass one value of each per row.", () => RatioIntervals.LinearisedByCluster([1, 2], [1, 2], [1]));
        AssertMessage<ArgumentException>("clusters (1 different number) must tell at least two clusters apart: leave the clusters out, or use a longer period.", () => RatioIntervals.LinearisedByCluster([1, 2], [1, 2], [1, 1]));
        AssertMessage<ArgumentException>("denominators (sum 0) must have a positive sum: leave out what nobody could react to.", () => RatioIntervals.Linearised([1, 2], [0, 0]));
        AssertMessage<ArgumentOutOfRangeException>("denominators (-2) must not be negative: pass 0 for none, and leave out what is not known.", () => RatioIntervals.Jackknife([1, 2], [1, -2]));
        AssertMessage<ArgumentOutOfRangeException>("denominators (NaN) must be a finite number: leave out what has no value instead of passing NaN or infinity.", () => RatioIntervals.Jackknife([1, 2], [1, -double.NaN]));
        AssertMessage<ArgumentOutOfRangeException>("numerators (Infinity) must be a finite number: leave out what has no value instead of passing NaN or infinity.", () => RatioIntervals.Linearised([1, double.PositiveInfinity], [1, 2]));
        AssertMessage<ArgumentOutOfRangeException>("confidence (95) must lie between 0 and 1, both excluded: pass 0.95 for 95 %.", () => RatioIntervals.Linearised([1, 2], [1, 2], 95));
    }

    private static (double Lower, double Upper) Ends(IntervalEstimate interval) => (interval.Lower, interval.Upper);

    private static void AssertNear(double expected, double actual) => Assert.Equal(1, actual / expected, 1e-12);

    private static void AssertMessage<T>(string message, Action act)
        where T : ArgumentException => Assert.StartsWith(message, Assert.Throws<T>(act).Message, StringComparison.Ordinal);
}
