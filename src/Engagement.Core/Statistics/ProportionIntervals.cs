using System.Globalization;
using System.Numerics;

namespace Engagement.Core;

/// <summary>Intervals for a proportion: so many successes in so many independent trials.</summary>
/// <remarks>
/// <para>Both ends always lie in [0, 1]. <see cref="Wilson"/> is the one to use when in doubt; <see cref="ClopperPearson"/> never covers less than it says, and is wider for it; <see cref="Jeffreys"/> lies between them. Wald's p ± z·se is not offered: for 0 of 38 it says [0, 0].</para>
/// <para>All five are undefined without trials, and refuse to be asked. Numbers of trials above 2⁵³ are rounded to the nearest double.</para>
/// </remarks>
public static class ProportionIntervals
{
    /// <summary>Wilson's score interval: all θ that the score test does not reject.</summary>
    /// <remarks>
    /// <para>The ends are the roots of (n + z²) θ² − (2x + z²) θ + x²/n = 0, with n trials, x successes and z the normal quantile of the level. The lower end is exactly 0 when nothing succeeded, the upper end exactly 1 when everything did.</para>
    /// <para>Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, J. Amer. Statist. Assoc. 22 (1927).</para>
    /// </remarks>
    /// <param name="successes">x: how many trials succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n: how many trials there were; at least 1.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the proportion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no trials, the successes are negative or more than the trials, or the confidence is not between 0 and 1.</exception>
    /// <example><code>ProportionIntervals.Wilson(successes: 45, trials: 350); // [0.0975, 0.1677] Wilson 95 %</code></example>
    public static IntervalEstimate Wilson(long successes, long trials, double confidence = 0.95)
    {
        Check(successes, trials, confidence);
        double x = successes, n = trials, z = ConfidenceLevel.NormalQuantile(confidence), numerator = Numerator(x, n, z);
        double upper = successes == trials ? 1 : UpperRoot(numerator, n, z);
        return new(LowerRoot(x, n, numerator), upper, confidence, IntervalMethod.Wilson);
    }

    /// <summary>Wilson's score intervals of whole columns: the same ends as <see cref="Wilson"/> gives row by row, to the last bit.</summary>
    /// <remarks><para>Rows without trials, or marked <see cref="Count.MissingInColumn"/> in either column, have no interval: NaN at both ends. Nothing is allocated.</para></remarks>
    /// <param name="successes">x of each row; from 0 to its trials.</param>
    /// <param name="trials">n of each row; not negative.</param>
    /// <param name="lower">Where the lower ends go; as long as the columns.</param>
    /// <param name="upper">Where the upper ends go; as long as the columns.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or a row is negative or has more successes than trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    /// <example><code>ProportionIntervals.WilsonColumns([45, 0], [350, 38], lower, upper);</code></example>
    public static void WilsonColumns(ReadOnlySpan<long> successes, ReadOnlySpan<long> trials, Span<double> lower, Span<double> upper, double confidence = 0.95)
    {
        Guard.SameLength(successes.Length, nameof(successes), trials.Length, nameof(trials));
        Guard.SameLength(successes.Length, nameof(successes), lower.Length, nameof(lower));
        Guard.SameLength(successes.Length, nameof(successes), upper.Length, nameof(upper));
        Guard.Confidence(confidence);
        double z = ConfidenceLevel.NormalQuantile(confidence), half = z / 2;
        int row = 0;
        for (; row <= successes.Length - Vector<long>.Count; row += Vector<long>.Count)
        {
            Vector<long> x = new(successes[row..]), n = new(trials[row..]);
            if (Vector.LessThanAny(x, Vector<long>.Zero) || Vector.LessThanAny(n, Vector<long>.One) || Vector.GreaterThanAny(x, n))
            {
                for (int i = row; i < row + Vector<long>.Count; i++) WilsonRow(successes, trials, lower, upper, i, z);
                continue;
            }

            Vector<double> many = Vector.ConvertToDouble(n), few = Vector.ConvertToDouble(x);
            Vector<double> root = Vector.SquareRoot((few * ((many - few) / many)) + new Vector<double>(half * half));
            Vector<double> numerator = few + (z * (new Vector<double>(half) + root));
            (few / many * (few / numerator)).CopyTo(lower[row..]);
            Vector<double> ends = Vector.Min(Vector<double>.One, numerator / (many + new Vector<double>(z * z)));
            Vector.ConditionalSelect(Vector.Equals(x, n), Vector<double>.One, ends).CopyTo(upper[row..]);
        }

        for (; row < successes.Length; row++) WilsonRow(successes, trials, lower, upper, row, z);
    }

