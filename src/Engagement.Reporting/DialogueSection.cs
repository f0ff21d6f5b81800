using Engagement.Core;

namespace Engagement.Reporting;

/// <summary>Who talks with whom, and who takes part: every channel, then all together.</summary>
internal sealed class DialogueSection
{
    public DialogueSection(DialogueResult result, IReadOnlyList<ChannelActivity> activity, IReadOnlyList<Deadline> deadlines)
    {
        (Activity, Deadlines) = (activity, deadlines);
        Rows = [.. result.Channels, result];
        Figures = [.. Rows.SelectMany(FiguresOf)];
    }

    public IReadOnlyList<DialogueResult> Rows { get; }

    /// <summary>Who takes part, row by row as in <see cref="Rows"/>.</summary>
    public IReadOnlyList<ChannelActivity> Activity { get; }

    public IReadOnlyList<ReportFigure> Figures { get; }

    /// <summary>The times within which the report tells the share answered.</summary>
    public IReadOnlyList<Deadline> Deadlines { get; }

    private IEnumerable<ReportFigure> FiguresOf(DialogueResult row)
    {
        Figure[] figures = [row.ResponseRate, row.Reciprocity, row.DialogueShare, row.TurnsPerConversation, row.BegunByOutsiders, row.StaffParticipation, row.RepliesByStaff, row.MedianResponseTime, row.AnsweredOnlyMedianResponseTime];
        return [.. figures.Select(figure => ReportFigure.Of(figure, row.Channel)), .. Deadlines.Select(deadline => ReportFigure.Of(row.ShareAnsweredWithin(deadline.Time), row.Channel, estimate: deadline.Name))];
    }
}
