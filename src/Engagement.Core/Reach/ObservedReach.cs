using System.Globalization;

namespace Engagement.Core;

/// <summary>Reach counted from identities: who was reached on which channels, every person once. Nothing is estimated.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. For audiences of which only sizes are known, see <see cref="NetReach"/>; the overlaps found here can be handed to it, or stated as <see cref="AudienceOverlap"/>.</para>
/// <para>
/// Formulas over the persons p with c_p contacts: net reach |{p}|; average frequency Σc_p/net; effective reach k+ |{p : c_p ≥ k}|; exclusive reach of a channel N(all) − N(all others);
/// order: each next channel adds most, of equal ones the first. So reach ≤ contacts, a union holds each of its parts, and Σ over k of k+ is the number of contacts.
/// </para>
/// <example><c>ObservedReach.Of([mail, group], contacts).Net</c></example>
/// </remarks>
public sealed record ObservedReach
{
    private readonly ValueList<(int First, int Second, long Shared)> _shared;
    private readonly ValueList<long> _byContacts;
    private readonly ValueList<long> _byChannels;

    private ObservedReach(IEnumerable<ChannelNetReach> channels, IEnumerable<(int First, int Second, long Shared)> shared, long[] byContacts, long[] byChannels, long contacts)
    {
        Channels = new ValueList<ChannelNetReach>(channels);
        _shared = new(shared);
        (_byContacts, _byChannels) = (new(byContacts), new(byChannels));
        (Net, Contacts) = (byContacts.Sum(), contacts);
    }

    /// <summary>The channels in the order given, with exclusive reach, and what each adds in the order in which each next one adds most.</summary>
    public IReadOnlyList<ChannelNetReach> Channels { get; }

    /// <summary>How many distinct persons were reached.</summary>
    public long Net { get; }

    /// <summary>The sum of the channels' reaches: who was reached on several counts once for each.</summary>
    public long Gross => Channels.Sum(channel => channel.Reach.Value!.Value);

    /// <summary>How many contacts there were.</summary>
    public long Contacts { get; }

    /// <summary>Contacts per person reached; undefined when nobody was.</summary>
    public Ratio AverageFrequency => Ratio.Of(Contacts, Net);

    /// <summary>How many were reached on every channel.</summary>
    public long OnAll => OnAtLeast(Math.Max(1, Channels.Count));

    /// <summary>The channels in the order in which each next one adds most.</summary>
    public IEnumerable<ChannelNetReach> Order => Channels.OrderBy(channel => channel.Rank);

    /// <summary>Counts reach from contacts.</summary>
    /// <param name="channels">The channels; those without a contact reach nobody.</param>
    /// <param name="contacts">One item for each contact: the channel, and who was reached. For a list of members, one item for each.</param>
    /// <returns>The reach.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A channel is named twice or is none of <paramref name="channels"/>, or an actor is unknown, whom nobody can count once.</exception>
    public static ObservedReach Of(IEnumerable<ChannelId> channels, IEnumerable<(ChannelId Channel, ActorId Actor)> contacts)
    {
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentNullException.ThrowIfNull(contacts);
        ChannelId[] all = [.. channels];
        var positions = new Dictionary<ChannelId, int>();
        foreach (ChannelId channel in all)
        {
            if (!positions.TryAdd(channel, positions.Count)) throw new ArgumentException($"channels ({Guard.Text(channel.Value)}) must name each channel once: leave out the other one.", nameof(channels));
        }

        var people = new Dictionary<ActorId, Dictionary<int, long>>();
        long count = 0;
        foreach ((ChannelId channel, ActorId actor) in contacts)
        {
            if (actor.IsNone) throw new ArgumentException("contacts must say who was reached: leave out those without an actor, and say that the reach is at least so many.", nameof(contacts));
            if (!positions.TryGetValue(channel, out int position)) throw new ArgumentException($"contacts ({Guard.Text(channel.Value)}) must be of one of the channels: add it to them.", nameof(contacts));
            if (!people.TryGetValue(actor, out Dictionary<int, long>? person)) people.Add(actor, person = []);
            person[position] = person.GetValueOrDefault(position) + 1;
            count++;
        }

        return Of(all, [.. people.Values], count);
    }

