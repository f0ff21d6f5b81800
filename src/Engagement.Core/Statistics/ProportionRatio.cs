namespace Engagement.Core;

/// <summary>The ratio of two proportions from independent samples, p₁/p₂ (relative risk), and the ratio of their odds: intervals for both.</summary>
/// <remarks>
/// <para><see cref="TryMiettinenNurminen"/> is the one to use when in doubt. The others are normal on the scale of the logarithm, as many tools print them: <see cref="TryKatz"/> for the ratio of proportions, <see cref="TryWoolf"/> for that of odds, and both with half a success added, which have a value for every table.</para>
/// <para>For the difference of the proportions, and for tests, see <see cref="ProportionDifference"/>. Counts above 2⁵³ are rounded to the nearest double.</para>
/// </remarks>
public static class ProportionRatio
{
    /// <summary>Miettinen and Nurminen's (and, but for the factor N/(N − 1), Koopman's) interval: all ratios that the score test does not reject; false where nothing succeeded in either sample.</summary>
    /// <remarks>
    /// <para>The ends are the θ with χ²(θ) = z² N/(N − 1), where χ² = Σ (xᵢ − nᵢp̃ᵢ)² / (nᵢp̃ᵢ(1 − p̃ᵢ)) at the most likely p̃₁ and p̃₂ with p̃₁ = θ p̃₂, and N = n₁ + n₂. The lower end is 0 where nothing succeeded in the first sample; the upper end is open where nothing did in the second.</para>
    /// <para>Source: P. A. R. Koopman, Confidence intervals for the ratio of two binomial proportions, Biometrics 40 (1984); O. Miettinen and M. Nurminen, Statistics in Medicine 4 (1985).</para>
    /// </remarks>
    /// <param name="successes">x₁: how many trials of the first sample succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n₁: how many trials it had; at least 1.</param>
    /// <param name="otherSuccesses">x₂: how many trials of the second sample succeeded; from 0 to <paramref name="otherTrials"/>.</param>
    /// <param name="otherTrials">n₂: how many trials it had; at least 1.</param>
    /// <param name="interval">The interval for the first proportion over the second; <c>default</c> when the result is false.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>True if there is an interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A sample has no trials, successes are negative or more than the trials, the trials exceed 2⁶³ − 1 together, or the confidence is not between 0 and 1.</exception>
    /// <example><code>ProportionRatio.TryMiettinenNurminen(56, 70, 48, 80, out var interval); // [1.079, 1.672] MiettinenNurminen 95 %</code></example>
    public static bool TryMiettinenNurminen(long successes, long trials, long otherSuccesses, long otherTrials, out QuotientInterval interval, double confidence = 0.95)
    {
        TwoSamples samples = TwoSamples.Check(successes, trials, otherSuccesses, otherTrials);
        Guard.Confidence(confidence);
        interval = default;
        if (samples.Successes == 0) return false;
        double z = ConfidenceLevel.NormalQuantile(confidence), target = z * z * (samples.Total / (samples.Total - 1));
        interval = new(ScoreEnd(samples, target), samples.X2 == 0 ? null : 1 / ScoreEnd(samples.Swapped, target), confidence, IntervalMethod.MiettinenNurminen);
        return true;
    }

    /// <summary>Katz' interval for the ratio of proportions, or false where nothing succeeded in one of the samples.</summary>
    /// <remarks>
    /// <para>(p₁/p₂)·e^(±z·se) with se² = 1/x₁ − 1/n₁ + 1/x₂ − 1/n₂. It has no width where everything succeeded in both samples.</para>
    /// <para>Source: D. Katz et al., Obtaining confidence intervals for the risk ratio in cohort studies, Biometrics 34 (1978).</para>
    /// </remarks>
    /// <param name="successes">x₁: how many trials of the first sample succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n₁: how many trials it had; at least 1.</param>
    /// <param name="otherSuccesses">x₂: how many trials of the second sample succeeded; from 0 to <paramref name="otherTrials"/>.</param>
    /// <param name="otherTrials">n₂: how many trials it had; at least 1.</param>
    /// <param name="interval">The interval for the first proportion over the second; <c>default</c> when the result is false.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>True if there is an interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A sample has no trials, successes are negative or more than the trials, the trials exceed 2⁶³ − 1 together, or the confidence is not between 0 and 1.</exception>
    /// <example><code>ProportionRatio.TryKatz(56, 70, 48, 80, out var interval); // [1.077, 1.651] Katz 95 %</code></example>
    public static bool TryKatz(long successes, long trials, long otherSuccesses, long otherTrials, out IntervalEstimate interval, double confidence = 0.95)
    {
        TwoSamples samples = TwoSamples.Check(successes, trials, otherSuccesses, otherTrials);
        Guard.Confidence(confidence);
        bool defined = samples.X1 > 0 && samples.X2 > 0;
        interval = defined ? Risk(samples, confidence, IntervalMethod.Katz) : default;
        return defined;
    }

