using NodaTime;
using NodaTime.Text;

namespace Engagement.Core;

/// <summary>What a definition needs of one channel, or of several together: units to add up, and the base of the period where there is one.</summary>
internal sealed class EngagementFacts
{
    private static readonly long[] NothingLogged = new long[InteractionTally.KindCount];

    private readonly EngagementRatioDefinition _definition;
    private readonly Portfolio _portfolio;
    private readonly LocalPeriod _period;
    private readonly IReadOnlyList<Channel> _channels;
    private readonly HashSet<ChannelId> _logged;
    private readonly Publication[] _publications;
    private readonly ChannelEvents[] _events;
    private Dictionary<PublicationId, long[]>? _counts;
    private readonly bool _hasEvents;
    private readonly Universe? _members;
    private readonly bool _isOver;

    public EngagementFacts(EngagementRatioDefinition definition, Portfolio portfolio, EngagementEvents events, LocalPeriod period, IReadOnlyList<Channel> channels)
    {
        (_definition, _portfolio, _period, _channels) = (definition, portfolio, period, channels);
        _members = portfolio.Members;

        // A log that holds nothing of the selected kinds and roles (follows, or bots) does not say that there was none of them.
        _logged = [.. channels.Where(channel => !events[channel.Id].IsEmpty).Select(channel => channel.Id)];
        _publications = [.. channels.SelectMany(channel => portfolio.PublicationsOf(channel.Id)).Where(publication => period.Contains(publication.PublishedAt, Zone))];
        _events = [.. channels.Select(channel => events[channel.Id])];
        _hasEvents = InPeriod().Any();

        // A channel that does not live in the period has no 0 in it either; facts outside its life count, and validation reports them.
        _isOver = channels.Count > 0 && _publications.Length == 0 && !_hasEvents && !channels.Any(channel => channel.LivesIn(period));
        IsSilent = _isOver || channels.All(channel => !_logged.Contains(channel.Id) && !portfolio.PublicationsOf(channel.Id).Any(StatesSelected));
        IsByDay = definition.Aggregation is Aggregation.MeanOfDays || definition.Attribution is Attribution.ByInteractionDate;
        PeriodBase = definition.BaseIsOfPeriod && definition.Aggregation is not Aggregation.MeanOfDays ? BaseOfPeriod() : null;
        Units = IsByDay ? [.. Days()] : [.. _publications.Select(publication => new EngagementUnit(publication.Id.Value, TallyOf(publication), PeriodBase is null ? BaseAt(publication) : Quantity.From(Count.NotApplicable)))];
        HasPublications = _publications.Length > 0;
    }

    /// <summary>Publications, or days.</summary>
    public IReadOnlyList<EngagementUnit> Units { get; }

    /// <summary>Whether the units are days.</summary>
    public bool IsByDay { get; }

    /// <summary>The base that stands once for the period; null when each unit has its own.</summary>
    public Quantity? PeriodBase { get; }

    /// <summary>Whether anything was published in the period.</summary>
    public bool HasPublications { get; }

    /// <summary>Whether the portfolio says nothing at all of interactions here, or the channel does not live in the period: then they are missing, not 0.</summary>
    public bool IsSilent { get; }

    private DateTimeZone Zone => _portfolio.Organisation.TimeZone;

