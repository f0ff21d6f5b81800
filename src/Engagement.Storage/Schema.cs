using Engagement.Core;

namespace Engagement.Storage;

/// <summary>The tables and views of a store, step by step from version to version; docs/storage.md describes them.</summary>
internal static class Schema
{
    private const string EventColumns = """
        org INTEGER NOT NULL, batch_no BIGINT NOT NULL, row_no INTEGER NOT NULL, at_ms BIGINT NOT NULL, channel_no INTEGER NOT NULL, kind SMALLINT NOT NULL, role SMALLINT NOT NULL,
        actor_no BIGINT, publication_no INTEGER, reply_row INTEGER
        """;

    /// <summary>The columns of a row that brings many events to a shard.</summary>
    public const string LoadColumns = "org INTEGER NOT NULL, batch_no BIGINT NOT NULL, row_no TEXT NOT NULL, at_ms TEXT NOT NULL, channel_no TEXT NOT NULL, kind TEXT NOT NULL, role TEXT NOT NULL, actor_no TEXT NOT NULL, publication_no TEXT NOT NULL, reply_row TEXT NOT NULL";

    private const string PerDay = """
        CREATE VIEW engagement.interactions_per_day AS SELECT o.id AS organisation, DATE '1970-01-01' + d.day AS day, c.channel, k.name AS kind, k.class AS class, r.name AS role, CAST(sum(d.events) AS BIGINT) AS interactions
        FROM engagement.daily_cell d
        JOIN engagement.organisation o ON o.org = d.org
        JOIN engagement.channel_key c ON c.org = d.org AND c.channel_no = d.channel_no
        JOIN engagement.kind_name k ON k.kind = d.kind
        JOIN engagement.role_name r ON r.role = d.role
        GROUP BY o.id, d.day, c.channel, k.name, k.class, r.name
        """;

    private const string CellsAsText = "cells as text, in PostgreSQL";
    private const string MomentInPostgreSql = "to_timestamp(at_ms / 1000.0) AT TIME ZONE 'UTC'";
    private const string OneWriter = "one writer of an organisation on each shard";
    private const string ActorsByText = "numbers of actors as texts";

    // What a role was let do before holds for the tables of that time alone.
    private const string LetAgain = """
        DO $$
        DECLARE
            entry RECORD;
        BEGIN
            FOR entry IN SELECT r.role_name, o.id, r.may_write FROM engagement.organisation_role r JOIN engagement.organisation o ON o.org = r.org JOIN pg_roles p ON p.rolname = r.role_name LOOP
                CALL engagement.let_role_use(entry.role_name, entry.id, entry.may_write);
            END LOOP;
        END $$
        """;

    private static readonly string[] LogTables = ["organisation", "batch", "channel_key", "publication_key", "actor_key", "event_key"];

    private static readonly string[] Names =
    [
        "CREATE TABLE engagement.kind_name (kind SMALLINT NOT NULL, name TEXT NOT NULL, class TEXT NOT NULL)",
        "CREATE TABLE engagement.role_name (role SMALLINT NOT NULL, name TEXT NOT NULL)",
        $"INSERT INTO engagement.kind_name VALUES {string.Join(", ", Enum.GetValues<InteractionKind>().Where(kind => kind != default).Select(kind => $"({(int)kind}, '{kind}', '{kind.Class()}')"))}",
        $"INSERT INTO engagement.role_name VALUES {string.Join(", ", Enum.GetValues<ActorRole>().Where(role => role != default).Select(role => $"({(int)role}, '{role}')"))}",
    ];

