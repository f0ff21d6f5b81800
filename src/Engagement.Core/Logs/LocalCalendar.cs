using NodaTime;

namespace Engagement.Core.Logs;

/// <summary>The days, weeks, months, quarters or years of a zone, worked out once as moments: what a roll-up counts by.</summary>
/// <remarks>
/// <para>
/// Immutable and safe to share between threads. Equality is by zone, period, unit, first day of the week and version of the zone data; no order. A <see cref="LocalPeriod"/> is one period without a zone.
/// </para>
/// <para>
/// A moment belongs to the period in which its local date lies, whatever the clock did: where it is set back over midnight a day has two runs of moments (America/St_Johns until 2011), where a zone skipped a
/// day (Pacific/Apia, 2011-12-30) the day has none and stays in the list, and a local time that occurs twice is in its day both times. NodaTime's own rules are asked once, when the calendar is made; no query and no
/// loop asks a time zone again.
/// </para>
/// <para>Periods tile: a year counts what its days count.</para>
/// <example><c>LocalCalendar.Of(DateTimeZoneProviders.Tzdb["Europe/Berlin"], LocalPeriod.Year(2014), CalendarUnit.IsoWeek)</c></example>
/// </remarks>
public sealed class LocalCalendar : IEquatable<LocalCalendar>
{
    private const long QuarterHour = 15 * 60 * 1_000;
    private const long DayLength = 24 * 60 * 60 * 1_000;

    private static readonly Duration WidestOffset = Duration.FromHours(18);
    private static readonly Instant Earliest = Instant.FromUtc(1, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(9999, 1, 1, 0, 0);

    private readonly ValueList<LocalPeriod> _periods;
    private readonly (long From, long Offset)[] _offsets;
    private readonly Lazy<BinPlan> _periodBins;
    private readonly Lazy<BinPlan> _dayBins;

    private LocalCalendar(DateTimeZone zone, LocalPeriod period, CalendarUnit unit, IsoDayOfWeek firstDayOfWeek, ValueList<LocalPeriod> periods, (SegmentTable Segments, (long From, long Offset)[] Offsets) moments)
    {
        (Zone, Period, Unit, FirstDayOfWeek, _periods, Segments, _offsets) = (zone, period, unit, firstDayOfWeek, periods, moments.Segments, moments.Offsets);
        // By value, so that NodaTime's own UTC and that of the zone data are one.
        TimeZoneData = zone.Equals(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone.Id)) ? DateTimeZoneProviders.Tzdb.VersionId : "the caller's own zone";
        _periodBins = new(() => BinPlan.ByPeriod(this));
        _dayBins = new(() => Unit is CalendarUnit.Unspecified ? PeriodBins : BinPlan.ByDay(this));
    }

    /// <summary>The zone on whose clock the periods are.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>All days of the calendar.</summary>
    public LocalPeriod Period { get; }

    /// <summary>What the periods are.</summary>
    public CalendarUnit Unit { get; }

    /// <summary>The day that weeks begin with.</summary>
    public IsoDayOfWeek FirstDayOfWeek { get; }

    /// <summary>The periods in order; the first and the last are cut to <see cref="Period"/>. One that the zone skipped is among them.</summary>
    public IReadOnlyList<LocalPeriod> Periods => _periods;

    /// <summary>The version of the time-zone data that the calendar was made with, for example <c>TZDB: 2026f (mapping: …)</c>.</summary>
    public string TimeZoneData { get; }

    /// <summary>The runs of moments, each with the period that it belongs to.</summary>
    internal SegmentTable Segments { get; }

    /// <summary>The periods as bins; made at the first question.</summary>
    internal BinPlan PeriodBins => _periodBins.Value;

    /// <summary>The days of the periods as bins, likewise.</summary>
    internal BinPlan DayBins => _dayBins.Value;

