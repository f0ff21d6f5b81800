using NodaTime;

namespace Engagement.Core;

/// <summary>ENG03xx: audience snapshots.</summary>
internal static class AudienceRules
{
    private const string List = nameof(Portfolio.Audiences);

    public static void Check(Portfolio portfolio, FindingCollector findings)
    {
        Dictionary<ChannelId, Channel> channels = RuleTools.ChannelsById(portfolio);
        var newest = new Dictionary<ChannelId, AudienceSnapshot>();
        var seen = new HashSet<(ChannelId, Instant)>();
        Universe? members = portfolio.Members;
        var largest = new Dictionary<ChannelId, long>();
        Int128 all = 0;
        bool fits = true;
        for (int index = 0; index < portfolio.Audiences.Count; index++)
        {
            AudienceSnapshot snapshot = portfolio.Audiences[index];

            // Audiences are never summed over time, only over channels: the largest of each must fit.
            long grown = Math.Max(0, RuleTools.Most(snapshot.Size) - largest.GetValueOrDefault(snapshot.Channel));
            largest[snapshot.Channel] = largest.GetValueOrDefault(snapshot.Channel) + grown;
            all += grown;
            if (fits && all > long.MaxValue)
            {
                fits = false;
                findings.Error("ENG0313", At(index, nameof(AudienceSnapshot.Size)), snapshot.Size, "makes the sum over all channels exceed the largest number that can be counted with (9223372036854775807)", "look for a count that is too large");
            }

            if (RuleTools.Find(channels, snapshot.Channel, At(index, nameof(AudienceSnapshot.Channel)), "ENG0301", findings) is { } channel)
            {
                RuleTools.CheckLife(channel, snapshot.AsOf, portfolio.Organisation.TimeZone, At(index, nameof(AudienceSnapshot.AsOf)), "ENG0304", "ENG0305", lateIsError: false, findings);
                CheckTarget(portfolio, snapshot, channel, index, findings);
                CheckUniverse(snapshot, members, index, findings);
                if (portfolio.UniverseOf(channel.TargetUniverse) is { } target && target != members) CheckUniverse(snapshot, target, index, findings);
            }

            if (!seen.Add((snapshot.Channel, snapshot.AsOf)))
            {
                findings.Warning("ENG0302", At(index, nameof(AudienceSnapshot.AsOf)), snapshot.AsOf, $"is the moment of another snapshot of the channel {snapshot.Channel}, and the last one given counts", "keep one snapshot for each moment");
            }

            if (newest.TryGetValue(snapshot.Channel, out AudienceSnapshot? before))
            {
                if (snapshot.AsOf < before.AsOf) findings.Warning("ENG0303", At(index, nameof(AudienceSnapshot.AsOf)), snapshot.AsOf, $"lies before the snapshot above it ({before.AsOf}); order does not matter to a figure, but may be a slip", "put the snapshots of a channel in order of time");
                if (snapshot.Unit != before.Unit) findings.Error("ENG0312", At(index, nameof(AudienceSnapshot.Unit)), snapshot.Unit, $"must be the unit of the channel's other snapshots ({before.Unit}): a series of two units cannot be compared", "use one unit for each channel");
            }

            newest[snapshot.Channel] = snapshot;
            CheckPart(snapshot.Members, snapshot, index, nameof(AudienceSnapshot.Members), "ENG0307", findings);
            CheckPart(snapshot.InTarget, snapshot, index, nameof(AudienceSnapshot.InTarget), "ENG0308", findings);
            if (members is not null && members.Unit == snapshot.Unit) CheckWhole(snapshot.Members, members, snapshot, index, nameof(AudienceSnapshot.Members), "ENG0309", findings);
        }
    }

    private static FactPlace At(int index, string property) => RuleTools.At(List, index, property);

    /// <summary>The universe's size as of the snapshot, or its first known one where that is later.</summary>
    private static UniverseSize? SizeAt(Universe universe, AudienceSnapshot snapshot) => universe.AsOf(snapshot.AsOf) ?? (universe.Sizes.Count > 0 ? universe.Sizes[0] : null);

    private static void CheckPart(Count part, AudienceSnapshot snapshot, int index, string property, string code, FindingCollector findings)
    {
        if (RuleTools.Exceeds(part, snapshot.Size)) findings.Error(code, At(index, property), part, $"must not exceed the audience ({snapshot.Size}) that it is a part of", "mend one of the two counts");
    }

    private static void CheckWhole(Count part, Universe universe, AudienceSnapshot snapshot, int index, string property, string code, FindingCollector findings)
    {
        if (SizeAt(universe, snapshot) is { } known && RuleTools.Exceeds(part, known.Size))
        {
            findings.Error(code, At(index, property), part, $"must not exceed the universe {universe.Id} ({known.Size} of the same unit) that it is counted in", "mend one of the two counts");
        }
    }

    private static void CheckTarget(Portfolio portfolio, AudienceSnapshot snapshot, Channel channel, int index, FindingCollector findings)
    {
        if (!snapshot.InTarget.HasValue) return;
        if (channel.TargetUniverse.IsNone)
        {
            findings.Warning("ENG0311", At(index, nameof(AudienceSnapshot.InTarget)), snapshot.InTarget, $"says nothing, because the channel {channel.Id} has no target universe of its own", "name the target universe of the channel");
        }
        else if (portfolio.UniverseOf(channel.TargetUniverse) is { } target && target.Unit == snapshot.Unit)
        {
            CheckWhole(snapshot.InTarget, target, snapshot, index, nameof(AudienceSnapshot.InTarget), "ENG0310", findings);
        }
    }

    private static void CheckUniverse(AudienceSnapshot snapshot, Universe? universe, int index, FindingCollector findings)
    {
        if (universe is null || universe.Unit != snapshot.Unit || SizeAt(universe, snapshot) is not { } known || !RuleTools.Exceeds(snapshot.Size, known.Size)) return;
        findings.Warning("ENG0306", At(index, nameof(AudienceSnapshot.Size)), snapshot.Size, $"exceeds the universe {universe.Id} ({known.Size} of the same unit), so others than its members are in the audience", "check both counts");
    }
}
