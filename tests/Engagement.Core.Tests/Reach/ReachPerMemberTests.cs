namespace Engagement.Core.Tests.Reach;

public class ReachPerMemberTests
{
    private static readonly ReachPerMemberResult Seed = new ReachPerMemberCalculator().Calculate(Ihk.Seed(), Ihk.November);

    [Theory]
    [InlineData(9_000, 81.82)]
    [InlineData(133, 1.21)]
    [InlineData(38, 0.35)]
    [InlineData(324, 2.95)]
    public void A_number_in_hand_gives_reach_per_thousand_members(long reach, double perThousand) =>
        Assert.Equal(perThousand, Math.Round(ReachPerMember.Of(reach, 110_000).PerThousand!.Value, 2));

    [Fact]
    public void The_three_doors_give_the_same_reach_per_member()
    {
        long[] reach = [9_000, 133, 38, 324];
        double[] column = new double[4];
        new ReachPerMemberCalculator().Calculate(reach, 110_000, column);
        for (int index = 0; index < 4; index++)
        {
            Assert.Equal(column[index], Seed.Channels[index].Potential.Value);
            Assert.Equal(column[index], ReachPerMember.Of(reach[index], 110_000).Value);
        }
    }

    [Fact]
    public void Rounded_inputs_leave_open_what_interval_arithmetic_says()
    {
        Bounds xing = Seed.Channels[0].Potential.Rounding!.Value;
        Assert.Equal(8_500.0 / 114_999, xing.Lower, 15);
        Assert.Equal(9_499.0 / 110_000, xing.Upper, 15);
        Bounds twitter = Seed.Channels[1].Potential.Rounding!.Value;
        Assert.Equal(133.0 / 114_999, twitter.Lower, 15);
        Assert.Equal(133.0 / 110_000, twitter.Upper, 15);
    }

    [Fact]
    public void An_exact_figure_has_no_rounding_bounds()
    {
        var exact = new Universe("members", UnitOfCount.Company).With(Ihk.Noon, Count.Observed(110_000));
        ReachPerMemberResult result = new ReachPerMemberCalculator().Calculate(Ihk.Seed(Count.Observed(9_000), exact), Ihk.November);
        Assert.Null(result.Channels[0].Potential.Rounding);
        Assert.Null(result.Net!.Rounding);

        // The tables of RateIntervals hold these against R; here it matters that nothing was widened.
        IntervalEstimate twitter = result.Channels[1].Potential.Interval!.Value;
        Assert.Equal(IntervalMethod.Garwood, twitter.Method);
        Assert.Equal(RateIntervals.Garwood(133, 110_000).Lower, twitter.Lower);
        Assert.Equal(RateIntervals.Garwood(133, 110_000).Upper, twitter.Upper);
    }

    [Fact]
    public void Rounding_widens_the_interval_at_both_ends()
    {
        IntervalEstimate xing = Seed.Channels[0].Potential.Interval!.Value;
        Assert.Equal(RateIntervals.Garwood(8_500, 114_999).Lower, xing.Lower);
        Assert.Equal(RateIntervals.Garwood(9_499, 110_000).Upper, xing.Upper);
        Assert.True(xing.Lower < Seed.Channels[0].Potential.Rounding!.Value.Lower && xing.Upper > Seed.Channels[0].Potential.Rounding!.Value.Upper);
    }

    [Fact]
    public void Gross_is_the_sum_and_net_lies_between_the_largest_and_the_sum()
    {
        NetReach net = Seed.Net!.Reach;
        Assert.Equal(9_495, net.Gross);
        Assert.Equal(9_000, net.Lower);
        Assert.Equal(9_495, net.Upper);
        Assert.Equal(9_453.9955, Math.Round(net.Independence!.Value, 4));
        Assert.Equal(9_495.0, Seed.Gross.Numerator.Value);
    }

    [Fact]
    public void Net_per_hundred_members_carries_the_roundings()
    {
        Assert.Equal(8.18, Math.Round(Seed.Net!.Lower.Percent!.Value, 2));
        Assert.Equal(8.63, Math.Round(Seed.Net.Upper.Percent!.Value, 2));
        Assert.Equal(7.39, Math.Round(Seed.Net.Rounding!.Value.Lower * 100, 2));
        Assert.Equal(9.09, Math.Round(Seed.Net.Rounding!.Value.Upper * 100, 2));
    }

