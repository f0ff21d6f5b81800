using System.Globalization;
using System.Text;

namespace Engagement.Reporting;

/// <summary>Makes text from data harmless for a terminal: one line, without control characters and without marks that turn or hide what stands beside them.</summary>
internal static class Printable
{
    private const int LongestExcerpt = 500;

    /// <summary>The text in one line: line breaks and tabs become spaces, other control and format characters U+FFFD.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes()) line.Append(Harmless(rune).ToString());
        return line.ToString();
    }

    /// <summary>The same, shortened: a source of a megabyte must not fill the screen.</summary>
    public static string Excerpt(string text)
    {
        if (text.Length <= LongestExcerpt) return Line(text);
        int cut = char.IsHighSurrogate(text[LongestExcerpt - 1]) ? LongestExcerpt - 1 : LongestExcerpt;
        return string.Create(CultureInfo.InvariantCulture, $"{Line(text[..cut])}… ({text.Length} characters)");
    }

    // The joiners belong to words (Persian) and to emoji, and move nothing.
    private static Rune Harmless(Rune rune) => rune.Value switch
    {
        '\n' or '\r' or '\t' or 0x2028 or 0x2029 => new Rune(' '),
        0x200C or 0x200D => rune,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format ? Rune.ReplacementChar : rune,
    };
}
