using System.Globalization;

namespace Engagement.Import;

/// <summary>Takes the records of a file: finds the header of each part, maps, checks and merges row by row, and sets aside what is not sound.</summary>
internal sealed class RowPipeline
{
    private const int ColumnsShown = 40;

    private static readonly Fault NoHeader = new(ImportCodes.NotRecognised, "has a part without a header that the source knows", "import it as another source, or leave the part out");

    private readonly ImportRequest _request;
    private readonly SourceMapping _source;
    private readonly string? _wanted;
    private readonly FactStore _store;
    private readonly RejectsWriter _rejects;
    private readonly RowTally _tally;
    private readonly FileProgress _progress;
    private readonly Lazy<string> _defaultChannel;
    private readonly Dictionary<string, (FieldReader Fields, RowMapper Mapper, TableMapping Table)> _objects = new(StringComparer.Ordinal);
    private readonly List<RowMapper> _mappers = [];
    private readonly SortedDictionary<string, string[]> _leftOut = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly List<string> _tablesRead = [];
    private readonly ActivityReader? _activities;
    private (FieldReader Fields, RowMapper Mapper, TableMapping Table)? _current;
    private string? _part;
    private string _title = "";
    private bool _isSection;
    private int _aboveHeader;

    public RowPipeline(ImportRequest request, SourceMapping source, string? wanted, FactStore store, RejectsWriter rejects, RowTally tally, FileProgress progress, Lazy<string> defaultChannel)
    {
        (_request, _source, _wanted, _store, _rejects, _tally, _progress, _defaultChannel) = (request, source, wanted, store, rejects, tally, progress, defaultChannel);
        foreach (TableMapping table in source.Tables.Where(table => wanted is null || table.Id == wanted))
        {
            if (table.Shape == "activities") _activities = new ActivityReader(source, table, request, defaultChannel, tally);
            if (table.Shape != "objects") continue;
            var fields = new FieldReader(table);
            _objects.Add(table.Id, (fields, new RowMapper(source, table, fields, request, store, defaultChannel), table));
        }
    }

    /// <summary>The tables of which rows were read.</summary>
    public IReadOnlyList<string> TablesRead => _tablesRead;

    public IEnumerable<KeyValuePair<string, long>> Missing => AllMappers.SelectMany(mapper => mapper.Missing).GroupBy(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal).Select(group => KeyValuePair.Create(group.Key, group.Sum()));

    public IEnumerable<ImportCheck> Checks => AllMappers.SelectMany(mapper => mapper.Checks).Where(check => check.Compared > 0);

