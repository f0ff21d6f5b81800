using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage;

/// <summary>The facts and the log of one organisation in a database, which answers with the same figures as the library does in memory: an embedded DuckDB file, PostgreSQL, or PostgreSQL over shards.</summary>
/// <remarks>
/// <para>
/// Safe to share between threads; an append waits for the one before. Nothing is global: the app may bring its own connection or data source. An interaction is an event of the log; times are kept to the millisecond.
/// </para>
/// <para>
/// A batch counts once, however often it is sent under its id: once <see cref="AppendAsync(string, InteractionLog, CancellationToken)"/> has returned it is in the store, and before that nothing of it is. Roll-ups by days, weeks and months of the organisation's zone are read from daily cells,
/// which every batch keeps up to date; all others are counted from the events. Both give what <see cref="RollUp"/> gives.
/// </para>
/// <para>Tables, views, rights and limits are described in docs/storage.md.</para>
/// <example><c>await using var store = await EngagementStore.CreateAsync("duckdb:engagement.duckdb", ihk);</c></example>
/// </remarks>
public sealed partial class EngagementStore : IAsyncDisposable
{
    private readonly Engine _engine;
    private readonly int _number;
    private readonly StoreWork _work;

    private EngagementStore(Engine engine, OrganisationState state) => (_engine, _number, _work, Organisation) = (engine, state.Number, new StoreWork(engine, state.Number), state.Organisation);

    /// <summary>The name of the <c>ActivitySource</c> and of the <c>Meter</c> of all stores, for OpenTelemetry.</summary>
    public static string TelemetryName => StoreTelemetry.Name;

    /// <summary>Whose store it is.</summary>
    public Organisation Organisation { get; }

    /// <summary>Engine and place, without any secret.</summary>
    /// <returns>For example <c>duckdb:"engagement.duckdb" of IHK Ostwestfalen zu Bielefeld (ihk)</c>.</returns>
    public override string ToString() => $"{_engine.Place} of {Organisation}";

    /// <summary>Creates a store, or opens the one that is there after bringing its schema up to this version.</summary>
    /// <param name="connection"><c>duckdb:</c> and a file, or <c>postgresql:</c> and a connection string of Npgsql.</param>
    /// <param name="organisation">Whose store it is. One that is there under this id keeps its zone; its name and umbrella follow.</param>
    /// <param name="shards">Connection strings of the PostgreSQL databases that the log lies, or is to lie, on, in their order; events then go to them directly, for the owner of the store alone. They may be left out for a store that is there and of this version: events go through the coordinator.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The open store.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentException">The connection is of no known engine, or the zone is not one of NodaTime's own.</exception>
    /// <exception cref="StoreException">The database cannot be reached, or holds a store of a newer version or another zone, or the shards are not those of this store.</exception>
    public static Task<EngagementStore> CreateAsync(string connection, Organisation organisation, IReadOnlyList<string>? shards = null, CancellationToken cancellationToken = default) =>
        CreateAsync(() => Engines.Of(connection, mustExist: false), organisation, shards, cancellationToken);

    /// <summary>Creates a store over the app's own data source, which stays the app's; see <see cref="CreateAsync(string, Organisation, IReadOnlyList{string}?, CancellationToken)"/>.</summary>
    /// <param name="dataSource">A data source of Npgsql.</param>
    /// <param name="organisation">Whose store it is.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The open store.</returns>
    public static Task<EngagementStore> CreateOverAsync(DbDataSource dataSource, Organisation organisation, CancellationToken cancellationToken) =>
        CreateAsync(() => Engines.Of(dataSource), organisation, null, cancellationToken);

    /// <summary>Creates a store over the app's own connection, which stays the app's; see <see cref="CreateAsync(string, Organisation, IReadOnlyList{string}?, CancellationToken)"/>.</summary>
    /// <param name="connection">A connection of DuckDB.NET, which is duplicated for each call, or of Npgsql, which serves one call at a time.</param>
    /// <param name="organisation">Whose store it is.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The open store.</returns>
    public static Task<EngagementStore> CreateOverAsync(DbConnection connection, Organisation organisation, CancellationToken cancellationToken) =>
        CreateAsync(() => Engines.Of(connection), organisation, null, cancellationToken);

