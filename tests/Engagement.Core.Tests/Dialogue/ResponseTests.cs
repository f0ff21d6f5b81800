using NodaTime;
using static Engagement.Core.Tests.Dialogue.Talk;

namespace Engagement.Core.Tests.Dialogue;

public class ResponseTests
{
    private static readonly Duration[] Answered = [.. new[] { 0.17, 0.75, 0.88, 2, 20 }.Select(hours => Duration.FromHours(hours))];

    [Fact]
    public void Five_of_twenty_answered_do_not_reach_the_median_whatever_the_vendors_say()
    {
        ResponseTimes response = ResponseTimes.Of(Answered, Enumerable.Repeat(Duration.FromDays(7), 15));
        Assert.Equal((20, 5, 15), (response.Answerable, response.Answered, response.Unanswered));
        Assert.Equal(0.88, response.AnsweredOnlyMedianHours!.Value, 1e-12);
        Assert.False(response.MedianHours.IsReached);
        Assert.Equal(0.15, response.ShareWithin(Duration.FromHours(1))!.Value, 1e-12);
        Assert.Equal(0.25, response.ShareWithin(Duration.FromHours(24))!.Value, 1e-12);
        Assert.Equal(0.25, response.ShareWithin(Duration.FromDays(7))!.Value, 1e-12);
        Assert.Null(response.ShareWithin(Duration.FromDays(8)));
        Assert.Equal(20, response.QuantileHours(0.22).Value!.Value, 1e-12);
        Assert.Equal("5 of 20 answered, median not reached (answered only: 0.88 h)", response.ToString());
    }

    [Fact]
    public void Were_all_of_them_answered_both_medians_would_agree()
    {
        ResponseTimes response = ResponseTimes.Of(Answered, []);
        Assert.Equal(0.88, response.MedianHours.Value!.Value, 1e-12);
        Assert.Equal(0.88, response.AnsweredOnlyMedianHours!.Value, 1e-12);
        Assert.Null(ResponseTimes.Of([], [Duration.FromHours(1)]).AnsweredOnlyMedianHours);
    }

    [Fact]
    public void The_limits_of_a_share_are_those_of_the_curve_turned_round()
    {
        ResponseTimes response = ResponseTimes.Of(Answered, Enumerable.Repeat(Duration.FromDays(7), 15));
        IntervalEstimate still = response.Curve.IntervalAt(86_400_000)!.Value;
        IntervalEstimate within = response.IntervalOfShareWithin(Duration.FromHours(24))!.Value;
        Assert.Equal((1 - still.Upper, 1 - still.Lower), (within.Lower, within.Upper));

        // By hand: S = 0.75, without censoring before s² = 5/(20·15) = 1/60; ln(−ln S) = −1.2459, z·s/|ln S| = 0.8796; exp(−exp(−2.1255)) = 0.8875 and exp(−exp(−0.3663)) = 0.4999.
        Assert.Equal(0.1125, within.Lower, 4);
        Assert.Equal(0.5001, within.Upper, 4);
        Assert.Null(response.IntervalOfShareWithin(Duration.FromDays(8)));
    }

    [Fact]
    public void Two_channels_are_told_apart_by_the_log_rank_test()
    {
        ResponseTimes quick = ResponseTimes.Of(Enumerable.Range(1, 20).Select(minutes => Duration.FromMinutes(minutes)), []);
        ResponseTimes slow = ResponseTimes.Of(Enumerable.Range(1, 20).Select(hours => Duration.FromHours(hours)), []);
        Assert.InRange(quick.LogRank(slow).PValue!.Value, 0, 1e-6);
        Assert.Equal(1, quick.LogRank(quick).PValue!.Value, 1e-9);
    }

