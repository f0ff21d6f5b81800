using CsCheck;

namespace Engagement.Core.Tests.Statistics;

/// <summary>What holds of intervals whatever the numbers.</summary>
public class IntervalLawTests
{
    private static readonly Gen<(long Successes, long Trials)> Trials =
        Gen.OneOf(Gen.Long[1, 200], Gen.Long[1, 1_000_000_000]).SelectMany(trials => Gen.Long[0, trials], (trials, successes) => (successes, trials));

    private static readonly Gen<double> Levels = Gen.OneOf(Gen.Int[0, 4].Select(i => new[] { 0.8, 0.9, 0.95, 0.99, 0.999 }[i]), Gen.Double[0.01, 0.9999]);

    [Fact]
    public void Every_proportion_interval_lies_between_0_and_1() =>
        Gen.Select(Trials, Levels).Sample((input, level) =>
        {
            ((long x, long n), double p) = (input, (double)input.Successes / input.Trials);
            foreach (var interval in new[] { ProportionIntervals.Wilson(x, n, level), ProportionIntervals.WilsonContinuityCorrected(x, n, level), ProportionIntervals.ClopperPearson(x, n, level), ProportionIntervals.AgrestiCoull(x, n, level) })
            {
                Assert.InRange(interval.Lower, 0, p * (1 + 1e-15));
                Assert.InRange(interval.Upper, p * (1 - 1e-15), 1);
            }

            var jeffreys = ProportionIntervals.Jeffreys(x, n, level);
            Assert.True(jeffreys is { Lower: > 0, Upper: <= 1 } && jeffreys.Lower < jeffreys.Upper);
        });

    [Fact]
    public void Failures_mirror_successes() =>
        Gen.Select(Trials, Levels).Sample((input, level) =>
        {
            (long x, long n) = input;
            AssertMirrored(ProportionIntervals.Wilson(x, n, level), ProportionIntervals.Wilson(n - x, n, level));
            AssertMirrored(ProportionIntervals.WilsonContinuityCorrected(x, n, level), ProportionIntervals.WilsonContinuityCorrected(n - x, n, level));
            AssertMirrored(ProportionIntervals.ClopperPearson(x, n, level), ProportionIntervals.ClopperPearson(n - x, n, level));
            AssertMirrored(ProportionIntervals.Jeffreys(x, n, level), ProportionIntervals.Jeffreys(n - x, n, level));
            AssertMirrored(ProportionIntervals.AgrestiCoull(x, n, level), ProportionIntervals.AgrestiCoull(n - x, n, level));
        });

    [Fact]
    public void More_trials_with_the_same_share_make_Wilson_narrower() =>
        Gen.Select(Trials, Gen.Long[2, 1000], Levels).Sample((input, times, level) =>
        {
            var few = ProportionIntervals.Wilson(input.Successes, input.Trials, level);
            var many = ProportionIntervals.Wilson(input.Successes * times, input.Trials * times, level);
            Assert.True(many.Upper - many.Lower < few.Upper - few.Lower);
        });

    [Fact]
    public void Wilsons_interval_lies_within_the_corrected_one() =>
        Gen.Select(Trials, Levels).Sample((input, level) =>
        {
            var plain = ProportionIntervals.Wilson(input.Successes, input.Trials, level);
            var corrected = ProportionIntervals.WilsonContinuityCorrected(input.Successes, input.Trials, level);
            Assert.True(corrected.Lower <= plain.Lower && plain.Upper <= corrected.Upper);
        });

    [Fact]
    public void Ends_that_leave_the_stated_share_outside_are_those_of_Clopper_and_Pearson() =>
        Gen.Select(Trials.Where(input => input.Successes > 0 && input.Successes < input.Trials), Levels).Sample((input, level) =>
        {
            (long x, long n) = input;
            var interval = ProportionIntervals.ClopperPearson(x, n, level);
            double tail = ConfidenceLevel.Tail(level);
            if (n <= 100_000) Assert.Equal(1, DiscreteDistributions.BinomialCdf(n, interval.Upper, x) / tail, 1e-9);
            if (n <= 100_000) Assert.Equal(1, DiscreteDistributions.BinomialSurvival(n, interval.Lower, x - 1) / tail, 1e-9);
        });

    [Fact]
    public void Every_rate_interval_contains_its_rate() =>
        Gen.Select(Gen.OneOf(Gen.Long[0, 50], Gen.Long[0, 1_000_000_000_000]), Gen.Double[1e-6, 1e9], Gen.Double[0.5, 0.9999]).Sample((events, exposure, level) =>
        {
            var garwood = RateIntervals.Garwood(events, exposure, level);
            var score = RateIntervals.Score(events, exposure, level);
            var jeffreys = RateIntervals.Jeffreys(events, exposure, level);
            double rate = events / exposure;
            Assert.True(garwood.Lower <= rate && rate <= garwood.Upper);
            Assert.True(score.Lower <= rate * (1 + 1e-15) && rate * (1 - 1e-15) <= score.Upper);
            Assert.True(garwood.Lower <= jeffreys.Lower && jeffreys.Upper <= garwood.Upper);
            Assert.Equal(events == 0, garwood.Lower == 0);
        });

    [Fact]
    public void Wilson_with_hardly_any_successes_is_the_score_interval_of_a_rate()
    {
        var share = ProportionIntervals.Wilson(3, 1_000_000_000_000_000);
        var rate = RateIntervals.Score(3, 1e15);
        Assert.Equal(1, share.Lower / rate.Lower, 1e-13);
        Assert.Equal(1, share.Upper / rate.Upper, 1e-13);
    }

    private static void AssertMirrored(IntervalEstimate interval, IntervalEstimate mirror)
    {
        Assert.Equal(1 - interval.Lower, mirror.Upper, 1e-14);
        Assert.Equal(1 - interval.Upper, mirror.Lower, 1e-14);
    }
}
