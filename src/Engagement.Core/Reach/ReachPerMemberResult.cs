namespace Engagement.Core;

/// <summary>How far the channels of an organisation reach its members in a period.</summary>
/// <remarks>Immutable; equality is by value; no order.</remarks>
public sealed record ReachPerMemberResult
{
    internal ReachPerMemberResult(LocalPeriod period, Universe? universe, Count members, IEnumerable<ChannelReach> channels, Figure gross, NetReachPerMember? net, IEnumerable<Caveat> caveats)
    {
        (Period, Universe, Members, Gross, Net) = (period, universe, members, gross, net);
        Channels = new ValueList<ChannelReach>(channels);
        Caveats = new ValueList<Caveat>(caveats.Distinct());
    }

    /// <summary>The days that the result is of.</summary>
    public LocalPeriod Period { get; }

    /// <summary>The members' universe; null when the portfolio names none.</summary>
    public Universe? Universe { get; }

    /// <summary>The universe's size by the period's end.</summary>
    public Count Members { get; }

    /// <summary>The channels, in the order of the portfolio.</summary>
    public IReadOnlyList<ChannelReach> Channels { get; }

    /// <summary>Gross potential reach per member: the sum over the channels with a figure.</summary>
    public Figure Gross { get; }

    /// <summary>Net potential reach over the channels with a figure; null when no channel has one.</summary>
    public NetReachPerMember? Net { get; }

    /// <summary>What a reader must know of the totals.</summary>
    public IReadOnlyList<Caveat> Caveats { get; }

    /// <summary>How the figures came about, channel by channel, then gross and net; see <see cref="Figure.Explain"/>. Figures of which nothing is known are left out.</summary>
    /// <param name="language">English or German.</param>
    /// <returns>The figures' explanations, with an empty line between them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language is unspecified or unknown.</exception>
    public string Explain(Language language)
    {
        IEnumerable<Figure> figures = Channels.SelectMany(channel => new[] { channel.Potential, channel.Measured, channel.Coverage, channel.OnTarget, channel.TargetCoverage, channel.Affinity, channel.Frequency, channel.GrossRatingPoints }).OfType<Figure>().Where(figure => figure.Numerator.HasValue);
        return string.Join('\n', figures.Append(Gross).Select(figure => figure.Explain(language)).Concat(Net is null ? [] : new[] { Net.Explain(language) }));
    }

    /// <summary>Gross and net.</summary>
    /// <returns>The gross figure and the net bounds in one line.</returns>
    public override string ToString() => $"{Gross}; {Net?.ToString() ?? "net reach not known"}";
}
