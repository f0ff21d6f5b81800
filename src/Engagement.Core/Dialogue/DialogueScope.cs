namespace Engagement.Core;

/// <summary>The dialogue of one channel, or of several together, in numbers.</summary>
internal sealed class DialogueScope
{
    private readonly DialogueFacts _all;
    private readonly int[] _rows;
    private readonly ConversationState[] _conversations;
    private readonly Publication[] _publications;
    private readonly Publication[] _tallied;
    private readonly ChannelId[] _unlinked;
    private readonly ChannelId[] _unlisted;
    private readonly int _channels;
    private readonly bool _isOne;
    private readonly bool _isLinkedSomewhere;
    private readonly int _published;
    private readonly int _answered;
    private readonly int _roundTrips;

    public DialogueScope(DialogueFacts all, IReadOnlyList<Channel> channels, int[] rows, ConversationState[] conversations, Exchange[] exchanges)
    {
        (_all, _rows, _conversations, Exchanges, _isOne) = (all, rows, conversations, exchanges, channels.Count == 1);
        Portfolio portfolio = all.Portfolio;
        HashSet<ChannelId> logged = [.. channels.Select(channel => channel.Id).Where(id => portfolio.InteractionsOf(id).Count > 0)];
        IsKnown = logged.Count > 0;
        _channels = channels.Count;
        _unlisted = [.. channels.Where(channel => !logged.Contains(channel.Id) && channel.LivesIn(all.Period)).Select(channel => channel.Id)];
        _publications = [.. channels.SelectMany(channel => portfolio.PublicationsOf(channel.Id)).Where(publication => publication.PublishedAt.ToUnixTimeMilliseconds() < all.Until && all.Period.Contains(publication.PublishedAt, portfolio.Organisation.TimeZone))];

        // Where a channel has a log, its platform's counts are of the same events.
        _tallied = [.. _publications.Where(publication => !logged.Contains(publication.Channel) && !publication.Interactions.IsEmpty)];

        // Where no reply of ours names what it replies to, each stands as a conversation of its own: how many there are is not known.
        HashSet<ChannelId> talking = all.Unlinked.Count == 0 ? [] : [.. rows.Select(row => all.Rows.Interactions[row].Channel)];
        _unlinked = [.. channels.Select(channel => channel.Id).Where(id => all.Unlinked.Contains(id) && talking.Contains(id))];
        _isLinkedSomewhere = logged.Count > channels.Count(channel => all.Unlinked.Contains(channel.Id));
        ConversationState[] linked = _unlinked.Length == 0 ? conversations : [.. conversations.Where(conversation => !IsUnlinked(conversation.Root))];
        AreConversationsOpen = linked.Length < conversations.Length;
        AreAnswersOpen = _unlinked.Length > 0 && exchanges.Any(exchange => IsUnlinked(exchange.Asked));

        // In order of size: the numbering of conversations must not show in the last digits of an interval.
        Turns = [.. linked.Select(conversation => conversation.Turns).Order()];
        IsReciprocityOpen = AreConversationsOpen && conversations.Any(conversation => conversation.Flow.HasOutside && IsUnlinked(conversation.Root));
        WithOutsideTurn = conversations.Count(conversation => conversation.Flow.HasOutside);
        Reciprocal = conversations.Count(conversation => conversation.Flow.IsReciprocal);
        BegunByOutsiders = linked.Count(conversation => DialogueTraits.Side(conversation.Flow.Initiator) == DialogueTraits.Outside);

        Interaction[] messages = [.. rows.Where(all.IsMessage).Select(row => all.Rows.Interactions[row])];
        Interaction[] outside = [.. messages.Where(message => DialogueTraits.IsOutside(message.Role))];
        Interaction[] staff = [.. rows.Select(row => all.Rows.Interactions[row]).Where(interaction => interaction.Role is ActorRole.Staff && DialogueTraits.IsMessage((int)interaction.Kind))];
        Interaction[] replies = [.. rows.Where(row => all.IsMessage(row) && DialogueTraits.IsOurs(all.Rows.Interactions[row].Role) && all.IsReplyToOutside(row)).Select(row => all.Rows.Interactions[row])];
        ActiveStaff = staff.Where(interaction => !interaction.Actor.IsNone).Select(interaction => interaction.Actor).Distinct().Count();
        StaffWithoutName = staff.Count(interaction => interaction.Actor.IsNone);
        AreRepliesOpen = _unlinked.Length > 0 && rows.Any(row => all.IsMessage(row) && DialogueTraits.IsOurs(all.Rows.Interactions[row].Role) && IsUnlinked(row));
        Replies = replies.Length;
        RepliesByStaff = replies.Count(reply => reply.Role is ActorRole.Staff);
        Carriers = [.. Conversation.Count(replies).OrderByDescending(carrier => carrier.Messages).ThenBy(carrier => carrier.Actor).ThenBy(carrier => carrier.Role)];

        (Dialogue, AllInteractions) = Shares();
        _published = _publications.Length + messages.Length - outside.Length - Replies;
        int reactions = rows.Select(row => all.Rows.Interactions[row]).Count(interaction => DialogueTraits.IsOutside(interaction.Role) && IsFeedback(interaction.Kind));
        ILookup<ChannelId, Publication> published = _publications.ToLookup(publication => publication.Channel);
        Feedback = (IsKnown ? Count.Observed(reactions) : Count.NotApplicable) + Count.Sum(channels.Where(channel => !logged.Contains(channel.Id)).SelectMany(channel => StatedFeedback(channel, published[channel.Id])));
        _answered = conversations.Count(conversation => conversation.Flow.WeReplied);
        _roundTrips = conversations.Count(conversation => conversation.Flow.IsRoundTrip);
        (Level, Example) = Judge();

        Count unlisted = channels.Count == 0 || channels.Any(channel => channel.LivesIn(all.Period)) ? Count.Missing : Count.NotApplicable;
        Published = IsKnown || channels.Any(channel => portfolio.PublicationsOf(channel.Id).Count > 0) ? Count.Observed(_published) : unlisted;
        OutsideMessages = IsKnown ? Count.Observed(outside.Length) : unlisted;
        Conversations = IsKnown ? LinkedCount(linked.Length, AreConversationsOpen) : unlisted;
        AnsweredConversations = IsKnown ? AtLeastFound(_answered) : unlisted;
        RoundTrips = IsKnown ? AtLeastFound(_roundTrips) : unlisted;
        Begun = new(Enum.GetValues<ActorRole>().Select(role => IsKnown ? LinkedCount(linked.Count(conversation => (ActorRole)conversation.Flow.Initiator == role), AreConversationsOpen) : unlisted));
    }

