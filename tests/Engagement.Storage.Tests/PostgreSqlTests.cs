using Engagement.Core;
using NodaTime;

namespace Engagement.Storage.Tests;

/// <summary>The contract, by PostgreSQL.</summary>
[Trait("Server", "PostgreSQL")]
public sealed class PostgreSqlTests(PostgreSqlFixture servers) : StoreContract
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_small_batch_reads_no_table_of_names_through_however_large_the_store_is()
    {
        await using PostgreSqlPlace place = await PostgreSqlPlace.NewAsync(servers.Server);
        await using (EngagementStore store = await place.CreateAsync(Organisation()))
        {
            await store.AppendInteractionsAsync("large", [.. Enumerable.Range(0, 5_000).Select(Comment)], Token);
        }

        await place.ExecuteAsync("ANALYZE");
        long lookUps = await LookUpsAsync(place, 15_000);
        long before = await CountedAsync(place, "sum(seq_tup_read)");
        await using (EngagementStore store = await place.OpenAsync())
        {
            // One that is known by all its names, and one that is new in all of them.
            Assert.True(await store.AppendInteractionsAsync("small", [Comment(17), Comment(5_000)], Token));
        }

        Assert.InRange(await LookUpsAsync(place, lookUps + 6), lookUps + 6, lookUps + 20);
        Assert.Equal(before, await CountedAsync(place, "sum(seq_tup_read)"));
    }

    private protected override async Task<Place> NewPlaceAsync() => await PostgreSqlPlace.NewAsync(servers.Server);

    private static Interaction Comment(int number) =>
        new($"comment {number}", new("xing"), InteractionKind.Comment, Instant.FromUtc(2014, 11, 1, 0, 0) + Duration.FromMinutes(number), ActorRole.Member) { Actor = new($"member {number}"), Publication = new($"post {number}") };

    // A server counts what a connection did some time after its end.
    private static async Task<long> LookUpsAsync(PostgreSqlPlace place, long least)
    {
        for (int wait = 0; wait < 200 && await CountedAsync(place, "sum(idx_scan)") < least; wait++) await Task.Delay(50, Token);
        return await CountedAsync(place, "sum(idx_scan)");
    }

    private static Task<long> CountedAsync(PostgreSqlPlace place, string what) =>
        place.NumberAsync($"SELECT {what} FROM pg_stat_user_tables WHERE schemaname = 'engagement' AND relname IN ('actor_key', 'publication_key', 'event_key')");
}
