using BenchmarkDotNet.Attributes;

namespace Engagement.Core.Benchmarks;

/// <summary>The bootstrap of 10,000 publications with 10,000 resamples: 100 million draws.</summary>
[MemoryDiagnoser]
public class Resampling
{
    private double[] _interactions = [];
    private double[] _reach = [];

    [Params(1, 2)]
    public int Degree { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (long[] interactions, long[] reach) = SeededColumns.Make(10_000);
        (_interactions, _reach) = ([.. interactions.Select(value => (double)value)], [.. reach.Select(value => (double)value)]);
        if (!Replicates().SequenceEqual(Bootstrap.RatioReplicates(_interactions, _reach, 10_000, seed: 1))) throw new InvalidOperationException("The degree of parallelism changed the result.");
    }

    [Benchmark(Description = "10,000 × 10,000")]
    public double[] Replicates() => Bootstrap.RatioReplicates(_interactions, _reach, 10_000, seed: 1, Degree);
}
