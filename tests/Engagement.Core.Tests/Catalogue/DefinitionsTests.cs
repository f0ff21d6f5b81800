using System.Reflection;

namespace Engagement.Core.Tests.Catalogue;

public class DefinitionsTests
{
    public static TheoryData<string> Names => [.. Definitions.All.Select(definition => definition.Id.Name)];

    [Fact]
    public void Every_member_of_the_classes_of_definitions_is_in_the_catalogue_and_no_name_stands_twice()
    {
        Definition[] members = [.. new[] { typeof(EngagementRatioDefinitions), typeof(ReachDefinitions), typeof(DialogueDefinitions), typeof(EffortDefinitions), typeof(ActivityDefinitions) }
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static)).Select(property => property.GetValue(null)).OfType<Definition>()];
        Assert.Equal(members.Select(member => member.Id.ToString()).Order(StringComparer.Ordinal), Definitions.All.Select(known => known.Id.ToString()).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(Definitions.All.Count, Definitions.All.Select(known => known.Id.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_definition_says_its_formula_in_two_languages_and_whose_it_is(string name)
    {
        Assert.True(Definitions.TryFind(name, out Definition? found));
        (string english, string german) = (found!.Formula(Language.English), found.Formula(Language.German));
        Assert.NotEqual(english, german, StringComparer.Ordinal);

        // The formula itself is the same in both; the meaning of each of its letters follows.
        string symbols = english.Split(" · ")[0];
        Assert.Equal(symbols.Split(';')[0], german.Split(" · ")[0].Split(';')[0], StringComparer.Ordinal);
        foreach (char letter in symbols.Split(';')[0].Replace("median", "", StringComparison.Ordinal).Where(char.IsLetter).Where(letter => letter is not 'Σ' and not 'Π').Distinct())
        {
            Assert.Contains($" · {letter}", english, StringComparison.Ordinal);
            Assert.Contains($" · {letter}", german, StringComparison.Ordinal);
        }

        Assert.False(string.IsNullOrWhiteSpace(found.Source));
        Assert.Contains(found.Scale, new[] { 1, 100, 1_000 });
        Assert.Throws<ArgumentOutOfRangeException>("language", () => found.Formula(default));
        Cultures.AssertInvariant(() => found.Formula(Language.German) + found);
    }

    [Fact]
    public void A_definition_is_found_by_its_name_with_or_without_its_version()
    {
        Assert.True(Definitions.TryFind("crowdtangle-page", out Definition? byName));
        Assert.True(Definitions.TryFind("crowdtangle-page v1", out Definition? byVersion));
        Assert.Same(EngagementRatioDefinitions.CrowdTanglePage, byName);
        Assert.Same(byName, byVersion);
        Assert.False(Definitions.TryFind("crowdtangle-page v2", out Definition? none));
        Assert.Null(none);
        Assert.False(Definitions.TryFind("CrowdTangle-Page", out _));
        Assert.False(Definitions.TryFind("", out _));
    }

    [Theory]
    [InlineData("by-followers", "ΣI/ΣF")]
    [InlineData("by-members", "ΣI/U")]
    [InlineData("per-publication", "ΣI/P")]
    [InlineData("per-active-person", "ΣI/A")]
    [InlineData("daily", "Σ(I/F)/D")]
    [InlineData("crowdtangle-post", "Σ(I/F)/P")]
    [InlineData("crowdtangle-page", "ΣI/P/F")]
    [InlineData("quintly-interaction-rate", "ΣI/P/F")]
    [InlineData("bonson-ratkai-popularity", "ΣI/P/F")]
    [InlineData("save-rate", "ΣI/ΣR")]
    public void The_formula_follows_from_the_parts(string name, string formula)
    {
        Assert.True(Definitions.TryFind(name, out Definition? found));
        Assert.StartsWith(formula + " · ", found!.Formula(Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void A_definition_of_ones_own_says_its_formula_too()
    {
        var selection = new InteractionSelection(InteractionKind.Like, InteractionKind.Comment).WithWeight(InteractionKind.Comment, 2.5).WithRoles(ActorRole.Member);
        var mine = new EngagementRatioDefinition("mine", EngagementBase.Views, aggregation: Aggregation.MedianOfPublications, selection: selection, source: "house rule");
        Assert.Equal("median(I/V) · I: likes + 2.5·comments by members, with a publication of the period, over its life · V: the views, of the publication", mine.Formula(Language.English));
        Assert.Equal("median(I/V) · I: Likes + 2,5·Kommentare von Mitgliedern, mit einer Veröffentlichung des Zeitraums, über ihre ganze Lebenszeit · V: die Aufrufe, der Veröffentlichung", mine.Formula(Language.German));
        Assert.Equal("house rule", mine.Source);
        Assert.Null(mine.With("mine-too", scale: 1).Source);
        Assert.Throws<ArgumentException>("source", () => new EngagementRatioDefinition("mine", EngagementBase.Views, source: " "));
    }

    [Fact]
    public void Which_interval_belongs_is_a_matter_of_the_definition()
    {
        Assert.Equal(IntervalMethod.Jackknife, EngagementRatioDefinitions.ByReach.Interval);
        Assert.Equal(IntervalMethod.OrderStatistics, EngagementRatioDefinitions.ByReach.With("mine", aggregation: Aggregation.MedianOfPublications).Interval);
        Assert.Equal(IntervalMethod.Garwood, ReachDefinitions.ReachPerMember.Interval);
        Assert.Equal(IntervalMethod.Wilson, ReachDefinitions.MemberCoverage.Interval);
        Assert.Null(ReachDefinitions.NetReachPerMember.Interval);
    }

    [Fact]
    public void A_figure_carries_its_definition()
    {
        Assert.Same(EngagementRatioDefinitions.ByFollowers, new EngagementRatioCalculator(EngagementRatioDefinitions.ByFollowers).Calculate(Ihk.Seed(), Ihk.November).Total.Definition);
        ReachPerMemberResult reach = new ReachPerMemberCalculator().Calculate(Ihk.Seed(), Ihk.November);
        Assert.Same(ReachDefinitions.ReachPerMember, reach.Gross.Definition);
        Assert.Same(ReachDefinitions.OnTargetShare, reach.Channels[0].OnTarget.Definition);
        Assert.Same(ReachDefinitions.NetReachPerMember, reach.Net!.Definition);
        Assert.Equal(1_000, reach.Gross.Scale);
    }
}
