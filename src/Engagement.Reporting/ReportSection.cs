using Engagement.Core;

namespace Engagement.Reporting;

/// <summary>Figures of one definition: a row for each channel, and the total, if there is one, as the last.</summary>
internal sealed class ReportSection
{
    public required SectionKind Kind { get; init; }

    /// <summary>The recipe of an engagement ratio; null in the sections on reach.</summary>
    public EngagementRatioDefinition? Recipe { get; init; }

    public required IReadOnlyList<ReportFigure> Figures { get; init; }
}
