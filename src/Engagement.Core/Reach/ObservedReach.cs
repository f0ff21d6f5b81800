using System.Globalization;
using System.Runtime.InteropServices;
using NodaTime;

namespace Engagement.Core;

/// <summary>Reach counted from identities: who was reached on which channels, every person once. Nothing is estimated.</summary>
/// <remarks>
/// <para>
/// Undefined, as null, when no channel has a log that could tell: of a channel without an interaction of the kinds and roles that count, in whatever period, reach is missing and not 0, and the numbers are of the others.
/// </para>
/// <para>Immutable; equality is by value; no order. For audiences of which only sizes are known, see <see cref="NetReach"/>; the overlaps found here can be handed to it, or stated as <see cref="AudienceOverlap"/>.</para>
/// <para>
/// Formulas over the persons p with c_p contacts: net reach |{p}|; average frequency Σc_p/net; effective reach k+ |{p : c_p ≥ k}|; exclusive reach of a channel N(all) − N(all others);
/// order: each next channel adds most, of equal ones the first. So reach ≤ contacts, a union holds each of its parts, and Σ over k of k+ is the number of contacts.
/// </para>
/// <example><c>ObservedReach.Of([mail, group], contacts).Net</c></example>
/// </remarks>
public sealed record ObservedReach
{
    // Sets of channels by their last, then by the one before it.
    private static readonly Comparer<ValueList<int>> FromTheLast = Comparer<ValueList<int>>.Create((first, second) =>
        first.Reverse().Zip(second.Reverse(), (one, other) => one.CompareTo(other)).FirstOrDefault(order => order != 0, first.Count.CompareTo(second.Count)));

    private readonly ValueList<(int First, int Second, long Shared)> _shared;
    private readonly ValueList<long> _byContacts;
    private readonly ValueList<long> _byChannels;
    private readonly FigureDetail _sets;
    private readonly LocalPeriod? _period;
    private readonly bool _isKnown;

    private ObservedReach(IEnumerable<ChannelNetReach> channels, IEnumerable<(int First, int Second, long Shared)> shared, long[] byContacts, long[] byChannels, FigureDetail sets, long contacts, LocalPeriod? period, IEnumerable<Caveat> caveats)
    {
        Channels = new ValueList<ChannelNetReach>(channels);
        _shared = new(shared);
        (_byContacts, _byChannels, _sets, _period) = (new(byContacts), new(byChannels), sets, period);

        // Of no channel at all nothing is unknown.
        _isKnown = Channels.Count == 0 || Channels.Any(channel => channel.Reach.HasValue);
        if (_isKnown) (Net, Contacts) = (byContacts.Sum(), contacts);
        Caveats = new ValueList<Caveat>(caveats);
    }

    /// <summary>The recipe: <c>observed-reach</c>.</summary>
    public Definition Definition { get; } = ReachDefinitions.ObservedReach;

    /// <summary>The channels in the order given, with exclusive reach, and what each adds in the order in which each next one adds most; missing where no log tells it.</summary>
    public IReadOnlyList<ChannelNetReach> Channels { get; }

    /// <summary>How many distinct persons were reached, on the channels whose reach is known; null when that of none is.</summary>
    public long? Net { get; }

    /// <summary>The sum of the channels' reaches: who was reached on several counts once for each; null when none is known.</summary>
    public long? Gross => _isKnown ? Channels.Sum(channel => channel.Reach.Value ?? 0) : null;

    /// <summary>How many contacts there were; null when the reach of no channel is known.</summary>
    public long? Contacts { get; }

    /// <summary>Contacts per person reached; undefined when nobody was, or when it is not known.</summary>
    public Ratio AverageFrequency => (Contacts, Net) is ({ } contacts, { } net) ? Ratio.Of(contacts, net) : Ratio.OfUndefined(UndefinedReason.MissingNumerator);

    /// <summary>How many were reached on every channel whose reach is known; null when that of none is.</summary>
    public long? OnAll => OnAtLeast(Math.Max(1, Channels.Count(channel => channel.Reach.HasValue)));

