using Engagement.Core;
using NodaTime;

namespace Engagement.Storage;

/// <summary>A portfolio while its tables are read: what one fact has in several tables is put together here.</summary>
internal sealed class PortfolioDraft(Organisation organisation)
{
    private readonly Dictionary<string, int> _publications = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<UniverseSize>> _sizes = new(StringComparer.Ordinal);

    public PortfolioBuilder Builder { get; } = Portfolio.For(organisation);

    public List<Universe> Universes { get; } = [];

    public List<Publication> Publications { get; } = [];

    public void With(string universe, Instant asOf, Count size)
    {
        if (!_sizes.TryGetValue(universe, out List<UniverseSize>? sizes)) _sizes.Add(universe, sizes = []);
        sizes.Add(new UniverseSize(asOf, size));
    }

    public void With(string publication, InteractionKind kind, Count count)
    {
        while (_publications.Count < Publications.Count) _publications.TryAdd(Publications[_publications.Count].Id.Value, _publications.Count);
        if (_publications.TryGetValue(publication, out int index)) Publications[index] = Of(Publications[index], Publications[index].Interactions.With(kind, count));
    }

    public Portfolio Build(IEnumerable<Interaction> interactions)
    {
        foreach (Universe universe in Universes) Builder.Add(_sizes.TryGetValue(universe.Id.Value, out List<UniverseSize>? sizes) ? universe.WithAll(sizes) : universe);
        foreach (Publication publication in Publications) Builder.Add(publication);
        foreach (Interaction interaction in interactions) Builder.Add(interaction);
        return Builder.Build();
    }

    private static Publication Of(Publication publication, InteractionTally tally) => new(publication.Id.Value, publication.Channel, publication.PublishedAt) { Exposures = publication.Exposures, Interactions = tally };
}
