using NodaTime;
using static Engagement.Core.Tests.Dialogue.Talk;

namespace Engagement.Core.Tests.Dialogue;

public class DialogueCalculatorTests
{
    private static readonly Universe Staff = new Universe("staff", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(160));

    [Fact]
    public void Where_no_interaction_is_listed_counts_are_missing_and_not_0()
    {
        var (group, page, closed) = (new Channel("group", "Group", Platform.Xing, ChannelForm.Group), new Channel("page", "Page", Platform.Facebook, ChannelForm.Page), new Channel("plus", "Plus", Platform.GooglePlus, ChannelForm.Page) { Closed = new(2014, 1, 1) });
        var question = new Interaction("q", group.Id, InteractionKind.Question, Ihk.At(3), ActorRole.Member);
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(group).Add(page).Add(closed).Add(question).Build();
        DialogueResult all = new DialogueCalculator().Calculate(portfolio, Ihk.November);
        Assert.Equal([Count.Observed(1), Count.Missing, Count.NotApplicable], all.Channels.Select(one => one.Conversations));
        Assert.Equal([Count.Observed(1), Count.Missing, Count.NotApplicable], all.Channels.Select(one => one.OutsideMessages));
        Assert.Equal([Count.Observed(0), Count.Missing, Count.NotApplicable], all.Channels.Select(one => one.AnsweredConversations));
        Assert.Equal([Count.Observed(0), Count.Missing, Count.NotApplicable], all.Channels.Select(one => one.RoundTrips));
        Assert.Equal([Count.Observed(0), Count.Missing, Count.NotApplicable], all.Channels.Select(one => one.Published));
        Assert.Equal([Count.Observed(1), Count.Missing, Count.NotApplicable], all.Channels.Select(one => one.BegunBy(ActorRole.Member)));
        Assert.Equal((Count.Partial(1), Count.Partial(0), Count.Partial(1)), (all.Conversations, all.Published, all.BegunBy(ActorRole.Member)));

        // A log of another month is a log, and what lies outside the period is 0 in it; so are publications.
        DialogueResult december = new DialogueCalculator().Calculate(portfolio, LocalPeriod.Month(2014, 12));
        Assert.Equal(Count.Observed(0), december.Channels[0].Conversations);
        Portfolio posted = Portfolio.For(Ihk.Chamber).Add(page).Add(new Publication("p", page.Id, Ihk.At(3))).Build();
        Assert.Equal((Count.Observed(1), Count.Missing), (new DialogueCalculator().Calculate(posted, Ihk.November).Published, new DialogueCalculator().Calculate(posted, Ihk.November).Conversations));
        Assert.Equal(Count.Observed(0), new DialogueCalculator().Calculate(posted, LocalPeriod.Month(2014, 12)).Published);
    }

    [Fact]
    public void The_levels_rise_from_silence_to_dialogue_each_with_its_evidence()
    {
        Publication post = new("p", Page.Id, Ihk.Noon);
        Assert.Equal(DialogueLevel.Silent, On(Of()).Level);
        Assert.Equal(DialogueLevel.Broadcast, On(With(Of(), post)).Level);
        Assert.Equal(DialogueLevel.Broadcast, On(Say("post", InteractionKind.Post, ActorRole.Organisation, 0)).Level);
        Assert.Equal(DialogueLevel.Feedback, On(Say("like", InteractionKind.Like, ActorRole.Member, 0)).Level);
        Assert.Equal(DialogueLevel.Feedback, On(With(Of(), new Publication("p", Page.Id, Ihk.Noon) { Interactions = Ihk.Tally(likes: 3) })).Level);
        Assert.Equal(DialogueLevel.Broadcast, On(With(Of(), new Publication("p", Page.Id, Ihk.Noon) { Interactions = Ihk.Tally(likes: 0) })).Level);

        DialogueResult feedback = On(Ask("q", 0));
        Assert.Equal((DialogueLevel.Feedback, "q", Count.Observed(1)), (feedback.Level, feedback.Example.Value, feedback.OutsideMessages));
        DialogueResult answered = On(Ask("q", 0), Ask("q2", 1), Answer("a", 2, "q2"));
        Assert.Equal((DialogueLevel.Answered, "q2", Count.Observed(1), Count.Observed(0)), (answered.Level, answered.Example.Value, answered.AnsweredConversations, answered.RoundTrips));
        DialogueResult reciprocal = On(Ask("q", 0), Answer("a", 1, "q"), Say("thanks", InteractionKind.Reply, ActorRole.Member, 2, "a"));
        Assert.Equal((DialogueLevel.Reciprocal, "q", Count.Observed(1)), (reciprocal.Level, reciprocal.Example.Value, reciprocal.RoundTrips));

        // We, outsider, we again: both have replied, and no outsider has come back.
        DialogueResult ours = On(Say("dm", InteractionKind.DirectMessage, ActorRole.Organisation, 0), Say("r", InteractionKind.Reply, ActorRole.Member, 1, "dm"), Answer("a", 2, "r"));
        Assert.Equal((DialogueLevel.Answered, 1.0), (ours.Level, ours.Reciprocity.Value!.Value));
    }

