using CsCheck;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Core.Tests.Ratios;

/// <summary>A roll-up in place of the interactions gives the same figures, intervals and caveats.</summary>
public class RatioOfRollUpTests
{
    private static readonly LocalCalendar Days = LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Between(new(2014, 10, 1), new(2015, 1, 1)));
    private static readonly RollUpOptions ByPublication = new() { ByPublication = true };

    private static readonly EngagementRatioDefinition[] Definitions =
    [
        .. EngagementRatioDefinitions.All.Where(definition => definition.Base is not EngagementBase.ActiveAudience),
        EngagementRatioDefinitions.ByReach.With("median", aggregation: Aggregation.MedianOfPublications),
        EngagementRatioDefinitions.ByFollowers.With("by-date", baseAsOf: BaseAsOf.DailyMean, attribution: Attribution.ByInteractionDate),
        EngagementRatioDefinitions.ByMembers.With("members-by-date", attribution: Attribution.ByInteractionDate, selection: InteractionSelection.Standard.WithWeight(InteractionKind.Share, 2.5)),
        EngagementRatioDefinitions.Daily.With("daily-by-date", attribution: Attribution.ByInteractionDate),
        EngagementRatioDefinitions.PerPublication.With("per-publication-by-date", attribution: Attribution.ByInteractionDate),
    ];

    [Fact]
    public void Every_definition_gives_the_same_from_a_roll_up_as_from_the_interactions() => Gen.Select(
        Gen.Select(Gen.Int[0, 60], Gen.Int[1, 22], Gen.Int[1, 6], Gen.Int[-1, 5]).Array[0, 60],
        Gen.Select(Gen.Int[0, 60], Gen.Int[-1, 40], Gen.Int[0, 2_000]).Array[6]).Sample(
        (events, posts) =>
        {
            Portfolio with = Facts(posts, Events(events));
            Portfolio without = Facts(posts, []);
            RollUp rollUp = InteractionLog.From(Events(events)).RollUp(Days, ByPublication);
            RollUp byChannel = InteractionLog.From(Events(events)).RollUp(Days);
            foreach (EngagementRatioDefinition definition in Definitions)
            {
                var calculator = new EngagementRatioCalculator(definition);
                EngagementRatioResult expected = calculator.Calculate(with, Ihk.November);
                Assert.Equal(expected, calculator.Calculate(rollUp, without, Ihk.November));
                if (definition.Attribution is not Attribution.ByInteractionDate) continue;
                EngagementRatioResult rough = calculator.Calculate(byChannel, without, Ihk.November);
                Assert.Equal(expected.Channels.Select(figure => (figure.Ratio, figure.Interval)), rough.Channels.Select(figure => (figure.Ratio, figure.Interval)));
                Assert.Equal(expected.Total.Ratio, rough.Total.Ratio);
            }
        },
        iter: LawCases.Count / 20);

    /// <summary>By hand: 3 interactions of members on two posts over 1,000 followers each.</summary>
    [Fact]
    public void A_roll_up_by_publication_is_divided_like_the_interactions()
    {
        Interaction[] events = Events([(20, 2, 4, 0), (21, 2, 4, 0), (30, 9, 4, 1), (30, 9, 2, 1)]);
        Portfolio portfolio = Facts([(20, -1, 0), (21, -1, 0)], []);
        Figure total = new EngagementRatioCalculator(EngagementRatioDefinitions.ByFollowers).Calculate(InteractionLog.From(events).RollUp(Days, ByPublication), portfolio, Ihk.November).Total;
        Assert.Equal((3, 2_000), (total.Numerator.Value, total.Denominator.Value));
    }

    [Fact]
    public void A_roll_up_that_lacks_a_part_is_refused()
    {
        InteractionLog log = InteractionLog.From(Events([(20, 2, 4, 0)]));
        Portfolio portfolio = Facts([], []);
        Refused("rollUp lacks a part of per-active-person v1: it does not hold the actors: calculate it over the interactions themselves.", log.RollUp(Days), EngagementRatioDefinitions.PerActivePerson);
        Refused("rollUp lacks a part of by-reach v1: it does not hold the publications, and is by channel: roll up with ByPublication.", log.RollUp(Days), EngagementRatioDefinitions.ByReach);
        Refused("it does not hold the kinds Like, Dislike", log.RollUp(Days, new() { ByPublication = true, Kinds = [InteractionKind.Comment] }), EngagementRatioDefinitions.ByReach);
        Refused("it does not hold the roles Unknown, Staff, NonMember: roll up with these Roles.", log.RollUp(Days, new() { ByPublication = true, Roles = [ActorRole.Member] }), EngagementRatioDefinitions.ByReach);
        Refused("it does not hold the life-time of the publications, because rows outside its calendar were left out: roll up by a calendar that holds every row.", log.RollUp(Days, new() { ByPublication = true, LeavesOutOtherTimes = true }), EngagementRatioDefinitions.ByReach);
        Refused("it does not hold the days, and is by Month of 2014-10-01/2015-01-01 in Europe/Berlin: roll up by LocalCalendar.Days.", log.RollUp(LocalCalendar.Of(Ihk.Berlin, Days.Period, CalendarUnit.Month)), EngagementRatioDefinitions.Daily.With("mine", attribution: Attribution.ByInteractionDate));
        Refused("it does not hold the days of Europe/Berlin, and is by Day of 2014-10-01/2015-01-01 in UTC", log.RollUp(LocalCalendar.Days(DateTimeZone.Utc, Days.Period), ByPublication), EngagementRatioDefinitions.ByReach);
        var calculator = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach);
        Assert.StartsWith("period (2015-01-01/2015-02-01) must lie in the days of the roll-up", Assert.Throws<ArgumentException>(() => calculator.Calculate(log.RollUp(Days, ByPublication), portfolio, LocalPeriod.Month(2015, 1))).Message, StringComparison.Ordinal);
        Assert.StartsWith("portfolio holds 1 interactions, and a roll-up stands in their place: leave them out, or calculate without the roll-up.", Assert.Throws<ArgumentException>(() => calculator.Calculate(log.RollUp(Days, ByPublication), Facts([], Events([(20, 2, 4, 0)])), Ihk.November)).Message, StringComparison.Ordinal);

        void Refused(string message, RollUp rollUp, EngagementRatioDefinition definition) =>
            Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => new EngagementRatioCalculator(definition).Calculate(rollUp, portfolio, Ihk.November)).Message, StringComparison.Ordinal);
    }

    private static Interaction[] Events((int Day, int Kind, int Role, int Post)[] events) =>
    [
        .. events.Select((one, index) => new Interaction($"i{index}", one.Post % 2 == 0 || one.Post < 0 ? Ihk.Xing.Id : Ihk.Twitter.Id, (InteractionKind)one.Kind, At(one.Day), (ActorRole)one.Role)
        {
            Publication = one.Post < 0 ? default : new PublicationId($"p{one.Post}"),
        }),
    ];

    private static Portfolio Facts((int Day, int Likes, int Reach)[] posts, Interaction[] events)
    {
        PortfolioBuilder builder = Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Add(Ihk.Xing).Add(Ihk.Twitter)
            .Add(Ihk.Audience(Ihk.Xing, Count.Observed(1_000), At(0))).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(1_000), At(5)));
        for (int index = 0; index < posts.Length; index++)
        {
            (int day, int likes, int reach) = posts[index];
            builder.Add(new Publication($"p{index}", index % 2 == 0 ? Ihk.Xing.Id : Ihk.Twitter.Id, At(day))
            {
                Exposures = new Exposures(Count.Observed(2 * reach), new MeasuredReach(Count.Observed(reach)), Count.Observed(reach)),
                Interactions = likes < 0 ? InteractionTally.Empty : InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(likes)),
            });
        }

        foreach (Interaction one in events) builder.Add(one);
        return builder.Build();
    }

    private static Instant At(int day) => Ihk.Berlin.AtStartOfDay(new LocalDate(2014, 10, 15).PlusDays(day)).ToInstant() + Duration.FromHours(9);
}
