using NodaTime;
using NodaTime.Text;

namespace Engagement.Core;

/// <summary>What is known of who took part on one channel, or on several together, and the figures made of it.</summary>
internal sealed class ActivityFacts
{
    private readonly Portfolio _portfolio;
    private readonly LocalPeriod _period;
    private readonly Channel[] _channels;
    private readonly ChannelId _id;
    private readonly double _confidence;
    private readonly Interaction[] _all;
    private readonly ILookup<ActorId, Interaction> _actors;
    private readonly bool _isSilent;
    private readonly int _nameless;
    private readonly Caveat[] _about;

    public ActivityFacts(Portfolio portfolio, LocalPeriod period, Channel[] channels, ChannelId id, InteractionSelection selection, double confidence)
    {
        (_portfolio, _period, _channels, _id, _confidence) = (portfolio, period, channels, id, confidence);
        Interaction[] log = [.. channels.SelectMany(channel => portfolio.InteractionsOf(channel.Id))];
        Func<Instant, bool> isInPeriod = period.MomentsIn(Zone);
        _all = [.. log.Where(interaction => isInPeriod(interaction.At))];
        Interaction[] active = [.. _all.Where(selection.Includes)];
        _actors = active.Where(interaction => !interaction.Actor.IsNone).ToLookup(interaction => interaction.Actor);
        _isSilent = log.Length == 0;
        _nameless = active.Count(interaction => interaction.Actor.IsNone);
        _about = [_isSilent ? Caveats.InteractionsMissing() : Caveats.LogTakenAsComplete(), .. _nameless > 0 ? [Caveats.ActorsUnknown(_nameless)] : Array.Empty<Caveat>()];
    }

    private DateTimeZone Zone => _portfolio.Organisation.TimeZone;

    public ChannelActivity Figures(DialogueFacts dialogue)
    {
        long[] contributions = [.. _actors.Select(group => (long)group.Count()).Order()];
        FigureTerm[] terms = [.. _actors.OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => Term(group.Key.Value, group.Count()))];
        FigureDetail people = FigureDetail.None.With(terms, "Actors", "Handelnde");
        Figure absence = Made(ActivityDefinitions.AbsenceFactor, Counted(Concentration.TryAbsenceFactor(contributions, out int few) ? few : 0), Counted(contributions.Length), null, _about, people);

