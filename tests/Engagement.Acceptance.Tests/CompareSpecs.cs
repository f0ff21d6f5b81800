using System.Text.Json;
using Engagement.Core;

namespace Engagement.Acceptance.Tests;

public sealed class CompareSpecs
{
    [Fact]
    public void The_channels_of_the_sample_are_ranked_and_told_apart()
    {
        using var json = JsonDocument.Parse(Tool.Run("compare", Tool.Sample, "--definition", "reach-per-member", "--format", "json").Succeeded());
        Assert.Equal("engagement-comparison/2", json.RootElement.GetProperty("schema").GetString());
        JsonElement[] figures = [.. json.RootElement.GetProperty("figures").EnumerateArray()];
        Assert.Equal(9_000 / 110_000.0, figures[0].GetProperty("figure").GetProperty("value").GetDouble(), 15);
        Assert.Equal([1, 3, 4, 2], figures.Take(4).Select(figure => figure.GetProperty("place").GetInt32()));
        Assert.Equal(("Missing", "MissingNumerator"), (figures[^1].GetProperty("figure").GetProperty("numerator").GetProperty("state").GetString(), figures[^1].GetProperty("figure").GetProperty("reason").GetString()));
        Assert.Equal("Rounded", figures[0].GetProperty("figure").GetProperty("denominator").GetProperty("state").GetString());
        Assert.Equal("xing-tio", figures[0].GetProperty("figure").GetProperty("channel").GetString());
        JsonElement[] comparisons = [.. json.RootElement.GetProperty("comparisons").EnumerateArray()];
        Assert.Equal(6, comparisons.Length);
        Assert.All(comparisons, comparison => Assert.True(comparison.GetProperty("canBeToldApart").GetBoolean()));
        Assert.All(comparisons, comparison => Assert.Equal("Holm", comparison.GetProperty("adjustment").GetString()));
    }

