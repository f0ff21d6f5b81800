using System.Text.Json;

namespace Engagement.Acceptance.Tests;

/// <summary><c>engagement dialogue</c>, and the sections on dialogue of <c>engagement report</c>.</summary>
public sealed class DialogueSpecs
{
    private static readonly string Demo = Path.Combine(AppContext.BaseDirectory, "samples", "demo-association");

    // docs/dialogue.md: 20 questions, of which 5 are answered after 0.17, 0.75, 0.88, 2 and 20 hours.
    private static readonly (double Hours, string Role)[] Answers = [(0.17, "staff"), (0.75, "organisation"), (0.88, "staff"), (2, "staff"), (20, "organisation")];

    [Theory]
    [InlineData("en", "DIALOGUE REPORT", "Does anybody talk with anybody?", "not", "reciprocal")]
    [InlineData("de", "DIALOG-BERICHT", "Spricht jemand mit jemandem?", "nicht", "wechselseitig")]
    public void The_dialogue_of_the_demo_stands_in_both_languages(string language, params string[] texts)
    {
        string report = Tool.Run("dialogue", Demo, "--language", language, "--from", "2024-01-01", "--to", "2025-01-01").Succeeded();
        Assert.All(texts, text => Assert.Contains(text, report, StringComparison.Ordinal));
        Assert.DoesNotContain("ENGAGEMENT RATIO", report, StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_report_has_the_sections_on_dialogue_too()
    {
        string report = Tool.Run("report", Demo, "--from", "2024-01-01", "--to", "2024-02-01", "--format", "markdown").Succeeded();
        Assert.Contains("## Dialogue", report, StringComparison.Ordinal);
        Assert.DoesNotContain("## Dialogue", Tool.Run("report", Tool.Sample, "--format", "markdown").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_of_twenty_answered_is_told_alike_in_all_formats()
    {
        string folder = Folder();
        try
        {
            string[] period = ["--from", "2014-11-01", "--to", "2014-12-01"];
            using JsonDocument json = JsonDocument.Parse(Tool.Run(["dialogue", folder, "--format", "json", .. period]).Succeeded());
            JsonElement row = json.RootElement.GetProperty("dialogue").EnumerateArray().First();
            JsonElement response = row.GetProperty("response");
            Assert.Equal((20, 5, 15), (response.GetProperty("answerable").GetInt32(), response.GetProperty("answered").GetInt32(), response.GetProperty("unanswered").GetInt32()));
            Assert.Equal(JsonValueKind.Null, response.GetProperty("medianHours").ValueKind);
            Assert.Equal(0.88, response.GetProperty("answeredOnlyMedianHours").GetDouble(), 1e-9);
            Assert.Equal("Answered", row.GetProperty("level").GetString());
            Assert.Equal("q0", row.GetProperty("example").GetString());
            JsonElement rate = JsonFigures.Of(json, "response-rate", "page");
            Assert.Equal((5.0, 20.0, 0.25), (rate.GetProperty("numerator").Number("value")!.Value, rate.GetProperty("denominator").Number("value")!.Value, rate.Number("value")!.Value));

            var csv = Csv.Rows(Tool.Run(["dialogue", folder, "--format", "csv", .. period]).Succeeded());
            Assert.Equal("", csv.Single(line => line["definition"] == "median-response-hours" && line["channel"] == "page")["value"]);
            Assert.Equal("0.25", csv.Single(line => line["definition"] == "response-rate" && line["channel"] == "page")["value"]);
            Assert.Equal(0.15, double.Parse(csv.Single(line => line["definition"] == "share-answered-within" && line["estimate"] == "1h" && line["channel"] == "page")["value"], System.Globalization.CultureInfo.InvariantCulture), 1e-12);

            string text = Tool.Run(["dialogue", folder, "--language", "de", .. period]).Succeeded();
            Assert.Contains("25,00", text, StringComparison.Ordinal);
            Assert.Contains("0,88", text, StringComparison.Ordinal);
            Assert.Contains("nicht", text, StringComparison.Ordinal);
            string markdown = Tool.Run(["dialogue", folder, "--format", "markdown", .. period]).Succeeded();
            Assert.Contains("0.88", markdown, StringComparison.Ordinal);

            // Where there is room, no word is divided and no range broken.
            Assert.Contains("| published | feedback | conversations | answered |", markdown, StringComparison.Ordinal);
            Assert.Contains(" | 11.19–46.87 | ", markdown, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Effort_stands_beside_the_conversations_that_outsiders_take_part_in()
    {
        string folder = Folder();
        try
        {
            // 20 questions of outsiders; what the organisation says and nobody answers is no benefit of its own effort.
            File.AppendAllText(Path.Combine(folder, "interactions.csv"), "own,page,post,2014-11-12T08:00:00Z,organisation,,,\n");
            File.WriteAllText(Path.Combine(folder, "efforts.csv"), "channel,from,to,hours,amount,currency\npage,2014-11-01,2014-12-01,10,,\n");
            string[] period = ["--from", "2014-11-01", "--to", "2014-12-01"];
            using JsonDocument json = JsonDocument.Parse(Tool.Run(["report", folder, "--format", "json", .. period]).Succeeded());
            JsonElement each = Assert.Single(JsonFigures.All(json), figure => JsonFigures.Id(figure) == "hours-per-benefit" && figure.GetProperty("benefit").GetString() == "conversations");
            Assert.Equal((10.0, 20.0, 0.5), (each.GetProperty("numerator").Number("value")!.Value, each.GetProperty("denominator").Number("value")!.Value, each.Number("value")!.Value));
            Assert.Contains("Gespräche / Stunden", Tool.Run(["report", folder, "--language", "de", .. period]).Succeeded(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_folder_without_interactions_has_no_dialogue_and_no_zero_instead()
    {
        using JsonDocument json = JsonDocument.Parse(Tool.Run("dialogue", Tool.Sample, "--format", "json").Output);
        JsonElement[] rates = [.. JsonFigures.All(json).Where(figure => JsonFigures.Id(figure) == "response-rate")];
        Assert.NotEmpty(rates);
        Assert.All(rates, rate => Assert.Equal(JsonValueKind.Null, rate.GetProperty("value").ValueKind));
    }

    private static string Folder()
    {
        string folder = Directory.CreateTempSubdirectory("dialogue-").FullName;
        File.WriteAllText(Path.Combine(folder, "organisation.json"), """{ "id": "ihk", "name": "IHK", "timeZone": "Europe/Berlin" }""");
        File.WriteAllText(Path.Combine(folder, "channels.csv"), "id,name,platform,form\npage,Page,facebook,page\n");
        var asked = new DateTime(2014, 11, 10, 8, 0, 0, DateTimeKind.Utc);
        IEnumerable<string> questions = Enumerable.Range(0, 20).Select(index => $"q{index},page,question,{asked.AddMinutes(index):yyyy-MM-ddTHH:mm:ssZ},member,,,");
        IEnumerable<string> answers = Answers.Select((answer, index) => $"a{index},page,reply,{asked.AddMinutes(index).AddHours(answer.Hours):yyyy-MM-ddTHH:mm:ssZ},{answer.Role},,,q{index}");
        File.WriteAllText(Path.Combine(folder, "interactions.csv"), string.Join('\n', new[] { "id,channel,kind,at,role,actor,publication,reply_to" }.Concat(questions).Concat(answers)) + "\n");
        return folder;
    }
}
