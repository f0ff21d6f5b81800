namespace Engagement.Core;

/// <summary>ENG05xx: interactions.</summary>
internal static class InteractionRules
{
    private const string List = nameof(Portfolio.Interactions);

    public static void Check(Portfolio portfolio, FindingCollector findings)
    {
        IReadOnlyList<Interaction> interactions = portfolio.Interactions;
        Dictionary<ChannelId, Channel> channels = RuleTools.ChannelsById(portfolio);
        if (portfolio.Links.Twice is not null) RuleTools.CheckUnique(interactions, interaction => interaction.Id, List, "ENG0501", "interaction", findings);
        var publications = new Dictionary<PublicationId, Publication>();
        foreach (Publication publication in portfolio.Publications) publications.TryAdd(publication.Id, publication);

        bool mayCircle = false;
        for (int index = 0; index < interactions.Count; index++)
        {
            Interaction interaction = interactions[index];
            if (RuleTools.Find(channels, interaction.Channel, At(index, nameof(Interaction.Channel)), "ENG0502", findings) is { } channel)
            {
                RuleTools.CheckLife(channel, interaction.At, portfolio.Organisation.TimeZone, At(index, nameof(Interaction.At)), "ENG0505", "ENG0506", lateIsError: true, findings);
            }

            if (!interaction.Publication.IsNone) CheckPublication(interaction, index, publications, findings);
            if (portfolio.Links[index, 0] == ReplyLinks.None) continue;
            int link = 0;
            foreach (InteractionId replyTo in interaction.Parents)
            {
                int parent = portfolio.Links[index, link++];
                CheckReply(interaction, replyTo, index, interactions, parent, findings);
                mayCircle |= parent > index;
            }
        }

        // Links that all lead up the list never come back.
        if (mayCircle) CheckCycles(interactions, portfolio.Links, findings);
    }

    private static FactPlace At(int index, string property) => RuleTools.At(List, index, property);

    private static void CheckPublication(Interaction interaction, int index, Dictionary<PublicationId, Publication> publications, FindingCollector findings)
    {
        FactPlace place = At(index, nameof(Interaction.Publication));
        if (!publications.TryGetValue(interaction.Publication, out Publication? publication))
        {
            findings.Error("ENG0503", place, interaction.Publication.Value, "must be the id of a publication", "add the publication, mend the id, or leave it empty");
        }
        else if (publication.Channel != interaction.Channel)
        {
            findings.Error("ENG0504", place, interaction.Publication.Value, $"must be a publication of the interaction's own channel {interaction.Channel}, and is of {publication.Channel}", "mend the channel or the publication");
        }
        else if (interaction.At < publication.PublishedAt)
        {
            findings.Warning("ENG0510", At(index, nameof(Interaction.At)), interaction.At, $"lies before its publication {publication.Id} appeared ({publication.PublishedAt})", "check both times and their zones");
        }
    }

    private static void CheckReply(Interaction interaction, InteractionId replyTo, int index, IReadOnlyList<Interaction> interactions, int parent, FindingCollector findings)
    {
        FactPlace place = At(index, nameof(Interaction.ReplyTo));
        if (replyTo == interaction.Id)
        {
            findings.Error("ENG0508", place, replyTo.Value, "must not be the interaction's own id: nothing replies to itself", "name what it replies to, or leave it empty");
        }
        else if (parent < 0)
        {
            // No error: what people reply to is often older than what was exported or kept, and figures tell such links by ENG1201.
            findings.Warning("ENG0507", place, replyTo.Value, "is the id of no interaction: the link is not followed", "add the interaction, or mend the id");
        }
        else if (interactions[parent].Channel != interaction.Channel)
        {
            findings.Warning("ENG0512", place, replyTo.Value, $"is on another channel ({interactions[parent].Channel}) than its reply ({interaction.Channel})", "check both channels");
        }
        else if (interaction.At < interactions[parent].At)
        {
            findings.Warning("ENG0511", At(index, nameof(Interaction.At)), interaction.At, $"lies before what it replies to ({interactions[parent].At})", "check both times and their zones");
        }
    }

    /// <summary>Follows every reply link once; a link back into the walk that is under way closes a cycle.</summary>
    private static void CheckCycles(IReadOnlyList<Interaction> interactions, ReplyLinks links, FindingCollector findings)
    {
        bool[] isDone = new bool[interactions.Count];
        bool[] isUnderWay = new bool[interactions.Count];
        var walk = new Stack<(int Index, int Link)>();
        for (int start = 0; start < interactions.Count; start++)
        {
            if (!isDone[start]) Enter(start);
            while (walk.TryPop(out (int Index, int Link) at))
            {
                if (at.Link == links.CountOf(at.Index))
                {
                    (isDone[at.Index], isUnderWay[at.Index]) = (true, false);
                    continue;
                }

                walk.Push((at.Index, at.Link + 1));

                // A reply to itself is reported as such, and one to an unknown interaction ends the walk.
                int parent = links[at.Index, at.Link];
                if (parent < 0 || isDone[parent]) continue;
                InteractionId id = interactions[at.Index].Id;
                InteractionId replyTo = interactions[parent].Id;
                if (replyTo == id) continue;
                if (!isUnderWay[parent]) Enter(parent);
                else findings.Error("ENG0509", At(at.Index, nameof(Interaction.ReplyTo)), replyTo.Value, $"closes a cycle: {id} replies to {replyTo}, which replies, in the end, to {id}", "mend one of the reply links");
            }
        }

        void Enter(int index)
        {
            isUnderWay[index] = true;
            walk.Push((index, 0));
        }
    }
}
