namespace Engagement.Core.Logs;

/// <summary>Columns of equal length, and what was found out about them when they were checked. An empty optional column is an absent one.</summary>
internal sealed class LogChunk
{
    public static readonly int KindCount = Enum.GetValues<InteractionKind>().Length;
    public static readonly int RoleCount = Enum.GetValues<ActorRole>().Length;

    private LogChunk(ReadOnlyMemory<long> times, ReadOnlyMemory<int> channelIndexes, ReadOnlyMemory<byte> kinds, ReadOnlyMemory<byte> roles, ColumnFacts facts)
    {
        (Times, ChannelIndexes, Kinds, Roles) = (times, channelIndexes, kinds, roles);
        (IsOrdered, Earliest, Latest, KindsSeen, RolesSeen) = (facts.IsOrdered, facts.Earliest, facts.Latest, facts.KindsSeen, facts.RolesSeen);
    }

    public int Count => Times.Length;

    public ReadOnlyMemory<long> Times { get; }

    public ReadOnlyMemory<int> ChannelIndexes { get; }

    public ReadOnlyMemory<byte> Kinds { get; }

    public ReadOnlyMemory<byte> Roles { get; }

    public ReadOnlyMemory<int> Actors { get; private init; }

    public ReadOnlyMemory<int> Publications { get; private init; }

    public ReadOnlyMemory<int> Replies { get; private init; }

    /// <summary>The rows of this chunk that reply to more than <see cref="Replies"/> says, never falling: one for each further link.</summary>
    public ReadOnlyMemory<int> AlsoRows { get; private init; }

    /// <summary>What each of <see cref="AlsoRows"/> replies to, numbered as in <see cref="Replies"/>; never none.</summary>
    public ReadOnlyMemory<int> AlsoReplies { get; private init; }

    /// <summary>The row of the whole log that a reply to 0 means.</summary>
    public long FirstReplyRow { get; private init; }

    public bool IsOrdered { get; }

    public long Earliest { get; }

    public long Latest { get; }

    /// <summary>Bit k is set when kind k stands in a row.</summary>
    public uint KindsSeen { get; }

    /// <summary>Bit r is set when role r stands in a row.</summary>
    public uint RolesSeen { get; }

    public static LogChunk Of(int channels, ReadOnlyMemory<long> times, ReadOnlyMemory<int> channelIndexes, ReadOnlyMemory<byte> kinds, ReadOnlyMemory<byte> roles)
    {
        var facts = ColumnFacts.Of(times.Span, channelIndexes.Span, channels, kinds.Span, KindCount, roles.Span, RoleCount);
        if (facts.BadRow >= 0) throw BadRow(facts.BadRow, channels, channelIndexes.Span, kinds.Span, roles.Span);
        return new(times, channelIndexes, kinds, roles, roles.IsEmpty && times.Length > 0 ? facts with { RolesSeen = 1u << (int)ActorRole.Unknown } : facts);
    }

    public LogChunk WithActors(ReadOnlyMemory<int> actors) => new(this) { Actors = actors };

    public LogChunk WithPublications(ReadOnlyMemory<int> publications) => new(this) { Publications = publications };

    public LogChunk WithReplies(ReadOnlyMemory<int> replies) => new(this) { Replies = replies };

    public LogChunk WithAlsoReplies(ReadOnlyMemory<int> rows, ReadOnlyMemory<int> replies) => new(this) { AlsoRows = rows, AlsoReplies = replies };

    /// <summary>The same chunk in a log that has so many more rows before it.</summary>
    public LogChunk After(long rows) => (Replies.IsEmpty && AlsoRows.IsEmpty) || rows == 0 ? this : new(this) { FirstReplyRow = FirstReplyRow + rows };

    /// <summary>What a row replies to besides, numbered as in <see cref="Replies"/>.</summary>
    public ReadOnlySpan<int> AlsoRepliesOf(int row)
    {
        ReadOnlySpan<int> rows = AlsoRows.Span;
        int at = rows.BinarySearch(row);
        if (at < 0) return [];
        (int first, int end) = (at, at + 1);
        while (first > 0 && rows[first - 1] == row) first--;
        while (end < rows.Length && rows[end] == row) end++;
        return AlsoReplies.Span[first..end];
    }

    /// <summary>Checks a column of indexes from none (or another number below) up to, not including, a count.</summary>
    public static void CheckIndexes(ReadOnlySpan<int> indexes, int count, string parameter, string cure, int least = InteractionLog.None)
    {
        int row = ColumnFacts.FirstOutside(indexes, least, count);
        if (row >= 0) throw Guard.OutOfRange(parameter, indexes[row], FormattableString.Invariant($"in row {row} is out of range"), $"pass {cure}, or {nameof(InteractionLog)}.{nameof(InteractionLog.None)} for none");
    }

    private LogChunk(LogChunk other)
    {
        (Times, ChannelIndexes, Kinds, Roles) = (other.Times, other.ChannelIndexes, other.Kinds, other.Roles);
        (Actors, Publications, Replies, FirstReplyRow) = (other.Actors, other.Publications, other.Replies, other.FirstReplyRow);
        (AlsoRows, AlsoReplies) = (other.AlsoRows, other.AlsoReplies);
        (IsOrdered, Earliest, Latest, KindsSeen, RolesSeen) = (other.IsOrdered, other.Earliest, other.Latest, other.KindsSeen, other.RolesSeen);
    }

    private static ArgumentOutOfRangeException BadRow(int row, int channels, ReadOnlySpan<int> channelIndexes, ReadOnlySpan<byte> kinds, ReadOnlySpan<byte> roles)
    {
        if (channels == 0) return Guard.OutOfRange(nameof(channelIndexes), channelIndexes[row], FormattableString.Invariant($"in row {row} points to no channel, because none is given"), "name the channels");
        if (channelIndexes[row] < 0 || channelIndexes[row] >= channels) return Guard.OutOfRange(nameof(channelIndexes), channelIndexes[row], FormattableString.Invariant($"in row {row} must lie between 0 and {channels - 1}"), "pass an index into the channels, or name the channel among them");
        return kinds[row] == 0 || kinds[row] >= KindCount
            ? Guard.OutOfRange(nameof(kinds), kinds[row], FormattableString.Invariant($"in row {row} must lie between 1 and {KindCount - 1}"), $"pass the number of an {nameof(InteractionKind)}")
            : Guard.OutOfRange(nameof(roles), roles[row], FormattableString.Invariant($"in row {row} must lie between 1 and {RoleCount - 1}"), $"pass the number of an {nameof(ActorRole)}");
    }
}
