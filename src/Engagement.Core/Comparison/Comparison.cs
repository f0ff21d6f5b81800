namespace Engagement.Core;

/// <summary>Intervals and test of two figures, by what kind of figures they are.</summary>
internal sealed class Comparison
{
    // Fisher's test goes through every table with the same margins; above this the pooled z says the same.
    private const double LargestForFisher = 1_000_000;

    public IntervalEstimate? Difference { get; private init; }

    public QuotientInterval? Quotient { get; private init; }

    public double? PValue { get; private init; }

    public IReadOnlyList<Caveat> Caveats { get; private init; } = [];

    public static Comparison Of(Figure first, Figure second, double confidence)
    {
        if (!first.Ratio.IsDefined || !second.Ratio.IsDefined) return None("a figure has no value", "Eine Zahl hat keinen Wert");
        if (IsOpen(first) || IsOpen(second)) return None("a part is known in part only", "Ein Teil ist nur teilweise bekannt");
        if (first.Interval is null || second.Interval is null) return None("a figure has no interval of its own", "Eine Zahl hat selbst kein Intervall");
        if (first.Detail.Spread is { } spread && second.Detail.Spread is { } other) return OfSpreads(first, spread, second, other, confidence);
        if (first.Definition.Interval is IntervalMethod.Wilson) return OfProportions(Parts(first), Parts(second), confidence);
        if (Events(first) is { } events && Events(second) is { } otherEvents) return OfRates(events, otherEvents, confidence);
        if (first.Definition.Interval is IntervalMethod.SurvivalLogLog)
        {
            return first.Scale == 100 ? OfCurves(first, second, confidence)
                : None("medians are read off whole curves: the log-rank test of their response times (ResponseTimes.LogRank) tells these apart", "Mediane werden aus ganzen Kurven abgelesen: Der Log-Rang-Test ihrer Antwortzeiten (ResponseTimes.LogRank) unterscheidet diese");
        }

        return first.Definition.Interval is IntervalMethod.OrderStatistics ? None("there is no test of medians here", "Für Mediane gibt es hier keinen Test")
            : IsOfSeveral(first) && IsOfSeveral(second) ? None("publications that do not differ at all have no spread to judge by", "Veröffentlichungen, die sich gar nicht unterscheiden, haben keine Streuung, nach der zu urteilen wäre")
            : None("one publication does not say how the publications of its channel differ", "Eine einzige Veröffentlichung sagt nicht, wie sich die ihres Kanals unterscheiden");
    }

    private static Comparison None(string english, string german) => new() { Caveats = [Core.Caveats.NoComparison(english, german)] };

    private static bool IsOpen(Figure figure) => figure.Numerator.State is CountState.Partial || figure.Denominator.State is CountState.Partial;

    private static (Quantity Number, Quantity Exposure) Parts(Figure figure) => (figure.Numerator, figure.Denominator);

    private static bool IsOfSeveral(Figure figure) => figure.Detail.Terms.Count + figure.Detail.More > 1;

    /// <summary>The events of figures that have one rate; where publications differ, a test of their pooled events is false, whatever interval the figure shows.</summary>
    private static (Quantity Number, Quantity Exposure)? Events(Figure figure) =>
        figure.Definition.Interval is IntervalMethod.Garwood ? Parts(figure)
        : figure.Detail.Spread is null ? figure.Detail.Events
        : null;

