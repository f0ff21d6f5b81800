namespace Engagement.Core;

/// <summary>The audiences of several channels, or a part of each, with what is known of their overlaps: net reach, and what each channel adds to it.</summary>
internal sealed class AudienceUnion
{
    private readonly ChannelPart[] _parts;
    private readonly long _statedLimit;
    private readonly long _limit;
    private readonly Dictionary<(int First, int Second), Count> _shared = [];
    private readonly List<Caveat> _caveats = [];

    /// <summary>A union.</summary>
    /// <param name="portfolio">The facts.</param>
    /// <param name="period">The days; overlaps are the newest before their end.</param>
    /// <param name="parts">The channels whose audience, or part of it, is known.</param>
    /// <param name="universe">The universe that is divided by.</param>
    /// <param name="members">Its size.</param>
    /// <param name="sharedOf">Which number of an overlap counts.</param>
    public AudienceUnion(Portfolio portfolio, LocalPeriod period, IReadOnlyList<ChannelPart> parts, Universe? universe, Count members, Func<AudienceOverlap, Count> sharedOf)
    {
        _parts = [.. parts];

        // The universe bounds the net reach only if it counts the same things and holds every audience; followers who are no members break it, and are in no model of it.
        bool holdsAll = !_parts.Any(part => part.HasOthers);
        bool sameUnit = holdsAll && _parts.All(part => part.Unit == universe?.Unit) && members.State is not CountState.Partial;
        long Limit(long? size, Func<Count, long?> end) => sameUnit && size is { } limit && _parts.All(part => end(part.Size) <= limit) ? limit : long.MaxValue;
        _statedLimit = Limit(members.Value, size => size.Value);
        _limit = Limit(members.Upper, size => size.Upper);
        Find(portfolio, period, sharedOf);
        NetReach stated = NetReach.Of(StatedSizes(), members.State is CountState.Partial || !holdsAll ? null : members.Value, _statedLimit, StatedOverlaps());
        Reach = IsOpen ? stated.Open() : stated;
        bool isRounded = members.State is CountState.Rounded || _parts.Any(part => part.Size.State is CountState.Rounded) || _shared.Values.Any(shared => shared.State is CountState.Rounded);
        if (!isRounded || members is not { Lower: > 0, Upper: { } widest } || Reach.Upper is not { } bound) return;
        long least = Math.Min(Reach.Lower, UnionBounds.Lower([.. _parts.Select(part => part.Size.Lower!.Value)], WidestOverlaps()));
        long most = Math.Max(bound, UnionBounds.Upper([.. _parts.Select(part => part.Size.Upper!.Value)], WidestOverlaps(), _limit));
        ReachRounding = new Bounds(least, most);

        // Where the universe bounds the net reach, it does so whatever its true size is.
        double share = (double)most / members.Lower.Value;
        Rounding = new Bounds((double)least / widest, _limit < long.MaxValue ? Math.Min(share, 1) : share);
    }

    /// <summary>Gross, bounds and models, of the counts as stated.</summary>
    public NetReach Reach { get; }

    /// <summary>Net reach per member, at least and at most, given rounded counts; null when all are exact.</summary>
    public Bounds? Rounding { get; }

    /// <summary>Net reach, at least and at most, given rounded counts; null when all are exact.</summary>
    public Bounds? ReachRounding { get; }

    /// <summary>Whether an audience is known in part only, so that there is no upper bound.</summary>
    public bool IsOpen => _parts.Any(part => part.Size.State is CountState.Partial);

    /// <summary>What a reader must know of the overlaps.</summary>
    public IReadOnlyList<Caveat> Caveats => _caveats;

    /// <summary>The overlaps that are used, with their numbers.</summary>
    public IEnumerable<FigureTerm> Overlaps => _shared.OrderBy(pair => pair.Key).Select(pair => new FigureTerm($"{_parts[pair.Key.First].Channel} + {_parts[pair.Key.Second].Channel}", Quantity.From(pair.Value), Quantity.From(Count.NotApplicable)));

    /// <summary>How many two channels share, at least and at most; null when one of them has no known upper end.</summary>
    public Bounds? Shared(int first, int second)
    {
        Count left = _parts[first].Size;
        Count right = _parts[second].Size;
        if (first == second) return left.Upper is { } whole ? new Bounds(left.Lower!.Value, whole) : null;
        return MostShared(first, second) is var most && most == long.MaxValue ? null : new Bounds(LeastShared(first, second), most);
    }

    /// <summary>How many only one channel reaches: what would be lost without it.</summary>
    public Bounds? Exclusive(int channel)
    {
        int[] others = [.. Enumerable.Range(0, _parts.Length).Where(other => other != channel)];
        return Less(channel, others.Aggregate(Int128.Zero, (sum, other) => sum + MostShared(channel, other)), others.Select(other => LeastShared(channel, other)).DefaultIfEmpty().Max());
    }

