using CsCheck;

namespace Engagement.Core.Tests.Statistics;

public class ComparisonTests
{
    private static readonly Gen<(long X, long N)> Samples =
        Gen.OneOf(Gen.Long[1, 60], Gen.Long[1, 1_000_000_000]).SelectMany(n => Gen.OneOf(Gen.Long[0, Math.Min(n, 5)], Gen.Long[0, n], Gen.Const(n)), (n, x) => (x, n));

    private static readonly Gen<(long X, long N)> Small = Gen.Long[1, 40].SelectMany(n => Gen.Long[0, n], (n, x) => (x, n));

    private static readonly Gen<(long X, double T)> Rates = Gen.Select(Gen.OneOf(Gen.Long[0, 30], Gen.Long[0, 1_000_000_000]), Gen.Double[0.01, 1e6]);

    private static readonly Gen<double> Levels = Gen.Double[0.5, 0.999];

    [Fact]
    public void The_examples_in_the_documentation_are_true()
    {
        Assert.Equal("[0.05243, 0.3339] Newcombe 95 %", ProportionDifference.Newcombe(56, 70, 48, 80).ToString());
        Assert.Equal("[0.05283, 0.3382] MiettinenNurminen 95 %", ProportionDifference.MiettinenNurminen(56, 70, 48, 80).ToString());
        Assert.Equal("[0.05245, 0.3358] AgrestiCaffo 95 %", ProportionDifference.AgrestiCaffo(56, 70, 48, 80).ToString());
        Assert.True(ProportionRatio.TryMiettinenNurminen(56, 70, 48, 80, out QuotientInterval score));
        Assert.Equal("[1.079, 1.672] MiettinenNurminen 95 %", score.ToString());
        Assert.True(ProportionRatio.TryKatz(56, 70, 48, 80, out IntervalEstimate katz));
        Assert.Equal("[1.077, 1.651] Katz 95 %", katz.ToString());
        Assert.Equal("[0.4102, 119.5] KatzAdjusted 95 %", ProportionRatio.KatzAdjusted(3, 10, 0, 10).ToString());
        Assert.True(ProportionRatio.TryWoolf(56, 70, 48, 80, out IntervalEstimate woolf));
        Assert.Equal("[1.276, 5.572] Woolf 95 %", woolf.ToString());
        Assert.Equal("[0.438, 219.2] WoolfAdjusted 95 %", ProportionRatio.WoolfAdjusted(3, 10, 0, 10).ToString());
        Assert.Equal("[1.34, 3.388] ConditionalExact 95 %", RateRatio.ExactConditional(60, 51_477.5, 30, 54_308.7).ToString());
        Assert.Equal("[1.366, 3.259] RateRatioScore 95 %", RateRatio.Score(60, 51_477.5, 30, 54_308.7).ToString());
        Assert.True(RateRatio.TryLogNormal(60, 51_477.5, 30, 54_308.7, out IntervalEstimate log));
        Assert.Equal("[1.361, 3.271] RateRatioLog 95 %", log.ToString());
        Assert.Equal("[0.4132, …) ConditionalExact 95 %", RateRatio.ExactConditional(3, 10, 0, 10).ToString());
        Assert.Equal(0.1026, ProportionDifference.FisherExact(6, 7, 2, 7), 5e-5);
        Assert.Equal(0.000675, RateRatio.ExactConditionalTest(60, 51_477.5, 30, 54_308.7), 5e-7);
        Assert.Equal(0.000557, RateRatio.MidPTest(60, 51_477.5, 30, 54_308.7), 5e-7);
    }

    // Newcombe 1998, table II, method 10 (and 6 for the score interval): as published, to four digits.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void Newcombes_own_table_holds(long x1, long n1, long x2, long n2, double lower, double upper)
    {
        IntervalEstimate interval = ProportionDifference.Newcombe(x1, n1, x2, n2);
        Assert.Equal(lower, interval.Lower, 5e-5);
        Assert.Equal(upper, interval.Upper, 5e-5);
    }

    // Fisher's tea: 3 of 4 cups right on each side; 1 − P(2) = 1 − 36/70 … two-sided 34/70.
    [Fact]
    public void The_lady_tastes_her_tea()
    {
        Assert.Equal(34.0 / 70, ProportionDifference.FisherExact(3, 4, 1, 4), 1e-14);
        Assert.Equal(2.0 / 70, ProportionDifference.FisherExact(4, 4, 0, 4), 1e-15);
    }