    /// <summary>What a reader must know of where the numbers come from.</summary>
    public IEnumerable<Caveat> About()
    {
        bool byPublication = _definition.Attribution is Attribution.ByPublicationDate;
        if (IsSilent && !_isOver) yield return Caveats.InteractionsMissing();
        if (_isOver && _channels.Count == 1) yield return Caveats.ChannelNotAlive();
        if (byPublication ? _publications.Any(publication => _logged.Contains(publication.Channel) && !StatesSelected(publication)) : _logged.Count > 0) yield return Caveats.LogTakenAsComplete();
        if (_definition.Base is EngagementBase.PotentialReach && !IsSilent && _channels is [var only] && _portfolio.AudienceOf(only.Id).Latest(_period, Zone) is { } newest && newest.AsOf.InZone(Zone).Date is var date && date < _period.From) yield return Caveats.AudienceOld(date);
        if (byPublication && !IsSilent && !HasPublications && _channels.Count == 1) yield return Caveats.NoPublications();
        Publication[] tallied = [.. _publications.Where(StatesSelected)];
        if (byPublication && tallied.Length > 0) yield return Caveats.TallyWithoutRoles();
        if (byPublication && !_definition.Selection.TakesTallies && _publications.Count(publication => !publication.Interactions.IsEmpty) is > 0 and int roleless) yield return Caveats.TallyCannotTellRoles(roleless);
        if (byPublication && KindsNotStatedByAll(tallied) is [_, ..] kinds) yield return Caveats.KindsDiffer(kinds);
        if (byPublication && CountLoose() is > 0 and int loose) yield return Caveats.InteractionsWithoutPublication(loose);
        if (_definition is { Base: EngagementBase.PotentialReach, BaseAsOf: BaseAsOf.DailyMean } && !IsSilent && DaysWithoutAudience() is ( > 0 and int unknown, int days)) yield return Caveats.DaysWithoutAudience(unknown, days);
        if (!byPublication && tallied.Count(StatesMoreThanLogged) is > 0 and int undated) yield return Caveats.TallyWithoutDates(undated);
        if (!byPublication && !_definition.BaseIsOfPeriod && _definition.Base is not EngagementBase.PotentialReach and not EngagementBase.Members) yield return Caveats.BaseByPublicationDate();
        if (_definition.Base is EngagementBase.ActiveAudience && InPeriod().Count(one => one.Actor.IsNone) is > 0 and int nameless) yield return Caveats.ActorsUnknown(nameless);
        if (_definition.Base is EngagementBase.MeasuredReach or EngagementBase.Impressions && _publications.Count(publication => publication.Exposures.Reach.Persons.Lower > publication.Exposures.Impressions.Upper) is > 0 and int odd) yield return Caveats.ReachAboveImpressions(odd);
    }

    /// <summary>Where the numbers come from, in both languages.</summary>
    public IEnumerable<(string English, string German)> Sources()
    {
        bool byPublication = _definition.Attribution is Attribution.ByPublicationDate;
        if (byPublication && _publications.Count(StatesSelected) is > 0 and int tallied) yield return ($"counts of the platform for {Words.Number(tallied, "publication", "publications")}", $"Zahlen der Plattform zu {Words.Number(tallied, "Veröffentlichung", "Veröffentlichungen")}");
        if (_logged.Count > 0) yield return Words.Listed(_logged.Count);
        if (_definition.Base is not EngagementBase.PotentialReach) yield break;
        foreach (string source in _channels.SelectMany(channel => _portfolio.AudienceOf(channel.Id).Snapshots).Select(snapshot => snapshot.Source).OfType<string>().Distinct(StringComparer.Ordinal).Take(FigureDetail.Listed)) yield return ($"audience: {source}", $"Publikum: {source}");
    }

    private IEnumerable<EngagementEvent> InPeriod() => _events.SelectMany(channel => channel.In(_period));

    /// <summary>How many listed interactions of each kind belong to a publication, by the numbers of the kinds.</summary>
    private long[] Logged(Publication publication) =>
        (_events is [var only] ? only.Counts : _counts ??= Together()).GetValueOrDefault(publication.Id) ?? NothingLogged;

    /// <summary>The counts of all channels: an interaction may belong to a publication of another channel.</summary>
    private Dictionary<PublicationId, long[]> Together()
    {
        var together = new Dictionary<PublicationId, long[]>();
        foreach ((PublicationId publication, long[] counts) in _events.SelectMany(channel => channel.Counts))
        {
            if (together.TryAdd(publication, counts)) continue;
            together[publication] = [.. together[publication].Zip(counts, (one, other) => checked(one + other))];
        }

        return together;
    }

    private IEnumerable<EngagementEvent> On(LocalDate date) => _events.SelectMany(channel => channel.On(date));

    private InteractionKind[] KindsNotStatedByAll(Publication[] tallied)
    {
        var stated = tallied.SelectMany(publication => publication.Interactions.Kinds).Where(kind => _definition.Selection[kind] > 0).GroupBy(kind => kind);
        return [.. stated.Where(kind => kind.Count() < tallied.Length).Select(kind => kind.Key).Order()];
    }

    /// <summary>Whether a platform's own counts answer the definition: they state a selected kind, and its roles are everybody's.</summary>
    private bool StatesSelected(Publication publication) => _definition.Selection.TakesTallies && publication.Interactions.Kinds.Any(kind => _definition.Selection[kind] > 0);

    private bool StatesMoreThanLogged(Publication publication) =>
        publication.Interactions.Kinds.Any(kind => _definition.Selection[kind] > 0 && !(publication.Interactions[kind].Upper <= Logged(publication)[(int)kind]));

