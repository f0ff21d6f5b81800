using Engagement.Core.Logs;

namespace Engagement.Storage.Tests;

/// <summary>An empty store in a place of its own, and the rows of a log for it.</summary>
internal sealed class SeededStore(Place place, EngagementStore store, SeededLog rows) : IAsyncDisposable
{
    public void Deconstruct(out Place ofPlace, out EngagementStore ofStore, out SeededLog ofRows, out InteractionLog log) => (ofPlace, ofStore, ofRows, log) = (place, store, rows, rows.Log);

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await place.DisposeAsync();
    }
}
