using BenchmarkDotNet.Attributes;

namespace Engagement.Core.Benchmarks;

/// <summary>Kaplan–Meier over response times in milliseconds, a tenth of them unanswered, against merely sorting the durations. The long input runs where ENGAGEMENT_LONG is set.</summary>
[MemoryDiagnoser]
public class SurvivalOfExchanges
{
    private long[] _durations = [];
    private bool[] _isEvent = [];
    private long[] _sorted = [];

    public static IEnumerable<int> Lengths => Environment.GetEnvironmentVariable("ENGAGEMENT_LONG") is null ? [1_000, 100_000] : [1_000, 100_000, 10_000_000];

    [ParamsSource(nameof(Lengths))]
    public int Exchanges { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        // Log-normal around two hours, cut at thirty days, where observation ends.
        var random = new Random(20_141_120);
        const long End = 30L * 24 * 3_600_000;
        _durations = new long[Exchanges];
        _isEvent = new bool[Exchanges];
        for (int row = 0; row < Exchanges; row++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            long duration = (long)(7_200_000 * Math.Exp(1.5 * normal));
            long seen = random.Next(10) == 0 ? (long)(random.NextDouble() * End) : End;
            (_durations[row], _isEvent[row]) = (Math.Min(duration, seen), duration <= seen);
        }

        _sorted = new long[Exchanges];
    }

    [Benchmark(Baseline = true, Description = "sort the durations")]
    public long Sort()
    {
        _durations.CopyTo(_sorted, 0);
        Array.Sort(_sorted);
        return _sorted[Exchanges / 2];
    }

    [Benchmark(Description = "KaplanMeier")]
    public SurvivalCurve Curve() => SurvivalCurve.KaplanMeier(_durations, _isEvent);

    [Benchmark(Description = "KaplanMeier and median with limits")]
    public SurvivalQuantile Median() => SurvivalCurve.KaplanMeier(_durations, _isEvent).Quantile(0.5);
}
