using ParquetSharp;
using ParquetSharp.Arrow;

namespace Engagement.Import.Columnar;

/// <summary>What a Parquet file says of itself in its footer, looked at before any page is read.</summary>
/// <param name="Rows">The rows of each row group.</param>
/// <param name="AreLarge">
/// Whether a row group has more bytes than are held at once. It is then read through a buffer, for which the library takes whatever length the head of a page claims, up to 2 GiB;
/// a smaller one is read whole, and a page that claims more than there is of it is refused without that memory.
/// </param>
internal sealed record ParquetClaims(long[] Rows, bool AreLarge)
{
    /// <summary>What a row group may claim to unpack to. Writers make them of 128 MiB or so.</summary>
    private const long MostGroupBytes = 2L << 30;

    private const int MostGroups = 1 << 16;

    /// <summary>Several readers work side by side, and each holds a row group of up to so many bytes. A file that is larger may take 2 GiB anyhow (<see cref="Fence"/>).</summary>
    private const long LargeBytes = 16L << 20;

    /// <summary>The claims of a file, if they may be true and lie within the limits.</summary>
    public static ParquetClaims Of(FileReader file, long fileBytes, ImportLimits limits, Fence fence)
    {
        FileMetaData facts = file.ParquetReader.FileMetaData;
        if (facts.NumColumns > limits.Columns) throw Fence.TooMuch($"must have at most {limits.Columns} columns, not {facts.NumColumns}");
        if (facts.NumRowGroups > MostGroups) throw Fence.TooMuch($"must have at most {MostGroups} row groups, not {facts.NumRowGroups}");
        long[] rows = new long[facts.NumRowGroups];
        long all = 0;
        long bytes = 0;
        long largest = 0;
        for (int index = 0; index < rows.Length; index++)
        {
            using RowGroupReader group = file.ParquetReader.RowGroup(index);
            rows[index] = group.MetaData.NumRows;
            if (rows[index] < 0) throw fence.Damaged("a row group states a negative number of rows");
            all = checked(all + rows[index]);
            long ofGroup = 0;
            long packed = 0;
            for (int column = 0; column < facts.NumColumns; column++)
            {
                using ColumnChunkMetaData chunk = group.MetaData.GetColumnChunkMetaData(column);
                if (chunk.TotalUncompressedSize < 0 || chunk.TotalCompressedSize < 0) throw fence.Damaged("a column states a negative size");
                if (chunk.TotalCompressedSize > fileBytes) throw fence.Damaged(FormattableString.Invariant($"a column states {chunk.TotalCompressedSize} bytes, and the file has {fileBytes}"));
                ofGroup = checked(ofGroup + chunk.TotalUncompressedSize);
                packed = checked(packed + chunk.TotalCompressedSize);
            }

            if (ofGroup > MostGroupBytes) throw Fence.TooMuch($"must have row groups that unpack to at most {MostGroupBytes} bytes; one claims {ofGroup}");
            bytes = checked(bytes + ofGroup);
            largest = Math.Max(largest, packed);
        }

        if (bytes > limits.FileBytes) throw Fence.TooMuch($"must unpack to at most {limits.FileBytes} bytes; it claims {bytes}");
        if (all != facts.NumRows) throw fence.Damaged(FormattableString.Invariant($"it states {facts.NumRows} rows, and its row groups {all}"));
        // Columns may all claim the same bytes: together they have no more than the file.
        return new(rows, Math.Min(largest, fileBytes) > LargeBytes);
    }
}
