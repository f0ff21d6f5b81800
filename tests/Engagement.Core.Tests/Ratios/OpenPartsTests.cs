namespace Engagement.Core.Tests.Ratios;

public class OpenPartsTests
{
    private static readonly EngagementRatioDefinition Mean = EngagementRatioDefinitions.ByReach.With("by-reach-mean", aggregation: Aggregation.MeanOfPublications);

    [Theory]
    [InlineData(Aggregation.Pooled)]
    [InlineData(Aggregation.MeanOfPublications)]
    [InlineData(Aggregation.MedianOfPublications)]
    public void Missing_interactions_are_not_read_as_0(Aggregation aggregation)
    {
        // 10/100 is known, of the other post nothing: it is left out, and the figure says so.
        EngagementRatioDefinition definition = EngagementRatioDefinitions.ByReach.With("mine", aggregation: aggregation);
        Figure figure = Of(definition, Post("a", Count.Observed(10), Count.Observed(100)), Post("b", Count.Missing, Count.Observed(100)));
        Assert.Equal(0.1, figure.Value);
        Assert.Contains("1 of 2", Assert.Single(figure.Caveats, caveat => caveat.Code == CaveatCodes.PublicationsLeftOut).English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_of_nothing_known_is_missing()
    {
        Figure figure = Of(Mean, Post("a", Count.Missing, Count.Observed(100)));
        Assert.Null(figure.Value);
        Assert.Equal(UndefinedReason.MissingNumerator, figure.Ratio.Undefined);
    }

    [Fact]
    public void A_base_that_is_known_in_part_bounds_a_mean_from_above()
    {
        // 10 of at least 100 is at most 0.1, and 10 of 50 is 0.2: the sum is at most 0.3 and at least 0.2.
        Figure figure = Of(Mean, Post("a", Count.Observed(10), Count.Partial(100)), Post("b", Count.Observed(10), Count.Observed(50)));
        Assert.Equal("~0.3[0.2..0.3]", figure.Numerator.ToString());
        Assert.Equal((0.1, 0.15), (Math.Round(figure.Rounding!.Value.Lower, 12), Math.Round(figure.Rounding!.Value.Upper, 12)));
    }

    [Fact]
    public void A_mean_of_ratios_that_are_open_both_ways_has_no_value()
    {
        Figure alone = Of(Mean, Post("a", Count.Partial(10), Count.Partial(100)));
        Assert.Equal(UndefinedReason.OpenBothWays, alone.Ratio.Undefined);

        // Left out beside a ratio that is known, and the figure says so.
        Figure beside = Of(Mean, Post("a", Count.Partial(10), Count.Partial(100)), Post("b", Count.Observed(10), Count.Observed(50)));
        Assert.Equal(0.2, beside.Value);
        Assert.True(beside.Has(CaveatCodes.PublicationsLeftOut));
    }

    [Fact]
    public void A_mean_with_a_base_that_may_be_0_and_one_that_is_a_least_is_open_both_ways()
    {
        // 1 of 0 to 9 has no most, and 1 of at least 3 no least.
        Figure figure = Of(Mean, Post("a", Count.Observed(1), Count.Rounded(5, 0, 9)), Post("b", Count.Observed(1), Count.Partial(3)));
        Assert.Equal(UndefinedReason.OpenBothWays, figure.Ratio.Undefined);
        Assert.Null(figure.Interval);
    }

    [Fact]
    public void The_interval_of_a_figure_that_is_a_most_brackets_it()
    {
        // Eight posts of 50 over rund 1,000 (at least 500) and four of 10 over at least 100, and one like more: 441 over at least 4,400.
        Publication[] posts = [.. Enumerable.Range(0, 12).Select(number => number < 8 ? Post($"p{number}", Count.Observed(number == 0 ? 51 : 50), Count.Rounded(1_000)) : Post($"p{number}", Count.Observed(10), Count.Partial(100)))];
        Figure figure = Of(EngagementRatioDefinitions.ByReach, posts);
        Assert.Equal("441 >=4400", $"{figure.Numerator} {figure.Denominator}");
        Assert.InRange(figure.Value!.Value, figure.Interval!.Value.Lower, figure.Interval!.Value.Upper);
    }

    private static Publication Post(string id, Count likes, Count reach) =>
        new(id, Ihk.Facebook.Id, Ihk.Noon) { Interactions = InteractionTally.Empty.With(InteractionKind.Like, likes), Exposures = new Exposures(Reach: new MeasuredReach(reach)) };

    private static Figure Of(EngagementRatioDefinition definition, params Publication[] posts)
    {
        PortfolioBuilder builder = Portfolio.For(Ihk.Chamber).Add(Ihk.Facebook);
        foreach (Publication post in posts) builder.Add(post);
        return new EngagementRatioCalculator(definition).Calculate(builder.Build(), Ihk.November).Channels[0];
    }
}
