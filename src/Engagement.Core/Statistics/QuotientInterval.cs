using System.Globalization;

namespace Engagement.Core;

/// <summary>An interval for a quotient of two rates, proportions or odds, whose upper end may be open: of something over nothing no data can say how large it is at most.</summary>
/// <remarks>
/// <para>Both ends are finite and not negative where they exist. Equality is by value; no order. An interval that is closed on both sides is an <see cref="IntervalEstimate"/>: see <see cref="TryClosed"/>.</para>
/// <para><c>default</c> is [0, …) at confidence 0 by <see cref="IntervalMethod.Unspecified"/>: no interval at all.</para>
/// <example><c>RateRatio.ExactConditional(3, 10, 0, 10)</c>: [0.4132, …) ConditionalExact 95 %.</example>
/// </remarks>
public readonly record struct QuotientInterval
{
    /// <summary>An interval from its parts.</summary>
    /// <param name="lower">The lower end; finite, not negative.</param>
    /// <param name="upper">The upper end; finite, not below <paramref name="lower"/>; null where there is none.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded.</param>
    /// <param name="method">The formula that gave it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is negative or not finite, the ends are reversed, the confidence is not between 0 and 1, or the method is unspecified.</exception>
    public QuotientInterval(double lower, double? upper, double confidence, IntervalMethod method)
    {
        Guard.FiniteNotNegative(lower);

        // The rules of both ends are those of a closed interval.
        var closed = new IntervalEstimate(lower, upper ?? lower, confidence, method);
        (Lower, Upper, Confidence, Method) = (closed.Lower, upper, closed.Confidence, closed.Method);
    }

    /// <summary>The lower end.</summary>
    public double Lower { get; }

    /// <summary>The upper end; null where nothing bounds the quotient.</summary>
    public double? Upper { get; }

    /// <summary>The confidence level, for example 0.95.</summary>
    public double Confidence { get; }

    /// <summary>The formula that gave the interval.</summary>
    public IntervalMethod Method { get; }

    /// <summary>Whether the quotient may be this, as far as the interval says.</summary>
    /// <param name="quotient">The quotient in question; 1 asks whether the two can be told apart.</param>
    /// <returns>True if it lies in the interval, ends included.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The quotient is not finite.</exception>
    /// <example><c>RateRatio.ExactConditional(60, 51_477.5, 30, 54_308.7).Contains(1)</c>: false, they can be told apart.</example>
    public bool Contains(double quotient)
    {
        Guard.Finite(quotient);
        return quotient >= Lower && !(quotient > Upper);
    }

    /// <summary>The same interval with both ends, or false where the upper end is open.</summary>
    /// <param name="interval">The closed interval; <c>default</c> when the result is false.</param>
    /// <returns>True if there is an upper end.</returns>
    public bool TryClosed(out IntervalEstimate interval)
    {
        interval = Upper is { } upper && Method is not IntervalMethod.Unspecified ? new(Lower, upper, Confidence, Method) : default;
        return interval != default;
    }

    /// <summary>The interval as text, always in the invariant culture: <c>[0.4132, …) ConditionalExact 95 %</c>.</summary>
    /// <returns>Both ends to four significant digits, the method and the level.</returns>
    public override string ToString() => TryClosed(out IntervalEstimate closed)
        ? closed.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"[{Lower:G4}, …) {Method} {Confidence * 100:G4} %");
}
