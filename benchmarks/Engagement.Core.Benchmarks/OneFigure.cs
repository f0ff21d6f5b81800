using BenchmarkDotNet.Attributes;

namespace Engagement.Core.Benchmarks;

/// <summary>One figure from two numbers in hand: the quotient, and the quotient with its interval. Times are per figure.</summary>
[MemoryDiagnoser]
public class OneFigure
{
    private const int Figures = 1_000;

    private long[] _interactions = [];
    private long[] _reach = [];

    [GlobalSetup]
    public void Setup()
    {
        (_interactions, _reach) = SeededColumns.Make(Figures);
        SeededColumns.MustEqual(Division(), RatioOfTwoNumbers());
        SeededColumns.MustEqual(Division(), (double)DecimalDivision(), 1e-9);
        SeededColumns.MustEqual(WilsonByHand(), RatioWithWilson(), 1e-9);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Figures, Description = "bare division")]
    public double Division()
    {
        double sum = 0;
        for (int row = 0; row < Figures; row++) sum += (double)_interactions[row] / _reach[row];
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Figures, Description = "EngagementRatio.Of(…).Value")]
    public double RatioOfTwoNumbers()
    {
        double sum = 0;
        for (int row = 0; row < Figures; row++) sum += EngagementRatio.Of(_interactions[row], _reach[row]).Value ?? 0;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Figures, Description = "decimal division")]
    public decimal DecimalDivision()
    {
        decimal sum = 0;
        for (int row = 0; row < Figures; row++) sum += (decimal)_interactions[row] / _reach[row];
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Figures, Description = "ratio and Wilson interval")]
    public double RatioWithWilson()
    {
        double sum = 0;
        for (int row = 0; row < Figures; row++)
        {
            sum += EngagementRatio.Of(_interactions[row], _reach[row]).Value ?? 0;
            IntervalEstimate interval = ProportionIntervals.Wilson(_interactions[row], _reach[row]);
            sum += interval.Upper - interval.Lower;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Figures, Description = "the same by the textbook, unchecked")]
    public double WilsonByHand()
    {
        const double Z = 1.9599639845400545;
        double sum = 0;
        for (int row = 0; row < Figures; row++)
        {
            double n = _reach[row];
            double p = _interactions[row] / n;
            sum += p + (2 * Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n))) / (1 + (Z * Z / n)));
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Figures, Description = "ratio and Garwood interval")]
    public double RatioWithGarwood()
    {
        double sum = 0;
        for (int row = 0; row < Figures; row++)
        {
            sum += EngagementRatio.Of(_interactions[row], _reach[row]).Value ?? 0;
            IntervalEstimate interval = RateIntervals.Garwood(_interactions[row], _reach[row]);
            sum += interval.Upper - interval.Lower;
        }

        return sum;
    }
}
