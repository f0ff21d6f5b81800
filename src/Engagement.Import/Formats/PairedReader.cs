using System.Buffers;

namespace Engagement.Import;

/// <summary>Reads a report in CSV that has names with a colon, each beside its value, as a table of one row; tables that follow under titles are parts of their own, as sheets are.</summary>
/// <remarks>A number with its share, <c>350 (35.18%)</c>, is two values: the share's name is that of the number and <c>(%)</c>.</remarks>
internal sealed class PairedReader(IRecordReader rows) : IRecordReader
{
    private const string Share = " (%)";
    private const int MostPairs = 1_000;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789., ");

    private readonly Queue<SourceRecord> _ready = new();
    private string? _part;

    /// <summary>Whether the first rows are a title and two names with their values.</summary>
    public static bool IsReport(IReadOnlyList<string[]> first) => first.Count > 2 && SourceDetector.TitleOf(first[0]) is not null && IsPair(first[1]) && IsPair(first[2]);

    public SourceRecord? Read()
    {
        if (_part is null) ReadPairs();
        if (_ready.TryDequeue(out SourceRecord? ready)) return ready;
        if (rows.Read() is not { } record) return null;
        string[] cells = SourceDetector.Texts(record);
        if (SourceDetector.TitleOf(cells) is { } title) _part = title;
        return new Row(_part!, record.Line, cells, record.Original(), record.Fault);
    }

    public void Dispose() => rows.Dispose();

    private static bool IsPair(string[] cells) => cells is [[.., ':'], _];

    private void ReadPairs()
    {
        _part = "";
        var names = new List<string>();
        var values = new List<string>();
        var original = new List<byte>();
        long line = 0;
        while (rows.Read() is { } record)
        {
            string[] cells = SourceDetector.Texts(record);
            string? title = SourceDetector.TitleOf(cells);
            if (record.Fault is null && IsPair(cells) && names.Count < MostPairs)
            {
                if (line == 0) line = record.Line;
                original.AddRange(record.Original());
                (string value, string? share) = NumberAndShare(cells[1]);
                names.Add(cells[0][..^1]);
                values.Add(value);
                if (share is null) continue;
                names.Add(names[^1] + Share);
                values.Add(share);
                continue;
            }

            // The report's title stands above the names; that of a section among them says nothing of a value.
            if (names.Count == 0 && title is not null) _ready.Enqueue(new Row("", record.Line, cells, record.Original(), record.Fault));
            else if (title is not null) _part = title;
            if (title is not null || Array.TrueForAll(cells, string.IsNullOrWhiteSpace)) continue;
            End();
            _ready.Enqueue(new Row(_part, record.Line, cells, record.Original(), record.Fault));
            return;
        }

        End();

        void End()
        {
            _ready.Enqueue(new Row("", line, [.. names], [.. original], null));
            _ready.Enqueue(new Row("", line, [.. values], [.. original], null));
        }
    }

    private static (string Value, string? Share) NumberAndShare(string text)
    {
        int open = text.IndexOf(" (", StringComparison.Ordinal);
        return open > 0 && text.EndsWith("%)", StringComparison.Ordinal) && !text.AsSpan(0, open).ContainsAnyExcept(Digits) && !text.AsSpan(open + 2, text.Length - open - 4).ContainsAnyExcept(Digits)
            ? (text[..open], text[(open + 2)..^1])
            : (text, null);
    }

    private sealed class Row(string part, long line, string[] cells, byte[] original, Fault? fault) : SourceRecord
    {
        public override string Part => part;

        public override long Line => line;

        public override int Count => cells.Length;

        public override bool IsForSpreadsheets => true;

        public override Fault? Fault => fault;

        public override byte[] Original() => original;

        public override string Cell(int index, out Fault? fault)
        {
            fault = null;
            return index < cells.Length ? cells[index] : "";
        }
    }
}
