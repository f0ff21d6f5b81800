namespace Engagement.Import;

/// <summary>A channel that a row names; its name and platform serve where it has to be made.</summary>
internal sealed record ChannelDraft(string Id, string? Name, string Platform, string Form);
