namespace Engagement.Core;

/// <summary>The root of a function between two places where it has different signs (Brent 1973): never slower than bisection by much, and to the last digits.</summary>
internal static class RootSearch
{
    private const int MostSteps = 200;

    /// <summary>The place between a and b where the function is 0.</summary>
    public static double Between(Func<double, double> function, double a, double b) => Between(function, a, function(a), b, function(b));

    /// <summary>The place between a and b where the function is 0; its values at both are known.</summary>
    public static double Between(Func<double, double> function, double a, double valueA, double b, double valueB)
    {
        double c = a, valueC = valueA, step = b - a, before = step;
        for (int i = 0; i < MostSteps && valueB != 0; i++)
        {
            if (valueB > 0 == valueC > 0)
            {
                (c, valueC) = (a, valueA);
                step = before = b - a;
            }

            if (Math.Abs(valueC) < Math.Abs(valueB))
            {
                (a, b, c) = (b, c, b);
                (valueA, valueB, valueC) = (valueB, valueC, valueB);
            }

            double tolerance = 2.3e-16 * Math.Abs(b);
            double half = (c - b) / 2;
            if (Math.Abs(half) <= tolerance) break;
            if (Math.Abs(before) >= tolerance && Math.Abs(valueA) > Math.Abs(valueB))
            {
                (double p, double q) = Interpolated(a, valueA, b, valueB, c, valueC, half);
                if (2 * p < Math.Min((3 * half * q) - Math.Abs(tolerance * q), Math.Abs(before * q)))
                {
                    before = step;
                    step = p / q;
                }
                else
                {
                    step = before = half;
                }
            }
            else
            {
                step = before = half;
            }

            (a, valueA) = (b, valueB);
            b += Math.Abs(step) > tolerance ? step : Math.CopySign(tolerance, half);
            valueB = function(b);
        }

        return b;
    }

    /// <summary>The place where a falling function is 0, searched for in growing steps from a start near it.</summary>
    public static double NearestFalling(Func<double, double> function, double start)
    {
        double at = start, value = function(start), step = value > 0 ? 0.05 : -0.05;
        while (value != 0)
        {
            double next = at + step, there = function(next);
            if (there > 0 != value > 0 || Math.Abs(next - start) > 700) return Between(function, at, value, next, there);
            (at, value) = (next, there);
            step *= 4;
        }

        return at;
    }

    // The step p/q of the secant or of inverse quadratic interpolation, with p ≥ 0.
    private static (double P, double Q) Interpolated(double a, double valueA, double b, double valueB, double c, double valueC, double half)
    {
        double s = valueB / valueA, p, q;
        if (a == c)
        {
            p = 2 * half * s;
            q = 1 - s;
        }
        else
        {
            double u = valueA / valueC, r = valueB / valueC;
            p = s * ((2 * half * u * (u - r)) - ((b - a) * (r - 1)));
            q = (u - 1) * (r - 1) * (s - 1);
        }

        return p > 0 ? (p, -q) : (-p, q);
    }
}
