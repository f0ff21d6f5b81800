using System.Globalization;
using CsvHelper;
using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Import;
using Engagement.Reporting;
using NodaTime.Text;

namespace Engagement.Cli;

/// <summary>The cells of a roll-up as CSV, JSON or a table.</summary>
internal static class RollUpText
{
    private static readonly string[] Header = ["from", "to", "channel", "kind", "role", "interactions"];

    public static void WriteCsv(IEnumerable<RollUpCell> cells, TextWriter output)
    {
        using CsvWriter csv = CsvWriter.Create(output, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord(Header);
        foreach (RollUpCell cell in cells) csv.WriteRecord([.. Row(cell, FormulaGuard.Neutral)]);
    }

    public static string Json(IEnumerable<RollUpCell> cells) => JsonRenderer.Document("engagement-rollup/1", Language.English, json =>
    {
        json.WriteStartArray("cells");
        foreach (RollUpCell cell in cells)
        {
            json.WriteStartObject();
            JsonRenderer.WritePeriod(json, cell.Period);
            json.WriteString("channel", cell.Channel.Value);
            json.WriteString("kind", cell.Kind.ToString());
            json.WriteString("role", cell.Role.ToString());
            json.WriteNumber("interactions", cell.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static string Table(IEnumerable<RollUpCell> cells, int width) => TableRenderer.Render(
        _ => [new Block.Table { Header = Header, Rows = [.. cells.Select(cell => (string[])[.. Row(cell, Printable.Line)])], Numbers = new HashSet<int> { 0, 1, 5 } }],
        width);

    private static IEnumerable<string> Row(RollUpCell cell, Func<string, string> text) =>
        [LocalDatePattern.Iso.Format(cell.Period.From), LocalDatePattern.Iso.Format(cell.Period.To), text(cell.Channel.Value), cell.Kind.ToString(), cell.Role.ToString(), cell.Count.ToString(CultureInfo.InvariantCulture)];
}
