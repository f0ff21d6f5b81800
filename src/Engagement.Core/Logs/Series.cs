namespace Engagement.Core.Logs;

/// <summary>What a roll-up counts for: a channel or, by publication, a channel's publication or its rows without one. Ordered by channel, then publication, ordinally.</summary>
internal readonly record struct Series(ChannelId Channel, PublicationId Publication)
{
    public static readonly Comparer<Series> Ordinal = Comparer<Series>.Create((left, right) => left.Channel.CompareTo(right.Channel) is not 0 and var order ? order : left.Publication.CompareTo(right.Publication));

    public override string ToString() => Publication.IsNone ? Channel.ToString() : $"{Channel} {Publication}";
}
