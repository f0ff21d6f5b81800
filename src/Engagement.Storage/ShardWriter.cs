using Npgsql;

namespace Engagement.Storage;

/// <summary>Lays the log out over several PostgreSQL databases: each holds the channels whose number's hash falls to it, and the coordinator reaches them by <c>postgres_fdw</c>.</summary>
internal static class ShardWriter
{
    /// <summary>The version of the schema since which events come to a shard many in a row.</summary>
    public const int VersionWithLoads = 4;

    /// <summary>The version of the schema since which a shard has all that <see cref="Schema.Shard"/> makes; an older store needs its shards named, for only then it is made there.</summary>
    private const int VersionOfShards = 6;

    private const int RowsAtOnce = 5_000;

    /// <summary>Makes the log's table on each shard that does not have all of it: to make anything waits for every writer, and keeps those that come after waiting.</summary>
    public static async Task<Engine> PrepareAsync(Engine engine, IReadOnlyList<string> shards, CancellationToken cancellationToken)
    {
        if (engine is not PostgreSqlEngine coordinator) throw new ArgumentException("shards must be left out for this engine: only PostgreSQL is laid out over several databases.", nameof(shards));
        foreach (string shard in shards)
        {
            await OnShardAsync(shard, async session =>
            {
                if (await session.NumberAsync(Schema.ShardIsMade, cancellationToken).ConfigureAwait(false) > 0) return;
                foreach (string statement in Schema.Shard) await session.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
            }, cancellationToken).ConfigureAwait(false);
        }

        return coordinator.Sharded(shards);
    }

