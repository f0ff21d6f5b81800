using System.Globalization;

namespace Engagement.Core;

/// <summary>A figure that can be trusted: its value or the reason why there is none, both parts, the definition, the period, what rounding leaves open, an interval, and caveats.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order: figures of different definitions must not be compared. A bare quotient without all this is a <see cref="Ratio"/>.</para>
/// <para>Formula: <c>Ratio = Numerator / Denominator</c>; <see cref="Scale"/> is for display only. A mean has the sum of its ratios and their number as parts; a median has itself and 1.</para>
/// <example><c>12.96 % (42/324) by-followers v1 [9.34 %, 17.52 %] Garwood</c></example>
/// </remarks>
public sealed record Figure
{
    internal Figure(Definition definition, LocalPeriod period, ChannelId channel, Quantity numerator, Quantity denominator, Ratio ratio, Bounds? rounding, IntervalEstimate? interval, IEnumerable<Caveat> caveats, FigureDetail? detail = null)
    {
        (Definition, Period, Channel) = (definition, period, channel);
        (Numerator, Denominator, Ratio, Rounding, Interval) = (numerator, denominator, ratio, rounding, interval);
        Caveats = new ValueList<Caveat>(caveats.Distinct());
        Detail = detail ?? FigureDetail.None;
    }

    /// <summary>The same figure as that of all channels together, where this channel is the only one that has one.</summary>
    internal Figure OfAll(IEnumerable<Caveat> more) => new(Definition, Period, default, Numerator, Denominator, Ratio, Rounding, Interval, Caveats.Concat(more), Detail);

    /// <summary>The recipe, with its name and version.</summary>
    public Definition Definition { get; }

    /// <summary>The days that the figure is of.</summary>
    public LocalPeriod Period { get; }

    /// <summary>The channel; <see cref="ChannelId.IsNone"/> when the figure is of all channels together.</summary>
    public ChannelId Channel { get; }

    /// <summary>How many of the denominator the figure is shown for: 1, 100 (percent) or 1,000.</summary>
    public int Scale => Definition.Scale;

    /// <summary>What is divided, and what is known about it.</summary>
    public Quantity Numerator { get; }

    /// <summary>What it is divided by, and what is known about it.</summary>
    public Quantity Denominator { get; }

    /// <summary>The quotient, or the reason why there is none.</summary>
    public Ratio Ratio { get; }

    /// <summary>The quotient, unscaled; null when undefined.</summary>
    public double? Value => Ratio.Value;

    /// <summary>The least and the most that the value can be, given rounded or not additive inputs; null when the inputs are exact or the figure is undefined.</summary>
    public Bounds? Rounding { get; }

    /// <summary>The interval, unscaled, with its method; null when there is none, and then a caveat says why. Rounded inputs have widened it.</summary>
    public IntervalEstimate? Interval { get; }

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<Caveat> Caveats { get; }

    /// <summary>What it was made of.</summary>
    internal FigureDetail Detail { get; }

    /// <summary>How the figure came about: formula, the numbers put in, sums on the way, result, interval, sources and caveats. The text alone suffices to calculate the figure again.</summary>
    /// <param name="language">English or German; numbers are written in its way.</param>
    /// <returns>Several lines, separated by \n. Of more than 100 publications or days the first 100 are listed, and the others stand in sum.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language is unspecified or unknown.</exception>
    public string Explain(Language language) => Explanation.Of(this, language);

    /// <summary>The figure in one line, in the invariant culture.</summary>
    /// <returns>For example <c>12.96 % (42/324) by-followers v1 [9.34 %, 17.52 %] Garwood</c>.</returns>
    public override string ToString()
    {
        string parts = $"({Short(Numerator)}/{Short(Denominator)}) {Definition.Id}";
        if (Value is not { } value) return $"undefined: {Ratio.Undefined} {parts}";
        string rounding = Rounding is { } bounds ? $" [{Scaled(bounds.Lower)}, {Scaled(bounds.Upper)}] rounding" : "";
        string interval = Interval is { } estimate ? $" [{Scaled(estimate.Lower)}, {Scaled(estimate.Upper)}] {estimate.Method}" : "";
        return $"{Scaled(value)} {parts}{rounding}{interval}";
    }

    private static string Short(Quantity quantity) => quantity.State is CountState.Rounded ? $"~{Quantity.Text(quantity.Value ?? 0)}" : quantity.ToString();

    private string Scaled(double value) => Scale switch
    {
        100 => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.00} %"),
        1_000 => string.Create(CultureInfo.InvariantCulture, $"{value * 1_000:0.00} per 1,000"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:0.####}"),
    };
}
