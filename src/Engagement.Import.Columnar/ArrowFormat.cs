namespace Engagement.Import.Columnar;

/// <summary>Arrow IPC, as a file (Feather 2) or as a stream.</summary>
internal sealed class ArrowFormat : IRecordFormat
{
    public string Name => "Arrow";

    public bool Recognises(ReadOnlySpan<byte> head) => IsFile(head) || IsStream(head);

    public IRecordReader Open(Stream stream, ReadOnlySpan<byte> head, ReadingOptions options)
    {
        bool isFile = IsFile(head);
        return new ColumnarRecordReader(stream, () => new ArrowBatches(stream, isFile, options.Limits), options.Limits);
    }

    public static bool IsFile(ReadOnlySpan<byte> head) => head.StartsWith("ARROW1"u8);

    /// <summary>A stream begins with the mark of a message and its length, a small number.</summary>
    public static bool IsStream(ReadOnlySpan<byte> head) => head is [0xFF, 0xFF, 0xFF, 0xFF, _, _, _, < 0x10, ..];
}
