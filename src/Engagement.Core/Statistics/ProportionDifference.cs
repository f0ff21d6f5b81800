namespace Engagement.Core;

/// <summary>The difference of two proportions from independent samples, p₁ − p₂: intervals for it, and tests of whether it is 0.</summary>
/// <remarks>
/// <para><see cref="Newcombe"/> is the interval to use when in doubt; <see cref="MiettinenNurminen"/> agrees with the score test; <see cref="AgrestiCaffo"/> is the simplest. Wald's is not offered. For the quotient of the proportions, see <see cref="ProportionRatio"/>; for events that can happen more than once per person, <see cref="RateRatio"/>.</para>
/// <para><see cref="FisherExact"/> is the test to use when in doubt; <see cref="TryPooledZ"/> and <see cref="TryYates"/> are for comparing with tools that print them. Counts above 2⁵³ are rounded to the nearest double.</para>
/// </remarks>
public static class ProportionDifference
{
    // R compares probabilities with this slack, so that tables which are equally likely in theory are so in doubles.
    private const double EquallyLikely = 1e-7;
    private const double LargeSpread = 20_000;

    /// <summary>Newcombe's hybrid score interval for p₁ − p₂.</summary>
    /// <remarks>
    /// <para>d − √((p₁ − l₁)² + (u₂ − p₂)²) to d + √((u₁ − p₁)² + (p₂ − l₂)²), with d = p₁ − p₂ and Wilson's intervals [l, u] of either proportion. Both ends lie in [−1, 1].</para>
    /// <para>Source: R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17 (1998), method 10.</para>
    /// </remarks>
    /// <param name="successes">x₁: how many trials of the first sample succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n₁: how many trials it had; at least 1.</param>
    /// <param name="otherSuccesses">x₂: how many trials of the second sample succeeded; from 0 to <paramref name="otherTrials"/>.</param>
    /// <param name="otherTrials">n₂: how many trials it had; at least 1.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the first proportion minus the second.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A sample has no trials, successes are negative or more than the trials, the trials exceed 2⁶³ − 1 together, or the confidence is not between 0 and 1.</exception>
    /// <example><code>ProportionDifference.Newcombe(56, 70, 48, 80); // [0.05243, 0.3339] Newcombe 95 %</code></example>
    public static IntervalEstimate Newcombe(long successes, long trials, long otherSuccesses, long otherTrials, double confidence = 0.95)
    {
        TwoSamples samples = TwoSamples.Check(successes, trials, otherSuccesses, otherTrials);
        Guard.Confidence(confidence);
        (double p1, double p2) = (samples.X1 / samples.N1, samples.X2 / samples.N2);
        IntervalEstimate first = ProportionIntervals.Wilson(successes, trials, confidence);
        IntervalEstimate second = ProportionIntervals.Wilson(otherSuccesses, otherTrials, confidence);
        double difference = samples.Cross / samples.N1 / samples.N2;
        double lower = difference - Length(p1 - first.Lower, second.Upper - p2);
        double upper = difference + Length(first.Upper - p1, p2 - second.Lower);
        return new(Math.Max(-1, lower), Math.Min(1, upper), confidence, IntervalMethod.Newcombe);
    }

    /// <summary>Miettinen and Nurminen's interval: all differences that the score test does not reject.</summary>
    /// <remarks>
    /// <para>The ends are the δ with (d − δ)² = z² V(δ) N/(N − 1), where V = p̃₁(1 − p̃₁)/n₁ + p̃₂(1 − p̃₂)/n₂ at the most likely p̃₁ and p̃₂ that differ by δ, and N = n₁ + n₂. Both ends lie in [−1, 1].</para>
    /// <para>Source: O. Miettinen and M. Nurminen, Comparative analysis of two rates, Statistics in Medicine 4 (1985).</para>
    /// </remarks>
    /// <param name="successes">x₁: how many trials of the first sample succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n₁: how many trials it had; at least 1.</param>
    /// <param name="otherSuccesses">x₂: how many trials of the second sample succeeded; from 0 to <paramref name="otherTrials"/>.</param>
    /// <param name="otherTrials">n₂: how many trials it had; at least 1.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the first proportion minus the second.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A sample has no trials, successes are negative or more than the trials, the trials exceed 2⁶³ − 1 together, or the confidence is not between 0 and 1.</exception>
    /// <example><code>ProportionDifference.MiettinenNurminen(56, 70, 48, 80); // [0.05283, 0.3382] MiettinenNurminen 95 %</code></example>
    public static IntervalEstimate MiettinenNurminen(long successes, long trials, long otherSuccesses, long otherTrials, double confidence = 0.95)
    {
        TwoSamples samples = TwoSamples.Check(successes, trials, otherSuccesses, otherTrials);
        Guard.Confidence(confidence);
        double z = ConfidenceLevel.NormalQuantile(confidence), target = z * z * (samples.Total / (samples.Total - 1));
        return new(ScoreEnd(samples, target), -ScoreEnd(samples.Swapped, target), confidence, IntervalMethod.MiettinenNurminen);
    }

