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

    public NumberMapping Numbers { get; set; } = new();

    public TimeMapping Times { get; set; } = new();

    /// <summary>Rows that are left out because a field has one of these texts, such as the total under a table. A text that ends with * is a beginning.</summary>
    public Dictionary<string, string[]> Skip { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Fields that say together what a row is about: a second row with the same is a duplicate.</summary>
    public string[] Key { get; set; } = [];

    public FactMapping[] Facts { get; set; } = [];

    public CheckMapping[] Checks { get; set; } = [];

    /// <summary>What a reader of the figures should know of this table.</summary>
    public string? Note { get; set; }
}
