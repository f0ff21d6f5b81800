using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsvHelper;
using Engagement.Core;

namespace Engagement.Import.Columnar;

/// <summary>Reads a log from CSV into the columns that Parquet and Arrow come in, rows shared among the processors.</summary>
internal sealed class CsvBatches : IBatchSource
{
    /// <summary>An identifier is no longer in any encoding.</summary>
    private const int MostFieldBytes = 4 * Guard.LongestId;

    private static readonly DictionaryType Text = new(Int32Type.Default, StringType.Default, false);

    private static readonly Fault NoTime = new(ImportCodes.NotATime, "must be a time by ISO 8601 in the years 0001 to 9998", "write it as 2014-11-20T09:00:00Z");
    private static readonly Fault OtherZone = new(ImportCodes.NotATime, "must bear an offset if the row before it does, and none if that does not", "write all times alike");
    private static readonly Fault NoRow = new(ImportCodes.OutOfRange, "must be a row of the file, counted from 0", "leave it empty, or leave the column out");
    private static readonly Fault TooLong = new(ImportCodes.LimitExceeded, FormattableString.Invariant($"must have at most {Guard.LongestId} characters"), "shorten it; an opening quote without its closing one also makes long texts");
    private static readonly Fault NotUtf8 = new(ImportCodes.NotText, "must be UTF-8 without NUL", "save the file as UTF-8");

    private readonly CsvReader _reader;
    private readonly LogFileOptions _options;
    private readonly int _batchRows;
    private readonly int _width;
    private readonly int _at;
    private readonly int _channel;
    private readonly int _kind;
    private readonly int _role;
    private readonly int _actor;
    private readonly int _publication;
    private readonly int _replyTo;
    private readonly int _alsoReplyTo;
    private readonly Utf8Words _channels = new();
    private readonly Utf8Words _kinds = new();
    private readonly Utf8Words _roles = new();
    private readonly IEnumerator<Row>? _rows;
    private readonly bool _isLocal;
    private bool _hasRow;
    private long _read;

    public CsvBatches(Stream stream, ReadOnlySpan<byte> head, LogFileOptions options, int batchRows)
    {
        (_options, _batchRows) = (options, batchRows);
        Encoding? encoding = TextEncodings.Of(head, stated: null);
        _reader = CsvReader.Create(
            TextEncodings.AsUtf8(stream, encoding),
            new CsvReaderOptions { Separator = DelimitedFormat.SeparatorOf(TextEncodings.HeadAsUtf8(head, encoding)), MaxRecordSize = options.Limits.RowBytes, MalformedData = CsvMalformedDataHandling.Throw, BufferSize = 1 << 20 },
            leaveOpen: true);
        try
        {
            string[] header = Declared(() =>
            {
                _reader.ReadHeader();
                return _reader.Headers.ToArray();
            });
            if (header.Length > options.Limits.Columns) throw Fence.TooMuch($"must have at most {options.Limits.Columns} columns, not {header.Length}");
            _width = header.Length;
            (_at, _channel, _kind) = (Place(header, "at"), Place(header, "channel"), Place(header, "kind"));
            (_role, _actor, _publication, _replyTo) = (Place(header, "role"), Place(header, "actor"), Place(header, "publication"), Place(header, "reply_to"));
            _alsoReplyTo = Place(header, "also_reply_to");
            var schema = new Schema.Builder();
            foreach (string name in header) schema.Field(new Field(name, StringType.Default, nullable: true));
            Schema = schema.Build();
            if (_at < 0 || _channel < 0 || _kind < 0) return;
            _rows = _reader.ParallelEnumerate(Parse, Environment.ProcessorCount).GetEnumerator();
            _hasRow = Declared(_rows.MoveNext);
            _isLocal = _hasRow && _rows.Current.IsLocal;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Schema Schema { get; }

    public RecordBatch? Next()
    {
        if (!_hasRow) return null;
        long[] times = new long[_batchRows];
        int[] channels = new int[_batchRows];
        int[] kinds = new int[_batchRows];
        int[]? roles = _role < 0 ? null : new int[_batchRows];
        var actors = _actor < 0 ? null : new Texts(_batchRows);
        var publications = _publication < 0 ? null : new Texts(_batchRows);
        Int64Array.Builder? replies = _replyTo < 0 ? null : new Int64Array.Builder();
        var also = _alsoReplyTo < 0 ? null : new Texts(_batchRows);
        int count = Declared(() =>
        {
            int filled = 0;
            while (_hasRow && filled < _batchRows)
            {
                Row row = _rows!.Current;
                if (row.IsLocal != _isLocal) throw new ImportException(OtherZone, column: _options.NameOf("at"));
                (times[filled], channels[filled], kinds[filled]) = (row.At, row.Channel, row.Kind);
                if (roles is not null) roles[filled] = row.Role;
                actors?.Add(row.Actor);
                publications?.Add(row.Publication);
                if (row.ReplyTo >= 0) replies?.Append(row.ReplyTo);
                else replies?.AppendNull();
                also?.Add(row.AlsoReplyTo);
                filled++;
                _read++;
                _hasRow = _rows.MoveNext();
            }

            return filled;
        });
        var fields = new Schema.Builder();
        var columns = new List<IArrowArray>();
        void Put(string ours, IArrowArray values)
        {
            fields.Field(new Field(_options.NameOf(ours), values.Data.DataType, nullable: true));
            columns.Add(values);
        }

        Put("at", new TimestampArray(new TimestampType(TimeUnit.Millisecond, _isLocal ? null : "UTC"), Buffer(times.AsSpan(0, count)), ArrowBuffer.Empty, count, 0, 0));
        Put("channel", Coded(channels.AsSpan(0, count), _channels.ToArray()));
        Put("kind", Coded(kinds.AsSpan(0, count), _kinds.ToArray()));
        if (roles is not null) Put("role", Coded(roles.AsSpan(0, count), _roles.ToArray()));
        if (actors is not null) Put("actor", actors.ToArray());
        if (publications is not null) Put("publication", publications.ToArray());
        if (replies is not null) Put("reply_to", replies.Build());
        if (also is not null) Put("also_reply_to", also.ToArray());
        return new RecordBatch(fields.Build(), columns, count);
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _reader.Dispose();
    }

    /// <summary>The column of ours in the file; negative where it is not read.</summary>
    private int Place(string[] header, string ours) => _options.Reads(ours) ? System.Array.IndexOf(header, _options.NameOf(ours)) : -1;

    /// <summary>The row at which a reader stands; what is wrong with it is thrown, and comes out when the rows before it have.</summary>
    private Row Parse(CsvReader reader)
    {
        if (reader.FieldCount != _width) throw new ImportException(new Fault(ImportCodes.FieldCount, FormattableString.Invariant($"must have {_width} fields like the header, not {reader.FieldCount}"), "look for a separator or a quote in a text, and put the text in quotes"));
        ReadOnlySpan<byte> at = reader.GetSpan(_at);
        if (!Utf8Times.TryRead(at, out long milliseconds, out bool isLocal))
        {
            throw at.IsEmpty ? new ImportException(new Fault(ImportCodes.ValueMissing, "must not be empty", "correct it at its source"), column: _options.NameOf("at")) : new ImportException(NoTime, column: _options.NameOf("at"), value: Excerpt(at));
        }

        long replyTo = -1;
        if (_replyTo >= 0 && reader.GetSpan(_replyTo) is { IsEmpty: false } reply && (!Utf8Parser.TryParse(reply, out replyTo, out int used) || used != reply.Length || replyTo < 0)) throw new ImportException(NoRow, column: _options.NameOf("reply_to"), value: Excerpt(reply));
        return new Row(
            milliseconds,
            isLocal,
            _channels.IndexOf(Field(reader, _channel, "channel")),
            _kinds.IndexOf(Field(reader, _kind, "kind")),
            _role < 0 ? -1 : _roles.IndexOf(Field(reader, _role, "role")),
            _actor < 0 ? null : Encoding.UTF8.GetString(Field(reader, _actor, "actor")),
            _publication < 0 ? null : Encoding.UTF8.GetString(Field(reader, _publication, "publication")),
            replyTo,
            _alsoReplyTo < 0 ? null : Encoding.UTF8.GetString(Field(reader, _alsoReplyTo, "also_reply_to")));
    }

    private ReadOnlySpan<byte> Field(CsvReader reader, int index, string ours)
    {
        ReadOnlySpan<byte> text = reader.GetSpan(index);
        if (text.Length > MostFieldBytes) throw new ImportException(TooLong, column: _options.NameOf(ours), value: Excerpt(text));
        if (!Utf8.IsValid(text) || text.Contains((byte)0)) throw new ImportException(NotUtf8, column: _options.NameOf(ours));
        return text;
    }

    private static string Excerpt(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, MostFieldBytes)]);

