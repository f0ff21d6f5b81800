using System.Collections.Frozen;
using System.Text;
using CsvHelper;
using Engagement.Core;
using NodaTime;

namespace Engagement.Import;

/// <summary>The current row of a table. Each getter gives the value of a cell or reports what is wrong with it; a row with anything wrong <see cref="IsBroken"/>.</summary>
internal sealed class CsvRow
{
    private readonly string _file;
    private readonly CsvReader _reader;
    private readonly FrozenDictionary<string, int> _columns;
    private const int Kept = 1_024;

    private readonly FindingList _findings;

    // Of each column some texts that came before: a log names its channels, kinds and actors over and over, and the reader's own pool costs more than it spares.
    private readonly string?[][] _texts;

    public CsvRow(string file, CsvReader reader, FrozenDictionary<string, int> columns, FindingList findings)
    {
        (_file, _reader, _columns, _findings) = (file, reader, columns, findings);
        _texts = [.. Enumerable.Range(0, columns.Count).Select(_ => new string?[Kept])];
    }

    public long Line => _reader.LineNumber;

    public bool IsBroken { get; private set; }

    public void Begin() => IsBroken = false;

    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>The text of a cell; empty when the file has no such column.</summary>
    public string Text(string column) => _columns.TryGetValue(column, out int index) ? Text(index) : "";

    public string Identifier(string column) => Checked(column, Texts.Identifier);

    public string? IdentifierOrNone(string column) => Text(column).Length == 0 ? null : Identifier(column);

    /// <summary>Identifiers separated by semicolons; none in an empty cell.</summary>
    public IReadOnlyList<string> Identifiers(string column)
    {
        string text = FormulaGuard.Restored(Text(column));
        if (text.Length == 0) return [];
        IReadOnlyList<string>? identifiers = IdentifierList.Read(text);
        if (identifiers is null) Note(column, text, new Fault(Codes.InvalidIdentifier, "must close its quotes", "put an identifier with a semicolon into quotes, and separate several by semicolons"));
        foreach (string identifier in identifiers ?? []) Note(column, text, Texts.Identifier(identifier));
        return identifiers ?? [];
    }

    public string Name(string column) => Checked(column, Texts.Name);

    public string? NameOrNone(string column) => Text(column).Length == 0 ? null : Name(column);

    public T Word<T>(string column)
        where T : struct, Enum
    {
        string text = Text(column);
        T word = default;
        Note(column, text, text.Length == 0 ? Texts.Missing : Words<T>.Read(text, out word));
        return word;
    }

    public Count Count(string column)
    {
        string text = Text(column);
        Note(column, text, Counts.Read(text, out Count count));
        return count;
    }

    public Instant Moment(string column, DateTimeZone zone)
    {
        string text = Text(column);
        Instant moment = default;
        Note(column, text, text.Length == 0 ? Texts.Missing : Times.Moment(text, zone, out moment));
        return moment;
    }

    public LocalDate Date(string column)
    {
        string text = Text(column);
        LocalDate date = default;
        Note(column, text, text.Length == 0 ? Texts.Missing : Times.Date(text, out date));
        return date;
    }

    public LocalDate? DateOrNone(string column) => Text(column).Length == 0 ? null : Date(column);

    public Duration? HoursOrNone(string column)
    {
        string text = Text(column);
        if (text.Length == 0) return null;
        Note(column, text, Numbers.Hours(text, out Duration time));
        return time;
    }

    public decimal? AmountOrNone(string column)
    {
        string text = Text(column);
        if (text.Length == 0) return null;
        Note(column, text, Numbers.Amount(text, out decimal amount));
        return amount;
    }

    /// <summary>Reports a fault, if there is one, in a cell of this row.</summary>
    public void Note(string column, string? text, Fault? fault)
    {
        if (fault is null) return;
        IsBroken = true;
        _findings.Error(new Place(_file, Line, column), fault, string.IsNullOrEmpty(text) ? null : text);
    }

    private string Text(int index)
    {
        ReadOnlySpan<byte> bytes = _reader.GetSpan(index);
        if (bytes.IsEmpty) return "";
        uint hash = 0;
        unchecked
        {
            foreach (byte one in bytes) hash = (hash * 31) + one;
        }

        ref string? kept = ref _texts[index][hash % Kept];
        if (kept is null || !Ascii.Equals(bytes, kept)) kept = Encoding.UTF8.GetString(bytes);
        return kept;
    }

    /// <summary>An identifier or a name, without the apostrophe that keeps spreadsheets from running it.</summary>
    private string Checked(string column, Func<string, Fault?> check)
    {
        string text = FormulaGuard.Restored(Text(column));
        Note(column, text, check(text));
        return text;
    }
}
