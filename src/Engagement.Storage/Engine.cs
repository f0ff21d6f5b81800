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

    /// <summary>The numbers in a column of a row that holds several.</summary>
    public abstract long[] Numbers(DbDataReader row, int column);

    /// <summary>Whether calls block their thread, and therefore go to another one.</summary>
    public abstract bool Blocks { get; }

    /// <summary>Whether events of an append that never ended may lie in the log, so that readers take only batches that were acknowledged.</summary>
    public virtual bool MayHoldRemains => false;

    /// <summary>The steps that make the schema, in order.</summary>
    public abstract IReadOnlyList<Migration> Migrations { get; }

    public abstract ValueTask<Session> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Writes rows into a table, in the order of its columns.</summary>
    public abstract Task WriteAsync(Session session, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>Writes rows into a temporary table that <see cref="Session.StageAsync"/> made.</summary>
    public abstract Task WriteStageAsync(Session session, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken);

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