    /// <summary>The channels in the order in which each adds most to those before it, as far as the bounds make that order certain, with what it adds.</summary>
    public IEnumerable<(int Channel, Bounds Added)> Order()
    {
        var rest = Enumerable.Range(0, _parts.Length).ToList();
        var taken = new (Int128 Sum, long Largest)[_parts.Length];
        while (rest.Count > 0)
        {
            (int Channel, Bounds? Added)[] candidates = [.. rest.Select(channel => (channel, Less(channel, taken[channel].Sum, taken[channel].Largest)))];
            if (candidates.Any(candidate => candidate.Added is null)) yield break;

            // Of equal ones the first: the order is then one of several that are equally good.
            (int next, Bounds? added) = candidates.OrderByDescending(candidate => candidate.Added!.Value.Lower).ThenBy(candidate => candidate.Channel).First();
            if (candidates.Any(candidate => candidate.Channel != next && candidate.Added!.Value.Upper > added!.Value.Lower)) yield break;
            yield return (next, added!.Value);
            rest.Remove(next);
            foreach (int channel in rest) taken[channel] = (taken[channel].Sum + MostShared(channel, next), Math.Max(taken[channel].Largest, LeastShared(channel, next)));
        }
    }

    /// <summary>A channel without what it shares with others, which is at least the largest share and at most the sum of them.</summary>
    private Bounds? Less(int channel, Int128 sum, long largest)
    {
        Count size = _parts[channel].Size;
        if (size.Upper is not { } most) return null;
        long lower = (long)Int128.Max(0, size.Lower!.Value - sum);
        return new Bounds(lower, Math.Max(lower, most - largest));
    }

    private long LeastShared(int first, int second)
    {
        long known = _shared.TryGetValue(Pair(first, second), out Count shared) ? shared.Lower!.Value : 0;
        return _limit == long.MaxValue ? known : (long)Int128.Max(known, (Int128)_parts[first].Size.Lower!.Value + _parts[second].Size.Lower!.Value - _limit);
    }

    private long MostShared(int first, int second)
    {
        long most = Math.Min(_parts[first].Size.Upper ?? long.MaxValue, _parts[second].Size.Upper ?? long.MaxValue);
        return _shared.TryGetValue(Pair(first, second), out Count shared) ? Math.Max(Math.Min(most, shared.Upper ?? long.MaxValue), LeastShared(first, second)) : most;
    }

    private static (int First, int Second) Pair(int first, int second) => (Math.Min(first, second), Math.Max(first, second));

    private long[] StatedSizes() => [.. _parts.Select(part => part.Size.Value!.Value)];

    /// <summary>The overlaps as stated; of one that is known in part only, the most is what both audiences allow.</summary>
    private SetOverlap[] StatedOverlaps() => [.. _shared.Select(pair =>
    {
        long most = Math.Min(_parts[pair.Key.First].Size.Value!.Value, _parts[pair.Key.Second].Size.Value!.Value);
        long stated = Math.Min(most, pair.Value.Value!.Value);
        return new SetOverlap(pair.Key.First, pair.Key.Second, stated, pair.Value.State is CountState.Partial ? most : stated);
    })];

    private SetOverlap[] WidestOverlaps() => [.. _shared.Select(pair => new SetOverlap(pair.Key.First, pair.Key.Second, pair.Value.Lower!.Value, MostShared(pair.Key.First, pair.Key.Second)))];

    /// <summary>The newest overlap of every pair of known channels of one unit; those that cannot be are left out, and none is left if together they cannot be.</summary>
    private void Find(Portfolio portfolio, LocalPeriod period, Func<AudienceOverlap, Count> sharedOf)
    {
        if (portfolio.Overlaps.Count == 0 || period.IntervalsIn(portfolio.Organisation.TimeZone) is not [.., var last]) return;
        var positions = _parts.Select((part, position) => (part.Channel, position)).ToDictionary(entry => entry.Channel, entry => entry.position);
        var newest = new Dictionary<(int First, int Second), AudienceOverlap>();
        foreach (AudienceOverlap overlap in portfolio.Overlaps.Where(overlap => overlap.AsOf < last.End).OrderBy(overlap => overlap.AsOf))
        {
            if (!sharedOf(overlap).HasValue || !positions.TryGetValue(overlap.Channel, out int first) || !positions.TryGetValue(overlap.Other, out int second) || first == second) continue;
            if (_parts[first].Unit == _parts[second].Unit) newest[Pair(first, second)] = overlap;
        }

        var unfit = new List<AudienceOverlap>();
        foreach (((int first, int second), AudienceOverlap overlap) in newest.OrderBy(pair => pair.Key))
        {
            Count shared = sharedOf(overlap);
            if (shared.Lower > Math.Min(_parts[first].Size.Upper ?? long.MaxValue, _parts[second].Size.Upper ?? long.MaxValue)) unfit.Add(overlap);
            else _shared[(first, second)] = shared;
        }

        if (unfit.Count > 0) _caveats.Add(Core.Caveats.OverlapsUnfit(unfit));
        if (_shared.Count == 0) return;
        if (!IsOpen && UnionBounds.Lower(StatedSizes(), StatedOverlaps()) > UnionBounds.Upper(StatedSizes(), StatedOverlaps(), _statedLimit))
        {
            _shared.Clear();
            _caveats.Add(Core.Caveats.OverlapsContradict());
            return;
        }

        _caveats.Add(Core.Caveats.OverlapsKnown(_shared.Count, _parts.Length * (_parts.Length - 1) / 2));
        if (newest.Values.Min(overlap => overlap.AsOf).InZone(portfolio.Organisation.TimeZone).Date is var date && date < period.From) _caveats.Add(Core.Caveats.OverlapsOld(date));
    }
}
