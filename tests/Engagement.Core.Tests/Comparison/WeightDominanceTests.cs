using CsCheck;

namespace Engagement.Core.Tests.Comparison;

public class WeightDominanceTests
{
    private static readonly WeightDominance Example = WeightDominance.Of((100, 2, 0, 1_000), (30, 10, 4, 1_000));

    [Fact]
    public void A_preference_that_depends_on_the_weights_names_the_weight_at_which_it_turns()
    {
        Assert.True(Example.DependsOnWeights);
        Assert.Equal(0, Example.Preferred);
        Assert.Equal((1, 1, -1), (Example.PreferredAt(1, 1, 1), Example.PreferredAt(1, 2, 3), Example.PreferredAt(1, 4, 16)));

        // 100 + 2w = 30 + 10w + 4w²: w = (−8 + √1184)/8.
        Assert.Equal((-8 + Math.Sqrt(1_184)) / 8, Example.SwitchingWeight!.Value, 12);
        Assert.Equal("depends on the weights: of 1, w, w² the preference turns at w = 3.3012", Example.ToString());
        (double before, double after) = (3.30, 3.31);
        Assert.Equal((1, -1), (Example.PreferredAt(1, before, before * before), Example.PreferredAt(1, after, after * after)));
    }

    [Fact]
    public void More_of_everything_is_preferred_under_every_weighting()
    {
        WeightDominance more = WeightDominance.Of((100, 20, 5, 1_000), (30, 10, 4, 1_000));
        Assert.Equal((1, false, null), (more.Preferred, more.DependsOnWeights, more.SwitchingWeight));
        Assert.Equal(-1, WeightDominance.Of((30, 10, 4, 1_000), (100, 20, 5, 1_000)).Preferred);

        // Fewer likes are outweighed by comments that count at least as much.
        Assert.Equal(1, WeightDominance.Of((0, 50, 0, 100), (40, 0, 0, 100)).Preferred);
        WeightDominance equal = WeightDominance.Of((1, 2, 3, 10), (2, 4, 6, 20));
        Assert.Equal((0, false), (equal.Preferred, equal.DependsOnWeights));
        Assert.Equal(equal, default);
        Assert.Equal("equal under every weighting", default(WeightDominance).ToString());
    }

    [Fact]
    public void A_preference_turns_only_where_weights_rise()
    {
        // Without shares: 40 − 8w, so w = 5. Alike: 8w − 40.
        WeightDominance linear = WeightDominance.Of((50, 2, 3, 10), (10, 10, 3, 10));
        Assert.Equal((true, 5.0), (linear.DependsOnWeights, linear.SwitchingWeight));
        Assert.Equal(5.0, WeightDominance.Of((10, 10, 3, 10), (50, 2, 3, 10)).SwitchingWeight);

        // Likes alone never turn; neither do weights below 1: 8 − 40w has its root at a fifth.
        Assert.Null(WeightDominance.Of((50, 2, 3, 10), (10, 2, 3, 10)).SwitchingWeight);
        Assert.Null(WeightDominance.Of((18, 2, 3, 10), (10, 42, 3, 10)).SwitchingWeight);

        // 10 − 7w + w² = (w − 2)(w − 5): preferred again beyond 5; the first turn is told. With its negative the same.
        WeightDominance twice = WeightDominance.Of((10, 0, 1, 1), (0, 7, 0, 1));
        Assert.Equal(2.0, twice.SwitchingWeight!.Value, 14);
        Assert.Equal((1, -1, 1), (twice.PreferredAt(1, 1.9, 1.9 * 1.9), twice.PreferredAt(1, 3, 9), twice.PreferredAt(1, 5.1, 5.1 * 5.1)));
        Assert.Equal(2.0, WeightDominance.Of((0, 7, 0, 1), (10, 0, 1, 1)).SwitchingWeight!.Value, 14);

        // 9 − 6w + w² only touches 0 at 3; 10 − 6w + w² never does.
        Assert.Null(WeightDominance.Of((9, 0, 1, 1), (0, 6, 0, 1)).SwitchingWeight);
        Assert.Null(WeightDominance.Of((10, 0, 1, 1), (0, 6, 0, 1)).SwitchingWeight);
    }

