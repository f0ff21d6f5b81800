using System.Globalization;
using Engagement.Core;
using Engagement.Core.Logs;

namespace Engagement.Storage;

/// <summary>Appends a batch within a transaction: of logs, or of interactions with their ids, alone or with the facts of a portfolio.</summary>
internal static class Appending
{
    /// <summary>Logs, one at a time.</summary>
    /// <returns>Whether the batch was new.</returns>
    public static async Task<bool> LogsAsync(Session session, int organisation, string batch, IAsyncEnumerable<InteractionLog> logs, CancellationToken cancellationToken)
    {
        (BatchWriter writer, long? known) = await BatchWriter.BeginAsync(session, organisation, batch, cancellationToken).ConfigureAwait(false);
        if (known is null && batch.Length > Reading.LongestBatch) throw new ArgumentException(FormattableString.Invariant($"batch ({Guard.Excerpt(batch)}) must have at most {Reading.LongestBatch} characters where events have no ids, and has {batch.Length}: give it a shorter one."), nameof(batch));
        long rows = 0;
        await foreach (InteractionLog log in logs.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            writer.Digest(log);
            if (known is null) await writer.WriteAsync(log, hasIds: false, cancellationToken).ConfigureAwait(false);
            if (known is null && log.HasAlsoReplyTo) await WriteKeysAsync(session, organisation, log.ToInteractions().Select((one, row) => NamedByRow(one, batch, rows, rows + row)), writer.Number, rows, cancellationToken).ConfigureAwait(false);
            rows += log.Count;
        }

        return await EndAsync(session, writer, known, batch, rows, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Interactions with their ids; one whose id is in the store is left as it is.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="organisation">The organisation's number.</param>
    /// <param name="batch">The batch's id.</param>
    /// <param name="interactions">The interactions.</param>
    /// <param name="all">The same as columns; worked out before the transaction begins.</param>
    /// <param name="facts">Facts that belong to the batch: written with it, and told by its digest; null for none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How many interactions were added; null where the batch was known already.</returns>
    public static async Task<long?> InteractionsAsync(Session session, int organisation, string batch, IReadOnlyCollection<Interaction> interactions, InteractionLog all, Portfolio? facts, CancellationToken cancellationToken)
    {
        (BatchWriter writer, long? known) = await BatchWriter.BeginAsync(session, organisation, batch, cancellationToken).ConfigureAwait(false);
        writer.Digest(all);
        writer.Digest(interactions.Select(interaction => $"{interaction.Id} {interaction.ReplyTo} {Reading.Join(interaction.AlsoReplyTo)}"));
        if (facts is not null) writer.Digest(FactTable.All.SelectMany(table => table.Rows(facts).Select(cells => $"{table.Name} {string.Join('\u001F', cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture)))}")));
        long rows = 0;
        if (known is null)
        {
            long?[] there = await Keys.FindAsync(session, organisation, "event_key", "id", "row_no", [.. interactions.Select(interaction => interaction.Id.Value)], cancellationToken).ConfigureAwait(false);
            Interaction[] added = [.. interactions.Where((_, index) => there[index] is null)];
            rows = added.Length;
            await writer.WriteAsync(added.Length == interactions.Count ? all : InteractionLog.From(added), hasIds: true, cancellationToken).ConfigureAwait(false);
            await WriteKeysAsync(session, organisation, added, writer.Number, 0, cancellationToken).ConfigureAwait(false);
            if (facts is not null) await FactWriter.WriteAsync(session, organisation, facts, cancellationToken).ConfigureAwait(false);
        }

        return await EndAsync(session, writer, known, batch, rows, cancellationToken).ConfigureAwait(false) ? rows : null;
    }

    private static Task WriteKeysAsync(Session session, int organisation, IEnumerable<Interaction> interactions, long batch, long firstRow, CancellationToken cancellationToken) => session.Engine.WriteAsync(
        session,
        "event_key",
        ["org", "id", "batch_no", "row_no", "reply_to", "also_reply_to"],
        interactions.Select((interaction, row) => new object?[] { organisation, interaction.Id.Value, batch, (int)firstRow + row, interaction.ReplyTo.IsNone ? null : interaction.ReplyTo.Value, interaction.AlsoReplyTo.Count == 0 ? null : Reading.Join(interaction.AlsoReplyTo) }),
        cancellationToken);

    /// <summary>A row of a log in which rows reply to several: links beyond the first are kept by ids, so the row and what it replies to bear those by which they would be read anyway.</summary>
    private static Interaction NamedByRow(Interaction one, string batch, long firstRow, long row)
    {
        InteractionId Named(InteractionId id) => new(Reading.IdOf(batch, int.Parse(id.Value, CultureInfo.InvariantCulture) is >= 0 and var number ? (int)firstRow + number : EventBlock.UnknownRow));
        return new Interaction(Reading.IdOf(batch, (int)row), one.Channel, one.Kind, one.At, one.Role) { ReplyTo = one.ReplyTo.IsNone ? default : Named(one.ReplyTo), AlsoReplyTo = [.. one.AlsoReplyTo.Select(Named)] };
    }

    private static async Task<bool> EndAsync(Session session, BatchWriter writer, long? known, string batch, long rows, CancellationToken cancellationToken)
    {
        if (known is { } digest && digest != writer.DigestValue)
        {
            throw new StoreException($"batch ({Guard.Excerpt(batch)}) is in the store with other contents, and what was acknowledged does not change: give new events a batch id of their own.");
        }

        if (known is null) await writer.EndAsync(cancellationToken).ConfigureAwait(false);
        var system = new KeyValuePair<string, object?>("db.system.name", session.Engine.SystemName);
        StoreTelemetry.Batches.Add(1, system, new KeyValuePair<string, object?>("engagement.batch.is_new", known is null));
        if (known is null) StoreTelemetry.Events.Add(rows, system);
        return known is null;
    }
}