    /// <summary>Whether any interaction is logged on these channels, in whatever period: else they are missing, not 0.</summary>
    public bool IsKnown { get; }

    public Exchange[] Exchanges { get; }

    /// <summary>Whether something that calls for an answer is on a channel where no reply of ours names what it replies to.</summary>
    public bool AreAnswersOpen { get; }

    /// <summary>Whether a conversation is on such a channel.</summary>
    public bool AreConversationsOpen { get; }

    /// <summary>Whether a conversation with a message from outside is.</summary>
    public bool IsReciprocityOpen { get; }

    /// <summary>Whether a message of ours is.</summary>
    public bool AreRepliesOpen { get; }

    /// <summary>The turns of each conversation, where reply links are known.</summary>
    public int[] Turns { get; }

    /// <summary>Conversations that each role began.</summary>
    public ValueList<Count> Begun { get; }

    public int WithOutsideTurn { get; }

    public int Reciprocal { get; }

    /// <summary>Conversations that outsiders began, where reply links are known.</summary>
    public int BegunByOutsiders { get; }

    public int ActiveStaff { get; }

    public int StaffWithoutName { get; }

    public int Replies { get; }

    public int RepliesByStaff { get; }

    public IReadOnlyList<(ActorId Actor, ActorRole Role, int Messages)> Carriers { get; }

    public Quantity Dialogue { get; }

    public Quantity AllInteractions { get; }

    public DialogueLevel Level { get; }

    public Count Published { get; }

    public Count Feedback { get; }

    public Count OutsideMessages { get; }

    public Count Conversations { get; }

    public Count AnsweredConversations { get; }

    public Count RoundTrips { get; }

    public InteractionId Example { get; }

    /// <summary>What a reader must know of where the numbers come from.</summary>
    public IEnumerable<Caveat> About()
    {
        if (IsKnown) yield return Caveats.LogTakenAsComplete();
        else yield return Published.State is CountState.NotApplicable ? Caveats.ChannelNotAlive() : Caveats.InteractionsMissing();
        foreach (Caveat unlisted in LeftOut()) yield return unlisted;
        int[] links = _all.CountLinks(_rows);
        (int unknown, int later, int across) = (links[(int)ThreadLink.Unknown], links[(int)ThreadLink.Later], links[(int)ThreadLink.AcrossChannels]);
        int circles = _all.CirclesAmong(_rows);
        if (unknown > 0) yield return Caveats.RepliesToUnknown(unknown);
        if (later > 0) yield return Caveats.RepliesToLater(later);
        if (across > 0) yield return Caveats.RepliesAcrossChannels(across);
        if (circles > 0) yield return Caveats.ReplyCircles(circles);
        foreach (Caveat missing in LinksMissing(_unlinked.Length > 0)) yield return missing;
        if (_unlinked.Length > 0 && Level < DialogueLevel.Reciprocal) yield return Caveats.LevelAtLeastByAnswers();
        if (Level <= DialogueLevel.Broadcast && Feedback.State is not CountState.NotApplicable && Feedback.Upper is not 0) yield return Caveats.LevelAtLeast();
    }

