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
/// <para>A row that replies to several ties their threads into one conversation, and from it on their strands into one.</para>
/// <para>Memory: 4 B per row, because any row may be replied to; besides, what is open: a state per conversation and strand, and one entry per message that waits for its answer.</para>
/// </remarks>
internal sealed class ConversationPass
{
    private const int None = -1;

    private readonly int[] _strandOf;
    private readonly int[]? _components;
    private readonly Dictionary<int, int> _conversationOf = [];
    private bool _hasJoined;
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
        _components = Components(columns);
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

    /// <summary>The rows that a row replies to besides the first.</summary>
    public static ReadOnlySpan<int> AlsoOf(in ConversationColumns columns, int row) => columns.AlsoReplyTo is { } more && more.TryGetValue(row, out int[]? parents) ? parents : [];

    /// <summary>What becomes of a reply link of a row.</summary>
    public static ThreadLink LinkOf(in ConversationColumns columns, int row, int parent)
    {
        return parent == None ? ThreadLink.None
            : parent < 0 || parent >= columns.Times.Length ? ThreadLink.Unknown
            : parent >= row ? ThreadLink.Later
            : !columns.Channels.IsEmpty && columns.Channels[row] != columns.Channels[parent] ? ThreadLink.AcrossChannels
            : ThreadLink.Followed;
    }

    /// <summary>Whether every link of a row that can be followed leads to us, and one does.</summary>
    public static bool IsReplyToOurs(in ConversationColumns columns, int row)
    {
        bool any = false;
        if (!Agrees(columns, columns.ReplyTo[row], ref any)) return false;
        foreach (int parent in AlsoOf(columns, row))
        {
            if (!Agrees(columns, parent, ref any)) return false;
        }

        return any;

        bool Agrees(in ConversationColumns columns, int parent, ref bool any)
        {
            if (LinkOf(columns, row, parent) is not ThreadLink.Followed) return true;
            any = true;
            return DialogueTraits.Side(columns.Roles[parent]) == DialogueTraits.Ours;
        }
    }

    /// <summary>Whether a link of a row that can be followed leads to an outsider.</summary>
    public static bool IsReplyToOutside(in ConversationColumns columns, int row)
    {
        if (IsOutside(columns, columns.ReplyTo[row])) return true;
        foreach (int parent in AlsoOf(columns, row))
        {
            if (IsOutside(columns, parent)) return true;
        }

        return false;

        bool IsOutside(in ConversationColumns columns, int parent) => LinkOf(columns, row, parent) is ThreadLink.Followed && DialogueTraits.Side(columns.Roles[parent]) == DialogueTraits.Outside;
    }

    private void See(in ConversationColumns columns, int row)
    {
        int parent = Follow(columns, row, columns.ReplyTo[row]);
        ReadOnlySpan<int> also = AlsoOf(columns, row);
        if (also.IsEmpty)
        {
            See(columns, row, parent, []);
            return;
        }

        var followed = new List<int>(also.Length + 1);
        if (parent != None) followed.Add(parent);
        foreach (int other in also)
        {
            if (Follow(columns, row, other) != None) followed.Add(other);
        }

        See(columns, row, followed.Count == 0 ? None : followed[0], followed.Count < 2 ? [] : System.Runtime.InteropServices.CollectionsMarshal.AsSpan(followed)[1..]);
    }

    private void See(in ConversationColumns columns, int row, int parent, ReadOnlySpan<int> also)
    {
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

            _strandOf[row] = isMessage && !also.IsEmpty ? Joined(columns, parent, also) : _strandOf[parent];
            if (isMessage && side == DialogueTraits.Ours && (also.IsEmpty ? DialogueTraits.Side(columns.Roles[parent]) == DialogueTraits.Ours : IsReplyToOurs(columns, row))) return;
        }

