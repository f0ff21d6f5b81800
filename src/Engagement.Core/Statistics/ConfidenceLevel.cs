namespace Engagement.Core;

/// <summary>What follows from a confidence level: the share beyond each end, and the normal quantile that cuts it off.</summary>
internal static class ConfidenceLevel
{
    /// <summary>(1 − confidence) / 2, where a level such as 0.95 means the decimal number and not the double next to it.</summary>
    public static double Tail(double confidence)
    {
        // 1 − 0.999 is off by 9e-16 relative: a step of the double near 1, which is put back where the level has at most 12 decimals.
        double outside = 1 - confidence;
        double rounded = Math.Round(outside, 12);
        return (rounded > 0 && Math.Abs(outside - rounded) < 1.2e-16 ? rounded : outside) / 2;
    }

    /// <summary>The z that leaves <see cref="Tail"/> above it; the usual levels are at hand.</summary>
    public static double NormalQuantile(double confidence) => confidence switch
    {
        0.95 => 1.9599639845400543,
        0.8 => 1.2815515655446004,
        0.9 => 1.6448536269514726,
        0.99 => 2.575829303548901,
        0.999 => 3.290526731491895,
        _ => NormalDistribution.UpperQuantile(Tail(confidence)),
    };
}
