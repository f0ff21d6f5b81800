using CsCheck;

namespace Engagement.Core.Tests.Statistics;

public class SurvivalTests
{
    // Weeks of remission of 42 children with leukaemia: Freireich et al., Blood 21 (1963); a minus means censored.
    private static readonly SurvivalCurve Treated = Curve(6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35);
    private static readonly SurvivalCurve Placebo = Curve(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23);

    private static readonly Gen<(long Duration, bool IsEvent)[]> Rows = Gen.Select(Gen.Long[0, 12], Gen.Bool).Array[0, 30];

    // Kleinbaum and Klein, Survival Analysis (2012), table 2.1; standard errors as printed by SAS and Stata for these data.
    [Theory]
    [InlineData(6, 21, 3, 0.8571, 0.0764)]
    [InlineData(7, 17, 1, 0.8067, 0.0869)]
    [InlineData(10, 15, 1, 0.7529, 0.0963)]
    [InlineData(13, 12, 1, 0.6902, 0.1068)]
    [InlineData(16, 11, 1, 0.6275, 0.1141)]
    [InlineData(22, 7, 1, 0.5378, 0.1282)]
    [InlineData(23, 6, 1, 0.4482, 0.1346)]
    public void The_published_life_table_is_met(long week, int atRisk, int events, double survival, double error)
    {
        SurvivalStep step = Treated.Steps.Single(step => step.Duration == week);
        Assert.Equal((atRisk, events), (step.AtRisk, step.Events));
        Assert.Equal(survival, step.Survival, 4);
        Assert.Equal(error, step.StandardError!.Value, 4);
        Assert.Equal(step.Survival, Treated.SurvivalAt(week));
        Assert.Equal(step.StandardError, Treated.StandardErrorAt(week));
        Assert.Equal(atRisk, Treated.AtRiskAt(week));
    }

    [Fact]
    public void The_published_medians_and_log_rank_test_are_met()
    {
        Assert.Equal((23.0, 8.0), (Treated.Quantile(0.5).Value, Placebo.Quantile(0.5).Value));
        LogRankTest test = LogRankTest.Of([Treated, Placebo]);
        Assert.Equal(16.79, test.ChiSquare!.Value, 2);
        Assert.Equal(1, test.DegreesOfFreedom);
        Assert.Equal(19.25, test.Expected[0], 2);
        Assert.Equal((9.0, 21.0), (test.Observed[0], test.Observed[1]));
        Assert.InRange(test.PValue!.Value, 4.1e-5, 4.3e-5);
    }

    [Fact]
    public void A_flat_stretch_at_one_half_has_its_midpoint_for_a_median()
    {
        Assert.Equal(2.5, Curve(1, 2, 3, 4).Quantile(0.5).Value);
        Assert.Equal(3, Curve(1, 2, -3, 4).Quantile(0.5).Value);

        // The last stretch ends with the longest observation: one answered at 2, one still open at 10.
        Assert.Equal(6, Curve(2, -10).Quantile(0.5).Value);
    }

    [Fact]
    public void What_a_curve_does_not_fall_to_is_not_reached()
    {
        SurvivalCurve curve = Curve(1, 2, -9, -9, -9);
        Assert.Equal(1, curve.Quantile(0.1).Value);
        SurvivalQuantile median = curve.Quantile(0.5);
        Assert.False(median.IsReached);
        Assert.Null(median.Value);
        Assert.Equal("not reached", median.ToString());
        Assert.Null(curve.SurvivalAt(10));
        Assert.Null(curve.StandardErrorAt(10));
        Assert.Null(curve.IntervalAt(10));
        Assert.Equal(0, curve.AtRiskAt(10));
    }

    [Fact]
    public void After_the_last_event_of_all_nothing_is_left()
    {
        SurvivalCurve curve = Curve(1, 2);
        Assert.Equal(0, curve.SurvivalAt(2));
        Assert.Equal(0, curve.SurvivalAt(1_000));
        Assert.Null(curve.StandardErrorAt(2));
        Assert.All([IntervalMethod.SurvivalLogLog, IntervalMethod.SurvivalLog, IntervalMethod.SurvivalPlain, IntervalMethod.SurvivalLogit], method => Assert.Null(curve.IntervalAt(2, method: method)));
    }

