using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Engagement.Acceptance.Tests;

/// <summary>Texts that would run, turn round or flood what shows them, in every field that takes a text, through every face.</summary>
public sealed class HostileFieldSpecs
{
    public static TheoryData<string> Texts =>
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>", "</title></style></script><script>alert(1)</script>", "/*style*/ /*script*/ ]]>",
        "\u202E\u200F\u2067abc\u061C", "=cmd|' /C calc'!A0", "@SUM(1)", "🎉👩‍💻 party", new string('W', 200), "a\u0301\u0302\u0303 zalgo", "{{7*7}} ${7*7} %s %n",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_hostile_text_in_any_field_is_text_in_every_face(string text)
    {
        using var files = new PortfolioFiles();
        Spoil(files, text);
        foreach (string format in new[] { "table", "markdown" })
        {
            string report = Report(files, format);
            NothingStirs(report);
            if (format == "markdown") Assert.DoesNotContain(report.Split('\n'), line => Regex.IsMatch(line, @"(?<!\\)<[a-z/!]", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(5)));
        }

        string csv = Report(files, "csv");
        NothingStirs(csv);
        Assert.All(Csv.Rows(csv).SelectMany(row => row.Values), cell => Assert.False(cell.Length > 0 && "=@\t\r".Contains(cell[0], StringComparison.Ordinal), cell));

        using JsonDocument json = JsonDocument.Parse(Report(files, "json"));
        Assert.Equal(text, json.RootElement.GetProperty("organisation").GetProperty("name").GetString());
        Assert.Equal(text, json.RootElement.GetProperty("channels")[0].GetProperty("name").GetString());
        Assert.Equal(text, json.RootElement.GetProperty("channels")[0].GetProperty("subBrand").GetString());

        string page = Report(files, "html");
        NothingStirs(page);
        XElement html = Page(page);
        Inert(html);
        Assert.Single(html.Descendants("script"));
        Assert.Single(html.Descendants("style"));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_hostile_identifier_is_text_in_every_face(string text)
    {
        using var files = new PortfolioFiles();
        Spoil(files, text);
        string cell = Cell(text);
        string other = Cell($"{text} 2");
        string link = text.Contains(';', StringComparison.Ordinal) || text[0] == '"' ? Cell($"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"") : cell;
        files.Write("channels.csv", $"id,name,platform,form,purposes,target_universe,sub_brand,opened,closed\n{cell},Page,{cell},page,,,,,\n{other},Group,xing,group,,,,,\n");
        files.Write("audiences.csv", $"channel,as_of,size,unit,members,in_target,source\n{cell},2014-11-01,800,person,200,,\n{other},2014-11-01,100,person,,,\n");
        files.Write("publications.csv", $"id,channel,published_at,impressions,reach,likes\n{cell},{cell},2014-11-02,500,400,20\n{other},{other},2014-11-03,50,40,2\n");
        files.Write("interactions.csv", $"id,channel,kind,at,role,actor,publication,reply_to\n{cell},{cell},question,2014-11-02T10:00:00Z,member,{cell},{cell},\n{other},{cell},reply,2014-11-02T11:00:00Z,staff,{other},{cell},{link}\n");
        files.Write("efforts.csv", $"channel,from,to,hours,amount,currency\n{cell},2014-11-01,2014-12-01,10,100,EUR\n{other},2014-11-01,2014-12-01,5,50,EUR\n");
        foreach (string format in new[] { "table", "markdown", "csv", "json", "html" }) NothingStirs(Report(files, format));
        using JsonDocument json = JsonDocument.Parse(Report(files, "json"));
        Assert.Equal(text, json.RootElement.GetProperty("channels")[0].GetProperty("id").GetString());
        Inert(Page(Report(files, "html")));
        Assert.All(Csv.Rows(Report(files, "csv")).SelectMany(row => row.Values), value => Assert.False(value.Length > 0 && "=@\t\r".Contains(value[0], StringComparison.Ordinal), value));
        foreach (string[] command in new[] { new[] { "dialogue" }, ["reach"], ["compare", "--definition", "reach-per-member"], ["rollup", "--by", "month"], ["validate"] })
        {
            Outcome outcome = Tool.Run([.. command[..1], files.Folder, .. command[1..], "--quiet"]);
            Assert.Equal(0, outcome.Code);
            NothingStirs(outcome.Output);
        }
    }

    [Fact]
    public void A_name_of_ten_thousand_characters_is_refused_in_a_few_words()
    {
        using var files = new PortfolioFiles();
        Spoil(files, new string('W', 10_000));
        Outcome outcome = Tool.Run("report", files.Folder, "--quiet");
        outcome.FailedWith(1, "organisation.json", "WWW");
        Assert.InRange(outcome.Error.Length, 1, 8_000);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_hostile_text_is_text_in_a_chart(string text)
    {
        using var files = new PortfolioFiles();
        Spoil(files, text);
        string charts = Path.Combine(files.Folder, "charts");
        Tool.Run("report", files.Folder, "--charts", charts, "--quiet").Succeeded();
        string[] drawn = Directory.GetFiles(charts);
        Assert.NotEmpty(drawn);
        foreach (string svg in drawn.Select(File.ReadAllText))
        {
            NothingStirs(svg);
            Inert(XElement.Parse(svg));
        }
    }

    [Theory]
    [InlineData("table")]
    [InlineData("markdown")]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("html")]
    public void The_same_facts_give_the_same_bytes_in_every_culture(string format)
    {
        using var files = new PortfolioFiles();
        Spoil(files, "ıİß ñ");
        string[] reports = [.. new[] { "de-DE", "tr-TR", "ar-SA", "" }.Select(culture => Tool.RunIn(culture, "report", files.Folder, "--format", format, "--language", "de", "--quiet").Succeeded())];
        Assert.Single(reports.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void The_footer_names_the_time_zone_data_and_the_definitions_with_their_versions()
    {
        XElement page = Page(Tool.Run("report", Tool.Sample, "--format", "html").Succeeded());
        string footer = page.Descendants("footer").Single().Value;
        Assert.Contains(NodaTime.DateTimeZoneProviders.Tzdb.VersionId, footer, StringComparison.Ordinal);
        Assert.Contains("reach-per-member v1", footer, StringComparison.Ordinal);
    }

    private static string Report(PortfolioFiles files, string format) => Tool.Run("report", files.Folder, "--format", format, "--quiet").Succeeded();

    /// <summary>The page as XML, without what its style and script say.</summary>
    private static XElement Page(string page) =>
        XElement.Parse(Regex.Replace(page["<!doctype html>\n".Length..], "<(?<name>style|script)>.*?</\\k<name>>", "<${name}></${name}>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)));

    private static string Cell(string text) => $"\"{("=+-@".Contains(text[0], StringComparison.Ordinal) ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void Spoil(PortfolioFiles files, string text)
    {
        string cell = Cell(text);
        files.Write("organisation.json", JsonSerializer.Serialize(new { id = "ihk", name = text, timeZone = "Europe/Berlin", universes = new[] { new { id = "members", name = text, unit = "person", sizes = new[] { new { asOf = "2014-01-01", size = 1000 } } } } }));
        files.Write("channels.csv", $"id,name,platform,form,purposes,target_universe,sub_brand,opened,closed\npage,{cell},facebook,page,,,{cell},,\ngroup,Group,xing,group,,,,,\n");
        files.Write("audiences.csv", $"channel,as_of,size,unit,members,in_target,source\npage,2014-11-01,800,person,200,,{cell}\ngroup,2014-11-01,100,person,,,{cell}\n");
    }

    /// <summary>Nothing that a browser would run or load.</summary>
    private static void Inert(XElement root)
    {
        Assert.DoesNotContain(root.DescendantsAndSelf(), element => element.Name.LocalName is "img" or "iframe" or "object" or "embed" or "image" or "foreignObject");
        Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>No control and no mark of direction; the joiner of emoji is a part of them.</summary>
    private static void NothingStirs(string text) =>
        Assert.DoesNotContain(text.EnumerateRunes(), rune => rune.Value is not ('\n' or '\r' or 0x200C or 0x200D) && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
