namespace Engagement.Core;

/// <summary>How the word passes from side to side in one conversation while messages go by: all that totals ask of it.</summary>
internal struct ConversationFlow
{
    /// <summary>The role of the first message; 0 before it.</summary>
    public byte Initiator;

    /// <summary>The side of the last message.</summary>
    private byte _lastSide;

    /// <summary>The side of the last message that counts.</summary>
    private byte _lastCounted;

    /// <summary>How far outsider → us → outsider has come: 0 to 3.</summary>
    private byte _stage;

    /// <summary>Whether a message of ours that counts followed an outside one.</summary>
    public bool WeReplied;

    /// <summary>Whether an outside message that counts followed one of ours.</summary>
    public bool OutsideReplied;

    /// <summary>Whether outsider → us → outsider again was completed by a message that counts.</summary>
    public bool IsRoundTrip;

    /// <summary>Whether a message from outside counts.</summary>
    public bool HasOutside;

    public readonly bool Counts => _lastCounted != DialogueTraits.LeftOut;

    /// <summary>At least one reply each way.</summary>
    public readonly bool IsReciprocal => WeReplied && OutsideReplied;

    /// <summary>Notes a message of a side; says whether it begins a turn.</summary>
    public bool Note(byte side, bool counts)
    {
        bool isOurs = side == DialogueTraits.Ours;
        bool followsOther = _lastSide != DialogueTraits.LeftOut & _lastSide != side;
        _lastSide = side;
        _stage += _stage < 3 & _stage % 2 == (isOurs ? 1 : 0) ? (byte)1 : (byte)0;
        if (!counts) return false;
        bool isTurn = _lastCounted != side;
        _lastCounted = side;
        HasOutside |= !isOurs;
        WeReplied |= isOurs & followsOther;
        OutsideReplied |= !isOurs & followsOther;
        IsRoundTrip |= !isOurs & _stage == 3;
        return isTurn;
    }
}
