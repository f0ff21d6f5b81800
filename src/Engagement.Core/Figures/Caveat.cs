namespace Engagement.Core;

/// <summary>Something that a reader of a figure must know, with a stable code and a text in English and in German.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order.</para>
/// <example><c>figure.Caveats.Any(caveat => caveat.Code == CaveatCodes.UnitsDiffer)</c></example>
/// </remarks>
public sealed record Caveat
{
    /// <summary>A caveat from its code and texts.</summary>
    /// <param name="code">The stable code, one of <see cref="CaveatCodes"/> or of your own.</param>
    /// <param name="english">The text in English.</param>
    /// <param name="german">The text in German.</param>
    /// <exception cref="ArgumentException">A part is blank.</exception>
    public Caveat(string code, string english, string german) => (Code, English, German) = (Guard.NotBlank(code), Guard.NotBlank(english), Guard.NotBlank(german));

    /// <summary>The stable code.</summary>
    public string Code { get; }

    /// <summary>The text in English.</summary>
    public string English { get; }

    /// <summary>The text in German.</summary>
    public string German { get; }

    /// <summary>The text in a language.</summary>
    /// <param name="language">English or German.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language is unspecified or unknown.</exception>
    public string Text(Language language) => Guard.Known(language) is Language.German ? German : English;

    /// <summary>Code and English text.</summary>
    /// <returns>For example <c>ENG1001: …</c>.</returns>
    public override string ToString() => $"{Code}: {English}";
}
