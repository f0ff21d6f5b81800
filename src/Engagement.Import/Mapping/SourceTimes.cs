using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Import;

/// <summary>Times as sources write them: ISO 8601 in its usual dresses, then the patterns of the mapping. A time without a zone needs one from the mapping or from the user.</summary>
internal static class SourceTimes
{
    private static readonly ConcurrentDictionary<string, LocalDateTimePattern?> Locals = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, OffsetDateTimePattern?> WithOffset = new(StringComparer.Ordinal);

    private static readonly (string German, string English)[] Months =
    [
        ("Januar", "January"), ("Februar", "February"), ("März", "March"), ("Mai", "May"), ("Juni", "June"), ("Juli", "July"), ("Oktober", "October"), ("Dezember", "December"),
        ("Jan.", "Jan"), ("Feb.", "Feb"), ("Mrz", "Mar"), ("Apr.", "Apr"), ("Jun.", "Jun"), ("Jul.", "Jul"), ("Aug.", "Aug"), ("Sept.", "Sep"), ("Sep.", "Sep"), ("Sept ", "Sep "), ("Okt.", "Oct"), ("Okt", "Oct"), ("Nov.", "Nov"), ("Dez.", "Dec"), ("Dez", "Dec"),
    ];

    private static readonly string[] IsoLocal = ["uuuu'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFFF", "uuuu'-'MM'-'dd' 'HH':'mm':'ss.FFFFFFFFF", "uuuu'-'MM'-'dd'T'HH':'mm", "uuuu'-'MM'-'dd' 'HH':'mm", "uuuu'-'MM'-'dd"];
    private static readonly string[] IsoOffset =
    [
        "uuuu'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFFFo<Z+HH:mm>", "uuuu'-'MM'-'dd' 'HH':'mm':'ss.FFFFFFFFF' 'o<Z+HHmm>", "uuuu'-'MM'-'dd' 'HH':'mm' 'o<+HHmm>", "uuuu'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFFFo<+HHmm>",
        "uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>", "uuuu'-'MM'-'dd' 'HH':'mm':'ss.FFFFFFFFFo<Z+HH:mm>", "ddd MMM dd HH':'mm':'ss o<+HHmm> uuuu", "ddd, dd MMM uuuu HH':'mm':'ss o<+HHmm>",
    ];

    /// <summary>Whether a text can be compiled to a pattern.</summary>
    public static bool IsPattern(string format) => format is "epoch-seconds" or "epoch-milliseconds" || Local(format) is not null || Offset(format) is not null;

    /// <summary>Reads a time.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="times">How the source writes.</param>
    /// <param name="zone">The zone of times without one; null when there is none.</param>
    /// <param name="moment">The instant.</param>
    /// <param name="day">The day on the calendar of the source: that of its own offset, where it writes one.</param>
    public static Fault? Read(string text, TimeMapping times, DateTimeZone? zone, out Instant moment, out LocalDate day)
    {
        (moment, day) = (default, default);
        text = Clean(text);
        if (text.EndsWith(" UTC", StringComparison.Ordinal)) text = text[..^4].Replace(' ', 'T') + "Z";
        foreach (string pattern in IsoOffset)
        {
            if (Offset(pattern)!.Parse(text).TryGetValue(default, out OffsetDateTime at)) return Result(at, out moment, out day);
        }

        foreach (string pattern in IsoLocal)
        {
            if (Local(pattern)!.Parse(text).TryGetValue(default, out LocalDateTime at)) return OnTheClock(at, text.Length == 10, zone, out moment, out day);
        }

        if (times.IsOrderOpen && TwoOrders(text) is { } open) return open;
        foreach (string format in times.Formats)
        {
            if (format.StartsWith("epoch-", StringComparison.Ordinal))
            {
                if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long since) || since > 250_000_000_000_000) continue;
                return Result((format == "epoch-seconds" && since < 250_000_000_000 ? Instant.FromUnixTimeSeconds(since) : Instant.FromUnixTimeMilliseconds(since)).WithOffset(NodaTime.Offset.Zero), out moment, out day);
            }