    /// <summary>The difference D ± t·√(s₁² + s₂²) with Welch's degrees of freedom, and the same of ln of the quotient by s/value.</summary>
    private static Comparison OfSpreads(Figure first, (double Error, int Degrees) spread, Figure second, (double Error, int Degrees) other, double confidence)
    {
        (double a, double b) = (first.Value!.Value, second.Value!.Value);
        (double lowA, double highA) = (first.Rounding?.Lower ?? a, first.Rounding?.Upper ?? a);
        (double lowB, double highB) = (second.Rounding?.Lower ?? b, second.Rounding?.Upper ?? b);
        (double error, double degrees) = Welch(spread, other);
        double margin = StudentDistribution.Quantile(degrees, 1 - ConfidenceLevel.Tail(confidence)) * error;

        // What rounding leaves open counts against telling apart: the nearest that the two can be.
        double nearest = Math.Max(0, Math.Max(lowA - highB, lowB - highA));
        double t = nearest / error;
        double p = IncompleteBeta.Lower(degrees / 2, 0.5, degrees / (degrees + (t * t)));
        QuotientInterval? quotient = null;
        if (a > 0 && b > 0 && lowA > 0 && lowB > 0)
        {
            (double relative, double degreesOfLog) = Welch((spread.Error / a, spread.Degrees), (other.Error / b, other.Degrees));
            double factor = Math.Exp(StudentDistribution.Quantile(degreesOfLog, 1 - ConfidenceLevel.Tail(confidence)) * relative);
            if (double.IsFinite(highA / lowB * factor)) quotient = new QuotientInterval(lowA / highB / factor, highA / lowB * factor, confidence, IntervalMethod.WelchLog);
        }

        return new Comparison { Difference = new IntervalEstimate(lowA - highB - margin, highA - lowB + margin, confidence, IntervalMethod.Welch), Quotient = quotient, PValue = Math.Min(1, p) };
    }

    /// <summary>Two shares 1 − S at one time of two curves. Test: z of θ = ln(−ln S), whose standard error the log-log limits give; difference: the two pairs of limits, squared and added.</summary>
    private static Comparison OfCurves(Figure first, Figure second, double confidence)
    {
        (double a, double errorOfA) = OnLogLog(first);
        (double b, double errorOfB) = OnLogLog(second);
        double error = Math.Sqrt((errorOfA * errorOfA) + (errorOfB * errorOfB));
        if (!double.IsFinite(a - b) || error is not (> 0 and < double.PositiveInfinity)) return None("a share is so near to none or to all that its limits say nothing", "Ein Anteil liegt so nahe an keinem oder an allen, dass seine Grenzen nichts sagen");
        double margin = ConfidenceLevel.NormalQuantile(confidence);
        double difference = first.Value!.Value - second.Value!.Value;

        // The share 1 − exp(−exp θ) rises with θ.
        (double lowA, double highA) = (Math.Abs(first.Value.Value - Share(a - (margin * errorOfA))), Math.Abs(Share(a + (margin * errorOfA)) - first.Value.Value));
        (double lowB, double highB) = (Math.Abs(second.Value.Value - Share(b - (margin * errorOfB))), Math.Abs(Share(b + (margin * errorOfB)) - second.Value.Value));
        var interval = new IntervalEstimate(difference - Math.Sqrt((lowA * lowA) + (highB * highB)), difference + Math.Sqrt((highA * highA) + (lowB * lowB)), confidence, IntervalMethod.SquareAndAdd);
        return new Comparison { Difference = interval, PValue = Math.Min(1, 2 * NormalDistribution.Survival(Math.Abs(a - b) / error)) };

        static double Share(double theta) => 1 - Math.Exp(-Math.Exp(theta));

        static (double Theta, double Error) OnLogLog(Figure figure)
        {
            IntervalEstimate limits = figure.Interval!.Value;
            double width = LogLog(limits.Upper) - LogLog(limits.Lower);
            return (LogLog(figure.Value!.Value), width / (2 * ConfidenceLevel.NormalQuantile(limits.Confidence)));
        }

        static double LogLog(double share) => Math.Log(-Math.Log(1 - share));
    }

    private static (double Error, double Degrees) Welch((double Error, int Degrees) one, (double Error, int Degrees) other)
    {
        (double a, double b) = (one.Error * one.Error, other.Error * other.Error);
        return (Math.Sqrt(a + b), (a + b) * (a + b) / ((a * a / one.Degrees) + (b * b / other.Degrees)));
    }

