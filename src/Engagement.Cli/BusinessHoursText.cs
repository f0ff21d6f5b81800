using Engagement.Core;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Cli;

/// <summary>Reads business hours as a user writes them: <c>Mon-Thu 08:00-17:00, Fri 08:00-15:00</c>.</summary>
internal static class BusinessHoursText
{
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private static readonly LocalTimePattern[] Times = [LocalTimePattern.CreateWithInvariantCulture("H:mm"), LocalTimePattern.CreateWithInvariantCulture("%H")];

    /// <summary>The hours, or the rule that the text breaks.</summary>
    public static (BusinessHours? Hours, string? Broken) Read(string text)
    {
        var open = new Dictionary<IsoDayOfWeek, (LocalTime Opens, LocalTime Closes)>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var days, var hours] || Ends(days, Day) is not var (first, last) || Ends(hours, Time) is not var (opens, closes)) return (null, "must be weekdays with their hours, separated by commas");
            if (last < first) return (null, "must name the earlier weekday first");
            if (closes <= opens && closes != LocalTime.Midnight) return (null, "must open before it closes, within the day");
            for (IsoDayOfWeek day = first; day <= last; day++)
            {
                if (!open.TryAdd(day, (opens, closes))) return (null, $"must not give hours to {day} twice");
            }
        }

        var all = Enumerable.Range(1, Days.Length).Select(day => (IsoDayOfWeek)day).ToArray();
        return (all.Aggregate(new BusinessHours(LocalTime.Midnight, LocalTime.Midnight), (week, day) => open.TryGetValue(day, out var run) ? week.With(day, run.Opens, run.Closes) : week.Without(day)), null);
    }

    /// <summary>Days separated by commas; null when one is none.</summary>
    public static IReadOnlyList<LocalDate>? Holidays(string text)
    {
        ParseResult<LocalDate>[] days = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(LocalDatePattern.Iso.Parse)];
        return days.All(day => day.Success) ? [.. days.Select(day => day.Value)] : null;
    }

    /// <summary>What stands on both sides of the hyphen; one thing alone is both ends.</summary>
    private static (T First, T Last)? Ends<T>(string text, Func<string, bool, T?> read)
        where T : struct
    {
        string[] ends = text.Split('-');
        return ends.Length <= 2 && read(ends[0], false) is { } first && read(ends[^1], true) is { } last ? (first, last) : null;
    }

    private static IsoDayOfWeek? Day(string text, bool isLast) => Array.IndexOf(Days, text.ToLowerInvariant()) is >= 0 and int day ? (IsoDayOfWeek)(day + 1) : null;

    /// <summary>The time of a clock; 24:00 closes at midnight.</summary>
    private static LocalTime? Time(string text, bool isLast)
    {
        if (isLast && text is "24" or "24:00") return LocalTime.Midnight;
        foreach (LocalTimePattern pattern in Times)
        {
            if (pattern.Parse(text).TryGetValue(default, out LocalTime time)) return time;
        }

        return null;
    }
}