    /// <summary>Katz' interval with half a success, and half a trial, added to each sample: defined for every table.</summary>
    /// <remarks>
    /// <para>The formula of <see cref="TryKatz"/> for x + 1/2 and n + 1/2.</para>
    /// <para>Source: S. D. Walter, The distribution of Levin's measure of attributable risk, Biometrika 62 (1975).</para>
    /// </remarks>
    /// <param name="successes">x₁: how many trials of the first sample succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n₁: how many trials it had; at least 1.</param>
    /// <param name="otherSuccesses">x₂: how many trials of the second sample succeeded; from 0 to <paramref name="otherTrials"/>.</param>
    /// <param name="otherTrials">n₂: how many trials it had; at least 1.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the first proportion over the second.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A sample has no trials, successes are negative or more than the trials, the trials exceed 2⁶³ − 1 together, or the confidence is not between 0 and 1.</exception>
    /// <example><code>ProportionRatio.KatzAdjusted(3, 10, 0, 10); // [0.4102, 119.5] KatzAdjusted 95 %</code></example>
    public static IntervalEstimate KatzAdjusted(long successes, long trials, long otherSuccesses, long otherTrials, double confidence = 0.95)
    {
        (double x1, double n1, double x2, double n2) = TwoSamples.Check(successes, trials, otherSuccesses, otherTrials);
        Guard.Confidence(confidence);
        return Risk(new(x1 + 0.5, n1 + 0.5, x2 + 0.5, n2 + 0.5), confidence, IntervalMethod.KatzAdjusted);
    }

    /// <summary>Woolf's interval for the odds ratio, or false where a cell of the fourfold table is 0.</summary>
    /// <remarks>
    /// <para>x₁(n₂ − x₂) / (x₂(n₁ − x₁)) · e^(±z·se) with se² the sum of 1/cell over the four cells.</para>
    /// <para>Source: B. Woolf, On estimating the relation between blood group and disease, Ann. Hum. Genet. 19 (1955).</para>
    /// </remarks>
    /// <param name="successes">x₁: how many trials of the first sample succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n₁: how many trials it had; at least 1.</param>
    /// <param name="otherSuccesses">x₂: how many trials of the second sample succeeded; from 0 to <paramref name="otherTrials"/>.</param>
    /// <param name="otherTrials">n₂: how many trials it had; at least 1.</param>
    /// <param name="interval">The interval for the first odds over the second; <c>default</c> when the result is false.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>True if there is an interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A sample has no trials, successes are negative or more than the trials, the trials exceed 2⁶³ − 1 together, or the confidence is not between 0 and 1.</exception>
    /// <example><code>ProportionRatio.TryWoolf(56, 70, 48, 80, out var interval); // [1.276, 5.572] Woolf 95 %</code></example>
    public static bool TryWoolf(long successes, long trials, long otherSuccesses, long otherTrials, out IntervalEstimate interval, double confidence = 0.95)
    {
        TwoSamples samples = TwoSamples.Check(successes, trials, otherSuccesses, otherTrials);
        Guard.Confidence(confidence);
        bool defined = samples.X1 > 0 && samples.X2 > 0 && samples.Y1 > 0 && samples.Y2 > 0;
        interval = defined ? Odds(samples, confidence, IntervalMethod.Woolf) : default;
        return defined;
    }

