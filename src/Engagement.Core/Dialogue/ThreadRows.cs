namespace Engagement.Core;

/// <summary>Interactions as columns in order of time, each after what it replies to where both came at the same moment.</summary>
internal sealed class ThreadRows
{
    private const int None = ReplyLinks.None;

    private readonly long[] _times;
    private readonly int[] _replyTo;
    private readonly byte[] _kinds;
    private readonly byte[] _roles;
    private readonly int[] _actors;
    private readonly int[] _channels;
    private readonly Dictionary<int, int[]>? _alsoReplyTo;

    /// <summary>Rows of interactions with what each replies to first, and what else: arrays of their own, because links that close a circle are taken out.</summary>
    private ThreadRows(Interaction[] given, int[] parents, Dictionary<int, int[]> also)
    {
        List<int> broken = BreakCircles(given, parents, also);
        int[] order = [.. Enumerable.Range(0, given.Length)];
        if (!IsInOrder(given, parents, also))
        {
            int[] depths = Depths(given, parents, also);
            order = [.. order.OrderBy(index => given[index].At).ThenBy(index => depths[index])];
        }

        int[] rowOf = new int[given.Length];
        for (int row = 0; row < order.Length; row++) rowOf[order[row]] = row;
        CircleRows = broken.GroupBy(index => rowOf[index]).ToDictionary(group => group.Key, group => group.Count());
        Interactions = [.. order.Select(index => given[index])];
        _times = [.. Interactions.Select(interaction => interaction.At.ToUnixTimeMilliseconds())];
        _replyTo = [.. order.Select(index => parents[index] >= 0 ? rowOf[parents[index]] : parents[index])];
        _kinds = [.. Interactions.Select(interaction => (byte)interaction.Kind)];
        _roles = [.. Interactions.Select(interaction => (byte)interaction.Role)];
        if (also.Count > 0) _alsoReplyTo = also.ToDictionary(pair => rowOf[pair.Key], pair => pair.Value.Where(parent => parent != None).Select(parent => parent >= 0 ? rowOf[parent] : parent).ToArray());
        var actors = new Dictionary<ActorId, int>();
        _actors = [.. Interactions.Select(interaction => interaction.Actor.IsNone ? -1 : IndexOf(actors, interaction.Actor))];
        var channels = new Dictionary<ChannelId, int>();
        _channels = [.. Interactions.Select(interaction => IndexOf(channels, interaction.Channel))];
    }

    /// <summary>The interactions, in the order of the rows.</summary>
    public Interaction[] Interactions { get; }

    /// <summary>The rows that lost a link because it closed a circle, the earliest of each, with how many they lost.</summary>
    public IReadOnlyDictionary<int, int> CircleRows { get; }

