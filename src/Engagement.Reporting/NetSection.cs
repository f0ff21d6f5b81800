using Engagement.Core;

namespace Engagement.Reporting;

/// <summary>The net reach in one universe, with its figures for JSON and CSV.</summary>
internal sealed class NetSection
{
    /// <summary>Of more channels pairs are left out: they are as many as the square of the channels.</summary>
    public const int MostPaired = 40;

    public required NetReachResult Result { get; init; }

    public required IReadOnlyList<ReportFigure> Figures { get; init; }

    public static NetSection? Of(Portfolio portfolio, LocalPeriod period, UniverseId within)
    {
        NetReachResult result = new NetReachCalculator(within).Calculate(portfolio, period);
        return result.Net is null ? null : new NetSection { Result = result, Figures = [.. FiguresOf(portfolio, result, within)] };
    }

    private static IEnumerable<ReportFigure> FiguresOf(Portfolio portfolio, NetReachResult result, UniverseId within)
    {
        var channels = portfolio.Channels.ToDictionary(channel => channel.Id);
        string? name = within.IsNone ? null : within.Value;
        ReportPart members = ReportPart.From(Quantity.From(result.Members));
        if (name is not null)
        {
            yield return Figure(result.Net!.Definition, "lower", null, null, result.Net.Reach.Lower, result.Net.Lower, members);
            if (result.Net.Independence.IsDefined) yield return Figure(result.Net.Definition, "independence", null, null, result.Net.Independence.Numerator, result.Net.Independence, members);
            if (result.Net.Reach.Upper is { } most) yield return Figure(result.Net.Definition, "upper", null, null, most, result.Net.Upper, members);
        }

        foreach (ChannelNetReach row in result.Channels)
        {
            foreach (ReportFigure figure in Both(ReachDefinitions.ExclusiveReach, row.Channel, null, row.Exclusive, ReportPart.From(Quantity.From(row.Reach)))) yield return figure;
        }

        foreach (ChannelNetReach row in result.Order)
        {
            foreach (ReportFigure figure in Both(ReachDefinitions.AddedReach, row.Channel, null, row.Added, members)) yield return figure;
        }

        foreach (ChannelNetReach row in result.Channels.Count <= MostPaired ? result.Channels : [])
        {
            foreach (ChannelNetReach other in result.Channels.Where(other => other.Channel != row.Channel))
            {
                foreach (ReportFigure figure in Both(ReachDefinitions.SharedReach, row.Channel, other.Channel, result.Shared(row.Channel, other.Channel), ReportPart.From(Quantity.From(row.Reach)))) yield return figure;
            }
        }

        IEnumerable<ReportFigure> Both(Definition definition, ChannelId channel, ChannelId? other, Bounds? bounds, ReportPart whole)
        {
            if (bounds is not { } ends) yield break;
            bool isExact = ends.Lower == ends.Upper;
            yield return Figure(definition, isExact ? "exact" : "lower", channel, other, ends.Lower, Share(ends.Lower), whole);
            if (!isExact) yield return Figure(definition, "upper", channel, other, ends.Upper, Share(ends.Upper), whole);

            Ratio Share(double part) => whole.Value is { } value ? Ratio.Of(part, value) : Ratio.OfUndefined(UndefinedReason.MissingDenominator, part);
        }

        ReportFigure Figure(Definition definition, string estimate, ChannelId? channel, ChannelId? other, double part, Ratio ratio, ReportPart whole) => new()
        {
            Definition = definition.Id,
            Estimate = estimate,
            Channel = channel is { } id ? channels[id] : null,
            Other = other?.Value,
            Within = name,
            Period = result.Period,
            Scale = definition.Scale,
            Value = ratio.Value,
            Reason = ratio.Undefined,
            Numerator = new ReportPart(estimate == "independence" ? ReportPart.Model : ReportPart.Bound, part, null, null),
            Denominator = whole,
            Rounding = null,
            Interval = null,
            Caveats = result.Caveats,
        };
    }
}
