namespace Engagement.Core;

/// <summary>ln Γ, its derivative, and the pieces of it that keep their digits where ln Γ itself would lose them.</summary>
internal static class GammaFunction
{
    private const double OneMinusEuler = 0.42278433509846713;
    private const double HalfLogTwoPi = 0.9189385332046728;

    // (−1)ᵏ (ζ(k) − 1) / k from k = 2.
    private static ReadOnlySpan<double> ZetaCoefficients =>
    [
        0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986, 0.0028905103307415234, -0.001192753911703261,
        0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-05, -4.492623673813314e-05, 2.050721277567069e-05, -9.439488275268397e-06,
        4.374866789907488e-06, -2.039215753801366e-06, 9.55141213040742e-07, -4.492469198764566e-07, 2.1207184805554665e-07, -1.0043224823968099e-07,
        4.7698101693639804e-08, -2.2711094608943164e-08, 1.0838659214896955e-08, -5.183475041970047e-09, 2.4836745438024785e-09,
        -1.1921401405860912e-09, 5.731367241678862e-10, -2.7595228851242334e-10, 1.330476437424449e-10, -6.4229645638381e-11, 3.1044247747322276e-11,
        -1.5021384080754142e-11,
    ];

    // (−1)ᵏ (ζ(k) − 1) from k = 2.
    private static ReadOnlySpan<double> DigammaCoefficients =>
    [
        0.6449340668482264, -0.2020569031595943, 0.08232323371113819, -0.03692775514336993, 0.01734306198444914, -0.008349277381922827,
        0.00407735619794434, -0.0020083928260822143, 0.0009945751278180853, -0.0004941886041194645, 0.0002460865533080483, -0.00012271334757848915,
        6.124813505870483e-05, -3.058823630702049e-05, 1.528225940865187e-05, -7.637197637899763e-06, 3.81729326499984e-06, -1.908212716553939e-06,
        9.539620338727962e-07, -4.769329867878064e-07, 2.38450502727733e-07, -1.1921992596531106e-07, 5.960818905125948e-08, -2.980350351465228e-08,
        1.4901554828365043e-08, -7.45071178983543e-09, 3.725334024788457e-09, -1.862659723513049e-09, 9.313274324196682e-10, -4.656629065033784e-10,
        2.3283118336765053e-10, -1.164155017270052e-10,
    ];

    // B₂ₖ / (2k (2k − 1)) from k = 1, with Bernoulli numbers.
    private static ReadOnlySpan<double> StirlingCoefficients =>
    [
        0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953, 0.0008417508417508417, -0.0019175269175269176,
        0.00641025641025641, -0.029550653594771242, 0.17964437236883057,
    ];

    // B₂ₖ / (2k) from k = 1.
    private static ReadOnlySpan<double> DigammaTail =>
    [
        0.08333333333333333, -0.008333333333333333, 0.003968253968253968, -0.004166666666666667, 0.007575757575757576, -0.021092796092796094,
        0.08333333333333333, -0.4432598039215686, 3.0539543302701198,
    ];

    /// <summary>ln Γ(x) for x &gt; 0.</summary>
    public static double Log(double x)
    {
        if (!(x > 0)) return double.NaN;
        if (x >= 10) return x > 1e305 ? x * (Math.Log(x) - 1) : ((x - 0.5) * (Math.Log(x) - 1)) + (HalfLogTwoPi - 0.5) + StirlingError(x);
        if (x < 0.5) return LogOnePlus(x) - Math.Log(x);
        return x <= 1.5 ? LogOnePlus(x - 1) : LogAboveOne(x);
    }

    /// <summary>ln Γ(1 + x) for x ≥ −1/2, exact to the last digits next to its root at 0.</summary>
    public static double LogOnePlus(double x) =>
        x <= 0.5 ? LogNearTwo(x) - AccurateMath.Log1p(x) : Log(1 + x);

