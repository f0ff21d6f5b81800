using CsCheck;

namespace Engagement.Core.Tests.Interactions;

public class InteractionTallyTests
{
    private static readonly InteractionKind[] Kinds = [.. Enum.GetValues<InteractionKind>().Skip(1)];

    private static readonly Gen<InteractionTally> Tallies = Gen.Select(Gen.Int[0, Kinds.Length - 1], Arbitrary.Count).Array[0, 6]
        .Select(parts => parts.Aggregate(InteractionTally.Empty, (tally, part) => tally.With(Kinds[part.Item1], part.Item2)));

    [Fact]
    public void An_empty_tally_states_nothing()
    {
        Assert.True(InteractionTally.Empty.IsEmpty);
        Assert.Empty(InteractionTally.Empty.Kinds);
        Assert.All(Kinds, kind => Assert.Equal(Count.NotApplicable, InteractionTally.Empty[kind]));
        Assert.Equal("nothing stated", InteractionTally.Empty.ToString());
    }

    [Fact]
    public void A_kind_that_is_missing_is_stated_and_one_that_is_absent_is_not()
    {
        InteractionTally tally = InteractionTally.Empty.With(InteractionKind.Comment, Count.Missing).With(InteractionKind.Like, Count.Observed(0));
        Assert.Equal([InteractionKind.Like, InteractionKind.Comment], tally.Kinds);
        Assert.Equal(Count.Missing, tally[InteractionKind.Comment]);
        Assert.Equal(Count.Observed(0), tally[InteractionKind.Like]);
        Assert.Equal(Count.NotApplicable, tally[InteractionKind.Share]);
        Assert.Equal("Like 0, Comment missing", tally.ToString());
        Assert.NotEqual(InteractionTally.Empty, InteractionTally.Empty.With(InteractionKind.Comment, Count.Missing));
    }

    [Fact]
    public void With_replaces_a_count_and_leaves_the_old_tally_as_it_was()
    {
        InteractionTally likes = InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(79));
        Assert.True(InteractionTally.Empty.IsEmpty);
        Assert.Equal(Count.Observed(80), likes.With(InteractionKind.Like, Count.Observed(80))[InteractionKind.Like]);
        Assert.Equal(Count.Observed(79), likes[InteractionKind.Like]);
        Assert.Equal(InteractionTally.Empty, likes.With(InteractionKind.Like, Count.NotApplicable));
    }

    [Fact]
    public void Tallies_add_up_kind_by_kind()
    {
        InteractionTally sum = Ihk.Tally(79, 4, 17) + InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(1)).With(InteractionKind.Comment, Count.Missing).With(InteractionKind.Save, Count.Observed(2));
        Assert.Equal("Like 80, Save 2, Comment >=4, Share 17", sum.ToString());
    }

    [Fact]
    public void Sums_do_not_depend_on_order_or_grouping_and_the_empty_tally_adds_nothing() => Gen.Select(Tallies, Tallies, Tallies).Sample(
        (first, second, third) => (first + second).Equals(second + first) && (first + second + third).Equals(first + (second + third)) && (first + InteractionTally.Empty).Equals(first) && (InteractionTally.Empty + first).Equals(first),
        iter: 10_000);

    [Fact]
    public void Equal_tallies_have_equal_hashes() => Gen.Select(Tallies, Tallies).Sample((first, second) =>
        (first + second).GetHashCode() == (second + first).GetHashCode() && first.Equals((object)first) && !first.Equals(null), iter: 10_000);

    [Fact]
    public void A_kind_must_be_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("kind", () => InteractionTally.Empty[default]);
        Assert.Throws<ArgumentOutOfRangeException>("kind", () => InteractionTally.Empty[(InteractionKind)23]);
        Assert.Throws<ArgumentOutOfRangeException>("kind", () => InteractionTally.Empty[(InteractionKind)(-1)]);
        Assert.Throws<ArgumentOutOfRangeException>("kind", () => InteractionTally.Empty.With(default, Count.Observed(1)));
    }

    [Fact]
    public void A_sum_beyond_the_range_throws() => Assert.Throws<OverflowException>(() => Ihk.Tally(long.MaxValue) + Ihk.Tally(1));
}
