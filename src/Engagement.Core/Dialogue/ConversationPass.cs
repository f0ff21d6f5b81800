using System.Buffers;

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
/// <para>
/// Memory: 4 B per row, because any row may be replied to; besides, 16 B per strand, of which every conversation has at least one, 8 B per message that calls for an answer, and 20 B per strand where conversations are asked for one by one. Arrays come from the pool and go back there with
/// <see cref="Dispose"/>, because fresh memory costs more than the pass.
/// </para>
/// </remarks>
internal sealed class ConversationPass : IDisposable
{
    private const int None = -1;

    /// <summary>In place of what waits: our opening message and what we added to it, where nothing does, because every reply begins a strand of its own.</summary>
    private const int OurOpening = -2;

    private readonly int[]? _components;
    private readonly Dictionary<int, int> _conversationOf = [];
    private readonly bool _isEach;
    private int[] _strandOf;
    private Strand[] _strands;

    /// <summary>The strand that each was joined to, −1 for none; empty where no row replies to several.</summary>
    private int[] _into = [];
    private ConversationState[] _conversations = [];
    private Exchange[] _exchanges;
    private bool _isLinked;
    private bool _isUnlinked;

    private ConversationPass(in ConversationColumns columns, bool isEach)
    {
        _isEach = isEach;
        _strandOf = ArrayPool<int>.Shared.Rent(columns.Times.Length);
        (int begin, int ask) = Sizes(columns);
        _strands = ArrayPool<Strand>.Shared.Rent(begin);
        _exchanges = ArrayPool<Exchange>.Shared.Rent(ask);
        if (isEach) _conversations = ArrayPool<ConversationState>.Shared.Rent(begin);
        _components = Components(columns);
        if (_components is not null) _into = ArrayPool<int>.Shared.Rent(_strands.Length);
        for (int row = 0; row < columns.Times.Length; row++) See(columns, row);
        for (int conversation = 0; isEach && conversation < Count; conversation++) _conversations[conversation].Flow = _strands[conversation].Flow;
    }

    /// <summary>How many numbers of conversations there are. Some are of none, or of one whose messages do not count: nothing counts in their flow.</summary>
    public int Count { get; private set; }

    /// <summary>Each by itself; empty where only the whole was asked for.</summary>
    public ReadOnlySpan<ConversationState> Conversations => _conversations.AsSpan(0, _isEach ? Count : 0);

    /// <summary>Messages of all conversations that count.</summary>
    public int Messages { get; private set; }

    /// <summary>Unbroken runs of one side in all conversations, among the messages that count.</summary>
    public int Turns { get; private set; }

    /// <summary>Every message that calls for an answer, in the order of asking.</summary>
    public ReadOnlySpan<Exchange> Exchanges => _exchanges.AsSpan(0, ExchangeCount);

    private int ExchangeCount { get; set; }

    public int RepliesToUnknown { get; private set; }

    public int RepliesToLater { get; private set; }

    /// <summary>Whether messages of ours follow what calls for an answer, and none of ours names what it replies to: then nobody knows what they answer.</summary>
    public bool AreLinksMissing => _isUnlinked && !_isLinked;

    /// <summary>The whole, in little memory.</summary>
    public static ConversationPass Over(in ConversationColumns columns) => new(columns, isEach: false);

    /// <summary>The whole, and each conversation by itself.</summary>
    public static ConversationPass OverEach(in ConversationColumns columns) => new(columns, isEach: true);

    /// <summary>How the word passed in a conversation.</summary>
    public ConversationFlow FlowOf(int conversation) => _strands[conversation].Flow;

    /// <summary>Gives the memory back; nothing can be asked afterwards.</summary>
    public void Dispose()
    {
        Return(ref _strandOf);
        Return(ref _strands);
        Return(ref _into);
        Return(ref _conversations);
        Return(ref _exchanges);
        Count = ExchangeCount = 0;
    }

    /// <summary>The conversation of a row; −1 when it is in none.</summary>
    public int ConversationOf(int row) => _strandOf[row] is >= 0 and int strand ? _strands[strand].Conversation : None;

    /// <summary>Whether a row is a message of a conversation: said by somebody, not a bot, and not of ours to ours.</summary>
    public static bool IsMessage(in ConversationColumns columns, int row) =>
        DialogueTraits.IsMessage(columns.Kinds[row]) && DialogueTraits.Side(columns.Roles[row]) is var side && side != DialogueTraits.LeftOut
        && !(side == DialogueTraits.Ours && IsReplyToOurs(columns, row));

