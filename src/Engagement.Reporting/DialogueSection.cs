using Engagement.Core;

namespace Engagement.Reporting;

/// <summary>Who talks with whom: every channel, then all together.</summary>
internal sealed class DialogueSection
{
    public DialogueSection(DialogueResult result, IReadOnlyList<Deadline> within)
    {
        Within = within;
        Rows = [.. result.Channels, result];
        Figures = [.. Rows.SelectMany(FiguresOf)];
    }

    public IReadOnlyList<DialogueResult> Rows { get; }

    public IReadOnlyList<ReportFigure> Figures { get; }

    /// <summary>The times within which the report tells the share answered.</summary>
    public IReadOnlyList<Deadline> Within { get; }

    private IEnumerable<ReportFigure> FiguresOf(DialogueResult row)
    {
        Figure[] figures = [row.ResponseRate, row.Reciprocity, row.DialogueShare, row.TurnsPerConversation, row.BegunByOutsiders, row.StaffParticipation, row.RepliesByStaff, row.MedianResponseTime, row.AnsweredOnlyMedianResponseTime];
        return [.. figures.Select(figure => ReportFigure.Of(figure, row.Channel)), .. Within.Select(within => ReportFigure.Of(row.ShareAnsweredWithin(within.Time), row.Channel, estimate: within.Name))];
    }
}
