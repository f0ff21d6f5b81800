using System.Net.Sockets;
using Engagement.Core;
using Npgsql;

namespace Engagement.Storage;

/// <summary>PostgreSQL, alone or as the coordinator of shards.</summary>
internal sealed class PostgreSqlEngine : Engine
{
    private const string Log = "engagement.event";

    private readonly NpgsqlDataSource? _source;
    private readonly NpgsqlConnection? _connection;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly bool _owns;
    private readonly bool _isSharded;
    private readonly Lazy<PostgreSqlEngine[]> _shards;
    private volatile bool _isWithCaller;

    private PostgreSqlEngine(NpgsqlDataSource? source, NpgsqlConnection? connection, bool owns, string place, bool isSharded, IReadOnlyList<string> shards)
    {
        (_source, _connection, _owns, Place, _isSharded) = (source, connection, owns, place, isSharded);
        _shards = new(() => [.. shards.Select(Of)]);
        KnowsShards = shards.Count > 0;
    }

    public override string Place { get; }

    public override string SystemName => "postgresql";

    public override string Prefix => "engagement.";

    public override string Divide => "/";

    public override bool Blocks => false;

    // Each shard commits by itself, just before the coordinator does: whoever is cut off in between leaves events that no batch acknowledges.
    public override bool MayHoldRemains => _isSharded;

    /// <summary>Whether events go to the shards directly.</summary>
    private bool KnowsShards { get; }

    public override IReadOnlyList<Migration> Migrations => _isSharded ? Schema.Sharded : Schema.PostgreSql;

    public static PostgreSqlEngine Of(string connectionString) => Of(new NpgsqlDataSourceBuilder(Parse(connectionString).ConnectionString).Build(), owns: true);

