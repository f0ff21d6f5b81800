using Engagement.Core;
using NodaTime;

namespace Engagement.Reporting;

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

    /// <summary>Whether reach alone is asked for, and then with the overlap matrix.</summary>
    public required ReportScope Scope { get; init; }

    public bool IsReachOnly => Scope is ReportScope.Reach;

    /// <summary>Who talks with whom; null where it was not asked for, or no interaction is listed.</summary>
    public required DialogueSection? Dialogue { get; init; }

    /// <summary>Net reach of whole audiences, among the members, and in each target, as far as known; none where one channel alone has an audience.</summary>
    public required IReadOnlyList<NetSection> Nets { get; init; }

    /// <summary>Reach of the interactions by their actors; null when no actor is known.</summary>
    public required ObservedReach? Active { get; init; }

    /// <summary>Effort and benefit; null when no effort is known, or reach alone is asked for.</summary>
    public required EffortBenefitResult? Effort { get; init; }

    /// <summary>All figures in the order of the report.</summary>
    public IEnumerable<ReportFigure> Figures =>
    [
        .. Sections.SelectMany(section => section.Kind is SectionKind.PotentialReach ? section.Figures.Concat(Net) : section.Figures),
        .. Nets.SelectMany(section => section.Figures),
        .. Dialogue?.Figures ?? [],
        .. Effort is null ? [] : Effort.Rows.SelectMany(row => new[] { row.EffortShare, row.BenefitShare, row.Proportionality, row.EffortPerBenefit, row.BreakEven }
            .Select(figure => ReportFigure.Of(figure, Portfolio.Channels.First(channel => channel.Id == row.Channel), row.Benefit.Id, row.Measure))),
    ];

    public static Report Of(Portfolio portfolio, LocalPeriod period, ReportScope scope, Money? hourlyRate, BusinessHours? hours, IReadOnlyList<Deadline> within, Instant? observedUntil, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool asksForDialogue = scope is ReportScope.Dialogue || (scope is ReportScope.All && portfolio.Interactions.Count > 0);
        var calculator = new DialogueCalculator(hours);
        Task<DialogueResult?> dialogues = Task.Run(() => !asksForDialogue ? null : observedUntil is { } until ? calculator.Calculate(portfolio, period, until) : calculator.Calculate(portfolio, period), cancellationToken);
        ReachPerMemberResult reach = new ReachPerMemberCalculator().Calculate(portfolio, period);
        EngagementRatioResult[] ratios = [.. (scope is ReportScope.All ? Recipes : []).AsParallel().AsOrdered().Select(definition =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new EngagementRatioCalculator(definition).Calculate(portfolio, period);
        })];

        DialogueResult? dialogue = dialogues.GetAwaiter().GetResult();

        // Where no definition has a value, the first one says of each channel why.
        EngagementRatioResult[] shown = [.. ratios.Where(result => result.Channels.Any(figure => figure.Ratio.IsDefined))];
        if (shown.Length == 0) shown = [.. ratios.Take(1)];
        return new Report
        {
            Portfolio = portfolio,
            Period = period,
            Reach = reach,
            Scope = scope,
            Dialogue = dialogue is null ? null : new DialogueSection(dialogue, within),
            Nets = scope is ReportScope.Dialogue ? [] : [.. NetSections(portfolio, period)],
            Active = scope is not ReportScope.Dialogue && portfolio.Interactions.Any(interaction => !interaction.Actor.IsNone) ? ObservedReach.Of(portfolio, period) : null,
            Effort = scope is not ReportScope.All || portfolio.Efforts.Count == 0 ? null : new EffortBenefitCalculator(hourlyRate).Calculate(portfolio, period, [.. Conversations(dialogue), Benefit.Interactions(portfolio, period), Benefit.Contacts(portfolio, period), Benefit.PotentialReach(portfolio, period)]),
            Net = scope is not ReportScope.Dialogue && reach.Net is { } net ? [.. ReportFigure.Of(net, reach.Gross)] : [],
            Sections = scope is ReportScope.Dialogue ? [] :
            [
                new ReportSection { Kind = SectionKind.PotentialReach, Figures = [.. reach.Channels.Select(row => ReportFigure.Of(row.Potential, row.Channel)), ReportFigure.Of(reach.Gross, null)] },
                .. Optional(SectionKind.MeasuredReach, reach, row => row.Measured),
                .. Optional(SectionKind.MemberCoverage, reach, row => row.Coverage),
                .. Optional(SectionKind.OnTargetShare, reach, row => row.OnTarget),
                .. Optional(SectionKind.TargetCoverage, reach, row => row.TargetCoverage),
                .. Optional(SectionKind.Affinity, reach, row => row.Affinity),
                .. Optional(SectionKind.AverageFrequency, reach, row => row.Frequency),
                .. Optional(SectionKind.GrossRatingPoints, reach, row => row.GrossRatingPoints),
                .. shown.Select(result => new ReportSection
                {
                    Kind = SectionKind.EngagementRatio,
                    Recipe = result.Definition,
                    Figures = [.. result.Channels.Zip(portfolio.Channels, (figure, channel) => ReportFigure.Of(figure, channel)), ReportFigure.Of(result.Total, null)],
                }),
            ],
        };
    }

    /// <summary>Conversations that outsiders take part in: what we say and nobody answers is effort, not benefit. Of channels without a log they are missing.</summary>
    private static IEnumerable<Benefit> Conversations(DialogueResult? dialogue)
    {
        if (dialogue is null) yield break;
        yield return Benefit.Of("conversations", "conversations", "Gespräche", dialogue.Channels.Select(row =>
            KeyValuePair.Create(row.Channel!.Id, row.Reciprocity.Denominator.Value is { } count ? Count.Observed((long)count) : Count.Missing)));
    }

    private static IEnumerable<NetSection> NetSections(Portfolio portfolio, LocalPeriod period)
    {
        IEnumerable<UniverseId> targets = portfolio.Channels.Select(channel => channel.TargetUniverse).Where(target => !target.IsNone && target != portfolio.Members?.Id);
        IEnumerable<UniverseId> universes = [default, .. portfolio.Members is { } members ? [members.Id] : Array.Empty<UniverseId>(), .. targets.Distinct()];
        return universes.Select(universe => NetSection.Of(portfolio, period, universe)).OfType<NetSection>().Where(section => section.Result.Channels.Count > 1);
    }

    /// <summary>A section that stands in the report only if some channel has the figure, or what it is made of.</summary>
    private static IEnumerable<ReportSection> Optional(SectionKind kind, ReachPerMemberResult reach, Func<ChannelReach, Figure?> figureOf)
    {
        ReportFigure[] figures = [.. reach.Channels.Where(row => figureOf(row) is not null).Select(row => ReportFigure.Of(figureOf(row)!, row.Channel))];
        return figures.Any(figure => figure.Value is not null || figure.Numerator.Value is not null) ? [new ReportSection { Kind = kind, Figures = figures }] : [];
    }
}
