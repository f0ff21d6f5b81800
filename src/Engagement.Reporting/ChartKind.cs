namespace Engagement.Reporting;

/// <summary>The charts of the report.</summary>
internal enum ChartKind
{
    Unspecified = 0,

    /// <summary>Reach per member by channel, with what roundings and the interval leave open.</summary>
    Reach,

    /// <summary>Engagement ratios with their intervals, raw and shrunk.</summary>
    Ratios,

    /// <summary>The share of questions answered as time goes by.</summary>
    Response,

    /// <summary>The share of effort against the share of benefit.</summary>
    Effort,

    /// <summary>Audiences over time, gaps left open.</summary>
    Audience,

    /// <summary>Interactions by weekday and hour.</summary>
    Hours,

    /// <summary>What two audiences have in common.</summary>
    Overlap,
}
