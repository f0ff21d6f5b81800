using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Engagement.Core;
using Engagement.Core.Logs;
using Npgsql;

namespace Engagement.Storage.Benchmarks;

/// <summary>One store and one number of events: batches go by turns into a bare table and into the store; then the questions are asked. Every answer is compared with the library's own in memory before a time is told.</summary>
internal sealed class Trial(string engine, string place, string[] shards, int rows)
{
    private const int Askings = 3;

    public async Task RunAsync(TextWriter appends, TextWriter questions)
    {
        LocalCalendar months = LocalCalendar.Of(BatchOfLog.Berlin, BatchOfLog.Years, CalendarUnit.Month);
        LocalCalendar days = LocalCalendar.Days(BatchOfLog.Berlin, BatchOfLog.Years);
        await using EngagementStore store = await EngagementStore.CreateAsync(place, new Organisation("ihk", "IHK", BatchOfLog.Berlin), shards).ConfigureAwait(false);
        (double bare, double append, double worst) = (0, 0, 0);
        RollUp? all = null;
        int number = 0;
        using IDisposable rival = Open(out Action<BatchOfLog, int> load);
        foreach (BatchOfLog batch in BatchOfLog.Of(rows))
        {
            number++;
            InteractionLog log = batch.Log;
            var watch = Stopwatch.StartNew();
            load(batch, number);
            double rivals = watch.Elapsed.TotalSeconds;
            watch.Restart();
            await store.AppendAsync(string.Create(CultureInfo.InvariantCulture, $"batch {number}"), log).ConfigureAwait(false);
            double ours = watch.Elapsed.TotalSeconds;
            (bare, append, worst) = (bare + rivals, append + ours, Math.Max(worst, ours));
            RollUp part = log.RollUp(days);
            all = all is null ? part : RollUp.Merge(all, part);
            await Console.Error.WriteLineAsync($"{engine} {rows} batch {number}: {rivals:F2} s bare, {ours:F2} s store").ConfigureAwait(false);
        }

        (long bytes, long bareBytes, long cells, long cellRows) = await SizesAsync(store).ConfigureAwait(false);
        await appends.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {engine} | {rows:N0} | {append:F2} | {rows / append:N0} | {bare:F2} | {rows / bare:N0} | {append / bare:F2} | {worst:F2} | {(double)bytes / rows:F1} | {(double)bareBytes / rows:F1} | {cells:N0} | {cellRows:N0} |")).ConfigureAwait(false);
        await appends.FlushAsync().ConfigureAwait(false);

        await AskAsync(questions, "roll-up by month, from cells", () => store.RollUpAsync(months), answer => answer.Total == all!.Total && answer.CellCount > 0 && SameByMonth(answer, all!)).ConfigureAwait(false);
        await AskAsync(questions, "roll-up by day, from cells", () => store.RollUpAsync(days), answer => answer.Equals(all) && answer.Cells.SequenceEqual(all!.Cells)).ConfigureAwait(false);
        await AskAsync(questions, "roll-up by month, from events", () => store.RollUpAsync(months, null, fromEvents: true, CancellationToken.None), answer => SameByMonth(answer, all!)).ConfigureAwait(false);
        (IReadOnlyList<ChannelId> Channels, DistinctActors Actors) expected = default;
        if (rows <= 10_000_000) expected.Actors = DistinctActors.PerChannelAndPeriod(Whole(), months);
        await AskAsync(questions, "distinct actors by month and channel", () => store.DistinctActorsAsync(months), answer => expected.Actors is null || answer.Actors.Equals(expected.Actors)).ConfigureAwait(false);
        await AskAsync(questions, "conversations of one channel", () => store.DialogueAsync(new("channel-9"), BatchOfLog.Berlin.AtStartOfDay(BatchOfLog.Years.To).ToInstant()), answer => answer.Conversations > 0, rows <= 10_000_000).ConfigureAwait(false);
        await AskAsync(questions, "check of all cells and batches", () => store.CheckAsync(), answer => answer.IsSound && answer.Events == rows).ConfigureAwait(false);
    }

