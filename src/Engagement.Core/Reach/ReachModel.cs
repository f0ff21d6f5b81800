namespace Engagement.Core;

/// <summary>Where a net reach between its bounds comes from.</summary>
/// <remarks>Order and numbers carry no meaning. <c>default</c> is <see cref="Unspecified"/>, which is refused.</remarks>
public enum ReachModel
{
    /// <summary>No model: the value of <c>default</c>, refused.</summary>
    Unspecified = 0,

    /// <summary>Audiences overlap by chance alone: U·(1 − Π(1 − R/U)). Source: Sainsbury's random duplication.</summary>
    Independence,

    /// <summary>A²/(K·D + A) with K = 1.125, A the gross reach and D the sum of all pairwise overlaps, which must all be known. Source: Agostini (1961), fitted to French magazines.</summary>
    Agostini,

    /// <summary>Counted from identities: every person once. See <see cref="ObservedReach"/>.</summary>
    Observed,

    /// <summary>Estimated from sketches of the identities, with the sketch's own error.</summary>
    Sketched,

    /// <summary>Stated by somebody else: a platform's deduplicated reach, a survey.</summary>
    Stated,
}
