namespace Engagement.Core.Tests.Activity;

public class ActivityTests
{
    private static readonly Channel Group = new("group", "Group", Platform.Xing, ChannelForm.Group);

    [Fact]
    public void Five_hundred_that_became_two_thousand_in_two_weeks_grew_by_a_hundred_percent_a_week()
    {
        Growth growth = Growth.Of(500, 2_000, weeks: 2);
        Assert.Equal(3.0, growth.Value);
        Assert.Equal(1.0, growth.PerWeek!.Value, 15);
        Assert.Equal("+300.00 % (500 → 2000) audience-growth v1", growth.ToString());
        Assert.Equal("-25.00 % (2000 → 1500) audience-growth v1", Growth.Of(2_000, 1_500).ToString());
        Assert.Equal(-1.0, Growth.Of(10, 0).Value);
        Assert.Equal(-1.0, Growth.Of(10, 0).PerWeek);
        Assert.Equal(0.0, Growth.Of(10, 10).Value);
    }

    [Fact]
    public void From_nothing_no_growth_is_defined()
    {
        Growth growth = Growth.Of(0, 2_000);
        Assert.Equal((null, null, UndefinedReason.ZeroDenominator), (growth.Value, growth.PerWeek, growth.Undefined));
        Assert.Equal("undefined: ZeroDenominator (0 → 2000) audience-growth v1", growth.ToString());
        Assert.Throws<ArgumentOutOfRangeException>("earlier", () => Growth.Of(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>("later", () => Growth.Of(1, -2));
        Assert.Throws<ArgumentOutOfRangeException>("weeks", () => Growth.Of(1, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>("weeks", () => Growth.Of(1, 2, double.NaN));
    }

    [Fact]
    public void An_audience_grows_from_the_start_of_the_period_to_its_end()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Group).Add(Ihk.Audience(Group, Count.Observed(500), Ihk.At(1, 0))).Add(Ihk.Audience(Group, Count.Observed(2_000), Ihk.At(14, 23))).Build();
        Growth growth = new ActivityCalculator().Calculate(portfolio, LocalPeriod.Between(new(2014, 11, 1), new(2014, 11, 15)))[0].AudienceGrowth;
        Assert.Equal((3.0, 2.0), (growth.Value, growth.Weeks));
        Assert.Equal(1.0, growth.PerWeek!.Value, 15);
        Assert.Equal(ActivityDefinitions.AudienceGrowth, growth.Definition);

        // Nothing is known before the first snapshot.
        Growth unknown = new ActivityCalculator().Calculate(portfolio, LocalPeriod.Month(2014, 10))[0].AudienceGrowth;
        Assert.Equal(UndefinedReason.MissingDenominator, unknown.Undefined);
    }

    [Fact]
    public void Over_months_with_gaps_growth_is_missing_and_not_0_and_those_that_are_known_tile()
    {
        // Counted on the 1st at midnight, and not in July, August and October.
        (int Month, long Size)[] counted = [(4, 100), (5, 110), (6, 121), (9, 150), (11, 180), (12, 180)];
        PortfolioBuilder facts = Portfolio.For(Ihk.Chamber).Add(Group);
        foreach ((int month, long size) in counted) facts.Add(Ihk.Audience(Group, Count.Observed(size), Ihk.Chamber.StartOf(new(2014, month, 1))));
        Portfolio portfolio = facts.Build();
        Growth Over(LocalPeriod period) => new ActivityCalculator().Calculate(portfolio, period)[0].AudienceGrowth;
        for (int month = 3; month <= 12; month++)
        {
            long? before = Array.Find(counted, one => one.Month == month) is { Size: > 0 } start ? start.Size : null;
            long? after = Array.Find(counted, one => one.Month == month + 1) is { Size: > 0 } end ? end.Size : null;
            Growth growth = Over(LocalPeriod.Month(2014, month));
            Assert.Equal(before is { } from && after is { } to ? (double)(to - from) / from : null, growth.Value);
            if (growth.Value is null) Assert.Contains(growth.Undefined, new UndefinedReason?[] { UndefinedReason.MissingNumerator, UndefinedReason.MissingDenominator });
        }

        // Two months one after the other grow as both together; what was counted before the start is told with its day.
        Assert.Equal((1 + Over(LocalPeriod.Month(2014, 4)).Value!.Value) * (1 + Over(LocalPeriod.Month(2014, 5)).Value!.Value), 1 + Over(LocalPeriod.Between(new(2014, 4, 1), new(2014, 6, 1))).Value!.Value, 12);
        Growth old = Over(LocalPeriod.Between(new(2014, 9, 20), new(2014, 11, 20)));
        Assert.Equal(UndefinedReason.MissingDenominator, Over(LocalPeriod.Between(new(2014, 10, 15), new(2014, 11, 20))).Undefined);
        Assert.Equal((180.0 - 150) / 150, old.Value!.Value, 12);
        Assert.Contains("2014-09-01", Assert.Single(old.Caveats).English, StringComparison.Ordinal);
    }

    [Fact]
    public void Rounded_audiences_leave_their_growth_open_within_bounds()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Group).Add(Ihk.Audience(Group, Count.Rounded(9_000), Ihk.At(1, 0))).Add(Ihk.Audience(Group, Count.Observed(9_500), Ihk.At(14))).Build();
        Growth growth = new ActivityCalculator().Calculate(portfolio, Ihk.November)[0].AudienceGrowth;
        Assert.Equal(new Bounds((9_500.0 / 9_499) - 1, (9_500.0 / 8_500) - 1), growth.Rounding);
    }

