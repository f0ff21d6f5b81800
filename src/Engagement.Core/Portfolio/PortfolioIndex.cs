namespace Engagement.Core;

/// <summary>The facts of a portfolio by channel, sorted out once.</summary>
internal sealed class PortfolioIndex
{
    public static readonly AudienceHistory NoAudience = new([]);

    public PortfolioIndex(Portfolio portfolio)
    {
        Audiences = portfolio.Audiences.GroupBy(snapshot => snapshot.Channel).ToDictionary(group => group.Key, group => new AudienceHistory(group));
        Publications = portfolio.Publications.GroupBy(publication => publication.Channel).ToDictionary(group => group.Key, group => new ValueList<Publication>(group));
        Fault = Twice(portfolio.Universes, universe => universe.Id, "universe") ?? Twice(portfolio.Channels, channel => channel.Id, "channel")
            ?? Twice(portfolio.Publications, publication => publication.Id, "publication") ?? Twice(portfolio.Interactions, interaction => interaction.Id, "interaction");
        Interactions = portfolio.Interactions.GroupBy(interaction => interaction.Channel).ToDictionary(group => group.Key, group => new ValueList<Interaction>(group));
    }

    /// <summary>The first id that is given twice, in words; null when every id is given once.</summary>
    public string? Fault { get; }

    public Dictionary<ChannelId, AudienceHistory> Audiences { get; }

    public Dictionary<ChannelId, ValueList<Publication>> Publications { get; }

    public Dictionary<ChannelId, ValueList<Interaction>> Interactions { get; }

    private static string? Twice<TFact, TId>(IReadOnlyList<TFact> facts, Func<TFact, TId> idOf, string noun)
    {
        var seen = new HashSet<TId>(facts.Count);
        foreach (TFact fact in facts)
        {
            if (!seen.Add(idOf(fact))) return $"holds the {noun} {Guard.Text(idOf(fact)?.ToString())} twice";
        }

        return null;
    }
}
