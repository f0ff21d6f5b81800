namespace Engagement.Core;

/// <summary>The ratio of two Poisson rates, (x₁/T₁)/(x₂/T₂): intervals for it, and tests of whether it is 1.</summary>
/// <remarks>
/// <para><see cref="ExactConditional"/> and <see cref="ExactConditionalTest"/> are the ones to use when in doubt: given the sum of both, the events of the first are binomial, whatever the rates. They say at least as much as they claim; <see cref="MidPTest"/> and the score methods are less cautious.</para>
/// <para>For proportions of distinct persons, see <see cref="ProportionDifference"/>. Events that come in bursts, as one row differs from the next, are not Poisson: see <see cref="RatioIntervals"/>. Counts above 2⁵³ are rounded to the nearest double.</para>
/// </remarks>
public static class RateRatio
{
    // R compares probabilities with this slack, so that outcomes which are equally likely in theory are so in doubles.
    private const double EquallyLikely = 1e-7;

    /// <summary>The exact interval given the sum of the events.</summary>
    /// <remarks>
    /// <para>Clopper and Pearson's ends p for x₁ of x₁ + x₂, as p/(1 − p) · T₂/T₁. The lower end is 0 where the first has no events; the upper end is open where the second has none.</para>
    /// <para>Source: J. Przyborowski and H. Wilenski, Homogeneity of results in testing samples from Poisson series, Biometrika 31 (1940); R's <c>poisson.test</c>.</para>
    /// </remarks>
    /// <param name="events">x₁: how many events the first had; not negative.</param>
    /// <param name="exposure">T₁: what its rate is per; finite and positive.</param>
    /// <param name="otherEvents">x₂: how many events the second had; not negative.</param>
    /// <param name="otherExposure">T₂: what its rate is per; finite and positive.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the first rate over the second.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Events are negative or exceed 2⁶³ − 1 together, an exposure is not finite and positive, the exposures lie too far apart for a finite ratio, or the confidence is not between 0 and 1.</exception>
    /// <example><code>RateRatio.ExactConditional(60, 51_477.5, 30, 54_308.7); // [1.34, 3.388] ConditionalExact 95 %</code></example>
    public static QuotientInterval ExactConditional(long events, double exposure, long otherEvents, double otherExposure, double confidence = 0.95)
    {
        double scale = Check(events, exposure, otherEvents, otherExposure);
        Guard.Confidence(confidence);
        double tail = ConfidenceLevel.Tail(confidence), lower = 0;
        double? upper = null;
        if (events > 0)
        {
            (double p, double q) = IncompleteBeta.Solve(events, otherEvents + 1.0, tail, 1 - tail);
            lower = p / q * scale;
        }

        if (otherEvents > 0)
        {
            (double p, double q) = IncompleteBeta.Solve(events + 1.0, otherEvents, 1 - tail, tail);
            upper = p / q * scale;
        }

        return Finite(lower, upper, exposure, confidence, IntervalMethod.ConditionalExact);
    }

    /// <summary>The score interval: all ratios that the score test does not reject.</summary>
    /// <remarks>
    /// <para>The ends are the roots of (x₁ − θx₂)² = z² (x₁ + x₂) θ in θ, times T₂/T₁: Wilson's ends p for x₁ of x₁ + x₂, as odds. The lower end is 0 where the first has no events; the upper end is open where the second has none.</para>
    /// <para>Source: P. L. Graham, K. Mengersen and A. P. Morton, Confidence limits for the ratio of two rates based on likelihood scores, Statistics in Medicine 22 (2003).</para>
    /// </remarks>
    /// <param name="events">x₁: how many events the first had; not negative.</param>
    /// <param name="exposure">T₁: what its rate is per; finite and positive.</param>
    /// <param name="otherEvents">x₂: how many events the second had; not negative.</param>
    /// <param name="otherExposure">T₂: what its rate is per; finite and positive.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the first rate over the second.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Events are negative or exceed 2⁶³ − 1 together, an exposure is not finite and positive, the exposures lie too far apart for a finite ratio, or the confidence is not between 0 and 1.</exception>
    /// <example><code>RateRatio.Score(60, 51_477.5, 30, 54_308.7); // [1.366, 3.259] RateRatioScore 95 %</code></example>
    public static QuotientInterval Score(long events, double exposure, long otherEvents, double otherExposure, double confidence = 0.95)
    {
        double scale = Check(events, exposure, otherEvents, otherExposure);
        Guard.Confidence(confidence);
        double x = events, y = otherEvents, z = ConfidenceLevel.NormalQuantile(confidence), width = z * z * (x + y);

        // The product of both roots is (x/y)²: each is one of them over y² or x² over it, without a difference.
        double larger = (x * y) + ((width + (z * Math.Sqrt((x + y) * ((4 * x * y) + width)))) / 2);
        double lower = x == 0 ? 0 : x * (x / larger) * scale;
        double? upper = y == 0 ? null : larger / y / y * scale;
        return Finite(lower, upper, exposure, confidence, IntervalMethod.RateRatioScore);
    }

