using Engagement.Core;
using Engagement.Core.Logs;

namespace Engagement.Storage.Tests;

/// <summary>A database of its own for one test.</summary>
internal abstract class Place : IAsyncDisposable
{
    public abstract Task<EngagementStore> CreateAsync(Organisation organisation);

    public abstract Task<EngagementStore> OpenAsync();

    /// <summary>Makes the schema of an earlier version.</summary>
    public abstract Task CreateOfVersionAsync(Organisation organisation, int version);

    public async Task ExecuteAsync(string sql)
    {
        await using Session session = await SessionAsync();
        await session.ExecuteAsync(sql, CancellationToken.None);
    }

    public async Task<long> NumberAsync(string sql)
    {
        await using Session session = await SessionAsync();
        return await session.NumberAsync(sql, CancellationToken.None);
    }

    /// <summary>Makes room for events that are written past the store.</summary>
    public async Task RoomAsync(InteractionLog log)
    {
        await using Session session = await SessionAsync();
        await session.Engine.PrepareAsync(session, BatchWriter.MonthsOf(log), CancellationToken.None);
    }

    public abstract ValueTask DisposeAsync();

    protected abstract Task<Session> SessionAsync();
}
