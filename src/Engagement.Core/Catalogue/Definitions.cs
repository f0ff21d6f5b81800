using System.Diagnostics.CodeAnalysis;

namespace Engagement.Core;

/// <summary>Every definition that this library knows: of engagement ratios and of the other metrics.</summary>
/// <remarks><example><c>Definitions.TryFind("crowdtangle-page", out Definition? definition)</c></example></remarks>
public static class Definitions
{
    /// <summary>All of them: first <see cref="EngagementRatioDefinitions"/>, then those of reach, of dialogue, of effort and benefit, and of who takes part. No name stands twice.</summary>
    public static IReadOnlyList<Definition> All { get; } = new ValueList<Definition>([.. EngagementRatioDefinitions.All, .. ReachDefinitions.All, .. DialogueDefinitions.All, .. EffortDefinitions.All, .. ActivityDefinitions.All]);

    /// <summary>The definition of a name.</summary>
    /// <param name="name">The name alone (<c>by-reach</c>) or with its version (<c>by-reach v1</c>).</param>
    /// <param name="definition">The definition; null when there is none.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static bool TryFind(string name, [NotNullWhen(true)] out Definition? definition)
    {
        ArgumentNullException.ThrowIfNull(name);
        definition = All.FirstOrDefault(known => name == known.Id.Name || name == known.Id.ToString());
        return definition is not null;
    }
}
