namespace Engagement.Core.Tests.Publications;

public class PublicationTests
{
    private static readonly Publication Post = new("post-1", Ihk.Facebook.Id, Ihk.Noon);

    [Fact]
    public void A_publication_states_nothing_by_default()
    {
        Assert.Same(InteractionTally.Empty, Post.Interactions);
        Assert.Equal(default, Post.Exposures);
        Assert.Equal("post-1 on facebook at 2014-11-20T11:00:00Z", Post.ToString());
        Cultures.AssertInvariant(Post.ToString);
    }

    [Fact]
    public void Publications_are_equal_by_value()
    {
        Assert.Equal(Post with { Interactions = Ihk.Tally(79, 4, 17) }, new Publication("post-1", Ihk.Facebook.Id, Ihk.Noon) { Interactions = Ihk.Tally(79, 4, 17) });
        Assert.NotEqual(Post, Post with { Interactions = Ihk.Tally(79) });
        Assert.NotEqual(Post, Post with { Exposures = new Exposures(Impressions: Count.Observed(1)) });
    }

    [Fact]
    public void Its_tally_is_never_null() => Assert.Throws<ArgumentNullException>("Interactions", () => Post with { Interactions = null! });

    [Fact]
    public void Exposures_are_missing_and_not_0_by_default()
    {
        Assert.Equal("impressions missing, reach missing, views missing", default(Exposures).ToString());
        Assert.Equal("impressions 5091, reach 2752, views missing", new Exposures(Count.Observed(5_091), new MeasuredReach(Count.Observed(2_752))).ToString());
    }
}