    /// <summary>Wilson's score interval with a continuity correction of half a success at each end.</summary>
    /// <remarks>
    /// <para>The ends are Wilson's for x − 1/2 and x + 1/2 successes. The lower end is exactly 0 when nothing succeeded, the upper end exactly 1 when everything did.</para>
    /// <para>Source: R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), method 4.</para>
    /// </remarks>
    /// <param name="successes">x: how many trials succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n: how many trials there were; at least 1.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the proportion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no trials, the successes are negative or more than the trials, or the confidence is not between 0 and 1.</exception>
    /// <example><code>ProportionIntervals.WilsonContinuityCorrected(successes: 45, trials: 350); // [0.09624, 0.1693] WilsonContinuityCorrected 95 %</code></example>
    public static IntervalEstimate WilsonContinuityCorrected(long successes, long trials, double confidence = 0.95)
    {
        Check(successes, trials, confidence);
        double x = successes, n = trials, z = ConfidenceLevel.NormalQuantile(confidence);
        double lower = successes == 0 ? 0 : LowerRoot(x - 0.5, n, Numerator(x - 0.5, n, z));
        double upper = successes == trials ? 1 : UpperRoot(Numerator(x + 0.5, n, z), n, z);
        return new(lower, upper, confidence, IntervalMethod.WilsonContinuityCorrected);
    }

    /// <summary>Clopper and Pearson's exact interval: all θ that neither one-sided binomial test rejects.</summary>
    /// <remarks>
    /// <para>The lower end is the α/2 quantile of Beta(x, n − x + 1), the upper end the 1 − α/2 quantile of Beta(x + 1, n − x). The lower end is exactly 0 when nothing succeeded, the upper end exactly 1 when everything did.</para>
    /// <para>Source: C. J. Clopper and E. S. Pearson, The use of confidence or fiducial limits illustrated in the case of the binomial, Biometrika 26 (1934).</para>
    /// </remarks>
    /// <param name="successes">x: how many trials succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n: how many trials there were; at least 1.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the proportion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no trials, the successes are negative or more than the trials, or the confidence is not between 0 and 1.</exception>
    /// <example><code>ProportionIntervals.ClopperPearson(successes: 0, trials: 38); // [0, 0.09251] ClopperPearson 95 %</code></example>
    public static IntervalEstimate ClopperPearson(long successes, long trials, double confidence = 0.95)
    {
        Check(successes, trials, confidence);
        double x = successes, rest = trials - successes, tail = ConfidenceLevel.Tail(confidence);
        double lower = successes == 0 ? 0 : IncompleteBeta.Quantile(x, rest + 1, tail);
        double upper = successes == trials ? 1 : IncompleteBeta.UpperQuantile(x + 1, rest, tail);
        return new(lower, upper, confidence, IntervalMethod.ClopperPearson);
    }

    /// <summary>The equal-tailed Bayesian interval under Jeffreys' prior Beta(1/2, 1/2).</summary>
    /// <remarks>
    /// <para>The ends are the α/2 and 1 − α/2 quantiles of Beta(x + 1/2, n − x + 1/2), without exception: the lower end is above 0 even when nothing succeeded, the upper end below 1 (or rounded to it) even when everything did.</para>
    /// <para>Source: L. D. Brown, T. T. Cai and A. DasGupta, Interval estimation for a binomial proportion, Statist. Sci. 16 (2001), without their changes at 0 and n.</para>
    /// </remarks>
    /// <param name="successes">x: how many trials succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n: how many trials there were; at least 1.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the proportion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no trials, the successes are negative or more than the trials, or the confidence is not between 0 and 1.</exception>
    /// <example><code>ProportionIntervals.Jeffreys(successes: 45, trials: 350); // [0.0966, 0.1667] Jeffreys 95 %</code></example>
    public static IntervalEstimate Jeffreys(long successes, long trials, double confidence = 0.95)
    {
        Check(successes, trials, confidence);
        double a = successes + 0.5, b = trials - successes + 0.5, tail = ConfidenceLevel.Tail(confidence);
        return new(IncompleteBeta.Quantile(a, b, tail), IncompleteBeta.UpperQuantile(a, b, tail), confidence, IntervalMethod.Jeffreys);
    }

