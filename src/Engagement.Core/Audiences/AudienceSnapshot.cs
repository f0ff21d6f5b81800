using NodaTime;

namespace Engagement.Core;

/// <summary>Who could be reached through a channel as of a moment: followers, group members, circulation. A stock, and potential reach.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. Snapshots are never summed over time; several of one channel are an <see cref="AudienceHistory"/>. Who actually saw something is <see cref="MeasuredReach"/>.</para>
/// <example><c>new AudienceSnapshot(twitter.Id, asOf, Count.Observed(133), UnitOfCount.Account)</c></example>
/// </remarks>
public sealed record AudienceSnapshot
{
    /// <summary>A snapshot.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="asOf">When the size held.</param>
    /// <param name="size">The size; <see cref="Count.Missing"/> where a source names the channel but no figure.</param>
    /// <param name="unit">What is counted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The unit is unspecified.</exception>
    public AudienceSnapshot(ChannelId channel, Instant asOf, Count size, UnitOfCount unit) => (Channel, AsOf, Size, Unit) = (channel, asOf, size, Guard.Known(unit));

    /// <summary>The channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>When the size held.</summary>
    public Instant AsOf { get; }

    /// <summary>The size.</summary>
    public Count Size { get; }

    /// <summary>What is counted.</summary>
    public UnitOfCount Unit { get; }

    /// <summary>How many of the audience are members, in the audience's unit; missing by default.</summary>
    public Count Members { get; init; }

    /// <summary>How many of the audience belong to the channel's own target universe, in the audience's unit; missing by default.</summary>
    public Count InTarget { get; init; }

    /// <summary>Where the figure comes from, or why there is none; null when not stated.</summary>
    public string? Source { get; init; }

    /// <summary>Channel, size and moment.</summary>
    /// <returns>For example <c>twitter: 133 (Account) as of 2014-11-19T23:00:00Z</c>.</returns>
    public override string ToString() => $"{Channel}: {Size} ({Unit}) as of {AsOf}";
}
