using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Core.Tests.Laws;

/// <summary>Every sum of counts that a caller can drive to its edge, 2⁶³ − 1, is right there, and one beyond an error that tells what was added; never a wrong number.</summary>
public class EdgeOfCountersTests
{
    private const string TooMuch = ") add up to more than 9223372036854775807, the largest count: correct them, or add up fewer.";

    private static readonly LocalCalendar Days = LocalCalendar.Days(Ihk.Berlin, Ihk.November);

    /// <summary>Each sum of two parts: what it is called in the error, and the sum.</summary>
    private static readonly (string Name, Func<long, long, double?> Sum)[] Sums =
    [
        ("counts", (one, other) => (Count.Observed(one) + Count.Observed(other)).Value),
        ("counts", (one, other) => Add(one, other)[InteractionKind.Like].Value),
        ("counts", (one, other) => Per(EngagementRatioDefinitions.PerPublication, Posts(one, other)).Numerator.Value),
        ("counts", (one, other) => Per(EngagementRatioDefinitions.Daily, Posts(one, other)).Detail.Terms[0].Top.Value),
        ("counts", (one, other) => Reach(one, other).Channels[0].GrossRatingPoints.Numerator.Value),
        ("counts", (one, other) => Reach(one, other).Channels[0].Measured.Numerator.Upper),
        ("counts", (one, other) => Benefit.Contacts(Posts(one, other), Ihk.November)[Ihk.Xing.Id].Value),
        ("counts", (one, other) => Benefit.Interactions(Posts(one, other), Ihk.November)[Ihk.Xing.Id].Value),
        ("counts", (one, other) => new DialogueCalculator().Calculate(Posts(one, other), Ihk.November).Feedback.Value),
        ("counts", (one, other) => new ActivityCalculator().Calculate(Audiences(one, other), Ihk.November)[^1].AudienceGrowth.Later.Value),
        ("reaches", (one, other) => new ReachPerMemberCalculator().Calculate(Audiences(one, other), Ihk.November).Gross.Numerator.Value),
        ("reaches", (one, other) => new NetReachCalculator().Calculate(Audiences(one, other), Ihk.November).Net!.Reach.Gross),
        ("reaches", (one, other) => NetReach.Of([one, other], long.MaxValue).Gross),
        ("interactions", (one, other) => new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate([one, other], [1, 1]).Numerator),
        ("bases", (one, other) => new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate([1, 1], [one, other]).Denominator),
        ("interactions", (one, other) => new EngagementRatioCalculator(EngagementRatioDefinitions.ByMembers).Calculate([one, other], 1).Numerator),
        ("likes", (one, other) => Columns([one, other], [0, 0], [0, 0], [1, 1]).Numerator),
        ("comments", (one, other) => Columns([0, 0], [one, other], [0, 0], [1, 1]).Numerator),
        ("shares", (one, other) => Columns([0, 0], [0, 0], [one, other], [1, 1]).Numerator),
        ("bases", (one, other) => Columns([0, 0], [0, 0], [0, 0], [one, other]).Denominator),
    ];

    public static TheoryData<int> Places => [.. Enumerable.Range(0, Sums.Length)];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_sum_is_right_at_the_edge_and_an_error_beyond_it(int place)
    {
        (string name, Func<long, long, double?> sum) = Sums[place];
        Assert.Equal((double)long.MaxValue, sum(long.MaxValue - 1, 1));
        string message = Assert.Throws<OverflowException>(() => sum(long.MaxValue, 1)).Message;
        Assert.True(message.StartsWith($"{name} (", StringComparison.Ordinal) && message.EndsWith(TooMuch, StringComparison.Ordinal), message);
    }