        if (!isMessage) return;
        int strand = StrandOf(row);
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
        while (_strandOf[top] == None && LinkOf(columns, top, columns.ReplyTo[top]) is ThreadLink.Followed) top = columns.ReplyTo[top];
        if (_strandOf[top] == None) _strandOf[top] = NewStrand(NewConversation(top));
        for (int below = row; below != top; below = columns.ReplyTo[below]) _strandOf[below] = _strandOf[top];
    }

    /// <summary>The row that a row replies to; −1 when to none, or when the link cannot be followed, which is counted where the row counts.</summary>
    private int Follow(in ConversationColumns columns, int row, int parent)
    {
        ThreadLink link = LinkOf(columns, row, parent);
        if (link is ThreadLink.Followed) return parent;
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

    /// <summary>The strand of a message that replies to several: theirs become one, but for our opening, which branches.</summary>
    private int Joined(in ConversationColumns columns, int first, ReadOnlySpan<int> also)
    {
        _hasJoined = true;
        int joined = StrandOf(first);
        foreach (int parent in also)
        {
            if (_strandOf[parent] == None) Found(columns, parent);
            int other = StrandOf(parent);
            if (other == joined || _strands[other].IsOurOpening) continue;
            if (_strands[joined].IsOurOpening)
            {
                joined = other;
                continue;
            }

            int last = _strands[other].Waiting;
            while (last != None && _clocks[last].Next != None) last = _clocks[last].Next;
            if (last != None)
            {
                _clocks[last].Next = _strands[joined].Waiting;
                _strands[joined].Waiting = _strands[other].Waiting;
            }

            _strands[other].Into = joined;
        }

        return joined;
    }

    /// <summary>The strand of a row that has one; where strands were joined, the one that they became.</summary>
    private int StrandOf(int row)
    {
        int strand = _strandOf[row];
        if (!_hasJoined) return strand;
        while (_strands[strand].Into != None)
        {
            // Halves the way for whoever comes next.
            int next = _strands[strand].Into;
            if (_strands[next].Into != None) _strands[strand].Into = _strands[next].Into;
            strand = next;
        }

        return strand;
    }

    /// <summary>For each row the first row of all that links tie together, where a row replies to several: the conversations are then known before the first message is seen.</summary>
    private static int[]? Components(in ConversationColumns columns)
    {
        if (columns.AlsoReplyTo is not { Count: > 0 }) return null;
        int[] first = [.. Enumerable.Range(0, columns.Times.Length)];
        for (int row = 0; row < first.Length; row++)
        {
            if (LinkOf(columns, row, columns.ReplyTo[row]) is ThreadLink.Followed) Tie(row, columns.ReplyTo[row]);
            foreach (int parent in AlsoOf(columns, row))
            {
                if (LinkOf(columns, row, parent) is ThreadLink.Followed) Tie(row, parent);
            }
        }

        for (int row = 0; row < first.Length; row++) first[row] = Find(row);
        return first;

        int Find(int row)
        {
            while (first[row] != row) row = first[row] = first[first[row]];
            return row;
        }

        void Tie(int row, int parent)
        {
            (int a, int b) = (Find(row), Find(parent));
            first[Math.Max(a, b)] = Math.Min(a, b);
        }
    }

    private int NewConversation(int root)
    {
        if (_components is not null)
        {
            // The earliest of all that is tied, like the top of a thread, whoever comes by first.
            root = _components[root];
            if (_conversationOf.TryGetValue(root, out int known)) return known;
            _conversationOf.Add(root, Count);
        }

        if (Count == _conversations.Length) Array.Resize(ref _conversations, 2 * Count);
        _conversations[Count].Root = root;
        return Count++;
    }

    private int NewStrand(int conversation)
    {
        if (_strandCount == _strands.Length) Array.Resize(ref _strands, 2 * _strandCount);
        _strands[_strandCount] = new Strand { Conversation = conversation, Waiting = None, Into = None };
        return _strandCount++;
    }

    /// <summary>A part of a conversation in which an answer answers all that waits.</summary>
    private struct Strand
    {
        public int Conversation;
        public int Waiting;

        /// <summary>The strand that it was joined to; −1 for none.</summary>
        public int Into;

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
