namespace Engagement.Core;

/// <summary>The six classes that kinds of interaction fall into.</summary>
/// <remarks>Order and numbers carry no meaning. <c>default</c> is <see cref="Unspecified"/>, which no kind has.</remarks>
public enum InteractionClass
{
    /// <summary>No class: the value of <c>default</c>, the class of no kind.</summary>
    Unspecified = 0,

    /// <summary>Somebody saw something.</summary>
    Exposure,

    /// <summary>A response without words: like, dislike, emoji, click, save, vote, attend.</summary>
    Reaction,

    /// <summary>A response in words: comment, reply, mention, question, direct message.</summary>
    Conversation,

    /// <summary>Passing on: share, repost, forward, quote.</summary>
    Redistribution,

    /// <summary>Following and joining, and their undoing.</summary>
    Relationship,

    /// <summary>A post of one's own.</summary>
    Authorship,
}
