namespace Engagement.Core.Logs;

/// <summary>What a channel published in a local period, and how often that was seen over its life.</summary>
/// <remarks>
/// <para>Immutable and additive. Measured reach is not among it: persons of several publications do not add up. Equality is by value; no order.</para>
/// <para><c>default</c> is no publication in the empty period, with exposures that are missing.</para>
/// </remarks>
public readonly record struct RollUpExposure
{
    internal RollUpExposure(ChannelId channel, LocalPeriod period, long publications, Count impressions, Count views) =>
        (Channel, Period, Publications, Impressions, Views) = (channel, period, publications, impressions, views);

    /// <summary>The channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>The period in which they were published.</summary>
    public LocalPeriod Period { get; }

    /// <summary>How many publications.</summary>
    public long Publications { get; }

    /// <summary>Their impressions (contacts), added up with their states.</summary>
    public Count Impressions { get; }

    /// <summary>Their views, likewise.</summary>
    public Count Views { get; }

    /// <summary>All parts, in the invariant culture.</summary>
    /// <returns>For example <c>xing 2014-11-20/2014-11-21: 2 publications, impressions 1000, views missing</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Channel} {Period}: {Publications} publications, impressions {Impressions}, views {Views}");
}