    /// <summary>The parts of a connection string.</summary>
    public static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
#pragma warning disable MA0054 // What is wrong may stand beside, or be, the password: neither the text nor the parser's exception is passed on.
            throw new StoreException("The connection string of PostgreSQL cannot be read: write it as Host=…;Port=…;Database=…;Username=…, with the keywords of Npgsql.");
#pragma warning restore MA0054
        }
    }

    public static PostgreSqlEngine Of(NpgsqlDataSource source, bool owns) => new(source, null, owns, PlaceOf(source.ConnectionString), isSharded: false, []);

    public static PostgreSqlEngine Of(NpgsqlConnection connection) => new(null, connection, owns: false, PlaceOf(connection.ConnectionString), isSharded: false, []);

    /// <summary>The same engine for a store whose log lies on shards.</summary>
    /// <param name="shards">The shards' connection strings, in their order, if events are to go there directly; none, and they go through the coordinator.</param>
    public PostgreSqlEngine Sharded(params IReadOnlyList<string> shards) => new(_source, _connection, _owns, Place, isSharded: true, shards);

    /// <summary>What is said where a shard is gone.</summary>
    public static StoreException WithoutShard(string place, string shard, Exception exception) => Said(place, $"cannot reach one of its shards ({shard})", "start the shard; there is no answer without it, and none that is partial", exception);

    public override async ValueTask<Session> OpenAsync(CancellationToken cancellationToken)
    {
        if (_source is not null)
        {
            NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            return new Session(this, connection, connection.DisposeAsync);
        }

        // Whoever calls from within the loop would wait for its end, and the loop for him.
        if (_isWithCaller) throw new StoreException($"{Place}: the connection serves one call at a time, and ReadLogAsync has it until its loop ends: end the loop first, or open the store over a data source (NpgsqlDataSource), which has a connection for each call.");
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_connection!.State is System.Data.ConnectionState.Closed) await _connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _oneAtATime.Release();
            throw;
        }

        return new Session(this, _connection, () =>
        {
            _isWithCaller = false;
            _oneAtATime.Release();
            return ValueTask.CompletedTask;
        });
    }

    public override void KeepWhileCallerWorks() => _isWithCaller = _connection is not null;

    public override Task WriteAsync(Session session, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken) =>
        ThroughStageAsync(session, table, columns, target => CopyAsync(session, target, columns, rows, cancellationToken), cancellationToken);

    public override Task WriteStageAsync(Session session, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken) => CopyAsync(session, table, columns, rows, cancellationToken);

    public override Task ClearRemainsAsync(Session session, int organisation, long lastBatch, CancellationToken cancellationToken) =>
        KnowsShards ? ShardCopy.BeginAsync(session, _shards.Value, organisation, lastBatch, cancellationToken)
        : _isSharded ? ShardLoad.BeginAsync(session, organisation, lastBatch, cancellationToken)
        : Task.CompletedTask;

    public override Task WriteEventsAsync(Session session, EventBlock events, CancellationToken cancellationToken) =>
        KnowsShards ? ShardCopy.WriteAsync(session, _shards.Value, events, cancellationToken)
        : _isSharded ? ShardLoad.WriteAsync(session, events, cancellationToken)
        : ThroughStageAsync(session, "event", EventBlock.Columns, target => CopyEventsAsync(session, target, events, cancellationToken), cancellationToken);

    public override string SumOf(string numbers) => $"(SELECT sum(number) FROM unnest(CAST({numbers} AS BIGINT[])) number)";

    public override Task ReadCellsAsync(Session session, string query, Action<MonthCell> add, CancellationToken cancellationToken) => CellCopy.ReadAsync(Connection(session), query, add, cancellationToken);

    public override async Task PrepareAsync(Session session, IReadOnlyCollection<(int Year, int Month)> months, CancellationToken cancellationToken)
    {
        if (_isSharded) return;
        await session.ExecuteAsync("SELECT engagement.ensure_month(m.year, m.month) FROM unnest($1, $2) m (year, month)", cancellationToken, months.Select(one => one.Year).ToArray(), months.Select(one => one.Month).ToArray()).ConfigureAwait(false);
    }

    public override async Task LockSchemaAsync(Session session, CancellationToken cancellationToken) => await session.ExecuteAsync("SELECT pg_advisory_xact_lock(7233958204125)", cancellationToken).ConfigureAwait(false);

    // All queries are over whole logs and sets of facts. Just after a load, before statistics are there, the planner takes them for a handful of rows and joins row by row.
    // To compile a search tree of periods into machine code (jit) takes longer than to walk it a million times.
    public override async Task PrepareTransactionAsync(Session session, CancellationToken cancellationToken) =>
        await session.ExecuteAsync($"SET LOCAL enable_nestloop = off; SET LOCAL jit = off{(_isSharded ? "; SET LOCAL enable_partitionwise_aggregate = on" : "")}", cancellationToken).ConfigureAwait(false);

    public override bool IsConflict(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    public override StoreException? Explain(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => Said(Place, "does not let this user in", "check user name and password, and the server's pg_hba.conf", exception),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => Said(Place, "has no such database", "create it, or correct its name", exception),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused => Said(Place, $"does not allow this ({refused.MessageText})", "grant the role what docs/storage.md lists", exception),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => Said(Place, "cannot grow, because its disk is full", "free some space and send the batch again; what was acknowledged is kept", exception),

        // The class of errors 08, and HV of foreign data: a shard cannot be reached, or was lost on the way.
        PostgresException of when of.SqlState.StartsWith("08", StringComparison.Ordinal) || of.SqlState.StartsWith("HV", StringComparison.Ordinal) => WithoutShard(Place, Guard.Excerpt(of.MessageText), exception),
        PostgresException of => Said(Place, $"failed ({of.SqlState}: {Guard.Excerpt(of.MessageText)})", "correct what it names, and try again", exception),
        NpgsqlException or SocketException or IOException or TimeoutException => Said(Place, "cannot be reached, or the connection was lost", "check host, port and network; what was not acknowledged left nothing, and may be sent again under the same id", exception),
        _ => null,
    };

    public override async ValueTask DisposeAsync()
    {
        _oneAtATime.Dispose();
        if (_shards.IsValueCreated)
        {
            foreach (PostgreSqlEngine shard in _shards.Value) await shard.DisposeAsync().ConfigureAwait(false);
        }

        if (_owns && _source is not null) await _source.DisposeAsync().ConfigureAwait(false);
    }

    private static NpgsqlConnection Connection(Session session) => (NpgsqlConnection)session.Connection;

    private static string PlaceOf(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return FormattableString.Invariant($"postgresql:{builder.Host}:{builder.Port}/{builder.Database}");
    }

    /// <summary>Copies into a table, or, where row-level security is on for any and PostgreSQL has no COPY, into a temporary one and from there by one statement.</summary>
    private static async Task ThroughStageAsync(Session session, string table, IReadOnlyList<string> columns, Func<string, Task> copy, CancellationToken cancellationToken)
    {
        if (await session.OnceAsync("SELECT count(*) FROM pg_class WHERE relnamespace = 'engagement'::regnamespace AND relkind IN ('r', 'p', 'f') AND row_security_active(oid)", cancellationToken).ConfigureAwait(false) == 0)
        {
            await copy($"engagement.{table}").ConfigureAwait(false);
            return;
        }

        string stage = $"stage_copy_{table}";
        await session.ExecuteAsync($"CREATE TEMPORARY TABLE {stage} (LIKE engagement.{table})", cancellationToken).ConfigureAwait(false);
        await copy(stage).ConfigureAwait(false);
        await session.ExecuteAsync($"INSERT INTO engagement.{table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", columns)} FROM {stage}", cancellationToken).ConfigureAwait(false);
        await session.UnstageAsync(stage, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies events, month by month into the partitions where the log itself is meant: to find the partition of each row, the server would take half as long again.</summary>
    private static async Task CopyEventsAsync(Session session, string table, EventBlock events, CancellationToken cancellationToken)
    {
        bool byMonth = table == Log && await session.NumberAsync("SELECT pg_has_role((SELECT relowner FROM pg_class WHERE oid = 'engagement.event'::regclass), 'USAGE')::INTEGER", cancellationToken).ConfigureAwait(false) == 1;
        foreach (((int year, int month), List<int> rows) in RowsByMonth(events.Chunk.Times.Span, byMonth))
        {
            string target = byMonth ? FormattableString.Invariant($"engagement_month.event_{year:D4}_{month:D2}") : table;
            await CopyEventsAsync(session, target, events, rows, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Copies some events of a block into a table.</summary>
    public static async Task CopyEventsAsync(Session session, string table, EventBlock events, List<int> rows, CancellationToken cancellationToken)
    {
        BinaryCopy copy = await BinaryCopy.BeginAsync(Connection(session), table, EventBlock.Columns, cancellationToken).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            for (int next = 0; next < rows.Count;)
            {
                next = Fill(copy, events, rows, next);
                await copy.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static SortedDictionary<(int Year, int Month), List<int>> RowsByMonth(ReadOnlySpan<long> times, bool byMonth)
    {
        var rowsOf = new SortedDictionary<(int Year, int Month), List<int>>();
        var cursor = default(MonthCursor);
        (int Year, int Month) current = default;
        List<int> rows = [];
        for (int row = 0; row < times.Length; row++)
        {
            (int Year, int Month) month = byMonth ? cursor.Of(times[row]) : (1, 1);
            if (month != current && !rowsOf.TryGetValue(current = month, out rows!)) rowsOf.Add(month, rows = []);
            rows.Add(row);
        }

        return rowsOf;
    }

    private static int Fill(BinaryCopy copy, EventBlock events, List<int> rows, int next)
    {
        ReadOnlySpan<long> times = events.Chunk.Times.Span;
        ReadOnlySpan<byte> kinds = events.Chunk.Kinds.Span;
        for (; next < rows.Count && !copy.IsFull; next++)
        {
            int row = rows[next];
            copy.Row(EventBlock.Columns.Length);
            copy.Write(events.Organisation);
            copy.Write(events.Batch);
            copy.Write(events.FirstRow + row);
            copy.Write(times[row]);
            copy.Write(events.Channel(row));
            copy.Write((short)kinds[row]);
            copy.Write(events.Role(row));
            copy.Write(events.Actor(row));
            copy.Write(events.Publication(row));
            copy.Write(events.ReplyRow(row));
        }

        return next;
    }

    private static async Task CopyAsync(Session session, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        BinaryCopy copy = await BinaryCopy.BeginAsync(Connection(session), table, columns, cancellationToken).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            foreach (object?[] cells in rows)
            {
                copy.Row(cells.Length);
                foreach (object? cell in cells) Write(copy, cell);
                if (copy.IsFull) await copy.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Write(BinaryCopy copy, object? cell)
    {
        switch (cell)
        {
            case null: copy.Null(); break;
            case string text: copy.Write(text); break;
            case int number: copy.Write(number); break;
            case long number: copy.Write(number); break;
            case short number: copy.Write(number); break;
            case long[] numbers: copy.Write(numbers); break;
            case DateOnly date: copy.Write(date); break;
            default: throw new InvalidOperationException($"No column takes a {cell.GetType().Name}.");
        }
    }
}
