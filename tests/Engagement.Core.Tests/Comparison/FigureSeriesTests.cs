namespace Engagement.Core.Tests.Comparison;

public class FigureSeriesTests
{
    private static readonly Channel Page = new("page", "Page", Platform.Facebook, ChannelForm.Page);
    private static readonly SeriesBreak Views = new(new(2014, 11, 1), EngagementRatioDefinitions.ByImpressions, EngagementRatioDefinitions.ByViews, "the platform shows views instead of impressions");

    [Fact]
    public void A_series_is_in_order_of_time_and_tells_each_growth_with_its_base()
    {
        FigureSeries series = FigureSeries.Of([Of(EngagementRatioDefinitions.ByImpressions, 10, 30), Of(EngagementRatioDefinitions.ByImpressions, 9, 20)]);
        Assert.Equal([9, 10], series.Figures.Select(figure => figure.Period.From.Month));
        Growth growth = Assert.Single(series.Growths);
        Assert.Equal(0.5, growth.Value!.Value, 12);
        Assert.Equal("+50.00 % (0.2 → 0.3) by-impressions v1", growth.ToString());
        Assert.Equal(30 / 7.0, growth.Weeks);
        Assert.Single(series.Segments);
    }

    [Fact]
    public void A_change_of_metric_without_a_break_is_refused()
    {
        Figure[] figures = [Of(EngagementRatioDefinitions.ByImpressions, 10, 30), Of(EngagementRatioDefinitions.ByViews, 11, 20)];
        Assert.Contains("differ in name (by-impressions and by-views), base (Impressions and Views)", Assert.Throws<DefinitionMismatchException>(() => FigureSeries.Of(figures)).Message, StringComparison.Ordinal);

        // A break of another day or the other way round does not excuse it.
        Assert.Throws<DefinitionMismatchException>(() => FigureSeries.Of(figures, new SeriesBreak(new(2014, 12, 5), Views.Before, Views.After, "later")));
        Assert.Throws<DefinitionMismatchException>(() => FigureSeries.Of(figures, new SeriesBreak(new(2014, 11, 1), Views.After, Views.Before, "back")));
    }

    [Fact]
    public void With_its_break_the_series_stands_and_nothing_is_compared_across_it()
    {
        FigureSeries series = FigureSeries.Of([Of(EngagementRatioDefinitions.ByImpressions, 9, 20), Of(EngagementRatioDefinitions.ByImpressions, 10, 30), Of(EngagementRatioDefinitions.ByViews, 11, 20), Of(EngagementRatioDefinitions.ByViews, 12, 25)], Views);
        Assert.Equal([2, 2], series.Segments.Select(segment => segment.Count));
        Assert.Equal(["by-impressions v1", "by-views v1"], series.Growths.Select(growth => growth.Definition.Id.ToString()), StringComparer.Ordinal);
        IReadOnlyList<FigureComparison> comparisons = series.Compare();
        Assert.Equal(2, comparisons.Count);
        Assert.All(comparisons, comparison => Assert.Equal(comparison.First.Definition, comparison.Second.Definition));
        Assert.All(comparisons, comparison => Assert.Equal((2, "Holm"), (comparison.Comparisons, comparison.Adjustment)));
        string[] lines = series.ToString().Split('\n');
        Assert.Equal("2014-11-01: by-impressions v1 → by-views v1 (the platform shows views instead of impressions)", lines[2]);
        Assert.Equal(["2014-09-01", "2014-10-01", "2014-11-01", "2014-11-01", "2014-12-01"], lines.Select(line => line[..10]), StringComparer.Ordinal);
    }

    [Fact]
    public void Breaks_stand_in_order_of_time_and_an_unknown_figure_is_compared_with_none()
    {
        var back = new SeriesBreak(new(2014, 12, 1), EngagementRatioDefinitions.ByViews, EngagementRatioDefinitions.ByImpressions, "back again");
        Figure[] figures = [Of(EngagementRatioDefinitions.ByImpressions, 10, 30), Of(EngagementRatioDefinitions.ByViews, 11, 20), Of(EngagementRatioDefinitions.ByImpressions, 12, 10)];
        FigureSeries series = FigureSeries.Of(figures, back, Views);
        Assert.Equal([Views, back], series.Breaks);
        Assert.Equal([1, 1, 1], series.Segments.Select(segment => segment.Count));
        Assert.Empty(series.Compare());
        Assert.Equal(["2014-10-01/2014-11-01", "2014-11-01: by-impressions v1", "2014-11-01/2014-12-01", "2014-12-01: by-views v1 → by-imp", "2014-12-01/2015-01-01"], series.ToString().Split('\n').Zip([21, 29, 21, 32, 21], (line, length) => line[..length]), StringComparer.Ordinal);

        Figure unknown = new EngagementRatioCalculator(EngagementRatioDefinitions.ByImpressions).Calculate(Portfolio.For(Ihk.Chamber).Add(Page).Build(), LocalPeriod.Month(2014, 11)).Channels[0];
        Assert.Null(unknown.Value);
        Assert.Empty(FigureSeries.Of([figures[0], unknown]).Compare());
        Assert.Empty(FigureSeries.Of([unknown, figures[2]]).Compare());
        Assert.Single(FigureSeries.Of([figures[0], Of(EngagementRatioDefinitions.ByImpressions, 11, 20)]).Compare());
    }

