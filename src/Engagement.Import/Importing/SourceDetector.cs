using System.Globalization;

namespace Engagement.Import;

/// <summary>Finds out which source and which tables a file is of, and says why.</summary>
internal static class SourceDetector
{
    /// <summary>How many rows may stand above a header: titles, periods, explanations.</summary>
    public const int MostRowsAboveHeader = 20;

    /// <summary>How many where the source is stated: a file may begin with tables of another one.</summary>
    public const int MostRowsOfOthers = 10_000;

    // Each row is held against every header of the source: of wide rows, few.
    private const int MostCellsOfOthers = 100_000;

    private const int SampledObjects = 200;

    /// <summary>The source to read a file as.</summary>
    /// <exception cref="ImportException">None fits, or several fit alike.</exception>
    public static (SourceMapping Source, string? Table, string Why) Detect(IRecordReader reader, MappingCatalogue catalogue, string? wanted)
    {
        string? table = null;
        SourceMapping[] candidates = [.. catalogue.All];
        if (wanted is not null)
        {
            string[] parts = wanted.Split('/', 2);
            candidates = [.. candidates.Where(source => source.Id.Equals(parts[0], StringComparison.OrdinalIgnoreCase))];
            table = parts.Length == 2 ? parts[1] : null;
            if (candidates.Length == 0 || (table is not null && candidates[0].Tables.All(item => item.Id != table))) throw Unknown(catalogue, wanted);
        }

        var best = new List<Candidate>();
        var samples = new List<string[]>();
        bool areObjects = false;
        string title = "";
        string? broken = null;
        foreach (SourceRecord record in Sample(reader, wanted is null ? MostRowsAboveHeader : MostRowsOfOthers, record => broken ??= string.Create(CultureInfo.InvariantCulture, $"line {record.Line} {record.Fault!.Rule}: {record.Fault.Cure}")))
        {
            areObjects = record is JsonRecord;
            string above = title;
            if (!areObjects) title = TitleOf(Texts(record)) ?? title;
            if (!areObjects && samples.Count < MostRowsAboveHeader) samples.Add(Texts(record));
            foreach (SourceMapping source in candidates)
            {
                foreach (TableMapping item in source.Tables.Where(item => table is null || item.Id == table))
                {
                    if (Score(record, item, above) is { } score) best.Add(new Candidate(source, item, score.Fields, score.Why));
                }
            }

            if (!areObjects && best.Count > 0) break;
        }

        // Whoever says that it is ActivityStreams has any JSON read as such: a document may be one without saying so.
        if (best.Count == 0 && areObjects && wanted is not null && candidates[0].Tables.FirstOrDefault(item => item.Shape == "activities") is not null) return (candidates[0], table, "as asked: it is JSON");
        if (best.Count == 0) throw NotRecognised(candidates, samples, areObjects, wanted, broken);
        int most = best.Max(candidate => candidate.Fields);
        Candidate[] top = [.. best.Where(candidate => candidate.Fields == most).DistinctBy(candidate => candidate.Source.Id, StringComparer.Ordinal)];
        if (top.Length > 1)
        {
            string names = string.Join(", ", top.Select(candidate => $"{candidate.Source.Id}/{candidate.Table.Id}"));
            throw new ImportException(new Fault(ImportCodes.Ambiguous, $"fits {names} alike", $"say which it is (--as {top[0].Source.Id})"), isQuestion: true);
        }

        string why = wanted is null ? $"recognised as {top[0].Source.Id}: {top[0].Why}" : $"as asked: {top[0].Why}";
        return (top[0].Source, table, why);
    }

    /// <summary>The table of a source that a row is the header of, with its fields bound; null when it is none.</summary>
    public static (TableMapping Table, FieldReader Fields)? HeaderOf(SourceMapping source, string? wanted, IReadOnlyList<string> cells, string title)
    {
        (TableMapping Table, FieldReader Fields)? best = null;
        foreach (TableMapping table in source.Tables.Where(table => table.Shape == "rows" && (wanted is null || table.Id == wanted)))
        {
            var fields = new FieldReader(table);
            if (fields.Bind(cells, title) && (best is null || fields.Found > best.Value.Fields.Found)) best = (table, fields);
        }

        return best;
    }

    public static string[] Texts(SourceRecord record) => [.. Enumerable.Range(0, record.Count).Select(index => record.Cell(index, out _))];

    /// <summary>The title that a row above a header is: its one text; null when it has none or several.</summary>
    public static string? TitleOf(IReadOnlyList<string> cells) =>
        cells.Where(cell => !string.IsNullOrWhiteSpace(cell)).Take(2).ToArray() is [var only] && !only.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? only.Trim() : null;

