using System.Globalization;

namespace Engagement.Core.Logs;

/// <summary>How many distinct actors a sketch stands for: an estimate with its interval.</summary>
/// <remarks>
/// <para>There is no <c>+</c>: actors of two sketches overlap, and only the sketches unite (<see cref="ThetaSketch.Union"/>). Exact counts are a <see cref="DistinctActors"/>. Equality is by value; no order.</para>
/// <para><c>default</c> is 0 with the interval that is no interval at all.</para>
/// <example><c>sketch.Estimate().ToString()</c> is "500123.4 [485100, 515600] ThetaBinomial 95 %".</example>
/// </remarks>
public readonly record struct DistinctEstimate
{
    internal DistinctEstimate(double value, IntervalEstimate interval) => (Value, Interval) = (value, interval);

    /// <summary>The estimate: retained hashes over θ; a whole number when the sketch is exact.</summary>
    public double Value { get; }

    /// <summary>Its interval; both ends are the value when the sketch is exact.</summary>
    public IntervalEstimate Interval { get; }

    /// <summary>Whether nothing was sampled: then the value is the number of distinct actors itself.</summary>
    public bool IsExact => Interval.Confidence > 0 && Interval.Lower == Interval.Upper;

    /// <summary>The estimate and its interval, in the invariant culture.</summary>
    /// <returns>For example <c>500123.4 [485100, 515600] ThetaBinomial 95 %</c>, or <c>1000 exact</c>.</returns>
    public override string ToString() => IsExact ? string.Create(CultureInfo.InvariantCulture, $"{Value:0} exact") : string.Create(CultureInfo.InvariantCulture, $"{Value:0.0} {Interval}");
}
