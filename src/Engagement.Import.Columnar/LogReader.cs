using Apache.Arrow;
using Engagement.Core;
using Engagement.Core.Logs;

namespace Engagement.Import.Columnar;

/// <summary>Reads a columnar file as a log, batch by batch.</summary>
internal sealed class LogReader : IDisposable
{
    private const int BatchRows = 1 << 20;
    private const int HeadBytes = 1 << 16;

    private readonly string _file;
    private readonly LogFileOptions _options;
    private readonly Stream _stream;
    private readonly IBatchSource _source;
    private long _rows;
    private bool _isBegun;

    private LogReader(string file, LogFileOptions options, Stream stream, IBatchSource source) => (_file, _options, _stream, _source) = (file, options, stream, source);

    public static LogReader Open(string path, LogFileOptions options)
    {
        string file = Path.GetFileName(path);
        Stream? stream = null;
        try
        {
            if (!File.Exists(path)) throw new ImportException(new Fault(ImportCodes.Unreadable, "must be a file that exists", "correct the path"));
            if (!InputFile.HasContent(path)) throw new ImportException(new Fault(ImportCodes.Empty, "must be an ordinary file that is not empty", "export it again"));
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            if (stream.Length > options.Limits.FileBytes) throw Fence.TooMuch($"must have at most {options.Limits.FileBytes} bytes, not {stream.Length}");
            var reader = new LogReader(file, options, stream, SourceOf(stream, options));
            try
            {
                reader.CheckColumns();
            }
            catch
            {
                reader.Dispose();
                throw;
            }

            return reader;
        }
        catch (ImportException exception)
        {
            stream?.Dispose();
            throw new LogFileException(file, exception);
        }
        catch
        {
            stream?.Dispose();
            throw;
        }
    }

    /// <summary>The next chunk as a log of its own; null at the end.</summary>
    public InteractionLog? Next()
    {
        var columns = new LogColumns(_options, _source.Schema);
        long first = _rows;
        LogChunk? chunk = Chunk(columns);

        // A file without rows may still name channels, on which nothing happened.
        if (chunk is null && !_isBegun) chunk = LogChunk.Of(0, default, default, default, default);
        _isBegun = true;
        if (chunk is null) return null;
        if (!chunk.Replies.IsEmpty) chunk = chunk.WithReplies(Within(chunk.Replies, first));
        return columns.Log([chunk.AlsoRows.IsEmpty ? chunk : AlsoWithin(chunk, first)]);
    }

    public InteractionLog All(CancellationToken cancellationToken)
    {
        var columns = new LogColumns(_options, _source.Schema);
        var chunks = new List<LogChunk>();
        while (Chunk(columns) is { } chunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            chunks.Add(chunk);
        }

        foreach (LogChunk chunk in chunks)
        {
            CheckRows(chunk.Replies.Span, "reply_to");
            CheckRows(chunk.AlsoReplies.Span, "also_reply_to");
        }

        if (chunks.Count == 0) chunks.Add(LogChunk.Of(0, default, default, default, default));
        return columns.Log(chunks);
    }

    public void Dispose()
    {
        _source.Dispose();
        _stream.Dispose();
    }

    private static IBatchSource SourceOf(Stream stream, LogFileOptions options)
    {
        byte[] head = new byte[HeadBytes];
        int length = stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        stream.Position = 0;
        if (head.AsSpan(0, length).StartsWith("PAR1"u8)) return new ParquetBatches(stream, options.Limits, BatchRows, [.. options.Wanted.Select(options.NameOf)]);
        if (ArrowFormat.IsFile(head.AsSpan(0, length)) || ArrowFormat.IsStream(head.AsSpan(0, length))) return new ArrowBatches(stream, ArrowFormat.IsFile(head), options.Limits);
        if (RecordFormats.Of(head.AsSpan(0, length), []) is DelimitedFormat) return new CsvBatches(stream, head.AsSpan(0, length), options, BatchRows);
        throw new ImportException(new Fault(ImportCodes.FormatUnknown, "must be Parquet, Arrow IPC or CSV", "name such a file, or import the one that you have"));
    }

    private void CheckColumns()
    {
        foreach (string ours in _options.Wanted)
        {
            string name = _options.NameOf(ours);
            int count = _source.Schema.FieldsList.Count(field => field.Name == name);
            if (count > 1 || (count == 0 && ours is "at" or "channel" or "kind")) throw new ImportException(new Fault(ImportCodes.NotRecognised, count == 0 ? $"must have the column {name}; it has {Guard.Excerpt(string.Join(", ", _source.Schema.FieldsList.Select(field => field.Name)))}" : $"must have the column {name} once", $"say what the column {ours} is called there ({nameof(LogFileOptions)}.{nameof(LogFileOptions.Names)})"));
        }
    }

    private void CheckRows(ReadOnlySpan<int> rows, string ours)
    {
        int bad = rows.IndexOfAnyExceptInRange(InteractionLog.None, (int)Math.Min(int.MaxValue, _rows - 1));
        if (bad >= 0) throw new LogFileException(_file, new ImportException(new Fault(ImportCodes.OutOfRange, FormattableString.Invariant($"must be a row of the file, which has {_rows}"), "correct it at its source"), null, _options.NameOf(ours), FormattableString.Invariant($"{rows[bad]}")));
    }

    private static int[] Within(ReadOnlyMemory<int> replies, long first)
    {
        int[] within = new int[replies.Length];
        for (int row = 0; row < within.Length; row++)
        {
            long local = replies.Span[row] - first;
            within[row] = replies.Span[row] != InteractionLog.None && local >= 0 && local < within.Length ? (int)local : InteractionLog.None;
        }

        return within;
    }

    private static LogChunk AlsoWithin(LogChunk chunk, long first)
    {
        int[] links = [.. Enumerable.Range(0, chunk.AlsoRows.Length).Where(link => chunk.AlsoReplies.Span[link] - first is >= 0 and var local && local < chunk.Count)];
        return chunk.WithAlsoReplies(links.Select(link => chunk.AlsoRows.Span[link]).ToArray(), links.Select(link => (int)(chunk.AlsoReplies.Span[link] - first)).ToArray());
    }

    private LogChunk? Chunk(LogColumns columns)
    {
        try
        {
            using RecordBatch? batch = _source.Next();
            if (batch is null) return null;
            LogChunk chunk = columns.Chunk(batch, _rows);
            _rows += batch.Length;
            return chunk;
        }
        catch (ImportException exception)
        {
            throw new LogFileException(_file, exception);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or InvalidCastException or OverflowException or NullReferenceException or InvalidOperationException)
        {
            // A buffer that is shorter than its column claims to be.
            throw new LogFileException(_file, new ImportException(new Fault(ImportCodes.Damaged, "has a column that does not lie in the file", "export it again"), inner: exception));
        }
    }
}
