using System.Globalization;
using System.Text.Json;
using Engagement.Core;
using NodaTime;

namespace Engagement.Import;

/// <summary>Reads ActivityStreams 2.0: activities become interactions and publications by the kinds that the mapping gives their types; what is no fact of a portfolio is counted as a note, by its type.</summary>
/// <remarks>In a file whose name holds "outbox" everything is the organisation's own: what it created is a publication, what it created in reply a reply of the organisation.</remarks>
internal sealed class ActivityReader
{
    private const string Namespace = "www.w3.org/ns/activitystreams";
    private const int MostDepth = 8;
    private const int LongestNote = 100;

    private static readonly string[] Collections = ["Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage"];
    private static readonly string[] Signs = ["@context", "type", "@type", "actor", "object", "items", "orderedItems", "verb", "objectType", "id", "@id", "name", "displayName"];
    private static readonly string[] Everybody = ["https://www.w3.org/ns/activitystreams#Public", "http://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"];
    private static readonly string[] Addressed = ["to", "cc", "bto", "bcc", "audience"];
    private static readonly TimeMapping Iso = new();

    private readonly IReadOnlyDictionary<string, string> _kinds;
    private readonly ImportRequest _request;
    private readonly Lazy<string> _defaultChannel;
    private readonly SourceMapping _source;
    private readonly RowTally _tally;
    private readonly bool _isOutbox;

    public ActivityReader(SourceMapping source, TableMapping table, ImportRequest request, Lazy<string> defaultChannel, RowTally tally)
    {
        (Table, _source, _request, _tally) = (table, source, request, tally);
        _defaultChannel = defaultChannel;
        _kinds = table.Facts.Select(fact => fact.Kinds).FirstOrDefault(kinds => kinds is not null) ?? new Dictionary<string, string>(StringComparer.Ordinal);
        _isOutbox = Path.GetFileName(tally.File).Contains("outbox", StringComparison.OrdinalIgnoreCase);
    }

    public TableMapping Table { get; }

    private string Channel => _request.Channel ?? _defaultChannel.Value;

