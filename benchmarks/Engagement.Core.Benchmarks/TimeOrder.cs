namespace Engagement.Core.Benchmarks;

/// <summary>In which order the rows of a log come.</summary>
public enum TimeOrder
{
    /// <summary>No row is earlier than the one before.</summary>
    Ordered,

    /// <summary>One row in a hundred is up to a week late.</summary>
    Nearly,

    /// <summary>In no order.</summary>
    Unordered,
}
