using System.Globalization;

namespace Engagement.Core.Benchmarks;

/// <summary>How many rows a run measures: a million; with the environment variable ENGAGEMENT_LONG ten and a hundred million too, or the numbers that it lists.</summary>
internal static class BenchmarkRows
{
    public static IEnumerable<int> All
    {
        get
        {
            int[] listed = [.. (Environment.GetEnvironmentVariable("ENGAGEMENT_LONG") ?? "1000000").Split(',').Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int rows) ? rows : 0).Where(rows => rows >= 1_000)];
            return listed.Length > 0 ? listed : [1_000_000, 10_000_000, 100_000_000];
        }
    }
}
