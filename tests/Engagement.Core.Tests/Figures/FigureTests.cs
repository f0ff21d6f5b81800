namespace Engagement.Core.Tests.Figures;

public class FigureTests
{
    private static readonly DefinitionId ByFollowers = new("by-followers", 1);

    // Recipes of one name that differ in their scale alone.
    private static EngagementRatioDefinition Recipe(int scale = 100) => new("by-followers", EngagementBase.PotentialReach, scale: scale);

    [Fact]
    public void A_definition_has_a_name_and_a_version()
    {
        Assert.Equal("by-followers v1", ByFollowers.ToString());
        Assert.Equal(ByFollowers, new DefinitionId("by-followers", 1));
        Assert.NotEqual(ByFollowers, new DefinitionId("by-followers", 2));
        Assert.NotEqual(ByFollowers, new DefinitionId("By-followers", 1));
        Assert.Equal(("", 0, " v0"), (default(DefinitionId).Name, default(DefinitionId).Version, default(DefinitionId).ToString()));
        Assert.StartsWith("version (0) must be 1 or more: count versions from 1.", Assert.Throws<ArgumentOutOfRangeException>("version", () => new DefinitionId("a", 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("version", () => new DefinitionId("a", int.MinValue));
        Assert.Throws<ArgumentNullException>("name", () => new DefinitionId(null!, 1));
        Cultures.AssertInvariant(() => new DefinitionId("a", 12_345).ToString());
    }

    [Fact]
    public void A_caveat_speaks_two_languages()
    {
        Caveat caveat = new("ENG1001", "units differ", "Einheiten verschieden");
        Assert.Equal("units differ", caveat.Text(Language.English));
        Assert.Equal("Einheiten verschieden", caveat.Text(Language.German));
        Assert.Equal("ENG1001: units differ", caveat.ToString());
        Assert.Equal(caveat, new Caveat("ENG1001", "units differ", "Einheiten verschieden"));
        Assert.Throws<ArgumentOutOfRangeException>("language", () => caveat.Text(default));
        Assert.Throws<ArgumentOutOfRangeException>("language", () => caveat.Text((Language)3));
        Assert.Throws<ArgumentException>("code", () => new Caveat(" ", "a", "b"));
        Assert.Throws<ArgumentException>("english", () => new Caveat("a", "", "b"));
        Assert.Throws<ArgumentException>("german", () => new Caveat("a", "b", "\t"));
    }

    [Fact]
    public void German_texts_write_German_numbers_in_every_culture_and_without_culture_data()
    {
        Caveat caveat = Caveats.Converted(new UnitConversion(UnitOfCount.Person, UnitOfCount.Company, 3.25, "CRM"));
        Assert.Equal("converted at 3.25 persons per company (CRM)", caveat.English);
        Assert.Equal("umgerechnet mit 3,25 Personen je Unternehmen (CRM)", caveat.German);
        Assert.Equal("Die effektive Zahl der Veröffentlichungen ist 2,5, unter 10: Das Intervall ist grob", Caveats.FewPublications(2.5, areDays: false).German);
        Cultures.AssertInvariant(() => $"{caveat.German} {caveat.English}");
    }

    [Fact]
    public void A_figure_is_written_in_one_line()
    {
        Assert.Equal("12.96 % (42/324) by-followers v1", Of(100, Count.Observed(42), Count.Observed(324)).ToString());
        Assert.Equal("0.1296 (42/324) by-followers v1", Of(1, Count.Observed(42), Count.Observed(324)).ToString());
        Assert.Equal("129.63 per 1,000 (42/324) by-followers v1", Of(1_000, Count.Observed(42), Count.Observed(324)).ToString());
        Assert.Equal("undefined: ZeroDenominator (42/0) by-followers v1", Of(100, Count.Observed(42), Count.Observed(0)).ToString());
        Assert.Equal("undefined: MissingDenominator (42/missing) by-followers v1", Of(100, Count.Observed(42), Count.Missing).ToString());
        Assert.Equal("undefined: MissingNumerator (withheld/324) by-followers v1", Of(100, Count.Withheld, Count.Observed(324)).ToString());
        Assert.Equal("undefined: OpenBothWays (>=42/>=324) by-followers v1", Of(100, Count.Partial(42), Count.Partial(324)).ToString());
        Assert.Equal("81.82 per 1,000 (~9000/~110000) by-followers v1 [73.91 per 1,000, 86.35 per 1,000] rounding", Of(1_000, Count.Rounded(9_000), Count.Rounded(110_000, 110_000, 114_999)).ToString());
    }

    [Fact]
    public void An_interval_stands_behind_the_figure_with_its_method()
    {
        Quantity top = Quantity.Exact(42);
        Quantity bottom = Quantity.Exact(324);
        Figure figure = new(Recipe(), Ihk.November, Ihk.Facebook.Id, top, bottom, FigureParts.Divide(top, bottom), null, new IntervalEstimate(0.0934, 0.1752, 0.95, IntervalMethod.Garwood), []);
        Assert.Equal("12.96 % (42/324) by-followers v1 [9.34 %, 17.52 %] Garwood", figure.ToString());
        Cultures.AssertInvariant(figure.ToString);
    }

    [Fact]
    public void A_caveat_stands_once() =>
        Assert.Single(new Figure(Recipe(), Ihk.November, default, default, default, default, null, null, [Caveats.PotentialReach(), Caveats.PotentialReach()]).Caveats);

    [Fact]
    public void Figures_are_equal_by_value()
    {
        Assert.Equal(Of(100, Count.Observed(42), Count.Observed(324)), Of(100, Count.Observed(42), Count.Observed(324)));
        Assert.Equal(Of(100, Count.Observed(42), Count.Observed(324)).GetHashCode(), Of(100, Count.Observed(42), Count.Observed(324)).GetHashCode());
        Assert.NotEqual(Of(100, Count.Observed(42), Count.Observed(324)), Of(1_000, Count.Observed(42), Count.Observed(324)));
    }

    private static Figure Of(int scale, Count numerator, Count denominator)
    {
        (Quantity top, Quantity bottom) = (Quantity.From(numerator), Quantity.From(denominator));
        Ratio ratio = FigureParts.Divide(top, bottom);
        return new Figure(Recipe(scale), Ihk.November, Ihk.Facebook.Id, top, bottom, ratio, FigureParts.Rounding(ratio, top, bottom), null, []);
    }
}
