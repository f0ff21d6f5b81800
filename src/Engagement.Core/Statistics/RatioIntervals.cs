using System.Buffers;
using System.Globalization;

namespace Engagement.Core;

/// <summary>Intervals for a ratio of sums, R = Σ yᵢ / Σ xᵢ, from the spread between its rows (or clusters of rows) instead of a distribution assumed for each.</summary>
/// <remarks>
/// <para>Both are R ± t·se, with Student's t at n − 1 degrees of freedom. They are returned as they come: an end may be negative though R is not, and rows that all have the same ratio give an interval of zero width. What that means, the caller must say.</para>
/// <para><see cref="Jackknife"/> reacts more to a single row that carries most of the denominator, and is the one to use when in doubt; <see cref="Linearised"/> is its first-order approximation, which <see cref="LinearisedByCluster"/> offers for clusters too.</para>
/// </remarks>
public static class RatioIntervals
{
    private const string OneCluster = "clusters (1 different number) must tell at least two clusters apart: leave the clusters out, or use a longer period.";
    private const string SingleRowCarriesAll = "The denominators must stay positive in sum when any one row is left out, but one row carries them all: use Linearised, or a longer period with more rows.";

    /// <summary>The delete-one jackknife with Student's t.</summary>
    /// <remarks>
    /// <para>se² = (n − 1)/n · Σ (Rᵢ − R̄)², where Rᵢ is the ratio without row i and R̄ the mean of the Rᵢ; the interval is R ± t·se with n − 1 degrees of freedom. Its centre is R itself, not R̄.</para>
    /// <para>Undefined where one row carries the whole denominator: see <see cref="TryJackknife"/>. An end may be negative; the width may be 0.</para>
    /// <para>Source: K. M. Wolter, Introduction to Variance Estimation (2007), chapter 4; the JK1 weights of survey samplers.</para>
    /// </remarks>
    /// <param name="numerators">yᵢ: finite, one for each row; at least two.</param>
    /// <param name="denominators">xᵢ: finite and not negative, one for each row.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the ratio of sums.</returns>
    /// <exception cref="ArgumentException">The spans differ in length or have fewer than two rows, the denominators have no positive sum, or one row carries it all.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, a denominator is negative, or the confidence is not between 0 and 1.</exception>
    /// <example><code>RatioIntervals.Jackknife([30, 12, 45], [400, 250, 500]); // [0.02879, 0.1225] Jackknife 95 %</code></example>
    public static IntervalEstimate Jackknife(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, double confidence = 0.95) =>
        TryJackknife(numerators, denominators, out IntervalEstimate interval, confidence)
            ? interval
            : throw new ArgumentException(SingleRowCarriesAll, nameof(denominators));

    /// <summary>The delete-one jackknife with Student's t, or false where one row carries the whole denominator, so that the ratio without it is undefined.</summary>
    /// <remarks><para>The formula is that of <see cref="Jackknife"/>. Input that is wrong, and not merely too lopsided, throws here too.</para></remarks>
    /// <param name="numerators">yᵢ: finite, one for each row; at least two.</param>
    /// <param name="denominators">xᵢ: finite and not negative, one for each row.</param>
    /// <param name="interval">The interval for the ratio of sums; <c>default</c> when the result is false.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>True if there is an interval.</returns>
    /// <exception cref="ArgumentException">The spans differ in length or have fewer than two rows, or the denominators have no positive sum.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, a denominator is negative, or the confidence is not between 0 and 1.</exception>
    /// <example><code>RatioIntervals.TryJackknife([3, 0], [40, 0], out var interval); // false</code></example>
    public static bool TryJackknife(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, out IntervalEstimate interval, double confidence = 0.95)
    {
        (double y, double x) = Sums(numerators, denominators);
        Guard.Confidence(confidence);
        interval = default;

        // Rᵢ − R = −eᵢ / (x − xᵢ) with the residual eᵢ = yᵢ − R xᵢ: the difference of two nearly equal ratios is never taken.
        int n = numerators.Length;
        double mean = 0;
        for (int i = 0; i < n; i++)
        {
            double rest = x - denominators[i];
            if (rest <= 0) return false;
            mean += Residual(numerators[i], denominators[i], y, x) / rest / n;
        }

        double squares = 0;
        for (int i = 0; i < n; i++)
        {
            double deviation = (Residual(numerators[i], denominators[i], y, x) / (x - denominators[i])) - mean;
            squares += deviation * deviation;
        }

        interval = Around(y / x, Math.Sqrt(squares * (n - 1) / n), n - 1, confidence, IntervalMethod.Jackknife);
        return true;
    }

