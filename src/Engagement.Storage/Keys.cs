using System.Globalization;
using Engagement.Core;
using Engagement.Core.Logs;

namespace Engagement.Storage;

/// <summary>The numbers that stand in the log for channels, publications and actors; new ones are given within the transaction of the batch that names them first.</summary>
internal sealed class Keys(Session session, int organisation)
{
    private const int MostTexts = 1 << 16;

    /// <summary>The store's number of each of the log's channels.</summary>
    public async Task<int[]> ChannelsAsync(IReadOnlyList<ChannelId> channels, CancellationToken cancellationToken)
    {
        Dictionary<ChannelId, int> known = (await AllChannelsAsync(session, organisation, cancellationToken).ConfigureAwait(false)).ToDictionary(entry => entry.Channel, entry => entry.Number);
        int next = known.Count == 0 ? 0 : known.Values.Max() + 1;
        ChannelId[] unknown = [.. channels.Where(channel => !known.ContainsKey(channel))];
        foreach (ChannelId channel in unknown) known.Add(channel, next++);
        if (unknown.Length > 0) await session.Engine.WriteAsync(session, "channel_key", ["org", "channel_no", "channel"], unknown.Select(channel => new object?[] { organisation, known[channel], channel.Value }), cancellationToken).ConfigureAwait(false);
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
        int[] places = [.. Enumerable.Range(0, owners.Length).Where(place => owners[place] != InteractionLog.None)];
        string[] texts = [.. places.Select(place => log.Publications[place].Value)];
        long?[] known = await FindAsync(session, organisation, "publication_key", "publication", "publication_no", texts, cancellationToken).ConfigureAwait(false);
        long?[] owner = await FindAsync(session, organisation, "publication_key", "publication", "channel_no", texts, cancellationToken).ConfigureAwait(false);
        long next = !known.Contains(null) ? 0 : 1 + await session.NumberAsync("SELECT coalesce(max(publication_no), -1) FROM engagement.publication_key WHERE org = $1", cancellationToken, organisation).ConfigureAwait(false);
        int[] numbers = new int[owners.Length];
        Array.Fill(numbers, InteractionLog.None);
        var added = new List<object?[]>();
        for (int index = 0; index < places.Length; index++)
        {
            int channel = owners[places[index]];
            if (known[index] is not { } number) added.Add([organisation, (int)(number = next++), texts[index], channels[channel]]);
            else if (owner[index] != channels[channel]) throw await OtherChannelAsync(texts[index], log.Channels[channel], (int)owner[index]!, cancellationToken).ConfigureAwait(false);
            numbers[places[index]] = checked((int)number);
        }

        if (added.Count > 0) await session.Engine.WriteAsync(session, "publication_key", ["org", "publication_no", "publication", "channel_no"], added, cancellationToken).ConfigureAwait(false);
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

        long?[] known = await FindAsync(session, organisation, "actor_key", "actor", "actor_no", [.. texts.Select(place => actors[place].Value)], cancellationToken).ConfigureAwait(false);
        long next = !known.Contains(null) ? 0 : await session.NumberAsync("SELECT coalesce(min(actor_no), 0) FROM engagement.actor_key WHERE org = $1", cancellationToken, organisation).ConfigureAwait(false) - 1;
        var added = new List<object?[]>();
        for (int index = 0; index < texts.Count; index++)
        {
            if (known[index] is not { } number) added.Add([organisation, number = next--, actors[texts[index]].Value]);
            numbers[texts[index]] = number;
        }

        if (added.Count > 0) await session.Engine.WriteAsync(session, "actor_key", ["org", "actor_no", "actor"], added, cancellationToken).ConfigureAwait(false);
        return numbers;
    }

    /// <summary>The number that the store has with each of some texts; null for a text that it does not know.</summary>
    /// <remarks>A look-up of the index for each text, never a join, for which PostgreSQL would read the whole table: a small batch takes as long in a large store as in an empty one.</remarks>
    /// <param name="session">The transaction.</param>
    /// <param name="organisation">The organisation's number.</param>
    /// <param name="table">The table.</param>
    /// <param name="key">Its column of texts, each of which it has once for an organisation.</param>
    /// <param name="number">Its column of numbers.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<long?[]> FindAsync(Session session, int organisation, string table, string key, string number, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        long?[] found = new long?[texts.Count];
        for (int start = 0; start < texts.Count; start += MostTexts)
        {
            await foreach (var row in session.QueryAsync(
                $"""
                SELECT s.place, (SELECT min(k.{number}) FROM engagement.{table} k WHERE k.org = $1 AND k.{key} = s.text)
                FROM (SELECT unnest(CAST($2 AS TEXT[])) AS text, generate_subscripts(CAST($2 AS TEXT[]), 1) AS place) s
                """,
                cancellationToken,
                organisation,
                texts.Skip(start).Take(MostTexts).ToList()).ConfigureAwait(false))
            {
                if (!row.IsDBNull(1)) found[start + (int)Session.Whole(row, 0) - 1] = Session.Whole(row, 1);
            }
        }

        return found;
    }

    public static Task<List<(int Number, ChannelId Channel)>> AllChannelsAsync(Session session, int organisation, CancellationToken cancellationToken) =>
        session.ListAsync("SELECT channel_no, channel FROM engagement.channel_key WHERE org = $1 ORDER BY channel_no", row => (row.GetInt32(0), new ChannelId(row.GetString(1))), cancellationToken, organisation);

    /// <summary>The number that an actor's text is, in the one way to write it; null for any other text.</summary>
    public static int? NumberOf(ActorId actor) =>
        int.TryParse(actor.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number.ToString(CultureInfo.InvariantCulture) == actor.Value ? number : null;

    private async Task<StoreException> OtherChannelAsync(string publication, ChannelId channel, int owner, CancellationToken cancellationToken)
    {
        ChannelId other = (await AllChannelsAsync(session, organisation, cancellationToken).ConfigureAwait(false)).First(entry => entry.Number == owner).Channel;
        return new StoreException($"publication {Guard.Excerpt(publication)} stands with channel {Guard.Excerpt(channel.Value)}, and in the store with channel {Guard.Excerpt(other.Value)}, and a publication has one channel: correct the rows, or give the publications ids of their own.");
    }
}
