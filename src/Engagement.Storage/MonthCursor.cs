using NodaTime;

namespace Engagement.Storage;

/// <summary>Finds the calendar months of UTC of moments, most of which lie in the month of the one before.</summary>
internal struct MonthCursor
{
    private (int Year, int Month) _month;
    private long _from;
    private long _to;

    /// <summary>The month of a moment in milliseconds.</summary>
    public (int Year, int Month) Of(long time)
    {
        if (time < _from || time >= _to)
        {
            LocalDate date = Instant.FromUnixTimeMilliseconds(time).InUtc().Date;
            LocalDate first = new(date.Year, date.Month, 1);
            (_month, _from, _to) = ((date.Year, date.Month), Midnight(first), Midnight(first.PlusMonths(1)));
        }

        return _month;

        static long Midnight(LocalDate date) => date.AtMidnight().InUtc().ToInstant().ToUnixTimeMilliseconds();
    }
}
