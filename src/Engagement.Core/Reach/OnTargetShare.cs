namespace Engagement.Core;

/// <summary>On-target share, from numbers in hand: how much of an audience are members ("die Richtigen").</summary>
/// <remarks>
/// <para>Formula: <c>members in the audience / audience</c>, both in the same unit. A proportion; its interval is <see cref="ProportionIntervals.Wilson"/>. For the share of all members, see <see cref="MemberCoverage"/>.</para>
/// <example><c>OnTargetShare.Of(membersInAudience: 81, audience: 324).Percent</c> is 25.</example>
/// </remarks>
public static class OnTargetShare
{
    /// <summary>On-target share.</summary>
    /// <param name="membersInAudience">How many of the audience are members; not negative.</param>
    /// <param name="audience">The size of the audience; not negative; 0 gives an undefined ratio.</param>
    /// <returns>The ratio with its parts; undefined by <see cref="UndefinedReason.PartExceedsWhole"/> when more members are in the audience than persons: reported, not clamped.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static Ratio Of(long membersInAudience, long audience)
    {
        Guard.NotNegative(membersInAudience);
        Guard.NotNegative(audience);
        return MemberCoverage.Share(membersInAudience, audience);
    }
}
