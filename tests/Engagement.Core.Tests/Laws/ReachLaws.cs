using CsCheck;

namespace Engagement.Core.Tests.Laws;

/// <summary>What holds of reach for every system of sets.</summary>
public class ReachLaws
{
    private static readonly int Cases = LawCases.Count;

    /// <summary>Up to six channels and forty persons; each contact is a person on a channel.</summary>
    private static readonly Gen<(int Channels, (int Channel, int Person)[] Contacts)> System =
        Gen.Int[1, 6].SelectMany(channels => Gen.Select(Gen.Int[0, channels - 1], Gen.Int[0, 39]).Array[0, 80].Select(contacts => (channels, contacts)));

    [Fact]
    public void A_union_holds_each_part_and_reach_never_exceeds_contacts() => System.Sample(
        (channels, contacts) =>
        {
            ObservedReach reach = Reach(channels, contacts);
            Assert.All(reach.Channels, channel => Assert.True(channel.Reach.Value <= reach.Net));
            Assert.True(reach.Net <= reach.Gross && reach.Gross <= reach.Contacts);
            Assert.Equal(contacts.Select(contact => contact.Person).Distinct().LongCount(), reach.Net);

            // Σ over k of k+ counts every contact once.
            Assert.Equal(reach.Contacts, Enumerable.Range(1, 81).Sum(reach.EffectiveReach));
            Assert.Equal(reach.Gross, Enumerable.Range(1, channels).Sum(reach.OnAtLeast));
            for (int k = 1; k <= 80; k++) Assert.True(reach.EffectiveReach(k + 1) <= reach.EffectiveReach(k));
        },
        iter: Cases);

    [Fact]
    public void Bounds_bracket_the_true_union_whatever_overlaps_are_known() => Gen.Select(System, Gen.Int[0, 63].Array[15]).Sample(
        (system, knowledge) =>
        {
            (int channels, (int Channel, int Person)[] contacts) = system;
            ObservedReach reach = Reach(channels, contacts);
            (int First, int Second, long Shared)[] all = Pairs(reach);
            (int First, int Second, long Shared)[] known = [.. all.Where((_, index) => knowledge[index] % 2 == 0)];
            long[] sizes = [.. reach.Channels.Select(channel => channel.Reach.Value!.Value)];
            NetReach some = NetReach.Of(sizes, 40, known);
            NetReach none = NetReach.Of(sizes, 40);
            NetReach every = NetReach.Of(sizes, 40, all);
            foreach (NetReach net in new[] { some, none, every })
            {
                Assert.InRange(reach.Net!.Value, net.Lower, net.Upper!.Value);
                Assert.Equal(reach.Net, net.Judge(ReachModel.Observed, reach.Net.Value).Value);
                if (net.Independence is { } model) Assert.InRange(model, net.Lower, net.Upper.Value);
                if (net.Estimate(ReachModel.Agostini).Value is { } agostini) Assert.InRange(agostini, net.Lower, net.Upper.Value);
            }

            // Knowing more never widens.
            Assert.True(none.Lower <= some.Lower && some.Lower <= every.Lower && every.Upper <= some.Upper && some.Upper <= none.Upper, $"{none} {some} {every}");
        },
        iter: Cases);

    [Fact]
    public void Contributions_by_bounds_bracket_those_by_identities() => Gen.Select(System, Gen.Int[0, 63].Array[15], Gen.Int[0, 5].Array[6]).Sample(
        (system, knowledge, slack) =>
        {
            (int channels, (int Channel, int Person)[] contacts) = system;
            ObservedReach reach = Reach(channels, contacts);
            PortfolioBuilder builder = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(40)));
            for (int index = 0; index < channels; index++)
            {
                long size = reach.Channels[index].Reach.Value!.Value;
                builder.Add(Channel(index)).Add(Ihk.Audience(Channel(index), slack[index] == 0 ? Count.Observed(size) : Count.Rounded(size, Math.Max(0, size - slack[index]), size + slack[index])));
            }

