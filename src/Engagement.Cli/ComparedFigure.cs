using Engagement.Core;

namespace Engagement.Cli;

/// <summary>A figure with the name that it has in a comparison: a channel, a platform or a period.</summary>
/// <param name="Name">The name.</param>
/// <param name="Figure">The figure.</param>
internal readonly record struct ComparedFigure(string Name, Figure Figure);
