namespace Engagement.Core;

/// <summary>How unevenly a total is spread over those who gave to it.</summary>
/// <remarks><para>Both are false where there is no total. The order of the contributions does not matter.</para></remarks>
public static class Concentration
{
    /// <summary>The Gini coefficient: 0 where all gave alike, (n − 1)/n where one gave everything; false where the total is 0.</summary>
    /// <remarks>
    /// <para>Σ (2i − n − 1) v₍ᵢ₎ / (n Σ v), with contributions v₍₁₎ ≤ … ≤ v₍ₙ₎.</para>
    /// <para>Source: C. Gini, Variabilità e mutabilità (1912).</para>
    /// </remarks>
    /// <param name="contributions">What each gave; not negative.</param>
    /// <param name="gini">The coefficient; 0 when the result is false.</param>
    /// <returns>True if there is a total.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A contribution is negative.</exception>
    /// <example><code>Concentration.TryGini([1, 1, 1, 1], out double gini); // 0</code></example>
    public static bool TryGini(ReadOnlySpan<long> contributions, out double gini)
    {
        (long[] sorted, Int128 total) = Sorted(contributions);
        gini = 0;
        if (total == 0) return false;

        // At most 2³¹ terms, each a place below 2³¹ times a contribution below 2⁶³: 2³¹ · 2³¹ · 2⁶³ < 2¹²⁷.
        Int128 sum = 0;
        for (int i = 0; i < sorted.Length; i++) sum += ((2 * (Int128)i) + 1 - sorted.Length) * sorted[i];
        gini = (double)sum / sorted.Length / (double)total;
        return true;
    }

    /// <summary>The absence factor: the smallest number of contributors who together gave half of the total or more; false where the total is 0.</summary>
    /// <remarks><para>Source: CHAOSS project, contributor absence factor ("bus factor").</para></remarks>
    /// <param name="contributions">What each gave; not negative.</param>
    /// <param name="contributors">How many; 0 when the result is false.</param>
    /// <returns>True if there is a total.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A contribution is negative.</exception>
    /// <example><code>Concentration.TryAbsenceFactor([1000, 202, 90, 33, 332, 343, 42, 433], out int contributors); // 2</code></example>
    public static bool TryAbsenceFactor(ReadOnlySpan<long> contributions, out int contributors)
    {
        (long[] sorted, Int128 total) = Sorted(contributions);
        contributors = 0;
        if (total == 0) return false;
        Int128 sum = 0;
        while (2 * sum < total) sum += sorted[^++contributors];
        return true;
    }

    private static (long[] Values, Int128 Total) Sorted(ReadOnlySpan<long> contributions)
    {
        Int128 total = 0;
        foreach (long contribution in contributions)
        {
            Guard.NotNegative(contribution, nameof(contributions));
            total += contribution;
        }

        long[] sorted = contributions.ToArray();
        Array.Sort(sorted);
        return (sorted, total);
    }
}
