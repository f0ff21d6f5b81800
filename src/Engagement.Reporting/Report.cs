using Engagement.Core;

namespace Engagement.Reporting;

/// <summary>The report on an organisation's channels: findings in words, and every figure with its parts, definition, interval and caveats.</summary>
/// <remarks>
/// <para>Immutable and safe to share between threads. The same facts give the same bytes in every face; it reads no clock and no culture.</para>
/// <example><c>File.WriteAllText("report.html", Report.Of(portfolio, LocalPeriod.Year(2024)).ToHtml(Language.English))</c></example>
/// </remarks>
public sealed class Report
{
    private Dictionary<ChannelId, Channel>? _channels;
    private IReadOnlyList<ReportFigure>? _figures;

    // The recipes of the field; those of the vendors would fill a page with figures that differ by a shade, and are there by their names.
    private static readonly EngagementRatioDefinition[] Recipes =
    [
        EngagementRatioDefinitions.ByFollowers, EngagementRatioDefinitions.ByReach, EngagementRatioDefinitions.ByImpressions, EngagementRatioDefinitions.ByViews,
        EngagementRatioDefinitions.ByMembers, EngagementRatioDefinitions.PerPublication, EngagementRatioDefinitions.PerActivePerson, EngagementRatioDefinitions.Daily,
    ];

    private const int LeastWidth = 40;

    private Report(Portfolio portfolio, LocalPeriod period, ReportOptions options, CancellationToken cancellationToken)
    {
        ReportScope scope = options.Scope;
        (Portfolio, Period, Scope) = (portfolio, period, scope);
        bool isAll = scope is ReportScope.All;
        bool hasReach = scope is not ReportScope.Dialogue;
        bool asksForDialogue = !hasReach || (isAll && portfolio.Interactions.Count > 0);
        bool asksForEffort = isAll && portfolio.Efforts.Count > 0;

        // Side by side, what takes longest first; each is what it is, whatever the others have come to.
        Task<T?> Begin<T>(bool isAsked, Func<T?> work)
            where T : class => isAsked ? Task.Run(work, cancellationToken) : Task.FromResult<T?>(null);
        var calculator = new DialogueCalculator(options.Hours);
        Task<DialogueResult?> dialogues = Begin(asksForDialogue, () => options.ObservedUntil is { } until ? calculator.Calculate(portfolio, period, until) : calculator.Calculate(portfolio, period));
        Task<IReadOnlyList<ChannelActivity>?> activities = Begin(asksForDialogue, () => new ActivityCalculator().Calculate(portfolio, period));
        Task<EngagementRatioResult?>[] ratios = [.. Recipes.Where(_ => isAll).Select(definition => Begin(true, () => new EngagementRatioCalculator(definition).Calculate(portfolio, period)))];
        Task<Benefit?> interactions = Begin(asksForEffort, () => Benefit.Interactions(portfolio, period));
        Task<ObservedReach?> active = Begin(hasReach && portfolio.Interactions.Any(interaction => !interaction.Actor.IsNone), () => ObservedReach.Of(portfolio, period));
        Reach = new ReachPerMemberCalculator().Calculate(portfolio, period);
        Nets = hasReach ? [.. NetSections(portfolio, period)] : [];
        Ratios = [.. ratios.Select(ratio => ratio.GetAwaiter().GetResult()!)];
        DialogueResult? dialogue = dialogues.GetAwaiter().GetResult();
        Dialogue = dialogue is null ? null : new DialogueSection(dialogue, activities.GetAwaiter().GetResult()!, options.Deadlines);
        Active = active.GetAwaiter().GetResult();
        Effort = interactions.GetAwaiter().GetResult() is not { } benefit ? null : new EffortBenefitCalculator(options.HourlyRate).Calculate(portfolio, period, [.. Conversations(dialogue), benefit, Benefit.Contacts(portfolio, period), Benefit.PotentialReach(portfolio, period)]);
        Net = hasReach && Reach.Net is { } net ? [.. ReportFigure.Of(net, Reach.Gross)] : [];

        // Where no definition has a value, the first one says of each channel why.
        EngagementRatioResult[] shown = [.. Ratios.Where(result => result.Channels.Any(figure => figure.Ratio.IsDefined))];
        if (shown.Length == 0) shown = [.. Ratios.Take(1)];
        Sections = !hasReach ? [] :
        [
            new ReportSection { Kind = SectionKind.PotentialReach, Figures = [.. Reach.Channels.Select(row => ReportFigure.Of(row.Potential, row.Channel)), ReportFigure.Of(Reach.Gross, null)] },
            .. Optional(SectionKind.MeasuredReach, Reach, row => row.Measured),
            .. Optional(SectionKind.MemberCoverage, Reach, row => row.Coverage),
            .. Optional(SectionKind.OnTargetShare, Reach, row => row.OnTarget),
            .. Optional(SectionKind.TargetCoverage, Reach, row => row.TargetCoverage),
            .. Optional(SectionKind.Affinity, Reach, row => row.Affinity),
            .. Optional(SectionKind.AverageFrequency, Reach, row => row.Frequency),
            .. Optional(SectionKind.GrossRatingPoints, Reach, row => row.GrossRatingPoints),
            .. shown.Select(result => new ReportSection
            {
                Kind = SectionKind.EngagementRatio,
                Recipe = result.Definition,
                Figures = [.. result.Channels.Zip(portfolio.Channels, (figure, channel) => ReportFigure.Of(figure, channel)), ReportFigure.Of(result.Total, null)],
            }),
        ];
        Findings = [.. ReportFindings.Of(this)];
    }

