using System.Globalization;

namespace Engagement.Core;

/// <summary>Two figures of one definition side by side: their difference and quotient with intervals, and whether they can be told apart, given how many comparisons were made.</summary>
/// <remarks>
/// <para>
/// Which method, the definition decides. Proportions: Newcombe's interval for the difference, Fisher's exact test (above a million in all, the pooled z). Rates of events: the exact conditional interval and test of the rate ratio. Ratios over several
/// publications or days: Welch's t from the jackknife spread of each. Shares answered within one time: the normal test on the scale ln(−ln S), with a difference from both pairs of log-log limits, squared and added. Rounded inputs widen the intervals, and the p-value is the greatest that they leave open. The two figures are taken as independent.
/// </para>
/// <para>Without an interval for medians, for figures that are known in part only, and where a single publication stands against several; a caveat says why. Immutable; equality is by value; no order.</para>
/// <para>Source: Newcombe (1998); Przyborowski and Wilenski (1940); Welch (1947); Klein, Logan, Harhoff and Andersen (2007); Zou and Donner (2008); Holm (1979); Benjamini and Hochberg (1995).</para>
/// <example><c>FigureComparison.Of(twitter, facebook).CanBeToldApart</c></example>
/// </remarks>
public sealed record FigureComparison
{
    private FigureComparison(Figure first, Figure second, double confidence)
    {
        DefinitionMismatchException.ThrowIfUnequal(first.Definition, second.Definition);
        (First, Second, Confidence) = (first, second, confidence);
        Comparison comparison = Comparison.Of(first, second, confidence);
        (DifferenceInterval, QuotientInterval, PValue) = (comparison.Difference, comparison.Quotient, comparison.PValue);
        AdjustedPValue = PValue;
        Caveats = new ValueList<Caveat>(comparison.Caveats);
    }

    /// <summary>The one.</summary>
    public Figure First { get; }

    /// <summary>The other, from which it is told apart.</summary>
    public Figure Second { get; }

    /// <summary>The confidence level of the intervals and of the verdict.</summary>
    public double Confidence { get; }

    /// <summary>The first value minus the second, unscaled; null when one is undefined.</summary>
    public double? Difference => First.Value - Second.Value;

    /// <summary>The interval of the difference; null when there is none.</summary>
    public IntervalEstimate? DifferenceInterval { get; }

    /// <summary>The first value over the second; null when one is undefined or the second is 0.</summary>
    public double? Quotient => Second.Value is > 0 && First.Value / Second.Value is { } quotient && double.IsFinite(quotient) ? quotient : null;

    /// <summary>The interval of the quotient; null when there is none.</summary>
    public QuotientInterval? QuotientInterval { get; }

    /// <summary>How likely so great a difference is by chance alone where there is none; null when there is no test.</summary>
    public double? PValue { get; }

    /// <summary>The p-value adjusted for all comparisons made at the same time; that of a single one is its own.</summary>
    public double? AdjustedPValue { get; private init; }

    /// <summary>How many comparisons were made at the same time, and accounted for.</summary>
    public int Comparisons { get; private init; } = 1;

    /// <summary>How they were accounted for: <c>Holm</c> or <c>Benjamini–Hochberg</c>; null for a single one.</summary>
    public string? Adjustment { get; private init; }

    /// <summary>The verdict: whether the two can be told apart at <see cref="Confidence"/>, given <see cref="Comparisons"/>; null when there is nothing to judge by.</summary>
    public bool? CanBeToldApart => AdjustedPValue is { } p ? p <= 2 * ConfidenceLevel.Tail(Confidence) : null;

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<Caveat> Caveats { get; }

    /// <summary>Compares two figures.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded.</param>
    /// <returns>Difference, quotient and verdict.</returns>
    /// <exception cref="ArgumentNullException">A figure is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence does not lie between 0 and 1.</exception>
    /// <exception cref="DefinitionMismatchException">The figures are of unequal definitions.</exception>
    public static FigureComparison Of(Figure first, Figure second, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        Guard.Confidence(confidence);
        return new FigureComparison(first, second, confidence);
    }

