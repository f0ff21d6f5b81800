namespace Engagement.Core;

/// <summary>Who takes part on one channel, or on all together, in a period.</summary>
/// <remarks>Immutable; equality is by value; no order. Every figure says by its reason and caveats why it has no value.</remarks>
public sealed record ChannelActivity
{
    internal ChannelActivity(ChannelId channel, Growth audienceGrowth, Figure stickiness, Figure serviceLevel, Figure absenceFactor, Figure gini, Figure creators, Figure contributors, Figure silent)
    {
        (Channel, AudienceGrowth, Stickiness, ServiceLevel) = (channel, audienceGrowth, stickiness, serviceLevel);
        (AbsenceFactor, Gini, Creators, Contributors, Silent) = (absenceFactor, gini, creators, contributors, silent);
    }

    /// <summary>The channel; <see cref="ChannelId.IsNone"/> for all together.</summary>
    public ChannelId Channel { get; }

    /// <summary>How the audience changed.</summary>
    public Growth AudienceGrowth { get; }

    /// <summary>DAU/MAU of distinct actors; the interval is the jackknife over actors.</summary>
    public Figure Stickiness { get; }

    /// <summary>Answered user posts over user posts, with Wilson's interval.</summary>
    public Figure ServiceLevel { get; }

    /// <summary>The smallest number of actors who give half of the contributions is its numerator; its denominator is all who contribute.</summary>
    public Figure AbsenceFactor { get; }

    /// <summary>Gini's coefficient of the contributions.</summary>
    public Figure Gini { get; }

    /// <summary>Actors with a post of their own, over the audience.</summary>
    public Figure Creators { get; }

    /// <summary>Other actors, over the audience.</summary>
    public Figure Contributors { get; }

    /// <summary>The rest of the audience.</summary>
    public Figure Silent { get; }

    /// <summary>The channel with stickiness and service level.</summary>
    /// <returns>For example <c>xing: 12.50 % (2.5/20) stickiness v1 …; 25.00 % (5/20) service-level v1 …</c>.</returns>
    public override string ToString() => $"{Channel}: {Stickiness}; {ServiceLevel}";
}
