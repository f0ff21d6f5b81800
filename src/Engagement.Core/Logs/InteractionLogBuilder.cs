using NodaTime;

namespace Engagement.Core.Logs;

/// <summary>Collects interactions row by row for an <see cref="InteractionLog"/>. Not safe for use by several threads at once.</summary>
/// <remarks>
/// <para>Rows go into chunks of about a million; a column of which no row says anything is not made. For columns that exist already use <see cref="InteractionLog.Of"/>, which copies nothing.</para>
/// <example><c>new InteractionLogBuilder().Add(page.Id, InteractionKind.Like, at, ActorRole.Member).Build()</c></example>
/// </remarks>
public sealed class InteractionLogBuilder
{
    private const int ChunkRows = 1 << 20;

    private readonly Dictionary<ChannelId, int> _channels = [];
    private readonly Dictionary<PublicationId, int> _publications = [];
    private readonly Dictionary<ActorId, int> _actors = [];
    private readonly List<ChannelId> _channelsInOrder = [];
    private readonly List<int> _channelOfPublication = [];
    private readonly List<LogChunk> _chunks = [];
    private readonly List<long> _times = [];
    private readonly List<int> _channelIndexes = [];
    private readonly List<byte> _kinds = [];
    private readonly List<byte> _roles = [];
    private readonly List<int> _actorIndexes = [];
    private readonly List<int> _publicationIndexes = [];
    private readonly List<int> _replies = [];
    private readonly List<int> _alsoRows = [];
    private readonly List<int> _alsoReplies = [];

    /// <summary>How many rows were added.</summary>
    public long Count => ((long)_chunks.Count * ChunkRows) + _times.Count;

    /// <summary>Adds a row.</summary>
    /// <param name="channel">The channel that it happened on.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="at">When it happened; floored to milliseconds.</param>
    /// <param name="role">Who the actor is to the organisation.</param>
    /// <param name="actor">Who did it; <c>default</c> when not known.</param>
    /// <param name="publication">The publication that it belongs to; <c>default</c> when to none.</param>
    /// <param name="replyTo">The row that it replies to; <see cref="InteractionLog.None"/> when to nothing, <see cref="InteractionLog.UnknownReply"/> when to something that is not in the log.</param>
    /// <param name="alsoReplyTo">The other rows that it replies to, where to several; none by default.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The channel is empty, or the publication stands with another channel before.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The kind or the role is unspecified, or a row that it replies to is negative.</exception>
    public InteractionLogBuilder Add(ChannelId channel, InteractionKind kind, Instant at, ActorRole role, ActorId actor = default, PublicationId publication = default, int replyTo = InteractionLog.None, IReadOnlyList<int>? alsoReplyTo = null)
    {
        if (channel == default) throw new ArgumentException(FormattableString.Invariant($"channel in row {Count} is empty, and every interaction happens on one: name it."), nameof(channel));
        Guard.Known(kind);
        Guard.Known(role);
        if (replyTo < InteractionLog.UnknownReply) throw Guard.OutOfRange(nameof(replyTo), replyTo, "must be a row", $"pass its number, {nameof(InteractionLog)}.{nameof(InteractionLog.None)} for none, or {nameof(InteractionLog.UnknownReply)} for one that is not in the log");
        foreach (int also in alsoReplyTo ?? [])
        {
            if (also < 0) throw Guard.OutOfRange(nameof(alsoReplyTo), also, "must not be negative", "pass a row, or leave it out");
        }

        if (!publication.IsNone && _publications.TryGetValue(publication, out int known))
        {
            ChannelId before = _channelsInOrder[_channelOfPublication[known]];
            if (before != channel) throw LogDictionary.TwoChannels(nameof(publication), publication, before, channel, Count);
        }

        // What is refused was refused before anything is noted: a failed row leaves nothing behind.
        int channelIndex = IndexOf(_channels, channel);
        if (channelIndex == _channelsInOrder.Count) _channelsInOrder.Add(channel);
        int publicationIndex = publication.IsNone ? InteractionLog.None : IndexOf(_publications, publication);
        if (publicationIndex == _channelOfPublication.Count) _channelOfPublication.Add(channelIndex);
        _times.Add(at.ToUnixTimeMilliseconds());
        _channelIndexes.Add(channelIndex);
        _kinds.Add((byte)kind);
        _roles.Add((byte)role);
        AddOptional(_actorIndexes, actor.IsNone ? InteractionLog.None : IndexOf(_actors, actor));
        AddOptional(_publicationIndexes, publicationIndex);
        AddOptional(_replies, replyTo);
        foreach (int also in alsoReplyTo ?? [])
        {
            _alsoRows.Add(_times.Count - 1);
            _alsoReplies.Add(also);
        }

        if (_times.Count == ChunkRows) CloseChunk();
        return this;
    }

