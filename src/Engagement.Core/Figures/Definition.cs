namespace Engagement.Core;

/// <summary>The named, versioned recipe of a metric: formula, source, scale, and which interval belongs to it. It travels with every figure.</summary>
/// <remarks>
/// <para>Immutable; equality is by value, all parts included; no order. The kinds of definition are those of this library: an <see cref="EngagementRatioDefinition"/> can be made of its parts, the others are fixed. <see cref="Definitions"/> has all that are ready-made.</para>
/// <para>Figures of unequal definitions are not compared: <see cref="DefinitionMismatchException"/>.</para>
/// <example><c>figure.Definition.Formula(Language.English)</c></example>
/// </remarks>
public abstract record Definition
{
    private protected Definition(DefinitionId id, int scale, string? source) => (Id, Scale, Source) = (id, scale, source);

    /// <summary>Name and version, which every figure repeats.</summary>
    public DefinitionId Id { get; }

    /// <summary>How many of the denominator a figure is shown for: 1, 100 (percent) or 1,000. Display only.</summary>
    public int Scale { get; }

    /// <summary>Whose recipe it is; null when its maker names no source.</summary>
    public string? Source { get; }

    /// <summary>The method of the interval that belongs to the metric; null when there is none. Where its method cannot be applied (one publication has no spread), a figure's own interval names what was applied instead.</summary>
    public abstract IntervalMethod? Interval { get; }

    /// <summary>Everything that makes the recipe, by name, in the order of its reading.</summary>
    internal abstract IReadOnlyList<(string Name, string Value)> Parts { get; }

    /// <summary>What the two parts of a figure are, in the letters of the formula; the lower one is null where it is 1 (a median).</summary>
    internal abstract (string Top, string? Bottom) PartLetters { get; }

    /// <summary>The same of one publication, day or channel.</summary>
    internal abstract (string Top, string Bottom) TermLetters { get; }

    /// <summary>The formula with the meaning of its letters: enough to calculate the metric by hand.</summary>
    /// <param name="language">English or German.</param>
    /// <returns>For example <c>F/U · F: the newest audience before the period's end · U: the size of the members' universe then</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language is unspecified or unknown.</exception>
    public abstract string Formula(Language language);

    /// <summary>What differs between two definitions, part by part; nothing when they are equal.</summary>
    internal static IReadOnlyList<string> Differences(Definition left, Definition right)
    {
        var other = right.Parts.ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal);
        string Of(string name) => other.GetValueOrDefault(name, "none");
        IEnumerable<string> changed = left.Parts.Where(part => Of(part.Name) != part.Value).Select(part => $"{part.Name} ({part.Value} and {Of(part.Name)})");
        IEnumerable<string> added = right.Parts.ExceptBy(left.Parts.Select(part => part.Name), part => part.Name, StringComparer.Ordinal).Select(part => $"{part.Name} (none and {part.Value})");
        return [.. changed, .. added];
    }

    /// <summary>Name, version and formula in English.</summary>
    /// <returns>For example <c>reach-per-member v1: F/U · …</c>.</returns>
    public override string ToString() => $"{Id}: {Formula(Language.English)}";
}
