namespace Engagement.Core;

/// <summary>The net reach of an organisation's channels in a universe, and what each channel contributes to it.</summary>
/// <remarks>Immutable; equality is by value; no order.</remarks>
public sealed record NetReachResult
{
    private readonly ValueList<ChannelId> _positions;
    private readonly ValueList<Bounds?> _shared;

    internal NetReachResult(LocalPeriod period, Universe? universe, bool isWithin, Count members, NetReachPerMember? net, IEnumerable<ChannelNetReach> channels, IEnumerable<Bounds?> shared, IEnumerable<Caveat> caveats)
    {
        (Period, Universe, IsWithin, Members, Net) = (period, universe, isWithin, members, net);
        Channels = new ValueList<ChannelNetReach>(channels);
        _positions = new ValueList<ChannelId>(Channels.Select(channel => channel.Channel));
        _shared = new ValueList<Bounds?>(shared);
        Caveats = new ValueList<Caveat>(caveats.Distinct());
    }

    /// <summary>The days that the result is of.</summary>
    public LocalPeriod Period { get; }

    /// <summary>The universe that is divided by; null when the portfolio names none.</summary>
    public Universe? Universe { get; }

    /// <summary>Whether only those count who belong to <see cref="Universe"/>; else the whole audiences.</summary>
    public bool IsWithin { get; }

    /// <summary>The universe's size by the period's end.</summary>
    public Count Members { get; }

    /// <summary>Gross and net reach with bounds and models; null when no channel has a figure.</summary>
    public NetReachPerMember? Net { get; }

    /// <summary>The net reach by <see cref="ReachModel.Sketched"/>, with its error; null where the result does not come from sketches.</summary>
    public ReachEstimate? Sketched { get; internal init; }

    /// <summary>The channels with a figure, in the order of the portfolio.</summary>
    public IReadOnlyList<ChannelNetReach> Channels { get; }

    /// <summary>The channels in the order in which each next one adds most, as far as the bounds make it certain.</summary>
    public IEnumerable<ChannelNetReach> Order => Channels.Where(channel => channel.Rank is not null).OrderBy(channel => channel.Rank);

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<Caveat> Caveats { get; }

    /// <summary>How many two channels share, at least and at most: the overlap matrix, cell by cell.</summary>
    /// <param name="channel">One channel.</param>
    /// <param name="other">The other channel; with itself a channel shares its whole reach.</param>
    /// <returns>The bounds, equal where the overlap is known exactly; null when one has no figure, or no known upper end.</returns>
    public Bounds? Shared(ChannelId channel, ChannelId other)
    {
        int first = _positions.Span.IndexOf(channel);
        int second = _positions.Span.IndexOf(other);
        return first < 0 || second < 0 ? null : _shared[(first * _positions.Count) + second];
    }

    /// <summary>Net reach in one line.</summary>
    /// <returns>For example <c>net [9000 … 9454 (independence) … 9495], gross 9495: 81.82 … 86.32 per 1,000</c>.</returns>
    public override string ToString() => Net?.ToString() ?? "net reach not known";
}
