using System.Globalization;

namespace Engagement.Core;

/// <summary>A quantile of a survival curve, with its confidence limits: the duration after which a share of all events has come. Each of the three may be "not reached".</summary>
/// <remarks>
/// <para>Equality is by value; no order. <c>default</c> is a quantile that was not reached.</para>
/// <para>Not reached is no number: the curve does not fall so far while anybody is under observation. It is never 0, infinity or the longest duration.</para>
/// <example><c>curve.Quantile(0.5).Value</c> is the median; null when the curve does not fall to one half.</example>
/// </remarks>
public readonly record struct SurvivalQuantile
{
    internal SurvivalQuantile(double probability, double? value, double? lower, double? upper, double confidence, IntervalMethod method) =>
        (Probability, Value, Lower, Upper, Confidence, Method) = (probability, value, lower, upper, confidence, method);

    /// <summary>The share of events that the quantile is of; 0.5 for the median.</summary>
    public double Probability { get; }

    /// <summary>The quantile; null when not reached.</summary>
    public double? Value { get; }

    /// <summary>The lower confidence limit; null when not reached.</summary>
    public double? Lower { get; }

    /// <summary>The upper confidence limit; null when not reached.</summary>
    public double? Upper { get; }

    /// <summary>The confidence level of the limits.</summary>
    public double Confidence { get; }

    /// <summary>The formula of the limits.</summary>
    public IntervalMethod Method { get; }

    /// <summary>Whether the curve falls so far.</summary>
    public bool IsReached => Value is not null;

    /// <summary>The quantile with its limits, in the invariant culture.</summary>
    /// <returns>For example <c>310 [285, 363]</c>, or <c>not reached</c>.</returns>
    public override string ToString() => Value is { } value ? $"{Text(value)} [{Text(Lower)}, {Text(Upper)}]" : "not reached";

    private static string Text(double? value) => value is { } number ? number.ToString("0.######", CultureInfo.InvariantCulture) : "not reached";
}