    [Fact]
    public void Follows_and_views_are_no_feedback_and_bots_are_nobody() =>
        Assert.Equal(DialogueLevel.Silent, On(Say("f", InteractionKind.Follow, ActorRole.Member, 0), Say("v", InteractionKind.View, ActorRole.Member, 0), Say("b", InteractionKind.Comment, ActorRole.Bot, 0)).Level);

    [Fact]
    public void Of_publications_of_which_nothing_is_known_the_level_is_a_least() =>
        Assert.True(On(With(Of(), new Publication("p", Page.Id, Ihk.Noon))).Caveats.Has(CaveatCodes.LevelAtLeast));

    [Fact]
    public void Feedback_that_is_not_known_is_missing_or_at_least_and_never_0()
    {
        Publication tallied = new("p", Page.Id, Ihk.Noon) { Interactions = Ihk.Tally(likes: 3) };
        Publication silent = new("s", Page.Id, Ihk.Noon);
        Publication likesMissing = new("m", Page.Id, Ihk.Noon) { Interactions = InteractionTally.Empty.With(InteractionKind.Like, Count.Missing) };
        Publication viewsOnly = new("v", Page.Id, Ihk.Noon) { Interactions = InteractionTally.Empty.With(InteractionKind.View, Count.Observed(90)) };
        Assert.Equal(Count.Missing, On(Of()).Feedback);
        Assert.Equal(Count.Missing, On(With(Of(), silent)).Feedback);
        Assert.Equal(Count.Missing, On(With(Of(), likesMissing)).Feedback);
        Assert.Equal(Count.Missing, On(With(Of(), viewsOnly)).Feedback);
        Assert.Equal(Count.Observed(3), On(With(Of(), tallied)).Feedback);
        Assert.Equal(Count.Partial(3), On(With(Of(), tallied, silent)).Feedback);
        Assert.Equal(Count.Observed(0), On(Say("post", InteractionKind.Post, ActorRole.Organisation, 0)).Feedback);

        // One channel is logged, of the other nothing is known; one that does not live in the period has none.
        Portfolio both = Of(Ask("q", 0));
        Assert.Equal((Count.Partial(1), Count.Observed(1), Count.Missing), (new DialogueCalculator().Calculate(both, Ihk.November).Feedback, On(both).Feedback, new DialogueCalculator().Calculate(both, Ihk.November).Channels[1].Feedback));
        Channel gone = new("gone", "Gone", Platform.Xing, ChannelForm.Group) { Closed = new LocalDate(2014, 1, 1) };
        Assert.Equal(Count.NotApplicable, new DialogueCalculator().Calculate(Portfolio.For(Ihk.Chamber).Add(gone).Build(), Ihk.November).Channels[0].Feedback);
    }

