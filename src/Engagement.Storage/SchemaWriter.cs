using System.Data;
using Engagement.Core;

namespace Engagement.Storage;

/// <summary>Makes the schema of a store, brings it up to this version, and tells which one is there.</summary>
internal static class SchemaWriter
{
    /// <summary>Brings the schema up to a version and enters the organisation, all in one transaction.</summary>
    public static async Task<(Engine Engine, OrganisationState State)> CreateAsync(Engine engine, Organisation organisation, IReadOnlyList<string> shards, CancellationToken cancellationToken, int upTo = int.MaxValue)
    {
        if (shards.Count == 0) return await MakeAsync(engine, organisation, shards, upTo, cancellationToken).ConfigureAwait(false);
        await RefuseOtherShardsAsync(engine, shards, cancellationToken).ConfigureAwait(false);
        engine = await ShardWriter.PrepareAsync(engine, shards, cancellationToken).ConfigureAwait(false);
        (Engine, OrganisationState) made = await MakeAsync(engine, organisation, shards, upTo, cancellationToken).ConfigureAwait(false);

        // A name may mean one machine to the coordinator, and another one here, from where events go to the shards.
        await RefuseOtherShardsAsync(engine, shards, cancellationToken).ConfigureAwait(false);
        return made;
    }

    private static async Task<(Engine Engine, OrganisationState State)> MakeAsync(Engine engine, Organisation organisation, IReadOnlyList<string> shards, int upTo, CancellationToken cancellationToken)
    {
        Session session = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.BeginAsync(IsolationLevel.Unspecified, cancellationToken).ConfigureAwait(false);
            await engine.LockSchemaAsync(session, cancellationToken).ConfigureAwait(false);
            int version = await VersionAsync(session, cancellationToken).ConfigureAwait(false);
            RefuseNewer(engine, version);
            if (version > 0)
            {
                await ShardWriter.RefuseOthersAsync(session, shards.Count, version, cancellationToken).ConfigureAwait(false);
                engine = await EngineOfStoreAsync(engine, session, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await session.ExecuteAsync($"CREATE SCHEMA {engine.Prefix.TrimEnd('.')}", cancellationToken).ConfigureAwait(false);
                await session.ExecuteAsync("CREATE TABLE engagement.version (version INTEGER NOT NULL, name TEXT NOT NULL)", cancellationToken).ConfigureAwait(false);
            }

            foreach (Migration step in engine.Migrations.Where(step => step.Version > version && step.Version <= upTo))
            {
                foreach (string statement in step.Statements) await session.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
                await session.ExecuteAsync("INSERT INTO engagement.version VALUES ($1, $2)", cancellationToken, step.Version, step.Name).ConfigureAwait(false);
            }

            if (version == 0 && shards.Count > 0) await ShardWriter.AttachAsync(session, shards, cancellationToken).ConfigureAwait(false);
            if (version < ShardWriter.VersionWithLoads && upTo >= ShardWriter.VersionWithLoads) await ShardWriter.AttachLoadsAsync(session, shards.Count, cancellationToken).ConfigureAwait(false);
            if (shards.Count > 0) await ShardWriter.IdentifyAsync(session, shards.Count, isNew: version == 0, cancellationToken).ConfigureAwait(false);
            if (upTo < engine.Migrations[^1].Version)
            {
                await EnterAsync(session, organisation, withCells: false, cancellationToken).ConfigureAwait(false);
                await session.CommitAsync().ConfigureAwait(false);
                return (engine, null!);
            }

            int number = await EnterAsync(session, organisation, withCells: true, cancellationToken).ConfigureAwait(false);
            foreach (OrganisationState state in await OrganisationState.AllAsync(session, cancellationToken).ConfigureAwait(false))
            {
                // Cells of a store that a migration gave them, or of other time-zone data.
                if (state.ZoneData is null) await DailyCells.RebuildAsync(session, state, cancellationToken).ConfigureAwait(false);
            }

            OrganisationState entered = await OrganisationState.ReadAsync(session, number, cancellationToken).ConfigureAwait(false);
            await session.CommitAsync().ConfigureAwait(false);
            return (engine, entered);
        }
    }

