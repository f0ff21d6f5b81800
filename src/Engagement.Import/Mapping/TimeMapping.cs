namespace Engagement.Import;

/// <summary>How times are written.</summary>
internal sealed record TimeMapping
{
    /// <summary>Patterns of NodaTime, tried in order after ISO 8601. German months are read too.</summary>
    public string[] Formats { get; set; } = [];

    /// <summary>The zone of times without one: an IANA id where the source documents it, else <c>ask</c>.</summary>
    public string Zone { get; set; } = "ask";

    /// <summary>In what a time is only approximate; null where it is exact.</summary>
    public string? Approximate { get; set; }
}
