namespace Engagement.Core.Logs;

/// <summary>The bins that moments are sorted into: the days of a calendar, or its own periods.</summary>
internal sealed class BinPlan
{
    private readonly LocalCalendar? _days;

    private BinPlan(LocalCalendar bins, int[] periodOf, bool isByDay) => (Segments, PeriodOf, _days) = (bins.Segments, periodOf, isByDay ? bins : null);

    /// <summary>The runs of moments of each bin.</summary>
    public SegmentTable Segments { get; }

    public int Count => PeriodOf.Length;

    /// <summary>How many periods the bins belong to.</summary>
    public int PeriodCount => PeriodOf.Length == 0 ? 0 : PeriodOf[^1] + 1;

    /// <summary>The period of each bin; it never falls.</summary>
    public int[] PeriodOf { get; }

    public static BinPlan ByPeriod(LocalCalendar calendar) => new(calendar, [.. Enumerable.Range(0, calendar.Segments.PeriodCount)], calendar.Unit is CalendarUnit.Day or CalendarUnit.Unspecified);

    public static BinPlan ByDay(LocalCalendar calendar)
    {
        if (calendar.Unit is CalendarUnit.Day) return calendar.PeriodBins;
        LocalCalendar days = LocalCalendar.Days(calendar.Zone, calendar.Period);
        return new(days, [.. days.Periods.Select(day => calendar.IndexOf(day.From))], isByDay: true);
    }

    /// <summary>The arithmetic by which vectors find the bins of all times between two; null where it does not hold.</summary>
    public TimeGrid? GridFor(long earliest, long latest) => _days is null ? null : _days.GridFor(earliest, latest);
}