    private static readonly string[] Facts =
    [
        """
        CREATE TABLE engagement.organisation (org INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, time_zone TEXT NOT NULL, umbrella TEXT,
        last_batch BIGINT NOT NULL, events BIGINT NOT NULL, events_from_ms BIGINT, zone_data TEXT)
        """,
        .. FactTable.All.Select(table => $"CREATE TABLE engagement.{table.Name} (org INTEGER NOT NULL, ordinal BIGINT NOT NULL, {table.Columns})"),
        "CREATE TABLE engagement.batch (org INTEGER NOT NULL, batch_no BIGINT NOT NULL, id TEXT NOT NULL, events BIGINT NOT NULL, digest BIGINT NOT NULL)",
        "CREATE TABLE engagement.channel_key (org INTEGER NOT NULL, channel_no INTEGER NOT NULL, channel TEXT NOT NULL)",
        "CREATE TABLE engagement.publication_key (org INTEGER NOT NULL, publication_no INTEGER NOT NULL, publication TEXT NOT NULL, channel_no INTEGER NOT NULL)",
        "CREATE TABLE engagement.actor_key (org INTEGER NOT NULL, actor_no BIGINT NOT NULL, actor TEXT NOT NULL)",
        "CREATE TABLE engagement.event_key (org INTEGER NOT NULL, id TEXT NOT NULL, batch_no BIGINT NOT NULL, row_no INTEGER NOT NULL, reply_to TEXT, also_reply_to TEXT)",
    ];

    private static readonly string[] Cells =
    [
        "CREATE TABLE engagement.daily_cell (org INTEGER NOT NULL, day INTEGER NOT NULL, channel_no INTEGER NOT NULL, kind SMALLINT NOT NULL, role SMALLINT NOT NULL, events BIGINT NOT NULL)",
        "ALTER TABLE engagement.organisation ADD COLUMN cell_rows BIGINT",
        "ALTER TABLE engagement.organisation ADD COLUMN compact_cell_rows BIGINT",

        // Cells of a store that had none are made from its events when it is opened for the first time.
        "UPDATE engagement.organisation SET zone_data = NULL, cell_rows = 0, compact_cell_rows = 0",
    ];

    private static readonly string[] MonthCells =
    [
        "CREATE TABLE engagement.month_cell (org INTEGER NOT NULL, day INTEGER NOT NULL, channel_no INTEGER NOT NULL, kind SMALLINT NOT NULL, role SMALLINT NOT NULL, events BIGINT NOT NULL, by_day BIGINT[] NOT NULL)",

        // A row for each day, as they were; once they are many, a batch that comes adds them up to months.
        "INSERT INTO engagement.month_cell SELECT org, day, channel_no, kind, role, events, ARRAY[events] FROM engagement.daily_cell ORDER BY org, day, channel_no, kind, role",
        "UPDATE engagement.organisation SET compact_cell_rows = 0",
        "DROP VIEW engagement.interactions_per_day",
        "DROP TABLE engagement.daily_cell",
    ];

    // A table of its own: DuckDB lets no step change a table's rows and a later one its columns.
    private static readonly string[] NumbersAsTexts =
    [
        "CREATE TABLE engagement.actor_form (org INTEGER NOT NULL, by_text BOOLEAN NOT NULL)",

        // So they were hashed until now. Where no actor had a text but that of a number, nothing tells it from the number: the next batch does.
        "INSERT INTO engagement.actor_form SELECT DISTINCT org, TRUE FROM engagement.actor_key",
    ];

    public static IReadOnlyList<Migration> DuckDb { get; } =
    [
        new(1, "facts and log", [.. Facts, $"CREATE TABLE engagement.event ({EventColumns})"]),
        new(2, "daily cells", Cells),
        new(3, "views", [.. Names, .. Views("make_timestamp(at_ms * 1000)")]),
        new(4, "cells by month",
        [
            .. MonthCells,
            """
            CREATE VIEW engagement.daily_cell AS SELECT org, CAST(day + place AS INTEGER) AS day, channel_no, kind, role, events
            FROM (SELECT org, day, channel_no, kind, role, unnest(by_day) AS events, unnest(range(len(by_day))) AS place FROM engagement.month_cell) d WHERE events <> 0
            """,
            PerDay,
        ]),
        new(5, CellsAsText, []),
        new(6, OneWriter, []),
        new(7, ActorsByText, NumbersAsTexts),
    ];