    /// <summary>Before anything is made in a database that the store does not know.</summary>
    private static async Task RefuseOtherShardsAsync(Engine engine, IReadOnlyList<string> shards, CancellationToken cancellationToken)
    {
        if (engine is not PostgreSqlEngine) return;
        Session session = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            int version = await VersionAsync(session, cancellationToken).ConfigureAwait(false);
            if (version > 0)
            {
                await ShardWriter.RefuseOthersAsync(session, shards.Count, version, cancellationToken).ConfigureAwait(false);
                await ShardWriter.RefuseOtherLoginAsync(session, cancellationToken).ConfigureAwait(false);
            }

            await ShardWriter.RefuseForeignAsync(session, shards, version, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Finds the organisation in a store of this version.</summary>
    public static async Task<(Engine Engine, OrganisationState State)> OpenAsync(Engine engine, OrganisationId organisation, CancellationToken cancellationToken)
    {
        Session session = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            int version = await VersionAsync(session, cancellationToken).ConfigureAwait(false);
            if (version == 0) throw new StoreException($"{engine.Place} must hold a store, and does not, or not for this user: create it (engagement store init), or let the role use it.");
            RefuseNewer(engine, version);
            int newest = engine.Migrations[^1].Version;
            if (version < newest) throw new StoreException(FormattableString.Invariant($"{engine.Place} holds a store of version {version}, and this program works with version {newest}: bring it up to date (engagement store init)."));
            engine = await EngineOfStoreAsync(engine, session, cancellationToken).ConfigureAwait(false);
            List<OrganisationState> all = await OrganisationState.AllAsync(session, cancellationToken).ConfigureAwait(false);
            List<OrganisationState> found = organisation.IsNone ? all : all.FindAll(one => one.Organisation.Id == organisation);
            if (found.Count == 1) return (engine, found[0]);
            throw found.Count == 0
                ? new StoreException($"{engine.Place} holds no organisation{(organisation.IsNone ? "" : $" {Guard.Excerpt(organisation.Value)}")} that this user may see: create its store (engagement store init), or let the role use it.")
                : new StoreException($"{engine.Place} holds {string.Join(", ", found.Take(10).Select(one => Guard.Excerpt(one.Organisation.Id.Value)))}: name the organisation (--organisation on the command line).");
        }
    }

    private static async Task<int> EnterAsync(Session session, Organisation organisation, bool withCells, CancellationToken cancellationToken)
    {
        string umbrella = organisation.Umbrella.IsNone ? "" : organisation.Umbrella.Value;
        List<(int Number, string Zone, string Name, string Umbrella)> known = await session.ListAsync("SELECT org, time_zone, name, coalesce(umbrella, '') FROM engagement.organisation WHERE id = $1", row => (row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3)), cancellationToken, organisation.Id.Value).ConfigureAwait(false);
        if (known.Count > 0)
        {
            if (known[0].Zone != organisation.TimeZone.Id)
            {
                throw new StoreException($"{session.Engine.Place}: the days of organisation {Guard.Excerpt(organisation.Id.Value)} are those of {known[0].Zone}, not of {organisation.TimeZone.Id}: create another store for another zone.");
            }

            // An append holds the row from beginning to end: who only opens the store does not wait for it.
            if ((known[0].Name, known[0].Umbrella) != (organisation.Name, umbrella)) await session.ExecuteAsync("UPDATE engagement.organisation SET name = $2, umbrella = nullif($3, '') WHERE org = $1", cancellationToken, known[0].Number, organisation.Name, umbrella).ConfigureAwait(false);
            return known[0].Number;
        }

        int number = 1 + (int)await session.NumberAsync("SELECT max(org) FROM engagement.organisation", cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync(
            $"INSERT INTO engagement.organisation (org, id, name, time_zone, umbrella, last_batch, events{(withCells ? ", cell_rows, compact_cell_rows" : "")}) VALUES ($1, $2, $3, $4, nullif($5, ''), 0, 0{(withCells ? ", 0, 0" : "")})",
            cancellationToken,
            number,
            organisation.Id.Value,
            organisation.Name,
            organisation.TimeZone.Id,
            umbrella).ConfigureAwait(false);
        return number;
    }

    /// <summary>The version of the schema; 0 when there is none, or none that this user may see.</summary>
    private static async Task<int> VersionAsync(Session session, CancellationToken cancellationToken)
    {
        bool isThere = await session.NumberAsync(
            "SELECT count(*) FROM information_schema.tables WHERE table_catalog = current_database() AND table_schema = 'engagement' AND table_name = 'version'",
            cancellationToken).ConfigureAwait(false) > 0;
        return isThere ? (int)await session.NumberAsync("SELECT max(version) FROM engagement.version", cancellationToken).ConfigureAwait(false) : 0;
    }

    private static async Task<Engine> EngineOfStoreAsync(Engine engine, Session session, CancellationToken cancellationToken) =>
        engine is PostgreSqlEngine postgreSql && !engine.MayHoldRemains && await ShardWriter.IsShardedAsync(session, cancellationToken).ConfigureAwait(false) ? postgreSql.Sharded() : engine;

    private static void RefuseNewer(Engine engine, int version)
    {
        int newest = engine.Migrations[^1].Version;
        if (version > newest) throw new StoreException(FormattableString.Invariant($"{engine.Place} holds a store of version {version}, and this program knows versions up to {newest}: update the program; nothing was changed."));
    }
}
