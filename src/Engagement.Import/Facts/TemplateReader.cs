using System.Buffers;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Import;

/// <summary>What a row says where a template of the mapping asks it: texts, moments, its own name. What cannot be read refuses the row.</summary>
internal sealed class TemplateReader
{
    /// <summary>The name of the digest of a row in mappings.</summary>
    public const string RowDigest = "#row";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.,");

    private static readonly Fault RoundedId = new(ImportCodes.DigitsLost, "is an identifier that a spreadsheet has rounded", "export it again, and do not save it with a spreadsheet");

    private readonly TableMapping _table;
    private readonly FieldReader _fields;
    private readonly DateTimeZone? _zone;
    private readonly LocalDate? _asOf;
    private readonly string _title;
    private readonly DigestSet _rowsSeen = new();
    private readonly Dictionary<ulong, int> _repeats = [];
    private readonly string[] _namingFields;
    private string? _digest;

    public TemplateReader(SourceMapping source, TableMapping table, FieldReader fields, ImportRequest request, string title)
    {
        (_table, _fields, _asOf, _title) = (table, fields, request.AsOf, title);
        _zone = table.Times.Zone == "ask" ? request.Zone : DateTimeZoneProviders.Tzdb[table.Times.Zone];
        Source = $"{source.Id}/{table.Id}";

        // The number of a row that is replied to is another in each file that holds the same fact.
        _namingFields = [.. table.Fields.Keys.Except(table.Facts.Where(fact => fact.RepliesByRow).SelectMany(fact => Template.FieldsOf(fact.ReplyTo)), StringComparer.Ordinal)];
        if (table.Shape == "rows" && table.Facts.Any(fact => fact.RepliesByRow && Template.FieldsOf(fact.ReplyTo).Any(fields.Has))) Names = new RowNames();
    }

    /// <summary>The facts of the row in hand.</summary>
    public MappedRow Row { get; private set; } = null!;

    /// <summary>The table that the row is of, as facts name where they come from.</summary>
    public string Source { get; }

    /// <summary>The rows so far; null where none of the table points to another by its number.</summary>
    public RowNames? Names { get; }

    public MappedRow Begin(SourceRecord record)
    {
        _fields.Begin(record);
        _digest = null;
        return Row = new MappedRow();
    }

    /// <summary>A row that no fact is named after has its number all the same.</summary>
    public void End()
    {
        if (_digest is null) Pass();
    }

    /// <summary>A row that is not mapped has its number all the same.</summary>
    public void Pass() => Names?.Add(0, 0);

    public string Fill(string template) => Template.Fill(template, field => field switch { RowDigest => _digest ??= DigestOf(), FieldReader.Title => _title, _ => Cell(field).Trim() }, TimeOf);

    public string Cell(string field)
    {
        string text = _fields.Text(field, out Fault? fault);
        if (fault is not null) Row.Refuse(fault, _fields.HeaderOf(field), text);
        return text;
    }

    /// <summary>The column that a template names first; null where it names none.</summary>
    public string? Column(string? template) => Template.FieldsOf(template).FirstOrDefault() is { } field && field[0] != '#' ? _fields.HeaderOf(field) : null;

    /// <summary>The moment at which a stock was counted: the row's own, else the start of the day that the user passed.</summary>
    public Instant? MomentOfStock(string? template)
    {
        if (template is not null) return Moment(template, isRequired: true);
        if (_asOf is not { } day) return null;
        if (_zone is null) throw new ImportException(new Fault(ImportCodes.ZoneNeeded, "is a day, and its clock is not known", "pass the zone (--zone Europe/Berlin)"), isQuestion: true);
        return _zone.AtStartOfDay(day).ToInstant();
    }

    public Instant? Moment(string template, bool isRequired)
    {
        string text = Fill(template);
        if (text.Length == 0)
        {
            if (isRequired) Row.Refuse(new Fault(ImportCodes.ValueMissing, "must have a time", "correct it at its source"), Column(template));
            return null;
        }

        try
        {
            if (SourceTimes.Read(text, _table.Times, _zone, out Instant moment, out _) is not { } fault) return moment;
            Row.Refuse(fault, Column(template), text);
            return null;
        }
        catch (ImportException exception) when (exception.IsQuestion && exception.Value is null)
        {
            throw new ImportException(exception.Fault, exception.Line, Column(template), text, isQuestion: true);
        }
    }

    /// <summary>Whether an identifier is no longer one, and its row refused: of 1.18E+18 several have become one.</summary>
    public bool IsRoundedId(string id, string? template)
    {
        int exponent = id.IndexOf("E+", StringComparison.OrdinalIgnoreCase);
        if (exponent <= 0 || id.Length <= exponent + 2 || id.AsSpan(exponent + 2).ContainsAnyExceptInRange('0', '9') || id.AsSpan(0, exponent).ContainsAnyExcept(Digits)) return false;
        Row.Refuse(RoundedId, Column(template), id);
        return true;
    }

    /// <summary>A time by ISO 8601: in a name, so that a sheet that is saved with its days written another way names the same.</summary>
    private string TimeOf(string text)
    {
        if (SourceTimes.Read(text, _table.Times, DateTimeZone.Utc, out Instant at, out _) is not null) return text;
        LocalDateTime time = at.InUtc().LocalDateTime;
        return time.TimeOfDay == LocalTime.Midnight ? LocalDatePattern.Iso.Format(time.Date) : LocalDateTimePattern.GeneralIso.Format(time);
    }

    /// <summary>A name for a row that has none: the digest of its fields, and which of its equals it is, so that two equal rows stay two and the same file again adds nothing.</summary>
    private string DigestOf()
    {
        ulong digest = DigestSet.Of(string.Join('\u001F', _namingFields.Select(field => _fields.Text(field, out _))));
        int repeat = _rowsSeen.Add(digest) ? 1 : _repeats[digest] = _repeats.GetValueOrDefault(digest, 1) + 1;
        Names?.Add(digest, repeat);
        return RowNames.Of(digest, repeat);
    }
}
