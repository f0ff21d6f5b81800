namespace Engagement.Core;

/// <summary>Mean, spread and quantiles of a sample, each accurate to the last digits.</summary>
/// <remarks><para>All take finite values, at least one, in any order, and leave them as they are. Sums are compensated, so that large values that differ in the last digit (NIST NumAcc) keep their spread.</para></remarks>
public static class SampleStatistics
{
    // Four steps of a double at 1.
    private const double FourSteps = 8.8817841970012523e-16;

    /// <summary>The mean, Σ v / n.</summary>
    /// <remarks><para>Source: arithmetic, with A. Neumaier's compensated sum (1974).</para></remarks>
    /// <param name="values">The values: finite, at least one.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ArgumentException">There are no values, or their sum exceeds the range of a double.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <example><code>SampleStatistics.Mean([1, 2, 6]); // 3</code></example>
    public static double Mean(ReadOnlySpan<double> values)
    {
        Check(values);
        return InRange(Sum(values, 0, 1) / values.Length);
    }

    /// <summary>The sample variance, Σ (v − mean)² / (n − 1).</summary>
    /// <remarks><para>Source: T. F. Chan, G. H. Golub and R. J. LeVeque, Algorithms for computing the sample variance, Amer. Statist. 37 (1983): the corrected two-pass algorithm.</para></remarks>
    /// <param name="values">The values: finite, at least two.</param>
    /// <returns>The variance.</returns>
    /// <exception cref="ArgumentException">There are fewer than two values, or the sum of squares exceeds the range of a double.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <example><code>SampleStatistics.SampleVariance([1, 2, 6]); // 7</code></example>
    public static double SampleVariance(ReadOnlySpan<double> values)
    {
        double mean = Mean(values);
        if (values.Length < 2) throw new ArgumentException("values (1 values) must be at least two: one value has no spread.", nameof(values));
        double rest = Sum(values, mean, 1);
        return InRange((Sum(values, mean, 2) - (rest * (rest / values.Length))) / (values.Length - 1));
    }

    /// <summary>The sample standard deviation: the root of <see cref="SampleVariance"/>.</summary>
    /// <param name="values">The values: finite, at least two.</param>
    /// <returns>The standard deviation.</returns>
    /// <exception cref="ArgumentException">There are fewer than two values, or the sum of squares exceeds the range of a double.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <example><code>SampleStatistics.SampleStandardDeviation([1, 2, 6]); // 2.646</code></example>
    public static double SampleStandardDeviation(ReadOnlySpan<double> values) => Math.Sqrt(SampleVariance(values));

    /// <summary>The median: the middle value, or the mean of the two middle values.</summary>
    /// <param name="values">The values: finite, at least one.</param>
    /// <returns>The median.</returns>
    /// <exception cref="ArgumentException">There are no values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <example><code>SampleStatistics.Median([1, 6, 2, 4]); // 3</code></example>
    public static double Median(ReadOnlySpan<double> values)
    {
        Check(values);
        return Medians.Of(values.ToArray());
    }

    /// <summary>The median absolute deviation: the median of |v − median|, not scaled.</summary>
    /// <remarks><para>Times 1.4826 it estimates the standard deviation of normal data. Source: F. R. Hampel, The influence curve and its role in robust estimation, J. Amer. Statist. Assoc. 69 (1974).</para></remarks>
    /// <param name="values">The values: finite, at least one.</param>
    /// <returns>The median absolute deviation.</returns>
    /// <exception cref="ArgumentException">There are no values, or a deviation exceeds the range of a double.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <example><code>SampleStatistics.MedianAbsoluteDeviation([1, 2, 6, 9, 7]); // 3</code></example>
    public static double MedianAbsoluteDeviation(ReadOnlySpan<double> values)
    {
        double median = Median(values);
        double[] deviations = values.ToArray();
        for (int i = 0; i < deviations.Length; i++) deviations[i] = Math.Abs(deviations[i] - median);
        return InRange(Medians.Of(deviations));
    }

