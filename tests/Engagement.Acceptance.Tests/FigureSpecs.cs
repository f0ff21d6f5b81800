using System.Globalization;
using System.Text.Json;
using Engagement.Reporting;

namespace Engagement.Acceptance.Tests;

public sealed class FigureSpecs
{
    [Fact]
    public void A_face_that_does_not_show_how_figures_came_about_does_not_write_it()
    {
        Block[] blocks = [new Block.Explanations(() => throw new InvalidOperationException("nobody asked"))];
        Assert.Equal("", TableRenderer.Render(_ => blocks, 140).Trim());
        Assert.Equal("", MarkdownRenderer.Render(blocks).Trim());
        Assert.Throws<InvalidOperationException>(() => ((Block.Explanations)blocks[0]).Items);
    }

    [Fact]
    public void Every_figure_in_json_can_be_recomputed_from_the_parts_beside_it()
    {
        using var files = new PortfolioFiles();
        int defined = 0;
        foreach (string folder in new[] { Tool.Sample, files.Folder })
        {
            using JsonDocument json = JsonDocument.Parse(Tool.Run("report", folder, "--format", "json").Succeeded());
            foreach (JsonElement figure in JsonFigures.All(json))
            {
                JsonElement top = figure.GetProperty("numerator");
                JsonElement bottom = figure.GetProperty("denominator");
                if (figure.Number("value") is not { } value)
                {
                    Assert.Equal(JsonValueKind.String, figure.GetProperty("reason").ValueKind);
                    continue;
                }

                defined++;
                Assert.Equal(JsonValueKind.Null, figure.GetProperty("reason").ValueKind);
                Near(top.Number("value") / bottom.Number("value"), value);
                if (figure.GetProperty("rounding") is { ValueKind: JsonValueKind.Object } rounding)
                {
                    Near(top.Number("lower") / bottom.Number("upper"), rounding.Number("lower"));
                    Near(top.Number("upper") / bottom.Number("lower"), rounding.Number("upper"));
                }

                if (figure.GetProperty("interval") is { ValueKind: JsonValueKind.Object } interval)
                {
                    Assert.InRange(value, interval.Number("lower")!.Value, interval.Number("upper")!.Value);
                    Assert.Equal(0.95, interval.Number("confidence"));
                }
            }
        }

        Assert.True(defined > 12, $"only {defined} figures have a value");
    }

    [Fact]
    public void Every_figure_in_csv_can_be_recomputed_from_the_cells_beside_it()
    {
        using var files = new PortfolioFiles();
        foreach (Dictionary<string, string> row in new[] { Tool.Sample, files.Folder }.SelectMany(folder => Csv.Rows(Tool.Run("report", folder, "--format", "csv").Succeeded())))
        {
            double? Cell(string name) => row[name].Length == 0 ? null : double.Parse(row[name], CultureInfo.InvariantCulture);
            Assert.Equal(Cell("value") is null, row["reason"].Length > 0);
            if (Cell("value") is not { } value) continue;
            Near(Cell("numerator_value") / Cell("denominator_value"), value);
            if (Cell("rounding_lower") is { } lower) Near(Cell("numerator_lower") / Cell("denominator_upper"), lower);
            if (Cell("rounding_upper") is { } upper) Near(Cell("numerator_upper") / Cell("denominator_lower"), upper);
        }
    }

