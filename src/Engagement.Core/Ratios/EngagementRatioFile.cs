namespace Engagement.Core;

/// <summary>An engagement ratio as it stands in JSON: words for its parts, so that a file can be read by people.</summary>
internal sealed class EngagementRatioFile
{
    public const string CurrentSchema = "engagement-ratio-definition/1";

    public string? Schema { get; set; }

    public string? Name { get; set; }

    public int? Version { get; set; }

    public string? Base { get; set; }

    public string? BaseAsOf { get; set; }

    public string? Aggregation { get; set; }

    public string? Attribution { get; set; }

    public Dictionary<string, double>? Weights { get; set; }

    public List<string>? Roles { get; set; }

    public int? Scale { get; set; }

    public string? Source { get; set; }
}
