namespace Engagement.Core;

/// <summary>A unit of the local calendar.</summary>
/// <remarks>Order and numbers carry no meaning. <c>default</c> is <see cref="Unspecified"/>, which is refused.</remarks>
public enum CalendarUnit
{
    /// <summary>No unit: the value of <c>default</c>, refused wherever a unit is asked for.</summary>
    Unspecified = 0,

    /// <summary>A local day; 23, 24, 25 or other numbers of hours, sometimes in two pieces.</summary>
    Day,

    /// <summary>A week from Monday to Sunday, numbered by ISO 8601.</summary>
    IsoWeek,

    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>A calendar quarter.</summary>
    Quarter,

    /// <summary>A calendar year.</summary>
    Year,
}