    /// <summary>The trimmed mean: without the ⌊n·trim⌋ smallest and as many of the largest values.</summary>
    /// <remarks><para>Source: J. W. Tukey (1962); R's <c>mean(trim = …)</c>, which gives the median from 0.5 on.</para></remarks>
    /// <param name="values">The values: finite, at least one.</param>
    /// <param name="trim">The share to leave out at each end; from 0 to 0.5; 0.1 by default.</param>
    /// <returns>The mean of what is left.</returns>
    /// <exception cref="ArgumentException">There are no values, or their sum exceeds the range of a double.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the share is not from 0 to 0.5.</exception>
    /// <example><code>SampleStatistics.TrimmedMean([1, 2, 6, 9, 700], 0.2); // 5.667</code></example>
    public static double TrimmedMean(ReadOnlySpan<double> values, double trim = 0.1)
    {
        Check(values);
        if (!(trim is >= 0 and <= 0.5)) throw Guard.OutOfRange(nameof(trim), trim, "must be from 0 to 0.5", "pass 0.1 to leave out a tenth at each end");
        if (trim == 0.5) return Median(values);
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        int left = (int)(sorted.Length * trim);
        return Mean(sorted.AsSpan(left, sorted.Length - (2 * left)));
    }

    /// <summary>The value below which a share p of the sample lies.</summary>
    /// <remarks>
    /// <para>The value at the rank that <see cref="QuantileType"/> says, between two values by linear interpolation (types 4 to 9).</para>
    /// <para>Source: R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages, Amer. Statist. 50 (1996).</para>
    /// </remarks>
    /// <param name="values">The values: finite, at least one.</param>
    /// <param name="p">The share, from 0 to 1.</param>
    /// <param name="type">Which of the nine; <see cref="QuantileType.Linear"/> (7) by default.</param>
    /// <returns>The quantile.</returns>
    /// <exception cref="ArgumentException">There are no values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, the share is not from 0 to 1, or the type is unspecified.</exception>
    /// <example><code>SampleStatistics.Quantile([15, 20, 35, 40, 50], 0.4); // 29</code></example>
    public static double Quantile(ReadOnlySpan<double> values, double p, QuantileType type = QuantileType.Linear)
    {
        Check(values);
        if (!(p is >= 0 and <= 1)) throw Guard.OutOfRange(nameof(p), p, "must be from 0 to 1", "pass 0.5 for the median");
        Guard.Known(type);
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        int n = sorted.Length;
        double rank = type switch
        {
            QuantileType.InvertedCdf or QuantileType.AveragedInvertedCdf or QuantileType.InterpolatedInvertedCdf => n * p,
            QuantileType.ClosestObservation => (n * p) - 0.5,
            QuantileType.Hazen => 0.5 + (n * p),
            QuantileType.Weibull => (n + 1) * p,
            QuantileType.Linear => 1 + ((n - 1) * p),
            QuantileType.MedianUnbiased => (1.0 / 3) + ((n + (1.0 / 3)) * p),
            _ => (3.0 / 8) + ((n + 0.25) * p),
        };

        // Ranks that are whole but for rounding count as whole, as in R.
        double slack = type is QuantileType.Linear ? 0 : FourSteps;
        int below = (int)Math.Floor(rank + slack);
        double part = rank - below;
        if (Math.Abs(part) <= slack) part = 0;
        double weight = type switch
        {
            QuantileType.InvertedCdf => part > 0 ? 1 : 0,
            QuantileType.AveragedInvertedCdf => part > 0 ? 1 : 0.5,
            QuantileType.ClosestObservation => part != 0 || below % 2 != 0 ? 1 : 0,
            _ => part,
        };
        double left = sorted[Math.Clamp(below - 1, 0, n - 1)], right = sorted[Math.Clamp(below, 0, n - 1)];
        return weight == 0 || left == right ? left : weight == 1 ? right : ((1 - weight) * left) + (weight * right);
    }

    // Neumaier's sum of (v − centre)^power.
    private static double Sum(ReadOnlySpan<double> values, double centre, int power)
    {
        double sum = 0, lost = 0;
        foreach (double value in values)
        {
            double deviation = value - centre, term = power == 1 ? deviation : deviation * deviation, next = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }

        return sum + lost;
    }

    private static double InRange(double result) =>
        double.IsFinite(result) ? result : throw new ArgumentException("values lie so far apart that the result exceeds the range of a double: use other units.");

    private static void Check(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) throw new ArgumentException("values (0 values) must be at least one: nothing has no mean and no quantile.", nameof(values));
        foreach (double value in values) Guard.Finite(value, nameof(values));
    }
}
