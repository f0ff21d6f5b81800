using System.Globalization;
using Engagement.Core;
using Engagement.Core.Logs;

namespace Engagement.Storage;

/// <summary>The numbers that stand in the log for channels, publications and actors; new ones are given within the transaction of the batch that names them first.</summary>
internal sealed class Keys(Session session, int organisation)
{
    private const string Stage = "stage_key";

    /// <summary>The store's number of each of the log's channels.</summary>
    public async Task<int[]> ChannelsAsync(IReadOnlyList<ChannelId> channels, CancellationToken cancellationToken)
    {
        Dictionary<ChannelId, int> known = (await AllChannelsAsync(session, organisation, cancellationToken).ConfigureAwait(false)).ToDictionary(entry => entry.Channel, entry => entry.Number);
        int next = known.Count == 0 ? 0 : known.Values.Max() + 1;
        ChannelId[] unknown = [.. channels.Where(channel => !known.ContainsKey(channel))];
        foreach (ChannelId channel in unknown) known.Add(channel, next++);
        await session.Engine.WriteAsync(session, "channel_key", ["org", "channel_no", "channel"], unknown.Select(channel => new object?[] { organisation, known[channel], channel.Value }), cancellationToken).ConfigureAwait(false);
        return [.. channels.Select(channel => known[channel])];
    }

    /// <summary>The store's number of each of the log's publications.</summary>
    /// <param name="log">The log.</param>
    /// <param name="channels">The numbers of the log's channels.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<int[]> PublicationsAsync(InteractionLog log, int[] channels, CancellationToken cancellationToken)
    {
        if (log.Publications.Count == 0) return [];
        int[] owners = log.Dictionary.ChannelOfPublication.ToArray();

        // A publication to which no row belongs has no channel, and needs no number.
        await session.StageAsync(
            Stage,
            "place INTEGER NOT NULL, text TEXT NOT NULL, channel_no INTEGER NOT NULL",
            owners.Select((owner, place) => (owner, place)).Where(entry => entry.owner != InteractionLog.None).Select(entry => new object?[] { entry.place, log.Publications[entry.place].Value, channels[entry.owner] }),
            cancellationToken).ConfigureAwait(false);
        long first = 1 + await session.NumberAsync("SELECT coalesce(max(publication_no), -1) FROM engagement.publication_key WHERE org = $1", cancellationToken, organisation).ConfigureAwait(false);
        await session.ExecuteAsync(
            $"""
            INSERT INTO engagement.publication_key (org, publication_no, publication, channel_no)
            SELECT CAST($1 AS INTEGER), CAST($2 + row_number() OVER (ORDER BY s.place) - 1 AS INTEGER), s.text, s.channel_no
            FROM {Stage} s WHERE NOT EXISTS (SELECT 1 FROM engagement.publication_key k WHERE k.org = $1 AND k.publication = s.text)
            """,
            cancellationToken,
            organisation,
            first).ConfigureAwait(false);
        int[] numbers = new int[owners.Length];
        Array.Fill(numbers, InteractionLog.None);
        await foreach (var row in session.QueryAsync(
            $"""
            SELECT s.place, k.publication_no, s.channel_no, k.channel_no, s.text, c.channel
            FROM {Stage} s JOIN engagement.publication_key k ON k.org = $1 AND k.publication = s.text JOIN engagement.channel_key c ON c.org = $1 AND c.channel_no = k.channel_no
            """,
            cancellationToken,
            organisation).ConfigureAwait(false))
        {
            int place = row.GetInt32(0);
            if (row.GetInt32(2) != row.GetInt32(3))
            {
                throw new StoreException($"publication {Guard.Excerpt(row.GetString(4))} stands with channel {Guard.Excerpt(log.Channels[owners[place]].Value)}, and in the store with channel {Guard.Excerpt(row.GetString(5))}, and a publication has one channel: correct the rows, or give the publications ids of their own.");
            }

            numbers[place] = row.GetInt32(1);
        }

        await session.UnstageAsync(Stage, cancellationToken).ConfigureAwait(false);
        return numbers;
    }

    /// <summary>The store's number of each of the log's actors: a text that is a number is that number, as in a log without texts; another one has a negative number of its own.</summary>
    public async Task<long[]> ActorsAsync(IReadOnlyList<ActorId> actors, CancellationToken cancellationToken)
    {
        long[] numbers = new long[actors.Count];
        var texts = new List<int>();
        for (int place = 0; place < numbers.Length; place++)
        {
            if (NumberOf(actors[place]) is { } number) numbers[place] = number;
            else texts.Add(place);
        }

        if (texts.Count == 0) return numbers;
        await session.StageAsync(Stage, "place INTEGER NOT NULL, text TEXT NOT NULL", texts.Select(place => new object?[] { place, actors[place].Value }), cancellationToken).ConfigureAwait(false);
        long last = await session.NumberAsync("SELECT coalesce(min(actor_no), 0) FROM engagement.actor_key WHERE org = $1", cancellationToken, organisation).ConfigureAwait(false);
        await session.ExecuteAsync(
            $"""
            INSERT INTO engagement.actor_key (org, actor_no, actor)
            SELECT CAST($1 AS INTEGER), $2 - row_number() OVER (ORDER BY s.place), s.text
            FROM {Stage} s WHERE NOT EXISTS (SELECT 1 FROM engagement.actor_key k WHERE k.org = $1 AND k.actor = s.text)
            """,
            cancellationToken,
            organisation,
            last).ConfigureAwait(false);
        await foreach (var row in session.QueryAsync($"SELECT s.place, k.actor_no FROM {Stage} s JOIN engagement.actor_key k ON k.org = $1 AND k.actor = s.text", cancellationToken, organisation).ConfigureAwait(false)) numbers[row.GetInt32(0)] = row.GetInt64(1);
        await session.UnstageAsync(Stage, cancellationToken).ConfigureAwait(false);
        return numbers;
    }

    public static Task<List<(int Number, ChannelId Channel)>> AllChannelsAsync(Session session, int organisation, CancellationToken cancellationToken) =>
        session.ListAsync("SELECT channel_no, channel FROM engagement.channel_key WHERE org = $1 ORDER BY channel_no", row => (row.GetInt32(0), new ChannelId(row.GetString(1))), cancellationToken, organisation);

    /// <summary>The number that an actor's text is, in the one way to write it; null for any other text.</summary>
    public static int? NumberOf(ActorId actor) =>
        int.TryParse(actor.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number.ToString(CultureInfo.InvariantCulture) == actor.Value ? number : null;
}
