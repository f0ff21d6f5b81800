using System.Buffers.Binary;
using System.Buffers.Text;
using Npgsql;

namespace Engagement.Storage;

/// <summary>Reads cells by PostgreSQL's binary COPY, out of the buffer: a call of the client for each value of each row would cost more than the server's work.</summary>
internal static class CellCopy
{
    private const int HeaderBytes = 19;

    // The number of values, four of them with their lengths, and the length of the text.
    private const int BytesBeforeText = 2 + 8 + 8 + 6 + 6 + 4;

    public static async Task ReadAsync(NpgsqlConnection connection, string query, Action<MonthCell> add, CancellationToken cancellationToken)
    {
        string copy = $"COPY (SELECT day, channel_no, kind, role, CAST(by_day AS TEXT) FROM ({query}) c) TO STDOUT (FORMAT BINARY)";
        NpgsqlRawCopyStream stream = await connection.BeginRawBinaryCopyAsync(copy, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            (stream.ReadTimeout, stream.WriteTimeout) = (0, 0);
            byte[] buffer = new byte[1 << 16];
            (int from, int to) = (0, 0);
            for (bool isInRows = false, isEnd = false; !isEnd;)
            {
                if (to == buffer.Length) Array.Resize(ref buffer, 2 * buffer.Length);
                int read = await stream.ReadAsync(buffer.AsMemory(to), cancellationToken).ConfigureAwait(false);
                if (read == 0) throw new IOException("The rows of a COPY broke off.");
                to += read;
                if (!isInRows)
                {
                    if (to < HeaderBytes) continue;
                    (isInRows, from) = (true, HeaderBytes);
                }

                from += AddRows(buffer.AsSpan(from, to - from), add, out isEnd);
                buffer.AsSpan(from, to - from).CopyTo(buffer);
                (from, to) = (0, to - from);
            }
        }
    }

    /// <summary>Takes the rows that are there as a whole.</summary>
    /// <returns>How many bytes they have.</returns>
    private static int AddRows(ReadOnlySpan<byte> bytes, Action<MonthCell> add, out bool isEnd)
    {
        isEnd = false;
        for (int used = 0; ;)
        {
            ReadOnlySpan<byte> row = bytes[used..];
            isEnd = row.Length >= 2 && BinaryPrimitives.ReadInt16BigEndian(row) < 0;
            if (isEnd || row.Length < BytesBeforeText) return used;
            int length = BytesBeforeText + BinaryPrimitives.ReadInt32BigEndian(row[(BytesBeforeText - 4)..]);
            if (length < BytesBeforeText) throw NoArray();
            if (row.Length < length) return used;
            add(new MonthCell(
                BinaryPrimitives.ReadInt32BigEndian(row[6..]),
                BinaryPrimitives.ReadInt32BigEndian(row[14..]),
                (byte)BinaryPrimitives.ReadInt16BigEndian(row[22..]),
                (byte)BinaryPrimitives.ReadInt16BigEndian(row[28..]),
                Numbers(row[BytesBeforeText..length])));
            used += length;
        }
    }

    /// <summary>The numbers of the text of an array, as <c>{3,0,12}</c>.</summary>
    private static long[] Numbers(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)'{', .., (byte)'}']) throw NoArray();
        long[] numbers = new long[text.Length == 2 ? 0 : text.Count((byte)',') + 1];
        for (int index = 0, place = 1; index < numbers.Length; index++)
        {
            if (!Utf8Parser.TryParse(text[place..], out numbers[index], out int digits)) throw NoArray();
            place += digits;
            if (text[place++] != (index == numbers.Length - 1 ? (byte)'}' : (byte)',')) throw NoArray();
        }

        return numbers;
    }

    private static StoreException NoArray() => new("by_day of a row of month_cell must be an array of numbers, as {3,0,12}, and is not: make the cells anew (engagement store check --rebuild).");
}
