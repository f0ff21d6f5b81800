using NodaTime;

namespace Engagement.Core;

/// <summary>How many of the audience of one channel are in the audience of another too, as of a moment: what a comparison of two lists, a survey or a platform told.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order: which channel is named first carries no meaning. Counted in the unit of both audiences; of audiences of different units nothing can be shared.</para>
/// <para>A known overlap is a fact, and narrows the bounds of the net reach; without one nothing is assumed.</para>
/// <example><c>new AudienceOverlap(xing.Id, facebook.Id, asOf, Count.Observed(120)) { Source = "lists compared" }</c></example>
/// </remarks>
public sealed record AudienceOverlap
{
    /// <summary>An overlap.</summary>
    /// <param name="channel">One channel.</param>
    /// <param name="other">The other channel.</param>
    /// <param name="asOf">When the overlap held.</param>
    /// <param name="shared">How many are in both audiences.</param>
    public AudienceOverlap(ChannelId channel, ChannelId other, Instant asOf, Count shared) => (Channel, Other, AsOf, Shared) = (channel, other, asOf, shared);

    /// <summary>One channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>The other channel.</summary>
    public ChannelId Other { get; }

    /// <summary>When the overlap held.</summary>
    public Instant AsOf { get; }

    /// <summary>How many are in both audiences.</summary>
    public Count Shared { get; }

    /// <summary>How many of those in both are members; missing by default.</summary>
    public Count Members { get; init; }

    /// <summary>How many of those in both belong to the target universe that both channels have; missing by default.</summary>
    public Count InTarget { get; init; }

    /// <summary>Where the figure comes from; null when not stated.</summary>
    public string? Source { get; init; }

    /// <summary>Channels, overlap and moment.</summary>
    /// <returns>For example <c>xing-tio and facebook share 120 as of 2014-11-19T23:00:00Z</c>.</returns>
    public override string ToString() => $"{Channel} and {Other} share {Shared} as of {AsOf}";
}
