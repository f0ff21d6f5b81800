using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage;

/// <summary>Reads facts and events back.</summary>
internal static class Reading
{
    private const int ChunkRows = 1 << 18;

    /// <summary>How many characters the id of a batch may have whose events have none of their own: they are read by its id, a sign and the number of their row, and that is an identifier too.</summary>
    public const int LongestBatch = Guard.LongestId - 11;

    // No identifier holds a control character.
    private const char Separator = '\n';

    /// <summary>The facts, with the events as interactions if wanted: by their own ids, or by batch and row where they had none.</summary>
    public static async Task<Portfolio> PortfolioAsync(Session session, OrganisationState state, bool withInteractions, Instant? from, CancellationToken cancellationToken)
    {
        if (withInteractions) RefuseTakenOut(session, state, from, nameof(EngagementStore.ReadPortfolioFromAsync), ", or take the facts alone (withInteractions: false)");
        var draft = new PortfolioDraft(state.Organisation);
        foreach (FactTable table in FactTable.All)
        {
            await foreach (DbDataReader row in session.QueryAsync($"SELECT {table.Selection} FROM engagement.{table.Name} WHERE org = $1 ORDER BY ordinal", cancellationToken, state.Number).ConfigureAwait(false)) table.Read(row, draft);
        }

        var interactions = new List<Interaction>();
        if (withInteractions)
        {
            await foreach (Interaction interaction in InteractionsAsync(session, state, from, cancellationToken).ConfigureAwait(false)) interactions.Add(interaction);
        }

        return draft.Build(interactions);
    }

    /// <summary>Several ids as one text.</summary>
    public static string Join(IEnumerable<InteractionId> ids) => string.Join(Separator, ids.Select(id => id.Value));

    /// <summary>The log in order of time, in chunks that share their channels and publications. Replies are found again as <see cref="DialogueAsync"/> finds them; only what lies in another chunk is replied to by none.</summary>
    public static async IAsyncEnumerable<InteractionLog> LogAsync(Session session, OrganisationState state, Instant? from, Instant? to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ChannelId[] channels = [.. (await Keys.AllChannelsAsync(session, state.Number, cancellationToken).ConfigureAwait(false)).Select(entry => entry.Channel)];
        PublicationId[] publications = [.. await session.ListAsync("SELECT publication FROM engagement.publication_key WHERE org = $1 ORDER BY publication_no", row => new PublicationId(row.GetString(0)), cancellationToken, state.Number).ConfigureAwait(false)];
        bool hasTexts = state.ActorsByText is true || await session.NumberAsync("SELECT count(*) FROM (SELECT 1 FROM engagement.actor_key WHERE org = $1 LIMIT 1) one", cancellationToken, state.Number).ConfigureAwait(false) > 0;
        bool hasIds = await session.NumberAsync("SELECT count(*) FROM (SELECT 1 FROM engagement.event_key WHERE org = $1 LIMIT 1) one", cancellationToken, state.Number).ConfigureAwait(false) > 0;
        bool hasSeveral = hasIds && await session.NumberAsync("SELECT count(*) FROM (SELECT 1 FROM engagement.event_key WHERE org = $1 AND also_reply_to IS NOT NULL LIMIT 1) one", cancellationToken, state.Number).ConfigureAwait(false) > 0;
        string columns = (hasIds ? ", k.reply_to, p.batch_no, p.row_no" : "") + (hasSeveral ? ", k.id, k.also_reply_to" : "");
        string keys = hasIds
            ? "LEFT JOIN engagement.event_key k ON k.org = $1 AND k.batch_no = e.batch_no AND k.row_no = e.row_no LEFT JOIN engagement.event_key p ON p.org = $1 AND p.id = k.reply_to"
            : "";
        string actor = hasTexts ? "coalesce((SELECT k.actor FROM engagement.actor_key k WHERE k.org = $1 AND k.actor_no = e.actor_no), CAST(e.actor_no AS TEXT))" : "e.actor_no";
        var chunk = new ChunkDraft(channels, publications);
        bool isWhole = true;
        await foreach (DbDataReader row in session.QueryAsync(
            $"""
            SELECT e.at_ms, e.channel_no, e.kind, e.role, {actor}, e.publication_no, e.batch_no, e.row_no, e.reply_row{columns} FROM engagement.event e {keys}
            WHERE e.org = $1 AND e.at_ms >= $2 AND e.at_ms < $3{EventFilter.Acknowledged(session, state).Replace("batch_no", "e.batch_no", StringComparison.Ordinal)} ORDER BY e.at_ms, e.batch_no, e.row_no
            """,
            cancellationToken,
            state.Number,
            from?.ToUnixTimeMilliseconds() ?? long.MinValue,
            to?.ToUnixTimeMilliseconds() ?? long.MaxValue).ConfigureAwait(false))
        {
            if (chunk.Count == ChunkRows)
            {
                isWhole = false;
                yield return chunk.Build(isWhole);
                chunk = new ChunkDraft(channels, publications);
            }

            chunk.Add(row, hasTexts, hasIds);
            if (hasSeveral) chunk.Name(row.IsDBNull(12) ? null : row.GetString(12), row.IsDBNull(13) ? [] : row.GetString(13).Split(Separator));
        }

        if (chunk.Count > 0) yield return chunk.Build(isWhole);
    }