    [Fact]
    public void Fishers_test_is_the_sum_over_all_tables_that_are_no_likelier() =>
        Gen.Select(Small, Small).Sample((one, two) =>
        {
            ((long x1, long n1), (long x2, long n2)) = (one, two);
            long sum = x1 + x2;
            double own = Choose(n1, x1) * Choose(n2, x2), all = 0, extreme = 0;
            for (long k = Math.Max(0, sum - n2); k <= Math.Min(n1, sum); k++)
            {
                double weight = Choose(n1, k) * Choose(n2, sum - k);
                all += weight;
                if (weight <= own * (1 + 1e-7)) extreme += weight;
            }

            Assert.Equal(1, ProportionDifference.FisherExact(x1, n1, x2, n2) / (extreme / all), 1e-11);
        });

    [Fact]
    public void With_huge_samples_Fishers_test_joins_the_sum_to_the_integral()
    {
        // The spread passes the place where the sum over tables becomes an integral; the p-value of like tables must not jump.
        foreach (long n in new[] { 6_300_000_000, 6_500_000_000 })
        {
            long half = n / 2, shift = (long)(Math.Sqrt(n) * 0.9);
            double p = ProportionDifference.FisherExact(half + shift, n, half - shift, n);
            Assert.True(ProportionDifference.TryYates(half + shift, n, half - shift, n, out _, out double yates));
            Assert.Equal(1, p / yates, 1e-8);
        }
    }

    [Fact]
    public void Every_interval_of_a_difference_contains_it_and_mirrors_when_the_samples_change_places() =>
        Gen.Select(Samples, Samples, Levels).Sample((one, two, level) =>
        {
            double difference = ((double)one.X / one.N) - ((double)two.X / two.N);
            foreach (var method in new Func<long, long, long, long, double, IntervalEstimate>[] { ProportionDifference.Newcombe, ProportionDifference.MiettinenNurminen })
            {
                IntervalEstimate interval = method(one.X, one.N, two.X, two.N, level), mirror = method(two.X, two.N, one.X, one.N, level);
                Assert.InRange(difference, interval.Lower - 1e-15, interval.Upper + 1e-15);
                Assert.InRange(interval.Lower, -1, 1);
                Assert.InRange(interval.Upper, -1, 1);
                Assert.Equal(-interval.Lower, mirror.Upper, 1e-15);
                Assert.Equal(-interval.Upper, mirror.Lower, 1e-15);
            }

            IntervalEstimate caffo = ProportionDifference.AgrestiCaffo(one.X, one.N, two.X, two.N, level);
            Assert.Equal(-caffo.Lower, ProportionDifference.AgrestiCaffo(two.X, two.N, one.X, one.N, level).Upper, 1e-15);
        });

    [Fact]
    public void The_score_interval_leaves_out_0_exactly_where_the_score_test_rejects() =>
        Gen.Select(Samples, Samples, Levels).Sample((one, two, level) =>
        {
            if (!ProportionDifference.TryPooledZ(one.X, one.N, two.X, two.N, out double z, out _)) return;
            double total = (double)one.N + two.N, distance = Math.Abs(z) * Math.Sqrt((total - 1) / total) / NormalDistribution.UpperQuantile((1 - level) / 2);
            if (Math.Abs(distance - 1) < 1e-9) return;
            IntervalEstimate interval = ProportionDifference.MiettinenNurminen(one.X, one.N, two.X, two.N, level);
            Assert.Equal(distance > 1, interval.Lower > 0 || interval.Upper < 0);
            if (ProportionRatio.TryMiettinenNurminen(one.X, one.N, two.X, two.N, out QuotientInterval ratio, level)) Assert.Equal(distance > 1, !ratio.Contains(1));
        });