    /// <summary>Agresti and Caffo's interval: one success and one failure added to each sample.</summary>
    /// <remarks>
    /// <para>p̃₁ − p̃₂ ± z √(p̃₁(1 − p̃₁)/(n₁ + 2) + p̃₂(1 − p̃₂)/(n₂ + 2)) with p̃ = (x + 1)/(n + 2). It is returned as it comes: with few trials an end may lie beyond ±1.</para>
    /// <para>Source: A. Agresti and B. Caffo, Simple and effective confidence intervals for proportions and differences of proportions, Amer. Statist. 54 (2000).</para>
    /// </remarks>
    /// <param name="successes">x₁: how many trials of the first sample succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n₁: how many trials it had; at least 1.</param>
    /// <param name="otherSuccesses">x₂: how many trials of the second sample succeeded; from 0 to <paramref name="otherTrials"/>.</param>
    /// <param name="otherTrials">n₂: how many trials it had; at least 1.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the first proportion minus the second.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A sample has no trials, successes are negative or more than the trials, the trials exceed 2⁶³ − 1 together, or the confidence is not between 0 and 1.</exception>
    /// <example><code>ProportionDifference.AgrestiCaffo(56, 70, 48, 80); // [0.05245, 0.3358] AgrestiCaffo 95 %</code></example>
    public static IntervalEstimate AgrestiCaffo(long successes, long trials, long otherSuccesses, long otherTrials, double confidence = 0.95)
    {
        (double x1, double n1, double x2, double n2) = TwoSamples.Check(successes, trials, otherSuccesses, otherTrials);
        Guard.Confidence(confidence);
        TwoSamples samples = new(x1 + 1, n1 + 2, x2 + 1, n2 + 2);
        double variance = (samples.X1 / samples.N1 * (samples.Y1 / samples.N1) / samples.N1) + (samples.X2 / samples.N2 * (samples.Y2 / samples.N2) / samples.N2);
        double difference = samples.Cross / samples.N1 / samples.N2, half = ConfidenceLevel.NormalQuantile(confidence) * Math.Sqrt(variance);
        return new(difference - half, difference + half, confidence, IntervalMethod.AgrestiCaffo);
    }

    /// <summary>Fisher's exact test: how likely are tables with the same margins that are no likelier than this one.</summary>
    /// <remarks>
    /// <para>The sum of all hypergeometric probabilities P(k) ≤ P(x₁)·(1 + 10⁻⁷), given n₁, n₂ and x₁ + x₂; two-sided. 1 where nothing or everything succeeded.</para>
    /// <para>Source: R. A. Fisher, Statistical Methods for Research Workers (1935); the slack is that of R's <c>fisher.test</c>.</para>
    /// </remarks>
    /// <param name="successes">x₁: how many trials of the first sample succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n₁: how many trials it had; at least 1.</param>
    /// <param name="otherSuccesses">x₂: how many trials of the second sample succeeded; from 0 to <paramref name="otherTrials"/>.</param>
    /// <param name="otherTrials">n₂: how many trials it had; at least 1.</param>
    /// <returns>The two-sided p-value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A sample has no trials, successes are negative or more than the trials, or the trials exceed 2⁶³ − 1 together.</exception>
    /// <example><code>ProportionDifference.FisherExact(6, 7, 2, 7); // 0.1026</code></example>
    public static double FisherExact(long successes, long trials, long otherSuccesses, long otherTrials)
    {
        TwoSamples samples = TwoSamples.Check(successes, trials, otherSuccesses, otherTrials);
        long sum = successes + otherSuccesses, least = Math.Max(0, sum - otherTrials), most = Math.Min(trials, sum);
        long mode = (long)(((Int128)trials + 1) * ((Int128)sum + 1) / ((Int128)trials + otherTrials + 2));
        mode = Math.Clamp(mode, least, most);
        double limit = LogMass(samples, successes) + AccurateMath.Log1p(EquallyLikely);
        if (LogMass(samples, mode) <= limit) return 1;

        // On either side of the mode the probabilities fall: the last one that counts on the left, and the first on the right.
        long left = Partition(least - 1, mode, k => k < least || LogMass(samples, k) <= limit);
        long right = Partition(mode, most + 1, k => k <= most && LogMass(samples, k) > limit) + 1;
        double below = left < least ? 0 : LeftTail(samples, left, least);
        double above = right > most ? 0 : LeftTail(samples.Swapped with { X1 = samples.Successes - right, X2 = right }, sum - right, sum - most);
        return Math.Min(1, below + above);
    }

