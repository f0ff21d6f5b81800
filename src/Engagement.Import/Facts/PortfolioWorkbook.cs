using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Engagement.Core;
using NodaTime.Text;

namespace Engagement.Import;

/// <summary>Writes a portfolio as a workbook (.xlsx): the organisation, its universes, and each table of the folder on a sheet of its own. Counts and amounts are numbers; everything else is text, so that nineteen digits stay nineteen.</summary>
internal sealed class PortfolioWorkbook : ITableTarget
{
    /// <summary>A sheet has no more rows, its header among them.</summary>
    private const int MostRows = 1 << 20;

    private const int ExactDigits = 15;

    private readonly WorkbookPart _workbook;
    private readonly Sheets _sheets;
    private readonly CancellationToken _cancellationToken;

    private PortfolioWorkbook(WorkbookPart workbook, Sheets sheets, CancellationToken cancellationToken) => (_workbook, _sheets, _cancellationToken) = (workbook, sheets, cancellationToken);

    public static void Write(Portfolio portfolio, Stream stream, CancellationToken cancellationToken)
    {
        // The library wants to seek, and the caller's stream may not be able to.
        using var memory = new MemoryStream();
        using (SpreadsheetDocument document = SpreadsheetDocument.Create(memory, SpreadsheetDocumentType.Workbook))
        {
            WorkbookPart workbook = document.AddWorkbookPart();
            var sheets = new Sheets();
            workbook.Workbook = new Workbook(sheets);
            var target = new PortfolioWorkbook(workbook, sheets, cancellationToken);
            Organisation organisation = portfolio.Organisation;
            target.Write("organisation", ["id", "name", "time_zone", "umbrella"], [[FormulaGuard.Neutral(organisation.Id.Value), FormulaGuard.Neutral(organisation.Name), organisation.TimeZone.Id, FormulaGuard.Neutral(organisation.Umbrella.Value ?? "")]]);
            target.Write("universes", ["id", "name", "unit", "as_of", "size"], portfolio.Universes.SelectMany(universe => universe.Sizes.Select(size => (string[])
            [
                FormulaGuard.Neutral(universe.Id.Value), FormulaGuard.Neutral(universe.Name), Words<UnitOfCount>.Of(universe.Unit), InstantPattern.ExtendedIso.Format(size.AsOf), size.Size.State is CountState.Missing ? "" : size.Size.ToString(),
            ])));
            PortfolioWriter.Tables(portfolio, target);
            workbook.Workbook.Save();
        }

        memory.WriteTo(stream);
    }

    public void Write(string file, string[] header, IEnumerable<string[]> rows)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        WorksheetPart part = _workbook.AddNewPart<WorksheetPart>();
        _sheets.Append(new Sheet { Id = _workbook.GetIdOfPart(part), SheetId = (uint)_sheets.ChildElements.Count + 1, Name = name });
        using OpenXmlWriter xml = OpenXmlWriter.Create(part);
        xml.WriteStartElement(new Worksheet());
        xml.WriteStartElement(new SheetData());
        Write(xml, header, isHeader: true);
        int count = 1;
        foreach (string[] row in rows)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (++count > MostRows) throw new InvalidOperationException(FormattableString.Invariant($"portfolio has more {name} than the {MostRows} rows of a sheet: write it as a folder or as JSON."));
            Write(xml, row, isHeader: false, header);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Write(OpenXmlWriter xml, string[] cells, bool isHeader, string[]? header = null)
    {
        xml.WriteStartElement(new Row());
        for (int index = 0; index < cells.Length; index++)
        {
            // An empty text still takes its place, so that the columns stay beneath their headers.
            if (!isHeader && IsNumber(header![index], cells[index])) xml.WriteElement(new Cell { CellValue = new CellValue(cells[index]) });
            else xml.WriteElement(new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(Escaped(cells[index])) { Space = SpaceProcessingModeValues.Preserve }) });
        }

        xml.WriteEndElement();
    }

    /// <summary>Identifiers and names are text whatever they look like; of the other columns what is a number that a sheet holds exactly.</summary>
    private static bool IsNumber(string column, string text) =>
        column is not ("id" or "name" or "channel" or "other" or "platform" or "target_universe" or "sub_brand" or "source" or "actor" or "publication" or "reply_to")
        && text.Length is > 0 and <= ExactDigits && char.IsAsciiDigit(text[^1]) && text.AsSpan().Trim("0123456789.").IsEmpty && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    /// <summary>A text as XML can hold it: other characters as _x0007_, as the format has it, and what looks like that already likewise.</summary>
    private static string Escaped(string text)
    {
        if (!text.Any(letter => letter < ' ' || letter is '\uFFFE' or '\uFFFF') && !text.Contains("_x", StringComparison.OrdinalIgnoreCase)) return text;
        var escaped = new System.Text.StringBuilder(text.Length + 16);
        for (int at = 0; at < text.Length; at++)
        {
            bool isEscape = text[at] == '_' && at + 6 < text.Length && text[at + 1] is 'x' or 'X' && text[at + 6] == '_';
            if (isEscape || text[at] is '\uFFFE' or '\uFFFF' || (text[at] < ' ' && text[at] is not ('\t' or '\n'))) escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)text[at]:X4}_");
            else escaped.Append(text[at]);
        }

        return escaped.ToString();
    }
}
