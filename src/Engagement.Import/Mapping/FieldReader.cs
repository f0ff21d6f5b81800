namespace Engagement.Import;

/// <summary>The fields of a table in the current record: bound to columns once for rows with a header, looked up by name for objects.</summary>
internal sealed class FieldReader
{
    /// <summary>The name of the line above a header in mappings.</summary>
    public const string Title = "#title";

    private readonly TableMapping _table;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _headers = new(StringComparer.Ordinal);
    private readonly bool _areObjects;
    private readonly NumberMapping _plain;
    private readonly NumberMapping _plainGerman;
    private SourceRecord _record = null!;

    public FieldReader(TableMapping table) => (_table, _areObjects, _plain, _plainGerman) = (table, table.Shape != "rows", table.Numbers with { Decimal = ".", IsTyped = true }, table.Numbers with { Decimal = ".", GermanDecimal = "." });

    /// <summary>Whether the numbers are written the German way: more German headers were found than others.</summary>
    public bool IsGerman { get; private set; }

    /// <summary>How many columns the header has.</summary>
    public int Width { get; private set; }

    /// <summary>How many fields were found in the header.</summary>
    public int Found => _columns.Count;

    /// <summary>The columns of the header of which the table reads nothing.</summary>
    public IReadOnlyList<string> Unused { get; private set; } = [];

    /// <summary>Binds the fields to the columns of a header; false when the header is not one of this table.</summary>
    /// <param name="header">The cells.</param>
    /// <param name="title">The line above them; empty when there is none.</param>
    public bool Bind(IReadOnlyList<string> header, string title = "")
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int index = 0; index < header.Count; index++)
        {
            if (header[index].Length > 0) columns.TryAdd(HeaderName.Normal(header[index]), index);
        }

        HashSet<string> read = _table.FieldsRead;
        var used = new HashSet<int>();
        int german = 0;
        int other = 0;
        foreach ((string field, string[] names) in _table.Fields)
        {
            foreach ((string name, bool isGerman) in names.Select(HeaderName.Known))
            {
                if (!columns.TryGetValue(HeaderName.Normal(name), out int index)) continue;
                _columns[field] = index;
                _headers[field] = header[index];
                if (read.Contains(field)) used.Add(index);
                if (isGerman) german++;
                else other++;
                break;
            }
        }

        IsGerman = german > other;
        Width = header.Count;
        Unused = [.. header.Select((name, index) => used.Contains(index) ? "" : columns.TryGetValue(HeaderName.Normal(name), out int first) && used.Contains(first) ? $"{name} (once more)" : name).Where(name => name.Length > 0)];
        return _table.Match.Length > 0 && _table.Match.All(_columns.ContainsKey) && !_table.Without.Any(_columns.ContainsKey) && (!_table.Where.TryGetValue(Title, out string[]? titles) || Matches(title, titles));
    }

    /// <summary>Whether an object is one of this table.</summary>
    public bool Fits(SourceRecord record)
    {
        _record = record;
        return _table.Match.Length > 0 && _table.Match.All(Has) && !_table.Without.Any(Has) && _table.Where.All(condition => Matches(Value(condition.Key) ?? "", condition.Value));
    }

    public void Begin(SourceRecord record) => _record = record;

    public bool Has(string field) => _areObjects ? Value(field) is not null : _columns.ContainsKey(field);

    /// <summary>The header that a field was found under; the field itself for objects.</summary>
    public string HeaderOf(string field) => _headers.GetValueOrDefault(field, field);

    /// <summary>The text of a field; empty when there is none.</summary>
    public string Text(string field, out Fault? fault)
    {
        fault = null;
        if (_areObjects) return Value(field) ?? "";
        if (!_columns.TryGetValue(field, out int index)) return "";
        string text = _record.Cell(index, out fault);
        return _table.IsOurs && _record.IsForSpreadsheets ? FormulaGuard.Restored(text) : text;
    }

    /// <summary>How the number in a field is written: as its source does under headers of that language, or as such, where the file tells numbers from texts.</summary>
    public (NumberMapping Numbers, bool IsGerman) WritingOf(string field) =>
        !_areObjects && _columns.TryGetValue(field, out int index) && _record.IsNumber(index) ? (_plain, false)
        : (_table.Numbers.Plain.Contains(field, StringComparer.Ordinal) ? _plainGerman : _table.Numbers, IsGerman);

    /// <summary>Whether a text is one of those allowed; one that ends with * is a beginning, an empty one is blank.</summary>
    public static bool Matches(string text, string[] allowed)
    {
        text = text.Trim();
        return allowed.Any(word => word.Length > 0 && word[^1] == '*' ? text.Length > 0 && text.StartsWith(word[..^1], StringComparison.OrdinalIgnoreCase) : text.Equals(word, StringComparison.OrdinalIgnoreCase));
    }

    private string? Value(string field)
    {
        foreach (string name in _table.Fields.GetValueOrDefault(field, []))
        {
            if (_record.Cell(name) is { } text) return text;
        }

        return null;
    }
}