    /// <summary>Opens a store; nothing of it is changed.</summary>
    /// <param name="connection"><c>duckdb:</c> and a file, or <c>postgresql:</c> and a connection string of Npgsql.</param>
    /// <param name="organisation">Whose store it is; it may be left out where the database holds one organisation, or shows one to this user.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The open store.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is null.</exception>
    /// <exception cref="ArgumentException">The connection is of no known engine.</exception>
    /// <exception cref="StoreException">There is no store, it is of another version, or it cannot be reached.</exception>
    public static Task<EngagementStore> OpenAsync(string connection, OrganisationId organisation = default, CancellationToken cancellationToken = default) =>
        OpenAsync(() => Engines.Of(connection, mustExist: true), organisation, cancellationToken);

    /// <summary>Opens a store over the app's own data source, which stays the app's; see <see cref="OpenAsync(string, OrganisationId, CancellationToken)"/>.</summary>
    /// <param name="dataSource">A data source of Npgsql.</param>
    /// <param name="organisation">Whose store it is; <c>default</c> for the only one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The open store.</returns>
    public static Task<EngagementStore> OpenOverAsync(DbDataSource dataSource, OrganisationId organisation, CancellationToken cancellationToken) =>
        OpenAsync(() => Engines.Of(dataSource), organisation, cancellationToken);

    /// <summary>Opens a store over the app's own connection, which stays the app's; see <see cref="OpenAsync(string, OrganisationId, CancellationToken)"/>.</summary>
    /// <param name="connection">A connection of DuckDB.NET, which is duplicated for each call, or of Npgsql, which serves one call at a time.</param>
    /// <param name="organisation">Whose store it is; <c>default</c> for the only one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The open store.</returns>
    public static Task<EngagementStore> OpenOverAsync(DbConnection connection, OrganisationId organisation, CancellationToken cancellationToken) =>
        OpenAsync(() => Engines.Of(connection), organisation, cancellationToken);

    /// <summary>Appends a log as one batch.</summary>
    /// <param name="batch">The batch's id, of the caller's choice: the name and part of a file, for example. Sent again, it counts once.</param>
    /// <param name="log">The interactions, in any order, also late ones. A number without a text, and the text of that number, are the same actor.</param>
    /// <param name="cancellationToken">Stops the work; nothing of the batch is left then.</param>
    /// <returns>Whether the batch was new; false when it was acknowledged before.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentException">The id is no identifier, or a new one of more than 501 characters (events are read by it and the number of their row), or the log has more than 2³¹ − 1 rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time lies outside of the years 1 to 9998.</exception>
    /// <exception cref="StoreException">A batch with other contents has this id, a publication stands with another channel, or the engine failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<bool> AppendAsync(string batch, InteractionLog log, CancellationToken cancellationToken = default)
    {
        Guard.Identifier(batch);
        ArgumentNullException.ThrowIfNull(log);
        _ = BatchWriter.MonthsOf(log);
        return AppendAsync(batch, () => Once(log), isRepeatable: true, cancellationToken);
    }

    /// <summary>Appends a stream of logs as one batch; one at a time is held.</summary>
    /// <param name="batch">The batch's id.</param>
    /// <param name="logs">The parts, each with channels, publications and actors of its own. A reply points to a row of its own part.</param>
    /// <param name="cancellationToken">Stops the work; nothing of the batch is left then.</param>
    /// <returns>Whether the batch was new.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentException">The id is no identifier, or a new one of more than 501 characters (events are read by it and the number of their row), or the parts have more than 2³¹ − 1 rows together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time lies outside of the years 1 to 9998.</exception>
    /// <exception cref="StoreException">A batch with other contents has this id, a publication stands with another channel, or the engine failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<bool> AppendStreamAsync(string batch, IAsyncEnumerable<InteractionLog> logs, CancellationToken cancellationToken = default)
    {
        Guard.Identifier(batch);
        ArgumentNullException.ThrowIfNull(logs);
        return AppendWatchedAsync(batch, logs, cancellationToken);
    }

