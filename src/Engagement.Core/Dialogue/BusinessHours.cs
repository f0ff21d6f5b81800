using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Core;

/// <summary>When an organisation is at work: opening hours by weekday, and holidays, in the organisation's own zone. Response times can be counted in this time alone.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. A date of another calendar is taken as the same day in the ISO calendar. Elapsed time is real time between opening and closing: a day on which the clocks go forward while it is open is an hour shorter.</para>
/// <para>One run of hours a weekday, within the day; closing at midnight means the end of the day.</para>
/// <example><c>new BusinessHours(new LocalTime(8, 0), new LocalTime(17, 0)).With(IsoDayOfWeek.Friday, new LocalTime(8, 0), new LocalTime(15, 0)).WithHolidays([new LocalDate(2014, 12, 25)])</c></example>
/// </remarks>
public sealed record BusinessHours
{
    private const int Weekdays = 7;

    private static readonly string[] GermanDays = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];

    // Monday first; null where the day is off. Closing at 24:00 stands as midnight.
    private readonly ValueList<(LocalTime Opens, LocalTime Closes)?> _days;
    private readonly ValueList<LocalDate> _holidays;

    /// <summary>The same hours from Monday to Friday; Saturday and Sunday are off.</summary>
    /// <param name="opens">When the day's work begins.</param>
    /// <param name="closes">When it ends, later than <paramref name="opens"/>; midnight is the end of the day.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="closes"/> is not later than <paramref name="opens"/>.</exception>
    public BusinessHours(LocalTime opens, LocalTime closes)
    {
        Check(opens, closes);
        _days = new(Enumerable.Range(0, Weekdays).Select(day => day < 5 ? (opens, closes) : ((LocalTime, LocalTime)?)null));
        _holidays = ValueList<LocalDate>.Empty;
    }

    private BusinessHours(IEnumerable<(LocalTime Opens, LocalTime Closes)?> days, ValueList<LocalDate> holidays) => (_days, _holidays) = (new(days), holidays);

    /// <summary>Days on which nobody works, in order.</summary>
    public IReadOnlyList<LocalDate> Holidays => _holidays;

    /// <summary>The same with other hours on a weekday.</summary>
    /// <param name="day">The weekday.</param>
    /// <param name="opens">When the day's work begins.</param>
    /// <param name="closes">When it ends, later than <paramref name="opens"/>; midnight is the end of the day.</param>
    /// <returns>New business hours.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The day is none, or <paramref name="closes"/> is not later than <paramref name="opens"/>.</exception>
    public BusinessHours With(IsoDayOfWeek day, LocalTime opens, LocalTime closes)
    {
        Check(day);
        Check(opens, closes);
        return Replace(day, (opens, closes));
    }

    /// <summary>The same with a weekday off.</summary>
    /// <param name="day">The weekday.</param>
    /// <returns>New business hours.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The day is none.</exception>
    public BusinessHours Without(IsoDayOfWeek day)
    {
        Check(day);
        return Replace(day, null);
    }

    /// <summary>The same with more days on which nobody works.</summary>
    /// <param name="holidays">The days.</param>
    /// <returns>New business hours.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="holidays"/> is null.</exception>
    public BusinessHours WithHolidays(IEnumerable<LocalDate> holidays)
    {
        ArgumentNullException.ThrowIfNull(holidays);
        return new(_days, new(_holidays.Concat(holidays.Select(day => day.WithCalendar(CalendarSystem.Iso))).Distinct().Order()));
    }

    /// <summary>The working time between two moments.</summary>
    /// <param name="from">The earlier moment.</param>
    /// <param name="to">The later moment.</param>
    /// <param name="zone">The zone whose calendar and clocks count: the organisation's.</param>
    /// <returns>The working time; 0 when all of it was off.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> lies before <paramref name="from"/>.</exception>
    /// <example><code>hours.Elapsed(fridayAt16, mondayAt9, zone) // 1 h on Friday and 1 h on Monday, open from 8 to 17</code></example>
    public Duration Elapsed(Instant from, Instant to, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (to < from) throw Guard.OutOfRange(nameof(to), to, $"must not lie before from ({InstantPattern.ExtendedIso.Format(from)})", "pass the earlier moment first");
        Duration elapsed = Duration.Zero;
        foreach ((Instant opens, Instant closes) in Between(from.InZone(zone).Date, to.InZone(zone).Date, zone))
        {
            Instant first = Instant.Max(opens, from);
            Instant last = Instant.Min(closes, to);
            if (first < last) elapsed += last - first;
        }

        return elapsed;
    }

    /// <summary>The open runs of all days from a first to a last one, in order, without overlap.</summary>
    internal IEnumerable<(Instant Opens, Instant Closes)> Between(LocalDate first, LocalDate last, DateTimeZone zone)
    {
        Instant end = Instant.MinValue;
        for (LocalDate date = first; date <= last; date = date.PlusDays(1))
        {
            if (_days[(int)date.DayOfWeek - 1] is not { } hours || _holidays.Contains(date)) continue;
            Instant opens = zone.MapLocal(date + hours.Opens) switch { { Count: 0 } gap => gap.LateInterval.Start, var mapping => mapping.First().ToInstant() };
            LocalDateTime closing = hours.Closes == LocalTime.Midnight ? date.PlusDays(1).AtMidnight() : date + hours.Closes;
            Instant closes = zone.MapLocal(closing) switch { { Count: 0 } gap => gap.LateInterval.Start, var mapping => mapping.Last().ToInstant() };

            // A day that a zone leaves out opens and closes at once; one that comes in two pieces must not be counted twice.
            opens = Instant.Max(opens, end);
            if (opens >= closes) continue;
            end = closes;
            yield return (opens, closes);
        }
    }

    /// <summary>Whether the weekdays, their hours and the holidays are equal.</summary>
    /// <param name="other">The hours to compare with.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(BusinessHours? other) => other is not null && _days.Equals(other._days) && _holidays.Equals(other._holidays);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_days, _holidays.Count);

    /// <summary>The hours of each weekday, in the invariant culture.</summary>
    /// <returns>For example <c>Monday 08:00–17:00, Tuesday 08:00–17:00, 2 holidays</c>.</returns>
    public override string ToString() => Text(Language.English);

    /// <summary>The hours of each weekday in a language.</summary>
    internal string Text(Language language)
    {
        bool isGerman = language is Language.German;
        IEnumerable<string> days = Enumerable.Range(0, Weekdays).Where(day => _days[day] is not null).Select(day => $"{(isGerman ? GermanDays[day] : ((IsoDayOfWeek)(day + 1)).ToString())} {Time(_days[day]!.Value.Opens)}–{Closing(_days[day]!.Value.Closes)}");
        string free = _holidays.Count == 1 ? isGerman ? "Feiertag" : "holiday" : isGerman ? "Feiertage" : "holidays";
        IEnumerable<string> holidays = _holidays.Count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{_holidays.Count} {free}")];
        return string.Join(", ", days.Concat(holidays).DefaultIfEmpty(isGerman ? "nie geöffnet" : "never open"));
    }

    private static string Time(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Closing(LocalTime time) => time == LocalTime.Midnight ? "24:00" : Time(time);

    private static void Check(IsoDayOfWeek day)
    {
        if (day is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday) throw Guard.OutOfRange(nameof(day), day, "must be a weekday", "pass Monday to Sunday");
    }

    private static void Check(LocalTime opens, LocalTime closes)
    {
        if (closes <= opens && closes != LocalTime.Midnight) throw Guard.OutOfRange(nameof(closes), Time(closes), $"must be later than opens ({Time(opens)})", "pass the earlier time first, and midnight for the end of the day");
    }

    private BusinessHours Replace(IsoDayOfWeek day, (LocalTime Opens, LocalTime Closes)? hours) => new(_days.Select((old, index) => index == (int)day - 1 ? hours : old), _holidays);
}
