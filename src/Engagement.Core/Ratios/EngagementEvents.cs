using Engagement.Core.Logs;

namespace Engagement.Core;

/// <summary>The interactions that a definition selects, by channel: from the objects of a portfolio, or from a roll-up in their place.</summary>
internal sealed class EngagementEvents
{
    private readonly IReadOnlyDictionary<ChannelId, ChannelEvents> _byChannel;

    private EngagementEvents(IReadOnlyDictionary<ChannelId, ChannelEvents> byChannel, long strangers) => (_byChannel, Strangers) = (byChannel, strangers);

    /// <summary>How many interactions are on channels that the portfolio does not know.</summary>
    public long Strangers { get; }

    public ChannelEvents this[ChannelId channel] => _byChannel.GetValueOrDefault(channel, ChannelEvents.None);

    public static EngagementEvents Of(EngagementRatioDefinition definition, Portfolio portfolio) =>
        new(portfolio.EventsOf(definition.Selection), portfolio.Interactions.Count - portfolio.Channels.Sum(channel => portfolio.InteractionsOf(channel.Id).Count));

    public static EngagementEvents Of(EngagementRatioDefinition definition, RollUp rollUp, Portfolio portfolio, LocalPeriod period)
    {
        Require(definition, rollUp, portfolio, period);
        HashSet<ChannelId> known = [.. portfolio.Channels.Select(channel => channel.Id)];
        return new(
            rollUp.Cells.Where(cell => definition.Selection.Includes(cell.Kind, cell.Role)).Select(cell => new EngagementEvent(cell.Channel, cell.Publication, cell.Period.From, cell.Kind, default, cell.Count)).GroupBy(one => one.Channel).ToDictionary(channel => channel.Key, channel => new ChannelEvents([.. channel])),
            rollUp.Cells.Where(cell => !known.Contains(cell.Channel)).Sum(cell => cell.Count));
    }

    /// <summary>Refuses a roll-up that lacks a part of the definition: what was left out is not 0.</summary>
    private static void Require(EngagementRatioDefinition definition, RollUp rollUp, Portfolio portfolio, LocalPeriod period)
    {
        if (portfolio.Interactions.Count > 0) throw new ArgumentException(FormattableString.Invariant($"portfolio holds {portfolio.Interactions.Count} interactions, and a roll-up stands in their place: leave them out, or calculate without the roll-up."), nameof(portfolio));
        if (!rollUp.Calendar.Zone.Equals(portfolio.Organisation.TimeZone)) throw Lacks(definition, $"the days of {portfolio.Organisation.TimeZone.Id}, and is by {rollUp.Calendar}", "roll up by a calendar in the organisation's zone");
        if (definition.Base is EngagementBase.ActiveAudience) throw Lacks(definition, "the actors", "calculate it over the interactions themselves");
        InteractionKind[] kinds = [.. definition.Selection.Kinds.Except(rollUp.Kinds)];
        if (kinds.Length > 0) throw Lacks(definition, $"the kinds {string.Join(", ", kinds)}", $"roll up with these {nameof(RollUpOptions.Kinds)}");
        ActorRole[] roles = [.. definition.Selection.Roles.Except(rollUp.Roles)];
        if (roles.Length > 0) throw Lacks(definition, $"the roles {string.Join(", ", roles)}", $"roll up with these {nameof(RollUpOptions.Roles)}");
        if (rollUp.Recipe.Channels is { } chosen && portfolio.Channels.Select(channel => channel.Id).Except(chosen).Order().ToArray() is { Length: > 0 } others)
        {
            throw Lacks(definition, $"the channels {string.Join(", ", others)}", $"roll up with these {nameof(RollUpOptions.Channels)}, or calculate for a portfolio without them");
        }

        bool byPublication = definition.Attribution is Attribution.ByPublicationDate;
        if (byPublication && !rollUp.ByPublication) throw Lacks(definition, "the publications, and is by channel", $"roll up with {nameof(RollUpOptions.ByPublication)}");
        if (byPublication && rollUp.Recipe.IsCut) throw Lacks(definition, "the life-time of the publications, because rows outside its calendar were left out", "roll up by a calendar that holds every row");
        if (!byPublication && rollUp.Calendar.Unit is not CalendarUnit.Day) throw Lacks(definition, $"the days, and is by {rollUp.Calendar}", $"roll up by {nameof(LocalCalendar)}.{nameof(LocalCalendar.Days)}");
        if (!byPublication && rollUp.IsByPublicationDate) throw Lacks(definition, "the dates of the interactions, and is by those of the publications", $"take the roll-up that it was made from by {nameof(RollUp.ByPublicationDate)}");
        rollUp.PeriodsOf(period);
    }

    private static InvalidOperationException Lacks(EngagementRatioDefinition definition, string what, string cure) => new($"rollUp lacks a part of {definition.Id}: it does not hold {what}: {cure}.");
}