            if (Offset(format) is { } offset && offset.Parse(text).TryGetValue(default, out OffsetDateTime at)) return Result(at, out moment, out day);
            if (Local(format) is { } local && local.Parse(text).TryGetValue(default, out LocalDateTime on)) return OnTheClock(on, !format.Contains('H', StringComparison.Ordinal) && !format.Contains('h', StringComparison.Ordinal), zone, out moment, out day);
        }

        return new Fault(ImportCodes.NotATime, $"must be a time by ISO 8601{(times.Formats.Length == 0 ? "" : $" or {string.Join(", ", times.Formats)}")}", "correct it at its source, or the formats in the mapping");
    }

    /// <summary>What is open where both numbers before the year may be the month.</summary>
    private static Fault? TwoOrders(string text)
    {
        string[] parts = text.Split('/', 3);
        return parts.Length == 3 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int second) && first <= 12 && second <= 12 && first != second
            ? new Fault(ImportCodes.NotATime, "may have the day or the month first", "write it as year-month-day (2014-05-03) or day.month.year (3.5.2014)")
            : null;
    }

    private static Fault? Result(OffsetDateTime at, out Instant moment, out LocalDate day)
    {
        (moment, day) = (at.ToInstant(), at.Date);
        return InRange(moment);
    }

    private static Fault? InRange(Instant at) => at.InUtc().Year is < 1 or > 9998 ? new Fault(ImportCodes.NotATime, "must lie in the years 0001 to 9998", "correct it at its source") : null;

    private static Fault? OnTheClock(LocalDateTime at, bool onlyDay, DateTimeZone? zone, out Instant moment, out LocalDate day)
    {
        (moment, day) = (default, at.Date);
        if (zone is null) throw new ImportException(new Fault(ImportCodes.ZoneNeeded, "is a time without a zone, and the source does not say which one it means", "pass the zone of the account or the export (--zone Europe/Berlin)"), isQuestion: true);
        if (at.Year is < 1 or > 9998) return new Fault(ImportCodes.NotATime, "must lie in the years 0001 to 9998", "correct it at its source");
        if (onlyDay)
        {
            try
            {
                moment = zone.AtStartOfDay(at.Date).ToInstant();
                return null;
            }
            catch (SkippedTimeException)
            {
                return new Fault(ImportCodes.NotATime, $"must be a day that {zone.Id} has; its clocks skipped this one", "check the zone");
            }
        }

        NodaTime.TimeZones.ZoneLocalMapping mapping = zone.MapLocal(at);
        if (mapping.Count == 0) return new Fault(ImportCodes.NotATime, $"must be a time that the clocks of {zone.Id} show; they were put forward over it", "check the zone, or write the offset");
        if (mapping.Count > 1) return new Fault(ImportCodes.NotATime, $"must be one moment; the clocks of {zone.Id} were put back and show this time twice", "write the offset");
        moment = mapping.Single().ToInstant();
        return null;
    }

    private static string Clean(string text)
    {
        text = text.Trim().Replace('\u00A0', ' ').Replace('\u202F', ' ');
        if (text.Any(char.IsAsciiLetter))
        {
            foreach ((string german, string english) in Months)
            {
                if (!text.Contains(german, StringComparison.OrdinalIgnoreCase) || IsEnglish(text, german, english)) continue;
                text = text.Replace(german, english, StringComparison.OrdinalIgnoreCase);
                break;
            }

            if (text.EndsWith(" am", StringComparison.Ordinal) || text.EndsWith(" pm", StringComparison.Ordinal)) text = text[..^2] + text[^2..].ToUpperInvariant();
        }

        return text;
    }

    /// <summary>January has Januar in it.</summary>
    private static bool IsEnglish(string text, string german, string english) => english.StartsWith(german, StringComparison.Ordinal) && text.Contains(english, StringComparison.OrdinalIgnoreCase);

    private static LocalDateTimePattern? Local(string format) => Locals.GetOrAdd(format, static text => Compiled(() => LocalDateTimePattern.CreateWithInvariantCulture(text)));

    // A pattern without an offset would read every time as UTC.
    private static OffsetDateTimePattern? Offset(string format) => WithOffset.GetOrAdd(format, static text => text.Contains("o<", StringComparison.Ordinal) ? Compiled(() => OffsetDateTimePattern.CreateWithInvariantCulture(text)) : null);

    private static T? Compiled<T>(Func<T> compile)
        where T : class
    {
        try
        {
            return compile();
        }
        catch (InvalidPatternException)
        {
            return null;
        }
    }
}
