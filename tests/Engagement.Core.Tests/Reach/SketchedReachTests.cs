using Engagement.Core.Logs;
using Engagement.Core.Tests.Figures;

namespace Engagement.Core.Tests.Reach;

/// <summary>Net reach from sketches of channels, against sets whose every number is known.</summary>
public class SketchedReachTests
{
    private static readonly Channel[] Channels = [Ihk.Xing, Ihk.Twitter, Ihk.Facebook];
    private static readonly ChannelId[] Ids = [.. Channels.Select(channel => channel.Id)];

    [Fact]
    public void Small_sets_are_counted_exactly_as_identities_are()
    {
        // 1–100, 51–150 and 1–20 with 151–160: 160 in all; shared 50, 20, 0; alone 30, 50, 10.
        long[][] sets = [Range(1, 100), Range(51, 150), [.. Range(1, 20), .. Range(151, 160)]];
        NetReachResult sketched = Of(sets);
        Assert.Equal((ReachModel.Sketched, 160.0, new Bounds(160, 160)), (sketched.Sketched!.Value.Model, sketched.Sketched.Value.Value, sketched.Sketched.Value.Error));
        Assert.Equal(160 / 110_000.0, sketched.Net!.Sketched.Value);
        Assert.Equal((100, 230), (sketched.Net.Reach.Lower, sketched.Net.Reach.Upper));
        Assert.Equal([30.0, 50, 10], sketched.Channels.Select(channel => channel.Exclusive!.Value.Lower));
        Assert.Equal([1, 2, 3], sketched.Order.Select(channel => channel.Rank!.Value));
        Assert.Equal([100.0, 50, 10], sketched.Order.Select(channel => channel.Added!.Value.Upper));
        Assert.Equal(new Bounds(50, 50), sketched.Shared(Ids[0], Ids[1]));
        Assert.Equal(new Bounds(20, 20), sketched.Shared(Ids[2], Ids[0]));
        Assert.Equal(new Bounds(0, 0), sketched.Shared(Ids[1], Ids[2]));
        Assert.Contains(sketched.Caveats, caveat => caveat.Code == CaveatCodes.Sketched);

        ObservedReach observed = ObservedReach.Of(Ids, sets.SelectMany((set, index) => set.Select(actor => (Ids[index], new ActorId($"a{actor}")))));
        Assert.Equal(observed.Net, sketched.Sketched.Value.Value);
        Assert.Equal(observed.Channels, sketched.Channels);
        Assert.All(Ids, one => Assert.All(Ids, other => Assert.Equal((double)observed.Shared(one, other)!.Value, sketched.Shared(one, other)!.Value.Lower)));
    }

