namespace Engagement.Core;

/// <summary>What interactions are divided by.</summary>
/// <remarks>Order and numbers carry no meaning. <c>default</c> is <see cref="Unspecified"/>, which a definition refuses.</remarks>
public enum EngagementBase
{
    /// <summary>No base: the value of <c>default</c>, refused by a definition.</summary>
    Unspecified = 0,

    /// <summary>Potential reach: followers, group members, circulation.</summary>
    PotentialReach,

    /// <summary>Measured reach of each publication. Added up over publications it counts a person once for each.</summary>
    MeasuredReach,

    /// <summary>Impressions (contacts).</summary>
    Impressions,

    /// <summary>Views.</summary>
    Views,

    /// <summary>The members' universe.</summary>
    Members,

    /// <summary>The number of publications.</summary>
    Publications,

    /// <summary>Distinct actors of the selected interactions.</summary>
    ActiveAudience,
}