    public static ThreadRows Of(IEnumerable<Interaction> interactions)
    {
        Interaction[] given = [.. interactions];
        foreach (Interaction interaction in given) ArgumentNullException.ThrowIfNull(interaction, nameof(interactions));
        var links = new ReplyLinks(given);
        if (links.Twice is { } twice) throw new ArgumentException($"interactions hold the id {Guard.Text(twice.Value)} twice: give each interaction an id of its own.", nameof(interactions));
        return new ThreadRows(given, links.First.ToArray(), links.Also.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray()));
    }

    /// <summary>Some of the interactions of a portfolio in which every id is given once; links to the others lead to the unknown.</summary>
    public static ThreadRows Of(Portfolio portfolio, Func<Interaction, bool> isTaken)
    {
        int[] places = new int[portfolio.Interactions.Count];
        var given = new List<Interaction>(places.Length);
        for (int position = 0; position < places.Length; position++)
        {
            Interaction interaction = portfolio.Interactions[position];
            places[position] = isTaken(interaction) ? given.Count : ReplyLinks.Unknown;
            if (places[position] >= 0) given.Add(interaction);
        }

        int[] parents = new int[given.Count];
        for (int position = 0; position < places.Length; position++)
        {
            if (places[position] >= 0) parents[places[position]] = PlaceOf(portfolio.Links.First[position]);
        }

        var also = portfolio.Links.Also.Where(entry => places[entry.Key] >= 0).ToDictionary(entry => places[entry.Key], entry => entry.Value.Select(PlaceOf).ToArray());
        return new ThreadRows([.. given], parents, also);

        int PlaceOf(int position) => position < 0 ? position : places[position];
    }

    public ConversationColumns Columns(ReadOnlySpan<bool> counted) => new() { Times = _times, ReplyTo = _replyTo, AlsoReplyTo = _alsoReplyTo, Kinds = _kinds, Roles = _roles, Actors = _actors, Channels = _channels, Counted = counted };

    /// <summary>Whether the interactions stand in order already, as those of a log mostly do: by the rule by which a log is taken as it stands, so that both give one answer.</summary>
    private static bool IsInOrder(Interaction[] given, int[] first, Dictionary<int, int[]> also)
    {
        for (int index = 0; index < given.Length; index++)
        {
            if (index > 0 && given[index].At < given[index - 1].At) return false;
            for (int link = 0; link < LinksOf(also, index); link++)
            {
                int parent = Link(first, also, index, link);
                if (parent >= index && given[parent].At <= given[index].At) return false;
            }
        }

        return true;
    }

    private static int IndexOf<T>(Dictionary<T, int> indexes, T key)
        where T : struct
    {
        if (!indexes.TryGetValue(key, out int index)) indexes.Add(key, index = indexes.Count);
        return index;
    }

    private static int LinksOf(Dictionary<int, int[]> also, int index) => also.Count > 0 && also.TryGetValue(index, out int[]? more) ? more.Length + 1 : 1;

    private static int Link(int[] first, Dictionary<int, int[]> also, int index, int link) => link == 0 ? first[index] : also[index][link - 1];

    /// <summary>Follows every link; one that leads back into the walk that is under way closes a circle, which loses the link of its earliest message.</summary>
    private static List<int> BreakCircles(Interaction[] given, int[] first, Dictionary<int, int[]> also)
    {
        var broken = new List<int>();
        bool[] isDone = new bool[given.Length];
        int[] placeOf = new int[given.Length];
        var walk = new List<(int Index, int Link)>();
        for (int start = 0; start < given.Length; start++)
        {
            if (!isDone[start]) Enter(start);
            while (walk.Count > 0)
            {
                (int index, int link) = walk[^1];
                if (link == LinksOf(also, index))
                {
                    isDone[index] = true;
                    Leave();
                    continue;
                }

                walk[^1] = (index, link + 1);
                int parent = Link(first, also, index, link);
                if (parent < 0 || isDone[parent]) continue;
                if (placeOf[parent] == 0) Enter(parent);
                else Break(placeOf[parent] - 1);
            }
        }

        return broken;

        void Enter(int index)
        {
            walk.Add((index, 0));
            placeOf[index] = walk.Count;
        }

        void Leave()
        {
            placeOf[walk[^1].Index] = 0;
            walk.RemoveAt(walk.Count - 1);
        }

        void Break(int from)
        {
            int earliest = from;
            for (int place = from + 1; place < walk.Count; place++)
            {
                (int one, int other) = (walk[place].Index, walk[earliest].Index);
                if (given[one].At < given[other].At || (given[one].At == given[other].At && one < other)) earliest = place;
            }

            // The walk goes on from there; what lay beyond is walked again, because other circles may run through it.
            (int index, int next) = walk[earliest];
            if (next == 1) first[index] = None;
            else also[index][next - 2] = None;
            broken.Add(index);
            while (walk.Count > earliest + 1) Leave();
        }
    }

    /// <summary>How many links lie above each interaction at its own moment, by the longest way.</summary>
    private static int[] Depths(Interaction[] given, int[] first, Dictionary<int, int[]> also)
    {
        int[] depths = new int[given.Length];
        bool[] isKnown = new bool[given.Length];
        var chain = new Stack<int>();
        for (int start = 0; start < given.Length; start++)
        {
            if (!isKnown[start]) chain.Push(start);
            while (chain.TryPeek(out int index))
            {
                int depth = 0;
                int open = None;
                for (int link = 0; link < LinksOf(also, index); link++)
                {
                    int parent = Link(first, also, index, link);
                    if (parent < 0 || given[parent].At != given[index].At) continue;
                    if (!isKnown[parent]) open = parent;
                    else depth = Math.Max(depth, depths[parent] + 1);
                }

                if (open != None)
                {
                    chain.Push(open);
                    continue;
                }

                (depths[index], isKnown[index]) = (depth, true);
                chain.Pop();
            }
        }

        return depths;
    }
}
