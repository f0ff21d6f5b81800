using Engagement.Core;
using NodaTime;

namespace Engagement.Cli;

/// <summary>The figures of one definition by channel, by platform or by period.</summary>
internal static class CompareFigures
{
    // At least so many periods should come of a split, so that there is something to compare.
    private const int FewestPeriods = 2;

    private static readonly Definition[] BetweenBounds = [ReachDefinitions.NetReachPerMember, ReachDefinitions.ExclusiveReach, ReachDefinitions.AddedReach, ReachDefinitions.SharedReach, ReachDefinitions.AverageFrequency, ReachDefinitions.GrossRatingPoints, ReachDefinitions.Affinity];

    private static readonly string[] EffortNames = ["effort-share", "benefit-share", "proportionality-index", "hours-per-benefit", "cost-per-benefit", "cost-per-thousand-contacts", "break-even"];

    /// <summary>The time of <see cref="DialogueDefinitions.ShareAnsweredWithin"/>: shares within unequal times do not compare.</summary>
    public static readonly Duration Within = Duration.FromHours(24);

    /// <summary>Why no figure of a definition can ever be compared, and where it is told instead; null where some can.</summary>
    public static string? Refusal(Definition definition) =>
        BetweenBounds.Contains(definition) ? "it belongs to the channels together and lies between bounds; see: engagement reach FOLDER"
        : EffortNames.Contains(definition.Id.Name) ? "it belongs to one benefit and one measure of effort, and has no interval; see: engagement report FOLDER"
        : definition.Id.Name == "audience-growth" ? "it is the change from one time to another; compare reach-per-member by period, which tells the growth"
        : null;

    public static IReadOnlyList<ComparedFigure> Of(Definition definition, Portfolio portfolio, LocalPeriod period, string by, CancellationToken cancellationToken) => by switch
    {
        "platform" => [.. portfolio.Channels.Select(channel => channel.Platform).Distinct().Select(platform => (Name: platform.ToString(), Figure: Total(definition, Restricted(portfolio, platform), period))).Where(row => row.Figure is not null).Select(row => new ComparedFigure(row.Name, row.Figure!))],
        "period" => [.. Periods(period).Select(part => (Name: part.ToString(), Figure: Total(definition, portfolio, part, cancellationToken))).Where(row => row.Figure is not null).Select(row => new ComparedFigure(row.Name, row.Figure!))],
        _ => [.. ByChannel(definition, portfolio, period).Zip(portfolio.Channels).Where(row => row.First is not null).Select(row => new ComparedFigure(row.Second.Name, row.First!))],
    };

    /// <summary>The whole months in the period, or the weeks, or the days, whichever there are at least two of.</summary>
    private static IEnumerable<LocalPeriod> Periods(LocalPeriod period)
    {
        foreach (CalendarUnit unit in new[] { CalendarUnit.Month, CalendarUnit.IsoWeek })
        {
            // A month of which only some days are in the period is no equal of a whole one.
            LocalPeriod[] whole = [.. period.Split(unit).Where(part => part == LocalPeriod.Containing(part.From, unit))];
            if (whole.Length >= FewestPeriods) return whole;
        }

        return period.Split(CalendarUnit.Day);
    }

    private static IEnumerable<Figure?> ByChannel(Definition definition, Portfolio portfolio, LocalPeriod period)
    {
        if (definition is EngagementRatioDefinition ratio) return new EngagementRatioCalculator(ratio).Calculate(portfolio, period).Channels;
        if (DialogueDefinitions.All.Contains(definition)) return new DialogueCalculator().Calculate(portfolio, period).Channels.Select(row => OfDialogue(definition, row));
        Figure? Chosen(params Figure?[] figures) => figures.FirstOrDefault(figure => figure?.Definition.Equals(definition) is true);
        Figure?[] reach = [.. new ReachPerMemberCalculator().Calculate(portfolio, period).Channels.Select(row => Chosen(row.Potential, row.Measured, row.Coverage, row.OnTarget, row.TargetCoverage))];
        return reach.Any(figure => figure is not null) ? reach
            : new ActivityCalculator().Calculate(portfolio, period).SkipLast(1).Select(row => Chosen(row.Stickiness, row.ServiceLevel, row.AbsenceFactor, row.Gini, row.Creators, row.Contributors, row.Silent));
    }

    /// <summary>The figure of all channels together; of one channel its own; null where the metric has none over several.</summary>
    private static Figure? Total(Definition definition, Portfolio portfolio, LocalPeriod period, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (definition is EngagementRatioDefinition ratio) return new EngagementRatioCalculator(ratio).Calculate(portfolio, period).Total;
        if (DialogueDefinitions.All.Contains(definition)) return OfDialogue(definition, new DialogueCalculator().Calculate(portfolio, period));
        if (portfolio.Channels.Count == 1) return ByChannel(definition, portfolio, period).Single();
        ChannelActivity all = new ActivityCalculator().Calculate(portfolio, period)[^1];
        return new[] { new ReachPerMemberCalculator().Calculate(portfolio, period).Gross, all.Stickiness, all.ServiceLevel, all.AbsenceFactor, all.Gini }.FirstOrDefault(figure => figure.Definition.Equals(definition));
    }

    private static Figure OfDialogue(Definition definition, DialogueResult row) =>
        new[] { row.ResponseRate, row.Reciprocity, row.DialogueShare, row.TurnsPerConversation, row.BegunByOutsiders, row.StaffParticipation, row.RepliesByStaff, row.MedianResponseTime, row.AnsweredOnlyMedianResponseTime, row.ShareAnsweredWithin(Within) }.Single(figure => figure.Definition.Id == definition.Id);

    private static Portfolio Restricted(Portfolio portfolio, Platform platform)
    {
        PortfolioBuilder facts = Portfolio.For(portfolio.Organisation);
        var channels = portfolio.Channels.Where(channel => channel.Platform == platform).Select(channel => channel.Id).ToHashSet();
        foreach (Universe universe in portfolio.Universes) facts.Add(universe);
        foreach (Channel channel in portfolio.Channels.Where(channel => channels.Contains(channel.Id))) facts.Add(channel);
        foreach (AudienceSnapshot fact in portfolio.Audiences.Where(fact => channels.Contains(fact.Channel))) facts.Add(fact);
        foreach (Publication fact in portfolio.Publications.Where(fact => channels.Contains(fact.Channel))) facts.Add(fact);
        foreach (Interaction fact in portfolio.Interactions.Where(fact => channels.Contains(fact.Channel))) facts.Add(fact);
        return facts.Build();
    }
}
