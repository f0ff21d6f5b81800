namespace Engagement.Import;

/// <summary>A channel that a row names; its name and platform serve where it has to be made; it is a fact of its own only where the mapping says so.</summary>
internal sealed record ChannelDraft(string Id, string? Name, string Platform, string Form, bool IsFact = false);
