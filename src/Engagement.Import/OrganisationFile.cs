using System.Text.Json;
using Engagement.Core;
using NodaTime;

namespace Engagement.Import;

/// <summary>Reads <c>organisation.json</c>: the organisation and its universes.</summary>
internal sealed class OrganisationFile
{
    public const string Name = "organisation.json";

    private const int MostBytes = 1 << 20;

    private static readonly Dictionary<JsonTokenType, string> TypeNames = new()
    {
        [JsonTokenType.StartObject] = "an object",
        [JsonTokenType.StartArray] = "an array",
        [JsonTokenType.String] = "a string",
    };

    private readonly FindingList _findings;

    private OrganisationFile(FindingList findings) => _findings = findings;

    /// <summary>The organisation; null when anything is wrong with it.</summary>
    public Organisation? Organisation { get; private set; }

    /// <summary>The universes, and the values that they and their sizes were read from, in the same order.</summary>
    public List<(Universe Universe, JsonNode Node, JsonNode[] Sizes)> Universes { get; } = [];

    public static OrganisationFile Read(string folder, FindingList findings)
    {
        var file = new OrganisationFile(findings);
        try
        {
            using Stream? stream = InputFile.Open(folder, Name, isRequired: true, MostBytes, findings);
            if (stream is null) return file;
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            file.Read(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Error(new Place(Name), Codes.FileUnreadable, "must be readable to its end", $"see to the cause ({exception.Message})");
        }

        return file;
    }

    private void Read(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) json = json[3..];
        if (json.IsEmpty) _findings.Error(new Place(Name), Codes.FileEmpty, "must hold an organisation", "write { \"id\": …, \"name\": …, \"timeZone\": \"Europe/Berlin\" }");
        else if (InputFile.TextFault(json, out int offset) is { } fault) _findings.Error(new Place(Name, 1 + json[..offset].Count((byte)'\n')), fault, value: null);
        else if (JsonNode.Parse(json, Name, _findings) is { } root) Read(root);
    }

    private void Read(JsonNode root)
    {
        if (!IsObject(root, ["id", "name", "timeZone"], ["umbrella", "universes"])) return;
        long before = _findings.ErrorCount;
        string id = Text(root, "id", Texts.Identifier);
        string name = Text(root, "name", Texts.Name);
        string umbrella = Text(root, "umbrella", Texts.Identifier);
        DateTimeZone? zone = null;
        Text(root, "timeZone", text => Texts.TimeZone(text, out zone));
        if (_findings.ErrorCount == before && zone is not null && id.Length > 0 && name.Length > 0)
        {
            Organisation = new Organisation(id, name, zone, umbrella.Length == 0 ? default : new OrganisationId(umbrella));
        }

        foreach (JsonNode universe in Items(root, "universes")) Universe(universe, zone ?? DateTimeZone.Utc);
    }

    private void Universe(JsonNode node, DateTimeZone zone)
    {
        if (!IsObject(node, ["id", "unit", "sizes"], ["name"])) return;
        long before = _findings.ErrorCount;
        string id = Text(node, "id", Texts.Identifier);
        string name = Text(node, "name", Texts.Name);
        UnitOfCount unit = default;
        Text(node, "unit", text => Words<UnitOfCount>.Read(text, out unit));
        var sizes = new List<(UniverseSize Size, JsonNode Node)>();
        foreach (JsonNode size in Items(node, "sizes"))
        {
            if (Size(size, zone) is { } read) sizes.Add((read, size));
        }

        if (_findings.ErrorCount > before || id.Length == 0 || unit is UnitOfCount.Unspecified) return;
        // The universe sorts its sizes; the places of their values go with them.
        sizes = [.. sizes.OrderBy(size => size.Size.AsOf)];
        Universes.Add((new Universe(id, unit, name.Length == 0 ? null : name).WithAll(sizes.Select(size => size.Size)), node, [.. sizes.Select(size => size.Node)]));
    }

    private UniverseSize? Size(JsonNode node, DateTimeZone zone)
    {
        if (!IsObject(node, ["asOf", "size"], [])) return null;
        long before = _findings.ErrorCount;
        Instant asOf = default;
        Text(node, "asOf", text => Times.Moment(text, zone, out asOf));
        Count count = default;
        if (node.Properties.TryGetValue("size", out JsonNode? size))
        {
            if (size.Type is not (JsonTokenType.Number or JsonTokenType.String)) WrongType(size, "a whole number or a string");
            else if (Counts.Read(size.Text, out count) is { } fault) _findings.Error(PlaceOf(size), fault, size.Text);
        }

        return _findings.ErrorCount == before ? new UniverseSize(asOf, count) : null;
    }

    /// <summary>Whether a value is an object. Unknown and missing properties are reported.</summary>
    private bool IsObject(JsonNode node, string[] required, string[] optional)
    {
        if (!Is(node, JsonTokenType.StartObject)) return false;
        string[] known = [.. required, .. optional];
        foreach ((string name, JsonNode value) in node.Properties.Where(property => !known.Contains(property.Key, StringComparer.Ordinal)))
        {
            string? near = known.FirstOrDefault(other => other.Equals(Suggestion.Nearest(name, known.Select(item => item.ToLowerInvariant())), StringComparison.OrdinalIgnoreCase));
            _findings.Error(PlaceOf(value), Codes.UnknownProperty, "must be a known property", near is null ? $"remove it, or write one of {string.Join(", ", known)}" : $"write {near}");
        }

        foreach (string name in required.Where(name => !node.Properties.ContainsKey(name)))
        {
            _findings.Error(PlaceOf(node) with { Column = node.PathOf(name) }, Codes.MissingProperty, "must be given", "add the property");
        }

        return true;
    }

    /// <summary>The text of a property; empty, with any fault reported, when it is not there or not sound.</summary>
    private string Text(JsonNode owner, string name, Func<string, Fault?> check)
    {
        if (!owner.Properties.TryGetValue(name, out JsonNode? node) || !Is(node, JsonTokenType.String) || node.IsUnsound) return "";
        if ((node.Text.Length == 0 ? Texts.Missing : check(node.Text)) is not { } fault) return node.Text;
        _findings.Error(PlaceOf(node), fault, node.Text.Length == 0 ? null : node.Text);
        return "";
    }

    private List<JsonNode> Items(JsonNode owner, string name) => owner.Properties.TryGetValue(name, out JsonNode? node) && Is(node, JsonTokenType.StartArray) ? node.Items : [];

    private bool Is(JsonNode node, JsonTokenType type)
    {
        if (node.Type == type) return true;
        WrongType(node, TypeNames[type]);
        return false;
    }

    private void WrongType(JsonNode node, string expected) => _findings.Error(PlaceOf(node), Codes.WrongJsonType, $"must be {expected}", "correct the value, or leave the property out if it is optional");

    private static Place PlaceOf(JsonNode node) => new(Name, node.Line, node.Path);
}
