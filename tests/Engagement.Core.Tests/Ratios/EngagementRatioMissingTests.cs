using static Engagement.Core.Tests.Ratios.PagePosts;

namespace Engagement.Core.Tests.Ratios;

/// <summary>Engagement ratios of facts that are not all known: at least, at most, missing, and never a silent zero.</summary>
public class EngagementRatioMissingTests
{
    [Fact]
    public void A_channel_without_any_interactions_stated_is_missing_and_not_zero()
    {
        foreach (EngagementRatioDefinition definition in EngagementRatioDefinitions.All)
        {
            Figure figure = new EngagementRatioCalculator(definition).Calculate(Ihk.Seed(), Ihk.November).Channels[0];
            Assert.Null(figure.Value);
            Assert.Equal(UndefinedReason.MissingNumerator, figure.Ratio.Undefined);
            Assert.True(figure.Has(CaveatCodes.InteractionsMissing), definition.Id.ToString());
            Assert.False(figure.Has(CaveatCodes.NoPublications), "nobody said that nothing was published");
        }
    }

    [Fact]
    public void The_total_leaves_out_channels_without_a_figure_and_says_which()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Page).Add(Ihk.Xing).Add(Post("a", 3, Ihk.Tally(likes: 10), reach: 100)).Build();
        Figure total = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate(portfolio, Ihk.November).Total;
        Assert.Equal(0.1, total.Value);
        Assert.Contains("xing", total.Caveats.Single(caveat => caveat.Code == CaveatCodes.ChannelsLeftOut).English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_publication_without_its_base_is_left_out_of_both_sums()
    {
        Figure figure = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate(WithPosts(Post("a", 3, Ihk.Tally(likes: 10), reach: 100), Post("b", 4, Ihk.Tally(likes: 90))), Ihk.November).Channels[0];
        Assert.Equal(0.1, figure.Value);
        Assert.True(figure.Has(CaveatCodes.PublicationsLeftOut));
        Assert.Equal(0.1, new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate([10, 90], [100, Count.MissingInColumn]).Value);
    }

    [Fact]
    public void A_blank_count_makes_the_figure_a_least_and_never_a_zero()
    {
        InteractionTally partly = Ihk.Tally(comments: 4).With(InteractionKind.Like, Count.Missing).With(InteractionKind.Share, Count.Missing);
        Figure figure = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate(WithPosts(Post("a", 3, partly, reach: 100)), Ihk.November).Channels[0];
        Assert.Equal((CountState.Partial, 4.0, 0.04), (figure.Numerator.State, figure.Numerator.Value, figure.Value));
        Assert.True(figure.Has(CaveatCodes.AtLeast));
        const long Missing = Count.MissingInColumn;
        Assert.Equal(0.04, new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate([Missing], [4], [Missing], [100]).Value);

        InteractionTally blank = InteractionTally.Empty.With(InteractionKind.Like, Count.Missing);
        Figure nothing = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate(WithPosts(Post("a", 3, blank, reach: 100)), Ihk.November).Channels[0];
        Assert.Equal(UndefinedReason.MissingNumerator, nothing.Ratio.Undefined);
        Assert.Equal(UndefinedReason.MissingNumerator, new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate([Missing], [Missing], [Missing], [100]).Undefined);
    }

    [Theory]
    [InlineData(Aggregation.Pooled)]
    [InlineData(Aggregation.MeanOfPublications)]
    [InlineData(Aggregation.MedianOfPublications)]
    public void A_post_of_which_no_interaction_is_known_is_left_out_with_its_base(Aggregation aggregation)
    {
        InteractionTally blank = InteractionTally.Empty.With(InteractionKind.Like, Count.Missing).With(InteractionKind.Share, Count.Withheld);
        var calculator = new EngagementRatioCalculator(new EngagementRatioDefinition("tried", EngagementBase.MeasuredReach, aggregation: aggregation));
        Figure figure = calculator.Calculate(WithPosts(Post("a", 3, Ihk.Tally(likes: 10), reach: 100), Post("b", 4, blank, reach: 100)), Ihk.November).Channels[0];
        Assert.Equal((0.1, CountState.Observed), (figure.Value, figure.Numerator.State));
        Assert.True(figure.Has(CaveatCodes.PublicationsLeftOut));
        Assert.Equal(0.1, calculator.Calculate([10, Count.MissingInColumn], [0, Count.MissingInColumn], [0, Count.MissingInColumn], [100, 100]).Value);
    }

    [Theory]
    [InlineData(Aggregation.Pooled)]
    [InlineData(Aggregation.MeanOfPublications)]
    [InlineData(Aggregation.MedianOfPublications)]
    public void A_least_over_a_most_is_open_both_ways_and_no_figure(Aggregation aggregation)
    {
        // Found by the laws: such a post once counted as 0 in a mean.
        InteractionTally partly = InteractionTally.Empty.With(InteractionKind.Like, Count.Missing).With(InteractionKind.Share, Count.Observed(4_562));
        Publication post = new("a", Page.Id, Ihk.At(3)) { Interactions = partly, Exposures = new Exposures(Reach: new MeasuredReach(Count.Partial(4_000))) };
        var calculator = new EngagementRatioCalculator(new EngagementRatioDefinition("tried", EngagementBase.MeasuredReach, aggregation: aggregation));
        Assert.Equal(UndefinedReason.OpenBothWays, calculator.Calculate(WithPosts(post), Ihk.November).Channels[0].Ratio.Undefined);

        // One post with a least numerator and another with a least base are open both ways together.
        Publication least = Post("b", 4, partly, reach: 5_000);
        Publication most = new("c", Page.Id, Ihk.At(5)) { Interactions = Ihk.Tally(likes: 10), Exposures = new Exposures(Reach: new MeasuredReach(Count.Partial(400))) };
        Assert.Equal(UndefinedReason.OpenBothWays, calculator.Calculate(WithPosts(least, most), Ihk.November).Channels[0].Ratio.Undefined);
        Assert.True(calculator.Calculate(WithPosts(most), Ihk.November).Channels[0].Has(CaveatCodes.AtMost));
    }

    [Fact]
    public void Only_the_kinds_that_a_definition_selects_can_make_a_row_known()
    {
        const long Missing = Count.MissingInColumn;
        var likes = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach.With("applause", selection: new InteractionSelection(InteractionKind.Like)));
        Assert.Equal(UndefinedReason.MissingNumerator, likes.Calculate([Missing], [5], [5], [100]).Undefined);
        double[] row = new double[1];
        likes.Calculate([Missing], [5], [5], [100], row);
        Assert.True(double.IsNaN(row[0]));
        Assert.Equal(0, likes.CountPartialRows([Missing, 1], [5, Missing], [5, 5]));
        Assert.Equal(2, new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).CountPartialRows([Missing, 1, 1, Missing], [5, Missing, 1, Missing], [5, 5, 1, Missing]));
        var clicks = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach.With("clicks", selection: new InteractionSelection(InteractionKind.Click)));
        Assert.Contains("counts none of likes, comments and shares", Assert.Throws<InvalidOperationException>(() => clicks.Calculate([1], [1], [1], [100])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_base_by_date_makes_the_figure_a_most()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Page).Add(Post("a", 3, InteractionTally.Empty, reach: 100)).Add(Post("b", 4, InteractionTally.Empty))
            .Add(Like("1", "a", Ihk.At(3))).Add(Like("2", "b", Ihk.At(4))).Build();
        Figure figure = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach.With("by-date", attribution: Attribution.ByInteractionDate)).Calculate(portfolio, Ihk.November).Channels[0];
        Assert.Equal((CountState.Partial, 0.02), (figure.Denominator.State, figure.Value));
        Assert.True(figure.Has(CaveatCodes.AtMost));
    }

    [Fact]
    public void A_day_with_a_post_of_which_nothing_is_known_is_a_least()
    {
        Portfolio portfolio = WithPosts([Ihk.Audience(Page, Count.Observed(100), Ihk.At(1, 0))], Post("a", 3, Ihk.Tally(likes: 10)), Post("b", 3, InteractionTally.Empty));
        Figure figure = new EngagementRatioCalculator(EngagementRatioDefinitions.Daily).Calculate(portfolio, LocalPeriod.Day(new(2014, 11, 3))).Channels[0];
        Assert.Equal((CountState.Partial, 0.1), (figure.Numerator.State, figure.Value));
        Assert.True(figure.Has(CaveatCodes.AtLeast));
    }

    [Fact]
    public void A_log_of_follows_says_nothing_of_likes_and_one_of_comments_completes_a_tally_of_likes()
    {
        var follow = new Interaction("f", Page.Id, InteractionKind.Follow, Ihk.At(2), ActorRole.Unknown);
        var calculator = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach);
        PortfolioBuilder builder = Portfolio.For(Ihk.Chamber).Add(Page).Add(Post("a", 3, Ihk.Tally(likes: 40), reach: 100)).Add(Post("b", 4, InteractionTally.Empty, reach: 100)).Add(follow);
        Assert.Equal(0.4, calculator.Calculate(builder.Build(), Ihk.November).Channels[0].Value);

        InteractionTally onlyLikes = InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(10));
        PortfolioBuilder mixed = Portfolio.For(Ihk.Chamber).Add(Page).Add(Post("a", 3, onlyLikes, reach: 100)).Add(Comment("c", Page, "anna") with { Publication = new PublicationId("a") });
        Assert.Equal(0.11, calculator.Calculate(mixed.Build(), Ihk.November).Channels[0].Value);
    }

    [Fact]
    public void Missing_parts_give_the_same_reason_at_every_door()
    {
        const long Missing = Count.MissingInColumn;
        foreach (Aggregation aggregation in (Aggregation[])[Aggregation.Pooled, Aggregation.MeanOfPublications, Aggregation.MedianOfPublications])
        {
            var calculator = new EngagementRatioCalculator(new EngagementRatioDefinition("by-reach-variant", EngagementBase.MeasuredReach, aggregation: aggregation));
            Assert.Equal(UndefinedReason.MissingNumerator, calculator.Calculate([Missing], [100]).Undefined);
            Assert.Equal(UndefinedReason.MissingDenominator, calculator.Calculate([5], [Missing]).Undefined);
            Assert.Equal(UndefinedReason.MissingDenominator, calculator.Calculate([5], [Missing], [5], [Missing]).Undefined);
            Assert.Equal(UndefinedReason.ZeroDenominator, calculator.Calculate([5], [0]).Undefined);
            Assert.Equal(UndefinedReason.ZeroDenominator, calculator.Calculate([], []).Undefined);
            Assert.Equal(UndefinedReason.MissingDenominator, calculator.Calculate(WithPosts(Post("a", 3, Ihk.Tally(likes: 5))), Ihk.November).Channels[0].Ratio.Undefined);
            Assert.Equal(UndefinedReason.ZeroDenominator, calculator.Calculate(WithPosts(Post("a", 3, Ihk.Tally(likes: 5), reach: 0)), Ihk.November).Channels[0].Ratio.Undefined);
            Assert.Equal(UndefinedReason.MissingNumerator, calculator.Calculate(WithPosts(Post("a", 3, InteractionTally.Empty, reach: 100)), Ihk.November).Channels[0].Ratio.Undefined);
        }
    }

    [Fact]
    public void A_portfolio_without_channels_has_a_reason_by_every_definition()
    {
        Portfolio empty = Portfolio.For(Ihk.Chamber).Build();
        Assert.All(EngagementRatioDefinitions.All, definition => Assert.Equal(UndefinedReason.MissingNumerator, new EngagementRatioCalculator(definition).Calculate(empty, Ihk.November).Total.Ratio.Undefined));
    }

    [Fact]
    public void A_channel_that_does_not_live_in_the_period_has_no_engagement_and_not_0()
    {
        Channel closed = Page with { Closed = new(2014, 11, 10) };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Company).With(Ihk.At(1), Count.Observed(110_000)))
            .Add(closed).Add(Ihk.Audience(closed, Count.Observed(100), Ihk.At(1))).Add(Post("a", 5, Ihk.Tally(likes: 30))).Build();
        Assert.All(EngagementRatioDefinitions.All, definition =>
        {
            Figure figure = new EngagementRatioCalculator(definition).Calculate(portfolio, LocalPeriod.Month(2014, 12)).Channels[0];
            Assert.Equal(UndefinedReason.MissingNumerator, figure.Ratio.Undefined);
            Assert.True(figure.Has(CaveatCodes.ChannelNotAlive), definition.Id.ToString());
            Assert.False(figure.Has(CaveatCodes.InteractionsMissing));
        });
    }

    [Fact]
    public void What_a_platform_does_not_tell_is_at_least_what_was_logged_of_it()
    {
        // Likes are missing at the platform, and five are logged: with three comments at least 8. Shares are missing, none is logged: they stay missing.
        InteractionTally stated = Ihk.Tally(comments: 3).With(InteractionKind.Like, Count.Missing).With(InteractionKind.Share, Count.Missing);
        PortfolioBuilder builder = Portfolio.For(Ihk.Chamber).Add(Page).Add(Post("a", 3, stated, reach: 100));
        for (int number = 0; number < 5; number++) builder.Add(Like($"i{number}", "a", Ihk.At(4)));
        Assert.Equal(">=8", new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate(builder.Build(), Ihk.November).Total.Numerator.ToString());
        Assert.Equal(UndefinedReason.MissingNumerator, new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach.With("shares", selection: new InteractionSelection(InteractionKind.Share))).Calculate(builder.Build(), Ihk.November).Total.Ratio.Undefined);
    }
}
