namespace Engagement.Core;

/// <summary>Which interactions belong to a period.</summary>
/// <remarks>Order and numbers carry no meaning. <c>default</c> is <see cref="Unspecified"/>, which a definition refuses.</remarks>
public enum Attribution
{
    /// <summary>No rule: the value of <c>default</c>, refused by a definition.</summary>
    Unspecified = 0,

    /// <summary>Life-time interactions of what was published in the period.</summary>
    ByPublicationDate,

    /// <summary>What happened in the period, whatever its publication's age.</summary>
    ByInteractionDate,
}