    /// <summary>The facts that the report is of.</summary>
    public Portfolio Portfolio { get; }

    /// <summary>The days that it is of.</summary>
    public LocalPeriod Period { get; }

    /// <summary>What of the report was asked for.</summary>
    public ReportScope Scope { get; }

    /// <summary>The findings in words, a question after the other.</summary>
    public IReadOnlyList<ReportFinding> Findings { get; }

    internal ReachPerMemberResult Reach { get; }

    /// <summary>The engagement ratios by all recipes, those without a value too.</summary>
    internal IReadOnlyList<EngagementRatioResult> Ratios { get; }

    /// <summary>Reach first, then the engagement ratios, in the order of their definitions.</summary>
    internal IReadOnlyList<ReportSection> Sections { get; }

    /// <summary>The lower bound, the model, if it says anything, and the upper bound of the net reach; none when no channel has an audience.</summary>
    internal IReadOnlyList<ReportFigure> Net { get; }

    internal bool IsReachOnly => Scope is ReportScope.Reach;

    /// <summary>Who talks with whom; null where it was not asked for, or no interaction is listed.</summary>
    internal DialogueSection? Dialogue { get; }

    /// <summary>Net reach of whole audiences, among the members, and in each target, as far as known; none where one channel alone has an audience.</summary>
    internal IReadOnlyList<NetSection> Nets { get; }

    /// <summary>Reach of the interactions by their actors; null when no actor is known.</summary>
    internal ObservedReach? Active { get; }

    /// <summary>Effort and benefit; null when no effort is known, or reach alone is asked for.</summary>
    internal EffortBenefitResult? Effort { get; }

    /// <summary>The channel of an id that a result names.</summary>
    internal Channel ChannelOf(ChannelId id) => (_channels ??= Portfolio.Channels.ToDictionary(channel => channel.Id))[id];

    /// <summary>All figures in the order of the report.</summary>
    internal IReadOnlyList<ReportFigure> Figures => _figures ??=
    [
        .. Sections.SelectMany(section => section.Kind is SectionKind.PotentialReach ? section.Figures.Concat(Net) : section.Figures),
        .. Nets.SelectMany(section => section.Figures),
        .. Dialogue?.Figures ?? [],
        .. Effort is null ? [] : Effort.Rows.SelectMany(row => new[] { row.EffortShare, row.BenefitShare, row.Proportionality, row.EffortPerBenefit, row.BreakEven }
            .Select(figure => ReportFigure.Of(figure, ChannelOf(row.Channel), row.Benefit.Id, row.Measure, about: Effort.Caveats))),
    ];

