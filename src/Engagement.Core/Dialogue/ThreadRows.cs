namespace Engagement.Core;

/// <summary>Interactions as columns in order of time, each after what it replies to where both came at the same moment.</summary>
internal sealed class ThreadRows
{
    private readonly long[] _times;
    private readonly int[] _replyTo;
    private readonly byte[] _kinds;
    private readonly byte[] _roles;
    private readonly int[] _actors;
    private readonly int[] _channels;

    private ThreadRows(Interaction[] given)
    {
        int[] parents = Parents(given);
        List<int> broken = BreakCircles(given, parents);
        int[] depths = Depths(given, parents);
        int[] order = [.. Enumerable.Range(0, given.Length).OrderBy(index => given[index].At).ThenBy(index => depths[index])];
        int[] rowOf = new int[given.Length];
        for (int row = 0; row < order.Length; row++) rowOf[order[row]] = row;
        CircleRows = [.. broken.Select(index => rowOf[index])];
        Interactions = [.. order.Select(index => given[index])];
        _times = [.. Interactions.Select(interaction => interaction.At.ToUnixTimeMilliseconds())];
        _replyTo = [.. order.Select(index => parents[index] >= 0 ? rowOf[parents[index]] : parents[index])];
        _kinds = [.. Interactions.Select(interaction => (byte)interaction.Kind)];
        _roles = [.. Interactions.Select(interaction => (byte)interaction.Role)];
        var actors = new Dictionary<ActorId, int>();
        _actors = [.. Interactions.Select(interaction => interaction.Actor.IsNone ? -1 : IndexOf(actors, interaction.Actor))];
        var channels = new Dictionary<ChannelId, int>();
        _channels = [.. Interactions.Select(interaction => IndexOf(channels, interaction.Channel))];
    }

    /// <summary>The interactions, in the order of the rows.</summary>
    public Interaction[] Interactions { get; }

    /// <summary>The rows that lost their link because it closed a circle: the earliest of each.</summary>
    public HashSet<int> CircleRows { get; }

    public static ThreadRows Of(IEnumerable<Interaction> interactions)
    {
        Interaction[] given = [.. interactions];
        foreach (Interaction interaction in given) ArgumentNullException.ThrowIfNull(interaction, nameof(interactions));
        return new ThreadRows(given);
    }

    public ConversationColumns Columns(ReadOnlySpan<bool> counted) => new() { Times = _times, ReplyTo = _replyTo, Kinds = _kinds, Roles = _roles, Actors = _actors, Channels = _channels, Counted = counted };

    private static int IndexOf<T>(Dictionary<T, int> indexes, T key)
        where T : struct
    {
        if (!indexes.TryGetValue(key, out int index)) indexes.Add(key, index = indexes.Count);
        return index;
    }

    private static int[] Parents(Interaction[] interactions)
    {
        var positions = new Dictionary<InteractionId, int>(interactions.Length);
        for (int index = 0; index < interactions.Length; index++)
        {
            if (!positions.TryAdd(interactions[index].Id, index)) throw new ArgumentException($"interactions hold the id {Guard.Text(interactions[index].Id.Value)} twice: give each interaction an id of its own.", nameof(interactions));
        }

        return [.. interactions.Select(interaction => interaction.ReplyTo.IsNone ? -1 : positions.GetValueOrDefault(interaction.ReplyTo, ConversationColumns.Unknown))];
    }

    /// <summary>Follows every link once; a link back into the walk that is under way closes a circle, which loses the link of its earliest message.</summary>
    private static List<int> BreakCircles(Interaction[] given, int[] parents)
    {
        var broken = new List<int>();
        int[] walkOf = new int[given.Length];
        for (int start = 0; start < given.Length; start++)
        {
            int index = start;
            while (index >= 0 && walkOf[index] == 0)
            {
                walkOf[index] = start + 1;
                index = parents[index];
            }

            if (index < 0 || walkOf[index] != start + 1) continue;
            int earliest = index;
            for (int other = parents[index]; other != index; other = parents[other])
            {
                if (given[other].At < given[earliest].At || (given[other].At == given[earliest].At && other < earliest)) earliest = other;
            }

            parents[earliest] = -1;
            broken.Add(earliest);
        }

        return broken;
    }

    /// <summary>How many links lie above each interaction at its own moment.</summary>
    private static int[] Depths(Interaction[] given, int[] parents)
    {
        int[] depths = new int[given.Length];
        bool[] isKnown = new bool[given.Length];
        var chain = new Stack<int>();
        for (int start = 0; start < given.Length; start++)
        {
            for (int index = start; !isKnown[index]; index = parents[index])
            {
                chain.Push(index);
                if (parents[index] < 0 || given[parents[index]].At != given[index].At) break;
            }

            while (chain.TryPop(out int index))
            {
                int parent = parents[index];
                depths[index] = parent >= 0 && given[parent].At == given[index].At ? depths[parent] + 1 : 0;
                isKnown[index] = true;
            }
        }

        return depths;
    }
}
