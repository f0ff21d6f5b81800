namespace Engagement.Core.Tests.Statistics;

public class ProportionAndRateTests
{
    [Fact]
    public void The_examples_in_the_documentation_are_true()
    {
        Assert.Equal("[0.0975, 0.1677] Wilson 95 %", ProportionIntervals.Wilson(45, 350).ToString());
        Assert.Equal("[0.09624, 0.1693] WilsonContinuityCorrected 95 %", ProportionIntervals.WilsonContinuityCorrected(45, 350).ToString());
        Assert.Equal("[0, 0.09251] ClopperPearson 95 %", ProportionIntervals.ClopperPearson(0, 38).ToString());
        Assert.Equal("[0.0966, 0.1667] Jeffreys 95 %", ProportionIntervals.Jeffreys(45, 350).ToString());
        Assert.Equal("[0.09727, 0.1679] AgrestiCoull 95 %", ProportionIntervals.AgrestiCoull(45, 350).ToString());
        Assert.Equal("[1.199, 4.598] Garwood 95 %", RateIntervals.Garwood(10, 4).ToString());
        Assert.Equal("[1.358, 4.602] PoissonScore 95 %", RateIntervals.Score(10, 4).ToString());
        Assert.Equal("[1.285, 4.435] PoissonJeffreys 95 %", RateIntervals.Jeffreys(10, 4).ToString());
        Assert.Equal("[0.02879, 0.1225] Jackknife 95 %", RatioIntervals.Jackknife([30, 12, 45], [400, 250, 500]).ToString());
        Assert.Equal("[0.02998, 0.1213] Linearised 95 %", RatioIntervals.Linearised([30, 12, 45], [400, 250, 500]).ToString());
        Assert.Equal("[0.0322, 0.1155] Linearised 95 %", RatioIntervals.LinearisedByCluster([30, 12, 45, 9], [400, 250, 500, 150], clusters: [1, 1, 2, 3]).ToString());
    }

    [Fact]
    public void The_constants_of_the_usual_levels_are_the_quantiles_to_the_last_digit()
    {
        // One double beside the tail, the constant is out of reach and the search runs.
        foreach (double tail in new[] { 0.1, 0.05, 0.025, 0.005, 0.0005 })
        {
            double constant = NormalDistribution.UpperQuantile(tail), searched = NormalDistribution.UpperQuantile(Math.BitIncrement(tail));
            Assert.Equal(1, searched / constant, 1e-15);
        }
    }

    [Theory]
    [InlineData(0.8, 0.1)]
    [InlineData(0.9, 0.05)]
    [InlineData(0.95, 0.025)]
    [InlineData(0.99, 0.005)]
    [InlineData(0.999, 0.0005)]
    [InlineData(0.9999999, 5e-8)]
    public void A_level_means_its_decimal_number(double confidence, double tail) => Assert.Equal(tail, ConfidenceLevel.Tail(confidence));

    [Fact]
    public void The_smallest_level_and_the_largest_are_allowed()
    {
        var narrow = ProportionIntervals.Wilson(5, 10, double.Epsilon);
        Assert.Equal(0.5, narrow.Lower, 1e-15);
        var wide = ProportionIntervals.ClopperPearson(5, 10, Math.BitDecrement(1));
        Assert.InRange(wide.Lower, 0, 0.001);
        Assert.True(RateIntervals.Garwood(3, 1, Math.BitDecrement(1)).Upper > 40);
    }

    [Fact]
    public void The_largest_counts_are_allowed()
    {
        var interval = ProportionIntervals.Wilson(long.MaxValue / 2, long.MaxValue);
        Assert.Equal(0.5, interval.Lower, 1e-8);
        Assert.InRange(ProportionIntervals.ClopperPearson(1, long.MaxValue).Upper, 1e-19, 1e-18);
        Assert.InRange(RateIntervals.Garwood(long.MaxValue, 1).Lower, 9.2e18, 9.3e18);
    }

    [Fact]
    public void Bad_proportions_are_named_with_their_cure()
    {
        Func<long, long, double, IntervalEstimate>[] all =
        [
            ProportionIntervals.Wilson, ProportionIntervals.WilsonContinuityCorrected, ProportionIntervals.ClopperPearson, ProportionIntervals.Jeffreys, ProportionIntervals.AgrestiCoull,
        ];
        foreach (var interval in all)
        {
            AssertMessage("successes", "successes (-1) must not be negative: pass 0 for none, and leave out what is not known.", () => interval(-1, 10, 0.95));
            AssertMessage("trials", "trials (0) must be at least 1: a proportion of nothing has no interval, so leave it out.", () => interval(0, 0, 0.95));
            AssertMessage("successes", "successes (11) must not exceed trials (10): for events that can happen more than once per person, use RateIntervals.", () => interval(11, 10, 0.95));
            AssertMessage("confidence", "confidence (95) must lie between 0 and 1, both excluded: pass 0.95 for 95 %.", () => interval(5, 10, 95));
            AssertMessage("confidence", "confidence (NaN) must lie between 0 and 1, both excluded: pass 0.95 for 95 %.", () => interval(5, 10, double.NaN));
        }
    }

    [Fact]
    public void Bad_rates_are_named_with_their_cure()
    {
        Func<long, double, double, IntervalEstimate>[] all = [RateIntervals.Garwood, RateIntervals.Score, RateIntervals.Jeffreys];
        foreach (var interval in all)
        {
            AssertMessage("events", "events (-1) must not be negative: pass 0 for none, and leave out what is not known.", () => interval(-1, 10, 0.95));
            AssertMessage("exposure", "exposure (0) must be positive: a rate per nothing has no interval, so leave it out.", () => interval(1, 0, 0.95));
            AssertMessage("exposure", "exposure (NaN) must be a finite number: leave out what has no value instead of passing NaN or infinity.", () => interval(1, double.NaN, 0.95));
            AssertMessage("exposure", "exposure (1E-320) is too small for a finite rate: pass the exposure in a smaller unit.", () => interval(1, 1e-320, 0.95));
            AssertMessage("confidence", "confidence (0) must lie between 0 and 1, both excluded: pass 0.95 for 95 %.", () => interval(5, 10, 0));
        }
    }

    private static void AssertMessage(string parameter, string message, Action act)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(act);
        Assert.Equal(parameter, error.ParamName);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
