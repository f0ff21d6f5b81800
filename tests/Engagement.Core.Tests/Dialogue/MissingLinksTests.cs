using Engagement.Core.Logs;
using NodaTime;
using static Engagement.Core.Tests.Dialogue.Talk;

namespace Engagement.Core.Tests.Dialogue;

/// <summary>Replies that do not name what they reply to: what was answered is then missing, and not 0.</summary>
public class MissingLinksTests
{
    private static readonly Interaction[] Questions = [.. Enumerable.Range(0, 20).Select(index => Ask($"q{index}", index))];
    private static readonly Interaction[] Unlinked = [.. Enumerable.Range(0, 5).Select(index => Say($"a{index}", InteractionKind.Reply, ActorRole.Staff, 60 + index, null, "eva"))];

    [Fact]
    public void Where_no_reply_names_what_it_replies_to_what_was_answered_is_missing()
    {
        DialogueResult dialogue = On([.. Questions, .. Unlinked]);
        Figure within = On(Of([.. Questions, .. Unlinked]), new(deadline: Duration.FromHours(1))).ResponseRate;
        Assert.All([dialogue.ResponseRate, within, dialogue.Reciprocity], figure =>
        {
            Assert.Equal((null, UndefinedReason.MissingNumerator, 20.0, null), (figure.Value, figure.Ratio.Undefined, figure.Denominator.Value, figure.Interval));
            Assert.True(figure.Has(CaveatCodes.ReplyLinksMissing));
        });

        // How many conversations there are is not known either, nor which of our messages are replies.
        Assert.All([dialogue.TurnsPerConversation, dialogue.BegunByOutsiders, dialogue.RepliesByStaff], figure =>
        {
            Assert.Equal(UndefinedReason.MissingDenominator, figure.Ratio.Undefined);
            Assert.True(figure.Has(CaveatCodes.ReplyLinksMissing));
        });
        Assert.All([dialogue.MedianResponseTime, dialogue.AnsweredOnlyMedianResponseTime, dialogue.ShareAnsweredWithin(Duration.FromHours(24))], figure =>
        {
            Assert.Equal((null, UndefinedReason.MissingNumerator, null), (figure.Value, figure.Ratio.Undefined, figure.Interval));
            Assert.True(figure.Has(CaveatCodes.ReplyLinksMissing));
            Assert.False(figure.Has(CaveatCodes.MedianNotReached) || figure.Has(CaveatCodes.NotObservedSoLong) || figure.Has(CaveatCodes.NoInterval));
        });

        // Who spoke, and in what kinds, does not hang on links.
        Assert.Equal((25.0, 25.0), (dialogue.DialogueShare.Numerator.Value, dialogue.DialogueShare.Denominator.Value));
        Assert.Equal(DialogueLevel.Feedback, dialogue.Level);
        Assert.Equal("at least: what was answered is not known", dialogue.Caveats.Single(caveat => caveat.Code == CaveatCodes.LevelAtLeast).English);
        Assert.Equal("Mindestens: Was beantwortet wurde, ist unbekannt", dialogue.Caveats.Single(caveat => caveat.Code == CaveatCodes.LevelAtLeast).German);
    }

    [Fact]
    public void Dialogue_service_level_and_columns_say_the_same_of_the_same_facts()
    {
        Interaction[] facts = [.. Questions, .. Unlinked];
        Figure service = new ActivityCalculator().Calculate(Of(facts), Ihk.November)[0].ServiceLevel;
        Assert.Equal((UndefinedReason.MissingNumerator, 20.0), (service.Ratio.Undefined, service.Denominator.Value));
        Assert.True(service.Has(CaveatCodes.ReplyLinksMissing));
        DialogueTotals totals = new DialogueCalculator().Calculate(InteractionLog.From(facts), Ihk.Noon + Duration.FromDays(1), null);
        DialogueResult dialogue = On(facts);
        Assert.Equal((dialogue.ResponseRate.Ratio, dialogue.Reciprocity.Ratio, dialogue.TurnsPerConversation.Ratio), (totals.ResponseRate, totals.Reciprocity, totals.TurnsPerConversation));
    }

