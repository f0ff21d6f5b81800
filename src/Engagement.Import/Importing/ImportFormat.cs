namespace Engagement.Import;

/// <summary>A file format that another package brings, for <see cref="ImportRequest.Formats"/>.</summary>
/// <remarks>
/// <para>Immutable; equality is that of the reference. CSV, TSV, JSON, JSON Lines and Excel are always known; Parquet and Arrow come with the package Engagement.Import.Columnar.</para>
/// <example><c>new ImportRequest(files, "ihk") { Formats = ColumnarFormats.All }</c></example>
/// </remarks>
public sealed class ImportFormat
{
    internal ImportFormat(IRecordFormat reader) => Reader = reader;

    /// <summary>The name of the format.</summary>
    public string Name => Reader.Name;

    internal IRecordFormat Reader { get; }

    /// <summary>The name.</summary>
    /// <returns>For example <c>Parquet</c>.</returns>
    public override string ToString() => Name;
}