    [Fact]
    public void Large_sets_lie_within_the_error_that_is_told()
    {
        // 60,000, 40,000 and 30,000 of 100,000: shared 20,000, 10,000, 10,000, all three 5,000; alone 35,000, 15,000, 15,000.
        long[][] sets = [Range(1, 60_000), Range(40_001, 80_000), [.. Range(35_001, 45_000), .. Range(75_001, 95_000)]];
        NetReachResult sketched = Of(sets, confidence: 0.999);
        ReachEstimate net = sketched.Sketched!.Value;
        Assert.Equal(95_000, sets.SelectMany(set => set).Distinct().Count());
        Assert.InRange(95_000, net.Error!.Value.Lower, net.Error.Value.Upper);
        Assert.InRange(net.Error.Value.Upper - net.Error.Value.Lower, 1, 95_000 * 0.12);
        for (int one = 0; one < Ids.Length; one++)
        {
            Bounds alone = sketched.Channels[one].Exclusive!.Value;
            Assert.InRange(sets[one].Except(sets.Where((_, other) => other != one).SelectMany(set => set)).Count(), alone.Lower, alone.Upper);
            Assert.Equal(CountState.Rounded, sketched.Channels[one].Reach.State);
            for (int other = 0; other < Ids.Length; other++)
            {
                Bounds shared = sketched.Shared(Ids[one], Ids[other])!.Value;
                Assert.InRange(sets[one].Intersect(sets[other]).Count(), shared.Lower, shared.Upper);
                Assert.True(one == other || shared.Upper - shared.Lower < 12_000);
            }
        }

        // Facebook and Twitter add alike, so the order ends behind the first.
        Assert.Equal([1, null, null], sketched.Channels.Select(channel => channel.Rank));
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.German)]
    public void The_text_alone_suffices_to_calculate_the_estimate_again(Language language)
    {
        NetReachResult sketched = Of([Range(1, 60_000), Range(40_001, 80_000), Range(1, 10)]);
        var reader = new ExplanationReader(sketched.Net!.Explain(language), language);
        Assert.Equal(sketched.Sketched!.Value.Value!.Value, reader["r"] / reader["θ"], 1e-6);
        Assert.Equal(sketched.Net.Sketched.Value!.Value, reader["r"] / reader["θ"] / reader["U"], 1e-12);
    }

    [Fact]
    public void A_universe_bounds_the_reach_only_where_the_sketches_hold_its_members_alone()
    {
        long[][] sets = [Range(1, 700), Range(501, 1_200)];
        Universe members = new Universe("members", UnitOfCount.Person).With(Ihk.At(1, 0), Count.Observed(1_000));
        PortfolioBuilder facts = Portfolio.For(Ihk.Chamber).Add(members).Add(Ihk.Xing).Add(Ihk.Twitter);
        (ChannelId, ThetaSketch)[] sketches = [.. sets.Select((set, index) => (Ids[index], ThetaSketch.Of(set)))];

        NetReachResult whoever = new NetReachCalculator().Calculate(facts.Build(), Ihk.November, sketches);
        Assert.Equal((1_200.0, 1_400), (whoever.Sketched!.Value.Value, whoever.Net!.Reach.Upper));
        Assert.Null(whoever.Net.Independence.Value);

        // 1,200 of 1,000 members are an error in the data, refused and told.
        NetReachResult within = new NetReachCalculator(members.Id).Calculate(facts.Build(), Ihk.November, sketches);
        Assert.Equal((UndefinedReason.OutsideBounds, 1_200.0, 1_000), (within.Sketched!.Value.Undefined, within.Sketched.Value.Stated, within.Net!.Reach.Upper));
        Assert.Contains(within.Caveats, caveat => caveat.Code == CaveatCodes.ModelRefused);
        Assert.Equal(UndefinedReason.OutsideBounds, within.Net.Sketched.Undefined);
        Assert.Equal(910.0, within.Net.Independence.Numerator, 1e-9);
    }

    [Fact]
    public void From_a_log_to_net_reach_is_one_call()
    {
        var builder = new InteractionLogBuilder();
        foreach ((Channel channel, string actor) in new[] { (Ihk.Xing, "anna"), (Ihk.Twitter, "anna"), (Ihk.Twitter, "ben"), (Ihk.Xing, "cleo"), (Ihk.Xing, "anna") }) builder.Add(channel.Id, InteractionKind.Like, Ihk.Noon, ActorRole.Member, new ActorId(actor));
        InteractionLog log = builder.Build();
        var calendar = LocalCalendar.Days(Ihk.Chamber.TimeZone, Ihk.November);
        Portfolio facts = Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Add(Ihk.Xing).Add(Ihk.Twitter).Build();
        IReadOnlyList<ThetaSketch> days = ThetaSketch.PerChannelAndPeriod(log, calendar, out _);
        NetReachResult net = new NetReachCalculator().Calculate(facts, Ihk.November, log.Channels.Select((channel, index) => (channel, ThetaSketch.UnionOf(days.Where((_, cell) => cell % log.Channels.Count == index)))));
        Assert.Equal(3, net.Sketched!.Value.Value);
        Assert.Equal(new Bounds(1, 1), net.Shared(Ihk.Xing.Id, Ihk.Twitter.Id));
    }

    [Fact]
    public void A_sketch_that_leaves_open_more_than_can_be_added_up_is_refused_by_name()
    {
        // Of version 3: preamble of 3 eights, one hash (1) below θ = 2, the smallest θ of a sketch that holds one: 2⁶²·1 actors, or five times as many.
        byte[] bytes = [3, 3, 3, 0, 0, 26, 0xCC, 0x93, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
        var sketch = ThetaSketch.FromBytes(bytes);
        Assert.True(sketch.Estimate().Interval.Upper > long.MaxValue);
        Portfolio facts = Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Add(Ihk.Xing).Add(Ihk.Twitter).Build();
        string message = Assert.Throws<ArgumentException>(() => new NetReachCalculator().Calculate(facts, Ihk.November, [(Ihk.Twitter.Id, ThetaSketch.Of([1])), (Ihk.Xing.Id, sketch)])).Message;
        Assert.StartsWith("sketches (\"xing\") must leave open at most 140737488355328 persons, and hold too few hashes for that: sketch the actors anew.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_is_refused_with_its_name()
    {
        Portfolio facts = Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Add(Ihk.Xing).Build();
        var calculator = new NetReachCalculator();
        Assert.StartsWith("sketches (\"twitter\") must be of channels of the portfolio", Assert.Throws<ArgumentException>(() => calculator.Calculate(facts, Ihk.November, [(Ihk.Twitter.Id, ThetaSketch.Empty)])).Message, StringComparison.Ordinal);
        Assert.StartsWith("sketches (\"xing\") must name each channel once", Assert.Throws<ArgumentException>(() => calculator.Calculate(facts, Ihk.November, [(Ihk.Xing.Id, ThetaSketch.Empty), (Ihk.Xing.Id, ThetaSketch.Empty)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("sketches", () => calculator.Calculate(facts, Ihk.November, [(Ihk.Xing.Id, null!)]));
        Assert.Throws<ArgumentOutOfRangeException>("unit", () => calculator.Calculate(facts, Ihk.November, [], default(UnitOfCount)));
        Assert.Null(calculator.Calculate(facts, Ihk.November, []).Net);
        Assert.Null(calculator.Calculate(facts, Ihk.November).Sketched);
    }

    private static NetReachResult Of(long[][] sets, double confidence = 0.95)
    {
        PortfolioBuilder facts = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.At(1, 0), Count.Observed(110_000)));
        foreach (Channel channel in Channels) facts.Add(channel);
        return new NetReachCalculator().Calculate(facts.Build(), Ihk.November, sets.Select((set, index) => (Ids[index], ThetaSketch.Of(set))), confidence: confidence);
    }

    private static long[] Range(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(number => (long)number)];
}