    [Fact]
    public void The_number_door_to_net_reach_agrees_with_the_facts() => Assert.Equal(Seed.Net!.Reach, NetReach.Of([9_000, 133, 38, 324], 110_000));

    [Fact]
    public void A_channel_without_audience_is_missing_and_says_why()
    {
        ChannelReach magazine = Seed.Channels[4];
        Assert.Null(magazine.Potential.Value);
        Assert.Equal(UndefinedReason.MissingNumerator, magazine.Potential.Ratio.Undefined);
        Assert.True(magazine.Potential.Has(CaveatCodes.AudienceMissing));
        Assert.Contains(Seed.Caveats, caveat => caveat.Code == CaveatCodes.ChannelsLeftOut && caveat.English.Contains("1 of 5", StringComparison.Ordinal) && caveat.English.Contains("magazine", StringComparison.Ordinal));
    }

    [Fact]
    public void Persons_per_company_and_the_sub_brand_are_stated()
    {
        Assert.True(Seed.Channels[0].Potential.Has(CaveatCodes.UnitsDiffer));
        Assert.Contains("persons per company", Seed.Channels[0].Potential.Caveats.Single(caveat => caveat.Code == CaveatCodes.UnitsDiffer).English, StringComparison.Ordinal);
        Assert.Contains("Personen je Unternehmen", Seed.Channels[0].Potential.Caveats.Single(caveat => caveat.Code == CaveatCodes.UnitsDiffer).German, StringComparison.Ordinal);
        Assert.True(Seed.Channels[3].Potential.Has(CaveatCodes.SubBrand));
        Assert.False(Seed.Channels[0].Potential.Has(CaveatCodes.SubBrand));
    }

