using Engagement.Core.Tests.Figures;
using NodaTime;
using static Engagement.Core.Tests.Dialogue.Talk;

namespace Engagement.Core.Tests.Dialogue;

/// <summary>A response time can be calculated again from the text of its explanation alone, step by step of the curve.</summary>
public class ResponseExplanationTests
{
    private const double Z = 1.959963984540054;

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.German)]
    public void A_share_answered_tells_its_time_and_the_steps_up_to_it(Language language)
    {
        DialogueResult dialogue = On(Asked(20, 10, 45, 53, 120, 1_200));
        string text = dialogue.ShareAnsweredWithin(Duration.FromHours(1)).Explain(language);
        Assert.Contains(" · t: 1 h · ", text, StringComparison.Ordinal);
        Assert.Contains("(3):\n  0:10:00: d = 1 · n = 20\n  0:45:00: d = 1 · n = 19\n  0:53:00: d = 1 · n = 18\n", text, StringComparison.Ordinal);

        // 17 of 20 still wait: S = 20/20 · 19/20 · 18/19 · 17/18.
        Assert.Equal(0.85, new ExplanationReader(text, language).Curve().Survival, 15);
        Assert.Contains(language is Language.German ? "S(t) = 0,85\nF = 0,15" : "S(t) = 0.85\nF = 0.15", text, StringComparison.Ordinal);
        AssertShare(dialogue.ShareAnsweredWithin(Duration.FromHours(1)), language);
        AssertShare(dialogue.ShareAnsweredWithin(Duration.FromHours(24)), language);
    }

    [Fact]
    public void Where_some_were_lost_from_sight_before_the_last_answer_the_steps_say_who_was_left()
    {
        // Asked minute by minute and observed for 25 minutes: the latest have waited least.
        Interaction[] talk = [.. Enumerable.Range(0, 20).Select(index => Ask($"q{index}", index)), .. Enumerable.Range(0, 8).Select(index => Answer($"a{index}", (2 * index) + 1 + (index * 0.5), $"q{2 * index}"))];
        DialogueResult dialogue = new DialogueCalculator().Calculate(Of(talk), Ihk.November, Ihk.Noon + Duration.FromMinutes(25)).Channels[0];
        Assert.Equal(20, dialogue.Response.Answerable);
        Assert.True(dialogue.Response.Unanswered > 0);
        foreach (int minutes in new[] { 1, 3, 5, 9 }) AssertShare(dialogue.ShareAnsweredWithin(Duration.FromMinutes(minutes)), Language.English);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(180)]
    [InlineData(181)]
    [InlineData(420)]
    public void The_median_tells_the_steps_down_to_one_half(int answers)
    {
        // Odd numbers cross one half, even ones lie flat on it.
        DialogueResult dialogue = On(Asked(answers, [.. Enumerable.Range(1, answers).Select(minute => (double)minute)]));
        foreach (Language language in new[] { Language.English, Language.German })
        {
            Figure figure = dialogue.MedianResponseTime;
            string text = figure.Explain(language);
            Assert.Equal((answers + 1) / 2.0 / 60, figure.Value!.Value, 1e-12);
            (double survival, _, double median) = new ExplanationReader(text, language).Curve();
            Assert.True(survival <= 0.5 + 1e-12, text);
            Assert.Equal(figure.Value.Value, median, 1e-12);

            Figure vendors = dialogue.AnsweredOnlyMedianResponseTime;
            if (answers <= 25) Assert.Equal(vendors.Value!.Value, new ExplanationReader(vendors.Explain(language), language).Curve().Median, 1e-12);
            else Assert.Contains(language is Language.German ? "  in der Mitte: " : "  in the middle: ", vendors.Explain(language), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_long_curve_is_told_in_sum_and_still_suffices()
    {
        DialogueResult dialogue = On(Asked(400, [.. Enumerable.Range(1, 300).Select(minute => (double)minute)]));
        Figure share = dialogue.ShareAnsweredWithin(Duration.FromHours(4));
        Assert.Contains("Times (240):", share.Explain(Language.English), StringComparison.Ordinal);
        Assert.Contains("  and 215 more: Π(n−d)/n = ", share.Explain(Language.English), StringComparison.Ordinal);
        Assert.Equal(0.6, share.Value!.Value, 15);
        AssertShare(share, Language.English);
        AssertShare(share, Language.German);
    }

    [Fact]
    public void A_median_that_is_not_reached_says_how_far_the_curve_falls()
    {
        string text = On(Asked(20, 10, 45, 53, 120, 1_200)).MedianResponseTime.Explain(Language.English);
        Assert.Equal(0.75, new ExplanationReader(text, Language.English).Curve().Survival, 15);
        Assert.Contains("\nS = 0.75\n", text, StringComparison.Ordinal);
        Assert.Contains("Result: undefined (MissingNumerator)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Shares_within_unequal_times_or_hours_are_not_compared()
    {
        DialogueResult dialogue = On(Asked(20, 10, 45, 53, 120, 1_200));
        Figure hour = dialogue.ShareAnsweredWithin(Duration.FromHours(1));
        Assert.Equal(hour.Definition, dialogue.ShareAnsweredWithin(Duration.FromMinutes(60)).Definition);
        Assert.Equal(hour.Definition, DialogueDefinitions.ShareAnswered(Duration.FromHours(1), null));
        string refusal = Assert.Throws<DefinitionMismatchException>(() => FigureComparison.Of(hour, dialogue.ShareAnsweredWithin(Duration.FromHours(24)))).Message;
        Assert.Contains("· t: 1 h ·", refusal, StringComparison.Ordinal);
        Assert.Contains("· t: 24 h ·", refusal, StringComparison.Ordinal);

        var office = new DialogueCalculator(new BusinessHours(new LocalTime(8, 0), new LocalTime(17, 0)));
        DialogueResult working = On(Of(Asked(20, 10, 45, 53, 120, 1_200)), office);
        Assert.Throws<DefinitionMismatchException>(() => FigureComparison.Of(hour, working.ShareAnsweredWithin(Duration.FromHours(1))));
        Assert.Throws<DefinitionMismatchException>(() => FigureComparison.Of(dialogue.MedianResponseTime, working.MedianResponseTime));
        Assert.Throws<DefinitionMismatchException>(() => FigureComparison.Of(dialogue.AnsweredOnlyMedianResponseTime, working.AnsweredOnlyMedianResponseTime));
        Assert.Contains("1 h of working time (Monday 08:00–17:00", working.ShareAnsweredWithin(Duration.FromHours(1)).Explain(Language.English), StringComparison.Ordinal);
        Assert.Contains("1 h Arbeitszeit (Montag 08:00–17:00", working.ShareAnsweredWithin(Duration.FromHours(1)).Explain(Language.German), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.German)]
    public void Every_other_figure_of_dialogue_is_the_quotient_of_the_parts_told(Language language)
    {
        Interaction[] talk =
        [
            .. Asked(7, 10, 45, 53),
            Say("thanks", InteractionKind.Comment, ActorRole.Member, 99, "a1"), Say("like", InteractionKind.Like, ActorRole.Member, 100),
            Say("own", InteractionKind.Post, ActorRole.Organisation, 101), Say("staff", InteractionKind.Reply, ActorRole.Staff, 130, "q5", "bert"),
        ];
        Portfolio facts = Of(talk);
        PortfolioBuilder more = Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Add(Ihk.Xing).Add(new Universe("staff", UnitOfCount.Person).With(Ihk.At(1, 0), Count.Observed(160)));
        foreach (Interaction interaction in facts.Interactions) more.Add(interaction);
        DialogueResult dialogue = On(more.Build(), new DialogueCalculator(deadline: Duration.FromHours(1)));
        Figure[] figures = [dialogue.ResponseRate, dialogue.Reciprocity, dialogue.DialogueShare, dialogue.TurnsPerConversation, dialogue.BegunByOutsiders, dialogue.StaffParticipation, dialogue.RepliesByStaff];
        Assert.Equal(1 / 160.0, dialogue.StaffParticipation.Value);
        Assert.All(figures, figure => Assert.Equal(figure.Value!.Value, new ExplanationReader(figure.Explain(language), language).Recalculate(), 15));
    }

    private static Interaction[] Asked(int questions, params double[] answeredAfter) =>
    [
        .. Enumerable.Range(0, questions).Select(index => Ask($"q{index}", 0)),
        .. answeredAfter.Select((minutes, index) => Answer($"a{index}", minutes, $"q{index}")),
    ];

    /// <summary>The share is 1 − S, and its limits are those of the log-log formula with Greenwood's sum, all from the text.</summary>
    private static void AssertShare(Figure figure, Language language)
    {
        (double survival, double greenwood, _) = new ExplanationReader(figure.Explain(language), language).Curve();
        Assert.Equal(1 - figure.Value!.Value, survival, 1e-12);
        double spread = Z * Math.Sqrt(greenwood) / Math.Log(survival);
        Assert.Equal(1 - Math.Pow(survival, Math.Exp(spread)), figure.Interval!.Value.Lower, 1e-10);
        Assert.Equal(1 - Math.Pow(survival, Math.Exp(-spread)), figure.Interval.Value.Upper, 1e-10);
    }
}
