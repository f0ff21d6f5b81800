using System.Data.Common;

namespace Engagement.Storage;

/// <summary>What differs between databases: how to connect, to write in bulk, and a few words of SQL. Everything else is said once, in SQL that all of them understand.</summary>
internal abstract class Engine : IAsyncDisposable
{
    /// <summary>The engine's name and the place of the store, without any secret.</summary>
    public abstract string Place { get; }

    /// <summary>The value of the tag <c>db.system.name</c> in traces.</summary>
    public abstract string SystemName { get; }

    /// <summary>What stands before a table's name.</summary>
    public abstract string Prefix { get; }

    /// <summary>Division of whole numbers.</summary>
    public abstract string Divide { get; }

    /// <summary>The sum of a column of numbers.</summary>
    public abstract string SumOf(string numbers);

    /// <summary>Reads cells, many thousand at a time: by the engine's own blocks, because to ask a row's reader for each number would take longer than all else.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="query">Day, channel, kind, role and counts by day, in the types of the table <c>month_cell</c>; without parameters.</param>
    /// <param name="add">Takes each row.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public abstract Task ReadCellsAsync(Session session, string query, Action<MonthCell> add, CancellationToken cancellationToken);

    /// <summary>Whether calls block their thread, and therefore go to another one.</summary>
    public abstract bool Blocks { get; }

    /// <summary>Whether events of an append that never ended may lie in the log, so that readers take only batches that were acknowledged.</summary>
    public virtual bool MayHoldRemains => false;

    /// <summary>The steps that make the schema, in order.</summary>
    public abstract IReadOnlyList<Migration> Migrations { get; }

    public abstract ValueTask<Session> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Says that the session that was opened last stays open while the caller's own code runs, so that nobody waits for it in vain.</summary>
    public virtual void KeepWhileCallerWorks()
    {
    }

    /// <summary>Writes rows into a table, in the order of its columns.</summary>
    public abstract Task WriteAsync(Session session, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>Writes rows into a temporary table that <see cref="Session.StageAsync"/> made.</summary>
    public abstract Task WriteStageAsync(Session session, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>Takes away what an append that never ended left in the log, before a batch is written.</summary>
    public virtual Task ClearRemainsAsync(Session session, int organisation, long lastBatch, CancellationToken cancellationToken) => Task.CompletedTask;

    public abstract Task WriteEventsAsync(Session session, EventBlock events, CancellationToken cancellationToken);

    /// <summary>Makes room for events of these moments, before they are written.</summary>
    public virtual Task PrepareAsync(Session session, IReadOnlyCollection<(int Year, int Month)> months, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Keeps others from changing the schema until the transaction ends.</summary>
    public virtual Task LockSchemaAsync(Session session, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Settings of a transaction.</summary>
    public virtual Task PrepareTransactionAsync(Session session, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes what was deleted out of the files too, as far as the engine can.</summary>
    public virtual Task PurgeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether a transaction failed only because of another one, and will succeed when it is tried again.</summary>
    public abstract bool IsConflict(Exception exception);

    /// <summary>The exception of the engine in the words of the store; null when it is not one of the engine's.</summary>
    public abstract StoreException? Explain(Exception exception);

    public abstract ValueTask DisposeAsync();

    protected static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    protected static StoreException Said(string place, string rule, string cure, Exception exception) => new($"{place} {rule}: {cure}.", exception);

    protected static bool IsOfDatabase(Exception exception) => exception is DbException or IOException or TimeoutException or ObjectDisposedException;
}