        // Whoever is not known by name may be one or many: then nothing can be said of how contributions are spread.
        bool isKnown = !_isSilent && _nameless == 0;
        (Quantity spread, Quantity one) = !isKnown ? (default, Quantity.Exact(1)) : Concentration.TryGini(contributions, out double coefficient) ? (Quantity.Exact(coefficient), Quantity.Exact(1)) : (Quantity.Exact(0), Quantity.Exact(0));
        Figure gini = Made(ActivityDefinitions.Gini, spread, one, null, _about, people);
        int posting = _actors.Count(IsCreator);
        Figure creators = Share(ActivityDefinitions.CreatorShare, _ => Counted(posting));
        Figure contributors = Share(ActivityDefinitions.ContributorShare, _ => Counted(_actors.Count - posting));
        return new ChannelActivity(_id, AudienceGrowth(), Stickiness(), ServiceLevel(dialogue), absence, gini, creators, contributors, Share(ActivityDefinitions.SilentShare, Silent));
    }

    private static bool IsCreator(IEnumerable<Interaction> interactions)
    {
        foreach (Interaction interaction in interactions)
        {
            if (interaction.Class is InteractionClass.Authorship) return true;
        }

        return false;
    }

    private static FigureTerm Term(string name, long number) => new(name, Quantity.Exact(number), Quantity.From(Count.NotApplicable));

    /// <summary>A number of actors: at least so many where some have no name.</summary>
    private Quantity Counted(long number) => Quantity.From(_isSilent ? Count.Missing : _nameless > 0 ? Count.Partial(number) : Count.Observed(number));

    private Figure Made(Definition definition, Quantity top, Quantity bottom, IntervalEstimate? interval, IEnumerable<Caveat> about, FigureDetail? detail = null, Ratio? refused = null)
    {
        Ratio ratio = refused ?? FigureParts.Divide(top, bottom);
        if (definition.Interval is IntervalMethod.Wilson && ratio.IsDefined) interval = FigureParts.Proportion(top, bottom, _confidence);
        if (ratio.IsDefined && interval is null)
        {
            about = about.Append(definition.Interval is null
                ? Caveats.NoInterval("none belongs to this metric", "Zu dieser Kennzahl gehört keines")
                : definition.Interval is IntervalMethod.Wilson ? Caveats.NoIntervalOfOpenCounts()
                : Caveats.NoInterval("too few actors to judge by", "zu wenige Handelnde, aus denen es sich ergäbe"));
        }

        IEnumerable<Caveat> open = FigureParts.Openness(top, bottom, Caveats.PartAtLeast());
        return new Figure(definition, _period, _id, top, bottom, ratio, FigureParts.Rounding(ratio, top, bottom), ratio.IsDefined ? interval : null, [.. about, .. open], detail);
    }

    /// <summary>The audiences of the channels at the start and at the end, of those that are known at both. What was last counted by the start says nothing of the end: a gap is missing, not 0.</summary>
    private Growth AudienceGrowth()
    {
        if (_period.IntervalsIn(Zone) is not [var first, ..] runs) return new Growth(ActivityDefinitions.AudienceGrowth, _id, _period, default, default, 0, []);
        (Instant start, Instant end) = (first.Start, runs[^1].End);
        AudienceSnapshot? Newest(Channel channel, Instant until, Instant after) => channel.LivesIn(_period) && _portfolio.AudienceOf(channel.Id).AsOf(until) is { } newest && newest.AsOf > after ? newest : null;
        (AudienceSnapshot? Start, AudienceSnapshot? End, ChannelId Channel)[] ends = [.. _channels.Select(channel => (Newest(channel, start, start - ((end - start) / 2) - Duration.Epsilon), Newest(channel, end, start), channel.Id))];
        var known = ends.Where(end => end.Start?.Size.HasValue is true && end.End?.Size.HasValue is true).ToArray();
        var about = new List<Caveat>();
        if (known.Length < ends.Length && ends.Length > 1) about.Add(Caveats.ChannelsLeftOut([.. ends.Except(known).Select(end => end.Channel)], ends.Length));
        if (known.Length > 1)
        {
            about.Add(Caveats.GrossCountsTwice());
            UnitOfCount[] units = [.. known.SelectMany(one => new[] { one.Start!.Unit, one.End!.Unit }).Distinct()];
            if (units.Length > 1) about.Add(Caveats.MixedUnits(units));
        }

        if (known.Length == 0) known = [.. ends.Take(1)];
        about.AddRange(from one in known
                       let date = one.Start?.AsOf.InZone(Zone).Date
                       where date < _period.From
                       select _channels.Length == 1 ? Caveats.StartOld(date.Value) : Caveats.Of(one.Channel, Caveats.StartOld(date.Value)));
        Quantity Sum(Func<(AudienceSnapshot? Start, AudienceSnapshot? End, ChannelId Channel), AudienceSnapshot?> end) => Quantity.From(known.Length == 0 ? Count.Missing : Count.Sum(known.Select(one => end(one)?.Size ?? Count.Missing)));
        return new Growth(ActivityDefinitions.AudienceGrowth, _id, _period, Sum(end => end.Start), Sum(end => end.End), _period.Days / 7.0, about);
    }

    /// <summary>The mean of the distinct actors of a day over those of the period; its interval is of a mean over actors of the share of days on which each was active.</summary>
    private Figure Stickiness()
    {
        LocalDate[] days = [.. _period.DaysIn(Zone)];
        (int[] actorsOn, int[] activeDays) = CountDays();
        FigureDetail detail = FigureDetail.None.With([.. days.Select(day => Term(LocalDatePattern.Iso.Format(day), actorsOn[NumberOf(day)]))], "Days", "Tage");
        double daily = days.Length == 0 ? 0 : (double)activeDays.Sum() / days.Length;

        // Both parts are open where an actor has no name, so that the quotient says nothing.
        Quantity mean = _isSilent || _nameless > 0 ? Counted(0) : Quantity.Exact(daily);
        IntervalEstimate? interval = null;
        if (mean.State is CountState.Observed && activeDays.Length > 1)
        {
            double[] shares = [.. activeDays.Select(own => (double)own / days.Length)];
            IntervalEstimate jackknife = RatioIntervals.Jackknife(shares, [.. shares.Select(_ => 1.0)], _confidence);
            if (jackknife.Upper > jackknife.Lower) interval = new IntervalEstimate(Math.Max(0, jackknife.Lower), Math.Min(1, jackknife.Upper), _confidence, jackknife.Method);
        }

        return Made(ActivityDefinitions.Stickiness, mean, Counted(_actors.Count), interval, _about, detail);
    }

    /// <summary>The distinct actors of each day, and the distinct days of each actor.</summary>
    private (int[] ActorsOn, int[] ActiveDays) CountDays()
    {
        int[] actorsOn = new int[_period.Days];
        int[] activeDays = new int[_actors.Count];

        // The actor that was counted last on each day: actor after actor, none is counted there twice.
        int[] lastOn = new int[actorsOn.Length];
        int actor = 0;
        foreach (IGrouping<ActorId, Interaction> own in _actors)
        {
            actor++;
            foreach (Interaction interaction in own)
            {
                int day = NumberOf(interaction.At.InZone(Zone).Date);
                if (lastOn[day] == actor) continue;
                lastOn[day] = actor;
                actorsOn[day]++;
                activeDays[actor - 1]++;
            }
        }

        return (actorsOn, activeDays);
    }

    private int NumberOf(LocalDate day) => Period.DaysBetween(_period.From, day);

    /// <summary>Posts and questions of others, and how many of them were answered.</summary>
    private Figure ServiceLevel(DialogueFacts dialogue)
    {
        long asked = 0;
        long answered = 0;
        var unlinked = new List<ChannelId>();
        foreach (Channel channel in _channels)
        {
            Exchange[] own = [.. dialogue.ExchangesOf(channel.Id).Where(exchange => dialogue.Rows.Interactions[exchange.Asked].Kind is InteractionKind.Post or InteractionKind.Question)];
            asked += own.Length;
            answered += own.Count(exchange => exchange.IsAnswered);
            if (own.Length > 0 && dialogue.Unlinked.Contains(channel.Id)) unlinked.Add(channel.Id);
        }

        // Replies that do not name what they reply to do not say that nothing was answered; on other channels that is known.
        bool isLinked = _channels.Any(channel => _portfolio.InteractionsOf(channel.Id).Count > 0 && !dialogue.Unlinked.Contains(channel.Id));
        Count replied = _isSilent || (unlinked.Count > 0 && !isLinked) ? Count.Missing : unlinked.Count > 0 ? Count.Partial(answered) : Count.Observed(answered);
        Caveat[] about = [_about[0], .. unlinked.Select(channel => _channels.Length == 1 ? Caveats.ReplyLinksMissing() : Caveats.Of(channel, Caveats.ReplyLinksMissing()))];
        return Made(ActivityDefinitions.ServiceLevel, Quantity.From(replied), Quantity.From(_isSilent ? Count.Missing : Count.Observed(asked)), null, about);
    }

    /// <summary>A part of the audience; none where more act than it holds, because then they are not among it.</summary>
    private Figure Share(Definition definition, Func<Quantity, Quantity> partOf)
    {
        Quantity audience = Audience(out IEnumerable<Caveat> about);
        if (_isSilent || audience.Value is not > 0 || _actors.Count <= audience.Value) return Made(definition, partOf(audience), audience, null, about);
        Quantity part = partOf(audience);
        about = about.Append(_actors.Count > audience.Upper ? Caveats.PartExceedsWhole("more actors than the audience holds", "Mehr Handelnde, als das Publikum umfasst") : Caveats.MayExceedWhole());
        return Made(definition, part, audience, null, about, refused: Ratio.OfUndefined(UndefinedReason.PartExceedsWhole, part.Value ?? 0, audience.Value.Value));
    }

    /// <summary>The audience without those who act; missing where they are more.</summary>
    private Quantity Silent(Quantity audience)
    {
        long active = _actors.Count;
        if (_isSilent || _nameless > 0 || audience is not { Value: { } size, Lower: { } least, Upper: { } most } || active > size) return default;
        return Quantity.From(audience.State is CountState.Observed ? Count.Observed((long)size - active) : Count.Rounded((long)size - active, (long)Math.Max(0, least - active), (long)most - active));
    }

    /// <summary>The newest audience of one channel; the audiences of several do not unite.</summary>
    private Quantity Audience(out IEnumerable<Caveat> about)
    {
        about = _about;
        if (_channels is not [var only]) return default;
        AudienceSnapshot? audience = only.LivesIn(_period) ? _portfolio.AudienceOf(only.Id).Latest(_period, Zone) : null;
        if (audience?.Size.HasValue is not true) about = about.Append(Caveats.AudienceMissing(audience));
        return Quantity.From(audience?.Size ?? Count.Missing);
    }
}
