using System.Globalization;

namespace Engagement.Core;

/// <summary>How something changed from an earlier to a later time: always together with what it grew from.</summary>
/// <remarks>
/// <para>Formulas: <see cref="Value"/> is (later − earlier)/earlier and may be negative; <see cref="PerWeek"/> is (later/earlier)^(1/weeks) − 1. Equality is by value; no order.</para>
/// <para>Undefined, with the reason, when the earlier number is 0 or a number is missing; open both ways when both are known in part only.</para>
/// <example><c>Growth.Of(500, 2_000, weeks: 2).PerWeek</c> is 1: 100 % a week.</example>
/// </remarks>
public sealed record Growth
{
    internal Growth(Definition definition, ChannelId channel, LocalPeriod period, Quantity earlier, Quantity later, double weeks, IEnumerable<Caveat> caveats)
    {
        (Definition, Channel, Period, Earlier, Later, Weeks) = (definition, channel, period, earlier, later, weeks);
        Ratio quotient = FigureParts.Divide(later, earlier);
        Undefined = quotient.Undefined;
        Rounding = FigureParts.Rounding(quotient, later, earlier) is { } bounds ? new Bounds(bounds.Lower - 1, bounds.Upper - 1) : null;
        Caveats = new ValueList<Caveat>(caveats.Concat(FigureParts.Openness(later, earlier, Core.Caveats.PartAtLeast())).Distinct());
    }

    /// <summary>The recipe of what grew: of an audience <c>audience-growth</c>, else that of the two figures.</summary>
    public Definition Definition { get; }

    /// <summary>The channel; <see cref="ChannelId.IsNone"/> when it is of all together, or of numbers in hand.</summary>
    public ChannelId Channel { get; }

    /// <summary>From the earlier time to the later; empty of numbers in hand.</summary>
    public LocalPeriod Period { get; }

    /// <summary>What it grew from.</summary>
    public Quantity Earlier { get; }

    /// <summary>What it has become.</summary>
    public Quantity Later { get; }

    /// <summary>How many weeks lie between them.</summary>
    public double Weeks { get; }

    /// <summary>The change over what it grew from, for example 3 for 500 → 2,000; null when undefined.</summary>
    public double? Value => Undefined is null ? (Later.Value - Earlier.Value) / Earlier.Value : null;

    /// <summary>The compound change per week; null when undefined, or when no time lies between.</summary>
    public double? PerWeek => Undefined is null && Weeks > 0 && Math.Pow(Later.Value!.Value / Earlier.Value!.Value, 1 / Weeks) - 1 is var rate && double.IsFinite(rate) ? rate : null;

    /// <summary>Why there is no value; null when there is one.</summary>
    public UndefinedReason? Undefined { get; }

    /// <summary>The least and the most that the value can be, given rounded numbers; null when they are exact.</summary>
    public Bounds? Rounding { get; }

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<Caveat> Caveats { get; }

    /// <summary>The growth of an audience, of numbers in hand.</summary>
    /// <param name="earlier">What it grew from; not negative; 0 gives no value.</param>
    /// <param name="later">What it has become; not negative.</param>
    /// <param name="weeks">How many weeks lie between; finite, above 0.</param>
    /// <returns>The growth with both numbers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the weeks are not finite or not above 0.</exception>
    public static Growth Of(long earlier, long later, double weeks = 1)
    {
        Guard.NotNegative(earlier);
        Guard.NotNegative(later);
        Guard.Finite(weeks);
        if (weeks <= 0) throw Guard.OutOfRange(nameof(weeks), weeks, "must be above 0", "pass the time between the two counts, in weeks");
        return new(ActivityDefinitions.AudienceGrowth, default, default, Quantity.From(Count.Observed(earlier)), Quantity.From(Count.Observed(later)), weeks, []);
    }

    /// <summary>The change with what it grew from, in the invariant culture.</summary>
    /// <returns>For example <c>+300.00 % (500 → 2000) audience-growth v1</c>.</returns>
    public override string ToString()
    {
        string parts = $"({Earlier} → {Later}) {Definition.Id}";
        return Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:+0.00;-0.00;0.00} % {parts}") : $"undefined: {Undefined} {parts}";
    }
}