    /// <summary>What a reader must know: of which channels no log tells the reach, and that interactions without a known actor are in none of these numbers.</summary>
    public IReadOnlyList<Caveat> Caveats { get; }

    /// <summary>The channels in the order in which each next one adds most; those whose reach is not known have no place in it.</summary>
    public IEnumerable<ChannelNetReach> Order => Channels.Where(channel => channel.Rank is not null).OrderBy(channel => channel.Rank);

    /// <summary>Counts reach from contacts.</summary>
    /// <param name="channels">The channels; those without a contact reach nobody.</param>
    /// <param name="contacts">One item for each contact: the channel, and who was reached. For a list of members, one item for each.</param>
    /// <returns>The reach.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A channel is named twice or is none of <paramref name="channels"/>, or an actor is unknown, whom nobody can count once.</exception>
    public static ObservedReach Of(IEnumerable<ChannelId> channels, IEnumerable<(ChannelId Channel, ActorId Actor)> contacts) => Of(channels, contacts, new Dictionary<ChannelId, Count>(), FigureDetail.None, null, []);

    private static ObservedReach Of(IEnumerable<ChannelId> channels, IEnumerable<(ChannelId Channel, ActorId Actor)> contacts, Dictionary<ChannelId, Count> unknown, FigureDetail detail, LocalPeriod? period, IEnumerable<Caveat> caveats)
    {
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentNullException.ThrowIfNull(contacts);
        ChannelId[] all = [.. channels];
        var positions = new Dictionary<ChannelId, int>();
        foreach (ChannelId channel in all)
        {
            if (!positions.TryAdd(channel, positions.Count)) throw new ArgumentException($"channels ({Guard.Text(channel.Value)}) must name each channel once: leave out the other one.", nameof(channels));
        }

        // Persons by their texts, which a dictionary hashes faster than anything made of them; a membership is a person's number and a channel's, with the contacts.
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var memberships = new Dictionary<(int Person, int Channel), long>();
        long count = 0;
        foreach ((ChannelId channel, ActorId actor) in contacts)
        {
            if (actor.IsNone) throw new ArgumentException("contacts must say who was reached: leave out those without an actor, and say that the reach is at least so many.", nameof(contacts));
            if (!positions.TryGetValue(channel, out int position)) throw new ArgumentException($"contacts ({Guard.Text(channel.Value)}) must be of one of the channels: add it to them.", nameof(contacts));
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, actor.Value, out bool isKnown);
            if (!isKnown) number = numbers.Count - 1;
            CollectionsMarshal.GetValueRefOrAddDefault(memberships, (number, position), out _)++;
            count++;
        }

