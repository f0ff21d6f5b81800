using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Engagement.Storage;

/// <summary>A connection for one piece of work, with or without a transaction. In SQL, <c>engagement.</c> stands for the engine's own way to name the store's tables.</summary>
internal sealed class Session : IAsyncDisposable
{
    private const string Schema = "engagement.";

    private readonly Func<ValueTask> _release;
    private readonly List<Session> _others = [];
    private readonly Dictionary<string, long> _asked = [];
    private DbTransaction? _transaction;

    public Session(Engine engine, DbConnection connection, Func<ValueTask> release) => (Engine, Connection, _release) = (engine, connection, release);

    public Engine Engine { get; }

    public DbConnection Connection { get; }

    /// <summary>Sessions elsewhere that end with this one.</summary>
    public IReadOnlyList<Session> Others => _others;

    /// <summary>Has a session elsewhere end with this one: committed just before it, and given back with it.</summary>
    public void EndsWith(Session other) => _others.Add(other);

    /// <summary>A statement with the engine's own names of the store's tables.</summary>
    public string Named(string sql) => sql.Replace(Schema, Engine.Prefix, StringComparison.Ordinal);

    public async Task BeginAsync(IsolationLevel isolation, CancellationToken cancellationToken)
    {
        _transaction = await Connection.BeginTransactionAsync(isolation, cancellationToken).ConfigureAwait(false);
        await Engine.PrepareTransactionAsync(this, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Once begun, a commit is not stopped: whether it took place must be known.</summary>
    public async Task CommitAsync()
    {
        foreach (Session other in _others) await ShardCopy.OfShardAsync(this, other.Engine, other.CommitAsync).ConfigureAwait(false);
        await _transaction!.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        DbCommand command = Command(sql, parameters);
        await using (command.ConfigureAwait(false)) return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<long> NumberAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await foreach (DbDataReader row in QueryAsync(sql, cancellationToken, parameters).ConfigureAwait(false)) return row.IsDBNull(0) ? 0 : Whole(row, 0);
        return 0;
    }

    /// <summary>A number that stays as it is while this session lasts, and is asked for once.</summary>
    public async Task<long> OnceAsync(string sql, CancellationToken cancellationToken)
    {
        if (!_asked.TryGetValue(sql, out long number)) _asked.Add(sql, number = await NumberAsync(sql, cancellationToken).ConfigureAwait(false));
        return number;
    }

    /// <summary>A whole number, whatever type the engine has for it: sums are wider than what they add up.</summary>
    public static long Whole(DbDataReader row, int column) => row.GetValue(column) is BigInteger wide ? (long)wide : Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    /// <summary>The rows of a query, one at a time, by the same reader.</summary>
    public async IAsyncEnumerable<DbDataReader> QueryAsync(string sql, [EnumeratorCancellation] CancellationToken cancellationToken, params object[] parameters)
    {
        DbCommand command = Command(sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) yield return reader;
            }
        }
    }

    public async Task<List<T>> ListAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params object[] parameters)
    {
        var list = new List<T>();
        await foreach (DbDataReader row in QueryAsync(sql, cancellationToken, parameters).ConfigureAwait(false)) list.Add(read(row));
        return list;
    }

    /// <summary>A temporary table with rows, for statements over sets; it ends with <see cref="UnstageAsync"/> or the transaction.</summary>
    public async Task StageAsync(string table, string columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        await ExecuteAsync($"CREATE TEMPORARY TABLE {table} ({columns})", cancellationToken).ConfigureAwait(false);
        await Engine.WriteStageAsync(this, table, [.. columns.Split(", ").Select(column => column[..column.IndexOf(' ', StringComparison.Ordinal)])], rows, cancellationToken).ConfigureAwait(false);
    }

    public Task UnstageAsync(string table, CancellationToken cancellationToken) => ExecuteAsync($"DROP TABLE {table}", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (Session other in _others) await other.DisposeAsync().ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
        await _release().ConfigureAwait(false);
    }

    private async Task EndAsync()
    {
        if (_transaction is not { } transaction) return;
        _transaction = null;
        try
        {
            // A transaction that was not committed is rolled back by this.
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // The connection is gone, and the transaction with it: what led here is the error to tell.
        }
    }

    private DbCommand Command(string sql, object[] parameters)
    {
        DbCommand command = Connection.CreateCommand();
        command.CommandText = Named(sql);
        command.CommandTimeout = 0;
        command.Transaction = _transaction;
        foreach (object value in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
