using System.Globalization;

namespace Engagement.Core;

/// <summary>The name and version of a definition: which recipe made a figure.</summary>
/// <remarks>
/// <para>Equality is by value (the name ordinal); no order. A definition whose recipe changes gets a new version.</para>
/// <para><c>default</c> has an empty name and version 0: no definition.</para>
/// <example><c>new DefinitionId("by-followers", 1).ToString() == "by-followers v1"</c></example>
/// </remarks>
public readonly record struct DefinitionId
{
    private readonly string? _name;

    /// <summary>A definition's identity.</summary>
    /// <param name="name">The name, for example <c>by-followers</c>.</param>
    /// <param name="version">The version, from 1.</param>
    /// <exception cref="ArgumentException">The name is not an identifier.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The version is below 1.</exception>
    public DefinitionId(string name, int version)
    {
        _name = Guard.Identifier(name);
        if (version < 1) throw Guard.OutOfRange(nameof(version), version, "must be 1 or more", "count versions from 1");
        Version = version;
    }

    /// <summary>The name; empty for <c>default</c>.</summary>
    public string Name => _name ?? "";

    /// <summary>The version; 0 for <c>default</c>.</summary>
    public int Version { get; }

    /// <summary>Name and version.</summary>
    /// <returns>For example <c>by-followers v1</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} v{Version}");
}
