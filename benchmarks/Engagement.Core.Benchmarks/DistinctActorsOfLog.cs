using System.Globalization;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using DuckDB.NET.Data;
using Engagement.Core.Logs;

namespace Engagement.Core.Benchmarks;

/// <summary>Distinct actors of a log, over all rows and for each of 50 channels with their union, on one thread and on two, against sets, LINQ and DuckDB in memory.</summary>
[MemoryDiagnoser]
[Config(typeof(LogConfig))]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory, BenchmarkLogicalGroupRule.ByParams)]
[CategoriesColumn]
public class DistinctActorsOfLog
{
    private const int Channels = 50;

    // Above, sets take minutes.
    private const int MostOfSets = 10_000_000;

    private static (int Rows, long[] Actors, int[] Channels, DuckDBConnection Duck)? _last;
    private DuckDBConnection _duck = null!;
    private long[] _actors = [];
    private int[] _channels = [];

    public static IEnumerable<int> RowCounts => BenchmarkRows.All;

    [ParamsSource(nameof(RowCounts))]
    public int Rows { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        bool isNew = _last?.Rows != Rows;
        if (isNew) Make();
        (_, _actors, _channels, _duck) = _last!.Value;
        Run(string.Create(CultureInfo.InvariantCulture, $"SET threads = {Threads}"));
        if (!isNew) return;
        long all = DuckDistinct();
        MustBe(all, DistinctActors.Of(_actors, 1).Union.Value!.Value);
        MustBe(all, DistinctActors.Of(_actors, 2).Union.Value!.Value);
        long channels = DuckPerChannel();
        MustBe(channels, PerChannel());
        if (Rows <= MostOfSets)
        {
            MustBe(all, BySet());
            MustBe(all, ByLinq());
            MustBe(channels, PerChannelBySets());
            MustBe(channels, PerChannelByLinq());
        }

        SeededColumns.MustEqual(all, Sketch(), 0.1);
        SeededColumns.MustEqual(all, PerChannelSketches(), 0.1);
    }

    [BenchmarkCategory("all"), Benchmark(Description = "reading the column")]
    public long Read() => Columns.Sum(MemoryMarshal.AsBytes(_actors.AsSpan()));

    [BenchmarkCategory("per channel and union"), Benchmark(Description = "reading the columns")]
    public long ReadBoth() => Columns.Sum(MemoryMarshal.AsBytes(_actors.AsSpan())) ^ Columns.Sum(MemoryMarshal.AsBytes(_channels.AsSpan()));

    [BenchmarkCategory("all"), Benchmark(Baseline = true, Description = "DistinctActors.Of")]
    public long Exact() => DistinctActors.Of(_actors, Threads).Union.Value!.Value;

    [BenchmarkCategory("all"), Benchmark(Description = "HashSet")]
    public long BySet()
    {
        if (Rows > MostOfSets) return 0;
        var set = new HashSet<long>();
        foreach (long actor in _actors) set.Add(actor);
        return set.Count;
    }

    [BenchmarkCategory("all"), Benchmark(Description = "LINQ Distinct")]
    public long ByLinq() => Rows > MostOfSets ? 0 : _actors.Distinct().LongCount();

    [BenchmarkCategory("all"), Benchmark(Description = "DuckDB count(DISTINCT)")]
    public long DuckDistinct() => SumOfLastColumn("SELECT count(DISTINCT actor) FROM log");

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
        if (Rows > MostOfSets) return 0;
        var union = new HashSet<long>();
        HashSet<long>[] sets = [.. Enumerable.Range(0, Channels).Select(_ => new HashSet<long>())];
        for (int row = 0; row < _actors.Length; row++)
        {
            if (sets[_channels[row]].Add(_actors[row])) union.Add(_actors[row]);
        }

        return union.Count + sets.Sum(set => (long)set.Count);
    }

    [BenchmarkCategory("per channel and union"), Benchmark(Description = "LINQ GroupBy and Distinct")]
    public long PerChannelByLinq() => Rows > MostOfSets ? 0 : _actors.Distinct().LongCount() + _channels.Zip(_actors).GroupBy(row => row.First, row => row.Second).Sum(channel => channel.Distinct().LongCount());

    [BenchmarkCategory("per channel and union"), Benchmark(Description = "DuckDB count(DISTINCT), grouping sets")]
    public long DuckDistinctPerChannel() => Rows > MostOfSets ? 0 : DuckPerChannel();

    [BenchmarkCategory("per channel and union"), Benchmark(Description = "ThetaSketch.PerCell (estimate)")]
    public double PerChannelSketches() => ThetaSketch.UnionOf(ThetaSketch.PerCell(_actors, _channels, Channels, out _, degree: Threads)).Estimate().Value;

    /// <summary>A tenth as many actors as rows; the number of times that one comes, and the size of a channel, are skewed. Made once for all contestants.</summary>
    private void Make()
    {
        _last?.Duck.Dispose();
        _last = null;
        GC.Collect();
        var random = new Random(20_141_120);
        (_actors, _channels, _duck) = (new long[Rows], new int[Rows], new("DataSource=:memory:"));
        for (int row = 0; row < Rows; row++)
        {
            double place = random.NextDouble();
            _actors[row] = 1_000_000_000 + ((long)(Rows / 10 * place * place) * 7_919);
            _channels[row] = (int)(Channels * Math.Pow(random.NextDouble(), 2.5));
        }

        _duck.Open();
        Run("CREATE TABLE log (actor BIGINT NOT NULL, channel INTEGER NOT NULL)");
        using (DuckDBAppender appender = _duck.CreateAppender("log"))
        {
            for (int row = 0; row < Rows; row++) appender.CreateRow().AppendValue(_actors[row]).AppendValue(_channels[row]).EndRow();
        }

        _last = (Rows, _actors, _channels, _duck);
    }

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

    private long DuckPerChannel() => SumOfLastColumn("SELECT channel, count(DISTINCT actor) FROM log GROUP BY GROUPING SETS ((channel), ())");

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
