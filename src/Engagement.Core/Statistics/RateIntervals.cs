namespace Engagement.Core;

/// <summary>Intervals for a rate: so many independent events per unit of exposure.</summary>
/// <remarks>
/// <para>The ends are never negative. <see cref="Garwood"/> is the one to use when in doubt: it never covers less than it says. <see cref="Score"/> and <see cref="Jeffreys"/> are narrower, and cover what they say on average.</para>
/// <para>All three are undefined without exposure, and refuse to be asked. Numbers of events above 2⁵³ are rounded to the nearest double.</para>
/// </remarks>
public static class RateIntervals
{
    /// <summary>Garwood's exact interval: all rates that neither one-sided Poisson test rejects.</summary>
    /// <remarks>
    /// <para>With x events and exposure T, the lower end is the α/2 quantile of Gamma(x) over T, the upper end the 1 − α/2 quantile of Gamma(x + 1) over T. The lower end is exactly 0 when nothing happened.</para>
    /// <para>Source: F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936).</para>
    /// </remarks>
    /// <param name="events">x: how many events there were; not negative.</param>
    /// <param name="exposure">T: what the rate is per; finite and positive.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the rate, in events per unit of exposure.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The events are negative, the exposure is not finite and positive or too small for a finite rate, or the confidence is not between 0 and 1.</exception>
    /// <example><code>RateIntervals.Garwood(events: 10, exposure: 4); // [1.199, 4.598] Garwood 95 %</code></example>
    public static IntervalEstimate Garwood(long events, double exposure, double confidence = 0.95)
    {
        Check(events, exposure, confidence);
        double tail = ConfidenceLevel.Tail(confidence);
        double lower = events == 0 ? 0 : IncompleteGamma.Quantile(events, tail);
        double upper = IncompleteGamma.UpperQuantile(events + 1.0, tail);
        return PerExposure(lower, upper, exposure, confidence, IntervalMethod.Garwood);
    }

    /// <summary>The score interval: all rates λ with |x − λT| ≤ z √(λT).</summary>
    /// <remarks>
    /// <para>The ends are (x + z²/2 ± z √(x + z²/4)) / T, with x events, exposure T and z the normal quantile of the level. The lower end is exactly 0 when nothing happened.</para>
    /// <para>Source: C. R. Rao's score test (1948), solved for the rate.</para>
    /// </remarks>
    /// <param name="events">x: how many events there were; not negative.</param>
    /// <param name="exposure">T: what the rate is per; finite and positive.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the rate, in events per unit of exposure.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The events are negative, the exposure is not finite and positive or too small for a finite rate, or the confidence is not between 0 and 1.</exception>
    /// <example><code>RateIntervals.Score(events: 10, exposure: 4); // [1.358, 4.602] PoissonScore 95 %</code></example>
    public static IntervalEstimate Score(long events, double exposure, double confidence = 0.95)
    {
        Check(events, exposure, confidence);
        double x = events, z = ConfidenceLevel.NormalQuantile(confidence), half = z / 2;
        double upper = x + (z * (half + Math.Sqrt(x + (half * half))));

        // The product of both ends is x²: the usual formula takes the difference of nearly equal numbers.
        return PerExposure(x / upper * x, upper, exposure, confidence, IntervalMethod.PoissonScore);
    }

    /// <summary>The equal-tailed Bayesian interval under Jeffreys' prior.</summary>
    /// <remarks>
    /// <para>The ends are the α/2 and 1 − α/2 quantiles of Gamma(x + 1/2) over T, with x events and exposure T: the lower end is above 0 even when nothing happened.</para>
    /// <para>Source: H. Jeffreys, Theory of Probability (1961), with prior density λ^(−1/2).</para>
    /// </remarks>
    /// <param name="events">x: how many events there were; not negative.</param>
    /// <param name="exposure">T: what the rate is per; finite and positive.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the rate, in events per unit of exposure.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The events are negative, the exposure is not finite and positive or too small for a finite rate, or the confidence is not between 0 and 1.</exception>
    /// <example><code>RateIntervals.Jeffreys(events: 10, exposure: 4); // [1.285, 4.435] PoissonJeffreys 95 %</code></example>
    public static IntervalEstimate Jeffreys(long events, double exposure, double confidence = 0.95)
    {
        Check(events, exposure, confidence);
        double shape = events + 0.5, tail = ConfidenceLevel.Tail(confidence);
        return PerExposure(IncompleteGamma.Quantile(shape, tail), IncompleteGamma.UpperQuantile(shape, tail), exposure, confidence, IntervalMethod.PoissonJeffreys);
    }

    private static IntervalEstimate PerExposure(double lower, double upper, double exposure, double confidence, IntervalMethod method)
    {
        if (!double.IsFinite(upper / exposure)) throw Guard.OutOfRange(nameof(exposure), exposure, "is too small for a finite rate", "pass the exposure in a smaller unit");
        return new(lower / exposure, upper / exposure, confidence, method);
    }

    private static void Check(long events, double exposure, double confidence)
    {
        Guard.NotNegative(events);
        Guard.Finite(exposure);
        if (exposure <= 0) throw Guard.OutOfRange(nameof(exposure), exposure, "must be positive", "a rate per nothing has no interval, so leave it out");
        Guard.Confidence(confidence);
    }
}
