using System.Runtime.InteropServices;

namespace Engagement.Core;

/// <summary>ENG04xx: publications.</summary>
internal static class PublicationRules
{
    public static void Check(Portfolio portfolio, FindingCollector findings)
    {
        const string List = nameof(Portfolio.Publications);
        Dictionary<ChannelId, Channel> channels = RuleTools.ChannelsById(portfolio);
        RuleTools.CheckUnique(portfolio.Publications, publication => publication.Id, List, "ENG0401", "publication", findings);
        Dictionary<(PublicationId, InteractionKind), long> logged = Logged(portfolio);
        (long impressions, long reach, long views, long interactions) = (0, 0, 0, 0);
        bool fits = true;
        for (int index = 0; index < portfolio.Publications.Count; index++)
        {
            Publication publication = portfolio.Publications[index];
            fits = fits && RuleTools.CheckSum(ref impressions, publication.Exposures.Impressions, RuleTools.At(List, index, $"{nameof(Publication.Exposures)}.{nameof(Exposures.Impressions)}"), "ENG0407", findings)
                && RuleTools.CheckSum(ref reach, publication.Exposures.Reach.Persons, RuleTools.At(List, index, $"{nameof(Publication.Exposures)}.{nameof(Exposures.Reach)}"), "ENG0407", findings)
                && RuleTools.CheckSum(ref views, publication.Exposures.Views, RuleTools.At(List, index, $"{nameof(Publication.Exposures)}.{nameof(Exposures.Views)}"), "ENG0407", findings)
                && publication.Interactions.Kinds.All(kind => RuleTools.CheckSum(ref interactions, publication.Interactions[kind], RuleTools.At(List, index, $"{nameof(Publication.Interactions)}.{kind}"), "ENG0407", findings));

            if (RuleTools.Find(channels, publication.Channel, RuleTools.At(List, index, nameof(Publication.Channel)), "ENG0402", findings) is { } channel)
            {
                RuleTools.CheckLife(channel, publication.PublishedAt, portfolio.Organisation.TimeZone, RuleTools.At(List, index, nameof(Publication.PublishedAt)), "ENG0403", "ENG0404", lateIsError: true, findings);
            }

            foreach (InteractionKind kind in publication.Interactions.Kinds)
            {
                if (logged.GetValueOrDefault((publication.Id, kind)) is var events && events > publication.Interactions[kind].Upper)
                {
                    findings.Warning("ENG0406", RuleTools.At(List, index, $"{nameof(Publication.Interactions)}.{kind}"), publication.Interactions[kind], $"is less than the {Guard.Text(events)} interactions of that kind that are listed for the publication; the platform's count is used", "check both at their source");
                }
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

    /// <summary>How many interactions of each kind are listed for the publications that state any counts.</summary>
    private static Dictionary<(PublicationId, InteractionKind), long> Logged(Portfolio portfolio)
    {
        var logged = new Dictionary<(PublicationId, InteractionKind), long>();
        HashSet<PublicationId> stated = [.. portfolio.Publications.Where(publication => !publication.Interactions.IsEmpty).Select(publication => publication.Id)];
        if (stated.Count == 0) return logged;
        foreach (Interaction interaction in portfolio.Interactions)
        {
            if (!interaction.Publication.IsNone && stated.Contains(interaction.Publication)) CollectionsMarshal.GetValueRefOrAddDefault(logged, (interaction.Publication, interaction.Kind), out _)++;
        }

        return logged;
    }
}
