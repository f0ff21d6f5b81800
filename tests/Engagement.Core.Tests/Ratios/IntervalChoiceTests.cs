namespace Engagement.Core.Tests.Ratios;

public class IntervalChoiceTests
{
    private static readonly Channel Page = new("page", "Page", Platform.Facebook, ChannelForm.Page);

    [Fact]
    public void The_definition_decides_and_the_caller_may_decide_otherwise()
    {
        Portfolio three = Of((42, 324), (60, 500), (9, 100));
        Assert.Equal(RatioIntervals.Jackknife([42, 60, 9], [324, 500, 100]), Interval(three, null));
        Assert.Equal(RatioIntervals.Jackknife([42, 60, 9], [324, 500, 100]), Interval(three, IntervalMethod.Jackknife));
        Assert.Equal(RatioIntervals.Linearised([42, 60, 9], [324, 500, 100]), Interval(three, IntervalMethod.Linearised));
    }

    [Fact]
    public void Over_several_publications_a_pooled_interval_bears_a_name_of_its_own()
    {
        Portfolio three = Of((42, 324), (60, 500), (9, 100));
        IntervalEstimate garwood = RateIntervals.Garwood(111, 924);
        Assert.Equal(new IntervalEstimate(garwood.Lower, garwood.Upper, 0.95, IntervalMethod.PooledGarwood), Interval(three, IntervalMethod.Garwood));
        IntervalEstimate wilson = ProportionIntervals.Wilson(111, 924);
        Assert.Equal(new IntervalEstimate(wilson.Lower, wilson.Upper, 0.95, IntervalMethod.PooledWilson), Interval(three, IntervalMethod.Wilson));

        // Of a single publication they are what they are called.
        Assert.Equal(RateIntervals.Garwood(42, 324), Interval(Of((42, 324)), IntervalMethod.Garwood));
        Assert.Equal(ProportionIntervals.Wilson(42, 324), Interval(Of((42, 324)), IntervalMethod.Wilson));
    }

    [Fact]
    public void Few_publications_are_told_of_whatever_method_was_chosen() => Assert.All(new[] { IntervalMethod.Jackknife, IntervalMethod.Linearised, IntervalMethod.Garwood, IntervalMethod.Wilson }, method =>
    {
        EngagementRatioCalculator calculator = new(EngagementRatioDefinitions.ByReach, interval: method);
        string Told(Portfolio portfolio) => Assert.Single(calculator.Calculate(portfolio, Ihk.November).Channels[0].Caveats, caveat => caveat.Code == CaveatCodes.FewPublications).English;
        Assert.Equal("the effective number of publications is 2.3, below 10: the interval is rough", Told(Of((42, 324), (60, 500), (9, 100))));
        Assert.StartsWith("one publication: ", Told(Of((42, 324))), StringComparison.Ordinal);
        Assert.DoesNotContain(calculator.Calculate(Of([.. Enumerable.Repeat((42L, 324L), 10)]), Ihk.November).Channels[0].Caveats, caveat => caveat.Code == CaveatCodes.FewPublications);
    });

