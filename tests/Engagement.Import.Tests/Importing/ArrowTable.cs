using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Engagement.Import.Columnar;

namespace Engagement.Import.Tests;

/// <summary>Arrow files of a few columns, as other programs write them.</summary>
internal static class ArrowTable
{
    public static ImportResult Import(ImportBench bench, string path) => Importer.Import(new ImportRequest([path], bench.Folder) { Zone = ImportBench.Berlin, Formats = ColumnarFormats.All }, cancellationToken: TestContext.Current.CancellationToken);

    public static string Table(ImportBench bench, params (string Name, IArrowArray Values)[] columns)
    {
        var schema = new Schema.Builder();
        foreach ((string name, IArrowArray values) in columns) schema.Field(new Field(name, values.Data.DataType, nullable: true));
        using var memory = new MemoryStream();
        using (var writer = new ArrowFileWriter(memory, schema.Build(), leaveOpen: true))
        {
            writer.WriteRecordBatch(new RecordBatch(schema.Build(), columns.Select(column => column.Values), columns[0].Values.Length));
            writer.WriteEnd();
        }

        return bench.Write("log.arrow", memory.ToArray());
    }

    public static TimestampArray Stamps(TimeUnit unit, string? zone, params long[] values) => new(new TimestampType(unit, zone), new ArrowBuffer.Builder<long>().Append(values.AsSpan()).Build(), ArrowBuffer.Empty, values.Length, 0, 0);

    public static StringArray Texts(params string[] values)
    {
        var builder = new StringArray.Builder();
        foreach (string value in values)
        {
            if (value.Length == 0) builder.AppendNull();
            else builder.Append(value);
        }

        return builder.Build();
    }
}
