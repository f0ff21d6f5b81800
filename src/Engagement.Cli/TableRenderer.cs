using System.Globalization;
using Spectre.Console;

namespace Engagement.Cli;

/// <summary>The report as tables for a screen or a text file. No colours: so nothing depends on where the output goes.</summary>
internal static class TableRenderer
{
    private const int LeastTextWidth = 9;
    private const int Gap = 1;

    /// <summary>Renders the report, in its narrow form where the wide one does not fit.</summary>
    /// <param name="blocksOf">The report; true for its narrow form.</param>
    /// <param name="width">How many characters a line may have. Numbers are never cut: where they need more, lines are longer.</param>
    /// <returns>The text.</returns>
    public static string Render(Func<bool, IReadOnlyList<Block>> blocksOf, int width)
    {
        IReadOnlyList<Block> blocks = blocksOf(false);
        if (Needed(blocks) > width) blocks = blocksOf(true);
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = Math.Max(width, Needed(blocks));
        console.Profile.Capabilities.Unicode = true;
        foreach (Block block in blocks) Write(block, console);
        return string.Join(Environment.NewLine, text.ToString().Split('\n').Select(line => line.TrimEnd()));
    }

    private static void Write(Block block, IAnsiConsole console)
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
                console.Write(Table(table));
                console.WriteLine();
                break;
        }
    }

    private static Table Table(Block.Table block)
    {
        var table = new Table { Border = TableBorder.Horizontal, ShowRowSeparators = false };
        for (int index = 0; index < block.Header.Count; index++)
        {
            var column = new TableColumn(new Text(block.Header[index])) { Padding = new Padding(0, 0, Gap, 0), NoWrap = block.Numbers.Contains(index) };
            table.AddColumn(column);
        }

        foreach (IReadOnlyList<string> row in block.Rows) table.AddRow(row.Select(cell => new Text(cell)));
        return table;
    }

    /// <summary>The least width at which no number must be broken.</summary>
    private static int Needed(IEnumerable<Block> blocks) => blocks.OfType<Block.Table>().Select(table => Needed(table)).DefaultIfEmpty(0).Max();

    private static int Needed(Block.Table table) => Enumerable.Range(0, table.Header.Count).Sum(index => Gap + Needed(table, index));

    private static int Needed(Block.Table table, int index)
    {
        int longest = table.Rows.Select(row => row[index]).Append(table.Header[index]).Max(cell => cell.Split('\n').Max(line => line.Length));
        return table.Numbers.Contains(index) ? longest : Math.Min(longest, LeastTextWidth);
    }
}