    [Fact]
    public void Engagement_ratios_stand_in_the_report_for_every_definition_that_has_one()
    {
        using var files = new PortfolioFiles();
        string report = Tool.Run("report", files.Folder, "--format", "markdown").Succeeded();

        // 10 likes over 800 followers, 400 persons reached, 1,000 members, 1 publication.
        foreach ((string definition, string parts, string value) in new[]
        {
            ("by-followers v1", "10 / 800", "1.25"),
            ("by-reach v1", "10 / 400", "2.50"),
            ("by-members v1", "10 / 1,000", "10.00"),
            ("per-publication v1", "10 / 1", "10.00"),
        })
        {
            string section = report[report.IndexOf($"({definition})\n", StringComparison.Ordinal)..];
            Assert.Contains($"| Page | Facebook | {parts} | {value} |", section[..section.IndexOf("###", StringComparison.Ordinal)], StringComparison.Ordinal);
        }

        Assert.DoesNotContain("by-impressions", report, StringComparison.Ordinal);
        Assert.DoesNotContain("by-views", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Measured_reach_coverage_and_on_target_share_stand_in_the_report_where_their_inputs_are_known()
    {
        using var files = new PortfolioFiles();
        string report = Tool.Run("report", files.Folder, "--format", "markdown").Succeeded();
        Assert.Contains("| Page | Facebook | 400 / 1,000 | 400.00 |", report, StringComparison.Ordinal);
        Assert.Contains("| Page | Facebook | 200 / 1,000 | 20.00 |", report, StringComparison.Ordinal);
        Assert.Contains("| Page | Facebook | 200 / 800 | 25.00 |", report, StringComparison.Ordinal);
        Assert.DoesNotContain("target-coverage", report, StringComparison.Ordinal);
        string sample = Tool.Run("report", Tool.Sample, "--format", "markdown").Succeeded();
        foreach (string definition in new[] { "measured-reach", "member-coverage", "on-target" }) Assert.DoesNotContain(definition, sample, StringComparison.Ordinal);
    }

    [Fact]
    public void Pooled_ratios_of_unequal_publications_are_ratios_of_sums()
    {
        using var files = new PortfolioFiles();
        files.Write("publications.csv", "id,channel,published_at,reach,likes\np-1,page,2014-11-03T09:00,100,10\np-2,page,2014-11-04T09:00,10000,10\n");
        string report = Tool.Run("report", files.Folder, "--format", "markdown").Succeeded();

        // 20/10,100 = 0.198 %, and not the mean 5.05 %.
        Assert.Contains("| 20 / 10,100 | 0.20 |", report, StringComparison.Ordinal);
        Assert.DoesNotContain("5.05", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rounded_universe_that_bounds_the_net_reach_contradicts_no_number_beside_it()
    {
        // 600 and 500 of about 1,000 members, 900 to 1,100: by chance 1,000 · (1 − 0.4 · 0.5) = 800, at most all of them, who may be 1,100.
        using var files = new PortfolioFiles();
        files.Write("organisation.json", """{ "id": "ihk", "name": "IHK", "timeZone": "Europe/Berlin", "universes": [{ "id": "members", "unit": "person", "sizes": [{ "asOf": "2014-01-01", "size": "~1000[900..1100]" }] }] }""");
        files.Write("audiences.csv", "channel,as_of,size,unit\npage,2014-11-01,600,person\ngroup,2014-11-01,500,person\n");
        string report = Tool.Run("report", files.Folder, "--format", "markdown").Succeeded();
        Assert.Contains("Net: 600 / 800 / 1,000.", report, StringComparison.Ordinal);
        Assert.Contains("With roundings: 54.55–100.00 per 100 members (600 / 1,100 to 1,100 / 1,100).", report, StringComparison.Ordinal);
        Dictionary<string, string>[] net = [.. Csv.Rows(Tool.Run("report", files.Folder, "--format", "csv").Succeeded()).Where(row => row["definition"].StartsWith("net-reach-per-member", StringComparison.Ordinal) && row["within"].Length == 0)];
        Assert.Equal([("lower", "600"), ("independence", "800"), ("upper", "1000")], net.Select(row => (row["estimate"], row["numerator_value"])));
        Assert.All(net, row => Assert.Equal(("600", "1100", "900", "1100", "1"), (row["numerator_lower"], row["numerator_upper"], row["denominator_lower"], row["denominator_upper"], row["rounding_upper"])));
    }

    [Fact]
    public void Of_a_channel_without_a_log_nobody_is_said_to_be_inactive()
    {
        using var files = new PortfolioFiles();
        files.Write("interactions.csv", "id,channel,kind,at,role,actor\ni-1,page,like,2014-11-05T09:00,member,a\ni-2,page,like,2014-11-06T09:00,member,b\n");
        string report = Tool.Run("report", files.Folder, "--format", "markdown").Succeeded();
        string active = report[report.IndexOf("Active persons", StringComparison.Ordinal)..];
        active = active[..active.IndexOf("##", StringComparison.Ordinal)];
        Assert.Contains("Net: 2. Gross: 2. Interactions: 2, 1.00 each.", active, StringComparison.Ordinal);
        Assert.Contains("| Page | 2 | 2 | 1 | 2 |", active, StringComparison.Ordinal);
        Assert.Contains("| Group | missing | – | – | – |", active, StringComparison.Ordinal);
        Assert.Contains("ENG1107: no interactions that count are listed of group: missing, not 0", report, StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_counts_are_printed_to_their_last_digit()
    {
        using var files = new PortfolioFiles();
        files.Write("audiences.csv", "channel,as_of,size,unit\npage,2014-11-01,9007199254740992,person\n");
        string report = Tool.Run("report", files.Folder, "--format", "markdown").Output;
        Assert.Contains("| 9,007,199,254,740,992 / 1,000 | 9,007,199,254,740,992.00 |", report, StringComparison.Ordinal);
    }

    private static void Near(double? expected, double? actual) => Assert.Equal(expected!.Value, actual!.Value, Math.Abs(expected.Value) * 1e-12);
}