    /// <summary>The conversations of a channel: its events in order of time, with each reply's row found again, handed to the library.</summary>
    public static async Task<DialogueTotals> DialogueAsync(Session session, OrganisationState state, ChannelId channel, DialogueCalculator calculator, Instant? from, Instant observedUntil, CancellationToken cancellationToken)
    {
        RefuseTakenOut(session, state, from, nameof(EngagementStore.DialogueFromAsync), "");
        var times = new List<long>();
        var parents = new List<(long Batch, int Row)>();
        var kinds = new List<byte>();
        var roles = new List<byte>();
        var actors = new List<int>();
        var actorNumbers = new Dictionary<long, int>();
        var rowOf = new Dictionary<(long Batch, int Row), int>();
        var also = new Dictionary<int, string[]>();
        await foreach (DbDataReader row in session.QueryAsync(
            $"""
            SELECT e.at_ms, e.kind, e.role, e.actor_no, e.batch_no, e.row_no, e.reply_row, k.reply_to, p.batch_no, p.row_no, k.also_reply_to FROM engagement.event e
            JOIN engagement.channel_key c ON c.org = $1 AND c.channel_no = e.channel_no AND c.channel = $2
            LEFT JOIN engagement.event_key k ON k.org = $1 AND k.batch_no = e.batch_no AND k.row_no = e.row_no
            LEFT JOIN engagement.event_key p ON p.org = $1 AND p.id = k.reply_to
            WHERE e.org = $1 AND e.at_ms < $3 AND e.at_ms >= $4{EventFilter.Acknowledged(session, state).Replace("batch_no", "e.batch_no", StringComparison.Ordinal)} ORDER BY e.at_ms, e.batch_no, e.row_no
            """,
            cancellationToken,
            state.Number,
            channel.Value,
            observedUntil.ToUnixTimeMilliseconds(),
            from?.ToUnixTimeMilliseconds() ?? long.MinValue).ConfigureAwait(false))
        {
            (long batch, int number) = (row.GetInt64(4), row.GetInt32(5));
            rowOf.Add((batch, number), times.Count);
            if (!row.IsDBNull(10)) also.Add(times.Count, row.GetString(10).Split(Separator));
            times.Add(row.GetInt64(0));
            kinds.Add((byte)row.GetInt16(1));
            roles.Add((byte)row.GetInt16(2));
            int actor = -1;
            if (!row.IsDBNull(3) && !actorNumbers.TryGetValue(row.GetInt64(3), out actor)) actorNumbers.Add(row.GetInt64(3), actor = actorNumbers.Count);
            actors.Add(actor);
            parents.Add(!row.IsDBNull(8) ? (row.GetInt64(8), row.GetInt32(9)) : !row.IsDBNull(7) ? (0, 0) : row.IsDBNull(6) ? (-1, -1) : (batch, row.GetInt32(6)));
        }

        // Batches are numbered from 1: batch 0 is one that is not known.
        int[] replies = [.. parents.Select(parent => parent.Batch < 0 ? -1 : rowOf.GetValueOrDefault(parent, -2))];
        Dictionary<string, (long Batch, int Row)> places = await PlacesAsync(session, state, [.. also.Values.SelectMany(ids => ids)], cancellationToken).ConfigureAwait(false);
        Dictionary<int, int[]> alsoReplies = also.ToDictionary(entry => entry.Key, entry => entry.Value.Distinct(StringComparer.Ordinal)
            .Select(id => places.TryGetValue(id, out (long, int) place) ? rowOf.GetValueOrDefault(place, -2) : -2).Where(parent => parent < 0 || parent != replies[entry.Key]).ToArray());
        return calculator.Calculate([.. times], replies, alsoReplies, [.. kinds], [.. roles], [.. actors], observedUntil.ToUnixTimeMilliseconds(), state.Organisation.TimeZone);
    }

