namespace Engagement.Core;

/// <summary>The identifier of a channel: text of the caller's choice that cannot be mixed up with another kind of identifier.</summary>
/// <remarks>
/// <para>Equality and order are ordinal: case matters, culture does not. Text, never a number, so that ids of 19 digits survive.</para>
/// <para><c>default</c> is the empty identifier and means: no channel; a figure with this id speaks of all channels together.</para>
/// <example><c>new ChannelId("xing-tio").Value == "xing-tio"</c></example>
/// </remarks>
public readonly record struct ChannelId : IComparable<ChannelId>
{
    private readonly string? _value;

    /// <summary>An identifier from its text.</summary>
    /// <param name="value">1 to 512 characters, without control characters and without space at either end.</param>
    /// <exception cref="ArgumentException">The text is empty, too long, starts or ends with space, or holds a control character.</exception>
    public ChannelId(string value) => _value = Guard.Identifier(value);

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether this is <c>default</c>: no channel; a figure with this id speaks of all channels together.</summary>
    public bool IsNone => _value is null;

    /// <summary>Ordinal order of the texts.</summary>
    /// <param name="other">The identifier to compare with.</param>
    /// <returns>Less than 0, 0 or more than 0, as <see cref="string.CompareOrdinal(string, string)"/>.</returns>
    public int CompareTo(ChannelId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(ChannelId left, ChannelId right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(ChannelId left, ChannelId right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(ChannelId left, ChannelId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(ChannelId left, ChannelId right) => left.CompareTo(right) >= 0;

    /// <summary>The text.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
