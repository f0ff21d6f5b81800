using BenchmarkDotNet.Attributes;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Core.Benchmarks;

/// <summary>Two years of quarter hours of 400 series (50 channels, 8 kinds) as the days, weeks and months of a zone that nobody thought of before.</summary>
[MemoryDiagnoser]
[Config(typeof(LogConfig))]
public class QuarterHoursToZones
{
    private static readonly DateTimeZone Kathmandu = DateTimeZoneProviders.Tzdb["Asia/Kathmandu"];
    private QuarterHourCells _cells = null!;
    private LocalCalendar _calendar = null!;

    [Params(CalendarUnit.Day, CalendarUnit.IsoWeek, CalendarUnit.Month)]
    public CalendarUnit Unit { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        SeededLog log = SeededLog.Of(10_000_000, 50, TimeOrder.Ordered);
        Instant from = SeededLog.Berlin.AtStartOfDay(SeededLog.Years.From).ToInstant();
        Instant to = SeededLog.Berlin.AtStartOfDay(SeededLog.Years.To).ToInstant();
        _cells = QuarterHourCells.Of(log.Log, from, to);
        _calendar = LocalCalendar.Of(Kathmandu, LocalPeriod.Between(SeededLog.Years.From.PlusDays(1), SeededLog.Years.To.PlusDays(-1)), Unit);
        if (!_cells.In(_calendar).Equals(RollUp.Of(log.Log, _calendar, new RollUpOptions { LeavesOutOtherTimes = true }))) throw new InvalidOperationException("The quarter hours give another roll-up than the log.");
    }

    [Benchmark(Description = "QuarterHourCells.In")]
    public RollUp In() => _cells.In(_calendar);
}
