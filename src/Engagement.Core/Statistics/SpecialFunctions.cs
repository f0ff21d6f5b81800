namespace Engagement.Core;

/// <summary>Distribution functions, quantiles and the special functions behind every interval of this library, to about 13 digits also far out.</summary>
/// <remarks>
/// <para>Accuracy, measured against 320-bit arithmetic, is in docs/accuracy.md. No result is NaN or infinite: a quantile that is not finite, or exceeds the range of a double, is refused.</para>
/// </remarks>
public static class SpecialFunctions
{
    /// <summary>The share of the standard normal distribution below z, Φ(z).</summary>
    /// <param name="z">The place; finite.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.NormalCdf(1.96); // 0.975</code></example>
    public static double NormalCdf(double z)
    {
        Guard.Finite(z);
        return NormalDistribution.Cdf(z);
    }

    /// <summary>The share of the standard normal distribution above z, 1 − Φ(z), with its digits far out.</summary>
    /// <param name="z">The place; finite.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.NormalSurvival(10); // 7.62E-24</code></example>
    public static double NormalSurvival(double z)
    {
        Guard.Finite(z);
        return NormalDistribution.Survival(z);
    }

    /// <summary>The z with Φ(z) = p.</summary>
    /// <param name="p">The share below; between 0 and 1, both excluded.</param>
    /// <returns>The quantile.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says, or the quantile exceeds the range of a double.</exception>
    /// <example><code>SpecialFunctions.NormalQuantile(0.975); // 1.96</code></example>
    public static double NormalQuantile(double p)
    {
        Share(p, "p", open0: true, open1: true);
        return Finite(NormalDistribution.Quantile(p));
    }

    /// <summary>The z with 1 − Φ(z) = q, with its digits for the smallest q.</summary>
    /// <param name="q">The share above; between 0 and 1, both excluded.</param>
    /// <returns>The quantile.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says, or the quantile exceeds the range of a double.</exception>
    /// <example><code>SpecialFunctions.NormalUpperQuantile(0.025); // 1.96</code></example>
    public static double NormalUpperQuantile(double q)
    {
        Share(q, "q", open0: true, open1: true);
        return Finite(NormalDistribution.UpperQuantile(q));
    }

    /// <summary>The error function, 2/√π ∫ e^(−t²) dt from 0 to x.</summary>
    /// <param name="x">The place; finite.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.Erf(1); // 0.8427</code></example>
    public static double Erf(double x)
    {
        Guard.Finite(x);
        return NormalDistribution.Erf(x);
    }

    /// <summary>1 − erf(x), with its digits far out.</summary>
    /// <param name="x">The place; finite.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.Erfc(1); // 0.1573</code></example>
    public static double Erfc(double x)
    {
        Guard.Finite(x);
        return NormalDistribution.Erfc(x);
    }

    /// <summary>ln Γ(x).</summary>
    /// <param name="x">The place; finite and positive.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.LogGamma(5); // ln 24</code></example>
    public static double LogGamma(double x)
    {
        Guard.FinitePositive(x);
        return Finite(GammaFunction.Log(x));
    }

    /// <summary>The derivative of ln Γ(x).</summary>
    /// <param name="x">The place; finite and positive.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.Digamma(1); // -0.5772</code></example>
    public static double Digamma(double x)
    {
        Guard.FinitePositive(x);
        return GammaFunction.Digamma(x);
    }

    /// <summary>The share of Student's t distribution below t.</summary>
    /// <param name="degreesOfFreedom">Degrees of freedom; finite and positive.</param>
    /// <param name="t">The place; finite.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.StudentCdf(1, 1); // 0.75</code></example>
    public static double StudentCdf(double degreesOfFreedom, double t)
    {
        Guard.FinitePositive(degreesOfFreedom);
        Guard.Finite(t);
        return StudentDistribution.Cdf(degreesOfFreedom, t);
    }

    /// <summary>The t with a share p of Student's distribution below it.</summary>
    /// <param name="degreesOfFreedom">Degrees of freedom; finite and positive.</param>
    /// <param name="p">The share below; between 0 and 1, both excluded.</param>
    /// <returns>The quantile.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says, or the quantile exceeds the range of a double.</exception>
    /// <example><code>SpecialFunctions.StudentQuantile(11, 0.975); // 2.201</code></example>
    public static double StudentQuantile(double degreesOfFreedom, double p)
    {
        Guard.FinitePositive(degreesOfFreedom);
        Share(p, "p", open0: true, open1: true);
        return Finite(StudentDistribution.Quantile(degreesOfFreedom, p));
    }

