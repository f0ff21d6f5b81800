using System.Runtime.CompilerServices;

namespace Engagement.Core;

/// <summary>Reach per member, from numbers in hand: a rate that may exceed 1, because persons are reached and members may be companies.</summary>
/// <remarks>
/// <para>Formula: <c>reach / members</c>, with potential or measured reach. For the share of the members that is reached, see <see cref="MemberCoverage"/>; for facts, <see cref="ReachPerMemberCalculator"/>.</para>
/// <example><c>ReachPerMember.Of(reach: 9_000, members: 110_000).PerThousand</c> is 81.8181…</example>
/// </remarks>
public static class ReachPerMember
{
    /// <summary>Reach per member.</summary>
    /// <param name="reach">How many are reached (potential or measured); not negative.</param>
    /// <param name="members">The size of the members' universe; not negative; 0 gives an undefined ratio.</param>
    /// <returns>The ratio with its parts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Ratio Of(long reach, long members)
    {
        Guard.NotNegative(reach);
        Guard.NotNegative(members);
        return Ratio.Of(reach, members);
    }
}