    public IEnumerable<string> Notes
    {
        get
        {
            foreach ((string id, string[] columns) in _leftOut) yield return string.Create(CultureInfo.InvariantCulture, $"{columns.Length} columns of which {_source.Id}/{id} reads nothing: {Excerpt(columns)}");
            foreach (IGrouping<string, KeyValuePair<string, long>> unknown in AllMappers.SelectMany(mapper => mapper.Unknown).GroupBy(entry => entry.Key, StringComparer.Ordinal)) yield return string.Create(CultureInfo.InvariantCulture, $"{unknown.Sum(entry => entry.Value)} values of {Core.Guard.Excerpt(unknown.Key)} were left out: the mapping does not know what it counts, or it is no single number");
            string[] accounts = [.. AllMappers.SelectMany(mapper => mapper.Accounts).Distinct(StringComparer.Ordinal)];
            if (accounts.Length > 1) yield return $"the rows are of several accounts ({Excerpt(accounts)}), and all went into one channel: to tell them apart, split the file by account and name each one's channel (--channel)";
            long corrections = AllMappers.Sum(mapper => mapper.Corrections);
            if (corrections > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{corrections} negative numbers are corrections of what the source counted before: kept in measurements.csv and flagged");
            foreach (TableMapping table in _source.Tables.Where(table => _tablesRead.Contains(table.Id, StringComparer.Ordinal)))
            {
                if (table.Times.Approximate is { } approximate) yield return $"times are approximate: {approximate}";
                if (table.Note is { } note) yield return note;
            }
        }
    }

    private IEnumerable<RowMapper> AllMappers => _mappers.Concat(_objects.Values.Select(entry => entry.Mapper));

    public void Take(SourceRecord record)
    {
        if (record is JsonRecord json) TakeObjects(json);
        else TakeRow(record);
    }

    /// <summary>Settles what the end of the file shows.</summary>
    public void End()
    {
        NotePart();
        if (_part is not null && _current is null && _tablesRead.Count == 0) throw new ImportException(NoHeader);
    }

    private void TakeRow(SourceRecord record)
    {
        if (record.Part != _part)
        {
            NotePart();
            (_part, _current, _aboveHeader, _title, _isSection) = (record.Part, null, 0, "", false);
        }

        if (_current is null)
        {
            FindHeader(record);
            return;
        }

        (FieldReader fields, RowMapper mapper, TableMapping table) = _current.Value;
        if (table.Where.ContainsKey(FieldReader.Title) && record.Fault is null && SourceDetector.TitleOf(SourceDetector.Texts(record)) is { } title && !IsTime(title, table))
        {
            // A table that is known by the line above it may be followed by another one; a day without a value is no title.
            (_current, _aboveHeader, _isSection) = (null, 0, true);
            FindHeader(record);
            return;
        }

        if ((record.Fault ?? Shape(record, fields)) is { } fault)
        {
            mapper.Pass();
            Reject(record, fault);
        }
        else if (!IsBlank(record))
        {
            TakeMapped(record, mapper, table);
        }
    }

    /// <summary>Says of a sheet that has no table of the source how much of it was left out.</summary>
    private void NotePart()
    {
        if (_part is { Length: > 0 } && _current is null && _aboveHeader > 0) _tally.Note(string.Create(CultureInfo.InvariantCulture, $"the sheet {Core.Guard.Excerpt(_part)} has no table that the source knows: its {_aboveHeader} rows were left out"));
    }

    private void FindHeader(SourceRecord record)
    {
        if (_aboveHeader++ >= (_request.Source is null ? SourceDetector.MostRowsAboveHeader : SourceDetector.MostRowsOfOthers) && !_isSection) return;
        if (record.Fault is not null) return;
        string[] cells = SourceDetector.Texts(record);
        if (SourceDetector.HeaderOf(_source, _wanted, cells, _title) is not { } found)
        {
            if (SourceDetector.TitleOf(cells) is { } title) _title = title;
            else if (_isSection && !IsBlank(record)) Reject(record, NoHeader);
            return;
        }

        if (!_isSection && _aboveHeader > SourceDetector.MostRowsAboveHeader) _tally.Note(string.Create(CultureInfo.InvariantCulture, $"the {_aboveHeader - 1} rows above the first header that the source knows were left out: what is of another source has to be imported as such"));
        var mapper = new RowMapper(_source, found.Table, found.Fields, _request, _store, _defaultChannel, _title);
        _mappers.Add(mapper);
        _current = (found.Fields, mapper, found.Table);
        LeaveOut(found.Table, found.Fields.Unused);
        if (!_tablesRead.Contains(found.Table.Id, StringComparer.Ordinal)) _tablesRead.Add(found.Table.Id);
    }

    private void TakeObjects(JsonRecord record)
    {
        if (record.Fault is { } fault)
        {
            Reject(record, fault);
            return;
        }

        if (_activities is not null)
        {
            if (_tablesRead.Count == 0) _tablesRead.Add(_activities.Table.Id);
            foreach ((MappedRow row, JsonRecord activity) in _activities.Read(record)) Merge(activity, row);
            return;
        }

        foreach (JsonRecord item in record.Objects(IsOfOthers))
        {
            if (item.Fault is { } broken)
            {
                Reject(item, broken);
                continue;
            }

            (FieldReader Fields, RowMapper Mapper, TableMapping Table)? best = null;
            foreach ((FieldReader Fields, RowMapper Mapper, TableMapping Table) entry in _objects.Values)
            {
                if (entry.Table.Each is null && entry.Fields.Fits(item) && (best is null || entry.Table.Match.Length > best.Value.Table.Match.Length)) best = entry;
            }

            if (best is not null) TakeObject(item, best.Value);
            foreach ((FieldReader Fields, RowMapper Mapper, TableMapping Table) entry in _objects.Values.Where(entry => entry.Table.Each is not null))
            {
                foreach (JsonRecord element in item.Each(entry.Table.Each).Where(entry.Fields.Fits)) TakeObject(element, entry);
            }
        }
    }

    /// <summary>Whether an object is a post of somebody else: within a post of another account, which shared or quoted it, or where the source puts what posts refer to.</summary>
    private bool IsOfOthers(JsonRecord item)
    {
        if (item.Holder is null) return false;
        foreach ((FieldReader fields, RowMapper mapper, TableMapping table) in _objects.Values.Where(entry => entry.Table.Each is null && entry.Fields.Fits(item)))
        {
            // An account beside posts is one of ours where its posts are.
            bool isOfOthers = table.Outside.Any(item.IsIn) && !(mapper.AccountOf(item) is { Length: > 0 } account && _store.IsAuthor(account));
            if (!isOfOthers && mapper.OwnerOf(item) is { Length: > 0 } owner)
            {
                JsonRecord? around = item.Holder;
                while (around is not null && !fields.Fits(around)) around = around.Holder;
                isOfOthers = around is not null && mapper.OwnerOf(around) is { Length: > 0 } other && other != owner;
            }

            if (!isOfOthers) continue;
            _tally.Skip();
            _tally.Count(mapper.AccountOf(item).Length > 0 ? "accounts that are only named by these were left out" : "posts that are only shared, quoted or named by these were left out");
            return true;
        }

        return false;
    }

    private void TakeObject(JsonRecord item, (FieldReader Fields, RowMapper Mapper, TableMapping Table) entry)
    {
        if (!_tablesRead.Contains(entry.Table.Id, StringComparer.Ordinal)) _tablesRead.Add(entry.Table.Id);
        if (item.Columns.Length > 0) LeaveOut(entry.Table, item.Columns.Except(entry.Table.Fields.Values.SelectMany(names => names), StringComparer.Ordinal));
        TakeMapped(item, entry.Mapper, entry.Table);
    }

    private static bool IsTime(string text, TableMapping table) => SourceTimes.Read(text, table.Times, NodaTime.DateTimeZone.Utc, out _, out _) is null;

    private void LeaveOut(TableMapping table, IEnumerable<string> columns)
    {
        string[] all = [.. _leftOut.GetValueOrDefault(table.Id, []).Union(columns, StringComparer.Ordinal)];
        if (all.Length > 0) _leftOut[table.Id] = all;
    }

    private void TakeMapped(SourceRecord record, RowMapper mapper, TableMapping table)
    {
        if (mapper.IsSkipped(record)) _tally.Skip();
        else if (mapper.KeyOf(record) is { } key && !_keys.Add($"{table.Id}\u001F{key}")) _tally.Repeat();
        else Merge(record, mapper.Map(record));
    }

    private void Merge(SourceRecord record, MappedRow row)
    {
        bool? isNew = row.Fault is null && row.HasFacts ? _store.Merge(row, _tally.IsKnown) : null;
        if (row.Fault is not null)
        {
            _tally.Reject(record, row.FaultColumn, row.FaultValue, row.Fault);
            _rejects.Add(record, row);
        }
        else if (isNew == true || (!_tally.IsKnown && (row.IsNote || !row.HasFacts)))
        {
            if (!row.IsNote && !row.HasFacts) _tally.Count("rows that state no fact of a portfolio");
            _tally.Take();
            _progress.HasMerged = true;
        }
        else
        {
            _tally.Repeat();
        }
    }

    private void Reject(SourceRecord record, Fault fault)
    {
        _tally.Reject(record, null, null, fault);
        _rejects.Add(record.Line, record.Part, fault, null, null, record.Original());
    }

    /// <summary>The names of columns for a note; a file may have thousands.</summary>
    private static string Excerpt(string[] columns) => string.Join(", ", columns.Take(ColumnsShown).Select(column => Core.Guard.Excerpt(column))) + (columns.Length > ColumnsShown ? " …" : "");

    private static bool IsBlank(SourceRecord record) => Enumerable.Range(0, record.Count).All(index => record.Cell(index, out _).AsSpan().Trim().IsEmpty);

    /// <summary>A row with more or fewer fields than the header is not read half; blank fields at its end do not count.</summary>
    private static Fault? Shape(SourceRecord record, FieldReader fields)
    {
        if (record.Count == fields.Width || (record.IsPadded && record.Count < fields.Width)) return null;
        if (record.Count > fields.Width && Enumerable.Range(fields.Width, record.Count - fields.Width).All(index => record.Cell(index, out _).Length == 0)) return null;
        if (record.Count == 1 && record.Cell(0, out _).AsSpan().Trim().IsEmpty) return null;
        return new Fault(ImportCodes.FieldCount, string.Create(CultureInfo.InvariantCulture, $"must have {fields.Width} fields like the header, not {record.Count}"), "put a field that holds the separator in quotes");
    }
}
