using System.Globalization;

namespace Engagement.Core;

/// <summary>One duration of a survival curve: who was still open, whose event came, who was lost from sight, and what the curve falls to.</summary>
/// <remarks>
/// <para>Equality is by value; no order. <c>default</c> is a step of nobody at 0.</para>
/// <example><c>curve.Steps.First().Survival</c></example>
/// </remarks>
internal readonly record struct SurvivalStep
{
    public SurvivalStep(long duration, int atRisk, int events, int censored, double survival, double? standardError) =>
        (Duration, AtRisk, Events, Censored, Survival, StandardError) = (duration, atRisk, events, censored, survival, standardError);

    /// <summary>The duration, in the unit of the curve's durations.</summary>
    public long Duration { get; }

    /// <summary>How many were under observation, without their event, just before.</summary>
    public int AtRisk { get; }

    /// <summary>How many events came at this duration.</summary>
    public int Events { get; }

    /// <summary>How many were censored at this duration; they count as at risk for its events.</summary>
    public int Censored { get; }

    /// <summary>The share that is still without an event after this duration.</summary>
    public double Survival { get; }

    /// <summary>Greenwood's standard error of <see cref="Survival"/>; null where the curve has fallen to 0.</summary>
    public double? StandardError { get; }

    /// <summary>The step in one line, in the invariant culture.</summary>
    /// <returns>For example <c>11: 3 of 138, S = 0.9783</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Duration}: {Events} of {AtRisk}, S = {Survival:0.####}");
}
