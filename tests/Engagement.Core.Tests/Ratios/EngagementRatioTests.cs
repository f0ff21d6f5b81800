using static Engagement.Core.Tests.Ratios.PagePosts;

namespace Engagement.Core.Tests.Ratios;

/// <summary>Definitions, bases, attributions and aggregations of engagement ratios.</summary>
public class EngagementRatioTests
{
    [Fact]
    public void One_line_gives_the_ratio_with_its_parts()
    {
        Ratio ratio = EngagementRatio.Of(interactions: 42, audience: 324);
        Assert.Equal(42.0 / 324, ratio.Value);
        Assert.Equal((42, 324), (ratio.Numerator, ratio.Denominator));
        Assert.Equal("12.963 % (42/324)", ratio.ToString());
    }

    [Fact]
    public void Nobody_in_the_audience_has_a_reason_and_no_value()
    {
        Assert.Null(EngagementRatio.Of(42, 0).Value);
        Assert.Equal(UndefinedReason.ZeroDenominator, EngagementRatio.Of(42, 0).Undefined);
    }

    [Fact]
    public void A_ratio_above_one_is_not_clamped() => Assert.Equal(3.0, EngagementRatio.Of(300, 100).Value);

    [Fact]
    public void Negative_numbers_are_refused_with_value_rule_and_cure() =>
        Assert.Equal("interactions (-1) must not be negative: pass 0 for none, and leave out what is not known. (Parameter 'interactions')\nActual value was -1.", Assert.Throws<ArgumentOutOfRangeException>(() => EngagementRatio.Of(-1, 3)).Message.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData(Aggregation.Pooled, 0.00198019801980198)] // 20/10,100
    [InlineData(Aggregation.MeanOfPublications, 0.0505)] // (10 % + 0.1 %)/2
    [InlineData(Aggregation.MedianOfPublications, 0.0505)]
    public void Ten_of_a_hundred_and_ten_of_ten_thousand_pool_and_average_differently(Aggregation aggregation, double expected)
    {
        EngagementRatioDefinition definition = aggregation is Aggregation.Pooled ? EngagementRatioDefinitions.ByReach : EngagementRatioDefinitions.ByReach.With("mine", aggregation: aggregation);
        var calculator = new EngagementRatioCalculator(definition);
        Figure figure = calculator.Calculate(WithPosts(Post("a", 3, Ihk.Tally(likes: 10), reach: 100), Post("b", 4, Ihk.Tally(likes: 10), reach: 10_000)), Ihk.November).Channels[0];
        Assert.Equal(expected, figure.Value!.Value, 15);
        Assert.Equal(figure.Value, calculator.Calculate([10, 10], [100, 10_000]).Value);
        Assert.Equal(figure.Ratio, calculator.Calculate([10, 10], [0, 0], [0, 0], [100, 10_000]));
    }

    [Fact]
    public void Followers_at_each_publication_are_the_base_of_by_followers()
    {
        // 10 interactions at 800 followers: 1.25 %, the CrowdTangle example; then 30 at 1,200: 40/2,000 pooled.
        Portfolio portfolio = WithPosts(
            [Ihk.Audience(Page, Count.Observed(800), Ihk.At(1)), Ihk.Audience(Page, Count.Observed(1_200), Ihk.At(15))],
            Post("a", 3, Ihk.Tally(likes: 10)),
            Post("b", 20, Ihk.Tally(likes: 20, comments: 5, shares: 5)));
        var calculator = new EngagementRatioCalculator(EngagementRatioDefinitions.ByFollowers);
        Assert.Equal(0.0125, calculator.Calculate(portfolio, LocalPeriod.Between(new(2014, 11, 1), new(2014, 11, 10))).Channels[0].Value);
        Figure both = calculator.Calculate(portfolio, Ihk.November).Channels[0];
        Assert.Equal((40.0, 2_000.0, 0.02), (both.Numerator.Value, both.Denominator.Value, both.Value));
    }

