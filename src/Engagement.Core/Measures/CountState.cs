namespace Engagement.Core;

/// <summary>What is known about a number.</summary>
/// <remarks>Order and numbers carry no meaning. <c>default</c> is <see cref="Missing"/>: what nobody stated is missing, never 0.</remarks>
public enum CountState
{
    /// <summary>Not known.</summary>
    Missing = 0,

    /// <summary>Counted, exactly this many.</summary>
    Observed,

    /// <summary>Rounded by its source; the truth lies within the bounds.</summary>
    Rounded,

    /// <summary>At least this many; some part is not known.</summary>
    Partial,

    /// <summary>Known to its source, which does not tell.</summary>
    Withheld,

    /// <summary>There is no such number (a print title has no clicks).</summary>
    NotApplicable,
}