    /// <summary>The rows that a row replies to besides the first.</summary>
    public static ReadOnlySpan<int> AlsoOf(in ConversationColumns columns, int row) => columns.AlsoReplyTo is { } more && more.TryGetValue(row, out int[]? parents) ? parents : [];

    /// <summary>Whether a row says what it replies to, known or not.</summary>
    public static bool NamesWhatItRepliesTo(in ConversationColumns columns, int row) => columns.ReplyTo[row] != None || AlsoOf(columns, row).ContainsAnyExcept(None);

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

    /// <summary>How many messages begin a thread, and how many call for an answer: what to make room for.</summary>
    private static (int Begin, int Ask) Sizes(in ConversationColumns columns)
    {
        ReadOnlySpan<int> replyTo = columns.ReplyTo;
        ReadOnlySpan<byte> kinds = columns.Kinds[..replyTo.Length];
        ReadOnlySpan<byte> roles = columns.Roles[..replyTo.Length];
        int begin = 0;
        int ask = 0;
        for (int row = 0; row < replyTo.Length; row++)
        {
            byte traits = DialogueTraits.Of(kinds[row], roles[row]);
            begin += (traits & DialogueTraits.Message) != 0 & unchecked((uint)replyTo[row]) >= row ? 1 : 0;
            ask += (traits & DialogueTraits.Answerable) != 0 ? 1 : 0;
        }

        return (begin, ask);
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
        byte traits = DialogueTraits.Of(columns.Kinds[row], columns.Roles[row]);
        byte side = (byte)(traits & DialogueTraits.SideMask);
        bool isMessage = (traits & DialogueTraits.Message) != 0;
        int strand = None;
        if (parent == None)
        {
            // A like that replies to nothing is no conversation; it becomes the root of one when a message replies to it.
            if (isMessage) strand = NewConversation(row, side == DialogueTraits.Ours ? OurOpening : None);
            _strandOf[row] = strand;
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

            strand = isMessage && !also.IsEmpty ? Joined(columns, parent, also) : _strandOf[parent];
            _strandOf[row] = strand;
            if (isMessage && side == DialogueTraits.Ours && (also.IsEmpty ? DialogueTraits.Side(columns.Roles[parent]) == DialogueTraits.Ours : IsReplyToOurs(columns, row))) return;
        }

        if (!isMessage) return;
        strand = Latest(strand);
        int conversation = _strands[strand].Conversation;
        if (side != DialogueTraits.Ours && _strands[strand].Waiting == OurOpening)
        {
            strand = NewStrand(conversation, None);
            _strandOf[row] = strand;
        }

        bool counts = columns.Counted.IsEmpty || columns.Counted[row];
        ref ConversationFlow flow = ref _strands[conversation].Flow;
        bool isFirst = flow.Initiator == 0;
        if (isFirst) flow.Initiator = columns.Roles[row];
        bool isTurn = flow.Note(side, counts);
        Messages += counts ? 1 : 0;
        Turns += isTurn ? 1 : 0;
        if (_isEach)
        {
            if (isFirst) _conversations[conversation].First = row;
            if (isTurn) _conversations[conversation].Turns++;
        }

        if (side == DialogueTraits.Ours)
        {
            if (NamesWhatItRepliesTo(columns, row)) _isLinked = true;
            else if (ExchangeCount > 0 && (traits & DialogueTraits.MayReply) != 0) _isUnlinked = true;
            Answer(columns, strand, row);
        }
        else if (counts && (traits & DialogueTraits.Answerable) != 0) Ask(strand, row);
    }

    /// <summary>Gives a row without a strand, and all such above it (likes and bots that a thread runs through), the strand of what they hang on, or a new conversation at their top.</summary>
    private void Found(in ConversationColumns columns, int row)
    {
        int top = row;
        while (_strandOf[top] == None && FirstFollowed(columns, top) is >= 0 and int above) top = above;
        if (_strandOf[top] == None) _strandOf[top] = NewConversation(top, None);
        for (int below = row; below != top; below = FirstFollowed(columns, below)) _strandOf[below] = _strandOf[top];
    }