    [Fact]
    public void Before_the_first_event_only_plain_and_log_limits_exist()
    {
        SurvivalCurve curve = Curve(-4, 5, 6);
        Assert.Equal(1, curve.SurvivalAt(4));
        Assert.Equal(0, curve.StandardErrorAt(4));
        Assert.Equal(new IntervalEstimate(1, 1, 0.95, IntervalMethod.SurvivalLogLog), curve.IntervalAt(3));
        Assert.Equal(new IntervalEstimate(1, 1, 0.95, IntervalMethod.SurvivalPlain), curve.IntervalAt(4, method: IntervalMethod.SurvivalPlain));
        Assert.Equal(new IntervalEstimate(1, 1, 0.95, IntervalMethod.SurvivalLog), curve.IntervalAt(4, method: IntervalMethod.SurvivalLog));
        Assert.Null(curve.IntervalAt(4));
        Assert.Null(curve.IntervalAt(4, method: IntervalMethod.SurvivalLogit));
    }

    [Fact]
    public void A_curve_of_nobody_says_nothing()
    {
        SurvivalCurve nobody = SurvivalCurve.KaplanMeier([], []);
        Assert.Equal((0, 0, 0), (nobody.Subjects, nobody.Events, nobody.Censored));
        Assert.Null(nobody.Longest);
        Assert.Empty(nobody.Steps);
        Assert.Null(nobody.SurvivalAt(0));
        Assert.False(nobody.Quantile(0.5).IsReached);
        Assert.Null(nobody.RestrictedMean());
        Assert.Null(nobody.RestrictedMeanStandardError());
        Assert.Equal("0 events of 0, median not reached", nobody.ToString());
    }

    [Fact]
    public void Groups_that_expect_no_event_cannot_be_compared()
    {
        LogRankTest test = LogRankTest.Of([Curve(-1), Curve(2, 3)]);
        Assert.Null(test.ChiSquare);
        Assert.Null(test.PValue);
        Assert.Equal(0, test.DegreesOfFreedom);
        Assert.Equal("not comparable", test.ToString());
        Assert.Null(LogRankTest.Of([Curve(1, 1), Curve(1)]).ChiSquare);
    }