    /// <summary>Makes the shards partitions of the coordinator's log.</summary>
    public static async Task AttachAsync(Session session, IReadOnlyList<string> shards, CancellationToken cancellationToken)
    {
        for (int index = 0; index < shards.Count; index++)
        {
            var builder = new NpgsqlConnectionStringBuilder(shards[index]);
            string server = FormattableString.Invariant($"engagement_shard_{index}");

            // A row that travels costs more than the planner's old default has it (0.01; 0.2 since PostgreSQL 17): with that, it would rather group at home.
            await session.ExecuteAsync(
                FormattableString.Invariant($"CREATE SERVER {server} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host {Literal(builder.Host)}, port '{builder.Port}', dbname {Literal(builder.Database)}, batch_size '{RowsAtOnce}', fetch_size '{RowsAtOnce}', async_capable 'true', fdw_tuple_cost '0.2')"),
                cancellationToken).ConfigureAwait(false);
            await MapUserAsync(session, server, builder, cancellationToken).ConfigureAwait(false);
            await session.ExecuteAsync(
                FormattableString.Invariant($"CREATE FOREIGN TABLE engagement_month.event_shard_{index} PARTITION OF engagement.event FOR VALUES WITH (MODULUS {shards.Count}, REMAINDER {index}) SERVER {server} OPTIONS (schema_name 'engagement', table_name 'event')"),
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the tables through which events go to the shards.</summary>
    public static async Task AttachLoadsAsync(Session session, int shards, CancellationToken cancellationToken)
    {
        for (int index = 0; index < shards; index++)
        {
            await session.ExecuteAsync(
                FormattableString.Invariant($"CREATE FOREIGN TABLE engagement_month.load_shard_{index} ({Schema.LoadColumns}) SERVER engagement_shard_{index} OPTIONS (schema_name 'engagement', table_name 'event_load', batch_size '1')"),
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Has each shard hold whose it is, by the way on which events are read from it; and refuses one that is another store's.</summary>
    /// <param name="session">The transaction on the coordinator.</param>
    /// <param name="shards">How many there are.</param>
    /// <param name="isNew">Whether the store is created now, so that its shards must be empty.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task IdentifyAsync(Session session, int shards, bool isNew, CancellationToken cancellationToken)
    {
        if (await IdAsync(session, cancellationToken).ConfigureAwait(false) is null)
        {
            await session.ExecuteAsync("CREATE TABLE engagement_month.store (id TEXT NOT NULL)", cancellationToken).ConfigureAwait(false);
            await session.ExecuteAsync("INSERT INTO engagement_month.store VALUES ($1)", cancellationToken, await NewIdAsync(session, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }

        string id = (await IdAsync(session, cancellationToken).ConfigureAwait(false))!;
        for (int index = 0; index < shards; index++)
        {
            string table = FormattableString.Invariant($"engagement_month.shard_of_{index}");
            await session.ExecuteAsync(FormattableString.Invariant($"CREATE FOREIGN TABLE IF NOT EXISTS {table} (store TEXT, place INTEGER, shards INTEGER) SERVER engagement_shard_{index} OPTIONS (schema_name 'engagement', table_name 'shard_of')"), cancellationToken).ConfigureAwait(false);
            List<ShardPlace> found;
            try
            {
                found = await PlacesAsync(session, table, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                // The database behind the coordinator's shard is not the one in which the table was made a moment ago.
                throw OfAnother(session, index);
            }

            if (isNew && await session.NumberAsync(FormattableString.Invariant($"SELECT count(*) FROM (SELECT 1 FROM engagement_month.event_shard_{index} LIMIT 1) one"), cancellationToken).ConfigureAwait(false) > 0) throw OfAnother(session, index);
            if (found.Count == 0) await session.ExecuteAsync($"INSERT INTO {table} VALUES ($1, $2, $3)", cancellationToken, id, index, shards).ConfigureAwait(false);
            else if (found[0] != new ShardPlace(id, index, shards)) throw OfAnother(session, index);
        }
    }

    /// <summary>Refuses databases that are not the shards of the store that is there, or that are those of another one; nothing is made in them.</summary>
    public static async Task RefuseForeignAsync(Session session, IReadOnlyList<string> shards, int version, CancellationToken cancellationToken)
    {
        NpgsqlConnectionStringBuilder[] places = [.. shards.Select(PostgreSqlEngine.Parse)];
        for (int index = 1; index < places.Length; index++)
        {
            int first = Array.FindIndex(places, place => (place.Host, place.Port, place.Database) == (places[index].Host, places[index].Port, places[index].Database));
            if (first < index) throw new StoreException(FormattableString.Invariant($"{session.Engine.Place}: shards {first + 1} and {index + 1} are one database: name each once (--shard)."));
        }

        string? known = version == 0 ? null : await IdAsync(session, cancellationToken).ConfigureAwait(false);
        string id = known ?? await NewIdAsync(session, cancellationToken).ConfigureAwait(false);
        for (int index = 0; index < shards.Count; index++)
        {
            int place = index;
            await OnShardAsync(shards[index], async shard =>
            {
                bool isThere = await shard.NumberAsync("SELECT count(*) FROM pg_class WHERE oid = to_regclass('engagement.shard_of')", cancellationToken).ConfigureAwait(false) > 0;
                List<ShardPlace> found = isThere ? await PlacesAsync(shard, "engagement.shard_of", cancellationToken).ConfigureAwait(false) : [];

                // A store that is new, or was made before shards held whose they are, gives it to them now; what an attempt that was cut off gave them is the same.
                if (found.Count == 0 ? known is not null : found[0] != new ShardPlace(id, place, shards.Count)) throw OfAnother(session, place);
            }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Refuses shards that an existing store does not have, and an old store without its shards: they are to be brought up to date with it.</summary>
    public static async Task RefuseOthersAsync(Session session, int named, int version, CancellationToken cancellationToken)
    {
        if (session.Engine is not PostgreSqlEngine) return;
        long known = await IsShardedAsync(session, cancellationToken).ConfigureAwait(false) ? await session.NumberAsync("SELECT count(*) FROM pg_inherits WHERE inhparent = 'engagement.event'::regclass", cancellationToken).ConfigureAwait(false) : 0;
        if (named == 0 ? known == 0 || version >= VersionOfShards : named == known) return;
        throw new StoreException(FormattableString.Invariant($"{session.Engine.Place} holds a store of version {version} over {known} shards, and {named} were named: {(known == 0 ? "leave --shard out, or create a new store" : "name those of the store, in their order (--shard)")}."));
    }

    /// <summary>Refuses a login that is not the owner's: what stands about the shards, only the owner may read, and on the shards themselves no policy holds.</summary>
    public static async Task RefuseOtherLoginAsync(Session session, CancellationToken cancellationToken)
    {
        if (await session.NumberAsync("SELECT pg_has_role((SELECT relowner FROM pg_class WHERE oid = to_regclass('engagement.event')), 'USAGE')::INTEGER", cancellationToken).ConfigureAwait(false) == 1) return;
        throw new StoreException($"{session.Engine.Place}: only the owner of the store may name its shards, for they know no policies: leave --shard out, or open the store that is there, and events go through the coordinator.");
    }

    public static async Task<bool> IsShardedAsync(Session session, CancellationToken cancellationToken) =>
        await session.NumberAsync("SELECT count(*) FROM pg_partitioned_table WHERE partrelid = to_regclass('engagement.event') AND partstrat = 'h'", cancellationToken).ConfigureAwait(false) > 0;

    /// <summary>What the store's shards know it by; null where it has no shards, or had them before they knew it.</summary>
    private static async Task<string?> IdAsync(Session session, CancellationToken cancellationToken)
    {
        if (await session.NumberAsync("SELECT count(*) FROM pg_class WHERE oid = to_regclass('engagement_month.store')", cancellationToken).ConfigureAwait(false) == 0) return null;
        return (await session.ListAsync("SELECT id FROM engagement_month.store", row => row.GetString(0), cancellationToken).ConfigureAwait(false)).SingleOrDefault();
    }

    /// <summary>What a store in this database is known by from now on.</summary>
    /// <remarks>The shards commit it before the coordinator does. Whoever is cut off in between must come to the same again, and so it is the database's own and not drawn by lot.</remarks>
    private static async Task<string> NewIdAsync(Session session, CancellationToken cancellationToken) =>
        (await session.ListAsync("SELECT s.system_identifier || '/' || d.oid FROM pg_control_system() s, pg_database d WHERE d.datname = current_database()", row => row.GetString(0), cancellationToken).ConfigureAwait(false)).Single();

    private static Task<List<ShardPlace>> PlacesAsync(Session session, string table, CancellationToken cancellationToken) =>
        session.ListAsync($"SELECT store, place, shards FROM {table}", row => new ShardPlace(row.GetString(0), row.GetInt32(1), row.GetInt32(2)), cancellationToken);

    private static StoreException OfAnother(Session session, int index) => new(FormattableString.Invariant(
        $"{session.Engine.Place}: shard {index + 1} of those named is not shard {index + 1} of this store, or is another store's: name the databases of the store, in their order (--shard), and for a new store databases that hold none. DROP SCHEMA engagement CASCADE in such a database gives up what it holds of another store."));

    private static async Task OnShardAsync(string shard, Func<Session, Task> work, CancellationToken cancellationToken)
    {
        PostgreSqlEngine one = PostgreSqlEngine.Of(shard);
        await using (one.ConfigureAwait(false))
        {
            try
            {
                Session session = await one.OpenAsync(cancellationToken).ConfigureAwait(false);
                await using (session.ConfigureAwait(false)) await work(session).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not StoreException && one.Explain(exception) is not null)
            {
                throw one.Explain(exception)!;
            }
        }
    }

    /// <summary>Tells the coordinator the name and password by which it reaches a shard.</summary>
    /// <remarks>The statement takes no parameters; as text it would bring the password into traces of the client and, where it fails, into the server's log. So it goes by a setting of this transaction.</remarks>
    private static async Task MapUserAsync(Session session, string server, NpgsqlConnectionStringBuilder builder, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("SELECT set_config('engagement_shard.user', $1, true), set_config('engagement_shard.password', $2, true)", cancellationToken, builder.Username ?? "", builder.Password ?? "").ConfigureAwait(false);
        await session.ExecuteAsync(
            $"""
            DO $$
            BEGIN
                EXECUTE format('CREATE USER MAPPING FOR PUBLIC SERVER {server} OPTIONS (user %L', current_setting('engagement_shard.user'))
                    || CASE WHEN current_setting('engagement_shard.password') = '' THEN ')' ELSE format(', password %L)', current_setting('engagement_shard.password')) END;
            EXCEPTION WHEN OTHERS THEN
                RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM;
            END $$
            """,
            cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync("SELECT set_config('engagement_shard.password', '', true)", cancellationToken).ConfigureAwait(false);
    }

    private sealed record ShardPlace(string Store, int Place, int Shards);

    // Servers take no parameters.
    private static string Literal(string? text) => $"'{(text ?? "").Replace("'", "''", StringComparison.Ordinal)}'";
}