    [Fact]
    public void An_interval_of_a_ratio_inverts_when_the_samples_change_places() =>
        Gen.Select(Samples, Samples, Levels).Sample((one, two, level) =>
        {
            bool defined = ProportionRatio.TryMiettinenNurminen(one.X, one.N, two.X, two.N, out QuotientInterval ratio, level);
            Assert.Equal(one.X + two.X > 0, defined);
            if (!defined) return;
            Assert.True(ProportionRatio.TryMiettinenNurminen(two.X, two.N, one.X, one.N, out QuotientInterval inverse, level));
            AssertInverse(ratio, inverse);
            Assert.Equal(two.X == 0, ratio.Upper is null);
            Assert.Equal(one.X == 0, ratio.Lower == 0);
            Assert.True(two.X == 0 || ratio.Contains((double)one.X / one.N / ((double)two.X / two.N)));
        });

    [Fact]
    public void Intervals_of_two_rates_contain_their_ratio_and_invert_when_they_change_places() =>
        Gen.Select(Rates, Rates, Levels).Sample((one, two, level) =>
        {
            QuotientInterval exact = RateRatio.ExactConditional(one.X, one.T, two.X, two.T, level), score = RateRatio.Score(one.X, one.T, two.X, two.T, level);
            AssertInverse(exact, RateRatio.ExactConditional(two.X, two.T, one.X, one.T, level));
            AssertInverse(score, RateRatio.Score(two.X, two.T, one.X, one.T, level));
            Assert.Equal(two.X == 0, exact.Upper is null);
            if (two.X > 0) Assert.True(exact.Contains(one.X / one.T / (two.X / two.T)));
            if (two.X > 0) Assert.InRange(one.X / one.T / (two.X / two.T), score.Lower * (1 - 1e-14), score.Upper!.Value * (1 + 1e-14));
        });

    [Fact]
    public void The_score_interval_of_two_rates_leaves_out_1_exactly_where_the_score_test_rejects() =>
        Gen.Select(Rates, Rates, Levels).Sample((one, two, level) =>
        {
            if (!RateRatio.TryScoreTest(one.X, one.T, two.X, two.T, out double z, out double p)) return;
            double distance = Math.Abs(z) / NormalDistribution.UpperQuantile((1 - level) / 2);
            if (Math.Abs(distance - 1) > 1e-9) Assert.Equal(distance > 1, !RateRatio.Score(one.X, one.T, two.X, two.T, level).Contains(1));
            Assert.InRange(p, 0, 1);
        });

    [Fact]
    public void The_exact_test_is_the_sum_over_all_outcomes_that_are_no_likelier() =>
        Gen.Select(Gen.Long[0, 30], Gen.Long[0, 30], Gen.Double[0.1, 10]).Sample((x, y, t) =>
        {
            long n = x + y;
            double p = t / (1 + t), own = Choose(n, x) * Math.Pow(p, x) * Math.Pow(1 - p, y), sum = 0;
            for (long k = 0; k <= n; k++)
            {
                double mass = Choose(n, k) * Math.Pow(p, k) * Math.Pow(1 - p, n - k);
                if (mass <= own * (1 + 1e-7)) sum += mass;
            }

            double exact = RateRatio.ExactConditionalTest(x, t, y, 1);
            Assert.Equal(1, exact / Math.Min(1, sum), 1e-11);
            Assert.Equal(n == 0 ? 1 : exact - (own / 2), RateRatio.MidPTest(x, t, y, 1), 1e-13);
        });

    [Fact]
    public void Tests_do_not_care_which_sample_comes_first() =>
        Gen.Select(Samples, Samples, Rates, Rates).Sample((one, two, first, second) =>
        {
            double fisher = ProportionDifference.FisherExact(one.X, one.N, two.X, two.N);
            Assert.InRange(fisher, 0, 1);
            Assert.Equal(fisher, ProportionDifference.FisherExact(two.X, two.N, one.X, one.N), 1e-10);
            Assert.Equal(fisher, ProportionDifference.FisherExact(one.N - one.X, one.N, two.N - two.X, two.N), 1e-10);
            double exact = RateRatio.ExactConditionalTest(first.X, first.T, second.X, second.T);
            Assert.InRange(exact, 0, 1);
            Assert.Equal(exact, RateRatio.ExactConditionalTest(second.X, second.T, first.X, first.T), 1e-10);
        });

