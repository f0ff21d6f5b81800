using System.Buffers.Binary;

namespace Engagement.Import.Tests;

/// <summary>Parquet of one row, written byte by byte, so that it may say of itself what no writer would: in Thrift's compact protocol, as parquet.thrift lays it down.</summary>
internal static class HandmadeParquet
{
    private const int Int64 = 2;
    private const int ByteArray = 6;
    private const int Utf8 = 0;
    private const int TimestampMilliseconds = 9;

    /// <param name="further">So many columns more than a log needs.</param>
    /// <param name="claim">How many bytes each of them claims to have.</param>
    /// <param name="pageClaim">How many bytes the page of the times claims to have; null for those that it has.</param>
    public static byte[] Of(int further, long claim, int? pageClaim)
    {
        byte[][] pages = [[.. Eight(1_500_000_000_000)], [1, 0, 0, 0, (byte)'a'], [4, 0, 0, 0, .. "like"u8]];
        var file = new List<byte>([.. "PAR1"u8]);
        var starts = new List<long>();
        for (int page = 0; page < pages.Length; page++)
        {
            starts.Add(file.Count);
            int size = page == 0 && pageClaim is { } claimed ? claimed : pages[page].Length;
            file.AddRange(Struct((1, Number(5, 0)), (2, Number(5, size)), (3, Number(5, size)), (5, Nested((1, Number(5, 1)), (2, Number(5, 0)), (3, Number(5, 3)), (4, Number(5, 3))))));
            file.AddRange(pages[page]);
        }

        starts.Add(file.Count);
        string[] names = ["at", "channel", "kind", .. Enumerable.Range(0, further).Select(index => $"x{index}")];
        var schema = new List<byte[]> { Struct((4, Text("s")), (5, Number(5, names.Length))) };
        var chunks = new List<byte[]>();
        for (int column = 0; column < names.Length; column++)
        {
            bool isOurs = column < pages.Length;
            (int Id, (int Type, byte[] Bytes) Value)[] element = [(1, Number(5, column == 0 ? Int64 : ByteArray)), (3, Number(5, 0)), (4, Text(names[column]))];
            schema.Add(Struct(isOurs ? [.. element, (6, Number(5, column == 0 ? TimestampMilliseconds : Utf8))] : element));
            long start = starts[isOurs ? column : 0];
            long length = isOurs ? starts[column + 1] - start : claim;
            chunks.Add(Struct((2, Number(6, start)), (3, Nested((1, Number(5, column == 0 ? Int64 : ByteArray)), (2, List(5, [Zigzag(0)])), (3, List(8, [Text(names[column]).Bytes])), (4, Number(5, 0)), (5, Number(6, 1)), (6, Number(6, length)), (7, Number(6, length)), (9, Number(6, start))))));
        }

        byte[] footer = Struct((1, Number(5, 1)), (2, List(12, schema)), (3, Number(6, 1)), (4, List(12, [Struct((1, List(12, chunks)), (2, Number(6, 100)), (3, Number(6, 1)))])));
        return [.. file, .. footer, .. Eight(footer.Length).Take(4), .. "PAR1"u8];
    }

    private static byte[] Struct(params (int Id, (int Type, byte[] Bytes) Value)[] fields)
    {
        var bytes = new List<byte>();
        int last = 0;
        foreach ((int id, (int type, byte[] value)) in fields)
        {
            bytes.Add((byte)(((id - last) << 4) | type));
            bytes.AddRange(value);
            last = id;
        }

        return [.. bytes, 0];
    }

    private static (int Type, byte[] Bytes) Nested(params (int Id, (int Type, byte[] Bytes) Value)[] fields) => (12, Struct(fields));

    private static (int Type, byte[] Bytes) Number(int type, long value) => (type, Zigzag(value));

    private static (int Type, byte[] Bytes) Text(string text) => (8, [.. Varint((ulong)text.Length), .. System.Text.Encoding.ASCII.GetBytes(text)]);

    private static (int Type, byte[] Bytes) List(int type, List<byte[]> items) => (9, [.. items.Count < 15 ? [(byte)((items.Count << 4) | type)] : (byte[])[(byte)(0xF0 | type), .. Varint((ulong)items.Count)], .. items.SelectMany(item => item)]);

    private static byte[] Zigzag(long value) => Varint(unchecked((ulong)((value << 1) ^ (value >> 63))));

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value > 127; value >>= 7) bytes.Add((byte)((value & 127) | 128));
        return [.. bytes, (byte)value];
    }

    private static byte[] Eight(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
