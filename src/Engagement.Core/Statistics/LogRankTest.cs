using System.Globalization;

namespace Engagement.Core;

/// <summary>Can two or more survival curves be told apart? The log-rank test of Mantel, and its weighted family of Harrington and Fleming.</summary>
/// <remarks>
/// <para>
/// Formula: at each duration with events, every group expects d·n_g/n of the d events; U sums observed − expected, each weighted by S(t−)^ρ of all groups together, V the hypergeometric covariances with the squared weights; χ² = UᵀV⁻¹U
/// with one degree of freedom less than there are groups that expect anything. ρ = 0 is the log-rank test; ρ = 1 (Peto and Peto) gives early differences more weight.
/// </para>
/// <para>Undefined when fewer than two groups expect an event: then there is no χ² and no p-value. Immutable; equality is by value; no order.</para>
/// <para>Source: D. P. Harrington and T. R. Fleming, A class of rank test procedures for censored survival data, Biometrika 69 (1982); as R's survdiff.</para>
/// <example><c>LogRankTest.Of([xing, facebook]).PValue</c></example>
/// </remarks>
internal sealed record LogRankTest
{
    private LogRankTest(double rho, double? chiSquare, int degreesOfFreedom, double[] observed, double[] expected)
    {
        (Rho, ChiSquare, DegreesOfFreedom) = (rho, chiSquare, degreesOfFreedom);
        PValue = chiSquare is { } value ? DiscreteDistributions.ChiSquareSurvival(degreesOfFreedom, value) : null;
        Observed = new ValueList<double>(observed);
        Expected = new ValueList<double>(expected);
    }

    /// <summary>ρ: 0 for the log-rank test.</summary>
    public double Rho { get; }

    /// <summary>χ²; null when the groups cannot be compared.</summary>
    public double? ChiSquare { get; }

    /// <summary>The degrees of freedom of <see cref="ChiSquare"/>.</summary>
    public int DegreesOfFreedom { get; }

    /// <summary>The probability of a χ² at least as large when the curves are the same; null when the groups cannot be compared.</summary>
    public double? PValue { get; }

    /// <summary>The (weighted) events of each group.</summary>
    public IReadOnlyList<double> Observed { get; }

    /// <summary>The (weighted) events that each group expects when the curves are the same.</summary>
    public IReadOnlyList<double> Expected { get; }

    /// <summary>Compares curves.</summary>
    /// <param name="curves">The curves of the groups; at least two, none of them null.</param>
    /// <param name="rho">ρ: 0, the default, for the log-rank test; finite, not negative.</param>
    /// <returns>The test.</returns>
    /// <exception cref="ArgumentException">There are fewer than two curves, or one is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">ρ is negative or not finite.</exception>
    public static LogRankTest Of(ReadOnlySpan<SurvivalCurve> curves, double rho = 0)
    {
        int groups = curves.Length;
        if (groups < 2) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"curves ({groups}) must be at least two: a comparison needs something to compare with."), nameof(curves));
        foreach (SurvivalCurve curve in curves) ArgumentNullException.ThrowIfNull(curve, nameof(curves));
        Guard.FiniteNotNegative(rho);

        double[] observed = new double[groups];
        double[] expected = new double[groups];
        double[,] covariance = new double[groups, groups];
        int[] next = new int[groups];
        double[] atRisk = new double[groups];
        int[] events = new int[groups];
        double survival = 1;
        while (Advance(curves, next, atRisk, events) is { } all)
        {
            if (all.Events == 0) continue;
            double weight = rho == 0 ? 1 : Math.Pow(survival, rho);
            double d = all.Events;
            double n = all.AtRisk;

            // The hypergeometric variance of d events among n; of one person alone it is 0.
            double spread = n > 1 ? weight * weight * d * (n - d) / (n * (n - 1)) : 0;
            for (int group = 0; group < groups; group++)
            {
                double share = atRisk[group] / n;
                observed[group] += weight * events[group];
                expected[group] += weight * d * share;
                covariance[group, group] += spread * atRisk[group];
                for (int other = 0; other < groups; other++) covariance[group, other] -= spread * atRisk[group] * (atRisk[other] / n);
            }

            survival *= (n - d) / n;
        }

        return Solve(rho, observed, expected, covariance);
    }

    /// <summary>χ² and p-value.</summary>
    /// <returns>For example <c>χ² = 10.33 on 1, p = 0.001311</c>.</returns>
    public override string ToString() => ChiSquare is { } value ? string.Create(CultureInfo.InvariantCulture, $"χ² = {value:G4} on {DegreesOfFreedom}, p = {PValue:G4}") : "not comparable";

    /// <summary>Moves on to the next duration of any curve.</summary>
    private static (double AtRisk, double Events)? Advance(ReadOnlySpan<SurvivalCurve> curves, int[] next, double[] atRisk, int[] events)
    {
        long? duration = null;
        for (int group = 0; group < curves.Length; group++)
        {
            if (next[group] < curves[group].StepCount && curves[group].Raw(next[group]).Duration is var candidate && !(candidate >= duration)) duration = candidate;
        }

        if (duration is null) return null;
        double allAtRisk = 0;
        double allEvents = 0;
        for (int group = 0; group < curves.Length; group++)
        {
            (atRisk[group], events[group]) = (0, 0);
            if (next[group] == curves[group].StepCount) continue;
            var step = curves[group].Raw(next[group]);
            atRisk[group] = step.AtRisk;
            if (step.Duration == duration)
            {
                events[group] = step.Events;
                next[group]++;
            }

            allAtRisk += atRisk[group];
            allEvents += events[group];
        }

        return (allAtRisk, allEvents);
    }

    /// <summary>UᵀV⁻¹U over the groups that expect anything, without the first of them (the rows of V sum to 0), by Cholesky's decomposition.</summary>
    private static LogRankTest Solve(double rho, double[] observed, double[] expected, double[,] covariance)
    {
        int[] kept = [.. Enumerable.Range(0, observed.Length).Where(group => expected[group] > 0).Skip(1)];
        int size = kept.Length;
        if (size == 0) return new LogRankTest(rho, null, 0, observed, expected);
        double[,] factor = new double[size, size];
        double[] solved = new double[size];
        double chiSquare = 0;
        for (int row = 0; row < size; row++)
        {
            double value = observed[kept[row]] - expected[kept[row]];
            for (int column = 0; column <= row; column++)
            {
                double sum = covariance[kept[row], kept[column]];
                for (int k = 0; k < column; k++) sum -= factor[row, k] * factor[column, k];

                // No spread is left: everybody's event came at once, or the groups never met at risk.
                if (row == column && !(sum > 1e-12 * covariance[kept[row], kept[row]])) return new LogRankTest(rho, null, 0, observed, expected);
                factor[row, column] = row == column ? Math.Sqrt(sum) : sum / factor[column, column];
            }

            for (int k = 0; k < row; k++) value -= factor[row, k] * solved[k];
            solved[row] = value / factor[row, row];
            chiSquare += solved[row] * solved[row];
        }

        return new LogRankTest(rho, chiSquare, size, observed, expected);
    }
}