    [Fact]
    public void Stickiness_is_the_mean_day_over_the_period()
    {
        // a on 4 of 4 days, b on 2, c on 1: DAU 7/4 on average, MAU 3; 7/12.
        (string Actor, int Day)[] acts = [("a", 1), ("a", 2), ("a", 3), ("a", 3), ("a", 4), ("b", 1), ("b", 4), ("c", 2)];
        Figure figure = Activity([.. acts.Select((act, index) => Act($"i{index}", InteractionKind.Like, act.Day, act.Actor))], LocalPeriod.Between(new(2014, 11, 1), new(2014, 11, 5))).Stickiness;
        Assert.Equal(7.0 / 12, figure.Value!.Value, 15);
        Assert.Equal((1.75, 3.0), (figure.Numerator.Value, figure.Denominator.Value));

        // The mean of 1, 0.5 and 0.25 with t at 2 degrees of freedom (4.302653), cut at 0 and 1.
        double se = Math.Sqrt((Math.Pow(1 - (7.0 / 12), 2) + Math.Pow(0.5 - (7.0 / 12), 2) + Math.Pow(0.25 - (7.0 / 12), 2)) / 2 / 3);
        Assert.True((7.0 / 12) - (4.302653 * se) < 0);
        Assert.Equal((0.0, 1.0, IntervalMethod.Jackknife), (figure.Interval!.Value.Lower, figure.Interval.Value.Upper, figure.Interval.Value.Method));
        string text = figure.Explain(Language.English);
        Assert.Contains("Days (4):\n  2014-11-01: a = 2\n  2014-11-02: a = 2\n  2014-11-03: a = 1\n  2014-11-04: a = 2\nΣa/D = 1.75\nA = 3\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_of_twenty_user_posts_answered_are_a_service_level_of_a_quarter()
    {
        List<Interaction> log = [];
        for (int post = 0; post < 20; post++) log.Add(Act($"p{post}", post % 2 == 0 ? InteractionKind.Post : InteractionKind.Question, 2 + post, $"m{post}"));
        for (int post = 0; post < 3; post++) log.Add(Reply($"r{post}", $"p{post}", ActorRole.Organisation));
        log.Add(Act("c", InteractionKind.Comment, 6, "m9", replyTo: "p3"));
        log.Add(Reply("r3", "c", ActorRole.Staff)); // in the thread of p3
        log.Add(Reply("r4", "p4", ActorRole.Staff));
        log.Add(Act("m", InteractionKind.Comment, 9, "m1", replyTo: "p5")); // by a member: no answer of ours
        Figure figure = Activity([.. log]).ServiceLevel;
        Assert.Equal((5.0, 20.0, 0.25), (figure.Numerator.Value, figure.Denominator.Value, figure.Value));
        Assert.Equal(0.11186, figure.Interval!.Value.Lower, 5); // R: binom::binom.confint(5, 20, methods = "wilson")
        Assert.Equal(0.4687, figure.Interval.Value.Upper, 5);
        Assert.Equal("25.00 % (5/20) service-level v1 [11.19 %, 46.87 %] Wilson", figure.ToString());
    }

    [Fact]
    public void A_like_an_answer_elsewhere_or_before_and_the_asker_himself_are_no_service()
    {
        Interaction question = Act("p", InteractionKind.Question, 5, "m");
        Interaction Ours(string id, InteractionKind kind, int day, string to) => new(id, Group.Id, kind, Ihk.At(day), ActorRole.Organisation) { ReplyTo = new InteractionId(to) };
        double? Level(params Interaction[] ours) => Activity([question, .. ours, Act("other", InteractionKind.Post, 6, "n"), Reply("known", "other", ActorRole.Staff)]).ServiceLevel.Numerator.Value;
        Assert.Equal(2.0, Level(Ours("r", InteractionKind.Comment, 7, "p")));
        Assert.Equal(1.0, Level(Ours("like", InteractionKind.Like, 7, "p")));
        Assert.Equal(1.0, Level(Ours("early", InteractionKind.Reply, 4, "p")));
        Assert.Equal(1.0, Level(Ours("self", InteractionKind.Reply, 7, "p") with { Actor = new ActorId("m") }));

        Channel second = new("second", "Second", Platform.Xing, ChannelForm.Group);
        Portfolio across = Portfolio.For(Ihk.Chamber).Add(Group).Add(second).Add(question).Add(Act("other", InteractionKind.Post, 6, "n")).Add(Reply("known", "other", ActorRole.Staff))
            .Add(new Interaction("r", second.Id, InteractionKind.Reply, Ihk.At(7), ActorRole.Staff) { ReplyTo = new InteractionId("p") }).Build();
        Assert.All(new ActivityCalculator().Calculate(across, Ihk.November).Where(row => row.Channel != second.Id), row => Assert.Equal((1.0, 2.0), (row.ServiceLevel.Numerator.Value, row.ServiceLevel.Denominator.Value)));
    }

    [Fact]
    public void Under_our_own_post_who_answers_one_has_not_served_the_other_and_an_answer_may_come_later()
    {
        Interaction post = new("post", Group.Id, InteractionKind.Post, Ihk.At(2), ActorRole.Organisation);
        Interaction later = new("a", Group.Id, InteractionKind.Reply, Ihk.At(28, month: 12), ActorRole.Staff) { ReplyTo = new InteractionId("q1") };
        Figure figure = Activity(post, Act("q1", InteractionKind.Question, 3, "m", "post"), Act("q2", InteractionKind.Question, 4, "n", "post"), later).ServiceLevel;
        Assert.Equal((1.0, 2.0), (figure.Numerator.Value, figure.Denominator.Value));
    }

    [Fact]
    public void Without_any_reply_link_what_was_answered_is_missing_and_not_zero()
    {
        Interaction reply = new("r", Group.Id, InteractionKind.Reply, Ihk.At(4), ActorRole.Organisation);
        Figure figure = Activity(Act("p", InteractionKind.Question, 3, "m"), reply).ServiceLevel;
        Assert.Equal(UndefinedReason.MissingNumerator, figure.Ratio.Undefined);
        Assert.True(figure.Has(CaveatCodes.ReplyLinksMissing));
        Assert.Equal(UndefinedReason.ZeroDenominator, Activity(reply).ServiceLevel.Ratio.Undefined);
    }

    [Fact]
    public void A_circle_of_replies_ends() =>
        Assert.Equal(1.0, Activity(Act("p", InteractionKind.Question, 3, "m", replyTo: "r"), Reply("r", "p", ActorRole.Staff)).ServiceLevel.Value);

    [Theory]
    [InlineData(2, 1_000, 202, 90, 33, 332, 343, 42, 433)] // CHAOSS: half of 2,475 by 1,000 and 433
    [InlineData(1, 5)]
    [InlineData(2, 1, 1, 1, 1)]
    [InlineData(1, 4, 1, 1, 1)]
    public void The_absence_factor_is_the_smallest_number_of_actors_who_give_half(int expected, params int[] contributions)
    {
        Figure figure = Activity([.. Contributions(contributions)]).AbsenceFactor;
        Assert.Equal((expected, contributions.Length), (figure.Numerator.Value, figure.Denominator.Value));
    }

    [Fact]
    public void Ginis_coefficient_of_one_to_four_is_a_quarter()
    {
        Assert.Equal(0.25, Activity([.. Contributions(2, 4, 1, 3)]).Gini.Value!.Value, 15); // (−3·1 − 1·2 + 1·3 + 3·4)/(4·10)
        Assert.Equal(0.0, Activity([.. Contributions(3, 3, 3)]).Gini.Value);
        Assert.Equal(0.0, Activity([.. Contributions(7)]).Gini.Value);
        Assert.Equal(UndefinedReason.ZeroDenominator, Activity(Act("v", InteractionKind.View, 3, "a")).Gini.Ratio.Undefined);
    }

    [Fact]
    public void More_who_act_than_the_audience_holds_are_an_error_and_no_share_above_one()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Group).Add(Ihk.Audience(Group, Count.Observed(2), Ihk.At(1, 0)))
            .Add(Act("a", InteractionKind.Comment, 3, "anna")).Add(Act("b", InteractionKind.Comment, 4, "bert")).Add(Act("c", InteractionKind.Comment, 5, "carl")).Build();
        Figure contributors = new ActivityCalculator().Calculate(portfolio, Ihk.November)[0].Contributors;
        Assert.Equal((null, UndefinedReason.PartExceedsWhole, null), (contributors.Value, contributors.Ratio.Undefined, contributors.Interval));
        Caveat told = contributors.Caveats.Single(caveat => caveat.Code == CaveatCodes.PartExceedsWhole);
        Assert.Equal("more actors than the audience holds: an error in the data, not clamped", told.English);
        Assert.Equal("Mehr Handelnde, als das Publikum umfasst: ein Fehler in den Daten, nicht gekappt", told.German);
    }

