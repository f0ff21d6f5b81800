using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Engagement.Core;
using Engagement.Import;
using Engagement.Reporting;

namespace Engagement.Acceptance.Tests;

/// <summary>The page that a reader opens from disk.</summary>
public sealed partial class HtmlReportSpecs
{
    private static readonly Lazy<string> Page = new(() => Tool.Run("report", Tool.Sample, "--format", "html").Succeeded());

    [Fact]
    public void The_page_allows_its_own_style_and_script_by_their_hashes_and_nothing_else()
    {
        XElement page = Parse(Page.Value);
        string policy = page.Descendants("meta").Single(meta => meta.Attribute("http-equiv")?.Value == "Content-Security-Policy").Attribute("content")!.Value;
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src {Hash(Content("style"))};", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src {Hash(Content("script"))};", policy, StringComparison.Ordinal);
        Assert.All(page.DescendantsAndSelf().Attributes(), attribute =>
        {
            string name = attribute.Name.LocalName;
            Assert.False(name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || name is "style" or "src" or "action", $"{attribute.Parent!.Name} has {attribute}");
            if (name == "href") Assert.StartsWith("#", attribute.Value, StringComparison.Ordinal);
        });
        Assert.DoesNotContain("@import", Content("style"), StringComparison.Ordinal);
        Assert.DoesNotContain("url(", Content("style"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_id_is_given_once_and_every_link_leads_somewhere()
    {
        XElement page = Parse(Page.Value);
        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        string[] links = [.. page.Descendants("a").Select(link => link.Attribute("href")!.Value[1..])];
        Assert.Contains("note-1", links, StringComparer.Ordinal);
        Assert.All(links, link => Assert.Contains(link, ids, StringComparer.Ordinal));
        Assert.All(page.Descendants().Attributes("aria-labelledby").SelectMany(names => names.Value.Split(' ')), name => Assert.Contains(name, ids, StringComparer.Ordinal));
    }

    [Fact]
    public void An_image_waits_until_no_other_chart_is_drawn()
    {
        // The report may be shared between threads, and the drawing library keeps clips and fonts for all charts together.
        ReportChart chart = Report.Of(PortfolioFolder.Read(Tool.Sample, TestContext.Current.CancellationToken).Portfolio!, LocalPeriod.Year(2014), cancellationToken: TestContext.Current.CancellationToken).Charts(Language.English)[0];
        byte[] alone = chart.ToPng();
        byte[] beside = [];
        var other = new Thread(() => beside = chart.ToPng());
        lock (ChartSvg.Drawing)
        {
            other.Start();
            Assert.False(other.Join(TimeSpan.FromSeconds(2)), "an image was drawn while another chart was");
        }

        other.Join();
        Assert.Equal(alone, beside);
    }

    [Fact]
    public void The_page_shows_the_figures_of_the_Markdown_report_cell_by_cell()
    {
        string markdown = Tool.Run("report", Tool.Sample, "--format", "markdown").Succeeded();
        string[] expected = [.. markdown.Split('\n').Where(line => line.StartsWith('|') && !line.StartsWith("| ---", StringComparison.Ordinal)).Select(line => string.Join('|', line.Trim('|').Split(" |").Select(cell => Escape().Replace(cell, "${letter}").Trim())).TrimEnd('|'))];
        string[] shown = [.. Parse(Page.Value).Descendants("tr").Where(row => !row.Ancestors("figure").Any()).Select(row => string.Join('|', row.Elements().Select(cell => cell.Value.Trim())).TrimEnd('|'))];
        Assert.NotEmpty(expected);
        Assert.Equal(expected, shown, StringComparer.Ordinal);
    }

    [Fact]
    public void Every_figure_opens_to_its_formula_its_numbers_and_its_result()
    {
        XElement xing = Parse(Page.Value).Descendants("pre").Single(text => text.Value.StartsWith("reach-per-member v1 · xing-tio", StringComparison.Ordinal));
        foreach (string part in new[] { "9,000", "110,000", "Garwood", "Data: " }) Assert.Contains(part, xing.Value, StringComparison.Ordinal);

        // The formula stands above the figures of its definition.
        Assert.StartsWith("Formula: F/U", xing.Parent!.ElementsBeforeSelf("pre").Last().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_has_a_title_and_says_in_words_what_it_shows()
    {
        XElement chart = Parse(Page.Value).Descendants("figure").Single(figure => figure.Attribute("id")?.Value == "reach");
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Equal("Reach per 1,000 members", chart.Element("figcaption")!.Value);
        Assert.Contains("81.82 [72.35–88.11]", chart.Element(svg + "svg")!.Element(svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Equal(4, chart.Descendants(svg + "circle").Elements(svg + "title").Count());
        Assert.DoesNotContain("aa", chart.Descendants(svg + "text").Select(text => text.Attribute("fill")!.Value), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("en", "81.82")]
    [InlineData("de", "81,82")]
    public void The_page_is_the_same_in_every_culture_and_speaks_the_language_asked_for(string language, string number)
    {
        string[] pages = [.. new[] { "", "de-DE", "tr-TR" }.Select(culture => Tool.RunIn(culture, "report", Tool.Sample, "--format", "html", "--language", language).Succeeded())];
        Assert.Single(pages.Distinct(StringComparer.Ordinal));
        Assert.Equal(language, Parse(pages[0]).Attribute("lang")!.Value);
        Assert.Contains(number, pages[0], StringComparison.Ordinal);
        Assert.Contains(NodaTime.DateTimeZoneProviders.Tzdb.VersionId, pages[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_written_whole_and_an_old_one_stays_when_the_folder_is_no_portfolio()
    {
        string folder = Directory.CreateTempSubdirectory("engagement").FullName;
        string file = Path.Combine(folder, "report.html");
        Assert.Equal("", Tool.Run("report", Tool.Sample, "--format", "html", "--output", file).Succeeded());
        Assert.Equal(Page.Value, File.ReadAllText(file));
        Tool.Run("report", folder, "--format", "html", "--output", file).FailedWith(1);
        Assert.Equal(Page.Value, File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_said_with_its_name() =>
        Tool.Run("report", Tool.Sample, "--output", Path.Combine(Path.GetTempPath(), "no", "such", "folder", "report.txt")).FailedWith(1, "--output", "report.txt'", "must be a file that can be written");

    [Fact]
    public void A_file_without_a_name_is_bad_usage() => Tool.Run("report", Tool.Sample, "--output", "").FailedWith(2, "--output (\"\")", "must name a file", "report.html");

    private static XElement Parse(string page)
    {
        Assert.StartsWith("<!doctype html>\n", page, StringComparison.Ordinal);
        string markup = Scripts().Replace(page["<!doctype html>\n".Length..], "<${name}></${name}>");
        return XElement.Parse(markup, LoadOptions.PreserveWhitespace);
    }

    private static string Content(string element) => Regex.Match(Page.Value, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Groups[1].Value;

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    [GeneratedRegex(@"<(?<name>style|script)>.*?</\k<name>>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Scripts();

    [GeneratedRegex(@"\\(?<letter>.)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Escape();
}