    /// <summary>ln Γ(x) − (x − 1/2) ln x + x − ln √(2π): what Stirling's formula leaves out.</summary>
    public static double StirlingError(double x)
    {
        if (x < 10) return LogOnePlus(x) - ((x + 0.5) * Math.Log(x)) + x - HalfLogTwoPi;
        double inverse = 1 / x;
        return inverse * AccurateMath.Polynomial(StirlingCoefficients, inverse * inverse);
    }

    /// <summary>ln Γ(x + rise) − ln Γ(x), exact relative to itself for the smallest rise.</summary>
    public static double LogRise(double x, double rise)
    {
        double sum = 0;
        for (; x < 10; x++) sum -= AccurateMath.Log1p(rise / x);
        double total = x + rise;
        return sum + ((total - 0.5) * AccurateMath.Log1p(rise / x)) + (rise * (Math.Log(x) - 1)) + (StirlingError(total) - StirlingError(x));
    }

    /// <summary>The derivative of ln Γ(x) for x &gt; 0.</summary>
    public static double Digamma(double x)
    {
        if (!(x > 0)) return double.NaN;
        double sum = 0;
        if (x < 0.5)
        {
            sum = -1 / x;
            x++;
        }

        // The series around 2 meets the root at 1.46 without losing it; 1/2 to 3/2 is one step away.
        if (x <= 1.5) return sum + (DigammaNearTwo(x - 1) - (1 / x));
        if (x <= 2.5) return sum + DigammaNearTwo(x - 2);
        for (; x < 10; x++) sum -= 1 / x;
        return sum + Math.Log(x) - (0.5 / x) - DigammaRest(x);
    }

    /// <summary>ln Γ(1 + x) − x ln x + x for x ≥ 0: the logarithm of a factorial without its steep part, 0 at 0.</summary>
    public static double LogFactorialExcess(double x)
    {
        if (x == 0) return 0;
        return x < 10 ? LogOnePlus(x) - (x * Math.Log(x)) + x : StirlingError(x) + (0.5 * Math.Log(x)) + HalfLogTwoPi;
    }

    /// <summary>ψ(x + rise) − ψ(x), exact relative to itself.</summary>
    public static double DigammaRise(double x, double rise)
    {
        if (rise == 0) return 0;
        double sum = 0;
        for (; x < 10; x++) sum += rise / x / (x + rise);
        return sum + AccurateMath.Log1p(rise / x) + DigammaRestRise(x, rise);
    }

    /// <summary>ψ(x + rise) − ψ(x) − rise/x, exact relative to itself: 0 for a rise of 0 or 1, and negative above.</summary>
    public static double DigammaRiseExcess(double x, double rise)
    {
        if (rise is 0 or 1) return 0;
        if (x >= 10) return DigammaRestRise(x, rise) - AccurateMath.LogExcess(rise / x);

        // The first step of the recurrence and −rise/x together.
        return DigammaRise(x + 1, rise) - (rise / x * ((x + rise - 1) / (x + rise)));
    }

    // What is left of the rise beside ln(1 + rise/x) for x ≥ 10.
    private static double DigammaRestRise(double x, double rise) => (rise / (2 * x) / (x + rise)) + (DigammaRest(x) - DigammaRest(x + rise));

    // ln x − 1/(2x) − ψ(x) for x ≥ 10.
    private static double DigammaRest(double x)
    {
        double square = 1 / (x * x);
        return square * AccurateMath.Polynomial(DigammaTail, square);
    }

    // ln Γ(2 + z) for |z| ≤ 1/2.
    private static double LogNearTwo(double z) => z * (OneMinusEuler + (z * AccurateMath.Polynomial(ZetaCoefficients, z)));

    // ψ(2 + z) for |z| ≤ 1/2.
    private static double DigammaNearTwo(double z) => OneMinusEuler + (z * AccurateMath.Polynomial(DigammaCoefficients, z));

    private static double LogAboveOne(double x)
    {
        double product = 1;
        while (x > 2.5)
        {
            x--;
            product *= x;
        }

        return LogNearTwo(x - 2) + Math.Log(product);
    }
}
