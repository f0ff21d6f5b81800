using System.Globalization;

namespace Engagement.Core.Tests.Reach;

public class ObservedReachTests
{
    private static readonly ChannelId Mail = new("mail");
    private static readonly ChannelId Group = new("group");
    private static readonly ChannelId Page = new("page");

    // a is reached by mail, twice by the group; b by the group; c by the group and the page.
    private static readonly ObservedReach Small = ObservedReach.Of([Mail, Group, Page], [(Mail, A("a")), (Group, A("a")), (Group, A("a")), (Group, A("b")), (Group, A("c")), (Page, A("c"))]);

    [Fact]
    public void Everybody_counts_once_and_every_contact_counts()
    {
        Assert.Equal((3L, 5L, 6L), (Small.Net, Small.Gross, Small.Contacts));
        Assert.Equal(Ratio.Of(6, 3), Small.AverageFrequency);
        Assert.Equal([3L, 2L, 1L, 0L], Enumerable.Range(1, 4).Select(Small.EffectiveReach));
        Assert.Equal([3L, 2L, 0L], Enumerable.Range(1, 3).Select(Small.OnAtLeast));
        Assert.Equal((1L, 1L, 0L, 3L), (Small.Shared(Mail, Group), Small.Shared(Page, Group), Small.Shared(Mail, Page), Small.Shared(Group, Group)));
        Assert.Equal("3 of gross 5, 6 contacts, 3 channels", Small.ToString());
    }

    [Fact]
    public void Exclusive_reach_is_what_would_be_lost_without_a_channel_and_the_order_takes_what_adds_most()
    {
        Assert.Equal([new Bounds(0, 0), new Bounds(1, 1), new Bounds(0, 0)], Small.Channels.Select(channel => channel.Exclusive!.Value));
        Assert.Equal([Group, Mail, Page], Small.Order.Select(channel => channel.Channel));
        Assert.Equal([3.0, 0.0, 0.0], Small.Order.Select(channel => channel.Added!.Value.Lower));
    }

    [Fact]
    public void Nobody_reached_is_0_and_has_no_frequency()
    {
        ObservedReach nobody = ObservedReach.Of([Mail], []);
        Assert.Equal((0L, 0L, 0L, 0L), (nobody.Net, nobody.Gross, nobody.EffectiveReach(1), nobody.OnAll));
        Assert.Equal(UndefinedReason.ZeroDenominator, nobody.AverageFrequency.Undefined);
        Assert.Equal(0, ObservedReach.Of([], []).OnAll);
    }

