namespace Engagement.Core;

/// <summary>Student's t distribution: t² / (df + t²) is Beta(1/2, df/2).</summary>
internal static class StudentDistribution
{
    /// <summary>The share of the distribution below t.</summary>
    public static double Cdf(double degreesOfFreedom, double t)
    {
        // The smaller of t²/(df + t²) and its complement keeps its digits.
        double square = t / Math.Sqrt(degreesOfFreedom) * (t / Math.Sqrt(degreesOfFreedom));
        double outside = (square < 1
            ? IncompleteBeta.Upper(0.5, degreesOfFreedom / 2, square / (1 + square))
            : IncompleteBeta.Lower(degreesOfFreedom / 2, 0.5, double.IsPositiveInfinity(square) ? 0 : 1 / (1 + square))) / 2;
        return t < 0 ? outside : 1 - outside;
    }

    /// <summary>The t with a share p of the distribution below it.</summary>
    public static double Quantile(double degreesOfFreedom, double p)
    {
        if (!(degreesOfFreedom > 0 && p is >= 0 and <= 1)) return double.NaN;
        if (double.IsPositiveInfinity(degreesOfFreedom)) return NormalDistribution.Quantile(p);
        if (p > 0.5) return -Quantile(degreesOfFreedom, 1 - p);
        if (p == 0.5) return 0;
        if (p == 0) return double.NegativeInfinity;

        double half = degreesOfFreedom / 2;
        double logRest = (Math.Log(2 * p) + IncompleteBeta.LogLead(half, 0.5)) / half;

        // Here 1 − t²/(df + t²) is its leading term to the last digit, and may lie below the smallest double while t is still in range.
        if (logRest < -80) return -Math.Exp((Math.Log(degreesOfFreedom) - logRest) / 2);
        (double share, double rest) = IncompleteBeta.Solve(0.5, half, 1 - (2 * p), 2 * p);
        return -Math.Sqrt(degreesOfFreedom * (share / rest));
    }
}