    /// <summary>Reach of the interactions of a period: whom the channels moved to act. Interactions without a known actor are left out, so the reach is at least so many.</summary>
    /// <param name="portfolio">The facts.</param>
    /// <param name="period">The days.</param>
    /// <param name="selection">Which interactions count as contacts; <see cref="InteractionSelection.Standard"/> by default. With views alone, it is the reach of those contacts.</param>
    /// <returns>The reach over the portfolio's channels.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="portfolio"/> is null.</exception>
    /// <exception cref="ArgumentException">The portfolio holds an id twice.</exception>
    public static ObservedReach Of(Portfolio portfolio, LocalPeriod period, InteractionSelection? selection = null)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        portfolio.RequireUniqueIds();
        ChannelId[] channels = [.. portfolio.Channels.Select(channel => channel.Id)];
        InteractionSelection selected = selection ?? InteractionSelection.Standard;
        IEnumerable<Interaction> interactions = channels.SelectMany(portfolio.InteractionsOf).Where(interaction => !interaction.Actor.IsNone && selected.Includes(interaction) && period.Contains(interaction.At, portfolio.Organisation.TimeZone));
        return Of(channels, interactions.Select(interaction => (interaction.Channel, interaction.Actor)));
    }

    /// <summary>Effective reach k+: how many were reached at least so often.</summary>
    /// <param name="contacts">The number of contacts, from 1.</param>
    /// <returns>The number of persons.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public long EffectiveReach(int contacts) => AtLeast(_byContacts, contacts, nameof(contacts));

    /// <summary>How many were reached on at least so many channels.</summary>
    /// <param name="channels">The number of channels, from 1.</param>
    /// <returns>The number of persons.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public long OnAtLeast(int channels) => AtLeast(_byChannels, channels, nameof(channels));

    /// <summary>How many two channels share: the overlap matrix, cell by cell.</summary>
    /// <param name="channel">One channel.</param>
    /// <param name="other">The other one; with itself a channel shares its whole reach.</param>
    /// <returns>The number of persons.</returns>
    /// <exception cref="ArgumentException">A channel is not one of <see cref="Channels"/>.</exception>
    public long Shared(ChannelId channel, ChannelId other)
    {
        int first = PositionOf(channel, nameof(channel));
        int second = PositionOf(other, nameof(other));
        if (first == second) return Channels[first].Reach.Value!.Value;
        (first, second) = (Math.Min(first, second), Math.Max(first, second));

        // The pairs are in order.
        int low = 0;
        int high = _shared.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if ((_shared[middle].First, _shared[middle].Second).CompareTo((first, second)) < 0) low = middle + 1;
            else high = middle;
        }

        return low < _shared.Count && _shared[low].First == first && _shared[low].Second == second ? _shared[low].Shared : 0;
    }

    /// <summary>Net and gross reach and contacts, in the invariant culture.</summary>
    /// <returns>For example <c>73 of gross 92, 92 contacts, 2 channels</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Net} of gross {Gross}, {Contacts} contacts, {Channels.Count} channels");

    private static ObservedReach Of(ChannelId[] channels, Dictionary<int, long>[] people, long contacts)
    {
        long[] reach = new long[channels.Length];
        long[] exclusive = new long[channels.Length];
        long[] byChannels = new long[people.Length == 0 ? 1 : people.Max(person => person.Count) + 1];
        var byContacts = new SortedDictionary<long, long>();
        var shared = new Dictionary<(int First, int Second), long>();
        foreach (Dictionary<int, long> person in people)
        {
            int[] reachedOn = [.. person.Keys.Order()];
            byChannels[reachedOn.Length]++;
            long often = person.Values.Sum();
            byContacts[often] = byContacts.GetValueOrDefault(often) + 1;
            if (reachedOn.Length == 1) exclusive[reachedOn[0]]++;
            for (int left = 0; left < reachedOn.Length; left++)
            {
                reach[reachedOn[left]]++;
                for (int right = left + 1; right < reachedOn.Length; right++)
                {
                    (int, int) pair = (reachedOn[left], reachedOn[right]);
                    shared[pair] = shared.GetValueOrDefault(pair) + 1;
                }
            }
        }

        (int Rank, long Added)[] order = Greedy(channels.Length, people);
        return new ObservedReach(
            channels.Select((channel, index) => new ChannelNetReach(channel, Count.Observed(reach[index]), Exactly(exclusive[index]), order[index].Rank, Exactly(order[index].Added))),
            shared.OrderBy(pair => pair.Key).Select(pair => (pair.Key.First, pair.Key.Second, pair.Value)),
            Dense(byContacts),
            byChannels,
            contacts);
    }

    /// <summary>Takes again and again the channel that adds most, of equal ones the first; persons are crossed out as they are reached, so that the work is that of the memberships and not of their square.</summary>
    private static (int Rank, long Added)[] Greedy(int channels, Dictionary<int, long>[] people)
    {
        List<int>[] audiences = [.. Enumerable.Range(0, channels).Select(_ => new List<int>())];
        for (int person = 0; person < people.Length; person++)
        {
            foreach (int channel in people[person].Keys) audiences[channel].Add(person);
        }

        long[] left = [.. audiences.Select(audience => (long)audience.Count)];
        var order = new (int Rank, long Added)[channels];
        bool[] isReached = new bool[people.Length];
        bool[] isTaken = new bool[channels];
        for (int rank = 1; rank <= channels; rank++)
        {
            int best = -1;
            for (int channel = 0; channel < channels; channel++)
            {
                if (!isTaken[channel] && (best < 0 || left[channel] > left[best])) best = channel;
            }

            isTaken[best] = true;
            order[best] = (rank, left[best]);
            foreach (int person in audiences[best].Where(person => !isReached[person]))
            {
                isReached[person] = true;
                foreach (int channel in people[person].Keys) left[channel]--;
            }
        }

        return order;
    }

    private static Bounds Exactly(long number) => new(number, number);

    /// <summary>How many persons had 0, 1, 2 … contacts.</summary>
    private static long[] Dense(SortedDictionary<long, long> byContacts)
    {
        long[] dense = new long[byContacts.Count == 0 ? 1 : byContacts.Keys.Last() + 1];
        foreach ((long often, long persons) in byContacts) dense[often] = persons;
        return dense;
    }

    private static long AtLeast(ValueList<long> persons, int least, string parameter)
    {
        if (least < 1) throw Guard.OutOfRange(parameter, least, "must be 1 or more", "count from 1");
        return persons.Skip(least).Sum();
    }

    private int PositionOf(ChannelId channel, string parameter)
    {
        for (int index = 0; index < Channels.Count; index++)
        {
            if (Channels[index].Channel == channel) return index;
        }

        throw new ArgumentException($"{parameter} ({Guard.Text(channel.Value)}) must be one of the channels of this reach: {string.Join(", ", Channels.Select(known => known.Channel))}.", parameter);
    }
}
