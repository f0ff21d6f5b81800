using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace Engagement.Import;

/// <summary>Reads CSV row by row; what is wrong with a row's quotes or size is said of the row. Cells are decoded when asked for.</summary>
internal sealed class DelimitedReader : IRecordReader
{
    private readonly Stream _stream;
    private readonly CsvReader _reader;
    private readonly Row _row;
    private CsvMalformedRecord? _broken;

    public DelimitedReader(Stream utf8, char separator, Encoding? encoding, ImportLimits limits)
    {
        _stream = utf8;
        _reader = CsvReader.Create(utf8, new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrackLineNumbers = true,
            PoolStrings = true,
            MaxRecordSize = limits.RowBytes,
            OnMalformedRecord = record => _broken ??= record,
        });
        _row = new Row(_reader, encoding, limits);
    }

    public SourceRecord? Read()
    {
        _broken = null;
        try
        {
            if (!_reader.Read()) return null;
        }
        catch (CsvFormatException exception)
        {
            throw new ImportException(
                new Fault(ImportCodes.LimitExceeded, "must be a row within the limit of bytes", "look for an opening quote without its closing one, or raise the limit"), exception.LineNumber > 0 ? exception.LineNumber : null, inner: exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new ImportException(new Fault(ImportCodes.NotText, "must be text in the file's encoding", "save it as UTF-8, or state its encoding"), _reader.LineNumber, inner: exception);
        }

        _row.Begin(_broken);
        return _row;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    private sealed class Row(CsvReader reader, Encoding? encoding, ImportLimits limits) : SourceRecord
    {
        private static readonly Fault StrayQuote = new(ImportCodes.BrokenRow, "must have quotes around the whole field", "put the field in quotes and double each quote in it");
        private static readonly Fault OpenQuote = new(ImportCodes.BrokenRow, "must close the quote that it opens; it runs to the end of the file", "add the closing quote, or double a quote that is part of the text");
        private static readonly Fault NotUtf8 = new(ImportCodes.NotText, "must be UTF-8 without NUL", "save the file as UTF-8, or state its encoding (windows-1252)");

        private Fault? _fault;

        public override long Line => reader.LineNumber;

        public override int Count => reader.FieldCount;

        public override bool IsForSpreadsheets => true;

        public override Fault? Fault => _fault;

        public void Begin(CsvMalformedRecord? broken) => _fault = Check(broken);

        public override byte[] Original() => encoding is null ? reader.RawRecord.ToArray() : encoding.GetBytes(Encoding.UTF8.GetString(reader.RawRecord));

        public override string Cell(int index, out Fault? fault)
        {
            fault = null;
            if (index >= reader.FieldCount) return "";
            ReadOnlySpan<byte> raw = reader.GetRawSpan(index);
            if (!Utf8.IsValid(raw) || raw.Contains((byte)0)) fault = NotUtf8;
            return reader.GetString(index);
        }

        private Fault? Check(CsvMalformedRecord? broken)
        {
            if (broken is { Reason: CsvMalformedReason.UnterminatedQuote }) return OpenQuote;
            if (broken is not null) return StrayQuote;
            int length = reader.RawRecord.Length;
            if (length > limits.RowBytes) return TooLarge("a row", limits.RowBytes);
            if (reader.FieldCount > limits.Columns) return new Fault(ImportCodes.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"must have at most {limits.Columns} columns, not {reader.FieldCount}"), "remove the others, or raise the limit");
            if (length <= limits.FieldBytes) return null;
            for (int index = 0; index < reader.FieldCount; index++)
            {
                if (reader.GetRawSpan(index).Length > limits.FieldBytes) return TooLarge("a field", limits.FieldBytes);
            }

            return null;
        }

        private static Fault TooLarge(string what, int most) => new(ImportCodes.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"must have {what} of at most {most} bytes"), "look for an opening quote without its closing one, or raise the limit");
    }
}