    [Fact]
    public void Negative_durations_are_refused_by_name()
    {
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => ResponseTimes.Of([Duration.FromHours(-1)], []));
        Assert.StartsWith("answered (", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("must not be negative: check which of the two times comes first.", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("unanswered", () => ResponseTimes.Of([], [Duration.FromHours(-1)]));
        Assert.Throws<ArgumentOutOfRangeException>("time", () => ResponseTimes.Of(Answered, []).ShareWithin(Duration.FromHours(-1)));
    }

    [Fact]
    public void The_first_answer_of_the_organisation_or_its_staff_stops_the_clock()
    {
        ResponseTimes response = On(Ask("q", 0), Say("m", InteractionKind.Reply, ActorRole.Member, 10, "q"), Say("s", InteractionKind.Reply, ActorRole.Staff, 30, "q"), Answer("a", 60, "q")).Response;
        Assert.Equal((1, 1, 0.5), (response.Answerable, response.Answered, response.MedianHours.Value!.Value));
    }

    [Fact]
    public void An_answer_further_down_the_chain_answers_all_above_it()
    {
        ResponseTimes response = On(Ask("q", 0), Say("c", InteractionKind.Comment, ActorRole.NonMember, 10, "q"), Say("r", InteractionKind.Reply, ActorRole.NonMember, 15, "c"), Answer("a", 60, "r")).Response;
        Assert.Equal((2, 2), (response.Answerable, response.Answered));
        Assert.Equal([50 * 60_000L, 60 * 60_000L], response.Curve.Steps.Select(step => step.Duration));
    }

    [Fact]
    public void In_a_flat_thread_an_answer_to_the_opening_answers_what_stands_above_it_in_time()
    {
        ResponseTimes response = On(Ask("q", 0), Ask("q2", 10, "q"), Answer("a", 20, "q"), Ask("q3", 30, "q")).Response;
        Assert.Equal((3, 2, 1), (response.Answerable, response.Answered, response.Unanswered));
    }

    [Fact]
    public void Under_our_own_post_an_answer_to_one_comment_answers_no_other()
    {
        DialogueResult dialogue = On(
            Say("post", InteractionKind.Post, ActorRole.Organisation, 0), Say("own", InteractionKind.Comment, ActorRole.Organisation, 1, "post"),
            Say("c1", InteractionKind.Comment, ActorRole.Member, 10, "post"), Say("c2", InteractionKind.Comment, ActorRole.Member, 11, "post"), Say("c3", InteractionKind.Comment, ActorRole.Member, 12, "own"), Answer("a", 20, "c1"));
        Assert.Equal((3, 1), (dialogue.Response.Answerable, dialogue.Response.Answered));
        Assert.Equal(Count.Observed(1), dialogue.Conversations);
        Assert.Equal(Count.Observed(1), dialogue.BegunBy(ActorRole.Organisation));
    }

    [Theory]
    [InlineData(InteractionKind.Comment, true)]
    [InlineData(InteractionKind.Question, true)]
    [InlineData(InteractionKind.Mention, true)]
    [InlineData(InteractionKind.DirectMessage, true)]
    [InlineData(InteractionKind.Post, true)]
    [InlineData(InteractionKind.Reply, false)]
    [InlineData(InteractionKind.Quote, false)]
    [InlineData(InteractionKind.Like, false)]
    [InlineData(InteractionKind.Share, false)]
    [InlineData(InteractionKind.Follow, false)]
    public void Some_kinds_call_for_an_answer(InteractionKind kind, bool isAnswerable) => Assert.Equal(isAnswerable ? 1 : 0, On(Say("i", kind, ActorRole.Unknown, 0)).Response.Answerable);

    [Theory]
    [InlineData(ActorRole.Unknown, 1)]
    [InlineData(ActorRole.Member, 1)]
    [InlineData(ActorRole.NonMember, 1)]
    [InlineData(ActorRole.Organisation, 0)]
    [InlineData(ActorRole.Staff, 0)]
    [InlineData(ActorRole.Bot, 0)]
    public void Outsiders_alone_are_waited_for(ActorRole role, int answerable) => Assert.Equal(answerable, On(Say("i", InteractionKind.Question, role, 0)).Response.Answerable);

    [Fact]
    public void Bots_likes_and_the_asker_himself_give_no_answer()
    {
        ResponseTimes response = On(
            Ask("q", 0, actor: "anna"), Say("bot", InteractionKind.Reply, ActorRole.Bot, 1, "q"), Say("like", InteractionKind.Like, ActorRole.Organisation, 2, "q"), Say("self", InteractionKind.Reply, ActorRole.Staff, 3, "q", "anna")).Response;
        Assert.Equal((1, 0), (response.Answerable, response.Answered));
        Assert.Equal(1, On(Ask("q", 0, actor: "anna"), Say("self", InteractionKind.Reply, ActorRole.Staff, 3, "q", "anna"), Ask("q2", 4, "q", "ben"), Say("s", InteractionKind.Reply, ActorRole.Staff, 5, "q2", "anna")).Response.Answered);
    }

    [Fact]
    public void What_lies_before_its_question_or_elsewhere_is_no_answer_and_is_told()
    {
        DialogueResult dialogue = On(Ask("q", 0), Answer("early", -5, "q"), Ask("q2", 1), Say("x", InteractionKind.Reply, ActorRole.Organisation, 5, "q2", on: Ihk.Facebook), Answer("lost", 6, "nothing"), Ask("c1", 7, "c2"), Ask("c2", 8, "c1"));
        Assert.Equal((4, 0), (dialogue.Response.Answerable, dialogue.Response.Answered));
        Assert.Equal(["ENG1119", "ENG1201", "ENG1202", "ENG1204"], dialogue.Caveats.Select(caveat => caveat.Code).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        DialogueResult all = new DialogueCalculator().Calculate(Of(Ask("q2", 1), Say("x", InteractionKind.Reply, ActorRole.Organisation, 5, "q2", on: Ihk.Facebook)), Ihk.November);
        Assert.True(all.Channels[1].Caveats.Has(CaveatCodes.RepliesAcrossChannels) && all.Caveats.Has(CaveatCodes.RepliesAcrossChannels));
        Assert.False(all.Channels[0].Caveats.Has(CaveatCodes.RepliesAcrossChannels));
        Assert.Equal(0, all.Response.Answered);
    }

    [Fact]
    public void What_is_unanswered_waits_until_observation_ends()
    {
        Portfolio portfolio = Of(Ask("q", 0), Answer("a", 60 * 24 * 30, "q"));
        ResponseTimes byMonth = new DialogueCalculator().Calculate(portfolio, Ihk.November).Channels[0].Response;
        Assert.Equal(0, byMonth.Answered);

        // From 20 November 12:00 to the 1st of December 00:00 in Berlin.
        Assert.Equal((long)Duration.FromHours((10 * 24) + 12).TotalMilliseconds, byMonth.Curve.Longest);
        ResponseTimes longer = new DialogueCalculator().Calculate(portfolio, Ihk.November, Ihk.Noon + Duration.FromDays(60)).Channels[0].Response;
        Assert.Equal((1, 30 * 24.0), (longer.Answered, longer.MedianHours.Value!.Value));
        Assert.Equal(0, new DialogueCalculator().Calculate(portfolio, LocalPeriod.Month(2014, 12)).Channels[0].Response.Answerable);
        var early = Assert.Throws<ArgumentOutOfRangeException>(() => new DialogueCalculator().Calculate(portfolio, Ihk.November, Instant.FromUtc(2014, 10, 1, 0, 0)));
        Assert.StartsWith("observedUntil (\"2014-10-01T00:00:00Z\") must not lie before the period begins (2014-10-31T23:00:00Z)", early.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rate_has_Wilsons_interval_and_a_deadline_leaves_out_what_it_cannot_judge()
    {
        Interaction[] talk = [.. Enumerable.Range(0, 20).Select(index => Ask($"q{index}", index)), .. Enumerable.Range(0, 5).Select(index => Answer($"a{index}", index + (index == 4 ? 600 : 60), $"q{index}"))];
        Figure rate = On(talk).ResponseRate;
        Assert.Equal((5.0, 20.0, 0.25), (rate.Numerator.Value!.Value, rate.Denominator.Value!.Value, rate.Value!.Value));
        Assert.Equal(ProportionIntervals.Wilson(5, 20), rate.Interval);
        Assert.Same(DialogueDefinitions.ResponseRate, rate.Definition);

        DialogueCalculator within = new(deadline: Duration.FromHours(1));
        Assert.Equal((4.0, 20.0), (On(Of(talk), within).ResponseRate.Numerator.Value!.Value, On(Of(talk), within).ResponseRate.Denominator.Value!.Value));
        Assert.NotEqual(On(Of(talk), within).ResponseRate.Definition, On(Of(talk), new(deadline: Duration.FromHours(2))).ResponseRate.Definition);

        // Observed until 70 minutes after noon, the last nine questions have not waited an hour.
        Figure open = within.Calculate(Of(talk), Ihk.November, Ihk.Noon + Duration.FromMinutes(70)).Channels[0].ResponseRate;
        Assert.Equal((4.0, 11.0), (open.Numerator.Value!.Value, open.Denominator.Value!.Value));
        Assert.True(open.Has(CaveatCodes.DeadlineNotElapsed));
    }

    [Fact]
    public void Response_times_are_figures_with_definitions_that_can_be_looked_up()
    {
        Interaction[] talk = [.. Enumerable.Range(0, 20).Select(index => Ask($"q{index}", index)), .. Answered.Select((time, index) => Answer($"a{index}", index + time.TotalMinutes, $"q{index}"))];
        DialogueResult dialogue = On(talk);
        Figure[] figures = [dialogue.MedianResponseTime, dialogue.AnsweredOnlyMedianResponseTime, dialogue.ShareAnsweredWithin(Duration.FromHours(1)), dialogue.ShareAnsweredWithin(Duration.FromDays(30))];
        Assert.All(figures, figure => Assert.True(Definitions.TryFind(figure.Definition.Id.Name, out Definition? found) && found.Id == figure.Definition.Id));
        Assert.Same(DialogueDefinitions.ShareAnsweredWithin, Definitions.All.Single(definition => definition.Id.Name == "share-answered-within"));
        Assert.All(figures, figure => Assert.Equal((Ihk.November, Page.Id, 1.0), (figure.Period, figure.Channel, figure.Denominator.Value!.Value)));
        Assert.Equal([null, 0.88, 0.15, null], figures.Select(figure => figure.Value is { } value ? Math.Round(value, 9) : (double?)null));
        Assert.Equal((UndefinedReason.MissingNumerator, null), (figures[0].Ratio.Undefined, figures[0].Interval));
        Assert.True(figures[0].Has(CaveatCodes.MedianNotReached) && figures[1].Has(CaveatCodes.NoInterval) && figures[3].Has(CaveatCodes.NotObservedSoLong));
        Assert.Equal(dialogue.Response.IntervalOfShareWithin(Duration.FromHours(1)), figures[2].Interval);
        Assert.Equal((1, 100), (figures[0].Scale, figures[2].Scale));

        // All of five are answered: the median is the third of them.
        Assert.Equal(0.88, On([.. talk[..5], .. talk[20..]]).MedianResponseTime.Value!.Value, 1e-9);
        Assert.All(new[] { On().MedianResponseTime, On().ShareAnsweredWithin(Duration.Zero) }, figure => Assert.True(figure.Value is null && figure.Has(CaveatCodes.InteractionsMissing)));
    }

    [Theory]
    [InlineData(1, "1 reply link leads to what is not known and is not followed", "1 Antwortverweis führt zu Unbekanntem und zählt nicht")]
    [InlineData(2, "2 reply links lead to what is not known and are not followed", "2 Antwortverweise führen zu Unbekanntem und zählen nicht")]
    public void One_is_spoken_of_as_one(int count, string english, string german)
    {
        Caveat caveat = On([.. Enumerable.Range(0, count).Select(index => Answer($"a{index}", index, "nothing"))]).Caveats.Single(one => one.Code == CaveatCodes.RepliesToUnknown);
        Assert.StartsWith(english, caveat.English, StringComparison.Ordinal);
        Assert.StartsWith(german, caveat.German, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deadline_must_be_longer_than_nothing() =>
        Assert.StartsWith("deadline (0:00:00:00) must be longer than 0", Assert.Throws<ArgumentOutOfRangeException>(() => new DialogueCalculator(deadline: Duration.Zero)).Message, StringComparison.Ordinal);
}
