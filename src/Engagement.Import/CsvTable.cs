using System.Collections.Frozen;
using System.Globalization;
using CsvHelper;

namespace Engagement.Import;

/// <summary>Reads a CSV file row by row: comma, quotes by RFC 4180, the columns found by the exact names in the header.</summary>
/// <remarks>A row that is not sound as a row (bytes, quotes, number of fields) is reported and not handed on.</remarks>
internal sealed class CsvTable
{
    private const long MostBytes = 16L << 30;
    private const int MostRowBytes = 16 << 20;
    private const int MostFieldBytes = 1 << 20;
    private const int MostColumns = 4_096;

    private readonly string[] _required;
    private readonly string[] _optional;

    /// <summary>A table by its file name and the names of its columns.</summary>
    public CsvTable(string file, string[] required, string[] optional) => (File, _required, _optional) = (file, required, optional);

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>Hands every sound row to <paramref name="take"/>.</summary>
    public void Read(string folder, bool isRequired, FindingList findings, Action<CsvRow> take, CancellationToken cancellationToken)
    {
        long line = 0;
        try
        {
            using Stream? stream = InputFile.Open(folder, File, isRequired, MostBytes, findings);
            if (stream is null) return;
            CsvMalformedRecord? broken = null;
            using var reader = CsvReader.Create(stream, new CsvReaderOptions
            {
                Separator = ',',
                HasHeader = false,
                TrackLineNumbers = true,
                MaxRecordSize = MostRowBytes,
                OnMalformedRecord = record => broken = record,
            });
            if (!reader.Read())
            {
                findings.Error(new Place(File), Codes.FileEmpty, "must have a header", $"write the line {string.Join(',', _required)}");
                return;
            }

            FrozenDictionary<string, int>? columns = Header(reader, broken, findings);
            if (columns is null) return;
            string[] header = [.. columns.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
            var row = new CsvRow(File, reader, columns, findings);
            line = reader.LineNumber;
            broken = null;
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                line = reader.LineNumber;
                if (IsSound(reader, header, broken, findings))
                {
                    row.Begin();
                    take(row);
                }

                broken = null;
            }
        }
        catch (CsvFormatException exception)
        {
            findings.Error(
                new Place(File, exception.LineNumber > 0 ? exception.LineNumber : null), Codes.RowTooLarge, string.Create(CultureInfo.InvariantCulture, $"must be a row of at most {MostRowBytes} bytes"),
                "look for an opening quote without its closing one; the rest of the file was not read");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Error(new Place(File, line > 0 ? line : null), Codes.FileUnreadable, "must be readable to its end", $"see to the cause ({exception.Message})");
        }
    }

    /// <summary>The columns by name; null, with errors reported, when the header is not sound.</summary>
    private FrozenDictionary<string, int>? Header(CsvReader reader, CsvMalformedRecord? broken, FindingList findings)
    {
        if (!IsSound(reader, header: null, broken, findings)) return null;
        string[] names = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
        var place = new Place(File, reader.LineNumber);
        if (names is [var only] && only.AsSpan().ContainsAny(';', '\t', '|'))
        {
            findings.Error(place, Codes.OtherSeparator, "must separate its columns by commas", "save the file with commas (Excel writes semicolons in some countries)", only);
            return null;
        }

        long before = findings.ErrorCount;
        string[] known = [.. _required, .. _optional];
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int index = 0; index < names.Length; index++)
        {
            string name = names[index];
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                string cure = Suggestion.Nearest(name, known) is { } near ? $"write {near}" : $"remove it, or write one of {string.Join(", ", known)}";
                findings.Error(place, Codes.UnknownColumn, "must be a known column", cure, name);
            }
            else if (!columns.TryAdd(name, index))
            {
                findings.Error(place with { Column = name }, Codes.DuplicateColumn, "must be one column", "remove the other one of that name");
            }
        }

        foreach (string name in _required.Where(name => !columns.ContainsKey(name)))
        {
            findings.Error(place with { Column = name }, Codes.MissingColumn, "must be in the header", "add the column");
        }

        return findings.ErrorCount == before ? columns.ToFrozenDictionary(StringComparer.Ordinal) : null;
    }

    private bool IsSound(CsvReader reader, string[]? header, CsvMalformedRecord? broken, FindingList findings)
    {
        var place = new Place(File, reader.LineNumber);
        ReadOnlySpan<byte> row = reader.RawRecord;
        if (row.Length > MostRowBytes)
        {
            findings.Error(place, Codes.RowTooLarge, string.Create(CultureInfo.InvariantCulture, $"must be a row of at most {MostRowBytes} bytes"), "look for an opening quote without its closing one");
            return false;
        }

        if (InputFile.TextFault(row, out int offset) is { } fault)
        {
            findings.Error(place with { Column = ColumnAt(reader, header, offset) }, fault, value: null);
            return false;
        }

        if (broken is { Reason: CsvMalformedReason.UnterminatedQuote })
        {
            findings.Error(place, Codes.UnclosedQuote, "must close the quote that it opens; it runs to the end of the file", "add the closing quote, or double a quote that is part of the text");
            return false;
        }

        if (broken is { } stray)
        {
            string? column = ColumnAt(reader, header, (int)(stray.ByteOffset - reader.ByteOffset));
            findings.Error(place with { Column = column }, Codes.BrokenQuotes, "must have quotes around the whole field", "put the field in quotes and double each quote in it");
            return false;
        }

        if (header is null && reader.FieldCount > MostColumns)
        {
            findings.Error(place, Codes.TooManyColumns, string.Create(CultureInfo.InvariantCulture, $"must have at most {MostColumns} columns, not {reader.FieldCount}"), "remove the others");
            return false;
        }

        if (header is not null && reader.FieldCount != header.Length)
        {
            findings.Error(
                place, Codes.FieldCount, string.Create(CultureInfo.InvariantCulture, $"must have {header.Length} fields like the header, not {reader.FieldCount}"),
                "add the missing commas or take out the surplus ones, or put a field that holds a comma in quotes");
            return false;
        }

        return row.Length <= MostFieldBytes || HasSoundFields(reader, header, place, findings);
    }

    private static bool HasSoundFields(CsvReader reader, string[]? header, Place place, FindingList findings)
    {
        for (int index = 0; index < reader.FieldCount; index++)
        {
            int length = reader.GetRawSpan(index).Length;
            if (length <= MostFieldBytes) continue;
            findings.Error(
                place with { Column = header?[index] }, Codes.FieldTooLarge, string.Create(CultureInfo.InvariantCulture, $"must have at most {MostFieldBytes} bytes, not {length}"),
                "shorten it; an opening quote without its closing one also makes long fields", reader.GetString(index));
            return false;
        }

        return true;
    }

    /// <summary>The column that an offset in the raw row lies in; null in the header or beyond it.</summary>
    private static string? ColumnAt(CsvReader reader, string[]? header, int offset)
    {
        int end = 0;
        for (int index = 0; index < Math.Min(reader.FieldCount, header?.Length ?? 0); index++)
        {
            end += reader.GetRawSpan(index).Length;
            if (offset <= end) return header![index];
            end++;
        }

        return null;
    }
}
