using System.Text.Json;

namespace Engagement.Acceptance.Tests;

/// <summary>The chamber of the first example: expected values come from its numbers by arithmetic (9,000, 133, 38 and 324 over 110,000).</summary>
public sealed class SampleReportSpecs
{
    private static readonly string[] Channels = ["Technologie und Innovation in Ostwestfalen", "Twitter account", "Google+ page", "Netzwerk Kreativwirtschaft"];

    public static TheoryData<string> Cultures => ["de-DE", "tr-TR", ""];

    [Theory]
    [MemberData(nameof(Cultures))]
    public void The_report_of_the_sample_shows_reach_per_member_of_every_channel(string culture)
    {
        string report = Tool.RunIn(culture, "report", Tool.Sample, "--format", "markdown").Succeeded();
        string[] values = ["81.82", "1.21", "0.35", "2.95"];
        foreach ((string channel, string value) in Channels.Zip(values)) Assert.Contains($"| {value} |", Row(report, channel), StringComparison.Ordinal);
        foreach (string channel in new[] { "Monthly magazine", "Promotional material", "Invitations by post", "E-mail newsletter" })
        {
            Assert.Contains("missing / ", Row(report, channel), StringComparison.Ordinal);
            Assert.Contains("undefined: numerator missing", Row(report, channel), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void The_report_in_German_writes_numbers_as_Germans_do(string culture)
    {
        string report = Tool.RunIn(culture, "report", Tool.Sample, "--language", "de").Succeeded();
        foreach (string text in new[]
        {
            "81,82", "1,21", "0,35", "2,95", "Brutto: 9.495. Netto: 9.000 / 9.454 / 9.495.", "8,18–8,63 je 100 Mitglieder", "7,39–9,09 je 100 Mitglieder",
            "REICHWEITE JE MITGLIED", "20.11.2014", "unbekannt", "undefiniert", "Potenzielle Reichweite: wer erreicht werden kann", "Vorbehalte".ToUpperInvariant(),
        })
        {
            Assert.Contains(text, report, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("missing", report, StringComparison.Ordinal);
        Assert.DoesNotContain("undefined", report, StringComparison.Ordinal);
        Assert.DoesNotContain("81.82", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("markdown")]
    public void The_report_shows_gross_and_net_with_and_without_roundings(string format)
    {
        string report = Tool.Run("report", Tool.Sample, "--format", format).Succeeded();
        Assert.Contains("Gross: 9,495. Net: 9,000 / 9,454 / 9,495.", report, StringComparison.Ordinal);
        Assert.Contains("Net: 8.18–8.63 per 100 members.", report, StringComparison.Ordinal);
        Assert.Contains("With roundings: 7.39–9.09 per 100 members (8,500 / 114,999 to 9,994 / 110,000).", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_publications_every_channel_says_that_its_engagement_ratio_is_undefined_and_why()
    {
        string report = Tool.Run("report", Tool.Sample, "--format", "markdown").Succeeded();
        string section = report[report.IndexOf("## Engagement ratio", StringComparison.Ordinal)..report.IndexOf("## Caveats", StringComparison.Ordinal)];
        string[] rows = [.. section.Split('\n').Where(line => line.StartsWith('|')).Skip(2)];
        Assert.Equal(9, rows.Length);
        Assert.All(rows, row => Assert.Matches(@"\| missing / .* \| – \|  \|  \| undefined: (numerator|denominator) missing", row));
        Assert.Contains("ENG1107: no interactions are stated or logged: missing, not 0", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-DE", "en")]
    [InlineData("tr-TR", "de")]
    [InlineData("", "de")]
    public void Json_and_csv_hold_the_same_figures_in_every_culture_and_language(string culture, string language)
    {
        Dictionary<string, (double Value, double Scale)> expected = new(StringComparer.Ordinal)
        {
            ["xing-tio"] = (9_000d / 110_000, 81.82),
            ["twitter"] = (133d / 110_000, 1.21),
            ["google-plus"] = (38d / 110_000, 0.35),
            ["facebook-kreativwirtschaft"] = (324d / 110_000, 2.95),
        };
        using JsonDocument json = JsonDocument.Parse(Tool.RunIn(culture, "report", Tool.Sample, "--format", "json", "--language", language).Succeeded());
        List<Dictionary<string, string>> csv = Csv.Rows(Tool.RunIn(culture, "report", Tool.Sample, "--format", "csv", "--language", language).Succeeded());
        Assert.Equal("engagement-report/2", json.RootElement.GetProperty("schema").GetString());
        foreach ((string channel, (double value, double scaled)) in expected)
        {
            double inJson = JsonFigures.Of(json, "reach-per-member", channel).GetProperty("value").GetDouble();
            double inCsv = double.Parse(csv.Single(row => row["definition"] == "reach-per-member" && row["channel"] == channel)["value"], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(value, inJson);
            Assert.Equal(value, inCsv);
            Assert.Equal(scaled, Math.Round(inJson * 1_000, 2));
        }

        double[] net = [.. JsonFigures.All(json).Where(figure => JsonFigures.Id(figure) == "net-reach-per-member").Select(figure => figure.GetProperty("numerator").GetProperty("value").GetDouble())];
        Assert.Equal([9_000, 9_454, 9_495], net.Select(value => Math.Round(value)));
        Assert.Equal(["9000", "9495"], csv.Where(row => row["definition"] == "net-reach-per-member" && row["numerator_state"] == "Bound").Select(row => row["numerator_value"]), StringComparer.Ordinal);
        Assert.Equal(9_495, JsonFigures.Of(json, "reach-per-member", null).GetProperty("numerator").GetProperty("value").GetDouble());
        JsonElement rounding = JsonFigures.All(json).First(figure => JsonFigures.Id(figure) == "net-reach-per-member").GetProperty("rounding");
        Assert.Equal(7.39, Math.Round(rounding.GetProperty("lower").GetDouble() * 100, 2));
        Assert.Equal(9.09, Math.Round(rounding.GetProperty("upper").GetDouble() * 100, 2));
    }

    [Fact]
    public void Languages_differ_in_the_texts_of_caveats_and_in_nothing_else_in_json()
    {
        string english = Tool.Run("report", Tool.Sample, "--format", "json").Succeeded();
        string german = Tool.Run("report", Tool.Sample, "--format", "json", "--language", "de").Succeeded();
        string[] left = [.. english.Split('\n').Where(line => !line.Contains("\"text\":", StringComparison.Ordinal) && !line.Contains("\"language\":", StringComparison.Ordinal))];
        string[] right = [.. german.Split('\n').Where(line => !line.Contains("\"text\":", StringComparison.Ordinal) && !line.Contains("\"language\":", StringComparison.Ordinal))];
        Assert.Equal(left, right, StringComparer.Ordinal);
        Assert.Contains("Einheiten verschieden", german, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_without_value_says_why_in_json_and_csv_and_is_never_0()
    {
        using JsonDocument json = JsonDocument.Parse(Tool.Run("report", Tool.Sample, "--format", "json").Succeeded());
        JsonElement magazine = JsonFigures.Of(json, "reach-per-member", "magazine");
        Assert.Equal(JsonValueKind.Null, magazine.GetProperty("value").ValueKind);
        Assert.Equal("MissingNumerator", magazine.GetProperty("reason").GetString());
        Assert.Equal("Missing", magazine.GetProperty("numerator").GetProperty("state").GetString());
        Assert.Contains(magazine.GetProperty("caveats").EnumerateArray(), caveat => caveat.GetProperty("text").GetString() == "audience missing: circulation not stated");
        Dictionary<string, string> row = Csv.Rows(Tool.Run("report", Tool.Sample, "--format", "csv").Succeeded()).Single(row => row["definition"] == "reach-per-member" && row["channel"] == "magazine");
        Assert.Equal(("", "MissingNumerator", "Missing", ""), (row["value"], row["reason"], row["numerator_state"], row["numerator_value"]));
    }

    [Fact]
    public void Every_caveat_that_a_row_refers_to_is_spelled_out_once()
    {
        string report = Tool.Run("report", Tool.Sample).Succeeded();
        string[] caveats = [.. report[report.IndexOf("CAVEATS", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith('['))];
        Assert.Equal(caveats.Length, caveats.Select(line => line[(line.IndexOf(']', StringComparison.Ordinal) + 1)..]).Distinct(StringComparer.Ordinal).Count());
        for (int number = 1; number <= caveats.Length; number++) Assert.Contains($"[{number}]", report[..report.IndexOf("CAVEATS", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.DoesNotContain($"[{caveats.Length + 1}]", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(140)]
    public void Tables_fit_the_screen_and_cut_no_number(int width)
    {
        string report = Tool.RunAt(width, "report", Tool.Sample, "--language", "de").Succeeded();
        Assert.All(report.Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, $"{line.TrimEnd().Length} characters: {line}"));
        foreach (string number in new[] { "[110.000–114.999]", "[8.500–9.499]", "81,82", "72,35–", "88,11", "73,91–", "86,35", "9.454" }) Assert.Contains(number, report, StringComparison.Ordinal);
        Assert.DoesNotContain("…", report, StringComparison.Ordinal);
    }

    private static string Row(string markdown, string channel) => markdown.Split('\n').First(line => line.StartsWith($"| {channel} |", StringComparison.Ordinal));
}
