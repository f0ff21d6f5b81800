using NodaTime;

namespace Engagement.Core;

/// <summary>Who talks with whom in a period: on all channels together, with each <see cref="Channels">channel's</see> own result, or on one channel.</summary>
/// <remarks>Immutable; equality is by value; no order. Every figure says by its reason and caveats why it has no value.</remarks>
public sealed record DialogueResult
{
    private readonly ValueList<Count> _begun;
    private readonly bool _areAnswersOpen;

    internal DialogueResult(Channel? channel, LocalPeriod period, Instant observedUntil, DialogueScope facts, ResponseTimes response, DialogueFigures figures, IEnumerable<DialogueResult> channels, IEnumerable<Caveat> caveats)
    {
        (Channel, Period, ObservedUntil, Response) = (channel, period, observedUntil, response);
        (Level, Example, Feedback) = (facts.Level, facts.Example, facts.Feedback);
        (ResponseRate, Reciprocity, DialogueShare, TurnsPerConversation) = (figures.ResponseRate, figures.Reciprocity, figures.DialogueShare, figures.TurnsPerConversation);
        (BegunByOutsiders, StaffParticipation, RepliesByStaff) = (figures.BegunByOutsiders, figures.StaffParticipation, figures.RepliesByStaff);
        _areAnswersOpen = facts.AreAnswersOpen;
        Carriers = new ValueList<(ActorId Actor, ActorRole Role, int Messages)>(facts.Carriers);
        Channels = new ValueList<DialogueResult>(channels);

        // Where one channel has no log, those with one say "at least".
        Published = Together(one => one.Published, facts.Published);
        OutsideMessages = Together(one => one.OutsideMessages, facts.OutsideMessages);
        Conversations = Together(one => one.Conversations, facts.Conversations);
        AnsweredConversations = Together(one => one.AnsweredConversations, facts.AnsweredConversations);
        RoundTrips = Together(one => one.RoundTrips, facts.RoundTrips);
        _begun = new(facts.Begun.Select((own, role) => Together(one => one._begun[role], own)));
        Caveats = new ValueList<Caveat>(caveats.Distinct());
    }

    /// <summary>The channel; null for all channels together.</summary>
    public Channel? Channel { get; }

    /// <summary>The result of each channel, in the order of the portfolio; none in the result of one channel.</summary>
    public IReadOnlyList<DialogueResult> Channels { get; }

    /// <summary>The days that the result is of.</summary>
    public LocalPeriod Period { get; }

    /// <summary>When observation ended: what was unanswered then is censored.</summary>
    public Instant ObservedUntil { get; }

    /// <summary>How far the channel has come from publishing to dialogue.</summary>
    public DialogueLevel Level { get; }

    /// <summary>Evidence of <see cref="Level"/>: what we put out, publications and messages of ours that nobody asked for. Of a channel without a log its publications alone. Missing where neither publications nor interactions of the channel are listed at any time; over several channels at least so many where that holds of one.</summary>
    public Count Published { get; }

    /// <summary>Evidence of <see cref="Level"/>: reactions, conversation and redistribution by outsiders, what is logged and what platforms count without telling who. Missing where neither is known, and at least so many where that holds of some publications or channels.</summary>
    public Count Feedback { get; }

    /// <summary>Evidence of <see cref="Level"/>: messages from outside. Missing where no interaction of the channel is listed at any time, which is not 0; over several channels at least so many where that holds of one.</summary>
    public Count OutsideMessages { get; }

    /// <summary>Evidence of <see cref="Level"/>: conversations in which we replied to an outsider. Missing as <see cref="OutsideMessages"/> is, and where no reply of ours names what it replies to.</summary>
    public Count AnsweredConversations { get; }

    /// <summary>Evidence of <see cref="Level"/>: conversations in which an outsider came back after our reply. Missing where <see cref="AnsweredConversations"/> is.</summary>
    public Count RoundTrips { get; }

    /// <summary>Evidence of <see cref="Level"/>: the root of the first conversation that proves it; none where no conversation does.</summary>
    public InteractionId Example { get; }

    /// <summary>How many conversations have a message in the period. Missing where no interaction of the channel is listed at any time, and where no reply of ours names what it replies to: each message would be a conversation of its own.</summary>
    public Count Conversations { get; }

    /// <summary>How long outsiders wait for an answer, as far as replies name what they reply to; where they do not (ENG1501), nothing counts as answered here, and the figures have no value.</summary>
    public ResponseTimes Response { get; }