    [Fact]
    public void More_actors_than_the_audience_holds_leave_no_share_of_it_and_nothing_is_clamped()
    {
        // 20 post and 30 comment: 50 of 38.
        Interaction[] log = [.. Enumerable.Range(0, 20).Select(index => Act($"p{index}", InteractionKind.Post, 3, $"a{index}")), .. Enumerable.Range(20, 30).Select(index => Act($"c{index}", InteractionKind.Comment, 3, $"a{index}"))];
        ChannelActivity Of(Count audience) => new ActivityCalculator().Calculate(log.Aggregate(Portfolio.For(Ihk.Chamber).Add(Group).Add(Ihk.Audience(Group, audience, Ihk.At(1, 0))), (facts, act) => facts.Add(act)).Build(), Ihk.November)[0];
        foreach ((Count audience, string told) in new[] { (Count.Observed(38), "more actors than the audience holds"), (Count.Rounded(40, 35, 44), "more actors than the audience holds"), (Count.Rounded(48, 45, 54), "as stated the part exceeds its whole"), (Count.Partial(38), "as stated the part exceeds its whole") })
        {
            ChannelActivity activity = Of(audience);
            Assert.All([activity.Creators, activity.Contributors, activity.Silent], figure =>
            {
                Assert.Equal((null, UndefinedReason.PartExceedsWhole, null), (figure.Value, figure.Ratio.Undefined, figure.Interval));
                Assert.StartsWith(told, figure.Caveats.Single(caveat => caveat.Code == CaveatCodes.PartExceedsWhole).English, StringComparison.Ordinal);
            });
            Assert.Equal((20.0, 30.0, null), (activity.Creators.Numerator.Value, activity.Contributors.Numerator.Value, activity.Silent.Numerator.Value));
        }

        // As many as act: nobody is silent.
        Assert.Equal((0.4, 0.6, 0.0), (Of(Count.Observed(50)).Creators.Value, Of(Count.Observed(50)).Contributors.Value, Of(Count.Observed(50)).Silent.Value));
        Assert.Equal(UndefinedReason.ZeroDenominator, Of(Count.Observed(0)).Creators.Ratio.Undefined);

        // 52 as stated, at least 49 and at most 54: 2 are silent, at least none and at most 4.
        Assert.Equal((2.0, 0.0, 4.0), (Of(Count.Rounded(52, 49, 54)).Silent.Numerator.Value, Of(Count.Rounded(52, 49, 54)).Silent.Numerator.Lower, Of(Count.Rounded(52, 49, 54)).Silent.Numerator.Upper));
    }

