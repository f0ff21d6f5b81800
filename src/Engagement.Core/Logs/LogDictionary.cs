namespace Engagement.Core.Logs;

/// <summary>What the index columns of a log point to, and the channel of each publication.</summary>
internal sealed class LogDictionary
{
    private readonly ValueList<ChannelId> _channels;
    private readonly ValueList<PublicationId> _publications;
    private readonly ValueList<ActorId> _actors;
    private readonly int[] _channelOfPublication;

    public LogDictionary(IEnumerable<ChannelId> channels)
        : this(new ValueList<ChannelId>(Given(channels)), ValueList<PublicationId>.Empty, ValueList<ActorId>.Empty, []) => RequireEachOnce(_channels, nameof(channels), "channel");

    private LogDictionary(ValueList<ChannelId> channels, ValueList<PublicationId> publications, ValueList<ActorId> actors, int[] channelOfPublication) =>
        (_channels, _publications, _actors, _channelOfPublication) = (channels, publications, actors, channelOfPublication);

    public IReadOnlyList<ChannelId> Channels => _channels;

    public IReadOnlyList<PublicationId> Publications => _publications;

    public IReadOnlyList<ActorId> Actors => _actors;

    /// <summary>The channel index of each publication; none for one that no row belongs to.</summary>
    public ReadOnlySpan<int> ChannelOfPublication => _channelOfPublication;

    public static ArgumentException TwoChannels(string parameter, PublicationId publication, ChannelId first, ChannelId second, long? row = null) =>
        new(FormattableString.Invariant($"{parameter}: publication {Guard.Text(publication.Value)} stands with channel {Guard.Text(first.Value)} and{(row is { } number ? $", in row {number}," : "")} with channel {Guard.Text(second.Value)}, and a publication has one channel: correct the rows, or give the publications ids of their own."), parameter);

    public LogDictionary With(IEnumerable<PublicationId> publications, int[] channelOfPublication)
    {
        ValueList<PublicationId> list = publications as ValueList<PublicationId> ?? new(publications);
        if (!ReferenceEquals(list, _publications)) RequireEachOnce(list, nameof(publications), "publication");
        return new(_channels, list, _actors, channelOfPublication);
    }

    public LogDictionary With(IEnumerable<ActorId> actors)
    {
        ValueList<ActorId> list = new(actors);
        RequireEachOnce(list, nameof(actors), "actor");
        return new(_channels, _publications, list, _channelOfPublication);
    }

    /// <summary>A dictionary whose lists are known to hold each entry once.</summary>
    public static LogDictionary Of(IEnumerable<ChannelId> channels, IEnumerable<PublicationId> publications, IEnumerable<ActorId> actors, int[] channelOfPublication) => new(new(channels), new(publications), new(actors), channelOfPublication);

    /// <summary>Which of the lists differs from another dictionary's; null when none does.</summary>
    public string? DifferenceTo(LogDictionary other) =>
        !_channels.Equals(other._channels) ? "channels" : !_publications.Equals(other._publications) ? "publications" : !_actors.Equals(other._actors) ? "actors" : null;

    private static IEnumerable<ChannelId> Given(IEnumerable<ChannelId> channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        return channels;
    }

    private static void RequireEachOnce<T>(IReadOnlyList<T> list, string parameter, string noun)
        where T : struct
    {
        var seen = new Dictionary<T, int>(list.Count);
        for (int index = 0; index < list.Count; index++)
        {
            if (EqualityComparer<T>.Default.Equals(list[index], default)) throw new ArgumentException(FormattableString.Invariant($"{parameter}: entry {index} is empty, and each must be an identifier: leave out what is none."), parameter);
            if (!seen.TryAdd(list[index], index)) throw new ArgumentException(FormattableString.Invariant($"{parameter} hold the {noun} {Guard.Text(list[index].ToString())} twice, at {seen[list[index]]} and {index}: name each once."), parameter);
        }
    }
}
