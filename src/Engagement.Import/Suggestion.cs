namespace Engagement.Import;

/// <summary>The nearest of several known names: few mistakes in writing apart.</summary>
internal static class Suggestion
{
    private const int LongestName = 64;

    /// <summary>The known name that the fewest insertions, deletions and replacements make of <paramref name="written"/>; null when none is near.</summary>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > LongestName) return null;
        string lower = written.ToLowerInvariant();
        (string? name, int distance) = known.Select(name => ((string?)name, Distance(lower, name))).DefaultIfEmpty((null, int.MaxValue)).MinBy(pair => pair.Item2);
        return name is not null && distance <= Math.Max(1, name.Length / 3) ? name : null;
    }

    /// <summary>Levenshtein's distance, row by row.</summary>
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
