using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Engagement.Import.Tests;

/// <summary>A workbook made by hand, part by part, so that a test says just which bytes a reader meets.</summary>
internal sealed class WorkbookFile
{
    private readonly List<(string Name, string Rows)> _sheets = [];
    private readonly List<string> _shared = [];
    private readonly SortedDictionary<string, string> _parts = new(StringComparer.Ordinal);

    public bool From1904 { get; init; }

    /// <summary>Number formats of styles 1, 2 … : an id of a built-in one, or a code.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>A sheet whose rows are given as XML (<c>&lt;row&gt;</c> elements).</summary>
    public WorkbookFile Sheet(string name, string rows)
    {
        _sheets.Add((name, rows));
        return this;
    }

    /// <summary>A sheet of texts and numbers: what begins with # is a number as it stands in the file.</summary>
    public WorkbookFile Table(string name, params string[][] rows) => Sheet(name, string.Concat(rows.Select(row => $"<row>{string.Concat(row.Select(Cell))}</row>")));

    public WorkbookFile Shared(params string[] items)
    {
        _shared.AddRange(items);
        return this;
    }

    /// <summary>Another part, or one in place of what would be there.</summary>
    public WorkbookFile Part(string name, string content)
    {
        _parts[name] = content;
        return this;
    }

    public byte[] Bytes()
    {
        const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string Packages = "http://schemas.openxmlformats.org/package/2006";
        const string Sheets = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        var parts = new List<(string Name, string Content)>
        {
            ("[Content_Types].xml", $"""<Types xmlns="{Packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Sheets}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Sheets}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{Sheets}.sharedStrings+xml"/>{string.Concat(_sheets.Select((_, index) => $"""<Override PartName="/xl/worksheets/sheet{index + 1}.xml" ContentType="{Sheets}.worksheet+xml"/>"""))}</Types>"""),
            ("_rels/.rels", $"""<Relationships xmlns="{Packages}/relationships"><Relationship Id="r" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
            ("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><workbookPr{(From1904 ? " date1904=\"1\"" : "")}/><sheets>{string.Concat(_sheets.Select((sheet, index) => $"""<sheet name="{sheet.Name}" sheetId="{index + 1}" r:id="s{index + 1}"/>"""))}</sheets></workbook>"""),
            ("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Packages}/relationships">{string.Concat(_sheets.Select((_, index) => $"""<Relationship Id="s{index + 1}" Type="{Relations}/worksheet" Target="worksheets/sheet{index + 1}.xml"/>"""))}<Relationship Id="t" Type="{Relations}/styles" Target="styles.xml"/><Relationship Id="u" Type="{Relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"""),
            ("xl/styles.xml", Styles(Main)),
            ("xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{string.Concat(_shared.Select(item => $"<si>{item}</si>"))}</sst>"""),
        };
        parts.AddRange(_sheets.Select((sheet, index) => ($"xl/worksheets/sheet{index + 1}.xml", $"""<worksheet xmlns="{Main}"><sheetData>{sheet.Rows}</sheetData></worksheet>""")));
        parts.AddRange(_parts.Where(part => parts.All(known => known.Name != part.Key)).Select(part => (part.Key, part.Value)).ToArray());
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string content) in parts)
            {
                using Stream stream = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
                stream.Write(Encoding.UTF8.GetBytes(_parts.GetValueOrDefault(name, content)));
            }
        }

        return memory.ToArray();
    }

    private static string Cell(string text) => text.Length == 0 ? "<c/>" : text[0] == '#' ? $"<c><v>{text[1..]}</v></c>" : $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>";

    private string Styles(string space)
    {
        string[] codes = [.. Formats.Where(format => !int.TryParse(format, CultureInfo.InvariantCulture, out _))];
        string formats = string.Concat(codes.Select((code, index) => $"<numFmt numFmtId=\"{200 + index}\" formatCode=\"{code.Replace("\"", "&quot;", StringComparison.Ordinal)}\"/>"));
        string styles = string.Concat(Formats.Select(format => $"<xf numFmtId=\"{(int.TryParse(format, CultureInfo.InvariantCulture, out int id) ? id : 200 + Array.IndexOf(codes, format))}\"/>"));
        return $"<styleSheet xmlns=\"{space}\"><numFmts>{formats}</numFmts><cellXfs><xf numFmtId=\"0\"/>{styles}</cellXfs></styleSheet>";
    }
}
