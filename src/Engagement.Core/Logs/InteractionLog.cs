using NodaTime;

namespace Engagement.Core.Logs;

/// <summary>Interactions as columns: the same facts as <see cref="Interaction"/> objects, by the hundred million.</summary>
/// <remarks>
/// <para>
/// Immutable and safe to share between threads. A log is one or more chunks of equal columns: time (<c>long</c> milliseconds since the Unix epoch, UTC), channel (index into <see cref="Channels"/>), kind and role
/// (one byte each, the numbers of <see cref="InteractionKind"/> and <see cref="ActorRole"/>), and, where they are given, actor, publication and reply-to. A column that is absent takes no memory.
/// Where rows reply to several, each further link is a pair of rows beside the columns.
/// </para>
/// <para>
/// The memory stays the caller's and is not copied (it has Arrow's layout); it must not change afterwards. Each row is checked once, here. A roll-up of memory that was changed
/// against this rule writes nowhere but in its own tables; what it then counts may be wrong, or end in an error.
/// </para>
/// <para>No equality but that of the reference; no order. For single events, or with identifiers, use <see cref="Interaction"/>. The library knows no row beyond 2³¹ − 1 in one chunk; a log may have many.</para>
/// <example><c>InteractionLog.Of([page.Id], times, channels, kinds, roles).RollUp(LocalCalendar.Days(zone, LocalPeriod.Year(2014)))</c></example>
/// </remarks>
public sealed class InteractionLog
{
    /// <summary>What stands in a column of indexes where there is none: an actor that is not known, no publication, a reply to nothing.</summary>
    public const int None = -1;

    /// <summary>What stands in the column of replies where a row replies to something that is not in the log: such a link is not followed, and figures of dialogue count it in a caveat (ENG1201).</summary>
    public const int UnknownReply = -2;

    private readonly LogDictionary _dictionary;
    private readonly ValueList<LogChunk> _chunks;

    internal InteractionLog(LogDictionary dictionary, IEnumerable<LogChunk> chunks)
    {
        _dictionary = dictionary;
        _chunks = new(chunks);
        long last = long.MinValue;
        bool ordered = true;
        foreach (LogChunk chunk in _chunks)
        {
            Count = checked(Count + chunk.Count);
            if (chunk.Count == 0) continue;
            ordered &= chunk.IsOrdered && chunk.Earliest >= last;
            last = chunk.Latest;
        }

        IsTimeOrdered = ordered;
    }

    /// <summary>How many rows there are.</summary>
    public long Count { get; }

    /// <summary>Whether no row is earlier than the one before it.</summary>
    public bool IsTimeOrdered { get; }

    /// <summary>The channels that the channel column points to.</summary>
    public IReadOnlyList<ChannelId> Channels => _dictionary.Channels;

    /// <summary>The publications that the publication column points to; empty when there is no such column.</summary>
    public IReadOnlyList<PublicationId> Publications => _dictionary.Publications;

    /// <summary>The actors that the actor column points to; empty when there is no such column, or its numbers stand for themselves.</summary>
    public IReadOnlyList<ActorId> Actors => _dictionary.Actors;

    /// <summary>Whether any row says who did it.</summary>
    public bool HasActors => _chunks.Any(chunk => !chunk.Actors.IsEmpty);

    /// <summary>Whether any row says which publication it belongs to.</summary>
    public bool HasPublications => _chunks.Any(chunk => !chunk.Publications.IsEmpty);

    /// <summary>Whether any row says which row it replies to.</summary>
    public bool HasReplies => _chunks.Any(chunk => !chunk.Replies.IsEmpty);

    /// <summary>Whether any row replies to several.</summary>
    public bool HasAlsoReplyTo => _chunks.Any(chunk => !chunk.AlsoRows.IsEmpty);

    /// <summary>The chunks, in order; each is a log of its own, with the same channels, publications and actors. A reply to a row of another chunk is there a reply to none.</summary>
    public IReadOnlyList<InteractionLog> Chunks
    {
        get
        {
            if (_chunks.Count == 1) return [this];
            var logs = new List<InteractionLog>(_chunks.Count);
            long start = 0;
            foreach (LogChunk chunk in _chunks)
            {
                logs.Add(new(_dictionary, [chunk.After(-start)]));
                start += chunk.Count;
            }

            return new ValueList<InteractionLog>(logs);
        }
    }

