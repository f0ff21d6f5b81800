using System.Runtime.CompilerServices;

namespace Engagement.Core;

/// <summary>Collects facts for a <see cref="Portfolio"/>. Not safe for use by several threads at once.</summary>
/// <remarks><example><c>Portfolio.For(ihk).Add(xing).Add(snapshot).Build()</c></example></remarks>
public sealed class PortfolioBuilder
{
    private readonly Organisation _organisation;
    private readonly List<Universe> _universes = [];
    private readonly List<Channel> _channels = [];
    private readonly List<AudienceSnapshot> _audiences = [];
    private readonly List<AudienceOverlap> _overlaps = [];
    private readonly List<Publication> _publications = [];
    private readonly List<Interaction> _interactions = [];
    private readonly List<Effort> _efforts = [];

    internal PortfolioBuilder(Organisation organisation) => _organisation = organisation;

    /// <summary>Adds a universe.</summary>
    /// <param name="universe">The universe.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException">The fact is null.</exception>
    public PortfolioBuilder Add(Universe universe) => Added(_universes, universe);

    /// <summary>Adds a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException">The fact is null.</exception>
    public PortfolioBuilder Add(Channel channel) => Added(_channels, channel);

    /// <summary>Adds an audience snapshot.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException">The fact is null.</exception>
    public PortfolioBuilder Add(AudienceSnapshot snapshot) => Added(_audiences, snapshot);

    /// <summary>Adds a known overlap of two audiences.</summary>
    /// <param name="overlap">The overlap.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException">The fact is null.</exception>
    public PortfolioBuilder Add(AudienceOverlap overlap) => Added(_overlaps, overlap);

    /// <summary>Adds a publication.</summary>
    /// <param name="publication">The publication.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException">The fact is null.</exception>
    public PortfolioBuilder Add(Publication publication) => Added(_publications, publication);

    /// <summary>Adds an interaction.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException">The fact is null.</exception>
    public PortfolioBuilder Add(Interaction interaction) => Added(_interactions, interaction);

    /// <summary>Adds an effort.</summary>
    /// <param name="effort">The effort.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException">The fact is null.</exception>
    public PortfolioBuilder Add(Effort effort) => Added(_efforts, effort);

    /// <summary>The portfolio of all that was added so far; the builder may go on.</summary>
    /// <returns>An immutable portfolio.</returns>
    public Portfolio Build() => new(_organisation, _universes, _channels, _audiences, _overlaps, _publications, _interactions, _efforts);

    private PortfolioBuilder Added<T>(List<T> facts, T fact, [CallerArgumentExpression(nameof(fact))] string? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(fact, parameter);
        facts.Add(fact);
        return this;
    }
}
