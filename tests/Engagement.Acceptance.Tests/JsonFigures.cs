using System.Text.Json;

namespace Engagement.Acceptance.Tests;

/// <summary>Finds figures in the JSON report.</summary>
internal static class JsonFigures
{
    public static IEnumerable<JsonElement> All(JsonDocument json) => json.RootElement.GetProperty("figures").EnumerateArray();

    public static string? Id(JsonElement figure) => figure.GetProperty("definition").GetProperty("id").GetString();

    public static JsonElement Of(JsonDocument json, string definition, string? channel) => All(json).Single(figure => Id(figure) == definition && figure.GetProperty("channel").GetString() == channel);

    public static double? Number(this JsonElement element, string name) => element.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
