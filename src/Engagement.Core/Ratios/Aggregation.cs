namespace Engagement.Core;

/// <summary>How one figure is made of many: 10/100 and 10/10,000 give 0.198 % pooled and 5.05 % as a mean.</summary>
/// <remarks>Order and numbers carry no meaning. <c>default</c> is <see cref="Unspecified"/>, which a definition refuses.</remarks>
public enum Aggregation
{
    /// <summary>No way: the value of <c>default</c>, refused by a definition.</summary>
    Unspecified = 0,

    /// <summary>ΣI/ΣB: sums first, then one division.</summary>
    Pooled,

    /// <summary>The mean of each publication's I/B.</summary>
    MeanOfPublications,

    /// <summary>The median of each publication's I/B.</summary>
    MedianOfPublications,

    /// <summary>The mean of each day's I/B; a day without interactions counts as 0.</summary>
    MeanOfDays,
}