    /// <summary>Appends interactions with their ids as one batch. One whose id is in the store already is left as it is: what happened does not change.</summary>
    /// <param name="batch">The batch's id.</param>
    /// <param name="interactions">The interactions; a reply may point to one of an earlier or later batch. Times are floored to milliseconds.</param>
    /// <param name="cancellationToken">Stops the work; nothing of the batch is left then.</param>
    /// <returns>Whether the batch was new.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentException">The batch's id is no identifier, an interaction's id is given twice, or a publication stands with two channels.</exception>
    /// <exception cref="StoreException">A batch with other contents has this id, or the engine failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<bool> AppendInteractionsAsync(string batch, IReadOnlyCollection<Interaction> interactions, CancellationToken cancellationToken = default)
    {
        Guard.Identifier(batch);
        ArgumentNullException.ThrowIfNull(interactions);
        InteractionLog all = InteractionLog.From(interactions);
        return _work.WriteAsync("append", async (session, token) => await Appending.InteractionsAsync(session, _number, batch, interactions, all, null, token).ConfigureAwait(false) is not null, cancellationToken);
    }

    /// <summary>Writes facts as <see cref="UpsertAsync"/> does, and appends the interactions with them as one batch: both or nothing, once.</summary>
    /// <param name="batch">The batch's id. Sent again with the same facts and interactions it changes nothing, whatever was written since.</param>
    /// <param name="portfolio">The facts and interactions, of this organisation. Moments are floored to milliseconds.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it is left then.</param>
    /// <returns>How many interactions were added, without those whose ids were there already; null where the batch was known already.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentException">The batch's id is no identifier, or the portfolio is of another organisation, or holds an id twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The staff time of an effort is more than 2,562,047 hours.</exception>
    /// <exception cref="StoreException">A batch with other contents has this id, or the engine failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<long?> AppendPortfolioAsync(string batch, Portfolio portfolio, CancellationToken cancellationToken = default)
    {
        Guard.Identifier(batch);
        InteractionLog all = Checked(portfolio);
        return _work.WriteAsync("append", (session, token) => Appending.InteractionsAsync(session, _number, batch, portfolio.Interactions, all, portfolio, token), cancellationToken);
    }

