namespace Engagement.Import;

/// <summary>Keeps spreadsheets from running a text: an apostrophe before what begins like a formula, taken away again when it is read.</summary>
/// <remarks>Only texts; a cell of a number stays as it is. A text with an apostrophe of its own before such a beginning gets another one, so that reading gives back what was written.</remarks>
internal static class FormulaGuard
{
    // The wide forms too: some programs take them for the narrow ones.
    private const string Starts = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20\u2212";

    public static string Neutral(string text) => IsFormula(text) ? $"'{text}" : text;

    public static string Restored(string text) => text.StartsWith('\'') && IsFormula(text) ? text[1..] : text;

    /// <summary>Whether a text begins like a formula, after apostrophes and spaces.</summary>
    private static bool IsFormula(string text)
    {
        foreach (char letter in text)
        {
            if (Starts.Contains(letter, StringComparison.Ordinal)) return true;
            if (letter != '\'' && !char.IsWhiteSpace(letter)) return false;
        }

        return false;
    }
}