    /// <summary>The log of all that was added so far; the builder may go on.</summary>
    /// <returns>An immutable log.</returns>
    /// <exception cref="ArgumentException">A row replies to a row that was not added.</exception>
    public InteractionLog Build()
    {
        LogChunk[] chunks = _times.Count > 0 || _chunks.Count == 0 ? [.. _chunks, OpenChunk()] : [.. _chunks];
        long start = 0;
        foreach (LogChunk chunk in chunks)
        {
            int bad = chunk.Replies.IsEmpty ? -1 : ColumnFacts.FirstOutside(chunk.Replies.Span, InteractionLog.UnknownReply, (int)Math.Min(Count, int.MaxValue));
            if (bad >= 0) throw Beyond("replyTo", chunk.Replies.Span[bad], start + bad);
            bad = chunk.AlsoReplies.IsEmpty ? -1 : ColumnFacts.FirstOutside(chunk.AlsoReplies.Span, 0, (int)Math.Min(Count, int.MaxValue));
            if (bad >= 0) throw Beyond("alsoReplyTo", chunk.AlsoReplies.Span[bad], start + chunk.AlsoRows.Span[bad]);
            start += chunk.Count;
        }

        return new(LogDictionary.Of(_channelsInOrder, _publications.Keys, _actors.Keys, [.. _channelOfPublication]), chunks);

        ArgumentException Beyond(string parameter, int replied, long row) => new(FormattableString.Invariant($"{parameter} ({replied}) in row {row} must be a row of the log, which has {Count}: pass the number of the row that it replies to."));
    }

    private static int IndexOf<T>(Dictionary<T, int> indexes, T id)
        where T : notnull
    {
        if (!indexes.TryGetValue(id, out int index)) indexes.Add(id, index = indexes.Count);
        return index;
    }

    /// <summary>A column begins with the first row that has something to say; the rows before it say none.</summary>
    private void AddOptional(List<int> column, int index)
    {
        if (column.Count == 0 && index == InteractionLog.None) return;
        while (column.Count < _times.Count - 1) column.Add(InteractionLog.None);
        column.Add(index);
    }

    private LogChunk OpenChunk()
    {
        LogChunk chunk = LogChunk.Of(_channels.Count, _times.ToArray(), _channelIndexes.ToArray(), _kinds.ToArray(), _roles.ToArray());
        if (_actorIndexes.Count > 0) chunk = chunk.WithActors(_actorIndexes.ToArray());
        if (_publicationIndexes.Count > 0) chunk = chunk.WithPublications(_publicationIndexes.ToArray());
        if (_replies.Count > 0) chunk = chunk.WithReplies(_replies.ToArray());
        return _alsoRows.Count > 0 ? chunk.WithAlsoReplies(_alsoRows.ToArray(), _alsoReplies.ToArray()) : chunk;
    }

    private void CloseChunk()
    {
        _chunks.Add(OpenChunk());
        _times.Clear();
        _channelIndexes.Clear();
        _kinds.Clear();
        _roles.Clear();
        _actorIndexes.Clear();
        _publicationIndexes.Clear();
        _replies.Clear();
        _alsoRows.Clear();
        _alsoReplies.Clear();
    }
}
