namespace Engagement.Import;

/// <summary>A file format. A new one is one class with this interface and one line in <see cref="RecordFormats"/>.</summary>
internal interface IRecordFormat
{
    /// <summary>The name in messages: <c>CSV</c>.</summary>
    string Name { get; }

    /// <summary>Whether a file is of this format, by its first bytes.</summary>
    bool Recognises(ReadOnlySpan<byte> head);

    /// <summary>Opens a file for reading record by record. The reader owns the stream.</summary>
    /// <exception cref="ImportException">The file as a whole cannot be read.</exception>
    IRecordReader Open(Stream stream, ReadOnlySpan<byte> head, ReadingOptions options);
}
