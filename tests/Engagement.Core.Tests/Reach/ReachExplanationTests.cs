using System.Globalization;
using System.Numerics;
using CsCheck;

namespace Engagement.Core.Tests.Reach;

/// <summary>Reach over several channels, calculated again from nothing but the text of its explanation and the formulas that it states.</summary>
public class ReachExplanationTests
{
    private static readonly Channel[] Channels = [Ihk.Xing, Ihk.Twitter, Ihk.GooglePlus, Ihk.Facebook];
    private static readonly (int First, int Second)[] Pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];

    /// <summary>Who of sixty is in which audience, a bit each, and of which pairs the overlap is known.</summary>
    private static readonly Gen<(int[] Memberships, int Known)> Audiences = Gen.Select(Gen.Int[0, 15].Array[60], Gen.OneOf(Gen.Int[0, 63], Gen.Const(63)));

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.German)]
    public void The_text_alone_suffices_to_calculate_bounds_overlaps_and_models_of_net_reach_again(Language language) =>
        Audiences.Sample(
            (memberships, known) =>
            {
                NetReachResult result = new NetReachCalculator().Calculate(Of(memberships, known), Ihk.November);
                var text = new Text(result.Net!.Explain(language), language);
                double[] sizes = [.. text.Terms(language is Language.German ? "Kanäle" : "Channels").Select(term => term.Number)];
                var shared = text.Terms(language is Language.German ? "Überschneidungen" : "Overlaps").ToDictionary(term => Pairs.First(pair => term.Name == $"{Channels[pair.First].Id} + {Channels[pair.Second].Id}"), term => term.Number);
                double universe = text.Equation("U");
                Assert.Equal(BitOperations.PopCount((uint)known), shared.Count);

                double lower = Lower(sizes, shared);
                double upper = Math.Min(universe, sizes.Sum() - HeaviestForest(shared));
                Assert.Equal((lower, upper), (text.Top(language is Language.German ? "Netto, mindestens" : "Net, at least"), text.Top(language is Language.German ? "Netto, höchstens" : "Net, at most")));
                Assert.Equal((result.Net.Reach.Lower, result.Net.Reach.Upper), ((long)lower, (long)upper));

                double independence = universe * (1 - sizes.Aggregate(1.0, (product, size) => product * (1 - (size / universe))));
                AssertModel(independence, text.Top(language is Language.German ? "Netto, bei Unabhängigkeit" : "Net, by independence"));
                double? agostini = shared.Count < Pairs.Length ? null : sizes.Sum() == 0 ? 0 : sizes.Sum() * sizes.Sum() / ((1.125 * shared.Values.Sum()) + sizes.Sum());
                AssertModel(agostini, text.Top(language is Language.German ? "Netto, nach Agostini" : "Net, by Agostini"));

                foreach ((int first, int second) in Pairs)
                {
                    Bounds expected = shared.TryGetValue((first, second), out double both) ? new Bounds(both, both) : new Bounds(Math.Max(0, sizes[first] + sizes[second] - universe), Math.Min(sizes[first], sizes[second]));
                    Assert.Equal(expected, result.Shared(Channels[first].Id, Channels[second].Id));
                }

                void AssertModel(double? model, double? told)
                {
                    // A model outside the bounds is refused.
                    if (model is { } value && value >= lower - 1e-9 && value <= upper + 1e-9) Assert.Equal(value, told!.Value, 1e-9);
                    else Assert.Null(told);
                }
            },
            iter: LawCases.Count);

    [Fact]
    public void Agostini_of_an_audience_within_another_is_refused_with_its_value()
    {
        NetReachResult result = new NetReachCalculator().Calculate(
            Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.At(1, 0), Count.Observed(110_000))).Add(Ihk.Xing).Add(Ihk.Twitter)
                .Add(new AudienceSnapshot(Ihk.Xing.Id, Ihk.At(2), Count.Observed(9_000), UnitOfCount.Person)).Add(new AudienceSnapshot(Ihk.Twitter.Id, Ihk.At(2), Count.Observed(38), UnitOfCount.Person))
                .Add(new AudienceOverlap(Ihk.Xing.Id, Ihk.Twitter.Id, Ihk.At(2), Count.Observed(38))).Build(),
            Ihk.November);
        string text = result.Net!.Explain(Language.English);
        Assert.Contains("Overlaps (1):\n  xing + twitter: S = 38\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Net, by Agostini", text, StringComparison.Ordinal);

        // 9,038² / (1.125·38 + 9,038).
        Assert.Contains("8,995.45", Assert.Single(result.Caveats, caveat => caveat.Code == CaveatCodes.ModelRefused && caveat.English.StartsWith("Agostini", StringComparison.Ordinal)).English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.German)]
    public void The_text_alone_suffices_to_calculate_everything_about_observed_reach_again(Language language) =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 12]).Array[0, 60].Sample(
            contacts =>
            {
                ObservedReach reach = ObservedReach.Of(Channels.Select(channel => channel.Id), contacts.Select(contact => (Channels[contact.Item1].Id, new ActorId($"p{contact.Item2}"))));
                var text = new Text(reach.Explain(language), language);
                (HashSet<string> Set, double Persons)[] sets = [.. text.Terms(language is Language.German ? "Personen nach Mengen von Kanälen" : "Persons by sets of channels").Select(term => (term.Name.Split(" + ").ToHashSet(StringComparer.Ordinal), term.Number))];
                (int Contacts, double Persons)[] often = [.. text.Terms(language is Language.German ? "Personen nach Kontakten" : "Persons by contacts").Select(term => (int.Parse(term.Name, CultureInfo.InvariantCulture), term.Number))];
                Assert.Equal((reach.Net, reach.Net, reach.Contacts), ((long)sets.Sum(set => set.Persons), (long)text.Equation("N"), (long)text.Equation("C")));
                Assert.Equal((reach.Net, reach.Contacts), ((long)often.Sum(entry => entry.Persons), (long)often.Sum(entry => entry.Contacts * entry.Persons)));
                if (reach.Net > 0) Assert.Equal(reach.AverageFrequency.Value, text.Equation("C") / text.Equation("N"));
                for (int k = 1; k <= 10; k++) Assert.Equal((double)reach.EffectiveReach(k)!.Value, often.Where(entry => entry.Contacts >= k).Sum(entry => entry.Persons));
                for (int channels = 1; channels <= 5; channels++) Assert.Equal((double)reach.OnAtLeast(channels)!.Value, sets.Where(set => set.Set.Count >= channels).Sum(set => set.Persons));
                Assert.Equal((double)reach.Gross!.Value, sets.Sum(set => set.Set.Count * set.Persons));
                foreach (ChannelNetReach channel in reach.Channels)
                {
                    Assert.Equal((double)channel.Reach.Value!.Value, sets.Where(set => set.Set.Contains(channel.Channel.Value)).Sum(set => set.Persons));
                    Assert.Equal(channel.Exclusive!.Value.Lower, sets.Where(set => set.Set.SetEquals([channel.Channel.Value])).Sum(set => set.Persons));
                    Assert.All(reach.Channels, other => Assert.Equal((double)reach.Shared(channel.Channel, other.Channel)!.Value, sets.Where(set => set.Set.Contains(channel.Channel.Value) && set.Set.Contains(other.Channel.Value)).Sum(set => set.Persons)));
                    string[] before = [.. reach.Channels.Where(other => other.Rank < channel.Rank).Select(other => other.Channel.Value)];
                    Assert.Equal(channel.Added!.Value.Lower, sets.Where(set => set.Set.Contains(channel.Channel.Value) && !set.Set.Overlaps(before)).Sum(set => set.Persons));
                }
            },
            iter: LawCases.Count);

    [Fact]
    public void Of_more_than_a_hundred_sets_the_others_stand_in_sum()
    {
        ChannelId[] many = [.. Enumerable.Range(0, 16).Select(channel => new ChannelId($"c{channel}"))];
        ObservedReach reach = ObservedReach.Of(many, Enumerable.Range(0, 16).SelectMany(first => Enumerable.Range(first, 16 - first).SelectMany(second => new[] { (many[first], new ActorId($"{first}/{second}")), (many[second], new ActorId($"{first}/{second}")) })));
        string text = reach.Explain(Language.English);
        Assert.Contains("Persons by sets of channels (136):\n", text, StringComparison.Ordinal);
        Assert.Contains("  and 36 more: Σn = 36\n", text, StringComparison.Ordinal);
        Assert.Contains("N = 136\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_interactions_of_a_portfolio_say_which_they_are_and_how_many_have_no_actor()
    {
        Interaction View(string id, string actor, Channel on, InteractionKind kind = InteractionKind.View) => new(id, on.Id, kind, Ihk.At(5), ActorRole.Member) { Actor = actor.Length == 0 ? default : new ActorId(actor) };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(Ihk.Facebook).Add(View("1", "a", Ihk.Xing)).Add(View("2", "a", Ihk.Facebook)).Add(View("3", "b", Ihk.Xing)).Add(View("4", "a", Ihk.Xing)).Add(View("5", "", Ihk.Xing)).Add(View("6", "", Ihk.Xing, InteractionKind.Like)).Build();
        ObservedReach reach = ObservedReach.Of(portfolio, Ihk.November, new InteractionSelection(InteractionKind.View));
        Assert.Equal(ReachDefinitions.ObservedReach, reach.Definition);
        Assert.Equal(CaveatCodes.ActorsUnknown, Assert.Single(reach.Caveats).Code);
        string[] lines = reach.Explain(Language.English).Split('\n');
        Assert.Equal("observed-reach v1 · all channels together · 2014-11-01 up to, not including, 2014-12-01", lines[0]);
        Assert.Equal(
            [
                "Persons by sets of channels (2):", "  xing: n = 1", "  xing + facebook: n = 1", "Persons by contacts (2):", "  1: n = 1", "  3: n = 1", "C = 4", "N = 2", "Contacts per person: 4 / 2 = 2",
                "Data: listed interactions of 2 channels: views by all but the organisation and bots", $"{CaveatCodes.ActorsUnknown}: 1 interaction has no known actor, so the active audience is at least what is known", "",
            ],
            lines[3..],
            StringComparer.Ordinal);
        Assert.StartsWith("observed-reach v1 · alle Kanäle zusammen\nFormel: C/N", ObservedReach.Of([Ihk.Xing.Id], []).Explain(Language.German), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("language", () => reach.Explain(default));
    }

    [Fact]
    public void Every_figure_of_a_channel_is_explained()
    {
        Universe members = new Universe("members", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(1_000));
        Universe creatives = new Universe("creatives", UnitOfCount.Person).With(Ihk.Noon, Count.Observed(200));
        Channel page = Ihk.Facebook with { TargetUniverse = creatives.Id };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(members).Add(creatives).Add(page).Add(Ihk.Audience(page, Count.Observed(324)) with { Members = Count.Observed(150), InTarget = Count.Observed(60) })
            .Add(new Publication("p", page.Id, Ihk.Noon) { Exposures = new Exposures(Count.Observed(600), new MeasuredReach(Count.Observed(300))) }).Build();
        string[] lines = new ReachPerMemberCalculator().Calculate(portfolio, Ihk.November).Explain(Language.English).Split('\n');
        Assert.Equal(
            ["reach-per-member", "measured-reach-per-member", "member-coverage", "on-target-share", "target-coverage", "affinity", "average-frequency", "gross-rating-points", "reach-per-member", "net-reach-per-member"],
            lines.Where(line => line.Contains(" v1 · ", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]), StringComparer.Ordinal);

        // 30 % of the target against 15 % of the members; 600 contacts of 300 persons; 60 contacts for each 100 members.
        Assert.Contains("Result: 0.3 / 0.15 = 2; per 100: 200.00", lines, StringComparer.Ordinal);
        Assert.Contains("Result: 600 / 300 = 2", lines, StringComparer.Ordinal);
        Assert.Contains("Result: 600 / 1,000 = 0.6; per 100: 60.00", lines, StringComparer.Ordinal);
    }

    private static Portfolio Of(int[] memberships, int known)
    {
        PortfolioBuilder facts = Portfolio.For(Ihk.Chamber).Add(new Universe("members", UnitOfCount.Person).With(Ihk.At(1, 0), Count.Observed(60)));
        for (int channel = 0; channel < Channels.Length; channel++)
        {
            facts.Add(Channels[channel]).Add(new AudienceSnapshot(Channels[channel].Id, Ihk.At(2), Count.Observed(memberships.Count(bits => ((bits >> channel) & 1) == 1)), UnitOfCount.Person));
        }

        for (int pair = 0; pair < Pairs.Length; pair++)
        {
            (int first, int second) = Pairs[pair];
            if (((known >> pair) & 1) == 1) facts.Add(new AudienceOverlap(Channels[first].Id, Channels[second].Id, Ihk.At(2), Count.Observed(memberships.Count(bits => ((bits >> first) & 1) == 1 && ((bits >> second) & 1) == 1))));
        }

        return facts.Build();
    }

    /// <summary>By trying every choice of pairs that holds no circle.</summary>
    private static double HeaviestForest(Dictionary<(int First, int Second), double> shared)
    {
        var edges = shared.ToArray();
        double best = 0;
        for (int choice = 0; choice < 1 << edges.Length; choice++)
        {
            int[] part = [0, 1, 2, 3];
            double weight = 0;
            bool isForest = true;
            for (int edge = 0; edge < edges.Length && isForest; edge++)
            {
                if (((choice >> edge) & 1) == 0) continue;
                (int left, int right) = (part[edges[edge].Key.First], part[edges[edge].Key.Second]);
                isForest = left != right;
                part = [.. part.Select(one => one == right ? left : one)];
                weight += edges[edge].Value;
            }

            if (isForest) best = Math.Max(best, weight);
        }

        return best;
    }

    private static double Lower(double[] sizes, Dictionary<(int First, int Second), double> shared)
    {
        double best = sizes.Max();
        foreach (((int first, int second), double both) in shared) best = Math.Max(best, sizes[first] + sizes[second] - both);
        for (int choice = 1; choice < 16; choice++)
        {
            int[] chosen = [.. Enumerable.Range(0, 4).Where(channel => ((choice >> channel) & 1) == 1)];
            if (chosen.Length < 2 || !chosen.All(channel => shared.Keys.Any(pair => pair.First == channel || pair.Second == channel))) continue;
            double singles = chosen.Sum(channel => sizes[channel]);
            double pairs = Pairs.Where(pair => chosen.Contains(pair.First) && chosen.Contains(pair.Second)).Sum(pair => shared.TryGetValue(pair, out double both) ? both : Math.Min(sizes[pair.First], sizes[pair.Second]));
            if (singles == 0) continue;
            double k = 1 + Math.Floor(2 * pairs / singles);
            best = Math.Max(best, Math.Ceiling((2 / (k + 1) * singles) - (2 / (k * (k + 1)) * pairs) - 1e-9));
        }

        return best;
    }

    /// <summary>The lines of an explanation as numbers.</summary>
    private sealed class Text(string text, Language language)
    {
        private readonly string[] _lines = text.Split('\n');
        private readonly NumberFormatInfo _format = language is Language.German ? new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } : NumberFormatInfo.InvariantInfo;

        public (string Name, double Number)[] Terms(string heading) =>
            [.. _lines.SkipWhile(line => !line.StartsWith($"{heading} (", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => (line.Split(": ")[0].Trim(), Number(line.Split(" = ")[1])))];

        public double Equation(string letter) => Number(_lines.Single(line => line.StartsWith($"{letter} = ", StringComparison.Ordinal)).Split(" = ")[1]);

        /// <summary>What a line divides; null where the text has no such line, or it is undefined.</summary>
        public double? Top(string label) => _lines.SingleOrDefault(line => line.StartsWith($"{label}: ", StringComparison.Ordinal)) is { } line && line.Contains(" / ", StringComparison.Ordinal) ? Number(line.Split(": ")[1].Split(" / ")[0]) : null;

        private double Number(string number) => double.Parse(number, NumberStyles.Number | NumberStyles.AllowExponent, _format);
    }
}
