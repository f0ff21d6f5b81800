using Engagement.Core.Logs;

namespace Engagement.Core;

/// <summary>Net reach of an organisation's channels: bounds narrowed by known overlaps, models, the overlap matrix, exclusive reach, and the order in which channels add most.</summary>
/// <remarks>
/// <para>Immutable and safe to share between threads. For reaches in hand use <see cref="NetReach"/>, for lists of identities <see cref="ObservedReach"/>; reach channel by channel is <see cref="ReachPerMemberCalculator"/>'s.</para>
/// <para>Potential reach: of each channel the newest audience before the period's end, of each pair the newest overlap. Bounds hold for whatever rounded counts leave open.</para>
/// <para>Undefined per member, with the reason, when the universe is missing or 0, or counts another unit than those who are to belong to it.</para>
/// <example><c>new NetReachCalculator().Calculate(portfolio, LocalPeriod.Month(2014, 11)).Net</c></example>
/// </remarks>
public sealed class NetReachCalculator
{
    /// <summary>More than any population, and few enough for those of 65,536 channels to be added up.</summary>
    private const long MostPersons = 1L << 47;

    private readonly UniverseId _within;

    /// <summary>A calculator.</summary>
    /// <param name="within">
    /// The universe whose members alone count: <c>members</c> takes of every audience the members, another one the target members of the channels that have it for a target.
    /// By default whole audiences count, per member of <see cref="Portfolio.Members"/>.
    /// </param>
    public NetReachCalculator(UniverseId within = default) => _within = within;

    /// <summary>Net reach in a period.</summary>
    /// <param name="portfolio">The facts.</param>
    /// <param name="period">The days.</param>
    /// <returns>Bounds and models, or the reason why there are none, and each channel's contribution.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="portfolio"/> is null.</exception>
    /// <exception cref="ArgumentException">The portfolio holds an id twice, or no universe with the id that the calculator was given.</exception>
    /// <exception cref="OverflowException">A sum of counts exceeds 2⁶³ − 1.</exception>
    public NetReachResult Calculate(Portfolio portfolio, LocalPeriod period)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        portfolio.RequireUniqueIds();
        (Universe? universe, Count members, List<Caveat> about) = UniverseOf(portfolio, period);
        bool isMembers = universe is not null && universe.Id == portfolio.Members?.Id;

        // A channel without a target of its own speaks to the members; one with another target says nothing of this one.
        Channel[] asked = [.. portfolio.Channels.Where(channel => _within.IsNone || isMembers || channel.TargetUniverse == _within)];
        Count PartOf(AudienceSnapshot audience) => _within.IsNone ? audience.Size : isMembers ? audience.Members : audience.InTarget;
        (ChannelPart Part, AudienceSnapshot Audience)[] found =
        [
            .. from channel in asked
               where channel.LivesIn(period)
               let audience = portfolio.AudienceOf(channel.Id).Latest(period, portfolio.Organisation.TimeZone)
               where audience is not null && PartOf(audience).HasValue
               select (_within.IsNone ? ChannelPart.Of(audience) : new ChannelPart(channel.Id, PartOf(audience), audience.Unit), audience),
        ];
        ChannelPart[] known = [.. found.Select(entry => entry.Part)];

        about.Insert(0, Caveats.PotentialReach());
        about.AddRange(from entry in found
                       let asOf = ReachPerMemberCalculator.Date(entry.Audience.AsOf, portfolio)
                       where asOf < period.From
                       select Caveats.Of(entry.Part.Channel, Caveats.AudienceOld(asOf)));
        ChannelId[] leftOut = [.. asked.Select(channel => channel.Id).Except(known.Select(part => part.Channel))];
        if (leftOut.Length > 0) about.Add(Caveats.ChannelsLeftOut(leftOut, asked.Length));
        if (known.Length == 0) return new NetReachResult(period, universe, !_within.IsNone, members, null, [], [], about);

        UnitOfCount[] units = [.. known.Select(part => part.Unit).Distinct()];
        if (units.Length > 1) about.Add(Caveats.MixedUnits(units));
        UnitOfCount[] others = universe is null ? [] : [.. units.Where(unit => unit != universe.Unit)];
        about.AddRange(others.Select(unit => Caveats.UnitsDiffer(unit, universe!.Unit)));
        var union = new AudienceUnion(portfolio, period, known, universe, members, overlap => _within.IsNone ? overlap.Shared : isMembers ? overlap.Members : overlap.InTarget);
        about.AddRange(union.Caveats);
        if (union.IsOpen) about.Add(Caveats.ReachAtLeast());
        foreach (ReachModel model in new[] { ReachModel.Independence, ReachModel.Agostini })
        {
            if (union.Reach is { Upper: { } upper } bounded && bounded.Estimate(model) is { Undefined: UndefinedReason.OutsideBounds, Stated: { } stated }) about.Add(Caveats.ModelRefused(model.ToString(), stated, bounded.Lower, upper));
        }

