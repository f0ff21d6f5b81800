using System.Text;

namespace Engagement.Import;

/// <summary>Identifiers in one cell, separated by semicolons; one that holds a semicolon, or begins with a quote, stands in quotes, with quotes in it doubled.</summary>
internal static class IdentifierList
{
    public static string Text(IEnumerable<string> identifiers) => string.Join(';', identifiers.Select(id => id.Contains(';', StringComparison.Ordinal) || id.StartsWith('"') ? $"\"{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : id));

    /// <summary>The identifiers of a cell, without spaces behind a semicolon; null when a quote is not closed, or something stands behind it.</summary>
    public static IReadOnlyList<string>? Read(string cell)
    {
        var identifiers = new List<string>();
        int at = 0;
        while (true)
        {
            while (at > 0 && at < cell.Length && cell[at] == ' ') at++;
            if (at < cell.Length && cell[at] == '"')
            {
                var text = new StringBuilder();
                for (at++; at < cell.Length && (cell[at] != '"' || (at + 1 < cell.Length && cell[at + 1] == '"')); at++)
                {
                    if (cell[at] == '"') at++;
                    text.Append(cell[at]);
                }

                if (at == cell.Length) return null;
                at++;
                if (at < cell.Length && cell[at] != ';') return null;
                identifiers.Add(text.ToString());
            }
            else
            {
                int end = cell.IndexOf(';', at);
                if (end < 0) end = cell.Length;
                identifiers.Add(cell[at..end]);
                at = end;
            }

            if (at++ == cell.Length) return identifiers;
        }
    }
}