    /// <summary>The regularised incomplete beta function I(x; a, b): the share of the beta distribution below x.</summary>
    /// <param name="a">The first shape; finite and positive.</param>
    /// <param name="b">The second shape; finite and positive.</param>
    /// <param name="x">The place; from 0 to 1.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.BetaCdf(2, 3, 0.5); // 0.6875</code></example>
    public static double BetaCdf(double a, double b, double x)
    {
        Guard.FinitePositive(a);
        Guard.FinitePositive(b);
        Share(x, "x", open0: false, open1: false);
        return IncompleteBeta.Lower(a, b, x);
    }

    /// <summary>1 − I(x; a, b), with its digits near 0.</summary>
    /// <param name="a">The first shape; finite and positive.</param>
    /// <param name="b">The second shape; finite and positive.</param>
    /// <param name="x">The place; from 0 to 1.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.BetaSurvival(2, 3, 0.5); // 0.3125</code></example>
    public static double BetaSurvival(double a, double b, double x)
    {
        Guard.FinitePositive(a);
        Guard.FinitePositive(b);
        Share(x, "x", open0: false, open1: false);
        return IncompleteBeta.Upper(a, b, x);
    }

    /// <summary>The x with I(x; a, b) = p.</summary>
    /// <param name="a">The first shape; finite and positive.</param>
    /// <param name="b">The second shape; finite and positive.</param>
    /// <param name="p">The share below; from 0 to 1.</param>
    /// <returns>The quantile.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.BetaQuantile(1, 1, 0.3); // 0.3</code></example>
    public static double BetaQuantile(double a, double b, double p)
    {
        Guard.FinitePositive(a);
        Guard.FinitePositive(b);
        Share(p, "p", open0: false, open1: false);
        return IncompleteBeta.Quantile(a, b, p);
    }

    /// <summary>The x with 1 − I(x; a, b) = q.</summary>
    /// <param name="a">The first shape; finite and positive.</param>
    /// <param name="b">The second shape; finite and positive.</param>
    /// <param name="q">The share above; from 0 to 1.</param>
    /// <returns>The quantile.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.BetaUpperQuantile(1, 1, 0.3); // 0.7</code></example>
    public static double BetaUpperQuantile(double a, double b, double q)
    {
        Guard.FinitePositive(a);
        Guard.FinitePositive(b);
        Share(q, "q", open0: false, open1: false);
        return IncompleteBeta.UpperQuantile(a, b, q);
    }

    /// <summary>The regularised incomplete gamma function P(a, x): the share of the gamma distribution with scale 1 below x.</summary>
    /// <param name="shape">a; finite and positive.</param>
    /// <param name="x">The place; finite, not negative.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.GammaCdf(1, 1); // 0.6321</code></example>
    public static double GammaCdf(double shape, double x)
    {
        Guard.FinitePositive(shape);
        Guard.FiniteNotNegative(x);
        return IncompleteGamma.Lower(shape, x);
    }

    /// <summary>Q(a, x) = 1 − P(a, x), with its digits far out.</summary>
    /// <param name="shape">a; finite and positive.</param>
    /// <param name="x">The place; finite, not negative.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.GammaSurvival(1, 1); // 0.3679</code></example>
    public static double GammaSurvival(double shape, double x)
    {
        Guard.FinitePositive(shape);
        Guard.FiniteNotNegative(x);
        return IncompleteGamma.Upper(shape, x);
    }

    /// <summary>The x with P(a, x) = p.</summary>
    /// <param name="shape">a; finite and positive.</param>
    /// <param name="p">The share below; from 0 to below 1.</param>
    /// <returns>The quantile.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says, or the quantile exceeds the range of a double.</exception>
    /// <example><code>SpecialFunctions.GammaQuantile(1, 0.5); // ln 2</code></example>
    public static double GammaQuantile(double shape, double p)
    {
        Guard.FinitePositive(shape);
        Share(p, "p", open0: false, open1: true);
        return Finite(IncompleteGamma.Quantile(shape, p));
    }

    /// <summary>The x with Q(a, x) = q, with its digits for the smallest q.</summary>
    /// <param name="shape">a; finite and positive.</param>
    /// <param name="q">The share above; above 0, up to 1.</param>
    /// <returns>The quantile.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says, or the quantile exceeds the range of a double.</exception>
    /// <example><code>SpecialFunctions.GammaUpperQuantile(1, 0.5); // ln 2</code></example>
    public static double GammaUpperQuantile(double shape, double q)
    {
        Guard.FinitePositive(shape);
        Share(q, "q", open0: true, open1: false);
        return Finite(IncompleteGamma.UpperQuantile(shape, q));
    }

