namespace Engagement.Core;

/// <summary>Ties messages into conversations and finds the first answer to each, in one pass over columns in order of time.</summary>
/// <remarks>
/// <para>
/// A conversation is what reply links tie together. Our answer to a message is the first message of ours in the same strand that is not earlier and not by the same actor; a strand is the whole conversation when an outsider began it, and
/// one branch of it (a reply to our opening message with all that hangs on it) when we did: who answers one comment on our own post has not answered the others.
/// </para>
/// <para>
/// What replies of ours to ours, bots, and kinds without words say is left out, but threads run through them. Links to what is unknown, later, or on another channel are counted and not followed; so a circle of links is broken where it turns back in time.
/// </para>
/// <para>Memory: 4 B per row, because any row may be replied to; besides, what is open: a state per conversation and strand, and one entry per message that waits for its answer.</para>
/// </remarks>
internal sealed class ConversationPass
{
    private const int None = -1;

    private readonly int[] _strandOf;
    private Strand[] _strands = new Strand[16];
    private int _strandCount;
    private ConversationState[] _conversations = new ConversationState[16];
    private Clock[] _clocks = new Clock[16];
    private int _clockCount;
    private int _freeClock = None;
    private Exchange[] _exchanges = new Exchange[16];

    private ConversationPass(in ConversationColumns columns)
    {
        _strandOf = new int[columns.Times.Length];
        for (int row = 0; row < columns.Times.Length; row++) See(columns, row);

        // What still waits is censored.
        foreach (ref readonly Clock clock in _clocks.AsSpan(0, _clockCount))
        {
            if (clock.Asked != None) Record(new Exchange(clock.Asked, None));
        }
    }

    /// <summary>How many conversations there are, with those whose messages do not count.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<ConversationState> Conversations => _conversations.AsSpan(0, Count);

    /// <summary>Every message that calls for an answer.</summary>
    public ReadOnlySpan<Exchange> Exchanges => _exchanges.AsSpan(0, ExchangeCount);

    public int ExchangeCount { get; private set; }

    public int RepliesToUnknown { get; private set; }

    public int RepliesToLater { get; private set; }

    public static ConversationPass Over(in ConversationColumns columns) => new(columns);

    /// <summary>The conversation of a row; −1 when it is in none.</summary>
    public int ConversationOf(int row) => _strandOf[row] is >= 0 and int strand ? _strands[strand].Conversation : None;

    /// <summary>Whether a row is a message of a conversation: said by somebody, not a bot, and not of ours to ours.</summary>
    public static bool IsMessage(in ConversationColumns columns, int row) =>
        DialogueTraits.IsMessage(columns.Kinds[row]) && DialogueTraits.Side(columns.Roles[row]) is var side && side != DialogueTraits.LeftOut
        && !(side == DialogueTraits.Ours && IsReplyToOurs(columns, row));

    /// <summary>What becomes of the reply link of a row.</summary>
    public static ThreadLink LinkOf(in ConversationColumns columns, int row)
    {
        int parent = columns.ReplyTo[row];
        return parent == None ? ThreadLink.None
            : parent < 0 || parent >= columns.Times.Length ? ThreadLink.Unknown
            : parent >= row ? ThreadLink.Later
            : !columns.Channels.IsEmpty && columns.Channels[row] != columns.Channels[parent] ? ThreadLink.AcrossChannels
            : ThreadLink.Followed;
    }

    private static bool IsReplyToOurs(in ConversationColumns columns, int row) =>
        LinkOf(columns, row) is ThreadLink.Followed && DialogueTraits.Side(columns.Roles[columns.ReplyTo[row]]) == DialogueTraits.Ours;

    private void See(in ConversationColumns columns, int row)
    {
        int parent = Follow(columns, row);
        byte side = DialogueTraits.Side(columns.Roles[row]);
        bool isMessage = DialogueTraits.IsMessage(columns.Kinds[row]) && side != DialogueTraits.LeftOut;
        if (parent == None)
        {
            // A like that replies to nothing is no conversation; it becomes the root of one when a message replies to it.
            _strandOf[row] = isMessage ? NewStrand(NewConversation(row)) : None;
        }
        else
        {
            if (_strandOf[parent] == None)
            {
                if (!isMessage)
                {
                    _strandOf[row] = None;
                    return;
                }

                Found(columns, parent);
            }

            _strandOf[row] = _strandOf[parent];
            if (isMessage && side == DialogueTraits.Ours && DialogueTraits.Side(columns.Roles[parent]) == DialogueTraits.Ours) return;
        }

        if (!isMessage) return;
        int strand = _strandOf[row];
        int conversation = _strands[strand].Conversation;
        ref ConversationState state = ref _conversations[conversation];
        if (parent != None && _strands[strand].IsOurOpening && side != DialogueTraits.Ours)
        {
            strand = NewStrand(conversation);
            _strandOf[row] = strand;
        }
        else if (parent == None && side == DialogueTraits.Ours)
        {
            _strands[strand].IsOurOpening = true;
        }

        bool counts = columns.Counted.IsEmpty || columns.Counted[row];
        if (state.Initiator == 0) (state.Initiator, state.First) = (columns.Roles[row], row);
        Note(ref state, side, counts);
        if (side == DialogueTraits.Ours) Answer(columns, strand, row);
        else if (counts && DialogueTraits.IsAnswerable(columns.Kinds[row])) Ask(strand, row);
    }

