using NodaTime;

namespace Engagement.Core;

/// <summary>Who talks with whom in a period: on all channels together, with each <see cref="Channels">channel's</see> own result, or on one channel.</summary>
/// <remarks>Immutable; equality is by value; no order. Every figure says by its reason and caveats why it has no value.</remarks>
public sealed record DialogueResult
{
    private readonly ValueList<int> _begun;

    internal DialogueResult(Channel? channel, DialogueLevel level, ResponseTimes response, IReadOnlyDictionary<ActorRole, int> begun)
    {
        (Channel, Level, Response) = (channel, level, response);
        _begun = new(Enum.GetValues<ActorRole>().Select(role => begun.GetValueOrDefault(role)));
    }

    /// <summary>The channel; null for all channels together.</summary>
    public Channel? Channel { get; }

    /// <summary>The result of each channel, in the order of the portfolio; none in the result of one channel.</summary>
    public required IReadOnlyList<DialogueResult> Channels { get; init; }

    /// <summary>The days that the result is of.</summary>
    public required LocalPeriod Period { get; init; }

    /// <summary>When observation ended: what was unanswered then is censored.</summary>
    public required Instant ObservedUntil { get; init; }

    /// <summary>How far the channel has come from publishing to dialogue.</summary>
    public DialogueLevel Level { get; }

    /// <summary>Evidence of <see cref="Level"/>: what we put out, publications and messages of ours that nobody asked for.</summary>
    public required int Published { get; init; }

    /// <summary>Evidence of <see cref="Level"/>: reactions, conversation and redistribution by outsiders, what is logged and what platforms count without telling who.</summary>
    public required Count Feedback { get; init; }

    /// <summary>Evidence of <see cref="Level"/>: messages from outside.</summary>
    public required int OutsideMessages { get; init; }

    /// <summary>Evidence of <see cref="Level"/>: conversations in which we replied to an outsider.</summary>
    public required int AnsweredConversations { get; init; }

    /// <summary>Evidence of <see cref="Level"/>: conversations in which an outsider came back after our reply.</summary>
    public required int RoundTrips { get; init; }

    /// <summary>Evidence of <see cref="Level"/>: the root of the first conversation that proves it; none where no conversation does.</summary>
    public required InteractionId Example { get; init; }

    /// <summary>How many conversations have a message in the period.</summary>
    public int Conversations => _begun.Sum();

    /// <summary>How long outsiders wait for an answer.</summary>
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
    public required Figure ResponseRate { get; init; }

    /// <summary>Conversations with at least one reply each way over those with an outside turn.</summary>
    public required Figure Reciprocity { get; init; }

    /// <summary>Conversation among all interactions.</summary>
    public required Figure DialogueShare { get; init; }

    /// <summary>How often the word passes from one side to the other, per conversation.</summary>
    public required Figure TurnsPerConversation { get; init; }

    /// <summary>The initiator mix in one figure: conversations begun by outsiders; see <see cref="BegunBy"/> for each role.</summary>
    public required Figure BegunByOutsiders { get; init; }

    /// <summary>Distinct active staff over the staff's universe.</summary>
    public required Figure StaffParticipation { get; init; }

    /// <summary>Our replies that staff wrote in person over all of ours.</summary>
    public required Figure RepliesByStaff { get; init; }

    /// <summary>Who writes our replies to outsiders, as whom, and how many, most first; those who are not known stand together, once for each role.</summary>
    public required IReadOnlyList<(ActorId Actor, ActorRole Role, int Messages)> Carriers { get; init; }

    /// <summary>What a reader must know.</summary>
    public required IReadOnlyList<Caveat> Caveats { get; init; }

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
    /// <returns>The number of conversations.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The role is unspecified or unknown to the library.</exception>
    public int BegunBy(ActorRole role) => _begun[(int)Guard.Known(role)];

    /// <summary>Level and response.</summary>
    /// <returns>For example <c>xing: Answered; 5 of 20 answered, median not reached</c>.</returns>
    public override string ToString() => $"{Channel?.Id.Value ?? "all channels"}: {Level}; {Response}";

    /// <summary>A figure that is read off the curve: it has itself and 1 as parts.</summary>
    private Figure OfCurve(Definition definition, double? value, IntervalEstimate? interval, Caveat withoutValue, Caveat withoutInterval, FigureDetail detail)
    {
        Quantity one = Quantity.Exact(1);
        Quantity top = value is { } known ? Quantity.Exact(known) : Quantity.From(Count.Missing);
        IEnumerable<Caveat> more = value is null ? Response.Answerable > 0 ? [withoutValue] : [] : interval is null ? [withoutInterval] : [];
        return new Figure(definition, Period, Channel?.Id ?? default, top, one, FigureParts.Divide(top, one), null, value is null ? null : interval, [.. Caveats, .. more], detail);
    }
}
