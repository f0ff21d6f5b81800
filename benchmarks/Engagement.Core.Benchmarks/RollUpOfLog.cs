using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Core.Benchmarks;

/// <summary>Counts per local day, channel and kind of a log of two years on 50 channels, against what else one would do. The limit is merely reading the same 13 bytes a row. LINQ and AT TIME ZONE take part up to a million rows, Dictionary up to ten.</summary>
[MemoryDiagnoser]
[Config(typeof(LogConfig))]
public class RollUpOfLog
{
    private readonly LocalCalendar _days = LocalCalendar.Days(SeededLog.Berlin, SeededLog.Years);
    private readonly RollUpOptions _two = new() { DegreeOfParallelism = 2 };
    private static SeededLog? _checked;
    private SeededLog _log = null!;
    private DuckLog _duck = null!;

    public static IEnumerable<int> RowCounts => BenchmarkRows.All;

    [ParamsSource(nameof(RowCounts))]
    public int Rows { get; set; }

    [ParamsAllValues]
    public TimeOrder Order { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _log = SeededLog.Of(Rows, 50, Order);
        _duck = DuckLog.Of(_log);
        if (ReferenceEquals(_checked, _log)) return;
        RollUp expected = One();
        if (!expected.Equals(Two())) throw new InvalidOperationException("Two threads give another roll-up than one.");
        _duck.MustEqual(expected, withIcu: Rows <= 1_000_000);
        if (Loop() != expected.CellCount + expected.Total || (Rows <= 10_000_000 && DictionaryAndNodaTime() != Loop()) || (Rows <= 1_000_000 && Linq() != Loop())) throw new InvalidOperationException("The loops count otherwise.");
        _checked = _log;
    }

    [Benchmark(Baseline = true, Description = "reading the columns")]
    public long Read() => ReadRows(0, Rows);

    [Benchmark(Description = "reading, 2 threads")]
    public long ReadByTwo()
    {
        long other = 0;
        Parallel.Invoke(() => other = ReadRows(0, Rows / 2), () => ReadRows(Rows / 2, Rows));
        return other;
    }

    [Benchmark(Description = "RollUp")]
    public RollUp One() => RollUp.Of(_log.Log, _days);

    [Benchmark(Description = "RollUp, 2 threads")]
    public RollUp Two() => RollUp.Of(_log.Log, _days, _two);

    /// <summary>Cells are worked out when somebody asks for them: here is somebody.</summary>
    [Benchmark(Description = "RollUp and the key of every cell")]
    public int AllCells() => RollUp.Of(_log.Log, _days).CellCount;

    [Benchmark(Description = "RollUp with roles (14 bytes)")]
    public RollUp WithRoles() => RollUp.Of(_log.LogWithRoles, _days);

    [Benchmark(Description = "RollUp with roles, 2 threads")]
    public RollUp WithRolesByTwo() => RollUp.Of(_log.LogWithRoles, _days, _two);

    /// <summary>A careful loop: the day is asked again when a row leaves it, cells in one array.</summary>
    [Benchmark(Description = "loop, day kept while it lasts")]
    public long Loop()
    {
        int[] cells = new int[_days.Periods.Count * 50 * SeededLog.Kinds];
        (long start, long end, int day) = (0, 0, 0);
        for (int row = 0; row < Rows; row++)
        {
            long time = _log.Times[row];
            if (time < start || time >= end)
            {
                LocalDate date = Instant.FromUnixTimeMilliseconds(time).InZone(SeededLog.Berlin).Date;
                day = Period.DaysBetween(SeededLog.Years.From, date);
                start = SeededLog.Berlin.AtStartOfDay(date).ToInstant().ToUnixTimeMilliseconds();
                end = SeededLog.Berlin.AtStartOfDay(date.PlusDays(1)).ToInstant().ToUnixTimeMilliseconds();
            }

            cells[(((day * 50) + _log.ChannelIndexes[row]) * SeededLog.Kinds) + _log.KindCodes[row] - 2]++;
        }

        return cells.Count(cell => cell != 0) + cells.Sum(cell => (long)cell);
    }

    [Benchmark(Description = "Dictionary and NodaTime")]
    public long DictionaryAndNodaTime()
    {
        if (Rows > 10_000_000) return 0;
        var cells = new Dictionary<(LocalDate Day, int Channel, byte Kind), long>();
        for (int row = 0; row < Rows; row++)
        {
            ref long cell = ref CollectionsMarshal.GetValueRefOrAddDefault(cells, (Instant.FromUnixTimeMilliseconds(_log.Times[row]).InZone(SeededLog.Berlin).Date, _log.ChannelIndexes[row], _log.KindCodes[row]), out _);
            cell++;
        }

        return cells.Count + cells.Values.Sum();
    }

    [Benchmark(Description = "LINQ and NodaTime")]
    public long Linq()
    {
        if (Rows > 1_000_000) return 0;
        var cells = Enumerable.Range(0, Rows)
            .GroupBy(row => (Instant.FromUnixTimeMilliseconds(_log.Times[row]).InZone(SeededLog.Berlin).Date, _log.ChannelIndexes[row], _log.KindCodes[row]))
            .ToDictionary(group => group.Key, group => group.LongCount());
        return cells.Count + cells.Values.Sum();
    }

    [Benchmark(Description = "DuckDB, offset by CASE")]
    public long DuckByCase() => _duck.ByCase(1);

    [Benchmark(Description = "DuckDB, offset by CASE, 2 threads")]
    public long DuckByCaseByTwo() => _duck.ByCase(2);

    [Benchmark(Description = "DuckDB, AT TIME ZONE")]
    public long DuckByIcu() => Rows > 1_000_000 ? 0 : _duck.ByIcu(1);

    [Benchmark(Description = "DuckDB, AT TIME ZONE, 2 threads")]
    public long DuckByIcuByTwo() => Rows > 1_000_000 ? 0 : _duck.ByIcu(2);

    private long ReadRows(int start, int end) =>
        Columns.Sum(MemoryMarshal.AsBytes(_log.Times.AsSpan(start, end - start))) ^ Columns.Sum(MemoryMarshal.AsBytes(_log.ChannelIndexes.AsSpan(start, end - start))) ^ Columns.Sum(_log.KindCodes.AsSpan(start, end - start));
}
