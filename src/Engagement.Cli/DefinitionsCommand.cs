using System.Globalization;
using System.Text.Json;
using Engagement.Core;
using Engagement.Reporting;

namespace Engagement.Cli;

/// <summary><c>engagement definitions</c>: lists all definitions, or explains one.</summary>
internal static class DefinitionsCommand
{
    public static int Run(string? name, string format, Language language, int width, TextWriter output, TextWriter error)
    {
        IReadOnlyList<Definition> shown = Definitions.All;
        if (name is not null)
        {
            if (!DefinitionName.TryFind(name, error, out Definition? found)) return Program.BadUsage;
            shown = [found];
        }

        output.Write(format == "json" ? JsonRenderer.Document("engagement-definitions/1", language, json => Write(json, shown, language))
            : TableRenderer.Render(_ => name is null ? List(shown, language) : Details(shown[0], language), width));
        return Program.Success;
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Definition> definitions, Language language)
    {
        json.WriteStartArray("definitions");
        foreach (Definition definition in definitions)
        {
            json.WriteStartObject();
            json.WriteString("id", definition.Id.Name);
            json.WriteNumber("version", definition.Id.Version);
            json.WriteString("formula", definition.Formula(language));
            json.WriteNumber("scale", definition.Scale);
            json.WriteString("interval", definition.Interval?.ToString());
            json.WriteString("source", definition.Source);
            if (definition is EngagementRatioDefinition ratio)
            {
                json.WritePropertyName("parts");
                json.WriteRawValue(ratio.ToJson());
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IReadOnlyList<Block> List(IReadOnlyList<Definition> definitions, Language language)
    {
        string Say(string english, string german) => language is Language.German ? german : english;
        return
        [
            new Block.Heading { Level = 1, Text = Say("Definitions", "Definitionen") },
            new Block.Table
            {
                Header = ["ID", Say("Formula", "Formel"), Say("per", "je"), Say("Interval", "Intervall"), Say("Source", "Quelle")],
                Rows = [.. definitions.Select(definition => (string[])[definition.Id.ToString(), definition.Formula(language).Split(" · ")[0], definition.Scale.ToString(CultureInfo.InvariantCulture), definition.Interval?.ToString() ?? "–", definition.Source ?? ""])],
                Numbers = new HashSet<int> { 0, 1, 2, 3 },
            },
            new Block.Lines { Items = [Say("One in full: engagement definitions ID", "Eine ausführlich: engagement definitions ID --language de")] },
        ];
    }

    private static IReadOnlyList<Block> Details(Definition definition, Language language)
    {
        string Say(string english, string german) => language is Language.German ? german : english;
        string[] formula = definition.Formula(language).Split(" · ");
        return
        [
            new Block.Heading { Level = 3, Text = definition.Id.ToString() },
            new Block.Lines
            {
                Items =
                [
                    $"{Say("Formula", "Formel")}: {formula[0]}",
                    .. formula[1..].Select(meaning => $"  {meaning}"),
                    $"{Say("Shown per", "Angezeigt je")}: {definition.Scale.ToString(CultureInfo.InvariantCulture)}",
                    $"{Say("Interval", "Intervall")}: {definition.Interval?.ToString() ?? Say("none", "keines")}",
                    $"{Say("Source", "Quelle")}: {definition.Source ?? Say("none", "keine")}",
                ],
            },
            .. definition is EngagementRatioDefinition ratio ? [new Block.Lines { Items = [Say("To make your own of it:", "Als Vorlage für eine eigene:"), .. ratio.ToJson().Split('\n')] }] : Array.Empty<Block>(),
        ];
    }
}
