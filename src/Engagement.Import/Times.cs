using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Engagement.Import;

/// <summary>Days and moments by ISO 8601 as they stand in a file: <c>2014-11-20</c>, <c>2014-11-20T09:00</c> on the organisation's clock, <c>2014-11-20T09:00:00+01:00</c>.</summary>
internal static class Times
{
    private const int DateLength = 10;
    private const int MinuteLength = 5;
    private const int NanosecondLength = 18;
    private const int UtcLength = 20;

    private static readonly LocalTimePattern Minutes = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");
    private static readonly LocalTimePattern Seconds = LocalTimePattern.CreateWithInvariantCulture("HH':'mm':'ss.FFFFFFFFF");
    private static readonly LocalDateTimePattern WrittenLocal = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFFF");
    private static readonly OffsetPattern Offsets = OffsetPattern.CreateWithInvariantCulture("Z+HH:mm");

    private static readonly Fault NotADate = new(Codes.NotATime, "must be a day by ISO 8601", "write it as 2014-11-20");
    private static readonly Fault NotAMoment = new(Codes.NotATime, "must be a time by ISO 8601", "write it as 2014-11-20, 2014-11-20T09:00 or 2014-11-20T09:00:00+01:00");
    private static readonly Fault NoSuchDate = new(Codes.NoSuchTime, "must be a day of the calendar", "correct the month or the day");
    private static readonly Fault NoSuchTimeOfDay = new(Codes.NoSuchTime, "must be a time from 00:00 to 23:59:59", "correct the time of day");
    private static readonly Fault NoSuchOffset = new(Codes.NoSuchTime, "must have an offset from -18:00 to +18:00", "write the offset as +01:00 or Z");
    private static readonly Fault OutOfRange = new(Codes.YearOutOfRange, "must lie in the years 0001 to 9998", "correct the year");

    public static Fault? Date(string text, out LocalDate date)
    {
        date = default;
        return text.Length == DateLength && HasDateShape(text) ? Day(text, out date) : NotADate;
    }

    public static Fault? Moment(string text, DateTimeZone zone, out Instant moment)
    {
        if (text.Length == UtcLength && TryUtc(text, out moment)) return null;
        moment = default;
        if (!HasDateShape(text) || (text.Length > DateLength && text[DateLength] != 'T')) return NotAMoment;
        if (Day(text[..DateLength], out LocalDate date) is { } noDay) return noDay;
        if (text.Length == DateLength) return StartOf(date, zone, out moment);

        int offsetAt = text.AsSpan(DateLength + 1).IndexOfAny('Z', '+', '-');
        string timeText = offsetAt < 0 ? text[(DateLength + 1)..] : text.Substring(DateLength + 1, offsetAt);
        if (TimeOfDay(timeText, out LocalTime time) is { } noTime) return noTime;
        if (offsetAt < 0) return OnTheClock(date + time, zone, out moment);

        string offsetText = text[(DateLength + 1 + offsetAt)..];
        if (!Offsets.Parse(offsetText).TryGetValue(Offset.Zero, out Offset offset)) return offsetText is [not 'Z', _, _, ':', _, _] && AreDigits(offsetText, 1, 2, 4, 5) ? NoSuchOffset : NotAMoment;
        moment = (date + time).WithOffset(offset).ToInstant();
        return null;
    }

    /// <summary>The form in which files by the hundred thousand rows have their times, <c>2014-11-20T09:00:00Z</c>, without a pattern: whatever it does not take, the patterns judge.</summary>
    private static bool TryUtc(string text, out Instant moment)
    {
        moment = default;
        if (!AreDigits(text, 0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18) || text is not [_, _, _, _, '-', _, _, '-', _, _, 'T', _, _, ':', _, _, ':', _, _, 'Z']) return false;
        (int year, int month, int day) = ((Two(0) * 100) + Two(2), Two(5), Two(8));
        (int hour, int minute, int second) = (Two(11), Two(14), Two(17));
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;
        moment = Instant.FromUtc(year, month, day, hour, minute, second);
        return true;

        int Two(int at) => ((text[at] - '0') * 10) + text[at + 1] - '0';
    }

    private static Fault? Day(string text, out LocalDate date) =>
        !LocalDatePattern.Iso.Parse(text).TryGetValue(default, out date) ? NoSuchDate
        : date.Year is < 1 or > 9998 ? OutOfRange
        : null;

    private static Fault? TimeOfDay(string text, out LocalTime time)
    {
        if ((text.Length == MinuteLength ? Minutes : Seconds).Parse(text).TryGetValue(default, out time)) return null;
        bool hasShape = text.Length is >= MinuteLength and <= NanosecondLength && AreDigits(text, 0, 1, 3, 4) && text[2] == ':' && text.All(letter => char.IsAsciiDigit(letter) || letter is ':' or '.');
        return hasShape ? NoSuchTimeOfDay : NotAMoment;
    }

    private static Fault? StartOf(LocalDate date, DateTimeZone zone, out Instant moment)
    {
        moment = default;
        try
        {
            moment = zone.AtStartOfDay(date).ToInstant();
            return null;
        }
        catch (SkippedTimeException)
        {
            return new Fault(Codes.SkippedDay, $"must be a day that {zone.Id} has; its clocks skipped this one", "write the day before or after, or a time with its offset");
        }
    }

    private static Fault? OnTheClock(LocalDateTime local, DateTimeZone zone, out Instant moment)
    {
        ZoneLocalMapping mapping = zone.MapLocal(local);
        moment = mapping.Count == 1 ? mapping.Single().ToInstant() : default;
        if (mapping.Count == 1) return null;
        string early = WrittenLocal.Format(local) + Offsets.Format(mapping.EarlyInterval.WallOffset);
        string late = WrittenLocal.Format(local) + Offsets.Format(mapping.LateInterval.WallOffset);
        return mapping.Count == 0
            ? new Fault(Codes.SkippedTime, $"must be a time that the clocks of {zone.Id} show; they were put forward over it", $"write the offset: {early} or {late}")
            : new Fault(Codes.AmbiguousTime, $"must be one moment; the clocks of {zone.Id} were put back and show this time twice", $"write the offset: {early} or {late}");
    }

    private static bool HasDateShape(string text) => text.Length >= DateLength && AreDigits(text, 0, 1, 2, 3, 5, 6, 8, 9) && text[4] == '-' && text[7] == '-';

    private static bool AreDigits(string text, params ReadOnlySpan<int> places)
    {
        foreach (int place in places)
        {
            if (!char.IsAsciiDigit(text[place])) return false;
        }

        return true;
    }
}
