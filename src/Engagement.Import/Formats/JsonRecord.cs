using System.Globalization;
using System.Text.Json;

namespace Engagement.Import;

/// <summary>An object of a JSON file. Values within values have dotted names (<c>account.followers_count</c>); <c>mentions.#</c> is the length of an array.</summary>
internal sealed class JsonRecord : SourceRecord
{
    private readonly JsonElement _element;
    private readonly long _line;
    private readonly byte[] _original;
    private readonly Fault? _fault;
    private readonly JsonRecord? _around;

    public JsonRecord(JsonElement element, long line, byte[] original, Fault? fault = null, JsonRecord? around = null) => (_element, _line, _original, _fault, _around) = (element, line, original, fault, around);

    public override long Line => _line;

    public override Fault? Fault => _fault;

    public JsonElement Element => _element;

    /// <summary>The columns of the table that the object is a row of; empty where it is of none.</summary>
    public string[] Columns { get; private init; } = [];

    public override byte[] Original() => _original;

    /// <summary>The value of this object; where it has none of the name, that of the object around it.</summary>
    public override string? Cell(string name) => Own(name) ?? _around?.Cell(name);

    /// <summary>The records of an array within this object, each with the object around it; the object itself where none is named.</summary>
    public IEnumerable<JsonRecord> Each(string? array) =>
        array is null ? [this]
        : _element.ValueKind is JsonValueKind.Object && _element.TryGetProperty(array, out JsonElement items) && items.ValueKind is JsonValueKind.Array ? items.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.Object).Select(item => new JsonRecord(item, _line, _original, around: this))
        : [];

    private string? Own(string name)
    {
        JsonElement at = _element;
        foreach (Range step in name.AsSpan().Split('.'))
        {
            ReadOnlySpan<char> property = name.AsSpan(step);
            if (property is "#" && at.ValueKind is JsonValueKind.Array) return at.GetArrayLength().ToString(CultureInfo.InvariantCulture);
            if (at.ValueKind is not JsonValueKind.Object || !at.TryGetProperty(property, out at)) return null;
        }

        return at.ValueKind switch
        {
            JsonValueKind.String => at.GetString(),
            JsonValueKind.Number => at.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Null => "",
            _ => null,
        };
    }

    /// <summary>This object and every object within it, outer ones first.</summary>
    public IEnumerable<JsonRecord> Objects()
    {
        if (_fault is not null || _element.ValueKind is JsonValueKind.Object) yield return this;
        if (JsonGrid.Of(_element) is { } grid)
        {
            foreach (JsonElement row in grid.Rows()) yield return new JsonRecord(row, _line, _original) { Columns = grid.Columns };
            yield break;
        }

        IEnumerable<JsonElement> inner = _element.ValueKind switch
        {
            JsonValueKind.Object => _element.EnumerateObject().Select(property => property.Value),
            JsonValueKind.Array => _element.EnumerateArray(),
            _ => [],
        };
        foreach (JsonElement value in inner.Where(value => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
        {
            foreach (JsonRecord record in new JsonRecord(value, _line, _original).Objects()) yield return record;
        }
    }
}