    private static Comparison OfProportions((Quantity Number, Quantity Exposure) first, (Quantity Number, Quantity Exposure) second, double confidence)
    {
        if (!Fits(first) || !Fits(second)) return None("a count is too large, or may exceed its whole", "Eine Zahl ist zu groß oder kann ihr Ganzes übersteigen");
        (long Part, long Whole) Least((Quantity Number, Quantity Exposure) figure) => (Whole(figure.Number.Lower), Whole(figure.Exposure.Upper));
        (long Part, long Whole) Most((Quantity Number, Quantity Exposure) figure) => (Math.Min(Whole(figure.Number.Upper), Whole(figure.Exposure.Lower)), Whole(figure.Exposure.Lower));
        (long Part, long Whole) Stated((Quantity Number, Quantity Exposure) figure) => (Whole(figure.Number.Value), Whole(figure.Exposure.Value));
        double lower = Newcombe(Least(first), Most(second)).Lower;
        double upper = Newcombe(Most(first), Least(second)).Upper;
        double p = Overlap(first, second) ? 1 : new[] { (Stated(first), Stated(second)), (Least(first), Most(second)), (Most(first), Least(second)) }.Max(pair => Test(pair.Item1, pair.Item2));
        return new Comparison { Difference = new IntervalEstimate(lower, upper, confidence, IntervalMethod.Newcombe), PValue = p };

        IntervalEstimate Newcombe((long Part, long Whole) one, (long Part, long Whole) other) => ProportionDifference.Newcombe(one.Part, one.Whole, other.Part, other.Whole, confidence);
    }

    private static double Test((long Part, long Whole) one, (long Part, long Whole) other) =>
        (double)one.Whole + other.Whole <= LargestForFisher ? ProportionDifference.FisherExact(one.Part, one.Whole, other.Part, other.Whole)
        : ProportionDifference.TryPooledZ(one.Part, one.Whole, other.Part, other.Whole, out _, out double p) ? p
        : 1;

    private static Comparison OfRates((Quantity Number, Quantity Exposure) first, (Quantity Number, Quantity Exposure) second, double confidence)
    {
        if (new[] { first, second }.Any(figure => figure.Number.Upper is not < FigureParts.LargestExact || figure.Exposure.Lower is not > 0)) return None("a count is too large", "Eine Zahl ist zu groß");
        (long Events, double Exposure) Least((Quantity Number, Quantity Exposure) figure) => (Whole(figure.Number.Lower), figure.Exposure.Upper!.Value);
        (long Events, double Exposure) Most((Quantity Number, Quantity Exposure) figure) => (Whole(figure.Number.Upper), figure.Exposure.Lower!.Value);
        (long Events, double Exposure) Stated((Quantity Number, Quantity Exposure) figure) => (Whole(figure.Number.Value), figure.Exposure.Value!.Value);
        double lower = Interval(Least(first), Most(second)).Lower;
        double? upper = Interval(Most(first), Least(second)).Upper;
        double p = Overlap(first, second) ? 1 : new[] { (Stated(first), Stated(second)), (Least(first), Most(second)), (Most(first), Least(second)) }.Max(pair => RateRatio.ExactConditionalTest(pair.Item1.Item1, pair.Item1.Item2, pair.Item2.Item1, pair.Item2.Item2));
        return new Comparison { Quotient = new QuotientInterval(lower, upper, confidence, IntervalMethod.ConditionalExact), PValue = p };

        QuotientInterval Interval((long Events, double Exposure) one, (long Events, double Exposure) other) => RateRatio.ExactConditional(one.Events, one.Exposure, other.Events, other.Exposure, confidence);
    }

    /// <summary>Whether rounding alone may make the two equal.</summary>
    private static bool Overlap((Quantity Number, Quantity Exposure) first, (Quantity Number, Quantity Exposure) second)
    {
        static (double Low, double High) Range((Quantity Number, Quantity Exposure) figure) => (figure.Number.Lower!.Value / figure.Exposure.Upper!.Value, figure.Number.Upper!.Value / figure.Exposure.Lower!.Value);
        ((double lowA, double highA), (double lowB, double highB)) = (Range(first), Range(second));
        return (lowA < highA || lowB < highB) && lowA <= highB && lowB <= highA;
    }

    private static bool Fits((Quantity Number, Quantity Exposure) figure) =>
        figure.Exposure is { Lower: >= 0.5, Upper: < FigureParts.LargestExact } && figure.Number.Lower is { } least && figure.Number.Upper is not null && least <= figure.Exposure.Lower;

    private static long Whole(double? number) => (long)Math.Round(number!.Value);
}