    /// <summary>The pooled z test of equal proportions, or false where nothing or everything succeeded.</summary>
    /// <remarks>
    /// <para>z = (p₁ − p₂) / √(p (1 − p) (1/n₁ + 1/n₂)) with p = (x₁ + x₂)/(n₁ + n₂); z² is Pearson's χ² of the fourfold table. The p-value is 2 (1 − Φ(|z|)).</para>
    /// <para>Source: K. Pearson (1900). With an expected count below 5, use <see cref="FisherExact"/>.</para>
    /// </remarks>
    /// <param name="successes">x₁: how many trials of the first sample succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n₁: how many trials it had; at least 1.</param>
    /// <param name="otherSuccesses">x₂: how many trials of the second sample succeeded; from 0 to <paramref name="otherTrials"/>.</param>
    /// <param name="otherTrials">n₂: how many trials it had; at least 1.</param>
    /// <param name="z">The statistic, positive where the first proportion is larger; 0 when the result is false.</param>
    /// <param name="pValue">The two-sided p-value; 1 when the result is false.</param>
    /// <returns>True if there is a statistic.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A sample has no trials, successes are negative or more than the trials, or the trials exceed 2⁶³ − 1 together.</exception>
    /// <example><code>ProportionDifference.TryPooledZ(6, 7, 2, 7, out double z, out double p); // z 2.160, p 0.0308</code></example>
    public static bool TryPooledZ(long successes, long trials, long otherSuccesses, long otherTrials, out double z, out double pValue) =>
        TryZ(TwoSamples.Check(successes, trials, otherSuccesses, otherTrials), corrected: false, out z, out pValue);

    /// <summary>The pooled z test of equal proportions with Yates' continuity correction, or false where nothing or everything succeeded.</summary>
    /// <remarks>
    /// <para>As <see cref="TryPooledZ"/>, with |x₁n₂ − x₂n₁| made smaller by (n₁ + n₂)/2, but not below 0; z² is what R's <c>prop.test</c> prints by default.</para>
    /// <para>Source: F. Yates, Contingency tables involving small numbers and the χ² test, J. Roy. Statist. Soc. Suppl. 1 (1934).</para>
    /// </remarks>
    /// <param name="successes">x₁: how many trials of the first sample succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n₁: how many trials it had; at least 1.</param>
    /// <param name="otherSuccesses">x₂: how many trials of the second sample succeeded; from 0 to <paramref name="otherTrials"/>.</param>
    /// <param name="otherTrials">n₂: how many trials it had; at least 1.</param>
    /// <param name="z">The statistic, positive where the first proportion is larger; 0 when the result is false.</param>
    /// <param name="pValue">The two-sided p-value; 1 when the result is false.</param>
    /// <returns>True if there is a statistic.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A sample has no trials, successes are negative or more than the trials, or the trials exceed 2⁶³ − 1 together.</exception>
    /// <example><code>ProportionDifference.TryYates(6, 7, 2, 7, out double z, out double p); // z 1.620, p 0.1052</code></example>
    public static bool TryYates(long successes, long trials, long otherSuccesses, long otherTrials, out double z, out double pValue) =>
        TryZ(TwoSamples.Check(successes, trials, otherSuccesses, otherTrials), corrected: true, out z, out pValue);

    private static bool TryZ(TwoSamples samples, bool corrected, out double z, out double pValue)
    {
        (z, pValue) = (0, 1);
        if (samples.Successes == 0 || samples.Failures == 0) return false;
        double cross = samples.Cross;
        if (corrected) cross = Math.CopySign(Math.Max(0, Math.Abs(cross) - (samples.Total / 2)), cross);
        z = cross / samples.N1 / samples.N2 * Math.Sqrt(samples.Total / samples.Successes * (samples.N1 / samples.Failures) * samples.N2);
        pValue = Math.Min(1, 2 * NormalDistribution.Survival(Math.Abs(z)));
        return true;
    }

