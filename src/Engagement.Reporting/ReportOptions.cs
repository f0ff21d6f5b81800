using Engagement.Core;
using NodaTime;

namespace Engagement.Reporting;

/// <summary>What is asked of a report, beyond whose it is and of what time.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order.</para>
/// <example><c>new ReportOptions { Scope = ReportScope.Dialogue, Hours = new BusinessHours(new(8, 0), new(17, 0)) }</c></example>
/// </remarks>
public sealed record ReportOptions
{
    /// <summary>What of the report; everything by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The scope is unspecified or unknown.</exception>
    public ReportScope Scope
    {
        get;
        init => field = value is ReportScope.All or ReportScope.Reach or ReportScope.Dialogue ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Scope must be All, Reach or Dialogue: choose one.");
    } = ReportScope.All;

    /// <summary>What an hour of staff time costs, to weigh time and money together; null for time and money apart, which is the default.</summary>
    public Money? HourlyRate { get; init; }

    /// <summary>The hours in which response times run; null for all hours, which is the default.</summary>
    public BusinessHours? Hours { get; init; }

    /// <summary>When observation of answers ends; null for the end of the period, which is the default.</summary>
    public Instant? ObservedUntil { get; init; }

    /// <summary>The times within which the share answered is told.</summary>
    internal IReadOnlyList<Deadline> Deadlines { get; init; } = Deadline.Standard;
}