    private int CountLoose()
    {
        var known = _channels.SelectMany(channel => _portfolio.PublicationsOf(channel.Id)).Select(publication => publication.Id).ToHashSet();
        return (int)Math.Min(int.MaxValue, _events.Sum(channel => channel.CountLoose(_period, known)));
    }

    private (int Unknown, int Days) DaysWithoutAudience()
    {
        (LocalDate Date, Count Audience)[] days = [.. _channels.SelectMany(DaysOf)];
        return (days.Count(day => !day.Audience.HasValue), days.Length);
    }

    /// <summary>Kind by kind a platform's own counts where it states them, else the logged events, where the channel has a log; null when nothing is known.</summary>
    private InteractionTally? TallyOf(Publication publication)
    {
        bool isLogged = _logged.Contains(publication.Channel);
        if (!StatesSelected(publication)) return isLogged ? InteractionTally.Of(Logged(publication), _definition.Selection.Kinds) : null;
        if (!isLogged) return publication.Interactions;
        InteractionTally logged = InteractionTally.Of(Logged(publication), _definition.Selection.Kinds.Where(kind => !publication.Interactions[kind].HasValue));

        // Where the platform states that its count is missing, what was logged of the kind is a least: missing + 5 is at least 5, and missing + 0 stays missing.
        foreach (InteractionKind kind in publication.Interactions.Kinds.Where(kind => logged[kind].Value is 0)) logged = logged.With(kind, Count.NotApplicable);
        return publication.Interactions + logged;
    }

    private Quantity BaseAt(Publication publication) => Quantity.From(_definition.Base switch
    {
        EngagementBase.PotentialReach => _portfolio.AudienceOf(publication.Channel).AsOf(publication.PublishedAt)?.Size ?? Count.Missing,
        EngagementBase.Members => _members?.AsOf(publication.PublishedAt)?.Size ?? Count.Missing,
        EngagementBase.MeasuredReach => publication.Exposures.Reach.Persons,
        EngagementBase.Impressions => publication.Exposures.Impressions,
        EngagementBase.Views => publication.Exposures.Views,
        _ => Count.Observed(1),
    });

    private IEnumerable<EngagementUnit> Days()
    {
        var published = _publications.ToLookup(publication => publication.PublishedAt.InZone(Zone).Date);
        Func<LocalDate, IEnumerable<EngagementEvent>> happened = On;
        bool dayHasOwnBase = _definition.Aggregation is Aggregation.MeanOfDays && _definition.BaseIsOfPeriod;
        Func<LocalDate, Quantity>? bases = null;
        if (dayHasOwnBase && _definition is { Base: EngagementBase.PotentialReach, BaseAsOf: BaseAsOf.DailyMean })
        {
            // A channel whose audience is not known on a day is in neither part of that day: its interactions belong to nobody else's followers.
            Dictionary<ChannelId, Dictionary<LocalDate, Count>> audiences = _channels.ToDictionary(channel => channel.Id, channel => DaysOf(channel).Where(day => day.Audience.HasValue).ToDictionary(day => day.Date, day => day.Audience));
            bases = day => audiences.Values.Select(days => Quantity.From(days.GetValueOrDefault(day, Count.NotApplicable))).Aggregate(Quantity.From(Count.NotApplicable), Quantity.Sum);
            published = _publications.Where(publication => audiences[publication.Channel].ContainsKey(publication.PublishedAt.InZone(Zone).Date)).ToLookup(publication => publication.PublishedAt.InZone(Zone).Date);
            happened = day => On(day).Where(one => audiences[one.Channel].ContainsKey(day));
        }
        else if (dayHasOwnBase)
        {
            bases = BasesOfDays(happened);
        }

        // On a day on which no channel lives there is nothing to count, and so no 0 in a mean.
        foreach (LocalDate day in _period.DaysIn(Zone).Where(day => _channels.Count == 0 || _channels.Any(channel => channel.LivesOn(day)) || published.Contains(day) || happened(day).Any()))
        {
            InteractionTally? tally = _definition.Attribution is Attribution.ByPublicationDate ? TallyOf([.. published[day]])
                : _logged.Count == 0 ? null
                : happened(day).Any() ? Tally(happened(day), _definition.Selection.Kinds)
                : InteractionTally.Empty;
            Quantity basis = bases is not null ? bases(day)
                : PeriodBase is not null ? Quantity.From(Count.NotApplicable)
                : SumOfBases(published[day]);
            yield return new EngagementUnit(LocalDatePattern.Iso.Format(day), tally, basis);
        }
    }

