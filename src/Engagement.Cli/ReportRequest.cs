using Engagement.Core;
using Engagement.Reporting;
using NodaTime;

namespace Engagement.Cli;

/// <summary>What a user asked of a report or a comparison.</summary>
internal sealed class ReportRequest
{
    /// <summary>The portfolio folder; null when there is a store.</summary>
    public required string? Folder { get; init; }

    /// <summary>The store; null when there is a folder.</summary>
    public required StorePlace? Store { get; init; }

    /// <summary>The first day; null for that of the earliest fact.</summary>
    public LocalDate? From { get; init; }

    /// <summary>The first day after the period; null for the day after the latest fact.</summary>
    public LocalDate? To { get; init; }

    /// <summary>What of the report; all of it by default.</summary>
    public ReportScope Scope { get; init; } = ReportScope.All;

    /// <summary>What an hour of staff time costs; null for time and money apart.</summary>
    public Money? HourlyRate { get; init; }

    /// <summary>The hours in which response times run; null for all hours.</summary>
    public BusinessHours? Hours { get; init; }

    /// <summary>The times within which the share answered is told.</summary>
    public IReadOnlyList<Deadline> Deadlines { get; init; } = Deadline.Standard;

    /// <summary>When observation of answers ends; null for the end of the period.</summary>
    public ObservedUntil? ObservedUntil { get; init; }

    public required string Format { get; init; }

    /// <summary>The file to write; null for standard output.</summary>
    public string? Output { get; init; }

    /// <summary>The folder that every chart goes into; null for none.</summary>
    public string? Charts { get; init; }

    /// <summary>One of <see cref="ReportCommand.ChartFormats"/>.</summary>
    public string ChartFormat { get; init; } = ReportCommand.ChartFormats[0];

    public required Language Language { get; init; }

    /// <summary>How many characters a line of a table may have.</summary>
    public required int Width { get; init; }
}
