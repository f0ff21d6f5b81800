using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Engagement.Storage;

/// <summary>Events on their way to a shard: the columns of many rows as the texts of arrays, in one row of the shard's table <c>event_load</c>.</summary>
/// <remarks>The coordinator passes texts on as they are. By rows, it would read, write and plan for each value of each row.</remarks>
internal sealed class ShardLoad
{
    private const int MostRows = 20_000;

    // Organisation and batch are the same in all rows.
    private static readonly string[] Columns = EventBlock.Columns[2..];
    private static readonly string Sql = $"SELECT engagement.load_events({string.Join(", ", Enumerable.Range(1, Columns.Length + 3).Select(place => FormattableString.Invariant($"${place}")))})";

    private readonly ArrayBufferWriter<byte>[] _texts = [.. Columns.Select(_ => new ArrayBufferWriter<byte>(1 << 16))];
    private int _rows;

    /// <summary>Takes the organisation's place on each shard, and takes away what an append that never ended left there.</summary>
    /// <remarks>Whoever was cut off may be about to end: his events must be there before they are looked for, or gone. Where they came while this waited, it fails as a conflict, and is tried again.</remarks>
    public static async Task BeginAsync(Session session, int organisation, long lastBatch, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"""
            SELECT engagement.load_events(s.shard, $1, $2, {string.Join(", ", Columns.Select(_ => "'{}'"))})
            FROM (SELECT CAST(count(*) AS INTEGER) AS shards FROM pg_inherits WHERE inhparent = 'engagement.event'::regclass) n, generate_series(0, n.shards - 1) s (shard)
            """,
            cancellationToken,
            organisation,
            lastBatch + 1).ConfigureAwait(false);
        await session.ExecuteAsync("DELETE FROM engagement.event WHERE org = $1 AND batch_no > $2", cancellationToken, organisation, lastBatch).ConfigureAwait(false);
    }

    /// <summary>Writes the events of a block, each to the shard of its channel.</summary>
    public static async Task WriteAsync(Session session, EventBlock events, CancellationToken cancellationToken)
    {
        if (events.Count == 0) return;
        Dictionary<int, int> shardOf = await ShardsOfAsync(session, events.Channels, cancellationToken).ConfigureAwait(false);
        Dictionary<int, ShardLoad> loads = shardOf.Values.Distinct().ToDictionary(shard => shard, _ => new ShardLoad());
        for (int row = 0; row < events.Count; row++)
        {
            int shard = shardOf[events.Channel(row)];
            loads[shard].Add(events, row);
            if (loads[shard]._rows == MostRows) await loads[shard].SendAsync(session, shard, events, cancellationToken).ConfigureAwait(false);
        }

        foreach ((int shard, ShardLoad load) in loads) await load.SendAsync(session, shard, events, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The shard of each channel's number, by PostgreSQL's own hash.</summary>
    public static async Task<Dictionary<int, int>> ShardsOfAsync(Session session, IReadOnlyCollection<int> channels, CancellationToken cancellationToken)
    {
        List<(int Channel, int Shard)> shards = await session.ListAsync(
            """
            SELECT c.channel_no, s.shard
            FROM unnest($1) c (channel_no), (SELECT CAST(count(*) AS INTEGER) AS shards FROM pg_inherits WHERE inhparent = 'engagement.event'::regclass) n, generate_series(0, n.shards - 1) s (shard)
            WHERE satisfies_hash_partition('engagement.event'::regclass, n.shards, s.shard, c.channel_no)
            """,
            row => (row.GetInt32(0), row.GetInt32(1)),
            cancellationToken,
            channels.Distinct().ToArray()).ConfigureAwait(false);
        return shards.ToDictionary(entry => entry.Channel, entry => entry.Shard);
    }

    private void Add(EventBlock events, int row)
    {
        byte before = _rows++ == 0 ? (byte)'{' : (byte)',';
        Append(0, before, events.FirstRow + row);
        Append(1, before, events.Chunk.Times.Span[row]);
        Append(2, before, events.Channel(row));
        Append(3, before, events.Chunk.Kinds.Span[row]);
        Append(4, before, events.Role(row));
        Append(5, before, events.Actor(row));
        Append(6, before, events.Publication(row));
        Append(7, before, events.ReplyRow(row));
    }

    private void Append(int column, byte before, long? number)
    {
        const int MostBytes = 24;
        Span<byte> room = _texts[column].GetSpan(MostBytes);
        room[0] = before;
        int used = 4;
        if (number is { } value) Utf8Formatter.TryFormat(value, room[1..], out used);
        else "NULL"u8.CopyTo(room[1..]);
        _texts[column].Advance(1 + used);
    }

    private async Task SendAsync(Session session, int shard, EventBlock events, CancellationToken cancellationToken)
    {
        if (_rows == 0) return;
        await session.ExecuteAsync(Sql, cancellationToken, [shard, events.Organisation, events.Batch, .. _texts.Select(text => $"{Encoding.ASCII.GetString(text.WrittenSpan)}}}")]).ConfigureAwait(false);
        foreach (ArrayBufferWriter<byte> text in _texts) text.ResetWrittenCount();
        _rows = 0;
    }
}