    /// <summary>The first row that a row replies to and that can be followed; −1 when none can.</summary>
    private static int FirstFollowed(in ConversationColumns columns, int row)
    {
        if (LinkOf(columns, row, columns.ReplyTo[row]) is ThreadLink.Followed) return columns.ReplyTo[row];
        foreach (int parent in AlsoOf(columns, row))
        {
            if (LinkOf(columns, row, parent) is ThreadLink.Followed) return parent;
        }

        return None;
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

    private void Ask(int strand, int row)
    {
        if (ExchangeCount == _exchanges.Length) Grow(ref _exchanges);
        ref int waiting = ref _strands[strand].Waiting;
        _exchanges[ExchangeCount] = Exchange.Open(row, waiting);
        waiting = ExchangeCount++;
    }

    /// <summary>Answers everything that waits in the strand, but what the same actor asked.</summary>
    private void Answer(in ConversationColumns columns, int strand, int row)
    {
        int waiting = _strands[strand].Waiting;
        if (waiting < 0) return;
        int actor = columns.Actors.IsEmpty ? None : columns.Actors[row];
        int kept = None;
        while (waiting != None)
        {
            ref Exchange exchange = ref _exchanges[waiting];
            int next = exchange.Next;
            if (actor >= 0 && columns.Actors[exchange.Asked] == actor)
            {
                exchange = Exchange.Open(exchange.Asked, kept);
                kept = waiting;
            }
            else
            {
                exchange = new Exchange(exchange.Asked, row);
            }

            waiting = next;
        }

        _strands[strand].Waiting = kept;
    }

    /// <summary>The strand of a message that replies to several: theirs become one, but for our opening, which branches.</summary>
    private int Joined(in ConversationColumns columns, int first, ReadOnlySpan<int> also)
    {
        int joined = Latest(_strandOf[first]);
        foreach (int parent in also)
        {
            if (_strandOf[parent] == None) Found(columns, parent);
            int other = Latest(_strandOf[parent]);
            if (other == joined || _strands[other].Waiting == OurOpening) continue;
            if (_strands[joined].Waiting == OurOpening)
            {
                joined = other;
                continue;
            }

            int last = _strands[other].Waiting;
            while (last != None && _exchanges[last].Next != None) last = _exchanges[last].Next;
            if (last != None)
            {
                _exchanges[last] = Exchange.Open(_exchanges[last].Asked, _strands[joined].Waiting);
                _strands[joined].Waiting = _strands[other].Waiting;
            }

            _into[other] = joined;
        }

        return joined;
    }

    /// <summary>Where strands were joined, the one that a strand became.</summary>
    private int Latest(int strand)
    {
        if (_into.Length == 0) return strand;
        while (_into[strand] != None)
        {
            // Halves the way for whoever comes next.
            int next = _into[strand];
            if (_into[next] != None) _into[strand] = _into[next];
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

    /// <summary>The first strand of a new conversation; where what it hangs on is tied to one that is known, a strand of that.</summary>
    private int NewConversation(int root, int waiting)
    {
        int strand = Count;
        if (_components is not null)
        {
            // The earliest of all that is tied, like the top of a thread, whoever comes by first.
            root = _components[root];
            if (_conversationOf.TryGetValue(root, out int known)) return NewStrand(known, waiting);
            _conversationOf.Add(root, strand);
        }

        NewStrand(strand, waiting);
        if (_isEach) _conversations[strand].Root = root;
        return strand;
    }

    private int NewStrand(int conversation, int waiting)
    {
        if (Count == _strands.Length) Grow(ref _strands);
        _strands[Count] = new Strand { Conversation = conversation, Waiting = waiting };
        if (_components is not null)
        {
            if (Count == _into.Length) Grow(ref _into);
            _into[Count] = None;
        }

        if (_isEach)
        {
            if (Count == _conversations.Length) Grow(ref _conversations);
            _conversations[Count] = default;
        }

        return Count++;
    }

    private static void Grow<T>(ref T[] array)
    {
        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(16, 2 * array.Length));
        array.CopyTo(larger, 0);
        Return(ref array);
        array = larger;
    }

    private static void Return<T>(ref T[] array)
    {
        ArrayPool<T>.Shared.Return(array);
        array = [];
    }

    /// <summary>A part of a conversation in which an answer answers all that waits.</summary>
    private struct Strand
    {
        /// <summary>The conversation, which bears the number of its first strand.</summary>
        public int Conversation;

        /// <summary>The last of the exchanges that wait, −1 for none; −2 for our opening.</summary>
        public int Waiting;

        /// <summary>How the word passed in the conversation, in its first strand.</summary>
        public ConversationFlow Flow;
    }
}