    /// <summary>The linearised (Taylor) ratio estimator with Student's t.</summary>
    /// <remarks>
    /// <para>se² = n/(n − 1) · Σ eᵢ² / (Σ xᵢ)², with the residuals eᵢ = yᵢ − R xᵢ; the interval is R ± t·se with n − 1 degrees of freedom.</para>
    /// <para>Defined wherever the denominators have a positive sum. An end may be negative; the width may be 0.</para>
    /// <para>Source: W. G. Cochran, Sampling Techniques (1977), chapter 6.</para>
    /// </remarks>
    /// <param name="numerators">yᵢ: finite, one for each row; at least two.</param>
    /// <param name="denominators">xᵢ: finite and not negative, one for each row.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the ratio of sums.</returns>
    /// <exception cref="ArgumentException">The spans differ in length or have fewer than two rows, or the denominators have no positive sum.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, a denominator is negative, or the confidence is not between 0 and 1.</exception>
    /// <example><code>RatioIntervals.Linearised([30, 12, 45], [400, 250, 500]); // [0.02998, 0.1213] Linearised 95 %</code></example>
    public static IntervalEstimate Linearised(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, double confidence = 0.95)
    {
        (double y, double x) = Sums(numerators, denominators);
        Guard.Confidence(confidence);
        double squares = 0;
        for (int i = 0; i < numerators.Length; i++)
        {
            double residual = Residual(numerators[i], denominators[i], y, x);
            squares += residual * residual;
        }

        return FromResiduals(y, x, squares, numerators.Length, confidence);
    }

    /// <summary>The linearised (Taylor) ratio estimator with Student's t, for rows that belong together in clusters.</summary>
    /// <remarks>
    /// <para>se² = g/(g − 1) · Σ (Σ eᵢ within a cluster)² / (Σ xᵢ)², with g clusters and the residuals eᵢ = yᵢ − R xᵢ; the interval is R ± t·se with g − 1 degrees of freedom.</para>
    /// <para>Defined wherever the denominators have a positive sum. An end may be negative; the width may be 0.</para>
    /// <para>Source: W. G. Cochran, Sampling Techniques (1977), chapters 6 and 9.</para>
    /// </remarks>
    /// <param name="numerators">yᵢ: finite, one for each row.</param>
    /// <param name="denominators">xᵢ: finite and not negative, one for each row.</param>
    /// <param name="clusters">The number of the cluster of each row, in any order; at least two different ones.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the ratio of sums.</returns>
    /// <exception cref="ArgumentException">The spans differ in length, there are fewer than two clusters, or the denominators have no positive sum.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, a denominator is negative, or the confidence is not between 0 and 1.</exception>
    /// <example><code>RatioIntervals.LinearisedByCluster([30, 12, 45, 9], [400, 250, 500, 150], clusters: [1, 1, 2, 3]); // [0.0322, 0.1155] Linearised 95 %</code></example>
    public static IntervalEstimate LinearisedByCluster(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, ReadOnlySpan<int> clusters, double confidence = 0.95)
    {
        (double y, double x) = Sums(numerators, denominators);
        Guard.Confidence(confidence);
        Guard.SameLength(numerators.Length, nameof(numerators), clusters.Length, nameof(clusters));

        int n = numerators.Length;
        int[] sortedClusters = ArrayPool<int>.Shared.Rent(n);
        double[] residuals = ArrayPool<double>.Shared.Rent(n);
        try
        {
            clusters.CopyTo(sortedClusters);
            for (int i = 0; i < n; i++) residuals[i] = Residual(numerators[i], denominators[i], y, x);
            Array.Sort(sortedClusters, residuals, 0, n);

            int count = 0;
            double squares = 0;
            for (int i = 0; i < n;)
            {
                int cluster = sortedClusters[i];
                double sum = 0;
                for (; i < n && sortedClusters[i] == cluster; i++) sum += residuals[i];
                squares += sum * sum;
                count++;
            }

            if (count < 2) throw new ArgumentException(OneCluster, nameof(clusters));
            return FromResiduals(y, x, squares, count, confidence);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(sortedClusters);
            ArrayPool<double>.Shared.Return(residuals);
        }
    }

