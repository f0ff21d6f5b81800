using NodaTime;

namespace Engagement.Storage;

/// <summary>Local dates as days since 1970-01-01.</summary>
internal static class DayNumber
{
    public const int First = int.MinValue;

    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public static int Of(LocalDate date) => Period.DaysBetween(Epoch, date);

    public static LocalDate ToDate(int day) => Epoch.PlusDays(day);
}
