using Engagement.Core;

namespace Engagement.Import;

/// <summary>Counts what becomes of the rows of a file.</summary>
internal sealed class RowTally(SourceMapping source, string? table, string file, bool isKnown)
{
    private const int Kept = 100;

    private readonly List<(string Part, long Line, string? Column, string? Value, Fault Fault)> _firstRejects = [];
    private readonly HashSet<string> _notes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _unknown = new(StringComparer.Ordinal);

    public string File => file;

    public bool IsKnown => isKnown;

    public long Read { get; private set; }

    public long Taken { get; private set; }

    public long Rejected { get; private set; }

    public long Duplicate { get; private set; }

    public long Skipped { get; private set; }

    public IReadOnlyList<(string Part, long Line, string? Column, string? Value, Fault Fault)> FirstRejects => _firstRejects;

    public void Take() => (Read, Taken) = (Read + 1, Taken + 1);

    public void Repeat() => (Read, Duplicate) = (Read + 1, Duplicate + 1);

    public void Skip() => (Read, Skipped) = (Read + 1, Skipped + 1);

    public void Reject(SourceRecord record, string? column, string? value, Fault fault)
    {
        (Read, Rejected) = (Read + 1, Rejected + 1);
        if (_firstRejects.Count < Kept) _firstRejects.Add((record.Part, record.Line, column, value, fault));
    }

    public void Note(string note) => _notes.Add(note);

    /// <summary>Counts something that is kept as a note only, such as an activity of an unknown type.</summary>
    public void Count(string what)
    {
        if (_unknown.Count >= Kept && !_unknown.ContainsKey(what)) what = "kept as a note, of further kinds";
        _unknown[what] = 1 + _unknown.GetValueOrDefault(what);
    }

    public ImportedFile Result(string why, RowPipeline rows, string? rejectsFile) => new(file)
    {
        Source = rows.TablesRead.Count == 0 ? source.Id : string.Join(", ", rows.TablesRead.Select(read => $"{source.Id}/{read}")),
        Reason = why,
        Read = Read,
        Taken = Taken,
        Rejected = Rejected,
        Duplicate = Duplicate,
        Skipped = Skipped,
        Missing = new ValueMap<long>(rows.Missing),
        Checks = new ValueList<ImportCheck>(rows.Checks),
        Notes = new ValueList<string>([.. isKnown ? ["this file was imported before (imports.csv)"] : Array.Empty<string>(), .. _notes, .. rows.Notes, .. _unknown.Select(entry => FormattableString.Invariant($"{entry.Key}: {entry.Value}"))]),
        RejectsFile = Rejected > 0 ? rejectsFile : null,
    };

    /// <summary>The table that was asked for; null for any.</summary>
    public string? Table => table;
}
