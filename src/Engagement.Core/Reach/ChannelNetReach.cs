namespace Engagement.Core;

/// <summary>What one channel contributes to the net reach of all: exactly where identities or enough overlaps are known, else between bounds.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. Both ends of a <see cref="Bounds"/> are equal where the number is exact.</para>
/// <para>Exclusive reach is what would be lost without the channel (its marginal reach): N(all) − N(all others).</para>
/// </remarks>
public sealed record ChannelNetReach
{
    internal ChannelNetReach(ChannelId channel, Count reach, Bounds? exclusive, int? rank, Bounds? added) => (Channel, Reach, Exclusive, Rank, Added) = (channel, reach, exclusive, rank, added);

    /// <summary>The channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>How many it reaches; missing where no log tells it.</summary>
    public Count Reach { get; }

    /// <summary>How many it alone reaches, and would be lost without it; null when its audience has no known upper end, or is not known.</summary>
    public Bounds? Exclusive { get; }

    /// <summary>Its place, from 1, in the order in which each next channel adds most; null from where the bounds leave the order open, and where the reach is not known.</summary>
    public int? Rank { get; }

    /// <summary>How many it adds to the channels before it in that order; null when it has no place.</summary>
    public Bounds? Added { get; }

    /// <summary>The channel with its numbers, in the invariant culture.</summary>
    /// <returns>For example <c>xing-tio: 9000, exclusive [8505, 9000], no. 1, adds [9000, 9000]</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Channel}: {Reach}, exclusive {Exclusive?.ToString() ?? "open"}, {(Rank is { } rank ? FormattableString.Invariant($"no. {rank}, adds {Added}") : "no certain place")}");
}
