namespace Engagement.Core;

/// <summary>P-values adjusted for how many questions were asked of the same data: an adjusted value at or below α may be called significant at α.</summary>
/// <remarks>
/// <para><see cref="Holm"/> limits the chance of any false claim, whatever the dependence, and is the one to use when in doubt. <see cref="BenjaminiHochberg"/> limits the expected share of false claims among those made, for many questions.</para>
/// <para>Results come in the order of the input, lie in [0, 1], and are never below the value that they adjust. No p-values give no results. Equal to R's <c>p.adjust</c>.</para>
/// </remarks>
public static class MultipleTesting
{
    /// <summary>Bonferroni's adjustment: m·p.</summary>
    /// <remarks><para>min(1, m·p) for m p-values. Limits the chance of any false claim; <see cref="Holm"/> does the same and never claims less.</para><para>Source: O. J. Dunn, Multiple comparisons among means, J. Amer. Statist. Assoc. 56 (1961).</para></remarks>
    /// <param name="pValues">The p-values, each from 0 to 1.</param>
    /// <returns>The adjusted p-values in the same order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is not from 0 to 1.</exception>
    /// <example><code>MultipleTesting.Bonferroni([0.01, 0.02, 0.4]); // 0.03, 0.06, 1</code></example>
    public static double[] Bonferroni(ReadOnlySpan<double> pValues)
    {
        Check(pValues);
        double[] adjusted = new double[pValues.Length];
        for (int i = 0; i < adjusted.Length; i++) adjusted[i] = Math.Min(1, pValues.Length * pValues[i]);
        return adjusted;
    }

    /// <summary>Holm's step-down adjustment.</summary>
    /// <remarks><para>The i-th smallest of m p-values becomes the largest of (m − j + 1)·p₍ⱼ₎ for j ≤ i, at most 1. Limits the chance of any false claim, whatever the dependence.</para><para>Source: S. Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6 (1979).</para></remarks>
    /// <param name="pValues">The p-values, each from 0 to 1.</param>
    /// <returns>The adjusted p-values in the same order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is not from 0 to 1.</exception>
    /// <example><code>MultipleTesting.Holm([0.01, 0.02, 0.4]); // 0.03, 0.04, 0.4</code></example>
    public static double[] Holm(ReadOnlySpan<double> pValues) => StepDown(pValues);

    /// <summary>Hochberg's step-up adjustment.</summary>
    /// <remarks><para>The i-th smallest of m p-values becomes the smallest of (m − j + 1)·p₍ⱼ₎ for j ≥ i, at most 1. Limits the chance of any false claim where the tests are independent or positively dependent.</para><para>Source: Y. Hochberg, A sharper Bonferroni procedure for multiple tests of significance, Biometrika 75 (1988).</para></remarks>
    /// <param name="pValues">The p-values, each from 0 to 1.</param>
    /// <returns>The adjusted p-values in the same order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is not from 0 to 1.</exception>
    /// <example><code>MultipleTesting.Hochberg([0.01, 0.02, 0.4]); // 0.03, 0.04, 0.4</code></example>
    public static double[] Hochberg(ReadOnlySpan<double> pValues) => StepUp(pValues, static (rank, count) => count - rank + 1);

    /// <summary>Hommel's adjustment: the closed test that Simes' inequality gives.</summary>
    /// <remarks><para>Never above <see cref="Hochberg"/>, under the same conditions. The work grows with the square of the number of p-values.</para><para>Source: G. Hommel, A stagewise rejective multiple test procedure based on a modified Bonferroni test, Biometrika 75 (1988); S. P. Wright, Biometrics 48 (1992).</para></remarks>
    /// <param name="pValues">The p-values, each from 0 to 1.</param>
    /// <returns>The adjusted p-values in the same order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is not from 0 to 1.</exception>
    /// <example><code>MultipleTesting.Hommel([0.01, 0.02, 0.02]); // 0.02, 0.02, 0.02</code></example>
    public static double[] Hommel(ReadOnlySpan<double> pValues)
    {
        (double[] p, int[] order) = Sorted(pValues);
        int count = p.Length;
        double simes = 1;
        for (int i = 0; i < count; i++) simes = Math.Min(simes, count * p[i] / (i + 1));
        double[] adjusted = new double[count];
        Array.Fill(adjusted, simes);
        for (int m = count - 1; m >= 2; m--)
        {
            // Of every set of m hypotheses the most hopeful one: its m − 1 largest p-values are the largest of all.
            int split = count - m + 1;
            double least = double.PositiveInfinity;
            for (int i = split; i < count; i++) least = Math.Min(least, m * p[i] / (i - split + 2));
            for (int i = 0; i < split; i++) adjusted[i] = Math.Max(adjusted[i], Math.Min(m * p[i], least));
            double rest = Math.Min(m * p[split - 1], least);
            for (int i = split; i < count; i++) adjusted[i] = Math.Max(adjusted[i], rest);
        }

        for (int i = 0; i < count; i++) adjusted[i] = Math.Min(1, Math.Max(adjusted[i], p[i]));
        return InOrder(adjusted, order);
    }

