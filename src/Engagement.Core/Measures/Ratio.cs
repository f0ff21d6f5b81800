using System.Globalization;
using System.Runtime.CompilerServices;

namespace Engagement.Core;

/// <summary>A quotient that keeps its numerator and denominator, and has a value or a reason why not.</summary>
/// <remarks>
/// <para>Equality is by parts and reason, so 1/2 and 2/4 are not equal; no order. A ratio with its definition, interval and caveats is a <see cref="Figure"/>.</para>
/// <para>Formula: <c>Value = Numerator / Denominator</c>, never negative, NaN or infinite, never clamped. Whole numbers above 2⁵³ are kept to the nearest double.</para>
/// <para><c>default</c> is 0/0: undefined because of <see cref="UndefinedReason.ZeroDenominator"/>.</para>
/// <example><c>Ratio.Of(42, 324).Value</c> is 0.1296…; <c>Ratio.Of(42, 0).Undefined</c> is <see cref="UndefinedReason.ZeroDenominator"/>.</example>
/// </remarks>
public readonly record struct Ratio
{
    private readonly UndefinedReason _reason;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Ratio(double numerator, double denominator, UndefinedReason reason) => (Numerator, Denominator, _reason) = (numerator, denominator, reason);

    /// <summary>What is divided.</summary>
    public double Numerator { get; }

    /// <summary>What it is divided by.</summary>
    public double Denominator { get; }

    /// <summary>Whether there is a value.</summary>
    public bool IsDefined => Undefined is null;

    /// <summary>The quotient; null when undefined, and then <see cref="Undefined"/> says why.</summary>
    public double? Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // A denominator of 0 gives NaN or infinity, so one test after the division covers it too.
            double quotient = Numerator / Denominator;
            return _reason is UndefinedReason.Unspecified && double.IsFinite(quotient) ? quotient : null;
        }
    }

    /// <summary>Why there is no value; null when there is one.</summary>
    public UndefinedReason? Undefined =>
        _reason is not UndefinedReason.Unspecified ? _reason
        : Denominator == 0 ? UndefinedReason.ZeroDenominator
        : double.IsFinite(Numerator / Denominator) ? null
        : UndefinedReason.OutOfRange;

    /// <summary>The value per hundred; null when undefined.</summary>
    public double? Percent => Per(100);

    /// <summary>The value per thousand; null when undefined.</summary>
    public double? PerThousand => Per(1_000);

    /// <summary>A ratio of two whole numbers.</summary>
    /// <param name="numerator">What is divided; not negative.</param>
    /// <param name="denominator">What it is divided by; not negative; 0 gives an undefined ratio.</param>
    /// <returns>The ratio with its parts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A part is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Ratio Of(long numerator, long denominator)
    {
        Guard.NotNegative(numerator);
        Guard.NotNegative(denominator);
        return new(numerator, denominator, UndefinedReason.Unspecified);
    }

    /// <summary>A ratio of two numbers, for weighted counts and means.</summary>
    /// <param name="numerator">What is divided; finite, not negative.</param>
    /// <param name="denominator">What it is divided by; finite, not negative; 0 gives an undefined ratio.</param>
    /// <returns>The ratio with its parts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A part is NaN, infinite or negative.</exception>
    public static Ratio Of(double numerator, double denominator)
    {
        Guard.FiniteNotNegative(numerator);
        Guard.FiniteNotNegative(denominator);

        // −0.0 passes every check of sign and would print as "-0": adding 0.0 makes it 0.
        return new(numerator + 0.0, denominator + 0.0, UndefinedReason.Unspecified);
    }

    /// <summary>A ratio without a value, for a reason; the parts that are known stay.</summary>
    /// <param name="reason">Why there is no value.</param>
    /// <param name="numerator">The numerator, as far as known; finite, not negative.</param>
    /// <param name="denominator">The denominator, as far as known; finite, not negative.</param>
    /// <returns>An undefined ratio.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The reason is unspecified, or a part is NaN, infinite or negative.</exception>
    public static Ratio OfUndefined(UndefinedReason reason, double numerator = 0, double denominator = 0)
    {
        Guard.Known(reason);
        Guard.FiniteNotNegative(numerator);
        Guard.FiniteNotNegative(denominator);
        return new(numerator + 0.0, denominator + 0.0, reason);
    }

    /// <summary>The value in another scale, such as 100 or 1,000; null when undefined.</summary>
    /// <param name="scale">How many of the denominator the figure is shown for; finite, above 0.</param>
    /// <returns>Value × scale, or null when undefined or beyond the range of a double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not finite or not above 0.</exception>
    public double? Per(double scale)
    {
        Guard.Finite(scale);
        if (scale <= 0) throw Guard.OutOfRange(nameof(scale), scale, "must be above 0", "pass 1, 100 or 1000");
        return Value * scale is { } scaled && double.IsFinite(scaled) ? scaled : null;
    }

    /// <summary>The value in percent with its parts, in the invariant culture; unscaled where the percentage exceeds the range of a double.</summary>
    /// <returns>For example <c>12.96 % (42/324)</c>, or <c>undefined: ZeroDenominator (42/0)</c>.</returns>
    public override string ToString()
    {
        string parts = $"({Quantity.Text(Numerator)}/{Quantity.Text(Denominator)})";
        return Percent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent:0.00##} % {parts}")
            : Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value} {parts}")
            : $"undefined: {Undefined} {parts}";
    }
}