    /// <summary>Gives a row without a strand, and all such above it (likes and bots that a thread runs through), the strand of what they hang on, or a new conversation at their top.</summary>
    private void Found(in ConversationColumns columns, int row)
    {
        int top = row;
        while (LinkOf(columns, top) is ThreadLink.Followed && _strandOf[top] == None) top = columns.ReplyTo[top];
        if (_strandOf[top] == None) _strandOf[top] = NewStrand(NewConversation(top));
        for (int below = row; below != top; below = columns.ReplyTo[below]) _strandOf[below] = _strandOf[top];
    }

    /// <summary>The row that a row replies to; −1 when to none, or when the link cannot be followed, which is counted where the row counts.</summary>
    private int Follow(in ConversationColumns columns, int row)
    {
        ThreadLink link = LinkOf(columns, row);
        if (link is ThreadLink.Followed) return columns.ReplyTo[row];
        if (link is not ThreadLink.None && (columns.Counted.IsEmpty || columns.Counted[row]))
        {
            if (link is ThreadLink.Unknown) RepliesToUnknown++;
            else if (link is ThreadLink.Later) RepliesToLater++;
        }

        return None;
    }

    private static void Note(ref ConversationState state, byte side, bool counts)
    {
        bool isOurs = side == DialogueTraits.Ours;
        bool followsOther = state.LastSide != DialogueTraits.LeftOut && state.LastSide != side;
        state.LastSide = side;
        if (state.Stage < 3 && state.Stage % 2 == (isOurs ? 1 : 0)) state.Stage++;
        if (!counts) return;
        if (state.LastCounted != side) state.Turns++;
        state.LastCounted = side;
        if (isOurs) state.Ours++;
        else state.Outside++;
        state.WeReplied |= isOurs && followsOther;
        state.OutsideReplied |= !isOurs && followsOther;
        state.IsRoundTrip |= !isOurs && state.Stage == 3;
    }

    private void Ask(int strand, int row)
    {
        int clock = _freeClock;
        if (clock != None) _freeClock = _clocks[clock].Next;
        else
        {
            if (_clockCount == _clocks.Length) Array.Resize(ref _clocks, 2 * _clockCount);
            clock = _clockCount++;
        }

        _clocks[clock] = new Clock { Asked = row, Next = _strands[strand].Waiting };
        _strands[strand].Waiting = clock;
    }

    /// <summary>Stops every clock of the strand, but those that the same actor started.</summary>
    private void Answer(in ConversationColumns columns, int strand, int row)
    {
        int actor = columns.Actors.IsEmpty ? None : columns.Actors[row];
        int clock = _strands[strand].Waiting;
        int kept = None;
        while (clock != None)
        {
            int next = _clocks[clock].Next;
            int asked = _clocks[clock].Asked;
            if (actor >= 0 && columns.Actors[asked] == actor)
            {
                _clocks[clock].Next = kept;
                kept = clock;
            }
            else
            {
                Record(new Exchange(asked, row));
                _clocks[clock] = new Clock { Asked = None, Next = _freeClock };
                _freeClock = clock;
            }

            clock = next;
        }

        _strands[strand].Waiting = kept;
    }

    private void Record(Exchange exchange)
    {
        if (ExchangeCount == _exchanges.Length) Array.Resize(ref _exchanges, 2 * ExchangeCount);
        _exchanges[ExchangeCount++] = exchange;
    }

    private int NewConversation(int root)
    {
        if (Count == _conversations.Length) Array.Resize(ref _conversations, 2 * Count);
        _conversations[Count].Root = root;
        return Count++;
    }

    private int NewStrand(int conversation)
    {
        if (_strandCount == _strands.Length) Array.Resize(ref _strands, 2 * _strandCount);
        _strands[_strandCount] = new Strand { Conversation = conversation, Waiting = None };
        return _strandCount++;
    }

    /// <summary>A part of a conversation in which an answer answers all that waits.</summary>
    private struct Strand
    {
        public int Conversation;
        public int Waiting;

        /// <summary>Our opening message and what we added to it: every reply begins a strand of its own.</summary>
        public bool IsOurOpening;
    }

    /// <summary>A message that waits for its answer; a free one has asked nothing.</summary>
    private struct Clock
    {
        public int Asked;
        public int Next;
    }
}
