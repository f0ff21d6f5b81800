using System.Globalization;

namespace Engagement.Core.Accuracy;

/// <summary>The coverage of intervals at 95 %: summed exactly over all outcomes where they can be listed, simulated with a fixed seed elsewhere.</summary>
internal static class Coverage
{
    private const int Seed = 20_141_120;
    private const double Truth = 0.01;

    /// <summary>Proportions, rates and medians: exact sums over outcomes, on grids of the truth.</summary>
    public static IEnumerable<string> Exact()
    {
        foreach (long n in new[] { 5L, 10, 30, 100, 1_000, 10_000 })
        {
            yield return Proportion("Wilson", n, ProportionIntervals.Wilson, "mean ≥ 94.5 %");
            yield return Proportion("Clopper–Pearson", n, ProportionIntervals.ClopperPearson, "least ≥ 95 %");
        }

        (double least, double sum, int grid) = (1, 0, 0);
        foreach (double mean in Enumerable.Range(0, 400).Select(i => Math.Pow(10, -2 + (i / 80.0))))
        {
            long first = (long)Math.Max(0, mean - (12 * Math.Sqrt(mean)) - 12), last = (long)(mean + (12 * Math.Sqrt(mean)) + 40);
            double cover = 0;
            for (long x = first; x <= last; x++)
            {
                IntervalEstimate interval = RateIntervals.Garwood(x, 1);
                if (interval.Lower <= mean && mean <= interval.Upper) cover += SpecialFunctions.PoissonCdf(mean, x) - (x == 0 ? 0 : SpecialFunctions.PoissonCdf(mean, x - 1));
            }

            (least, sum, grid) = (Math.Min(least, cover), sum + cover, grid + 1);
        }

        yield return Line("Garwood", "expected events 0.01 … 1,000", least, sum / grid, "least ≥ 95 %");

        // The interval from rank r to n + 1 − r misses the median with probability 2 P(X < r) under Binomial(n, 1/2), whatever the distribution.
        (least, sum, grid) = (1, 0, 0);
        for (int n = 6; n <= 500; n++)
        {
            double[] values = [.. Enumerable.Range(1, n).Select(rank => (double)rank)];
            double cover = 1 - (2 * SpecialFunctions.BinomialCdf(n, 0.5, (long)MedianIntervals.OrderStatistics(values).Lower - 1));
            (least, sum, grid) = (Math.Min(least, cover), sum + cover, grid + 1);
        }

        yield return Line("order statistics", "median of n = 6 … 500", least, sum / grid, "least ≥ 95 %");
    }

    /// <summary>Ratios of sums over rows whose own rates differ (gamma with shape 2 around 1 %), with like and with heavy-tailed bases.</summary>
    public static IEnumerable<string> Simulated(int repetitions)
    {
        foreach (bool heavy in new[] { false, true })
        {
            string bases = heavy ? "heavy-tailed bases (Pareto, exponent 1.5)" : "like bases (500 … 1,500)";
            Random random = new(Seed + (heavy ? 1 : 0));
            int jackknife = 0, linearised = 0, fieller = 0, garwood = 0, bca = 0, drawn = 0;
            double[] y = new double[30], x = new double[30];
            for (int repetition = 0; repetition < repetitions; repetition++)
            {
                for (int row = 0; row < x.Length; row++)
                {
                    x[row] = heavy ? Math.Floor(500 / Math.Pow(1 - random.NextDouble(), 1 / 1.5)) : random.Next(500, 1_501);
                    double rate = Truth / 2 * -(Math.Log(1 - random.NextDouble()) + Math.Log(1 - random.NextDouble()));
                    y[row] = Poisson(random, rate * x[row]);
                }

                if (RatioIntervals.TryJackknife(y, x, out IntervalEstimate interval) && Covers(interval)) jackknife++;
                if (Covers(RatioIntervals.Linearised(y, x))) linearised++;
                if (RatioIntervals.TryFieller(y, x, out interval) && Covers(interval)) fieller++;
                if (Covers(RateIntervals.Garwood((long)y.Sum(), x.Sum()))) garwood++;
                if (repetition % 10 != 0) continue;
                drawn++;
                if (Bootstrap.TryRatioBca(y, x, repetition, out interval, resamples: 1_999) && Covers(interval)) bca++;
            }

            string promised = heavy ? "≥ 88 %" : "≥ 92 %";
            yield return Line("jackknife with t", $"30 publications, {bases}", null, (double)jackknife / repetitions, promised);
            yield return Line("linearised with t", $"30 publications, {bases}", null, (double)linearised / repetitions, "none: not a default");
            yield return Line("Fieller", $"30 publications, {bases}", null, (double)fieller / repetitions, "none: not a default");
            yield return Line("BCa, 1,999 resamples", $"30 publications, {bases}", null, (double)bca / drawn, "none: not a default");
            yield return Line("Garwood, pooled", $"30 publications, {bases}", null, (double)garwood / repetitions, "none: it is false here");
        }
    }

    private static string Proportion(string name, long n, Func<long, long, double, IntervalEstimate> method, string promised)
    {
        IntervalEstimate[] intervals = [.. Enumerable.Range(0, (int)n + 1).Select(x => method(x, n, 0.95))];
        (double least, double sum, int grid) = (1, 0, 0);
        for (double p = 0.0005; p < 1; p += 0.001)
        {
            // Both ends rise with x: the outcomes that cover p are neighbours.
            int first = Array.FindIndex(intervals, interval => interval.Upper >= p), last = Array.FindLastIndex(intervals, interval => interval.Lower <= p);
            double cover = last < first ? 0 : SpecialFunctions.BinomialCdf(n, p, last) - (first == 0 ? 0 : SpecialFunctions.BinomialCdf(n, p, first - 1));
            (least, sum, grid) = (Math.Min(least, cover), sum + cover, grid + 1);
        }

        return Line(name, $"n = {n.ToString("N0", CultureInfo.InvariantCulture)}, p = 0.0005 … 0.9995", least, sum / grid, promised);
    }

    private static bool Covers(IntervalEstimate interval) => interval.Lower <= Truth && Truth <= interval.Upper;

    // By multiplication of uniforms up to 30 expected events, in pieces above.
    private static double Poisson(Random random, double mean)
    {
        double events = 0;
        for (; mean > 30; mean -= 30) events += Poisson(random, 30);
        double limit = Math.Exp(-mean), product = random.NextDouble();
        while (product > limit)
        {
            events++;
            product *= random.NextDouble();
        }

        return events;
    }

    private static string Line(string interval, string input, double? least, double mean, string promised) =>
        string.Create(CultureInfo.InvariantCulture, $"| {interval} | {input} | {(least is { } value ? (value * 100).ToString("F1", CultureInfo.InvariantCulture) + " %" : "–")} | {mean * 100:F1} % | {promised} |");
}
