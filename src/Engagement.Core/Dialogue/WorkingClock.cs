using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Core;

/// <summary>A clock that runs only in business hours, ready for many questions: milliseconds between two moments.</summary>
internal sealed class WorkingClock
{
    private const long Margin = 3 * NodaConstants.MillisecondsPerDay;

    private readonly long[]? _opens;
    private readonly long[] _closes = [];
    private readonly long[] _before = [];

    private WorkingClock()
    {
    }

    private WorkingClock(BusinessHours hours, DateTimeZone zone, long first, long last)
    {
        var runs = hours.Between(Date(first), Date(last), zone).ToArray();
        _opens = [.. runs.Select(run => run.Opens.ToUnixTimeMilliseconds())];
        _closes = [.. runs.Select(run => run.Closes.ToUnixTimeMilliseconds())];
        _before = new long[runs.Length];
        for (int run = 1; run < runs.Length; run++) _before[run] = _before[run - 1] + _closes[run - 1] - _opens[run - 1];

        // At the ends of the calendar a moment has no date in zones far from Greenwich.
        LocalDate Date(long time) => Instant.FromUnixTimeMilliseconds(Math.Clamp(time, InteractionLog.Earliest + Margin, InteractionLog.Latest - Margin)).InZone(zone).Date;
    }

    /// <summary>The clock of business hours for moments from a first to a last one; one that never stands still without business hours.</summary>
    public static WorkingClock Of(BusinessHours? hours, DateTimeZone zone, long first, long last) => hours is null ? new() : new(hours, zone, first, last);

    public long Elapsed(long from, long to) => _opens is null ? to - from : Until(to) - Until(from);

    private long Until(long time)
    {
        int run = Array.BinarySearch(_opens!, time);
        if (run < 0) run = ~run - 1;
        return run < 0 ? 0 : _before[run] + Math.Min(time, _closes[run]) - _opens![run];
    }
}
