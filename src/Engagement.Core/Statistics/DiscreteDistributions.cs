namespace Engagement.Core;

/// <summary>Distribution functions of counts, and of χ², by the incomplete beta and gamma functions.</summary>
internal static class DiscreteDistributions
{
    /// <summary>The probability of at most <paramref name="successes"/> in <paramref name="trials"/>.</summary>
    public static double BinomialCdf(long trials, double probability, long successes) =>
        successes < 0 ? 0 : successes >= trials ? 1 : IncompleteBeta.Upper(successes + 1.0, trials - successes, probability);

    /// <summary>The probability of more than <paramref name="successes"/> in <paramref name="trials"/>.</summary>
    public static double BinomialSurvival(long trials, double probability, long successes) =>
        successes < 0 ? 1 : successes >= trials ? 0 : IncompleteBeta.Lower(successes + 1.0, trials - successes, probability);

    /// <summary>The probability of at most <paramref name="successes"/> in <paramref name="trials"/>, where the smaller of success and failure keeps its digits.</summary>
    public static double BinomialCdf(long trials, double probability, double rest, long successes) =>
        probability <= rest ? BinomialCdf(trials, probability, successes) : BinomialSurvival(trials, rest, trials - successes - 1);

    /// <summary>The probability of at most <paramref name="events"/> where <paramref name="mean"/> are expected.</summary>
    public static double PoissonCdf(double mean, long events) => events < 0 ? 0 : IncompleteGamma.Upper(events + 1.0, mean);

    /// <summary>The probability of more than <paramref name="events"/> where <paramref name="mean"/> are expected.</summary>
    public static double PoissonSurvival(double mean, long events) => events < 0 ? 1 : IncompleteGamma.Lower(events + 1.0, mean);

    /// <summary>The probability that χ² exceeds <paramref name="value"/>.</summary>
    public static double ChiSquareSurvival(double degreesOfFreedom, double value) => IncompleteGamma.Upper(degreesOfFreedom / 2, value / 2);

    /// <summary>The logarithm of the probability of so many successes and so many failures, where one succeeds with <paramref name="probability"/> and fails with <paramref name="rest"/>.</summary>
    /// <remarks>Saddle-point form (C. Loader, 2000): nothing large is subtracted, so that the mass keeps 13 digits at 10⁹ trials. The counts need not be whole.</remarks>
    public static double BinomialLogMass(double successes, double failures, double probability, double rest)
    {
        // The mean minus the successes.
        double gap = AccurateMath.DifferenceOfProducts(probability, failures, rest, successes);
        return GammaFunction.LogFactorialExcess(successes + failures) - GammaFunction.LogFactorialExcess(successes) - GammaFunction.LogFactorialExcess(failures)
            - Deviance(successes, gap, (successes + failures) * probability) - Deviance(failures, -gap, (successes + failures) * rest);
    }

    /// <summary>ln of (a+b)! (c+d)! (a+c)! (b+d)! / (a! b! c! d! (a+b+c+d)!): the hypergeometric probability of a fourfold table, given its margins. The cells need not be whole.</summary>
    public static double FourfoldLogMass(double a, double b, double c, double d)
    {
        double total = a + b + c + d;
        double gap = AccurateMath.DifferenceOfProducts(b, c, a, d) / total;
        double margins = GammaFunction.LogFactorialExcess(a + b) + GammaFunction.LogFactorialExcess(c + d) + GammaFunction.LogFactorialExcess(a + c) + GammaFunction.LogFactorialExcess(b + d);
        double cells = GammaFunction.LogFactorialExcess(a) + GammaFunction.LogFactorialExcess(b) + GammaFunction.LogFactorialExcess(c) + GammaFunction.LogFactorialExcess(d);
        return margins - cells - GammaFunction.LogFactorialExcess(total) - (Deviance(a, gap, (a + b) * ((a + c) / total)) + Deviance(b, -gap, (a + b) * ((b + d) / total)) + Deviance(c, -gap, (c + d) * ((a + c) / total)) + Deviance(d, gap, (c + d) * ((b + d) / total)));
    }

    // x ln(x / mean) + mean − x, where the gap is mean − x. Next to the mean the gap has the digits; far above it the gap is all but −x, and only the mean itself has them.
    private static double Deviance(double x, double gap, double mean) => x == 0 ? gap : gap < -x / 2 && mean > 0 ? (x * Math.Log(x / mean)) + gap : x * AccurateMath.LogExcess(gap / x);
}
