namespace Engagement.Core.Tests.Catalogue;

/// <summary>The worked examples of docs/metrics.md that no other test holds.</summary>
public class DocumentedExampleTests
{
    private static readonly Channel Page = new("page", "Page", Platform.Facebook, ChannelForm.Page) { TargetUniverse = new UniverseId("young") };

    private static readonly PortfolioBuilder Facts = Portfolio.For(Ihk.Chamber).Add(Page)
        .Add(new Universe("members", UnitOfCount.Person).With(Ihk.At(1, 0), Count.Observed(1_000))).Add(new Universe("young", UnitOfCount.Person).With(Ihk.At(1, 0), Count.Observed(200)));

    [Fact]
    public void Coverage_target_affinity_and_measured_reach()
    {
        Portfolio portfolio = Facts.Add(new AudienceSnapshot(Page.Id, Ihk.At(2), Count.Observed(324), UnitOfCount.Person) { Members = Count.Observed(150), InTarget = Count.Observed(60) })
            .Add(Post("one", 300, 600)).Add(Post("two", 200, 400)).Build();
        ReachPerMemberResult result = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November);
        ChannelReach reach = result.Channels[0];
        Assert.Equal((0.15, 0.3), (reach.Coverage!.Value, reach.TargetCoverage!.Value));
        Assert.Equal(46.30, reach.OnTarget!.Value!.Value * 100, 0.005);
        Assert.Equal(200, reach.Affinity!.Value!.Value * 100, 12);
        Assert.Equal((0.3, new Bounds(0.3, 0.5)), (reach.Measured!.Value!.Value, reach.Measured.Rounding!.Value));
        Assert.Equal((2.0, 1_000.0 / 300), (reach.Frequency!.Rounding!.Value.Lower, reach.Frequency.Rounding.Value.Upper));
        Assert.Equal(1.0, reach.GrossRatingPoints!.Value);

        Publication Post(string id, long persons, long contacts) => new(id, Page.Id, Ihk.At(3)) { Exposures = new Exposures(Count.Observed(contacts), new MeasuredReach(Count.Observed(persons)), Count.NotApplicable) };
    }

    [Fact]
    public void Interactions_by_members_publications_and_active_persons()
    {
        Portfolio tallied = Portfolio.For(Ihk.Chamber).Add(Page).Add(new Universe("members", UnitOfCount.Person).With(Ihk.At(1, 0), Count.Observed(1_000)))
            .Add(Of("a", 12)).Add(Of("b", 20)).Add(Of("c", 10)).Build();
        Assert.Equal(Ratio.Of(42, 1_000), ValueOf(EngagementRatioDefinitions.ByMembers, tallied));
        Assert.Equal(Ratio.Of(42, 3), ValueOf(EngagementRatioDefinitions.PerPublication, tallied));

        PortfolioBuilder logged = Portfolio.For(Ihk.Chamber).Add(Page);
        for (int like = 0; like < 6; like++) logged.Add(new Interaction($"like-{like}", Page.Id, InteractionKind.Like, Ihk.At(4), ActorRole.Member) { Actor = new ActorId($"person-{like % 3}") });
        Assert.Equal(Ratio.Of(6, 3), ValueOf(EngagementRatioDefinitions.PerActivePerson, logged.Build()));

        Publication Of(string id, long likes) => new(id, Page.Id, Ihk.At(3)) { Interactions = InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(likes)) };
        static Ratio ValueOf(EngagementRatioDefinition definition, Portfolio portfolio) => new EngagementRatioCalculator(definition).Calculate(portfolio, Ihk.November).Channels[0].Ratio;
    }
}
