namespace Engagement.Core.Tests.Comparison;

public class FigureComparisonTests
{
    private static readonly Channel One = new("one", "One", Platform.Facebook, ChannelForm.Page);
    private static readonly Channel Two = new("two", "Two", Platform.Twitter, ChannelForm.Account);
    private static readonly Channel Three = new("three", "Three", Platform.Xing, ChannelForm.Group);

    [Fact]
    public void Figures_of_unequal_definitions_are_not_compared_and_the_message_names_every_part_that_differs()
    {
        Figure first = Figures(EngagementRatioDefinitions.ByReach, Posts(One, (10, 100)))[0];
        Figure second = Figures(EngagementRatioDefinitions.ByReach.With("mine", @base: EngagementBase.Impressions, aggregation: Aggregation.MeanOfPublications), Posts(One, (10, 100)))[0];
        DefinitionMismatchException refused = Assert.Throws<DefinitionMismatchException>(() => FigureComparison.Of(first, second));
        Assert.Equal("by-reach v1 and mine v1 must be one definition, and differ in name (by-reach and mine), base (MeasuredReach and Impressions), aggregation (Pooled and MeanOfPublications), source (common use and none): calculate both by the same one.", refused.Message);
        Assert.Same(first.Definition, refused.First);
        Assert.Same(second.Definition, refused.Second);
        Assert.Throws<DefinitionMismatchException>(() => FigureComparison.All([first, second]));
        Assert.Throws<DefinitionMismatchException>(() => RankedFigure.Rank([first, second]));
    }

