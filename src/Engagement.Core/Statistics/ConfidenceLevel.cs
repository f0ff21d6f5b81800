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
    public static double NormalQuantile(double confidence) => confidence == 0.95 ? NormalDistribution.UpperFortieth : UnusualNormalQuantile(confidence);

    private static double UnusualNormalQuantile(double confidence) => confidence switch
    {
        0.8 => NormalDistribution.UpperTenth,
        0.9 => NormalDistribution.UpperTwentieth,
        0.99 => NormalDistribution.UpperHalfPercent,
        0.999 => NormalDistribution.UpperHalfPerMille,
        _ => NormalDistribution.UpperQuantile(Tail(confidence)),
    };
}
