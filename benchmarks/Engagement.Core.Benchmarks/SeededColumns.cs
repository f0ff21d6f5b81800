namespace Engagement.Core.Benchmarks;

/// <summary>Columns of publications with skewed reach, the same on every machine.</summary>
internal static class SeededColumns
{
    public static (long[] Interactions, long[] Reach) Make(int publications)
    {
        var random = new Random(20_141_120);
        long[] interactions = new long[publications];
        long[] reach = new long[publications];
        for (int row = 0; row < publications; row++)
        {
            reach[row] = 1 + (long)(1_000 / Math.Pow(1 - random.NextDouble(), 0.8));
            interactions[row] = (long)(reach[row] * random.NextDouble() * 0.05);
        }

        return (interactions, reach);
    }

    /// <summary>Stops a benchmark whose contestants do not do the same work.</summary>
    public static void MustEqual(double expected, double actual, double relative = 1e-12)
    {
        if (Math.Abs(expected - actual) > relative * Math.Abs(expected)) throw new InvalidOperationException(FormattableString.Invariant($"The results differ: {expected:R} and {actual:R}."));
    }
}