    /// <summary>The share of the χ² distribution below x.</summary>
    /// <param name="degreesOfFreedom">Degrees of freedom; finite and positive.</param>
    /// <param name="x">The place; finite, not negative.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.ChiSquareCdf(1, 3.841); // 0.95</code></example>
    public static double ChiSquareCdf(double degreesOfFreedom, double x)
    {
        Guard.FinitePositive(degreesOfFreedom);
        Guard.FiniteNotNegative(x);
        return IncompleteGamma.Lower(degreesOfFreedom / 2, x / 2);
    }

    /// <summary>The share of the χ² distribution above x: the p-value of a χ² test.</summary>
    /// <param name="degreesOfFreedom">Degrees of freedom; finite and positive.</param>
    /// <param name="x">The place; finite, not negative.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.ChiSquareSurvival(1, 3.841); // 0.05</code></example>
    public static double ChiSquareSurvival(double degreesOfFreedom, double x)
    {
        Guard.FinitePositive(degreesOfFreedom);
        Guard.FiniteNotNegative(x);
        return DiscreteDistributions.ChiSquareSurvival(degreesOfFreedom, x);
    }

    /// <summary>The x with a share p of the χ² distribution below it.</summary>
    /// <param name="degreesOfFreedom">Degrees of freedom; finite and positive.</param>
    /// <param name="p">The share below; from 0 to below 1.</param>
    /// <returns>The quantile.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says, or the quantile exceeds the range of a double.</exception>
    /// <example><code>SpecialFunctions.ChiSquareQuantile(1, 0.95); // 3.841</code></example>
    public static double ChiSquareQuantile(double degreesOfFreedom, double p)
    {
        Guard.FinitePositive(degreesOfFreedom);
        Share(p, "p", open0: false, open1: true);
        return Finite(2 * IncompleteGamma.Quantile(degreesOfFreedom / 2, p));
    }

    /// <summary>The probability of at most so many successes.</summary>
    /// <param name="trials">How many trials; not negative.</param>
    /// <param name="probability">The probability of each; from 0 to 1.</param>
    /// <param name="successes">How many successes at most; not negative.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.BinomialCdf(10, 0.5, 3); // 0.1719</code></example>
    public static double BinomialCdf(long trials, double probability, long successes)
    {
        Guard.NotNegative(trials);
        Share(probability, "probability", open0: false, open1: false);
        Guard.NotNegative(successes);
        return DiscreteDistributions.BinomialCdf(trials, probability, successes);
    }

    /// <summary>The probability of more than so many successes.</summary>
    /// <param name="trials">How many trials; not negative.</param>
    /// <param name="probability">The probability of each; from 0 to 1.</param>
    /// <param name="successes">How many successes are exceeded; not negative.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.BinomialSurvival(10, 0.5, 3); // 0.8281</code></example>
    public static double BinomialSurvival(long trials, double probability, long successes)
    {
        Guard.NotNegative(trials);
        Share(probability, "probability", open0: false, open1: false);
        Guard.NotNegative(successes);
        return DiscreteDistributions.BinomialSurvival(trials, probability, successes);
    }

    /// <summary>The probability of at most so many events.</summary>
    /// <param name="mean">How many are expected; finite, not negative.</param>
    /// <param name="events">How many events at most; not negative.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.PoissonCdf(1, 1); // 0.7358</code></example>
    public static double PoissonCdf(double mean, long events)
    {
        Guard.FiniteNotNegative(mean);
        Guard.NotNegative(events);
        return DiscreteDistributions.PoissonCdf(mean, events);
    }

    /// <summary>The probability of more than so many events.</summary>
    /// <param name="mean">How many are expected; finite, not negative.</param>
    /// <param name="events">How many events are exceeded; not negative.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside what its description says.</exception>
    /// <example><code>SpecialFunctions.PoissonSurvival(1, 1); // 0.2642</code></example>
    public static double PoissonSurvival(double mean, long events)
    {
        Guard.FiniteNotNegative(mean);
        Guard.NotNegative(events);
        return DiscreteDistributions.PoissonSurvival(mean, events);
    }

    private static void Share(double share, string name, bool open0, bool open1)
    {
        if (!(share is >= 0 and <= 1)) throw Guard.OutOfRange(name, share, "must be from 0 to 1", "pass a probability");
        if ((open0 && share == 0) || (open1 && share == 1)) throw Guard.OutOfRange(name, share, "has no finite quantile", "pass a probability strictly between 0 and 1");
    }

    private static double Finite(double result) =>
        double.IsFinite(result) ? result : throw new ArgumentOutOfRangeException(null, "The result exceeds the range of a double: there is no such number to return.");
}
