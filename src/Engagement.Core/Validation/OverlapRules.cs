using NodaTime;

namespace Engagement.Core;

/// <summary>ENG0321 to ENG0329: overlaps of audiences.</summary>
internal static class OverlapRules
{
    private const string List = nameof(Portfolio.Overlaps);

    // Beyond this many overlaps of one moment (200 channels, each with each) their triangles are too many to look at.
    private const int MostForTriangles = 20_000;

    public static void Check(Portfolio portfolio, FindingCollector findings)
    {
        Dictionary<ChannelId, Channel> channels = RuleTools.ChannelsById(portfolio);
        var seen = new HashSet<(ChannelId, ChannelId, Instant)>();
        for (int index = 0; index < portfolio.Overlaps.Count; index++)
        {
            AudienceOverlap overlap = portfolio.Overlaps[index];
            Channel? channel = RuleTools.Find(channels, overlap.Channel, At(index, nameof(AudienceOverlap.Channel)), "ENG0321", findings);
            Channel? other = RuleTools.Find(channels, overlap.Other, At(index, nameof(AudienceOverlap.Other)), "ENG0321", findings);
            if (overlap.Channel == overlap.Other)
            {
                findings.Error("ENG0322", At(index, nameof(AudienceOverlap.Other)), overlap.Other.Value, "must be another channel: an audience shares all of itself with itself", "name the other channel");
                continue;
            }

            if (!seen.Add((First(overlap), Second(overlap), overlap.AsOf)))
            {
                findings.Warning("ENG0327", At(index, nameof(AudienceOverlap.AsOf)), overlap.AsOf, $"is the moment of another overlap of {overlap.Channel} and {overlap.Other}, and the last one given counts", "keep one overlap of two channels for each moment");
            }

            CheckInShared(overlap.Members, overlap, index, nameof(AudienceOverlap.Members), findings);
            CheckInShared(overlap.InTarget, overlap, index, nameof(AudienceOverlap.InTarget), findings);
            if (channel is not null && other is not null) CheckAudiences(portfolio, overlap, channel, other, index, findings);
        }

        CheckTriangles(portfolio, findings);
    }

    private static FactPlace At(int index, string property) => RuleTools.At(List, index, property);

    private static ChannelId First(AudienceOverlap overlap) => overlap.Channel < overlap.Other ? overlap.Channel : overlap.Other;

    private static ChannelId Second(AudienceOverlap overlap) => overlap.Channel < overlap.Other ? overlap.Other : overlap.Channel;

    /// <summary>The audience as of the overlap, or the first known one where that is later.</summary>
    private static AudienceSnapshot? AudienceAt(Portfolio portfolio, ChannelId channel, Instant moment) =>
        portfolio.AudienceOf(channel).AsOf(moment) ?? (portfolio.AudienceOf(channel).Snapshots is [var first, ..] ? first : null);

    private static void CheckInShared(Count part, AudienceOverlap overlap, int index, string property, FindingCollector findings)
    {
        if (RuleTools.Exceeds(part, overlap.Shared)) findings.Error("ENG0324", At(index, property), part, $"must not exceed the overlap ({overlap.Shared}) that it is a part of", "mend one of the two counts");
    }