    [Fact]
    public void A_page_rate_per_post_and_follower_is_a_mean_over_publications_of_a_base_of_the_period()
    {
        // The CrowdTangle page example: 100 interactions, 7 posts, 1,250 followers on average: 100/7/1,250.
        Publication[] posts = [.. Enumerable.Range(1, 7).Select(day => Post($"p{day}", day, Ihk.Tally(likes: day == 1 ? 40 : 10)))];
        AudienceSnapshot[] audience = [Ihk.Audience(Page, Count.Observed(1_000), Ihk.At(1, 0)), Ihk.Audience(Page, Count.Observed(1_500), Ihk.At(30, 23))];
        EngagementRatioDefinition definition = EngagementRatioDefinitions.ByFollowers.With("page", baseAsOf: BaseAsOf.StartEndMean, aggregation: Aggregation.MeanOfPublications);
        Figure figure = new EngagementRatioCalculator(definition).Calculate(WithPosts(audience, posts), Ihk.November).Channels[0];
        Assert.Equal(0.01142857142857143, figure.Value!.Value, 15);
        Assert.Equal(7.0, figure.Denominator.Value);
    }

    [Fact]
    public void A_sum_of_persons_companies_and_copies_says_that_it_is_one()
    {
        Portfolio Of(params (Channel Channel, UnitOfCount Unit)[] audiences) => audiences.Aggregate(
            Portfolio.For(Ihk.Chamber),
            (builder, one) => builder.Add(one.Channel).Add(Ihk.Audience(one.Channel, Count.Observed(100), Ihk.At(1, 0), one.Unit)).Add(new Publication($"p-{one.Channel.Id}", one.Channel.Id, Ihk.At(3)) { Interactions = Ihk.Tally(likes: 10) })).Build();
        Portfolio mixed = Of((Ihk.Xing, UnitOfCount.Person), (Ihk.Twitter, UnitOfCount.Company), (Ihk.Magazine, UnitOfCount.Copy));
        EngagementRatioDefinition latest = EngagementRatioDefinitions.ByFollowers.With("latest", baseAsOf: BaseAsOf.Latest);
        EngagementRatioResult Ratio(EngagementRatioDefinition definition, Portfolio portfolio) => new EngagementRatioCalculator(definition).Calculate(portfolio, Ihk.November);

        // 30 interactions over 300 of three kinds; each channel's own is of one unit.
        EngagementRatioResult result = Ratio(latest, mixed);
        Assert.Equal((30.0, 300.0), (result.Total.Numerator.Value!.Value, result.Total.Denominator.Value!.Value));
        Assert.Equal("the sum adds up different units: persons, companies, copies", result.Total.Caveats.Single(caveat => caveat.Code == CaveatCodes.MixedUnits).English);
        Assert.All(result.Channels, figure => Assert.False(figure.Has(CaveatCodes.MixedUnits)));
        Assert.True(Ratio(EngagementRatioDefinitions.ByFollowers, mixed).Total.Has(CaveatCodes.MixedUnits));
        Assert.True(Ratio(EngagementRatioDefinitions.Daily, mixed).Total.Has(CaveatCodes.MixedUnits));

        // A mean over publications, each over its own channel's followers, adds none of them up; nor is there a sum of one unit's, or of no audience.
        Assert.False(Ratio(EngagementRatioDefinitions.CrowdTanglePost, mixed).Total.Has(CaveatCodes.MixedUnits));
        Assert.False(Ratio(latest, Of((Ihk.Xing, UnitOfCount.Person), (Ihk.Twitter, UnitOfCount.Person))).Total.Has(CaveatCodes.MixedUnits));
        Assert.False(Ratio(EngagementRatioDefinitions.PerPublication, mixed).Total.Has(CaveatCodes.MixedUnits));
    }

    [Fact]
    public void A_column_without_a_row_is_0_over_the_base_of_the_period_and_has_no_mean()
    {
        // As of a portfolio in whose period nothing was published: 0 over a base of the period when pooled, and undefined per publication.
        EngagementRatioDefinition pooled = EngagementRatioDefinitions.ByFollowers.With("latest", baseAsOf: BaseAsOf.Latest);
        EngagementRatioDefinition mean = pooled.With("mean", aggregation: Aggregation.MeanOfPublications);
        EngagementRatioDefinition median = pooled.With("median", aggregation: Aggregation.MedianOfPublications);
        Assert.Equal([0.0, null, null], new[] { pooled, mean, median }.Select(definition => new EngagementRatioCalculator(definition).Calculate([], 1_000).Value));
        Assert.Equal(UndefinedReason.ZeroDenominator, new EngagementRatioCalculator(mean).Calculate([], 1_000).Undefined);

        // Where rows are there and none is known, it is missing.
        Assert.Equal(UndefinedReason.MissingNumerator, new EngagementRatioCalculator(pooled).Calculate([Count.MissingInColumn], 1_000).Undefined);
        Portfolio nothing = Portfolio.For(Ihk.Chamber).Add(Page).Add(Ihk.Audience(Page, Count.Observed(1_000), Ihk.At(1, 0))).Add(new Publication("old", Page.Id, Ihk.At(3, month: 10)) { Interactions = Ihk.Tally(likes: 1) }).Build();
        Assert.Equal([0.0, null, null], new[] { pooled, mean, median }.Select(definition => new EngagementRatioCalculator(definition).Calculate(nothing, Ihk.November).Channels[0].Value));
    }

