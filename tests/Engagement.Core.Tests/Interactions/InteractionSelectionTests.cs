namespace Engagement.Core.Tests.Interactions;

public class InteractionSelectionTests
{
    private static readonly InteractionSelection Two = new(InteractionKind.Like, InteractionKind.Comment);

    [Fact]
    public void A_selection_has_its_kinds_weights_and_roles()
    {
        InteractionSelection selection = Two.WithWeight(InteractionKind.Share, 2.5).WithWeight(InteractionKind.Like, 0).WithRoles(ActorRole.Member, ActorRole.Staff, ActorRole.Member);
        Assert.Equal([InteractionKind.Comment, InteractionKind.Share], selection.Kinds);
        Assert.Equal((0.0, 1.0, 2.5), (selection[InteractionKind.Like], selection[InteractionKind.Comment], selection[InteractionKind.Share]));
        Assert.Equal([ActorRole.Staff, ActorRole.Member], selection.Roles);
        Assert.Equal("Comment + 2.5 Share of Staff, Member", selection.ToString());
        Cultures.AssertInvariant(selection.ToString);
        Assert.Equal([true, true, false, false], new[] { (InteractionKind.Share, ActorRole.Member), (InteractionKind.Comment, ActorRole.Staff), (InteractionKind.Like, ActorRole.Member), (InteractionKind.Comment, ActorRole.Bot) }.Select(one => selection.Includes(one.Item1, one.Item2)));
        Assert.Equal((1.0, null), (Two.CommonWeight, selection.CommonWeight));
    }

    [Fact]
    public void Equal_parts_in_any_order_make_equal_selections()
    {
        Assert.Equal(Two.WithRoles(ActorRole.Member, ActorRole.Staff), new InteractionSelection(InteractionKind.Comment, InteractionKind.Like).WithRoles(ActorRole.Staff, ActorRole.Member));
        Assert.NotEqual(Two, Two.WithWeight(InteractionKind.Like, 2));
        Assert.NotEqual(Two.WithRoles(ActorRole.Member), Two.WithRoles(ActorRole.Staff));
        Assert.True(Two.Equals((object)new InteractionSelection(InteractionKind.Comment, InteractionKind.Like)));
        Assert.False(Two.Equals((object)"Like"));
        Assert.False(Two.Equals(null));
    }

    [Fact]
    public void A_platforms_own_counts_serve_where_everybody_but_the_organisation_counts()
    {
        // Platforms count the organisation's own rarely and bots always: without roles their counts stand for the standard ones.
        Assert.True(Two.TakesTallies && Two.HasStandardRoles);
        Assert.False(Two.WithRoles(ActorRole.Member).TakesTallies);
        Assert.False(Two.WithRoles([.. Two.Roles, ActorRole.Organisation]).HasStandardRoles);
        Assert.False(Two.WithRoles(ActorRole.Member, ActorRole.Staff, ActorRole.NonMember, ActorRole.Bot).HasStandardRoles);
    }

    [Fact]
    public void What_is_no_selection_is_refused_with_the_cure()
    {
        Refused<ArgumentException>("kinds", "kinds (0 values) must hold a kind: name what counts as an interaction.", () => new InteractionSelection());
        Refused<ArgumentOutOfRangeException>("kinds", "kinds (Unspecified) must be", () => new InteractionSelection(default(InteractionKind)));
        Refused<ArgumentOutOfRangeException>("kind", "kind (99) must be", () => Two.WithWeight((InteractionKind)99, 1));
        Refused<ArgumentOutOfRangeException>("weight", "weight (-1) must", () => Two.WithWeight(InteractionKind.Like, -1));
        Refused<ArgumentOutOfRangeException>("weight", "weight (NaN) must", () => Two.WithWeight(InteractionKind.Like, double.NaN));
        Refused<ArgumentOutOfRangeException>("weight", "weight (1000001) must not exceed 1000000: weights are relative: scale them down", () => Two.WithWeight(InteractionKind.Like, 1_000_001));
        Assert.Equal(1_000_000.0, Two.WithWeight(InteractionKind.Like, 1_000_000)[InteractionKind.Like]);
        Refused<ArgumentException>("weight", "weight (0) of Like must not take the last kind out: select another kind first.", () => new InteractionSelection(InteractionKind.Like).WithWeight(InteractionKind.Like, 0));
        Refused<ArgumentException>("roles", "roles (0 values) must hold a role: name whose interactions count.", () => Two.WithRoles());
        Refused<ArgumentOutOfRangeException>("roles", "roles (Unspecified) must be", () => Two.WithRoles(ActorRole.Member, default));
    }

    private static void Refused<T>(string parameter, string message, Func<object> act)
        where T : ArgumentException => Assert.StartsWith(message, Assert.Throws<T>(parameter, act).Message, StringComparison.Ordinal);
}
