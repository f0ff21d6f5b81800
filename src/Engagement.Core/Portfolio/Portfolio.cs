namespace Engagement.Core;

/// <summary>The facts of one organisation together: what a calculator is handed.</summary>
/// <remarks>
/// <para>Immutable and safe to share between threads; made by <see cref="For"/>. Equality is by value, in the order of the facts. It takes contradictory facts as they are; <see cref="PortfolioValidator"/> finds what is wrong with them.</para>
/// <example><c>Portfolio.For(ihk).Add(companies).Add(xing).Add(snapshot).Build()</c></example>
/// </remarks>
public sealed record Portfolio
{
    private static readonly UniverseId MembersId = new("members");

    private readonly PortfolioIndex _index;

    internal Portfolio(Organisation organisation, IEnumerable<Universe> universes, IEnumerable<Channel> channels, IEnumerable<AudienceSnapshot> audiences, IEnumerable<AudienceOverlap> overlaps, IEnumerable<Publication> publications, IEnumerable<Interaction> interactions, IEnumerable<Effort> efforts)
    {
        Organisation = organisation;
        Universes = new ValueList<Universe>(universes);
        Channels = new ValueList<Channel>(channels);
        Audiences = new ValueList<AudienceSnapshot>(audiences);
        Overlaps = new ValueList<AudienceOverlap>(overlaps);
        Publications = new ValueList<Publication>(publications);
        Interactions = new ValueList<Interaction>(interactions);
        Efforts = new ValueList<Effort>(efforts);
        _index = new PortfolioIndex(this);
    }

    /// <summary>Whose facts these are.</summary>
    public Organisation Organisation { get; }

    /// <summary>The universes, in the order given.</summary>
    public IReadOnlyList<Universe> Universes { get; }

    /// <summary>The channels, in the order given.</summary>
    public IReadOnlyList<Channel> Channels { get; }

    /// <summary>The audience snapshots of all channels, in the order given.</summary>
    public IReadOnlyList<AudienceSnapshot> Audiences { get; }

    /// <summary>The known overlaps of two audiences each, in the order given.</summary>
    public IReadOnlyList<AudienceOverlap> Overlaps { get; }

    /// <summary>The publications of all channels, in the order given.</summary>
    public IReadOnlyList<Publication> Publications { get; }

    /// <summary>The interactions on all channels, in the order given.</summary>
    public IReadOnlyList<Interaction> Interactions { get; }

    /// <summary>The efforts, in the order given.</summary>
    public IReadOnlyList<Effort> Efforts { get; }

    /// <summary>Begins a portfolio.</summary>
    /// <param name="organisation">Whose facts these are.</param>
    /// <returns>A builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="organisation"/> is null.</exception>
    public static PortfolioBuilder For(Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        return new PortfolioBuilder(organisation);
    }

    /// <summary>The snapshots of a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <returns>Its history; empty when there is no snapshot.</returns>
    public AudienceHistory AudienceOf(ChannelId channel) => _index.Audiences.GetValueOrDefault(channel, PortfolioIndex.NoAudience);

    /// <summary>The publications of a channel, in the order given.</summary>
    /// <param name="channel">The channel.</param>
    /// <returns>Its publications; empty when there are none.</returns>
    public IReadOnlyList<Publication> PublicationsOf(ChannelId channel) => _index.Publications.GetValueOrDefault(channel, ValueList<Publication>.Empty);

    /// <summary>The interactions on a channel, in the order given.</summary>
    /// <param name="channel">The channel.</param>
    /// <returns>Its interactions; empty when there are none.</returns>
    public IReadOnlyList<Interaction> InteractionsOf(ChannelId channel) => _index.Interactions.GetValueOrDefault(channel, ValueList<Interaction>.Empty);

    /// <summary>The members' universe: the one with the id <c>members</c>; null when there is none. No other universe is taken for it.</summary>
    public Universe? Members => UniverseOf(MembersId);

    /// <summary>The universe with an id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The universe; null when there is none.</returns>
    public Universe? UniverseOf(UniverseId id) => Universes.FirstOrDefault(universe => universe.Id == id);

    /// <summary>What the interactions reply to, by their positions.</summary>
    internal ReplyLinks Links => _index.Links;

    /// <summary>The interactions that a selection takes in, by channel; sorted out once for definitions that are asked one after the other.</summary>
    internal IReadOnlyDictionary<ChannelId, ChannelEvents> EventsOf(InteractionSelection selection) => _index.EventsOf(selection);

    /// <summary>Refuses a portfolio in which an id is given twice: its facts would count twice in every figure.</summary>
    internal void RequireUniqueIds()
    {
        if (_index.Fault is { } fault) throw new ArgumentException($"portfolio {fault}, and what is given twice would count twice: validate it and give each fact an id of its own.", "portfolio");
    }

    /// <summary>Whether all facts are equal, in the same order.</summary>
    /// <param name="other">The portfolio to compare with.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(Portfolio? other) =>
        other is not null && Organisation == other.Organisation && Universes.Equals(other.Universes) && Channels.Equals(other.Channels) && Audiences.Equals(other.Audiences) && Overlaps.Equals(other.Overlaps)
        && Publications.Equals(other.Publications) && Interactions.Equals(other.Interactions) && Efforts.Equals(other.Efforts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Organisation, Channels.Count, Audiences.Count, Publications.Count, Interactions.Count, Efforts.Count);

    /// <summary>The organisation and how many facts of each kind there are.</summary>
    /// <returns>For example <c>IHK (ihk): 6 channels, 6 audiences, 0 publications, 0 interactions, 0 efforts</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Organisation}: {Channels.Count} channels, {Audiences.Count} audiences, {Publications.Count} publications, {Interactions.Count} interactions, {Efforts.Count} efforts");
}
