using System.Diagnostics.CodeAnalysis;
using Engagement.Core;
using Engagement.Reporting;

namespace Engagement.Cli;

/// <summary>Finds a definition by its name, and the nearest names where there is none.</summary>
internal static class DefinitionName
{
    private const int Suggestions = 3;

    /// <summary>The definition; where there is none, standard error names those that are spelt nearly so.</summary>
    public static bool TryFind(string name, TextWriter error, [NotNullWhen(true)] out Definition? definition)
    {
        if (Definitions.TryFind(name, out definition)) return true;
        string[] near = [.. Definitions.All.Select(known => known.Id.Name).Where(known => IsNear(name, known)).OrderBy(known => Distance(name, known)).Take(Suggestions)];
        string cure = near.Length > 0 ? $"did you mean {string.Join(" or ", near)}?" : "see: engagement definitions";
        error.WriteLine($"error: \"{Printable.Excerpt(name)}\" is not the name of a definition: {cure}");
        return false;
    }

    private static bool IsNear(string typed, string known) => (typed.Length > 2 && known.Contains(typed, StringComparison.OrdinalIgnoreCase)) || Distance(typed, known) <= Math.Max(2, known.Length / 4);

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
                int substituted = diagonal + (char.ToLowerInvariant(letter) == known[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(substituted, 1 + Math.Min(row[column], row[column - 1]));
            }
        }

        return row[^1];
    }
}
