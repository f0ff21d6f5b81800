using System.Runtime.CompilerServices;
using NodaTime;
using NodaTime.Calendars;
using NodaTime.Text;

namespace Engagement.Core;

/// <summary>A half-open run of local days: the first day is in it, the last is not.</summary>
/// <remarks>
/// <para>Equality is by value; no order. Periods tile: a year is the sum of its days, in every time zone and through every clock change. NodaTime's <see cref="DateInterval"/> includes its end; NodaTime's <see cref="Interval"/> is one run of moments, which a local day need not be.</para>
/// <para>Days are ISO days of 0001-01-01 to 9998-12-31; a date of another calendar is taken as the same day in the ISO calendar.</para>
/// <para><c>default</c> is the empty period at 0001-01-01.</para>
/// <example><c>LocalPeriod.Month(2014, 11)</c> is 2014-11-01 up to, not including, 2014-12-01.</example>
/// </remarks>
public readonly record struct LocalPeriod
{
    private const int LastYear = 9998;

    // The widest distance between a local clock and UTC that NodaTime knows.
    private static readonly Duration WidestOffset = Duration.FromHours(18);
    private static readonly LocalDate LastEnd = new(LastYear + 1, 1, 1);

    private LocalPeriod(LocalDate from, LocalDate to) => (From, To) = (from, to);

    /// <summary>The first day.</summary>
    public LocalDate From { get; }

    /// <summary>The first day after the period.</summary>
    public LocalDate To { get; }

    /// <summary>How many days the calendar has in the period. A day that a zone skipped counts too.</summary>
    public int Days => Period.DaysBetween(From, To);

    /// <summary>Whether no day is in the period.</summary>
    public bool IsEmpty => From == To;

    /// <summary>The period from one day up to another.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The first day after the period; not before <paramref name="from"/>.</param>
    /// <returns>The period; empty when the days are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> lies before <paramref name="from"/>, or a day lies out of range.</exception>
    public static LocalPeriod Between(LocalDate from, LocalDate to)
    {
        LocalDate first = InRange(from);
        LocalDate end = to.WithCalendar(CalendarSystem.Iso);
        if (end < first) throw Guard.OutOfRange(nameof(to), Text(end), $"must not lie before the first day {Text(first)}", "pass the earlier day first");
        return end <= LastEnd ? new(first, end) : throw Guard.OutOfRange(nameof(to), Text(end), $"must not lie after {Text(LastEnd)}", "check the year");
    }

    /// <summary>One day.</summary>
    /// <param name="date">The day.</param>
    /// <returns>The period of that day.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The day is out of range.</exception>
    public static LocalPeriod Day(LocalDate date) => Containing(date, CalendarUnit.Day);

    /// <summary>One week by ISO 8601, Monday to Sunday.</summary>
    /// <param name="weekYear">The year that the week belongs to.</param>
    /// <param name="week">The week's number, 1 to 52 or 53.</param>
    /// <returns>The period of that week.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such week, or the year is out of range.</exception>
    public static LocalPeriod IsoWeek(int weekYear, int week)
    {
        int weeks = WeekYearRules.Iso.GetWeeksInWeekYear(InRange(weekYear), CalendarSystem.Iso);
        return week >= 1 && week <= weeks
            ? Around(WeekYearRules.Iso.GetLocalDate(weekYear, week, IsoDayOfWeek.Monday, CalendarSystem.Iso), CalendarUnit.IsoWeek)
            : throw Guard.OutOfRange(nameof(week), week, FormattableString.Invariant($"must lie between 1 and {weeks} in {weekYear}"), "pass the number of the week by ISO 8601");
    }

    /// <summary>One calendar month.</summary>
    /// <param name="year">The year.</param>
    /// <param name="month">The month, 1 to 12.</param>
    /// <returns>The period of that month.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such month, or the year is out of range.</exception>
    public static LocalPeriod Month(int year, int month)
    {
        InRange(year);
        return month is >= 1 and <= 12
            ? Around(new LocalDate(year, month, 1), CalendarUnit.Month)
            : throw Guard.OutOfRange(nameof(month), month, "must lie between 1 and 12", "pass the number of the month");
    }

    /// <summary>One calendar quarter.</summary>
    /// <param name="year">The year.</param>
    /// <param name="quarter">The quarter, 1 to 4.</param>
    /// <returns>The period of that quarter.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such quarter, or the year is out of range.</exception>
    public static LocalPeriod Quarter(int year, int quarter)
    {
        InRange(year);
        return quarter is >= 1 and <= 4
            ? Around(new LocalDate(year, (3 * quarter) - 2, 1), CalendarUnit.Quarter)
            : throw Guard.OutOfRange(nameof(quarter), quarter, "must lie between 1 and 4", "pass the number of the quarter");
    }

    /// <summary>One calendar year.</summary>
    /// <param name="year">The year.</param>
    /// <returns>The period of that year.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The year is out of range.</exception>
    public static LocalPeriod Year(int year) => Around(new LocalDate(InRange(year), 1, 1), CalendarUnit.Year);

    /// <summary>The day, week, month, quarter or year that a date lies in.</summary>
    /// <param name="date">The date.</param>
    /// <param name="unit">The unit.</param>
    /// <returns>The period of that unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The date is out of range, or the unit is unspecified.</exception>
    public static LocalPeriod Containing(LocalDate date, CalendarUnit unit) => Around(InRange(date), Guard.Known(unit));

    /// <summary>The day, week, month, quarter or year that a moment lies in, on a zone's clock.</summary>
    /// <param name="instant">The moment.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="unit">The unit.</param>
    /// <returns>The period of that unit.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The moment is out of range, or the unit is unspecified.</exception>
    public static LocalPeriod Containing(Instant instant, DateTimeZone zone, CalendarUnit unit)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return Around(InRange(instant.InZone(zone).Date, nameof(instant)), Guard.Known(unit));
    }

    /// <summary>Whether a day is in the period.</summary>
    /// <param name="date">The day.</param>
    /// <returns>True from <see cref="From"/> up to, not including, <see cref="To"/>.</returns>
    public bool Contains(LocalDate date)
    {
        LocalDate day = date.WithCalendar(CalendarSystem.Iso);
        return day >= From && day < To;
    }

    /// <summary>Whether a moment is in the period, on a zone's clock.</summary>
    /// <param name="instant">The moment.</param>
    /// <param name="zone">The zone.</param>
    /// <returns>Whether the local date of the moment is in the period.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    public bool Contains(Instant instant, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return Contains(instant.InZone(zone).Date);
    }

    /// <summary>The same as <see cref="Contains(Instant, DateTimeZone)"/> for many moments: the runs are worked out once.</summary>
    internal Func<Instant, bool> MomentsIn(DateTimeZone zone)
    {
        (Instant Start, Instant End)[] runs = [.. IntervalsIn(zone).Select(run => (run.Start, run.End))];
        return at =>
        {
            foreach ((Instant start, Instant end) in runs)
            {
                if (at >= start && at < end) return true;
            }

            return false;
        };
    }

    /// <summary>The runs of moments that make up the period on a zone's clock.</summary>
    /// <param name="zone">The zone.</param>
    /// <returns>
    /// Half-open runs in order: one for most periods; two where a clock set back over midnight brings the day before again (America/St_Johns until 2011); none where the zone
    /// skipped the days (Pacific/Apia, 2011-12-30).
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    public IReadOnlyList<Interval> IntervalsIn(DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var runs = new List<Interval>();
        if (IsEmpty) return runs;
        Instant first = From.AtMidnight().InUtc().ToInstant();
        Instant end = To.AtMidnight().InUtc().ToInstant();
        foreach (var span in zone.GetZoneIntervals(new Interval(first - WidestOffset, end + WidestOffset)))
        {
            Duration offset = Duration.FromSeconds(span.WallOffset.Seconds);
            Instant start = span.HasStart ? Instant.Max(first - offset, span.Start) : first - offset;
            Instant stop = span.HasEnd ? Instant.Min(end - offset, span.End) : end - offset;
            if (stop <= start) continue;
            if (runs.Count > 0 && runs[^1].End == start) runs[^1] = new Interval(runs[^1].Start, stop);
            else runs.Add(new Interval(start, stop));
        }

        return runs;
    }

    /// <summary>The days, weeks, months, quarters or years of the period, in order; the first and the last are cut to the period.</summary>
    /// <param name="unit">The unit.</param>
    /// <returns>Periods that tile this one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The unit is unspecified.</exception>
    public IEnumerable<LocalPeriod> Split(CalendarUnit unit)
    {
        Guard.Known(unit);
        return Tiles(this, unit);

        static IEnumerable<LocalPeriod> Tiles(LocalPeriod whole, CalendarUnit unit)
        {
            for (LocalDate day = whole.From; day < whole.To;)
            {
                LocalDate next = LocalDate.Min(Around(day, unit).To, whole.To);
                yield return new LocalPeriod(day, next);
                day = next;
            }
        }
    }

    /// <summary>The days of the period that exist on a zone's clock, in order. Looks at the zone's changes, not at each day.</summary>
    internal IEnumerable<LocalDate> DaysIn(DateTimeZone zone)
    {
        var skipped = new HashSet<LocalDate>();
        if (!IsEmpty)
        {
            LocalDateTime? before = null;
            foreach (var span in zone.GetZoneIntervals(new Interval(From.AtMidnight().InUtc().ToInstant() - WidestOffset, To.AtMidnight().InUtc().ToInstant() + WidestOffset)))
            {
                // Whole days between the local clock's last moment before a change and its first one after it.
                if (before is { } stopped)
                {
                    for (LocalDate day = stopped.TimeOfDay == LocalTime.Midnight ? stopped.Date : stopped.Date.PlusDays(1); day < span.IsoLocalStart.Date; day = day.PlusDays(1)) skipped.Add(day);
                }

                before = span.HasEnd ? span.IsoLocalEnd : null;
            }
        }

        for (LocalDate day = From; day < To; day = day.PlusDays(1))
        {
            if (skipped.Count == 0 || !skipped.Contains(day)) yield return day;
        }
    }

    /// <summary>Both ends by ISO 8601; the end is not included.</summary>
    /// <returns>For example <c>2014-11-01/2014-12-01</c>.</returns>
    public override string ToString() => $"{Text(From)}/{Text(To)}";

    private static string Text(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static LocalDate InRange(LocalDate date, [CallerArgumentExpression(nameof(date))] string? parameter = null)
    {
        LocalDate day = date.WithCalendar(CalendarSystem.Iso);
        return day.Year is >= 1 and <= LastYear ? day : throw Guard.OutOfRange(parameter, Text(day), "must lie between 0001-01-01 and 9998-12-31", "check the year");
    }

    private static int InRange(int year, [CallerArgumentExpression(nameof(year))] string? parameter = null) =>
        year is >= 1 and <= LastYear ? year : throw Guard.OutOfRange(parameter, year, "must lie between 1 and 9998", "check the year");

    private static LocalPeriod Around(LocalDate day, CalendarUnit unit)
    {
        LocalDate first = unit switch
        {
            CalendarUnit.Day => day,
            CalendarUnit.IsoWeek => day.PlusDays(1 - (int)day.DayOfWeek),
            CalendarUnit.Month => new LocalDate(day.Year, day.Month, 1),
            CalendarUnit.Quarter => new LocalDate(day.Year, day.Month - ((day.Month - 1) % 3), 1),
            _ => new LocalDate(day.Year, 1, 1),
        };
        return new(first, unit switch
        {
            CalendarUnit.Day => first.PlusDays(1),
            CalendarUnit.IsoWeek => first.PlusDays(7),
            CalendarUnit.Month => first.PlusMonths(1),
            CalendarUnit.Quarter => first.PlusMonths(3),
            _ => first.PlusYears(1),
        });
    }
}
