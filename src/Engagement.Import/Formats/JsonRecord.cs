using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Engagement.Import;

/// <summary>An object of a JSON file. Values within values have dotted names (<c>account.followers_count</c>); <c>mentions.#</c> is the length of an array.</summary>
internal sealed class JsonRecord : SourceRecord
{
    private static readonly Fault NotWhole = new(ImportCodes.FieldCount, "must be a list of as many values as there are column headers", "ask for the report again");

    private readonly JsonElement _element;
    private readonly long _line;
    private readonly byte[]? _original;
    private readonly Fault? _fault;
    private readonly JsonRecord? _around;

    /// <summary>A value of a file.</summary>
    /// <param name="element">The value.</param>
    /// <param name="line">The line on which it begins, or the document around it.</param>
    /// <param name="original">Its bytes; null for a value within another, which has its own part of them and not all.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="around">The object that it is an element of, whose values are beside its own.</param>
    public JsonRecord(JsonElement element, long line, byte[]? original, Fault? fault = null, JsonRecord? around = null) => (_element, _line, _original, _fault, _around) = (element, line, original, fault, around);

    public override long Line => _line;

    public override Fault? Fault => _fault;

    public JsonElement Element => _element;

    /// <summary>The columns of the table that the object is a row of; empty where it is of none.</summary>
    public string[] Columns { get; private init; } = [];

    /// <summary>What the object is made of; itself unless it is the row of a table.</summary>
    private JsonElement Raw { get => field.ValueKind is JsonValueKind.Undefined ? _element : field; init; }

    public override byte[] Original() => _original ?? Encoding.UTF8.GetBytes(Raw.GetRawText());

    /// <summary>The value of this object; where it has none of the name, that of the object around it.</summary>
    public override string? Cell(string name) => Own(name) ?? _around?.Cell(name);

    /// <summary>The records of an array within this object, each with the object around it; the object itself where none is named.</summary>
    public IEnumerable<JsonRecord> Each(string? array) =>
        array is null ? [this]
        : _element.ValueKind is JsonValueKind.Object && _element.TryGetProperty(array, out JsonElement items) && items.ValueKind is JsonValueKind.Array ? items.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.Object).Select(item => new JsonRecord(item, _line, null, around: this))
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

    /// <summary>The object that holds this one, in whatever property or array; null for a record of its own.</summary>
    public JsonRecord? Holder { get; private init; }

    /// <summary>The property that this value stands in, or that its array does.</summary>
    private string Property { get; init; } = "";

    /// <summary>Whether the object stands in a place that is named by its last properties: <c>includes.tweets</c>.</summary>
    public bool IsIn(string place)
    {
        JsonRecord? at = this;
        foreach (string name in place.Split('.').Reverse())
        {
            if (at?.Property != name) return false;
            at = at.Holder;
        }

        return true;
    }

    /// <summary>This object and every object within it, outer ones first.</summary>
    /// <param name="isLeftOut">Whether an object is left out, with all within it. Default: none is.</param>
    public IEnumerable<JsonRecord> Objects(Func<JsonRecord, bool>? isLeftOut = null)
    {
        if (isLeftOut is not null && _element.ValueKind is JsonValueKind.Object && isLeftOut(this)) yield break;
        if (_fault is not null || _element.ValueKind is JsonValueKind.Object) yield return this;
        if (JsonGrid.Of(_element) is { } grid)
        {
            foreach ((JsonElement row, JsonElement? named) in grid.Rows()) yield return named is { } whole ? new JsonRecord(whole, _line, null) { Columns = grid.Columns, Raw = row } : new JsonRecord(row, _line, null, NotWhole);
            yield break;
        }

        bool isObject = _element.ValueKind is JsonValueKind.Object;
        IEnumerable<(string Name, JsonElement Value)> inner = _element.ValueKind switch
        {
            JsonValueKind.Object => _element.EnumerateObject().Where(property => property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array).Select(property => (property.Name, property.Value)),
            JsonValueKind.Array => _element.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array).Select(item => (Property, item)),
            _ => [],
        };
        foreach ((string name, JsonElement value) in inner)
        {
            foreach (JsonRecord record in new JsonRecord(value, _line, null) { Holder = isObject ? this : Holder, Property = name }.Objects(isLeftOut)) yield return record;
        }
    }
}
