using System.Runtime.CompilerServices;

namespace Engagement.Core;

/// <summary>The engagement ratio, from numbers in hand.</summary>
/// <remarks>
/// <para>Formula: <c>interactions / audience</c>, where the audience is whatever base the caller chose: followers, reach, impressions, views, members or publications. For facts, with definition, interval and caveats, see <see cref="EngagementRatioCalculator"/>.</para>
/// <example><c>EngagementRatio.Of(interactions: 42, audience: 324).Percent</c> is 12.96…</example>
/// </remarks>
public static class EngagementRatio
{
    /// <summary>The engagement ratio of one publication, channel or period.</summary>
    /// <param name="interactions">How many interactions; not negative.</param>
    /// <param name="audience">The base; not negative; 0 gives an undefined ratio.</param>
    /// <returns>The ratio with its parts; it may exceed 1 and is never clamped.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Ratio Of(long interactions, long audience)
    {
        Guard.NotNegative(interactions);
        Guard.NotNegative(audience);
        return Ratio.Of(interactions, audience);
    }
}
