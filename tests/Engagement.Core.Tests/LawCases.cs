using System.Globalization;

namespace Engagement.Core.Tests;

/// <summary>How many cases a property test tries: 10,000, or as many as the environment variable ENGAGEMENT_LAW_CASES says.</summary>
internal static class LawCases
{
    public static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("ENGAGEMENT_LAW_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out int cases) ? cases : 10_000;
}