    /// <summary>Calculates the report.</summary>
    /// <param name="portfolio">The facts.</param>
    /// <param name="period">The days.</param>
    /// <param name="options">What is asked of it; everything over all hours by default.</param>
    /// <param name="cancellationToken">Stops the calculation.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="portfolio"/> is null.</exception>
    /// <exception cref="ArgumentException">The portfolio holds an id twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Observation ends before the period begins.</exception>
    /// <exception cref="OperationCanceledException">The calculation was stopped.</exception>
    public static Report Of(Portfolio portfolio, LocalPeriod period, ReportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        cancellationToken.ThrowIfCancellationRequested();
        return new Report(portfolio, period, options ?? new ReportOptions(), cancellationToken);
    }

    /// <summary>The report as tables of plain text.</summary>
    /// <param name="language">English or German.</param>
    /// <param name="width">How many characters a line may have, at least 40; numbers are never cut, so lines may be longer.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language is unspecified or unknown, or the width is less than 40.</exception>
    public string ToText(Language language, int width = 140)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, LeastWidth);
        return TableRenderer.Render(narrow => ReportText.Of(this, Known(language), narrow), width);
    }

    /// <summary>The report as Markdown.</summary>
    /// <param name="language">English or German.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language is unspecified or unknown.</exception>
    public string ToMarkdown(Language language) => MarkdownRenderer.Render(ReportText.Of(this, Known(language)));

    /// <summary>The report as one JSON document with the schema <c>engagement-report/2</c>; only findings and caveats depend on the language.</summary>
    /// <param name="language">English or German.</param>
    /// <returns>The document.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language is unspecified or unknown.</exception>
    public string ToJson(Language language) => JsonRenderer.Render(this, Known(language));

    /// <summary>The figures as CSV by RFC 4180, a row each; only the texts of caveats depend on the language.</summary>
    /// <param name="language">English or German.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language is unspecified or unknown.</exception>
    public string ToCsv(Language language) => CsvRenderer.Render(this, Known(language));

    /// <summary>The report as one HTML page with its charts, that opens from disk and asks for nothing from anywhere.</summary>
    /// <param name="language">English or German.</param>
    /// <returns>The page.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language is unspecified or unknown.</exception>
    public string ToHtml(Language language) => HtmlRenderer.Render(this, Known(language));

    /// <summary>The charts that there are facts for.</summary>
    /// <param name="language">English or German.</param>
    /// <returns>The charts in the order of the report.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language is unspecified or unknown.</exception>
    public IReadOnlyList<ReportChart> Charts(Language language) => ReportCharts.Of(this, Known(language));

    /// <summary>Whose report it is, and of what time.</summary>
    /// <returns>For example <c>ihk, 2014-11: 34 figures</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Portfolio.Organisation.Id}, {Period}: {Figures.Count} figures");

    /// <summary>Refuses a language that there is not.</summary>
    internal static Language Known(Language language) =>
        language is Language.English or Language.German ? language : throw new ArgumentOutOfRangeException(nameof(language), language, "language must be English or German: choose one.");

    /// <summary>Conversations that outsiders take part in: what we say and nobody answers is effort, not benefit. Of channels without a log, or whose replies do not name what they reply to, they are missing.</summary>
    private static IEnumerable<Benefit> Conversations(DialogueResult? dialogue)
    {
        if (dialogue is null) yield break;
        yield return Benefit.Of("conversations", "conversations", "Gespräche", dialogue.Channels.Select(row =>
            KeyValuePair.Create(row.Channel!.Id, row.Conversations.HasValue && row.Reciprocity.Denominator.Value is { } count ? Count.Observed((long)count) : Count.Missing)));
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
