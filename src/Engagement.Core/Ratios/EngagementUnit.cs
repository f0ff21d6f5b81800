namespace Engagement.Core;

/// <summary>One publication or one day: what was counted there, and its base.</summary>
/// <param name="Name">The publication's id, or the day.</param>
/// <param name="Tally">The selected interactions; null when not known.</param>
/// <param name="Base">The base; not applicable when one base stands for the whole period.</param>
internal readonly record struct EngagementUnit(string Name, InteractionTally? Tally, Quantity Base);