    /// <summary>The days of a period.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="period">The days.</param>
    /// <returns>A calendar of days.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    /// <exception cref="ArgumentException">The period is empty.</exception>
    public static LocalCalendar Days(DateTimeZone zone, LocalPeriod period) => Of(zone, period, CalendarUnit.Day);

    /// <summary>The days, weeks, months, quarters or years of a period; the first and the last are cut to it.</summary>
    /// <param name="zone">The zone; one with a fixed offset will do.</param>
    /// <param name="period">The days.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="firstDayOfWeek">The day that weeks begin with; Monday, as in ISO 8601, by default.</param>
    /// <returns>The calendar.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    /// <exception cref="ArgumentException">The period is empty, or a first day of the week is given for another unit than weeks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The unit or the day of the week is unspecified.</exception>
    public static LocalCalendar Of(DateTimeZone zone, LocalPeriod period, CalendarUnit unit, IsoDayOfWeek firstDayOfWeek = IsoDayOfWeek.Monday)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (period.IsEmpty) throw new ArgumentException($"period ({period}) must hold a day: pass the days that the calendar is of.", nameof(period));
        Guard.Known(unit);
        if (firstDayOfWeek is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday) throw Guard.OutOfRange(nameof(firstDayOfWeek), firstDayOfWeek, "must be a day of the week", "pass one of Monday to Sunday");
        if (unit is not CalendarUnit.IsoWeek && firstDayOfWeek is not IsoDayOfWeek.Monday) throw new ArgumentException($"firstDayOfWeek ({firstDayOfWeek}) says nothing about the unit {unit}: leave it out, or take weeks.", nameof(firstDayOfWeek));
        ValueList<LocalPeriod> periods = new(firstDayOfWeek is IsoDayOfWeek.Monday ? period.Split(unit) : Weeks(period, firstDayOfWeek));
        return new(zone, period, unit, firstDayOfWeek, periods, SegmentsOf(zone, periods));
    }

    /// <summary>All days, weeks, months, quarters or years that touch a run of moments; none is cut.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The moment after the last; later than <paramref name="from"/>.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="firstDayOfWeek">The day that weeks begin with; Monday, as in ISO 8601, by default.</param>
    /// <returns>The calendar.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    /// <exception cref="ArgumentException">A first day of the week is given for another unit than weeks.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> is not later than <paramref name="from"/>, a moment is out of range, or the unit or the day of the week is unspecified.</exception>
    public static LocalCalendar Between(DateTimeZone zone, Instant from, Instant to, CalendarUnit unit, IsoDayOfWeek firstDayOfWeek = IsoDayOfWeek.Monday)
    {
        ArgumentNullException.ThrowIfNull(zone);
        RequireYear(from, nameof(from));
        RequireYear(to, nameof(to));
        if (to <= from) throw Guard.OutOfRange(nameof(to), to, $"must be later than {Guard.Text(from)}", "pass the earlier moment first");

        // A clock that is set back over midnight can bring the day before again: the dates of the ends alone would miss one in between.
        LocalDate first = LocalDate.MaxIsoValue;
        LocalDate last = LocalDate.MinIsoValue;
        foreach (var span in zone.GetZoneIntervals(new Interval(from, to)))
        {
            Instant start = span.HasStart ? Instant.Max(span.Start, from) : from;
            Instant end = span.HasEnd ? Instant.Min(span.End, to) : to;
            first = LocalDate.Min(first, start.InZone(zone).Date);
            last = LocalDate.Max(last, (end - Duration.Epsilon).InZone(zone).Date);
        }

        LocalPeriod whole = LocalPeriod.Between(Whole(first, unit, firstDayOfWeek).From, Whole(last, unit, firstDayOfWeek).To);
        return Of(zone, whole, unit, firstDayOfWeek);
    }

    /// <summary>The period of a moment.</summary>
    /// <param name="instant">The moment.</param>
    /// <returns>Its index into <see cref="Periods"/>; −1 when it lies outside the calendar.</returns>
    public int IndexOf(Instant instant) => Segments.PeriodOf(instant.ToUnixTimeMilliseconds());

    /// <summary>The period of a moment in milliseconds since the Unix epoch, as columns have it.</summary>
    /// <param name="unixMilliseconds">The moment.</param>
    /// <returns>Its index into <see cref="Periods"/>; −1 when it lies outside the calendar.</returns>
    public int IndexOf(long unixMilliseconds) => Segments.PeriodOf(unixMilliseconds);

    /// <summary>Whether all parts are equal.</summary>
    /// <param name="other">The calendar to compare with.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(LocalCalendar? other) => other is not null && DifferenceTo(other) is null;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LocalCalendar);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Zone.Id, Period, Unit, FirstDayOfWeek);

    /// <summary>Unit, days and zone.</summary>
    /// <returns>For example <c>Day of 2014-01-01/2015-01-01 in Europe/Berlin</c>.</returns>
    public override string ToString() => $"{Unit}{(FirstDayOfWeek is IsoDayOfWeek.Monday ? "" : $" from {FirstDayOfWeek}")} of {Period} in {Zone.Id}";

    /// <summary>Local dates and their arithmetic need a year before and after.</summary>
    internal static void RequireYear(Instant instant, string parameter)
    {
        if (instant < Earliest || instant > Latest) throw Guard.OutOfRange(parameter, instant, $"must lie between {Guard.Text(Earliest)} and {Guard.Text(Latest)}", "check the year");
    }

    /// <summary>UTC's quarter hours that a run of moments touches: today every zone's days begin on one of their borders.</summary>
    internal static LocalCalendar QuarterHours(Instant from, Instant to)
    {
        long first = FloorToQuarter(from.ToUnixTimeMilliseconds());
        long last = FloorToQuarter((to - Duration.Epsilon).ToUnixTimeMilliseconds());
        int count = checked((int)(((last - first) / QuarterHour) + 1));
        long[] starts = new long[count + 1];
        int[] periods = new int[count];
        for (int index = 0; index <= count; index++)
        {
            starts[index] = first + (index * QuarterHour);
            if (index < count) periods[index] = index;
        }

        LocalPeriod days = LocalPeriod.Between(from.InUtc().Date, (to - Duration.Epsilon).InUtc().Date.PlusDays(1));
        return new(DateTimeZone.Utc, days, CalendarUnit.Unspecified, IsoDayOfWeek.Monday, ValueList<LocalPeriod>.Empty, (new SegmentTable(starts, periods, count), [(first, 0)]));

        static long FloorToQuarter(long milliseconds) => milliseconds - (((milliseconds % QuarterHour) + QuarterHour) % QuarterHour);
    }

    /// <summary>What differs from another calendar, in words; null when nothing does.</summary>
    internal string? DifferenceTo(LocalCalendar other) =>
        Unit != other.Unit ? $"unit ({Unit} and {other.Unit})"
        : !Zone.Equals(other.Zone) ? $"zone ({Zone.Id} and {other.Zone.Id})"
        : Period != other.Period ? $"period ({Period} and {other.Period})"
        : FirstDayOfWeek != other.FirstDayOfWeek ? $"first day of the week ({FirstDayOfWeek} and {other.FirstDayOfWeek})"
        : Segments.Start != other.Segments.Start || Segments.End != other.Segments.End ? "first and last moment"
        : TimeZoneData != other.TimeZoneData ? $"time-zone data ({TimeZoneData} and {other.TimeZoneData})"
        : null;

    /// <summary>The arithmetic by which vectors find the days (or quarter hours) of all times between two; null for other units, and where it does not hold.</summary>
    internal TimeGrid? GridFor(long earliest, long latest) =>
        Unit is CalendarUnit.Day ? TimeGrid.For(Midnight(Period.From), DayLength, _offsets, earliest, latest, Segments.PeriodCount)
        : Unit is CalendarUnit.Unspecified ? TimeGrid.For(Segments.Start, QuarterHour, _offsets, earliest, latest, Segments.PeriodCount)
        : null;

    /// <summary>The index of the period that a local date lies in; the date must be in the calendar.</summary>
    internal int IndexOf(LocalDate date)
    {
        int low = 0;
        int high = _periods.Count - 1;
        while (low < high)
        {
            int middle = low + ((high - low + 1) / 2);
            if (_periods[middle].From <= date) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    private static LocalPeriod Whole(LocalDate date, CalendarUnit unit, IsoDayOfWeek firstDayOfWeek)
    {
        if (unit is not CalendarUnit.IsoWeek || firstDayOfWeek is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday) return LocalPeriod.Containing(date, unit);
        LocalDate first = date.PlusDays(-(((int)date.DayOfWeek - (int)firstDayOfWeek + 7) % 7));
        return LocalPeriod.Between(first, first.PlusDays(7));
    }

    private static IEnumerable<LocalPeriod> Weeks(LocalPeriod whole, IsoDayOfWeek firstDayOfWeek)
    {
        for (LocalDate day = whole.From; day < whole.To;)
        {
            LocalDate next = LocalDate.Min(Whole(day, CalendarUnit.IsoWeek, firstDayOfWeek).To, whole.To);
            yield return LocalPeriod.Between(day, next);
            day = next;
        }
    }

    /// <summary>Every stretch of one offset cut at the local midnights where periods begin.</summary>
    private static (SegmentTable Segments, (long From, long Offset)[] Offsets) SegmentsOf(DateTimeZone zone, ValueList<LocalPeriod> periods)
    {
        long[] begins = [.. periods.Select(period => Midnight(period.From)), Midnight(periods[^1].To)];
        var offsets = new List<(long From, long Offset)>();
        var starts = new List<long>();
        var indexes = new List<int>();
        var whole = new Interval(Instant.FromUnixTimeMilliseconds(begins[0]) - WidestOffset, Instant.FromUnixTimeMilliseconds(begins[^1]) + WidestOffset);
        long end = 0;
        foreach (var span in zone.GetZoneIntervals(whole))
        {
            long offset = span.WallOffset.Milliseconds;
            long spanStart = span.HasStart && span.Start > whole.Start ? span.Start.ToUnixTimeMilliseconds() : whole.Start.ToUnixTimeMilliseconds();
            long spanEnd = span.HasEnd && span.End < whole.End ? span.End.ToUnixTimeMilliseconds() : whole.End.ToUnixTimeMilliseconds();
            offsets.Add((spanStart, offset));
            int index = Math.Max(0, Array.BinarySearch(begins, spanStart + offset) is >= 0 and int exact ? exact : ~Array.BinarySearch(begins, spanStart + offset) - 1);
            for (; index < periods.Count && begins[index] - offset < spanEnd; index++)
            {
                long start = Math.Max(spanStart, begins[index] - offset);
                long stop = Math.Min(spanEnd, begins[index + 1] - offset);
                if (stop <= start) continue;
                if (starts.Count > 0 && start > end)
                {
                    // Moments between two runs that belong to a day outside: the clock was set back over the calendar's edge.
                    starts.Add(end);
                    indexes.Add(SegmentTable.Outside);
                }

                if (indexes.Count == 0 || indexes[^1] != index)
                {
                    starts.Add(start);
                    indexes.Add(index);
                }

                end = stop;
            }
        }

        // A period of days that the zone skipped altogether has no moment.
        starts.Add(starts.Count == 0 ? 0 : end);
        return (new SegmentTable([.. starts], [.. indexes], periods.Count), [.. offsets]);
    }

    /// <summary>Local milliseconds, as if the local clock were UTC's.</summary>
    private static long Midnight(LocalDate date) => date.AtMidnight().InUtc().ToInstant().ToUnixTimeMilliseconds();
}
