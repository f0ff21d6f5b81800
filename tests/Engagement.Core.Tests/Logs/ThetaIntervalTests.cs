using Engagement.Core.Logs;

namespace Engagement.Core.Tests.Logs;

public class ThetaIntervalTests
{
    // Against the sum of binomial probabilities, term by term.
    [Theory]
    [InlineData(1, 0.5, 0.95)]
    [InlineData(3, 0.1, 0.95)]
    [InlineData(16, 0.01, 0.6827)]
    [InlineData(16, 0.9, 0.9545)]
    [InlineData(100, 0.25, 0.9973)]
    [InlineData(1_024, 0.002, 0.95)]
    [InlineData(4_096, 0.05, 0.95)]
    public void The_ends_are_where_so_many_and_so_few_become_unlikely(int retained, double theta, double confidence)
    {
        IntervalEstimate interval = ThetaInterval.Of(retained, theta, confidence);
        double tail = (1 - confidence) / 2;
        Assert.InRange(retained / theta, interval.Lower, interval.Upper);

        // There are never fewer than were retained.
        long low = (long)Math.Floor(interval.Lower);
        Assert.True(interval.Lower == retained || AtMost(retained - 1, low, theta) >= 1 - tail - 1e-9);
        Assert.True(AtMost(retained - 1, low + 1, theta) <= 1 - tail + 1e-9);
        long high = (long)Math.Floor(interval.Upper);
        Assert.True(AtMost(retained, high, theta) >= tail - 1e-9);
        Assert.True(AtMost(retained, high + 1, theta) <= tail + 1e-9);
    }

    [Fact]
    public void Rare_hashes_are_Poisson_and_the_change_of_formula_is_smooth()
    {
        foreach (int retained in (int[])[0, 1, 50, 4_096])
        {
            IntervalEstimate binomial = ThetaInterval.Of(retained, 1.0001e-7, 0.95);
            IntervalEstimate poisson = ThetaInterval.Of(retained, 0.9999e-7, 0.95);
            Assert.Equal(binomial.Lower * 1.0001e-7, poisson.Lower * 0.9999e-7, 1e-4);
            Assert.Equal(binomial.Upper * 1.0001e-7, poisson.Upper * 0.9999e-7, 1e-4);
        }
    }

    [Fact]
    public void The_ends_are_finite_and_enclose_the_estimate_for_every_theta()
    {
        foreach (int retained in (int[])[0, 1, 2, 17, 4_096, 1 << 20])
        {
            for (double theta = 1; theta >= 1.0 / long.MaxValue; theta /= 7)
            {
                foreach (double confidence in (double[])[0.0001, 0.5, 0.95, 0.9999])
                {
                    IntervalEstimate interval = ThetaInterval.Of(retained, theta, confidence);
                    Assert.True(retained <= interval.Lower && interval.Lower <= retained / theta && retained / theta <= interval.Upper, FormattableString.Invariant($"{retained} {theta} {confidence} {interval}"));
                }
            }
        }
    }

    /// <summary>The probability of at most so many of n, summed from the term n below.</summary>
    private static double AtMost(int most, long n, double probability)
    {
        double sum = 0;
        double logTerm = n * Math.Log(1 - probability);
        for (long count = 0; count <= most && count <= n; count++)
        {
            sum += Math.Exp(logTerm);
            logTerm += Math.Log((double)(n - count) / (count + 1)) + Math.Log(probability / (1 - probability));
        }

        return Math.Min(1, sum);
    }
}
