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

    private static readonly bool[] Messages = [.. Enum.GetValues<InteractionKind>().Select(kind => kind is not InteractionKind.Unspecified && (kind.CountsAsConversation() || kind is InteractionKind.Post))];

    private static readonly bool[] Answerables = [.. Enum.GetValues<InteractionKind>().Select(kind => kind is InteractionKind.Comment or InteractionKind.Question or InteractionKind.Mention or InteractionKind.DirectMessage or InteractionKind.Post)];

    private static readonly byte[] Sides = [.. Enum.GetValues<ActorRole>().Select(role => role switch
    {
        ActorRole.Organisation or ActorRole.Staff => Ours,
        ActorRole.Member or ActorRole.NonMember or ActorRole.Unknown => Outside,
        _ => LeftOut,
    })];

    public static int Kinds => Messages.Length;

    public static int Roles => Sides.Length;

    /// <summary>Whether a kind says something: the Conversation class, quotes, and posts.</summary>
    public static bool IsMessage(int kind) => Messages[kind];

    /// <summary>Whether a kind calls for an answer when it comes from outside: comment, question, mention, direct message, and a post to us.</summary>
    public static bool IsAnswerable(int kind) => Answerables[kind];

    public static byte Side(int role) => Sides[role];

    public static bool IsOurs(ActorRole role) => Side((int)role) == Ours;

    public static bool IsOutside(ActorRole role) => Side((int)role) == Outside;
}
