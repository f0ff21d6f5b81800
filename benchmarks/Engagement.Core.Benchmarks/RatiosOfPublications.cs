using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Engagement.Core.Benchmarks;

/// <summary>Ratios over columns of publications: each row's, pooled, mean and median, against the loop and the query that one would write.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory, BenchmarkLogicalGroupRule.ByParams)]
[CategoriesColumn]
public class RatiosOfPublications
{
    private readonly EngagementRatioCalculator _pooled = new(EngagementRatioDefinitions.ByReach);
    private readonly EngagementRatioCalculator _mean = new(EngagementRatioDefinitions.ByReach.With("mean", aggregation: Aggregation.MeanOfPublications));
    private readonly EngagementRatioCalculator _median = new(EngagementRatioDefinitions.ByReach.With("median", aggregation: Aggregation.MedianOfPublications));
    private long[] _interactions = [];
    private long[] _reach = [];
    private double[] _ratios = [];

    [Params(16, 1_000, 1_000_000)]
    public int Publications { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (_interactions, _reach) = SeededColumns.Make(Publications);
        _ratios = new double[Publications];
        RowsByLoop();
        double[] expected = [.. _ratios];
        Rows();
        if (!expected.AsSpan().SequenceEqual(_ratios) || !expected.SequenceEqual(RowsByLinq())) throw new InvalidOperationException("The ratios of the rows differ.");
        SeededColumns.MustEqual(PooledByLoop(), Pooled());
        SeededColumns.MustEqual(PooledByLoop(), PooledByLinq());
        SeededColumns.MustEqual(MeanByLoop(), Mean());
        SeededColumns.MustEqual(MeanByLoop(), MeanByLinq());
        SeededColumns.MustEqual(MedianBySort(), Median());
        SeededColumns.MustEqual(MedianBySort(), MedianByLinq());
    }

    [BenchmarkCategory("rows"), Benchmark(Baseline = true, Description = "loop")]
    public void RowsByLoop()
    {
        for (int row = 0; row < _ratios.Length; row++) _ratios[row] = _reach[row] == 0 ? double.NaN : (double)_interactions[row] / _reach[row];
    }

    [BenchmarkCategory("rows"), Benchmark(Description = "LINQ")]
    public double[] RowsByLinq() => [.. _interactions.Zip(_reach, (interactions, reach) => reach == 0 ? double.NaN : (double)interactions / reach)];

    [BenchmarkCategory("rows"), Benchmark(Description = "Calculate")]
    public void Rows() => _pooled.Calculate(_interactions, _reach, _ratios);

    [BenchmarkCategory("pooled"), Benchmark(Baseline = true, Description = "loop")]
    public double PooledByLoop()
    {
        long interactions = 0;
        long reach = 0;
        for (int row = 0; row < _interactions.Length; row++)
        {
            interactions += _interactions[row];
            reach += _reach[row];
        }

        return (double)interactions / reach;
    }

    [BenchmarkCategory("pooled"), Benchmark(Description = "LINQ")]
    public double PooledByLinq() => (double)_interactions.Sum() / _reach.Sum();

    [BenchmarkCategory("pooled"), Benchmark(Description = "Calculate")]
    public double Pooled() => _pooled.Calculate(_interactions, _reach).Value ?? 0;

    [BenchmarkCategory("mean"), Benchmark(Baseline = true, Description = "loop")]
    public double MeanByLoop()
    {
        double sum = 0;
        for (int row = 0; row < _interactions.Length; row++) sum += (double)_interactions[row] / _reach[row];
        return sum / _interactions.Length;
    }

    [BenchmarkCategory("mean"), Benchmark(Description = "LINQ")]
    public double MeanByLinq() => _interactions.Zip(_reach, (interactions, reach) => (double)interactions / reach).Average();

    [BenchmarkCategory("mean"), Benchmark(Description = "Calculate")]
    public double Mean() => _mean.Calculate(_interactions, _reach).Value ?? 0;

    [BenchmarkCategory("median"), Benchmark(Baseline = true, Description = "ratios and sort")]
    public double MedianBySort()
    {
        double[] ratios = new double[_interactions.Length];
        for (int row = 0; row < ratios.Length; row++) ratios[row] = (double)_interactions[row] / _reach[row];
        Array.Sort(ratios);
        return (ratios[(ratios.Length - 1) / 2] + ratios[ratios.Length / 2]) / 2;
    }

    [BenchmarkCategory("median"), Benchmark(Description = "LINQ")]
    public double MedianByLinq()
    {
        double[] ratios = [.. _interactions.Zip(_reach, (interactions, reach) => (double)interactions / reach).Order()];
        return (ratios[(ratios.Length - 1) / 2] + ratios[ratios.Length / 2]) / 2;
    }

    [BenchmarkCategory("median"), Benchmark(Description = "Calculate")]
    public double Median() => _median.Calculate(_interactions, _reach).Value ?? 0;
}
