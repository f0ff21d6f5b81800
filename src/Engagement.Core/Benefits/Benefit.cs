namespace Engagement.Core;

/// <summary>What effort is to bring, counted per channel: conversations, interactions, contacts, reach, or a benefit of your own.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. Which benefit counts is the organisation's choice, so several stand side by side and none is added to another.</para>
/// <example><c>Benefit.Of("registrations", "registrations", "Anmeldungen", counts)</c></example>
/// </remarks>
public sealed record Benefit
{
    private readonly ValueList<(ChannelId Channel, Quantity Amount)> _amounts;

    private Benefit(string id, string english, string german, IEnumerable<(ChannelId Channel, Quantity Amount)> amounts, IEnumerable<Caveat> about)
    {
        (Id, English, German) = (Guard.Identifier(id), Guard.NotBlank(english), Guard.NotBlank(german));
        _amounts = new(amounts);
        Caveats = new ValueList<Caveat>(about);
    }

    /// <summary>The identifier: <c>conversations</c>, <c>interactions</c>, <c>contacts</c>, <c>reach</c>, or your own.</summary>
    public string Id { get; }

    /// <summary>Its name in English.</summary>
    public string English { get; }

    /// <summary>Its name in German.</summary>
    public string German { get; }

    /// <summary>What a reader must know of the counts.</summary>
    public IReadOnlyList<Caveat> Caveats { get; }

    /// <summary>How much of it a channel brings; missing where nothing is known.</summary>
    /// <param name="channel">The channel.</param>
    /// <returns>The amount with its state.</returns>
    public Quantity this[ChannelId channel] => _amounts.FirstOrDefault(entry => entry.Channel == channel).Amount;

    internal Dictionary<ChannelId, Quantity> ByChannel() => _amounts.ToDictionary(entry => entry.Channel, entry => entry.Amount);

    /// <summary>A benefit of counts in hand.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="english">Its name in English, in the plural.</param>
    /// <param name="german">Its name in German, in the plural.</param>
    /// <param name="counts">How much of it each channel brings; of others nothing is known.</param>
    /// <returns>The benefit.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The id is not an identifier, a name is blank, or a channel is named twice.</exception>
    public static Benefit Of(string id, string english, string german, IEnumerable<KeyValuePair<ChannelId, Count>> counts)
    {
        Guard.Identifier(id);
        Guard.NotBlank(english);
        Guard.NotBlank(german);
        ArgumentNullException.ThrowIfNull(counts);
        (ChannelId Channel, Quantity Amount)[] amounts = [.. counts.Select(entry => (entry.Key, Quantity.From(entry.Value)))];
        if (amounts.GroupBy(entry => entry.Channel).FirstOrDefault(group => group.Skip(1).Any()) is { } twice) throw new ArgumentException($"counts ({Guard.Text(twice.Key.Value)}) must name each channel once: add its counts up.", nameof(counts));
        return new Benefit(id, english, german, amounts, []);
    }

