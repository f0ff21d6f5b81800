using System.Data.Common;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using DuckDBAppender = DuckDB.NET.Data.DuckDBAppender;

namespace Engagement.Storage;

/// <summary>A DuckDB file, in the process.</summary>
internal sealed class DuckDbEngine : Engine
{
    private readonly DuckDBConnection _root;
    private readonly bool _owns;
    private string? _prefix;
    private string? _catalog;

    private DuckDbEngine(DuckDBConnection root, bool owns, string place) => (_root, _owns, Place) = (root, owns, place);

    public override string Place { get; }

    public override string SystemName => "duckdb";

    // A file named engagement.duckdb is a catalog named engagement: without the catalog, the schema of that name would be ambiguous.
    public override string Prefix => _prefix ??= $"{Quoted(Catalog)}.engagement.";

    public override string Divide => "//";

    public override bool Blocks => true;

    public override IReadOnlyList<Migration> Migrations => Schema.DuckDb;

    private string Catalog => _catalog ??= CurrentCatalog();

    /// <summary>A file, or <c>:memory:</c>.</summary>
    public static DuckDbEngine OfFile(string file, bool mustExist)
    {
        string place = $"duckdb:{Core.Guard.Excerpt(file)}";
        bool inMemory = file == ":memory:";
        if (mustExist && !inMemory && !File.Exists(file)) throw new StoreException($"{place} must be a store that exists: create it (engagement store init), or correct the path.");
        if (!inMemory && Directory.Exists(file)) throw new StoreException($"{place} must be a file, and is a folder: name a file in it.");
        if (!inMemory && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder)) throw new StoreException($"{place} must lie in a folder that exists: make the folder, or correct the path.");
        DuckDBConnection? root = null;
        try
        {
            root = new DuckDBConnection(new DuckDBConnectionStringBuilder { DataSource = file }.ConnectionString);
            root.Open();
            return new DuckDbEngine(root, owns: true, place);
        }
        catch (Exception exception) when (exception is DuckDBException or IOException)
        {
            root?.Dispose();
            throw Explain(place, exception);
        }
    }

    public static DuckDbEngine Of(DuckDBConnection connection) => new(connection, owns: false, $"duckdb:{Core.Guard.Excerpt(connection.DataSource)}");

    public override ValueTask<Session> OpenAsync(CancellationToken cancellationToken)
    {
        // DuckDB.NET shares the database of a file among the connections to it, as long as one is open; only what is in memory must be duplicated.
        DuckDBConnection connection = _root.DataSource.Contains(":memory:", StringComparison.Ordinal) ? _root.Duplicate() : new DuckDBConnection(_root.ConnectionString);
        if (connection.State is not System.Data.ConnectionState.Open) connection.Open();
        return ValueTask.FromResult(new Session(this, connection, connection.DisposeAsync));
    }

    public override string SumOf(string numbers) => $"list_sum({numbers})";

    public override Task ReadCellsAsync(Session session, string query, Action<MonthCell> add, CancellationToken cancellationToken)
    {
        DuckDbCellReader.Read(((DuckDBConnection)session.Connection).NativeConnection, session.Named(query), add, cancellationToken);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(Session session, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        using DuckDBAppender appender = ((DuckDBConnection)session.Connection).CreateAppender(Catalog, "engagement", table);
        Write(appender, rows, cancellationToken);
        return Task.CompletedTask;
    }

    public override Task WriteStageAsync(Session session, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        using DuckDBAppender appender = ((DuckDBConnection)session.Connection).CreateAppender("temp", "main", table);
        Write(appender, rows, cancellationToken);
        return Task.CompletedTask;
    }

    public override Task WriteEventsAsync(Session session, EventBlock events, CancellationToken cancellationToken)
    {
        DuckDbEventWriter.Write(((DuckDBConnection)session.Connection).NativeConnection, Catalog, events, cancellationToken);
        return Task.CompletedTask;
    }

    public override async Task PurgeAsync(CancellationToken cancellationToken)
    {
        Session session = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            try
            {
                await session.ExecuteAsync($"CHECKPOINT {Quoted(Catalog)}", cancellationToken).ConfigureAwait(false);
            }
            catch (DuckDBException)
            {
                // Somebody else is at work: the next checkpoint, at the latest on closing, will do it.
            }
        }
    }

    public override bool IsConflict(Exception exception) => exception is DuckDBException { ErrorType: DuckDBErrorType.Transaction } || (exception is DuckDBException && exception.Message.Contains("onflict", StringComparison.Ordinal));

    public override StoreException? Explain(Exception exception) => IsOfDatabase(exception) ? Explain(Place, exception) : null;

    public override ValueTask DisposeAsync() => _owns ? _root.DisposeAsync() : ValueTask.CompletedTask;

    private static StoreException Explain(string place, Exception exception)
    {
        string said = exception.Message;
        if (said.Contains("lock on file", StringComparison.OrdinalIgnoreCase)) return Said(place, "is in use by another process, and a DuckDB file has one at a time", "close the other, or use PostgreSQL for several", exception);
        if (said.Contains("No space left", StringComparison.OrdinalIgnoreCase)) return Said(place, "cannot grow, because the disk is full", "free some space and send the batch again; what was acknowledged is kept", exception);

        // What the engine says without its client has no type but the first words.
        if (exception is DuckDBException { ErrorType: DuckDBErrorType.Io or DuckDBErrorType.Serialization } || said.StartsWith("IO Error", StringComparison.Ordinal) || said.StartsWith("Serialization Error", StringComparison.Ordinal) || said.Contains("not a valid DuckDB", StringComparison.OrdinalIgnoreCase) || said.Contains("corrupt", StringComparison.OrdinalIgnoreCase) || said.Contains("checksum", StringComparison.OrdinalIgnoreCase))
        {
            return Said(place, $"cannot be read or written as a DuckDB file ({FirstLine(said)})", "check the path, or restore the file from a backup", exception);
        }

        return Said(place, $"failed ({FirstLine(said)})", "correct what it names, and try again", exception);
    }

    private static string FirstLine(string said) => said.Split('\n')[0].Trim().TrimEnd('.');

    private static void Write(DuckDBAppender appender, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        int count = 0;
        foreach (object?[] cells in rows)
        {
            if ((++count & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            IDuckDBAppenderRow row = appender.CreateRow();
            foreach (object? cell in cells)
            {
                _ = cell switch
                {
                    null => row.AppendNullValue(),
                    string text => row.AppendValue(text),
                    int number => row.AppendValue(number),
                    long number => row.AppendValue(number),
                    short number => row.AppendValue(number),
                    long[] numbers => row.AppendValue(numbers),
                    DateOnly date => row.AppendValue(date),
                    _ => throw new InvalidOperationException($"No column takes a {cell.GetType().Name}."),
                };
            }

            row.EndRow();
        }

        appender.Close();
    }

    private string CurrentCatalog()
    {
        using DbCommand command = _root.CreateCommand();
        command.CommandText = "SELECT current_database()";
        return (string)command.ExecuteScalar()!;
    }
}