    [Fact]
    public void Platforms_are_compared_in_German()
    {
        string text = Tool.Run("compare", Tool.Sample, "--definition", "reach-per-member", "--by", "platform", "--language", "de").Succeeded();
        Assert.Contains("Was sich bei 95 % unterscheiden lässt", text, StringComparison.Ordinal);
        Assert.Contains("~9.000 / ~110.000", text, StringComparison.Ordinal);
        Assert.Contains("81,82", text, StringComparison.Ordinal);
        Assert.Contains("p ist für 6 Vergleiche angepasst (Holm).", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Periods_are_compared_each_with_the_one_before_and_growth_states_its_base()
    {
        string text = Tool.Run("compare", Tool.Sample, "--definition", "reach-per-member", "--by", "period", "--from", "2014-11-01", "--to", "2015-02-01").Succeeded();
        Assert.Contains("2014-11-01/2014-12-01", text, StringComparison.Ordinal);
        Assert.Contains("(from 86.32 to 86.32)", text, StringComparison.Ordinal);
        Assert.Contains("cannot be told apart", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Tool.Run("compare", Tool.Sample, "--definition", "reach-per-member", "--by", "period", "--from", "2014-11-01", "--to", "2015-02-01", "--format", "json").Succeeded());
        Assert.All(json.RootElement.GetProperty("growths").EnumerateArray(), growth => Assert.Equal(0, growth.GetProperty("value").GetDouble()));
        Assert.NotEmpty(json.RootElement.GetProperty("growths").EnumerateArray());
    }

    [Theory]
    [InlineData("by-follower", "did you mean by-followers")]
    [InlineData("crowdtangle", "did you mean crowdtangle-")]
    [InlineData("xyzzy", "see: engagement definitions")]
    [InlineData("\u001b[31m", "\uFFFD[31m")]
    public void A_name_that_is_none_is_bad_usage_with_those_spelt_nearly_so(string name, string message)
    {
        Tool.Run("compare", Tool.Sample, "--definition", name).FailedWith(2, message);
        Tool.Run("definitions", name).FailedWith(2, message);
    }

    [Theory]
    [InlineData("response-rate", "Newcombe")]
    [InlineData("reciprocity", "Newcombe")]
    [InlineData("dialogue-share", "Dialog")]
    public void Figures_of_dialogue_are_compared_too(string definition, string expected)
    {
        string demo = Path.Combine(Tool.Sample, "..", "demo-association");
        foreach (string by in new[] { "channel", "platform", "period" })
        {
            string text = Tool.Run("compare", demo, "--definition", definition, "--by", by, "--from", "2024-01-01", "--to", "2024-04-01").Succeeded();
            Assert.Contains(expected, text, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(definition, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("channel")]
    [InlineData("platform")]
    [InlineData("period")]
    public void Every_definition_is_compared_or_refused_with_its_cure(string by)
    {
        string folder = Talks();
        try
        {
            foreach (string name in Definitions.All.Select(definition => definition.Id.Name))
            {
                Outcome outcome = Tool.Run("compare", folder, "--definition", name, "--by", by, "--from", "2014-11-01", "--to", "2015-01-01");
                if (outcome.Code == 0) Assert.Contains($"{name} v", outcome.Output, StringComparison.Ordinal);
                else outcome.FailedWith(2, $"has no figure by {by} that can be compared: ");
                bool isOfDialogue = DialogueDefinitions.All.Any(definition => definition.Id.Name == name);
                Assert.False(isOfDialogue && outcome.Code != 0, name);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("proportionality-index", "it belongs to one benefit and one measure of effort, and has no interval; see: engagement report FOLDER")]
    [InlineData("audience-growth", "it is the change from one time to another; compare reach-per-member by period, which tells the growth")]
    [InlineData("affinity", "it belongs to the channels together and lies between bounds; see: engagement reach FOLDER")]
    public void What_has_no_figure_of_its_own_is_refused_and_the_cure_says_where_it_stands(string name, string cure) =>
        Tool.Run("compare", Tool.Sample, "--definition", name).FailedWith(2, $"error: {name} v1 has no figure by channel that can be compared: {cure}.");

    [Fact]
    public void Shares_answered_within_a_day_are_told_apart_and_medians_are_not_judged()
    {
        string folder = Talks();
        try
        {
            string[] period = ["--from", "2014-11-01", "--to", "2014-12-01", "--format", "json"];
            using var json = JsonDocument.Parse(Tool.Run(["compare", folder, "--definition", "share-answered-within", .. period]).Succeeded());
            Assert.Equal(24, json.RootElement.GetProperty("definition").GetProperty("hoursWithin").GetDouble());
            Assert.Equal([0.75, 0.25], json.RootElement.GetProperty("figures").EnumerateArray().Select(figure => Math.Round(figure.GetProperty("figure").GetProperty("value").GetDouble(), 12)));
            JsonElement comparison = json.RootElement.GetProperty("comparisons")[0];

            // By hand in docs/metrics.md.
            Assert.Equal((0.5, 0.181, 0.710), (comparison.GetProperty("difference").GetDouble(), Math.Round(comparison.GetProperty("differenceLower").GetDouble(), 3), Math.Round(comparison.GetProperty("differenceUpper").GetDouble(), 3)));
            Assert.Equal(0.0029, comparison.GetProperty("p").GetDouble(), 4);
            Assert.True(comparison.GetProperty("canBeToldApart").GetBoolean());

            using var medians = JsonDocument.Parse(Tool.Run(["compare", folder, "--definition", "answered-only-median-response-hours", .. period]).Succeeded());
            Assert.Equal([8.0, 3.0], medians.RootElement.GetProperty("figures").EnumerateArray().Select(figure => figure.GetProperty("figure").GetProperty("value").GetDouble()));
            Assert.Equal(JsonValueKind.Null, medians.RootElement.GetProperty("comparisons")[0].GetProperty("canBeToldApart").ValueKind);
            Assert.Contains("t = 24 h", Tool.Run("compare", folder, "--definition", "share-answered-within").Succeeded(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Bad_usage_and_bad_data_have_their_codes()
    {
        Tool.Run("compare", Tool.Sample).FailedWith(2, "--definition");
        Tool.Run("compare", Tool.Sample, "--definition", "by-reach", "--by", "moon").FailedWith(2, "moon");
        Tool.Run("compare", Tool.Sample, "--definition", "net-reach-per-member").FailedWith(2, "has no figure by channel that can be compared: it belongs to the channels together and lies between bounds; see: engagement reach FOLDER");
        Tool.Run("compare", Tool.Sample, "--definition", "by-reach", "--from", "2014-11-20", "--to", "2014-11-20").FailedWith(2, "--to (2014-11-20) must lie after");
        Tool.Run("compare", Path.Combine(Tool.Sample, "nowhere"), "--definition", "by-reach").FailedWith(1);
    }

    [Fact]
    public void Definitions_are_listed_and_one_is_explained_in_two_languages()
    {
        string all = Tool.Run("definitions").Succeeded();
        Assert.All(new[] { "by-followers v1", "crowdtangle-page v1", "bonson-ratkai-virality v1", "service-level v1", "stickiness v1", "member-coverage v1" }, name => Assert.Contains(name, all, StringComparison.Ordinal));
        Assert.Contains("Formula: ΣI/P/F", Tool.Run("definitions", "quintly-interaction-rate").Succeeded(), StringComparison.Ordinal);
        Assert.Contains("im Mittel aus Beginn und Ende des Zeitraums", Tool.Run("definitions", "quintly-interaction-rate v1", "--language", "de").Succeeded(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Tool.Run("definitions", "save-rate", "--format", "json").Succeeded());
        JsonElement definition = json.RootElement.GetProperty("definitions")[0];
        Assert.Equal(("save-rate", 1, 100), (definition.GetProperty("id").GetString(), definition.GetProperty("version").GetInt32(), definition.GetProperty("scale").GetInt32()));
        Assert.Equal(1, definition.GetProperty("parts").GetProperty("weights").GetProperty("Save").GetInt32());
    }

    /// <summary>Two pages with twenty questions each, of which fifteen and five are answered after 1, 2, 3 … hours, in each of two months.</summary>
    private static string Talks()
    {
        string folder = Directory.CreateTempSubdirectory("compare-").FullName;
        File.WriteAllText(Path.Combine(folder, "organisation.json"), """{ "id": "ihk", "name": "IHK", "timeZone": "Europe/Berlin" }""");
        File.WriteAllText(Path.Combine(folder, "channels.csv"), "id,name,platform,form\npage,Page,facebook,page\ngroup,Group,xing,group\n");
        IEnumerable<string> rows =
            from month in new[] { 11, 12 }
            from channel in new[] { (Name: "page", Answered: 15), (Name: "group", Answered: 5) }
            from index in Enumerable.Range(0, 20)
            let asked = new DateTime(2014, month, 10, 8, 0, 0, DateTimeKind.Utc)
            let id = $"{channel.Name}{month}-{index}"
            from row in new[] { $"q{id},{channel.Name},question,{asked:yyyy-MM-ddTHH:mm:ssZ},member,,," }.Concat(index < channel.Answered ? [$"a{id},{channel.Name},reply,{asked.AddHours(index + 1):yyyy-MM-ddTHH:mm:ssZ},staff,,,q{id}"] : [])
            select row;
        File.WriteAllText(Path.Combine(folder, "interactions.csv"), string.Join('\n', rows.Prepend("id,channel,kind,at,role,actor,publication,reply_to")) + "\n");
        return folder;
    }
}
