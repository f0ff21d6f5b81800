using System.Globalization;

namespace Engagement.Core;

/// <summary>An interval that a named method gave for a figure at a confidence level.</summary>
/// <remarks>
/// <para>Equality is by value; intervals have no order.</para>
/// <para>Both ends are finite, and <see cref="Lower"/> ≤ <see cref="Upper"/>. The interval speaks of the process behind the figure (what next month may bring): a platform's count is a census of the past.</para>
/// <para><c>default</c> is [0, 0] at confidence 0 by <see cref="IntervalMethod.Unspecified"/>: no interval at all.</para>
/// </remarks>
public readonly record struct IntervalEstimate
{
    /// <summary>An interval from its parts.</summary>
    /// <param name="lower">The lower end; finite.</param>
    /// <param name="upper">The upper end; finite, not below <paramref name="lower"/>.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded.</param>
    /// <param name="method">The formula that gave it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is not finite, the ends are reversed, the confidence is not between 0 and 1, or the method is unspecified.</exception>
    public IntervalEstimate(double lower, double upper, double confidence, IntervalMethod method)
    {
        Guard.Finite(lower);
        Guard.Finite(upper);
        if (upper < lower) throw Guard.OutOfRange(nameof(upper), upper, $"must not lie below the lower end {Guard.Text(lower)}", "pass the smaller end first");
        Guard.Confidence(confidence);
        if (method is IntervalMethod.Unspecified || !Enum.IsDefined(method)) throw Guard.OutOfRange(nameof(method), method, "must name the formula", "pass the method that gave the interval");
        (Lower, Upper, Confidence, Method) = (lower, upper, confidence, method);
    }

    /// <summary>The lower end.</summary>
    public double Lower { get; }

    /// <summary>The upper end.</summary>
    public double Upper { get; }

    /// <summary>The confidence level, for example 0.95.</summary>
    public double Confidence { get; }

    /// <summary>The formula that gave the interval.</summary>
    public IntervalMethod Method { get; }

    /// <summary>The interval as text, always in the invariant culture: <c>[0.0934, 0.1752] Wilson 95 %</c>.</summary>
    /// <returns>Both ends to four significant digits, the method and the level.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Lower:G4}, {Upper:G4}] {Method} {Confidence * 100:G4} %");
}
