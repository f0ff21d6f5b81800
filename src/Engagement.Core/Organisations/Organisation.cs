using NodaTime;

namespace Engagement.Core;

/// <summary>Who communicates: a chamber, an association, a union, a club, a public body or a company.</summary>
/// <remarks>
/// <para>Its time zone decides which local day a moment belongs to. Immutable; equality is by value; no order.</para>
/// <example><c>new Organisation("ihk", "IHK Ostwestfalen zu Bielefeld", DateTimeZoneProviders.Tzdb["Europe/Berlin"])</c></example>
/// </remarks>
public sealed record Organisation
{
    /// <summary>An organisation.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="name">Its name, for display.</param>
    /// <param name="timeZone">Its IANA time zone; local days, weeks and months are this zone's.</param>
    /// <param name="umbrella">The organisation above it (a chamber's national association); none by default.</param>
    /// <exception cref="ArgumentException">The id or the name is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="timeZone"/> is null.</exception>
    public Organisation(string id, string name, DateTimeZone timeZone, OrganisationId umbrella = default)
    {
        Id = new OrganisationId(Guard.Identifier(id));
        Name = Guard.NotBlank(name);
        ArgumentNullException.ThrowIfNull(timeZone);
        TimeZone = timeZone;
        Umbrella = umbrella;
    }

    /// <summary>The identifier.</summary>
    public OrganisationId Id { get; }

    /// <summary>The name, for display.</summary>
    public string Name { get; }

    /// <summary>The zone whose calendar counts.</summary>
    public DateTimeZone TimeZone { get; }

    /// <summary>The organisation above it; <see cref="OrganisationId.IsNone"/> when there is none.</summary>
    public OrganisationId Umbrella { get; }

    /// <summary>The first moment of a local day in <see cref="TimeZone"/>.</summary>
    /// <param name="date">The day.</param>
    /// <returns>The instant at which the day begins; 00:00 on most days, later where a clock change swallows midnight.</returns>
    /// <exception cref="SkippedTimeException">The day does not exist in the zone (Pacific/Apia, 2011-12-30).</exception>
    public Instant StartOf(LocalDate date) => TimeZone.AtStartOfDay(date).ToInstant();

    /// <summary>Name and id.</summary>
    /// <returns>For example <c>IHK Ostwestfalen zu Bielefeld (ihk)</c>.</returns>
    public override string ToString() => $"{Name} ({Id})";
}
