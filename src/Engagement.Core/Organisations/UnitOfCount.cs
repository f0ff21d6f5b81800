namespace Engagement.Core;

/// <summary>What one unit of a count is. Counts of different units are not added or divided without saying so.</summary>
/// <remarks>Order and numbers carry no meaning. <c>default</c> is <see cref="Unspecified"/>, which no fact accepts.</remarks>
public enum UnitOfCount
{
    /// <summary>No unit: the value of <c>default</c>, refused by every fact.</summary>
    Unspecified = 0,

    /// <summary>A human being.</summary>
    Person,

    /// <summary>A company, for example a member of a chamber of commerce.</summary>
    Company,

    /// <summary>A household.</summary>
    Household,

    /// <summary>An account on a platform; one person may have several, and a company may have one.</summary>
    Account,

    /// <summary>A printed or posted copy.</summary>
    Copy,

    /// <summary>A device or browser.</summary>
    Device,
}
