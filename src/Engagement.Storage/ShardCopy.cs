using System.Data;
using Npgsql;

namespace Engagement.Storage;

/// <summary>Writes events into the shards themselves, by a COPY into each, all at once, where the caller named the shards: through the coordinator an event travels twice, and row by row.</summary>
/// <remarks>The transactions of the shards end just before the coordinator's, as those of <c>postgres_fdw</c> do: what is left behind in between is acknowledged by no batch.</remarks>
internal static class ShardCopy
{
    /// <summary>Opens a transaction on each shard, and takes away what an append that never ended left there.</summary>
    public static async Task BeginAsync(Session session, IReadOnlyList<PostgreSqlEngine> shards, int organisation, long lastBatch, CancellationToken cancellationToken)
    {
        foreach (PostgreSqlEngine shard in shards)
        {
            await OfShardAsync(session, shard, async () =>
            {
                Session other = await shard.OpenAsync(cancellationToken).ConfigureAwait(false);
                session.EndsWith(other);
                await other.BeginAsync(IsolationLevel.Unspecified, cancellationToken).ConfigureAwait(false);

                // Whoever was cut off may be about to end: his events must be there before they are looked for, or gone.
                await other.ExecuteAsync(Schema.TakeShard, cancellationToken, organisation, lastBatch + 1).ConfigureAwait(false);
                await other.ExecuteAsync("DELETE FROM engagement.event WHERE org = $1 AND batch_no > $2", cancellationToken, organisation, lastBatch).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the events of a block, each to the shard of its channel.</summary>
    public static async Task WriteAsync(Session session, IReadOnlyList<PostgreSqlEngine> shards, EventBlock events, CancellationToken cancellationToken)
    {
        if (events.Count == 0) return;
        Dictionary<int, int> shardOf = await ShardLoad.ShardsOfAsync(session, events.Channels, cancellationToken).ConfigureAwait(false);
        List<int>[] rowsOf = [.. shards.Select(_ => new List<int>())];
        for (int row = 0; row < events.Count; row++) rowsOf[shardOf[events.Channel(row)]].Add(row);
        await Task.WhenAll(Enumerable.Range(0, rowsOf.Length).Where(shard => rowsOf[shard].Count > 0).Select(shard =>
            OfShardAsync(session, shards[shard], () => PostgreSqlEngine.CopyEventsAsync(session.Others[shard], "engagement.event", events, rowsOf[shard], cancellationToken)))).ConfigureAwait(false);
    }

    /// <summary>Says which shard it was, where one fails or cannot be reached.</summary>
    public static async Task OfShardAsync(Session session, Engine shard, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (PostgresException exception) when (!session.Engine.IsConflict(exception))
        {
            throw shard.Explain(exception)!;
        }
        catch (Exception exception) when (exception is not PostgresException && shard.Explain(exception) is not null)
        {
            throw PostgreSqlEngine.WithoutShard(session.Engine.Place, shard.Place, exception);
        }
    }
}
