namespace Engagement.Reporting;

/// <summary>What a section of the report is about.</summary>
internal enum SectionKind
{
    Unspecified = 0,
    PotentialReach,
    MeasuredReach,
    MemberCoverage,
    OnTargetShare,
    TargetCoverage,
    Affinity,
    AverageFrequency,
    GrossRatingPoints,
    EngagementRatio,
}
