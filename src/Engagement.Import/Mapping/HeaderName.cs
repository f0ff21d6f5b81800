using System.Text;

namespace Engagement.Import;

/// <summary>Headers as they are compared: lower case, single spaces, no quotes of any kind, no byte order mark.</summary>
internal static class HeaderName
{
    private const string German = "de:";

    public static string Normal(string header)
    {
        var normal = new StringBuilder(header.Length);
        foreach (char letter in header)
        {
            if (letter is '"' or '\'' or '„' or '“' or '”' or '‚' or '‘' or '’' or '»' or '«' or '\uFEFF' or '\u200E' or '\u200F') continue;
            if (!char.IsWhiteSpace(letter)) normal.Append(char.ToLowerInvariant(letter));
            else if (normal.Length > 0 && normal[^1] != ' ') normal.Append(' ');
        }

        return normal.ToString().TrimEnd();
    }

    /// <summary>A name of a mapping, and whether it is a German header.</summary>
    public static (string Name, bool IsGerman) Known(string name) => name.StartsWith(German, StringComparison.Ordinal) ? (name[German.Length..].TrimStart(), true) : (name, false);
}
