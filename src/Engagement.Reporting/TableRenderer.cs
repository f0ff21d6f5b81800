using System.Globalization;
using Spectre.Console;

namespace Engagement.Reporting;

/// <summary>The report as tables for a screen or a text file. No colours: so nothing depends on where the output goes.</summary>
internal static class TableRenderer
{
    private const int LeastTextWidth = 12;

    /// <summary>Renders the report, in its narrow form where the wide one does not fit.</summary>
    /// <param name="blocksOf">The report; true for its narrow form.</param>
    /// <param name="width">How many characters a line may have. Numbers are never cut: where they need more, lines are longer.</param>
    /// <returns>The text.</returns>
    public static string Render(Func<bool, IReadOnlyList<Block>> blocksOf, int width)
    {
        IReadOnlyList<Block> blocks = blocksOf(false);
        int gap = 2;
        if (Needed(blocks, gap) > width) (blocks, gap) = (blocksOf(true), 1);
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = Math.Max(width, Needed(blocks, gap));
        console.Profile.Capabilities.Unicode = true;
        foreach (Block block in blocks) Write(block, console, gap);
        return string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd()));
    }

    private static void Write(Block block, IAnsiConsole console, int gap)
    {
        switch (block)
        {
            case Block.Heading heading:
                console.WriteLine(heading.Level < 3 ? heading.Text.ToUpperInvariant() : heading.Text);
                if (heading.Level < 3) console.WriteLine();
                break;
            case Block.Lines lines:
                for (int index = 0; index < lines.Items.Count; index++)
                {
                    // A grid keeps the lines of one item together, beside its number.
                    string mark = lines.AreNumbered ? string.Create(CultureInfo.InvariantCulture, $"[{index + 1}]") : "";
                    if (mark.Length == 0) console.Write(new Text(lines.Items[index] + "\n"));
                    else console.Write(new Grid().AddColumn(new GridColumn().NoWrap().Width(5)).AddColumn(new GridColumn()).AddRow(new Text(mark), new Text(lines.Items[index])));
                }

                console.WriteLine();
                break;
            case Block.Table table:
                console.Write(Table(table, gap));
                console.WriteLine();
                break;
        }
    }

    private static Table Table(Block.Table block, int gap)
    {
        var table = new Table { Border = TableBorder.Horizontal, ShowRowSeparators = false };
        for (int index = 0; index < block.Header.Count; index++)
        {
            var column = new TableColumn(new Text(block.Header[index])) { Padding = new Padding(0, 0, gap - 1, 0), NoWrap = block.Numbers.Contains(index) };
            table.AddColumn(column);
        }

        foreach (IReadOnlyList<string> row in block.Rows) table.AddRow(row.Select(cell => new Text(cell)));
        return table;
    }

    /// <summary>The least width at which no number must be broken: the border takes one character before each column.</summary>
    private static int Needed(IReadOnlyList<Block> blocks, int gap) =>
        blocks.OfType<Block.Table>().Select(table => 1 + Enumerable.Range(0, table.Header.Count).Sum(index => gap + Needed(table, index))).DefaultIfEmpty(0).Max();

    private static int Needed(Block.Table table, int index)
    {
        int longest = table.Rows.Select(row => row[index]).Append(table.Header[index]).Max(cell => cell.Split('\n').Max(line => line.Length));
        return table.Numbers.Contains(index) ? longest : Math.Min(longest, LeastTextWidth);
    }
}