    public static IReadOnlyList<Migration> PostgreSql { get; } = OfPostgreSql([
        $"CREATE TABLE engagement.event ({EventColumns}) PARTITION BY RANGE (at_ms)",

        // No index: a month is what a question reads at least, and an index for less would cost every event a third more when it comes in.
        // Policies do not hold for partitions that are named directly, so nobody but the owner may name them.
        "CREATE SCHEMA engagement_month",

        // Runs with its owner's rights: whoever may append needs a partition for a new month, and no right to make tables.
        // pg_temp is named last, as it would come first otherwise: a type "text" of the caller's own would run his code with the owner's rights.
        """
        CREATE FUNCTION engagement.ensure_month(year INTEGER, month INTEGER) RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        DECLARE
            name TEXT := format('engagement_month.event_%s_%s', lpad(year::TEXT, 4, '0'), lpad(month::TEXT, 2, '0'));
            first TIMESTAMPTZ := make_timestamptz(year, month, 1, 0, 0, 0, 'UTC');
        BEGIN
            IF year NOT BETWEEN 1 AND 9999 THEN RAISE EXCEPTION 'year (%) must be one of 1 to 9999: pass the year of an event.', year; END IF;
            IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
            PERFORM pg_advisory_xact_lock(7233958204125);
            IF to_regclass(name) IS NULL THEN
                EXECUTE format('CREATE TABLE %s PARTITION OF engagement.event FOR VALUES FROM (%s) TO (%s)', name, (extract(epoch FROM first) * 1000)::BIGINT,
                    (extract(epoch FROM (first AT TIME ZONE 'UTC' + INTERVAL '1 month') AT TIME ZONE 'UTC') * 1000)::BIGINT);
            END IF;
        END $$
        """,
        "REVOKE ALL ON FUNCTION engagement.ensure_month FROM PUBLIC",
    ],
    [],
    []);

    /// <summary>The coordinator's schema: the log's partitions are on the shards.</summary>
    public static IReadOnlyList<Migration> Sharded { get; } = OfPostgreSql([
        "CREATE EXTENSION IF NOT EXISTS postgres_fdw",
        $"CREATE TABLE engagement.event ({EventColumns}) PARTITION BY HASH (channel_no)",
        "CREATE SCHEMA engagement_month",
        "CREATE FUNCTION engagement.ensure_month(year INTEGER, month INTEGER) RETURNS VOID LANGUAGE sql AS $$ SELECT $$",
    ],
    [
        // Runs with its owner's rights, for nobody else may enter the shards' tables: foreign ones know no policies.
        """
        CREATE FUNCTION engagement.load_events(shard INTEGER, org INTEGER, batch_no BIGINT, row_no TEXT, at_ms TEXT, channel_no TEXT, kind TEXT, role TEXT, actor_no TEXT, publication_no TEXT, reply_row TEXT)
        RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
            IF NOT (org = ANY (engagement.organisations_to_write()) OR pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'engagement.event'::regclass), 'MEMBER')) THEN
                RAISE EXCEPTION 'organisation % is not one that this user may write', org USING ERRCODE = 'insufficient_privilege';
            END IF;
            EXECUTE format('INSERT INTO engagement_month.load_shard_%s VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', shard) USING org, batch_no, row_no, at_ms, channel_no, kind, role, actor_no, publication_no, reply_row;
        END $$
        """,
        "REVOKE ALL ON FUNCTION engagement.load_events FROM PUBLIC",
    ],
    [
        // What an append that was cut off left on a shard is no interaction.
        "DROP VIEW engagement.interaction",
        Invoked($"{Views(MomentInPostgreSql)[0]} WHERE e.batch_no <= o.last_batch"),
        LetAgain,
    ]);

