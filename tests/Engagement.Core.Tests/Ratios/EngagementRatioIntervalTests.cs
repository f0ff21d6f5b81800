using static Engagement.Core.Tests.Ratios.PagePosts;

namespace Engagement.Core.Tests.Ratios;

/// <summary>Which interval an engagement ratio gets, and what widens it.</summary>
public class EngagementRatioIntervalTests
{
    [Fact]
    public void Ten_times_nothing_of_38_is_not_certainly_nothing()
    {
        Publication[] posts = [.. Enumerable.Range(1, 10).Select(day => Post($"p{day}", day, Ihk.Tally(), reach: 38))];
        var calculator = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach.With("median", aggregation: Aggregation.MedianOfPublications));
        Assert.Equal(Pooled(RateIntervals.Garwood(0, 380)), calculator.Calculate(WithPosts(posts), Ihk.November).Channels[0].Interval);
    }

    [Fact]
    public void A_common_weight_scales_the_interval_too()
    {
        InteractionSelection tenth = new InteractionSelection(InteractionKind.Like).WithWeight(InteractionKind.Like, 0.1);
        Figure figure = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach.With("tenth", selection: tenth)).Calculate(WithPosts(Post("a", 3, Ihk.Tally(likes: 3), reach: 100)), Ihk.November).Channels[0];
        Assert.Equal(RateIntervals.Garwood(3, 100).Upper * 0.1, figure.Interval!.Value.Upper, 15);
        Assert.Throws<ArgumentOutOfRangeException>("weight", () => tenth.WithWeight(InteractionKind.Like, 1e300));
    }

    [Fact]
    public void One_publication_gets_Garwood_and_several_the_jackknife()
    {
        var calculator = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach);
        Figure one = calculator.Calculate(WithPosts(Post("a", 3, Ihk.Tally(likes: 42), reach: 324)), Ihk.November).Channels[0];
        Assert.Equal(RateIntervals.Garwood(42, 324), one.Interval);
        Assert.True(one.Has(CaveatCodes.FewPublications));
        Assert.Equal("12.96 % (42/324) by-reach v1 [9.34 %, 17.52 %] Garwood", one.ToString());

        Figure two = calculator.Calculate(WithPosts(Post("a", 3, Ihk.Tally(likes: 42), reach: 324), Post("b", 4, Ihk.Tally(likes: 60), reach: 500), Post("c", 5, Ihk.Tally(likes: 9), reach: 100)), Ihk.November).Channels[0];
        Assert.Equal(RatioIntervals.Jackknife([42, 60, 9], [324, 500, 100]), two.Interval);
    }

    [Fact]
    public void Publications_that_do_not_differ_keep_the_interval_of_their_events()
    {
        Figure figure = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate(WithPosts(Post("a", 3, Ihk.Tally(), reach: 19), Post("b", 4, Ihk.Tally(), reach: 19)), Ihk.November).Channels[0];
        Assert.Equal(0.0, figure.Value);
        Assert.Equal(Pooled(RateIntervals.Garwood(0, 38)), figure.Interval); // never [0, 0]
        Assert.True(figure.Interval!.Value.Upper > 0.09);
    }

    [Fact]
    public void An_interval_does_not_reach_below_zero()
    {
        Figure figure = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate(WithPosts(Post("a", 3, Ihk.Tally(), reach: 100), Post("b", 4, Ihk.Tally(likes: 50), reach: 100)), Ihk.November).Channels[0];
        Assert.Equal(0.0, figure.Interval!.Value.Lower);
        Assert.True(figure.Has(CaveatCodes.IntervalCut));
    }

    [Fact]
    public void A_median_gets_order_statistics_or_a_reason_why_not()
    {
        var calculator = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach.With("median", aggregation: Aggregation.MedianOfPublications));
        Publication[] posts = [.. Enumerable.Range(1, 9).Select(day => Post($"p{day}", day, Ihk.Tally(likes: day), reach: 100))];
        Figure nine = calculator.Calculate(WithPosts(posts), Ihk.November).Channels[0];
        Assert.Equal(0.05, nine.Value);
        Assert.Equal(IntervalMethod.OrderStatistics, nine.Interval!.Value.Method);
        Assert.Equal((0.02, 0.08), (nine.Interval.Value.Lower, nine.Interval.Value.Upper)); // second and eighth of nine: P = 96.1 %

        Figure three = calculator.Calculate(WithPosts(posts[..3]), Ihk.November).Channels[0];
        Assert.Null(three.Interval);
        Assert.True(three.Has(CaveatCodes.NoInterval));
    }

    [Fact]
    public void Rounded_followers_widen_value_and_interval()
    {
        Portfolio portfolio = WithPosts([Ihk.Audience(Page, Count.Rounded(9_000), Ihk.At(1))], Post("a", 3, Ihk.Tally(likes: 90)));
        Figure figure = new EngagementRatioCalculator(EngagementRatioDefinitions.ByFollowers).Calculate(portfolio, Ihk.November).Channels[0];
        Assert.Equal(0.01, figure.Value);
        Assert.Equal(new Bounds(90.0 / 9_499, 90.0 / 8_500), figure.Rounding);
        Assert.Equal((RateIntervals.Garwood(90, 9_499).Lower, RateIntervals.Garwood(90, 8_500).Upper), (figure.Interval!.Value.Lower, figure.Interval.Value.Upper));
    }

    private static IntervalEstimate Pooled(IntervalEstimate interval) => new(interval.Lower, interval.Upper, interval.Confidence, IntervalMethod.PooledGarwood);
}