    [Fact]
    public void Growth_over_channels_of_different_units_says_so()
    {
        (Channel Channel, UnitOfCount Unit)[] counted = [(Ihk.Xing, UnitOfCount.Person), (Ihk.Twitter, UnitOfCount.Account), (Ihk.Magazine, UnitOfCount.Copy)];
        Growth Over(params (Channel Channel, UnitOfCount Unit)[] ones) => new ActivityCalculator().Calculate(ones.Aggregate(Portfolio.For(Ihk.Chamber), (facts, one) => facts.Add(one.Channel)
            .Add(Ihk.Audience(one.Channel, Count.Observed(100), Ihk.At(1, 0), one.Unit)).Add(Ihk.Audience(one.Channel, Count.Observed(110), Ihk.At(14), one.Unit))).Build(), Ihk.November)[^1].AudienceGrowth;
        Assert.Equal([CaveatCodes.GrossCountsTwice, CaveatCodes.MixedUnits], Over(counted).Caveats.Select(caveat => caveat.Code), StringComparer.Ordinal);
        Assert.Equal("the sum adds up different units: persons, accounts, copies", Over(counted).Caveats[1].English);
        Assert.Equal([CaveatCodes.GrossCountsTwice], Over((Ihk.Xing, UnitOfCount.Person), (Ihk.Twitter, UnitOfCount.Person)).Caveats.Select(caveat => caveat.Code), StringComparer.Ordinal);
        Assert.Empty(Over(counted[0]).Caveats);
    }

