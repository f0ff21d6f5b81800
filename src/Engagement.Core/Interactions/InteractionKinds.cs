namespace Engagement.Core;

/// <summary>What can be said of a kind of interaction.</summary>
public static class InteractionKinds
{
    /// <summary>The class of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The one class that the kind belongs to.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unspecified or unknown.</exception>
    public static InteractionClass Class(this InteractionKind kind) => Guard.Known(kind) switch
    {
        InteractionKind.View => InteractionClass.Exposure,
        InteractionKind.Comment or InteractionKind.Reply or InteractionKind.Mention or InteractionKind.Question or InteractionKind.DirectMessage => InteractionClass.Conversation,
        InteractionKind.Share or InteractionKind.Repost or InteractionKind.Forward or InteractionKind.Quote => InteractionClass.Redistribution,
        InteractionKind.Follow or InteractionKind.Unfollow or InteractionKind.Join or InteractionKind.Leave => InteractionClass.Relationship,
        InteractionKind.Post => InteractionClass.Authorship,
        _ => InteractionClass.Reaction,
    };

    /// <summary>Whether an interaction of the kind is part of a conversation: the Conversation class, and quotes.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>True for comments, replies, mentions, questions, direct messages and quotes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unspecified or unknown.</exception>
    public static bool CountsAsConversation(this InteractionKind kind) => kind.Class() is InteractionClass.Conversation || kind is InteractionKind.Quote;
}