    [Fact]
    public void A_verdict_is_told_in_a_sentence()
    {
        Assert.Equal("the first is preferred under every weighting with like ≤ comment ≤ share", WeightDominance.Of((100, 20, 5, 1_000), (30, 10, 4, 1_000)).ToString());
        Assert.Equal("the second is preferred under every weighting with like ≤ comment ≤ share", WeightDominance.Of((30, 10, 4, 1_000), (100, 20, 5, 1_000)).ToString());
        Assert.Equal("the first is preferred under every weighting with like ≤ comment ≤ share", WeightDominance.Of((0, 50, 0, 100), (40, 0, 0, 100)).ToString());

        // More comments and fewer shares: it depends, and of 1, w, w² it never turns above 1.
        WeightDominance never = WeightDominance.Of((9, 0, 1, 1), (0, 6, 0, 1));
        Assert.Equal((true, "depends on the weights"), (never.DependsOnWeights, never.ToString()));
    }

    [Theory]
    [InlineData(double.NaN, 1, 1, "like")]
    [InlineData(-1, 1, 1, "like")]
    [InlineData(1, double.PositiveInfinity, 1, "comment")]
    [InlineData(1, 1, double.NegativeInfinity, "share")]
    [InlineData(2, 1, 1, "comment")]
    [InlineData(1, 2, 1, "share")]
    public void Weights_that_are_none_are_refused_by_name(double like, double comment, double share, string parameter) =>
        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => Example.PreferredAt(like, comment, share));

    [Fact]
    public void Weights_that_fall_are_refused_with_the_weight_before()
    {
        Assert.StartsWith("comment (1) must not be below the weight of a like (2): pass weights with like ≤ comment ≤ share", Assert.Throws<ArgumentOutOfRangeException>(() => Example.PreferredAt(2, 1, 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("share (1) must not be below the weight of a comment (2): pass weights with like ≤ comment ≤ share", Assert.Throws<ArgumentOutOfRangeException>(() => Example.PreferredAt(1, 2, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_that_are_none_are_refused_by_name()
    {
        (long, long, long, long) sound = (0, 0, 0, 1);
        Assert.Throws<ArgumentOutOfRangeException>("first.Likes", () => WeightDominance.Of((-1, 0, 0, 1), sound));
        Assert.Throws<ArgumentOutOfRangeException>("first.Comments", () => WeightDominance.Of((0, -1, 0, 1), sound));
        Assert.Throws<ArgumentOutOfRangeException>("second.Shares", () => WeightDominance.Of(sound, (0, 0, -1, 1)));
        Assert.Contains("must be above 0: leave out what has no base", Assert.Throws<ArgumentOutOfRangeException>("second.Base", () => WeightDominance.Of(sound, (0, 0, 0, 0))).Message, StringComparison.Ordinal);
        Assert.Equal(0, WeightDominance.Of((long.MaxValue, 0, 0, long.MaxValue), (long.MaxValue, 0, 0, long.MaxValue)).Preferred);
        Assert.Equal(0, Example.PreferredAt(0, 0, 0));
        Assert.Equal(1, WeightDominance.Of((2, 2, 2, 1), (1, 1, 1, 1)).PreferredAt(double.MaxValue, double.MaxValue, double.MaxValue));
    }

    [Fact]
    public void Whoever_is_preferred_under_every_weighting_is_preferred_under_each() => Gen.Select(Gen.Long[0, 50].Array[6], Gen.Long[1, 50].Array[2], Gen.Double[0, 10].Array[3]).Sample(
        (counts, bases, steps) =>
        {
            WeightDominance dominance = WeightDominance.Of((counts[0], counts[1], counts[2], bases[0]), (counts[3], counts[4], counts[5], bases[1]));
            int at = dominance.PreferredAt(steps[0], steps[0] + steps[1], steps[0] + steps[1] + steps[2]);
            if (!dominance.DependsOnWeights) Assert.True(at == dominance.Preferred || at == 0 || dominance.Preferred == 0);
            WeightDominance turned = WeightDominance.Of((counts[3], counts[4], counts[5], bases[1]), (counts[0], counts[1], counts[2], bases[0]));
            Assert.Equal((-dominance.Preferred, dominance.DependsOnWeights), (turned.Preferred, turned.DependsOnWeights));
        },
        iter: LawCases.Count);
}