    /// <summary>Why a value looks like ActivityStreams; null when it does not.</summary>
    public static string? Recognises(JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object) return null;
        if (element.TryGetProperty("@context", out JsonElement context) && context.GetRawText().Contains(Namespace, StringComparison.Ordinal)) return "it names the context of ActivityStreams 2.0";
        return Types(element).Length > 0 && Signs.Count(sign => element.TryGetProperty(sign, out _)) >= 2 ? "it has a type and other properties of ActivityStreams" : null;
    }

    /// <summary>The facts of a value, and of the items of a collection.</summary>
    public IEnumerable<(MappedRow Row, JsonRecord Record)> Read(JsonRecord record) => Read(record, record.Element, 0);

    private static string[] Types(JsonElement element)
    {
        if (!element.TryGetProperty("type", out JsonElement type) && !element.TryGetProperty("@type", out type)) return [];
        IEnumerable<JsonElement> all = type.ValueKind is JsonValueKind.Array ? type.EnumerateArray() : [type];
        return [.. all.Where(item => item.ValueKind is JsonValueKind.String).Select(item => Short(item.GetString()!))];
    }

    private static string Short(string type)
    {
        int at = type.IndexOf(Namespace + "#", StringComparison.Ordinal);
        return at >= 0 ? type[(at + Namespace.Length + 1)..] : type.StartsWith("as:", StringComparison.Ordinal) ? type[3..] : type;
    }

    private IEnumerable<(MappedRow Row, JsonRecord Record)> Read(JsonRecord record, JsonElement element, int depth)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            yield return (Note("a reference"), record);
            yield break;
        }

        string[] types = Types(element);
        if (types.Any(Collections.Contains) && depth < MostDepth)
        {
            yield return (Note(types[0]), record);
            foreach (string property in new[] { "items", "orderedItems", "first" })
            {
                if (!element.TryGetProperty(property, out JsonElement items)) continue;
                IEnumerable<JsonElement> inner = items.ValueKind is JsonValueKind.Array ? items.EnumerateArray() : items.ValueKind is JsonValueKind.Object ? [items] : [];
                foreach (JsonElement item in inner)
                {
                    foreach ((MappedRow Row, JsonRecord Record) read in Read(new JsonRecord(item, record.Line, null), item, depth + 1)) yield return read;
                }
            }

            yield break;
        }

        yield return (Map(element, types), record);
    }

    private MappedRow Map(JsonElement element, string[] types)
    {
        string? type = types.FirstOrDefault(_kinds.ContainsKey) ?? types.FirstOrDefault();
        MappedRow row = type switch
        {
            null => Note("an object without a type"),
            "Create" => Created(element),
            "Undo" => Undone(element),
            _ when _kinds.GetValueOrDefault(type) is { Length: > 0 } kind => Reacted(element, type, kind),
            _ when element.TryGetProperty("published", out _) && element.TryGetProperty("attributedTo", out _) => Put(element, element, type),
            _ => Note(type),
        };
        MappedRowValidator.Check(row);
        return row;
    }

    /// <summary>What an actor did to an object.</summary>
    private MappedRow Reacted(JsonElement activity, string type, string word)
    {
        if (MomentOf(activity) is not { } at) return Note($"{type} without a time");
        var row = new MappedRow();
        if (Words<InteractionKind>.Read(word, out InteractionKind kind) is { } fault) row.Refuse(fault, "type", word);
        if (kind is InteractionKind.Like && (Has(activity, "content") || Has(activity, "_misskey_reaction"))) kind = InteractionKind.Emoji;
        string target = kind is InteractionKind.Follow or InteractionKind.Unfollow or InteractionKind.Join or InteractionKind.Leave ? "" : IdOf(activity, "object");
        Add(row, IdOf(activity), kind, at, IdOf(activity, "actor"), target, "");
        return row;
    }

    private MappedRow Undone(JsonElement activity)
    {
        if (!activity.TryGetProperty("object", out JsonElement undone) || undone.ValueKind is not JsonValueKind.Object) return Note("Undo");
        string[] types = Types(undone);
        string? word = types.Contains("Follow", StringComparer.Ordinal) ? "unfollow" : types.Contains("Join", StringComparer.Ordinal) ? "leave" : null;
        return word is null ? Note($"Undo of {types.FirstOrDefault() ?? "an object"}") : Reacted(activity, "Undo", word);
    }

    private MappedRow Created(JsonElement activity)
    {
        if (!activity.TryGetProperty("object", out JsonElement made)) return Note("Create without an object");
        return made.ValueKind is JsonValueKind.Object ? Put(activity, made, "Create") : Note("Create of a reference");
    }

    /// <summary>Something that was published: the organisation's own publication, or what another wrote.</summary>
    private MappedRow Put(JsonElement activity, JsonElement made, string type)
    {
        if ((MomentOf(activity) ?? MomentOf(made)) is not { } at) return Note($"{type} without a time");
        string id = IdOf(made) is { Length: > 0 } own ? own : IdOf(activity);
        string replyTo = IdOf(made, "inReplyTo");
        string actor = IdOf(activity, "actor") is { Length: > 0 } by ? by : IdOf(made, "attributedTo");
        var row = new MappedRow();
        if (_isOutbox && replyTo.Length == 0)
        {
            if (IsPrivate(activity, made)) return Note($"{type} for single persons, a private message");
            row.Channels.Add(new ChannelDraft(Channel, null, _source.Platform, _source.Form));
            row.Publications.Add(new PublicationDraft(id.Length > 0 ? id : Digest(activity), Channel, at, null, Counts(made)));
            return row;
        }

        InteractionKind kind = replyTo.Length > 0 ? InteractionKind.Reply : Types(made).Contains("Question", StringComparer.Ordinal) ? InteractionKind.Question : InteractionKind.Post;
        Add(row, id, kind, at, actor, replyTo, replyTo);
        return row;
    }

    /// <summary>Whether a message names whom it is for, and neither everybody nor the followers are among them: nothing was published.</summary>
    private static bool IsPrivate(JsonElement activity, JsonElement made)
    {
        string[] addressees = [.. new[] { activity, made }.SelectMany(owner => Addressed.SelectMany(property => AddresseesOf(owner, property)))];
        return addressees.Length > 0 && !Array.Exists(addressees, one => Everybody.Contains(one, StringComparer.Ordinal) || one.Split('/').Contains("followers", StringComparer.Ordinal));
    }

    private static IEnumerable<string> AddresseesOf(JsonElement owner, string property)
    {
        if (owner.ValueKind is not JsonValueKind.Object || !owner.TryGetProperty(property, out JsonElement value)) return [];
        return (value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value }).Select(one => one.ValueKind is JsonValueKind.String or JsonValueKind.Object ? IdOf(one) : "").Where(id => id.Length > 0);
    }

    /// <summary>The counters that a server writes into an object.</summary>
    private static Dictionary<string, Count> Counts(JsonElement made)
    {
        var counts = new Dictionary<string, Count>(StringComparer.Ordinal);
        foreach ((string property, string column) in new[] { ("likes", "likes"), ("shares", "reposts"), ("replies", "replies") })
        {
            if (Total(made, property) is { } total) counts[column] = Count.Observed(total);
        }

        foreach (string choice in new[] { "oneOf", "anyOf" })
        {
            if (!made.TryGetProperty(choice, out JsonElement options) || options.ValueKind is not JsonValueKind.Array) continue;
            long?[] votes = [.. options.EnumerateArray().Select(option => Total(option, "replies"))];
            if (votes.Length > 0 && votes.All(vote => vote is not null)) counts["votes"] = Count.Sum(votes.Select(vote => Count.Observed(vote!.Value)));
        }

        return counts;
    }

    private static long? Total(JsonElement owner, string property) =>
        owner.ValueKind is JsonValueKind.Object && owner.TryGetProperty(property, out JsonElement collection) && collection.ValueKind is JsonValueKind.Object
        && collection.TryGetProperty("totalItems", out JsonElement total) && total.ValueKind is JsonValueKind.Number && total.TryGetInt64(out long number) && number >= 0
            ? number
            : null;

    private void Add(MappedRow row, string id, InteractionKind kind, Instant at, string actor, string publication, string replyTo)
    {
        foreach (string text in new[] { id, actor, publication, replyTo })
        {
            if (text.Length > 0 && Texts.Identifier(text) is { } fault) row.Refuse(new Fault(ImportCodes.NotAnIdentifier, fault.Rule, fault.Cure), "id", text);
        }

        if (row.Fault is not null) return;
        row.Channels.Add(new ChannelDraft(Channel, null, _source.Platform, _source.Form));
        row.Interactions.Add(new Interaction(id.Length > 0 ? id : Digest(kind, at, actor, publication), new ChannelId(Channel), kind, at, _isOutbox ? ActorRole.Organisation : ActorRole.Unknown)
        {
            Actor = actor.Length == 0 ? default : new ActorId(actor),
            Publication = publication.Length == 0 ? default : new PublicationId(publication),
            ReplyTo = replyTo.Length == 0 ? default : new InteractionId(replyTo),
        });
    }

    private Instant? MomentOf(JsonElement element)
    {
        foreach (string property in new[] { "published", "updated" })
        {
            if (!element.TryGetProperty(property, out JsonElement value) || value.ValueKind is not JsonValueKind.String) continue;
            if (SourceTimes.Read(value.GetString()!, Iso, _request.Zone, out Instant moment, out _) is null) return moment;
        }

        return null;
    }

    private static bool Has(JsonElement element, string property) => element.TryGetProperty(property, out JsonElement value) && value.ValueKind is JsonValueKind.String && value.GetString()!.Length > 0;

    /// <summary>The id of an object, or of the first of several, or a reference itself; empty when it has none.</summary>
    private static string IdOf(JsonElement owner, string? property = null)
    {
        JsonElement value = owner;
        if (property is not null && (owner.ValueKind is not JsonValueKind.Object || !owner.TryGetProperty(property, out value))) return "";
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Array => value.EnumerateArray().Select(item => IdOf(item)).FirstOrDefault(id => id.Length > 0) ?? "",
            JsonValueKind.Object when value.TryGetProperty("id", out JsonElement id) && id.ValueKind is JsonValueKind.String => id.GetString()!,
            JsonValueKind.Object when value.TryGetProperty("@id", out JsonElement id) && id.ValueKind is JsonValueKind.String => id.GetString()!,
            JsonValueKind.Object when property is not null && value.TryGetProperty("href", out JsonElement href) && href.ValueKind is JsonValueKind.String => href.GetString()!,
            _ => "",
        };
    }

    private static string Digest(JsonElement element) => DigestSet.Of(element.GetRawText()).ToString("x16", CultureInfo.InvariantCulture);

    private static string Digest(InteractionKind kind, Instant at, string actor, string publication) => DigestSet.Of($"{kind}\u001F{at}\u001F{actor}\u001F{publication}").ToString("x16", CultureInfo.InvariantCulture);

    private MappedRow Note(string what)
    {
        _tally.Count($"kept as a note, {(what.Length > LongestNote ? what[..LongestNote] : what)}");
        return new MappedRow { IsNote = true };
    }
}
