using DuckDB.NET.Native;

namespace Engagement.Storage;

/// <summary>Reads cells out of DuckDB's own chunks, whose lists lie one after the other as numbers.</summary>
internal static unsafe class DuckDbCellReader
{
    public static void Read(DuckDBNativeConnection connection, string query, Action<MonthCell> add, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DuckDBState state = NativeMethods.Query.DuckDBQuery(connection, query, out DuckDBResult result);
        try
        {
            if (state != DuckDBState.Success) throw new IOException(NativeMethods.Query.DuckDBResultError(ref result));
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using DuckDBDataChunk chunk = NativeMethods.Query.DuckDBFetchChunk(result);
                if (chunk.IsInvalid) return;
                Read(chunk, (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk), add);
            }
        }
        finally
        {
            result.Close();
        }
    }

    private static void Read(DuckDBDataChunk chunk, int count, Action<MonthCell> add)
    {
        IntPtr lists = NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, 4);
        IntPtr numbers = NativeMethods.Vectors.DuckDBListVectorGetChild(lists);
        var all = new ReadOnlySpan<long>(NativeMethods.Vectors.DuckDBVectorGetData(numbers), (int)NativeMethods.Vectors.DuckDBListVectorGetSize(lists));
        ReadOnlySpan<int> days = Column<int>(chunk, 0, count);
        ReadOnlySpan<int> channels = Column<int>(chunk, 1, count);
        ReadOnlySpan<short> kinds = Column<short>(chunk, 2, count);
        ReadOnlySpan<short> roles = Column<short>(chunk, 3, count);
        ReadOnlySpan<DuckDBListEntry> places = Column<DuckDBListEntry>(chunk, 4, count);
        for (int row = 0; row < count; row++) add(new MonthCell(days[row], channels[row], (byte)kinds[row], (byte)roles[row], all.Slice((int)places[row].Offset, (int)places[row].Length).ToArray()));
    }

    private static ReadOnlySpan<T> Column<T>(DuckDBDataChunk chunk, int column, int count)
        where T : unmanaged => new(NativeMethods.Vectors.DuckDBVectorGetData(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, column)), count);
}
