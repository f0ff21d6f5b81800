using System.Data;
using System.Diagnostics;

namespace Engagement.Storage;

/// <summary>How every call of a store is made: in a transaction, one append after the other, seen by OpenTelemetry, and with errors in the words of the store.</summary>
internal sealed class StoreWork(Engine engine, int organisation) : IDisposable
{
    private const int MostTries = 200;

    private readonly SemaphoreSlim _writes = new(1, 1);

    public void Dispose() => _writes.Dispose();

    /// <summary>Does what may block on a thread of its own, if the engine blocks.</summary>
    public static Task<T> OnThread<T>(Engine engine, Func<Task<T>> work, CancellationToken cancellationToken) => engine.Blocks ? Task.Run(work, cancellationToken) : work();

    /// <summary>Tells the engine's exceptions in the words of the store.</summary>
    public static async Task<T> Explained<T>(Engine engine, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StoreException or ArgumentException) && engine.Explain(exception) is not null)
        {
            StoreTelemetry.Failures.Add(1, new KeyValuePair<string, object?>("db.system.name", engine.SystemName));
            throw engine.Explain(exception)!;
        }
    }

    /// <summary>Begins what OpenTelemetry sees of a call.</summary>
    public Activity? Begin(string name)
    {
        Activity? activity = StoreTelemetry.Source.StartActivity($"engagement.store.{name}", ActivityKind.Client);
        activity?.SetTag("db.system.name", engine.SystemName);
        return activity;
    }

    /// <summary>Does what may block on a thread of its own, and tells its exceptions in the words of the store.</summary>
    public Task<T> DoAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => Explained(engine, () => OnThread(engine, work, cancellationToken));

    /// <summary>Does a piece of work in a transaction, and once more when another one stood in its way.</summary>
    public async Task<T> WriteAsync<T>(string name, Func<Session, CancellationToken, Task<T>> work, CancellationToken cancellationToken, bool isRepeatable = true)
    {
        using Activity? activity = Begin(name);
        await _writes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await DoAsync(
                async () =>
                {
                    for (int tries = 1; ; tries++)
                    {
                        try
                        {
                            return await TransactAsync(work, cancellationToken).ConfigureAwait(false);
                        }
                        catch (Exception exception) when (isRepeatable && tries < MostTries && engine.IsConflict(exception))
                        {
                            await Task.Delay(Math.Min(100, tries), cancellationToken).ConfigureAwait(false);
                        }
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writes.Release();
        }
    }

    /// <summary>Asks one state of the store.</summary>
    public async Task<T> ReadAsync<T>(string name, Func<Session, OrganisationState, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using Activity? activity = Begin(name);
        return await DoAsync(
            async () =>
            {
                Session session = await BeginReadingAsync(cancellationToken).ConfigureAwait(false);
                await using (session.ConfigureAwait(false)) return await work(session, await OrganisationState.ReadAsync(session, organisation, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A session that sees one state of the store, whatever is appended meanwhile.</summary>
    public async Task<Session> BeginReadingAsync(CancellationToken cancellationToken)
    {
        Session session = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await session.BeginAsync(engine.Blocks ? IsolationLevel.Unspecified : IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<T> TransactAsync<T>(Func<Session, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        Session session = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.BeginAsync(IsolationLevel.Unspecified, cancellationToken).ConfigureAwait(false);
            T result = await work(session, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            await session.CommitAsync().ConfigureAwait(false);
            return result;
        }
    }
}