    [Fact]
    public void A_level_that_unknown_reactions_could_raise_is_a_least()
    {
        Publication zero = new("z", Page.Id, Ihk.Noon) { Interactions = Ihk.Tally() };
        DialogueResult[] open =
        [
            On(With(Of(), new Publication("m", Page.Id, Ihk.Noon) { Interactions = InteractionTally.Empty.With(InteractionKind.Like, Count.Missing) })),
            On(With(Of(), new Publication("m", Page.Id, Ihk.Noon) { Interactions = InteractionTally.Empty.With(InteractionKind.Like, Count.Missing).With(InteractionKind.Share, Count.Observed(0)) })),
            On(With(Of(), new Publication("r", Page.Id, Ihk.Noon) { Interactions = InteractionTally.Empty.With(InteractionKind.Like, Count.Rounded(2, 0, 4)) })),
            On(With(Of(), zero, new Publication("s", Page.Id, Ihk.Noon))),
        ];
        Assert.All(open, dialogue =>
        {
            Assert.Equal(DialogueLevel.Broadcast, dialogue.Level);
            Assert.Equal("at least: reactions are not known, or in part only", dialogue.Caveats.Single(caveat => caveat.Code == CaveatCodes.LevelAtLeast).English);
            Assert.Equal("Mindestens: Reaktionen sind nicht oder nur teilweise bekannt", dialogue.Caveats.Single(caveat => caveat.Code == CaveatCodes.LevelAtLeast).German);
        });

        // Of what nothing at all is known, silence is no finding.
        Assert.True(On(Of()).Level is DialogueLevel.Silent && On(Of()).Caveats.Has(CaveatCodes.LevelAtLeast));
        Assert.False(On(With(Of(), zero)).Caveats.Has(CaveatCodes.LevelAtLeast));
        Assert.False(On(With(Of(), new Publication("p", Page.Id, Ihk.Noon) { Interactions = Ihk.Tally(likes: 3) })).Caveats.Has(CaveatCodes.LevelAtLeast));
        Assert.False(On(Say("f", InteractionKind.Follow, ActorRole.Member, 0)).Caveats.Has(CaveatCodes.LevelAtLeast));
    }

    [Fact]
    public void An_open_part_of_a_share_is_told_as_the_least_or_the_most()
    {
        Universe open = new Universe("staff", UnitOfCount.Person).With(Ihk.Noon, Count.Partial(160));
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(open).Add(Ihk.Xing).Add(Ask("q", 0)).Add(Say("s", InteractionKind.Reply, ActorRole.Staff, 1, "q", "eva")).Build();
        Figure participation = On(portfolio).StaffParticipation;
        Assert.Equal(1.0 / 160, participation.Value);
        Assert.StartsWith("at most: a part of the base is not known", participation.Caveats.Single(caveat => caveat.Code == CaveatCodes.AtMost).English, StringComparison.Ordinal);
        Assert.False(participation.Has(CaveatCodes.AtLeast));

        // 4 comments among at least 4 interactions.
        Figure share = On(With(Of(), new Publication("p", Page.Id, Ihk.Noon) { Interactions = InteractionTally.Empty.With(InteractionKind.Like, Count.Missing).With(InteractionKind.Comment, Count.Observed(4)) })).DialogueShare;
        Assert.Equal(1.0, share.Value);
        Assert.True(share.Has(CaveatCodes.AtMost));
    }

    [Fact]
    public void Reciprocity_turns_and_initiators_are_counted_over_conversations()
    {
        DialogueResult dialogue = On(
            Ask("q1", 0), Answer("a1", 1, "q1"), Ask("q1b", 2, "a1"),
            Ask("q2", 0), Answer("a2", 1, "q2"),
            Ask("q3", 0),
            Say("dm", InteractionKind.DirectMessage, ActorRole.Staff, 0));
        Assert.Equal((1.0, 3.0), (dialogue.Reciprocity.Numerator.Value!.Value, dialogue.Reciprocity.Denominator.Value!.Value));
        Assert.Equal(ProportionIntervals.Wilson(1, 3), dialogue.Reciprocity.Interval);
        Assert.Equal((7.0, 4.0), (dialogue.TurnsPerConversation.Numerator.Value!.Value, dialogue.TurnsPerConversation.Denominator.Value!.Value));
        Assert.Equal(RatioIntervals.Jackknife([3, 2, 1, 1], [1, 1, 1, 1]), dialogue.TurnsPerConversation.Interval);
        Assert.Equal((3.0, 4.0), (dialogue.BegunByOutsiders.Numerator.Value!.Value, dialogue.BegunByOutsiders.Denominator.Value!.Value));
        Assert.Equal((Count.Observed(3), Count.Observed(1), Count.Observed(0), Count.Observed(4)), (dialogue.BegunBy(ActorRole.Member), dialogue.BegunBy(ActorRole.Staff), dialogue.BegunBy(ActorRole.Organisation), dialogue.Conversations));
    }

