using Apache.Arrow;
using Engagement.Core;
using Engagement.Core.Logs;

namespace Engagement.Import.Columnar;

/// <summary>Reads a columnar file as a log, batch by batch.</summary>
internal sealed class LogReader : IDisposable
{
    /// <summary>Channels, kinds and roles: of each there are few.</summary>
    public const int TextsOfFew = 3;

    /// <summary>With further columns of texts, of which each row may have another, a batch has that many times fewer rows.</summary>
    public const int BatchesOfMany = 4;

    private const int BatchRows = 1 << 18;
    private const int HeadBytes = 1 << 16;

    private readonly string _file;
    private readonly LogFileOptions _options;
    private readonly Stream _stream;
    private readonly IBatchSource _source;
    private readonly LogColumns _columns;
    private long _rows;
    private long _farthestReply = InteractionLog.None;
    private long _farthestReplier;
    private string _farthestColumn = "reply_to";
    private bool _isBegun;

    private LogReader(string file, LogFileOptions options, Stream stream, IBatchSource source, bool isPassing) => (_file, _options, _stream, _source, _columns) = (file, options, stream, source, new LogColumns(options, source.Schema, isPassing));

    /// <param name="path">The file.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="isPassing">Whether a chunk is done with before the next one is asked for, so that its memory can be used again.</param>
    public static LogReader Open(string path, LogFileOptions options, bool isPassing)
    {
        string file = Path.GetFileName(path);
        FileStream? stream = null;
        try
        {
            if (!File.Exists(path)) throw new ImportException(new Fault(ImportCodes.Unreadable, "must be a file that exists", "correct the path"));
            if (!InputFile.HasContent(path)) throw new ImportException(new Fault(ImportCodes.Empty, "must be an ordinary file that is not empty", "export it again"));
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            if (stream.Length > options.Limits.FileBytes) throw Fence.TooMuch($"must have at most {options.Limits.FileBytes} bytes, not {stream.Length}");
            IBatchSource source = SourceOf(stream, options);
            try
            {
                var reader = new LogReader(file, options, stream, source, isPassing);
                reader.CheckColumns();
                return reader;
            }
            catch
            {
                source.Dispose();
                throw;
            }
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
        _columns.Restart();
        long first = _rows;
        LogChunk? chunk = Chunk();

        // A file without rows may still name channels, on which nothing happened.
        if (chunk is null && !_isBegun) chunk = LogChunk.Of(0, default, default, default, default);
        _isBegun = true;
        if (chunk is null)
        {
            CheckReplies();
            return null;
        }

        if (!chunk.Replies.IsEmpty) chunk = chunk.WithReplies(Within(chunk.Replies, first));
        return _columns.Log([chunk.AlsoRows.IsEmpty ? chunk : AlsoWithin(chunk, first)]);
    }

    public InteractionLog All(CancellationToken cancellationToken)
    {
        var chunks = new List<LogChunk>();
        while (Chunk() is { } chunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            chunks.Add(chunk);
        }

        CheckReplies();
        if (chunks.Count == 0) chunks.Add(LogChunk.Of(0, default, default, default, default));
        return _columns.Log(chunks);
    }

    public void Dispose()
    {
        _source.Dispose();
        _stream.Dispose();
    }

    private static IBatchSource SourceOf(FileStream stream, LogFileOptions options)
    {
        byte[] head = new byte[HeadBytes];
        int length = stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        stream.Position = 0;
        if (head.AsSpan(0, length).StartsWith("PAR1"u8)) return ParquetGroups.Of(stream, options) ?? (IBatchSource)new ParquetBatches(stream, options.Limits, BatchRows, [.. options.Wanted.Select(options.NameOf)]);
        if (ArrowFormat.IsFile(head.AsSpan(0, length)) || ArrowFormat.IsStream(head.AsSpan(0, length))) return new ArrowBatches(stream, ArrowFormat.IsFile(head), options.Limits);
        if (RecordFormats.Of(head.AsSpan(0, length), [], stated: null) is DelimitedFormat) return new CsvBatches(stream, head.AsSpan(0, length), options, BatchRows);
        throw new ImportException(new Fault(ImportCodes.FormatUnknown, "must be Parquet, Arrow IPC or CSV", "name such a file, or import the one that you have"));
    }

    private void CheckColumns()
    {
        foreach (string ours in _options.Wanted)
        {
            string name = _options.NameOf(ours);
            int count = _source.Schema.FieldsList.Count(field => field.Name == name);
            if (count > 1 || (count == 0 && ours is "at" or "channel" or "kind")) throw new ImportException(new Fault(ImportCodes.NotRecognised, count == 0 ? $"must have the column {name}; it has {Guard.Excerpt(string.Join(", ", _source.Schema.FieldsList.Select(field => field.Name)))}" : $"must have the column {name} once", $"rename it, or say what {ours} is called there"));
        }
    }

    private static int[] Within(ReadOnlyMemory<int> replies, long first)
    {
        int[] within = new int[replies.Length];
        for (int row = 0; row < within.Length; row++)
        {
            int reply = replies.Span[row];
            within[row] = reply == InteractionLog.UnknownReply ? reply : reply >= first && reply - first < within.Length ? (int)(reply - first) : InteractionLog.None;
        }

        return within;
    }

    private static LogChunk AlsoWithin(LogChunk chunk, long first)
    {
        int[] links = [.. Enumerable.Range(0, chunk.AlsoRows.Length).Where(link => chunk.AlsoReplies.Span[link] - first is >= 0 and var local && local < chunk.Count)];
        return chunk.WithAlsoReplies(links.Select(link => chunk.AlsoRows.Span[link]).ToArray(), links.Select(link => (int)(chunk.AlsoReplies.Span[link] - first)).ToArray());
    }

    /// <summary>Only the end of the file shows which rows there are to reply to.</summary>
    private void NoteReplies(LogChunk chunk)
    {
        ReadOnlySpan<int> replies = chunk.Replies.Span;
        for (int row = 0; row < replies.Length; row++)
        {
            if (replies[row] > _farthestReply) (_farthestReply, _farthestReplier, _farthestColumn) = (replies[row], _rows + row, "reply_to");
        }

        ReadOnlySpan<int> also = chunk.AlsoReplies.Span;
        for (int link = 0; link < also.Length; link++)
        {
            if (also[link] > _farthestReply) (_farthestReply, _farthestReplier, _farthestColumn) = (also[link], _rows + chunk.AlsoRows.Span[link], "also_reply_to");
        }
    }

    private void CheckReplies()
    {
        if (_farthestReply >= _rows) throw new LogFileException(_file, new ImportException(new Fault(ImportCodes.OutOfRange, FormattableString.Invariant($"must be a row of the file, counted from 0, and it has {_rows}"), "correct it at its source"), _farthestReplier + 1, _options.NameOf(_farthestColumn), FormattableString.Invariant($"{_farthestReply}")));
    }

    private LogChunk? Chunk()
    {
        try
        {
            using RecordBatch? batch = _source.Next();
            if (batch is null) return null;
            LogChunk chunk = _columns.Chunk(batch, _rows);
            NoteReplies(chunk);
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
