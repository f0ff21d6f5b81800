namespace Engagement.Core.Tests.Statistics;

/// <summary>A small, seeded part of the coverage that benchmarks/Engagement.Core.Accuracy shows.</summary>
public class CoverageTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void Clopper_and_Pearson_cover_at_least_what_they_say_and_Wilson_does_on_average(int trials)
    {
        (double sum, int count) = (0, 0);
        for (double p = 0.005; p < 1; p += 0.01)
        {
            Assert.InRange(Cover(trials, p, ProportionIntervals.ClopperPearson), 0.95, 1);
            sum += Cover(trials, p, ProportionIntervals.Wilson);
            count++;
        }

        Assert.InRange(sum / count, 0.945, 0.96);
    }

    // 1,000 repetitions have a standard error of 0.9 points; the seed is fixed, so that the test never fails by chance.
    [Theory]
    [InlineData(false, 0.92)]
    [InlineData(true, 0.88)]
    public void The_jackknife_covers_over_30_rows_whose_rates_differ(bool heavy, double promised)
    {
        Random random = new(20_141_120);
        double[] y = new double[30], x = new double[30];
        int covered = 0;
        for (int repetition = 0; repetition < 1_000; repetition++)
        {
            for (int row = 0; row < x.Length; row++)
            {
                x[row] = heavy ? 500 / Math.Pow(1 - random.NextDouble(), 1 / 1.5) : random.Next(500, 1_501);

                // Gamma with shape 2 and mean 0.01; events themselves add little to that spread.
                y[row] = x[row] * 0.005 * -(Math.Log(1 - random.NextDouble()) + Math.Log(1 - random.NextDouble()));
            }

            if (RatioIntervals.TryJackknife(y, x, out IntervalEstimate interval) && interval.Lower <= 0.01 && interval.Upper >= 0.01) covered++;
        }

        Assert.InRange(covered / 1_000.0, promised - 0.009, 1);
    }

    private static double Cover(int trials, double p, Func<long, long, double, IntervalEstimate> method)
    {
        double cover = 0;
        for (int x = 0; x <= trials; x++)
        {
            IntervalEstimate interval = method(x, trials, 0.95);
            if (interval.Lower <= p && p <= interval.Upper) cover += Math.Exp(DiscreteDistributions.BinomialLogMass(x, trials - x, p, 1 - p));
        }

        return cover;
    }
}