    /// <summary>Writes facts: each takes the place of the one with the same key, and its interactions are appended as those of <see cref="AppendInteractionsAsync"/> are.</summary>
    /// <remarks>Keys: the id of universes, channels and publications; a universe and the moment of its size; channel and moment of snapshots; both channels, in either order, and moment of overlaps; channel and period of efforts. A fact that is not in the portfolio stays.</remarks>
    /// <param name="portfolio">The facts, of this organisation. Moments are floored to milliseconds.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it is left then.</param>
    /// <returns>When all of them are in the store.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="portfolio"/> is null.</exception>
    /// <exception cref="ArgumentException">The portfolio is of another organisation, or holds an id twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The staff time of an effort is more than 2,562,047 hours.</exception>
    /// <exception cref="StoreException">The engine failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task UpsertAsync(Portfolio portfolio, CancellationToken cancellationToken = default)
    {
        InteractionLog all = Checked(portfolio);
        return _work.WriteAsync(
            "upsert",
            async (session, token) =>
            {
                await OrganisationState.LockAsync(session, _number, token).ConfigureAwait(false);
                await FactWriter.WriteAsync(session, _number, portfolio, token).ConfigureAwait(false);
                OrganisationState state = await OrganisationState.ReadAsync(session, _number, token).ConfigureAwait(false);
                if (portfolio.Interactions.Count == 0) return true;

                // An id of the caller's own may be the same.
                string batch = FormattableString.Invariant($"facts-{state.LastBatch + 1}");
                while (await session.NumberAsync("SELECT count(*) FROM engagement.batch WHERE org = $1 AND id = $2", token, _number, batch).ConfigureAwait(false) > 0) batch += "+";
                await Appending.InteractionsAsync(session, _number, batch, portfolio.Interactions, all, null, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Counts per channel (or publication), local period, kind and role: what <see cref="RollUp.Of"/> gives over all that was appended.</summary>
    /// <remarks>Roll-ups by channel in the organisation's zone are read from daily cells, others grouped over the events by the engine; the degree of parallelism is the engine's.</remarks>
    /// <param name="calendar">The periods. An event outside of them is an error, unless <see cref="RollUpOptions.LeavesOutOtherTimes"/> is set.</param>
    /// <param name="options">What to count; the default leaves out the organisation and bots.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The roll-up.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="calendar"/> is null.</exception>
    /// <exception cref="ArgumentException">An event lies outside the calendar, and is not to be left out.</exception>
    /// <exception cref="StoreException">The engine failed, or events that it takes were taken out of the store.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<RollUp> RollUpAsync(LocalCalendar calendar, RollUpOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return RollUpAsync(calendar, options, fromEvents: false, cancellationToken);
    }

    /// <summary>Distinct actors per channel and period, exactly, and over all: what <see cref="DistinctActors.PerChannelAndPeriod"/> gives.</summary>
    /// <param name="calendar">The periods.</param>
    /// <param name="options">What counts, as in a roll-up by channel.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The channels and the actors, whose cells are period by period, and in each the channels in that order.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="calendar"/> is null.</exception>
    /// <exception cref="ArgumentException">An event lies outside the calendar, and is not to be left out, or the options are by publication.</exception>
    /// <exception cref="StoreException">The engine failed, or events that it takes were taken out of the store.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<(IReadOnlyList<ChannelId> Channels, DistinctActors Actors)> DistinctActorsAsync(LocalCalendar calendar, RollUpOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return _work.ReadAsync("distinct-actors", (session, state, token) => new Figures(session, state, calendar, options ?? RollUpOptions.Default).DistinctActorsAsync(token), cancellationToken);
    }

    /// <summary>Theta sketches of the actors per channel and period, which unite to coarser periods: what <see cref="ThetaSketch.PerChannelAndPeriod"/> gives.</summary>
    /// <remarks>A number and its text are one actor, who is hashed as the first actors of the store came: by their texts, or by their numbers. So sketches unite, whenever the store made them, and with those in memory of logs that name actors in the same way.</remarks>
    /// <param name="calendar">The periods.</param>
    /// <param name="options">What counts, as in a roll-up by channel.</param>
    /// <param name="nominalEntries">How many hashes each sketch retains at most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The channels, the sketches in the order of <see cref="DistinctActorsAsync"/>, and how many rows had no actor.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="calendar"/> is null.</exception>
    /// <exception cref="ArgumentException">An event lies outside the calendar, and is not to be left out, or the options are by publication.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="nominalEntries"/> is out of its range.</exception>
    /// <exception cref="StoreException">The engine failed, or events that it takes were taken out of the store.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<(IReadOnlyList<ChannelId> Channels, IReadOnlyList<ThetaSketch> Sketches, long RowsWithoutActor)> SketchActorsAsync(LocalCalendar calendar, RollUpOptions? options = null, int nominalEntries = ThetaSketch.DefaultNominalEntries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return _work.ReadAsync("sketch-actors", (session, state, token) => new Figures(session, state, calendar, options ?? RollUpOptions.Default).SketchesAsync(nominalEntries, token), cancellationToken);
    }

    /// <summary>The newest snapshot of a channel's audience that is not after a moment, as <see cref="AudienceHistory.AsOf"/>.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="moment">The moment.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The snapshot; null when there is none so early.</returns>
    /// <exception cref="StoreException">The engine failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<AudienceSnapshot?> AudienceAsOfAsync(ChannelId channel, Instant moment, CancellationToken cancellationToken = default) => _work.ReadAsync(
        "audience-as-of",
        async (session, _, token) => (await session.ListAsync(
            $"SELECT {FactTable.All.Single(table => table.Name == "audience").Selection} FROM engagement.audience WHERE org = $1 AND channel = $2 AND as_of_ms <= $3 ORDER BY as_of_ms DESC, ordinal DESC LIMIT 1",
            FactTable.Audience,
            token,
            _number,
            channel.Value,
            moment.ToUnixTimeMilliseconds()).ConfigureAwait(false)).SingleOrDefault(),
        cancellationToken);

