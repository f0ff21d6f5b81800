namespace Engagement.Core;

/// <summary>The language of display texts; always chosen by the caller, never by the machine's culture.</summary>
/// <remarks>Order and numbers carry no meaning. <c>default</c> is <see cref="Unspecified"/>, which is refused.</remarks>
public enum Language
{
    /// <summary>No language: the value of <c>default</c>, refused wherever a text is asked for.</summary>
    Unspecified = 0,

    /// <summary>English.</summary>
    English,

    /// <summary>German.</summary>
    German,
}
