using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Import;
using NodaTime;

namespace Engagement.Storage.Tests;

/// <summary>What every engine must do. The expected figures are those of the library in memory, over the same log.</summary>
public abstract partial class StoreContract
{
    private const int Rows = 4_000;

    private static readonly RollUpOptions Everybody = new() { Roles = [ActorRole.Unknown, ActorRole.Organisation, ActorRole.Staff, ActorRole.Member, ActorRole.NonMember, ActorRole.Bot] };

    public static TheoryData<string> Zones => [.. SeededLog.ClockChanges.Select(change => change.Zone)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract Task<Place> NewPlaceAsync();

    /// <summary>The facts of the larger sample, with its first interactions.</summary>
    private protected static Portfolio Demo()
    {
        Portfolio all = PortfolioFolder.Read(Path.Combine(AppContext.BaseDirectory, "samples", "demo-association"), Token).Portfolio!;
        PortfolioBuilder builder = Portfolio.For(all.Organisation);
        foreach (Universe universe in all.Universes) builder.Add(universe);
        foreach (Channel channel in all.Channels) builder.Add(channel);
        foreach (AudienceSnapshot audience in all.Audiences) builder.Add(audience);
        foreach (AudienceOverlap overlap in all.Overlaps) builder.Add(overlap);
        foreach (Publication publication in all.Publications) builder.Add(publication);
        foreach (Interaction interaction in all.Interactions.Take(5_000)) builder.Add(interaction);
        foreach (Effort effort in all.Efforts) builder.Add(effort);
        return builder.Build();
    }

    private protected static Organisation Organisation(DateTimeZone? zone = null) => new("ihk", "IHK Ostwestfalen zu Bielefeld", zone ?? SeededLog.Zone("Europe/Berlin"));

    private protected static SeededLog Berlin(int count, int seed, bool withTexts = false) => SeededLog.Around(SeededLog.Zone("Europe/Berlin"), new(2014, 10, 26), count, seed, withTexts: withTexts);

    private protected async Task<SeededStore> NewSeededAsync(int count, int seed, bool withTexts = false)
    {
        Place place = await NewPlaceAsync();
        return new(place, await place.CreateAsync(Organisation()), Berlin(count, seed, withTexts));
    }

    private protected static void AssertEqual(RollUp expected, RollUp actual)
    {
        Assert.Equal(expected.Cells, actual.Cells);
        Assert.Equal(expected, actual);
    }

    private async Task CompareAsync(InteractionLog log, params string[] zones)
    {
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
        await store.AppendAsync("real", log, Token);
        Instant[] times = [.. log.ToInteractions().Select(one => one.At)];
        foreach (string zone in zones)
        {
            foreach (CalendarUnit unit in new[] { CalendarUnit.Day, CalendarUnit.Month })
            {
                LocalCalendar calendar = LocalCalendar.Between(SeededLog.Zone(zone), times.Min(), times.Max() + Duration.FromMilliseconds(1), unit);
                AssertEqual(log.RollUp(calendar, Everybody), await store.RollUpAsync(calendar, Everybody, Token));
                Assert.Equal(DistinctActors.PerChannelAndPeriod(log, calendar, Everybody, Token), (await store.DistinctActorsAsync(calendar, Everybody, Token)).Actors);
            }
        }
    }
}