    private static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));

    // The lower end of the score interval. With a Lagrange multiplier λ for p₁ − p₂ = δ, either proportion follows from λ alone, by a quadratic
    // equation: p̂₁ − p₁ = (λ/n₁) p₁(1 − p₁), p̂₂ − p₂ = −(λ/n₂) p₂(1 − p₂), and the statistic is λ² V. So nothing cancels, whatever the counts.
    private static double ScoreEnd(TwoSamples samples, double target)
    {
        // Nothing against everything: −1 is the largest likelihood.
        if (samples.X1 == 0 && samples.Y2 == 0) return -1;

        double Excess(double logMultiplier)
        {
            double multiplier = Math.Exp(logMultiplier);
            (double p1, double q1) = Restricted(samples.X1, samples.N1, multiplier / samples.N1);
            (double p2, double q2) = Restricted(samples.X2, samples.N2, -multiplier / samples.N2);
            return (multiplier * multiplier * ((p1 * q1 / samples.N1) + (p2 * q2 / samples.N2)) / target) - 1;
        }

        double low = Math.Log(target + samples.Total), high = low;
        while (Excess(low) > 0) low -= 3;
        while (Excess(high) < 0) high += 3;
        double root = Math.Exp(RootSearch.Between(Excess, low, high));
        return Restricted(samples.X1, samples.N1, root / samples.N1).P - Restricted(samples.X2, samples.N2, -root / samples.N2).P;
    }

    // The p with p̂ − p = c p (1 − p), and 1 − p.
    private static (double P, double Q) Restricted(double successes, double trials, double c)
    {
        double p = successes / trials, q = (trials - successes) / trials;
        double root = Math.Sqrt(c >= 0 ? ((1 - c) * (1 - c)) + (4 * c * q) : ((1 + c) * (1 + c)) - (4 * c * p));
        return (Root(p, c, root), Root(q, -c, root));
    }

    private static double Root(double p, double c, double root) => c > -1 ? 2 * p / (1 + c + root) : (1 + c - root) / (2 * c);

    private static double LogMass(TwoSamples samples, double k) =>
        DiscreteDistributions.FourfoldLogMass(k, samples.N1 - k, samples.Successes - k, samples.N2 - samples.Successes + k);

    // The last k from low (where the condition holds) to below high (where it does not).
    private static long Partition(long low, long high, Func<long, bool> holds)
    {
        while (high - low > 1)
        {
            long middle = low + ((high - low) / 2);
            if (holds(middle)) low = middle;
            else high = middle;
        }

        return low;
    }

    // The probability of at most k successes in the first sample; k lies below the mode.
    private static double LeftTail(TwoSamples samples, long k, long least)
    {
        (double n1, double n2, double sum, double total) = (samples.N1, samples.N2, samples.Successes, samples.Total);
        double log = LogMass(samples, k);
        double spread = Math.Sqrt(n1 / total * (n2 / total) * (sum / total) * samples.Failures * (total / (total - 1)));
        if (spread <= LargeSpread)
        {
            double term = 1, terms = 1;
            for (double j = k; j > least && term > terms * 1e-18; j--)
            {
                term *= j / (n1 - j + 1) * ((n2 - sum + j) / (sum - j + 1));
                terms += term;
            }

            return Math.Exp(log) * terms;
        }

        // Euler and Maclaurin: the sum is the integral up to k, half the last term, and a twelfth of the slope there. What is left out is of the order of spread⁻⁴.
        double slope = Math.Max(0, log - LogMass(samples, k - 1.0));
        double half = Math.Min(40 / (slope + Math.Sqrt((slope * slope) + (80 / (spread * spread)))), (k - least) / 2.0);
        double integral = 0;
        for (int i = 0; i < GaussLegendre.Nodes.Length; i++)
        {
            double node = GaussLegendre.Nodes[i];
            integral += GaussLegendre.Weights[i] * (Math.Exp(LogMass(samples, k - (half * (1 - node))) - log) + Math.Exp(LogMass(samples, k - (half * (1 + node))) - log));
        }

        return Math.Exp(log) * ((half * integral) + 0.5 + (slope / 12));
    }
}