    internal LogDictionary Dictionary => _dictionary;

    internal ReadOnlySpan<LogChunk> Columns => _chunks.Span;

    /// <summary>A log of one chunk over columns that the caller keeps.</summary>
    /// <param name="channels">The channels, each once.</param>
    /// <param name="times">When: milliseconds since 1970-01-01T00:00:00Z. An <see cref="Instant"/> is floored to them.</param>
    /// <param name="channelIndexes">Where: an index into <paramref name="channels"/> for each row.</param>
    /// <param name="kinds">What: the number of an <see cref="InteractionKind"/> for each row.</param>
    /// <param name="roles">Who the actor is to the organisation: the number of an <see cref="ActorRole"/> for each row; without any, every role is <see cref="ActorRole.Unknown"/>.</param>
    /// <returns>The log.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="channels"/> is null.</exception>
    /// <exception cref="ArgumentException">The columns differ in length, or a channel is given twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row's channel index, kind or role is out of range.</exception>
    public static InteractionLog Of(IEnumerable<ChannelId> channels, ReadOnlyMemory<long> times, ReadOnlyMemory<int> channelIndexes, ReadOnlyMemory<byte> kinds, ReadOnlyMemory<byte> roles = default)
    {
        var dictionary = new LogDictionary(channels);
        Guard.SameLength(times.Length, nameof(times), channelIndexes.Length, nameof(channelIndexes));
        Guard.SameLength(times.Length, nameof(times), kinds.Length, nameof(kinds));
        if (!roles.IsEmpty) Guard.SameLength(times.Length, nameof(times), roles.Length, nameof(roles));
        return new(dictionary, [LogChunk.Of(dictionary.Channels.Count, times, channelIndexes, kinds, roles)]);
    }

    /// <summary>A log of interactions; times are floored to milliseconds.</summary>
    /// <param name="interactions">The interactions, in the order of the rows.</param>
    /// <returns>
    /// The log: a row for each interaction. Its identifier is not kept; what replies to it keeps its row, of one that replies to several every one. A reply to nothing but interactions that are not among them is a <see cref="UnknownReply"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="interactions"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">An identifier is given twice, or a publication stands with two channels.</exception>
    public static InteractionLog From(IEnumerable<Interaction> interactions)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        Interaction[] all = [.. interactions];
        var rows = new Dictionary<InteractionId, int>(all.Length);
        for (int row = 0; row < all.Length; row++)
        {
            ArgumentNullException.ThrowIfNull(all[row], nameof(interactions));
            if (!rows.TryAdd(all[row].Id, row)) throw new ArgumentException($"interactions hold the id {Guard.Text(all[row].Id.Value)} twice, in rows {rows[all[row].Id]} and {row}: give each interaction an id of its own.", nameof(interactions));
        }

        var builder = new InteractionLogBuilder();
        foreach (Interaction one in all)
        {
            int replyTo = one.ReplyTo.IsNone ? None : rows.GetValueOrDefault(one.ReplyTo, UnknownReply);
            int[]? also = null;
            if (one.AlsoReplyTo.Count > 0 && (int[])[.. one.Parents.Select(parent => rows.GetValueOrDefault(parent, None)).Where(row => row != None)] is var parents) (replyTo, also) = parents is [var first, .. var others] ? (first, others) : (UnknownReply, []);
            builder.Add(one.Channel, one.Kind, one.At, one.Role, one.Actor, one.Publication, replyTo, also);
        }

