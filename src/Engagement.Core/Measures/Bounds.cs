using System.Globalization;

namespace Engagement.Core;

/// <summary>The least and the most that a figure can be, given what its inputs leave open (rounding, or what a source did not tell).</summary>
/// <remarks>
/// <para>Not a confidence interval: nothing random is in it; that is <see cref="IntervalEstimate"/>. Equality is by value; no order. Both ends are finite.</para>
/// <para><c>default</c> is [0, 0].</para>
/// <example><c>new Bounds(0.0739, 0.0864)</c>: 8,500…9,499 over 110,000…114,999.</example>
/// </remarks>
public readonly record struct Bounds
{
    /// <summary>Bounds from their ends.</summary>
    /// <param name="lower">The least; finite.</param>
    /// <param name="upper">The most; finite, not below <paramref name="lower"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is not finite, or the ends are reversed.</exception>
    public Bounds(double lower, double upper)
    {
        Guard.Finite(lower);
        Guard.Finite(upper);
        if (upper < lower) throw Guard.OutOfRange(nameof(upper), upper, $"must not lie below the lower end {Guard.Text(lower)}", "pass the smaller end first");
        (Lower, Upper) = (lower, upper);
    }

    /// <summary>The least.</summary>
    public double Lower { get; }

    /// <summary>The most.</summary>
    public double Upper { get; }

    /// <summary>Both ends, in the invariant culture.</summary>
    /// <returns>For example <c>[0.0739, 0.0864]</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Lower:G4}, {Upper:G4}]");
}
