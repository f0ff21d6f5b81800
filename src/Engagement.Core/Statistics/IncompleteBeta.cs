namespace Engagement.Core;

/// <summary>The regularised incomplete beta function I(x; a, b) = ∫ tᵃ⁻¹ (1 − t)ᵇ⁻¹ dt / B(a, b) from 0 to x, its complement, and both inverses.</summary>
internal static class IncompleteBeta
{
    private const int MostTerms = 5_000;
    private const double SqrtTwoPi = 2.5066282746310007;

    public static double Lower(double a, double b, double x) => IsArgument(a, b, x) ? new Shape(a, b).At(x, 1 - x).Lower : double.NaN;

    public static double Upper(double a, double b, double x) => IsArgument(a, b, x) ? new Shape(a, b).At(x, 1 - x).Upper : double.NaN;

    /// <summary>The x with I(x; a, b) = p.</summary>
    public static double Quantile(double a, double b, double p) => IsArgument(a, b, p) ? Solve(a, b, p, 1 - p).X : double.NaN;

    /// <summary>The x with 1 − I(x; a, b) = q.</summary>
    public static double UpperQuantile(double a, double b, double q) => IsArgument(a, b, q) ? Solve(a, b, 1 - q, q).X : double.NaN;

    /// <summary>ln(a B(a, b)), exact relative to itself for small a: I(x; a, b) ≈ xᵃ / (a B(a, b)) near 0.</summary>
    public static double LogLead(double a, double b) => GammaFunction.LogOnePlus(a) - GammaFunction.LogRise(b, a);

    /// <summary>The x with I(x; a, b) = p, where p + q = 1, and y = 1 − x; the smaller of both is exact relative to itself.</summary>
    public static (double X, double Y) Solve(double a, double b, double p, double q)
    {
        if (p <= 0) return (0, 1);
        if (q <= 0) return (1, 0);

        if (IsBeyondReach(a, b, p, q, out double x)) return (x, 1 - x);
        if (IsBeyondReach(b, a, q, p, out double y)) return (1 - y, y);

        // In u = ln(x / y) the density is log-concave for all a and b; x and y are both kept, so that no digit is lost in e^u.
        double u = Start(a, b, p, q);
        (x, y) = Logistic(u);
        Shape shape = new(a, b);
        bool rising = p <= q;
        double target = rising ? p : q;
        QuantileSearch search = new(rising);
        while (true)
        {
            Value value = shape.At(x, y);
            double step = search.Step(u, rising ? value.Lower : value.Upper, target, value.Density, value.Drift);
            u += step;
            (x, y) = Math.Abs(step) < 1 ? Shift(x, y, step) : Logistic(u);
            if (search.Done) return (x, y);
        }
    }

    private static bool IsArgument(double a, double b, double x) => a > 0 && b > 0 && double.IsFinite(a) && double.IsFinite(b) && x is >= 0 and <= 1;

    // So near 0 that the leading term is the whole function, to the last digit.
    private static bool IsBeyondReach(double a, double b, double p, double q, out double x)
    {
        x = 0;
        if (a >= 1 && p > 1e-16) return false;
        double logX = ((p <= 0.5 ? Math.Log(p) : AccurateMath.Log1p(-q)) + LogLead(a, b)) / a;
        if (logX > -40 - Math.Log(1 + b)) return false;
        x = Math.Exp(logX);
        return true;
    }

    private static (double X, double Y) Logistic(double u)
    {
        double e = Math.Exp(-Math.Abs(u));
        double small = e / (1 + e), large = 1 / (1 + e);
        return u < 0 ? (small, large) : (large, small);
    }

    private static (double X, double Y) Shift(double x, double y, double step)
    {
        if (x > y)
        {
            (y, x) = Shift(y, x, -step);
            return (x, y);
        }

        double grown = AccurateMath.Expm1(step);
        double moved = x + (x * y * grown / (1 + (x * grown)));
        return (moved, 1 - moved);
    }

    // Cochran and Fisher's expansion where both a and b exceed 1 (Carter 1947), else a leading term.
    private static double Start(double a, double b, double p, double q)
    {
        if (a > 1 && b > 1)
        {
            double z = p <= q ? -NormalDistribution.Quantile(p) : NormalDistribution.Quantile(q);
            double ra = 1 / ((2 * a) - 1), rb = 1 / ((2 * b) - 1);
            double h = 2 / (ra + rb);
            double lambda = ((z * z) - 3) / 6;
            double w = (z * Math.Sqrt(Math.Max(0, h + lambda)) / h) - ((rb - ra) * (lambda + (5.0 / 6) - (2 / (3 * h))));
            return Math.Clamp(Math.Log(a / b) - (2 * w), -700, 700);
        }

        double logP = p <= 0.5 ? Math.Log(p) : AccurateMath.Log1p(-q);
        double logQ = q <= 0.5 ? Math.Log(q) : AccurateMath.Log1p(-p);
        double left = (logP + LogLead(a, b)) / a;
        double right = (logQ + LogLead(b, a)) / b;
        double u = p <= q ? left : -right;
        if (u * (p <= q ? 1 : -1) > -0.7) u = p <= q ? -right : left;
        return Math.Clamp(u, -700, 700);
    }

