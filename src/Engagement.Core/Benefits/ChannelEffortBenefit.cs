using System.Globalization;

namespace Engagement.Core;

/// <summary>A channel's effort, by one measure, beside its benefit, by one kind.</summary>
/// <remarks>Immutable; equality is by value; no order. Every figure says by its reason and caveats why it has no value.</remarks>
public sealed record ChannelEffortBenefit
{
    internal ChannelEffortBenefit(ChannelId channel, string measure, Benefit benefit, Figure effortShare, Figure benefitShare, Figure proportionality, Figure effortPerBenefit, Figure breakEven, IEnumerable<ChannelId> dominatedBy)
    {
        (Channel, Measure, Benefit) = (channel, measure, benefit);
        (EffortShare, BenefitShare, Proportionality) = (effortShare, benefitShare, proportionality);
        (EffortPerBenefit, BreakEven) = (effortPerBenefit, breakEven);
        DominatedBy = new ValueList<ChannelId>(dominatedBy);
    }

    /// <summary>The channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>What the effort is measured in: <c>hours</c>, a currency (<c>EUR</c>), or a currency with staff time valued in it (<c>EUR+hours</c>).</summary>
    public string Measure { get; }

    /// <summary>The benefit.</summary>
    public Benefit Benefit { get; }

    /// <summary>Its share of the effort of all channels whose effort and benefit are known.</summary>
    public Figure EffortShare { get; }

    /// <summary>Its share of their benefit.</summary>
    public Figure BenefitShare { get; }

    /// <summary>Benefit share / effort share: 1 is in proportion; undefined when the effort share is 0.</summary>
    public Figure Proportionality { get; }

    /// <summary>Effort for one of the benefit: hours per conversation, cost per interaction, or cost per thousand contacts (CPM, TKP).</summary>
    public Figure EffortPerBenefit { get; }

    /// <summary>How much benefit the channel's effort would bring at the average of all: what it would take to be in proportion.</summary>
    public Figure BreakEven { get; }

    /// <summary>The channels that bring more of the benefit for no more effort, whatever rounding leaves open; empty when there is none.</summary>
    public IReadOnlyList<ChannelId> DominatedBy { get; }

    /// <summary>Channel, measure, benefit and index.</summary>
    /// <returns>For example <c>xing-tio: conversations by hours, index 0.8</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Channel}: {Benefit} by {Measure}, index {(Proportionality.Value is { } index ? index.ToString("0.##", CultureInfo.InvariantCulture) : Proportionality.Ratio.Undefined.ToString())}");
}