    /// <summary>Woolf's interval with half added to each cell of the fourfold table: defined for every table.</summary>
    /// <remarks>
    /// <para>The formula of <see cref="TryWoolf"/> for cells + 1/2.</para>
    /// <para>Source: J. B. S. Haldane (1956) and F. J. Anscombe (1956).</para>
    /// </remarks>
    /// <param name="successes">x₁: how many trials of the first sample succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n₁: how many trials it had; at least 1.</param>
    /// <param name="otherSuccesses">x₂: how many trials of the second sample succeeded; from 0 to <paramref name="otherTrials"/>.</param>
    /// <param name="otherTrials">n₂: how many trials it had; at least 1.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the first odds over the second.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A sample has no trials, successes are negative or more than the trials, the trials exceed 2⁶³ − 1 together, or the confidence is not between 0 and 1.</exception>
    /// <example><code>ProportionRatio.WoolfAdjusted(3, 10, 0, 10); // [0.438, 219.2] WoolfAdjusted 95 %</code></example>
    public static IntervalEstimate WoolfAdjusted(long successes, long trials, long otherSuccesses, long otherTrials, double confidence = 0.95)
    {
        (double x1, double n1, double x2, double n2) = TwoSamples.Check(successes, trials, otherSuccesses, otherTrials);
        Guard.Confidence(confidence);
        return Odds(new(x1 + 0.5, n1 + 1, x2 + 0.5, n2 + 1), confidence, IntervalMethod.WoolfAdjusted);
    }

    private static IntervalEstimate Risk(TwoSamples samples, double confidence, IntervalMethod method)
    {
        double variance = (samples.Y1 / samples.N1 / samples.X1) + (samples.Y2 / samples.N2 / samples.X2);
        return OnLogScale(samples.X1 / samples.N1 / (samples.X2 / samples.N2), variance, confidence, method);
    }

    private static IntervalEstimate Odds(TwoSamples samples, double confidence, IntervalMethod method)
    {
        double variance = (1 / samples.X1) + (1 / samples.Y1) + (1 / samples.X2) + (1 / samples.Y2);
        return OnLogScale(samples.X1 / samples.Y1 * (samples.Y2 / samples.X2), variance, confidence, method);
    }

    private static IntervalEstimate OnLogScale(double ratio, double variance, double confidence, IntervalMethod method)
    {
        double factor = Math.Exp(ConfidenceLevel.NormalQuantile(confidence) * Math.Sqrt(variance));
        return new(ratio / factor, ratio * factor, confidence, method);
    }

    // The lower end of the score interval. With a Lagrange multiplier λ for p₁ = θ p₂, p₁ = (x₁ − λ)/(n₁ − λ) and p₂ = (x₂ + λ)/(n₂ + λ), and
    // χ² = λ² ((1 − p₁)/(n₁p₁) + (1 − p₂)/(n₂p₂)), with λ from 0 to x₁: nothing cancels, whatever the counts.
    private static double ScoreEnd(TwoSamples samples, double target)
    {
        (double x1, double n1, double x2, double n2) = samples;
        if (x1 == 0) return 0;
        if (samples.Y1 == 0)
        {
            // Everything succeeded: p₁ stays 1 until λ = n₁, and falls from there on while λ stays.
            double odds = (target / n1 / n1) - (samples.Y2 / (x2 + n1) / n2);
            if (odds >= 0) return (n2 + n1) / (x2 + n1) / (1 + (odds * n1));
        }

        // In the logit of λ/x₁ neither λ nor x₁ − λ loses a digit.
        (double Multiplier, double Left) Parts(double logit)
        {
            double small = Math.Exp(-Math.Abs(logit));
            double share = 1 / (1 + small), rest = small * share;
            return logit > 0 ? (x1 * share, x1 * rest) : (x1 * rest, x1 * share);
        }

        double Excess(double logit)
        {
            (double multiplier, double rest) = Parts(logit);
            double inverse = (samples.Y1 / rest / n1) + (samples.Y2 / (x2 + multiplier) / n2);
            return (multiplier * multiplier * inverse / target) - 1;
        }

        double low = 0, high = 0;
        while (Excess(low) > 0) low -= 4;
        while (Excess(high) < 0 && high < 700) high += 4;
        (double root, double left) = Parts(RootSearch.Between(Excess, low, high));
        return left / (samples.Y1 + left) * ((n2 + root) / (x2 + root));
    }
}
