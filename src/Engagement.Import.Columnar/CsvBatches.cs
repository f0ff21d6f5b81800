using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsvHelper;
using Engagement.Core.Logs;

namespace Engagement.Import.Columnar;

/// <summary>Reads a log from CSV into the columns that Parquet and Arrow come in, its rows shared among the processors. The memory of a batch is used again for the next one.</summary>
internal sealed class CsvBatches : IBatchSource
{
    private static readonly Fault OtherZone = new(ImportCodes.NotATime, "must bear an offset if the row before it does, and none if that does not", "write all times alike");

    private static readonly Fault NotDecoded = new(ImportCodes.NotText, "must be text in the file's encoding", "save it as UTF-8");

    private readonly Stream _utf8;
    private readonly LogFileOptions _options;
    private readonly int _batchRows;
    private readonly CsvBlocks _blocks;
    private readonly CsvShape _shape;
    private readonly TextColumn[] _texts;
    private BatchNumbers<long> _times;
    private BatchNumbers<long> _replies;
    private CsvBlock? _block;
    private bool? _isLocal;
    private long _read;

    public CsvBatches(Stream stream, ReadOnlySpan<byte> head, LogFileOptions options, int batchRows)
    {
        _options = options;
        Encoding? encoding = TextEncodings.Of(head, stated: null);
        _utf8 = TextEncodings.AsUtf8(stream, encoding);
        _blocks = new CsvBlocks(_utf8, stream.Length, options.Limits.RowBytes);
        CsvBlock first = _blocks.First();
        if (first.Length == 0 && _blocks.Failure is { } failure) throw new ImportException(NotDecoded, inner: failure);
        char separator = DelimitedFormat.SeparatorOf(TextEncodings.HeadAsUtf8(head, encoding));
        try
        {
            _shape = new CsvShape(first.Bytes.AsMemory(0, first.Length), separator, options);
        }
        catch (CsvFormatException exception)
        {
            throw new ImportException(new Fault(ImportCodes.BrokenRow, "must have a header with sound quotes", "put the field in quotes and double each quote in it"), inner: exception);
        }

        if (_shape.Header.Length > options.Limits.Columns) throw Fence.TooMuch($"must have at most {options.Limits.Columns} columns, not {_shape.Header.Length}");
        var schema = new Schema.Builder();
        foreach (string name in _shape.Header) schema.Field(new Field(name, StringType.Default, nullable: true));
        Schema = schema.Build();
        _texts = [.. _shape.Texts.Select(_ => new TextColumn())];
        _batchRows = _shape.Texts.Length > LogReader.TextsOfFew ? batchRows / LogReader.BatchesOfMany : batchRows;
        if (_shape.IsLog) _blocks.Begin(first, _shape);
    }

    public Schema Schema { get; }

    public RecordBatch? Next()
    {
        if (!_shape.IsLog) return null;
        int count = 0;
        foreach (TextColumn column in _texts) column.Begin();
        while ((_block ??= _blocks.Next(_shape)) is { } block && (count == 0 || count + block.Rows <= _batchRows))
        {
            Append(block, count);
            count += block.Rows;
            _blocks.Return(block);
            _block = null;
        }

        if (_block is null && _blocks.Failure is { } failure) throw new ImportException(NotDecoded, _read + 1, inner: failure);
        return count == 0 ? null : Batch(count);
    }

    public void Dispose() => _utf8.Dispose();

    private void Append(CsvBlock block, int at)
    {
        if (block.Rows > 0 && block.IsLocal != (_isLocal ??= block.IsLocal)) throw new ImportException(OtherZone, _read + 1, _options.NameOf("at"));
        if (block.Failure is { } failure) throw new ImportException(failure.Fault, _read + block.Rows + 1, failure.Column, failure.Value, inner: failure);
        block.Times.CopyTo(_times.Room(at, block.Rows));
        for (int column = 0; column < _texts.Length; column++) _texts[column].Append(block.Words(column), block.Indexes(column), at);
        if (_shape.ReplyTo >= 0) block.Replies.CopyTo(_replies.Room(at, block.Rows));
        _read += block.Rows;
    }

    private RecordBatch Batch(int count)
    {
        var fields = new Schema.Builder();
        var columns = new List<IArrowArray>();
        void Put(string ours, IArrowArray values)
        {
            fields.Field(new Field(_options.NameOf(ours), values.Data.DataType, nullable: true));
            columns.Add(values);
        }

        Put("at", new TimestampArray(new TimestampType(TimeUnit.Millisecond, _isLocal is true ? null : "UTC"), _times.Buffer(count), ArrowBuffer.Empty, count, 0, 0));
        for (int column = 0; column < _texts.Length; column++) Put(_shape.Texts[column].Ours, _texts[column].ToArray(count));
        if (_shape.ReplyTo >= 0) Put("reply_to", Replies(count));
        return new RecordBatch(fields.Build(), columns, count);
    }

    private Int64Array Replies(int count)
    {
        ReadOnlySpan<long> rows = _replies.Room(0, count);
        byte[] isThere = new byte[(count + 7) / 8];
        int none = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            if (rows[row] == InteractionLog.None) none++;
            else isThere[row >> 3] |= (byte)(1 << (row & 7));
        }

        return new Int64Array(_replies.Buffer(count), new ArrowBuffer(isThere), count, none, 0);
    }

    /// <summary>Texts of which a batch may have as many as rows: known for the batch alone.</summary>
    private sealed class TextColumn
    {
        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
        private BatchNumbers<int> _indexes;
        private int[] _byWord = [];

        public void Begin() => _known.Clear();

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Append(Utf8Words words, ReadOnlySpan<int> indexes, int at)
        {
            if (_byWord.Length < words.Count) _byWord = new int[Math.Max(words.Count, 2 * _byWord.Length)];
            for (int word = 0; word < words.Count; word++)
            {
                string text = FormulaGuard.Restored(words[word]);
                ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, text, out bool isKnown);
                if (!isKnown) index = _known.Count - 1;
                _byWord[word] = index;
            }

            Span<int> room = _indexes.Room(at, indexes.Length);
            for (int row = 0; row < indexes.Length; row++) room[row] = _byWord[indexes[row]];
        }

        public DictionaryArray ToArray(int count)
        {
            var words = new StringArray.Builder();
            words.AppendRange(_known.Keys);
            return WordColumn.Of(_indexes, count, words.Build());
        }
    }
}
