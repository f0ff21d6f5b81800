using System.Diagnostics.CodeAnalysis;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Core;

/// <summary>Reach per member of an organisation's channels: potential and measured, member coverage, on-target share, gross and net.</summary>
/// <remarks>
/// <para>Immutable and safe to share between threads. For two numbers in hand use <see cref="ReachPerMember"/>; for reaches in hand <see cref="NetReach"/>.</para>
/// <para>
/// Formulas: potential reach per member F/U with F the newest audience before the period's end and U the universe's newest size; coverage m/U and on-target share m/F with m the members in the audience.
/// Rates (F/U) get Garwood's interval, proportions (m/U, m/F) Wilson's; rounded inputs widen both by interval arithmetic.
/// </para>
/// <para>Undefined, with the reason, when a part is missing, the universe is 0, units differ where they must not, or a part exceeds its whole.</para>
/// <example><c>new ReachPerMemberCalculator().Calculate(portfolio, LocalPeriod.Month(2014, 11)).Gross.Ratio.PerThousand</c></example>
/// </remarks>
public sealed class ReachPerMemberCalculator
{
    private static readonly IntervalMethod[] Possible =
    [
        IntervalMethod.Wilson, IntervalMethod.WilsonContinuityCorrected, IntervalMethod.ClopperPearson, IntervalMethod.Jeffreys, IntervalMethod.AgrestiCoull,
        IntervalMethod.Garwood, IntervalMethod.PoissonScore, IntervalMethod.PoissonJeffreys,
    ];

    private readonly UniverseId _members;
    private readonly UnitConversion? _conversion;
    private readonly double _confidence;
    private readonly IntervalMethod? _interval;

    /// <summary>A calculator.</summary>
    /// <param name="members">
    /// The universe to divide by; by default <see cref="Portfolio.Members"/>. Coverage of another one is that of its target members, in the channels that have it for a target, and missing in the others: the members in an audience are no part of it.
    /// </param>
    /// <param name="conversion">How many of the audience's unit make one member, for coverage across units; none by default.</param>
    /// <param name="confidence">The confidence level of the intervals, between 0 and 1, both excluded.</param>
    /// <param name="interval">A method of proportions (Wilson, WilsonContinuityCorrected, ClopperPearson, Jeffreys, AgrestiCoull) or of rates (Garwood, PoissonScore, PoissonJeffreys), for the figures of that kind; <see cref="Definition.Interval"/> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence does not lie between 0 and 1, or the method is neither of proportions nor of rates.</exception>
    public ReachPerMemberCalculator(UniverseId members = default, UnitConversion? conversion = null, double confidence = 0.95, IntervalMethod? interval = null)
    {
        Guard.Confidence(confidence);
        if (interval is { } asked && !Possible.Contains(asked)) throw Guard.OutOfRange(nameof(interval), asked, "is no method for proportions or rates", $"pass one of {string.Join(", ", Possible)}, or none for the definitions' own");
        (_members, _conversion, _confidence, _interval) = (members, conversion, confidence, interval);
    }

    /// <summary>Reach per member over columns: one ratio for each reach.</summary>
    /// <param name="reach">The reach of each channel or publication; not negative; <see cref="Count.MissingInColumn"/> where not known.</param>
    /// <param name="members">The size of the members' universe; not negative.</param>
    /// <param name="perMember">Where the ratios go, as many as <paramref name="reach"/>; NaN where the reach is missing or <paramref name="members"/> is 0. Allocates nothing.</param>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    [SuppressMessage("Performance", "CA1822", Justification = "A door of this calculator: callers need not know that no setting changes the quotient of a row.")]
    public void Calculate(ReadOnlySpan<long> reach, long members, Span<double> perMember)
    {
        Guard.SameLength(reach.Length, nameof(reach), perMember.Length, nameof(perMember));
        Guard.NotNegative(members);
        RatioKernel.Divide(reach, members, perMember, nameof(reach));
    }

