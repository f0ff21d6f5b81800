using System.Buffers;
using System.Globalization;
using Engagement.Core.Logs;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Core;

/// <summary>Does anybody talk with anybody? Conversations, response, reciprocity and who carries the dialogue, of every channel of a portfolio, or over columns.</summary>
/// <remarks>
/// <para>Immutable and safe to share between threads. For conversations one by one use <see cref="Conversation.Find"/>; for response times in hand <see cref="ResponseTimes.Of"/>.</para>
/// <para>
/// A conversation is what reply links tie together. Each comment, question, mention, direct message and post of an outsider starts a clock, which the first message of the organisation or its staff in that conversation stops, by whatever chain of replies it hangs there;
/// where we began the conversation, only a message in the same branch does: who answers one comment on our own post has not answered the others. What is unanswered when observation ends is censored.
/// </para>
/// <para>
/// Left out: bots, replies of ours to ours (of the organisation or staff to either), and what an actor answers to himself. Links to what is unknown, later, on another channel or in a circle are not followed, and a caveat counts them.
/// A conversation counts in a period when a message of it falls there; who spoke before is known, and does not count.
/// </para>
/// <para>Undefined, with the reason, when nothing is known of interactions, or the denominator is 0; what hangs on reply links also where messages of ours follow a question, and none of ours on that channel names what it replies to: what was answered is then missing, not 0.</para>
/// <example><c>new DialogueCalculator(deadline: Duration.FromHours(24)).Calculate(portfolio, LocalPeriod.Month(2014, 11)).Response.MedianHours</c></example>
/// </remarks>
public sealed class DialogueCalculator
{
    private static readonly UniverseId StaffId = new("staff");

    private readonly BusinessHours? _hours;
    private readonly Duration? _deadline;
    private readonly UniverseId _staff;
    private readonly double _confidence;

    /// <summary>A calculator.</summary>
    /// <param name="hours">The hours in which response time runs; all hours by default.</param>
    /// <param name="deadline">The time within which an answer counts for the response rate; none by default. Counted in <paramref name="hours"/>, if given.</param>
    /// <param name="staff">The staff's universe; by default the one with the id <c>staff</c>.</param>
    /// <param name="confidence">The confidence level of the intervals, between 0 and 1, both excluded.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deadline is not positive, or the confidence is not between 0 and 1.</exception>
    public DialogueCalculator(BusinessHours? hours = null, Duration? deadline = null, UniverseId staff = default, double confidence = 0.95)
    {
        if (deadline <= Duration.Zero) throw Guard.OutOfRange(nameof(deadline), deadline, "must be longer than 0", "pass Duration.FromHours(24) for a day, or none");
        Guard.Confidence(confidence);
        (_hours, _deadline, _staff, _confidence) = (hours, deadline, staff.IsNone ? StaffId : staff, confidence);
    }

    /// <summary>Conversations and response over columns of one channel, in one pass.</summary>
    /// <remarks>Memory, from the pool: 4 B per row, 16 B per conversation and per branch under a post of ours, and 8 B per message that calls for an answer; besides, the curve of <see cref="DialogueTotals.Response"/>. The deadline is not used here: ask <see cref="ResponseTimes.ShareWithin"/>.</remarks>
    /// <param name="times">When: milliseconds since 1970-01-01T00:00:00Z, never falling.</param>
    /// <param name="replyTo">The row that each replies to; −1 for none. A number that is no row is a reply to something unknown.</param>
    /// <param name="kinds">What: the numbers of <see cref="InteractionKind"/>.</param>
    /// <param name="roles">As whom: the numbers of <see cref="ActorRole"/>.</param>
    /// <param name="actors">Who, −1 where not known; empty when nobody is known.</param>
    /// <param name="observedUntil">When observation ended, in the same milliseconds; not before the last row.</param>
    /// <param name="zone">The zone of the business hours; null without them.</param>
    /// <returns>Totals over all rows.</returns>
    /// <exception cref="ArgumentException">The columns differ in length, or there are business hours and no zone.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is earlier than the one before it, observation ends before the last row, a moment lies outside the years −9998 to 9999, or a kind or role is unspecified or unknown; the error names the row.</exception>
    public DialogueTotals Calculate(ReadOnlySpan<long> times, ReadOnlySpan<int> replyTo, ReadOnlySpan<byte> kinds, ReadOnlySpan<byte> roles, ReadOnlySpan<int> actors, long observedUntil, DateTimeZone? zone) =>
        Calculate(times, replyTo, null, kinds, roles, actors, observedUntil, zone);

