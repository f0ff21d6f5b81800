using System.Globalization;

namespace Engagement.Core;

/// <summary>A figure with its place among others of the same definition, by its value shrunk towards the mean of all: small numbers go to extremes by chance, and would lead and close every list.</summary>
/// <remarks>
/// <para>
/// Formula: empirical Bayes. For proportions a beta–binomial, for events over an exposure a gamma–Poisson model is fitted to all figures together, and each is shown by the mean and interval of its posterior. Where no model can be fitted (they differ no more than by
/// chance, or are no counts), figures are ranked by their own values, and a caveat says so. Immutable; equality is by value; no order.
/// </para>
/// <para>Source: B. Efron, C. Morris (1975); see <see cref="BetaBinomialModel"/>, <see cref="GammaPoissonModel"/>.</para>
/// <example><c>RankedFigure.Rank(result.Channels)[0].Figure.Channel</c></example>
/// </remarks>
public sealed record RankedFigure
{
    private RankedFigure(int place, Figure figure, PosteriorEstimate? shrunk, Caveat caveat) => (Place, Figure, Shrunk, Caveats) = (place, figure, shrunk, new ValueList<Caveat>([caveat]));

    /// <summary>The place, from 1; equal values share one.</summary>
    public int Place { get; }

    /// <summary>The figure itself.</summary>
    public Figure Figure { get; }

    /// <summary>The shrunk value with its posterior interval, unscaled; null when the ranking is by the values themselves.</summary>
    public PosteriorEstimate? Shrunk { get; }

    /// <summary>Whether and how values were shrunk.</summary>
    public IReadOnlyList<Caveat> Caveats { get; }

    /// <summary>Ranks the figures that have a value, the greatest first.</summary>
    /// <param name="figures">The figures, for example of all channels.</param>
    /// <param name="confidence">The confidence level of the posterior intervals, between 0 and 1, both excluded.</param>
    /// <returns>The figures with their places; of equal values the one given first stands first.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="figures"/> is null.</exception>
    /// <exception cref="ArgumentException">A figure is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence does not lie between 0 and 1.</exception>
    /// <exception cref="DefinitionMismatchException">The figures are not all of one definition.</exception>
    public static IReadOnlyList<RankedFigure> Rank(IEnumerable<Figure> figures, double confidence = 0.95)
    {
        Figure[] defined = FigureComparison.Defined(figures);
        Guard.Confidence(confidence);
        (PosteriorEstimate[]? shrunk, Caveat caveat) = Shrink(defined, confidence);
        double Value(int index) => shrunk is null ? defined[index].Value!.Value : shrunk[index].Mean;
        int[] order = [.. Enumerable.Range(0, defined.Length).OrderByDescending(Value)];
        int[] places = new int[order.Length];

        // Equal values share the place of the first.
        for (int index = 0; index < order.Length; index++) places[index] = index > 0 && Value(order[index]) == Value(order[index - 1]) ? places[index - 1] : index + 1;
        return new ValueList<RankedFigure>(order.Select((figure, index) => new RankedFigure(places[index], defined[figure], shrunk?[figure], caveat)));
    }

    private static (PosteriorEstimate[]? Shrunk, Caveat Caveat) Shrink(Figure[] figures, double confidence)
    {
        bool isProportion = figures.Length > 0 && figures[0].Definition.Interval is IntervalMethod.Wilson;
        bool isRate = figures.Length > 0 && figures[0].Definition is { Interval: IntervalMethod.Garwood } or { Interval: IntervalMethod.Jackknife, PartLetters.Top: "ΣI" };

        // A sum of interactions is a number of events only where nothing is weighted; rounded and open counts are taken as stated.
        bool areCounts = figures.All(figure => figure.Numerator.Value is < FigureParts.LargestExact && figure.Denominator.Value is > 0 and < FigureParts.LargestExact && figure.Detail.Kinds.All(kind => kind.Weight == 1) && figure.Numerator.Value == Math.Floor(figure.Numerator.Value.Value));
        if (!areCounts || !(isProportion || isRate)) return (null, NotCounts());
        long[] events = [.. figures.Select(figure => (long)figure.Numerator.Value!.Value)];
        if (isProportion)
        {
            long[] wholes = [.. figures.Select(figure => (long)Math.Round(figure.Denominator.Value!.Value))];
            return BetaBinomialModel.TryFit(events, wholes, out BetaBinomialModel? beta)
                ? ([.. events.Zip(wholes, (part, whole) => beta.Posterior(part, whole, confidence))], Fitted("beta–binomial, Beta", beta.Alpha, beta.Beta))
                : (null, NoSpread());
        }

        double[] exposures = [.. figures.Select(figure => figure.Denominator.Value!.Value)];
        return GammaPoissonModel.TryFit(events, exposures, out GammaPoissonModel? gamma)
            ? ([.. events.Zip(exposures, (number, exposure) => gamma.Posterior(number, exposure, confidence))], Fitted("gamma–Poisson, Gamma", gamma.Shape, gamma.Rate))
            : (null, NoSpread());
    }

    private static Caveat Fitted(string model, double first, double second) => Core.Caveats.Shrunk(
        string.Create(CultureInfo.InvariantCulture, $"{model}({first:G4}, {second:G4})"),
        string.Create(Words.De, $"{model}({first:G4}; {second:G4})"));

    private static Caveat NotCounts() => Core.Caveats.NotShrunk("the figures are no plain counts over a base", "Die Zahlen sind keine einfachen Zählungen über einer Basis");

    private static Caveat NoSpread() => Core.Caveats.NotShrunk("the figures differ no more than chance makes them", "Die Zahlen unterscheiden sich nicht mehr, als der Zufall es macht");

    /// <summary>Place, channel and value.</summary>
    /// <returns>For example <c>1. facebook: 12.96 % (42/324) by-followers v1 …; shrunk 0.1102 [0.08, 0.14] EmpiricalBayes 95 %</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Place}. {Figure.Channel}: {Figure}{(Shrunk is { } shrunk ? $"; shrunk {shrunk}" : "; not shrunk")}");
}
