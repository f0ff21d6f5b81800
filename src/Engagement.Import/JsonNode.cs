using System.Globalization;
using System.Text;
using System.Text.Json;
using Engagement.Core;

namespace Engagement.Import;

/// <summary>A JSON value that knows its line and its path.</summary>
internal sealed class JsonNode
{
    private readonly JsonNode? _parent;
    private readonly string? _name;
    private readonly int _index;

    private JsonNode(JsonNode? parent, string? name, int index, JsonTokenType type, long line) => (_parent, _name, _index, Type, Line) = (parent, name, index, type, line);

    public JsonTokenType Type { get; }

    public long Line { get; }

    /// <summary>The text of a string, the digits of a number; empty for other values.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Whether its text is none that can be used; that is reported already.</summary>
    public bool IsUnsound { get; private set; }

    public Dictionary<string, JsonNode> Properties { get; } = new(0, StringComparer.Ordinal);

    public List<JsonNode> Items { get; } = [];

    /// <summary>The path from the root, for example <c>$.universes[0].unit</c>. Built when asked for: a long name above many values would be copied into each.</summary>
    public string Path => _parent is null ? "$" : _parent.Path + (_name is null ? string.Create(CultureInfo.InvariantCulture, $"[{_index}]") : Step(_name));

    /// <summary>The path of a property of this object, there or not.</summary>
    public string PathOf(string name) => Path + Step(name);

    /// <summary>Reads JSON strictly: no comments, no trailing commas, no property twice, at most 32 levels. Null, with an error reported, when the text is not JSON.</summary>
    public static JsonNode? Parse(ReadOnlySpan<byte> json, string file, FindingList findings)
    {
        try
        {
            return new Reading(json, file, findings).Document();
        }
        catch (JsonException exception)
        {
            long position = 1 + (exception.BytePositionInLine ?? 0);
            findings.Error(
                new Place(file, 1 + exception.LineNumber), Codes.InvalidJson, "must be JSON without comments and without commas before a closing bracket, at most 32 levels deep",
                string.Create(CultureInfo.InvariantCulture, $"look at byte {position} of the line"));
            return null;
        }
    }

    private static string Step(string name) => name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') && name.Length is > 0 and < Guard.LongestId ? $".{name}" : $"[{Guard.Excerpt(name)}]";

    private ref struct Reading
    {
        private const int MostLevels = 32;

        private readonly ReadOnlySpan<byte> _json;
        private readonly string _file;
        private readonly FindingList _findings;
        private Utf8JsonReader _reader;
        private int _counted;
        private long _line;

        public Reading(ReadOnlySpan<byte> json, string file, FindingList findings)
        {
            (_file, _findings, _line) = (file, findings, 1);
            _json = json;
            _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MostLevels, CommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = false });
        }

        public JsonNode Document()
        {
            _reader.Read();
            JsonNode root = Value(parent: null, name: null, index: 0);
            _reader.Read();
            return root;
        }

        private JsonNode Value(JsonNode? parent, string? name, int index)
        {
            var node = new JsonNode(parent, name, index, _reader.TokenType, Line());
            switch (node.Type)
            {
                case JsonTokenType.StartObject:
                    while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndObject) Property(node);
                    break;
                case JsonTokenType.StartArray:
                    while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndArray) node.Items.Add(Value(node, name: null, node.Items.Count));
                    break;
                case JsonTokenType.String:
                    (node.Text, node.IsUnsound) = Text(node) is { } text ? (text, false) : ("", true);
                    break;
                case JsonTokenType.Number:
                    node.Text = Encoding.UTF8.GetString(_reader.ValueSpan);
                    break;
            }

            return node;
        }

        private void Property(JsonNode owner)
        {
            string? name = Text(owner);
            var place = new Place(_file, Line(), owner.PathOf(name ?? ""));
            _reader.Read();
            JsonNode value = Value(owner, name, index: 0);
            if (name is not null && !owner.Properties.TryAdd(name, value)) _findings.Error(place, Codes.DuplicateProperty, "must be given once", "remove the other property of that name");
        }

        /// <summary>The text of a string or a name; null, with an error reported, for one with an escaped half of a surrogate pair or NUL.</summary>
        private readonly string? Text(JsonNode node)
        {
            try
            {
                string text = _reader.GetString()!;
                if (!text.Contains('\0', StringComparison.Ordinal)) return text;
            }
            catch (InvalidOperationException)
            {
                // An escaped half of a surrogate pair: \ud800 alone is no character.
            }

            _findings.Error(new Place(_file, node.Line, node.Path), Codes.InvalidJson, "must be text of whole characters other than NUL", "correct the \\u escape");
            return null;
        }

        private long Line()
        {
            int offset = (int)_reader.TokenStartIndex;
            _line += _json[_counted..offset].Count((byte)'\n');
            _counted = offset;
            return _line;
        }
    }
}