    /// <summary>What is left must not pass for all: events that were taken out are an error to whoever asks for their days.</summary>
    private static void RefuseTakenOut(Session session, OrganisationState state, Instant? from, string door, string orElse)
    {
        if (state.EventsFrom is not { } kept || from >= kept) return;
        throw new StoreException($"{session.Engine.Place}: events before {kept} were taken out, and {(from is null ? "all" : $"those from {from} on")} are asked for: ask from that moment on ({door}){orElse}.");
    }

    /// <summary>Batch and row of the events with some ids.</summary>
    private static async Task<Dictionary<string, (long Batch, int Row)>> PlacesAsync(Session session, OrganisationState state, HashSet<string> ids, CancellationToken cancellationToken)
    {
        string[] asked = [.. ids];
        long?[] batches = await Keys.FindAsync(session, state.Number, "event_key", "id", "batch_no", asked, cancellationToken).ConfigureAwait(false);
        long?[] rows = await Keys.FindAsync(session, state.Number, "event_key", "id", "row_no", asked, cancellationToken).ConfigureAwait(false);
        return Enumerable.Range(0, asked.Length).Where(index => batches[index] is not null).ToDictionary(index => asked[index], index => (batches[index]!.Value, (int)rows[index]!.Value), StringComparer.Ordinal);
    }

    private static async IAsyncEnumerable<Interaction> InteractionsAsync(Session session, OrganisationState state, Instant? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (DbDataReader row in session.QueryAsync(
            $"""
            SELECT e.at_ms, c.channel, e.kind, e.role, coalesce(a.actor, CAST(e.actor_no AS TEXT)), p.publication, b.id, e.row_no, e.reply_row, k.id, k.reply_to, r.id, k.also_reply_to FROM engagement.event e
            JOIN engagement.channel_key c ON c.org = $1 AND c.channel_no = e.channel_no
            JOIN engagement.batch b ON b.org = $1 AND b.batch_no = e.batch_no
            LEFT JOIN engagement.actor_key a ON a.org = $1 AND a.actor_no = e.actor_no
            LEFT JOIN engagement.publication_key p ON p.org = $1 AND p.publication_no = e.publication_no
            LEFT JOIN engagement.event_key k ON k.org = $1 AND k.batch_no = e.batch_no AND k.row_no = e.row_no
            LEFT JOIN engagement.event_key r ON r.org = $1 AND r.batch_no = e.batch_no AND r.row_no = e.reply_row
            WHERE e.org = $1 AND e.at_ms >= $2 ORDER BY e.batch_no, e.row_no
            """,
            cancellationToken,
            state.Number,
            from?.ToUnixTimeMilliseconds() ?? long.MinValue).ConfigureAwait(false))
        {
            string batch = row.GetString(6);
            yield return new Interaction(row.IsDBNull(9) ? IdOf(batch, row.GetInt32(7)) : row.GetString(9), new(row.GetString(1)), (InteractionKind)row.GetInt16(2), Instant.FromUnixTimeMilliseconds(row.GetInt64(0)), (ActorRole)row.GetInt16(3))
            {
                Actor = row.IsDBNull(4) ? default : new ActorId(row.GetString(4)),
                Publication = row.IsDBNull(5) ? default : new PublicationId(row.GetString(5)),
                ReplyTo = !row.IsDBNull(10) ? new InteractionId(row.GetString(10)) : !row.IsDBNull(9) || row.IsDBNull(8) ? default : new InteractionId(row.IsDBNull(11) ? IdOf(batch, row.GetInt32(8)) : row.GetString(11)),
                AlsoReplyTo = row.IsDBNull(12) ? [] : [.. row.GetString(12).Split(Separator).Select(id => new InteractionId(id))],
            };
        }
    }

    /// <summary>The id of an event that has none of its own.</summary>
    public static string IdOf(string batch, int row) => string.Create(CultureInfo.InvariantCulture, $"{batch}#{row}");
}