    [Fact]
    public void Coverage_across_units_is_refused_unless_a_conversion_is_stated()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Company).With(Ihk.Noon, Count.Observed(1_000))).Add(Ihk.Xing)
            .Add(new AudienceSnapshot(Ihk.Xing.Id, Ihk.Noon, Count.Observed(900), UnitOfCount.Person) { Members = Count.Observed(800) }).Build();

        Figure refused = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Channels[0].Coverage;
        Assert.Equal(UndefinedReason.UnitMismatch, refused.Ratio.Undefined);
        Assert.Null(refused.Interval);

        var conversion = new UnitConversion(UnitOfCount.Person, UnitOfCount.Company, 2, "two contacts per company");
        Figure converted = new ReachPerMemberCalculator(conversion: conversion).Calculate(portfolio, Ihk.November).Channels[0].Coverage;
        Assert.Equal(0.4, converted.Value);
        Assert.Contains("2 persons per company (two contacts per company)", converted.Caveats.Single(caveat => caveat.Code == CaveatCodes.Converted).English, StringComparison.Ordinal);
        Assert.Equal(ProportionIntervals.Wilson(800, 2_000), converted.Interval);
    }

    [Fact]
    public void Coverage_and_on_target_share_are_proportions_with_Wilson()
    {
        Portfolio portfolio = Club(size: 324, members: 81, universe: 500);
        ChannelReach reach = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Channels[0];
        Assert.Equal(81.0 / 500, reach.Coverage.Value);
        Assert.Equal(ProportionIntervals.Wilson(81, 500), reach.Coverage.Interval);
        Assert.Equal(0.25, reach.OnTarget.Value);
        Assert.Equal(ProportionIntervals.Wilson(81, 324), reach.OnTarget.Interval);
        Assert.Equal(MemberCoverage.Of(81, 500), reach.Coverage.Ratio);
        Assert.Equal(OnTargetShare.Of(81, 324), reach.OnTarget.Ratio);
        Assert.False(reach.Potential.Has(CaveatCodes.UnitsDiffer));
    }

    [Fact]
    public void Members_in_the_audience_are_no_part_of_another_universe()
    {
        // 150 of the 900 are members; of the 160 staff nothing is known but of the intranet, whose target they are: 40 of 160.
        Universe staff = new Universe("staff", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(160));
        Universe members = new Universe("members", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(1_000));
        Channel intranet = new("intranet", "Intranet", Platform.Intranet, ChannelForm.Intranet) { TargetUniverse = staff.Id };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(members).Add(staff).Add(Ihk.Xing).Add(intranet)
            .Add(Ihk.Audience(Ihk.Xing, Count.Observed(900)) with { Members = Count.Observed(150) }).Add(Ihk.Audience(intranet, Count.Observed(50)) with { Members = Count.Observed(5), InTarget = Count.Observed(40) }).Build();
        IReadOnlyList<ChannelReach> ofStaff = new ReachPerMemberCalculator(staff.Id).Calculate(portfolio, Ihk.November).Channels;
        Assert.Equal((null, UndefinedReason.MissingNumerator), (ofStaff[0].Coverage.Value, ofStaff[0].Coverage.Ratio.Undefined));
        Assert.Equal((0.25, 0.25), (ofStaff[1].Coverage.Value!.Value, ofStaff[1].TargetCoverage!.Value!.Value));

        // What is divided by the audience is not divided by the universe, and stays; so does the coverage of the members, by whatever name they are asked for.
        Assert.Equal(150.0 / 900, ofStaff[0].OnTarget.Value);
        Assert.All(new[] { new ReachPerMemberCalculator(), new ReachPerMemberCalculator(members.Id) }, calculator => Assert.Equal([0.15, 0.005], calculator.Calculate(portfolio, Ihk.November).Channels.Select(channel => channel.Coverage.Value!.Value)));
    }

    [Fact]
    public void More_members_than_there_are_is_reported_and_not_clamped()
    {
        Figure coverage = new ReachPerMemberCalculator().Calculate(Club(size: 700, members: 600, universe: 500), Ihk.November).Channels[0].Coverage;
        Assert.Null(coverage.Value);
        Assert.Equal(UndefinedReason.PartExceedsWhole, coverage.Ratio.Undefined);
        Assert.Equal(600, coverage.Ratio.Numerator);
        Assert.True(coverage.Has(CaveatCodes.PartExceedsWhole));
        Assert.Equal(UndefinedReason.PartExceedsWhole, MemberCoverage.Of(600, 500).Undefined);
    }

    [Fact]
    public void A_channel_with_its_own_target_gets_that_coverage_too()
    {
        var target = new Universe("creatives", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(2_000));
        var channel = new Channel("fb", "Netzwerk Kreativwirtschaft", Platform.Facebook, ChannelForm.Page) { TargetUniverse = target.Id };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Add(target).Add(channel)
            .Add(new AudienceSnapshot(channel.Id, Ihk.Noon, Count.Observed(324), UnitOfCount.Person) { InTarget = Count.Observed(200) }).Build();
        Figure coverage = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Channels[0].TargetCoverage!;
        Assert.Equal(0.1, coverage.Value);
        Assert.Equal(ProportionIntervals.Wilson(200, 2_000), coverage.Interval);
    }

    [Fact]
    public void Measured_reach_of_two_posts_is_at_least_the_larger_and_at_most_the_sum()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(10_000))).Add(Ihk.Facebook)
            .Add(Post("a", reach: 300)).Add(Post("b", reach: 500)).Build();
        Figure measured = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Channels[0].Measured;
        Assert.Equal(0.05, measured.Value);
        Assert.Equal(new Bounds(0.05, 0.08), measured.Rounding);
        Assert.True(measured.Has(CaveatCodes.ReachNotAdditive));
        Assert.Null(measured.Interval);
    }

    [Fact]
    public void Members_who_follow_more_channels_than_the_universe_holds_do_not_push_net_above_it()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(1_000))).Add(Ihk.Xing).Add(Ihk.Twitter)
            .Add(Ihk.Audience(Ihk.Xing, Count.Observed(700))).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(600))).Build();
        NetReach net = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Net!.Reach;
        Assert.Equal((1_300L, 700L, 1_000L), (net.Gross, net.Lower, net.Upper));
        Assert.Equal(880, net.Independence!.Value, 9);
    }

    [Fact]
    public void An_audience_older_than_the_period_says_so()
    {
        Figure potential = new ReachPerMemberCalculator().Calculate(Ihk.Seed(), LocalPeriod.Month(2014, 12)).Channels[0].Potential;
        Assert.True(potential.Has(CaveatCodes.AudienceOld));
        Assert.Contains("2014-11-20", potential.Caveats.Single(caveat => caveat.Code == CaveatCodes.AudienceOld).English, StringComparison.Ordinal);
    }

    [Fact]
    public void An_audience_after_the_period_is_not_used()
    {
        ReachPerMemberResult result = new ReachPerMemberCalculator().Calculate(Ihk.Seed(), LocalPeriod.Month(2014, 10));
        Assert.All(result.Channels, channel => Assert.Null(channel.Potential.Value));
        Assert.Null(result.Net);
        Assert.Equal(UndefinedReason.MissingDenominator, result.Gross.Ratio.Undefined);
    }

    [Fact]
    public void A_universe_whose_size_is_not_told_is_named_as_missing()
    {
        Universe told = new Universe("members", UnitOfCount.Company).With(Ihk.Noon, Count.Withheld);
        ReachPerMemberResult result = new ReachPerMemberCalculator().Calculate(Ihk.Seed(members: told), LocalPeriod.Month(2014, 12));
        Assert.Equal(UndefinedReason.MissingDenominator, result.Gross.Ratio.Undefined);
        Assert.Equal([CaveatCodes.UniverseMissing, CaveatCodes.UniverseOld], result.Caveats.Select(caveat => caveat.Code).Where(code => code is CaveatCodes.UniverseMissing or CaveatCodes.UniverseOld), StringComparer.Ordinal);
    }

    [Fact]
    public void A_channel_that_no_longer_lives_reaches_nobody()
    {
        Channel closed = Ihk.GooglePlus with { Closed = new(2019, 4, 2) };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Add(closed).Add(Ihk.Audience(closed, Count.Observed(500))).Build();
        ReachPerMemberResult later = new ReachPerMemberCalculator().Calculate(portfolio, LocalPeriod.Year(2024));
        Assert.Null(later.Channels[0].Potential.Value);
        Assert.True(later.Channels[0].Potential.Has(CaveatCodes.ChannelNotAlive));
        Assert.Null(later.Net);
        Assert.NotNull(new ReachPerMemberCalculator().Calculate(portfolio, LocalPeriod.Year(2019)).Channels[0].Potential.Value);
    }

    [Fact]
    public void Measured_reach_of_some_publications_only_is_a_least()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(1_000))).Add(Ihk.Facebook)
            .Add(Post("a", reach: 300)).Add(new Publication("b", Ihk.Facebook.Id, Ihk.Noon)).Build();
        Figure measured = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Channels[0].Measured;
        Assert.Equal((CountState.Partial, 0.3), (measured.Numerator.State, measured.Value));
        Assert.Null(measured.Rounding);
        Assert.True(measured.Has(CaveatCodes.AtLeast));
    }

    [Fact]
    public void A_universe_known_in_part_only_bounds_nobody()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.Noon, Count.Partial(1_000))).Add(Ihk.Xing).Add(Ihk.Twitter)
            .Add(Ihk.Audience(Ihk.Xing, Count.Observed(800))).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(700))).Build();
        NetReach net = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Net!.Reach;
        Assert.Equal((1_500L, (double?)null), (net.Upper, net.Independence));
    }

    [Fact]
    public void Rounding_cannot_push_a_share_above_one()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.Noon, Count.Rounded(1_000, 950, 1_049))).Add(Ihk.Xing).Add(Ihk.Twitter)
            .Add(Ihk.Audience(Ihk.Xing, Count.Observed(800))).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(900))).Build();
        Assert.Equal(new Bounds(900.0 / 1_049, 1), new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Net!.Rounding);
    }

    [Fact]
    public void A_rounded_part_that_may_fit_its_whole_is_not_called_an_error()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(20_000))).Add(Ihk.Facebook)
            .Add(new AudienceSnapshot(Ihk.Facebook.Id, Ihk.Noon, Count.Observed(8_900), UnitOfCount.Person) { Members = Count.Rounded(9_000) }).Build();
        Figure onTarget = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Channels[0].OnTarget;
        Assert.Null(onTarget.Value);
        Assert.DoesNotContain(onTarget.Caveats, caveat => caveat.English.Contains("error in the data", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(UnitOfCount.Person, "person", "Person")]
    [InlineData(UnitOfCount.Household, "household", "Haushalt")]
    [InlineData(UnitOfCount.Account, "account", "Konto")]
    [InlineData(UnitOfCount.Copy, "copy", "Exemplar")]
    [InlineData(UnitOfCount.Device, "device", "Gerät")]
    public void A_rate_across_units_names_both_in_both_languages(UnitOfCount unit, string english, string german)
    {
        Universe universe = new Universe("members", unit).With(Ihk.Noon, Count.Observed(1_000));
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(universe).Add(Ihk.Xing).Add(Ihk.Audience(Ihk.Xing, Count.Observed(10), unit: UnitOfCount.Company)).Build();
        Caveat told = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Channels[0].Potential.Caveats.Single(caveat => caveat.Code == CaveatCodes.UnitsDiffer);
        Assert.Equal($"units differ: companies per {english}, so the figure is a rate and no share of the members", told.English);
        Assert.Equal($"Einheiten verschieden: Unternehmen je {german}; die Zahl ist eine Rate und kein Anteil der Mitglieder", told.German);
    }

    [Theory]
    [InlineData(Language.English, "F = withheld", "F = not applicable", "F = at least 7", "F = missing")]
    [InlineData(Language.German, "F = nicht genannt", "F = entfällt", "F = mindestens 7", "F = unbekannt")]
    public void An_explanation_says_what_is_not_told_and_why(Language language, params string[] expected)
    {
        Count[] counts = [Count.Withheld, Count.NotApplicable, Count.Partial(7), Count.Missing];
        Assert.All(counts.Zip(expected), pair =>
        {
            Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Add(Ihk.Xing).Add(Ihk.Audience(Ihk.Xing, pair.First)).Build();
            Assert.Contains(pair.Second, new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Channels[0].Potential.Explain(language), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Withheld_is_not_called_missing()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Add(Ihk.Xing).Add(Ihk.Audience(Ihk.Xing, Count.Withheld)).Build();
        Assert.Equal("audience withheld", new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Channels[0].Potential.Caveats.Single(caveat => caveat.Code == CaveatCodes.AudienceMissing).English);
    }

    [Fact]
    public void An_unknown_universe_is_named() =>
        Assert.Contains("\"customers\"", Assert.Throws<ArgumentException>(() => new ReachPerMemberCalculator(new UniverseId("customers")).Calculate(Ihk.Seed(), Ihk.November)).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_a_universe_every_figure_says_so()
    {
        ReachPerMemberResult result = new ReachPerMemberCalculator().Calculate(Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(Ihk.Audience(Ihk.Xing, Count.Observed(9))).Build(), Ihk.November);
        Assert.Equal(UndefinedReason.MissingDenominator, result.Channels[0].Potential.Ratio.Undefined);
        Assert.Contains(result.Caveats, caveat => caveat.Code == CaveatCodes.UniverseMissing);
        Assert.Null(result.Net!.Reach.Independence);
        Assert.False(result.Net.Lower.IsDefined);
    }

    [Fact]
    public void A_universe_of_nobody_gives_no_figure()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(0))).Add(Ihk.Xing).Add(Ihk.Audience(Ihk.Xing, Count.Observed(9))).Build();
        ReachPerMemberResult result = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November);
        Assert.Equal(UndefinedReason.ZeroDenominator, result.Channels[0].Potential.Ratio.Undefined);
        Assert.Null(result.Channels[0].Potential.Interval);
    }

    [Fact]
    public void A_reach_above_its_universe_is_refused() =>
        Assert.Contains("reaches (11) must not exceed the universe (10)", Assert.Throws<ArgumentOutOfRangeException>(() => NetReach.Of([11], 10)).Message, StringComparison.Ordinal);

    [Fact]
    public void Negative_numbers_are_refused_at_every_door()
    {
        Assert.Throws<ArgumentOutOfRangeException>("reach", () => ReachPerMember.Of(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("members", () => ReachPerMember.Of(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("members", () => MemberCoverage.Of(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("audience", () => OnTargetShare.Of(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("reach", () => new ReachPerMemberCalculator().Calculate([-1], 1, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>("reaches", () => NetReach.Of([-1], 10));
    }

    private static Portfolio Club(long size, long members, long universe) => Portfolio.For(Ihk.Chamber)
        .Add(new Universe("members", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(universe))).Add(Ihk.Facebook)
        .Add(new AudienceSnapshot(Ihk.Facebook.Id, Ihk.Noon, Count.Observed(size), UnitOfCount.Person) { Members = Count.Observed(members) }).Build();

    private static Publication Post(string id, long reach) => new(id, Ihk.Facebook.Id, Ihk.Noon) { Exposures = new Exposures(Reach: new MeasuredReach(Count.Observed(reach))) };
}