    /// <summary>Both tails at x, the density with respect to ln(x / y), and minus the derivative of its logarithm.</summary>
    private readonly record struct Value(double Lower, double Upper, double Density, double Drift)
    {
        public Value Mirrored() => new(Upper, Lower, Density, -Drift);
    }

    /// <summary>What depends on a and b alone.</summary>
    private readonly struct Shape
    {
        private readonly double _a, _b, _n, _lost, _scale;

        public Shape(double a, double b)
        {
            (_a, _b, _n) = (a, b, a + b);
            _lost = a > b ? b - (_n - a) : a - (_n - b);
            double stirling = GammaFunction.StirlingError(_n) - GammaFunction.StirlingError(a) - GammaFunction.StirlingError(b);
            _scale = Math.Sqrt(a / _n) * Math.Sqrt(b) / SqrtTwoPi * Math.Exp(stirling);
        }

        private Shape(double a, double b, double n, double lost, double scale) => (_a, _b, _n, _lost, _scale) = (a, b, n, lost, scale);

        public Value At(double x, double y)
        {
            if (x <= 0) return new(0, 1, 0, -_a);
            if (y <= 0) return new(1, 0, 0, _b);
            if (x > (_a + 1) / (_n + 2)) return new Shape(_b, _a, _n, _lost, _scale).Below(y, x).Mirrored();
            return Below(x, y);
        }

        // For x on the lower side of the mean, or hardly above it.
        private Value Below(double x, double y)
        {
            // (a + b) x − a with one rounding, from whichever of x and y has all its digits.
            double drift = x <= y
                ? Math.FusedMultiplyAdd(x, _n, -_a) + (x * _lost)
                : -(Math.FusedMultiplyAdd(y, _n, -_b) + (y * _lost));
            double density = _scale * Math.Exp(-(_a * Excess(drift / _a, x, _a)) - (_b * Excess(-drift / _b, y, _b)));
            if (_a < 1) return NearZero(x, density, drift);
            double lower = density == 0 ? 0 : density * (Math.Min(_a, _b) > 1000 ? Integral(x, y, drift) : Fraction(x, y, drift));
            return new(lower, 1 - lower, density, drift);
        }

        private double Excess(double u, double part, double parameter) =>
            Math.Abs(u) <= 0.5 ? AccurateMath.LogExcess(u) : u - Math.Log(part / parameter * _n);

        // The complement from eᴸ (1 + t) with L = ln(xᵃ / (a B)): 1 − I would lose it when a is small.
        private Value NearZero(double x, double density, double drift)
        {
            double term = 1, sum = 0;
            for (int n = 1; n < MostTerms; n++)
            {
                term *= (n - _b) / n * x;
                double part = term / (_a + n);
                sum += part;
                if (Math.Abs(part) <= 1e-17 * Math.Abs(sum)) break;
            }

            double log = (_a * Math.Log(x)) - LogLead(_a, _b);
            double lead = Math.Exp(log);
            double upper = -(AccurateMath.Expm1(log) + (lead * _a * sum));
            double lower = upper < 0.5 ? 1 - upper : lead * (1 + (_a * sum));
            return new(lower, upper, density, drift);
        }

        // The even part of the classical continued fraction (Didonato and Morris 1992), by Lentz's method: a − (a + b) x enters it
        // as a whole, so that no digit is lost where x is next to 1.
        private double Fraction(double x, double y, double drift)
        {
            double d = 1 / (_a / (_a + 1) * (1 - drift)), c = double.MaxValue, result = d;
            for (int m = 1; m < MostTerms; m++)
            {
                double step = _a + (2.0 * m);
                double share = m * (_b - m) * x / (step - 1);
                double numerator = (_a + m - 1) / (step - 1) * (_n + m - 1) * x * share;
                double b = m + share + ((_a + m) / (step + 1) * (1 - drift + (m * (1 + y))));
                d = 1 / ((numerator * d) + b);
                c = b + (numerator / c);
                double factor = c * d;
                result *= factor;
                if (Math.Abs(factor - 1) < 3e-16) break;
            }

            return result;
        }

        // Gauss–Legendre quadrature of the density in ln(x / y), relative to its value at x, up to where e⁻⁴⁰ of it is left.
        private double Integral(double x, double y, double drift)
        {
            double spread = _n * x * y;
            double half = 40 / (-drift + Math.Sqrt((drift * drift) + (80 * spread)));
            double sum = 0;
            for (int i = 0; i < GaussLegendre.Nodes.Length; i++)
            {
                double node = GaussLegendre.Nodes[i];
                sum += GaussLegendre.Weights[i] * (Relative(x, y, drift, half * (1 - node)) + Relative(x, y, drift, half * (1 + node)));
            }

            return half * sum;
        }

        // The density at ln(x / y) − s over the density at ln(x / y), without the linear terms that cancel.
        private double Relative(double x, double y, double drift, double s)
        {
            double excess, w;
            if (x <= y)
            {
                excess = AccurateMath.ExpExcess(-s);
                w = x * (excess - s);
                excess *= x;
            }
            else
            {
                excess = AccurateMath.ExpExcess(s);
                w = y * (excess + s);
                excess *= y;
            }

            return Math.Exp((drift * s) - (_n * (excess - AccurateMath.LogExcess(w))));
        }
    }
}
