using NodaTime;

namespace Engagement.Core.Tests.Reach;

public class NetReachTests
{
    private static readonly Universe Persons = new Universe("members", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(1_000));
    private static readonly Universe Creatives = new Universe("creatives", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(200));

    [Fact]
    public void The_seed_holds_to_the_digit()
    {
        NetReach net = NetReach.Of([9_000, 133, 38, 324], 110_000);
        Assert.Equal((9_495L, 9_000L, 9_495L), (net.Gross, net.Lower, net.Upper));
        Assert.Equal(9_453.9955, Math.Round(net.Independence!.Value, 4));
        Assert.Equal(net.Independence, net.Estimate(ReachModel.Independence).Value);
    }

    [Fact]
    public void Agostini_on_nested_audiences_is_refused_as_outside_the_bounds()
    {
        // 38 of 38 are among the 9,000: 9,038²/(1.125·38 + 9,038) = 8,995.4455…, fewer than the 9,000 of one channel alone.
        ReachEstimate agostini = NetReach.Of([9_000, 38], 110_000, [(0, 1, 38)]).Estimate(ReachModel.Agostini);
        Assert.Null(agostini.Value);
        Assert.Equal(UndefinedReason.OutsideBounds, agostini.Undefined);
        Assert.Equal(81_685_444.0 / 9_080.75, agostini.Stated!.Value, 9);
        Assert.Equal("Agostini: refused, OutsideBounds (8995.45)", agostini.ToString());
    }

    [Fact]
    public void Agostini_within_the_bounds_has_a_value_and_needs_every_overlap()
    {
        // 1,000²/(1.125·100 + 1,000) = 898.876…; the two reach exactly 900, so it is refused; 600 and 400 with 500 shared would be impossible.
        Assert.Null(NetReach.Of([600, 400], 10_000, [(0, 1, 100)]).Estimate(ReachModel.Agostini).Value);

        // Three of 500 that share 100 each: 1,500²/(1.125·300 + 1,500) = 1,224.4897…, between 1,200 and 1,300.
        NetReach three = NetReach.Of([500, 500, 500], 10_000, [(0, 1, 100), (0, 2, 100), (1, 2, 100)]);
        Assert.Equal((1_200L, 1_300L), (three.Lower, three.Upper));
        Assert.Equal(2_250_000 / 1_837.5, three.Estimate(ReachModel.Agostini).Value!.Value, 9);
        Assert.Equal(UndefinedReason.MissingNumerator, NetReach.Of([500, 500, 500], 10_000, [(0, 1, 100), (0, 2, 100)]).Estimate(ReachModel.Agostini).Undefined);
        Assert.Equal(500, NetReach.Of([500], 10_000).Estimate(ReachModel.Agostini).Value);
    }

    [Fact]
    public void Known_overlaps_narrow_both_bounds()
    {
        // By hand: 100 + 80 + 60 less the two heaviest overlaps of a tree, 50 and 40; at least 240 − 100, more than the best pair 80 + 60 − 10 = 130.
        NetReach net = NetReach.Of([100, 80, 60], 1_000, [(0, 1, 50), (2, 0, 40), (1, 2, 10)]);
        Assert.Equal((140L, 150L), (net.Lower, net.Upper));

        // Of one known pair: 240 − 50 at most; 130 = 100 + 80 − 50 at least.
        NetReach one = NetReach.Of([100, 80, 60], 1_000, [(1, 0, 50)]);
        Assert.Equal((130L, 190L), (one.Lower, one.Upper));
    }

    [Fact]
    public void Dawson_and_Sankoff_beat_every_pair_where_many_channels_overlap_a_little()
    {
        // Five of 100 that share 10 each: S1 = 500, S2 = 100, k = 1: 500 − 100 = 400, where the best pair is 190.
        (int, int, long)[] overlaps = [.. from first in Enumerable.Range(0, 5) from second in Enumerable.Range(first + 1, 4 - first) select (first, second, 10L)];
        NetReach net = NetReach.Of([100, 100, 100, 100, 100], 1_000, overlaps);
        Assert.Equal((400L, 460L), (net.Lower, net.Upper));

        // Three of 100 that share 60 each: k = 1 + ⌊360/300⌋ = 2: 2/3·300 − 1/3·180 = 140 = the best pair.
        Assert.Equal(140, NetReach.Of([100, 100, 100], 1_000, [(0, 1, 60), (0, 2, 60), (1, 2, 60)]).Lower);
    }

