using System.Globalization;
using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage.Appender;

/// <summary>Appends batches one after the other, and says so of each as soon as it is acknowledged; the tests kill it in between. Arguments: the store, the first batch, the one after the last, the rows of each; and "facts" for interactions with facts instead of logs, or the shards to which events go directly.</summary>
public static class Program
{
    /// <summary>The interactions of a batch: of the same number and rows, the same.</summary>
    public static InteractionLog Batch(int number, int rows)
    {
        var random = new Random(number);
        long start = Instant.FromUtc(2014, 1, 1, 0, 0).ToUnixTimeMilliseconds();
        return InteractionLog.Of(
            [new("a"), new("b"), new("c")],
            Enumerable.Range(0, rows).Select(_ => start + random.NextInt64(365L * 86_400_000)).ToArray(),
            Enumerable.Range(0, rows).Select(_ => random.Next(3)).ToArray(),
            Enumerable.Range(0, rows).Select(_ => (byte)random.Next(1, 5)).ToArray(),
            Enumerable.Range(0, rows).Select(_ => (byte)ActorRole.Member).ToArray())
            .WithActors(Enumerable.Range(0, rows).Select(_ => random.Next(1_000)).ToArray(), Enumerable.Range(0, 1_000).Select(actor => new ActorId($"person {actor}")));
    }

    /// <summary>Interactions with ids of their own, and one snapshot of an audience for each batch.</summary>
    public static Portfolio Facts(Organisation organisation, int number, int rows)
    {
        Instant at = Instant.FromUtc(2014, 1, 1, 0, 0) + Duration.FromDays(number);
        PortfolioBuilder builder = Portfolio.For(organisation).Add(new Channel("a", "A", Platform.Xing, ChannelForm.Group)).Add(new AudienceSnapshot(new("a"), at, Count.Observed(number), UnitOfCount.Person));
        for (int row = 0; row < rows; row++) builder.Add(new Interaction($"{number}-{row}", new("a"), InteractionKind.Comment, at + Duration.FromSeconds(row), ActorRole.Member) { Actor = new($"person {row % 100}") });
        return builder.Build();
    }

    private static async Task<int> Main(string[] args)
    {
        (int first, int end, int rows) = (int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture));
        bool withFacts = args is [_, _, _, _, "facts"];
        await using EngagementStore store = args.Length > 4 && !withFacts
            ? await EngagementStore.CreateAsync(args[0], new Organisation("ihk", "IHK", DateTimeZoneProviders.Tzdb["Europe/Berlin"]), args[4..])
            : await EngagementStore.OpenAsync(args[0]);
        await Console.Out.WriteLineAsync("open");
        await Console.Out.FlushAsync();
        for (int batch = first; batch < end; batch++)
        {
            await (withFacts ? (Task)store.AppendPortfolioAsync($"batch {batch}", Facts(store.Organisation, batch, rows)) : store.AppendAsync($"batch {batch}", Batch(batch, rows)));
            await Console.Out.WriteLineAsync(batch.ToString(CultureInfo.InvariantCulture));
            await Console.Out.FlushAsync();
        }

        return 0;
    }
}
