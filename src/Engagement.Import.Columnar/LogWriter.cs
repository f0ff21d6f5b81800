using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using CsvHelper;
using Engagement.Core;
using Engagement.Core.Logs;
using ParquetSharp;
using TimeUnit = Apache.Arrow.Types.TimeUnit;

namespace Engagement.Import.Columnar;

/// <summary>Writes a log in batches of a million rows.</summary>
internal static class LogWriter
{
    private const int BatchRows = 1 << 20;

    private static readonly TimestampType Milliseconds = new(TimeUnit.Millisecond, "UTC");

    public static void Write(InteractionLog log, Stream stream, LogFileFormat format, CancellationToken cancellationToken)
    {
        switch (format)
        {
            case LogFileFormat.Parquet:
                var parts = new Parts(log);

                // The footer is as large as the stream is long: the library asks for positions that a pipe does not have.
                using (var builder = new WriterPropertiesBuilder())
                using (WriterProperties properties = builder.Compression(Compression.Snappy).EnablePageChecksum().Build())
                using (var arrow = new ParquetSharp.Arrow.ArrowWriterPropertiesBuilder())
                using (ParquetSharp.Arrow.ArrowWriterProperties stored = arrow.StoreSchema().Build())
                using (var writer = new ParquetSharp.Arrow.FileWriter(stream, parts.Schema, properties, stored, leaveOpen: true))
                {
                    foreach (RecordBatch batch in parts.Batches(cancellationToken)) writer.WriteRecordBatch(batch, BatchRows);
                    writer.Close();
                }

                break;
            case LogFileFormat.Csv:
                WriteCsv(log, stream, cancellationToken);
                break;
            default:
                var messages = new Parts(log);
                using (ArrowStreamWriter writer = format is LogFileFormat.Arrow ? new ArrowFileWriter(stream, messages.Schema, leaveOpen: true) : new ArrowStreamWriter(stream, messages.Schema, leaveOpen: true))
                {
                    writer.WriteStart();
                    foreach (RecordBatch batch in messages.Batches(cancellationToken)) writer.WriteRecordBatch(batch);
                    writer.WriteEnd();
                }

                break;
        }
    }

    private static void WriteCsv(InteractionLog log, Stream stream, CancellationToken cancellationToken)
    {
        bool hasRoles = false;
        foreach (LogChunk chunk in log.Columns) hasRoles |= !chunk.Roles.IsEmpty;
        List<string> header = ["at", "channel", "kind"];
        if (hasRoles) header.Add("role");
        if (log.HasActors) header.Add("actor");
        if (log.HasPublications) header.Add("publication");
        if (log.HasReplies) header.Add("reply_to");
        if (log.HasAlsoReplyTo) header.Add("also_reply_to");
        string[] channels = [.. log.Channels.Select(channel => FormulaGuard.Neutral(channel.Value))];
        string[] actors = [.. log.Actors.Select(actor => FormulaGuard.Neutral(actor.Value))];
        string[] publications = [.. log.Publications.Select(publication => FormulaGuard.Neutral(publication.Value))];
        string[] kinds = [.. Enum.GetValues<InteractionKind>().Select(kind => kind == default ? "" : Words<InteractionKind>.Of(kind))];
        string[] roles = [.. Enum.GetValues<ActorRole>().Select(role => role == default ? "" : Words<ActorRole>.Of(role))];
        using CsvWriter csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord([.. header]);
        var cells = new List<string>(header.Count);
        foreach (LogChunk chunk in log.Columns.ToArray())
        {
            for (int row = 0; row < chunk.Count; row++)
            {
                if (row % BatchRows == 0) cancellationToken.ThrowIfCancellationRequested();
                cells.Clear();
                cells.Add(NodaTime.Text.InstantPattern.ExtendedIso.Format(NodaTime.Instant.FromUnixTimeMilliseconds(chunk.Times.Span[row])));
                cells.Add(channels[chunk.ChannelIndexes.Span[row]]);
                cells.Add(kinds[chunk.Kinds.Span[row]]);
                if (hasRoles) cells.Add(chunk.Roles.IsEmpty ? "" : roles[chunk.Roles.Span[row]]);
                if (log.HasActors) cells.Add(chunk.Actors.IsEmpty || chunk.Actors.Span[row] == InteractionLog.None ? "" : actors.Length == 0 ? Number(chunk.Actors.Span[row]) : actors[chunk.Actors.Span[row]]);
                if (log.HasPublications) cells.Add(chunk.Publications.IsEmpty || chunk.Publications.Span[row] == InteractionLog.None ? "" : publications[chunk.Publications.Span[row]]);
                if (log.HasReplies) cells.Add(ReplyOf(log, chunk, row) is { } replied ? Number(replied) : "");
                if (log.HasAlsoReplyTo) cells.Add(AlsoOf(log, chunk, row) ?? "");
                csv.WriteRecord([.. cells]);
            }
        }
    }

    /// <summary>The row that is replied to, −2 where it is not in the log; null where there is none.</summary>
    private static long? ReplyOf(InteractionLog log, LogChunk chunk, int row) =>
        chunk.Replies.IsEmpty ? null : chunk.Replies.Span[row] == InteractionLog.UnknownReply ? InteractionLog.UnknownReply : log.RowReplied(chunk, chunk.Replies.Span[row]);

    /// <summary>The other rows that are replied to; null where there are none.</summary>
    private static string? AlsoOf(InteractionLog log, LogChunk chunk, int row) => !chunk.AlsoRows.IsEmpty && log.RowsAlsoReplied(chunk, row) is { Count: > 0 } also ? string.Join(LogColumns.RowSeparator, also.Select(Number)) : null;

