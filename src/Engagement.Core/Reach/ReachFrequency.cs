namespace Engagement.Core;

/// <summary>What media research makes of contacts and reach, from numbers in hand: average frequency, gross rating points, affinity.</summary>
/// <remarks><example><c>ReachFrequency.Average(contacts: 5_091, reach: 2_752).Value</c> is 1.8499…</example></remarks>
public static class ReachFrequency
{
    /// <summary>Average frequency: <c>contacts / reach</c>, contacts per person reached.</summary>
    /// <param name="contacts">Contacts; not negative.</param>
    /// <param name="reach">Distinct persons reached; not negative; 0 gives an undefined ratio.</param>
    /// <returns>The ratio; undefined by <see cref="UndefinedReason.PartExceedsWhole"/> when more are reached than there are contacts: nobody is reached without one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static Ratio Average(long contacts, long reach)
    {
        Guard.NotNegative(contacts);
        Guard.NotNegative(reach);
        return reach > contacts ? Ratio.OfUndefined(UndefinedReason.PartExceedsWhole, contacts, reach) : Ratio.Of(contacts, reach);
    }

    /// <summary>Gross rating points: <c>contacts / universe · 100</c>; read them off <see cref="Ratio.Percent"/>. They may exceed 100.</summary>
    /// <param name="contacts">Contacts; not negative.</param>
    /// <param name="universe">The size of the universe; not negative; 0 gives an undefined ratio.</param>
    /// <returns>The ratio with its parts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static Ratio GrossRatingPoints(long contacts, long universe)
    {
        Guard.NotNegative(contacts);
        Guard.NotNegative(universe);
        return Ratio.Of(contacts, universe);
    }

    /// <summary>Affinity: <c>(reach in target / target) / (reach / universe)</c>; times 100 it is the index of media research, 100 where the target is reached like everybody.</summary>
    /// <param name="reachInTarget">How many of the target are reached; not negative.</param>
    /// <param name="target">The size of the target; not negative.</param>
    /// <param name="reach">How many are reached in all; not negative.</param>
    /// <param name="universe">The size of the universe; not negative.</param>
    /// <returns>The ratio of the two coverages; undefined when a universe or the reach is 0, or a part exceeds its whole.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static Ratio Affinity(long reachInTarget, long target, long reach, long universe)
    {
        Ratio left = MemberCoverage.Of(reachInTarget, target);
        Ratio right = MemberCoverage.Of(reach, universe);
        return (left.Undefined ?? right.Undefined) is { } reason ? Ratio.OfUndefined(reason) : Ratio.Of(left.Value!.Value, right.Value!.Value);
    }
}
