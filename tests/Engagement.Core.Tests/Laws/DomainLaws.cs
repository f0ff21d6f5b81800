using CsCheck;
using NodaTime;

namespace Engagement.Core.Tests.Laws;

/// <summary>The laws of the domain as properties over random portfolios and columns; users can run them on their own data.</summary>
public class DomainLaws
{
    private static readonly int Cases = LawCases.Count;

    private static readonly EngagementRatioDefinition[] Definitions =
    [
        .. EngagementRatioDefinitions.All,
        EngagementRatioDefinitions.ByReach.With("mean", aggregation: Aggregation.MeanOfPublications),
        EngagementRatioDefinitions.ByReach.With("median", aggregation: Aggregation.MedianOfPublications),
        EngagementRatioDefinitions.ByFollowers.With("start-end", baseAsOf: BaseAsOf.StartEndMean),
        EngagementRatioDefinitions.ByFollowers.With("daily-mean-by-date", baseAsOf: BaseAsOf.DailyMean, attribution: Attribution.ByInteractionDate),
        EngagementRatioDefinitions.ByMembers.With("weighted", selection: InteractionSelection.Standard.WithWeight(InteractionKind.Share, 2.5)),
        EngagementRatioDefinitions.Daily.With("members-daily", @base: EngagementBase.Members),
    ];

    private static readonly Gen<Count> AnyCount = Gen.OneOf(
        Gen.Long[0, 5_000].Select(Count.Observed),
        Gen.Long[0, 500].Select(value => Count.Rounded(value * 10)),
        Gen.Long[0, 5_000].Select(Count.Partial),
        Gen.Const(Count.Missing),
        Gen.Const(Count.Withheld),
        Gen.Const(Count.NotApplicable));

    private static readonly Gen<Portfolio> AnyPortfolio = Gen.Select(
        Gen.Select(Gen.Int[1, 45], AnyCount).Array[0, 6],
        Gen.Select(Gen.Int[1, 45], AnyCount, AnyCount, AnyCount, AnyCount).Array[0, 12],
        Gen.Select(Gen.Int[1, 45], Gen.Int[1, 22], Gen.Int[1, 6], Gen.Int[0, 4], Gen.Int[-1, 11]).Array[0, 20],
        AnyCount).Select(MakePortfolio);