    /// <summary>The linearised (Taylor) ratio estimator with Student's t, for rows in strata, and in clusters within them.</summary>
    /// <remarks>
    /// <para>se² = Σₕ gₕ/(gₕ − 1) · Σ (E − Ēₕ)² / (Σ xᵢ)², with the sums E of residuals within a cluster, their mean Ēₕ in stratum h and its gₕ clusters; the interval is R ± t·se with Σ (gₕ − 1) degrees of freedom. With one stratum it is <see cref="LinearisedByCluster"/>.</para>
    /// <para>Undefined where a stratum has a single cluster: join it to another.</para>
    /// <para>Source: W. G. Cochran, Sampling Techniques (1977), chapters 6 and 9; <c>svyratio</c> of R's survey package.</para>
    /// </remarks>
    /// <param name="numerators">yᵢ: finite, one for each row.</param>
    /// <param name="denominators">xᵢ: finite and not negative, one for each row.</param>
    /// <param name="strata">The number of the stratum of each row, in any order.</param>
    /// <param name="clusters">The number of the cluster of each row within its stratum; empty where each row stands alone.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the ratio of sums.</returns>
    /// <exception cref="ArgumentException">The spans differ in length, a stratum has fewer than two clusters, or the denominators have no positive sum.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, a denominator is negative, or the confidence is not between 0 and 1.</exception>
    /// <example><code>RatioIntervals.LinearisedByStratum([30, 12, 45, 9], [400, 250, 500, 150], strata: [1, 1, 2, 2], clusters: []);</code></example>
    public static IntervalEstimate LinearisedByStratum(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, ReadOnlySpan<int> strata, ReadOnlySpan<int> clusters, double confidence = 0.95)
    {
        (double y, double x) = Sums(numerators, denominators);
        Guard.Confidence(confidence);
        Guard.SameLength(numerators.Length, nameof(numerators), strata.Length, nameof(strata));
        if (!clusters.IsEmpty) Guard.SameLength(numerators.Length, nameof(numerators), clusters.Length, nameof(clusters));
        SortedDictionary<int, SortedDictionary<int, double>> sums = [];
        for (int i = 0; i < numerators.Length; i++)
        {
            if (!sums.TryGetValue(strata[i], out SortedDictionary<int, double>? stratum)) sums[strata[i]] = stratum = [];
            int cluster = clusters.IsEmpty ? i : clusters[i];
            stratum[cluster] = stratum.GetValueOrDefault(cluster) + Residual(numerators[i], denominators[i], y, x);
        }

        double variance = 0;
        int degreesOfFreedom = 0;
        foreach ((int number, SortedDictionary<int, double> stratum) in sums)
        {
            int count = stratum.Count;
            if (count < 2) throw new ArgumentException($"strata ({Guard.Text(number)}) must have at least two clusters each: join a stratum of one to another.", nameof(strata));
            double mean = 0, squares = 0;
            foreach (double sum in stratum.Values) mean += sum / count;
            foreach (double sum in stratum.Values) squares += (sum - mean) * (sum - mean);
            variance += squares * count / (count - 1);
            degreesOfFreedom += count - 1;
        }

        return Around(y / x, Math.Sqrt(variance) / x, degreesOfFreedom, confidence, IntervalMethod.Linearised);
    }

    /// <summary>The jackknife that deletes one cluster at a time, with Student's t; false where one cluster carries the whole denominator.</summary>
    /// <remarks><para>The formula of <see cref="Jackknife"/>, with the sums within each cluster for rows: g − 1 degrees of freedom for g clusters.</para></remarks>
    /// <param name="numerators">yᵢ: finite, one for each row.</param>
    /// <param name="denominators">xᵢ: finite and not negative, one for each row.</param>
    /// <param name="clusters">The number of the cluster of each row, in any order; at least two different ones.</param>
    /// <param name="interval">The interval for the ratio of sums; <c>default</c> when the result is false.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>True if there is an interval.</returns>
    /// <exception cref="ArgumentException">The spans differ in length, there are fewer than two clusters, or the denominators have no positive sum.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, a denominator is negative, or the confidence is not between 0 and 1.</exception>
    /// <example><code>RatioIntervals.TryJackknifeByCluster([30, 12, 45, 9], [400, 250, 500, 150], clusters: [1, 1, 2, 3], out var interval);</code></example>
    public static bool TryJackknifeByCluster(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, ReadOnlySpan<int> clusters, out IntervalEstimate interval, double confidence = 0.95)
    {
        Sums(numerators, denominators);
        Guard.Confidence(confidence);
        Guard.SameLength(numerators.Length, nameof(numerators), clusters.Length, nameof(clusters));
        SortedDictionary<int, (double Y, double X)> sums = [];
        for (int i = 0; i < clusters.Length; i++)
        {
            (double y, double x) = sums.GetValueOrDefault(clusters[i]);
            sums[clusters[i]] = (y + numerators[i], x + denominators[i]);
        }

        if (sums.Count < 2) throw new ArgumentException(OneCluster, nameof(clusters));
        double[] tops = new double[sums.Count], bases = new double[sums.Count];
        int next = 0;
        foreach ((double y, double x) in sums.Values) (tops[next], bases[next++]) = (y, x);
        return TryJackknife(tops, bases, out interval, confidence);
    }

