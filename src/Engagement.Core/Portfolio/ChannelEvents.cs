using NodaTime;

namespace Engagement.Core;

/// <summary>The selected interactions of one channel, sorted out once for every definition that asks for them.</summary>
internal sealed class ChannelEvents
{
    public static readonly ChannelEvents None = new([]);

    private readonly EngagementEvent[] _all;
    private readonly LocalDate _first = LocalDate.MaxIsoValue;
    private readonly LocalDate _last = LocalDate.MinIsoValue;

    // Places and not the events themselves: those would be copied.
    private readonly Lazy<ILookup<PublicationId, int>> _byPublication;
    private readonly Lazy<ILookup<LocalDate, int>> _byDate;
    private readonly Lazy<Dictionary<PublicationId, long[]>> _counts;

    public ChannelEvents(EngagementEvent[] all)
    {
        _all = all;
        foreach (ref readonly EngagementEvent one in all.AsSpan()) (_first, _last) = (LocalDate.Min(_first, one.Date), LocalDate.Max(_last, one.Date));
        _byPublication = new(() => Enumerable.Range(0, all.Length).ToLookup(index => all[index].Publication));
        _byDate = new(() => Enumerable.Range(0, all.Length).ToLookup(index => all[index].Date));
        _counts = new(() => _byPublication.Value.ToDictionary(group => group.Key, CountsAt));
    }

    public bool IsEmpty => _all.Length == 0;

    public IEnumerable<EngagementEvent> In(LocalPeriod period) => IsWithin(period) ? _all : _all.Where(one => period.Contains(one.Date));

    /// <summary>How many of each kind belong to each publication, by the numbers of the kinds.</summary>
    public IReadOnlyDictionary<PublicationId, long[]> Counts => _counts.Value;

    public IEnumerable<EngagementEvent> On(LocalDate date) => _byDate.Value[date].Select(index => _all[index]);

    /// <summary>How many in a period belong to none of some publications.</summary>
    public long CountLoose(LocalPeriod period, HashSet<PublicationId> known)
    {
        bool isWithin = IsWithin(period);
        return _byPublication.Value.Where(group => !known.Contains(group.Key)).Sum(group => group.Where(index => isWithin || period.Contains(_all[index].Date)).Sum(index => _all[index].Count));
    }

    /// <summary>Whether every one of them lies in a period, as mostly in that of a report.</summary>
    private bool IsWithin(LocalPeriod period) => period.From <= _first && _last < period.To;

    private long[] CountsAt(IEnumerable<int> places)
    {
        long[] counts = new long[InteractionTally.KindCount];
        foreach (int place in places)
        {
            ref readonly EngagementEvent one = ref _all[place];
            counts[(int)one.Kind] = checked(counts[(int)one.Kind] + one.Count);
        }

        return counts;
    }
}