    [Fact]
    public void An_open_audience_is_told_in_words_that_fit_it()
    {
        Growth Between(Count earlier, Count later) => new ActivityCalculator().Calculate(Portfolio.For(Ihk.Chamber).Add(Group).Add(Ihk.Audience(Group, earlier, Ihk.At(1, 0))).Add(Ihk.Audience(Group, later, Ihk.At(14))).Build(), Ihk.November)[0].AudienceGrowth;
        Caveat least = Assert.Single(Between(Count.Observed(400), Count.Partial(500)).Caveats);
        Assert.Equal((CaveatCodes.AtLeast, "at least: a part of what is counted is not known; figure and interval are of what is known"), (least.Code, least.English));
        Assert.Equal("Mindestens: Ein Teil des Gezählten ist nicht bekannt; Zahl und Intervall gelten für das Bekannte", least.German);
        Assert.Equal(CaveatCodes.AtMost, Assert.Single(Between(Count.Partial(400), Count.Observed(500)).Caveats).Code);

        // At least one actor, of whom one has no name.
        Figure contributors = Activity(Act("1", InteractionKind.Like, 3, "a"), new Interaction("2", Group.Id, InteractionKind.Like, Ihk.At(3), ActorRole.Unknown)).Contributors;
        Assert.Equal(least, contributors.Caveats.Single(caveat => caveat.Code == CaveatCodes.AtLeast));
    }

    [Fact]
    public void Creators_contributors_and_the_silent_are_the_whole_audience()
    {
        ChannelActivity activity = Activity(Act("1", InteractionKind.Post, 3, "a"), Act("2", InteractionKind.Like, 3, "a"), Act("3", InteractionKind.Comment, 3, "b"), Act("4", InteractionKind.Like, 4, "c"), Act("5", InteractionKind.View, 4, "d"));
        Assert.Equal((0.01, 0.02, 0.97), (activity.Creators.Value, activity.Contributors.Value, activity.Silent.Value));
        Assert.Equal(ProportionIntervals.Wilson(1, 100), activity.Creators.Interval);
        Assert.Equal(1.0, new[] { activity.Creators, activity.Contributors, activity.Silent }.Sum(figure => figure.Value!.Value), 15);
    }

    [Fact]
    public void An_actor_without_a_name_leaves_open_how_many_acted()
    {
        ChannelActivity activity = Activity(Act("1", InteractionKind.Like, 3, "a"), new Interaction("2", Group.Id, InteractionKind.Like, Ihk.At(3), ActorRole.Unknown));
        Assert.Equal(UndefinedReason.OpenBothWays, activity.Stickiness.Ratio.Undefined);
        Assert.Equal(UndefinedReason.OpenBothWays, activity.AbsenceFactor.Ratio.Undefined);
        Assert.Equal(UndefinedReason.MissingNumerator, activity.Gini.Ratio.Undefined);
        Assert.Equal(UndefinedReason.MissingNumerator, activity.Silent.Ratio.Undefined);
        Assert.True(activity.Contributors.Has(CaveatCodes.AtLeast));
        Assert.True(activity.Stickiness.Has(CaveatCodes.ActorsUnknown));
    }

