namespace Engagement.Core;

/// <summary>ENG04xx: publications.</summary>
internal static class PublicationRules
{
    public static void Check(Portfolio portfolio, FindingCollector findings)
    {
        const string List = nameof(Portfolio.Publications);
        Dictionary<ChannelId, Channel> channels = RuleTools.ChannelsById(portfolio);
        RuleTools.CheckUnique(portfolio.Publications, publication => publication.Id, List, "ENG0401", "publication", findings);
        for (int index = 0; index < portfolio.Publications.Count; index++)
        {
            Publication publication = portfolio.Publications[index];
            if (RuleTools.Find(channels, publication.Channel, RuleTools.At(List, index, nameof(Publication.Channel)), "ENG0402", findings) is { } channel)
            {
                RuleTools.CheckLife(channel, publication.PublishedAt.InZone(portfolio.Organisation.TimeZone).Date, RuleTools.At(List, index, nameof(Publication.PublishedAt)), "ENG0403", "ENG0404", lateIsError: true, findings);
            }

            if (RuleTools.Exceeds(publication.Exposures.Reach.Persons, publication.Exposures.Impressions))
            {
                findings.Warning(
                    "ENG0405",
                    RuleTools.At(List, index, $"{nameof(Publication.Exposures)}.{nameof(Exposures.Reach)}"),
                    publication.Exposures.Reach,
                    $"exceeds the impressions ({publication.Exposures.Impressions}), and nobody is reached without a contact",
                    "check both counts at their source");
            }
        }
    }
}
