namespace Engagement.Core;

/// <summary>What dialogue asks of kinds and roles, as tables: which kinds are messages, which call for an answer, and which side a role is on.</summary>
internal static class DialogueTraits
{
    /// <summary>The side of nobody: bots, and roles that are unspecified.</summary>
    public const byte LeftOut = 0;

    /// <summary>The organisation and its staff.</summary>
    public const byte Ours = 1;

    /// <summary>Members, others, and who is not known.</summary>
    public const byte Outside = 2;

    /// <summary>The bits of <see cref="Of"/> that hold the side.</summary>
    public const byte SideMask = 3;

    /// <summary>The bit of <see cref="Of"/> for a message of one of the two sides.</summary>
    public const byte Message = 4;

    /// <summary>The bit of <see cref="Of"/> for a message from outside that calls for an answer.</summary>
    public const byte Answerable = 8;

    /// <summary>The bit of <see cref="Of"/> for a message of ours that may be a reply, whether or not it says to what. Posts and quotes begin something.</summary>
    public const byte MayReply = 16;

    private static readonly bool[] Messages = [.. Enum.GetValues<InteractionKind>().Select(kind => kind is not InteractionKind.Unspecified && (kind.CountsAsConversation() || kind is InteractionKind.Post))];

    // A post of an outsider is a post to us.
    private static readonly bool[] Answerables = [.. Enum.GetValues<InteractionKind>().Select(kind => kind is InteractionKind.Comment or InteractionKind.Question or InteractionKind.Mention or InteractionKind.DirectMessage or InteractionKind.Post)];

    private static readonly bool[] Replies = [.. Enum.GetValues<InteractionKind>().Select(kind => kind is not InteractionKind.Unspecified && kind.Class() is InteractionClass.Conversation)];

    private static readonly byte[] Sides = [.. Enum.GetValues<ActorRole>().Select(role => role switch
    {
        ActorRole.Organisation or ActorRole.Staff => Ours,
        ActorRole.Member or ActorRole.NonMember or ActorRole.Unknown => Outside,
        _ => LeftOut,
    })];

    // 64 kinds to a role: a shift is cheaper than a product.
    private const int KindBits = 6;

    private static readonly byte[] Both = [.. Sides.SelectMany(side => Enumerable.Range(0, 1 << KindBits).Select(kind =>
        (byte)(kind >= Messages.Length ? LeftOut : side | (side != LeftOut && Messages[kind] ? Message : 0) | (side == Outside && Answerables[kind] ? Answerable : 0) | (side == Ours && Replies[kind] ? MayReply : 0))))];

    public static int Kinds => Messages.Length;

    public static int Roles => Sides.Length;

    /// <summary>Whether a kind says something: the Conversation class, quotes, and posts.</summary>
    public static bool IsMessage(int kind) => Messages[kind];

    public static byte Side(int role) => Sides[role];

    /// <summary>What a kind is when it comes from a role, in one look: the side, and whether it is a message, answerable, and perhaps a reply.</summary>
    public static byte Of(int kind, int role) => Both[(role << KindBits) | kind];

    public static bool IsOurs(ActorRole role) => Side((int)role) == Ours;

    public static bool IsOutside(ActorRole role) => Side((int)role) == Outside;
}
