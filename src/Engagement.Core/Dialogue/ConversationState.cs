namespace Engagement.Core;

/// <summary>What is kept of one conversation while messages go by.</summary>
internal struct ConversationState
{
    /// <summary>The row that the thread hangs on.</summary>
    public int Root;

    /// <summary>The row of the first message.</summary>
    public int First;

    /// <summary>Unbroken runs of one side, among the messages that count.</summary>
    public int Turns;

    /// <summary>Messages of ours that count.</summary>
    public int Ours;

    /// <summary>Messages from outside that count.</summary>
    public int Outside;

    /// <summary>The role of the first message; 0 before it.</summary>
    public byte Initiator;

    /// <summary>The side of the last message.</summary>
    public byte LastSide;

    /// <summary>The side of the last message that counts.</summary>
    public byte LastCounted;

    /// <summary>How far outsider → us → outsider has come: 0 to 3.</summary>
    public byte Stage;

    /// <summary>Whether a message of ours that counts followed an outside one.</summary>
    public bool WeReplied;

    /// <summary>Whether an outside message that counts followed one of ours.</summary>
    public bool OutsideReplied;

    /// <summary>Whether outsider → us → outsider again was completed by a message that counts.</summary>
    public bool IsRoundTrip;

    public readonly bool Counts => Turns > 0;

    /// <summary>At least one reply each way.</summary>
    public readonly bool IsReciprocal => WeReplied && OutsideReplied;
}
