namespace Engagement.Core;

/// <summary>The standard normal distribution and the error function: effectively Φ(z) = ∫ e^(−t²/2) / √(2π) dt from −∞ to z.</summary>
internal static class NormalDistribution
{
    /// <summary>The z that leaves 0.1 above it.</summary>
    public const double UpperTenth = 1.2815515655446004;

    /// <summary>The z that leaves 0.05 above it.</summary>
    public const double UpperTwentieth = 1.6448536269514726;

    /// <summary>The z that leaves 0.025 above it.</summary>
    public const double UpperFortieth = 1.9599639845400543;

    /// <summary>The z that leaves 0.005 above it.</summary>
    public const double UpperHalfPercent = 2.575829303548901;

    /// <summary>The z that leaves 0.0005 above it.</summary>
    public const double UpperHalfPerMille = 3.290526731491895;

    private const double SqrtTwoPi = 2.5066282746310007;
    private const double MillsCentre = 4.25;

    // Powers of t = (z - 4.25) / (z + 4.25), a Chebyshev fit of exp(z²/2) · upper tail · (z + 4.25).
    private static ReadOnlySpan<double> MillsCoefficients =>
    [
        0.7595542082672071, -0.6251297770834484, 0.41822752582253747, -0.2205160174528075, 0.08527207614526015, -0.01935832407714706,
        -0.0007453379361126935, 0.0021493826794372357, -0.00040445630036597345, -0.00019212292860067365, 7.800576904846042e-05,
        2.0648766793167417e-05, -1.2621073964891454e-05, -3.1961801039721917e-06, 2.007392640779328e-06, 6.769917723944152e-07,
        -3.0308315024885476e-07, -1.6056120594780682e-07, 3.8207061559455225e-08, 3.55764682977559e-08, -3.0710302407825415e-09,
        -6.104334350791409e-09, 6.158487496204355e-11, 5.738931861137065e-10,
    ];

    // (−1)ⁿ / (n! (2n + 1)).
    private static ReadOnlySpan<double> CentralCoefficients =>
    [
        1.0, -0.3333333333333333, 0.1, -0.023809523809523808, 0.004629629629629629, -0.0007575757575757576, 0.00010683760683760684,
        -1.3227513227513228e-05, 1.4589169000933706e-06, -1.4503852223150468e-07, 1.3122532963802806e-08, -1.0892221037148573e-09,
        8.35070279514724e-11, -5.9477940136376354e-12, 3.9554295164585257e-13, -2.466827010264457e-14, 1.4483264643598138e-15,
        -8.032735012415773e-17,
    ];

    public static double Cdf(double z) => Math.Abs(z) <= 1 ? 0.5 + Central(z) : z < 0 ? UpperTail(-z) : 1 - UpperTail(z);

    public static double Survival(double z) => Cdf(-z);

    public static double Erf(double x) =>
        Math.Abs(x) <= 0.7 ? 2 * Central(x * Math.Sqrt(2)) : x < 0 ? Erfc(-x) - 1 : 1 - Erfc(x);

    public static double Erfc(double x)
    {
        if (x < 0) return 2 - Erfc(-x);
        return x <= 0.7 ? 1 - Erf(x) : 2 * Gaussian(x, 1) * MillsRatio(x * Math.Sqrt(2));
    }

    /// <summary>The z with Φ(z) = p.</summary>
    public static double Quantile(double p)
    {
        if (double.IsNaN(p) || p < 0 || p > 1) return double.NaN;
        double central = p - 0.5;
        if (Math.Abs(central) <= 0.34) return CentralQuantile(central);
        return central < 0 ? -TailQuantile(p) : TailQuantile(1 - p);
    }

    /// <summary>The z with 1 − Φ(z) = q.</summary>
    public static double UpperQuantile(double q) => 0 - Quantile(q);

    /// <summary>e^(z²/2) (1 − Φ(z)) for z ≥ 0: the tail without its steep factor.</summary>
    public static double MillsRatio(double z) =>
        AccurateMath.Polynomial(MillsCoefficients, double.IsPositiveInfinity(z) ? 1 : (z - MillsCentre) / (z + MillsCentre)) / (z + MillsCentre);

    private static double UpperTail(double z) => Gaussian(z, 0.5) * MillsRatio(z);

    // Φ(z) − 1/2 for |z| ≤ 1.
    private static double Central(double z) => z / SqrtTwoPi * AccurateMath.Polynomial(CentralCoefficients, z * z / 2);

    // e^(−scale·x²). The rounding error of x², up to 1e-13 where the result is near 1e-308, is put back.
    private static double Gaussian(double x, double scale)
    {
        double square = x * x;
        if (square * scale > 800) return 0;
        double error = Math.FusedMultiplyAdd(x, x, -square);
        return Math.Exp(-square * scale) * (1 - (error * scale));
    }

    private static double CentralQuantile(double central)
    {
        double w = central * SqrtTwoPi;
        double s = w * w;
        double z = w * (1 + (s * ((1.0 / 6) + (s * ((7.0 / 120) + (s * (127.0 / 5040)))))));
        for (int i = 0; i < 2; i++)
        {
            double step = (Central(z) - central) * SqrtTwoPi * Math.Exp(z * z / 2);
            z -= step / (1 + (z * step / 2));
        }

        return z;
    }

    private static double TailQuantile(double q) => q switch
    {
        0.025 => UpperFortieth,
        0.05 => UpperTwentieth,
        0.1 => UpperTenth,
        0.005 => UpperHalfPercent,
        0.0005 => UpperHalfPerMille,
        <= 0 => double.PositiveInfinity,
        _ => SearchTailQuantile(q),
    };

    // Halley's method on the logarithm of the tail, which is smooth down to the smallest double.
    private static double SearchTailQuantile(double q)
    {
        double logTail = Math.Log(q);
        double z = -2 * logTail;
        z = Math.Sqrt(Math.Max(0.5, z - Math.Log(2 * Math.PI * Math.Max(1, z - Math.Log(2 * Math.PI * z)))));
        for (int i = 0; i < 8; i++)
        {
            double mills = MillsRatio(z);
            double excess = Math.Log(mills) - (z * z / 2) - logTail;
            double hazard = 1 / (SqrtTwoPi * mills);
            double step = excess / hazard;
            step /= 1 + (step * (hazard - z) / 2);
            z += step;
            if (Math.Abs(step) < 1e-5) break;
        }

        return z;
    }
}