    /// <summary>Whether a shard has all that <see cref="Shard"/> makes; the trigger is made when all but the last table is there, and that last, because a shard of before version 6 has an older trigger. Whoever adds to the one adds to the other.</summary>
    public const string ShardIsMade = """
        SELECT count(*) FROM pg_trigger WHERE tgrelid = to_regclass('engagement.event_load') AND tgname = 'load_events' AND to_regclass('engagement.shard_of') IS NOT NULL AND to_regclass('engagement.shard_writer') IS NOT NULL
        AND to_regclass('engagement.event_batch_no_at_ms') IS NOT NULL AND to_regclass('engagement.event_at_ms') IS NULL AND to_regclass('engagement.event_batch_no') IS NULL
        """;

    /// <summary>Takes an organisation's place on a shard for the batch that is written there; whoever has it keeps it until his transaction ends there, whatever became of his others.</summary>
    /// <remarks>A row, and not an advisory lock: <c>postgres_fdw</c> looks at a shard as it was before it waited. Of a lock it would not learn that somebody wrote meanwhile; of a row that was written it does, and the append is tried again.</remarks>
    public const string TakeShard = "INSERT INTO engagement.shard_writer (org, batch_no) VALUES ($1, $2) ON CONFLICT (org) DO UPDATE SET batch_no = EXCLUDED.batch_no";

    /// <summary>What each shard holds.</summary>
    public static IReadOnlyList<string> Shard { get; } =
    [
        "CREATE SCHEMA IF NOT EXISTS engagement",
        $"CREATE TABLE IF NOT EXISTS engagement.event ({EventColumns})",

        // One index for both: each costs every event that comes in.
        "CREATE INDEX IF NOT EXISTS event_batch_no_at_ms ON engagement.event USING brin (batch_no, at_ms)",
        "DROP INDEX IF EXISTS engagement.event_at_ms, engagement.event_batch_no",

        // Which store it belongs to, and which of its shards it is.
        "CREATE TABLE IF NOT EXISTS engagement.shard_of (store TEXT NOT NULL, place INTEGER NOT NULL, shards INTEGER NOT NULL)",

        // Many events in one row, whose columns are the texts of arrays: what comes in here is put into the log, and no row of it stays. With no events it takes the organisation's place alone.
        $"CREATE TABLE IF NOT EXISTS engagement.event_load ({LoadColumns})",
        $"""
        CREATE OR REPLACE FUNCTION engagement.load_events() RETURNS TRIGGER LANGUAGE plpgsql AS $$
        BEGIN
            {TakeShard.Replace("$1, $2", "NEW.org, NEW.batch_no", StringComparison.Ordinal)};
            INSERT INTO engagement.event (org, batch_no, row_no, at_ms, channel_no, kind, role, actor_no, publication_no, reply_row)
            SELECT NEW.org, NEW.batch_no, unnest(NEW.row_no::INTEGER[]), unnest(NEW.at_ms::BIGINT[]), unnest(NEW.channel_no::INTEGER[]), unnest(NEW.kind::SMALLINT[]), unnest(NEW.role::SMALLINT[]),
                unnest(NEW.actor_no::BIGINT[]), unnest(NEW.publication_no::INTEGER[]), unnest(NEW.reply_row::INTEGER[]);
            RETURN NULL;
        END $$
        """,
        "CREATE OR REPLACE TRIGGER load_events BEFORE INSERT ON engagement.event_load FOR EACH ROW EXECUTE FUNCTION engagement.load_events()",

        // Who writes, for each organisation.
        "CREATE TABLE IF NOT EXISTS engagement.shard_writer (org INTEGER NOT NULL PRIMARY KEY, batch_no BIGINT NOT NULL)",
    ];

