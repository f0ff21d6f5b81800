namespace Engagement.Core;

/// <summary>As of when a base that is a stock (audience, members) is taken.</summary>
/// <remarks>Order and numbers carry no meaning. <c>default</c> is <see cref="Unspecified"/>, which a definition refuses.</remarks>
public enum BaseAsOf
{
    /// <summary>No moment: the value of <c>default</c>, refused by a definition.</summary>
    Unspecified = 0,

    /// <summary>Of each publication: the newest figure not after it. Summed over publications when pooled.</summary>
    AtPublication,

    /// <summary>Of the period: the mean of its start and its end. Stands once when pooled.</summary>
    StartEndMean,

    /// <summary>Of the period: the mean over its days; over days (<see cref="Aggregation.MeanOfDays"/>) each day's own. Stands once when pooled.</summary>
    DailyMean,

    /// <summary>Of the period: the newest before its end. Stands once when pooled.</summary>
    Latest,
}
