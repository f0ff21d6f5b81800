namespace Engagement.Core;

/// <summary>Why a figure has no value.</summary>
/// <remarks>Order and numbers carry no meaning. <c>default</c> is <see cref="Unspecified"/>, which no calculation returns.</remarks>
public enum UndefinedReason
{
    /// <summary>No reason: the value of <c>default</c>, never the reason of a result.</summary>
    Unspecified = 0,

    /// <summary>The denominator is 0: nothing can be said per nobody.</summary>
    ZeroDenominator,

    /// <summary>What is to be divided is not known.</summary>
    MissingNumerator,

    /// <summary>What is to be divided by is not known.</summary>
    MissingDenominator,

    /// <summary>Numerator and denominator are both known in part only, so that the quotient is open both ways.</summary>
    OpenBothWays,

    /// <summary>Numerator and denominator count different things, and no conversion was stated.</summary>
    UnitMismatch,

    /// <summary>A part exceeds its whole: an error in the data, which is reported and not clamped.</summary>
    PartExceedsWhole,

    /// <summary>The quotient exceeds the range of a double.</summary>
    OutOfRange,

    /// <summary>A model says what the bounds rule out.</summary>
    OutsideBounds,
}