        var people = new (int[] ReachedOn, long Contacts)[numbers.Count];
        foreach (var person in memberships.GroupBy(membership => membership.Key.Person)) people[person.Key] = ([.. person.Select(membership => membership.Key.Channel).Order()], person.Sum(membership => membership.Value));
        return Of(all, people, count, unknown, detail, period, caveats);
    }

    /// <summary>Reach of the interactions of a period: whom the channels moved to act. Interactions without a known actor are left out, so the reach is at least so many.</summary>
    /// <remarks>A channel without any such interaction listed, in whatever period, has no log that could say that there was none: its reach is missing. That of a channel which does not live in the period is not applicable.</remarks>
    /// <param name="portfolio">The facts.</param>
    /// <param name="period">The days.</param>
    /// <param name="selection">Which interactions count as contacts; <see cref="InteractionSelection.Standard"/> by default. With views alone, it is the reach of those contacts.</param>
    /// <returns>The reach over the portfolio's channels, as far as their logs tell it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="portfolio"/> is null.</exception>
    /// <exception cref="ArgumentException">The portfolio holds an id twice.</exception>
    public static ObservedReach Of(Portfolio portfolio, LocalPeriod period, InteractionSelection? selection = null)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        portfolio.RequireUniqueIds();
        ChannelId[] channels = [.. portfolio.Channels.Select(channel => channel.Id)];
        InteractionSelection selected = selection ?? InteractionSelection.Standard;
        Func<Instant, bool> isInPeriod = period.MomentsIn(portfolio.Organisation.TimeZone);
        Interaction[] interactions = [.. channels.SelectMany(portfolio.InteractionsOf).Where(interaction => selected.Includes(interaction) && isInPeriod(interaction.At))];
        Interaction[] known = Array.FindAll(interactions, interaction => !interaction.Actor.IsNone);

        // A log that holds nothing of the selected kinds and roles (follows, or bots) does not say that there was none of them; and a channel that does not live in the period has no 0 in it either.
        HashSet<ChannelId> acted = [.. interactions.Select(interaction => interaction.Channel)];
        ChannelId[] over = [.. portfolio.Channels.Where(channel => !channel.LivesIn(period) && !acted.Contains(channel.Id)).Select(channel => channel.Id)];
        ChannelId[] silent = [.. channels.Except(over).Where(channel => !acted.Contains(channel) && !portfolio.InteractionsOf(channel).Any(selected.Includes))];
        Dictionary<ChannelId, Count> unknown = silent.ToDictionary(channel => channel, _ => Count.Missing);
        foreach (ChannelId channel in over) unknown.Add(channel, Count.NotApplicable);

        int logged = channels.Count(channel => portfolio.InteractionsOf(channel).Count > 0);
        (string english, string german) = Words.Listed(logged);
        FigureDetail detail = FigureDetail.None with { Sources = new([($"{english}: {Words.Selected(selected, isGerman: false)}", $"{german}: {Words.Selected(selected, isGerman: true)}")]) };
        Caveat[] caveats =
        [
            .. silent.Length > 0 ? [Core.Caveats.InteractionsNotListed(silent)] : Array.Empty<Caveat>(),
            .. over.Select(channel => Core.Caveats.Of(channel, Core.Caveats.ChannelNotAlive())),
            .. known.Length < interactions.Length ? [Core.Caveats.ActorsUnknown(interactions.Length - known.Length)] : Array.Empty<Caveat>(),
        ];
        return Of(channels, known.Select(interaction => (interaction.Channel, interaction.Actor)), unknown, detail, period, caveats);
    }

    /// <summary>Effective reach k+: how many were reached at least so often.</summary>
    /// <param name="contacts">The number of contacts, from 1.</param>
    /// <returns>The number of persons; null when the reach of no channel is known.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public long? EffectiveReach(int contacts) => AtLeast(_byContacts, contacts, nameof(contacts));

    /// <summary>How many were reached on at least so many channels.</summary>
    /// <param name="channels">The number of channels, from 1.</param>
    /// <returns>The number of persons; null when the reach of no channel is known.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public long? OnAtLeast(int channels) => AtLeast(_byChannels, channels, nameof(channels));

    /// <summary>How many two channels share: the overlap matrix, cell by cell.</summary>
    /// <param name="channel">One channel.</param>
    /// <param name="other">The other one; with itself a channel shares its whole reach.</param>
    /// <returns>The number of persons; null when the reach of one of the two is not known.</returns>
    /// <exception cref="ArgumentException">A channel is not one of <see cref="Channels"/>.</exception>
    public long? Shared(ChannelId channel, ChannelId other)
    {
        int first = PositionOf(channel, nameof(channel));
        int second = PositionOf(other, nameof(other));
        if (!Channels[first].Reach.HasValue || !Channels[second].Reach.HasValue) return null;
        if (first == second) return Channels[first].Reach.Value;
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

    /// <summary>How the reach came about: how many persons each set of channels alone reached, and how many had one contact, two and so on; everything else follows from these by the formulas that the text states.</summary>
    /// <param name="language">English or German; numbers are written in its way.</param>
    /// <returns>Several lines, separated by \n; of more than 100 sets, or numbers of contacts, the others stand in sum.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language is unspecified or unknown.</exception>
    public string Explain(Language language)
    {
        var text = new Explanation(Definition, _period, default, language);
        text.Terms(_sets, Definition.TermLetters);
        FigureTerm[] often = [.. _byContacts.Select((persons, contacts) => (persons, contacts)).Where(entry => entry.persons > 0).Select(entry => Term(entry.contacts.ToString(CultureInfo.InvariantCulture), entry.persons))];
        text.Terms(FigureDetail.None.With(often, "Persons by contacts", "Personen nach Kontakten"), Definition.TermLetters);
        (string top, string? bottom) = Definition.PartLetters;
        text.Equation(top, Contacts is { } contacts ? Quantity.Exact(contacts) : default);
        text.Equation(bottom!, Net is { } net ? Quantity.Exact(net) : default);
        text.Result(text.Say("Contacts per person", "Kontakte je Person"), AverageFrequency, Definition.Scale);
        return text.Finish(_sets.Sources, Caveats, language);
    }

    /// <summary>Net and gross reach and contacts, in the invariant culture.</summary>
    /// <returns>For example <c>73 of gross 92, 92 contacts, 2 channels</c>, or <c>not known, 2 channels</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(_isKnown ? string.Create(CultureInfo.InvariantCulture, $"{Net} of gross {Gross}, {Contacts} contacts") : "not known")}, {Channels.Count} channels");

    private static ObservedReach Of(ChannelId[] channels, (int[] ReachedOn, long Contacts)[] people, long contacts, Dictionary<ChannelId, Count> unknown, FigureDetail detail, LocalPeriod? period, IEnumerable<Caveat> caveats)
    {
        long[] reach = new long[channels.Length];
        long[] exclusive = new long[channels.Length];
        long[] byChannels = new long[people.Length == 0 ? 1 : people.Max(person => person.ReachedOn.Length) + 1];
        var byContacts = new SortedDictionary<long, long>();
        var shared = new Dictionary<(int First, int Second), long>();

        var sets = new Dictionary<ValueList<int>, long>();
        foreach ((int[] reachedOn, long often) in people)
        {
            var set = new ValueList<int>(reachedOn);
            sets[set] = sets.GetValueOrDefault(set) + 1;
            byChannels[reachedOn.Length]++;
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

        (int Rank, long Added)[] order = Greedy([.. channels.Select(channel => !unknown.ContainsKey(channel))], people);
        FigureTerm[] terms = [.. sets.OrderByDescending(set => set.Value).ThenBy(set => set.Key, FromTheLast).Select(set => Term(string.Join(" + ", set.Key.Select(channel => channels[channel])), set.Value))];
        return new ObservedReach(
            channels.Select((channel, index) => unknown.TryGetValue(channel, out Count state)
                ? new ChannelNetReach(channel, state, null, null, null)
                : new ChannelNetReach(channel, Count.Observed(reach[index]), Exactly(exclusive[index]), order[index].Rank, Exactly(order[index].Added))),
            shared.OrderBy(pair => pair.Key).Select(pair => (pair.Key.First, pair.Key.Second, pair.Value)),
            Dense(byContacts),
            byChannels,
            detail.With(terms, "Persons by sets of channels", "Personen nach Mengen von Kanälen"),
            contacts,
            period,
            caveats);
    }

    private static FigureTerm Term(string name, long persons) => new(name, Quantity.Exact(persons), Quantity.From(Count.NotApplicable));

    /// <summary>Takes again and again the channel that adds most, of equal ones the first; persons are crossed out as they are reached, so that the work is that of the memberships and not of their square.</summary>
    private static (int Rank, long Added)[] Greedy(bool[] isKnown, (int[] ReachedOn, long Contacts)[] people)
    {
        int channels = isKnown.Length;
        List<int>[] audiences = [.. Enumerable.Range(0, channels).Select(_ => new List<int>())];
        for (int person = 0; person < people.Length; person++)
        {
            foreach (int channel in people[person].ReachedOn) audiences[channel].Add(person);
        }

        long[] left = [.. audiences.Select(audience => (long)audience.Count)];
        var order = new (int Rank, long Added)[channels];
        bool[] isReached = new bool[people.Length];
        bool[] isTaken = [.. isKnown.Select(known => !known)];
        for (int rank = 1; rank <= isKnown.Count(known => known); rank++)
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
                foreach (int channel in people[person].ReachedOn) left[channel]--;
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

    private long? AtLeast(ValueList<long> persons, int least, string parameter)
    {
        if (least < 1) throw Guard.OutOfRange(parameter, least, "must be 1 or more", "count from 1");
        return _isKnown ? persons.Skip(least).Sum() : null;
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