    private static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Parts
    {
        private readonly InteractionLog _log;
        private readonly StringArray _channels;
        private readonly StringArray _kinds = Texts([.. Enum.GetValues<InteractionKind>().Select(kind => kind == default ? "" : Words<InteractionKind>.Of(kind))]);
        private readonly StringArray _roles = Texts([.. Enum.GetValues<ActorRole>().Select(role => role == default ? "" : Words<ActorRole>.Of(role))]);
        private readonly StringArray? _actors;
        private readonly StringArray? _publications;
        private readonly bool _hasRoles;

        public Parts(InteractionLog log)
        {
            _log = log;
            _channels = Texts([.. log.Channels.Select(channel => channel.Value)]);
            foreach (LogChunk chunk in log.Columns) _hasRoles |= !chunk.Roles.IsEmpty;
            if (log.HasActors && log.Actors.Count > 0) _actors = Texts([.. log.Actors.Select(actor => actor.Value)]);
            if (log.HasPublications) _publications = Texts([.. log.Publications.Select(publication => publication.Value)]);
            Schema.Builder schema = new Schema.Builder()
                .Field(new Field("at", Milliseconds, nullable: false)).Field(new Field("channel", WordColumn.Type, nullable: false)).Field(new Field("kind", WordColumn.Type, nullable: false));
            if (_hasRoles) schema.Field(new Field("role", WordColumn.Type, nullable: false));
            if (log.HasActors) schema.Field(new Field("actor", _actors is null ? Int32Type.Default : WordColumn.Type, nullable: true));
            if (log.HasPublications) schema.Field(new Field("publication", WordColumn.Type, nullable: true));
            if (log.HasReplies) schema.Field(new Field("reply_to", Int64Type.Default, nullable: true));
            if (log.HasAlsoReplyTo) schema.Field(new Field("also_reply_to", StringType.Default, nullable: true));
            Schema = schema.Metadata(LogColumns.ChannelsKey, string.Join('\n', log.Channels.Select(channel => channel.Value))).Build();
        }

        public Schema Schema { get; }

        public IEnumerable<RecordBatch> Batches(CancellationToken cancellationToken)
        {
            LogChunk[] chunks = _log.Columns.ToArray();
            foreach (LogChunk chunk in chunks)
            {
                for (int first = 0; first < chunk.Count; first += BatchRows)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return Batch(chunk, first, Math.Min(BatchRows, chunk.Count - first));
                }
            }
        }

        private static StringArray Texts(string[] texts)
        {
            var builder = new StringArray.Builder();
            builder.AppendRange(texts);
            return builder.Build();
        }

        private RecordBatch Batch(LogChunk chunk, int first, int count)
        {
            var columns = new List<IArrowArray>
            {
                new TimestampArray(Milliseconds, Buffer(chunk.Times.Span.Slice(first, count)), ArrowBuffer.Empty, count, 0, 0),
                WordColumn.Of(Numbers(chunk.ChannelIndexes.Span.Slice(first, count)), _channels),
                Coded(chunk.Kinds.Span.Slice(first, count), _kinds),
            };
            if (_hasRoles) columns.Add(chunk.Roles.IsEmpty ? Coded(Filled(count, (byte)ActorRole.Unknown), _roles) : Coded(chunk.Roles.Span.Slice(first, count), _roles));
            if (_log.HasActors) columns.Add(Optional(chunk.Actors, first, count, _actors));
            if (_log.HasPublications) columns.Add(Optional(chunk.Publications, first, count, _publications));
            if (_log.HasReplies) columns.Add(Replies(chunk, first, count));
            if (_log.HasAlsoReplyTo) columns.Add(AlsoReplies(chunk, first, count));
            return new RecordBatch(Schema, columns, count);
        }

        private static ArrowBuffer Buffer<T>(ReadOnlySpan<T> values)
            where T : struct => new ArrowBuffer.Builder<T>(values.Length).Append(values).Build();

        private static Int32Array Numbers(ReadOnlySpan<int> values) => new(Buffer(values), ArrowBuffer.Empty, values.Length, 0, 0);

        private static byte[] Filled(int count, byte value)
        {
            byte[] filled = new byte[count];
            filled.AsSpan().Fill(value);
            return filled;
        }

        private static DictionaryArray Coded(ReadOnlySpan<byte> codes, StringArray words)
        {
            int[] indexes = new int[codes.Length];
            for (int row = 0; row < indexes.Length; row++) indexes[row] = codes[row];
            return WordColumn.Of(Numbers(indexes), words);
        }

        /// <summary>A column in which a row may have none.</summary>
        private static IArrowArray Optional(ReadOnlyMemory<int> column, int first, int count, StringArray? words)
        {
            var builder = new Int32Array.Builder().Reserve(count);
            for (int row = 0; row < count; row++)
            {
                int index = column.IsEmpty ? InteractionLog.None : column.Span[first + row];
                if (index == InteractionLog.None) builder.AppendNull();
                else builder.Append(index);
            }

            Int32Array indexes = builder.Build();
            return words is null ? indexes : WordColumn.Of(indexes, words);
        }

        private Int64Array Replies(LogChunk chunk, int first, int count)
        {
            var builder = new Int64Array.Builder().Reserve(count);
            for (int row = 0; row < count; row++)
            {
                if (ReplyOf(_log, chunk, first + row) is { } replied) builder.Append(replied);
                else builder.AppendNull();
            }

            return builder.Build();
        }

        private StringArray AlsoReplies(LogChunk chunk, int first, int count)
        {
            var builder = new StringArray.Builder();
            for (int row = 0; row < count; row++)
            {
                if (AlsoOf(_log, chunk, first + row) is { } also) builder.Append(also);
                else builder.AppendNull();
            }

            return builder.Build();
        }
    }
}
