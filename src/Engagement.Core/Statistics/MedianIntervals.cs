using System.Buffers;
using System.Globalization;

namespace Engagement.Core;

/// <summary>Intervals for a median, without any assumption on the shape of the distribution.</summary>
public static class MedianIntervals
{
    /// <summary>The interval between two order statistics, symmetric in rank.</summary>
    /// <remarks>
    /// <para>[x₍ₖ₎, x₍ₙ₊₁₋ₖ₎] with the greatest k for which P(B ≤ k − 1) ≤ α/2, where B is binomial with n trials and probability 1/2: it covers the median with at least the asked confidence, usually more.</para>
    /// <para>Undefined when there are too few values: at 95 % below 6. See <see cref="TryOrderStatistics"/>. The order of the values does not matter, and is not changed.</para>
    /// <para>Source: W. R. Thompson, Ann. Math. Statist. 7 (1936); H. A. David and H. N. Nagaraja, Order Statistics (2003), section 7.1.</para>
    /// </remarks>
    /// <param name="values">The values; finite.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The interval for the median.</returns>
    /// <exception cref="ArgumentException">There are too few values for the confidence.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the confidence is not between 0 and 1.</exception>
    /// <example><code>MedianIntervals.OrderStatistics([3, 9, 4, 12, 7, 5]); // [3, 12] OrderStatistics 95 %</code></example>
    public static IntervalEstimate OrderStatistics(ReadOnlySpan<double> values, double confidence = 0.95) =>
        TryOrderStatistics(values, out IntervalEstimate interval, confidence)
            ? interval
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"values ({values.Length} values) are too few for an interval of the median at confidence {confidence}: use more values, or a lower confidence."), nameof(values));

    /// <summary>The interval between two order statistics, symmetric in rank, or false where there are too few values for the confidence.</summary>
    /// <remarks><para>The formula is that of <see cref="OrderStatistics"/>. Input that is wrong, and not merely too little, throws here too.</para></remarks>
    /// <param name="values">The values; finite.</param>
    /// <param name="interval">The interval for the median; <c>default</c> when the result is false.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>True if there is an interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the confidence is not between 0 and 1.</exception>
    /// <example><code>MedianIntervals.TryOrderStatistics([3, 9, 4, 12, 7], out var interval); // false: 5 values cover at most 93.75 %</code></example>
    public static bool TryOrderStatistics(ReadOnlySpan<double> values, out IntervalEstimate interval, double confidence = 0.95)
    {
        foreach (double value in values) Guard.Finite(value, nameof(values));
        Guard.Confidence(confidence);
        interval = default;
        int n = values.Length;
        int below = RanksBelow(n, ConfidenceLevel.Tail(confidence));
        if (below == 0) return false;

        double[] sorted = ArrayPool<double>.Shared.Rent(n);
        try
        {
            values.CopyTo(sorted);
            Array.Sort(sorted, 0, n);
            interval = new(sorted[below - 1], sorted[n - below], confidence, IntervalMethod.OrderStatistics);
            return true;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(sorted);
        }
    }

    // The greatest k ≤ (n + 1) / 2 with P(B ≤ k − 1) ≤ tail, by bisection; 0 if there is none.
    private static int RanksBelow(int n, double tail)
    {
        // A level that is exactly reached, such as 0.875 by 4 values, counts as reached in spite of rounding.
        double allowed = tail * (1 + 1e-12);
        int low = 0, high = (int)(((long)n + 1) / 2);
        while (low < high)
        {
            int middle = high - ((high - low) / 2);
            if (DiscreteDistributions.BinomialCdf(n, 0.5, middle - 1) <= allowed) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