    /// <summary>Benjamini and Hochberg's adjustment: the false discovery rate.</summary>
    /// <remarks><para>The i-th smallest of m p-values becomes the smallest of (m/j)·p₍ⱼ₎ for j ≥ i, at most 1. Limits the expected share of false claims where the tests are independent or positively dependent.</para><para>Source: Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, J. Roy. Statist. Soc. B 57 (1995).</para></remarks>
    /// <param name="pValues">The p-values, each from 0 to 1.</param>
    /// <returns>The adjusted p-values in the same order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is not from 0 to 1.</exception>
    /// <example><code>MultipleTesting.BenjaminiHochberg([0.01, 0.02, 0.4]); // 0.03, 0.03, 0.4</code></example>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> pValues) => StepUp(pValues, static (rank, count) => (double)count / rank);

    /// <summary>Benjamini and Yekutieli's adjustment: the false discovery rate, whatever the dependence.</summary>
    /// <remarks><para>As <see cref="BenjaminiHochberg"/>, times 1 + 1/2 + … + 1/m, at most 1.</para><para>Source: Y. Benjamini and D. Yekutieli, The control of the false discovery rate in multiple testing under dependency, Ann. Statist. 29 (2001).</para></remarks>
    /// <param name="pValues">The p-values, each from 0 to 1.</param>
    /// <returns>The adjusted p-values in the same order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is not from 0 to 1.</exception>
    /// <example><code>MultipleTesting.BenjaminiYekutieli([0.01, 0.02, 0.4]); // 0.055, 0.055, 0.7333</code></example>
    public static double[] BenjaminiYekutieli(ReadOnlySpan<double> pValues)
    {
        double harmonic = 0;
        for (int i = pValues.Length; i >= 1; i--) harmonic += 1.0 / i;
        return StepUp(pValues, (rank, count) => harmonic * count / rank);
    }

    private static double[] StepDown(ReadOnlySpan<double> pValues)
    {
        (double[] p, int[] order) = Sorted(pValues);
        double largest = 0;
        for (int i = 0; i < p.Length; i++)
        {
            largest = Math.Max(largest, Math.Min(1, (p.Length - i) * p[i]));
            p[i] = largest;
        }

        return InOrder(p, order);
    }

    private static double[] StepUp(ReadOnlySpan<double> pValues, Func<int, int, double> factor)
    {
        (double[] p, int[] order) = Sorted(pValues);
        double smallest = 1;
        for (int i = p.Length - 1; i >= 0; i--)
        {
            smallest = Math.Min(smallest, factor(i + 1, p.Length) * p[i]);
            p[i] = smallest;
        }

        return InOrder(p, order);
    }

    private static (double[] Values, int[] Order) Sorted(ReadOnlySpan<double> pValues)
    {
        Check(pValues);
        double[] values = pValues.ToArray();
        int[] order = new int[values.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(values, order);
        return (values, order);
    }

    private static double[] InOrder(double[] values, int[] order)
    {
        double[] result = new double[values.Length];
        for (int i = 0; i < values.Length; i++) result[order[i]] = values[i];
        return result;
    }

    private static void Check(ReadOnlySpan<double> pValues)
    {
        foreach (double p in pValues)
        {
            if (!(p is >= 0 and <= 1)) throw Guard.OutOfRange(nameof(pValues), p, "must be from 0 to 1", "pass the p-values of tests, and leave out what was not tested");
        }
    }
}