    [Fact]
    public void The_same_name_does_not_make_the_same_definition()
    {
        // fanpagekarma-engagement has the parts of daily, and another name: other figures of the same facts would be printed under one name, or one under two.
        Figure scaled = Figures(new EngagementRatioDefinition("by-reach", EngagementBase.MeasuredReach, scale: 1_000), Posts(One, (10, 100)))[0];
        Figure plain = Figures(EngagementRatioDefinitions.ByReach, Posts(One, (10, 100)))[0];
        Assert.Contains("differ in scale (100 and 1000), source (common use and none)", Assert.Throws<DefinitionMismatchException>(() => FigureComparison.Of(plain, scaled)).Message, StringComparison.Ordinal);
        Figure reach = new ReachPerMemberCalculator().Calculate(Ihk.Seed(), Ihk.November).Gross;
        Assert.Contains("base (MeasuredReach and none)", Assert.Throws<DefinitionMismatchException>(() => FigureComparison.Of(plain, reach)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Proportions_are_told_apart_by_Newcombe_and_Fisher()
    {
        // Newcombe (1998), 56/70 and 48/80: 0.2 within 0.0524…0.3339.
        FigureComparison comparison = FigureComparison.Of(Share(One, 56, 70), Share(Two, 48, 80));
        Assert.Equal(0.2, comparison.Difference!.Value, 15);
        Assert.Equal(0.0524, comparison.DifferenceInterval!.Value.Lower, 4);
        Assert.Equal(0.3339, comparison.DifferenceInterval.Value.Upper, 4);
        Assert.Equal(IntervalMethod.Newcombe, comparison.DifferenceInterval.Value.Method);
        Assert.Equal(ProportionDifference.FisherExact(56, 70, 48, 80), comparison.PValue);
        Assert.True(comparison.CanBeToldApart);
        Assert.Equal((1, (string?)null), (comparison.Comparisons, comparison.Adjustment));
    }

    [Fact]
    public void Rates_are_told_apart_by_the_exact_rate_ratio()
    {
        // R: poisson.test(c(60, 30), c(51477.5, 54308.7)): rate ratio 2.11, 1.340 to 3.388, p = 0.0008.
        FigureComparison comparison = FigureComparison.Of(Figures(EngagementRatioDefinitions.ByReach, Posts(One, (60, 51_477)))[0], Figures(EngagementRatioDefinitions.ByReach, Posts(Two, (30, 54_308)))[0]);
        Assert.Equal(IntervalMethod.ConditionalExact, comparison.QuotientInterval!.Value.Method);
        Assert.Equal(1.340, comparison.QuotientInterval.Value.Lower, 3);
        Assert.Equal(3.388, comparison.QuotientInterval.Value.Upper!.Value, 3);
        Assert.True(comparison.CanBeToldApart);
        Assert.Equal(60.0 / 51_477 / (30.0 / 54_308), comparison.Quotient!.Value, 12);
        Assert.StartsWith("by-reach v1: one 0.1166 against two 0.0552 per 100; difference 0.0613; quotient 2.11 [1.34, 3.388] ConditionalExact 95 %; can be told apart (p = 0.000", comparison.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ratios_over_publications_are_told_apart_by_the_spread_of_their_publications()
    {
        // Equal bases, so that the jackknife is the standard error of a mean. By hand: means 0.2 and 0.1; s² = 0.0025 and 0.0004 over 3 and 4; Welch's t = 0.1/√(0.0025/3 + 0.0004/4) = 3.2733 with 2.5 degrees.
        Figure first = Figures(EngagementRatioDefinitions.ByReach, Posts(One, (15, 100), (20, 100), (25, 100)))[0];
        Figure second = Figures(EngagementRatioDefinitions.ByReach, Posts(Two, (8, 100), (9, 100), (10, 100), (13, 100)))[0];
        FigureComparison comparison = FigureComparison.Of(first, second);
        double s1 = 0.0025 / 3;
        double s2 = new[] { 0.08, 0.09, 0.10, 0.13 }.Sum(ratio => (ratio - 0.1) * (ratio - 0.1)) / 3 / 4;
        double degrees = (s1 + s2) * (s1 + s2) / ((s1 * s1 / 2) + (s2 * s2 / 3));
        double margin = StudentDistribution.Quantile(degrees, 0.975) * Math.Sqrt(s1 + s2);
        Assert.Equal(0.1 - margin, comparison.DifferenceInterval!.Value.Lower, 12);
        Assert.Equal(0.1 + margin, comparison.DifferenceInterval.Value.Upper, 12);
        Assert.Equal(IntervalMethod.Welch, comparison.DifferenceInterval.Value.Method);

        // The p-value is that at which the interval just reaches 0.
        double t = 0.1 / Math.Sqrt(s1 + s2);
        Assert.Equal(t, StudentDistribution.Quantile(degrees, 1 - (comparison.PValue!.Value / 2)), 9);
        Assert.Equal(comparison.PValue <= 0.05, comparison.DifferenceInterval.Value.Lower > 0);
        Assert.Equal(IntervalMethod.WelchLog, comparison.QuotientInterval!.Value.Method);
    }

    [Fact]
    public void The_verdict_accounts_for_how_many_were_compared()
    {
        Figure[] figures = [Share(One, 30, 100), Share(Two, 45, 100), Share(Three, 46, 100)];
        IReadOnlyList<FigureComparison> all = FigureComparison.All(figures);
        Assert.Equal(3, all.Count);
        double[] p = [ProportionDifference.FisherExact(30, 100, 45, 100), ProportionDifference.FisherExact(30, 100, 46, 100), ProportionDifference.FisherExact(45, 100, 46, 100)];
        Assert.Equal(p, all.Select(comparison => comparison.PValue!.Value));

        // Alone each of the first two would be told apart; of three comparisons none: Holm's smallest is three times the smallest.
        Assert.True(p[0] < 0.05 && p[1] < 0.05 && 3 * Math.Min(p[0], p[1]) > 0.05);
        Assert.Equal(3 * p[1], all[1].AdjustedPValue!.Value, 12);
        Assert.All(all, comparison => Assert.Equal((false, 3, "Holm"), (comparison.CanBeToldApart!.Value, comparison.Comparisons, comparison.Adjustment)));
        Assert.Equal(MultipleTesting.BenjaminiHochberg(p), FigureComparison.All(figures, byFalseDiscoveries: true).Select(comparison => comparison.AdjustedPValue!.Value));
    }

    [Fact]
    public void Rounding_that_may_make_two_equal_leaves_nothing_to_tell_apart()
    {
        FigureComparison comparison = FigureComparison.Of(Potential(One, Count.Rounded(9_000)), Potential(Two, Count.Observed(9_450)));
        Assert.Equal((1.0, false), (comparison.PValue, comparison.CanBeToldApart));
        Assert.True(comparison.QuotientInterval!.Value.Contains(8_500 / 9_450.0) && comparison.QuotientInterval.Value.Contains(9_499 / 9_450.0));

        // As exact numbers they can.
        Assert.True(FigureComparison.Of(Potential(One, Count.Observed(9_000)), Potential(Two, Count.Observed(9_450))).CanBeToldApart);
    }

    [Fact]
    public void Rounded_bases_widen_the_difference_and_the_quotient_of_two_spreads()
    {
        Figure first = Followed(One, Count.Rounded(9_000), 4_000, 5_250, 6_500);
        Figure second = Followed(Two, Count.Rounded(2_000), 100, 120, 155);
        ((double Error, int Degrees) one, (double Error, int Degrees) other) = (first.Detail.Spread!.Value, second.Detail.Spread!.Value);
        (double lowA, double highA, double lowB, double highB) = (first.Rounding!.Value.Lower, first.Rounding.Value.Upper, second.Rounding!.Value.Lower, second.Rounding.Value.Upper);
        Assert.True(lowA > highB);
        FigureComparison comparison = FigureComparison.Of(first, second);

        // D ± t·√(s₁² + s₂²), from the nearest that the two can be to the farthest; the nearest is tested.
        (double error, double degrees) = Welch(one.Error, one.Degrees, other.Error, other.Degrees);
        double margin = StudentDistribution.Quantile(degrees, 0.975) * error;
        Assert.Equal(lowA - highB - margin, comparison.DifferenceInterval!.Value.Lower, 12);
        Assert.Equal(highA - lowB + margin, comparison.DifferenceInterval.Value.Upper, 12);
        Assert.Equal((lowA - highB) / error, StudentDistribution.Quantile(degrees, 1 - (comparison.PValue!.Value / 2)), 6);
        FigureComparison turned = FigureComparison.Of(second, first);
        Assert.Equal(comparison.PValue.Value, turned.PValue!.Value, 14);
        Assert.Equal(lowB - highA - margin, turned.DifferenceInterval!.Value.Lower, 12);

        // The same of ln of the quotient, by s/value.
        (double relative, double degreesOfLog) = Welch(one.Error / first.Value!.Value, one.Degrees, other.Error / second.Value!.Value, other.Degrees);
        double factor = Math.Exp(StudentDistribution.Quantile(degreesOfLog, 0.975) * relative);
        Assert.Equal(lowA / highB / factor, comparison.QuotientInterval!.Value.Lower, 10);
        Assert.Equal(highA / lowB * factor, comparison.QuotientInterval.Value.Upper!.Value, 10);
        Assert.Equal(1 / comparison.QuotientInterval.Value.Upper.Value, turned.QuotientInterval!.Value.Lower, 12);

        // Nothing at all has no spread, and so no quotient.
        Figure nothing = Followed(Three, Count.Observed(9_000), 0, 0, 0);
        Assert.Null(FigureComparison.Of(first, nothing).QuotientInterval);
        Assert.Null(FigureComparison.Of(nothing, first).QuotientInterval);

        static (double Error, double Degrees) Welch(double s1, int n1, double s2, int n2) => (Math.Sqrt((s1 * s1) + (s2 * s2)), Math.Pow((s1 * s1) + (s2 * s2), 2) / ((Math.Pow(s1, 4) / n1) + (Math.Pow(s2, 4) / n2)));
    }

    [Fact]
    public void Rounded_parts_are_judged_by_the_least_favourable_of_what_they_may_be()
    {
        // 250 to 349 of 1,000 against 500: the nearest is 349.
        Figure rounded = Share(One, Count.Rounded(300, 250, 349), 1_000);
        Figure exact = Share(Two, 500, 1_000);
        FigureComparison shares = FigureComparison.Of(rounded, exact);
        Assert.Equal(ProportionDifference.FisherExact(349, 1_000, 500, 1_000), shares.PValue);
        Assert.Equal(ProportionDifference.Newcombe(250, 1_000, 500, 1_000, 0.95).Lower, shares.DifferenceInterval!.Value.Lower);
        Assert.Equal(ProportionDifference.Newcombe(349, 1_000, 500, 1_000, 0.95).Upper, shares.DifferenceInterval.Value.Upper);
        Assert.Equal(shares.PValue, FigureComparison.Of(exact, rounded).PValue);
        Assert.Equal(1.0, FigureComparison.Of(rounded, Share(Two, 340, 1_000)).PValue);
        Assert.Equal(1.0, FigureComparison.Of(Share(Two, 251, 1_000), rounded).PValue);

        // 8,500 to 9,499 of 110,000 against 9,900; the same of rates.
        Figure few = Potential(One, Count.Rounded(9_000));
        Figure more = Potential(Two, Count.Observed(9_900));
        FigureComparison rates = FigureComparison.Of(few, more);
        Assert.Equal(RateRatio.ExactConditionalTest(9_499, 110_000, 9_900, 110_000), rates.PValue);
        Assert.Equal(RateRatio.ExactConditional(8_500, 110_000, 9_900, 110_000, 0.95).Lower, rates.QuotientInterval!.Value.Lower);
        Assert.Equal(RateRatio.ExactConditional(9_499, 110_000, 9_900, 110_000, 0.95).Upper, rates.QuotientInterval.Value.Upper);
        Assert.Equal(rates.PValue, FigureComparison.Of(more, few).PValue);
    }

    [Fact]
    public void Above_a_million_in_all_the_pooled_z_takes_the_place_of_Fisher()
    {
        Assert.Equal(ProportionDifference.FisherExact(251_000, 500_000, 250_000, 500_000), FigureComparison.Of(Share(One, 251_000, 500_000), Share(Two, 250_000, 500_000)).PValue);
        Assert.True(ProportionDifference.TryPooledZ(251_000, 500_001, 250_000, 500_000, out _, out double p));
        Assert.Equal(p, FigureComparison.Of(Share(One, 251_000, 500_001), Share(Two, 250_000, 500_000)).PValue);
        Assert.NotEqual(p, ProportionDifference.FisherExact(251_000, 500_001, 250_000, 500_000));

        // Of all and all nothing can be told apart.
        Assert.Equal(1.0, FigureComparison.Of(Share(One, 600_000, 600_000), Share(Two, 500_000, 500_000)).PValue);
        FigureComparison large = FigureComparison.Of(Potential(One, Count.Observed(1L << 53)), Potential(Two, Count.Observed(5)));
        Assert.Null(large.PValue);
        Assert.Contains(large.Caveats, caveat => caveat.English == "not to be told: a count is too large" && caveat.German == "Nicht zu sagen: Eine Zahl ist zu groß");
    }

    [Fact]
    public void Where_nothing_can_be_said_a_caveat_says_why()
    {
        Figure several = Figures(EngagementRatioDefinitions.ByReach, Posts(One, (15, 100), (20, 100), (25, 100)))[0];
        Figure single = Figures(EngagementRatioDefinitions.ByReach, Posts(Two, (8, 100)))[0];
        FigureComparison mixed = FigureComparison.Of(several, single);
        Assert.Null(mixed.CanBeToldApart);
        Assert.Equal(CaveatCodes.NoComparison, Assert.Single(mixed.Caveats).Code);
        Assert.NotNull(mixed.Difference);
        Assert.Contains("nothing to judge by", mixed.ToString(), StringComparison.Ordinal);
        Assert.Null(FigureComparison.Of(several, Figures(EngagementRatioDefinitions.ByReach, Posts(Two, (8, null)))[0]).Difference);
        Assert.Null(FigureComparison.Of(Potential(One, Count.Partial(5)), Potential(Two, Count.Observed(5))).CanBeToldApart);
    }

    [Fact]
    public void A_rank_without_spread_or_without_counts_says_why_it_is_not_shrunk()
    {
        RankedFigure[] equal = [.. RankedFigure.Rank([Share(One, 30, 100), Share(Two, 30, 100), Share(Three, 30, 100)])];
        Assert.All(equal, ranked => Assert.Equal((1, null), (ranked.Place, ranked.Shrunk)));
        Assert.Equal("not shrunk: the figures differ no more than chance makes them", equal[0].Caveats[0].English);
        Assert.Equal("Nicht geschrumpft: Die Zahlen unterscheiden sich nicht mehr, als der Zufall es macht", equal[0].Caveats[0].German);
        Assert.StartsWith("1. one: 30.00 % (30/100) ", equal[0].ToString(), StringComparison.Ordinal);
        Assert.EndsWith("; not shrunk", equal[0].ToString(), StringComparison.Ordinal);

        RankedFigure[] apart = [.. RankedFigure.Rank([Share(One, 3, 100), Share(Two, 60, 100), Share(Three, 95, 100)])];
        Assert.Equal(["three", "two", "one"], apart.Select(ranked => ranked.Figure.Channel.Value), StringComparer.Ordinal);
        Assert.Contains($"; shrunk {apart[0].Shrunk}", apart[0].ToString(), StringComparison.Ordinal);

        EngagementRatioDefinition median = EngagementRatioDefinitions.ByReach.With("median", aggregation: Aggregation.MedianOfPublications);
        RankedFigure single = RankedFigure.Rank(Figures(median, Posts(One, (1, 100), (2, 100), (3, 100))))[0];
        Assert.Equal("not shrunk: the figures are no plain counts over a base", single.Caveats[0].English);
        Assert.Equal("Nicht geschrumpft: Die Zahlen sind keine einfachen Zählungen über einer Basis", single.Caveats[0].German);
    }

    [Fact]
    public void A_comparison_is_told_in_a_line_with_what_it_accounts_for()
    {
        // Newcombe's 56/70 and 48/80 again.
        string shares = FigureComparison.Of(Share(One, 56, 70), Share(Two, 48, 80)).ToString();
        Assert.StartsWith("on-target-share v1: one 80 against two 60 per 100; difference 20 [5.24", shares, StringComparison.Ordinal);
        Assert.Contains("] Newcombe; quotient 1.3333; can be told apart (p = 0.01", shares, StringComparison.Ordinal);
        Assert.EndsWith(")", shares, StringComparison.Ordinal);

        // One channel at two times is named by its periods; a figure of all channels has no name of its own.
        EngagementRatioCalculator calculator = new(EngagementRatioDefinitions.ByReach);
        Portfolio facts = Portfolio.For(Ihk.Chamber).Add(One).Add(Two)
            .Add(new Publication("a", One.Id, Ihk.At(3)) { Interactions = Ihk.Tally(20), Exposures = new Exposures(default, new MeasuredReach(Count.Observed(100))) })
            .Add(new Publication("b", One.Id, Ihk.At(3, month: 12)) { Interactions = Ihk.Tally(10), Exposures = new Exposures(default, new MeasuredReach(Count.Observed(100))) }).Build();
        EngagementRatioResult november = calculator.Calculate(facts, Ihk.November);
        EngagementRatioResult december = calculator.Calculate(facts, LocalPeriod.Month(2014, 12));
        Assert.StartsWith("by-reach v1: 2014-11-01/2014-12-01 20 against 2014-12-01/2015-01-01 10 per 100; difference 10; quotient 2", FigureComparison.Of(november.Channels[0], december.Channels[0]).ToString(), StringComparison.Ordinal);
        Assert.StartsWith("by-reach v1: one 20 against all 10 per 100; ", FigureComparison.Of(november.Channels[0], december.Total).ToString(), StringComparison.Ordinal);
        Assert.Equal("by-reach v1: one 20 against two undefined per 100; nothing to judge by", FigureComparison.Of(november.Channels[0], december.Channels[1]).ToString());

        // Of several the adjustment is told.
        Figure[] three = [Share(One, 30, 100), Share(Two, 45, 100), Share(Three, 46, 100)];
        Assert.All(FigureComparison.All(three), one => Assert.EndsWith(", Holm over 3)", one.ToString(), StringComparison.Ordinal));
        Assert.All(FigureComparison.All(three, byFalseDiscoveries: true), one => Assert.EndsWith(", Benjamini–Hochberg over 3)", one.ToString(), StringComparison.Ordinal));
        Assert.StartsWith("figures must not hold null: leave out what is not known.", Assert.Throws<ArgumentException>("figures", () => FigureComparison.All([three[0], null!])).Message, StringComparison.Ordinal);

        // What has no test is left as it is among those that have one.
        Figure open = Share(new Channel("four", "Four", Platform.Xing, ChannelForm.Group), Count.Partial(5), 100);
        FigureComparison[] mixed = [.. FigureComparison.All([.. three, open])];
        Assert.Equal([(3, "Holm"), (3, "Holm"), (1, null), (3, "Holm"), (1, null), (1, null)], mixed.Select(one => (one.Comparisons, one.Adjustment)));
    }

    [Fact]
    public void Medians_are_not_tested_and_say_so()
    {
        EngagementRatioDefinition median = EngagementRatioDefinitions.ByReach.With("median", aggregation: Aggregation.MedianOfPublications);
        (long, long?)[] posts = [.. Enumerable.Range(1, 9).Select(likes => ((long)likes, (long?)100))];
        FigureComparison comparison = FigureComparison.Of(Figures(median, Posts(One, posts))[0], Figures(median, Posts(Two, posts))[0]);
        Assert.Equal((null, 0.0), (comparison.CanBeToldApart, comparison.Difference!.Value));
        Assert.Equal("not to be told: there is no test of medians here", Assert.Single(comparison.Caveats).English);
        Assert.Equal("Nicht zu sagen: Für Mediane gibt es hier keinen Test", Assert.Single(comparison.Caveats).German);
    }

    [Fact]
    public void What_cannot_be_judged_says_why_in_both_languages()
    {
        Figure known = Figures(EngagementRatioDefinitions.ByReach, Posts(One, (15, 100), (20, 100)))[0];
        (FigureComparison, string, string)[] cases =
        [
            (FigureComparison.Of(known, Figures(EngagementRatioDefinitions.ByReach, Posts(Two, (8, null)))[0]), "a figure has no value", "Eine Zahl hat keinen Wert"),
            (FigureComparison.Of(Figures(EngagementRatioDefinitions.ByReach, Posts(Two, (8, null)))[0], known), "a figure has no value", "Eine Zahl hat keinen Wert"),
            (FigureComparison.Of(Potential(One, Count.Partial(5)), Potential(Two, Count.Observed(5))), "a part is known in part only", "Ein Teil ist nur teilweise bekannt"),
            (FigureComparison.Of(Potential(One, Count.Observed(5)), Potential(Two, Count.Partial(5))), "a part is known in part only", "Ein Teil ist nur teilweise bekannt"),
            (FigureComparison.Of(known, Figures(EngagementRatioDefinitions.ByReach, Posts(Two, (8, 100)))[0]), "one publication does not say how the publications of its channel differ", "Eine einzige Veröffentlichung sagt nicht, wie sich die ihres Kanals unterscheiden"),
        ];
        Assert.All(cases, one => Assert.Equal(($"not to be told: {one.Item2}", $"Nicht zu sagen: {one.Item3}"), (Assert.Single(one.Item1.Caveats).English, Assert.Single(one.Item1.Caveats).German)));
    }

    [Theory]
    [InlineData(IntervalMethod.Garwood)]
    [InlineData(IntervalMethod.Wilson)]
    [InlineData(IntervalMethod.Linearised)]
    public void Several_publications_are_told_apart_by_their_spread_whatever_interval_was_asked_for(IntervalMethod method)
    {
        // 42/924 and 84/924: as if all had one rate, 1/2 [0.34, 0.73] and p = 0.0002; but the publications themselves differ as much as the channels.
        Portfolio facts = Posts((One, [(30, 324), (3, 500), (9, 100)]), (Two, [(70, 300), (4, 500), (10, 124)]));
        Figure[] asked = [.. new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach, interval: method).Calculate(facts, Ihk.November).Channels];
        FigureComparison comparison = FigureComparison.Of(asked[0], asked[1]);
        FigureComparison byDefault = FigureComparison.Of(Figures(EngagementRatioDefinitions.ByReach, facts)[0], Figures(EngagementRatioDefinitions.ByReach, facts)[1]);
        Assert.Equal(IntervalMethod.Welch, comparison.DifferenceInterval!.Value.Method);
        Assert.False(comparison.CanBeToldApart);
        if (method is not IntervalMethod.Linearised) Assert.Equal((byDefault.PValue, byDefault.DifferenceInterval, byDefault.QuotientInterval), (comparison.PValue, comparison.DifferenceInterval, comparison.QuotientInterval));

        // One publication against several has no verdict, whatever interval was asked for.
        Figure single = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach, interval: method).Calculate(Posts(Two, (8, 100)), Ihk.November).Channels[0];
        Assert.Equal((null, "not to be told: one publication does not say how the publications of its channel differ"), (FigureComparison.Of(asked[0], single).CanBeToldApart, Assert.Single(FigureComparison.Of(asked[0], single).Caveats).English));
    }

    [Fact]
    public void Publications_that_do_not_differ_at_all_are_not_called_a_single_one()
    {
        Figure[] asked = [.. new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach, interval: IntervalMethod.Wilson).Calculate(Posts((One, [(10, 100), (10, 100)]), (Two, [(12, 100), (12, 100)])), Ihk.November).Channels];
        Caveat told = Assert.Single(FigureComparison.Of(asked[0], asked[1]).Caveats);
        Assert.Equal(("not to be told: publications that do not differ at all have no spread to judge by", "Nicht zu sagen: Veröffentlichungen, die sich gar nicht unterscheiden, haben keine Streuung, nach der zu urteilen wäre"), (told.English, told.German));
    }

    [Fact]
    public void Nothing_is_told_apart_from_itself()
    {
        Figure figure = Figures(EngagementRatioDefinitions.ByReach, Posts(One, (15, 100), (20, 100), (25, 100)))[0];
        Assert.Equal((0.0, 1.0, 1.0, false), (FigureComparison.Of(figure, figure).Difference!.Value, FigureComparison.Of(figure, figure).Quotient!.Value, FigureComparison.Of(figure, figure).PValue!.Value, FigureComparison.Of(figure, figure).CanBeToldApart!.Value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_confidence_must_lie_between_0_and_1(double confidence)
    {
        Figure figure = Share(One, 1, 2);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(confidence), () => FigureComparison.Of(figure, figure, confidence));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(confidence), () => FigureComparison.All([figure], confidence));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(confidence), () => RankedFigure.Rank([figure], confidence));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(confidence), () => FigureSeries.Of([figure]).Compare(confidence));
    }

    [Fact]
    public void A_tiny_channel_with_a_lucky_count_does_not_lead_the_ranking()
    {
        // 2 of 2 is 100 %, but says less than 90 of 100.
        Channel[] channels = [One, Two, Three, new("four", "Four", Platform.Facebook, ChannelForm.Page), new("five", "Five", Platform.Facebook, ChannelForm.Page)];
        Figure[] figures = [Share(channels[0], 2, 2), Share(channels[1], 900, 1_000), Share(channels[2], 300, 1_000), Share(channels[3], 500, 1_000), Share(channels[4], 100, 1_000)];
        IReadOnlyList<RankedFigure> ranked = RankedFigure.Rank(figures);
        Assert.Equal(["two", "one", "four", "three", "five"], ranked.Select(row => row.Figure.Channel.Value), StringComparer.Ordinal);
        Assert.Equal([1, 2, 3, 4, 5], ranked.Select(row => row.Place));
        Assert.All(ranked, row => Assert.Equal(CaveatCodes.Shrunk, Assert.Single(row.Caveats).Code));

        // The posterior mean of a beta–binomial: (α + x)/(α + β + n).
        Assert.True(BetaBinomialModel.TryFit([2, 900, 300, 500, 100], [2, 1_000, 1_000, 1_000, 1_000], out BetaBinomialModel? model));
        Assert.Equal((model.Alpha + 2) / (model.Alpha + model.Beta + 2), ranked[1].Shrunk!.Value.Mean, 12);
        Assert.Contains("empirical Bayes (beta–binomial", ranked[0].Caveats[0].English, StringComparison.Ordinal);
        Assert.Matches(@"Beta\(\d,\d+; \d,\d+\)", ranked[0].Caveats[0].Text(Language.German));
    }

    [Fact]
    public void Rates_shrink_by_gamma_Poisson_and_means_are_not_shrunk()
    {
        Portfolio facts = Posts((One, [(1, 2), (1, 2)]), (Two, [(90, 1_000), (80, 1_000)]), (Three, [(10, 1_000), (20, 1_000)]));
        IReadOnlyList<RankedFigure> pooled = RankedFigure.Rank(Figures(EngagementRatioDefinitions.ByReach, facts));
        Assert.True(GammaPoissonModel.TryFit([2, 170, 30], [4, 2_000, 2_000], out GammaPoissonModel? model));
        Assert.Equal((model.Shape + 2) / (model.Rate + 4), pooled.Single(row => row.Figure.Channel == One.Id).Shrunk!.Value.Mean, 12);
        IReadOnlyList<RankedFigure> means = RankedFigure.Rank(Figures(EngagementRatioDefinitions.ByReach.With("mean", aggregation: Aggregation.MeanOfPublications), facts));
        Assert.All(means, row => Assert.Equal((null, CaveatCodes.NotShrunk), (row.Shrunk, Assert.Single(row.Caveats).Code)));
        Assert.Equal(["one", "two", "three"], means.Select(row => row.Figure.Channel.Value), StringComparer.Ordinal);
        Assert.Empty(RankedFigure.Rank([]));
    }

    private static Figure Share(Channel channel, long members, long audience) => Share(channel, Count.Observed(members), audience);

    private static Figure Share(Channel channel, Count members, long audience) =>
        new ReachPerMemberCalculator().Calculate(Portfolio.For(Ihk.Chamber).Add(channel).Add(new AudienceSnapshot(channel.Id, Ihk.At(1), Count.Observed(audience), UnitOfCount.Person) { Members = members }).Build(), Ihk.November).Channels[0].OnTarget;

    private static Figure Potential(Channel channel, Count audience) =>
        new ReachPerMemberCalculator().Calculate(Portfolio.For(Ihk.Chamber).Add(channel).Add(new Universe("members", UnitOfCount.Person).With(Ihk.At(1), Count.Observed(110_000))).Add(Ihk.Audience(channel, audience)).Build(), Ihk.November).Channels[0].Potential;

    private static Figure Followed(Channel channel, Count audience, params long[] likes)
    {
        PortfolioBuilder facts = Portfolio.For(Ihk.Chamber).Add(channel).Add(Ihk.Audience(channel, audience, Ihk.At(1, 0)));
        for (int post = 0; post < likes.Length; post++) facts.Add(new Publication($"p{post}", channel.Id, Ihk.At(3 + post)) { Interactions = Ihk.Tally(likes: likes[post]) });
        return Figures(EngagementRatioDefinitions.ByFollowers, facts.Build())[0];
    }

    private static IReadOnlyList<Figure> Figures(EngagementRatioDefinition definition, Portfolio facts) => new EngagementRatioCalculator(definition).Calculate(facts, Ihk.November).Channels;

    private static Portfolio Posts(Channel channel, params (long Likes, long? Reach)[] posts) => Posts((channel, posts));

    private static Portfolio Posts(params (Channel Channel, (long Likes, long? Reach)[] Posts)[] channels)
    {
        PortfolioBuilder facts = Portfolio.For(Ihk.Chamber);
        foreach ((Channel channel, (long Likes, long? Reach)[] posts) in channels)
        {
            facts.Add(channel);
            for (int post = 0; post < posts.Length; post++)
            {
                Count reach = posts[post].Reach is { } persons ? Count.Observed(persons) : Count.Missing;
                facts.Add(new Publication($"{channel.Id}-{post}", channel.Id, Ihk.At(post + 2)) { Interactions = Ihk.Tally(posts[post].Likes), Exposures = new Exposures(reach, new MeasuredReach(reach)) });
            }
        }

        return facts.Build();
    }
}