    [Fact]
    public void A_roll_up_merged_with_itself_again_and_again_counts_up_to_the_edge()
    {
        InteractionLog log = new InteractionLogBuilder().Add(Ihk.Xing.Id, InteractionKind.Like, Ihk.Noon, ActorRole.Member).Build();
        RollUp rollUp = Doubled(log.RollUp(Days), 62);
        Assert.Equal((1L << 62, 1L << 62), (rollUp.Total, rollUp.RowsRead));
        Assert.Equal("rows read (4611686018427387904 and 4611686018427387904" + TooMuch, Assert.Throws<OverflowException>(() => RollUp.Merge(rollUp, rollUp)).Message);

        // To the last one: a figure of all these is not off by any.
        RollUp most = Enumerable.Range(0, 62).Aggregate(rollUp, (sum, power) => RollUp.Merge(sum, Doubled(log.RollUp(Days), power)));
        Assert.Equal((long.MaxValue, long.MaxValue), (most.Total, most.RowsRead));
        var perPublication = new EngagementRatioDefinition("mine", EngagementBase.Publications, attribution: Attribution.ByInteractionDate);
        Portfolio facts = Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(new Publication("p", Ihk.Xing.Id, Ihk.Noon)).Build();
        Assert.Equal(Quantity.From(Count.Observed(long.MaxValue)), new EngagementRatioCalculator(perPublication).Calculate(most, facts, Ihk.November).Total.Numerator);
        Assert.Equal(most.Total, most.In(LocalCalendar.Of(Ihk.Berlin, Ihk.November, CalendarUnit.Month)).CountOf());
    }

    [Fact]
    public void Publications_that_are_merged_beyond_the_edge_are_an_error_that_names_channel_and_period()
    {
        RollUp published = Doubled(RollUp.OfPublications([new Publication("p", Ihk.Xing.Id, Ihk.Noon)], Days), 62);
        Assert.Equal(1L << 62, published.Exposures[0].Publications);
        Assert.Equal("xing 2014-11-20/2014-11-21 publications (4611686018427387904 and 4611686018427387904" + TooMuch, Assert.Throws<OverflowException>(() => RollUp.Merge(published, published)).Message);
    }

    [Fact]
    public void Quarter_hours_are_counted_up_to_the_edge_too()
    {
        InteractionLog log = new InteractionLogBuilder().Add(Ihk.Xing.Id, InteractionKind.Like, Ihk.Noon, ActorRole.Member).Build();
        QuarterHourCells cells = Enumerable.Range(0, 62).Aggregate(QuarterHourCells.Of(log, Ihk.Noon, Ihk.Noon + Duration.FromHours(1)), (sum, _) => QuarterHourCells.Merge(sum, sum));
        Assert.Equal(1L << 62, cells.Total);
        Assert.Throws<OverflowException>(() => QuarterHourCells.Merge(cells, cells));
    }

