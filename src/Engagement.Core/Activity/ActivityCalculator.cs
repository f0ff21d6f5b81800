using NodaTime;

namespace Engagement.Core;

/// <summary>Who takes part: audience growth, stickiness (DAU/MAU), concentration of contributions, creators, contributors and the silent, and how many user posts are answered.</summary>
/// <remarks>
/// <para>Immutable and safe to share between threads. Growth is that of the audience snapshots; all else is counted from single interactions with their actors and reply links, because counts that a platform states know neither. For two audiences in hand use <see cref="Growth.Of"/>.</para>
/// <para>Formulas: that of each figure is its definition; see also docs/metrics.md. Undefined, with the reason, when no interaction is listed, an actor is not known on both sides, nobody acted, the audience is missing or holds fewer than act, or no reply of ours names what it replies to. What counts as an answer is the rule of <see cref="DialogueCalculator"/>.</para>
/// <example><c>new ActivityCalculator().Calculate(portfolio, LocalPeriod.Month(2014, 11))[0].Stickiness</c></example>
/// </remarks>
public sealed class ActivityCalculator
{
    // What somebody does; not what somebody saw, nor what was undone.
    private static readonly InteractionSelection Contributions = new([.. Enum.GetValues<InteractionKind>().Where(kind => kind is not InteractionKind.Unspecified and not InteractionKind.View and not InteractionKind.Unfollow and not InteractionKind.Leave)]);

    private readonly InteractionSelection _selection;
    private readonly double _confidence;

    /// <summary>A calculator.</summary>
    /// <param name="selection">Which interactions make an actor active and count as contributions, each once whatever its weight; by default all but views and undone relationships, of all roles but Organisation and Bot.</param>
    /// <param name="confidence">The confidence level of the intervals, between 0 and 1, both excluded.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence does not lie between 0 and 1.</exception>
    public ActivityCalculator(InteractionSelection? selection = null, double confidence = 0.95)
    {
        Guard.Confidence(confidence);
        (_selection, _confidence) = (selection ?? Contributions, confidence);
    }

    /// <summary>Who takes part on every channel, and on all together.</summary>
    /// <param name="portfolio">The facts.</param>
    /// <param name="period">The days.</param>
    /// <returns>For each channel, in the order of the portfolio, and last for all together: figures, or the reasons why there are none. An actor of several channels counts once in all; audiences do not unite, so shares of the audience have no value over several.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="portfolio"/> is null.</exception>
    /// <exception cref="ArgumentException">The portfolio holds an id twice.</exception>
    /// <exception cref="OverflowException">A sum of counts exceeds 2⁶³ − 1.</exception>
    public IReadOnlyList<ChannelActivity> Calculate(Portfolio portfolio, LocalPeriod period)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        portfolio.RequireUniqueIds();

        // What answers what is the dialogue's to say; here an answer counts whenever it came.
        var dialogue = new DialogueFacts(portfolio, period, Instant.MaxValue, hours: null);
        return new ValueList<ChannelActivity>([.. portfolio.Channels.Select(channel => Of([channel], channel.Id)), Of([.. portfolio.Channels], default)]);

        ChannelActivity Of(Channel[] channels, ChannelId id) => new ActivityFacts(portfolio, period, channels, id, _selection, _confidence).Figures(dialogue);
    }
}
