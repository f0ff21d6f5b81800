using System.Globalization;
using System.Text;

namespace Engagement.Cli;

/// <summary>The report as Markdown: headings, lists, and tables as GitHub reads them.</summary>
internal static class MarkdownRenderer
{
    private const string Special = "\\`*_{}[]<>#|~&$";

    public static string Render(IReadOnlyList<Block> blocks)
    {
        var text = new StringBuilder();
        foreach (Block block in blocks)
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

    private static string Row(IEnumerable<string> cells) => $"|{string.Concat(cells.Select(cell => $" {Escaped(cell.Replace('\n', ' '))} |"))}";

    private static string Escaped(string text) => string.Concat(text.Select(letter => Special.Contains(letter, StringComparison.Ordinal) ? $"\\{letter}" : letter.ToString()));
}