    private static (int Fields, string Why)? Score(SourceRecord record, TableMapping table, string title)
    {
        if (record is JsonRecord json)
        {
            if (table.Shape == "activities") return ActivityReader.Recognises(json.Element) is { } reason ? (1, reason) : null;
            if (table.Shape != "objects") return null;
            var reader = new FieldReader(table);
            return json.Objects().SelectMany(item => item.Each(table.Each)).Any(reader.Fits) ? (1 + table.Match.Length, $"it has objects with {string.Join(", ", table.Match.Select(field => table.Fields[field][0]).Where(name => name[0] != '#'))}") : null;
        }

        if (table.Shape != "rows") return null;
        var fields = new FieldReader(table);
        return record.Count > 0 && fields.Bind(Texts(record), title)
            ? (fields.Found, string.Create(CultureInfo.InvariantCulture, $"{fields.Found} of its {fields.Width} columns are columns of {table.Id}, among them {string.Join(", ", table.Match.Select(fields.HeaderOf))}"))
            : null;
    }

    private static IEnumerable<SourceRecord> Sample(IRecordReader reader, int mostRows, Action<SourceRecord> onBroken)
    {
        string? part = null;
        int ofPart = 0;
        int cells = 0;
        int objects = 0;
        while (objects < SampledObjects && reader.Read() is { } record)
        {
            if (record is JsonRecord)
            {
                objects++;
            }
            else
            {
                // The table may be on any sheet; a text file has one part, and ends the look.
                if (record.Part != part) (part, ofPart, cells) = (record.Part, 0, 0);
                cells += record.Count;
                if (ofPart++ >= mostRows || (ofPart > MostRowsAboveHeader && cells > MostCellsOfOthers))
                {
                    if (part.Length == 0) yield break;
                    continue;
                }
            }

            if (record.Fault is null) yield return record;
            else if (record is not JsonRecord) onBroken(record);
        }
    }

    private static ImportException Unknown(MappingCatalogue catalogue, string wanted)
    {
        string[] known = [.. catalogue.All.Select(source => source.Id), .. catalogue.All.SelectMany(source => source.Tables.Select(table => $"{source.Id}/{table.Id}"))];
        string cure = Suggestion.Nearest(wanted, known) is { } near ? $"write {near}" : $"write one of {string.Join(", ", catalogue.All.Select(source => source.Id))}";
        return new ImportException(new Fault(ImportCodes.UnknownSource, "must be a source that is known", cure), value: wanted, isQuestion: true);
    }

    private static ImportException NotRecognised(SourceMapping[] candidates, List<string[]> samples, bool areObjects, string? wanted, string? broken)
    {
        string what = wanted is null ? "must be an export of a source that is known" : $"must be an export of {wanted}";
        if (areObjects || samples.Count == 0)
        {
            return new ImportException(new Fault(ImportCodes.NotRecognised, areObjects ? $"{what}; no object in it is" : $"{what}; it has no rows", "see engagement import --list, or write a mapping of your own (docs/import.md)"));
        }

        // The table that misses the fewest columns says what is amiss.
        (string Table, string[] Missing, int Found)[] near =
        [
            .. from source in candidates
               from table in source.Tables.Where(table => table.Shape == "rows")
               from cells in samples
               let fields = new FieldReader(table)
               let _ = fields.Bind(cells)
               where fields.Found > 1
               select ($"{source.Id}/{table.Id}", table.Match.Where(field => !fields.Has(field)).Select(field => string.Join(" or ", table.Fields[field].Take(2))).ToArray(), fields.Found),
        ];
        string hint = broken ?? (samples.Exists(cells => Array.Exists(cells, cell => cell.Contains('\uFFFD', StringComparison.Ordinal))) ? "state its encoding (--encoding windows-1252), for its first rows are no UTF-8"
            : near.Length == 0 ? "see engagement import --list, or write a mapping of your own (docs/import.md)"
            : near.OrderByDescending(item => item.Found).ThenBy(item => item.Missing.Length).First() is var (name, missing, _) && missing.Length > 0 ? $"{name} is nearest, but the column {string.Join(" and ", missing)} is missing"
            : "see engagement import --list, or write a mapping of your own (docs/import.md)");
        string header = string.Join(", ", samples.OrderByDescending(cells => cells.Length).First().Take(8));
        return new ImportException(new Fault(ImportCodes.NotRecognised, $"{what}; its columns are {Core.Guard.Excerpt(header)}", hint));
    }

    private readonly record struct Candidate(SourceMapping Source, TableMapping Table, int Fields, string Why);
}
