using NodaTime;

namespace Engagement.Core;

/// <summary>A population that counts (Grundgesamtheit): members, staff or a target group, with its unit and its size over time.</summary>
/// <remarks>
/// <para>Immutable: <see cref="With"/> gives a new universe. Equality is by value; no order. An audience is not a universe: who follows a channel is an <see cref="AudienceSnapshot"/>.</para>
/// <example><c>new Universe("members", UnitOfCount.Company).With(asOf, Count.Rounded(110_000, 110_000, 114_999))</c></example>
/// </remarks>
public sealed record Universe
{
    /// <summary>A universe whose size is not known yet.</summary>
    /// <param name="id">Its identifier; <c>members</c> is the one that reach per member divides by.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="name">Its name, for display; the id by default.</param>
    /// <exception cref="ArgumentException">The id is empty, or the name is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The unit is unspecified.</exception>
    public Universe(string id, UnitOfCount unit, string? name = null)
        : this(new UniverseId(Guard.Identifier(id)), Guard.Known(unit), name is null ? id : Guard.NotBlank(name), ValueList<UniverseSize>.Empty)
    {
    }

    private Universe(UniverseId id, UnitOfCount unit, string name, IReadOnlyList<UniverseSize> sizes) => (Id, Unit, Name, Sizes) = (id, unit, name, sizes);

    /// <summary>The identifier.</summary>
    public UniverseId Id { get; }

    /// <summary>What is counted.</summary>
    public UnitOfCount Unit { get; }

    /// <summary>The name, for display.</summary>
    public string Name { get; }

    /// <summary>The known sizes, by time.</summary>
    public IReadOnlyList<UniverseSize> Sizes { get; }

    /// <summary>The same universe with one more known size.</summary>
    /// <param name="asOf">When the size held.</param>
    /// <param name="size">The size.</param>
    /// <returns>A new universe. Two sizes as of the same moment both stay, and validation reports them.</returns>
    public Universe With(Instant asOf, Count size) => WithAll([new UniverseSize(asOf, size)]);

    /// <summary>The same universe with more known sizes: all at once, where one by one would copy the list each time.</summary>
    internal Universe WithAll(IEnumerable<UniverseSize> sizes) => new(Id, Unit, Name, new ValueList<UniverseSize>(Sizes.Concat(sizes).OrderBy(known => known.AsOf)));

    /// <summary>The newest known size that is not after a moment.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>The size, or null when none is known so early.</returns>
    public UniverseSize? AsOf(Instant moment)
    {
        for (int index = Sizes.Count - 1; index >= 0; index--)
        {
            if (Sizes[index].AsOf <= moment) return Sizes[index];
        }

        return null;
    }

    /// <summary>The newest known size before the end of a period, however old.</summary>
    /// <param name="period">The period.</param>
    /// <param name="zone">The zone whose days the period counts.</param>
    /// <returns>The size, or null when none is known before the end.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    public UniverseSize? Latest(LocalPeriod period, DateTimeZone zone) => period.IntervalsIn(zone) is [.., var last] ? AsOf(last.End - Duration.Epsilon) : null;

    /// <summary>Name and unit.</summary>
    /// <returns>For example <c>members (Company)</c>.</returns>
    public override string ToString() => $"{Name} ({Unit})";
}
