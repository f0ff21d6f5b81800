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

    /// <summary>The probability of at most <paramref name="events"/> where <paramref name="mean"/> are expected.</summary>
    public static double PoissonCdf(double mean, long events) => events < 0 ? 0 : IncompleteGamma.Upper(events + 1.0, mean);

    /// <summary>The probability of more than <paramref name="events"/> where <paramref name="mean"/> are expected.</summary>
    public static double PoissonSurvival(double mean, long events) => events < 0 ? 1 : IncompleteGamma.Lower(events + 1.0, mean);

    /// <summary>The probability that χ² exceeds <paramref name="value"/>.</summary>
    public static double ChiSquareSurvival(double degreesOfFreedom, double value) => IncompleteGamma.Upper(degreesOfFreedom / 2, value / 2);
}
