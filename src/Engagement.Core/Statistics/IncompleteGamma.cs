namespace Engagement.Core;

/// <summary>The regularised incomplete gamma function P(a, x) = ∫ tᵃ⁻¹ e⁻ᵗ dt / Γ(a) from 0 to x, its complement Q, and both inverses.</summary>
internal static class IncompleteGamma
{
    private const int MostTerms = 5_000;
    private const double SqrtTwoPi = 2.5066282746310007;

    public static double Lower(double a, double x) => IsShape(a) && x >= 0 ? new Shape(a).At(x).Lower : double.NaN;

    public static double Upper(double a, double x) => IsShape(a) && x >= 0 ? new Shape(a).At(x).Upper : double.NaN;

    /// <summary>The x with P(a, x) = p.</summary>
    public static double Quantile(double a, double p) => IsShape(a) && p is >= 0 and <= 1 ? Solve(a, p, 1 - p) : double.NaN;

    /// <summary>The x with Q(a, x) = q.</summary>
    public static double UpperQuantile(double a, double q) => IsShape(a) && q is >= 0 and <= 1 ? Solve(a, 1 - q, q) : double.NaN;

    private static bool IsShape(double a) => a > 0 && double.IsFinite(a);

    private static double Solve(double a, double p, double q)
    {
        if (p <= 0) return 0;
        if (q <= 0) return double.PositiveInfinity;

        double x = Start(a, p, q);
        if (x < 1e-17) return x;

        // In u = ln x the density is log-concave for every a; x itself is kept, so that no digit is lost in e^u.
        Shape shape = new(a);
        bool rising = p <= q;
        double target = rising ? p : q;
        QuantileSearch search = new(rising);
        double u = Math.Log(x);
        while (true)
        {
            Value value = shape.At(x);
            double step = search.Step(u, rising ? value.Lower : value.Upper, target, value.Density, x - a);
            x = Math.Abs(step) < 1 ? x + (x * AccurateMath.Expm1(step)) : Math.Exp(u + step);
            if (search.Done) return x;
            u += step;
        }
    }

    // Wilson and Hilferty's cube where it holds; else the leading term, which is exact to the last digit far below 1; else the exponential tail.
    private static double Start(double a, double p, double q)
    {
        if (a >= 1)
        {
            double z = p <= q ? NormalDistribution.Quantile(p) : -NormalDistribution.Quantile(q);
            double root = 1 - (1 / (9 * a)) + (z / (3 * Math.Sqrt(a)));
            if (root > 0.3 && root < 1.4) return a * root * root * root;
        }

        double logP = p <= 0.5 ? Math.Log(p) : AccurateMath.Log1p(-q);
        double x = Math.Exp((logP + GammaFunction.LogOnePlus(a)) / a);
        if (x < a / 2 || q > 0.4) return x;

        double logQ = Math.Log(q) + GammaFunction.Log(a);
        x = Math.Max(1, -logQ);
        for (int i = 0; i < 3; i++) x = Math.Max(1, -logQ + ((a - 1) * Math.Log(x)));
        return x;
    }

    /// <summary>Both tails at x, and the density with respect to ln x.</summary>
    private readonly record struct Value(double Lower, double Upper, double Density);

    /// <summary>What depends on a alone.</summary>
    private readonly struct Shape
    {
        private readonly double _a;
        private readonly double _scale;
        private readonly double _logOnePlus;

        public Shape(double a)
        {
            _a = a;
            _scale = Math.Sqrt(a) / SqrtTwoPi * Math.Exp(-GammaFunction.StirlingError(a));
            _logOnePlus = a < 1 ? GammaFunction.LogOnePlus(a) : 0;
        }

        public Value At(double x)
        {
            if (x <= 0) return new(0, 1, 0);
            double u = (x - _a) / _a;
            if (double.IsPositiveInfinity(u)) return new(1, 0, 0);
            double excess = Math.Abs(u) <= 0.5 ? AccurateMath.LogExcess(u) : u - Math.Log(x / _a);
            double steep = Math.Exp(-_a * excess);
            double density = _scale * steep;

            if (_a >= UniformGammaExpansion.LeastShape && Math.Abs(u) < UniformGammaExpansion.GreatestDistance)
            {
                double tail = UniformGammaExpansion.Tail(_a, u, excess, steep);
                return u < 0 ? new(tail, 1 - tail, density) : new(1 - tail, tail, density);
            }

            if (x >= _a + 1)
            {
                double upper = density == 0 ? 0 : density * (_a <= 30 && Math.Floor(_a) == _a ? UpperSum(x) : UpperFraction(x));
                return new(1 - upper, upper, density);
            }

            if (_a < 1) return NearZero(x, density);
            double lower = density == 0 ? 0 : density * LowerSum(x);
            return new(lower, 1 - lower, density);
        }

        // Q from eᴸ (1 + t) with L = ln(xᵃ / Γ(a + 1)): 1 − P would lose Q when a is small.
        private Value NearZero(double x, double density)
        {
            double term = 1, sum = 0;
            for (int n = 1; n < MostTerms; n++)
            {
                term *= -x / n;
                double part = term / (_a + n);
                sum += part;
                if (Math.Abs(part) <= 1e-17 * Math.Abs(sum)) break;
            }

            double log = (_a * Math.Log(x)) - _logOnePlus;
            double lead = Math.Exp(log);
            double upper = -(AccurateMath.Expm1(log) + (lead * _a * sum));
            double lower = upper < 0.5 ? 1 - upper : lead * (1 + (_a * sum));
            return new(lower, upper, density);
        }

        private double LowerSum(double x)
        {
            double a = _a, term = 1 / a, sum = term;
            for (int n = 1; n < MostTerms && term > sum * 1e-17; n++)
            {
                a++;
                term *= x / a;
                sum += term;
            }

            return sum;
        }

        // For whole a the fraction is a polynomial in 1/x: the sum of Poisson probabilities below a.
        private double UpperSum(double x)
        {
            double inverse = 1 / x, sum = 1;
            for (int k = 1; k < _a; k++) sum = Math.FusedMultiplyAdd(sum, k * inverse, 1);
            return sum * inverse;
        }

        // Legendre's continued fraction, by Lentz's method; with x ≥ a + 1 every denominator is positive.
        private double UpperFraction(double x)
        {
            double b = x + 1 - _a, c = double.MaxValue, d = 1 / b, result = d;
            for (int n = 1; n < MostTerms; n++)
            {
                double numerator = n * (_a - n);
                b += 2;
                d = 1 / ((numerator * d) + b);
                c = b + (numerator / c);
                double factor = c * d;
                result *= factor;
                if (Math.Abs(factor - 1) < 3e-16) break;
            }

            return result;
        }
    }
}