    /// <summary>The median of <see cref="Response"/> in hours with its log-log limits; no value where it is not reached. A limit that is not reached leaves no interval: see <see cref="ResponseTimes.MedianHours"/>.</summary>
    public Figure MedianResponseTime => OfCurve(
        DialogueDefinitions.MedianResponseTimeIn(Response.Hours),
        Response.MedianHours.Value,
        Response.MedianHours is { Lower: { } lower, Upper: { } upper } median ? new IntervalEstimate(lower, upper, median.Confidence, median.Method) : null,
        Core.Caveats.NotReached(),
        Core.Caveats.NoInterval("a limit of it is not reached", "Eine Grenze ist nicht erreicht"),
        CurveDetail.OfMedian(Response));

    /// <summary>The vendors' median of <see cref="Response"/> in hours, of the answered ones alone; no value where none is answered.</summary>
    public Figure AnsweredOnlyMedianResponseTime => OfCurve(
        DialogueDefinitions.AnsweredOnlyMedianResponseTimeIn(Response.Hours),
        Response.AnsweredOnlyMedianHours,
        null,
        Core.Caveats.NotReached(),
        Core.Caveats.NoInterval("none belongs to this metric", "Zu dieser Kennzahl gehört keines"),
        CurveDetail.OfAnswered(Response));

    /// <summary>Answered over answerable; within the deadline, if there is one.</summary>
    public Figure ResponseRate { get; }

    /// <summary>Conversations with at least one reply each way over those with an outside turn.</summary>
    public Figure Reciprocity { get; }

    /// <summary>Conversation among all interactions.</summary>
    public Figure DialogueShare { get; }

    /// <summary>How often the word passes from one side to the other, per conversation.</summary>
    public Figure TurnsPerConversation { get; }

    /// <summary>The initiator mix in one figure: conversations begun by outsiders; see <see cref="BegunBy"/> for each role.</summary>
    public Figure BegunByOutsiders { get; }

    /// <summary>Distinct active staff over the staff's universe.</summary>
    public Figure StaffParticipation { get; }

    /// <summary>Our replies that staff wrote in person over all of ours.</summary>
    public Figure RepliesByStaff { get; }

    /// <summary>Who writes our replies to outsiders, as whom, and how many, most first; those who are not known stand together, once for each role.</summary>
    public IReadOnlyList<(ActorId Actor, ActorRole Role, int Messages)> Carriers { get; }

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<Caveat> Caveats { get; }

    /// <summary>The share answered within a time, by the curve of <see cref="Response"/>, with its log-log limits.</summary>
    /// <param name="time">The time, for example 24 hours; not negative. Counted in business hours where the calculator was given some.</param>
    /// <returns>The figure; without a value where nobody was observed so long.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public Figure ShareAnsweredWithin(Duration time) => OfCurve(
        DialogueDefinitions.ShareAnswered(time, Response.Hours),
        Response.ShareWithin(time),
        Response.IntervalOfShareWithin(time),
        Core.Caveats.NotObserved(),
        Core.Caveats.NoInterval("there is none before the first answer, nor after all are answered", "Vor der ersten Antwort und wenn alles beantwortet ist, gibt es keines"),
        CurveDetail.Of(Response, time));

    /// <summary>How many conversations of the period a role began.</summary>
    /// <param name="role">The role of the first message.</param>
    /// <returns>The number of conversations; missing where <see cref="Conversations"/> is.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The role is unspecified or unknown to the library.</exception>
    public Count BegunBy(ActorRole role) => _begun[(int)Guard.Known(role)];

    /// <summary>Level and response.</summary>
    /// <returns>For example <c>xing: Answered; 5 of 20 answered, median not reached (answered only: 0.88 h)</c>.</returns>
    public override string ToString() => $"{Channel?.Id.Value ?? "all channels"}: {Level}; {Response}";

    private Count Together(Func<DialogueResult, Count> of, Count own) => Channels.Count == 0 ? own : Count.Sum(Channels.Select(of));

    /// <summary>A figure that is read off the curve: it has itself and 1 as parts.</summary>
    private Figure OfCurve(Definition definition, double? value, IntervalEstimate? interval, Caveat withoutValue, Caveat withoutInterval, FigureDetail detail)
    {
        Quantity one = Quantity.Exact(1);

        // Where answers are missing, the curve takes what may have been answered for waiting: it says nothing. Why is among the caveats.
        if (_areAnswersOpen) return new Figure(definition, Period, Channel?.Id ?? default, default, one, FigureParts.Divide(default, one), null, null, Caveats);
        Quantity top = value is { } known ? Quantity.Exact(known) : Quantity.From(Count.Missing);
        IEnumerable<Caveat> more = value is null ? Response.Answerable > 0 ? [withoutValue] : [] : interval is null ? [withoutInterval] : [];
        return new Figure(definition, Period, Channel?.Id ?? default, top, one, FigureParts.Divide(top, one), null, value is null ? null : interval, [.. Caveats, .. more], detail);
    }
}
