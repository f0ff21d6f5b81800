using System.Globalization;

namespace Engagement.Core;

/// <summary>What one row is worth after the others have been heard: its estimate shrunk towards theirs, with the interval of the posterior distribution.</summary>
/// <remarks>
/// <para>Not the row's own rate: show it under its own label. Equality is by value; no order.</para>
/// <para><c>default</c> is 0 with no interval.</para>
/// </remarks>
public readonly record struct PosteriorEstimate
{
    /// <summary>An estimate from its parts.</summary>
    /// <param name="mean">The posterior mean; finite.</param>
    /// <param name="interval">The posterior interval.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not finite.</exception>
    public PosteriorEstimate(double mean, IntervalEstimate interval)
    {
        Guard.Finite(mean);
        (Mean, Interval) = (mean, interval);
    }

    /// <summary>The posterior mean: the row's rate, drawn towards the mean of all the more the less it has to say.</summary>
    public double Mean { get; }

    /// <summary>The equal-tailed posterior interval.</summary>
    public IntervalEstimate Interval { get; }

    /// <summary>The estimate as text, always in the invariant culture.</summary>
    /// <returns>For example <c>0.04509 [0.03153, 0.06091] EmpiricalBayes 95 %</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:G4} {Interval}");
}
