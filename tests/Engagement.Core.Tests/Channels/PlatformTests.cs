namespace Engagement.Core.Tests.Channels;

public class PlatformTests
{
    /// <summary>The systems that the project began with, and the older names of some.</summary>
    [Theory]
    [InlineData("XING", "xing")]
    [InlineData("Twitter", "twitter")]
    [InlineData("X", "twitter")]
    [InlineData("x", "twitter")]
    [InlineData("Twitter/X", "twitter")]
    [InlineData("Google+", "google-plus")]
    [InlineData("google-plus", "google-plus")]
    [InlineData("GooglePlus", "google-plus")]
    [InlineData("Google Plus", "google-plus")]
    [InlineData("Facebook", "facebook")]
    [InlineData("Blog", "blog")]
    [InlineData("StudiVZ", "studivz")]
    [InlineData("MySpace", "myspace")]
    [InlineData("Magazine", "magazine")]
    [InlineData("Print", "magazine")]
    [InlineData("Promotional material", "promotional-material")]
    [InlineData("Post", "post")]
    [InlineData("Mail", "post")]
    [InlineData("E-mail newsletter", "newsletter")]
    [InlineData("Newsletter", "newsletter")]
    [InlineData("Intranet", "intranet")]
    public void The_systems_that_the_project_began_with_are_well_known(string name, string key)
    {
        Assert.Equal(key, new Platform(name).Key);
        Assert.True(new Platform(name).IsWellKnown);
        Assert.Equal(new Platform(name), new Platform(name.ToUpperInvariant()));
        Assert.Equal(new Platform(name), new Platform(new Platform(name).ToString()));
    }

    [Fact]
    public void X_is_Twitter()
    {
        Assert.Equal(Platform.Twitter, new Platform("X"));
        Assert.Equal(Platform.Twitter.GetHashCode(), new Platform("X").GetHashCode());
        Assert.Equal("Twitter/X", Platform.Twitter.ToString());
        Assert.Equal("Google+", Platform.GooglePlus.ToString());
    }

    [Fact]
    public void Every_named_platform_is_well_known_and_no_two_are_one()
    {
        Platform[] named = [.. typeof(Platform).GetProperties().Where(property => property.PropertyType == typeof(Platform)).Select(property => (Platform)property.GetValue(null)!)];
        Assert.Equal(17, named.Length);
        Assert.All(named, platform => Assert.True(platform.IsWellKnown));
        Assert.Equal(named.Length, named.Distinct().Count());
        Assert.All(named, platform => Assert.Equal(platform, new Platform(platform.ToString())));
    }

    [Theory]
    [InlineData("IDENTI.CA", "identi.ca")]
    [InlineData("Diaspora*", "diaspora*")]
    [InlineData("weibo 微博", "weibo 微博")]
    public void An_unknown_platform_is_as_good(string name, string key)
    {
        Assert.Equal(key, new Platform(name).Key);
        Assert.Equal(key, new Platform(name).ToString());
        Assert.False(new Platform(name).IsWellKnown);
        Assert.Equal(new Platform(name), new Platform(key));
    }

    [Fact]
    public void Keys_are_the_same_in_every_culture() =>
        Cultures.AssertInvariant(() => string.Join(' ', new[] { "XING", "TWITTER", "STUDIVZ", "LINKEDIN", "INSTAGRAM", "IDENTI.CA", "İnstagram" }.Select(name => new Platform(name).Key)));

    [Fact]
    public void The_default_platform_is_none_and_no_channel_takes_it()
    {
        Assert.Equal("", default(Platform).Key);
        Assert.Equal("", default(Platform).ToString());
        Assert.False(default(Platform).IsWellKnown);
        Assert.StartsWith("platform () must be a platform: pass a well-known one or new Platform(\"name\").", Assert.Throws<ArgumentOutOfRangeException>("platform", () => new Channel("a", "a", default, ChannelForm.Page)).Message, StringComparison.Ordinal);
    }
}
