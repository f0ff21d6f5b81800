using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Core.Tests.Figures;

/// <summary>What results, models and parts say in one line: the same in every culture, and nothing of a number that is not known.</summary>
public class OneLineTests
{
    private static readonly Portfolio Seed = Ihk.Seed();

    [Fact]
    public void Reach_tells_its_bounds_and_what_is_not_known()
    {
        ReachPerMemberResult reach = new ReachPerMemberCalculator().Calculate(Seed, Ihk.November);
        Says("81.82 … 86.32 per 1,000", reach.Net!);
        Says($"{reach.Gross}; {reach.Net}", reach);
        Says($"facebook: {reach.Channels[3].Potential}", reach.Channels[3]);
        ReachPerMemberResult unknown = new ReachPerMemberCalculator().Calculate(Seed, LocalPeriod.Month(2014, 10));
        Assert.Null(unknown.Net);
        Says($"{unknown.Gross}; net reach not known", unknown);

        NetReachResult net = new NetReachCalculator().Calculate(Seed, Ihk.November);
        Says(net.Net!.ToString(), net);
        ChannelNetReach xing = net.Channels[0];
        Says($"xing: {xing.Reach}, exclusive {xing.Exclusive}, no. 1, adds {xing.Added}", xing);
        NetReachResult none = new NetReachCalculator().Calculate(Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Add(Ihk.Xing).Build(), Ihk.November);
        Assert.Null(none.Net);
        Says("net reach not known", none);
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.German)]
    public void Reach_is_explained_figure_by_figure_with_the_net_at_the_end(Language language)
    {
        ReachPerMemberResult reach = new ReachPerMemberCalculator().Calculate(Seed, Ihk.November);
        string text = reach.Explain(language);

        // Four channels have an audience and the magazine has none; then gross, and net.
        string[] expected = [.. reach.Channels.Take(4).Select(channel => channel.Potential.Explain(language)), reach.Gross.Explain(language), reach.Net!.Explain(language)];
        Assert.Equal(string.Join('\n', expected), text);
        Assert.DoesNotContain("magazine v1", text, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(language), () => reach.Explain(default));
    }

    [Fact]
    public void Effort_and_benefit_tell_how_the_one_stands_to_the_other()
    {
        Portfolio facts = Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(Ihk.Twitter)
            .Add(new Effort(Ihk.Xing.Id, Ihk.November) { StaffTime = Duration.FromHours(30) }).Add(new Effort(Ihk.Twitter.Id, Ihk.November) { StaffTime = Duration.FromHours(10) }).Build();
        Benefit visits = Benefit.Of("visits", "visits", "Besuche", [KeyValuePair.Create(Ihk.Xing.Id, Count.Observed(20)), KeyValuePair.Create(Ihk.Twitter.Id, Count.Missing)]);
        EffortBenefitResult result = new EffortBenefitCalculator().Calculate(facts, Ihk.November, [visits]);
        Says("visits", visits);
        Says("2 rows of effort and benefit in 2014-11-01/2014-12-01", result);
        Says("xing: visits by hours, index ", result.Rows[0]);
        Says($"twitter: visits by hours, index {result.Rows[1].Proportionality.Ratio.Undefined}", result.Rows[1]);

        // 30 of 40 hours for 20 of 40 visits: 0.5/0.75.
        Benefit known = Benefit.Of("visits", "visits", "Besuche", [KeyValuePair.Create(Ihk.Xing.Id, Count.Observed(20)), KeyValuePair.Create(Ihk.Twitter.Id, Count.Observed(20))]);
        Says("xing: visits by hours, index 0.67", new EffortBenefitCalculator().Calculate(facts, Ihk.November, [known]).Rows[0]);
    }

    [Fact]
    public void Dialogue_and_activity_tell_their_first_numbers()
    {
        Interaction[] talk = [Dialogue.Talk.Ask("q", 0, actor: "anna"), Dialogue.Talk.Answer("a", 30, "q"), Dialogue.Talk.Say("t", InteractionKind.Comment, ActorRole.Member, 60, "a", "anna"), Dialogue.Talk.Ask("z", 90, actor: "bert")];

        // Question, answer, thanks, each by another side: three turns; and a question by itself.
        DialogueResult dialogue = Dialogue.Talk.On(talk);
        DialogueTotals totals = new DialogueCalculator().Calculate(InteractionLog.From(talk), Ihk.Noon + Duration.FromDays(1), null);
        Says($"2 conversations, 4 turns; {totals.Response}", totals);
        Says($"xing: {dialogue.Level}; {dialogue.Response}", dialogue);
        Says("q on xing: 3 messages in 3 turns, begun by Member", Conversation.Find(talk)[0]);

        ChannelActivity activity = new ActivityCalculator().Calculate(Dialogue.Talk.Of(talk), Ihk.November)[0];
        Says($"xing: {activity.Stickiness}; {activity.ServiceLevel}", activity);
        EngagementRatioResult ratios = new EngagementRatioCalculator(EngagementRatioDefinitions.ByFollowers).Calculate(Seed, Ihk.November);
        Says(ratios.Total.ToString(), ratios);
        Says("draft of mine v1", new EngagementRatioDraft { Name = "mine", Base = EngagementBase.Members });
    }

    [Fact]
    public void Models_and_curves_tell_their_parameters()
    {
        Says("Beta(7.327, 181)", new BetaBinomialModel(7.3274, 181.04));
        Says("Gamma(1.3, 5.398)", new GammaPoissonModel(1.3, 5.3981));
        var curve = SurvivalCurve.KaplanMeier([5, 9, 9], [true, true, false]);
        Says("5: 1 of 3, S = 0.6667", curve.Steps.First());
        Assert.Equal([5, 9], curve.Durations);
        Assert.True(curve.Equals((object)SurvivalCurve.KaplanMeier([9, 5, 9], [false, true, true])));
        Assert.False(curve.Equals((object)"curve"));
        Assert.Equal(curve.GetHashCode(), SurvivalCurve.KaplanMeier([9, 5, 9], [false, true, true]).GetHashCode());
        Says("xing 2014-11-20/2014-11-21: 2 publications, impressions 1000, views missing", RollUp.OfPublications([Shown("a", 400), Shown("b", 600)], LocalCalendar.Days(Ihk.Berlin, Ihk.November)).Exposures[0]);
    }

    [Fact]
    public void An_identifier_that_is_none_has_an_empty_text()
    {
        (string, bool)[] none = [(default(ActorId).Value, default(ActorId).IsNone), (default(ChannelId).Value, default(ChannelId).IsNone), (default(InteractionId).Value, default(InteractionId).IsNone), (default(PublicationId).Value, default(PublicationId).IsNone), (default(UniverseId).Value, default(UniverseId).IsNone)];
        Assert.All(none, one => Assert.Equal(("", true), one));
        Assert.Equal(("", "anna"), (default(ActorId).ToString(), new ActorId("anna").ToString()));
    }

    [Fact]
    public void A_sketch_that_cannot_be_read_can_be_told_with_and_without_a_cause()
    {
        var cause = new FormatException("short");
        Assert.Same(cause, new ThetaSketchFormatException("why", cause).InnerException);
        Assert.Equal("why", new ThetaSketchFormatException("why", cause).Message);
        Assert.NotEmpty(new ThetaSketchFormatException().Message);
    }

    private static Publication Shown(string id, long impressions) => new(id, Ihk.Xing.Id, Ihk.Noon) { Exposures = new Exposures { Impressions = Count.Observed(impressions) } };

    private static void Says(string expected, object one)
    {
        Assert.Contains(expected, one.ToString(), StringComparison.Ordinal);
        Cultures.AssertInvariant(() => one.ToString()!);
    }
}