    /// <summary>Reach per member of every channel, and of all together.</summary>
    /// <param name="portfolio">The facts.</param>
    /// <param name="period">The days.</param>
    /// <returns>A figure, or the reason why there is none, for each channel and for gross and net.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="portfolio"/> is null.</exception>
    /// <exception cref="ArgumentException">The portfolio holds an id twice, or no universe with the id that the calculator was given.</exception>
    /// <exception cref="OverflowException">A sum of counts exceeds 2⁶³ − 1.</exception>
    public ReachPerMemberResult Calculate(Portfolio portfolio, LocalPeriod period)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        portfolio.RequireUniqueIds();
        Universe? universe = _members.IsNone ? portfolio.Members : portfolio.UniverseOf(_members);
        if (universe is null && !_members.IsNone) throw new ArgumentException($"portfolio has no universe {Guard.Text(_members.Value)}: add it, or ask for one of {string.Join(", ", portfolio.Universes.Select(known => known.Id))}.", nameof(portfolio));

        var about = new List<Caveat> { Caveats.PotentialReach() };
        UniverseSize? size = universe?.Latest(period, portfolio.Organisation.TimeZone);
        Count members = size?.Size ?? Count.Missing;
        if (!members.HasValue) about.Add(Caveats.UniverseMissing(universe?.Id.Value));
        if (size is { } sized && Date(sized.AsOf, portfolio) is var date && date < period.From) about.Add(Caveats.UniverseOld(universe!.Id.Value, date));

