using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Engagement.Core.Logs;

namespace Engagement.Core.Benchmarks;

/// <summary>The same counts where channels are many, and by coarser periods. DuckDB takes part by day and up to ten million rows: a hundred million in millions of cells take it minutes.</summary>
[MemoryDiagnoser]
[Config(typeof(LogConfig))]
public class RollUpOfManyChannels
{
    private static SeededLog? _checked;
    private readonly RollUpOptions _two = new() { DegreeOfParallelism = 2 };
    private SeededLog _log = null!;
    private DuckLog? _duck;
    private LocalCalendar _calendar = null!;

    public static IEnumerable<int> RowCounts => BenchmarkRows.All;

    [ParamsSource(nameof(RowCounts))]
    public int Rows { get; set; }

    [Params(1_000, 100_000)]
    public int Channels { get; set; }

    [Params(TimeOrder.Ordered, TimeOrder.Unordered)]
    public TimeOrder Order { get; set; }

    [Params(CalendarUnit.Day, CalendarUnit.IsoWeek, CalendarUnit.Month)]
    public CalendarUnit Unit { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _log = SeededLog.Of(Rows, Channels, Order);
        _calendar = LocalCalendar.Of(SeededLog.Berlin, SeededLog.Years, Unit);
        _duck = Unit is CalendarUnit.Day && Rows <= 10_000_000 ? DuckLog.Of(_log) : null;
        if (ReferenceEquals(_checked, _log)) return;
        RollUp days = RollUp.Of(_log.Log, LocalCalendar.Days(SeededLog.Berlin, SeededLog.Years));
        if (Unit is CalendarUnit.Day && !days.Equals(Two())) throw new InvalidOperationException("Two threads give another roll-up than one.");

        // A dictionary of some ten million cells would take longer than all that is measured.
        if (Rows <= 1_000_000) _duck?.MustEqual(days, withIcu: false);
        else if (_duck is not null && _duck.ByCase(2) != days.CellCount + days.Total) throw new InvalidOperationException("DuckDB counts otherwise.");
        foreach (CalendarUnit unit in (CalendarUnit[])[CalendarUnit.IsoWeek, CalendarUnit.Month])
        {
            LocalCalendar calendar = LocalCalendar.Of(SeededLog.Berlin, SeededLog.Years, unit);
            if (!days.In(calendar).Equals(RollUp.Of(_log.Log, calendar, _two))) throw new InvalidOperationException("The days add up to other periods than those that were counted.");
        }

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
    public RollUp One() => RollUp.Of(_log.Log, _calendar);

    [Benchmark(Description = "RollUp, 2 threads")]
    public RollUp Two() => RollUp.Of(_log.Log, _calendar, _two);

    [Benchmark(Description = "DuckDB, offset by CASE")]
    public long DuckByCase() => _duck?.ByCase(1) ?? 0;

    [Benchmark(Description = "DuckDB, offset by CASE, 2 threads")]
    public long DuckByCaseByTwo() => _duck?.ByCase(2) ?? 0;

    private long ReadRows(int start, int end) =>
        Columns.Sum(MemoryMarshal.AsBytes(_log.Times.AsSpan(start, end - start))) ^ Columns.Sum(MemoryMarshal.AsBytes(_log.ChannelIndexes.AsSpan(start, end - start))) ^ Columns.Sum(_log.KindCodes.AsSpan(start, end - start));
}
