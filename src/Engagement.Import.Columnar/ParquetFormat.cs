namespace Engagement.Import.Columnar;

/// <summary>Parquet, whose columns are mapped by name.</summary>
internal sealed class ParquetFormat : IRecordFormat
{
    public string Name => "Parquet";

    public bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("PAR1"u8);

    public IRecordReader Open(Stream stream, ReadOnlySpan<byte> head, ReadingOptions options) => new ColumnarRecordReader(stream, () => new ParquetBatches(stream, options.Limits, ColumnarRecordReader.BatchRows, null), options.Limits);
}
