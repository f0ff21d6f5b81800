using System.Globalization;

namespace Engagement.Core;

/// <summary>The bootstrap: intervals from resamples of the rows, drawn with replacement.</summary>
/// <remarks>
/// <para><see cref="TryRatioBca"/> is the one to use when in doubt. The others take replicates, drawn by <see cref="RatioReplicates(ReadOnlySpan{double}, ReadOnlySpan{double}, int, long, int, CancellationToken)"/> or anywhere else. Ends lie between replicates by normal interpolation, as R's <c>boot.ci</c> has them; where there are too few replicates for a level, the outermost ones are the ends.</para>
/// <para>Draws are SplitMix64 with a stream of its own for each resample: index = ⌊n · u / 2⁶⁴⌋. The same seed gives the same replicates on every machine and for every degree of parallelism.</para>
/// </remarks>
public static class Bootstrap
{
    private const int Block = 16;

    /// <summary>Ratios of sums Σy/Σx over resamples of the rows.</summary>
    /// <remarks><para>Source: B. Efron, Bootstrap methods: another look at the jackknife, Ann. Statist. 7 (1979). Work grows with rows × resamples; memory does not depend on the degree.</para></remarks>
    /// <param name="numerators">yᵢ: finite, one for each row; at least two.</param>
    /// <param name="denominators">xᵢ: finite and not negative, one for each row.</param>
    /// <param name="resamples">How many resamples to draw; at least 1. 9,999 are usual.</param>
    /// <param name="seed">Where the draws begin; state it with the result.</param>
    /// <param name="degreeOfParallelism">How many threads may work; 1 by default. It does not change the result.</param>
    /// <param name="cancellationToken">Ends the work early, with no result.</param>
    /// <returns>The ratio of each resample, in the order of their numbers.</returns>
    /// <exception cref="ArgumentException">The spans differ in length or have fewer than two rows, the denominators have no positive sum, or a resample has none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, a denominator is negative, or resamples or degree are below 1.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <example><code>Bootstrap.RatioReplicates([30, 12, 45], [400, 250, 500], resamples: 9_999, seed: 1);</code></example>
    public static double[] RatioReplicates(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, int resamples, long seed, int degreeOfParallelism = 1, CancellationToken cancellationToken = default)
    {
        (double Y, double X)[] rows = Rows(numerators, denominators);
        if (resamples < 1) throw Guard.OutOfRange(nameof(resamples), resamples, "must be at least 1", "pass 9999");
        if (degreeOfParallelism < 1) throw Guard.OutOfRange(nameof(degreeOfParallelism), degreeOfParallelism, "must be at least 1", "pass 1, or Environment.ProcessorCount");
        double[] replicates = new double[resamples];
        int blocks = (int)(((long)resamples + Block - 1) / Block);
        void Draw(int block)
        {
            int end = Math.Min(resamples, (block + 1) * Block);
            for (int resample = block * Block; resample < end; resample++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                replicates[resample] = Ratio(rows, SplitMix64.Stream(seed, resample));
            }
        }

        if (degreeOfParallelism == 1)
        {
            for (int block = 0; block < blocks; block++) Draw(block);
        }
        else
        {
            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancellationToken }, Draw);
        }

        return Defined(replicates);
    }

    /// <summary>Ratios of sums Σy/Σx over resamples that are written out, as another tool drew them.</summary>
    /// <param name="numerators">yᵢ: finite, one for each row; at least two.</param>
    /// <param name="denominators">xᵢ: finite and not negative, one for each row.</param>
    /// <param name="indices">The rows of each resample, counted from 0, one resample after the other: as many for each as there are rows.</param>
    /// <returns>The ratio of each resample.</returns>
    /// <exception cref="ArgumentException">The spans differ in length or have fewer than two rows, the indices are no whole number of resamples, the denominators have no positive sum, or a resample has none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, a denominator is negative, or an index is no row.</exception>
    /// <example><code>Bootstrap.RatioReplicates([30, 12, 45], [400, 250, 500], indices: [0, 0, 2, 1, 2, 2]); // 0.08077, 0.0816</code></example>
    public static double[] RatioReplicates(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, ReadOnlySpan<int> indices)
    {
        (double Y, double X)[] rows = Rows(numerators, denominators);
        if (indices.Length % rows.Length != 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"indices ({indices.Length} values) must be a whole number of resamples of {rows.Length} rows: pass as many for each resample as there are rows."), nameof(indices));
        }

        double[] replicates = new double[indices.Length / rows.Length];
        for (int resample = 0; resample < replicates.Length; resample++)
        {
            double y = 0, x = 0;
            foreach (int index in indices.Slice(resample * rows.Length, rows.Length))
            {
                if (index < 0 || index >= rows.Length) throw Guard.OutOfRange(nameof(indices), index, $"must be a row from 0 to {Guard.Text(rows.Length - 1)}", "count rows from 0");
                y += rows[index].Y;
                x += rows[index].X;
            }

            replicates[resample] = y / x;
        }

        return Defined(replicates);
    }

    /// <summary>The acceleration of a ratio of sums, by the jackknife: how its spread changes with its size.</summary>
    /// <remarks>
    /// <para>Σ l³ / (6 (Σ l²)^(3/2)) with l = (n − 1)(R − R₍ᵢ₎), where R₍ᵢ₎ is the ratio without row i; 0 where rows do not differ.</para>
    /// <para>Source: B. Efron, Better bootstrap confidence intervals, J. Amer. Statist. Assoc. 82 (1987); R's <c>empinf(type = "jack")</c>.</para>
    /// </remarks>
    /// <param name="numerators">yᵢ: finite, one for each row; at least two.</param>
    /// <param name="denominators">xᵢ: finite and not negative, one for each row.</param>
    /// <returns>The acceleration.</returns>
    /// <exception cref="ArgumentException">The spans differ in length or have fewer than two rows, the denominators have no positive sum, or one row carries it all.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or a denominator is negative.</exception>
    /// <example><code>Bootstrap.RatioAcceleration([30, 12, 45], [400, 250, 500]);</code></example>
    public static double RatioAcceleration(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators)
    {
        (double Y, double X)[] rows = Rows(numerators, denominators);
        (double y, double x) = Sums(rows);
        double[] influence = new double[rows.Length];
        double size = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double rest = x - rows[i].X;
            if (rest <= 0) throw new ArgumentException("denominators must stay positive in sum when any one row is left out, but one row carries them all: use the percentile bootstrap, or more rows.", nameof(denominators));
            influence[i] = AccurateMath.DifferenceOfProducts(rows[i].Y, x, y, rows[i].X) / x / rest;
            size = Math.Max(size, Math.Abs(influence[i]));
        }

        if (size == 0) return 0;
        double squares = 0, cubes = 0;
        foreach (double value in influence)
        {
            double scaled = value / size;
            squares += scaled * scaled;
            cubes += scaled * scaled * scaled;
        }

        return cubes / (6 * squares * Math.Sqrt(squares));
    }

    /// <summary>The percentile interval: the α/2 and 1 − α/2 quantiles of the replicates.</summary>
    /// <remarks><para>Source: B. Efron (1979).</para></remarks>
    /// <param name="replicates">The figure over each resample; finite, at least two.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentException">There are fewer than two replicates.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A replicate is not finite, or the confidence is not between 0 and 1.</exception>
    public static IntervalEstimate Percentile(ReadOnlySpan<double> replicates, double confidence = 0.95)
    {
        double[] sorted = Sorted(replicates, confidence);
        double tail = ConfidenceLevel.Tail(confidence);
        return new(At(sorted, tail), At(sorted, 1 - tail), confidence, IntervalMethod.BootstrapPercentile);
    }

    /// <summary>The basic interval: the percentile interval reflected at the estimate.</summary>
    /// <remarks><para>2t − q(1 − α/2) to 2t − q(α/2), with the estimate t and the quantiles q of the replicates.</para><para>Source: A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application (1997).</para></remarks>
    /// <param name="replicates">The figure over each resample; finite, at least two.</param>
    /// <param name="estimate">The figure over the rows themselves; finite.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentException">There are fewer than two replicates.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A replicate or the estimate is not finite, or the confidence is not between 0 and 1.</exception>
    public static IntervalEstimate Basic(ReadOnlySpan<double> replicates, double estimate, double confidence = 0.95)
    {
        double[] sorted = Sorted(replicates, confidence);
        Guard.Finite(estimate);
        double tail = ConfidenceLevel.Tail(confidence);
        return new((2 * estimate) - At(sorted, 1 - tail), (2 * estimate) - At(sorted, tail), confidence, IntervalMethod.BootstrapBasic);
    }

    /// <summary>The normal interval: the estimate less its bias, and z standard deviations of the replicates.</summary>
    /// <remarks><para>t − (t̄* − t) ± z·s*, with mean t̄* and sample standard deviation s* of the replicates.</para><para>Source: A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application (1997).</para></remarks>
    /// <param name="replicates">The figure over each resample; finite, at least two.</param>
    /// <param name="estimate">The figure over the rows themselves; finite.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentException">There are fewer than two replicates.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A replicate or the estimate is not finite, or the confidence is not between 0 and 1.</exception>
    public static IntervalEstimate Normal(ReadOnlySpan<double> replicates, double estimate, double confidence = 0.95)
    {
        double[] sorted = Sorted(replicates, confidence);
        Guard.Finite(estimate);
        double centre = estimate - (SampleStatistics.Mean(sorted) - estimate), half = ConfidenceLevel.NormalQuantile(confidence) * SampleStatistics.SampleStandardDeviation(sorted);
        return new(centre - half, centre + half, confidence, IntervalMethod.BootstrapNormal);
    }

    /// <summary>The bias-corrected and accelerated interval, or false where the replicates all lie on one side of the estimate.</summary>
    /// <remarks>
    /// <para>The quantiles Φ(z₀ + (z₀ + z)/(1 − a(z₀ + z))) of the replicates, with z₀ = Φ⁻¹(share of replicates below the estimate), acceleration a, and z the normal quantiles of α/2 and 1 − α/2.</para>
    /// <para>Source: B. Efron, Better bootstrap confidence intervals, J. Amer. Statist. Assoc. 82 (1987).</para>
    /// </remarks>
    /// <param name="replicates">The figure over each resample; finite, at least two.</param>
    /// <param name="estimate">The figure over the rows themselves; finite.</param>
    /// <param name="acceleration">The acceleration, for example from <see cref="RatioAcceleration"/>; finite.</param>
    /// <param name="interval">The interval; <c>default</c> when the result is false.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>True if there is an interval.</returns>
    /// <exception cref="ArgumentException">There are fewer than two replicates.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A replicate, the estimate or the acceleration is not finite, or the confidence is not between 0 and 1.</exception>
    public static bool TryBca(ReadOnlySpan<double> replicates, double estimate, double acceleration, out IntervalEstimate interval, double confidence = 0.95)
    {
        double[] sorted = Sorted(replicates, confidence);
        Guard.Finite(estimate);
        Guard.Finite(acceleration);
        interval = default;
        int below = 0;
        while (below < sorted.Length && sorted[below] < estimate) below++;
        if (below == 0 || below == sorted.Length) return false;
        double bias = NormalDistribution.Quantile((double)below / sorted.Length), z = ConfidenceLevel.NormalQuantile(confidence);
        double lower = Adjusted(bias, acceleration, -z), upper = Adjusted(bias, acceleration, z);

        // With a strong acceleration the denominator may pass 0, and the quantiles change places.
        if (!(lower < upper)) return false;
        interval = new(At(sorted, lower), At(sorted, upper), confidence, IntervalMethod.BootstrapBca);
        return true;
    }

    /// <summary>The bias-corrected and accelerated interval for a ratio of sums, or false where there is none: rows that do not differ, or one that carries everything.</summary>
    /// <remarks><para>Draws the replicates, takes the acceleration from the jackknife, and asks <see cref="TryBca"/>.</para></remarks>
    /// <param name="numerators">yᵢ: finite, one for each row; at least two.</param>
    /// <param name="denominators">xᵢ: finite and not negative, one for each row.</param>
    /// <param name="seed">Where the draws begin; state it with the result.</param>
    /// <param name="interval">The interval; <c>default</c> when the result is false.</param>
    /// <param name="resamples">How many resamples to draw; 9,999 by default.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <param name="degreeOfParallelism">How many threads may work; 1 by default. It does not change the result.</param>
    /// <param name="cancellationToken">Ends the work early, with no result.</param>
    /// <returns>True if there is an interval.</returns>
    /// <exception cref="ArgumentException">The spans differ in length or have fewer than two rows, the denominators have no positive sum, or a resample has none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, a denominator is negative, resamples are below 2, the degree is below 1, or the confidence is not between 0 and 1.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <example><code>Bootstrap.TryRatioBca([30, 12, 45, 9], [400, 250, 500, 150], seed: 1, out var interval);</code></example>
    public static bool TryRatioBca(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, long seed, out IntervalEstimate interval, int resamples = 9_999, double confidence = 0.95, int degreeOfParallelism = 1, CancellationToken cancellationToken = default)
    {
        Guard.Confidence(confidence);
        (double Y, double X)[] rows = Rows(numerators, denominators);
        (double y, double x) = Sums(rows);
        if (resamples < 2) throw Guard.OutOfRange(nameof(resamples), resamples, "must be at least 2", "pass 9999");
        interval = default;
        foreach ((_, double denominator) in rows)
        {
            if (denominator >= x) return false;
        }

        double[] replicates = RatioReplicates(numerators, denominators, resamples, seed, degreeOfParallelism, cancellationToken);
        return TryBca(replicates, y / x, RatioAcceleration(numerators, denominators), out interval, confidence);
    }

    private static double Ratio((double Y, double X)[] rows, ulong state)
    {
        double y = 0, x = 0;
        ulong count = (ulong)rows.Length;
        for (int i = 0; i < rows.Length; i++)
        {
            state = unchecked(state + SplitMix64.Step);
            (double rowY, double rowX) = rows[(int)Math.BigMul(SplitMix64.Mix(state), count, out _)];
            y += rowY;
            x += rowX;
        }

        return y / x;
    }

    private static double Adjusted(double bias, double acceleration, double z) =>
        NormalDistribution.Cdf(bias + ((bias + z) / (1 - (acceleration * (bias + z)))));

    // The quantile between two replicates by interpolation on the normal scale, as R's norm.inter.
    private static double At(double[] sorted, double share)
    {
        double count = sorted.Length + 1.0, rank = share * count;
        int k = (int)rank;
        if (k < 1) return sorted[0];
        if (k >= sorted.Length) return sorted[^1];
        if (rank == k) return sorted[k - 1];
        double left = NormalDistribution.Quantile(k / count), right = NormalDistribution.Quantile((k + 1) / count);
        return sorted[k - 1] + ((NormalDistribution.Quantile(share) - left) / (right - left) * (sorted[k] - sorted[k - 1]));
    }

    private static double[] Sorted(ReadOnlySpan<double> replicates, double confidence)
    {
        Guard.Confidence(confidence);
        foreach (double replicate in replicates) Guard.Finite(replicate, nameof(replicates));
        if (replicates.Length < 2) throw new ArgumentException($"replicates ({Guard.Text(replicates.Length)} values) must be at least two: draw 9999.", nameof(replicates));
        double[] sorted = replicates.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static double[] Defined(double[] replicates) => Array.TrueForAll(replicates, double.IsFinite)
        ? replicates
        : throw new ArgumentException("denominators are 0 in so many rows that a resample has no positive sum: leave out rows without a denominator.");

    private static (double Y, double X) Sums((double Y, double X)[] rows)
    {
        double y = 0, x = 0;
        foreach ((double numerator, double denominator) in rows) (y, x) = (y + numerator, x + denominator);
        return (y, x);
    }

    private static (double Y, double X)[] Rows(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators)
    {
        RatioIntervals.Sums(numerators, denominators);
        var rows = new (double Y, double X)[numerators.Length];
        for (int i = 0; i < rows.Length; i++) rows[i] = (numerators[i], denominators[i]);
        return rows;
    }
}
