using System.Text.Json.Serialization;

namespace Engagement.Import;

/// <summary>How times are written.</summary>
internal sealed record TimeMapping
{
    /// <summary>Patterns of NodaTime, tried in order after ISO 8601. German months are read too.</summary>
    public string[] Formats { get; set; } = [];

    /// <summary>The zone of times without one: an IANA id where the source documents it, else <c>ask</c>.</summary>
    public string Zone { get; set; } = "ask";

    /// <summary>Whether the sheet is somebody's own, who may write the day or the month first: <c>03/05/2014</c> is then refused, and <c>20/05/2014</c> read.</summary>
    [JsonPropertyName("orderOpen")]
    public bool IsOrderOpen { get; set; }

    /// <summary>In what a time is only approximate; null where it is exact.</summary>
    public string? Approximate { get; set; }
}
