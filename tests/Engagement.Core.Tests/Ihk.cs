using NodaTime;

namespace Engagement.Core.Tests;

/// <summary>The chamber that the project began with, and its figures of 20 November 2014, typed in.</summary>
internal static class Ihk
{
    public static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    public static readonly Organisation Chamber = new("ihk", "IHK Ostwestfalen zu Bielefeld", Berlin);
    public static readonly Instant Noon = Instant.FromUtc(2014, 11, 20, 11, 0);
    public static readonly LocalPeriod November = LocalPeriod.Month(2014, 11);
    public static readonly Universe Members = new Universe("members", UnitOfCount.Company).With(Noon, Count.Rounded(110_000, 110_000, 114_999));
    public static readonly Channel Xing = new("xing", "Technologie und Innovation in Ostwestfalen", Platform.Xing, ChannelForm.Group);
    public static readonly Channel Twitter = new("twitter", "Twitter", Platform.Twitter, ChannelForm.Account);
    public static readonly Channel GooglePlus = new("google-plus", "Google+", Platform.GooglePlus, ChannelForm.Page);
    public static readonly Channel Facebook = new("facebook", "Netzwerk Kreativwirtschaft", Platform.Facebook, ChannelForm.Page) { SubBrand = "Netzwerk Kreativwirtschaft" };
    public static readonly Channel Magazine = new("magazine", "Magazin", Platform.Magazine, ChannelForm.PrintTitle);

    public static Portfolio Seed(Count? xing = null, Universe? members = null) => Portfolio.For(Chamber).Add(members ?? Members)
        .Add(Xing).Add(Twitter).Add(GooglePlus).Add(Facebook).Add(Magazine)
        .Add(Audience(Xing, xing ?? Count.Rounded(9_000))).Add(Audience(Twitter, Count.Observed(133))).Add(Audience(GooglePlus, Count.Observed(38))).Add(Audience(Facebook, Count.Observed(324)))
        .Build();

    public static AudienceSnapshot Audience(Channel channel, Count size, Instant? asOf = null, UnitOfCount unit = UnitOfCount.Person) => new(channel.Id, asOf ?? Noon, size, unit);

    public static InteractionTally Tally(long likes = 0, long comments = 0, long shares = 0) => InteractionTally.Empty
        .With(InteractionKind.Like, Count.Observed(likes)).With(InteractionKind.Comment, Count.Observed(comments)).With(InteractionKind.Share, Count.Observed(shares));

    public static Instant At(int day, int hour = 12, int month = 11, int year = 2014) => new LocalDateTime(year, month, day, hour, 0).InZoneStrictly(Berlin).ToInstant();

    public static bool Has(this Figure figure, string code) => figure.Caveats.Any(caveat => caveat.Code == code);
}