    [Fact]
    public void Moments_beyond_the_years_are_refused_where_time_between_them_is_counted()
    {
        var calculator = new DialogueCalculator();
        byte[] kinds = [(byte)InteractionKind.Question, (byte)InteractionKind.Question];
        byte[] roles = [(byte)ActorRole.Member, (byte)ActorRole.Member];
        DialogueTotals Of(long first, long until) => calculator.Calculate([first, first], [-1, -1], kinds, roles, [], until, null);
        const string Rule = ") must lie in the years -9998 to 9999: pass milliseconds since 1970-01-01T00:00:00Z.";
        Assert.Contains("times[0] (-9223372036854775808" + Rule, Assert.Throws<ArgumentOutOfRangeException>("times[0]", () => Of(long.MinValue, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("observedUntil (9223372036854775807" + Rule, Assert.Throws<ArgumentOutOfRangeException>("observedUntil", () => Of(0, long.MaxValue)).Message, StringComparison.Ordinal);
        Assert.Equal(2, Of(Instant.MinValue.ToUnixTimeMilliseconds(), Instant.MaxValue.ToUnixTimeMilliseconds()).Response.Answerable);
        InteractionLog log = InteractionLog.Of([Ihk.Xing.Id], new[] { long.MinValue, 0 }, new int[2], kinds);
        Assert.Equal("times (-9223372036854775808 ms) in row 0 must lie in the years -9998 to 9999 to be an interaction's: correct the row.", Assert.Throws<InvalidOperationException>(() => calculator.Calculate(log, Ihk.Noon, null)).Message);
        log = InteractionLog.Of([Ihk.Xing.Id], new[] { 0, long.MaxValue }, new int[2], kinds);
        Assert.StartsWith("times (9223372036854775807 ms) in row 1 must lie in the years -9998 to 9999", Assert.Throws<InvalidOperationException>(() => calculator.Calculate(log, Ihk.Noon, null)).Message, StringComparison.Ordinal);
        Assert.Contains("times[1] (9223372036854775807" + Rule, Assert.Throws<ArgumentOutOfRangeException>("times[1]", () => Of(long.MaxValue, 0)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("America/New_York")]
    public void Business_hours_may_be_counted_up_to_either_end_of_the_years(string zone)
    {
        var calculator = new DialogueCalculator(new BusinessHours(new LocalTime(8, 0), new LocalTime(17, 0)));
        byte[] question = [(byte)InteractionKind.Question];
        byte[] member = [(byte)ActorRole.Member];
        int AskedAt(Instant first, Instant until) => calculator.Calculate([first.ToUnixTimeMilliseconds()], [-1], question, member, [], until.ToUnixTimeMilliseconds(), DateTimeZoneProviders.Tzdb[zone]).Response.Answerable;
        Assert.Equal(1, AskedAt(Instant.MinValue, Instant.MinValue + Duration.FromDays(30)));
        Assert.Equal(1, AskedAt(Instant.MaxValue - Duration.FromDays(30), Instant.MaxValue));
    }

    private static RollUp Doubled(RollUp one, int times) => Enumerable.Range(0, times).Aggregate(one, (sum, _) => RollUp.Merge(sum, sum));

    private static InteractionTally Add(long one, long other) => Ihk.Tally(likes: one) + Ihk.Tally(likes: other);

    private static Figure Per(EngagementRatioDefinition definition, Portfolio portfolio) => new EngagementRatioCalculator(definition).Calculate(portfolio, LocalPeriod.Day(new LocalDate(2014, 11, 20))).Channels[0];

    private static ReachPerMemberResult Reach(long one, long other) => new ReachPerMemberCalculator().Calculate(Posts(one, other), Ihk.November);

    private static Ratio Columns(long[] likes, long[] comments, long[] shares, long[] bases) => new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate(likes, comments, shares, bases);

    /// <summary>Two publications of one day, each liked, seen and reaching so many.</summary>
    private static Portfolio Posts(long one, long other) => new[] { one, other }.Select((number, index) => new Publication($"p{index}", Ihk.Xing.Id, Ihk.Noon)
    {
        Interactions = InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(number)),
        Exposures = new Exposures(Count.Observed(number), new MeasuredReach(Count.Observed(number)), Count.Observed(number)),
    }).Aggregate(Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Add(Ihk.Xing).Add(Ihk.Audience(Ihk.Xing, Count.Observed(1), Ihk.At(1, 0))), (builder, publication) => builder.Add(publication)).Build();

    /// <summary>Two channels with audiences of so many, from the start of the month to its end.</summary>
    private static Portfolio Audiences(long one, long other)
    {
        PortfolioBuilder builder = Portfolio.For(Ihk.Chamber).Add(Ihk.Members);
        foreach ((Channel channel, long size) in new[] { (Ihk.Xing, one), (Ihk.Twitter, other) })
        {
            builder.Add(channel).Add(Ihk.Audience(channel, Count.Observed(size), Ihk.At(1, 0))).Add(Ihk.Audience(channel, Count.Observed(size), Ihk.At(20)));
        }

        return builder.Build();
    }
}