    private static IReadOnlyList<Migration> OfPostgreSql(string[] log, string[] loading, string[] oneWriter) =>
    [
        new(1, "facts and log", [.. Facts, .. log, .. Indexes, .. RowLevelSecurity("event")]),
        new(2, "daily cells", [.. Cells, "CREATE INDEX ON engagement.daily_cell (org, day)", .. RowLevelSecurity("daily_cell")]),
        new(3, "views", [.. Names, .. Views(MomentInPostgreSql).Select(Invoked)]),
        new(4, "cells by month",
        [
            .. MonthCells,
            "CREATE INDEX ON engagement.month_cell (org, day)",
            .. RowLevelSecurity("month_cell"),
            .. CellViews("m.by_day"),
            .. loading,
            LetRoleUse("CREATE OR REPLACE", "engagement.version, engagement.organisation, engagement.kind_name, engagement.role_name", loading.Length == 0 ? "engagement.ensure_month" : "engagement.ensure_month, engagement.load_events"),

            LetAgain,
        ]),
        new(5, CellsAsText,
        [
            "DROP VIEW engagement.interactions_per_day",
            "DROP VIEW engagement.daily_cell",

            // The server sends an array number by number, and a text as it lies.
            "ALTER TABLE engagement.month_cell ALTER COLUMN by_day TYPE TEXT USING CAST(by_day AS TEXT)",
            .. CellViews("CAST(m.by_day AS BIGINT[])"),
            LetAgain,
        ]),
        new(6, OneWriter, oneWriter),
        new(7, ActorsByText, [.. NumbersAsTexts, "CREATE UNIQUE INDEX ON engagement.actor_form (org)", "CREATE UNIQUE INDEX ON engagement.publication_key (org, publication_no)", .. RowLevelSecurity("actor_form"), LetAgain]),
    ];

    private static string[] CellViews(string byDay) =>
    [
        Invoked($"""
        CREATE VIEW engagement.daily_cell AS SELECT m.org, m.day + CAST(d.place AS INTEGER) - 1 AS day, m.channel_no, m.kind, m.role, d.events
        FROM engagement.month_cell m CROSS JOIN LATERAL unnest({byDay}) WITH ORDINALITY AS d (events, place) WHERE d.events <> 0
        """),
        Invoked(PerDay),
    ];

    private static IEnumerable<string> Indexes =>
    [
        "CREATE UNIQUE INDEX ON engagement.organisation (id)",
        "CREATE UNIQUE INDEX ON engagement.batch (org, id)",
        "CREATE UNIQUE INDEX ON engagement.channel_key (org, channel)",
        "CREATE UNIQUE INDEX ON engagement.publication_key (org, publication)",
        "CREATE UNIQUE INDEX ON engagement.actor_key (org, actor)",
        "CREATE UNIQUE INDEX ON engagement.actor_key (org, actor_no)",
        "CREATE UNIQUE INDEX ON engagement.event_key (org, id)",
        "CREATE INDEX ON engagement.event_key (org, batch_no, row_no)",

        // Two columns at most: a row of an index has no room for two identifiers of the greatest length.
        .. FactTable.All.Select(table => $"CREATE INDEX ON engagement.{table.Name} (org, {string.Join(", ", table.Keys.Take(2))})"),
        "CREATE TABLE engagement.organisation_role (org INTEGER NOT NULL, role_name TEXT NOT NULL, may_write BOOLEAN NOT NULL)",

        // Reads a table that the role itself may not read; so that nobody's rights follow from what he says in a setting.
        """
        CREATE FUNCTION engagement.organisations_of_role() RETURNS INTEGER[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
            SELECT coalesce(array_agg(org), '{}') FROM engagement.organisation_role WHERE role_name = session_user
        $$
        """,
        """
        CREATE FUNCTION engagement.organisations_to_write() RETURNS INTEGER[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
            SELECT coalesce(array_agg(org), '{}') FROM engagement.organisation_role WHERE role_name = session_user AND may_write
        $$
        """,
        .. LogTables.Concat(FactTable.All.Select(table => table.Name)).SelectMany(RowLevelSecurity),
        LetRoleUse("CREATE", "engagement.version, engagement.organisation", "engagement.ensure_month"),
    ];

