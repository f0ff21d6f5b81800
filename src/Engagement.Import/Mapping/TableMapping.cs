using System.Text.Json.Serialization;

namespace Engagement.Import;

/// <summary>One kind of export of a source: how it is recognised, what its columns are called, how its numbers and times are written, and which facts a row is.</summary>
internal sealed record TableMapping
{
    public required string Id { get; set; }

    public required string About { get; set; }

    /// <summary><c>rows</c> (with a header), <c>objects</c> (of JSON) or <c>activities</c> (ActivityStreams 2.0).</summary>
    public string Shape { get; set; } = "rows";

    /// <summary>Our name of each column, and what it is called in the file; <c>de: Reichweite</c> is a German header, by which the German way of writing numbers is known.</summary>
    public Dictionary<string, string[]> Fields { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The fields that must be there for a file to be of this table.</summary>
    public string[] Match { get; set; } = [];

    /// <summary>Fields that must not be there.</summary>
    public string[] Without { get; set; } = [];

    /// <summary>Fields that must have one of these texts, where other sources have the same fields; <c>#title</c> is the line above a header.</summary>
    public Dictionary<string, string[]> Where { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Of objects: the array within each whose elements are the records, with the values of the object beside them.</summary>
    public string? Each { get; set; }

    /// <summary>Of objects: places of a document where the table is not looked for, named by properties (<c>includes.tweets</c>): what is there is somebody else's.</summary>
    public string[] Outside { get; set; } = [];

    /// <summary>Whether this library writes such tables: texts may bear the apostrophe that it puts before formulas, and an interaction may reply to a list.</summary>
    [JsonPropertyName("ours")]
    public bool IsOurs { get; set; }

    public NumberMapping Numbers { get; set; } = new();

    public TimeMapping Times { get; set; } = new();

    /// <summary>Rows that are left out because a field has one of these texts, such as the total under a table. A text that ends with * is a beginning.</summary>
    public Dictionary<string, string[]> Skip { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Fields that no row may leave blank.</summary>
    public string[] Needs { get; set; } = [];

    /// <summary>Fields that say together what a row is about: a second row with the same is a duplicate.</summary>
    public string[] Key { get; set; } = [];

    public FactMapping[] Facts { get; set; } = [];

    public CheckMapping[] Checks { get; set; } = [];

    /// <summary>What a reader of the figures should know of this table.</summary>
    public string? Note { get; set; }

    /// <summary>The fields of which facts, conditions and checks are made; what else has a name is there to recognise the table by.</summary>
    [JsonIgnore]
    public HashSet<string> FieldsRead => [
        .. Key, .. Needs, .. Where.Keys, .. Skip.Keys, .. Checks.SelectMany(check => check.Parts.Append(check.Stated).Append(check.Per ?? check.Stated)), .. Facts.SelectMany(fact => fact.FieldsRead),
    ];
}