    [Fact]
    public void Bad_input_is_named_with_its_cure()
    {
        var negative = Assert.Throws<ArgumentOutOfRangeException>(() => SurvivalCurve.KaplanMeier([3, -5], [true, true]));
        Assert.StartsWith("durations[1] (-5) must not be negative: check which of the two times comes first.", negative.Message, StringComparison.Ordinal);
        var lengths = Assert.Throws<ArgumentException>(() => SurvivalCurve.KaplanMeier([3], []));
        Assert.StartsWith("durations (1 values) and isEvent (0 values) must have the same length", lengths.Message, StringComparison.Ordinal);
        var method = Assert.Throws<ArgumentOutOfRangeException>(() => Treated.IntervalAt(6, method: IntervalMethod.Wilson));
        Assert.StartsWith("method (Wilson) must be a formula for survival: pass SurvivalLogLog", method.Message, StringComparison.Ordinal);
        Assert.All([0, 1, double.NaN, -0.5], probability => Assert.StartsWith("probability", Assert.Throws<ArgumentOutOfRangeException>(() => Treated.Quantile(probability)).Message, StringComparison.Ordinal));
        Assert.StartsWith("curves (1) must be at least two", Assert.Throws<ArgumentException>(() => LogRankTest.Of([Treated])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("curves", () => LogRankTest.Of([Treated, null!]));
        Assert.Throws<ArgumentOutOfRangeException>("rho", () => LogRankTest.Of([Treated, Placebo], -1));
        Assert.Throws<ArgumentOutOfRangeException>("duration", () => Treated.SurvivalAt(-1));
    }

    [Fact]
    public void Extreme_durations_are_kept_to_the_last_unit()
    {
        SurvivalCurve curve = SurvivalCurve.KaplanMeier([long.MaxValue, long.MaxValue - 1, 0], [true, false, true]);
        Assert.Equal([0L, long.MaxValue - 1, long.MaxValue], curve.Steps.Select(step => step.Duration));
        Assert.Equal(0, curve.SurvivalAt(long.MaxValue));
    }

    [Fact]
    public void One_more_censored_row_never_lowers_the_curve_or_shortens_a_quantile() =>
        Gen.Select(Rows, Gen.Long[0, 15], Gen.Double[0.05, 0.95]).Sample(
            (rows, censored, probability) =>
            {
                SurvivalCurve before = Of(rows);
                SurvivalCurve after = Of([.. rows, (censored, false)]);
                foreach (SurvivalStep step in before.Steps) Assert.True(after.SurvivalAt(step.Duration) >= step.Survival - 1e-12);
                if (after.Quantile(probability).Value is { } longer) Assert.True(longer >= before.Quantile(probability).Value!.Value - 1e-9);
                if (after.Quantile(0.5).Value is { } median) Assert.True(median >= before.Quantile(0.5).Value!.Value);
            },
            iter: LawCases.Count);

    [Fact]
    public void The_curve_is_the_product_over_all_durations_whatever_the_order_of_the_rows() =>
        Rows.Sample(
            rows =>
            {
                SurvivalCurve curve = Of(rows);
                double product = 1;
                var expected = rows.Select(row => row.Duration).Distinct().Order().Select(duration =>
                {
                    int atRisk = rows.Count(row => row.Duration >= duration);
                    int events = rows.Count(row => row.Duration == duration && row.IsEvent);
                    product *= 1 - ((double)events / atRisk);
                    return (duration, atRisk, events, rows.Count(row => row.Duration == duration && !row.IsEvent), product);
                }).ToArray();
                Assert.Equal(expected.Select(step => (step.duration, step.atRisk, step.events, step.Item4)), curve.Steps.Select(step => (step.Duration, step.AtRisk, step.Events, step.Censored)));
                Assert.All(expected.Zip(curve.Steps), pair => Assert.Equal(pair.First.product, pair.Second.Survival, 1e-12));
                Assert.Equal(curve.Steps, Of([.. rows.Reverse()]).Steps);
            },
            iter: LawCases.Count);

    [Fact]
    public void Limits_enclose_the_curve_within_0_and_1() =>
        Gen.Select(Rows, Gen.Int[0, 3].Select(index => IntervalMethod.SurvivalLogLog + index), Gen.Double[0.01, 0.999]).Sample(
            (rows, method, confidence) =>
            {
                SurvivalCurve curve = Of(rows);
                foreach (SurvivalStep step in curve.Steps)
                {
                    if (curve.IntervalAt(step.Duration, confidence, method) is not { } interval) continue;
                    Assert.InRange(step.Survival, interval.Lower - 1e-12, interval.Upper + 1e-12);
                    Assert.InRange(interval.Lower, 0, 1);
                    Assert.InRange(interval.Upper, 0, 1);
                }
            },
            iter: LawCases.Count);

    [Fact]
    public void A_group_cannot_be_told_apart_from_itself_and_the_order_of_groups_does_not_matter() =>
        Gen.Select(Rows, Rows, Gen.Double[0, 2]).Sample(
            (left, right, rho) =>
            {
                if (LogRankTest.Of([Of(left), Of(left)], rho).ChiSquare is { } none) Assert.InRange(none, 0, 1e-9);
                double? forward = LogRankTest.Of([Of(left), Of(right)], rho).ChiSquare;
                double? backward = LogRankTest.Of([Of(right), Of(left)], rho).ChiSquare;
                Assert.Equal(forward is null, backward is null);
                if (forward is { } value) Assert.Equal(value, backward!.Value, 1e-6 * Math.Max(1, value));
            },
            iter: LawCases.Count);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_024)]
    [InlineData(1_025)]
    [InlineData(50_000)]
    public void Long_columns_are_sorted_as_short_ones(int length) =>
        Gen.Select(Gen.Int[0, 63], Gen.Int[0, 1 << 30]).Sample(
            (shift, seed) =>
            {
                var random = new Random(seed);
                ulong[] keys = [.. Enumerable.Range(0, length).Select(_ => unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue)) >> shift)];
                ulong[] expected = [.. keys.Order()];
                Assert.Equal(expected, RadixSort.Sort(keys, new ulong[length]).ToArray());
            },
            iter: 30);

    [Fact]
    public void A_long_column_gives_the_curve_of_its_parts()
    {
        var random = new Random(2014);
        (long Duration, bool IsEvent)[] rows = [.. Enumerable.Range(0, 20_000).Select(_ => ((long)random.Next(500), random.Next(3) > 0))];
        SurvivalCurve curve = Of(rows);
        double product = 1;
        foreach (SurvivalStep step in curve.Steps)
        {
            product *= 1 - ((double)step.Events / step.AtRisk);
            Assert.Equal(rows.Count(row => row.Duration >= step.Duration), step.AtRisk);
            Assert.Equal(product, step.Survival, 1e-12);
        }

        Assert.Equal(20_000, curve.Steps.Sum(step => step.Events + step.Censored));
    }

    private static SurvivalCurve Curve(params long[] durations) => SurvivalCurve.KaplanMeier([.. durations.Select(Math.Abs)], [.. durations.Select(duration => duration > 0)]);

    private static SurvivalCurve Of((long Duration, bool IsEvent)[] rows) => SurvivalCurve.KaplanMeier([.. rows.Select(row => row.Duration)], [.. rows.Select(row => row.IsEvent)]);
}