    /// <summary>The interval that is normal on the scale of the logarithm, or false where one of both has no events.</summary>
    /// <remarks>
    /// <para>(x₁/T₁)/(x₂/T₂) · e^(±z·se) with se² = 1/x₁ + 1/x₂. Good for many events only; offered because many tools print it.</para>
    /// <para>Source: K. J. Rothman, Modern Epidemiology (1986), chapter 11.</para>
    /// </remarks>
    /// <param name="events">x₁: how many events the first had; not negative.</param>
    /// <param name="exposure">T₁: what its rate is per; finite and positive.</param>
    /// <param name="otherEvents">x₂: how many events the second had; not negative.</param>
    /// <param name="otherExposure">T₂: what its rate is per; finite and positive.</param>
    /// <param name="interval">The interval for the first rate over the second; <c>default</c> when the result is false.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>True if there is an interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Events are negative or exceed 2⁶³ − 1 together, an exposure is not finite and positive, the exposures lie too far apart for a finite ratio, or the confidence is not between 0 and 1.</exception>
    /// <example><code>RateRatio.TryLogNormal(60, 51_477.5, 30, 54_308.7, out var interval); // [1.361, 3.271] RateRatioLog 95 %</code></example>
    public static bool TryLogNormal(long events, double exposure, long otherEvents, double otherExposure, out IntervalEstimate interval, double confidence = 0.95)
    {
        double scale = Check(events, exposure, otherEvents, otherExposure);
        Guard.Confidence(confidence);
        interval = default;
        if (events == 0 || otherEvents == 0) return false;
        double x = events, y = otherEvents, ratio = x / y * scale, factor = Math.Exp(ConfidenceLevel.NormalQuantile(confidence) * Math.Sqrt((1 / x) + (1 / y)));
        return Finite(ratio / factor, ratio * factor, exposure, confidence, IntervalMethod.RateRatioLog).TryClosed(out interval);
    }

    /// <summary>The exact test of equal rates given the sum of the events.</summary>
    /// <remarks>
    /// <para>Two-sided binomial test of x₁ of x₁ + x₂ with probability T₁/(T₁ + T₂): the probability of x₁ and what lies further out on its side, and of what is no likelier (to a factor 1 + 10⁻⁷) on the other side. 1 without any events.</para>
    /// <para>Source: as <see cref="ExactConditional"/>; R's <c>poisson.test</c>.</para>
    /// </remarks>
    /// <param name="events">x₁: how many events the first had; not negative.</param>
    /// <param name="exposure">T₁: what its rate is per; finite and positive.</param>
    /// <param name="otherEvents">x₂: how many events the second had; not negative.</param>
    /// <param name="otherExposure">T₂: what its rate is per; finite and positive.</param>
    /// <returns>The two-sided p-value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Events are negative or exceed 2⁶³ − 1 together, an exposure is not finite and positive, or the exposures lie too far apart for a finite ratio.</exception>
    /// <example><code>RateRatio.ExactConditionalTest(60, 51_477.5, 30, 54_308.7); // 0.000675</code></example>
    public static double ExactConditionalTest(long events, double exposure, long otherEvents, double otherExposure)
    {
        double scale = Check(events, exposure, otherEvents, otherExposure);
        return TwoSided(events, otherEvents, 1 / (1 + scale), scale / (1 + scale));
    }

    /// <summary>The mid-p test of equal rates: the exact one, with the observed outcome counted half.</summary>
    /// <remarks>
    /// <para>The p-value of <see cref="ExactConditionalTest"/> minus half the binomial probability of x₁: less cautious, and right on average. 1 without any events.</para>
    /// <para>Source: H. O. Lancaster, Significance tests in discrete distributions, J. Amer. Statist. Assoc. 56 (1961).</para>
    /// </remarks>
    /// <param name="events">x₁: how many events the first had; not negative.</param>
    /// <param name="exposure">T₁: what its rate is per; finite and positive.</param>
    /// <param name="otherEvents">x₂: how many events the second had; not negative.</param>
    /// <param name="otherExposure">T₂: what its rate is per; finite and positive.</param>
    /// <returns>The two-sided p-value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Events are negative or exceed 2⁶³ − 1 together, an exposure is not finite and positive, or the exposures lie too far apart for a finite ratio.</exception>
    /// <example><code>RateRatio.MidPTest(60, 51_477.5, 30, 54_308.7); // 0.000557</code></example>
    public static double MidPTest(long events, double exposure, long otherEvents, double otherExposure)
    {
        double scale = Check(events, exposure, otherEvents, otherExposure), p = 1 / (1 + scale), q = scale / (1 + scale);
        if (events == 0 && otherEvents == 0) return 1;
        double exact = TwoSided(events, otherEvents, p, q);
        return Math.Max(0, exact - (Math.Exp(DiscreteDistributions.BinomialLogMass(events, otherEvents, p, q)) / 2));
    }

