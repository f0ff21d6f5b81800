using Engagement.Core;
using Engagement.Core.Logs;

namespace Engagement.Storage;

/// <summary>64 bits of what a batch says, whatever the order of its channels, publications and actors: a batch that comes twice under its id is told from another under the same.</summary>
internal sealed class BatchDigest
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    private long _rows;
    private ulong _sum;

    public long Value => unchecked((long)_sum);

    public void Add(InteractionLog log)
    {
        ulong[] channels = [.. log.Channels.Select(channel => Hash(channel.Value))];
        ulong[] publications = [.. log.Publications.Select(publication => Hash(publication.Value))];
        ulong[] actors = [.. log.Actors.Select(actor => Hash(actor.Value))];
        foreach (LogChunk chunk in log.Columns)
        {
            Add(chunk, channels, publications, actors);
            _rows += chunk.Count;
        }
    }

    public void Add(string text) => _sum = Mix(_sum ^ Hash(text));

    private static ulong Hash(string text)
    {
        ulong hash = 0xCBF29CE484222325;
        unchecked
        {
            foreach (char letter in text) hash = (hash ^ letter) * 0x100000001B3;
        }

        return Mix(hash);
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 32)) * Odd;
            return value ^ (value >> 29);
        }
    }

    private void Add(LogChunk chunk, ulong[] channels, ulong[] publications, ulong[] actors)
    {
        ReadOnlySpan<long> times = chunk.Times.Span;
        ReadOnlySpan<int> channelIndexes = chunk.ChannelIndexes.Span;
        ReadOnlySpan<byte> kinds = chunk.Kinds.Span;
        ReadOnlySpan<byte> roles = chunk.Roles.Span;
        ReadOnlySpan<int> actorIndexes = chunk.Actors.Span;
        ReadOnlySpan<int> publicationIndexes = chunk.Publications.Span;
        ReadOnlySpan<int> replies = chunk.Replies.Span;
        unchecked
        {
            for (int row = 0; row < times.Length; row++)
            {
                ulong hash = Mix((ulong)(_rows + row) ^ ((ulong)times[row] * Odd));
                hash = Mix(hash + channels[channelIndexes[row]] + ((ulong)kinds[row] << 8) + (roles.IsEmpty ? (ulong)ActorRole.Unknown : roles[row]));
                int actor = actorIndexes.IsEmpty ? InteractionLog.None : actorIndexes[row];
                int publication = publicationIndexes.IsEmpty ? InteractionLog.None : publicationIndexes[row];
                int reply = replies.IsEmpty ? InteractionLog.None : replies[row];
                if (actor != InteractionLog.None) hash = Mix(hash ^ (actors.Length == 0 ? (ulong)actor + 1 : actors[actor]));
                if (publication != InteractionLog.None) hash = Mix(hash + publications[publication]);
                if (reply >= 0) hash = Mix(hash ^ ((ulong)(chunk.FirstReplyRow + reply) * Odd));
                _sum += hash;
            }

            for (int link = 0; link < chunk.AlsoRows.Length; link++) _sum += Mix(Mix((ulong)(_rows + chunk.AlsoRows.Span[link]) * Odd) ^ (ulong)(chunk.FirstReplyRow + chunk.AlsoReplies.Span[link]));
        }
    }
}