    private static void CheckAudiences(Portfolio portfolio, AudienceOverlap overlap, Channel channel, Channel other, int index, FindingCollector findings)
    {
        AudienceSnapshot? left = AudienceAt(portfolio, channel.Id, overlap.AsOf);
        AudienceSnapshot? right = AudienceAt(portfolio, other.Id, overlap.AsOf);
        foreach (AudienceSnapshot audience in new[] { left, right }.OfType<AudienceSnapshot>())
        {
            CheckInPart(overlap.Shared, audience.Size, $"the audience of {audience.Channel}", index, nameof(AudienceOverlap.Shared), findings);
            CheckInPart(overlap.Members, audience.Members, $"the members in the audience of {audience.Channel}", index, nameof(AudienceOverlap.Members), findings);
            CheckInPart(overlap.InTarget, audience.InTarget, $"the target members in the audience of {audience.Channel}", index, nameof(AudienceOverlap.InTarget), findings);
        }

        if (left is not null && right is not null && left.Unit != right.Unit)
        {
            findings.Warning("ENG0328", At(index, nameof(AudienceOverlap.Shared)), overlap.Shared, $"is not used: {channel.Id} counts {left.Unit} and {other.Id} counts {right.Unit}, which share nothing", "count both audiences in one unit");
            return;
        }

        if (overlap.InTarget.HasValue && (channel.TargetUniverse.IsNone || channel.TargetUniverse != other.TargetUniverse))
        {
            findings.Warning("ENG0329", At(index, nameof(AudienceOverlap.InTarget)), overlap.InTarget, $"says nothing, because {channel.Id} and {other.Id} have no target universe in common", "name the same target universe for both channels, or leave the cell empty");
        }

        if (left is null || right is null || portfolio.Members is not { } members || members.Unit != left.Unit || members.AsOf(overlap.AsOf) is not { Size.Upper: { } most } size || overlap.Members.Upper is not { } shared) return;
        if ((Int128)(left.Members.Lower ?? 0) + (right.Members.Lower ?? 0) - shared > most)
        {
            findings.Error("ENG0326", At(index, nameof(AudienceOverlap.Members)), overlap.Members, $"is too few: {left.Members} members in {channel.Id} and {right.Members} in {other.Id} would be more than the {size.Size} members that there are", "mend one of the counts");
        }
    }

    private static void CheckInPart(Count part, Count whole, string name, int index, string property, FindingCollector findings)
    {
        if (RuleTools.Exceeds(part, whole)) findings.Error("ENG0323", At(index, property), part, $"must not exceed {name} ({whole}): an overlap is a part of both", "mend one of the two counts");
    }

    /// <summary>Who is in A and B and who is in B and C cannot all be different people if together they are more than B; those who are the same are in A and C.</summary>
    private static void CheckTriangles(Portfolio portfolio, FindingCollector findings)
    {
        foreach (var moment in portfolio.Overlaps.Select((overlap, index) => (Overlap: overlap, Index: index)).Where(entry => entry.Overlap.Channel != entry.Overlap.Other && entry.Overlap.Shared.HasValue).GroupBy(entry => entry.Overlap.AsOf))
        {
            var pairs = new Dictionary<(ChannelId, ChannelId), (AudienceOverlap Overlap, int Index)>();
            foreach (var entry in moment) pairs[(First(entry.Overlap), Second(entry.Overlap))] = entry;
            if (pairs.Count is < 3 or > MostForTriangles) continue;
            Dictionary<ChannelId, ChannelId[]> neighbours = pairs.Keys.SelectMany(pair => new[] { (From: pair.Item1, To: pair.Item2), (From: pair.Item2, To: pair.Item1) }).GroupBy(edge => edge.From).ToDictionary(group => group.Key, group => group.Select(edge => edge.To).Order().ToArray());
            foreach ((ChannelId middle, ChannelId[] others) in neighbours.OrderBy(entry => entry.Key))
            {
                if (AudienceAt(portfolio, middle, moment.Key)?.Size is not { Upper: { } most } size) continue;
                for (int left = 0; left < others.Length; left++)
                {
                    for (int right = left + 1; right < others.Length; right++)
                    {
                        if (!pairs.TryGetValue((others[left], others[right]), out var third) || third.Overlap.Shared.Upper is not { } outer) continue;
                        Count one = Pair(middle, others[left]).Shared;
                        Count two = Pair(middle, others[right]).Shared;
                        Int128 least = (Int128)one.Lower!.Value + two.Lower!.Value - most;
                        if (least <= outer) continue;
                        findings.Error("ENG0325", At(third.Index, nameof(AudienceOverlap.Shared)), third.Overlap.Shared, $"is too few: {middle} ({size}) shares {one} with {others[left]} and {two} with {others[right]}, so at least {Guard.Text(least)} must be in both of these", "mend one of the three overlaps, or the audience");
                    }
                }
            }

            AudienceOverlap Pair(ChannelId one, ChannelId two) => pairs[one < two ? (one, two) : (two, one)].Overlap;
        }
    }
}