    /// <summary>The same with the further rows that rows reply to; null where none does.</summary>
    internal DialogueTotals Calculate(ReadOnlySpan<long> times, ReadOnlySpan<int> replyTo, IReadOnlyDictionary<int, int[]>? alsoReplyTo, ReadOnlySpan<byte> kinds, ReadOnlySpan<byte> roles, ReadOnlySpan<int> actors, long observedUntil, DateTimeZone? zone)
    {
        Guard.SameLength(times.Length, nameof(times), replyTo.Length, nameof(replyTo));
        Guard.SameLength(times.Length, nameof(times), kinds.Length, nameof(kinds));
        Guard.SameLength(times.Length, nameof(times), roles.Length, nameof(roles));
        if (!actors.IsEmpty) Guard.SameLength(times.Length, nameof(times), actors.Length, nameof(actors));
        if (_hours is not null && zone is null) throw new ArgumentException("zone must be given with business hours: pass the organisation's time zone.", nameof(zone));
        Check(times, kinds, roles, observedUntil);

        return Totals(new ConversationColumns { Times = times, ReplyTo = replyTo, AlsoReplyTo = alsoReplyTo is { Count: > 0 } ? alsoReplyTo : null, Kinds = kinds, Roles = roles, Actors = actors }, observedUntil, zone);
    }

