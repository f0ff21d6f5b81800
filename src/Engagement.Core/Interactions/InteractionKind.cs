namespace Engagement.Core;

/// <summary>What an interaction is. Each kind has one <see cref="InteractionClass"/>, see <see cref="InteractionKinds.Class"/>.</summary>
/// <remarks>Order carries no meaning; the numbers are stable, and new kinds are added at the end. <c>default</c> is <see cref="Unspecified"/>, which is refused.</remarks>
public enum InteractionKind
{
    /// <summary>No kind: the value of <c>default</c>, refused by every fact.</summary>
    Unspecified = 0,

    /// <summary>A view (Exposure).</summary>
    View = 1,

    /// <summary>A like (Reaction).</summary>
    Like = 2,

    /// <summary>A dislike (Reaction).</summary>
    Dislike = 3,

    /// <summary>Any other emoji (Reaction).</summary>
    Emoji = 4,

    /// <summary>A click (Reaction); a kind of its own, not in the standard selection.</summary>
    Click = 5,

    /// <summary>A save or bookmark (Reaction); a kind of its own, not in the standard selection.</summary>
    Save = 6,

    /// <summary>A vote in a poll (Reaction); a kind of its own, not in the standard selection.</summary>
    Vote = 7,

    /// <summary>Attendance at an event (Reaction); a kind of its own, not in the standard selection.</summary>
    Attend = 8,

    /// <summary>A comment (Conversation).</summary>
    Comment = 9,

    /// <summary>A reply (Conversation).</summary>
    Reply = 10,

    /// <summary>A mention (Conversation).</summary>
    Mention = 11,

    /// <summary>A question (Conversation).</summary>
    Question = 12,

    /// <summary>A direct message (Conversation).</summary>
    DirectMessage = 13,

    /// <summary>A share (Redistribution).</summary>
    Share = 14,

    /// <summary>A repost or retweet (Redistribution).</summary>
    Repost = 15,

    /// <summary>Forwarding, as of an e-mail (Redistribution).</summary>
    Forward = 16,

    /// <summary>A quote (Redistribution, which also counts as Conversation).</summary>
    Quote = 17,

    /// <summary>Following (Relationship).</summary>
    Follow = 18,

    /// <summary>Undoing a follow (Relationship).</summary>
    Unfollow = 19,

    /// <summary>Joining a group (Relationship).</summary>
    Join = 20,

    /// <summary>Leaving a group (Relationship).</summary>
    Leave = 21,

    /// <summary>A post of one's own (Authorship).</summary>
    Post = 22,
}
