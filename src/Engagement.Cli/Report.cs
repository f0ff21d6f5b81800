using Engagement.Core;

namespace Engagement.Cli;

/// <summary>Everything that the report says, before any language or format.</summary>
internal sealed class Report
{
    // The recipes of the field; those of the vendors would fill a page with figures that differ by a shade, and are there by their names.
    private static readonly EngagementRatioDefinition[] Recipes =
    [
        EngagementRatioDefinitions.ByFollowers, EngagementRatioDefinitions.ByReach, EngagementRatioDefinitions.ByImpressions, EngagementRatioDefinitions.ByViews,
        EngagementRatioDefinitions.ByMembers, EngagementRatioDefinitions.PerPublication, EngagementRatioDefinitions.PerActivePerson, EngagementRatioDefinitions.Daily,
    ];

    public required Portfolio Portfolio { get; init; }

    public required LocalPeriod Period { get; init; }

    public required ReachPerMemberResult Reach { get; init; }

    /// <summary>Reach first, then the engagement ratios, in the order of their definitions.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>The lower bound, the model, if it says anything, and the upper bound of the net reach; none when no channel has an audience.</summary>
    public required IReadOnlyList<ReportFigure> Net { get; init; }

    /// <summary>All figures in the order of the report.</summary>
    public IEnumerable<ReportFigure> Figures => Sections.SelectMany(section => section.Kind is SectionKind.PotentialReach ? section.Figures.Concat(Net) : section.Figures);

    public static Report Of(Portfolio portfolio, LocalPeriod period, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ReachPerMemberResult reach = new ReachPerMemberCalculator().Calculate(portfolio, period);
        var ratios = new List<EngagementRatioResult>();
        foreach (EngagementRatioDefinition definition in Recipes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ratios.Add(new EngagementRatioCalculator(definition).Calculate(portfolio, period));
        }

        // Where no definition has a value, the first one says of each channel why.
        EngagementRatioResult[] shown = [.. ratios.Where(result => result.Channels.Any(figure => figure.Ratio.IsDefined)).DefaultIfEmpty(ratios[0])];
        return new Report
        {
            Portfolio = portfolio,
            Period = period,
            Reach = reach,
            Net = reach.Net is { } net ? [.. ReportFigure.Of(net, reach.Gross)] : [],
            Sections =
            [
                new ReportSection { Kind = SectionKind.PotentialReach, Figures = [.. reach.Channels.Select(row => ReportFigure.Of(row.Potential, row.Channel)), ReportFigure.Of(reach.Gross, null)] },
                .. Optional(SectionKind.MeasuredReach, reach, row => row.Measured),
                .. Optional(SectionKind.MemberCoverage, reach, row => row.Coverage),
                .. Optional(SectionKind.OnTargetShare, reach, row => row.OnTarget),
                .. Optional(SectionKind.TargetCoverage, reach, row => row.TargetCoverage),
                .. shown.Select(result => new ReportSection
                {
                    Kind = SectionKind.EngagementRatio,
                    Recipe = result.Definition,
                    Figures = [.. result.Channels.Zip(portfolio.Channels, ReportFigure.Of), ReportFigure.Of(result.Total, null)],
                }),
            ],
        };
    }

    /// <summary>A section that stands in the report only if some channel has the figure, or what it is made of.</summary>
    private static IEnumerable<ReportSection> Optional(SectionKind kind, ReachPerMemberResult reach, Func<ChannelReach, Figure?> figureOf)
    {
        ReportFigure[] figures = [.. reach.Channels.Where(row => figureOf(row) is not null).Select(row => ReportFigure.Of(figureOf(row)!, row.Channel))];
        return figures.Any(figure => figure.Value is not null || figure.Numerator.Value is not null) ? [new ReportSection { Kind = kind, Figures = figures }] : [];
    }
}