    /// <summary>Fieller's interval with Student's t, or false where the denominators are not clearly different from 0: then the ratios that agree with the data have no bounds.</summary>
    /// <remarks>
    /// <para>All θ with (ȳ − θx̄)² ≤ t² Var(ȳ − θx̄) at n − 1 degrees of freedom: the roots of (x̄² − t²vₓₓ) φ² + 2t²vₑₓ φ − t²vₑₑ = 0, added to R, with the residuals e = y − R x and the variances v of the means. Not symmetric around R.</para>
    /// <para>Defined where x̄² &gt; t²vₓₓ, that is where the mean of the denominators differs from 0 at this level.</para>
    /// <para>Source: E. C. Fieller, Some problems in interval estimation, J. Roy. Statist. Soc. B 16 (1954).</para>
    /// </remarks>
    /// <param name="numerators">yᵢ: finite, one for each row; at least two.</param>
    /// <param name="denominators">xᵢ: finite and not negative, one for each row.</param>
    /// <param name="interval">The interval for the ratio of sums; <c>default</c> when the result is false.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>True if there is an interval.</returns>
    /// <exception cref="ArgumentException">The spans differ in length or have fewer than two rows, or the denominators have no positive sum.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, a denominator is negative, or the confidence is not between 0 and 1.</exception>
    /// <example><code>RatioIntervals.TryFieller([30, 12, 45], [400, 250, 500], out var interval);</code></example>
    public static bool TryFieller(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, out IntervalEstimate interval, double confidence = 0.95)
    {
        (double y, double x) = Sums(numerators, denominators);
        Guard.Confidence(confidence);
        interval = default;
        double n = numerators.Length, mean = x / n, xx = 0, ex = 0, ee = 0;
        for (int i = 0; i < numerators.Length; i++)
        {
            double residual = Residual(numerators[i], denominators[i], y, x), deviation = denominators[i] - mean;
            xx += deviation * deviation;
            ex += residual * deviation;
            ee += residual * residual;
        }

        double t = -StudentDistribution.Quantile(n - 1, ConfidenceLevel.Tail(confidence)), factor = t * t / n / (n - 1);
        double square = (mean * mean) - (factor * xx);
        if (!(square > 0) || !double.IsFinite(square)) return false;
        double root = Math.Sqrt((factor * ex * factor * ex) + (factor * ee * square));

        // Of both roots of φ the larger in size has no cancellation, and their product gives the other.
        double ratio = y / x, large = ex > 0 ? -(factor * ex) - root : root - (factor * ex);
        double first = large / square, second = large == 0 ? 0 : -(factor * ee) / large;
        interval = new(ratio + Math.Min(first, second), ratio + Math.Max(first, second), confidence, IntervalMethod.Fieller);
        return true;
    }

    private static IntervalEstimate FromResiduals(double y, double x, double squares, int count, double confidence) =>
        Around(y / x, Math.Sqrt(squares * count / (count - 1)) / x, count - 1, confidence, IntervalMethod.Linearised);

    private static IntervalEstimate Around(double ratio, double error, int degreesOfFreedom, double confidence, IntervalMethod method)
    {
        double half = error == 0 ? 0 : -StudentDistribution.Quantile(degreesOfFreedom, ConfidenceLevel.Tail(confidence)) * error;
        if (!double.IsFinite(ratio - half) || !double.IsFinite(ratio + half)) throw new ArgumentException("numerators and denominators lie so far apart that the interval exceeds the range of a double: use other units.");
        return new(ratio - half, ratio + half, confidence, method);
    }

    // y − (Σy / Σx) x, exactly 0 where a row has the ratio of the whole.
    private static double Residual(double numerator, double denominator, double y, double x) => AccurateMath.DifferenceOfProducts(numerator, x, y, denominator) / x;

    /// <summary>Both sums of rows that are checked: at least two, finite, denominators not negative and positive in sum.</summary>
    internal static (double Y, double X) Sums(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators)
    {
        double y = 0, x = 0;
        foreach (double numerator in numerators)
        {
            Guard.Finite(numerator, nameof(numerators));
            y += numerator;
        }

        foreach (double denominator in denominators)
        {
            Guard.FiniteNotNegative(denominator, nameof(denominators));
            x += denominator;
        }

        Guard.SameLength(numerators.Length, nameof(numerators), denominators.Length, nameof(denominators));
        if (numerators.Length < 2)
        {
            string rows = numerators.Length.ToString(CultureInfo.InvariantCulture);
            throw new ArgumentException($"numerators ({rows} values) must have at least two rows: the spread between rows is what the interval is made of.", nameof(numerators));
        }

        if (x <= 0) throw new ArgumentException("denominators (sum 0) must have a positive sum: leave out what nobody could react to.", nameof(denominators));
        return (y, x);
    }
}
