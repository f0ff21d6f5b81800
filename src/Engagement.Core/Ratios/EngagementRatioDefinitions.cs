namespace Engagement.Core;

/// <summary>The ready-made recipes of the engagement ratio. Each counts <see cref="InteractionSelection.Standard"/>, life-time, of what was published in the period.</summary>
/// <remarks><example><c>new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach)</c></example></remarks>
public static class EngagementRatioDefinitions
{
    /// <summary>ΣI/ΣF: interactions per follower, with the followers at each publication.</summary>
    public static EngagementRatioDefinition ByFollowers { get; } = new("by-followers", EngagementBase.PotentialReach);

    /// <summary>ΣI/ΣR: interactions per person reached by each publication.</summary>
    public static EngagementRatioDefinition ByReach { get; } = new("by-reach", EngagementBase.MeasuredReach);

    /// <summary>ΣI/ΣM: interactions per impression.</summary>
    public static EngagementRatioDefinition ByImpressions { get; } = new("by-impressions", EngagementBase.Impressions);

    /// <summary>ΣI/ΣV: interactions per view.</summary>
    public static EngagementRatioDefinition ByViews { get; } = new("by-views", EngagementBase.Views);

    /// <summary>ΣI/U: interactions per member, by the newest size of the universe; shown per 1,000.</summary>
    public static EngagementRatioDefinition ByMembers { get; } = new("by-members", EngagementBase.Members, BaseAsOf.Latest, scale: 1_000);

    /// <summary>ΣI/P: interactions per publication.</summary>
    public static EngagementRatioDefinition PerPublication { get; } = new("per-publication", EngagementBase.Publications, scale: 1);

    /// <summary>ΣI/A: interactions per active person, by interaction date.</summary>
    public static EngagementRatioDefinition PerActivePerson { get; } = new("per-active-person", EngagementBase.ActiveAudience, attribution: Attribution.ByInteractionDate, scale: 1);

    /// <summary>The mean over days of I_d/F_d: each day's interactions per follower of that day; days without interactions count as 0.</summary>
    public static EngagementRatioDefinition Daily { get; } = new("daily", EngagementBase.PotentialReach, BaseAsOf.DailyMean, Aggregation.MeanOfDays);

    /// <summary>All of them, in this order.</summary>
    public static IReadOnlyList<EngagementRatioDefinition> All { get; } = new ValueList<EngagementRatioDefinition>([ByFollowers, ByReach, ByImpressions, ByViews, ByMembers, PerPublication, PerActivePerson, Daily]);
}
