using Engagement.Core;
using Engagement.Core.Logs;

namespace Engagement.Storage;

/// <summary>Events of one chunk of a log, and the numbers that the store has for what their columns point to.</summary>
internal sealed class EventBlock
{
    /// <summary>The columns of the log's table, in the order in which all engines write them.</summary>
    public static readonly string[] Columns = ["org", "batch_no", "row_no", "at_ms", "channel_no", "kind", "role", "actor_no", "publication_no", "reply_row"];

    /// <summary>What stands for the row of something that is not in the log.</summary>
    public const int UnknownRow = -1;

    public required int Organisation { get; init; }

    public required long Batch { get; init; }

    /// <summary>The row in the batch of the chunk's first row.</summary>
    public required int FirstRow { get; init; }

    /// <summary>The rows in the batch that the log has, to which its events may reply.</summary>
    public required (int First, int End) LogRows { get; init; }

    /// <summary>Whether events have ids of their own, by which they reply: what is not in this log may be in the store.</summary>
    public required bool HasIds { get; init; }

    public required LogChunk Chunk { get; init; }

    public required int[] Channels { get; init; }

    public required int[] Publications { get; init; }

    /// <summary>Empty when actors' numbers stand for themselves.</summary>
    public required long[] Actors { get; init; }

    public int Count => Chunk.Count;

    public int Channel(int row) => Channels[Chunk.ChannelIndexes.Span[row]];

    public short Role(int row) => Chunk.Roles.IsEmpty ? (short)ActorRole.Unknown : Chunk.Roles.Span[row];

    public long? Actor(int row)
    {
        if (Chunk.Actors.IsEmpty || Chunk.Actors.Span[row] is InteractionLog.None) return null;
        int actor = Chunk.Actors.Span[row];
        return Actors.Length == 0 ? actor : Actors[actor];
    }

    public int? Publication(int row) => Chunk.Publications.IsEmpty || Chunk.Publications.Span[row] is InteractionLog.None ? null : Publications[Chunk.Publications.Span[row]];

    /// <summary>The row in the batch that an event replies to; null for none, and −1 for one that is not in its log.</summary>
    public int? ReplyRow(int row)
    {
        if (Chunk.Replies.IsEmpty || Chunk.Replies.Span[row] is InteractionLog.None) return null;
        if (Chunk.Replies.Span[row] is InteractionLog.UnknownReply) return HasIds ? null : UnknownRow;
        long reply = LogRows.First + Chunk.FirstReplyRow + Chunk.Replies.Span[row];
        return reply >= LogRows.First && reply < LogRows.End ? (int)reply : null;
    }
}
