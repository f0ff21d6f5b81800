using NodaTime;

namespace Engagement.Core;

/// <summary>The facts of a portfolio by channel, sorted out once.</summary>
internal sealed class PortfolioIndex
{
    public static readonly AudienceHistory NoAudience = new([]);

    private readonly Portfolio _portfolio;

    // The selection that was asked for last: the definitions of a report share one, and only one is kept, so that memory does not grow with the questions.
    private SelectedEvents? _selected;

    public PortfolioIndex(Portfolio portfolio)
    {
        _portfolio = portfolio;
        Audiences = portfolio.Audiences.GroupBy(snapshot => snapshot.Channel).ToDictionary(group => group.Key, group => new AudienceHistory(group));
        Publications = portfolio.Publications.GroupBy(publication => publication.Channel).ToDictionary(group => group.Key, group => new ValueList<Publication>(group));
        Links = new ReplyLinks(portfolio.Interactions);
        Fault = Twice(portfolio.Universes, universe => universe.Id, "universe") ?? Twice(portfolio.Channels, channel => channel.Id, "channel")
            ?? Twice(portfolio.Publications, publication => publication.Id, "publication") ?? (Links.Twice is { } id ? Twice(id, "interaction") : null);
        Interactions = portfolio.Interactions.GroupBy(interaction => interaction.Channel).ToDictionary(group => group.Key, group => new ValueList<Interaction>(group));
    }

    /// <summary>The first id that is given twice, in words; null when every id is given once.</summary>
    public string? Fault { get; }

    /// <summary>What the interactions reply to.</summary>
    public ReplyLinks Links { get; }

    public Dictionary<ChannelId, AudienceHistory> Audiences { get; }

    public Dictionary<ChannelId, ValueList<Publication>> Publications { get; }

    public Dictionary<ChannelId, ValueList<Interaction>> Interactions { get; }

    public Dictionary<ChannelId, ChannelEvents> EventsOf(InteractionSelection selection)
    {
        SelectedEvents? last = Volatile.Read(ref _selected);
        if (last?.Selection.Equals(selection) is true) return last.Events.Value;

        // Of two that ask for the same at once, the second waits for the first.
        var asked = new SelectedEvents(selection, new(() => Select(selection)));
        SelectedEvents? other = Interlocked.CompareExchange(ref _selected, asked, last);
        return other != last && other?.Selection.Equals(selection) is true ? other.Events.Value : asked.Events.Value;
    }

    private Dictionary<ChannelId, ChannelEvents> Select(InteractionSelection selection)
    {
        DateTimeZone zone = _portfolio.Organisation.TimeZone;
        return Interactions.ToDictionary(
            channel => channel.Key,
            channel => new ChannelEvents([.. channel.Value.Where(selection.Includes).Select(one => new EngagementEvent(one.Channel, one.Publication, one.At.InZone(zone).Date, one.Kind, one.Actor, 1))]));
    }

    private static string? Twice<TFact, TId>(IReadOnlyList<TFact> facts, Func<TFact, TId> idOf, string noun)
    {
        var seen = new HashSet<TId>(facts.Count);
        foreach (TFact fact in facts)
        {
            if (!seen.Add(idOf(fact))) return Twice(idOf(fact), noun);
        }

        return null;
    }

    private static string Twice<TId>(TId id, string noun) => $"holds the {noun} {Guard.Text(id?.ToString())} twice";

    private sealed record SelectedEvents(InteractionSelection Selection, Lazy<Dictionary<ChannelId, ChannelEvents>> Events);
}
