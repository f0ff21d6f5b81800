namespace Engagement.Core.Tests.Portfolios;

public class PortfolioTests
{
    [Fact]
    public void A_portfolio_of_nothing_is_a_portfolio()
    {
        Portfolio empty = Portfolio.For(Ihk.Chamber).Build();
        Assert.Empty(empty.Channels);
        Assert.Null(empty.Members);
        Assert.Empty(empty.AudienceOf(Ihk.Xing.Id).Snapshots);
        Assert.Empty(empty.PublicationsOf(Ihk.Xing.Id));
        Assert.Empty(empty.InteractionsOf(default));
        Assert.Equal("IHK Ostwestfalen zu Bielefeld (ihk): 0 channels, 0 audiences, 0 publications, 0 interactions, 0 efforts", empty.ToString());
    }

    [Fact]
    public void Portfolios_of_equal_facts_in_the_same_order_are_equal()
    {
        Assert.Equal(Ihk.Seed(), Ihk.Seed());
        Assert.Equal(Ihk.Seed().GetHashCode(), Ihk.Seed().GetHashCode());
        Assert.Equal(Ihk.Seed(), Ihk.Seed() with { });
        Assert.NotEqual(Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(Ihk.Twitter).Build(), Portfolio.For(Ihk.Chamber).Add(Ihk.Twitter).Add(Ihk.Xing).Build());
        Assert.NotEqual(Ihk.Seed(), Ihk.Seed(xing: Count.Observed(9_000)));
        Assert.NotEqual(Ihk.Seed(), Ihk.Seed(members: new Universe("members", UnitOfCount.Company)));
        Assert.False(Ihk.Seed().Equals(null));
    }

    [Fact]
    public void Each_kind_of_fact_takes_part_in_equality()
    {
        Portfolio bare = Portfolio.For(Ihk.Chamber).Build();
        Assert.All(
            new[]
            {
                Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Build(),
                Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Build(),
                Portfolio.For(Ihk.Chamber).Add(Ihk.Audience(Ihk.Xing, Count.Missing)).Build(),
                Portfolio.For(Ihk.Chamber).Add(new Publication("p", Ihk.Xing.Id, Ihk.Noon)).Build(),
                Portfolio.For(Ihk.Chamber).Add(new Interaction("i", Ihk.Xing.Id, InteractionKind.Like, Ihk.Noon, ActorRole.Member)).Build(),
                Portfolio.For(Ihk.Chamber).Add(new Effort(Ihk.Xing.Id, Ihk.November)).Build(),
                Portfolio.For(new Organisation("other", "Other", Ihk.Berlin)).Build(),
            },
            other => Assert.NotEqual(bare, other));
    }

    [Fact]
    public void A_builder_may_go_on_after_building_and_changes_nothing_it_built()
    {
        PortfolioBuilder builder = Portfolio.For(Ihk.Chamber).Add(Ihk.Xing);
        Portfolio first = builder.Build();
        Portfolio second = builder.Add(Ihk.Twitter).Add(Ihk.Audience(Ihk.Xing, Count.Observed(1))).Build();
        Assert.Single(first.Channels);
        Assert.Empty(first.AudienceOf(Ihk.Xing.Id).Snapshots);
        Assert.Equal([Ihk.Xing, Ihk.Twitter], second.Channels);
        Assert.Equal(second, builder.Build());
    }

    [Fact]
    public void Lists_cannot_be_changed_by_casting()
    {
        Portfolio seed = Ihk.Seed();
        object[] lists =
        [
            seed.Universes, seed.Channels, seed.Audiences, seed.Publications, seed.Interactions, seed.Efforts, seed.Members!.Sizes, seed.AudienceOf(Ihk.Xing.Id).Snapshots, seed.PublicationsOf(Ihk.Xing.Id),
            new ReachPerMemberCalculator().Calculate(seed, Ihk.November).Channels, new ReachPerMemberCalculator().Calculate(seed, Ihk.November).Caveats, InteractionSelection.Standard.Roles, EngagementRatioDefinitions.All,
        ];
        Assert.All(lists, list => Assert.False(list is Array or System.Collections.IList, list.GetType().Name));
    }

    [Fact]
    public void Facts_of_a_channel_come_in_the_order_given()
    {
        Publication[] posts = [.. Enumerable.Range(0, 20).Select(number => new Publication($"p{20 - number}", number % 2 == 0 ? Ihk.Xing.Id : Ihk.Twitter.Id, Ihk.At(20 - number)))];
        PortfolioBuilder builder = Portfolio.For(Ihk.Chamber);
        foreach (Publication post in posts) builder.Add(post);
        Portfolio portfolio = builder.Build();
        Assert.Equal(posts, portfolio.Publications);
        Assert.Equal(posts.Where(post => post.Channel == Ihk.Xing.Id), portfolio.PublicationsOf(Ihk.Xing.Id));
        Assert.Empty(portfolio.PublicationsOf(new ChannelId("XING")));
    }

    [Fact]
    public void The_members_are_the_universe_of_that_name_and_no_other()
    {
        var staff = new Universe("staff", UnitOfCount.Person);
        var customers = new Universe("customers", UnitOfCount.Person);
        Assert.Null(Portfolio.For(Ihk.Chamber).Add(staff).Build().Members);
        Assert.Null(Portfolio.For(Ihk.Chamber).Add(staff).Add(customers).Build().Members);
        Assert.Equal(Ihk.Members, Portfolio.For(Ihk.Chamber).Add(staff).Add(Ihk.Members).Build().Members);
        Assert.Equal(customers, Portfolio.For(Ihk.Chamber).Add(staff).Add(customers).Build().UniverseOf(new UniverseId("customers")));
        Assert.Null(Portfolio.For(Ihk.Chamber).Add(staff).Build().UniverseOf(default));
    }
}