        ChannelReach[] channels = [.. portfolio.Channels.Select(channel => OfChannel(portfolio, period, channel, universe, members))];
        return InAll(portfolio, period, universe, members, channels, about);
    }

    internal static LocalDate Date(Instant instant, Portfolio portfolio) => instant.InZone(portfolio.Organisation.TimeZone).Date;

    internal static (string English, string German) Source(AudienceSnapshot audience, Portfolio portfolio)
    {
        string told = audience.Source is { } source ? $" ({source})" : "";
        return ($"audience of {audience.Channel} as of {LocalDatePattern.Iso.Format(Date(audience.AsOf, portfolio))}{told}", $"Publikum von {audience.Channel}, Stand {LocalDatePattern.Iso.Format(Date(audience.AsOf, portfolio))}{told}");
    }

    internal static IEnumerable<(string English, string German)> Source(Universe? universe, LocalPeriod period, Portfolio portfolio) =>
        universe?.Latest(period, portfolio.Organisation.TimeZone) is { } size && LocalDatePattern.Iso.Format(Date(size.AsOf, portfolio)) is var date
            ? [($"universe {universe.Id} as of {date}", $"Grundgesamtheit {universe.Id}, Stand {date}")]
            : [];

    private static Figure Undefined(Definition definition, LocalPeriod period, Channel channel, Count part, Count whole, UndefinedReason reason, IEnumerable<Caveat> caveats, FigureDetail detail) =>
        new(definition, period, channel.Id, Quantity.From(part), Quantity.From(whole), Ratio.OfUndefined(reason, part.Value ?? 0, whole.Value ?? 0), null, null, caveats, detail);

    private ChannelReach OfChannel(Portfolio portfolio, LocalPeriod period, Channel channel, Universe? universe, Count members)
    {
        AudienceSnapshot? audience = portfolio.AudienceOf(channel.Id).Latest(period, portfolio.Organisation.TimeZone);
        Count size = audience?.Size ?? Count.Missing;
        var about = new List<Caveat>();
        if (!channel.LivesIn(period))
        {
            (audience, size) = (null, Count.NotApplicable);
            about.Add(Caveats.ChannelNotAlive());
        }
        else if (!size.HasValue) about.Add(Caveats.AudienceMissing(audience));
        else if (Date(audience!.AsOf, portfolio) < period.From) about.Add(Caveats.AudienceOld(Date(audience.AsOf, portfolio)));
        if (channel.SubBrand is { } subBrand) about.Add(Caveats.SubBrand(subBrand));

        FigureDetail detail = FigureDetail.None with { Sources = new([.. audience is null ? [] : new[] { Source(audience, portfolio) }, .. Source(universe, period, portfolio)]) };
        Figure potential = Rate(ReachDefinitions.ReachPerMember, period, channel.Id, Quantity.From(size), Quantity.From(members), [.. about, .. Units(audience?.Unit, universe?.Unit)], detail);
        Figure measured = Measured(portfolio, period, channel, universe, members);
        Figure coverage = Coverage(ReachDefinitions.MemberCoverage, period, channel, audience, PartIn(universe, portfolio, channel, audience), universe, members, about, detail);
        Figure onTarget = Proportion(ReachDefinitions.OnTargetShare, period, channel.Id, Quantity.From(audience?.Members ?? Count.Missing), Quantity.From(size), about, detail);
        Figure? targetCoverage = null;
        if (!channel.TargetUniverse.IsNone)
        {
            Universe? target = portfolio.UniverseOf(channel.TargetUniverse);
            Count targetSize = target?.Latest(period, portfolio.Organisation.TimeZone)?.Size ?? Count.Missing;
            targetCoverage = Coverage(ReachDefinitions.TargetCoverage, period, channel, audience, audience?.InTarget ?? Count.Missing, target, targetSize, about, FigureDetail.None with { Sources = new([.. audience is null ? [] : new[] { Source(audience, portfolio) }, .. Source(target, period, portfolio)]) });
        }

        Figure? affinity = targetCoverage is null ? null : Affinity(period, channel.Id, targetCoverage, coverage);
        return new ChannelReach(channel, audience, potential, measured, coverage, onTarget, targetCoverage, affinity, Frequency(portfolio, period, channel), GrossRatingPoints(portfolio, period, channel, universe, members));
    }

    /// <summary>How many of the audience belong to the universe that is divided by: the members are no part of another one, of which only the target members of its own channels are known.</summary>
    private static Count PartIn(Universe? universe, Portfolio portfolio, Channel channel, AudienceSnapshot? audience) =>
        universe is null || universe.Id == portfolio.Members?.Id ? audience?.Members ?? Count.Missing
        : universe.Id == channel.TargetUniverse ? audience?.InTarget ?? Count.Missing
        : Count.Missing;

    private static Publication[] Published(Portfolio portfolio, LocalPeriod period, Channel channel) =>
        [.. portfolio.PublicationsOf(channel.Id).Where(publication => period.Contains(publication.PublishedAt, portfolio.Organisation.TimeZone))];

    private Figure Measured(Portfolio portfolio, LocalPeriod period, Channel channel, Universe? universe, Count members)
    {
        Publication[] publications = Published(portfolio, period, channel);
        Publication[] known = [.. publications.Where(publication => publication.Exposures.Reach.Persons.HasValue)];
        Count[] reaches = [.. known.Select(publication => publication.Exposures.Reach.Persons)];
        var about = new List<Caveat>(Units(reaches.Length > 0 ? UnitOfCount.Person : null, universe?.Unit));
        if (publications.Length == 0) about.Add(Caveats.NoPublications());
        else if (reaches.Length < publications.Length) about.Add(Caveats.ReachUnknown(publications.Length - reaches.Length, publications.Length));
        Count unknown = reaches.Length < publications.Length ? Count.Missing : Count.NotApplicable;
        FigureDetail detail = Terms(publications, publication => publication.Exposures.Reach.Persons, Source(universe, period, portfolio));
        if (reaches.Length < 2) return Rate(ReachDefinitions.MeasuredReachPerMember, period, channel.Id, Quantity.From(reaches.Length == 1 ? reaches[0] + unknown : Count.Missing), Quantity.From(members), about, detail);

        about.Add(Caveats.ReachNotAdditive(reaches.Length));
        Quantity united = Quantity.From(United(known) is var all && unknown.State is CountState.NotApplicable ? all : Count.Partial(all.Lower!.Value));
        return Rate(ReachDefinitions.MeasuredReachPerMember, period, channel.Id, united, Quantity.From(members), about, detail, Caveats.NoInterval("the overlap of the publications is not known", "Die Überschneidung der Veröffentlichungen ist nicht bekannt"));
    }

    /// <summary>Contacts per person reached, over the publications that state both.</summary>
    private static Figure Frequency(Portfolio portfolio, LocalPeriod period, Channel channel)
    {
        Publication[] publications = Published(portfolio, period, channel);
        Publication[] both = [.. publications.Where(publication => publication.Exposures is { Impressions.HasValue: true, Reach.Persons.HasValue: true })];
        var about = new List<Caveat>();
        if (publications.Length == 0) about.Add(Caveats.NoPublications());
        else if (both.Length < publications.Length) about.Add(Caveats.ContactsUnknown(publications.Length - both.Length, publications.Length));
        if (both.Length > 1) about.Add(Caveats.ReachNotAdditive(both.Length));
        Quantity contacts = Quantity.From(both.Length == 0 ? Count.Missing : Count.Sum(both.Select(publication => publication.Exposures.Impressions)));
        Quantity reach = both.Length == 0 ? default : Quantity.From(United(both));
        Ratio ratio = FigureParts.Divide(contacts, reach);

        // Nobody is reached without a contact: fewer contacts than the largest reach are an error in the data.
        if (ratio.IsDefined && contacts.Upper < reach.Lower)
        {
            ratio = Ratio.OfUndefined(UndefinedReason.PartExceedsWhole, ratio.Numerator, ratio.Denominator);
            about.Add(Caveats.PartExceedsWhole("more persons reached than contacts", "Mehr erreichte Personen als Kontakte"));
        }

        if (ratio.IsDefined) about.Add(Caveats.NoInterval("contacts of one person depend on each other", "Kontakte derselben Person hängen voneinander ab"));
        return new Figure(ReachDefinitions.AverageFrequency, period, channel.Id, contacts, reach, ratio, FigureParts.Rounding(ratio, contacts, reach), null, [.. about, .. FigureParts.Openness(contacts, reach, Caveats.ReachAtLeast())], Terms(both, publication => publication.Exposures.Impressions, []));
    }

    private Figure GrossRatingPoints(Portfolio portfolio, LocalPeriod period, Channel channel, Universe? universe, Count members)
    {
        Publication[] publications = Published(portfolio, period, channel);
        Count contacts = publications.Length == 0 ? Count.Missing : Count.Sum(publications.Select(publication => publication.Exposures.Impressions));
        var about = new List<Caveat>(Units(contacts.HasValue ? UnitOfCount.Person : null, universe?.Unit));
        if (publications.Length == 0) about.Add(Caveats.NoPublications());
        FigureDetail detail = Terms(publications, publication => publication.Exposures.Impressions, Source(universe, period, portfolio));
        return Rate(ReachDefinitions.GrossRatingPoints, period, channel.Id, Quantity.From(contacts), Quantity.From(members), about, detail, Caveats.NoInterval("contacts of one person depend on each other", "Kontakte derselben Person hängen voneinander ab"));
    }

    private static FigureDetail Terms(IEnumerable<Publication> publications, Func<Publication, Count> countOf, IEnumerable<(string English, string German)> sources)
    {
        FigureTerm[] terms = [.. publications.Where(publication => countOf(publication).HasValue).Select(publication => new FigureTerm(publication.Id.Value, Quantity.From(countOf(publication)), Quantity.From(Count.NotApplicable)))];
        return (FigureDetail.None with { Sources = new(sources) }).With(terms, "Publications", "Veröffentlichungen");
    }

    /// <summary>How much further the channel reaches into its target than into the members as a whole.</summary>
    private static Figure Affinity(LocalPeriod period, ChannelId channel, Figure target, Figure members)
    {
        Quantity inTarget = target.Ratio.IsDefined ? Quantity.Quotient(target.Numerator, target.Denominator) : default;
        Quantity inMembers = members.Ratio.IsDefined ? Quantity.Quotient(members.Numerator, members.Denominator) : default;
        Ratio ratio = FigureParts.Divide(inTarget, inMembers);
        Caveat[] about = ratio.IsDefined ? [Caveats.NoInterval("a quotient of two shares of one audience", "ein Quotient zweier Anteile desselben Publikums")] : [];
        return new Figure(ReachDefinitions.Affinity, period, channel, inTarget, inMembers, ratio, FigureParts.Rounding(ratio, inTarget, inMembers), null, [.. target.Caveats.Where(caveat => caveat.Code != CaveatCodes.NoInterval), .. members.Caveats.Where(caveat => caveat.Code != CaveatCodes.NoInterval), .. about], FigureDetail.None with { Sources = new(target.Detail.Sources.Concat(members.Detail.Sources).Distinct()) });
    }

    /// <summary>Reaches of several publications only unite: at least the largest, at most the sum.</summary>
    private static Count United(IReadOnlyList<Publication> publications)
    {
        Count[] reaches = [.. publications.Select(publication => publication.Exposures.Reach.Persons)];
        if (reaches.Length == 1) return reaches[0];
        long least = reaches.Max(reach => reach.Lower!.Value);
        return Count.Sum(reaches).Upper is { } most ? Count.Rounded(reaches.Max(reach => reach.Value!.Value), least, most) : Count.Partial(least);
    }

    private Figure Rate(Definition definition, LocalPeriod period, ChannelId channel, Quantity reach, Quantity members, IEnumerable<Caveat> about, FigureDetail detail, Caveat? whyNoInterval = null)
    {
        Ratio ratio = FigureParts.Divide(reach, members);
        IntervalEstimate? interval = ratio.IsDefined && whyNoInterval is null ? FigureParts.Rate(reach, members, _confidence, _interval) : null;
        IEnumerable<Caveat> caveats = [.. about, .. FigureParts.Openness(reach, members, Caveats.ReachAtLeast())];
        if (ratio.IsDefined && interval is null) caveats = caveats.Append(whyNoInterval ?? Caveats.NoIntervalOfOpenCounts());
        return new Figure(definition, period, channel, reach, members, ratio, FigureParts.Rounding(ratio, reach, members), interval, caveats, detail);
    }

    private Figure Coverage(Definition definition, LocalPeriod period, Channel channel, AudienceSnapshot? audience, Count part, Universe? universe, Count whole, IEnumerable<Caveat> about, FigureDetail detail)
    {
        Quantity all = Quantity.From(whole);
        if (audience is not null && universe is not null && audience.Unit != universe.Unit && part.HasValue)
        {
            if (_conversion?.From == audience.Unit && _conversion.To == universe.Unit) all = all.Times(_conversion.Factor);
            else if (_conversion?.From == universe.Unit && _conversion.To == audience.Unit) all = all.Times(1 / _conversion.Factor);
            else return Undefined(definition, period, channel, part, whole, UndefinedReason.UnitMismatch, about.Append(Caveats.UnitsDiffer(audience.Unit, universe.Unit)), detail);
            about = about.Append(Caveats.Converted(_conversion));
        }

        return Proportion(definition, period, channel.Id, Quantity.From(part), all, about, detail);
    }

    private Figure Proportion(Definition definition, LocalPeriod period, ChannelId channel, Quantity part, Quantity whole, IEnumerable<Caveat> about, FigureDetail detail)
    {
        Ratio ratio = FigureParts.Divide(part, whole);
        if (ratio.IsDefined && ratio.Numerator > ratio.Denominator)
        {
            ratio = MemberCoverage.Share(ratio.Numerator, ratio.Denominator);
            about = about.Append(!(part.Lower > whole.Upper) ? Caveats.MayExceedWhole() : Caveats.PartExceedsWhole("more members are in the audience than it, or their universe, holds", "Mehr Mitglieder im Publikum, als es selbst oder ihre Grundgesamtheit umfasst"));
        }

        IntervalEstimate? interval = ratio.IsDefined ? FigureParts.Proportion(part, whole, _confidence, _interval) : null;
        if (ratio.IsDefined && interval is null) about = about.Append(Caveats.NoIntervalOfOpenCounts());
        return new Figure(definition, period, channel, part, whole, ratio, FigureParts.Rounding(ratio, part, whole), interval, [.. about, .. FigureParts.Openness(part, whole, Caveats.ReachAtLeast())], detail);
    }

    private static IEnumerable<Caveat> Units(UnitOfCount? reached, UnitOfCount? members) =>
        reached is { } left && members is { } right && left != right ? [Caveats.UnitsDiffer(left, right)] : [];

    private ReachPerMemberResult InAll(Portfolio portfolio, LocalPeriod period, Universe? universe, Count members, ChannelReach[] channels, List<Caveat> about)
    {
        ChannelReach[] known = [.. channels.Where(channel => channel.Audience?.Size.HasValue is true)];
        ChannelId[] leftOut = [.. channels.Except(known).Select(channel => channel.Channel.Id)];
        if (leftOut.Length > 0) about.Add(Caveats.ChannelsLeftOut(leftOut, channels.Length));
        var ids = portfolio.Channels.Select(channel => channel.Id).ToHashSet();
        int strangers = portfolio.Audiences.Count(snapshot => !ids.Contains(snapshot.Channel));
        if (strangers > 0) about.Add(Caveats.FactsWithoutChannel(strangers));

        UnitOfCount[] units = [.. known.Select(channel => channel.Audience!.Unit).Distinct()];
        if (units.Length > 1) about.Add(Caveats.MixedUnits(units));
        about.AddRange(known.SelectMany(channel => channel.Potential.Caveats.Where(caveat => caveat.Code is CaveatCodes.AudienceOld or CaveatCodes.SubBrand).Select(caveat => Caveats.Of(channel.Channel.Id, caveat))));
        if (known.Any(channel => channel.Audience!.Size.State is CountState.Partial)) about.Add(Caveats.ReachAtLeast());
        if (universe is not null) about.AddRange(units.Where(unit => unit != universe.Unit).Select(unit => Caveats.UnitsDiffer(unit, universe.Unit)));

        AudienceUnion? net = known.Length == 0 ? null : new AudienceUnion(portfolio, period, [.. known.Select(channel => ChannelPart.Of(channel.Audience!))], universe, members, overlap => overlap.Shared);
        if (net is not null) about.AddRange(net.Caveats);
        Quantity gross = Quantity.From(known.Length == 0 ? Count.Missing : Count.Sum(known.Select(channel => channel.Audience!.Size)));
        FigureTerm[] terms = [.. known.Select(channel => new FigureTerm(channel.Channel.Id.Value, Quantity.From(channel.Audience!.Size), Quantity.From(Count.NotApplicable)))];
        FigureDetail detail = (FigureDetail.None with { Sources = new([.. known.Select(channel => Source(channel.Audience!, portfolio)), .. Source(universe, period, portfolio)]) }).With(terms, "Channels", "Kanäle");
        Figure grossFigure = Rate(ReachDefinitions.ReachPerMember, period, default, gross, Quantity.From(members), known.Length > 1 ? [.. about, Caveats.GrossCountsTwice()] : about, detail);
        return new ReachPerMemberResult(period, universe, members, channels, grossFigure, net is null ? null : new NetReachPerMember(net, grossFigure), about);
    }
}
