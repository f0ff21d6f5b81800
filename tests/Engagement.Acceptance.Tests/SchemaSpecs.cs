using System.Text.Json.Nodes;
using NJsonSchema;

namespace Engagement.Acceptance.Tests;

/// <summary>The JSON report, against its published schema.</summary>
public sealed class SchemaSpecs
{
    private static readonly string File = Path.Combine(Tool.Root, "docs", "report.schema.json");

    [Theory]
    [InlineData("report", "ihk-ostwestfalen", "en")]
    [InlineData("report", "demo-association", "de")]
    [InlineData("reach", "demo-association", "en")]
    [InlineData("dialogue", "demo-association", "en")]
    [InlineData("reach", "ihk-ostwestfalen", "de")]
    public async Task The_JSON_of_every_sample_follows_the_schema(string command, string sample, string language)
    {
        JsonSchema schema = await JsonSchema.FromFileAsync(File, TestContext.Current.CancellationToken);
        string json = Tool.Run(command, Path.Combine(AppContext.BaseDirectory, "samples", sample), "--format", "json", "--language", language).Succeeded();
        Assert.Empty(schema.Validate(json).Select(fault => $"{fault.Path}: {fault.Kind}"));
    }

    [Fact]
    public async Task The_schema_refuses_a_report_that_lacks_a_key_has_another_or_holds_text_for_a_number()
    {
        JsonSchema schema = await JsonSchema.FromFileAsync(File, TestContext.Current.CancellationToken);
        string json = Tool.Run("report", Tool.Sample, "--format", "json").Succeeded();
        foreach (Action<JsonObject> spoil in new Action<JsonObject>[]
        {
            report => report.Remove("figures"), report => report["other"] = 1, report => report["schema"] = "engagement-report/1",
            report => report["figures"]![0]!["value"] = "81.82", report => report["figures"]![0]!.AsObject().Remove("caveats"), report => report["channels"]![0]!["audience"]!["size"]!["state"] = "Guessed",
        })
        {
            JsonObject report = JsonNode.Parse(json)!.AsObject();
            spoil(report);
            Assert.NotEmpty(schema.Validate(report.ToJsonString()));
        }
    }
}
