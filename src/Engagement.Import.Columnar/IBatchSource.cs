using Apache.Arrow;

namespace Engagement.Import.Columnar;

/// <summary>Reads a columnar file batch by batch.</summary>
internal interface IBatchSource : IDisposable
{
    Schema Schema { get; }

    /// <summary>The next batch, which the caller disposes of; null at the end.</summary>
    /// <exception cref="ImportException">The rest of the file cannot be read.</exception>
    RecordBatch? Next();
}