    /// <summary>The procedure that grants a role what it needs of an organisation, and takes back what it may not have.</summary>
    /// <param name="create">How it is made.</param>
    /// <param name="othersToo">The tables that belong to all organisations, which no app changes.</param>
    /// <param name="toWrite">The functions that it takes to write.</param>
    private static string LetRoleUse(string create, string othersToo, string toWrite) =>
        $$$"""
        {{{create}}} PROCEDURE engagement.let_role_use(role_name TEXT, organisation TEXT, may_write BOOLEAN) LANGUAGE plpgsql AS $$
        DECLARE
            number INTEGER;
        BEGIN
            SELECT org INTO number FROM engagement.organisation o WHERE o.id = organisation;
            IF number IS NULL THEN RAISE EXCEPTION 'There is no organisation %: create its store first.', organisation; END IF;
            DELETE FROM engagement.organisation_role r WHERE r.org = number AND r.role_name = let_role_use.role_name;
            INSERT INTO engagement.organisation_role VALUES (number, role_name, may_write);
            EXECUTE format('GRANT USAGE ON SCHEMA engagement TO %I', role_name);
            EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA engagement TO %I', role_name);
            EXECUTE format('REVOKE ALL ON engagement.organisation_role FROM %I', role_name);
            EXECUTE format('GRANT EXECUTE ON FUNCTION engagement.organisations_of_role, engagement.organisations_to_write TO %I', role_name);
            IF EXISTS (SELECT 1 FROM engagement.organisation_role r WHERE r.role_name = let_role_use.role_name AND r.may_write) THEN
                EXECUTE format('GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA engagement TO %I', role_name);
                EXECUTE format('REVOKE ALL ON engagement.organisation_role FROM %I', role_name);
                EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON {{{othersToo}}} FROM %I', role_name);
                EXECUTE format('GRANT UPDATE ON engagement.organisation TO %I', role_name);
                EXECUTE format('GRANT EXECUTE ON FUNCTION {{{toWrite}}} TO %I', role_name);
            ELSE
                EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA engagement FROM %I', role_name);
                EXECUTE format('REVOKE EXECUTE ON FUNCTION {{{toWrite}}} FROM %I', role_name);
            END IF;
        END $$
        """;

    /// <summary>Rows of organisations that the role was not let use do not exist for it, and those that it may only read it cannot change. The tables' owner sees all of them.</summary>
    private static IEnumerable<string> RowLevelSecurity(string table) =>
    [
        $"ALTER TABLE engagement.{table} ENABLE ROW LEVEL SECURITY",
        $"CREATE POLICY read_own ON engagement.{table} FOR SELECT USING (org = ANY ((SELECT engagement.organisations_of_role())::INTEGER[]))",
        $"CREATE POLICY write_own ON engagement.{table} USING (org = ANY ((SELECT engagement.organisations_to_write())::INTEGER[]))",
    ];

    private static string[] Views(string moment) =>
    [
        $"""
        CREATE VIEW engagement.interaction AS SELECT o.id AS organisation, e.batch_no, e.row_no, {moment} AS at_utc, c.channel, k.name AS kind, k.class AS class, r.name AS role, coalesce(a.actor, CAST(e.actor_no AS TEXT)) AS actor, p.publication
        FROM engagement.event e
        JOIN engagement.organisation o ON o.org = e.org
        JOIN engagement.channel_key c ON c.org = e.org AND c.channel_no = e.channel_no
        JOIN engagement.kind_name k ON k.kind = e.kind
        JOIN engagement.role_name r ON r.role = e.role
        LEFT JOIN engagement.actor_key a ON a.org = e.org AND a.actor_no = e.actor_no
        LEFT JOIN engagement.publication_key p ON p.org = e.org AND p.publication_no = e.publication_no
        """,
        PerDay,
    ];

    /// <summary>The same view with the rights of whoever asks it.</summary>
    private static string Invoked(string view) => view.Replace("AS SELECT", "WITH (security_invoker = true) AS SELECT", StringComparison.Ordinal);
}
