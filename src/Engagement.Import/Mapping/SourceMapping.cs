using System.Text.Json.Serialization;

namespace Engagement.Import;

/// <summary>What is known of a source, as data: one mapping file. docs/import.md describes the form.</summary>
internal sealed record SourceMapping
{
    /// <summary>The id: <c>facebook</c>.</summary>
    public required string Id { get; set; }

    /// <summary>The name for display.</summary>
    public required string Name { get; set; }

    /// <summary>What it is, in one sentence.</summary>
    public required string About { get; set; }

    /// <summary>The platform of a channel that has to be made; empty where the file's own rows name it.</summary>
    public string Platform { get; set; } = "";

    /// <summary>The form of a channel that has to be made.</summary>
    public string Form { get; set; } = "account";

    /// <summary>What its audiences count.</summary>
    public string Unit { get; set; } = "account";

    /// <summary>The digest of the mapping file, if it is one of the user's own: corrected, it reads the same file anew. Empty for one that is shipped.</summary>
    [JsonIgnore]
    public string Digest { get; set; } = "";

    /// <summary>The kinds of export; where several fit, the one with the most columns is taken.</summary>
    public required TableMapping[] Tables { get; set; }
}