    /// <summary>Of several channels those of which no interaction is listed: figures are of the others.</summary>
    public IEnumerable<Caveat> LeftOut() => IsKnown && _unlisted.Length > 0 ? [Caveats.ChannelsLeftOut(_unlisted, _channels)] : [];

    /// <summary>Where no reply of ours names what it replies to, if that leaves something open.</summary>
    public IEnumerable<Caveat> LinksMissing(bool isOpen) => !isOpen ? [] : _unlinked.Select(channel => _isOne ? Caveats.ReplyLinksMissing() : Caveats.Of(channel, Caveats.ReplyLinksMissing()));

    /// <summary>A number that hangs on reply links, as far as they are known: at least so many where they are missing on some channels, and missing where on all.</summary>
    public Quantity Linked(long number, bool isOpen) => Quantity.From(LinkedCount(number, isOpen));

    /// <summary>Whether a row is on a channel where no reply of ours names what it replies to.</summary>
    public bool IsUnlinked(int row) => _all.Unlinked.Contains(_all.Rows.Interactions[row].Channel);

    public IEnumerable<Caveat> SharesCaveats()
    {
        if (_tallied.Length > 0) yield return Caveats.TallyWithoutRoles();
        if (!AllInteractions.HasValue) yield return Caveats.InteractionsMissing();
        else if (AllInteractions.Value > 0) yield return Caveats.NoIntervalOfDependent();
    }

    /// <summary>Conversation among all interactions: what is logged, and what platforms count where nothing is.</summary>
    private (Quantity Dialogue, Quantity All) Shares()
    {
        Interaction[] counted = [.. _rows.Where(row => !_all.IsLeftOut(row)).Select(row => _all.Rows.Interactions[row])];
        Count logged = IsKnown ? Count.Observed(counted.Length) : Count.NotApplicable;
        Count spoken = IsKnown ? Count.Observed(counted.Count(interaction => interaction.Kind.CountsAsConversation())) : Count.NotApplicable;
        Count stated = Count.Sum(_tallied.SelectMany(publication => publication.Interactions.Kinds.Select(kind => publication.Interactions[kind])));
        Count statedSpoken = Count.Sum(_tallied.SelectMany(publication => publication.Interactions.Kinds.Where(kind => kind.CountsAsConversation()).Select(kind => publication.Interactions[kind])));
        Count all = logged + stated;
        if (all.State is CountState.NotApplicable) return (default, default);

        // A platform that counts reactions and no comments says nothing of comments.
        Count dialogue = spoken + statedSpoken;
        return (Quantity.From(dialogue.State is CountState.NotApplicable ? Count.Missing : dialogue), Quantity.From(all));
    }

    /// <summary>Where links are missing, what was found all the same (an outsider who came back under our own message) is there, and may not be all.</summary>
    private Count AtLeastFound(int number) => IsReciprocityOpen && number > 0 ? Count.Partial(number) : LinkedCount(number, IsReciprocityOpen);

    private Count LinkedCount(long number, bool isOpen) => !IsKnown || (isOpen && !_isLinkedSomewhere) ? Count.Missing : isOpen ? Count.Partial(number) : Count.Observed(number);

    private (DialogueLevel Level, InteractionId Example) Judge() =>
        _roundTrips > 0 ? (DialogueLevel.Reciprocal, First(conversation => conversation.Flow.IsRoundTrip))
        : _answered > 0 ? (DialogueLevel.Answered, First(conversation => conversation.Flow.WeReplied))
        : Feedback.Lower > 0 ? (DialogueLevel.Feedback, First(conversation => conversation.Flow.HasOutside))
        : (_published > 0 ? DialogueLevel.Broadcast : DialogueLevel.Silent, default);

    /// <summary>What a channel without a log states of feedback, publication by publication: missing where one states nothing of it, or none is known.</summary>
    private IEnumerable<Count> StatedFeedback(Channel channel, IEnumerable<Publication> publications) => publications
        .Select(publication => Count.Sum(publication.Interactions.Kinds.Where(IsFeedback).Select(kind => publication.Interactions[kind])))
        .Select(stated => stated.State is CountState.NotApplicable ? Count.Missing : stated)
        .DefaultIfEmpty(channel.LivesIn(_all.Period) ? Count.Missing : Count.NotApplicable);

    private static bool IsFeedback(InteractionKind kind) => kind.Class() is InteractionClass.Reaction or InteractionClass.Conversation or InteractionClass.Redistribution or InteractionClass.Authorship;

    private InteractionId First(Func<ConversationState, bool> proves)
    {
        int first = -1;
        foreach (ConversationState conversation in _conversations)
        {
            if (proves(conversation) && (first < 0 || conversation.Root < first)) first = conversation.Root;
        }

        return first < 0 ? default : _all.Rows.Interactions[first].Id;
    }
}
