using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Engagement.Import;

/// <summary>Reads the sheets of a workbook one after another, row by row. Cells are read as the file has them: nothing passes through floating point that need not.</summary>
internal sealed class WorkbookReader : IRecordReader
{
    /// <summary>The most characters of the texts that cells share, which are held in memory.</summary>
    private const long MostSharedText = 1 << 26;

    private const int MostRows = 1 << 20;

    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true };

    private readonly Stream _stream;
    private readonly ImportLimits _limits;
    private readonly SpreadsheetDocument _document;
    private readonly WorkbookCells _cells;
    private readonly Queue<(string Name, WorksheetPart Part)> _sheets = new();
    private XmlReader? _sheet;
    private PartStream? _bytes;
    private string _name = "";
    private long _row;

    public WorkbookReader(Stream stream, ImportLimits limits)
    {
        (_stream, _limits) = (stream, limits);
        _document = Sound(() => SpreadsheetDocument.Open(stream, isEditable: false, new OpenSettings { MaxCharactersInPart = limits.RowBytes }));
        try
        {
            _cells = Sound(Prepare);
        }
        catch
        {
            _document.Dispose();
            throw;
        }
    }

    public SourceRecord? Read() => Sound(Next);

    public void Dispose()
    {
        _sheet?.Dispose();
        _document.Dispose();
        _stream.Dispose();
    }

    /// <summary>Whatever a library throws at a damaged file is the one declared exception.</summary>
    private static T Sound<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not (ImportException or OutOfMemoryException or OperationCanceledException or UnauthorizedAccessException) && (exception is not IOException || exception is EndOfStreamException))
        {
            throw WorkbookFence.Damaged($"cannot be read ({Core.Guard.Excerpt(exception.Message.Split('\n')[0])})", exception);
        }
    }

    private WorkbookCells Prepare()
    {
        WorkbookPart workbook = _document.WorkbookPart ?? throw WorkbookFence.Damaged("has no workbook");
        var cells = new WorkbookCells(workbook);
        if (workbook.SharedStringTablePart is { } shared) ReadShared(shared, cells);
        foreach (Sheet sheet in workbook.Workbook?.Sheets?.Elements<Sheet>() ?? [])
        {
            // A sheet that is a chart has no cells.
            if (sheet.Id?.Value is { } id && workbook.TryGetPartById(id, out OpenXmlPart? part) && part is WorksheetPart worksheet) _sheets.Enqueue((sheet.Name?.Value ?? "", worksheet));
        }

        if (_sheets.Count == 0) throw WorkbookFence.Damaged("has no sheet");
        return cells;
    }

    private void ReadShared(SharedStringTablePart part, WorkbookCells cells)
    {
        using XmlReader xml = Open(part);
        long characters = 0;
        while (Step(xml))
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "si" }) continue;
            string text = TextWithin(xml);
            if (text.Contains("_x", StringComparison.Ordinal)) text = XmlConvert.DecodeName(text)!;
            characters += text.Length + 16;
            if (characters > MostSharedText) throw new ImportException(new Fault(ImportCodes.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"must have at most {MostSharedText} characters of text in its cells"), "split it, or save it as CSV"));
            cells.Share(text);
        }
    }

    private WorkbookRow? Next()
    {
        while (true)
        {
            if (_sheet is null)
            {
                if (!_sheets.TryDequeue(out (string Name, WorksheetPart Part) next)) return null;
                (_name, _row, _sheet) = (next.Name, 0, Open(next.Part));
            }

            while (Step(_sheet))
            {
                if (_sheet is { NodeType: XmlNodeType.Element, LocalName: "row" }) return Row(_sheet);
            }

            _sheet.Dispose();
            _sheet = null;
        }
    }

    private WorkbookRow Row(XmlReader xml)
    {
        long number = xml.GetAttribute("r") is { } stated ? long.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out long parsed) ? parsed : 0 : _row + 1;
        if (number <= _row || number > MostRows) throw WorkbookFence.Damaged($"has a row out of order in the sheet {Core.Guard.Excerpt(_name)} after row {_row.ToString(CultureInfo.InvariantCulture)}");
        _row = number;
        var row = new WorkbookRow(_name, number);
        if (xml.IsEmptyElement) return row;
        int depth = xml.Depth;
        int column = -1;
        while (Step(xml) && xml.Depth > depth)
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" }) continue;
            column = xml.GetAttribute("r") is { } reference ? ColumnOf(reference) : column + 1;
            Cell(xml, row, column);
        }

        return row;
    }

    private void Cell(XmlReader xml, WorkbookRow row, int column)
    {
        string? type = xml.GetAttribute("t");
        int style = int.TryParse(xml.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : -1;
        string? value = null;
        bool isFormula = false;
        int depth = xml.Depth;
        if (!xml.IsEmptyElement)
        {
            while (Step(xml) && xml.Depth > depth)
            {
                if (xml.NodeType is not XmlNodeType.Element) continue;
                if (xml.LocalName is "v" or "is") value = TextWithin(xml);
                else if (xml.LocalName is "f") isFormula = true;
            }
        }

        (string text, bool isNumber, Fault? fault) = _cells.Read(type, style, value, isFormula);
        row.Put(column, text, isNumber, fault, _limits);
    }

    /// <summary>The text of an element: its own, or that of the runs within it, without how they are pronounced.</summary>
    private string TextWithin(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        int depth = xml.Depth;
        var text = new StringBuilder();
        int spoken = int.MaxValue;
        while (Step(xml) && xml.Depth > depth)
        {
            if (xml.Depth <= spoken) spoken = int.MaxValue;
            if (xml.NodeType is XmlNodeType.Element && xml.LocalName is "rPh" && !xml.IsEmptyElement) spoken = xml.Depth;
            if (spoken < int.MaxValue || xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)) continue;
            text.Append(xml.Value);
            if (text.Length > _limits.FieldBytes) throw new ImportException(new Fault(ImportCodes.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"must have a field of at most {_limits.FieldBytes} bytes"), "shorten the text, or raise the limit"), _row == 0 ? null : _row);
        }

        return text.ToString();
    }

    private static int ColumnOf(string reference)
    {
        int column = 0;
        int letters = 0;
        while (letters < reference.Length && char.IsAsciiLetter(reference[letters]) && letters < 3) column = (column * 26) + (char.ToUpperInvariant(reference[letters++]) - 'A') + 1;
        return letters > 0 ? column - 1 : throw WorkbookFence.Damaged("has a cell without a place");
    }

    private XmlReader Open(OpenXmlPart part)
    {
        _bytes = new PartStream(part.GetStream(FileMode.Open, FileAccess.Read), _limits.RowBytes);
        return XmlReader.Create(_bytes, Strict);
    }

    private bool Step(XmlReader xml)
    {
        _bytes!.Allow();
        return xml.Read();
    }

    /// <summary>Stops a reader that swallows more bytes than a row may have without coming to the end of a name, a text or a tag.</summary>
    private sealed class PartStream(Stream inner, int most) : Stream
    {
        private long _sinceAllowed;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void Allow() => _sinceAllowed = 0;

        public override int Read(Span<byte> buffer)
        {
            int read = inner.Read(buffer);
            _sinceAllowed += read;
            if (_sinceAllowed > most) throw new ImportException(new Fault(ImportCodes.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"must have no text or tag of more than {most} bytes"), "split it, or raise the limit"));
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