    [Fact]
    public void Interactions_of_one_publication_on_two_channels_add_up_in_all_together()
    {
        Interaction On(Channel channel, string id, string publication) => new(id, channel.Id, InteractionKind.Like, Ihk.At(4), ActorRole.Member) { Publication = new(publication) };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(Ihk.Twitter)
            .Add(new Publication("p", Ihk.Xing.Id, Ihk.At(3))).Add(new Publication("q", Ihk.Twitter.Id, Ihk.At(3)))
            .Add(On(Ihk.Xing, "1", "p")).Add(On(Ihk.Twitter, "2", "p")).Add(On(Ihk.Twitter, "3", "q")).Build();
        EngagementRatioResult result = new EngagementRatioCalculator(EngagementRatioDefinitions.PerPublication).Calculate(portfolio, Ihk.November);
        Assert.Equal([1.0, 1.0, 3.0], result.Channels.Append(result.Total).Select(figure => figure.Numerator.Value!.Value));
    }

    [Fact]
    public void Days_average_each_days_ratio_and_silent_days_count_as_zero()
    {
        // fanpagekarma-engagement: I (20,0,37,100,0,0,2), F (3500,3590,3700,3750,3755,3780,3783).
        long[] interactions = [20, 0, 37, 100, 0, 0, 2];
        long[] followers = [3_500, 3_590, 3_700, 3_750, 3_755, 3_780, 3_783];
        Publication[] posts = [.. interactions.Select((count, day) => (count, day)).Where(entry => entry.count > 0).Select(entry => Post($"p{entry.day}", entry.day + 1, Ihk.Tally(likes: entry.count)))];
        AudienceSnapshot[] audience = [.. followers.Select((count, day) => Ihk.Audience(Page, Count.Observed(count), Ihk.At(day + 1, 8)))];
        LocalPeriod week = LocalPeriod.Between(new(2014, 11, 1), new(2014, 11, 8));

        Figure daily = new EngagementRatioCalculator(EngagementRatioDefinitions.Daily).Calculate(WithPosts(audience, posts), week).Channels[0];
        Assert.Equal(0.00612995, daily.Value!.Value, 8);
        Assert.Equal(7.0, daily.Denominator.Value);
        Assert.Equal(daily.Value.Value, new EngagementRatioCalculator(EngagementRatioDefinitions.Daily).Calculate(interactions, followers).Value!.Value, 15);

        // Pooled over the days it would be 0.00614897.
        Assert.Equal(0.00614897, new EngagementRatioCalculator(EngagementRatioDefinitions.ByFollowers).Calculate(interactions, followers).Value!.Value, 8);
    }

