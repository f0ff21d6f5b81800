using System.Text.Json.Serialization;

namespace Engagement.Import;

/// <summary>A fact that a row states.</summary>
internal sealed record FactMapping
{
    /// <summary><c>channel</c>, <c>publication</c>, <c>audience</c>, <c>interaction</c>, <c>measurements</c> or <c>universe</c>.</summary>
    public required string Fact { get; set; }

    /// <summary>The condition: fields with one of these texts; <c>*</c> is any text, an empty text is blank, and <c>{field}</c> is the text of another field.</summary>
    public Dictionary<string, string[]> When { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The opposite: no fact where a field has one of these texts.</summary>
    public Dictionary<string, string[]> Unless { get; set; } = new(StringComparer.Ordinal);

    /// <summary>A text with <c>{field}</c>s in it; <c>{field/last}</c> is what follows the last slash, as the number of a post in its address; <c>{field/time}</c> is a time by ISO 8601, however it is written; <c>{field/owner}</c> is what stands before the underscore of a name (any text where there is none); <c>{#row}</c> is the digest of the row. The same holds for the texts below.</summary>
    public string? Id { get; set; }

    public string? Channel { get; set; }

    public string? Name { get; set; }

    /// <summary>The account that a row is of, where the source names it in a way of its own and the channel is the user's to name: the summary tells that there were several.</summary>
    public string? Of { get; set; }

    /// <summary>When it was published, happened or held. A publication without adds counts to one that is known.</summary>
    public string? At { get; set; }

    /// <summary>The end of the days that measurements cover, included; default: the day of <c>at</c>.</summary>
    public string? Until { get; set; }

    /// <summary>When the counts of a publication were read: the newest row of a publication holds.</summary>
    public string? AsOf { get; set; }

    /// <summary>Of a publication: our counts (<c>impressions</c>, <c>reach</c>, <c>views</c>, <c>likes</c> …) by the field that they stand in; <c>a + b</c> adds fields up.</summary>
    public Dictionary<string, string> Counts { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Of an audience or a universe: the field with its size.</summary>
    public string? Size { get; set; }

    /// <summary>Whether the size is a round number ("about 113,000").</summary>
    public bool IsRounded { get; set; }

    public string? Unit { get; set; }

    /// <summary>Where the figure comes from.</summary>
    public string? Source { get; set; }

    /// <summary>Of an interaction: its kind, or a text that <see cref="Kinds"/> translates.</summary>
    public string? Kind { get; set; }

    /// <summary>The kinds by the source's own words; an empty kind is no interaction.</summary>
    public Dictionary<string, string>? Kinds { get; set => field = IgnoringCase(value); }

    public string? Actor { get; set; }

    public string? Role { get; set; }

    public string? Publication { get; set; }

    public string? ReplyTo { get; set; }

    /// <summary>Of an interaction named by <c>{#row}</c>: whether <see cref="ReplyTo"/> is the number of a row of the table, from 0, and no id.</summary>
    public bool RepliesByRow { get; set; }

    /// <summary>Of measurements: what further the values are broken down by.</summary>
    public string? Segment { get; set; }

    /// <summary>Of measurements: <c>day</c>, <c>week</c>, <c>28 days</c> (named by their last day), the same three with <c>ended</c> (the source names the moment at which they ended), <c>month</c>, <c>interval</c> (up to <c>until</c>, which is not of it), <c>period</c>, <c>life</c> (a total since publication) or <c>moment</c> (a stock).</summary>
    public string Per { get; set; } = "day";

    /// <summary>Fields with counts that add up.</summary>
    public string[] Additive { get; set; } = [];

    /// <summary>Fields with counts of distinct persons or accounts, which only unite.</summary>
    public string[] Unique { get; set; } = [];

    /// <summary>Fields with stocks: a state, not a flow.</summary>
    public string[] Stock { get; set; } = [];

    /// <summary>Fields with differences of two flows, such as followers gained and lost: they add up, and one below 0 takes nothing back.</summary>
    public string[] Net { get; set; } = [];

    /// <summary>Every field that the fact is made of.</summary>
    [JsonIgnore]
    public IEnumerable<string> FieldsRead =>
    [
        .. When.Keys, .. Unless.Keys, .. When.Values.Concat(Unless.Values).SelectMany(texts => texts).SelectMany(Template.FieldsOf), .. Metrics, .. Counts.Values.SelectMany(SourceCounts.Parts), .. new[] { Size, Value }.OfType<string>(),
        .. new[] { Id, Channel, Of, Name, At, Until, AsOf, Unit, Source, Kind, Actor, Role, Publication, ReplyTo, Segment, Metric }.SelectMany(Template.FieldsOf),
    ];

    /// <summary>Of measurements: the name of the metric, where the source states name and value in fields of their own; <c>{#title}</c> is the line above the header.</summary>
    public string? Metric { get; set; }

    /// <summary>The field with the value of <see cref="Metric"/>.</summary>
    public string? Value { get; set; }

    /// <summary>What the source's names of metrics mean: our name, and <c>unique</c> or <c>stock</c> after it unless it adds up. What is not among them is counted in a note.</summary>
    public Dictionary<string, string> Known { get; set => field = IgnoringCase(value) ?? []; } = [];

    [JsonIgnore]
    public IEnumerable<string> Metrics => Additive.Concat(Unique).Concat(Stock).Concat(Net);

    /// <summary>The words of a source in any case; what reads JSON makes a dictionary that tells cases apart.</summary>
    private static Dictionary<string, string>? IgnoringCase(Dictionary<string, string>? words)
    {
        if (words is null) return null;
        var any = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string word, string meaning) in words) any.TryAdd(word, meaning);
        return any;
    }
}
