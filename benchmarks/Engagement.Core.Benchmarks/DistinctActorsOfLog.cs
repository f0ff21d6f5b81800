using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using DuckDB.NET.Data;
using Engagement.Core.Logs;

namespace Engagement.Core.Benchmarks;

/// <summary>Distinct actors of a log, over all rows and for each of 50 channels with their union, on one thread and on two, against sets, LINQ and DuckDB in memory.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory, BenchmarkLogicalGroupRule.ByParams)]
[CategoriesColumn]
#pragma warning disable CA1001 // BenchmarkDotNet calls the clean-up, which disposes of the connection.
public class DistinctActorsOfLog
#pragma warning restore CA1001
{
    private const int Channels = 50;

    private readonly DuckDBConnection _duck = new("DataSource=:memory:");
    private long[] _actors = [];
    private int[] _channels = [];

    public static IEnumerable<int> RowCounts => Environment.GetEnvironmentVariable("ENGAGEMENT_LONG") is null ? [1_000_000] : [1_000_000, 10_000_000, 100_000_000];

    [ParamsSource(nameof(RowCounts))]
    public int Rows { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        // A tenth as many actors as rows; the number of times that one comes, and the size of a channel, are skewed.
        var random = new Random(20_141_120);
        _actors = new long[Rows];
        _channels = new int[Rows];
        for (int row = 0; row < Rows; row++)
        {
            double place = random.NextDouble();
            _actors[row] = 1_000_000_000 + ((long)(Rows / 10 * place * place) * 7_919);
            _channels[row] = (int)(Channels * Math.Pow(random.NextDouble(), 2.5));
        }

        _duck.Open();
        Run(string.Create(CultureInfo.InvariantCulture, $"SET threads = {Threads}; CREATE TABLE log (actor BIGINT NOT NULL, channel INTEGER NOT NULL)"));
        using (DuckDBAppender appender = _duck.CreateAppender("log"))
        {
            for (int row = 0; row < Rows; row++) appender.CreateRow().AppendValue(_actors[row]).AppendValue(_channels[row]).EndRow();
        }

        long all = BySet();
        MustBe(all, Exact());
        MustBe(all, ByLinq());
        MustBe(all, ByDuck());
        long channels = PerChannelBySets();
        MustBe(channels, PerChannel());
        MustBe(channels, PerChannelByLinq());
        MustBe(channels, PerChannelByDuck());
        SeededColumns.MustEqual(all, Sketch(), 0.1);
        SeededColumns.MustEqual(all, PerChannelSketches(), 0.1);
    }

    [GlobalCleanup]
    public void Cleanup() => _duck.Dispose();

    [BenchmarkCategory("all"), Benchmark(Baseline = true, Description = "DistinctActors.Of")]
    public long Exact() => DistinctActors.Of(_actors, Threads).Union.Value!.Value;

    [BenchmarkCategory("all"), Benchmark(Description = "HashSet")]
    public long BySet()
    {
        var set = new HashSet<long>();
        foreach (long actor in _actors) set.Add(actor);
        return set.Count;
    }

    [BenchmarkCategory("all"), Benchmark(Description = "LINQ Distinct")]
    public long ByLinq() => _actors.Distinct().LongCount();

    [BenchmarkCategory("all"), Benchmark(Description = "DuckDB count(DISTINCT)")]
    public long ByDuck() => SumOfLastColumn("SELECT count(DISTINCT actor) FROM log");

    [BenchmarkCategory("all"), Benchmark(Description = "ThetaSketch.Of (estimate)")]
    public double Sketch() => ThetaSketch.Of(_actors).Estimate().Value;

    /// <summary>The sum over channels and union, so that every contestant hands over one number.</summary>
    [BenchmarkCategory("per channel and union"), Benchmark(Baseline = true, Description = "DistinctActors.PerCell")]
    public long PerChannel()
    {
        DistinctActors distinct = DistinctActors.PerCell(_actors, _channels, Channels, Threads);
        return distinct.Union.Value!.Value + distinct.Cells.Sum(count => count.Value!.Value);
    }

    [BenchmarkCategory("per channel and union"), Benchmark(Description = "HashSets")]
    public long PerChannelBySets()
    {
        var union = new HashSet<long>();
        HashSet<long>[] sets = [.. Enumerable.Range(0, Channels).Select(_ => new HashSet<long>())];
        for (int row = 0; row < _actors.Length; row++)
        {
            if (sets[_channels[row]].Add(_actors[row])) union.Add(_actors[row]);
        }

        return union.Count + sets.Sum(set => (long)set.Count);
    }

    [BenchmarkCategory("per channel and union"), Benchmark(Description = "LINQ GroupBy and Distinct")]
    public long PerChannelByLinq() => _actors.Distinct().LongCount() + _channels.Zip(_actors).GroupBy(row => row.First, row => row.Second).Sum(channel => channel.Distinct().LongCount());

    [BenchmarkCategory("per channel and union"), Benchmark(Description = "DuckDB count(DISTINCT), grouping sets")]
    public long PerChannelByDuck() => SumOfLastColumn("SELECT channel, count(DISTINCT actor) FROM log GROUP BY GROUPING SETS ((channel), ())");

    [BenchmarkCategory("per channel and union"), Benchmark(Description = "ThetaSketch.PerCell (estimate)")]
    public double PerChannelSketches() => ThetaSketch.UnionOf(ThetaSketch.PerCell(_actors, _channels, Channels, out _, degree: Threads)).Estimate().Value;

    private static void MustBe(long expected, long actual)
    {
        if (expected != actual) throw new InvalidOperationException(FormattableString.Invariant($"The results differ: {expected} and {actual}."));
    }

    private void Run(string sql)
    {
        using DuckDBCommand command = _duck.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long SumOfLastColumn(string sql)
    {
        using DuckDBCommand command = _duck.CreateCommand();
        command.CommandText = sql;
        using DuckDBDataReader reader = command.ExecuteReader();
        long sum = 0;
        while (reader.Read()) sum += reader.GetInt64(reader.FieldCount - 1);
        return sum;
    }
}
