namespace Engagement.Core;

/// <summary>The identifier of a publication: text of the caller's choice that cannot be mixed up with another kind of identifier.</summary>
/// <remarks>
/// <para>Equality and order are ordinal: case matters, culture does not. Text, never a number, so that ids of 19 digits survive.</para>
/// <para><c>default</c> is the empty identifier and means: no publication (the interaction belongs to none).</para>
/// <example><c>new PublicationId("post-17").Value == "post-17"</c></example>
/// </remarks>
public readonly record struct PublicationId : IComparable<PublicationId>
{
    private readonly string? _value;

    /// <summary>An identifier from its text.</summary>
    /// <param name="value">1 to 512 characters, without control characters and without space at either end.</param>
    /// <exception cref="ArgumentException">The text is empty, too long, starts or ends with space, or holds a control character.</exception>
    public PublicationId(string value) => _value = Guard.Identifier(value);

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether this is <c>default</c>: no publication (the interaction belongs to none).</summary>
    public bool IsNone => _value is null;

    /// <summary>Ordinal order of the texts.</summary>
    /// <param name="other">The identifier to compare with.</param>
    /// <returns>Less than 0, 0 or more than 0, as <see cref="string.CompareOrdinal(string, string)"/>.</returns>
    public int CompareTo(PublicationId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(PublicationId left, PublicationId right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(PublicationId left, PublicationId right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(PublicationId left, PublicationId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(PublicationId left, PublicationId right) => left.CompareTo(right) >= 0;

    /// <summary>The text.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
