using System.Text.Json;

namespace Engagement.Import;

/// <summary>A table within JSON: <c>columnHeaders</c> with names, <c>rows</c> with their values in the same order, as the YouTube Analytics API answers.</summary>
internal sealed class JsonGrid
{
    /// <summary>What further a row is broken down by: the dimensions that are neither time nor video.</summary>
    public const string Segment = "#segment";

    private static readonly string[] Placed = ["day", "month", "video", "channel"];

    private readonly (string Name, bool IsDimension)[] _columns;
    private readonly JsonElement _rows;

    private JsonGrid((string Name, bool IsDimension)[] columns, JsonElement rows) => (_columns, _rows) = (columns, rows);

    /// <summary>The table that an object is; null when it is none.</summary>
    public static JsonGrid? Of(JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty("columnHeaders", out JsonElement headers) || !element.TryGetProperty("rows", out JsonElement rows)) return null;
        if (headers.ValueKind is not JsonValueKind.Array || rows.ValueKind is not JsonValueKind.Array) return null;
        (string Name, bool IsDimension)[] columns = [.. headers.EnumerateArray().Select(header => (TextOf(header, "name"), TextOf(header, "columnType") == "DIMENSION"))];
        return columns.All(column => column.Name.Length > 0) && columns.DistinctBy(column => column.Name, StringComparer.Ordinal).Count() == columns.Length ? new JsonGrid(columns, rows) : null;
    }

    /// <summary>The names of the columns.</summary>
    public string[] Columns => [.. _columns.Select(column => column.Name)];

    /// <summary>The rows, each as it stands and as an object; no object where a row is not as long as the header.</summary>
    public IEnumerable<(JsonElement Row, JsonElement? Named)> Rows()
    {
        foreach (JsonElement row in _rows.EnumerateArray())
        {
            if (row.ValueKind is not JsonValueKind.Array || row.GetArrayLength() != _columns.Length)
            {
                yield return (row, null);
                continue;
            }

            var bytes = new System.Buffers.ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(bytes))
            {
                writer.WriteStartObject();
                for (int index = 0; index < _columns.Length; index++)
                {
                    writer.WritePropertyName(_columns[index].Name);
                    row[index].WriteTo(writer);
                }

                writer.WriteString(Segment, string.Join(' ', _columns.Select((column, index) => (column, Value: row[index])).Where(cell => cell.column.IsDimension && !Placed.Contains(cell.column.Name, StringComparer.Ordinal)).Select(cell => $"{cell.column.Name}={cell.Value}")));
                writer.WriteEndObject();
            }

            using JsonDocument document = JsonDocument.Parse(bytes.WrittenMemory);
            yield return (row, document.RootElement.Clone());
        }
    }

    private static string TextOf(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";
}
