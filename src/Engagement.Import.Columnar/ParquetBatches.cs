using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace Engagement.Import.Columnar;

/// <summary>Reads Parquet by Apache Arrow's own reader, with the checksums of pages verified where a file has them.</summary>
internal sealed class ParquetBatches : IBatchSource
{
    /// <summary>So much of a column is read at once; of a log there are few columns.</summary>
    private const int BufferBytes = 1 << 20;

    private readonly Fence _fence;
    private readonly List<IDisposable> _open = [];
    private readonly IArrowArrayStream _batches;
    private readonly long _rowsStated;
    private long _rows;
    private Task<RecordBatch?>? _ahead;

    /// <param name="stream">The file; it stays open.</param>
    /// <param name="limits">How much it may demand.</param>
    /// <param name="batchRows">The most rows of a batch.</param>
    /// <param name="wanted">The columns to read; null for all. Texts of them come as a dictionary.</param>
    public ParquetBatches(Stream stream, ImportLimits limits, int batchRows, IReadOnlyCollection<string>? wanted)
    {
        _fence = Fence.Of("Parquet", stream.Length, limits);
        try
        {
            (_batches, _rowsStated) = _fence.Run(() => Open(stream, limits, batchRows, wanted));
            Schema = _batches.Schema;
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
        while (true)
        {
            RecordBatch? batch = _fence.End(Ahead());
            _ahead = null;
            if (batch is null)
            {
                if (_rows != _rowsStated) throw _fence.Damaged(FormattableString.Invariant($"it states {_rowsStated} rows and has {_rows}"));
                return null;
            }

            _rows += batch.Length;
            _ = Ahead();
            if (batch.Length > 0) return batch;
            batch.Dispose();
        }
    }

    public void Dispose()
    {
        try
        {
            if (_ahead is not null && !_fence.IsGivenUp) _fence.End(_ahead)?.Dispose();
        }
        catch (Exception exception) when (exception is ImportException or IOException or UnauthorizedAccessException)
        {
            // Nobody asks for that batch any more.
        }

        if (_fence.IsGivenUp) return;
        for (int index = _open.Count - 1; index >= 0; index--) _open[index].Dispose();
        _open.Clear();
    }

    /// <summary>The next batch, unpacked while the one before it is counted.</summary>
    private Task<RecordBatch?> Ahead() => _ahead ??= _fence.Begin(() => (RecordBatch?)_batches.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult());

    private (IArrowArrayStream Batches, long Rows) Open(Stream stream, ImportLimits limits, int batchRows, IReadOnlyCollection<string>? wanted)
    {
        ReaderProperties reading = Held(ReaderProperties.GetDefaultReaderProperties());
        reading.EnablePageChecksumVerification();
        int[] columns;
        int[] texts;
        long rows;
        using (ArrowReaderProperties first = ArrowReaderProperties.GetDefault())
        using (var look = new FileReader(stream, reading, first, leaveOpen: true))
        {
            FileMetaData facts = look.ParquetReader.FileMetaData;
            ParquetClaims claims = ParquetClaims.Of(look, stream.Length, limits, _fence);
            if (claims.AreLarge)
            {
                reading.EnableBufferedStream();
                if (wanted is not null) reading.BufferSize = BufferBytes;
            }

            rows = claims.Rows.Sum();
            columns = [.. Enumerable.Range(0, facts.NumColumns).Where(index => wanted is null || wanted.Contains(RootOf(facts, index), StringComparer.Ordinal))];
            texts = wanted is null ? [] : [.. columns.Where(index => look.Schema.GetFieldByName(RootOf(facts, index))?.DataType is StringType or LargeStringType && !IsOfDeltas(look.ParquetReader, index))];
        }

        stream.Position = 0;
        ArrowReaderProperties arrow = Held(ArrowReaderProperties.GetDefault());
        arrow.BatchSize = texts.Length > LogReader.TextsOfFew ? batchRows / LogReader.BatchesOfMany : batchRows;
        arrow.UseThreads = wanted is not null;
        arrow.PreBuffer = false;
        foreach (int index in texts) arrow.SetReadDictionary(index, true);
        FileReader file = Held(new FileReader(stream, reading, arrow, leaveOpen: true));
        if (columns.Length == 0) throw _fence.Damaged("it has no columns");
        return (Held(file.GetRecordBatchReader(columns: columns)), rows);
    }

    /// <summary>Whether texts are written as what differs from the text before, which the library does not make a dictionary of.</summary>
    private static bool IsOfDeltas(ParquetFileReader file, int column)
    {
        for (int index = 0; index < file.FileMetaData.NumRowGroups; index++)
        {
            using RowGroupReader group = file.RowGroup(index);
            if (group.MetaData.GetColumnChunkMetaData(column).Encodings.Any(encoding => encoding is Encoding.DeltaByteArray or Encoding.DeltaLengthByteArray)) return true;
        }

        return false;
    }

    private static string RootOf(FileMetaData facts, int column) => facts.Schema.Column(column).Path.ToDotVector()[0];

    private T Held<T>(T resource)
        where T : IDisposable
    {
        _open.Add(resource);
        return resource;
    }
}
