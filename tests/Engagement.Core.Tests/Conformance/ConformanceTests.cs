using System.Text.Json;

namespace Engagement.Core.Tests.Conformance;

/// <summary>Published and hand-made examples as data, each run through every door that can take it: numbers in hand, columns, and objects.</summary>
public class ConformanceTests
{
    private static readonly Channel Page = new("page", "Page", Platform.Facebook, ChannelForm.Page);
    private static readonly LocalPeriod Fortnight = LocalPeriod.Between(new(2014, 11, 1), new(2014, 11, 15));

    public static TheoryData<string> EngagementCases => [.. Cases("engagement.json").Select(Name)];

    public static TheoryData<string> OtherCases => [.. Cases("other.json").Select(Name)];

    [Fact]
    public void Every_named_engagement_ratio_of_a_vendor_or_paper_has_a_case()
    {
        string[] covered = [.. Cases("engagement.json").Select(one => one.GetProperty("definition").GetString()!)];
        string[] ours = ["by-members", "per-publication", "per-active-person"];
        Assert.Empty(EngagementRatioDefinitions.All.Select(definition => definition.Id.Name).Except([.. covered, .. ours], StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(EngagementCases))]
    public void An_example_of_an_engagement_ratio_holds_through_every_door(string name)
    {
        JsonElement one = Cases("engagement.json").Single(candidate => Name(candidate) == name);
        Assert.True(Definitions.TryFind(one.GetProperty("definition").GetString()!, out Definition? found));
        var definition = (EngagementRatioDefinition)found;
        if (one.TryGetProperty("aggregation", out JsonElement aggregation)) definition = definition.With("conformance", aggregation: Enum.Parse<Aggregation>(aggregation.GetString()!));
        (long[] likes, long[] comments, long[] shares) = (Column(one, "likes")!, Column(one, "comments") ?? [], Column(one, "shares") ?? []);
        long[]? bases = Column(one, "bases") ?? Column(one, "days");
        long? periodBase = one.TryGetProperty("periodBase", out JsonElement stock) ? stock.GetInt64() : null;
        InteractionKind kind = one.TryGetProperty("kind", out JsonElement word) ? Enum.Parse<InteractionKind>(word.GetString()!) : InteractionKind.Like;
        long[] counted = [.. likes.Select((count, row) => (definition.Selection[kind] > 0 ? count : 0) + (comments.Length > 0 && definition.Selection[InteractionKind.Comment] > 0 ? comments[row] : 0) + (shares.Length > 0 && definition.Selection[InteractionKind.Share] > 0 ? shares[row] : 0))];
        var calculator = new EngagementRatioCalculator(definition);

        // Columns.
        bases ??= definition.Base is EngagementBase.Publications ? [.. likes.Select(_ => 1L)] : null;
        Ratio column = periodBase is { } basis ? calculator.Calculate(counted, basis) : calculator.Calculate(counted, bases!);
        AssertHolds(one, column);
        if (comments.Length > 0 && periodBase is null) AssertHolds(one, calculator.Calculate(likes, comments, shares, bases!));

        // Numbers in hand: one publication.
        if (counted.Length == 1 && bases is not null) AssertHolds(one, EngagementRatio.Of(counted[0], bases[0]));

        // Objects.
        PortfolioBuilder facts = Portfolio.For(Ihk.Chamber).Add(Page);
        if (periodBase is { } followers) facts.Add(Ihk.Audience(Page, Count.Observed(followers), Ihk.At(1, 0)));
        bool isByDay = one.TryGetProperty("days", out _);
        for (int row = 0; row < likes.Length; row++)
        {
            if (bases is not null && definition.Base is EngagementBase.PotentialReach) facts.Add(Ihk.Audience(Page, Count.Observed(bases[row]), Ihk.At(row + 1, 8)));
            if (isByDay && likes[row] == 0) continue;
            Count exposure = bases is null ? Count.Missing : Count.Observed(bases[row]);
            InteractionTally tally = InteractionTally.Empty.With(kind, Count.Observed(likes[row]));
            if (comments.Length > 0) tally = tally.With(InteractionKind.Comment, Count.Observed(comments[row])).With(InteractionKind.Share, Count.Observed(shares[row]));
            facts.Add(new Publication($"p{row}", Page.Id, Ihk.At(row + 1)) { Interactions = tally, Exposures = new Exposures(exposure, new MeasuredReach(exposure), exposure) });
        }

        if (likes.Length == 0) facts.Add(new Publication("before", Page.Id, Ihk.At(5, month: 10)) { Interactions = Ihk.Tally(1) });
        LocalPeriod period = isByDay ? LocalPeriod.Between(new(2014, 11, 1), new(2014, 11, 1 + likes.Length)) : Fortnight;
        Figure figure = calculator.Calculate(facts.Build(), period).Channels[0];
        AssertHolds(one, figure.Ratio);
        Assert.Equal(definition, figure.Definition);
    }

    [Theory]
    [MemberData(nameof(OtherCases))]
    public void An_example_of_another_metric_holds(string name)
    {
        JsonElement one = Cases("other.json").Single(candidate => Name(candidate) == name);
        switch (one.GetProperty("metric").GetString())
        {
            case "reach-per-member":
                double[] expected = [.. one.GetProperty("perThousand").EnumerateArray().Select(value => value.GetDouble())];
                double[] perMember = new double[expected.Length];
                new ReachPerMemberCalculator().Calculate(Column(one, "reach")!, one.GetProperty("members").GetInt64(), perMember);
                ReachPerMemberResult objects = new ReachPerMemberCalculator().Calculate(Ihk.Seed(), Ihk.November);
                for (int row = 0; row < expected.Length; row++)
                {
                    AssertNear(one, expected[row], ReachPerMember.Of(Column(one, "reach")![row], one.GetProperty("members").GetInt64()).PerThousand!.Value);
                    AssertNear(one, expected[row], perMember[row] * 1_000);
                    AssertNear(one, expected[row], objects.Channels[row].Potential.Value!.Value * 1_000);
                }

                break;
            case "net-reach":
                foreach (NetReach net in new[] { NetReach.Of(Column(one, "reach")!, one.GetProperty("members").GetInt64()), new ReachPerMemberCalculator().Calculate(Ihk.Seed(), Ihk.November).Net!.Reach })
                {
                    Assert.Equal((one.GetProperty("gross").GetInt64(), one.GetProperty("lower").GetInt64(), one.GetProperty("upper").GetInt64()), (net.Gross, net.Lower, net.Upper));
                    AssertNear(one, one.GetProperty("model").GetDouble(), net.Independence!.Value);
                }

                break;
            case "growth":
                Growth growth = Growth.Of(one.GetProperty("earlier").GetInt64(), one.GetProperty("later").GetInt64(), one.GetProperty("weeks").GetDouble());
                AssertNear(one, one.GetProperty("value").GetDouble(), growth.Value!.Value);
                AssertNear(one, one.GetProperty("perWeek").GetDouble(), growth.PerWeek!.Value);
                break;
            default:
                (long[] first, long[] second) = (Column(one, "first")!, Column(one, "second")!);
                WeightDominance dominance = WeightDominance.Of((first[0], first[1], first[2], 1), (second[0], second[1], second[2], 1));
                Assert.True(dominance.DependsOnWeights);
                Assert.All(one.GetProperty("preferred").EnumerateArray(), row => Assert.Equal(row[3].GetInt32(), dominance.PreferredAt(row[0].GetDouble(), row[1].GetDouble(), row[2].GetDouble())));
                break;
        }
    }

    private static void AssertHolds(JsonElement one, Ratio ratio)
    {
        if (one.TryGetProperty("undefined", out JsonElement reason)) Assert.Equal(Enum.Parse<UndefinedReason>(reason.GetString()!), ratio.Undefined);
        else AssertNear(one, one.GetProperty("expected").GetDouble(), ratio.Value ?? throw new InvalidOperationException($"{Name(one)} has no value: {ratio}"));
    }

    /// <summary>Exact cases to the last bit, approximate ones to the digits that their source gives.</summary>
    private static void AssertNear(JsonElement one, double expected, double actual)
    {
        if (one.GetProperty("comparison").GetString() == "exact") Assert.Equal(expected, actual);
        else Assert.Equal(expected, actual, one.GetProperty("tolerance").GetDouble());
    }

    private static string Name(JsonElement one) => one.GetProperty("name").GetString()!;

    private static long[]? Column(JsonElement one, string name) => one.TryGetProperty(name, out JsonElement column) ? [.. column.EnumerateArray().Select(value => value.GetInt64())] : null;

    private static JsonElement.ArrayEnumerator Cases(string file)
    {
        using var document = JsonDocument.Parse(Repository.Read($"tests/Engagement.Core.Tests/Conformance/{file}"));
        return document.RootElement.Clone().GetProperty("cases").EnumerateArray();
    }
}
