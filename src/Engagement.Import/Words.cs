using System.Text;

namespace Engagement.Import;

/// <summary>The words of an enum in a file: its members in lower case with hyphens (<c>mailing-list</c>). Underscores and capitals are read too; zero, the unspecified, has no word.</summary>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Members =
        Enum.GetValues<T>().Where(member => !EqualityComparer<T>.Default.Equals(member, default)).ToDictionary(member => Hyphenated(member.ToString()), StringComparer.OrdinalIgnoreCase);

    private static readonly string Rule = $"must be one of {string.Join(", ", Members.Keys)}";

    public static Fault? Read(string text, out T member) =>
        Members.TryGetValue(text.Replace('_', '-'), out member) ? null
        : new Fault(Codes.UnknownWord, Rule, Suggestion.Nearest(text, Members.Keys) is { } near ? $"write {near}" : "write one of these words");

    /// <summary>The word of a member.</summary>
    public static string Of(T member) => Hyphenated(member.ToString());

    private static string Hyphenated(string name)
    {
        var word = new StringBuilder();
        foreach (char letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && word.Length > 0) word.Append('-');
            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }
}
