using System.Data.Common;
using Engagement.Core;
using NodaTime;

namespace Engagement.Storage;

/// <summary>What a store needs from time to time: a check of its cells and batches against the log, and taking out what may not stay.</summary>
internal static class Upkeep
{
    private const int MostFindings = 100;

    public static async Task<StoreCheck> CheckAsync(Session session, OrganisationState state, CancellationToken cancellationToken)
    {
        var findings = new List<string>();
        string zoneData = DailyCells.ZoneDataOf(state.Organisation.TimeZone);
        if (state.ZoneData != zoneData) findings.Add($"The daily cells were made with other time-zone data ({state.ZoneData ?? "none"}, and now {zoneData}): figures are counted from the events until they are rebuilt.");
        string events = await DailyCells.EventDaysAsync(session, state, cancellationToken).ConfigureAwait(false);
        string sql = $"""
            SELECT day, c.channel, kind, role, counted, kept FROM (
                SELECT day, channel_no, kind, role, CAST(sum(counted) AS BIGINT) AS counted, CAST(sum(kept) AS BIGINT) AS kept FROM (
                    SELECT day, channel_no, kind, role, count(*) AS counted, 0 AS kept FROM {events} WHERE day >= $2 GROUP BY day, channel_no, kind, role
                    UNION ALL
                    SELECT day, channel_no, kind, role, 0 AS counted, events AS kept FROM engagement.daily_cell WHERE org = $1 AND day >= $2
                ) both_sides GROUP BY day, channel_no, kind, role
            ) cell JOIN engagement.channel_key c ON c.org = $1 AND c.channel_no = cell.channel_no
            WHERE counted <> kept ORDER BY day, c.channel, kind, role
            """;
        int differences = 0;
        await foreach (DbDataReader row in session.QueryAsync(sql, cancellationToken, state.Number, state.FirstDayOfEvents).ConfigureAwait(false))
        {
            if (++differences <= MostFindings)
            {
                findings.Add(FormattableString.Invariant($"{DayNumber.ToDate(row.GetInt32(0)):uuuu-MM-dd}, channel {Guard.Excerpt(row.GetString(1))}, {(InteractionKind)row.GetInt16(2)} by {(ActorRole)row.GetInt16(3)}: the log has {row.GetInt64(4)}, and the daily cells {row.GetInt64(5)}."));
            }
        }

        if (differences > MostFindings) findings.Add(FormattableString.Invariant($"{differences - MostFindings} more cells differ."));
        long months = await session.NumberAsync($"SELECT count(*) FROM engagement.month_cell WHERE org = $1 AND events <> {session.Engine.SumOf("by_day")}", cancellationToken, state.Number).ConfigureAwait(false);
        if (months > 0) findings.Add(FormattableString.Invariant($"{months} rows of month_cell state another number of events than their days have together."));
        long stated = await session.NumberAsync("SELECT sum(events) FROM engagement.batch WHERE org = $1", cancellationToken, state.Number).ConfigureAwait(false);
        long held = await session.NumberAsync($"SELECT count(*) FROM engagement.event WHERE org = $1{EventFilter.Acknowledged(session, state)}", cancellationToken, state.Number).ConfigureAwait(false);
        if (stated != state.Events) findings.Add(FormattableString.Invariant($"The batches state {stated} events, and the organisation {state.Events}."));
        if (state.EventsFrom is null)
        {
            // Without retention, every batch must be there to the last event.
            await foreach (DbDataReader row in session.QueryAsync(
                $"""
                SELECT b.id, b.events, coalesce(e.held, 0) FROM engagement.batch b
                LEFT JOIN (SELECT batch_no, count(*) AS held FROM engagement.event WHERE org = $1{EventFilter.Acknowledged(session, state)} GROUP BY batch_no) e ON e.batch_no = b.batch_no
                WHERE b.org = $1 AND b.events <> coalesce(e.held, 0) ORDER BY b.batch_no
                """,
                cancellationToken,
                state.Number).ConfigureAwait(false))
            {
                if (findings.Count < 2 * MostFindings) findings.Add(FormattableString.Invariant($"Batch {Guard.Excerpt(row.GetString(0))} states {row.GetInt64(1)} events, and the log holds {row.GetInt64(2)} of them."));
            }
        }

        long batches = await session.NumberAsync("SELECT count(*) FROM engagement.batch WHERE org = $1", cancellationToken, state.Number).ConfigureAwait(false);
        return new StoreCheck(batches, held, new ValueList<string>(findings));
    }