    /// <summary>Counts the log again, and compares it with the daily cells and with what each batch states.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="StoreException">The engine failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<StoreCheck> CheckAsync(CancellationToken cancellationToken = default) => _work.ReadAsync("check", Upkeep.CheckAsync, cancellationToken);

    /// <summary>Makes the daily cells anew from the events that are kept; cells of days whose events were taken out stay.</summary>
    /// <param name="cancellationToken">Stops the work; the cells are then as before.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="StoreException">The engine failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task RebuildAsync(CancellationToken cancellationToken = default) => _work.WriteAsync(
        "rebuild",
        async (session, token) =>
        {
            await DailyCells.RebuildAsync(session, await OrganisationState.LockAsync(session, _number, token).ConfigureAwait(false), token).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>Forgets an actor: his events stay, and count, as those of somebody unknown. Roll-ups do not change; distinct actors are "at least" from then on.</summary>
    /// <remarks>DuckDB's file is rewritten at the next checkpoint, which is asked for at once; PostgreSQL's pages by VACUUM. Backups are the caller's. A batch that is sent again stays as it is; a new one may bring the actor back.</remarks>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Stops the work; nothing is changed then.</param>
    /// <returns>How many events were his.</returns>
    /// <exception cref="ArgumentException">The actor is none.</exception>
    /// <exception cref="StoreException">The engine failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<long> ForgetAsync(ActorId actor, CancellationToken cancellationToken = default)
    {
        if (actor.IsNone) throw new ArgumentException("actor must not be empty: name the actor to forget.", nameof(actor));
        long events = await _work.WriteAsync("forget", async (session, token) => await Upkeep.ForgetAsync(session, await OrganisationState.LockAsync(session, _number, token).ConfigureAwait(false), actor, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        await _work.DoAsync(() => PurgeAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        return events;
    }

    /// <summary>Takes out events by age: those before a day of the organisation's zone. Their daily cells stay, so that roll-ups by channel still answer; what needs the events is then refused for those days. <see cref="EventsFromAsync"/> tells since when they are kept.</summary>
    /// <remarks>What comes late for those days is taken out by the next call. Over shards, each of which commits by itself, the days are refused before their events go: what broke off is finished by the same call.</remarks>
    /// <param name="from">The first day that is kept.</param>
    /// <param name="cancellationToken">Stops the work; nothing is changed then, but over shards for what the remarks say.</param>
    /// <returns>How many events were taken out.</returns>
    /// <exception cref="StoreException">The engine failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<long> RetainAsync(LocalDate from, CancellationToken cancellationToken = default)
    {
        // Each shard commits by itself: before one of them takes out anything, nobody may ask for it any more. What breaks off then is taken up by the next who asks for the same.
        if (_engine.MayHoldRemains) await _work.WriteAsync("retain", KeepFromAsync, cancellationToken).ConfigureAwait(false);
        long events = await _work.WriteAsync("retain", async (session, token) => await Upkeep.TakeOutAsync(session, _number, await KeepFromAsync(session, token).ConfigureAwait(false), token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        await _work.DoAsync(() => PurgeAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        return events;

        async Task<Instant> KeepFromAsync(Session session, CancellationToken token) => await Upkeep.KeepFromAsync(session, await OrganisationState.LockAsync(session, _number, token).ConfigureAwait(false), from, token).ConfigureAwait(false);
    }

    /// <summary>Closes what the store opened; a connection or data source of the app stays open.</summary>
    /// <returns>When it is closed.</returns>
    public ValueTask DisposeAsync()
    {
        _work.Dispose();
        return _engine.DisposeAsync();
    }

    internal Task<RollUp> RollUpAsync(LocalCalendar calendar, RollUpOptions? options, bool fromEvents, CancellationToken cancellationToken) =>
        _work.ReadAsync("roll-up", (session, state, token) => new Figures(session, state, calendar, options ?? RollUpOptions.Default).RollUpAsync(fromEvents, token), cancellationToken);

    /// <summary>How many batches were acknowledged; asked of one row.</summary>
    internal Task<long> CountBatchesAsync(CancellationToken cancellationToken) => _work.ReadAsync("health", (_, state, _) => Task.FromResult(state.LastBatch), cancellationToken);

    /// <summary>For tests: the engine under the store.</summary>
    internal Engine Engine => _engine;

    private static async Task<EngagementStore> CreateAsync(Func<Engine> engineOf, Organisation organisation, IReadOnlyList<string>? shards, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        if (!ReferenceEquals(DateTimeZoneProviders.Tzdb.GetZoneOrNull(organisation.TimeZone.Id), organisation.TimeZone))
        {
            throw new ArgumentException($"organisation's time zone ({organisation.TimeZone.Id}) must be one of DateTimeZoneProviders.Tzdb: a store keeps its name only.", nameof(organisation));
        }

        Engine engine = engineOf();
        try
        {
            (engine, OrganisationState state) = await StoreWork.Explained(engine, () => StoreWork.OnThread(engine, () => SchemaWriter.CreateAsync(engine, organisation, shards ?? [], cancellationToken), cancellationToken)).ConfigureAwait(false);
            return new EngagementStore(engine, state);
        }
        catch
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<EngagementStore> OpenAsync(Func<Engine> engineOf, OrganisationId organisation, CancellationToken cancellationToken)
    {
        Engine engine = engineOf();
        try
        {
            (engine, OrganisationState state) = await StoreWork.Explained(engine, () => StoreWork.OnThread(engine, () => SchemaWriter.OpenAsync(engine, organisation, cancellationToken), cancellationToken)).ConfigureAwait(false);
            return new EngagementStore(engine, state);
        }
        catch
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async IAsyncEnumerable<InteractionLog> Once(InteractionLog log)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return log;
    }

    /// <summary>The interactions of a portfolio that this store may take.</summary>
    private InteractionLog Checked(Portfolio portfolio)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        portfolio.RequireUniqueIds();
        if (portfolio.Organisation.Id != Organisation.Id) throw new ArgumentException($"portfolio ({Guard.Excerpt(portfolio.Organisation.Id.Value)}) must be of the store's organisation, {Guard.Excerpt(Organisation.Id.Value)}: open the store of that organisation.", nameof(portfolio));
        FactTable.RefuseTooLarge(portfolio);
        return InteractionLog.From(portfolio.Interactions);
    }

    private Task<bool> AppendAsync(string batch, Func<IAsyncEnumerable<InteractionLog>> logs, bool isRepeatable, CancellationToken cancellationToken) =>
        _work.WriteAsync("append", (session, token) => Appending.LogsAsync(session, _number, batch, logs(), token), cancellationToken, isRepeatable);

    private async Task<bool> AppendWatchedAsync(string batch, IAsyncEnumerable<InteractionLog> logs, CancellationToken cancellationToken)
    {
        Exception? ofSource = null;
        try
        {
            return await AppendAsync(batch, () => WatchedAsync(logs, exception => ofSource = exception, cancellationToken), isRepeatable: false, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException exception) when (ofSource is not null && ReferenceEquals(exception.InnerException, ofSource))
        {
            // That a file of events is missing, or another database is gone, is not to be told of this one.
            ExceptionDispatchInfo.Throw(ofSource);
            throw;
        }
    }

    private static async IAsyncEnumerable<InteractionLog> WatchedAsync(IAsyncEnumerable<InteractionLog> logs, Action<Exception> failed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<InteractionLog> source = logs.GetAsyncEnumerator(cancellationToken);
        await using (source.ConfigureAwait(false))
        {
            while (await NextAsync().ConfigureAwait(false)) yield return source.Current;
        }

        async Task<bool> NextAsync()
        {
            try
            {
                return await source.MoveNextAsync().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                failed(exception);
                throw;
            }
        }
    }

    private async Task<bool> PurgeAsync(CancellationToken cancellationToken)
    {
        await _engine.PurgeAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
