namespace Engagement.Import;

/// <summary>A figure of a source that is no fact of a portfolio: a flow of a day, a unique of a period, a total since publication as of a day, a correction. A row of measurements.csv.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Publication">The publication; empty for the channel as a whole.</param>
/// <param name="Metric">Our name of the metric.</param>
/// <param name="Kind">The kind of interaction, if it is one.</param>
/// <param name="From">The first day, or the moment.</param>
/// <param name="To">The first day after; empty for a moment.</param>
/// <param name="Per">What the figure is over: day, week, life, moment …</param>
/// <param name="Nature">flow, total or stock: a total since publication and the flow of a day are never mixed.</param>
/// <param name="Adds">additive or unique.</param>
/// <param name="Segment">What further it is broken down by.</param>
/// <param name="Value">The number in digits; negative where it corrects an earlier one.</param>
/// <param name="Flag">correction, or empty.</param>
/// <param name="Source">The table that it came from.</param>
internal sealed record Measurement(string Channel, string Publication, string Metric, string Kind, string From, string To, string Per, string Nature, string Adds, string Segment, string Value, string Flag, string Source)
{
    /// <summary>Where the value and its flag stand: what says of a reading that it is another one of the same figure.</summary>
    public const int ValueColumn = 10;
    public const int FlagColumn = 11;

    public static readonly string[] Header = ["channel", "publication", "metric", "kind", "from", "to", "per", "nature", "adds", "segment", "value", "flag", "source"];

    public string[] Cells() =>
    [
        FormulaGuard.Neutral(Channel), FormulaGuard.Neutral(Publication), Metric, Kind, From, To, Per, Nature, Adds, FormulaGuard.Neutral(Segment), Value, Flag, FormulaGuard.Neutral(Source),
    ];
}
