using NodaTime;

namespace Engagement.Storage;

/// <summary>Local dates as days since 1970-01-01.</summary>
internal static class DayNumber
{
    public const int First = int.MinValue;

    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public static int Of(LocalDate date) => Period.DaysBetween(Epoch, date);

    public static LocalDate ToDate(int day) => Epoch.PlusDays(day);

    /// <summary>The first day of the month of a day, and the first of the next; all days are a month of their own before <see cref="First"/>.</summary>
    public static (int First, int End) MonthOf(int day)
    {
        if (day == First) return (First, First);
        LocalDate date = ToDate(day);
        int first = day - date.Day + 1;
        return (first, first + date.Calendar.GetDaysInMonth(date.Year, date.Month));
    }
}
