namespace Engagement.Core;

/// <summary>ln(1 + x), eˣ − 1 and what is left of them after the linear term, each to the last digits near 0.</summary>
internal static class AccurateMath
{
    // The rounding error of 1 + x cancels in the quotient (Kahan).
    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsPositiveInfinity(u) ? x : Math.Log(u) * x / (u - 1);
    }

    public static double Expm1(double x)
    {
        double u = Math.Exp(x);
        if (u == 1) return x;
        double v = u - 1;
        if (v == -1 || double.IsPositiveInfinity(v)) return v;
        return v * x / Math.Log(u);
    }

    /// <summary>u − ln(1 + u) for u &gt; −1; never negative.</summary>
    public static double LogExcess(double u)
    {
        if (Math.Abs(u) > 0.5) return u - Log1p(u);

        // ln(1 + u) = 2 atanh(t) and u − 2t = u·t, so that the linear terms never meet.
        double t = u / (2 + u);
        double s = t * t;
        double sum = 0;
        for (int k = s < 1e-4 ? 11 : s < 0.01 ? 19 : 37; k >= 3; k -= 2) sum = Math.FusedMultiplyAdd(sum, s, 1.0 / k);
        return t * (u - (2 * s * sum));
    }

    /// <summary>eˣ − 1 − x; never negative.</summary>
    public static double ExpExcess(double x)
    {
        double size = Math.Abs(x);
        if (size > 1) return Expm1(x) - x;
        double sum = 1;
        for (int k = size < 0.01 ? 8 : size < 0.2 ? 12 : 20; k >= 3; k--) sum = 1 + (x / k * sum);
        return x * x / 2 * sum;
    }

    /// <summary>a·b − c·d with one rounding more than its value, however much cancels (Kahan).</summary>
    public static double DifferenceOfProducts(double a, double b, double c, double d)
    {
        double right = c * d;
        double error = Math.FusedMultiplyAdd(-c, d, right);
        return Math.FusedMultiplyAdd(a, b, -right) + error;
    }

    public static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--) sum = Math.FusedMultiplyAdd(sum, x, coefficients[i]);
        return sum;
    }
}