    /// <summary>A day without publications has no interactions with them: an empty tally, which is 0 and not missing, unless nothing at all is known.</summary>
    private InteractionTally? TallyOf(Publication[] publications)
    {
        if (publications.Length == 0) return IsSilent ? null : InteractionTally.Empty;
        InteractionTally[] known = [.. publications.Select(TallyOf).OfType<InteractionTally>()];
        if (known.Length == 0) return null;
        InteractionTally sum = known.Aggregate(InteractionTally.Add);

        // A publication of which nothing is known makes the day's counts a least.
        return known.Length == publications.Length ? sum : sum.Kinds.Aggregate(sum, (tally, kind) => tally.With(kind, tally[kind] + Count.Missing));
    }

    /// <summary>The bases of a day's publications; at least what is known of them where one is missing, because the day's interactions may belong to that one.</summary>
    private Quantity SumOfBases(IEnumerable<Publication> publications) =>
        publications.Select(BaseAt).Select(basis => basis.HasValue ? basis : Quantity.From(Count.Partial(0))).Aggregate(Quantity.Exact(0), Quantity.Sum);

    private Func<LocalDate, Quantity> BasesOfDays(Func<LocalDate, IEnumerable<EngagementEvent>> happened)
    {
        if (_definition.Base is EngagementBase.ActiveAudience) return day => Actors(happened(day));
        if (_definition.BaseAsOf is not BaseAsOf.DailyMean)
        {
            Quantity constant = BaseOfPeriod();
            return _ => constant;
        }

        return day => Quantity.From(_members?.Latest(LocalPeriod.Day(day), Zone)?.Size ?? Count.Missing);
    }

    private Quantity BaseOfPeriod() => _definition.Base switch
    {
        EngagementBase.ActiveAudience => Actors(InPeriod()),
        EngagementBase.Members => MembersOfPeriod(),
        _ => _channels.Select(AudienceOfPeriod).Aggregate(Quantity.From(Count.NotApplicable), Quantity.Sum),
    };

    private static InteractionTally Tally(IEnumerable<EngagementEvent> events, IEnumerable<InteractionKind> kinds) => InteractionTally.Of(events.Select(one => (one.Kind, one.Count)), kinds);

    private Quantity Actors(IEnumerable<EngagementEvent> events)
    {
        // By their texts, which a set hashes faster than anything made of them.
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        bool hasNameless = false;
        foreach (EngagementEvent one in events)
        {
            if (one.Actor.IsNone) hasNameless = true;
            else distinct.Add(one.Actor.Value);
        }

        return Quantity.From(_logged.Count == 0 ? Count.Missing : hasNameless ? Count.Partial(distinct.Count) : Count.Observed(distinct.Count));
    }

    /// <summary>The days of a channel's life in the period, with the newest audience known on each.</summary>
    private IEnumerable<(LocalDate Date, Count Audience)> DaysOf(Channel channel) => _portfolio.AudienceOf(channel.Id).Days(_period, Zone).Where(day => channel.LivesOn(day.Date));

    private Quantity AudienceOfPeriod(Channel channel)
    {
        if (!channel.LivesIn(_period)) return default;
        AudienceHistory history = _portfolio.AudienceOf(channel.Id);
        return _definition.BaseAsOf switch
        {
            BaseAsOf.StartEndMean => history.StartEndMean(_period, Zone),
            BaseAsOf.DailyMean => AudienceHistory.MeanOf(DaysOf(channel)),
            _ => Quantity.From(history.Latest(_period, Zone)?.Size ?? Count.Missing),
        };
    }

    /// <summary>The same four ways as for an audience: a universe's sizes are a stock too.</summary>
    private Quantity MembersOfPeriod()
    {
        if (_members is null) return default;
        var history = new AudienceHistory(_members.Sizes.Select(size => new AudienceSnapshot(default, size.AsOf, size.Size, _members.Unit)));
        return _definition.BaseAsOf switch
        {
            BaseAsOf.StartEndMean => history.StartEndMean(_period, Zone),
            BaseAsOf.DailyMean => history.DailyMean(_period, Zone),
            _ => Quantity.From(_members.Latest(_period, Zone)?.Size ?? Count.Missing),
        };
    }
}