    /// <summary>Agresti and Coull's interval: Wald's formula around Wilson's centre.</summary>
    /// <remarks>
    /// <para>θ̃ ± z √(θ̃ (1 − θ̃) / (n + z²)) with θ̃ = (x + z²/2) / (n + z²), cut at 0 and 1.</para>
    /// <para>Source: A. Agresti and B. A. Coull, Approximate is better than “exact” for interval estimation of binomial proportions, Amer. Statist. 52 (1998).</para>
    /// </remarks>
    /// <param name="successes">x: how many trials succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n: how many trials there were; at least 1.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the proportion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no trials, the successes are negative or more than the trials, or the confidence is not between 0 and 1.</exception>
    /// <example><code>ProportionIntervals.AgrestiCoull(successes: 45, trials: 350); // [0.09727, 0.1679] AgrestiCoull 95 %</code></example>
    public static IntervalEstimate AgrestiCoull(long successes, long trials, double confidence = 0.95)
    {
        Check(successes, trials, confidence);
        double x = successes, n = trials, z = ConfidenceLevel.NormalQuantile(confidence), square = z * z, total = n + square;
        double centre = (x + (square / 2)) / total;
        double half = z * Math.Sqrt(centre * ((n - x + (square / 2)) / total) / total);

        // centre − half = (centre² − half²) / (centre + half), with the difference multiplied out: nothing cancels unless x is next to z²/2.
        double difference = ((n * (x - (square / 2))) + (2 * x * square)) / total / total;
        double lower = Math.Max(0, difference * centre / (centre + half));
        return new(lower, Math.Min(1, centre + half), confidence, IntervalMethod.AgrestiCoull);
    }

    private static void WilsonRow(ReadOnlySpan<long> successes, ReadOnlySpan<long> trials, Span<double> lower, Span<double> upper, int row, double z)
    {
        (long x, long n) = (successes[row], trials[row]);
        if (n == Count.MissingInColumn || x == Count.MissingInColumn || (n == 0 && x == 0))
        {
            (lower[row], upper[row]) = (double.NaN, double.NaN);
            return;
        }

        if (x < 0 || n < 0 || x > n)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Row {row} has {x} successes of {n} trials, but both must not be negative, and successes not exceed trials: mend the row, or mark it as missing."), x < 0 || n >= 0 ? nameof(successes) : nameof(trials));
        }

        double few = x, many = n, numerator = Numerator(few, many, z);
        (lower[row], upper[row]) = (LowerRoot(few, many, numerator), x == n ? 1 : UpperRoot(numerator, many, z));
    }

    private static double UpperRoot(double numerator, double n, double z) => Math.Min(1, numerator / (n + (z * z)));

    // The product of both roots over the upper one: the usual formula takes the difference of nearly equal numbers.
    private static double LowerRoot(double x, double n, double numerator) => x / n * (x / numerator);

    private static double Numerator(double x, double n, double z)
    {
        double half = z / 2;
        return x + (z * (half + Math.Sqrt((x * ((n - x) / n)) + (half * half))));
    }

    private static void Check(long successes, long trials, double confidence)
    {
        if (successes < 0) ThrowNegative(successes);
        if (trials < 1) ThrowNoTrials(trials);
        if (successes > trials) ThrowMoreThanTrials(successes, trials);
        if (!(confidence > 0 && confidence < 1)) Guard.Confidence(confidence);
    }

    private static void ThrowNegative(long successes) => Guard.NotNegative(successes);

    private static void ThrowNoTrials(long trials) => throw Guard.OutOfRange(nameof(trials), trials, "must be at least 1", "a proportion of nothing has no interval, so leave it out");

    private static void ThrowMoreThanTrials(long successes, long trials) =>
        throw Guard.OutOfRange(nameof(successes), successes, $"must not exceed trials ({Guard.Text(trials)})", "for events that can happen more than once per person, use RateIntervals");
}
