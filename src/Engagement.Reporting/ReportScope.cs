namespace Engagement.Reporting;

/// <summary>What of the report is asked for.</summary>
/// <remarks>
/// <para>The zero means nothing and is refused.</para>
/// <example><c>Report.Of(portfolio, period, new ReportOptions { Scope = ReportScope.Dialogue })</c></example>
/// </remarks>
public enum ReportScope
{
    /// <summary>Not stated; refused.</summary>
    Unspecified = 0,

    /// <summary>Everything.</summary>
    All,

    /// <summary>Reach alone, with the overlaps.</summary>
    Reach,

    /// <summary>Dialogue alone.</summary>
    Dialogue,
}