        Dictionary<int, (int Rank, Bounds Added)> order = union.Order().Select((next, index) => (next, index)).ToDictionary(entry => entry.next.Channel, entry => (entry.index + 1, entry.next.Added));
        IEnumerable<ChannelNetReach> channels = known.Select((part, index) => order.TryGetValue(index, out (int Rank, Bounds Added) place)
            ? new ChannelNetReach(part.Channel, part.Size, union.Exclusive(index), place.Rank, place.Added)
            : new ChannelNetReach(part.Channel, part.Size, union.Exclusive(index), null, null));
        IEnumerable<Bounds?> shared = from first in Enumerable.Range(0, known.Length) from second in Enumerable.Range(0, known.Length) select union.Shared(first, second);

        // Members in persons are no share of members in companies.
        FigureTerm[] terms = [.. known.Select(part => new FigureTerm(part.Channel.Value, Quantity.From(part.Size), Quantity.From(Count.NotApplicable)))];
        FigureDetail detail = (FigureDetail.None with { Sources = new([.. found.Select(entry => ReachPerMemberCalculator.Source(entry.Audience, portfolio)), .. ReachPerMemberCalculator.Source(universe, period, portfolio)]) }).With(terms, "Channels", "Kanäle");
        Quantity gross = Quantity.From(Count.Sum(known.Select(part => part.Size)));
        var grossFigure = new Figure(ReachDefinitions.ReachPerMember, period, default, gross, Quantity.From(members), FigureParts.Divide(gross, Quantity.From(members)), null, null, about, detail);
        var net = new NetReachPerMember(union, grossFigure, !_within.IsNone && others.Length > 0 ? UndefinedReason.UnitMismatch : null);
        return new NetReachResult(period, universe, !_within.IsNone, members, net, channels, shared, about);
    }

    /// <summary>Net reach of the actors that sketches stand for: the union with its error, judged by the bounds, the overlap matrix, and each channel's exclusive and added reach.</summary>
    /// <remarks>
    /// <para>
    /// Formulas: net |∪S| by <see cref="ReachModel.Sketched"/>; overlap |S_i ∩ S_j|; exclusive |S_i ∖ ∪ of all others|; added |S_i ∖ ∪ of those before it|. Each is an estimate, given by its interval; exact sketches (up to k actors) give what <see cref="ObservedReach"/> counts.
    /// The bounds are Fréchet's, of the estimated sizes: sketches know the union itself, which pairs only narrow. Per member of the universe that the calculator was given:
    /// say so (<c>new NetReachCalculator(within)</c>) where the sketches hold its members alone, and it bounds the reach too. By default whoever acted counts.
    /// </para>
    /// <para>The order ends where the intervals leave open which channel adds most. Source: Dasgupta, Lang, Rhodes and Thaler (2016).</para>
    /// </remarks>
    /// <param name="portfolio">The facts: channels, and the universe with its size.</param>
    /// <param name="period">The days that the sketches are of.</param>
    /// <param name="sketches">For each channel one, made of the same identities: of <see cref="ThetaSketch.PerChannelAndPeriod"/>, united over the periods, for example.</param>
    /// <param name="unit">What an actor is; persons by default.</param>
    /// <param name="confidence">The confidence level of the intervals, between 0 and 1, both excluded.</param>
    /// <param name="nominalEntries">k of the unions, from 16 to 2²⁶; pass the k that the sketches were made with.</param>
    /// <returns>Bounds, models and the sketches' own estimate, and each channel's contribution, in the order of the portfolio.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The portfolio holds an id twice or not the universe that the calculator was given, a channel is named twice or not in the portfolio, or its sketch leaves open more than 2⁴⁷ persons.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The unit is unspecified, the confidence is not between 0 and 1, or <paramref name="nominalEntries"/> is out of its range.</exception>
    /// <exception cref="OverflowException">A sum of counts exceeds 2⁶³ − 1.</exception>
    /// <example><code>net = new NetReachCalculator().Calculate(portfolio, period, log.Channels.Zip(ThetaSketch.PerChannelAndPeriod(log, calendar, out _)));</code></example>
    public NetReachResult Calculate(Portfolio portfolio, LocalPeriod period, IEnumerable<(ChannelId Channel, ThetaSketch Sketch)> sketches, UnitOfCount unit = UnitOfCount.Person, double confidence = 0.95, int nominalEntries = ThetaSketch.DefaultNominalEntries)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(sketches);
        Guard.Known(unit);
        Guard.Confidence(confidence);
        ThetaSketch.CheckNominalEntries(nominalEntries);
        portfolio.RequireUniqueIds();
        var given = new Dictionary<ChannelId, ThetaSketch>();
        HashSet<ChannelId> known = [.. portfolio.Channels.Select(channel => channel.Id)];
        foreach ((ChannelId channel, ThetaSketch sketch) in sketches)
        {
            ArgumentNullException.ThrowIfNull(sketch, nameof(sketches));
            if (!known.Contains(channel)) throw new ArgumentException($"sketches ({Guard.Text(channel.Value)}) must be of channels of the portfolio: add the channel, or leave its sketch out.", nameof(sketches));
            if (sketch.Estimate(confidence).Interval.Upper > MostPersons) throw new ArgumentException($"sketches ({Guard.Text(channel.Value)}) must leave open at most {Guard.Text(MostPersons)} persons, and hold too few hashes for that: sketch the actors anew.", nameof(sketches));
            if (!given.TryAdd(channel, sketch)) throw new ArgumentException($"sketches ({Guard.Text(channel.Value)}) must name each channel once: unite its sketches first.", nameof(sketches));
        }

        (Universe? universe, Count members, List<Caveat> about) = UniverseOf(portfolio, period);
        ChannelId[] leftOut = [.. portfolio.Channels.Select(channel => channel.Id).Where(channel => !given.ContainsKey(channel))];
        if (leftOut.Length > 0) about.Add(Caveats.ChannelsLeftOut(leftOut, portfolio.Channels.Count));
        if (given.Count == 0) return new NetReachResult(period, universe, !_within.IsNone, members, null, [], [], about);
        if (universe is not null && universe.Unit != unit) about.Add(Caveats.UnitsDiffer(unit, universe.Unit));
        about.Add(Caveats.Sketched());

        var all = new SketchedUnion([.. portfolio.Channels.Where(channel => given.ContainsKey(channel.Id)).Select(channel => (channel.Id, given[channel.Id]))], confidence, nominalEntries);

        // Who acts need not belong to the universe: it bounds the reach only where the caller says that only its members are in the sketches.
        var union = new AudienceUnion(portfolio, period, [.. all.Sizes.Select(size => new ChannelPart(size.Channel, size.Size, unit, HasOthers: _within.IsNone))], universe, members, _ => Count.Missing);
        ReachEstimate estimate = union.Reach.Judge(ReachModel.Sketched, all.Net.Value, new Bounds(all.Net.Interval.Lower, all.Net.Interval.Upper));
        if (estimate is { Undefined: UndefinedReason.OutsideBounds, Stated: { } stated } && union.Reach.Upper is { } upper) about.Add(Caveats.ModelRefused(ReachModel.Sketched.ToString(), stated, union.Reach.Lower, upper));

        FigureTerm[] terms = [.. all.Sizes.Select(size => new FigureTerm(size.Channel.Value, Quantity.From(size.Size), Quantity.From(Count.NotApplicable)))];
        FigureDetail detail = (FigureDetail.None with { Sources = new(ReachPerMemberCalculator.Source(universe, period, portfolio)) }).With(terms, "Channels", "Kanäle");
        Quantity gross = Quantity.From(Count.Sum(all.Sizes.Select(size => size.Size)));
        var grossFigure = new Figure(ReachDefinitions.ReachPerMember, period, default, gross, Quantity.From(members), FigureParts.Divide(gross, Quantity.From(members)), null, null, about, detail);
        var net = new NetReachPerMember(union, grossFigure, !_within.IsNone && universe?.Unit != unit ? UndefinedReason.UnitMismatch : null, (estimate, all.Union.RetainedEntries, all.Union.Theta, confidence));
        return new NetReachResult(period, universe, !_within.IsNone, members, net, all.Channels(), all.Shared(), about) { Sketched = estimate };
    }

    /// <summary>The universe that is divided by, its size by the period's end, and what a reader must know of them.</summary>
    private (Universe? Universe, Count Members, List<Caveat> About) UniverseOf(Portfolio portfolio, LocalPeriod period)
    {
        Universe? universe = _within.IsNone ? portfolio.Members : portfolio.UniverseOf(_within) ?? throw new ArgumentException($"portfolio has no universe {Guard.Text(_within.Value)}: add it, or ask for one of {string.Join(", ", portfolio.Universes.Select(known => known.Id))}.", nameof(portfolio));
        UniverseSize? size = universe?.Latest(period, portfolio.Organisation.TimeZone);
        Count members = size?.Size ?? Count.Missing;
        var about = new List<Caveat>();
        if (!members.HasValue) about.Add(Caveats.UniverseMissing(universe?.Id.Value));
        if (size is { } sized && ReachPerMemberCalculator.Date(sized.AsOf, portfolio) is var date && date < period.From) about.Add(Caveats.UniverseOld(universe!.Id.Value, date));
        return (universe, members, about);
    }
}