    [Fact]
    public void No_result_is_NaN_or_infinite_and_every_interval_brackets_its_figure() => AnyPortfolio.Sample(
        portfolio =>
        {
            foreach (EngagementRatioDefinition definition in Definitions)
            {
                EngagementRatioResult result = new EngagementRatioCalculator(definition).Calculate(portfolio, Ihk.November);
                foreach (Figure figure in result.Channels.Append(result.Total)) CheckFigure(figure);
            }

            ReachPerMemberResult reach = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November);
            foreach (Figure figure in reach.Channels.SelectMany(channel => new[] { channel.Potential, channel.Measured, channel.Coverage, channel.OnTarget }).Append(reach.Gross)) CheckFigure(figure);
        },
        iter: Cases);

    [Fact]
    public void Every_figure_can_be_recomputed_from_the_parts_beside_it() => AnyPortfolio.Sample(
        portfolio =>
        {
            foreach (EngagementRatioDefinition definition in Definitions)
            {
                foreach (Figure figure in new EngagementRatioCalculator(definition).Calculate(portfolio, Ihk.November).Channels)
                {
                    if (figure.Value is { } value) Assert.Equal(figure.Numerator.Value!.Value / figure.Denominator.Value!.Value, value);
                }
            }
        },
        iter: Cases);

    [Fact]
    public void Missing_never_becomes_zero() => AnyPortfolio.Sample(
        portfolio =>
        {
            foreach (EngagementRatioDefinition definition in Definitions)
            {
                foreach (Figure figure in new EngagementRatioCalculator(definition).Calculate(portfolio, Ihk.November).Channels)
                {
                    if (figure.Numerator.HasValue && figure.Denominator.HasValue) continue;
                    Assert.Null(figure.Value);
                    Assert.NotNull(figure.Ratio.Undefined);
                }
            }
        },
        iter: Cases);

    [Fact]
    public void Any_order_of_the_facts_gives_the_same_figures() => Gen.Select(AnyPortfolio, Gen.Int).Sample(
        (portfolio, seed) =>
        {
            var random = new Random(seed);
            PortfolioBuilder builder = Portfolio.For(portfolio.Organisation);
            foreach (Universe universe in portfolio.Universes) builder.Add(universe);
            foreach (Channel channel in portfolio.Channels) builder.Add(channel);
            foreach (AudienceSnapshot fact in Shuffled(portfolio.Audiences, random)) builder.Add(fact);
            foreach (Publication fact in Shuffled(portfolio.Publications, random)) builder.Add(fact);
            foreach (Interaction fact in Shuffled(portfolio.Interactions, random)) builder.Add(fact);
            Portfolio shuffled = builder.Build();
            foreach (EngagementRatioDefinition definition in Definitions.Where(definition => definition.Aggregation is Aggregation.Pooled && definition.Selection.CommonWeight == 1))
            {
                var calculator = new EngagementRatioCalculator(definition);
                Assert.Equal(calculator.Calculate(portfolio, Ihk.November).Total.Ratio, calculator.Calculate(shuffled, Ihk.November).Total.Ratio);
            }
        },
        iter: Cases / 4);

    [Fact]
    public void Interactions_by_date_of_a_month_are_the_sum_of_its_days() => AnyPortfolio.Sample(
        portfolio =>
        {
            var calculator = new EngagementRatioCalculator(EngagementRatioDefinitions.ByMembers.With("by-date", attribution: Attribution.ByInteractionDate, baseAsOf: BaseAsOf.Latest));
            double whole = calculator.Calculate(portfolio, Ihk.November).Channels[0].Numerator.Value ?? 0;
            double days = Ihk.November.Split(CalendarUnit.Day).Sum(day => calculator.Calculate(portfolio, day).Channels[0].Numerator.Value ?? 0);
            Assert.Equal(whole, days);
        },
        iter: Cases / 10);

    [Fact]
    public void Scaling_both_parts_leaves_the_ratio() => Gen.Select(Gen.Long[0, 1L << 40], Gen.Long[1, 1L << 40], Gen.Int[0, 20]).Sample(
        (part, whole, power) => Assert.Equal(EngagementRatio.Of(part, whole).Value, EngagementRatio.Of(part << power, whole << power).Value),
        iter: Cases);

    [Fact]
    public void Pooled_lies_between_the_smallest_and_the_largest_part() => Gen.Select(Gen.Long[0, 1_000_000], Gen.Long[1, 1_000_000]).Array[1, 50].Sample(
        rows =>
        {
            double pooled = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate([.. rows.Select(row => row.Item1)], [.. rows.Select(row => row.Item2)]).Value!.Value;
            double[] parts = [.. rows.Select(row => (double)row.Item1 / row.Item2)];
            Assert.InRange(pooled, parts.Min() * (1 - 1e-14), parts.Max() * (1 + 1e-14));
        },
        iter: Cases);

    [Fact]
    public void Net_reach_stays_within_its_bounds_and_grows_with_every_channel() => Gen.Select(Gen.Long[1, 1L << 40], Gen.Double[0, 1].Array[0, 12]).Sample(
        (universe, shares) =>
        {
            long[] reaches = [.. shares.Select(share => (long)(share * universe))];
            NetReach before = default;
            for (int channels = 0; channels <= reaches.Length; channels++)
            {
                NetReach net = NetReach.Of(reaches.AsSpan(0, channels), universe);
                Assert.True(net.Lower <= net.Upper && net.Upper <= universe && net.Upper <= net.Gross);
                if (net.Independence is { } model) Assert.InRange(model, net.Lower, net.Upper!.Value);
                Assert.True(net.Lower >= before.Lower && net.Upper >= before.Upper && (net.Independence ?? 0) >= (before.Independence ?? 0));
                Assert.All(reaches[..channels], reach => Assert.True(reach <= net.Lower));
                before = net;
            }
        },
        iter: Cases);

    [Fact]
    public void Independence_is_the_product_formula() => Gen.Select(Gen.Long[1_000, 1L << 40], Gen.Double[0, 1].Array[1, 12]).Sample(
        (universe, shares) =>
        {
            long[] reaches = [.. shares.Select(share => (long)(share * universe))];
            decimal missed = reaches.Aggregate(1m, (product, reach) => product * (1m - ((decimal)reach / universe)));
            double expected = (double)(universe * (1m - missed));
            Assert.Equal(expected, NetReach.Of(reaches, universe).Independence!.Value, expected * 1e-12 + 1e-9);
        },
        iter: Cases);

    [Fact]
    public void Coverage_is_a_share_or_says_that_the_part_exceeds_the_whole() => Gen.Select(Gen.Long[0, 1_000], Gen.Long[0, 1_000]).Sample(
        (part, whole) =>
        {
            Ratio coverage = MemberCoverage.Of(part, whole);
            Assert.Equal(whole == 0 ? UndefinedReason.ZeroDenominator : part > whole ? UndefinedReason.PartExceedsWhole : null, coverage.Undefined);
            if (coverage.Value is { } value) Assert.InRange(value, 0, 1);
        },
        iter: Cases);

    [Fact]
    public void Rounding_bounds_enclose_the_figure_and_what_the_truth_may_be() => Gen.Select(Gen.Long[0, 99_999], Gen.Long[100_000, 999_999]).Sample(
        (reached, universe) =>
        {
            // The truth is known here; the portfolio is told only rounded numbers.
            Count told = Count.Rounded(RoundHalfUp(reached, 1_000), RoundHalfUp(reached, 1_000) == 0 ? 0 : RoundHalfUp(reached, 1_000) - 500, RoundHalfUp(reached, 1_000) + 499);
            Count toldUniverse = Count.Rounded(RoundHalfUp(universe, 10_000), RoundHalfUp(universe, 10_000) - 5_000, RoundHalfUp(universe, 10_000) + 4_999);
            Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.Noon, toldUniverse)).Add(Ihk.Xing).Add(Ihk.Audience(Ihk.Xing, told)).Build();
            Figure figure = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Channels[0].Potential;
            Assert.InRange((double)reached / universe, figure.Rounding!.Value.Lower, figure.Rounding.Value.Upper);
            Assert.InRange(figure.Value!.Value, figure.Rounding.Value.Lower, figure.Rounding.Value.Upper);
        },
        iter: Cases);

    private static long RoundHalfUp(long value, long unit) => (value + (unit / 2)) / unit * unit;

    private static T[] Shuffled<T>(IReadOnlyList<T> facts, Random random)
    {
        T[] copy = [.. facts];
        random.Shuffle(copy);
        return copy;
    }

    private static void CheckFigure(Figure figure)
    {
        Assert.Equal(figure.Value is null, figure.Ratio.Undefined is not null);
        if (figure.Value is not { } value)
        {
            Assert.Null(figure.Interval);
            Assert.Null(figure.Rounding);
            return;
        }

        Assert.True(double.IsFinite(value) && value >= 0, figure.ToString());
        if (figure.Rounding is { } rounding) Assert.True(rounding.Lower <= value && value <= rounding.Upper, figure.ToString());
        if (figure.Interval is not { } interval)
        {
            Assert.True(figure.Has(CaveatCodes.NoInterval), figure.ToString());
            return;
        }

        Assert.True(interval.Lower >= 0 && interval.Lower <= value * (1 + 1e-12) && value <= interval.Upper * (1 + 1e-12), figure.ToString());
    }

    private static Portfolio MakePortfolio((int Day, Count Size)[] audiences, (int Day, Count Likes, Count Shares, Count Reach, Count Impressions)[] posts, (int Day, int Kind, int Role, int Actor, int Post)[] events, Count members)
    {
        Instant At(int day) => Ihk.Berlin.AtStartOfDay(new LocalDate(2014, 10, 25).PlusDays(day)).ToInstant() + Duration.FromHours(9);
        PortfolioBuilder builder = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(At(1), members)).Add(Ihk.Xing).Add(Ihk.Twitter);
        foreach ((int day, Count size) in audiences.DistinctBy(audience => audience.Day)) builder.Add(Ihk.Audience(Ihk.Xing, size, At(day)));
        for (int index = 0; index < posts.Length; index++)
        {
            (int day, Count likes, Count shares, Count reach, Count impressions) = posts[index];
            builder.Add(new Publication($"p{index}", index % 3 == 0 ? Ihk.Twitter.Id : Ihk.Xing.Id, At(day))
            {
                Interactions = index % 4 == 1 ? InteractionTally.Empty : InteractionTally.Empty.With(InteractionKind.Like, likes).With(InteractionKind.Share, shares),
                Exposures = new Exposures(impressions, new MeasuredReach(reach), likes),
            });
        }

        for (int index = 0; index < events.Length; index++)
        {
            (int day, int kind, int role, int actor, int post) = events[index];
            builder.Add(new Interaction($"i{index}", Ihk.Xing.Id, (InteractionKind)kind, At(day), (ActorRole)role)
            {
                Actor = actor == 0 ? default : new ActorId($"a{actor}"),
                Publication = post < 0 ? default : new PublicationId($"p{post}"),
            });
        }

        return builder.Build();
    }
}
