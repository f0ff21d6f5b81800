using NodaTime;
using NodaTime.Text;

namespace Engagement.Core;

/// <summary>What the rules of several facts share.</summary>
internal static class RuleTools
{
    public static FactPlace At(string list, int index, string property) => new(list, index, property);

    /// <summary>The channels by id; of two with the same id the first one counts, and the channel rules report the second.</summary>
    public static Dictionary<ChannelId, Channel> ChannelsById(Portfolio portfolio)
    {
        var channels = new Dictionary<ChannelId, Channel>();
        foreach (Channel channel in portfolio.Channels) channels.TryAdd(channel.Id, channel);
        return channels;
    }

    /// <summary>Reports every id that stood before.</summary>
    public static void CheckUnique<TFact, TId>(IReadOnlyList<TFact> facts, Func<TFact, TId> idOf, string list, string code, string noun, FindingCollector findings)
        where TId : struct
    {
        var first = new Dictionary<TId, int>(facts.Count);
        for (int index = 0; index < facts.Count; index++)
        {
            TId id = idOf(facts[index]);
            if (!first.TryAdd(id, index)) findings.Error(code, At(list, index, "Id"), id.ToString()!, $"must be given once, and is the id of {list}[{Guard.Text(first[id])}] too", $"give each {noun} an id of its own");
        }
    }

    /// <summary>The channel of a fact; reports an unknown one.</summary>
    public static Channel? Find(Dictionary<ChannelId, Channel> channels, ChannelId id, FactPlace place, string code, FindingCollector findings)
    {
        if (channels.TryGetValue(id, out Channel? channel)) return channel;
        findings.Error(code, place, id.Value, "must be the id of a channel", channels.Count == 0 ? "add the channel" : $"add the channel or mend the id; known are {Some(channels.Keys.Select(known => known.Value))}");
        return null;
    }

    /// <summary>Reports a fact outside the life of its channel.</summary>
    public static void CheckLife(Channel channel, Instant moment, DateTimeZone zone, FactPlace place, string earlyCode, string lateCode, bool lateIsError, FindingCollector findings)
    {
        if (channel.Opened is null && channel.Closed is null) return;
        LocalDate date = moment.InZone(zone).Date;
        if (date < channel.Opened)
        {
            findings.Warning(earlyCode, place, LocalDatePattern.Iso.Format(date), $"should not lie before the channel {channel.Id} opened on {LocalDatePattern.Iso.Format(channel.Opened.Value)}", "mend the date or the channel's opening day");
        }
        else if (date > channel.Closed)
        {
            string rule = $"must not lie after the channel {channel.Id} closed on {LocalDatePattern.Iso.Format(channel.Closed.Value)}";
            const string Cure = "mend the date or the channel's closing day";
            if (lateIsError) findings.Error(lateCode, place, LocalDatePattern.Iso.Format(date), rule, Cure);
            else findings.Warning(lateCode, place, LocalDatePattern.Iso.Format(date), rule, Cure);
        }
    }

    /// <summary>The most that a count contributes to a sum.</summary>
    public static long Most(Count count) => count.Upper ?? count.Value ?? 0;

    /// <summary>Reports the first fact at which a sum over all facts exceeds what can be counted with; every later sum would fail.</summary>
    public static bool CheckSum(ref long sum, Count count, FactPlace place, string code, FindingCollector findings)
    {
        long part = Most(count);
        if (part <= long.MaxValue - sum)
        {
            sum += part;
            return true;
        }

        findings.Error(code, place, count, "makes the sum over all facts exceed the largest number that can be counted with (9223372036854775807)", "look for a count that is too large");
        return false;
    }

    /// <summary>Whether a part exceeds its whole, whatever the bounds leave open.</summary>
    public static bool Exceeds(Count part, Count whole) => part.Lower > whole.Upper;

    private static string Some(IEnumerable<string> names)
    {
        string[] first = [.. names.Take(6)];
        return first.Length > 5 ? string.Join(", ", first.Take(5)) + " …" : string.Join(", ", first);
    }
}