    [Fact]
    public void Yates_never_rejects_where_the_plain_test_does_not() =>
        Gen.Select(Samples, Samples).Sample((one, two) =>
        {
            bool defined = ProportionDifference.TryPooledZ(one.X, one.N, two.X, two.N, out double z, out double p);
            Assert.Equal(defined, ProportionDifference.TryYates(one.X, one.N, two.X, two.N, out double corrected, out double correctedP));
            Assert.True(Math.Abs(corrected) <= Math.Abs(z) && correctedP >= p);
            Assert.True(z * corrected >= 0);
        });

    [Fact]
    public void A_quotient_says_whether_two_can_be_told_apart()
    {
        QuotientInterval open = RateRatio.ExactConditional(30, 10, 0, 10), both = RateRatio.ExactConditional(0, 10, 0, 10);
        Assert.False(open.Contains(1));
        Assert.True(open.Contains(1e300));
        Assert.False(open.TryClosed(out IntervalEstimate none));
        Assert.Equal(default, none);
        Assert.True(both.Contains(0) && both.Contains(1) && both.Upper is null);
        Assert.Equal("[0, …) Unspecified 0 %", default(QuotientInterval).ToString());
        Assert.False(default(QuotientInterval).TryClosed(out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => open.Contains(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuotientInterval(-1, 2, 0.95, IntervalMethod.Katz));
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuotientInterval(3, 2, 0.95, IntervalMethod.Katz));
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuotientInterval(1, double.PositiveInfinity, 0.95, IntervalMethod.Katz));
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuotientInterval(1, null, 0.95, IntervalMethod.Unspecified));
    }

    [Fact]
    public void The_largest_counts_are_allowed()
    {
        long half = long.MaxValue / 2;
        Assert.InRange(ProportionDifference.Newcombe(half / 2, half, half / 2, half).Upper, 1e-10, 1e-8);
        Assert.InRange(ProportionDifference.MiettinenNurminen(half / 2, half, half / 2, half).Upper, 1e-10, 1e-8);
        Assert.InRange(ProportionDifference.FisherExact(half / 2, half, half / 2, half), 0.99, 1);
        Assert.InRange(ProportionDifference.FisherExact(half / 2, half, (half / 2) - 10_000_000_000, half), 0, 1e-10);
        Assert.True(RateRatio.ExactConditional(half, 1, half, 1).Contains(1));
        Assert.InRange(RateRatio.ExactConditionalTest(half, 1, half, 1), 0.99, 1);
        Assert.True(ProportionRatio.TryMiettinenNurminen(1, half, half, half, out QuotientInterval ratio));
        Assert.InRange(ratio.Upper!.Value, 1e-19, 1e-17);
    }

    [Fact]
    public void Bad_input_is_named_with_its_cure()
    {
        Action<long, long, long, long>[] all =
        [
            (a, b, c, d) => ProportionDifference.Newcombe(a, b, c, d), (a, b, c, d) => ProportionDifference.MiettinenNurminen(a, b, c, d), (a, b, c, d) => ProportionDifference.AgrestiCaffo(a, b, c, d),
            (a, b, c, d) => ProportionDifference.FisherExact(a, b, c, d), (a, b, c, d) => ProportionDifference.TryPooledZ(a, b, c, d, out _, out _), (a, b, c, d) => ProportionDifference.TryYates(a, b, c, d, out _, out _),
            (a, b, c, d) => ProportionRatio.TryMiettinenNurminen(a, b, c, d, out _), (a, b, c, d) => ProportionRatio.TryKatz(a, b, c, d, out _), (a, b, c, d) => ProportionRatio.KatzAdjusted(a, b, c, d),
            (a, b, c, d) => ProportionRatio.TryWoolf(a, b, c, d, out _), (a, b, c, d) => ProportionRatio.WoolfAdjusted(a, b, c, d),
        ];
        foreach (var method in all)
        {
            AssertMessage("successes (-1) must not be negative: pass 0 for none, and leave out what is not known.", () => method(-1, 1, 1, 1));
            AssertMessage("otherTrials (0) must be at least 1: a proportion of nothing compares with nothing, so leave it out.", () => method(1, 1, 0, 0));
            AssertMessage("otherSuccesses (2) must not exceed otherTrials (1): for events that can happen more than once per person, use RateRatio.", () => method(1, 1, 2, 1));
            AssertMessage("otherTrials (9223372036854775807) and trials (1) exceed 2⁶³ − 1 together: pass counts of things, not sums of codes.", () => method(1, 1, 2, long.MaxValue));
        }

        foreach (double level in new[] { 0, 1, double.NaN, 95 })
        {
            string message = FormattableString.Invariant($"confidence ({level}) must lie between 0 and 1, both excluded: pass 0.95 for 95 %.");
            AssertMessage(message, () => ProportionDifference.Newcombe(1, 2, 1, 2, level));
            AssertMessage(message, () => ProportionDifference.MiettinenNurminen(1, 2, 1, 2, level));
            AssertMessage(message, () => ProportionDifference.AgrestiCaffo(1, 2, 1, 2, level));
            AssertMessage(message, () => ProportionRatio.TryMiettinenNurminen(1, 2, 1, 2, out _, level));
            AssertMessage(message, () => ProportionRatio.TryKatz(1, 2, 1, 2, out _, level));
            AssertMessage(message, () => ProportionRatio.WoolfAdjusted(1, 2, 1, 2, level));
            AssertMessage(message, () => RateRatio.ExactConditional(1, 2, 1, 2, level));
            AssertMessage(message, () => RateRatio.Score(1, 2, 1, 2, level));
            AssertMessage(message, () => RateRatio.TryLogNormal(1, 2, 1, 2, out _, level));
        }

        Action<long, double, long, double>[] rates =
        [
            (a, b, c, d) => RateRatio.ExactConditional(a, b, c, d), (a, b, c, d) => RateRatio.Score(a, b, c, d), (a, b, c, d) => RateRatio.TryLogNormal(a, b, c, d, out _),
            (a, b, c, d) => RateRatio.ExactConditionalTest(a, b, c, d), (a, b, c, d) => RateRatio.MidPTest(a, b, c, d), (a, b, c, d) => RateRatio.TryScoreTest(a, b, c, d, out _, out _),
        ];
        foreach (var method in rates)
        {
            AssertMessage("events (-1) must not be negative: pass 0 for none, and leave out what is not known.", () => method(-1, 1, 1, 1));
            AssertMessage("otherExposure (0) must be positive: a rate per nothing compares with nothing, so leave it out.", () => method(1, 1, 1, 0));
            AssertMessage("exposure (NaN) must be a finite number: leave out what has no value instead of passing NaN or infinity.", () => method(1, double.NaN, 1, 1));
            AssertMessage("otherEvents (9223372036854775807) and events (1) exceed 2⁶³ − 1 together: pass counts of things, not sums of codes.", () => method(1, 1, long.MaxValue, 1));
            AssertMessage("exposure (1E-300) lies too far from otherExposure for a finite ratio: measure both exposures in the same unit.", () => method(1, 1e-300, 1, 1e300));
        }
    }

    private static void AssertInverse(QuotientInterval interval, QuotientInterval inverse)
    {
        Assert.Equal(interval.Lower == 0, inverse.Upper is null);
        Assert.Equal(interval.Upper is null, inverse.Lower == 0);
        if (inverse.Upper is { } upper) Assert.Equal(1, interval.Lower * upper, 1e-10);
        if (interval.Upper is { } own) Assert.Equal(1, own * inverse.Lower, 1e-10);
    }

    private static double Choose(long n, long k)
    {
        double product = 1;
        for (long i = 1; i <= k; i++) product = product * (n - k + i) / i;
        return product;
    }

    private static void AssertMessage(string message, Action act) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(act).Message, StringComparison.Ordinal);

    [Fact]
    public void What_lies_far_above_its_mean_keeps_its_digits()
    {
        // 1 of 701 where p = 10⁻¹²/(1 + 10⁻¹²): P(X ≥ 1) − P(X = 1)/2 = N p/2 − N(N−1) p²/2 + N(N−1) p²/4 …, worked out to 40 digits.
        Assert.InRange((RateRatio.MidPTest(1, 1e-6, 700, 1e6) / 3.5049999999964948e-10) - 1, -1e-12, 1e-12);

        // The one success of all in a sample of one: 1/N.
        Assert.InRange((ProportionDifference.FisherExact(1, 1, 0, 1_000_000_000_000) * 1_000_000_000_001) - 1, -1e-12, 1e-12);
    }
}
