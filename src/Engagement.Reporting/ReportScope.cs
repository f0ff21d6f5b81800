namespace Engagement.Reporting;

/// <summary>What of the report a user asked for.</summary>
internal enum ReportScope
{
    Unspecified = 0,

    /// <summary>Everything.</summary>
    All,

    /// <summary>Reach alone, with the overlaps.</summary>
    Reach,

    /// <summary>Dialogue alone.</summary>
    Dialogue,
}