    /// <summary>Interactions of a period: those logged, by their own date; of a channel without a log those that its platform states for the period's publications. At least so many where publications state none, or more than is logged.</summary>
    /// <param name="portfolio">The facts.</param>
    /// <param name="period">The days.</param>
    /// <param name="selection">Which interactions count; <see cref="InteractionSelection.Standard"/> by default.</param>
    /// <returns>The benefit <c>interactions</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="portfolio"/> is null.</exception>
    /// <exception cref="ArgumentException">The portfolio holds an id twice.</exception>
    /// <exception cref="OverflowException">A sum of counts exceeds 2⁶³ − 1.</exception>
    public static Benefit Interactions(Portfolio portfolio, LocalPeriod period, InteractionSelection? selection = null)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        InteractionSelection selected = selection ?? InteractionSelection.Standard;
        Figure[] logged = [.. new EngagementRatioCalculator(new EngagementRatioDefinition("benefit", EngagementBase.Publications, attribution: Attribution.ByInteractionDate, selection: selected)).Calculate(portfolio, period).Channels];
        Figure[] stated = [.. new EngagementRatioCalculator(new EngagementRatioDefinition("benefit", EngagementBase.Publications, selection: selected)).Calculate(portfolio, period).Channels];
        return new Benefit(
            "interactions",
            "interactions",
            "Interaktionen",
            portfolio.Channels.Select((channel, index) => (channel.Id, portfolio.InteractionsOf(channel.Id).Any(selected.Includes) ? AtLeast(logged[index]) : AtLeast(stated[index]))),
            portfolio.Channels.Any(channel => portfolio.InteractionsOf(channel.Id).Any(selected.Includes)) ? [Core.Caveats.LogTakenAsComplete()] : []);
    }

    /// <summary>Interactions of publications that state none, or state more than is logged, are part of what a channel brings: without them it is at least so much.</summary>
    private static Quantity AtLeast(Figure figure) =>
        figure.Numerator.HasValue && figure.Caveats.Any(caveat => caveat.Code is CaveatCodes.PublicationsLeftOut or CaveatCodes.TallyWithoutDates) ? Quantity.Sum(figure.Numerator, Quantity.From(Count.Partial(0))) : figure.Numerator;

    /// <summary>Contacts of a period: the impressions of its publications. Effort over contacts is the price of a thousand of them (CPM, TKP).</summary>
    /// <param name="portfolio">The facts.</param>
    /// <param name="period">The days.</param>
    /// <returns>The benefit <c>contacts</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="portfolio"/> is null.</exception>
    /// <exception cref="ArgumentException">The portfolio holds an id twice.</exception>
    /// <exception cref="OverflowException">A sum of counts exceeds 2⁶³ − 1.</exception>
    public static Benefit Contacts(Portfolio portfolio, LocalPeriod period)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        portfolio.RequireUniqueIds();
        return new Benefit("contacts", "contacts", "Kontakte", portfolio.Channels.Select(channel => (channel.Id, Of(channel))), []);

        Quantity Of(Channel channel)
        {
            Publication[] publications = [.. portfolio.PublicationsOf(channel.Id).Where(publication => period.Contains(publication.PublishedAt, portfolio.Organisation.TimeZone))];
            return publications.Length == 0 ? default : Quantity.From(Count.Sum(publications.Select(publication => publication.Exposures.Impressions)));
        }
    }

    /// <summary>Potential reach by the end of a period: the newest audience. Who is in several channels counts once for each.</summary>
    /// <param name="portfolio">The facts.</param>
    /// <param name="period">The days.</param>
    /// <returns>The benefit <c>reach</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="portfolio"/> is null.</exception>
    /// <exception cref="ArgumentException">The portfolio holds an id twice.</exception>
    public static Benefit PotentialReach(Portfolio portfolio, LocalPeriod period)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        portfolio.RequireUniqueIds();
        Channel[] living = [.. portfolio.Channels.Where(channel => channel.LivesIn(period))];
        AudienceSnapshot?[] audiences = [.. living.Select(channel => portfolio.AudienceOf(channel.Id).Latest(period, portfolio.Organisation.TimeZone))];
        UnitOfCount[] units = [.. audiences.Where(audience => audience?.Size.HasValue is true).Select(audience => audience!.Unit).Distinct()];
        IEnumerable<Caveat> about = [Core.Caveats.PotentialReach(), Core.Caveats.GrossCountsTwice(), .. units.Length > 1 ? [Core.Caveats.MixedUnits(units)] : Array.Empty<Caveat>()];
        return new Benefit("reach", "persons in the audience", "Personen im Publikum", living.Zip(audiences, (channel, audience) => (channel.Id, Quantity.From(audience?.Size ?? Count.Missing))), about);
    }

    /// <summary>The identifier.</summary>
    /// <returns><see cref="Id"/>.</returns>
    public override string ToString() => Id;
}