    /// <summary>Conversations and response over a log: the same answer as through its interactions one by one.</summary>
    /// <remarks>In one pass where the rows are in order of time, and none replies to a row of its own moment below it; else the rows are put in order first, through objects. A reply to what is not in it is not followed, and counted.</remarks>
    /// <param name="log">The log, of one channel or several; links across channels are not followed.</param>
    /// <param name="observedUntil">When observation ended; not before the last row.</param>
    /// <param name="zone">The zone of the business hours; null without them.</param>
    /// <returns>Totals over all rows.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> is null.</exception>
    /// <exception cref="ArgumentException">There are business hours and no zone.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Observation ends before the last row.</exception>
    /// <exception cref="InvalidOperationException">A row's time lies outside the years −9998 to 9999, where no <see cref="Instant"/> does.</exception>
    /// <exception cref="OverflowException">The log has more than 2³¹ − 1 rows.</exception>
    /// <example><c>new DialogueCalculator().Calculate(log, until, zone: null).Response.MedianHours</c></example>
    public DialogueTotals Calculate(InteractionLog log, Instant observedUntil, DateTimeZone? zone)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (_hours is not null && zone is null) throw new ArgumentException("zone must be given with business hours: pass the organisation's time zone.", nameof(zone));
        ConversationColumns columns = LogColumns.Of(log);
        if (!columns.Times.IsEmpty && columns.Times[0] < InteractionLog.Earliest) throw InteractionLog.NoMoment(columns.Times[0], 0);
        if (!columns.Times.IsEmpty && columns.Times[^1] > InteractionLog.Latest) throw InteractionLog.NoMoment(columns.Times[^1], columns.Times.Length - 1);
        long until = observedUntil.ToUnixTimeMilliseconds();
        if (!columns.Times.IsEmpty && until < columns.Times[^1]) throw Guard.OutOfRange(nameof(observedUntil), InstantPattern.ExtendedIso.Format(observedUntil), $"must not lie before the last row ({InstantPattern.ExtendedIso.Format(Instant.FromUnixTimeMilliseconds(columns.Times[^1]))})", "pass the moment up to which the log is complete, or a shorter log");
        return Totals(columns, until, zone);
    }

    /// <summary>Dialogue on each channel of a portfolio, and on all together, observed until the period's end.</summary>
    /// <param name="portfolio">The facts.</param>
    /// <param name="period">The days.</param>
    /// <returns>All channels together, with each channel's own result in the order of the portfolio.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="portfolio"/> is null.</exception>
    /// <exception cref="ArgumentException">The portfolio holds an id twice.</exception>
    /// <exception cref="OverflowException">A sum of counts exceeds 2⁶³ − 1.</exception>
    public DialogueResult Calculate(Portfolio portfolio, LocalPeriod period)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        return Calculate(portfolio, period, period.IntervalsIn(portfolio.Organisation.TimeZone) is [.., var last] ? last.End : Instant.FromUnixTimeMilliseconds(0));
    }

    /// <summary>Dialogue on each channel of a portfolio, and on all together.</summary>
    /// <param name="portfolio">The facts.</param>
    /// <param name="period">The days.</param>
    /// <param name="observedUntil">When observation ended. A moment after the period lets later answers count, one within it is right where the facts end there; nothing from it on counts.</param>
    /// <returns>All channels together, with each channel's own result in the order of the portfolio.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="portfolio"/> is null.</exception>
    /// <exception cref="ArgumentException">The portfolio holds an id twice.</exception>
    /// <exception cref="OverflowException">A sum of counts exceeds 2⁶³ − 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Observation ends before the period begins.</exception>
    public DialogueResult Calculate(Portfolio portfolio, LocalPeriod period, Instant observedUntil)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        portfolio.RequireUniqueIds();
        if (period.IntervalsIn(portfolio.Organisation.TimeZone) is [var first, ..] && observedUntil < first.Start)
        {
            throw Guard.OutOfRange(nameof(observedUntil), InstantPattern.ExtendedIso.Format(observedUntil), $"must not lie before the period begins ({InstantPattern.ExtendedIso.Format(first.Start)})", "pass the moment up to which the facts are known");
        }

        var facts = new DialogueFacts(portfolio, period, observedUntil, _hours);
        return Of(facts, null, observedUntil);
    }

    private DialogueTotals Totals(in ConversationColumns columns, long observedUntil, DateTimeZone? zone)
    {
        using var pass = ConversationPass.Over(columns);
        var clock = WorkingClock.Of(_hours, zone ?? DateTimeZone.Utc, columns.Times.IsEmpty ? observedUntil : columns.Times[0], observedUntil);
        return new DialogueTotals(pass, Response(pass.Exchanges, columns.Times, clock, observedUntil));
    }

    private static void Check(ReadOnlySpan<long> times, ReadOnlySpan<byte> kinds, ReadOnlySpan<byte> roles, long observedUntil)
    {
        const string Rule = "must lie in the years -9998 to 9999";
        const string Cure = "pass milliseconds since 1970-01-01T00:00:00Z";
        long previous = long.MinValue;
        for (int row = 0; row < times.Length; row++)
        {
            if (times[row] < previous) throw Guard.OutOfRange(Name("times", row), times[row], $"must not lie before the row above it ({Guard.Text(previous)})", "put the rows in order of time");
            if (kinds[row] == 0 || kinds[row] >= DialogueTraits.Kinds) throw Guard.OutOfRange(Name("kinds", row), kinds[row], "must be the number of an InteractionKind", "pass (byte)InteractionKind.Comment and its like");
            if (roles[row] == 0 || roles[row] >= DialogueTraits.Roles) throw Guard.OutOfRange(Name("roles", row), roles[row], "must be the number of an ActorRole", "pass (byte)ActorRole.Member and its like");
            previous = times[row];
        }

        if (!times.IsEmpty && times[0] < InteractionLog.Earliest) throw Guard.OutOfRange(Name("times", 0), times[0], Rule, Cure);
        if (!times.IsEmpty && times[^1] > InteractionLog.Latest) throw Guard.OutOfRange(Name("times", times.Length - 1), times[^1], Rule, Cure);
        if (observedUntil < InteractionLog.Earliest || observedUntil > InteractionLog.Latest) throw Guard.OutOfRange(nameof(observedUntil), observedUntil, Rule, Cure);
        if (observedUntil < previous) throw Guard.OutOfRange(nameof(observedUntil), observedUntil, $"must not lie before the last row ({Guard.Text(previous)})", "pass the moment up to which the rows are complete, or fewer rows");

        static string Name(string column, int row) => string.Create(CultureInfo.InvariantCulture, $"{column}[{row}]");
    }

    private ResponseTimes Response(ReadOnlySpan<Exchange> exchanges, ReadOnlySpan<long> times, WorkingClock clock, long until)
    {
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(exchanges.Length);
        try
        {
            // Who asked first waits longest: from the back, what is unanswered comes in order where the exchanges do, and need not be sorted.
            int answered = 0;
            int unanswered = exchanges.Length;
            foreach (ref readonly Exchange exchange in exchanges)
            {
                if (exchange.IsAnswered) keys[answered++] = SurvivalCurve.Key(clock.Elapsed(times[exchange.Asked], times[exchange.Answered]), isEvent: true);
                else keys[--unanswered] = SurvivalCurve.Key(clock.Elapsed(times[exchange.Asked], until), isEvent: false);
            }

            return new ResponseTimes(SurvivalCurve.OfKeys(keys.AsSpan(0, answered), keys.AsSpan(answered, exchanges.Length - answered)), _hours, _confidence);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(keys);
        }
    }

    /// <summary>The dialogue of a channel; of all channels together for none.</summary>
    private DialogueResult Of(DialogueFacts all, Channel? channel, Instant observedUntil)
    {
        ChannelId id = channel?.Id ?? default;
        DialogueScope facts = all.Of(channel is null ? all.Portfolio.Channels : [channel]);
        var about = new List<Caveat>(facts.About());
        if (channel?.SubBrand is { } subBrand) about.Add(Caveats.SubBrand(subBrand));
        if (channel is null && all.Strangers > 0) about.Add(Caveats.FactsWithoutChannel(all.Strangers));
        if (_hours is not null) about.Add(Caveats.InBusinessHours(_hours.Text(Language.English), _hours.Text(Language.German)));

        Figure Make(Definition definition, Quantity top, Quantity bottom, IntervalEstimate? interval, IEnumerable<Caveat> more, Caveat? atLeast = null)
        {
            Ratio ratio = FigureParts.Divide(top, bottom);
            if (ratio.IsDefined && definition.Scale == 100 && ratio.Numerator > ratio.Denominator) (ratio, more) = (MemberCoverage.Share(ratio.Numerator, ratio.Denominator), more.Append(Caveats.PartExceedsWhole("the part is larger than its whole", "Der Teil ist größer als das Ganze")));
            return new Figure(definition, all.Period, id, top, bottom, ratio, FigureParts.Rounding(ratio, top, bottom), ratio.IsDefined ? interval : null, [.. more, .. FigureParts.Openness(top, bottom, atLeast ?? Caveats.PartAtLeast())]);
        }

        Figure Proportion(Definition definition, Quantity part, Quantity whole, IEnumerable<Caveat> more, Caveat? atLeast = null)
        {
            IntervalEstimate? interval = FigureParts.Proportion(part, whole, _confidence);
            Caveat[] own = [.. more, .. facts.IsKnown || definition == DialogueDefinitions.StaffParticipation ? facts.LeftOut() : [Caveats.InteractionsMissing()]];
            Figure figure = Make(definition, part, whole, interval, own, atLeast);
            return figure.Ratio.IsDefined && interval is null ? Make(definition, part, whole, null, [.. own, Caveats.NoIntervalOfOpenCounts()], atLeast) : figure;
        }

        Quantity Number(long count) => Quantity.From(facts.IsKnown ? Count.Observed(count) : Count.Missing);

        ResponseTimes response = Response(facts.Exchanges, all.Times, all.Clock, all.Until);
        var figures = new DialogueFigures(
            ResponseRate: _deadline is { } deadline ? WithinDeadline(deadline) : Proportion(DialogueDefinitions.ResponseRate, facts.Linked(response.Answered, facts.AreAnswersOpen), Number(response.Answerable), facts.LinksMissing(facts.AreAnswersOpen)),
            Reciprocity: Proportion(DialogueDefinitions.Reciprocity, facts.Linked(facts.Reciprocal, facts.IsReciprocityOpen), Number(facts.WithOutsideTurn), facts.LinksMissing(facts.IsReciprocityOpen)),
            DialogueShare: Make(DialogueDefinitions.DialogueShare, facts.Dialogue, facts.AllInteractions, null, facts.SharesCaveats()),
            TurnsPerConversation: Turns(),
            BegunByOutsiders: Proportion(DialogueDefinitions.BegunByOutsiders, facts.Linked(facts.BegunByOutsiders, facts.AreConversationsOpen), facts.Linked(facts.Turns.Length, facts.AreConversationsOpen), facts.LinksMissing(facts.AreConversationsOpen)),
            StaffParticipation: Staff(),
            RepliesByStaff: RepliesByStaff());
        return new DialogueResult(channel, all.Period, observedUntil, facts, response, figures, channel is null ? all.Portfolio.Channels.Select(one => Of(all, one, observedUntil)) : [], about);

        Figure WithinDeadline(Duration limit)
        {
            long most = (long)Math.Floor(limit.TotalMilliseconds);
            int answered = 0;
            int answerable = 0;
            bool isOpen = false;
            foreach (Exchange exchange in facts.Exchanges)
            {
                long asked = all.Times[exchange.Asked];
                if (all.Clock.Elapsed(asked, all.Until) < most) continue;
                answerable++;
                isOpen |= facts.AreAnswersOpen && facts.IsUnlinked(exchange.Asked);
                if (exchange.IsAnswered && all.Clock.Elapsed(asked, all.Times[exchange.Answered]) <= most) answered++;
            }

            Caveat[] more = answerable < facts.Exchanges.Length ? [Caveats.DeadlineNotElapsed(facts.Exchanges.Length - answerable, facts.Exchanges.Length)] : [];
            return Proportion(DialogueDefinitions.ResponseRateWithin(limit, _hours), facts.Linked(answered, isOpen), Number(answerable), [.. more, .. facts.LinksMissing(isOpen)]);
        }

        Figure Turns()
        {
            double[] turns = [.. facts.Turns.Select(count => (double)count)];
            double[] ones = [.. turns.Select(_ => 1.0)];
            IntervalEstimate? interval = turns.Length > 1 && RatioIntervals.TryJackknife(turns, ones, out IntervalEstimate jackknife, _confidence) ? jackknife : null;
            bool isOpen = facts.AreConversationsOpen;
            IEnumerable<Caveat> more = !facts.IsKnown ? [Caveats.InteractionsMissing()] : isOpen ? facts.LinksMissing(isOpen) : turns.Length == 1 ? [Caveats.NoInterval("one conversation has no spread", "Ein einziges Gespräch hat keine Streuung")] : [];
            return Make(DialogueDefinitions.TurnsPerConversation, facts.Linked(facts.Turns.Sum(count => (long)count), isOpen), facts.Linked(turns.Length, isOpen), interval, more);
        }

        Figure RepliesByStaff()
        {
            bool isOpen = facts.AreRepliesOpen;
            IEnumerable<Caveat> more = !facts.IsKnown ? [Caveats.InteractionsMissing()] : isOpen ? facts.LinksMissing(isOpen) : facts.Replies > 0 ? [Caveats.NoIntervalOfDependent()] : [];
            return Make(DialogueDefinitions.RepliesByStaff, facts.Linked(facts.RepliesByStaff, isOpen), facts.Linked(facts.Replies, isOpen), null, more);
        }

        Figure Staff()
        {
            Universe? universe = all.Portfolio.UniverseOf(_staff);
            UniverseSize? size = universe?.Latest(all.Period, all.Portfolio.Organisation.TimeZone);
            var more = new List<Caveat>();
            if (size is null) more.Add(Caveats.UniverseMissing(universe?.Id.Value ?? _staff.Value));
            if (!facts.IsKnown) more.Add(Caveats.InteractionsMissing());
            Quantity active = Quantity.From(!facts.IsKnown ? Count.Missing : facts.StaffWithoutName > 0 ? Count.Partial(facts.ActiveStaff) : Count.Observed(facts.ActiveStaff));
            return Proportion(DialogueDefinitions.StaffParticipation, active, Quantity.From(size?.Size ?? Count.Missing), more, Caveats.StaffUnknown(facts.StaffWithoutName));
        }
    }
}
