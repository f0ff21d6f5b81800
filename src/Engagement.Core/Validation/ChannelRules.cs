using NodaTime.Text;

namespace Engagement.Core;

/// <summary>ENG02xx: channels.</summary>
internal static class ChannelRules
{
    public static void Check(Portfolio portfolio, FindingCollector findings)
    {
        const string List = nameof(Portfolio.Channels);
        if (portfolio.Channels.Count == 0) findings.Error("ENG0204", List, "no channel", "is not enough: figures are of channels", "add a channel");
        RuleTools.CheckUnique(portfolio.Channels, channel => channel.Id, List, "ENG0201", "channel", findings);
        for (int index = 0; index < portfolio.Channels.Count; index++)
        {
            Channel channel = portfolio.Channels[index];
            if (channel.Closed < channel.Opened)
            {
                findings.Error("ENG0202", RuleTools.At(List, index, nameof(Channel.Closed)), LocalDatePattern.Iso.Format(channel.Closed.Value), $"must not lie before the opening day {LocalDatePattern.Iso.Format(channel.Opened.Value)}", "mend one of the two days");
            }

            if (!channel.TargetUniverse.IsNone && portfolio.UniverseOf(channel.TargetUniverse) is null)
            {
                findings.Error("ENG0203", RuleTools.At(List, index, nameof(Channel.TargetUniverse)), channel.TargetUniverse.Value, "must be the id of a universe", "add the universe to the organisation or mend the id");
            }
        }
    }
}
