using NodaTime;

namespace Engagement.Core;

/// <summary>The selected interactions of one channel, sorted out once for every definition that asks for them.</summary>
internal sealed class ChannelEvents
{
    public static readonly ChannelEvents None = new([]);

    private readonly EngagementEvent[] _all;

    // Places and not the events themselves: those would be copied.
    private readonly Lazy<ILookup<PublicationId, int>> _byPublication;
    private readonly Lazy<ILookup<LocalDate, int>> _byDate;

    public ChannelEvents(EngagementEvent[] all)
    {
        _all = all;
        _byPublication = new(() => Enumerable.Range(0, all.Length).ToLookup(index => all[index].Publication));
        _byDate = new(() => Enumerable.Range(0, all.Length).ToLookup(index => all[index].Date));
    }

    public bool IsEmpty => _all.Length == 0;

    public IEnumerable<EngagementEvent> In(LocalPeriod period) => _all.Where(one => period.Contains(one.Date));

    public IEnumerable<EngagementEvent> With(PublicationId publication) => _byPublication.Value[publication].Select(index => _all[index]);

    public IEnumerable<EngagementEvent> On(LocalDate date) => _byDate.Value[date].Select(index => _all[index]);

    /// <summary>How many in a period belong to none of some publications.</summary>
    public long CountLoose(LocalPeriod period, HashSet<PublicationId> known) =>
        _byPublication.Value.Where(group => !known.Contains(group.Key)).Sum(group => group.Where(index => period.Contains(_all[index].Date)).Sum(index => _all[index].Count));
}