    [Fact]
    public void Rounding_up_to_whole_persons_stays_a_lower_bound()
    {
        // Three of 2 that share 1 each, as {a,b}, {b,c}, {c,a}: k = 1 + ⌊6/6⌋ = 2: 2/3·6 − 1/3·3 = 3 exactly.
        Assert.Equal((3L, 4L), NetReach.Of([2, 2, 2], 10, [(0, 1, 1), (0, 2, 1), (1, 2, 1)]) is var net ? (net.Lower, net.Upper) : default);
    }

    [Fact]
    public void The_table_of_random_duplication_holds()
    {
        foreach (IReadOnlyDictionary<string, string> row in SharedData.Reference("reach_sainsbury.csv"))
        {
            long[] reaches = [.. row["reaches"].Split(' ').Select(long.Parse)];
            NetReach net = NetReach.Of(reaches, row.Whole("universe"));
            Assert.Equal((row.Whole("lower_bound_max"), row.Whole("upper_bound_sum_capped")), (net.Lower, net.Upper));
            double expected = row.Number("sainsbury_net_reach_decimal");
            Assert.Equal(expected, net.Independence!.Value, expected * 1e-12);
            string[] pair = row["pair_duplication_independent"].Split('/');
            if (reaches.Length == 2) Assert.Equal(double.Parse(pair[0], System.Globalization.CultureInfo.InvariantCulture) / double.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture), net.Gross - net.Independence.Value, expected * 1e-12);
        }
    }

    [Fact]
    public void Multiples_of_numbers_lie_within_their_bounds()
    {
        foreach (IReadOnlyDictionary<string, string> row in SharedData.Reference("reach_arithmetic.csv"))
        {
            long universe = row.Whole("N");
            long[] divisors = [.. row["divisors"].Split(' ').Select(long.Parse)];
            long[] sizes = [.. row["sizes"].Split(' ').Select(long.Parse)];

            // How many up to N are multiples of both: N over the least common multiple.
            (int First, int Second, long Shared)[] overlaps = [.. from first in Enumerable.Range(0, sizes.Length) from second in Enumerable.Range(first + 1, sizes.Length - first - 1) select (first, second, universe / Lcm(divisors[first], divisors[second]))];
            NetReach net = NetReach.Of(sizes, universe, overlaps);
            Assert.InRange(row.Whole("union"), net.Lower, net.Upper!.Value);
            if (sizes.Length == 2) Assert.Equal((row.Whole("union"), row.Whole("union")), (net.Lower, net.Upper));
            Assert.Equal(row.Whole("union"), net.Judge(ReachModel.Observed, row.Whole("union")).Value);
        }

        static long Lcm(long left, long right)
        {
            (long a, long b) = (left, right);
            while (b != 0) (a, b) = (b, a % b);
            return left / a * right;
        }
    }

    [Fact]
    public void A_stated_reach_is_judged_by_the_bounds()
    {
        NetReach net = NetReach.Of([9_000, 133, 38, 324], 110_000);
        Assert.Equal(9_200, net.Judge(ReachModel.Stated, 9_200).Value);
        Assert.Equal(UndefinedReason.OutsideBounds, net.Judge(ReachModel.Stated, 9_500).Undefined);
        Assert.Equal(UndefinedReason.OutsideBounds, net.Judge(ReachModel.Stated, 8_999).Undefined);
    }

    [Fact]
    public void A_sketch_whose_error_reaches_into_the_bounds_keeps_what_they_leave_of_it()
    {
        NetReach net = NetReach.Of([9_000, 133, 38, 324], 110_000);
        ReachEstimate sketched = net.Judge(ReachModel.Sketched, 8_950, new Bounds(8_800, 9_100));
        Assert.Equal((9_000.0, 8_950.0, new Bounds(9_000, 9_100)), (sketched.Value!.Value, sketched.Stated!.Value, sketched.Error!.Value));
        Assert.Equal(UndefinedReason.OutsideBounds, net.Judge(ReachModel.Sketched, 8_800, new Bounds(8_700, 8_900)).Undefined);
        Assert.Throws<ArgumentOutOfRangeException>("error", () => net.Judge(ReachModel.Sketched, 8_800, new Bounds(8_900, 9_100)));
    }

    [Fact]
    public void What_no_audiences_can_be_is_refused_with_place_value_and_cure()
    {
        Assert.StartsWith("overlaps (39) must not exceed the reaches that it is a part of (9000 and 38): mend one of the three numbers.", Assert.Throws<ArgumentOutOfRangeException>("overlaps", () => NetReach.Of([9_000, 38], 110_000, [(0, 1, 39)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("overlaps", () => NetReach.Of([9_000, 38], 110_000, [(0, 2, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>("overlaps", () => NetReach.Of([9_000, 38], 110_000, [(-1, 1, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>("overlaps", () => NetReach.Of([9_000, 38], 110_000, [(0, 1, -1)]));
        Assert.Throws<ArgumentException>("overlaps", () => NetReach.Of([9_000, 38], 110_000, [(1, 1, 1)]));
        Assert.Throws<ArgumentException>("overlaps", () => NetReach.Of([9_000, 38], 110_000, [(0, 1, 1), (1, 0, 1)]));

        // A and B are the same ten, B and C too, but A and C share none.
        Assert.Contains("contradict each other", Assert.Throws<ArgumentException>("overlaps", () => NetReach.Of([10, 10, 10], 100, [(0, 1, 10), (1, 2, 10), (0, 2, 0)])).Message, StringComparison.Ordinal);

        // 80 and 70 of 100 must share 50.
        Assert.Throws<ArgumentException>("overlaps", () => NetReach.Of([80, 70], 100, [(0, 1, 49)]));
        Assert.Equal((100L, 100L), NetReach.Of([80, 70], 100, [(0, 1, 50)]) is var net ? (net.Lower, net.Upper) : default);
        Assert.Throws<ArgumentOutOfRangeException>("model", () => NetReach.Of([1], 1).Estimate(ReachModel.Observed));
        Assert.Throws<ArgumentOutOfRangeException>("model", () => NetReach.Of([1], 1).Judge(default, 1));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => NetReach.Of([1], 1).Judge(ReachModel.Stated, double.NaN));
    }

    [Fact]
    public void Contacts_and_reach_in_hand_give_frequency_rating_points_and_affinity()
    {
        Assert.Equal(5_091.0 / 2_752, ReachFrequency.Average(5_091, 2_752).Value);
        Assert.Equal(UndefinedReason.PartExceedsWhole, ReachFrequency.Average(5, 6).Undefined);
        Assert.Equal(UndefinedReason.ZeroDenominator, ReachFrequency.Average(5, 0).Undefined);
        Assert.Equal(250, ReachFrequency.GrossRatingPoints(2_500, 1_000).Percent);

        // 60 of 200 in the target, 150 of 1,000 in all: 30 % to 15 % is an index of 200.
        Assert.Equal(200, ReachFrequency.Affinity(60, 200, 150, 1_000).Percent!.Value, 12);
        Assert.Equal(UndefinedReason.PartExceedsWhole, ReachFrequency.Affinity(201, 200, 150, 1_000).Undefined);
        Assert.Equal(UndefinedReason.ZeroDenominator, ReachFrequency.Affinity(0, 0, 150, 1_000).Undefined);
        Assert.Equal(UndefinedReason.ZeroDenominator, ReachFrequency.Affinity(60, 200, 0, 1_000).Undefined);
    }

    [Fact]
    public void Overlaps_of_a_portfolio_narrow_its_net_reach_in_both_calculators()
    {
        Portfolio portfolio = Three().Add(Overlap(Ihk.Xing, Ihk.Twitter, 50)).Add(Overlap(Ihk.Facebook, Ihk.Xing, 40)).Add(Overlap(Ihk.Twitter, Ihk.Facebook, 10)).Build();
        NetReachResult result = new NetReachCalculator().Calculate(portfolio, Ihk.November);
        Assert.Equal((240L, 140L, 150L), (result.Net!.Reach.Gross, result.Net.Reach.Lower, result.Net.Reach.Upper));
        NetReachPerMember inReach = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Net!;
        Assert.Equal((result.Net.Reach, result.Net.Lower, result.Net.Upper, result.Net.Agostini, result.Net.Rounding), (inReach.Reach, inReach.Lower, inReach.Upper, inReach.Agostini, inReach.Rounding));
        Assert.Contains("Overlaps (3):\n  xing + twitter: S = 50\n", inReach.Explain(Language.English), StringComparison.Ordinal);
        Assert.Equal((0.14, 0.15), (result.Net.Lower.Value!.Value, result.Net.Upper.Value!.Value));
        Assert.Null(result.Net.Rounding);
        Assert.Contains(result.Caveats, caveat => caveat.Code == CaveatCodes.OverlapsKnown && caveat.English.Contains("3 of 3", StringComparison.Ordinal));
        Assert.Equal(new Bounds(40, 40), result.Shared(Ihk.Xing.Id, Ihk.Facebook.Id));
        Assert.Equal(new Bounds(100, 100), result.Shared(Ihk.Xing.Id, Ihk.Xing.Id));
        Assert.Null(result.Shared(Ihk.Xing.Id, Ihk.Magazine.Id));

        // By hand. Xing alone: 100 − 90 to 100 − 50; Twitter: 80 − 60 to 80 − 50; Facebook: 60 − 50 to 60 − 40.
        Assert.Equal([new Bounds(10, 50), new Bounds(20, 30), new Bounds(10, 20)], result.Channels.Select(channel => channel.Exclusive!.Value));

        // Xing first with 100; then Twitter adds exactly 30 and Facebook exactly 20, so Twitter is next; then Facebook adds 60 − 50 to 60 − 40.
        Assert.Equal([Ihk.Xing.Id, Ihk.Twitter.Id, Ihk.Facebook.Id], result.Order.Select(channel => channel.Channel));
        Assert.Equal([new Bounds(100, 100), new Bounds(30, 30), new Bounds(10, 20)], result.Order.Select(channel => channel.Added!.Value));
    }

    [Fact]
    public void Without_overlaps_the_order_ends_where_it_is_no_longer_certain()
    {
        NetReachResult result = new NetReachCalculator().Calculate(Three().Build(), Ihk.November);
        Assert.Equal([Ihk.Xing.Id], result.Order.Select(channel => channel.Channel));
        Assert.Equal((null, null), (result.Channels[1].Rank, result.Channels[1].Added));
        Assert.Equal(new Bounds(0, 80), result.Channels[1].Exclusive);
        Assert.Equal(new Bounds(0, 60), result.Shared(Ihk.Twitter.Id, Ihk.Facebook.Id));
    }

    [Fact]
    public void In_a_small_universe_large_audiences_must_overlap()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Persons).Add(Ihk.Xing).Add(Ihk.Twitter).Add(Ihk.Audience(Ihk.Xing, Count.Observed(900))).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(800))).Build();
        NetReachResult result = new NetReachCalculator().Calculate(portfolio, Ihk.November);
        Assert.Equal(new Bounds(700, 800), result.Shared(Ihk.Xing.Id, Ihk.Twitter.Id));
        Assert.Equal(new Bounds(0, 100), result.Channels[1].Exclusive);
    }

    [Fact]
    public void Followers_who_are_no_members_are_not_bounded_by_the_members()
    {
        // 900 and 800 in a universe of 1,000, but 300 of the first are known to be others.
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Persons).Add(Ihk.Xing).Add(Ihk.Twitter).Add(Ihk.Audience(Ihk.Xing, Count.Observed(900)) with { Members = Count.Observed(600) }).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(800))).Build();
        NetReach net = new NetReachCalculator().Calculate(portfolio, Ihk.November).Net!.Reach;
        Assert.Equal((900L, 1_700L, (double?)null), (net.Lower, net.Upper, net.Independence));
        Assert.Equal(net, new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Net!.Reach);
    }

    [Fact]
    public void A_model_outside_the_bounds_is_refused_with_a_caveat()
    {
        // 600 and 400 of 1,000 by chance: 760; known to share nothing, they reach 1,000.
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Persons).Add(Ihk.Xing).Add(Ihk.Twitter).Add(Ihk.Audience(Ihk.Xing, Count.Observed(600))).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(400))).Add(Overlap(Ihk.Xing, Ihk.Twitter, 0)).Build();
        NetReachResult result = new NetReachCalculator().Calculate(portfolio, Ihk.November);
        Assert.Null(result.Net!.Reach.Independence);
        Assert.Equal(UndefinedReason.OutsideBounds, result.Net.Independence.Undefined);
        Assert.Equal(1, result.Net.Agostini.Value);
        Assert.Contains(result.Caveats, caveat => caveat.Code == CaveatCodes.ModelRefused && caveat.English == "Independence says 760, outside 1,000 to 1,000, and is refused");
    }

    [Fact]
    public void Rounded_audiences_and_overlaps_widen_the_bounds_by_interval_arithmetic()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Persons).Add(Ihk.Xing).Add(Ihk.Twitter).Add(Ihk.Audience(Ihk.Xing, Count.Rounded(100, 95, 104))).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(80)))
            .Add(new AudienceOverlap(Ihk.Xing.Id, Ihk.Twitter.Id, Ihk.Noon, Count.Rounded(50, 45, 54))).Build();
        NetReachResult result = new NetReachCalculator().Calculate(portfolio, Ihk.November);
        Assert.Equal((130L, 130L), (result.Net!.Reach.Lower, result.Net.Reach.Upper));

        // At least 95 + 80 − 54, at most 104 + 80 − 45.
        Assert.Equal(new Bounds(0.121, 0.139), result.Net.Rounding);
        Assert.Equal(new Bounds(45, 54), result.Shared(Ihk.Xing.Id, Ihk.Twitter.Id));
        Assert.Equal(new Bounds(41, 59), result.Channels[0].Exclusive);
    }

    [Fact]
    public void An_overlap_of_which_a_part_is_known_bounds_the_net_reach_from_above_alone()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Persons).Add(Ihk.Xing).Add(Ihk.Twitter).Add(Ihk.Audience(Ihk.Xing, Count.Observed(100))).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(80)))
            .Add(new AudienceOverlap(Ihk.Xing.Id, Ihk.Twitter.Id, Ihk.Noon, Count.Partial(30))).Build();
        NetReach net = new NetReachCalculator().Calculate(portfolio, Ihk.November).Net!.Reach;
        Assert.Equal((100L, 150L), (net.Lower, net.Upper));
        Assert.Equal(UndefinedReason.MissingNumerator, net.Estimate(ReachModel.Agostini).Undefined);
    }

    [Fact]
    public void Overlaps_that_cannot_be_are_not_used_and_a_caveat_says_so()
    {
        NetReachResult unfit = new NetReachCalculator().Calculate(Three().Add(Overlap(Ihk.Xing, Ihk.Twitter, 81)).Build(), Ihk.November);
        Assert.Equal((100L, 240L), (unfit.Net!.Reach.Lower, unfit.Net.Reach.Upper));
        Assert.Contains(unfit.Caveats, caveat => caveat.Code == CaveatCodes.OverlapsUnfit && caveat.English.Contains("xing and twitter", StringComparison.Ordinal));

        NetReachResult contradictory = new NetReachCalculator().Calculate(Three().Add(Overlap(Ihk.Xing, Ihk.Twitter, 80)).Add(Overlap(Ihk.Xing, Ihk.Facebook, 60)).Add(Overlap(Ihk.Twitter, Ihk.Facebook, 0)).Build(), Ihk.November);
        Assert.Equal((100L, 240L), (contradictory.Net!.Reach.Lower, contradictory.Net.Reach.Upper));
        Assert.Contains(contradictory.Caveats, caveat => caveat.Code == CaveatCodes.OverlapsContradict);
    }

    [Fact]
    public void The_newest_overlap_before_the_periods_end_counts()
    {
        Portfolio portfolio = Three().Add(Overlap(Ihk.Xing, Ihk.Twitter, 20, Ihk.At(20, month: 10))).Add(Overlap(Ihk.Twitter, Ihk.Xing, 30, Ihk.At(21))).Add(Overlap(Ihk.Xing, Ihk.Twitter, 40, Ihk.At(1, month: 12))).Build();
        Assert.Equal(new Bounds(30, 30), new NetReachCalculator().Calculate(portfolio, Ihk.November).Shared(Ihk.Xing.Id, Ihk.Twitter.Id));
        NetReachResult december = new NetReachCalculator().Calculate(portfolio, LocalPeriod.Month(2014, 12));
        Assert.Equal(new Bounds(40, 40), december.Shared(Ihk.Xing.Id, Ihk.Twitter.Id));
        Assert.Contains(new NetReachCalculator().Calculate(portfolio, LocalPeriod.Year(2015)).Caveats, caveat => caveat.Code == CaveatCodes.OverlapsOld);
    }

    [Fact]
    public void Accounts_and_persons_share_nothing_that_could_be_counted()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Persons).Add(Ihk.Xing).Add(Ihk.Twitter).Add(Ihk.Audience(Ihk.Xing, Count.Observed(100))).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(80), unit: UnitOfCount.Account)).Add(Overlap(Ihk.Xing, Ihk.Twitter, 50)).Build();
        Assert.Equal(180, new NetReachCalculator().Calculate(portfolio, Ihk.November).Net!.Reach.Upper);
    }

    [Fact]
    public void Net_reach_among_the_members_and_in_a_target_takes_their_parts()
    {
        Channel xing = Ihk.Xing with { TargetUniverse = Creatives.Id };
        Channel facebook = Ihk.Facebook with { TargetUniverse = Creatives.Id };
        AudienceSnapshot Part(Channel channel, int size, int members, int target) => Ihk.Audience(channel, Count.Observed(size)) with { Members = Count.Observed(members), InTarget = Count.Observed(target) };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Persons).Add(Creatives).Add(xing).Add(facebook).Add(Ihk.Twitter)
            .Add(Part(xing, 500, 300, 100)).Add(Part(facebook, 400, 200, 60)).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(80)) with { Members = Count.Observed(50) })
            .Add(new AudienceOverlap(xing.Id, facebook.Id, Ihk.Noon, Count.Observed(120)) { Members = Count.Observed(80), InTarget = Count.Observed(30) }).Build();

        NetReachResult members = new NetReachCalculator(new UniverseId("members")).Calculate(portfolio, Ihk.November);
        Assert.Equal((550L, 420L, 470L), (members.Net!.Reach.Gross, members.Net.Reach.Lower, members.Net.Reach.Upper));
        Assert.True(members.IsWithin);
        Assert.Equal(0.47, members.Net.Upper.Value);

        NetReachResult target = new NetReachCalculator(Creatives.Id).Calculate(portfolio, Ihk.November);
        Assert.Equal((160L, 130L, 130L), (target.Net!.Reach.Gross, target.Net.Reach.Lower, target.Net.Reach.Upper));
        Assert.Equal(0.65, target.Net.Lower.Value);
        Assert.Equal([xing.Id, facebook.Id], target.Channels.Select(channel => channel.Channel));

        // Affinity of XING to its target: 100/200 against 300/1,000.
        ChannelReach reach = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Channels[0];
        Assert.Equal(0.5 / 0.3, reach.Affinity!.Value!.Value, 12);
        Assert.Null(new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Channels[2].Affinity);
    }

    [Fact]
    public void Persons_are_no_share_of_member_companies()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Add(Ihk.Xing).Add(Ihk.Audience(Ihk.Xing, Count.Observed(500)) with { Members = Count.Observed(300) }).Build();
        NetReachResult result = new NetReachCalculator(new UniverseId("members")).Calculate(portfolio, Ihk.November);
        Assert.Equal(300, result.Net!.Reach.Lower);
        Assert.Equal(UndefinedReason.UnitMismatch, result.Net.Lower.Undefined);
        Assert.Contains(result.Caveats, caveat => caveat.Code == CaveatCodes.UnitsDiffer);
    }

    [Fact]
    public void A_universe_and_audiences_older_than_the_period_are_told()
    {
        Portfolio portfolio = Three().Build();
        string[] old = [CaveatCodes.UniverseOld, CaveatCodes.AudienceOld];
        Assert.DoesNotContain(new NetReachCalculator().Calculate(portfolio, Ihk.November).Caveats, caveat => old.Contains(caveat.Code));
        NetReachResult later = new NetReachCalculator().Calculate(portfolio, LocalPeriod.Year(2015));
        Assert.Contains("2014-11-20", Assert.Single(later.Caveats, caveat => caveat.Code == CaveatCodes.UniverseOld).English, StringComparison.Ordinal);
        Assert.Equal(3, later.Caveats.Count(caveat => caveat.Code == CaveatCodes.AudienceOld));
    }

    [Fact]
    public void A_universe_that_is_not_known_or_not_there_is_told()
    {
        NetReachResult early = new NetReachCalculator().Calculate(Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person)).Add(Ihk.Xing).Add(Ihk.Audience(Ihk.Xing, Count.Observed(5))).Build(), Ihk.November);
        Assert.Equal(UndefinedReason.MissingDenominator, early.Net!.Lower.Undefined);
        Assert.Contains(early.Caveats, caveat => caveat.Code == CaveatCodes.UniverseMissing);
        Assert.Contains("\"customers\"", Assert.Throws<ArgumentException>(() => new NetReachCalculator(new UniverseId("customers")).Calculate(Three().Build(), Ihk.November)).Message, StringComparison.Ordinal);
        NetReachResult none = new NetReachCalculator().Calculate(Portfolio.For(Ihk.Chamber).Add(Persons).Add(Ihk.Magazine).Build(), Ihk.November);
        Assert.Null(none.Net);
        Assert.Empty(none.Channels);
        Assert.Contains(none.Caveats, caveat => caveat.Code == CaveatCodes.ChannelsLeftOut);
    }

    [Fact]
    public void An_audience_known_in_part_only_leaves_the_net_reach_open()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Persons).Add(Ihk.Xing).Add(Ihk.Twitter).Add(Ihk.Audience(Ihk.Xing, Count.Partial(100))).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(80))).Build();
        NetReachResult result = new NetReachCalculator().Calculate(portfolio, Ihk.November);
        Assert.True(result.Net!.IsOpen);
        Assert.False(result.Net.Agostini.IsDefined);
        Assert.Null(result.Channels[0].Exclusive);
        Assert.Equal(new Bounds(0, 80), result.Channels[1].Exclusive);
        Assert.Empty(result.Order);
    }

    [Fact]
    public void An_open_net_reach_states_no_upper_bound_and_no_model()
    {
        NetReachPerMember Of(Count audience, Count universe) => new NetReachCalculator().Calculate(
            Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.Noon, universe)).Add(Ihk.Xing).Add(Ihk.Audience(Ihk.Xing, audience)).Build(), Ihk.November).Net!;
        NetReachPerMember open = Of(Count.Partial(500), Count.Observed(10_000));
        Assert.Equal((500L, 500L, null), (open.Reach.Gross, open.Reach.Lower, open.Reach.Upper));
        Assert.Equal((null, null), (open.Reach.Independence, open.Reach.Estimate(ReachModel.Agostini).Value));
        Assert.Equal("net [500 … open], gross at least 500", open.Reach.ToString());
        Assert.Equal("net [500 … open], gross at least 500: 50.00 … open per 1,000", open.ToString());

        // Whatever a source states above the lower bound may be so.
        Assert.Equal((9_000.0, UndefinedReason.OutsideBounds), (open.Reach.Judge(ReachModel.Stated, 9_000).Value, open.Reach.Judge(ReachModel.Stated, 499).Undefined));

        Assert.Equal("net [500 … 500 (independence) … 500], gross 500: 50.00 … 50.00 per 1,000", Of(Count.Observed(500), Count.Observed(10_000)).ToString());
        Assert.Equal("net [500 … 500], gross 500: undefined per 1,000 (MissingDenominator)", Of(Count.Observed(500), Count.Missing).ToString());
        Assert.Equal("net [0 … 0], gross 0", default(NetReach).ToString());
    }

    [Fact]
    public void A_rounded_universe_bounds_the_net_reach_by_the_most_that_it_can_be()
    {
        // 600 and 500 of about 1,000 members, 900 to 1,100: at least 600, at most all of them, who may be 1,100.
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.Noon, Count.Rounded(1_000, 900, 1_100))).Add(Ihk.Xing).Add(Ihk.Twitter)
            .Add(Ihk.Audience(Ihk.Xing, Count.Observed(600))).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(500))).Build();
        NetReachPerMember net = new NetReachCalculator().Calculate(portfolio, Ihk.November).Net!;
        Assert.Equal((600L, 1_000L), (net.Reach.Lower, net.Reach.Upper));
        Assert.Equal(new Bounds(600, 1_100), net.ReachRounding);
        Assert.Equal(new Bounds(600.0 / 1_100, 1), net.Rounding);
        Assert.Null(new NetReachCalculator().Calculate(Three().Build(), Ihk.November).Net!.ReachRounding);

        // The seed: 8,500 to 9,499 on XING, and 495 elsewhere.
        Assert.Equal(new Bounds(8_500, 9_994), new NetReachCalculator().Calculate(Ihk.Seed(), Ihk.November).Net!.ReachRounding);
    }

    [Fact]
    public void Frequency_and_rating_points_come_from_the_publications_of_the_period()
    {
        Publication Post(string id, Count impressions, Count reach) => new(id, Ihk.Facebook.Id, Ihk.Noon) { Exposures = new Exposures(impressions, new MeasuredReach(reach)) };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Persons).Add(Ihk.Facebook).Add(Post("a", Count.Observed(600), Count.Observed(300))).Add(Post("b", Count.Observed(400), Count.Observed(200))).Add(Post("c", Count.Observed(50), Count.Missing)).Build();
        ChannelReach reach = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Channels[0];

        // 1,000 contacts of 300 to 500 persons; the third post states no reach.
        Assert.Equal(1_000.0 / 300, reach.Frequency.Value);
        Assert.Equal(new Bounds(2, 1_000.0 / 300), reach.Frequency.Rounding);
        Assert.True(reach.Frequency.Has(CaveatCodes.ReachNotAdditive) && reach.Frequency.Has(CaveatCodes.PublicationsLeftOut) && reach.Frequency.Has(CaveatCodes.NoInterval));
        Assert.Equal(1.05, reach.GrossRatingPoints.Value);

        // More persons than contacts cannot be.
        Portfolio wrong = Portfolio.For(Ihk.Chamber).Add(Persons).Add(Ihk.Facebook).Add(Post("a", Count.Observed(200), Count.Observed(300))).Build();
        Assert.Equal(UndefinedReason.PartExceedsWhole, new ReachPerMemberCalculator().Calculate(wrong, Ihk.November).Channels[0].Frequency.Ratio.Undefined);
        Assert.Equal(UndefinedReason.MissingDenominator, new ReachPerMemberCalculator().Calculate(Three().Build(), Ihk.November).Channels[0].Frequency.Ratio.Undefined);
    }

    private static PortfolioBuilder Three() => Portfolio.For(Ihk.Chamber).Add(Persons).Add(Ihk.Xing).Add(Ihk.Twitter).Add(Ihk.Facebook)
        .Add(Ihk.Audience(Ihk.Xing, Count.Observed(100))).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(80))).Add(Ihk.Audience(Ihk.Facebook, Count.Observed(60)));

    private static AudienceOverlap Overlap(Channel one, Channel two, long shared, Instant? asOf = null) => new(one.Id, two.Id, asOf ?? Ihk.Noon, Count.Observed(shared));
}
