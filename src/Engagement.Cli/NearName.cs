namespace Engagement.Cli;

/// <summary>The known names that are spelt nearly as somebody typed.</summary>
internal static class NearName
{
    private const int Suggestions = 3;

    // Two letters of three may well be another name.
    private const int ShortName = 3;

    /// <summary>The question that the nearest names make, the nearest first; null where nothing is near.</summary>
    public static string? Question(string typed, IEnumerable<string> known)
    {
        string[] near = [.. known.Distinct(StringComparer.Ordinal).Where(name => IsNear(typed, name)).OrderBy(name => Distance(typed, name)).ThenBy(name => name, StringComparer.Ordinal).Take(Suggestions)];
        return near.Length > 0 ? $"did you mean {string.Join(" or ", near)}?" : null;
    }

    private static bool IsNear(string typed, string known) => (typed.Length > 2 && known.Contains(typed, StringComparison.OrdinalIgnoreCase)) || Distance(typed, known) <= (known.Length <= ShortName ? 1 : Math.Max(2, known.Length / 4));

    /// <summary>Levenshtein's distance, without regard to case.</summary>
    private static int Distance(string typed, string known)
    {
        // A name of a megabyte is near nothing.
        if (typed.Length > 2 * known.Length) return typed.Length;
        int[] row = [.. Enumerable.Range(0, known.Length + 1)];
        foreach (char letter in typed)
        {
            int diagonal = row[0]++;
            for (int column = 1; column <= known.Length; column++)
            {
                int substituted = diagonal + (char.ToLowerInvariant(letter) == char.ToLowerInvariant(known[column - 1]) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(substituted, 1 + Math.Min(row[column], row[column - 1]));
            }
        }

        return row[^1];
    }
}
