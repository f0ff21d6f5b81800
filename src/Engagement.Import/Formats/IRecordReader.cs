namespace Engagement.Import;

/// <summary>Reads a file forward, record by record. A record may be reused: it is valid until the next one is read.</summary>
internal interface IRecordReader : IDisposable
{
    /// <summary>The next record; null at the end.</summary>
    /// <exception cref="ImportException">The rest of the file cannot be read.</exception>
    SourceRecord? Read();
}
