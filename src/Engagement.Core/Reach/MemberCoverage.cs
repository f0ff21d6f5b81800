namespace Engagement.Core;

/// <summary>Member coverage, from numbers in hand: the share of the members that is reached.</summary>
/// <remarks>
/// <para>Formula: <c>members reached / members</c>, both in the same unit. A proportion; its interval is <see cref="ProportionIntervals.Wilson"/>. For reach in other units, see <see cref="ReachPerMember"/>.</para>
/// <example><c>MemberCoverage.Of(membersReached: 55, members: 110).Percent</c> is 50.</example>
/// </remarks>
public static class MemberCoverage
{
    /// <summary>Member coverage.</summary>
    /// <param name="membersReached">How many members are reached; not negative.</param>
    /// <param name="members">The size of the members' universe; not negative; 0 gives an undefined ratio.</param>
    /// <returns>The ratio with its parts; undefined by <see cref="UndefinedReason.PartExceedsWhole"/> when more members are reached than there are: reported, not clamped.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static Ratio Of(long membersReached, long members)
    {
        Guard.NotNegative(membersReached);
        Guard.NotNegative(members);
        return Share(membersReached, members);
    }

    /// <summary>A part of a whole, in numbers that are not negative.</summary>
    internal static Ratio Share(double part, double whole) => part > whole && whole > 0 ? Ratio.OfUndefined(UndefinedReason.PartExceedsWhole, part, whole) : Ratio.Of(part, whole);
}
