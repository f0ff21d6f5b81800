using System.Globalization;
using System.Text;

namespace Engagement.Reporting;

/// <summary>The report as Markdown: headings, lists, and tables as GitHub reads them.</summary>
internal static class MarkdownRenderer
{
    private const string Special = "\\`*_{}[]<>#|~&$";

    public static string Render(IReadOnlyList<Block> blocks)
    {
        var text = new StringBuilder();
        foreach (Block block in blocks.Where(block => block is not Block.Picture and not Block.Explanations))
        {
            switch (block)
            {
                case Block.Heading heading:
                    Append(text, $"{new string('#', heading.Level)} {Escaped(heading.Text)}");
                    break;
                case Block.Lines lines:
                    for (int index = 0; index < lines.Items.Count; index++)
                    {
                        string mark = lines.AreNumbered ? string.Create(CultureInfo.InvariantCulture, $"{index + 1}.") : "-";
                        Append(text, $"{mark} {Escaped(lines.Items[index])}");
                    }

                    break;
                case Block.Table table:
                    Append(text, Row(table.Header));
                    Append(text, $"|{string.Concat(table.Header.Select((_, index) => table.Numbers.Contains(index) ? " ---: |" : " --- |"))}");
                    foreach (IReadOnlyList<string> row in table.Rows) Append(text, Row(row));
                    break;
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Row(IEnumerable<string> cells) => $"|{string.Concat(cells.Select(cell => $" {Escaped(OneLine(cell))} |"))}";

    /// <summary>A cell without the breaks that keep a column of the table narrow: a word that was divided is whole again, and a range stays one.</summary>
    public static string OneLine(string cell)
    {
        var text = new StringBuilder(cell.Length);
        for (int index = 0; index < cell.Length; index++)
        {
            if (cell[index] != '\n') text.Append(cell[index]);
            else if (index == 0 || cell[index - 1] is not ('-' or '–')) text.Append(' ');
            else if (index > 1 && cell[index - 1] == '-' && char.IsLetter(cell[index - 2]) && index + 1 < cell.Length && char.IsLower(cell[index + 1])) text.Length--;
        }

        return text.ToString();
    }

    private static string Escaped(string text) => string.Concat(text.Select(letter => Special.Contains(letter, StringComparison.Ordinal) ? $"\\{letter}" : letter.ToString()));
}
