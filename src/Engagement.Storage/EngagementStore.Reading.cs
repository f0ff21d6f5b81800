using System.Diagnostics;
using System.Runtime.CompilerServices;
using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage;

/// <content>What is read back: facts, events and conversations.</content>
public sealed partial class EngagementStore
{
    /// <summary>The moment from which on events are kept: the beginning of the latest day that <see cref="RetainAsync"/> was asked for.</summary>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The moment; null when <see cref="RetainAsync"/> was never asked for. It holds also where no event was that old: one may come late.</returns>
    /// <exception cref="StoreException">The engine failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<Instant?> EventsFromAsync(CancellationToken cancellationToken = default) => _work.ReadAsync("events-from", (_, state, _) => Task.FromResult(state.EventsFrom), cancellationToken);

    /// <summary>The facts, and the events as interactions.</summary>
    /// <remarks>An event that was appended without an id bears its batch's and its row's (<c>batch#12</c>). All of it is held in memory: for more than about a million events ask for roll-ups, or read <see cref="ReadLogAsync"/>. What <see cref="RetainAsync"/> left is not handed out as if it were all: see <see cref="ReadPortfolioFromAsync"/>.</remarks>
    /// <param name="withInteractions">Whether the events are wanted.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The portfolio.</returns>
    /// <exception cref="StoreException">The engine failed, a row is not sound, or events are wanted and some were taken out of the store by age.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<Portfolio> ReadPortfolioAsync(bool withInteractions = true, CancellationToken cancellationToken = default) =>
        _work.ReadAsync("read", (session, state, token) => Reading.PortfolioAsync(session, state, withInteractions, null, token), cancellationToken);

    /// <summary>All facts, and the events from a moment on as interactions: what figures of periods that begin at that moment, or later, are made of.</summary>
    /// <param name="from">The first moment whose events are read; not before <see cref="EventsFromAsync"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The portfolio. One of an earlier period must not be asked of it.</returns>
    /// <exception cref="StoreException">The engine failed, a row is not sound, or events from that moment on were taken out of the store by age.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<Portfolio> ReadPortfolioFromAsync(Instant from, CancellationToken cancellationToken = default) =>
        _work.ReadAsync("read", (session, state, token) => Reading.PortfolioAsync(session, state, withInteractions: true, from, token), cancellationToken);

    /// <summary>The log in the order of time, in chunks of about 260,000 rows, one at a time.</summary>
    /// <remarks>It is what is kept: what was taken out by age is not in it. Over the app's one connection of Npgsql no other call of the store is served until the loop over the chunks ends. All chunks have the same channels and publications. Actors are texts as soon as one has a text, listed for each chunk; replies are found again as <see cref="DialogueAsync"/> finds them, also across batches, and one to something that is not read (never in the store, taken out by age, outside of the moments that are asked for) is one to <see cref="InteractionLog.UnknownReply"/>. Where there are several chunks, a reply to what is in the store and not in the same chunk is one to none.</remarks>
    /// <param name="from">The first moment; null for the beginning.</param>
    /// <param name="to">The moment after the last; null for the end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The chunks.</returns>
    /// <exception cref="StoreException">The engine failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async IAsyncEnumerable<InteractionLog> ReadLogAsync(Instant? from = null, Instant? to = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using Activity? activity = _work.Begin("read-log");
        Session session = await _work.DoAsync(() => _work.BeginReadingAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            _engine.KeepWhileCallerWorks();
            OrganisationState state = await _work.DoAsync(() => OrganisationState.ReadAsync(session, _number, cancellationToken), cancellationToken).ConfigureAwait(false);
            IAsyncEnumerator<InteractionLog> chunks = Reading.LogAsync(session, state, from, to, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (chunks.ConfigureAwait(false))
            {
                while (await _work.DoAsync(() => chunks.MoveNextAsync().AsTask(), cancellationToken).ConfigureAwait(false)) yield return chunks.Current;
            }
        }
    }

    /// <summary>Conversations and response times of a channel, whatever batches its messages came in.</summary>
    /// <remarks>The channel's events are streamed in the order of time, and held in about 85 to 150 bytes each while the library counts them: the more, the less full the lists are.</remarks>
    /// <param name="channel">The channel.</param>
    /// <param name="observedUntil">When observation ended; later events do not count.</param>
    /// <param name="calculator">The calculator, for business hours or another level of confidence; the default by default.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The totals of <see cref="DialogueCalculator.Calculate(ReadOnlySpan{long}, ReadOnlySpan{int}, ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{int}, long, DateTimeZone?)"/>.</returns>
    /// <exception cref="StoreException">The engine failed, or events were taken out of the store by age: see <see cref="DialogueFromAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<DialogueTotals> DialogueAsync(ChannelId channel, Instant observedUntil, DialogueCalculator? calculator = null, CancellationToken cancellationToken = default) =>
        _work.ReadAsync("dialogue", (session, state, token) => Reading.DialogueAsync(session, state, channel, calculator ?? new DialogueCalculator(), null, observedUntil, token), cancellationToken);

    /// <summary>Conversations and response times of a channel from a moment on; a reply to something before it is one to the unknown.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="from">The first moment whose events count; not before <see cref="EventsFromAsync"/>.</param>
    /// <param name="observedUntil">When observation ended; later events do not count.</param>
    /// <param name="calculator">The calculator; the default by default.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The totals, as of <see cref="DialogueAsync"/>.</returns>
    /// <exception cref="StoreException">The engine failed, or events from that moment on were taken out of the store by age.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<DialogueTotals> DialogueFromAsync(ChannelId channel, Instant from, Instant observedUntil, DialogueCalculator? calculator = null, CancellationToken cancellationToken = default) =>
        _work.ReadAsync("dialogue", (session, state, token) => Reading.DialogueAsync(session, state, channel, calculator ?? new DialogueCalculator(), from, observedUntil, token), cancellationToken);
}
