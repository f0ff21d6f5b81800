namespace Engagement.Import.Columnar;

/// <summary>The formats of this package, for <see cref="ImportRequest.Formats"/>.</summary>
/// <remarks>
/// <para>A package of its own because it bears native code; see docs/decisions. Immutable and safe to share between threads.</para>
/// <example><c>new ImportRequest(["posts.parquet"], "ihk") { Formats = ColumnarFormats.All }</c></example>
/// </remarks>
public static class ColumnarFormats
{
    /// <summary>Parquet, and Arrow IPC as a file and as a stream.</summary>
    public static IReadOnlyList<ImportFormat> All { get; } = [new(new ParquetFormat()), new(new ArrowFormat())];
}
