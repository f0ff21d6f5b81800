using NodaTime;

namespace Engagement.Core.Tests.Comparison;

/// <summary>Shares answered within a time are told apart on the scale of ln(−ln S). Expected values: the same formulas in another language, from n and the number answered alone.</summary>
public class CurveComparisonTests
{
    private static readonly Duration Hour = Duration.FromHours(1);

    [Theory]
    [InlineData(0.95, -0.5615817059754084, -0.055690571499914576)]
    [InlineData(0.80, -0.4929913379811472, -0.17295924319070483)]
    public void Two_shares_are_told_apart_by_their_curves(double confidence, double lower, double upper)
    {
        // 3 of 20 within the hour against 15 of 30; the limits of a figure of 95 % serve at every confidence.
        FigureComparison comparison = FigureComparison.Of(Within(Ihk.Xing, 20, 3), Within(Ihk.Facebook, 30, 15), confidence);
        Assert.Equal(-0.35, comparison.Difference!.Value, 14);
        Assert.Equal(lower, comparison.DifferenceInterval!.Value.Lower, 9);
        Assert.Equal(upper, comparison.DifferenceInterval.Value.Upper, 9);
        Assert.Equal((IntervalMethod.SquareAndAdd, confidence), (comparison.DifferenceInterval.Value.Method, comparison.DifferenceInterval.Value.Confidence));
        Assert.Equal(0.022398437200135738, comparison.PValue!.Value, 10);
        Assert.Null(comparison.QuotientInterval);
        Assert.Equal((true, 0), (comparison.CanBeToldApart!.Value, comparison.Caveats.Count));
    }

    [Fact]
    public void The_other_way_round_says_the_same_with_the_other_sign()
    {
        FigureComparison one = FigureComparison.Of(Within(Ihk.Xing, 20, 3), Within(Ihk.Facebook, 30, 15));
        FigureComparison other = FigureComparison.Of(Within(Ihk.Facebook, 30, 15), Within(Ihk.Xing, 20, 3));
        Assert.Equal(one.PValue!.Value, other.PValue!.Value, 15);
        Assert.Equal((-one.DifferenceInterval!.Value.Upper, -one.DifferenceInterval.Value.Lower), (other.DifferenceInterval!.Value.Lower, other.DifferenceInterval.Value.Upper));
        FigureComparison itself = FigureComparison.Of(Within(Ihk.Xing, 20, 3), Within(Ihk.Xing, 20, 3));
        Assert.Equal((1.0, false), (itself.PValue!.Value, itself.CanBeToldApart!.Value));
        Assert.Equal(-itself.DifferenceInterval!.Value.Lower, itself.DifferenceInterval.Value.Upper, 15);
    }

    [Fact]
    public void A_share_of_none_or_all_leaves_nothing_to_judge_by_and_medians_are_compared_by_their_response_times()
    {
        FigureComparison none = FigureComparison.Of(Within(Ihk.Xing, 20, 0), Within(Ihk.Facebook, 30, 15));
        Assert.Null(none.CanBeToldApart);
        Assert.Contains("a share is so near to none or to all that its limits say nothing", Assert.Single(none.Caveats).English, StringComparison.Ordinal);
        FigureComparison all = FigureComparison.Of(Within(Ihk.Facebook, 30, 15), Within(Ihk.Xing, 20, 20));
        Assert.Null(all.CanBeToldApart);
        Assert.Contains("a figure has no interval of its own", Assert.Single(all.Caveats).English, StringComparison.Ordinal);
        FigureComparison medians = FigureComparison.Of(Talk(Ihk.Xing, 20, 15).MedianResponseTime, Talk(Ihk.Facebook, 30, 20).MedianResponseTime);
        Assert.Null(medians.CanBeToldApart);
        Caveat told = Assert.Single(medians.Caveats);
        Assert.Equal(CaveatCodes.NoComparison, told.Code);
        Assert.Contains("ResponseTimes.LogRank", told.English, StringComparison.Ordinal);
        Assert.Contains("Log-Rang-Test", told.German, StringComparison.Ordinal);
    }

    private static Figure Within(Channel channel, int asked, int answered) => Talk(channel, asked, answered).ShareAnsweredWithin(Hour);

    private static DialogueResult Talk(Channel channel, int asked, int answered) => new DialogueCalculator().Calculate(
        Dialogue.Talk.Of(Enumerable.Range(0, asked).SelectMany(index => new[]
        {
            Dialogue.Talk.Say($"q{index}", InteractionKind.Question, ActorRole.Member, 0, on: channel),
            Dialogue.Talk.Say($"a{index}", InteractionKind.Reply, ActorRole.Organisation, index < answered ? 1 + index : 1_000 + index, $"q{index}", on: channel),
        })),
        Ihk.November).Channels.Single(one => one.Channel?.Id == channel.Id);
}
