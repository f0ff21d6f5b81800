using System.Buffers;

namespace Engagement.Import;

/// <summary>Reads a report in CSV that has names with a colon, each beside its value, as a table of one row; tables that follow under titles, below a blank row, are parts of their own, as sheets are.</summary>
/// <remarks>A number with its share, <c>350 (35.18%)</c>, is two values: the share's name is that of the number and <c>(%)</c>.</remarks>
internal sealed class PairedReader(IRecordReader rows) : IRecordReader
{
    private const string Share = " (%)";
    private const int MostPairs = 1_000;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789., ");

    private static readonly Fault NoPair = new(ImportCodes.FieldCount, "must be a name with a colon and its value, or a title below a blank row", "put a text that has several lines in quotes");

    private readonly Queue<SourceRecord> _ready = new();
    private string? _part;
    private bool _wasBlank;
    private long _lastLine;

    /// <summary>Whether the first rows are a title and two names with their values.</summary>
    public static bool IsReport(IReadOnlyList<string[]> first) => first.Count > 2 && SourceDetector.TitleOf(first[0]) is not null && IsPair(first[1]) && IsPair(first[2]);

    public SourceRecord? Read()
    {
        if (_part is null) ReadPairs();
        if (_ready.TryDequeue(out SourceRecord? ready)) return ready;
        if (rows.Read() is not { } record) return null;
        Cell[] cells = CellsOf(record);

        // A row of a table may have one value alone: a title has a blank row above it.
        if (IsBelowBlank(record, cells) && record.Fault is null && TitleOf(cells) is { } title) _part = title;
        return new Row(_part!, record.Line, cells, record.Original(), record.Fault);
    }

    public void Dispose() => rows.Dispose();

    private static bool IsPair(string[] cells) => cells is [[.., ':'], _];

    private static Cell[] CellsOf(SourceRecord record) => [.. Enumerable.Range(0, record.Count).Select(index => new Cell(record.Cell(index, out Fault? fault), fault))];

    private static string? TitleOf(Cell[] cells) => SourceDetector.TitleOf([.. cells.Select(cell => cell.Text)]);

    private static bool IsBlank(Cell[] cells) => Array.TrueForAll(cells, cell => string.IsNullOrWhiteSpace(cell.Text));

    /// <summary>Whether a blank row is above this one: of separators, or of nothing, which the reader passes over and only the number of the line shows.</summary>
    private bool IsBelowBlank(SourceRecord record, Cell[] cells)
    {
        bool isBelow = _wasBlank || record.Line > _lastLine + 1;
        (_wasBlank, _lastLine) = (IsBlank(cells), record.Line + cells.Sum(cell => cell.Text.Count(character => character == '\n')));
        return isBelow;
    }

    private void ReadPairs()
    {
        _part = "";
        var names = new List<Cell>();
        var values = new List<Cell>();
        var unsound = new List<Row>();
        var original = new List<byte>();
        long line = 0;
        while (rows.Read() is { } record)
        {
            Cell[] cells = CellsOf(record);
            bool isBelowBlank = IsBelowBlank(record, cells);
            if (_wasBlank && record.Fault is null) continue;
            if (record.Fault is null && IsPair([.. cells.Select(cell => cell.Text)]) && names.Count < MostPairs)
            {
                if (line == 0) line = record.Line;
                original.AddRange(record.Original());
                (string value, string? share) = NumberAndShare(cells[1].Text);
                Fault? fault = cells[1].Fault ?? cells[0].Fault;
                names.Add(new Cell(cells[0].Text[..^1], null));
                values.Add(new Cell(value, fault));
                if (share is null) continue;
                names.Add(new Cell(names[^1].Text + Share, null));
                values.Add(new Cell(share, fault));
                continue;
            }

            // The report's title stands above the names; that of a section among them, below a blank row, says nothing of a value.
            string? title = TitleOf(cells);
            var row = new Row("", record.Line, cells, record.Original(), record.Fault ?? (title is null || names.Count == 0 || isBelowBlank ? null : NoPair));
            if (row.Fault is not null)
            {
                unsound.Add(row);
            }
            else if (title is null)
            {
                End();
                _ready.Enqueue(new Row(_part, record.Line, cells, record.Original(), null));
                return;
            }
            else if (names.Count == 0)
            {
                _ready.Enqueue(row);
            }
            else
            {
                _part = title;
            }
        }

        End();

        // What is not sound follows the names, so that it is set aside as a row of theirs.
        void End()
        {
            _ready.Enqueue(new Row("", line, [.. names], [.. original], null));
            _ready.Enqueue(new Row("", line, [.. values], [.. original], null));
            foreach (Row row in unsound) _ready.Enqueue(row);
        }
    }

    private static (string Value, string? Share) NumberAndShare(string text)
    {
        int open = text.IndexOf(" (", StringComparison.Ordinal);
        return open > 0 && text.EndsWith("%)", StringComparison.Ordinal) && !text.AsSpan(0, open).ContainsAnyExcept(Digits) && !text.AsSpan(open + 2, text.Length - open - 4).ContainsAnyExcept(Digits)
            ? (text[..open], text[(open + 2)..^1])
            : (text, null);
    }

    private readonly record struct Cell(string Text, Fault? Fault);

    private sealed class Row(string part, long line, Cell[] cells, byte[] original, Fault? fault) : SourceRecord
    {
        public override string Part => part;

        public override long Line => line;

        public override int Count => cells.Length;

        public override bool IsForSpreadsheets => true;

        public override Fault? Fault => fault;

        public override byte[] Original() => original;

        public override string Cell(int index, out Fault? fault)
        {
            (string text, fault) = index < cells.Length ? cells[index] : new Cell("", null);
            return text;
        }
    }
}