    private InteractionLog Whole()
    {
        BatchOfLog[] batches = [.. BatchOfLog.Of(rows)];
        return InteractionLog.Of([.. Enumerable.Range(0, 10).Select(channel => new ChannelId($"channel-{channel}"))], batches.SelectMany(one => one.Times).ToArray(), batches.SelectMany(one => one.ChannelIndexes).ToArray(), batches.SelectMany(one => one.Kinds).ToArray(), batches.SelectMany(one => one.Roles).ToArray())
            .WithActors(batches.SelectMany(one => one.Actors).ToArray());
    }

    private static bool SameByMonth(RollUp answer, RollUp all) =>
        all.Cells.GroupBy(cell => (cell.Period.From.Year, cell.Period.From.Month, cell.Channel, cell.Kind, cell.Role)).ToDictionary(cell => cell.Key, cell => cell.Sum(one => one.Count)) is var expected
        && expected.Count == answer.CellCount && answer.Cells.All(cell => expected[(cell.Period.From.Year, cell.Period.From.Month, cell.Channel, cell.Kind, cell.Role)] == cell.Count);

    private async Task AskAsync<T>(TextWriter questions, string question, Func<Task<T>> ask, Func<T, bool> isRight, bool isAsked = true)
    {
        if (!isAsked) return;
        var times = new List<double>();
        for (int asking = 0; asking < Askings && times.Sum() < 8_000; asking++)
        {
            var watch = Stopwatch.StartNew();
            T answer = await ask().ConfigureAwait(false);
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (asking == 0 && !isRight(answer)) throw new InvalidOperationException($"{engine}, {rows} events: {question} gives another answer than the library in memory.");
        }

        double median = times.Order().ElementAt(times.Count / 2);
        await questions.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {engine} | {rows:N0} | {question} | {times[0]:F1} | {median:F1} |")).ConfigureAwait(false);
        await questions.FlushAsync().ConfigureAwait(false);
    }

    private IDisposable Open(out Action<BatchOfLog, int> load)
    {
        if (engine == "DuckDB")
        {
            var duckDb = new DuckDBConnection($"DataSource={File(place)}.bare");
            duckDb.Open();
            load = (batch, number) => BareTable.Load(duckDb, batch, number);
            return duckDb;
        }

        var npgsql = new NpgsqlConnection(place["postgresql:".Length..]);
        npgsql.Open();
        load = (batch, number) => BareTable.Load(npgsql, batch, number);
        return npgsql;
    }

    private async Task<(long Bytes, long BareBytes, long Cells, long CellRows)> SizesAsync(EngagementStore store)
    {
        Session session = await store.Engine.OpenAsync(CancellationToken.None).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            long cells = await session.NumberAsync("SELECT count(*) FROM (SELECT DISTINCT day, channel_no, kind, role FROM engagement.daily_cell) cell", CancellationToken.None).ConfigureAwait(false);
            long cellRows = await session.NumberAsync("SELECT count(*) FROM engagement.month_cell", CancellationToken.None).ConfigureAwait(false);
            if (engine == "DuckDB")
            {
                await session.ExecuteAsync("CHECKPOINT", CancellationToken.None).ConfigureAwait(false);
                return (new FileInfo(File(place)).Length, new FileInfo($"{File(place)}.bare").Length, cells, cellRows);
            }

            long bare = await session.NumberAsync("SELECT pg_total_relation_size('bare')", CancellationToken.None).ConfigureAwait(false);
            long here = await session.NumberAsync("SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('engagement', 'engagement_month') AND c.relkind = 'r'", CancellationToken.None).ConfigureAwait(false);
            foreach (string shard in shards)
            {
                await using var connection = new NpgsqlConnection(shard);
                await connection.OpenAsync().ConfigureAwait(false);
                await using NpgsqlCommand command = connection.CreateCommand();
                command.CommandText = "SELECT pg_total_relation_size('engagement.event')";
                here += (long)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
            }

            return (here, bare, cells, cellRows);
        }
    }

    private static string File(string place) => place["duckdb:".Length..];
}
