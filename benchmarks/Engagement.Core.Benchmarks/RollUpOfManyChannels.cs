using BenchmarkDotNet.Attributes;
using Engagement.Core.Logs;

namespace Engagement.Core.Benchmarks;

/// <summary>The same counts where channels are many, and by coarser periods; the ratio is to one thread.</summary>
[MemoryDiagnoser]
[Config(typeof(LogConfig))]
public class RollUpOfManyChannels
{
    private readonly RollUpOptions _two = new() { DegreeOfParallelism = 2 };
    private SeededLog _log = null!;
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
        if (!One().Equals(Two())) throw new InvalidOperationException("Two threads give another roll-up than one.");
    }

    [Benchmark(Baseline = true, Description = "RollUp")]
    public RollUp One() => RollUp.Of(_log.Log, _calendar);

    [Benchmark(Description = "RollUp, 2 threads")]
    public RollUp Two() => RollUp.Of(_log.Log, _calendar, _two);
}