    [Fact]
    public void Who_says_nothing_after_a_question_has_answered_none()
    {
        // The list is taken as complete. A post is no reply, and what was said before the first question answers nothing.
        Interaction[] talk = [Say("before", InteractionKind.Comment, ActorRole.Organisation, -5), .. Questions, Say("post", InteractionKind.Post, ActorRole.Organisation, 90), Say("like", InteractionKind.Like, ActorRole.Staff, 91)];
        foreach (Interaction[] facts in new[] { Questions, talk })
        {
            Figure rate = On(facts).ResponseRate;
            Assert.Equal((0.0, 0.0, 20.0), (rate.Value, rate.Numerator.Value, rate.Denominator.Value));
            Assert.Equal(ProportionIntervals.Wilson(0, 20), rate.Interval);
            Assert.False(rate.Has(CaveatCodes.ReplyLinksMissing) || On(facts).Caveats.Has(CaveatCodes.LevelAtLeast));
            Assert.Equal(0.0, new ActivityCalculator().Calculate(Of(facts), Ihk.November)[0].ServiceLevel.Value);
            Assert.Equal(0.0, new DialogueCalculator().Calculate(InteractionLog.From(facts), Ihk.Noon + Duration.FromDays(1), null).ResponseRate.Value);
        }
    }

    [Fact]
    public void One_reply_that_names_its_question_tells_that_links_are_known()
    {
        Assert.Equal((1.0, 20.0), (On([.. Questions, .. Unlinked, Answer("a", 90, "q3")]).ResponseRate.Numerator.Value, On([.. Questions, .. Unlinked, Answer("a", 90, "q3")]).ResponseRate.Denominator.Value));

        // A link that leads nowhere is one too, and is told by a caveat of its own; what we reply to ourselves changes nothing, and a like names no answer.
        Assert.Equal(0.0, On([.. Questions, .. Unlinked, Answer("a", 90, "elsewhere")]).ResponseRate.Value);
        Assert.Null(On([.. Questions, .. Unlinked, Answer("own", 90, "a0")]).ResponseRate.Value);
        Assert.Null(On([.. Questions, .. Unlinked, Say("like", InteractionKind.Like, ActorRole.Staff, 90, "q3")]).ResponseRate.Value);
    }

    [Fact]
    public void Of_several_channels_the_answered_are_at_least_those_where_links_are_known()
    {
        Portfolio portfolio = Of([.. Questions, .. Unlinked, Say("f", InteractionKind.Question, ActorRole.Member, 0, on: Ihk.Facebook), Say("fa", InteractionKind.Reply, ActorRole.Staff, 30, "f", "eva", Ihk.Facebook)]);
        DialogueResult all = new DialogueCalculator().Calculate(portfolio, Ihk.November);
        Assert.Equal((CountState.Partial, 1.0, 21.0, null), (all.ResponseRate.Numerator.State, all.ResponseRate.Numerator.Value, all.ResponseRate.Denominator.Value, all.ResponseRate.Interval));
        Assert.True(all.ResponseRate.Has(CaveatCodes.AtLeast) && all.ResponseRate.Has(CaveatCodes.NoInterval));
        Assert.StartsWith("xing: no reply of the organisation", all.ResponseRate.Caveats.Single(caveat => caveat.Code == CaveatCodes.ReplyLinksMissing).English, StringComparison.Ordinal);
        Assert.Equal((CountState.Partial, 0.0, 21.0), (all.Reciprocity.Numerator.State, all.Reciprocity.Numerator.Value, all.Reciprocity.Denominator.Value));
        Assert.Equal(UndefinedReason.OpenBothWays, all.TurnsPerConversation.Ratio.Undefined);
        Assert.Null(all.ShareAnsweredWithin(Duration.FromHours(24)).Value);
        Assert.Equal(1.0, all.Channels[1].ResponseRate.Value);
        Assert.False(all.Channels[1].Caveats.Has(CaveatCodes.ReplyLinksMissing));
        Figure service = new ActivityCalculator().Calculate(portfolio, Ihk.November)[^1].ServiceLevel;
        Assert.Equal((CountState.Partial, 1.0, 21.0), (service.Numerator.State, service.Numerator.Value, service.Denominator.Value));
    }

    [Fact]
    public void In_a_period_in_which_nobody_asks_nothing_is_missing()
    {
        DialogueResult october = new DialogueCalculator().Calculate(Of([.. Questions, .. Unlinked]), LocalPeriod.Month(2014, 10)).Channels[0];
        Assert.Equal(UndefinedReason.ZeroDenominator, october.ResponseRate.Ratio.Undefined);
        Assert.False(october.Caveats.Has(CaveatCodes.ReplyLinksMissing));
    }
}