    [Fact]
    public void A_channel_without_a_log_is_missing_and_not_zero()
    {
        ChannelActivity activity = new ActivityCalculator().Calculate(Ihk.Seed(), Ihk.November)[0];
        Figure[] figures = [activity.Stickiness, activity.ServiceLevel, activity.AbsenceFactor, activity.Gini, activity.Creators, activity.Contributors, activity.Silent];
        Assert.All(figures, figure => Assert.Null(figure.Value));
        Assert.All(figures.Take(4), figure => Assert.True(figure.Has(CaveatCodes.InteractionsMissing)));
    }

    [Fact]
    public void An_actor_of_two_channels_counts_once_in_all()
    {
        Channel second = new("second", "Second", Platform.Xing, ChannelForm.Group);
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Group).Add(second)
            .Add(Act("1", InteractionKind.Like, 3, "a")).Add(new Interaction("2", second.Id, InteractionKind.Like, Ihk.At(3), ActorRole.Member) { Actor = new ActorId("a") }).Build();
        IReadOnlyList<ChannelActivity> result = new ActivityCalculator().Calculate(portfolio, Ihk.November);
        Assert.Equal(1.0, result[^1].Stickiness.Denominator.Value);
        Assert.Equal(UndefinedReason.MissingDenominator, result[^1].Creators.Ratio.Undefined);
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.German)]
    public void The_text_alone_suffices_to_calculate_the_figures_again(Language language)
    {
        ChannelActivity activity = Activity([.. Contributions(5, 3, 2, 2), Act("q", InteractionKind.Question, 6, "actor-0"), Reply("a", "q", ActorRole.Staff)]);
        Figure[] figures = [activity.Stickiness, activity.ServiceLevel, activity.AbsenceFactor, activity.Creators, activity.Contributors, activity.Silent];
        Assert.All(figures.Where(figure => figure.Value > 0), figure =>
        {
            string[] lines = figure.Explain(language).Split('\n');
            (string top, string? bottom) = figure.Definition.PartLetters;
            double Number(string letter) => double.Parse(lines.Single(line => line.StartsWith($"{letter} = ", StringComparison.Ordinal)).Split(" = ")[1], System.Globalization.NumberStyles.Float, language is Language.German ? Words.De : System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(figure.Value!.Value, Number(top) / Number(bottom!), 15);
        });
        Assert.Equal(5, figures.Count(figure => figure.Value > 0));

        // Gini, from the contributions that the text lists.
        long[] contributions = [.. activity.Gini.Explain(language).Split('\n').Where(line => line.Contains(": c = ", StringComparison.Ordinal)).Select(line => long.Parse(line.Split(" = ")[1], System.Globalization.CultureInfo.InvariantCulture)).Order()];
        double gini = contributions.Select((count, place) => ((2 * (place + 1)) - contributions.Length - 1) * (double)count).Sum() / (contributions.Length * contributions.Sum());
        Assert.Equal(activity.Gini.Value!.Value, gini, 15);
    }

    private static IEnumerable<Interaction> Contributions(params int[] numbers) =>
        numbers.SelectMany((number, actor) => Enumerable.Range(0, number).Select(index => Act($"{actor}-{index}", InteractionKind.Comment, 2 + actor, $"actor-{actor}")));

    private static Interaction Act(string id, InteractionKind kind, int day, string actor, string? replyTo = null) =>
        new(id, Group.Id, kind, Ihk.At(day), ActorRole.Member) { Actor = new ActorId(actor), ReplyTo = replyTo is null ? default : new InteractionId(replyTo) };

    private static Interaction Reply(string id, string to, ActorRole role) => new(id, Group.Id, InteractionKind.Reply, Ihk.At(28), role) { Actor = new ActorId("us"), ReplyTo = new InteractionId(to) };

    private static ChannelActivity Activity(params Interaction[] log) => Activity(log, Ihk.November);

    private static ChannelActivity Activity(Interaction[] log, LocalPeriod period)
    {
        PortfolioBuilder facts = Portfolio.For(Ihk.Chamber).Add(Group).Add(Ihk.Audience(Group, Count.Observed(100), Ihk.At(1, 0)));
        foreach (Interaction interaction in log) facts.Add(interaction);
        return new ActivityCalculator().Calculate(facts.Build(), period)[0];
    }
}
