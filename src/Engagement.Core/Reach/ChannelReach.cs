namespace Engagement.Core;

/// <summary>What is known of the reach of one channel in a period.</summary>
/// <remarks>Immutable; equality is by value; no order. Every figure says by its reason and caveats why it has no value.</remarks>
public sealed record ChannelReach
{
    internal ChannelReach(Channel channel, AudienceSnapshot? audience, Figure potential, Figure measured, Figure coverage, Figure onTarget, Figure? targetCoverage, Figure? affinity, Figure frequency, Figure grossRatingPoints)
    {
        (Channel, Audience, Potential, Measured) = (channel, audience, potential, measured);
        (Coverage, OnTarget, TargetCoverage, Affinity) = (coverage, onTarget, targetCoverage, affinity);
        (Frequency, GrossRatingPoints) = (frequency, grossRatingPoints);
    }

    /// <summary>The channel.</summary>
    public Channel Channel { get; }

    /// <summary>The newest snapshot before the period's end; null when there is none.</summary>
    public AudienceSnapshot? Audience { get; }

    /// <summary>Potential reach per member: audience / members' universe. A rate, with Garwood's interval.</summary>
    public Figure Potential { get; }

    /// <summary>Measured reach per member: distinct persons reached in the period / members' universe. Of several publications at least the largest.</summary>
    public Figure Measured { get; }

    /// <summary>Member coverage: members in the audience / members' universe, same unit required. A proportion, with Wilson's interval.</summary>
    public Figure Coverage { get; }

    /// <summary>On-target share: members in the audience / audience. A proportion, with Wilson's interval.</summary>
    public Figure OnTarget { get; }

    /// <summary>Coverage of the channel's own target universe: target members in the audience / target universe; null when the channel has none of its own.</summary>
    public Figure? TargetCoverage { get; }

    /// <summary>Average frequency: contacts per person reached, over the period's publications that state both. Of several at most, because their reaches only unite.</summary>
    public Figure Frequency { get; }

    /// <summary>Gross rating points: contacts with the period's publications per 100 members.</summary>
    public Figure GrossRatingPoints { get; }

    /// <summary>Affinity to the channel's own target: coverage of the target / coverage of the members, 100 where both are alike; null when the channel has no target of its own.</summary>
    public Figure? Affinity { get; }

    /// <summary>The channel and its potential reach per member.</summary>
    /// <returns>For example <c>xing-tio: 81.82 per 1,000 (~9000/~110000) …</c>.</returns>
    public override string ToString() => $"{Channel.Id}: {Potential}";
}