    [Fact]
    public void Attribution_by_publication_counts_later_interactions_and_by_date_does_not()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Page).Add(Ihk.Audience(Page, Count.Observed(100), Ihk.At(1, 0)))
            .Add(new Publication("old", Page.Id, Ihk.At(30, 12, 10))).Add(new Publication("new", Page.Id, Ihk.At(20)))
            .Add(Like("1", "old", Ihk.At(5))).Add(Like("2", "new", Ihk.At(21))).Add(Like("3", "new", Ihk.At(2, 12, 12))).Add(Like("4", null, Ihk.At(6)))
            .Build();
        EngagementRatioDefinition byPublication = EngagementRatioDefinitions.ByFollowers.With("by-publication", baseAsOf: BaseAsOf.Latest);
        EngagementRatioDefinition byDate = byPublication.With("by-date", attribution: Attribution.ByInteractionDate);
        Figure first = new EngagementRatioCalculator(byPublication).Calculate(portfolio, Ihk.November).Channels[0];
        Assert.Equal(0.02, first.Value); // 2 and 3
        Assert.True(first.Has(CaveatCodes.InteractionsWithoutPublication));
        Assert.Equal(0.03, new EngagementRatioCalculator(byDate).Calculate(portfolio, Ihk.November).Channels[0].Value); // 1, 2 and 4
    }

    [Fact]
    public void Ones_own_replies_and_bots_are_no_engagement()
    {
        PortfolioBuilder builder = Portfolio.For(Ihk.Chamber).Add(Page).Add(Ihk.Audience(Page, Count.Observed(10), Ihk.At(1, 0))).Add(new Publication("p", Page.Id, Ihk.At(2)));
        foreach (ActorRole role in Enum.GetValues<ActorRole>().Skip(1)) builder.Add(new Interaction(role.ToString(), Page.Id, InteractionKind.Comment, Ihk.At(3), role) { Publication = new PublicationId("p") });
        var calculator = new EngagementRatioCalculator(EngagementRatioDefinitions.ByFollowers);
        Assert.Equal(4.0, calculator.Calculate(builder.Build(), Ihk.November).Channels[0].Numerator.Value); // Unknown, Staff, Member, NonMember

        EngagementRatioDefinition members = EngagementRatioDefinitions.ByFollowers.With("members-only", selection: InteractionSelection.Standard.WithRoles(ActorRole.Member));
        Assert.Equal(1.0, new EngagementRatioCalculator(members).Calculate(builder.Build(), Ihk.November).Channels[0].Numerator.Value);
    }

    [Fact]
    public void A_month_without_posts_is_zero_per_member_and_undefined_per_post()
    {
        Portfolio portfolio = WithPosts([Ihk.Audience(Page, Count.Observed(100), Ihk.At(1, 0, 1))], Post("a", 3, Ihk.Tally(likes: 10)));
        LocalPeriod december = LocalPeriod.Month(2014, 12);
        Assert.Equal(0.0, new EngagementRatioCalculator(EngagementRatioDefinitions.ByMembers).Calculate(portfolio, december).Channels[0].Value);
        Figure perPost = new EngagementRatioCalculator(EngagementRatioDefinitions.PerPublication).Calculate(portfolio, december).Channels[0];
        Assert.Equal(UndefinedReason.ZeroDenominator, perPost.Ratio.Undefined);
        Assert.True(perPost.Has(CaveatCodes.NoPublications));

        // I/P/F of no publication is undefined; the vendor prints 0.
        EngagementRatioDefinition quintly = EngagementRatioDefinitions.ByFollowers.With("quintly", baseAsOf: BaseAsOf.StartEndMean, aggregation: Aggregation.MeanOfPublications);
        Assert.Equal(UndefinedReason.ZeroDenominator, new EngagementRatioCalculator(quintly).Calculate(portfolio, december).Channels[0].Ratio.Undefined);
    }

    [Fact]
    public void Members_are_one_base_for_all_channels_together()
    {
        var blog = new Channel("blog", "Blog", Platform.Blog, ChannelForm.Blog);
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Company).With(Ihk.At(1), Count.Observed(1_000))).Add(Page).Add(blog)
            .Add(Post("a", 3, Ihk.Tally(likes: 10))).Add(new Publication("b", blog.Id, Ihk.At(4)) { Interactions = Ihk.Tally(comments: 30) }).Build();
        EngagementRatioResult result = new EngagementRatioCalculator(EngagementRatioDefinitions.ByMembers).Calculate(portfolio, Ihk.November);
        Assert.Equal((0.01, 0.03, 0.04), (result.Channels[0].Value, result.Channels[1].Value, result.Total.Value));
        Assert.Equal(1_000.0, result.Total.Denominator.Value);
    }

    [Theory]
    [InlineData(BaseAsOf.Latest, 2_000)]
    [InlineData(BaseAsOf.StartEndMean, 1_500)]
    [InlineData(BaseAsOf.DailyMean, 1_100)]
    public void Members_of_the_period_are_its_latest_its_start_and_end_or_its_days(BaseAsOf asOf, double members)
    {
        // 1,000 from the first on, 2,000 from the 28th on: 27 days of the one and 3 of the other.
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Company).With(Ihk.At(1, 0), Count.Observed(1_000)).With(Ihk.At(28, 0), Count.Observed(2_000))).Add(Page)
            .Add(Post("a", 3, Ihk.Tally(likes: 10))).Add(Post("b", 29, Ihk.Tally(likes: 20))).Build();
        EngagementRatioDefinition pooled = EngagementRatioDefinitions.ByMembers.With("mine", baseAsOf: asOf);
        Assert.Equal((30.0, members), (Figure(pooled).Numerator.Value, Figure(pooled).Denominator.Value));

        // Day by day each day has its own members, or all have the one number of the period: Σ I_d/M over 30 days.
        EngagementRatioDefinition daily = pooled.With("daily-mine", aggregation: Aggregation.MeanOfDays);
        double expected = asOf is BaseAsOf.DailyMean ? ((10 / 1_000.0) + (20 / 2_000.0)) / 30 : 30 / members / 30;
        Assert.Equal(expected, Figure(daily).Value!.Value, 15);

        Figure Figure(EngagementRatioDefinition definition) => new EngagementRatioCalculator(definition).Calculate(portfolio, Ihk.November).Total;
    }

    [Fact]
    public void A_base_of_the_period_is_one_number_at_the_column_door()
    {
        Portfolio portfolio = WithPosts([Ihk.Audience(Page, Count.Observed(1_000), Ihk.At(1, 0, 1))], Post("a", 3, Ihk.Tally(likes: 10)), Post("b", 4, Ihk.Tally(likes: 30)), Post("c", 5, Ihk.Tally(likes: 20)));
        foreach (BaseAsOf asOf in (BaseAsOf[])[BaseAsOf.Latest, BaseAsOf.StartEndMean, BaseAsOf.DailyMean])
        {
            foreach (Aggregation aggregation in (Aggregation[])[Aggregation.Pooled, Aggregation.MeanOfPublications, Aggregation.MedianOfPublications])
            {
                var calculator = new EngagementRatioCalculator(new EngagementRatioDefinition("tried", EngagementBase.PotentialReach, asOf, aggregation));
                double expected = aggregation is Aggregation.Pooled ? 0.06 : 0.02; // 60/1,000; the mean and the median of 1, 3 and 2 %
                Assert.Equal(expected, calculator.Calculate(portfolio, Ihk.November).Channels[0].Value!.Value, 15);
                Assert.Equal(expected, calculator.Calculate([10, 30, 20], 1_000).Value!.Value, 15);
                Assert.Equal(UndefinedReason.MissingDenominator, calculator.Calculate([10], Count.MissingInColumn).Undefined);
                Assert.Equal(UndefinedReason.MissingNumerator, calculator.Calculate([Count.MissingInColumn], 1_000).Undefined);
                Assert.Equal(UndefinedReason.ZeroDenominator, calculator.Calculate([10], 0).Undefined);
            }
        }

        var byMembers = new EngagementRatioCalculator(EngagementRatioDefinitions.ByMembers);
        Assert.Equal(byMembers.Calculate(portfolio, Ihk.November).Channels[0].Ratio, byMembers.Calculate([10, 30, 20], 110_000));
        Assert.Contains("pass it as one number", Assert.Throws<InvalidOperationException>(() => byMembers.Calculate([10], [110_000])).Message, StringComparison.Ordinal);
        Assert.Contains("pass a column of bases", Assert.Throws<InvalidOperationException>(() => new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate([10], 100)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Platform_counts_cannot_answer_for_some_roles_only()
    {
        EngagementRatioDefinition members = EngagementRatioDefinitions.ByReach.With("members-only", selection: InteractionSelection.Standard.WithRoles(ActorRole.Member));
        Figure figure = new EngagementRatioCalculator(members).Calculate(WithPosts(Post("a", 3, Ihk.Tally(likes: 40), reach: 100)), Ihk.November).Channels[0];
        Assert.Equal(UndefinedReason.MissingNumerator, figure.Ratio.Undefined);
        Assert.True(figure.Has(CaveatCodes.TallyCannotTellRoles));
    }

    [Fact]
    public void A_portfolio_with_an_id_twice_is_refused_and_not_counted_twice()
    {
        Portfolio portfolio = WithPosts(Post("a", 3, Ihk.Tally(likes: 10), reach: 100), Post("a", 4, Ihk.Tally(likes: 10), reach: 100));
        Assert.Contains("holds the publication \"a\" twice", Assert.Throws<ArgumentException>("portfolio", () => new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate(portfolio, Ihk.November)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("portfolio", () => new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November));
    }

    [Fact]
    public void Weights_apply_to_the_sums_and_agree_at_both_doors()
    {
        InteractionSelection weighted = new InteractionSelection(InteractionKind.Like, InteractionKind.Comment, InteractionKind.Share).WithWeight(InteractionKind.Comment, 2).WithWeight(InteractionKind.Share, 3);
        var calculator = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach.With("weighted", selection: weighted));
        Figure figure = calculator.Calculate(WithPosts(Post("a", 3, Ihk.Tally(100, 2, 0), reach: 1_000), Post("b", 4, Ihk.Tally(30, 10, 4), reach: 1_000)), Ihk.November).Channels[0];
        Assert.Equal(104.0 + 62, figure.Numerator.Value); // 100 + 2·2, 30 + 2·10 + 3·4
        Assert.Equal(figure.Ratio, calculator.Calculate([100, 30], [2, 10], [0, 4], [1_000, 1_000]));
    }

    [Fact]
    public void Active_persons_are_counted_once_over_all_channels()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Page).Add(Ihk.Xing)
            .Add(Comment("1", Page, "anna")).Add(Comment("2", Page, "anna")).Add(Comment("3", Page, "ben")).Add(Comment("4", Ihk.Xing, "anna")).Build();
        EngagementRatioResult result = new EngagementRatioCalculator(EngagementRatioDefinitions.PerActivePerson).Calculate(portfolio, Ihk.November);
        Assert.Equal((1.5, 1.0, 2.0), (result.Channels[0].Value, result.Channels[1].Value, result.Total.Value)); // 3/2, 1/1, 4/2
    }

    [Fact]
    public void More_persons_than_contacts_is_a_caveat_and_still_a_figure()
    {
        Publication odd = Post("a", 3, Ihk.Tally(likes: 10), reach: 200, impressions: 150);
        Figure figure = new EngagementRatioCalculator(EngagementRatioDefinitions.ByImpressions).Calculate(WithPosts(odd), Ihk.November).Channels[0];
        Assert.Equal(10.0 / 150, figure.Value);
        Assert.True(figure.Has(CaveatCodes.ReachAboveImpressions));
    }

    [Fact]
    public void Definitions_that_contradict_themselves_are_refused()
    {
        Assert.Contains("MeanOfDays divides by days", Assert.Throws<ArgumentException>(() => EngagementRatioDefinitions.ByFollowers.With("x", aggregation: Aggregation.MeanOfDays)).Message, StringComparison.Ordinal);
        Assert.Contains("is no stock", Assert.Throws<ArgumentException>(() => EngagementRatioDefinitions.ByReach.With("x", baseAsOf: BaseAsOf.Latest)).Message, StringComparison.Ordinal);
        Assert.Contains("ByInteractionDate", Assert.Throws<ArgumentException>(() => EngagementRatioDefinitions.ByReach.With("x", aggregation: Aggregation.MeanOfPublications, attribution: Attribution.ByInteractionDate)).Message, StringComparison.Ordinal);
        Assert.Contains("a name stands for one recipe", Assert.Throws<ArgumentException>(() => EngagementRatioDefinitions.ByReach.With("by-reach", scale: 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("scale", () => EngagementRatioDefinitions.ByReach.With("x", scale: 7));
        Assert.Throws<ArgumentOutOfRangeException>("confidence", () => new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach, 1));
        Assert.Throws<ArgumentOutOfRangeException>("confidence", () => new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("weight", () => InteractionSelection.Standard.WithWeight(InteractionKind.Like, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("weight", () => InteractionSelection.Standard.WithWeight(InteractionKind.Like, -0.5));
        Assert.Throws<ArgumentOutOfRangeException>("kinds", () => new InteractionSelection((InteractionKind)99));
        Assert.Throws<ArgumentException>("kinds", () => new InteractionSelection());
    }

    [Fact]
    public void Columns_of_unequal_length_are_named_with_their_lengths()
    {
        var calculator = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach);
        Assert.StartsWith("interactions (12 values) and bases (11 values) must have the same length", Assert.Throws<ArgumentException>(() => calculator.Calculate(new long[12], new long[11])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("ratios", () => calculator.Calculate(new long[2], new long[2], new double[3]));
        Assert.Throws<ArgumentException>("shares", () => calculator.Calculate(new long[2], new long[2], new long[1], new long[2]));
    }

    [Fact]
    public void A_negative_count_in_a_column_is_refused_with_its_row()
    {
        var calculator = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach);
        long[] counts = [.. Enumerable.Range(0, 20)];
        counts[17] = -5;
        Assert.Contains("interactions (-5) must not be negative in row 17", Assert.Throws<ArgumentOutOfRangeException>(() => calculator.Calculate(counts, new long[20], new double[20])).Message, StringComparison.Ordinal);
        Assert.Contains("bases (-5) must not be negative in row 17", Assert.Throws<ArgumentOutOfRangeException>(() => calculator.Calculate(new long[20], counts)).Message, StringComparison.Ordinal);
        Assert.Contains("comments (-5) must not be negative in row 17", Assert.Throws<ArgumentOutOfRangeException>(() => calculator.Calculate(new long[20], counts, new long[20], new long[20])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sums_beyond_the_range_of_a_count_are_an_error_and_not_a_wrong_figure()
    {
        var calculator = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach);
        Assert.Throws<OverflowException>(() => calculator.Calculate([long.MaxValue, 1], [1, 1]));
        Assert.Throws<OverflowException>(() => calculator.Calculate([.. Enumerable.Repeat(1L << 55, 10_000)], [.. Enumerable.Repeat(1L, 10_000)]));
        Assert.Equal(long.MaxValue, calculator.Calculate([long.MaxValue - 1, 1], [1, 0]).Numerator);
    }

    [Fact]
    public void An_overflow_in_facts_is_an_error_too()
    {
        Portfolio portfolio = WithPosts(Post("a", 3, Ihk.Tally(likes: long.MaxValue), reach: 1), Post("b", 4, Ihk.Tally(likes: 1), reach: 1));
        Assert.Throws<OverflowException>(() => new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate(portfolio, Ihk.November));
    }

    [Fact]
    public void Days_on_which_the_channel_does_not_live_are_in_no_mean()
    {
        // 30 interactions on one of ten days of 100 followers: a mean of 3 %, however long the month goes on.
        Channel closed = Page with { Opened = new(2014, 11, 1), Closed = new(2014, 11, 10) };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(closed).Add(Ihk.Audience(closed, Count.Observed(100), Ihk.At(1, 0))).Add(Post("a", 5, Ihk.Tally(likes: 30))).Build();
        Figure figure = new EngagementRatioCalculator(EngagementRatioDefinitions.Daily).Calculate(portfolio, Ihk.November).Channels[0];
        Assert.Equal((0.03, 10.0), (figure.Value, figure.Denominator.Value));
        Assert.False(figure.Has(CaveatCodes.DaysLeftOut));
    }

    [Fact]
    public void A_daily_mean_of_followers_ends_with_the_channel()
    {
        // 100 followers for five days and 200 for five: 150, and not the 200 of the days after the end.
        Channel closed = Page with { Closed = new(2014, 11, 10) };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(closed)
            .Add(Ihk.Audience(closed, Count.Observed(100), Ihk.At(1, 0))).Add(Ihk.Audience(closed, Count.Observed(200), Ihk.At(6, 0)))
            .Add(Post("a", 5, Ihk.Tally(likes: 30))).Build();
        Assert.Equal(0.2, new EngagementRatioCalculator(EngagementRatioDefinitions.ByFollowers.With("mine", baseAsOf: BaseAsOf.DailyMean)).Calculate(portfolio, Ihk.November).Total.Value);
    }

    [Fact]
    public void Definitions_that_select_differently_ask_one_portfolio_at_once_and_each_hears_its_own()
    {
        PortfolioBuilder builder = Portfolio.For(Ihk.Chamber).Add(Page);
        for (int index = 0; index < 60; index++) builder.Add(new Interaction($"i{index}", Page.Id, index % 3 == 0 ? InteractionKind.Like : InteractionKind.Comment, Ihk.At(3), ActorRole.Member));
        Portfolio portfolio = builder.Build();
        (InteractionSelection Selection, double Expected)[] asked = [(new(InteractionKind.Like), 20), (new(InteractionKind.Comment), 40), (new(InteractionKind.Like, InteractionKind.Comment), 60), (new(InteractionKind.Share), 0)];
        double?[] answers = [.. Enumerable.Range(0, 400).AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(index =>
            new EngagementRatioCalculator(new EngagementRatioDefinition("mine", EngagementBase.Publications, attribution: Attribution.ByInteractionDate, selection: asked[index % 4].Selection)).Calculate(portfolio, Ihk.November).Channels[0].Numerator.Value)];

        // A log without any interaction of a selected kind does not say that there was none.
        Assert.Equal(Enumerable.Range(0, 400).Select(index => asked[index % 4].Expected is > 0 and var expected ? expected : (double?)null), answers);
    }
}
