using Npgsql;

namespace Engagement.Storage;

/// <summary>Lays the log out over several PostgreSQL databases: each holds the channels whose number's hash falls to it, and the coordinator reaches them by <c>postgres_fdw</c>.</summary>
internal static class ShardWriter
{
    /// <summary>The version of the schema since which events come to a shard many in a row.</summary>
    public const int VersionWithLoads = 4;

    private const int RowsAtOnce = 5_000;

    /// <summary>Makes the log's table on each shard.</summary>
    public static async Task<Engine> PrepareAsync(Engine engine, IReadOnlyList<string> shards, CancellationToken cancellationToken)
    {
        if (engine is not PostgreSqlEngine coordinator) throw new ArgumentException("shards must be left out for this engine: only PostgreSQL is laid out over several databases.", nameof(shards));
        foreach (string shard in shards)
        {
            PostgreSqlEngine one = PostgreSqlEngine.Of(shard);
            await using (one.ConfigureAwait(false))
            {
                try
                {
                    Session session = await one.OpenAsync(cancellationToken).ConfigureAwait(false);
                    await using (session.ConfigureAwait(false))
                    {
                        foreach (string statement in Schema.Shard) await session.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
                    }
                }
                catch (Exception exception) when (one.Explain(exception) is not null)
                {
                    throw one.Explain(exception)!;
                }
            }
        }

        return coordinator.Sharded();
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

    /// <summary>Refuses shards that an existing store does not have, and an old store without its shards: they are to be brought up to date with it.</summary>
    public static async Task RefuseOthersAsync(Session session, int named, int version, CancellationToken cancellationToken)
    {
        if (session.Engine is not PostgreSqlEngine) return;
        long known = await IsShardedAsync(session, cancellationToken).ConfigureAwait(false) ? await session.NumberAsync("SELECT count(*) FROM pg_inherits WHERE inhparent = 'engagement.event'::regclass", cancellationToken).ConfigureAwait(false) : 0;
        if (named == 0 ? known == 0 || version >= VersionWithLoads : named == known) return;
        throw new StoreException(FormattableString.Invariant($"{session.Engine.Place} holds a store of version {version} over {known} shards, and {named} were named: {(known == 0 ? "leave --shard out, or create a new store" : "name those of the store, in their order (--shard)")}."));
    }

    public static async Task<bool> IsShardedAsync(Session session, CancellationToken cancellationToken) =>
        await session.NumberAsync("SELECT count(*) FROM pg_partitioned_table WHERE partrelid = to_regclass('engagement.event') AND partstrat = 'h'", cancellationToken).ConfigureAwait(false) > 0;

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

    // Servers take no parameters.
    private static string Literal(string? text) => $"'{(text ?? "").Replace("'", "''", StringComparison.Ordinal)}'";
}
