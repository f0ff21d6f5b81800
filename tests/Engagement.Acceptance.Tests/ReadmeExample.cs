using Engagement.Core;
using NodaTime;

namespace Engagement.Acceptance.Tests;

/// <summary>The example of the README, word for word; <see cref="ReadmeSpecs"/> compares the two and runs this one.</summary>
internal static class ReadmeExample
{
    public static void Run(TextWriter Console)
    {
        // The example begins.
        var ihk = new Organisation("ihk", "IHK Ostwestfalen zu Bielefeld", DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
        Instant asOf = ihk.StartOf(new LocalDate(2014, 11, 20));
        var page = new Channel("page", "Netzwerk Kreativwirtschaft", Platform.Facebook, ChannelForm.Page);
        Portfolio portfolio = Portfolio.For(ihk).Add(page)
            .Add(new Universe("members", UnitOfCount.Company).With(asOf, Count.Rounded(110_000, 110_000, 114_999)))
            .Add(new AudienceSnapshot(page.Id, asOf, Count.Observed(324), UnitOfCount.Person))
            .Add(new Publication("post-1", page.Id, asOf) { Interactions = InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(42)) })
            .Build();
        LocalPeriod november = LocalPeriod.Month(2014, 11);
        Console.WriteLine(new ReachPerMemberCalculator().Calculate(portfolio, november).Channels[0].Potential);
        Console.WriteLine(new EngagementRatioCalculator(EngagementRatioDefinitions.ByFollowers).Calculate(portfolio, november).Total);
        Console.WriteLine(EngagementRatio.Of(interactions: 42, audience: 324));
        // The example ends.
    }
}
