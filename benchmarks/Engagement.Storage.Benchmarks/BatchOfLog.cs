using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage.Benchmarks;

/// <summary>One batch of a seeded log: three years in order of time with one row in a hundred up to a week late, ten channels, eight kinds and five roles, skewed; an actor for each ten events, a fifth of the rows replies.</summary>
internal sealed class BatchOfLog
{
    public const int MostRows = 1_000_000;
    private const int Posts = 2_000;

    public static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    public static readonly LocalPeriod Years = LocalPeriod.Between(new(2022, 1, 1), new(2025, 1, 1));

    private static readonly ChannelId[] Channels = [.. Enumerable.Range(0, 10).Select(channel => new ChannelId($"channel-{channel}"))];
    private static readonly PublicationId[] Publications = [.. Enumerable.Range(0, Posts).Select(post => new PublicationId($"post-{post}"))];

    private BatchOfLog(int rows)
    {
        Times = new long[rows];
        ChannelIndexes = new int[rows];
        Kinds = new byte[rows];
        Roles = new byte[rows];
        Actors = new int[rows];
        Posted = new int[rows];
        Replies = new int[rows];
    }

    public int Count => Times.Length;

    public long[] Times { get; }

    public int[] ChannelIndexes { get; }

    public byte[] Kinds { get; }

    public byte[] Roles { get; }

    public int[] Actors { get; }

    public int[] Posted { get; }

    public int[] Replies { get; }

    public InteractionLog Log => InteractionLog.Of(Channels, Times, ChannelIndexes, Kinds, Roles).WithActors(Actors).WithPublications(Posted, Publications).WithReplies(Replies);

    /// <summary>The batches of a log, one at a time, the same whenever they are asked for.</summary>
    public static IEnumerable<BatchOfLog> Of(int rows)
    {
        for (int start = 0; start < rows; start += MostRows) yield return Make(start, Math.Min(MostRows, rows - start), rows);
    }

    private static BatchOfLog Make(int start, int count, int all)
    {
        var random = new Random(start);
        var batch = new BatchOfLog(count);
        long from = Berlin.AtStartOfDay(Years.From).ToInstant().ToUnixTimeMilliseconds();
        long span = Berlin.AtStartOfDay(Years.To).ToInstant().ToUnixTimeMilliseconds() - from;
        for (int row = 0; row < count; row++)
        {
            long time = from + (long)((start + row + random.NextDouble()) / all * span);
            batch.Times[row] = random.Next(100) == 0 ? Math.Max(from, time - random.Next(7 * 86_400_000)) : time;
            batch.Kinds[row] = (byte)(2 + Skewed(random, 8));
            batch.Roles[row] = (byte)(1 + Skewed(random, 5));
            batch.Actors[row] = Skewed(random, Math.Max(1, all / 10));
            batch.Posted[row] = Skewed(random, Posts);

            // A publication has one channel: the tenth of them belong to the first, and so on.
            batch.ChannelIndexes[row] = batch.Posted[row] % 10;
            batch.Replies[row] = row > 0 && random.Next(5) == 0 ? random.Next(Math.Max(0, row - 10_000), row) : InteractionLog.None;
        }

        return batch;
    }

    private static int Skewed(Random random, int count) => (int)(count * Math.Pow(random.NextDouble(), 3));
}
