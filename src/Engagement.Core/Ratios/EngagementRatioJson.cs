using System.Text.Json;
using System.Text.Json.Serialization;

namespace Engagement.Core;

/// <summary>Reads and writes engagement ratios as JSON, by generated code: strict, so that nothing is read that was not meant (an unknown or double property, a number for a word).</summary>
[JsonSerializable(typeof(EngagementRatioFile))]
[JsonSourceGenerationOptions(
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 8,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true)]
internal sealed partial class EngagementRatioJson : JsonSerializerContext
{
    public static string Write(EngagementRatioDefinition definition) => JsonSerializer.Serialize(
        new EngagementRatioFile
        {
            Schema = Core.EngagementRatioFile.CurrentSchema,
            Name = definition.Id.Name,
            Version = definition.Id.Version,
            Base = definition.Base.ToString(),
            BaseAsOf = definition.BaseAsOf.ToString(),
            Aggregation = definition.Aggregation.ToString(),
            Attribution = definition.Attribution.ToString(),
            Weights = definition.Selection.Kinds.ToDictionary(kind => kind.ToString(), kind => definition.Selection[kind], StringComparer.Ordinal),
            Roles = [.. definition.Selection.Roles.Select(role => role.ToString())],
            Scale = definition.Scale,
            Source = definition.Source,
        },
        Default.EngagementRatioFile);

    public static EngagementRatioDefinition Read(string json)
    {
        EngagementRatioFile file;
        try
        {
            file = JsonSerializer.Deserialize(json, Default.EngagementRatioFile) ?? throw new JsonException("The document is null.");
        }
        catch (JsonException fault)
        {
            // JSON's own message names the property or the place; its exception is no business of the caller.
            throw new FormatException(new BrokenRule("ENG0901", fault.Path ?? "json", Guard.Excerpt(json), "must be JSON of a definition", fault.Message.TrimEnd('.')).ToString(), fault);
        }

        if (file.Schema != Core.EngagementRatioFile.CurrentSchema) throw new FormatException(new BrokenRule("ENG0902", "schema", file.Schema is null ? "missing" : Guard.Excerpt(file.Schema), $"must be \"{Core.EngagementRatioFile.CurrentSchema}\"", "another version is read by another version of this library").ToString());
        var broken = new List<BrokenRule>();
        var draft = new EngagementRatioDraft
        {
            Name = file.Name ?? "",
            Version = file.Version ?? 1,
            Base = Word<EngagementBase>(file.Base, "base", default, broken),
            BaseAsOf = Word(file.BaseAsOf, "baseAsOf", BaseAsOf.AtPublication, broken),
            Aggregation = Word(file.Aggregation, "aggregation", Aggregation.Pooled, broken),
            Attribution = Word(file.Attribution, "attribution", Attribution.ByPublicationDate, broken),
            Scale = file.Scale ?? 100,
            Source = file.Source,
        };
        if (file.Weights is { } weights) draft = draft with { Weights = [.. weights.Select(weight => (Word<InteractionKind>(weight.Key, "weights", default, broken), weight.Value))] };
        if (file.Roles is { } roles) draft = draft with { Roles = [.. roles.Select(role => Word<ActorRole>(role, "roles", default, broken))] };

        // An unknown word is told as such, and not once more as a part that is missing.
        return broken.Count == 0 ? draft.Build() : throw new FormatException(string.Join('\n', broken.Distinct()));
    }

    private static T Word<T>(string? word, string place, T whenMissing, List<BrokenRule> broken)
        where T : struct, Enum
    {
        if (word is null && !EqualityComparer<T>.Default.Equals(whenMissing, default)) return whenMissing;

        // Exactly the name: Enum.TryParse takes "3", " Like" and "Like, Share" too.
        string[] names = Enum.GetNames<T>();
        int index = Array.IndexOf(names, word);
        if (index > 0) return Enum.GetValues<T>()[index];
        broken.Add(new BrokenRule("ENG0903", place, word is null ? "missing" : Guard.Excerpt(word), $"must be the name of a known {typeof(T).Name}", $"take one of {string.Join(", ", names.Skip(1))}"));
        return default;
    }
}
