using NodaTime;

namespace Engagement.Core.Tests.Channels;

public class ChannelTests
{
    private static readonly LocalDate Opening = new(2009, 5, 1);
    private static readonly LocalDate Closing = new(2019, 4, 2);
    private static readonly Channel GooglePlus = new("google-plus", "Google+", Platform.GooglePlus, ChannelForm.Page) { Opened = Opening, Closed = Closing };

    [Fact]
    public void A_channel_lives_from_its_first_day_to_its_last_both_included()
    {
        Assert.False(GooglePlus.LivesOn(Opening.PlusDays(-1)));
        Assert.True(GooglePlus.LivesOn(Opening));
        Assert.True(GooglePlus.LivesOn(Closing));
        Assert.False(GooglePlus.LivesOn(Closing.PlusDays(1)));
    }

    [Fact]
    public void A_channel_lives_in_a_period_of_which_one_day_is_its_own()
    {
        // The last day of a period is the one before its end.
        Assert.False(GooglePlus.LivesIn(LocalPeriod.Between(Opening.PlusDays(-9), Opening)));
        Assert.True(GooglePlus.LivesIn(LocalPeriod.Between(Opening.PlusDays(-9), Opening.PlusDays(1))));
        Assert.True(GooglePlus.LivesIn(LocalPeriod.Day(Opening)));
        Assert.True(GooglePlus.LivesIn(LocalPeriod.Day(Closing)));
        Assert.True(GooglePlus.LivesIn(LocalPeriod.Between(Opening.PlusDays(-9), Closing.PlusDays(9))));
        Assert.True(GooglePlus.LivesIn(LocalPeriod.Between(Closing, Closing.PlusDays(9))));
        Assert.False(GooglePlus.LivesIn(LocalPeriod.Between(Closing.PlusDays(1), Closing.PlusDays(9))));
        Assert.True(Ihk.Xing.LivesIn(Ihk.November));
        Assert.True((GooglePlus with { Opened = null }).LivesIn(LocalPeriod.Year(1999)));
        Assert.True((GooglePlus with { Closed = null }).LivesIn(LocalPeriod.Year(2099)));
    }

    [Fact]
    public void A_sub_brand_may_be_taken_back_and_is_no_blank()
    {
        Assert.Null((Ihk.Facebook with { SubBrand = null }).SubBrand);
        Assert.Throws<ArgumentException>("SubBrand", () => Ihk.Facebook with { SubBrand = " " });
    }

    [Fact]
    public void A_channel_without_dates_lives_always()
    {
        Assert.True(Ihk.Xing.LivesOn(LocalDate.MinIsoValue));
        Assert.True(Ihk.Xing.LivesOn(LocalDate.MaxIsoValue));
        Assert.True((GooglePlus with { Opened = null }).LivesOn(LocalDate.MinIsoValue));
        Assert.True((GooglePlus with { Closed = null }).LivesOn(LocalDate.MaxIsoValue));
    }

    [Fact]
    public void Days_of_another_calendar_are_the_same_days()
    {
        Channel julian = GooglePlus with { Opened = Opening.WithCalendar(CalendarSystem.Julian), Closed = Closing.WithCalendar(CalendarSystem.Coptic) };
        Assert.Equal(GooglePlus, julian);
        Assert.True(julian.LivesOn(Opening));
        Assert.True(GooglePlus.LivesOn(Closing.WithCalendar(CalendarSystem.PersianSimple)));
        Assert.False(GooglePlus.LivesOn(Closing.PlusDays(1).WithCalendar(CalendarSystem.Julian)));
        Assert.True(new PortfolioValidator().Validate(Portfolio.For(Ihk.Chamber).Add(julian).Add(Ihk.Audience(julian, Count.Observed(38))).Build()).IsValid);
    }

    [Fact]
    public void A_channel_states_what_it_is_and_may_leave_the_rest_open()
    {
        Assert.Equal("Google+ (Google+, Page)", GooglePlus.ToString());
        Assert.Equal(ChannelPurposes.Unspecified, GooglePlus.Purposes);
        Assert.True(GooglePlus.TargetUniverse.IsNone);
        Assert.Null(GooglePlus.SubBrand);
        Assert.Equal(GooglePlus, GooglePlus with { });
        Assert.NotEqual(GooglePlus, GooglePlus with { Purposes = ChannelPurposes.Marketing | ChannelPurposes.Service });
    }

    [Fact]
    public void A_channel_refuses_what_it_cannot_mean()
    {
        Assert.StartsWith("form (Unspecified) must be a known ChannelForm: pass one of Group, Page,", Assert.Throws<ArgumentOutOfRangeException>("form", () => new Channel("a", "a", Platform.Xing, default)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("form", () => new Channel("a", "a", Platform.Xing, (ChannelForm)(-1)));
        Assert.Throws<ArgumentException>("SubBrand", () => GooglePlus with { SubBrand = " " });
    }
}
