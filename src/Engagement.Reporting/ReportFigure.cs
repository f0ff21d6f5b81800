using Engagement.Core;

namespace Engagement.Reporting;

/// <summary>One figure of the report, with everything that is needed to calculate it again.</summary>
internal sealed class ReportFigure
{
    public required DefinitionId Definition { get; init; }

    /// <summary>Which of the bounds and models of the net reach: <c>lower</c>, <c>upper</c>, <c>exact</c> where they are one, <c>independence</c> or <c>agostini</c>; of a share answered the time, as <c>24h</c>; null for every other figure.</summary>
    public string? Estimate { get; init; }

    /// <summary>The channel that the other one is compared with; null for every other figure.</summary>
    public string? Other { get; init; }

    /// <summary>The universe whose members alone count; null when whole audiences do.</summary>
    public string? Within { get; init; }

    /// <summary>The benefit that stands against the effort; null for every other figure.</summary>
    public string? Benefit { get; init; }

    /// <summary>What effort is measured in: <c>hours</c> or a currency; null for every other figure.</summary>
    public string? Measure { get; init; }

    /// <summary>The channel; null when the figure is of all channels together.</summary>
    public required Channel? Channel { get; init; }

    public required LocalPeriod Period { get; init; }

    public required int Scale { get; init; }

    /// <summary>The quotient, unscaled; null when undefined.</summary>
    public required double? Value { get; init; }

    public required UndefinedReason? Reason { get; init; }

    public required ReportPart Numerator { get; init; }

    public required ReportPart Denominator { get; init; }

    public required Bounds? Rounding { get; init; }

    public required IntervalEstimate? Interval { get; init; }

    public required IReadOnlyList<Caveat> Caveats { get; init; }

    /// <summary>How the figure came about; null for the bounds and models of the net reach, whose parts say it all.</summary>
    public Func<Language, string>? Explain { get; init; }

    public static ReportFigure Of(Figure figure, Channel? channel, string? benefit = null, string? measure = null, string? estimate = null, IEnumerable<Caveat>? about = null) => new()
    {
        Estimate = estimate,
        Benefit = benefit,
        Measure = measure,
        Definition = figure.Definition.Id,
        Channel = channel,
        Period = figure.Period,
        Scale = figure.Scale,
        Value = figure.Value,
        Reason = figure.Ratio.Undefined,
        Numerator = ReportPart.From(figure.Numerator),
        Denominator = ReportPart.From(figure.Denominator),
        Rounding = figure.Rounding,
        Interval = figure.Interval,
        Caveats = about is null ? figure.Caveats : [.. figure.Caveats.Concat(about).Distinct()],
        Explain = figure.Explain,
    };

    public static IEnumerable<ReportFigure> Of(NetReachPerMember net, Figure gross)
    {
        // Rounded counts leave the net reach open between these.
        (double? least, double? most) = (net.ReachRounding?.Lower, net.ReachRounding?.Upper);

        yield return Net("lower", ReportPart.Bound, net.Lower);
        if (net.Independence.IsDefined) yield return Net("independence", ReportPart.Model, net.Independence);
        if (net.Agostini.IsDefined) yield return Net("agostini", ReportPart.Model, net.Agostini);
        if (!net.IsOpen) yield return Net("upper", ReportPart.Bound, net.Upper);

        ReportFigure Net(string estimate, string state, Ratio ratio) => new()
        {
            Definition = net.Definition.Id,
            Estimate = estimate,
            Channel = null,
            Period = gross.Period,
            Scale = net.Definition.Scale,
            Value = ratio.Value,
            Reason = ratio.Undefined,
            Numerator = new ReportPart(state, ratio.Numerator, least, most),
            Denominator = ReportPart.From(gross.Denominator),
            Rounding = net.Rounding,
            Interval = null,
            Caveats = [.. gross.Caveats.Where(caveat => caveat.Code != CaveatCodes.GrossCountsTwice)],
        };
    }
}