    /// <summary>Compares every figure with every other that has a value, and accounts for how many comparisons that makes.</summary>
    /// <param name="figures">The figures, for example of all channels.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded.</param>
    /// <param name="byFalseDiscoveries">Whether the share of false verdicts among those given is held (Benjamini and Hochberg), instead of the chance of any false verdict at all (Holm, the default).</param>
    /// <returns>n(n − 1)/2 comparisons of the n figures that have a value, in their order.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="figures"/> is null.</exception>
    /// <exception cref="ArgumentException">A figure is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence does not lie between 0 and 1.</exception>
    /// <exception cref="DefinitionMismatchException">The figures are not all of one definition, whether they have a value or not.</exception>
    public static IReadOnlyList<FigureComparison> All(IEnumerable<Figure> figures, double confidence = 0.95, bool byFalseDiscoveries = false)
    {
        Figure[] defined = Defined(figures);
        Guard.Confidence(confidence);
        return Adjusted([.. defined.SelectMany((first, index) => defined.Skip(index + 1).Select(second => new FigureComparison(first, second, confidence)))], byFalseDiscoveries);
    }

    /// <summary>The figures with a value, all of one definition.</summary>
    internal static Figure[] Defined(IEnumerable<Figure> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        Figure[] all = [.. figures.Select(figure => figure ?? throw new ArgumentException("figures must not hold null: leave out what is not known.", nameof(figures)))];
        foreach (Figure figure in all) DefinitionMismatchException.ThrowIfUnequal(all[0].Definition, figure.Definition);
        return [.. all.Where(figure => figure.Ratio.IsDefined)];
    }

    /// <summary>Accounts for comparisons that were made at the same time.</summary>
    internal static IReadOnlyList<FigureComparison> Adjusted(FigureComparison[] comparisons, bool byFalseDiscoveries)
    {
        double[] tested = [.. comparisons.Select(comparison => comparison.PValue).OfType<double>()];
        if (tested.Length < 2) return new ValueList<FigureComparison>(comparisons);
        double[] adjusted = byFalseDiscoveries ? MultipleTesting.BenjaminiHochberg(tested) : MultipleTesting.Holm(tested);
        int next = 0;
        return new ValueList<FigureComparison>(comparisons.Select(comparison => comparison.PValue is null ? comparison : comparison with { AdjustedPValue = adjusted[next++], Comparisons = tested.Length, Adjustment = byFalseDiscoveries ? "Benjamini–Hochberg" : "Holm" }));
    }

    /// <summary>Both figures and the verdict, in the invariant culture.</summary>
    /// <returns>For example <c>by-followers v1: twitter 12.96 against facebook 2 per 100; difference 10.96 [6.2, 15.8] Welch; can be told apart (p = 0.003)</c>.</returns>
    public override string ToString()
    {
        string Scaled(double? value) => value is { } number ? (number * First.Scale).ToString("0.####", CultureInfo.InvariantCulture) : "undefined";
        string Name(Figure figure, Figure other) => figure.Channel == other.Channel ? figure.Period.ToString() : figure.Channel.IsNone ? "all" : figure.Channel.Value;
        string per = First.Scale == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" per {First.Scale}");
        string difference = Difference is null ? "" : $"; difference {Scaled(Difference)}{(DifferenceInterval is { } interval ? $" [{Scaled(interval.Lower)}, {Scaled(interval.Upper)}] {interval.Method}" : "")}";
        string quotient = Quotient is { } value ? string.Create(CultureInfo.InvariantCulture, $"; quotient {value:0.####}{(QuotientInterval is { } range ? $" {range}" : "")}") : "";
        string verdict = CanBeToldApart switch { true => "can be told apart", false => "cannot be told apart", _ => "nothing to judge by" };
        string p = AdjustedPValue is { } adjusted ? string.Create(CultureInfo.InvariantCulture, $" (p = {adjusted:0.####}{(Adjustment is null ? "" : $", {Adjustment} over {Comparisons}")})") : "";
        return $"{First.Definition.Id}: {Name(First, Second)} {Scaled(First.Value)} against {Name(Second, First)} {Scaled(Second.Value)}{per}{difference}{quotient}; {verdict}{p}";
    }
}