    /// <summary>Whatever is wrong with the text is the one declared exception, with the number of its row.</summary>
    private T Declared<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ImportException exception) when (exception.Line is null && _rows is not null)
        {
            throw new ImportException(exception.Fault, _read + 1, exception.Column, exception.Value, inner: exception);
        }
        catch (CsvFormatException exception)
        {
            bool isTooLong = exception.Message.Contains(nameof(CsvReaderOptions.MaxRecordSize), StringComparison.Ordinal);
            throw new ImportException(
                isTooLong ? new Fault(ImportCodes.LimitExceeded, FormattableString.Invariant($"must be a row of at most {_options.Limits.RowBytes} bytes"), "look for an opening quote without its closing one, or raise the limit")
                : new Fault(ImportCodes.BrokenRow, "must have quotes around the whole field, and close each", "put the field in quotes and double each quote in it"),
                _read + 1,
                inner: exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new ImportException(new Fault(ImportCodes.NotText, "must be text in the file's encoding", "save it as UTF-8"), _read + 1, inner: exception);
        }
    }

    private static ArrowBuffer Buffer<T>(ReadOnlySpan<T> values)
        where T : struct => new ArrowBuffer.Builder<T>(values.Length).Append(values).Build();

    private static DictionaryArray Coded(ReadOnlySpan<int> indexes, StringArray words) => new(Text, new Int32Array(Buffer(indexes), ArrowBuffer.Empty, indexes.Length, 0, 0), words);

    private readonly record struct Row(long At, bool IsLocal, int Channel, int Kind, int Role, string? Actor, string? Publication, long ReplyTo, string? AlsoReplyTo);

    /// <summary>Identifiers of which a batch may have as many as rows: known for the batch alone.</summary>
    private sealed class Texts(int rows)
    {
        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
        private readonly List<int> _indexes = new(rows);

        public void Add(string? text)
        {
            if (!_known.TryGetValue(text!, out int index)) _known.Add(text!, index = _known.Count);
            _indexes.Add(index);
        }

        public DictionaryArray ToArray()
        {
            var words = new StringArray.Builder();
            words.AppendRange(_known.Keys.Select(FormulaGuard.Restored));
            return Coded(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_indexes), words.Build());
        }
    }
}
