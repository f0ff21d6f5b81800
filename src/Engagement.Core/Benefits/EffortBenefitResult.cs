namespace Engagement.Core;

/// <summary>Effort in proportion to benefit: every channel by every measure of effort and every benefit asked for.</summary>
/// <remarks>Immutable; equality is by value; no order.</remarks>
public sealed record EffortBenefitResult
{
    internal EffortBenefitResult(LocalPeriod period, IEnumerable<ChannelEffortBenefit> rows, IEnumerable<Caveat> caveats)
    {
        Period = period;
        Rows = new ValueList<ChannelEffortBenefit>(rows);
        Caveats = new ValueList<Caveat>(caveats.Distinct());
    }

    /// <summary>The days that the result is of.</summary>
    public LocalPeriod Period { get; }

    /// <summary>Benefit by benefit, measure by measure, the channels in the order of the portfolio. Empty when no effort of the period is known.</summary>
    public IReadOnlyList<ChannelEffortBenefit> Rows { get; }

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<Caveat> Caveats { get; }

    /// <summary>The number of rows.</summary>
    /// <returns>For example <c>20 rows of effort and benefit in 2014-11-01/2014-12-01</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Rows.Count} rows of effort and benefit in {Period}");
}