            (int First, int Second, long Shared)[] pairs = Pairs(reach);
            for (int index = 0; index < pairs.Length; index++)
            {
                if (knowledge[index] % 2 == 0) builder.Add(new AudienceOverlap(Channel(pairs[index].First).Id, Channel(pairs[index].Second).Id, Ihk.Noon, Count.Observed(pairs[index].Shared)));
            }

            NetReachResult result = new NetReachCalculator().Calculate(builder.Build(), Ihk.November);
            Assert.DoesNotContain(result.Caveats, caveat => caveat.Code is CaveatCodes.OverlapsContradict or CaveatCodes.OverlapsUnfit);
            Assert.InRange(reach.Net!.Value, result.Net!.Reach.Lower, result.Net.Reach.Upper!.Value);
            if (result.Net.Rounding is { } rounding) Assert.InRange(reach.Net.Value / 40.0, rounding.Lower, rounding.Upper);
            if (result.Net.ReachRounding is { } persons) Assert.True(persons.Lower <= reach.Net && reach.Net <= persons.Upper && persons.Lower <= result.Net.Reach.Lower && result.Net.Reach.Upper <= persons.Upper);
            foreach ((ChannelNetReach bound, ChannelNetReach exact) in result.Channels.Zip(reach.Channels)) Assert.InRange(exact.Exclusive!.Value.Lower, bound.Exclusive!.Value.Lower, bound.Exclusive.Value.Upper);
            foreach ((int first, int second, long shared) in pairs)
            {
                Bounds cell = result.Shared(Channel(first).Id, Channel(second).Id)!.Value;
                Assert.InRange(shared, cell.Lower, cell.Upper);
            }

            // What the certain order says to add lies in its bounds, and no other channel would have added more.
            var taken = new List<ChannelId>();
            foreach (ChannelNetReach next in result.Order)
            {
                long Added(ChannelId channel) => Union(contacts, [.. taken, channel]) - Union(contacts, taken);
                Assert.InRange(Added(next.Channel), next.Added!.Value.Lower, next.Added.Value.Upper);
                Assert.All(result.Channels.Where(other => !taken.Contains(other.Channel)), other => Assert.True(Added(other.Channel) <= Added(next.Channel)));
                taken.Add(next.Channel);
            }
        },
        iter: Cases);

    [Fact]
    public void Cumulative_reach_never_falls_and_the_greedy_order_adds_less_and_less() => System.Sample(
        (channels, contacts) =>
        {
            ObservedReach reach = Reach(channels, contacts);
            ChannelNetReach[] order = [.. reach.Order];
            Assert.Equal(reach.Net, order.Sum(channel => (long)channel.Added!.Value.Lower));
            for (int index = 1; index < order.Length; index++) Assert.True(order[index].Added!.Value.Lower <= order[index - 1].Added!.Value.Lower);
            for (int end = 1; end <= contacts.Length; end++)
            {
                if (end % 7 != 0) continue;
                Assert.True(Reach(channels, contacts[..(end - 1)]).Net <= Reach(channels, contacts[..end]).Net);
            }

            Assert.Equal(reach, Reach(channels, [.. contacts.Reverse()]));
        },
        iter: Cases);

    private static Channel Channel(int index) => new(FormattableString.Invariant($"c{index}"), "C", Platform.Blog, ChannelForm.Blog);

    private static ObservedReach Reach(int channels, (int Channel, int Person)[] contacts) => ObservedReach.Of(
        Enumerable.Range(0, channels).Select(index => Channel(index).Id),
        contacts.Select(contact => (Channel(contact.Channel).Id, new ActorId(FormattableString.Invariant($"p{contact.Person}")))));

    private static (int First, int Second, long Shared)[] Pairs(ObservedReach reach) =>
        [.. from first in Enumerable.Range(0, reach.Channels.Count) from second in Enumerable.Range(first + 1, reach.Channels.Count - first - 1) select (first, second, reach.Shared(reach.Channels[first].Channel, reach.Channels[second].Channel)!.Value)];

    private static long Union((int Channel, int Person)[] contacts, List<ChannelId> channels) => contacts.Where(contact => channels.Contains(Channel(contact.Channel).Id)).Select(contact => contact.Person).Distinct().LongCount();
}
