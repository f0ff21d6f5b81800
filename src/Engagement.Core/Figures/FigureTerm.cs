namespace Engagement.Core;

/// <summary>One publication, day or channel that went into a figure.</summary>
/// <param name="Name">Its id or day.</param>
/// <param name="Top">What stands above the line there; weighted.</param>
/// <param name="Base">What stands below it; not applicable where the base stands once for all.</param>
internal readonly record struct FigureTerm(string Name, Quantity Top, Quantity Base);
