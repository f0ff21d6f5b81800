using NodaTime;

namespace Engagement.Core.Tests.Figures;

public class ExplanationTests
{
    private static readonly Channel Page = new("page", "Page", Platform.Facebook, ChannelForm.Page) { TargetUniverse = new UniverseId("young") };
    private static readonly Portfolio Facts = Rich(posts: 7);

    public static TheoryData<string, Language> Definitions
    {
        get
        {
            var rows = new TheoryData<string, Language>();
            foreach (Definition definition in EngagementRatioDefinitions.All) rows.AddRange((definition.Id.Name, Language.English), (definition.Id.Name, Language.German));
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public void The_text_alone_suffices_to_calculate_an_engagement_ratio_again(string name, Language language) =>
        AssertRecalculates(EngagementRatioDefinitions.All.Single(definition => definition.Id.Name == name), Facts, language);

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.German)]
    public void So_it_does_for_recipes_of_ones_own_with_weights_medians_and_other_bases(Language language)
    {
        InteractionSelection weighted = new InteractionSelection(InteractionKind.Like, InteractionKind.Comment, InteractionKind.Share).WithWeight(InteractionKind.Comment, 2.5).WithWeight(InteractionKind.Share, 16);
        EngagementRatioDefinition[] mine =
        [
            EngagementRatioDefinitions.ByReach.With("weighted", selection: weighted),
            EngagementRatioDefinitions.ByReach.With("median", aggregation: Aggregation.MedianOfPublications),
            EngagementRatioDefinitions.PerPublication.With("median-of-counts", aggregation: Aggregation.MedianOfPublications, selection: weighted),
            EngagementRatioDefinitions.ByViews.With("mean-of-weighted", aggregation: Aggregation.MeanOfPublications, selection: weighted),
            EngagementRatioDefinitions.ByMembers.With("mean-of-members", aggregation: Aggregation.MeanOfPublications),
            EngagementRatioDefinitions.ByMembers.With("members-at-publication", baseAsOf: BaseAsOf.AtPublication),
            EngagementRatioDefinitions.ByFollowers.With("start-end", baseAsOf: BaseAsOf.StartEndMean, attribution: Attribution.ByInteractionDate),
            EngagementRatioDefinitions.Daily.With("by-date", attribution: Attribution.ByInteractionDate),
        ];
        foreach (EngagementRatioDefinition definition in mine) AssertRecalculates(definition, Facts, language);
    }

