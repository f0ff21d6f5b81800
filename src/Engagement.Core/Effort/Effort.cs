using NodaTime;
using NodaTime.Text;

namespace Engagement.Core;

/// <summary>What a channel cost in a period: staff time, money, or both.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order.</para>
/// <example><c>new Effort(xing.Id, LocalPeriod.Month(2014, 11)) { StaffTime = Duration.FromHours(20) }</c></example>
/// </remarks>
public sealed record Effort
{
    /// <summary>An effort.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="period">The days that it was spent on.</param>
    public Effort(ChannelId channel, LocalPeriod period) => (Channel, Period) = (channel, period);

    /// <summary>The channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>The days that it was spent on.</summary>
    public LocalPeriod Period { get; }

    /// <summary>Working time of staff; null when not known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public Duration? StaffTime
    {
        get;
        init => field = value < Duration.Zero ? throw Guard.OutOfRange(nameof(StaffTime), value, "must not be negative", "pass the time spent") : value;
    }

    /// <summary>Money spent; null when not known.</summary>
    public Money? Cost { get; init; }

    /// <summary>Channel, period, time and money, in the invariant culture.</summary>
    /// <returns>For example <c>xing-tio 2014-11-01/2014-12-01: 20:00:00, 1200.50 EUR</c>.</returns>
    public override string ToString() =>
        $"{Channel} {Period}: {(StaffTime is { } time ? DurationPattern.JsonRoundtrip.Format(time) : "time missing")}, {(Cost is { } cost ? cost.ToString() : "cost missing")}";
}
