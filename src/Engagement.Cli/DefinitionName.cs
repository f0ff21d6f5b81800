using System.Diagnostics.CodeAnalysis;
using Engagement.Core;
using Engagement.Reporting;

namespace Engagement.Cli;

/// <summary>Finds a definition by its name, and the nearest names where there is none.</summary>
internal static class DefinitionName
{
    /// <summary>The definition; where there is none, standard error names those that are spelt nearly so.</summary>
    public static bool TryFind(string name, TextWriter error, [NotNullWhen(true)] out Definition? definition)
    {
        if (Definitions.TryFind(name, out definition)) return true;
        error.WriteLine($"error: \"{Printable.Excerpt(name)}\" is not the name of a definition: {NearName.Question(name, Definitions.All.Select(known => known.Id.Name)) ?? "see: engagement definitions"}");
        return false;
    }
}