    [Theory]
    [InlineData("by-reach")]
    [InlineData("by-members")]
    [InlineData("crowdtangle-post")]
    [InlineData("crowdtangle-page")]
    [InlineData("per-publication")]
    public void A_long_list_is_told_in_sum_and_still_suffices(string name)
    {
        Portfolio many = Rich(posts: 250);
        string text = AssertRecalculates(EngagementRatioDefinitions.All.Single(definition => definition.Id.Name == name), many, Language.English);
        Assert.Contains("Publications (250):", text, StringComparison.Ordinal);
        Assert.Contains("  and 150 more: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_middle_of_a_long_list_is_told_for_a_median()
    {
        Figure figure = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach.With("median", aggregation: Aggregation.MedianOfPublications)).Calculate(Rich(posts: 250), Ihk.November).Channels[0];
        string line = figure.Explain(Language.English).Split('\n').Single(line => line.StartsWith("  in the middle: ", StringComparison.Ordinal));
        double[] middle = [.. line.Split(": ")[1].Split(" · ").Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(2, middle.Length);
        Assert.Equal(figure.Value!.Value, (middle[0] + middle[1]) / 2, 15);
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.German)]
    public void The_text_alone_suffices_to_calculate_reach_again(Language language)
    {
        ReachPerMemberResult reach = new ReachPerMemberCalculator().Calculate(Facts, Ihk.November);
        Figure?[] figures = [reach.Channels[0].Potential, reach.Channels[0].Measured, reach.Channels[0].Coverage, reach.Channels[0].OnTarget, reach.Channels[0].TargetCoverage, reach.Gross];
        Assert.Equal(6, figures.OfType<Figure>().Select(figure => figure.Value).OfType<double>().Count());
        Assert.All(figures, figure => Assert.Equal(figure!.Value!.Value, new ExplanationReader(figure.Explain(language), language).Recalculate(), 15));
    }

    [Fact]
    public void Net_reach_tells_audiences_universe_bounds_and_model()
    {
        string text = new ReachPerMemberCalculator().Calculate(Ihk.Seed(), Ihk.November).Net!.Explain(Language.English);
        Assert.Contains("Channels (4):\n  xing: F = 9,000 (8,500 to 9,499)\n  twitter: F = 133\n  google-plus: F = 38\n  facebook: F = 324\nU = 110,000 (110,000 to 114,999)\n", text, StringComparison.Ordinal);

        // The model by hand: U·(1 − Π(1 − F/U)).
        double model = 110_000 * (1 - ((1 - (9_000 / 110_000.0)) * (1 - (133 / 110_000.0)) * (1 - (38 / 110_000.0)) * (1 - (324 / 110_000.0))));
        string line = text.Split('\n').Single(line => line.StartsWith("Net, by independence: ", StringComparison.Ordinal));
        Assert.Equal(model, double.Parse(line.Split(": ")[1].Split(" / ")[0], System.Globalization.CultureInfo.InvariantCulture), 1e-9);
        Assert.Contains("Net, at least: 9,000 / 110,000 = ", text, StringComparison.Ordinal);
        Assert.Contains("Net, at most: 9,495 / 110,000 = ", text, StringComparison.Ordinal);
        Assert.Contains("Left open by the numbers: 0.0739", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_explanation_in_German_writes_German_numbers_and_dates()
    {
        AudienceSnapshot audience = new(Page.Id, Ihk.At(1, 0), Count.Rounded(9_000), UnitOfCount.Person) { Source = "Presse" };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Page).Add(audience).Add(new Publication("p", Page.Id, Ihk.At(3)) { Interactions = Ihk.Tally(1_000, 250) }).Build();
        string text = new EngagementRatioCalculator(EngagementRatioDefinitions.ByFollowers.With("mine", selection: new InteractionSelection(InteractionKind.Like, InteractionKind.Comment).WithWeight(InteractionKind.Comment, 2.5))).Calculate(portfolio, Ihk.November).Channels[0].Explain(Language.German);
        string[] lines = text.Split('\n');
        Assert.Equal("mine v1 · page · 01.11.2014 bis ausschließlich 01.12.2014", lines[0]);
        Assert.StartsWith("Formel: ΣI/ΣF · I: Likes + 2,5·Kommentare von allen außer der Organisation und Bots", lines[1], StringComparison.Ordinal);
        Assert.Equal(
            [
                "Veröffentlichungen (1):", "  p: I = 1.625 · F = 9.000 (8.500 bis 9.499)", "  Likes: 1.000 × 1", "  Kommentare: 250 × 2,5", "ΣI = 1.625", "ΣF = 9.000 (8.500 bis 9.499)",
                "Ergebnis: 1.625 / 9.000 = 0,18055555555555555; je 100: 18,055556",
                "Von den Zahlen offen gelassen: 0,17107063 bis 0,19117647",
            ],
            lines[2..10].Select(line => line.StartsWith("Von", StringComparison.Ordinal) ? string.Join(' ', line.Split(' ').Select(word => word.StartsWith("0,", StringComparison.Ordinal) ? word[..10] : word)) : line),
            StringComparer.Ordinal);
        Assert.Contains("Daten: Publikum: Presse", lines, StringComparer.Ordinal);
        Cultures.AssertInvariant(() => text);
    }

    [Fact]
    public void A_figure_without_a_value_explains_why()
    {
        Figure figure = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate(Portfolio.For(Ihk.Chamber).Add(Page).Add(new Publication("p", Page.Id, Ihk.At(3)) { Interactions = Ihk.Tally(3) }).Build(), Ihk.November).Channels[0];
        Assert.Contains("Result: undefined (MissingDenominator): what it would be divided by is not known\n", figure.Explain(Language.English), StringComparison.Ordinal);
        Assert.Contains("Ergebnis: undefiniert (MissingDenominator): der Nenner ist nicht bekannt\n", figure.Explain(Language.German), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("language", () => figure.Explain(default));
    }

    [Fact]
    public void Caveats_and_interval_stand_in_the_explanation()
    {
        EngagementRatioResult result = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate(Facts, Ihk.November);
        string text = result.Channels[0].Explain(Language.English);
        Assert.Contains("(jackknife, 95 %)", text, StringComparison.Ordinal);
        Assert.All(result.Channels[0].Caveats, caveat => Assert.Contains($"\n{caveat}\n", text, StringComparison.Ordinal));
        Assert.Contains(text, result.Explain(Language.English), StringComparison.Ordinal);
    }

    private static string AssertRecalculates(EngagementRatioDefinition definition, Portfolio facts, Language language)
    {
        Figure figure = new EngagementRatioCalculator(definition).Calculate(facts, Ihk.November).Channels[0];
        string text = figure.Explain(language);
        var reader = new ExplanationReader(text, language);
        Assert.True(figure.Value > 0, text);
        Assert.Equal(1, reader.Recalculate() / figure.Value!.Value, 1e-14);
        if (reader.WeightedSum is { } sum) Assert.Equal(1, sum / figure.Numerator.Value!.Value, 1e-14);
        return text;
    }

    /// <summary>A page of which everything is known, all numbers different.</summary>
    private static Portfolio Rich(int posts)
    {
        PortfolioBuilder facts = Portfolio.For(Ihk.Chamber).Add(Page).Add(new Universe("members", UnitOfCount.Person).With(Ihk.At(1, 0), Count.Observed(110_000))).Add(new Universe("young", UnitOfCount.Person).With(Ihk.At(1, 0), Count.Observed(20_000)));
        for (int day = 1; day <= 30; day++) facts.Add(new AudienceSnapshot(Page.Id, Ihk.At(day, 0), Count.Observed(3_500 + (day * day)), UnitOfCount.Person) { Members = Count.Observed(1_000 + day), InTarget = Count.Observed(200 + day) });
        for (int post = 0; post < posts; post++)
        {
            InteractionTally tally = InteractionTally.Empty;
            foreach (InteractionKind kind in Enum.GetValues<InteractionKind>().Skip(1)) tally = tally.With(kind, Count.Observed(1 + (((post * 31) + ((int)kind * 17)) % 97)));
            facts.Add(new Publication($"post-{post}", Page.Id, Ihk.At(2 + (post % 27), post % 24))
            {
                Interactions = tally,
                Exposures = new Exposures(Count.Observed(9_000 + (post * 13)), new MeasuredReach(Count.Observed(4_000 + (post * 7))), Count.Observed(1_000 + (post * 3))),
            });
        }

        for (int index = 0; index < 40; index++)
        {
            facts.Add(new Interaction($"i{index}", Page.Id, InteractionKind.Comment, Ihk.At(1 + (index % 25), 13) + Duration.FromMinutes(index), ActorRole.Member) { Actor = new ActorId($"actor-{index % 11}"), Publication = new PublicationId("post-1") });
        }

        return facts.Build();
    }
}