    [Fact]
    public void Dialogue_share_is_conversation_among_all_interactions()
    {
        DialogueResult dialogue = On([Ask("q", 0), Answer("a", 1, "q"), Say("quote", InteractionKind.Quote, ActorRole.Member, 2), .. Enumerable.Range(0, 7).Select(index => Say($"l{index}", InteractionKind.Like, ActorRole.Member, 3)), Say("bot", InteractionKind.Like, ActorRole.Bot, 4), Answer("own", 5, "a")]);
        Assert.Equal((3.0, 10.0), (dialogue.DialogueShare.Numerator.Value!.Value, dialogue.DialogueShare.Denominator.Value!.Value));
        Assert.Null(dialogue.DialogueShare.Interval);
        Assert.True(dialogue.DialogueShare.Has(CaveatCodes.NoInterval));
    }

    [Fact]
    public void Where_nothing_is_logged_the_platforms_own_counts_give_the_dialogue_share()
    {
        Figure share = On(With(Of(), new Publication("p", Page.Id, Ihk.Noon) { Interactions = Ihk.Tally(likes: 79, comments: 4, shares: 17) })).DialogueShare;
        Assert.Equal((4.0, 100.0), (share.Numerator.Value!.Value, share.Denominator.Value!.Value));
        Assert.True(share.Has(CaveatCodes.TallyWithoutRoles));
        Figure likesOnly = On(With(Of(), new Publication("p", Page.Id, Ihk.Noon) { Interactions = InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(9)) })).DialogueShare;
        Assert.Equal(UndefinedReason.MissingNumerator, likesOnly.Ratio.Undefined);
    }

    [Fact]
    public void Without_any_interaction_everything_is_missing_and_never_0()
    {
        DialogueResult dialogue = On(Of());
        Assert.All([dialogue.ResponseRate, dialogue.Reciprocity, dialogue.DialogueShare, dialogue.TurnsPerConversation, dialogue.BegunByOutsiders, dialogue.RepliesByStaff], figure =>
        {
            Assert.Equal(UndefinedReason.MissingDenominator, figure.Ratio.Undefined);
            Assert.True(figure.Has(CaveatCodes.InteractionsMissing));
        });
        DialogueResult logged = On(Say("i", InteractionKind.Like, ActorRole.Member, -60 * 24 * 40));
        Assert.Equal(UndefinedReason.ZeroDenominator, logged.ResponseRate.Ratio.Undefined);
    }

    [Fact]
    public void Staff_participation_counts_distinct_staff_over_their_universe()
    {
        Interaction[] talk = [Ask("q", 0), Say("s1", InteractionKind.Reply, ActorRole.Staff, 1, "q", "eva"), Say("s2", InteractionKind.Reply, ActorRole.Staff, 2, "q", "eva"), Say("s3", InteractionKind.Comment, ActorRole.Staff, 3, "s1", "udo"), Answer("a", 4, "q", "org"), Say("l", InteractionKind.Like, ActorRole.Staff, 5, "q", "kim")];
        Figure figure = On(WithStaff(talk)).StaffParticipation;
        Assert.Equal((2.0, 160.0, 0.0125), (figure.Numerator.Value!.Value, figure.Denominator.Value!.Value, figure.Value!.Value));
        Assert.Equal(ProportionIntervals.Wilson(2, 160), figure.Interval);
        DialogueResult dialogue = On(WithStaff(talk));
        Assert.Equal((2.0, 3.0), (dialogue.RepliesByStaff.Numerator.Value!.Value, dialogue.RepliesByStaff.Denominator.Value!.Value));
        Assert.Equal([("eva", ActorRole.Staff, 2), ("org", ActorRole.Organisation, 1)], dialogue.Carriers.Select(carrier => (carrier.Actor.Value, carrier.Role, carrier.Messages)));

        Assert.Equal(UndefinedReason.MissingDenominator, On(talk).StaffParticipation.Ratio.Undefined);
        Figure atLeast = On(WithStaff([.. talk, Say("s4", InteractionKind.Reply, ActorRole.Staff, 6, "q")])).StaffParticipation;
        Assert.Equal(CountState.Partial, atLeast.Numerator.State);
        Assert.True(atLeast.Has(CaveatCodes.StaffUnknown));
        Assert.True(atLeast.Has(CaveatCodes.NoInterval));
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.German)]
    public void The_text_alone_suffices_to_calculate_dialogue_again(Language language)
    {
        DialogueResult dialogue = On(Ask("q", 0), Answer("a", 5, "q"), Ask("q2", 7, "a"), Say("s", InteractionKind.Reply, ActorRole.Staff, 9, "q2", "jo"), Ask("open", 20), Say("l", InteractionKind.Like, ActorRole.Member, 21));
        Figure[] figures = [dialogue.ResponseRate, dialogue.Reciprocity, dialogue.DialogueShare, dialogue.TurnsPerConversation, dialogue.BegunByOutsiders, dialogue.RepliesByStaff];
        Assert.Equal(2.0 / 3, figures[0].Value!.Value, 15);
        Assert.All(figures, figure => Assert.Equal(figure.Value!.Value, new Figures.ExplanationReader(figure.Explain(language), language).Recalculate(), 15));
    }

    [Fact]
    public void A_conversation_counts_in_every_period_that_it_has_a_message_in_and_who_spoke_before_is_known()
    {
        Portfolio portfolio = Of(Ask("q", -60 * 24 * 25), Answer("a", 0, "q"), Say("t", InteractionKind.Reply, ActorRole.Member, 5, "a"));
        DialogueResult november = On(portfolio);
        Assert.Equal((Count.Observed(1), 2.0, 1.0), (november.Conversations, november.TurnsPerConversation.Value!.Value, november.Reciprocity.Value!.Value));
        Assert.Equal((DialogueLevel.Reciprocal, 0), (november.Level, november.Response.Answerable));
        DialogueResult october = new DialogueCalculator().Calculate(portfolio, LocalPeriod.Month(2014, 10)).Channels[0];
        Assert.Equal((DialogueLevel.Feedback, 1, 0), (october.Level, october.Response.Answerable, october.Response.Answered));
    }

    [Fact]
    public void What_we_publish_after_observation_ended_is_no_evidence()
    {
        Portfolio portfolio = With(Of(), new Publication("p", Page.Id, Ihk.Noon) { Interactions = Ihk.Tally(likes: 3) });
        DialogueResult before = new DialogueCalculator().Calculate(portfolio, Ihk.November, Ihk.Noon).Channels[0];
        Assert.Equal((DialogueLevel.Silent, Count.Observed(0)), (before.Level, before.Published));
        DialogueResult after = new DialogueCalculator().Calculate(portfolio, Ihk.November, Ihk.Noon + Duration.FromMinutes(1)).Channels[0];
        Assert.Equal((DialogueLevel.Feedback, Count.Observed(1)), (after.Level, after.Published));
    }

    [Fact]
    public void All_channels_together_are_the_sum_of_each_and_strangers_are_told()
    {
        Portfolio portfolio = Of(Ask("q", 0), Answer("a", 1, "q"), Say("f", InteractionKind.Comment, ActorRole.Member, 0, on: Ihk.Facebook), Say("s", InteractionKind.Comment, ActorRole.Member, 0, on: Ihk.Twitter));
        DialogueResult result = new DialogueCalculator().Calculate(portfolio, Ihk.November);
        Assert.Equal((2, Count.Observed(2)), (result.Response.Answerable, result.Conversations));
        Assert.Equal(result.Channels.Sum(channel => channel.Response.Answerable), result.Response.Answerable);
        Assert.True(result.Caveats.Has(CaveatCodes.FactsWithoutChannel));
        Assert.True(result.Channels[1].Caveats.Has(CaveatCodes.SubBrand));
        Assert.Null(result.Channel);

        // One answered after a minute, one open for 252 hours: flat at one half between them.
        Assert.Equal("all channels: Answered; 1 of 2 answered, median 126.008333 [0.016667, not reached] h (answered only: 0.02 h)", result.ToString());
    }

    [Fact]
    public void A_portfolio_without_channels_is_silent() => Assert.Equal(DialogueLevel.Silent, new DialogueCalculator().Calculate(Portfolio.For(Ihk.Chamber).Build(), Ihk.November).Level);

    [Fact]
    public void The_columns_give_what_the_objects_give()
    {
        Interaction[] talk = [Ask("q", 0, actor: "anna"), Answer("a", 10, "q", "org"), Ask("q2", 20, "a", "anna"), Say("c", InteractionKind.Comment, ActorRole.NonMember, 30, "nothing", "ben")];
        long[] times = [.. talk.Select(one => one.At.ToUnixTimeMilliseconds())];
        DialogueTotals totals = new DialogueCalculator().Calculate(times, [-1, 0, 1, 99], [.. talk.Select(one => (byte)one.Kind)], [.. talk.Select(one => (byte)one.Role)], [0, 1, 0, 2], Ihk.At(1, 0, 12).ToUnixTimeMilliseconds(), null);
        DialogueResult dialogue = On(talk);
        Assert.Equal(dialogue.Response, totals.Response);
        Assert.Equal((2, 4, 4, 2, 1, 2, 1, 0), (totals.Conversations, totals.Messages, totals.Turns, totals.WithOutsideTurn, totals.Reciprocal, totals.BegunByOutsiders, totals.RepliesToUnknown, totals.RepliesToLater));
        Assert.Equal((dialogue.Reciprocity.Ratio, dialogue.ResponseRate.Ratio, dialogue.TurnsPerConversation.Ratio), (totals.Reciprocity, totals.ResponseRate, totals.TurnsPerConversation));
    }

    [Fact]
    public void Bad_columns_are_named_by_their_row()
    {
        DialogueCalculator calculator = new();
        Assert.StartsWith("times[1] (5) must not lie before the row above it (7): put the rows in order of time.", Assert.Throws<ArgumentOutOfRangeException>(() => calculator.Calculate([7, 5], [-1, -1], [9, 9], [4, 4], [], 9, null)).Message, StringComparison.Ordinal);
        Assert.StartsWith("kinds[0] (0) must be the number of an InteractionKind", Assert.Throws<ArgumentOutOfRangeException>(() => calculator.Calculate([7], [-1], [0], [4], [], 9, null)).Message, StringComparison.Ordinal);
        Assert.StartsWith("roles[0] (200) must be the number of an ActorRole", Assert.Throws<ArgumentOutOfRangeException>(() => calculator.Calculate([7], [-1], [9], [200], [], 9, null)).Message, StringComparison.Ordinal);
        Assert.StartsWith("observedUntil (6) must not lie before the last row (7)", Assert.Throws<ArgumentOutOfRangeException>(() => calculator.Calculate([7], [-1], [9], [4], [], 6, null)).Message, StringComparison.Ordinal);
        Assert.StartsWith("times (1 values) and actors (2 values) must have the same length", Assert.Throws<ArgumentException>(() => calculator.Calculate([7], [-1], [9], [4], [1, 2], 9, null)).Message, StringComparison.Ordinal);
        Assert.Equal(1, calculator.Calculate([7, 8], [-1, 1], [9, 9], [4, 4], [], 9, null).RepliesToLater);
    }

    private static Portfolio WithStaff(IEnumerable<Interaction> talk) => talk.Aggregate(Portfolio.For(Ihk.Chamber).Add(Staff).Add(Ihk.Xing), (builder, interaction) => builder.Add(interaction)).Build();

    private static Portfolio With(Portfolio portfolio, params Publication[] publications) => publications.Aggregate(Portfolio.For(portfolio.Organisation).Add(Ihk.Xing), (builder, publication) => builder.Add(publication)).Build();
}
