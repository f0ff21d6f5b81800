using System.Runtime.CompilerServices;
using DuckDB.NET.Native;
using Engagement.Core.Logs;

namespace Engagement.Storage;

/// <summary>Writes events column by column into DuckDB's own chunks: value by value, the crossings into the engine would cost more than its work.</summary>
internal static unsafe class DuckDbEventWriter
{
    private const int ChunkRows = 2_048;

    private static readonly DuckDBType[] Types =
    [
        DuckDBType.Integer, DuckDBType.BigInt, DuckDBType.Integer, DuckDBType.BigInt, DuckDBType.Integer, DuckDBType.SmallInt, DuckDBType.SmallInt, DuckDBType.BigInt, DuckDBType.Integer, DuckDBType.Integer,
    ];

    public static void Write(DuckDBNativeConnection connection, string catalog, EventBlock events, CancellationToken cancellationToken)
    {
        var types = new DuckDBLogicalType[Types.Length];
        for (int column = 0; column < types.Length; column++) types[column] = NativeMethods.LogicalType.DuckDBCreateLogicalType(Types[column]);
        DuckDB.NET.Native.DuckDBAppender? appender = null;
        try
        {
            if (NativeMethods.Appender.DuckDBAppenderCreateExt(connection, catalog, "engagement", "event", out appender) != DuckDBState.Success) throw Failed(appender);
            using DuckDBDataChunk chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk([.. types.Select(type => type.DangerousGetHandle())], (ulong)types.Length);
            for (int start = 0; start < events.Count; start += ChunkRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                NativeMethods.DataChunks.DuckDBDataChunkReset(chunk);
                int count = Math.Min(ChunkRows, events.Count - start);
                Fill(chunk, events, start, count);
                NativeMethods.DataChunks.DuckDBDataChunkSetSize(chunk, (ulong)count);
                if (NativeMethods.Appender.DuckDBAppendDataChunk(appender, chunk) != DuckDBState.Success) throw Failed(appender);
            }

            if (NativeMethods.Appender.DuckDBAppenderClose(appender) != DuckDBState.Success) throw Failed(appender);
        }
        finally
        {
            appender?.Dispose();
            foreach (DuckDBLogicalType type in types) type.Dispose();
        }
    }

    private static void Fill(DuckDBDataChunk chunk, EventBlock events, int start, int count)
    {
        LogChunk log = events.Chunk;
        Column<int>(chunk, 0, count).Fill(events.Organisation);
        Column<long>(chunk, 1, count).Fill(events.Batch);
        Span<int> rows = Column<int>(chunk, 2, count);
        for (int row = 0; row < count; row++) rows[row] = events.FirstRow + start + row;
        log.Times.Span.Slice(start, count).CopyTo(Column<long>(chunk, 3, count));

        Span<int> channels = Column<int>(chunk, 4, count);
        Span<short> kinds = Column<short>(chunk, 5, count);
        Span<short> roles = Column<short>(chunk, 6, count);
        ReadOnlySpan<byte> kindsOfLog = log.Kinds.Span.Slice(start, count);
        for (int row = 0; row < count; row++)
        {
            channels[row] = events.Channel(start + row);
            kinds[row] = kindsOfLog[row];
            roles[row] = events.Role(start + row);
        }

        Span<long> actors = Column<long>(chunk, 7, count);
        Span<int> publications = Column<int>(chunk, 8, count);
        Span<int> replies = Column<int>(chunk, 9, count);
        ulong* knownActors = Validity(chunk, 7);
        ulong* knownPublications = Validity(chunk, 8);
        ulong* knownReplies = Validity(chunk, 9);
        for (int row = 0; row < count; row++)
        {
            long? actor = events.Actor(start + row);
            int? publication = events.Publication(start + row);
            int? reply = events.ReplyRow(start + row);
            (actors[row], publications[row], replies[row]) = (actor.GetValueOrDefault(), publication.GetValueOrDefault(), reply.GetValueOrDefault());
            Set(knownActors, row, actor.HasValue);
            Set(knownPublications, row, publication.HasValue);
            Set(knownReplies, row, reply.HasValue);
        }
    }

    private static Span<T> Column<T>(DuckDBDataChunk chunk, int column, int count)
        where T : unmanaged => new(NativeMethods.Vectors.DuckDBVectorGetData(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, column)), count);

    private static ulong* Validity(DuckDBDataChunk chunk, int column)
    {
        IntPtr vector = NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, column);
        NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(vector);
        return NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Set(ulong* validity, int row, bool isKnown)
    {
        ulong bit = 1ul << (row & 63);
        if (isKnown) validity[row >> 6] |= bit;
        else validity[row >> 6] &= ~bit;
    }

    private static IOException Failed(DuckDB.NET.Native.DuckDBAppender? appender)
    {
        using DuckDBErrorData? error = appender is null || appender.IsInvalid ? null : NativeMethods.Appender.DuckDBAppenderErrorData(appender);
        return new IOException(error is null ? "the appender cannot be made" : NativeMethods.ErrorData.DuckDBErrorDataMessage(error));
    }
}
