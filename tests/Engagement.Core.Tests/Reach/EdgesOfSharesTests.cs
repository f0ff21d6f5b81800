namespace Engagement.Core.Tests.Reach;

/// <summary>Shares, contacts and estimates at their edges: nothing of nothing, all of all, and more than all.</summary>
public class EdgesOfSharesTests
{
    [Fact]
    public void More_than_the_whole_is_no_share_and_all_of_it_is_one()
    {
        Assert.Equal(1.0, MemberCoverage.Of(5, 5).Value);
        Assert.Equal(UndefinedReason.PartExceedsWhole, MemberCoverage.Of(6, 5).Undefined);
        Assert.Equal(UndefinedReason.ZeroDenominator, MemberCoverage.Of(0, 0).Undefined);
        Assert.Equal(UndefinedReason.ZeroDenominator, MemberCoverage.Of(3, 0).Undefined);
        Assert.Throws<ArgumentOutOfRangeException>("membersReached", () => MemberCoverage.Of(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>("members", () => MemberCoverage.Of(0, -5));
        Assert.Equal(1.0, OnTargetShare.Of(5, 5).Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => OnTargetShare.Of(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => OnTargetShare.Of(1, -5));
    }

    [Fact]
    public void Who_is_reached_has_at_least_one_contact()
    {
        // 120 contacts with 40 persons are three each; with 120 one each; with 121 somebody was reached without a contact.
        Assert.Equal(3.0, ReachFrequency.Average(120, 40).Value);
        Assert.Equal(1.0, ReachFrequency.Average(120, 120).Value);
        Assert.Equal(UndefinedReason.PartExceedsWhole, ReachFrequency.Average(120, 121).Undefined);
        Assert.Equal(UndefinedReason.ZeroDenominator, ReachFrequency.Average(0, 0).Undefined);
        Assert.Throws<ArgumentOutOfRangeException>("contacts", () => ReachFrequency.Average(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("reach", () => ReachFrequency.Average(0, -1));

        // Gross rating points: contacts per hundred of the universe, above 100 too.
        Assert.Equal(1.2, ReachFrequency.GrossRatingPoints(120, 100).Value);
        Assert.Equal(UndefinedReason.ZeroDenominator, ReachFrequency.GrossRatingPoints(120, 0).Undefined);
        Assert.Throws<ArgumentOutOfRangeException>("contacts", () => ReachFrequency.GrossRatingPoints(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("universe", () => ReachFrequency.GrossRatingPoints(1, -1));
    }

    [Fact]
    public void Affinity_names_the_part_that_has_no_value()
    {
        // 30 of 100 in the target against 20 of 200 in all: three times as many.
        Assert.Equal(3.0, ReachFrequency.Affinity(30, 100, 20, 200).Value!.Value, 15);
        Assert.Equal(UndefinedReason.PartExceedsWhole, ReachFrequency.Affinity(101, 100, 20, 200).Undefined);
        Assert.Equal(UndefinedReason.PartExceedsWhole, ReachFrequency.Affinity(30, 100, 201, 200).Undefined);
        Assert.Equal(UndefinedReason.ZeroDenominator, ReachFrequency.Affinity(0, 0, 201, 200).Undefined);
        Assert.Equal(UndefinedReason.ZeroDenominator, ReachFrequency.Affinity(30, 100, 0, 200).Undefined);
    }

    [Fact]
    public void An_estimate_tells_its_value_its_error_or_why_it_has_none()
    {
        Assert.Equal("Independence: 9454.25", new ReachEstimate(ReachModel.Independence, 9_454.251, 9_454.251, null, null).ToString());
        Assert.Equal($"Sketched: 100 {new Bounds(90, 110)}", new ReachEstimate(ReachModel.Sketched, 100, 100, null, new Bounds(90, 110)).ToString());
        Assert.Equal("Agostini: refused, OutsideBounds (12.5)", new ReachEstimate(ReachModel.Agostini, 12.5, null, UndefinedReason.OutsideBounds, null).ToString());
        Assert.Equal("Agostini: MissingNumerator", new ReachEstimate(ReachModel.Agostini, null, null, UndefinedReason.MissingNumerator, null).ToString());
        Assert.EndsWith(": nothing", default(ReachEstimate).ToString(), StringComparison.Ordinal);
    }
}
