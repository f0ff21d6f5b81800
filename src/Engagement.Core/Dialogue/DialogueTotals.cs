namespace Engagement.Core;

/// <summary>Dialogue over columns: conversations and response of many messages in one pass.</summary>
/// <remarks>Immutable; equality is by value; no order.</remarks>
public sealed record DialogueTotals
{
    private readonly bool _areLinksMissing;

    internal DialogueTotals(ConversationPass pass, ResponseTimes response)
    {
        Response = response;
        _areLinksMissing = pass.AreLinksMissing;
        (Messages, Turns, RepliesToUnknown, RepliesToLater) = (pass.Messages, pass.Turns, pass.RepliesToUnknown, pass.RepliesToLater);
        for (int index = 0; index < pass.Count; index++)
        {
            ConversationFlow conversation = pass.FlowOf(index);
            if (!conversation.Counts) continue;
            Conversations++;
            if (conversation.HasOutside) WithOutsideTurn++;
            if (conversation.IsReciprocal) Reciprocal++;
            if (DialogueTraits.Side(conversation.Initiator) == DialogueTraits.Outside) BegunByOutsiders++;
        }
    }

    /// <summary>How many conversations there are.</summary>
    public int Conversations { get; }

    /// <summary>How many messages are in them: without bots, and without replies of ours to ours.</summary>
    public long Messages { get; }

    /// <summary>Unbroken runs of one side.</summary>
    public long Turns { get; }

    /// <summary>Conversations with a message from outside.</summary>
    public int WithOutsideTurn { get; }

    /// <summary>Conversations with at least one reply each way.</summary>
    public int Reciprocal { get; }

    /// <summary>Conversations that outsiders began.</summary>
    public int BegunByOutsiders { get; }

    /// <summary>Replies to something that is not among the rows; each begins a conversation of its own.</summary>
    public int RepliesToUnknown { get; }

    /// <summary>Replies to a later row, or to themselves; each begins a conversation of its own.</summary>
    public int RepliesToLater { get; }

    /// <summary>How long outsiders wait for an answer.</summary>
    public ResponseTimes Response { get; }

    /// <summary>Answered over answerable; undefined also where no reply of the organisation or its staff names what it replies to: what was answered is then not known.</summary>
    public Ratio ResponseRate => _areLinksMissing ? Ratio.OfUndefined(UndefinedReason.MissingNumerator, 0, Response.Answerable) : Ratio.Of(Response.Answered, Response.Answerable);

    /// <summary>Conversations with at least one reply each way over those with an outside turn; undefined also where no reply of ours names what it replies to.</summary>
    public Ratio Reciprocity => _areLinksMissing ? Ratio.OfUndefined(UndefinedReason.MissingNumerator, 0, WithOutsideTurn) : Ratio.Of(Reciprocal, WithOutsideTurn);

    /// <summary>Turns per conversation; undefined also where no reply of ours names what it replies to: how many conversations there are is then not known.</summary>
    public Ratio TurnsPerConversation => _areLinksMissing ? Ratio.OfUndefined(UndefinedReason.MissingDenominator, 0, 0) : Ratio.Of(Turns, Conversations);

    /// <summary>Conversations, turns and response.</summary>
    /// <returns>For example <c>12 conversations, 31 turns; 5 of 20 answered, median not reached (answered only: 0.88 h)</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Conversations} conversations, {Turns} turns; {Response}");
}