    [Fact]
    public void Who_cannot_be_counted_is_refused()
    {
        Assert.Contains("must say who was reached", Assert.Throws<ArgumentException>(() => ObservedReach.Of([Mail], [(Mail, default)])).Message, StringComparison.Ordinal);
        Assert.Contains("\"page\"", Assert.Throws<ArgumentException>(() => ObservedReach.Of([Mail], [(Page, A("a"))])).Message, StringComparison.Ordinal);
        Assert.Contains("\"mail\"", Assert.Throws<ArgumentException>(() => ObservedReach.Of([Mail, Mail], [])).Message, StringComparison.Ordinal);
        Assert.Contains("\"page\"", Assert.Throws<ArgumentException>(() => ObservedReach.Of([Mail], []).Shared(Mail, Page)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("contacts", () => Small.EffectiveReach(0));
        Assert.Throws<ArgumentOutOfRangeException>("channels", () => Small.OnAtLeast(0));
    }

    [Fact]
    public void Views_of_a_portfolio_give_its_effective_reach()
    {
        Interaction View(string id, Channel channel, string actor, int day) => new(id, channel.Id, InteractionKind.View, Ihk.At(day), ActorRole.Member) { Actor = actor.Length == 0 ? default : new ActorId(actor) };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(Ihk.Facebook)
            .Add(View("1", Ihk.Xing, "a", 3)).Add(View("2", Ihk.Xing, "a", 4)).Add(View("3", Ihk.Facebook, "b", 5)).Add(View("4", Ihk.Facebook, "", 5)).Add(View("5", Ihk.Facebook, "a", 6) with { Actor = new ActorId("a") })
            .Add(new Interaction("6", Ihk.Facebook.Id, InteractionKind.Like, Ihk.At(7), ActorRole.Member) { Actor = new ActorId("z") }).Build();
        ObservedReach views = ObservedReach.Of(portfolio, Ihk.November, new InteractionSelection(InteractionKind.View));
        Assert.Equal((2L, 4L, 1L, 1L), (views.Net, views.Contacts, views.EffectiveReach(2), views.EffectiveReach(3)));
        Assert.Equal(1, ObservedReach.Of(portfolio, Ihk.November).Net);
        Assert.Equal(0, ObservedReach.Of(portfolio, LocalPeriod.Month(2014, 12), new InteractionSelection(InteractionKind.View)).Net);
    }

    [Fact]
    public void What_no_log_tells_is_missing_and_not_nobody()
    {
        // A platform's own counts name nobody; and the only interaction listed is not of the kind that is asked for.
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(Ihk.Facebook).Add(new Publication("p", Ihk.Xing.Id, Ihk.Noon) { Interactions = Ihk.Tally(likes: 40) })
            .Add(new Interaction("1", Ihk.Facebook.Id, InteractionKind.Follow, Ihk.Noon, ActorRole.Member) { Actor = A("a") }).Build();
        ObservedReach silent = ObservedReach.Of(portfolio, Ihk.November);
        Assert.Equal((null, null, null), (silent.Net, silent.Gross, silent.Contacts));
        Assert.Equal((null, null, null), (silent.EffectiveReach(1), silent.OnAtLeast(1), silent.OnAll));
        Assert.Equal([null, null], new[] { silent.Shared(Ihk.Xing.Id, Ihk.Facebook.Id), silent.Shared(Ihk.Xing.Id, Ihk.Xing.Id) });
        Assert.Equal(UndefinedReason.MissingNumerator, silent.AverageFrequency.Undefined);
        Assert.All(silent.Channels, channel => Assert.Equal((Count.Missing, null, null, null), (channel.Reach, channel.Exclusive, channel.Rank, channel.Added)));
        Caveat told = Assert.Single(silent.Caveats);
        Assert.Equal((CaveatCodes.InteractionsMissing, "no interactions that count are listed of xing, facebook: missing, not 0", "Keine Interaktionen, die zählen, sind aufgeführt von xing, facebook: unbekannt, nicht 0"), (told.Code, told.English, told.German));
        Assert.Equal("not known, 2 channels", silent.ToString());
        string[] lines = silent.Explain(Language.English).Split('\n');
        Assert.Contains("C = missing", lines, StringComparer.Ordinal);
        Assert.Contains("N = missing", lines, StringComparer.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("Contacts per person: undefined (MissingNumerator)", StringComparison.Ordinal));
    }

    [Fact]
    public void Net_reach_is_that_of_the_channels_with_a_log_and_the_others_have_no_place_in_it()
    {
        Interaction Like(string id, Channel channel, string actor, int month = 11) => new(id, channel.Id, InteractionKind.Like, Ihk.At(7, month: month), ActorRole.Member) { Actor = A(actor) };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Ihk.Magazine).Add(Ihk.Xing).Add(Ihk.Facebook).Add(Ihk.GooglePlus with { Closed = new(2014, 10, 20) })
            .Add(Like("1", Ihk.Xing, "a")).Add(Like("2", Ihk.Xing, "b")).Add(Like("3", Ihk.Facebook, "b", month: 10)).Add(Like("4", Ihk.GooglePlus, "c", month: 10)).Build();
        ObservedReach reach = ObservedReach.Of(portfolio, Ihk.November);
        Assert.Equal((2L, 2L, 2L), (reach.Net, reach.Gross, reach.Contacts));

        // Facebook has a log, in which nobody acts in November: that is a 0. The magazine has none, and Google+ is closed by then.
        Assert.Equal([Count.Missing, Count.Observed(2), Count.Observed(0), Count.NotApplicable], reach.Channels.Select(channel => channel.Reach));
        Assert.Equal([null, 1, 2, null], reach.Channels.Select(channel => channel.Rank));
        Assert.Equal([Ihk.Xing.Id, Ihk.Facebook.Id], reach.Order.Select(channel => channel.Channel));
        Assert.Equal((0L, null, null), (reach.Shared(Ihk.Xing.Id, Ihk.Facebook.Id), reach.Shared(Ihk.Xing.Id, Ihk.Magazine.Id), reach.Shared(Ihk.Magazine.Id, Ihk.Magazine.Id)));
        Assert.Equal([$"{CaveatCodes.InteractionsMissing}: no interactions that count are listed of magazine: missing, not 0", $"{CaveatCodes.ChannelNotAlive}: google-plus: the channel does not live in the period"], reach.Caveats.Select(caveat => $"{caveat.Code}: {caveat.English}"), StringComparer.Ordinal);

        // On every channel that is known: nobody acts on XING and on Facebook.
        Assert.Equal(0L, reach.OnAll);
    }

    [Fact]
    public void Sets_of_the_reference_table_give_its_numbers()
    {
        var sets = SharedData.Reference("reach_sets.csv").GroupBy(row => row["system"], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        var results = SharedData.Reference("reach_results.csv").GroupBy(row => row["system"], StringComparer.Ordinal);
        int compared = 0;
        foreach (var system in results)
        {
            ChannelId[] channels = [.. sets[system.Key].Select(row => new ChannelId(row["set"]))];
            ObservedReach reach = ObservedReach.Of(channels, sets[system.Key].SelectMany(row => row["members_space_separated"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(member => (new ChannelId(row["set"]), A(member)))));
            (int First, int Second, long Shared)[] pairs = [.. from first in Enumerable.Range(0, channels.Length) from second in Enumerable.Range(first + 1, channels.Length - first - 1) select (first, second, reach.Shared(channels[first], channels[second])!.Value)];
            long[] sizes = [.. reach.Channels.Select(channel => channel.Reach.Value!.Value)];
            NetReach net = NetReach.Of(sizes, 1_000_000, pairs);
            foreach (IReadOnlyDictionary<string, string> row in system)
            {
                string[] names = row["sets"].Split('+');
                object expected = row["quantity"] is "greedy_order" or "pair_jaccard" ? row["value"] : row.Whole("value");
                object actual = row["quantity"] switch
                {
                    "union" => reach.Net!,
                    "sum_of_sizes" => reach.Gross!,
                    "intersection" => reach.OnAll!,
                    "pair_intersection" => reach.Shared(new ChannelId(names[0]), new ChannelId(names[1]))!,
                    "pair_jaccard" => Jaccard(reach, names),
                    "members_in_exactly_k_sets" => (reach.OnAtLeast(int.Parse(names[0], CultureInfo.InvariantCulture)) - reach.OnAtLeast(int.Parse(names[0], CultureInfo.InvariantCulture) + 1))!,
                    "exclusive_reach" => (long)reach.Channels.Single(channel => channel.Channel.Value == names[0]).Exclusive!.Value.Lower,
                    "incremental_reach_in_order" => Incremental(sets[system.Key], names[0]),
                    "greedy_order" => string.Join(' ', reach.Order.Select(channel => channel.Channel.Value)),
                    _ => throw new InvalidOperationException(row["quantity"]),
                };
                Assert.True(expected.Equals(actual), $"{system.Key} {row["quantity"]} {row["sets"]}: {actual} instead of {expected}");
                if (row["quantity"] == "union") Assert.InRange(row.Whole("value"), net.Lower, net.Upper!.Value);
                compared++;
            }
        }

        Assert.True(compared > 200);
    }

    [Fact]
    public void Films_by_genre_unite_to_what_plain_counting_says()
    {
        string[][] rows = [.. SharedData.Lines("upset_movies", "movies.csv").Select(line => line.Split(';'))];
        string[] genres = rows[0][2..19];
        ChannelId[] channels = [.. genres.Select(genre => new ChannelId(genre))];
        ObservedReach reach = ObservedReach.Of(channels, from film in rows.Skip(1) from genre in Enumerable.Range(0, genres.Length) where film[2 + genre] == "1" select (channels[genre], A(film[0])));

        // By plain counting, film by film: a film may stand in the file twice under one name.
        var byName = rows.Skip(1).GroupBy(film => film[0], StringComparer.Ordinal).Select(films => Enumerable.Range(2, 17).Where(genre => films.Any(film => film[genre] == "1")).ToArray()).ToArray();
        Assert.Equal(byName.LongCount(film => film.Length > 0), reach.Net);
        for (int k = 1; k <= 17; k++) Assert.Equal(byName.LongCount(film => film.Length >= k), reach.OnAtLeast(k));
        for (int first = 0; first < genres.Length; first++)
        {
            Assert.Equal(byName.LongCount(film => film.Contains(first + 2)), reach.Channels[first].Reach.Value);
            Assert.Equal(byName.LongCount(film => film.Length == 1 && film[0] == first + 2), reach.Channels[first].Exclusive!.Value.Lower);
            for (int second = first + 1; second < genres.Length; second++) Assert.Equal(byName.LongCount(film => film.Contains(first + 2) && film.Contains(second + 2)), reach.Shared(channels[first], channels[second]));
        }

        long[] sizes = [.. reach.Channels.Select(channel => channel.Reach.Value!.Value)];
        NetReach net = NetReach.Of(sizes, 10_000, [.. from first in Enumerable.Range(0, 17) from second in Enumerable.Range(first + 1, 16 - first) select (first, second, reach.Shared(channels[first], channels[second])!.Value)]);
        NetReach blind = NetReach.Of(sizes, 10_000);
        Assert.InRange(reach.Net!.Value, net.Lower, net.Upper!.Value);
        Assert.True(net.Lower >= blind.Lower && net.Upper < blind.Upper, $"{net} is no narrower than {blind}");
        Assert.Equal(reach.Net, net.Judge(ReachModel.Observed, reach.Net.Value).Value);
    }

    [Fact]
    public void There_are_13821_distinct_journals_over_three_indices()
    {
        string[][] rows = [.. SharedData.Lines("journals_on_twitter", "twitter_accounts_of_journals.csv").Select(Cells)];
        ChannelId[] indices = [new("ahci"), new("ssci"), new("scie"), new("listed")];
        ObservedReach reach = ObservedReach.Of(indices, from row in rows.Skip(1)
                                                        from index in Enumerable.Range(0, 4)
                                                        where index == 3 || row[4 + index] == "1"
                                                        select (indices[index], A(row[0])));
        Assert.Equal(13_821, reach.Net);
        Assert.Equal(14_983, rows.Length - 1);
        Assert.Equal(13_821, reach.OnAtLeast(1));
    }

    private static ActorId A(string id) => new(id);

    private static string Jaccard(ObservedReach reach, string[] names)
    {
        (ChannelId first, ChannelId second) = (new(names[0]), new(names[1]));
        long shared = reach.Shared(first, second)!.Value;
        return string.Create(CultureInfo.InvariantCulture, $"{shared}/{reach.Shared(first, first) + reach.Shared(second, second) - shared}");
    }

    /// <summary>What a set adds to those before it in the table's order: the union with it less the union without it.</summary>
    private static long Incremental(IReadOnlyDictionary<string, string>[] sets, string name)
    {
        int position = Array.FindIndex(sets, row => row["set"] == name);
        long Union(int count) => ObservedReach.Of(sets.Take(count).Select(row => new ChannelId(row["set"])), sets.Take(count).SelectMany(row => row["members_space_separated"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(member => (new ChannelId(row["set"]), A(member))))).Net!.Value;
        return Union(position + 1) - Union(position);
    }

    private static string[] Cells(string line)
    {
        var cells = new List<string>();
        bool isQuoted = false;
        var cell = new System.Text.StringBuilder();
        foreach (char letter in line)
        {
            if (letter == '"') isQuoted = !isQuoted;
            else if (letter == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(letter);
        }

        return [.. cells, cell.ToString()];
    }
}
