using Engagement.Core;
using Engagement.Core.Logs;

namespace Engagement.Storage;

/// <summary>Appends one batch within a transaction: its events, what they point to, its cells and, last, the batch itself.</summary>
internal sealed class BatchWriter
{
    // NodaTime's years 1 to 9998, less a day at each end for the offset.
    private const long FirstMoment = -62_135_510_400_000;
    private const long EndOfMoments = 253_370_678_400_000;

    private readonly Session _session;
    private readonly string _id;
    private readonly BatchDigest _digest = new();
    private OrganisationState _state;
    private long _rows;
    private long _cellRows;
    private long _mostCellRows;
    private bool? _actorsByText;

    private BatchWriter(Session session, OrganisationState state, string id) => (_session, _state, _id) = (session, state, id);

    /// <summary>Begins a batch.</summary>
    /// <returns>The writer, and the digest of the batch if one with this id was acknowledged before.</returns>
    public static async Task<(BatchWriter Writer, long? KnownDigest)> BeginAsync(Session session, int organisation, string id, CancellationToken cancellationToken)
    {
        OrganisationState state = await OrganisationState.LockAsync(session, organisation, cancellationToken).ConfigureAwait(false);
        var writer = new BatchWriter(session, state, id);
        List<long> known = await session.ListAsync("SELECT digest FROM engagement.batch WHERE org = $1 AND id = $2", row => row.GetInt64(0), cancellationToken, organisation, id).ConfigureAwait(false);
        if (known.Count > 0) return (writer, known[0]);
        await session.Engine.ClearRemainsAsync(session, organisation, state.LastBatch, cancellationToken).ConfigureAwait(false);

        // Days of other time-zone data may have other borders: what is counted must be counted by one.
        if (state.ZoneData != DailyCells.ZoneDataOf(state.Organisation.TimeZone))
        {
            await DailyCells.RebuildAsync(session, state, cancellationToken).ConfigureAwait(false);
            writer._state = await OrganisationState.ReadAsync(session, organisation, cancellationToken).ConfigureAwait(false);
        }

        return (writer, null);
    }

    /// <summary>The calendar months of UTC in which events lie, after their times were checked.</summary>
    public static IReadOnlyCollection<(int Year, int Month)> MonthsOf(InteractionLog log)
    {
        var months = new SortedSet<(int Year, int Month)>();
        long start = 0;
        foreach (LogChunk chunk in log.Columns)
        {
            if (chunk.Count > 0 && (chunk.Earliest < FirstMoment || chunk.Latest >= EndOfMoments)) throw OtherTime(chunk, start);
            var cursor = default(MonthCursor);
            (int Year, int Month) last = default;
            foreach (long time in chunk.Times.Span)
            {
                if (cursor.Of(time) is var month && month != last) months.Add(last = month);
            }

            start += chunk.Count;
        }

        return months;
    }

    public void Digest(InteractionLog log) => _digest.Add(log);

    public void Digest(IEnumerable<string> texts)
    {
        foreach (string text in texts) _digest.Add(text);
    }

    public long DigestValue => _digest.Value;

    /// <summary>The number that this batch will have.</summary>
    public long Number => _state.LastBatch + 1;

    /// <summary>Writes a log; several follow each other as the rows of one batch.</summary>
    /// <param name="log">The log.</param>
    /// <param name="hasIds">Whether its events have ids of their own, by which they reply.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task WriteAsync(InteractionLog log, bool hasIds, CancellationToken cancellationToken)
    {
        if (_rows + log.Count > int.MaxValue) throw new ArgumentException(FormattableString.Invariant($"log ({_rows + log.Count} rows so far) must have at most {int.MaxValue} rows in a batch: append it in several batches."), nameof(log));
        await _session.Engine.PrepareAsync(_session, MonthsOf(log), cancellationToken).ConfigureAwait(false);
        var keys = new Keys(_session, _state.Number);
        int[] channels = await keys.ChannelsAsync(log.Channels, cancellationToken).ConfigureAwait(false);
        int[] publications = await keys.PublicationsAsync(log, channels, cancellationToken).ConfigureAwait(false);
        long[] actors = await keys.ActorsAsync(log.Actors, cancellationToken).ConfigureAwait(false);

        _actorsByText ??= log.Actors.Count > 0 ? true : Array.Exists(log.Columns.ToArray(), chunk => chunk.Actors.Span.ContainsAnyExcept(InteractionLog.None)) ? false : null;

        // Counted beside the writing, which waits for the disk or the server. Whatever becomes of it, the log is not left before the counting ends: it is the caller's.
        Task<MonthCellDraft> counting = Task.Run(() => DailyCells.Count(_state.Organisation.TimeZone, log, channels, cancellationToken), cancellationToken);
        try
        {
            await WriteEventsAsync(log, hasIds, channels, publications, actors, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ((Task)counting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        MonthCellDraft cells = await counting.ConfigureAwait(false);
        await DailyCells.WriteAsync(_session, _state, cells, cancellationToken).ConfigureAwait(false);
        _cellRows += cells.Count;
        _mostCellRows = Math.Max(_mostCellRows, cells.Count);
    }

    /// <summary>Writes the batch itself and what the organisation's row states. The commit is the caller's.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await _session.Engine.WriteAsync(_session, "batch", ["org", "batch_no", "id", "events", "digest"], [[_state.Number, Number, _id, _rows, _digest.Value]], cancellationToken).ConfigureAwait(false);

        // What one log gave is added up already.
        OrganisationState state = _state with { CellRows = _state.CellRows + _cellRows, CompactCellRows = Math.Max(_state.CompactCellRows, _mostCellRows) };
        (long rows, long compact) = await DailyCells.CompactAsync(_session, state, cancellationToken).ConfigureAwait(false);
        await _session.ExecuteAsync(
            "UPDATE engagement.organisation SET last_batch = $2, events = events + $3, cell_rows = $4, compact_cell_rows = $5 WHERE org = $1",
            cancellationToken,
            _state.Number,
            Number,
            _rows,
            rows,
            compact).ConfigureAwait(false);
        if (_state.ActorsByText is null && _actorsByText is { } byText) await _session.ExecuteAsync("INSERT INTO engagement.actor_form (org, by_text) VALUES ($1, $2)", cancellationToken, _state.Number, byText).ConfigureAwait(false);
    }

    private async Task WriteEventsAsync(InteractionLog log, bool hasIds, int[] channels, int[] publications, long[] actors, CancellationToken cancellationToken)
    {
        int first = (int)_rows;
        LogChunk[] chunks = log.Columns.ToArray();
        foreach (LogChunk chunk in chunks)
        {
            var block = new EventBlock
            {
                Organisation = _state.Number,
                Batch = Number,
                FirstRow = (int)_rows,
                LogRows = (first, first + (int)log.Count),
                HasIds = hasIds,
                Chunk = chunk,
                Channels = channels,
                Publications = publications,
                Actors = actors,
            };
            await _session.Engine.WriteEventsAsync(_session, block, cancellationToken).ConfigureAwait(false);
            _rows += chunk.Count;
        }
    }

    private static ArgumentOutOfRangeException OtherTime(LogChunk chunk, long start)
    {
        int row = 0;
        while (chunk.Times.Span[row] is >= FirstMoment and < EndOfMoments) row++;
        return Guard.OutOfRange("log", chunk.Times.Span[row], FormattableString.Invariant($"in row {start + row} must be a moment of the years 1 to 9998 in milliseconds"), "pass milliseconds since 1970-01-01T00:00Z, not seconds of a clock or microseconds");
    }
}
