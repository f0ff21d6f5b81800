namespace Engagement.Core.Logs;

/// <summary>The interval for the number n of distinct actors behind r hashes below θ: all n that neither one-sided test of r ~ Binomial(n, θ) rejects.</summary>
/// <remarks>
/// Lower end: the n with P(at least r) = α/2; upper end: the n with P(at most r) = α/2; n taken as continuous by the incomplete beta function. Where θ was chosen as the (k+1)-th smallest hash, P(U₍ₖ₊₁₎ ≤ θ) is
/// the probability of at least k + 1, so that the lower end covers a hair more than it says. Below θ = 10⁻⁷ the binomial is a Poisson distribution to seven digits.
/// </remarks>
internal static class ThetaInterval
{
    private const double PoissonBelow = 1e-7;
    private const int MostSteps = 200;

    public static IntervalEstimate Of(int retained, double theta, double confidence)
    {
        if (theta == 1) return new(retained, retained, confidence, IntervalMethod.ThetaBinomial);
        IntervalEstimate poisson = RateIntervals.Garwood(retained, theta, confidence);
        if (theta < PoissonBelow) return new(Math.Max(retained, poisson.Lower), poisson.Upper, confidence, IntervalMethod.ThetaBinomial);
        double tail = ConfidenceLevel.Tail(confidence);

        double estimate = retained / theta;
        double lower = retained == 0 ? 0 : Root(n => IncompleteBeta.Lower(retained, n - retained + 1, theta) > tail, retained, estimate);
        double upper = Root(n => IncompleteBeta.Upper(retained + 1.0, n - retained, theta) <= tail, estimate, 2 * poisson.Upper);
        return new(Math.Min(lower, estimate), Math.Max(upper, estimate), confidence, IntervalMethod.ThetaBinomial);
    }

    /// <summary>Where a condition that holds above the root begins to hold.</summary>
    private static double Root(Func<double, bool> holds, double low, double high)
    {
        if (holds(low)) return low;
        for (int step = 0; step < MostSteps; step++)
        {
            double middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high) break;
            if (holds(middle)) high = middle;
            else low = middle;
        }

        return high;
    }
}
