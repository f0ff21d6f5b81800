namespace Engagement.Import;

/// <summary>Excel workbooks (.xlsx): each sheet is a part.</summary>
internal sealed class WorkbookFormat : IRecordFormat
{
    public string Name => "Excel";

    public bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8);

    public IRecordReader Open(Stream stream, ReadOnlySpan<byte> head, ReadingOptions options)
    {
        try
        {
            WorkbookFence.Check(stream, options.Limits);
            return new WorkbookReader(stream, options.Limits);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