    [Fact]
    public void Wilson_says_nothing_where_the_interactions_may_exceed_the_base()
    {
        Figure figure = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach, interval: IntervalMethod.Wilson).Calculate(Of((400, 324)), Ihk.November).Channels[0];
        Assert.Null(figure.Interval);
        Assert.True(figure.Has(CaveatCodes.NoInterval));
    }

    [Fact]
    public void A_method_that_says_nothing_about_the_definition_is_refused_by_name()
    {
        EngagementRatioDefinition median = EngagementRatioDefinitions.ByReach.With("median", aggregation: Aggregation.MedianOfPublications);
        Assert.StartsWith("interval (Jackknife) is no method for figures of median v1 (MedianOfPublications): pass one of OrderStatistics, or none for the definition's own.", Assert.Throws<ArgumentOutOfRangeException>("interval", () => new EngagementRatioCalculator(median, interval: IntervalMethod.Jackknife)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("interval", () => new EngagementRatioCalculator(EngagementRatioDefinitions.CrowdTanglePost, interval: IntervalMethod.Garwood));
        Assert.Throws<ArgumentOutOfRangeException>("interval", () => new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach, interval: IntervalMethod.ClopperPearson));
        Assert.Throws<ArgumentOutOfRangeException>("interval", () => new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach, interval: IntervalMethod.Unspecified));
        Assert.Throws<ArgumentOutOfRangeException>("interval", () => new ReachPerMemberCalculator(interval: IntervalMethod.Jackknife));
    }

    [Fact]
    public void There_is_no_Wald() => Assert.DoesNotContain(Enum.GetNames<IntervalMethod>(), name => name.Contains("Wald", StringComparison.Ordinal));

    [Theory]
    [InlineData(IntervalMethod.Wilson)]
    [InlineData(IntervalMethod.WilsonContinuityCorrected)]
    [InlineData(IntervalMethod.ClopperPearson)]
    [InlineData(IntervalMethod.Jeffreys)]
    [InlineData(IntervalMethod.AgrestiCoull)]
    public void A_method_of_proportions_serves_shares_and_leaves_rates_alone(IntervalMethod method)
    {
        ChannelReach reach = Reach(method);
        IntervalEstimate expected = method switch
        {
            IntervalMethod.WilsonContinuityCorrected => ProportionIntervals.WilsonContinuityCorrected(81, 324),
            IntervalMethod.ClopperPearson => ProportionIntervals.ClopperPearson(81, 324),
            IntervalMethod.Jeffreys => ProportionIntervals.Jeffreys(81, 324),
            IntervalMethod.AgrestiCoull => ProportionIntervals.AgrestiCoull(81, 324),
            _ => ProportionIntervals.Wilson(81, 324),
        };
        Assert.Equal(expected, reach.OnTarget.Interval);
        Assert.Equal(RateIntervals.Garwood(324, 1_000), reach.Potential.Interval);
    }

    [Theory]
    [InlineData(IntervalMethod.PoissonScore)]
    [InlineData(IntervalMethod.PoissonJeffreys)]
    public void A_method_of_rates_serves_rates_and_leaves_shares_alone(IntervalMethod method)
    {
        ChannelReach reach = Reach(method);
        Assert.Equal(method is IntervalMethod.PoissonScore ? RateIntervals.Score(324, 1_000) : RateIntervals.Jeffreys(324, 1_000), reach.Potential.Interval);
        Assert.Equal(ProportionIntervals.Wilson(81, 324), reach.OnTarget.Interval);
    }

    [Fact]
    public void Rounded_inputs_widen_every_method()
    {
        AudienceSnapshot rounded = new(Page.Id, Ihk.At(1), Count.Rounded(300), UnitOfCount.Person) { Members = Count.Observed(81) };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Page).Add(rounded).Build();
        IntervalEstimate interval = new ReachPerMemberCalculator(interval: IntervalMethod.ClopperPearson).Calculate(portfolio, Ihk.November).Channels[0].OnTarget.Interval!.Value;
        Assert.Equal(ProportionIntervals.ClopperPearson(81, 349).Lower, interval.Lower);
        Assert.Equal(ProportionIntervals.ClopperPearson(81, 250).Upper, interval.Upper);
    }

    private static ChannelReach Reach(IntervalMethod method)
    {
        AudienceSnapshot audience = new(Page.Id, Ihk.At(1), Count.Observed(324), UnitOfCount.Person) { Members = Count.Observed(81) };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.At(1), Count.Observed(1_000))).Add(Page).Add(audience).Build();
        return new ReachPerMemberCalculator(interval: method).Calculate(portfolio, Ihk.November).Channels[0];
    }

    private static IntervalEstimate? Interval(Portfolio portfolio, IntervalMethod? method) => new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach, interval: method).Calculate(portfolio, Ihk.November).Channels[0].Interval;

    private static Portfolio Of(params (long Likes, long Reach)[] posts)
    {
        PortfolioBuilder facts = Portfolio.For(Ihk.Chamber).Add(Page);
        for (int post = 0; post < posts.Length; post++)
        {
            facts.Add(new Publication($"p{post}", Page.Id, Ihk.At(post + 2)) { Interactions = Ihk.Tally(posts[post].Likes), Exposures = new Exposures(Reach: new MeasuredReach(Count.Observed(posts[post].Reach))) });
        }

        return facts.Build();
    }
}
