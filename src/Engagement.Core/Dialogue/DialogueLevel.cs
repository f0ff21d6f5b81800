namespace Engagement.Core;

/// <summary>How far a channel has come from publishing to dialogue.</summary>
/// <remarks>The levels rise with their numbers. <c>default</c> is <see cref="Unspecified"/>, which no calculation returns.</remarks>
public enum DialogueLevel
{
    /// <summary>No level: the value of <c>default</c>.</summary>
    Unspecified = 0,

    /// <summary>Nothing happens.</summary>
    Silent,

    /// <summary>We publish, and nobody reacts.</summary>
    Broadcast,

    /// <summary>Outsiders react or comment, and nobody is answered.</summary>
    Feedback,

    /// <summary>We answer outsiders.</summary>
    Answered,

    /// <summary>Outsiders come back after our answer: outsider, we, outsider again.</summary>
    Reciprocal,
}
