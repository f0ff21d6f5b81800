namespace Engagement.Core;

/// <summary>The facts of a portfolio by channel, sorted out once.</summary>
internal sealed class PortfolioIndex
{
    public static readonly AudienceHistory NoAudience = new([]);

    public PortfolioIndex(Portfolio portfolio)
    {
        Audiences = portfolio.Audiences.GroupBy(snapshot => snapshot.Channel).ToDictionary(group => group.Key, group => new AudienceHistory(group));
        Publications = portfolio.Publications.GroupBy(publication => publication.Channel).ToDictionary(group => group.Key, group => new ValueList<Publication>(group));
        Interactions = portfolio.Interactions.GroupBy(interaction => interaction.Channel).ToDictionary(group => group.Key, group => new ValueList<Interaction>(group));
    }

    public Dictionary<ChannelId, AudienceHistory> Audiences { get; }

    public Dictionary<ChannelId, ValueList<Publication>> Publications { get; }

    public Dictionary<ChannelId, ValueList<Interaction>> Interactions { get; }
}