    /// <summary>Takes an actor out of the events and out of the list of actors. Counts of events stay as they were.</summary>
    public static async Task<long> ForgetAsync(Session session, OrganisationState state, ActorId actor, CancellationToken cancellationToken)
    {
        long number;
        if (Keys.NumberOf(actor) is { } itself)
        {
            number = itself;
        }
        else
        {
            List<long> known = await session.ListAsync("SELECT actor_no FROM engagement.actor_key WHERE org = $1 AND actor = $2", row => row.GetInt64(0), cancellationToken, state.Number, actor.Value).ConfigureAwait(false);
            if (known.Count == 0) return 0;
            number = known[0];
        }

        long events = await session.ExecuteAsync("UPDATE engagement.event SET actor_no = NULL WHERE org = $1 AND actor_no = $2", cancellationToken, state.Number, number).ConfigureAwait(false);
        await session.ExecuteAsync("DELETE FROM engagement.actor_key WHERE org = $1 AND actor_no = $2", cancellationToken, state.Number, number).ConfigureAwait(false);
        return events;
    }

    /// <summary>States from which day on events are kept, so that nobody asks for those before; <see cref="TakeOutAsync"/> takes them out, with the actors who have none left. Daily cells stay.</summary>
    /// <returns>The first moment of the day.</returns>
    public static async Task<Instant> KeepFromAsync(Session session, OrganisationState state, LocalDate from, CancellationToken cancellationToken)
    {
        // A day that the zone skipped begins with the one after it.
        Instant start = from.AtMidnight().InZoneLeniently(state.Organisation.TimeZone).ToInstant();
        if (start <= state.EventsFrom) return start;

        // The cells of days that go must be as good as the events were: afterwards nothing can be counted again.
        if (state.ZoneData != DailyCells.ZoneDataOf(state.Organisation.TimeZone)) await DailyCells.RebuildAsync(session, state, cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync("UPDATE engagement.organisation SET events_from_ms = $2 WHERE org = $1", cancellationToken, state.Number, start.ToUnixTimeMilliseconds()).ConfigureAwait(false);
        return start;
    }

    /// <summary>Takes out the events before a moment, and the ids and actors that have none left.</summary>
    /// <returns>How many events.</returns>
    public static async Task<long> TakeOutAsync(Session session, int organisation, Instant from, CancellationToken cancellationToken)
    {
        long events = await session.ExecuteAsync("DELETE FROM engagement.event WHERE org = $1 AND at_ms < $2", cancellationToken, organisation, from.ToUnixTimeMilliseconds()).ConfigureAwait(false);

        // Shards may have given up their events before what named them here was gone: ids and actors are looked for by themselves, and not by the events that go now.
        if (events == 0 && !session.Engine.MayHoldRemains) return 0;
        await session.ExecuteAsync("DELETE FROM engagement.event_key AS k WHERE k.org = $1 AND NOT EXISTS (SELECT 1 FROM engagement.event e WHERE e.org = $1 AND e.batch_no = k.batch_no AND e.row_no = k.row_no)", cancellationToken, organisation).ConfigureAwait(false);
        await session.ExecuteAsync("DELETE FROM engagement.actor_key AS k WHERE k.org = $1 AND NOT EXISTS (SELECT 1 FROM engagement.event e WHERE e.org = $1 AND e.actor_no = k.actor_no)", cancellationToken, organisation).ConfigureAwait(false);
        return events;
    }
}
