using BenchmarkDotNet.Attributes;

namespace Engagement.Core.Benchmarks;

/// <summary>Intervals one by one and over columns; times are per interval.</summary>
[MemoryDiagnoser]
public class Intervals
{
    private const int Rows = 100_000;

    private long[] _successes = [];
    private long[] _trials = [];
    private double[] _lower = [];
    private double[] _upper = [];

    [GlobalSetup]
    public void Setup()
    {
        (_successes, _trials) = SeededColumns.Make(Rows);
        (_lower, _upper) = (new double[Rows], new double[Rows]);
        WilsonOneByOne();
        double[] expected = [.. _lower, .. _upper];
        WilsonByColumns();
        if (!expected.SequenceEqual([.. _lower, .. _upper])) throw new InvalidOperationException("The intervals of columns and of single calls differ.");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows, Description = "Wilson, one by one")]
    public void WilsonOneByOne()
    {
        for (int row = 0; row < Rows; row++)
        {
            IntervalEstimate interval = ProportionIntervals.Wilson(_successes[row], _trials[row]);
            (_lower[row], _upper[row]) = (interval.Lower, interval.Upper);
        }
    }

    [Benchmark(OperationsPerInvoke = Rows, Description = "Wilson, columns")]
    public void WilsonByColumns() => ProportionIntervals.WilsonColumns(_successes, _trials, _lower, _upper);

    [Benchmark(OperationsPerInvoke = 1_000, Description = "Garwood")]
    public double Garwood()
    {
        double sum = 0;
        for (int row = 0; row < 1_000; row++) sum += RateIntervals.Garwood(_successes[row], _trials[row]).Upper;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = 1_000, Description = "Clopper–Pearson")]
    public double ClopperPearson()
    {
        double sum = 0;
        for (int row = 0; row < 1_000; row++) sum += ProportionIntervals.ClopperPearson(_successes[row], _trials[row]).Upper;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = 999, Description = "Newcombe difference")]
    public double Newcombe()
    {
        double sum = 0;
        for (int row = 1; row < 1_000; row++) sum += ProportionDifference.Newcombe(_successes[row], _trials[row], _successes[row - 1], _trials[row - 1]).Upper;
        return sum;
    }
}
