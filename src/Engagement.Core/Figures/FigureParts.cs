namespace Engagement.Core;

/// <summary>From two quantities to a ratio, its rounding bounds and its interval: the steps that every figure takes.</summary>
internal static class FigureParts
{
    // 2⁵³, up to which every whole number is a double.
    public const double LargestExact = 1L << 53;

    /// <summary>The quotient of the stated values, or the reason why there is none.</summary>
    public static Ratio Divide(Quantity numerator, Quantity denominator)
    {
        double top = numerator.Value ?? 0;
        double bottom = denominator.Value ?? 0;
        if (!denominator.HasValue) return Ratio.OfUndefined(UndefinedReason.MissingDenominator, top, bottom);
        if (!numerator.HasValue) return Ratio.OfUndefined(UndefinedReason.MissingNumerator, top, bottom);
        if (numerator.State is CountState.Partial && denominator.State is CountState.Partial) return Ratio.OfUndefined(UndefinedReason.OpenBothWays, top, bottom);
        return Ratio.Of(top, bottom);
    }

    /// <summary>Interval arithmetic: [least/most, most/least]; null when both are exact, open at an end, or the denominator may be 0.</summary>
    public static Bounds? Rounding(Ratio ratio, Quantity numerator, Quantity denominator) =>
        ratio.IsDefined && (IsRounded(numerator) || IsRounded(denominator)) && numerator.Upper is { } most && denominator.Upper is { } widest && denominator.Lower is > 0 and { } narrowest
            && double.IsFinite(most / narrowest)
            ? new Bounds(numerator.Lower!.Value / widest, most / narrowest)
            : null;

    /// <summary>What a part that is known in part only does to a figure.</summary>
    public static IEnumerable<Caveat> Openness(Quantity numerator, Quantity denominator, Caveat atLeast)
    {
        if (numerator.State is CountState.Partial) yield return atLeast;
        if (denominator.State is CountState.Partial) yield return Caveats.AtMost();
    }

    /// <summary>The interval of whole events over an exposure by one of the methods for rates (Garwood's by default), widened by rounding.</summary>
    public static IntervalEstimate? Rate(Quantity events, Quantity exposure, double confidence, IntervalMethod? method = null)
    {
        if (events is not { Value: { } value, Lower: { } fewest } || exposure is not { Value: > 0 and { } base_, Lower: { } narrowest } || narrowest <= 0) return null;
        double most = events.Upper ?? value;
        double widest = exposure.Upper ?? base_;
        if (!IsWhole(fewest) || !IsWhole(most)) return null;
        IntervalEstimate least = Of((long)fewest, widest);
        IntervalEstimate greatest = Of((long)most, narrowest);
        return new IntervalEstimate(least.Lower, greatest.Upper, confidence, greatest.Method);

        IntervalEstimate Of(long count, double over) => method switch
        {
            IntervalMethod.PoissonScore => RateIntervals.Score(count, over, confidence),
            IntervalMethod.PoissonJeffreys => RateIntervals.Jeffreys(count, over, confidence),
            _ => RateIntervals.Garwood(count, over, confidence),
        };
    }

    /// <summary>The interval of a part of a whole by one of the methods for proportions (Wilson's by default), widened by rounding; null where the part may exceed the whole.</summary>
    public static IntervalEstimate? Proportion(Quantity part, Quantity whole, double confidence, IntervalMethod? method = null)
    {
        if (part is not { Lower: { } fewest, Upper: { } most } || whole is not { Lower: > 0 and { } narrowest, Upper: { } widest }) return null;
        if (fewest > widest || narrowest < 0.5 || widest > LargestExact) return null;
        IntervalEstimate least = Of(Whole(fewest), Whole(widest));
        double upper = most >= narrowest && most > fewest ? 1 : Of(Whole(Math.Min(most, narrowest)), Whole(narrowest)).Upper;
        return new IntervalEstimate(least.Lower, upper, confidence, least.Method);

        IntervalEstimate Of(long successes, long trials) => method switch
        {
            IntervalMethod.WilsonContinuityCorrected => ProportionIntervals.WilsonContinuityCorrected(successes, trials, confidence),
            IntervalMethod.ClopperPearson => ProportionIntervals.ClopperPearson(successes, trials, confidence),
            IntervalMethod.Jeffreys => ProportionIntervals.Jeffreys(successes, trials, confidence),
            IntervalMethod.AgrestiCoull => ProportionIntervals.AgrestiCoull(successes, trials, confidence),
            _ => ProportionIntervals.Wilson(successes, trials, confidence),
        };

        static long Whole(double value) => (long)Math.Round(value);
    }

    private static bool IsRounded(Quantity quantity) => quantity.State is CountState.Rounded;

    // Above 2⁵³ every double is whole, but no longer exact; such counts get no exact interval.
    private static bool IsWhole(double value) => value == Math.Floor(value) && value <= LargestExact;
}
