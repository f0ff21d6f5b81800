using Engagement.Core;
using NodaTime;

namespace Engagement.Reporting;

/// <summary>Who talks with whom: every channel, then all together.</summary>
internal sealed class DialogueSection
{
    /// <summary>The times within which the report tells the share answered.</summary>
    public static readonly IReadOnlyList<(string Name, Duration Time)> Within = [("1h", Duration.FromHours(1)), ("24h", Duration.FromHours(24)), ("7d", Duration.FromDays(7))];

    public DialogueSection(DialogueResult result)
    {
        Rows = [.. result.Channels, result];
        Figures = [.. Rows.SelectMany(FiguresOf)];
    }

    public IReadOnlyList<DialogueResult> Rows { get; }

    public IReadOnlyList<ReportFigure> Figures { get; }

    private static IEnumerable<ReportFigure> FiguresOf(DialogueResult row)
    {
        foreach (Figure figure in new[] { row.ResponseRate, row.Reciprocity, row.DialogueShare, row.TurnsPerConversation, row.BegunByOutsiders, row.StaffParticipation, row.RepliesByStaff })
        {
            yield return ReportFigure.Of(figure, row.Channel);
        }

        // A median, or a share of a curve, has itself and 1 as parts; what is not reached has no numerator.
        ResponseTimes response = row.Response;
        SurvivalQuantile median = response.MedianHours;
        IntervalEstimate? limits = median is { Lower: { } lower, Upper: { } upper } ? new IntervalEstimate(lower, upper, median.Confidence, median.Method) : null;
        yield return Of("median-response-hours", null, median.Value, limits);
        yield return Of("answered-only-median-response-hours", null, response.AnsweredOnlyMedianHours, null);
        foreach ((string name, Duration time) in Within) yield return Of("share-answered-within", name, response.ShareWithin(time), response.IntervalOfShareWithin(time));

        ReportFigure Of(string definition, string? estimate, double? value, IntervalEstimate? interval) => new()
        {
            Definition = new DefinitionId(definition, 1),
            Estimate = estimate,
            Channel = row.Channel,
            Period = row.Period,
            Scale = 1,
            Value = value,
            Reason = value is null ? UndefinedReason.MissingNumerator : null,
            Numerator = new ReportPart(value is null ? nameof(CountState.Missing) : nameof(CountState.Observed), value, value, value),
            Denominator = ReportPart.From(Quantity.From(Count.Observed(1))),
            Rounding = null,
            Interval = interval,
            Caveats = row.Caveats,
        };
    }
}
