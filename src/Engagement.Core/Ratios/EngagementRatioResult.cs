namespace Engagement.Core;

/// <summary>The engagement ratio of every channel and of all together, by one definition, in one period.</summary>
/// <remarks>Immutable; equality is by value; no order.</remarks>
public sealed record EngagementRatioResult
{
    internal EngagementRatioResult(EngagementRatioDefinition definition, LocalPeriod period, IEnumerable<Figure> channels, Figure total) =>
        (Definition, Period, Channels, Total) = (definition, period, new ValueList<Figure>(channels), total);

    /// <summary>The recipe.</summary>
    public EngagementRatioDefinition Definition { get; }

    /// <summary>The days that the result is of.</summary>
    public LocalPeriod Period { get; }

    /// <summary>A figure for each channel, in the order of the portfolio.</summary>
    public IReadOnlyList<Figure> Channels { get; }

    /// <summary>The figure of all channels that have one together.</summary>
    public Figure Total { get; }

    /// <summary>How the figures came about, channel by channel and all together; see <see cref="Figure.Explain"/>.</summary>
    /// <param name="language">English or German.</param>
    /// <returns>The figures' explanations, with an empty line between them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language is unspecified or unknown.</exception>
    public string Explain(Language language) => string.Join('\n', Channels.Append(Total).Select(figure => figure.Explain(language)));

    /// <summary>The total in one line.</summary>
    /// <returns>The total figure's text.</returns>
    public override string ToString() => Total.ToString();
}
