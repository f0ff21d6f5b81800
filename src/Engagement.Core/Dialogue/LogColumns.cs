using Engagement.Core.Logs;

namespace Engagement.Core;

/// <summary>A log as columns for one pass: its own where they are one chunk in order, else copies.</summary>
internal static class LogColumns
{
    public static ConversationColumns Of(InteractionLog log)
    {
        int[] replyTo = new int[checked((int)log.Count)];
        long[] times = new long[replyTo.Length];
        bool isOrdered = log.IsTimeOrdered;
        int start = 0;
        foreach (LogChunk chunk in log.Columns)
        {
            chunk.Times.Span.CopyTo(times.AsSpan(start));
            replyTo.AsSpan(start, chunk.Count).Fill(InteractionLog.None);
            for (int row = 0; row < chunk.Replies.Length; row++)
            {
                // In a chunk alone, a reply to a row of another chunk is a reply to none.
                if (chunk.Replies.Span[row] == InteractionLog.UnknownReply) replyTo[start + row] = ConversationColumns.Unknown;
                else if (log.RowReplied(chunk, chunk.Replies.Span[row]) is { } parent) replyTo[start + row] = (int)parent;
            }

            start += chunk.Count;
        }

        Dictionary<int, int[]>? also = AlsoReplyTo(log);
        bool IsInPlace(int row, int parent) => parent < row || times[parent] > times[row];
        for (int row = 0; row < replyTo.Length && isOrdered; row++) isOrdered = IsInPlace(row, replyTo[row]);
        isOrdered = isOrdered && (also is null || also.All(entry => Array.TrueForAll(entry.Value, parent => IsInPlace(entry.Key, parent))));

        // What replies to a row of its own moment that stands below it must be put after it, and circles within a moment broken: as objects are.
        if (!isOrdered) return ThreadRows.Of(log.ToInteractions()).Columns(default);
        return new ConversationColumns
        {
            Times = times,
            ReplyTo = replyTo,
            AlsoReplyTo = also,
            Kinds = Joined(log, chunk => chunk.Kinds, (byte)0),
            Roles = Joined(log, chunk => chunk.Roles, (byte)ActorRole.Unknown),
            Actors = log.HasActors ? Joined(log, chunk => chunk.Actors, InteractionLog.None) : [],
            Channels = log.Channels.Count > 1 ? Joined(log, chunk => chunk.ChannelIndexes, 0) : [],
        };
    }

    /// <summary>The further rows that rows reply to; null where none does.</summary>
    private static Dictionary<int, int[]>? AlsoReplyTo(InteractionLog log)
    {
        if (!log.HasAlsoReplyTo) return null;
        var also = new Dictionary<int, int[]>();
        int start = 0;
        foreach (LogChunk chunk in log.Columns)
        {
            int last = InteractionLog.None;
            foreach (int row in chunk.AlsoRows.Span)
            {
                if (row == last) continue;
                last = row;
                long? first = chunk.Replies.IsEmpty ? null : log.RowReplied(chunk, chunk.Replies.Span[row]);
                int[] parents = [.. log.RowsAlsoReplied(chunk, row).Where(parent => parent != first).Distinct().Select(parent => (int)parent)];
                if (parents.Length > 0) also.Add(start + row, parents);
            }

            start += chunk.Count;
        }

        return also;
    }

    /// <summary>A column over all chunks; of one chunk itself; where a chunk has none, a number that stands for it.</summary>
    private static ReadOnlySpan<T> Joined<T>(InteractionLog log, Func<LogChunk, ReadOnlyMemory<T>> columnOf, T absent)
        where T : struct
    {
        if (log.Columns is [var only] && columnOf(only) is { Length: > 0 } own) return own.Span;
        T[] joined = new T[log.Count];
        int start = 0;
        foreach (LogChunk chunk in log.Columns)
        {
            if (columnOf(chunk) is { IsEmpty: false } column) column.Span.CopyTo(joined.AsSpan(start));
            else joined.AsSpan(start, chunk.Count).Fill(absent);
            start += chunk.Count;
        }

        return joined;
    }
}
