using System.Text.Json;
using Engagement.Core;
using Engagement.Import;
using Engagement.Samples;

namespace Engagement.Acceptance.Tests;

/// <summary>The synthetic sample, at which every section of the report has something to show.</summary>
public sealed class DemoAssociationSpecs
{
    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "samples", "demo-association");

    [Fact]
    public void The_generator_makes_the_committed_files_to_the_byte()
    {
        string folder = Directory.CreateTempSubdirectory("demo-").FullName;
        try
        {
            Portfolio made = new DemoAssociation().Make();
            Assert.Equal(DemoAssociation.Interactions, made.Interactions.Count);
            PortfolioFolder.Write(made, folder);
            string[] files = [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
            Assert.Equal(files, Directory.EnumerateFiles(Sample).Select(path => Path.GetFileName(path)!).Where(name => name != "README.md").Order(StringComparer.Ordinal), StringComparer.Ordinal);
            Assert.All(files, file => Assert.True(File.ReadAllBytes(Path.Combine(folder, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Sample, file))), file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_sample_is_sound_and_called_synthetic()
    {
        Assert.Equal("10 channels, 315 audiences, 2,160 publications, 200,000 interactions, 318 efforts: no errors, 0 warnings", Tool.Run("validate", Sample).Succeeded().Trim());
        Assert.Contains("synthetic", File.ReadAllText(Path.Combine(Sample, "README.md")), StringComparison.Ordinal);
        Assert.Contains("(synthetic)", File.ReadAllText(Path.Combine(Sample, "organisation.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Net reach among the members", "Net reach in the target Members under 35 (synthetic)", "EFFORT IN PROPORTION TO BENEFIT", "Average frequency", "contacts / EUR with staff time")]
    [InlineData("de", "Nettoreichweite unter den Mitgliedern", "Nettoreichweite in der Zielgruppe", "AUFWAND UND WIRKUNG", "Durchschnittskontakte", "Kontakte / EUR mit Arbeitszeit")]
    public void The_report_shows_every_section(string language, params string[] titles)
    {
        string report = Tool.Run("report", Sample, "--language", language, "--hourly-rate", "60EUR").Succeeded();
        Assert.All(titles, title => Assert.Contains(title, report, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_shows_every_chart_and_stays_below_a_megabyte()
    {
        string page = Tool.Run("report", Sample, "--format", "html", "--hourly-rate", "60EUR").Succeeded();
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(page), 1, 1_000_000);
        foreach (string chart in new[] { "reach", "overlap", "ratios", "response", "effort", "audience", "hours" }) Assert.Contains($"<figure id=\"{chart}\"><svg ", page, StringComparison.Ordinal);
        foreach (string finding in new[] { "of 10 channels have an engagement ratio", "messages from outside were answered", "share of effort", "audiences that were counted more than once" }) Assert.Contains(finding, page, StringComparison.Ordinal);
    }

    [Fact]
    public void Reach_alone_has_the_overlaps_and_no_engagement()
    {
        string report = Tool.Run("reach", Sample).Succeeded();
        Assert.StartsWith("REACH REPORT", report, StringComparison.Ordinal);
        Assert.Contains("Overlaps: in the audiences of both", report, StringComparison.Ordinal);
        Assert.DoesNotContain("ENGAGEMENT RATIO", report, StringComparison.Ordinal);
        Assert.DoesNotContain("EFFORT", report, StringComparison.Ordinal);
    }

    [Fact]
    public void The_true_net_reach_lies_between_the_bounds_of_the_report()
    {
        // From the committed overlaps alone; the generator's own members are not asked.
        using JsonDocument json = JsonDocument.Parse(Tool.Run("reach", Sample, "--format", "json").Succeeded());
        JsonElement[] net = [.. JsonFigures.All(json).Where(figure => JsonFigures.Id(figure) == "net-reach-per-member" && !figure.TryGetProperty("within", out _))];
        double lower = net.Single(figure => figure.GetProperty("estimate").GetString() == "lower").GetProperty("numerator").GetProperty("value").GetDouble();
        double upper = net.Single(figure => figure.GetProperty("estimate").GetString() == "upper").GetProperty("numerator").GetProperty("value").GetDouble();
        double largest = JsonFigures.All(json).Where(figure => JsonFigures.Id(figure) == "reach-per-member" && figure.GetProperty("channel").ValueKind == JsonValueKind.String).Max(figure => figure.GetProperty("numerator").GetProperty("value").GetDouble());
        double gross = JsonFigures.Of(json, "reach-per-member", null).GetProperty("numerator").GetProperty("value").GetDouble();
        Assert.True(largest < lower && lower < upper && upper < gross, $"{largest} {lower} {upper} {gross}");
    }

    [Fact]
    public void Every_figure_of_effort_names_its_benefit_and_measure()
    {
        using JsonDocument json = JsonDocument.Parse(Tool.Run("report", Sample, "--format", "json", "--from", "2024-01-01", "--to", "2025-01-01").Succeeded());
        JsonElement[] indices = [.. JsonFigures.All(json).Where(figure => JsonFigures.Id(figure) == "proportionality-index")];
        Assert.Equal(["EUR", "hours"], indices.Select(figure => figure.GetProperty("effortMeasure").GetString()!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(["contacts", "conversations", "interactions", "reach"], indices.Select(figure => figure.GetProperty("benefit").GetString()!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Contains(indices, figure => figure.GetProperty("channel").GetString() == "ma" && figure.GetProperty("value").ValueKind == JsonValueKind.Null);
    }

    [Theory]
    [InlineData("60")]
    [InlineData("EUR")]
    [InlineData("60 eur")]
    [InlineData("-5EUR")]
    public void An_hourly_rate_without_amount_or_currency_is_bad_usage(string rate) => Tool.Run("report", Sample, "--hourly-rate", rate).FailedWith(2, "60EUR");
}