        return builder.Build();
    }

    /// <summary>One log after the other, as chunks of one log; nothing is copied. A reply stays one to the row that it was to.</summary>
    /// <param name="logs">Logs with the same channels, publications and actors, in the same order; at least one.</param>
    /// <returns>A log of all their chunks.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="logs"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">There is no log, or the logs' channels, publications or actors differ.</exception>
    public static InteractionLog Concat(IEnumerable<InteractionLog> logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        InteractionLog[] all = [.. logs];
        if (all.Length == 0) throw new ArgumentException("logs (0 values) must hold a log: pass the chunks.", nameof(logs));
        for (int index = 0; index < all.Length; index++)
        {
            ArgumentNullException.ThrowIfNull(all[index], nameof(logs));
            if (all[0]._dictionary.DifferenceTo(all[index]._dictionary) is { } difference)
            {
                throw new ArgumentException(FormattableString.Invariant($"logs: log {index} and log 0 differ in their {difference}: make them over the same {difference}, or roll each up and merge the roll-ups."), nameof(logs));
            }
        }

        // A publication has one channel in the whole log, not only in each part.
        int[]? owners = all.Any(log => log.HasPublications) ? Enumerable.Repeat(None, all[0].Publications.Count).ToArray() : null;
        LogDictionary dictionary = all[0]._dictionary;
        if (owners is not null)
        {
            foreach (InteractionLog log in all.Where(log => log.HasPublications))
            {
                ReadOnlySpan<int> part = log._dictionary.ChannelOfPublication;
                for (int publication = 0; publication < owners.Length; publication++)
                {
                    if (part[publication] == None) continue;
                    if (owners[publication] == None) owners[publication] = part[publication];
                    else if (owners[publication] != part[publication]) throw LogDictionary.TwoChannels(nameof(logs), log.Publications[publication], log.Channels[owners[publication]], log.Channels[part[publication]]);
                }
            }

            dictionary = dictionary.With(dictionary.Publications, owners);
        }

        var chunks = new List<LogChunk>();
        long start = 0;
        foreach (InteractionLog log in all)
        {
            chunks.AddRange(log._chunks.Select(chunk => chunk.After(start)));
            start = checked(start + log.Count);
        }

        return new(dictionary, chunks);
    }

    /// <summary>The same log with actors; only for a log of one chunk.</summary>
    /// <param name="actorIndexes">Who: a number for each row that stands for one actor; <see cref="None"/> where not known.</param>
    /// <param name="actors">The actors that the numbers point to; without them, the numbers stand for themselves.</param>
    /// <returns>A new log over the same memory.</returns>
    /// <exception cref="ArgumentException">The column's length is not that of the log, or an actor is given twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row's number is below <see cref="None"/> or beyond the actors.</exception>
    /// <exception cref="InvalidOperationException">The log has several chunks.</exception>
    public InteractionLog WithActors(ReadOnlyMemory<int> actorIndexes, IEnumerable<ActorId>? actors = null)
    {
        LogChunk chunk = OnlyChunk(actorIndexes.Length, nameof(actorIndexes));
        LogDictionary dictionary = _dictionary.With(actors ?? []);
        int count = actors is null ? int.MaxValue : dictionary.Actors.Count;
        LogChunk.CheckIndexes(actorIndexes.Span, count, nameof(actorIndexes), actors is null ? "a number of 0 or more" : FormattableString.Invariant($"an index below {count}"));
        return new(dictionary, [chunk.WithActors(actorIndexes)]);
    }

    /// <summary>The same log with publications; only for a log of one chunk.</summary>
    /// <param name="publicationIndexes">The publication that each row belongs to: an index into <paramref name="publications"/>; <see cref="None"/> where to none.</param>
    /// <param name="publications">The publications, each once.</param>
    /// <returns>A new log over the same memory.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="publications"/> is null.</exception>
    /// <exception cref="ArgumentException">The column's length is not that of the log, a publication is given twice, or stands with two channels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row's index is out of range.</exception>
    /// <exception cref="InvalidOperationException">The log has several chunks.</exception>
    public InteractionLog WithPublications(ReadOnlyMemory<int> publicationIndexes, IEnumerable<PublicationId> publications)
    {
        ArgumentNullException.ThrowIfNull(publications);
        LogChunk chunk = OnlyChunk(publicationIndexes.Length, nameof(publicationIndexes));
        LogDictionary dictionary = _dictionary.With(publications, []);
        int count = dictionary.Publications.Count;
        LogChunk.CheckIndexes(publicationIndexes.Span, count, nameof(publicationIndexes), FormattableString.Invariant($"an index below {count}"));
        int[] owners = new int[count];
        Array.Fill(owners, None);
        ReadOnlySpan<int> indexes = publicationIndexes.Span;
        ReadOnlySpan<int> channels = chunk.ChannelIndexes.Span;
        for (int row = 0; row < indexes.Length; row++)
        {
            if (indexes[row] == None) continue;
            ref int owner = ref owners[indexes[row]];
            if (owner == None) owner = channels[row];
            else if (owner != channels[row]) throw LogDictionary.TwoChannels(nameof(publicationIndexes), dictionary.Publications[indexes[row]], Channels[owner], Channels[channels[row]], row);
        }

        return new(dictionary.With(dictionary.Publications, owners), [chunk.WithPublications(publicationIndexes)]);
    }

    /// <summary>The same log with replies; only for a log of one chunk.</summary>
    /// <param name="replyTo">The row that each row replies to; <see cref="None"/> where to nothing, <see cref="UnknownReply"/> where to something that is not in the log.</param>
    /// <returns>A new log over the same memory.</returns>
    /// <exception cref="ArgumentException">The column's length is not that of the log.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row's number is below <see cref="UnknownReply"/> or beyond the log.</exception>
    /// <exception cref="InvalidOperationException">The log has several chunks.</exception>
    public InteractionLog WithReplies(ReadOnlyMemory<int> replyTo)
    {
        LogChunk chunk = OnlyChunk(replyTo.Length, nameof(replyTo));
        LogChunk.CheckIndexes(replyTo.Span, chunk.Count, nameof(replyTo), FormattableString.Invariant($"a row below {chunk.Count}"), UnknownReply);
        return new(_dictionary, [chunk.WithReplies(replyTo)]);
    }

    /// <summary>The same log with further replies, where rows reply to several; only for a log of one chunk.</summary>
    /// <param name="rows">The row that replies, one for each further link, never falling.</param>
    /// <param name="replyTo">The row that it replies to besides what <see cref="WithReplies"/> says.</param>
    /// <returns>A new log over the same memory.</returns>
    /// <exception cref="ArgumentException">The two columns differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or beyond the log, or <paramref name="rows"/> falls.</exception>
    /// <exception cref="InvalidOperationException">The log has several chunks.</exception>
    /// <example><c>log.WithReplies(new[] { -1, -1, 0 }).WithAlsoReplyTo(new[] { 2 }, new[] { 1 })</c> is a log whose row 2 replies to rows 0 and 1.</example>
    public InteractionLog WithAlsoReplyTo(ReadOnlyMemory<int> rows, ReadOnlyMemory<int> replyTo)
    {
        Guard.SameLength(rows.Length, nameof(rows), replyTo.Length, nameof(replyTo));
        LogChunk chunk = OnlyChunk(nameof(rows));
        int last = 0;
        for (int link = 0; link < rows.Length; link++)
        {
            (int row, int replied) = (rows.Span[link], replyTo.Span[link]);
            if (row < last || row >= chunk.Count) throw Guard.OutOfRange(nameof(rows), row, FormattableString.Invariant($"at {link} must lie between {last} and {chunk.Count - 1}"), "pass rows of the log in their order");
            if (replied < 0 || replied >= chunk.Count) throw Guard.OutOfRange(nameof(replyTo), replied, FormattableString.Invariant($"at {link} must lie between 0 and {chunk.Count - 1}"), "pass a row of the log");
            last = row;
        }

        return new(_dictionary, [chunk.WithAlsoReplies(rows, replyTo)]);
    }

    /// <summary>Counts per channel, local period, kind and role; see <see cref="Logs.RollUp.Of(InteractionLog, LocalCalendar, RollUpOptions?, CancellationToken)"/>.</summary>
    /// <param name="calendar">The periods.</param>
    /// <param name="options">What to count and how; the default leaves out the organisation and bots.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it is left.</param>
    /// <returns>The roll-up.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="calendar"/> is null.</exception>
    /// <exception cref="ArgumentException">A row lies outside the calendar.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public RollUp RollUp(LocalCalendar calendar, RollUpOptions? options = null, CancellationToken cancellationToken = default) => Logs.RollUp.Of(this, calendar, options, cancellationToken);

    /// <summary>The rows as objects, one at a time.</summary>
    /// <returns>
    /// An interaction for each row, whose identifier is the number of the row (<c>0</c>, <c>1</c> …). An actor without an entry in <see cref="Actors"/> bears its number. What replies to something that is not in the log replies to <c>-1</c>.
    /// </returns>
    /// <exception cref="InvalidOperationException">A row's time lies outside the years −9998 to 9999, which no <see cref="Instant"/> does; thrown when that row is asked for.</exception>
    public IEnumerable<Interaction> ToInteractions()
    {
        long start = 0;
        foreach (LogChunk chunk in _chunks)
        {
            for (int row = 0; row < chunk.Count; row++) yield return At(chunk, row, start + row);
            start += chunk.Count;
        }
    }

    /// <summary>How many rows, chunks and channels, and whether the rows are in the order of time.</summary>
    /// <returns>For example <c>1000 interactions on 50 channels, in the order of time</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Count} interactions on {Channels.Count} channels, {(IsTimeOrdered ? "in the order of time" : "not in the order of time")}");

    /// <summary>The first moment that an <see cref="Instant"/> can be.</summary>
    internal static long Earliest => Instant.MinValue.ToUnixTimeMilliseconds();

    /// <summary>The last millisecond that an <see cref="Instant"/> can be in.</summary>
    internal static long Latest => Instant.MaxValue.ToUnixTimeMilliseconds();

    internal static InvalidOperationException NoMoment(long time, long row) => new(FormattableString.Invariant($"times ({time} ms) in row {row} must lie in the years -9998 to 9999 to be an interaction's: correct the row."));

    private static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Interaction At(LogChunk chunk, int row, long number)
    {
        int actor = chunk.Actors.IsEmpty ? None : chunk.Actors.Span[row];
        int publication = chunk.Publications.IsEmpty ? None : chunk.Publications.Span[row];
        int replyTo = chunk.Replies.IsEmpty ? None : chunk.Replies.Span[row];
        var role = chunk.Roles.IsEmpty ? ActorRole.Unknown : (ActorRole)chunk.Roles.Span[row];
        long time = chunk.Times.Span[row];
        if (time < Earliest || time > Latest) throw NoMoment(time, number);
        return new Interaction(Number(number), Channels[chunk.ChannelIndexes.Span[row]], (InteractionKind)chunk.Kinds.Span[row], Instant.FromUnixTimeMilliseconds(time), role)
        {
            Actor = actor == None ? default : Actors.Count == 0 ? new ActorId(Number(actor)) : Actors[actor],
            Publication = publication == None ? default : Publications[publication],
            ReplyTo = RowReplied(chunk, replyTo) is { } replied ? new InteractionId(Number(replied)) : replyTo == UnknownReply ? new InteractionId(Number(None)) : default,
            AlsoReplyTo = chunk.AlsoRows.IsEmpty ? [] : [.. RowsAlsoReplied(chunk, row).Select(also => new InteractionId(Number(also)))],
        };
    }

    /// <summary>The row of the whole log that a chunk's reply means; null for none, and in a chunk that was taken out of a log for a row of another.</summary>
    internal long? RowReplied(LogChunk chunk, int replyTo) => replyTo >= 0 && chunk.FirstReplyRow + replyTo is >= 0 and var row && row < Count ? row : null;

    /// <summary>The further rows of the whole log that a chunk's row replies to.</summary>
    internal List<long> RowsAlsoReplied(LogChunk chunk, int row)
    {
        var rows = new List<long>();
        foreach (int reply in chunk.AlsoRepliesOf(row))
        {
            if (RowReplied(chunk, reply) is { } replied) rows.Add(replied);
        }

        return rows;
    }

    private LogChunk OnlyChunk(string column) =>
        _chunks.Count == 1 ? _chunks[0] : throw new InvalidOperationException(FormattableString.Invariant($"{column} is for a log of one chunk, and this one has {_chunks.Count}: add the column to each chunk, then join them by {nameof(Concat)}."));

    private LogChunk OnlyChunk(int length, string column)
    {
        LogChunk chunk = OnlyChunk(column);
        Guard.SameLength(chunk.Count, "the log", length, column);
        return chunk;
    }
}