    /// <summary>The score test of equal rates, or false without any events.</summary>
    /// <remarks>
    /// <para>z = (x₁T₂ − x₂T₁) / √((x₁ + x₂) T₁T₂); the p-value is 2 (1 − Φ(|z|)).</para>
    /// <para>Source: K. Krishnamoorthy and J. Thomson, A more powerful test for comparing two Poisson means, J. Statist. Plann. Inference 119 (2004).</para>
    /// </remarks>
    /// <param name="events">x₁: how many events the first had; not negative.</param>
    /// <param name="exposure">T₁: what its rate is per; finite and positive.</param>
    /// <param name="otherEvents">x₂: how many events the second had; not negative.</param>
    /// <param name="otherExposure">T₂: what its rate is per; finite and positive.</param>
    /// <param name="z">The statistic, positive where the first rate is larger; 0 when the result is false.</param>
    /// <param name="pValue">The two-sided p-value; 1 when the result is false.</param>
    /// <returns>True if there is a statistic.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Events are negative or exceed 2⁶³ − 1 together, an exposure is not finite and positive, or the exposures lie too far apart for a finite ratio.</exception>
    /// <example><code>RateRatio.TryScoreTest(60, 51_477.5, 30, 54_308.7, out double z, out double p); // z 3.417, p 0.000632</code></example>
    public static bool TryScoreTest(long events, double exposure, long otherEvents, double otherExposure, out double z, out double pValue)
    {
        Check(events, exposure, otherEvents, otherExposure);
        (z, pValue) = (0, 1);
        if (events == 0 && otherEvents == 0) return false;

        // The same power of 2 is taken from both exposures, which rounds nothing, so that no product overflows before its time.
        int power = Math.ILogB(exposure);
        double t1 = Math.ScaleB(exposure, -power), t2 = Math.ScaleB(otherExposure, -power);
        z = AccurateMath.DifferenceOfProducts(events, t2, otherEvents, t1) / Math.Sqrt(((double)events + otherEvents) * t1) / Math.Sqrt(t2);
        if (!double.IsFinite(z)) throw TooFarApart(exposure);
        pValue = Math.Min(1, 2 * NormalDistribution.Survival(Math.Abs(z)));
        return true;
    }

    private static double TwoSided(long events, long otherEvents, double p, double q)
    {
        long total = events + otherEvents;

        // The sign of x₁ − mean.
        double excess = AccurateMath.DifferenceOfProducts(q, events, p, otherEvents);
        if (total == 0 || excess == 0) return 1;
        return excess < 0 ? FromBelow(events, total, p, q) : FromBelow(otherEvents, total, q, p);
    }

    // Where x lies below its mean: P(X ≤ x), and from the first outcome above the mean that is no likelier.
    private static double FromBelow(long x, long total, double p, double q)
    {
        double limit = DiscreteDistributions.BinomialLogMass(x, total - x, p, q) + AccurateMath.Log1p(EquallyLikely);
        long low = Math.Clamp((long)Math.Ceiling(total * p) - 1, x, total), high = total;
        if (DiscreteDistributions.BinomialLogMass(total, 0, p, q) > limit) return DiscreteDistributions.BinomialCdf(total, p, q, x);
        while (high - low > 1)
        {
            long middle = low + ((high - low) / 2);
            if (DiscreteDistributions.BinomialLogMass(middle, total - middle, p, q) <= limit) high = middle;
            else low = middle;
        }

        return Math.Min(1, DiscreteDistributions.BinomialCdf(total, p, q, x) + DiscreteDistributions.BinomialCdf(total, q, p, total - high));
    }

    private static QuotientInterval Finite(double lower, double? upper, double exposure, double confidence, IntervalMethod method) =>
        double.IsFinite(lower) && double.IsFinite(upper ?? 0) ? new(lower, upper, confidence, method) : throw TooFarApart(exposure);

    // T₂/T₁.
    private static double Check(long events, double exposure, long otherEvents, double otherExposure)
    {
        Guard.NotNegative(events);
        CheckExposure(exposure, nameof(exposure));
        Guard.NotNegative(otherEvents);
        CheckExposure(otherExposure, nameof(otherExposure));
        if (events > long.MaxValue - otherEvents) throw Guard.OutOfRange(nameof(otherEvents), otherEvents, $"and events ({Guard.Text(events)}) exceed 2⁶³ − 1 together", "pass counts of things, not sums of codes");
        double scale = otherExposure / exposure;
        return double.IsFinite(scale) && scale > 0 ? scale : throw TooFarApart(exposure);
    }

    private static void CheckExposure(double exposure, string name)
    {
        Guard.Finite(exposure, name);
        if (exposure <= 0) throw Guard.OutOfRange(name, exposure, "must be positive", "a rate per nothing compares with nothing, so leave it out");
    }

    private static ArgumentOutOfRangeException TooFarApart(double exposure) => Guard.OutOfRange(nameof(exposure), exposure, "lies too far from otherExposure for a finite ratio", "measure both exposures in the same unit");
}
