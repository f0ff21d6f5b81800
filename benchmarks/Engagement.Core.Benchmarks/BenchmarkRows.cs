using System.Globalization;

namespace Engagement.Core.Benchmarks;

/// <summary>How many rows a run measures: a million, or what the environment variable ENGAGEMENT_BENCHMARK_ROWS lists.</summary>
internal static class BenchmarkRows
{
    public static IEnumerable<int> All => (Environment.GetEnvironmentVariable("ENGAGEMENT_BENCHMARK_ROWS") ?? "1000000").Split(',').Select(text => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
}