    [Fact]
    public void A_figure_that_was_refused_has_no_growth()
    {
        // 600 of 500 members in October is an error in the data; 200 of 500 and 400 of 500 are 40 % and 80 %: twice as much.
        Figure[] coverage = [.. new[] { (9, 100L), (10, 600), (11, 200), (12, 400) }.Select(month => Coverage(month.Item1, month.Item2, UnitOfCount.Person))];
        Assert.Equal(UndefinedReason.PartExceedsWhole, coverage[1].Ratio.Undefined);
        Assert.Equal([null, null, 1.0], FigureSeries.Of(coverage).Growths.Select(growth => growth.Value));
        Assert.Equal([UndefinedReason.MissingNumerator, UndefinedReason.MissingDenominator, null], FigureSeries.Of(coverage).Growths.Select(growth => growth.Undefined));

        // Persons are no share of companies, in whatever month.
        Figure[] mixed = [Coverage(10, 100, UnitOfCount.Company), Coverage(11, 200, UnitOfCount.Company)];
        Assert.All(mixed, figure => Assert.Equal(UndefinedReason.UnitMismatch, figure.Ratio.Undefined));
        Assert.Null(Assert.Single(FigureSeries.Of(mixed).Growths).Value);
    }

    [Fact]
    public void What_is_no_series_is_refused_with_its_place()
    {
        Figure october = Of(EngagementRatioDefinitions.ByImpressions, 10, 30);
        Assert.StartsWith("figures must not hold null: leave out what is not known.", Assert.Throws<ArgumentException>("figures", () => FigureSeries.Of([october, null!])).Message, StringComparison.Ordinal);
        Assert.StartsWith("breaks must not hold null: leave out what is none.", Assert.Throws<ArgumentException>("breaks", () => FigureSeries.Of([october], Views, null!)).Message, StringComparison.Ordinal);
        Assert.StartsWith("figures (2014-10-01/2014-11-01 and 2014-10-01/2014-11-01) must not overlap in time: a series has one figure for each time.", Assert.Throws<ArgumentException>("figures", () => FigureSeries.Of([october, october])).Message, StringComparison.Ordinal);
        Assert.StartsWith("after (by-views v1) must be another definition than before: where none changes there is no break.", Assert.Throws<ArgumentException>("after", () => new SeriesBreak(new(2014, 11, 1), EngagementRatioDefinitions.ByViews, EngagementRatioDefinitions.ByViews, "none")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("before", () => new SeriesBreak(new(2014, 11, 1), null!, EngagementRatioDefinitions.ByViews, "none"));
        Assert.Throws<ArgumentException>("reason", () => new SeriesBreak(new(2014, 11, 1), EngagementRatioDefinitions.ByImpressions, EngagementRatioDefinitions.ByViews, " "));
    }

    [Fact]
    public void A_period_must_not_go_on_across_a_break_nor_over_another()
    {
        Figure quarter = new EngagementRatioCalculator(EngagementRatioDefinitions.ByImpressions).Calculate(Facts(10, 30), LocalPeriod.Quarter(2014, 4)).Channels[0];
        Assert.Contains("must not go on across the break", Assert.Throws<ArgumentException>("figures", () => FigureSeries.Of([quarter], Views)).Message, StringComparison.Ordinal);
        Assert.Contains("must not overlap", Assert.Throws<ArgumentException>("figures", () => FigureSeries.Of([quarter, Of(EngagementRatioDefinitions.ByImpressions, 11, 3)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("figures", () => FigureSeries.Of([quarter, new ReachPerMemberCalculator().Calculate(Ihk.Seed(), LocalPeriod.Month(2015, 1)).Channels[0].Potential]));
    }

    private static Figure Coverage(int month, long members, UnitOfCount universe) => new ReachPerMemberCalculator().Calculate(
        Portfolio.For(Ihk.Chamber).Add(new Universe("members", universe).With(Ihk.At(1, month: month), Count.Observed(500))).Add(Page).Add(new AudienceSnapshot(Page.Id, Ihk.At(1, month: month), Count.Observed(900), UnitOfCount.Person) { Members = Count.Observed(members) }).Build(),
        LocalPeriod.Month(2014, month)).Channels[0].Coverage;

    private static Portfolio Facts(int month, long likes) => Portfolio.For(Ihk.Chamber).Add(Page)
        .Add(new Publication("p", Page.Id, Ihk.At(5, month: month)) { Interactions = Ihk.Tally(likes), Exposures = new Exposures(Count.Observed(100), Views: Count.Observed(100)) }).Build();

    private static Figure Of(EngagementRatioDefinition definition, int month, long likes) => new EngagementRatioCalculator(definition).Calculate(Facts(month, likes), LocalPeriod.Month(2014, month)).Channels[0];
}
