using System.Globalization;
using System.Text.Json;

namespace Engagement.Acceptance.Tests;

/// <summary>Names that would colour, run, turn round or break what shows them.</summary>
public sealed class HostileNameSpecs
{
    private static readonly string[] Names = ["[red]alarm[/]", "pipe|pipe", "=1+1", "  @SUM(A1)", "+49 521", "-2+3", "over\u202Eridden", "two\nlines", "esc\u001b[31mape", "<script>&amp;", "`code` *bold* ~~gone~~"];

    [Fact]
    public void Names_are_harmless_in_a_table()
    {
        string report = Report("table");
        Assert.Contains("[red]alarm[/]", report, StringComparison.Ordinal);
        Assert.Contains("two lines", report, StringComparison.Ordinal);
        NothingStirs(report);
    }

    [Fact]
    public void Names_are_harmless_in_markdown()
    {
        string report = Report("markdown");
        NothingStirs(report);
        foreach (string text in new[] { @"\[red\]alarm\[/\]", @"pipe\|pipe", @"\<script\>\&amp;", @"\`code\` \*bold\* \~\~gone\~\~", "two lines" }) Assert.Contains(text, report, StringComparison.Ordinal);
        int columns = 0;
        foreach (string line in report.Split('\n'))
        {
            if (!line.StartsWith('|'))
            {
                columns = 0;
                continue;
            }

            int bars = line.Replace(@"\\", "", StringComparison.Ordinal).Replace(@"\|", "", StringComparison.Ordinal).Count(letter => letter == '|');
            if (columns > 0) Assert.Equal(columns, bars);
            columns = bars;
        }
    }

    [Fact]
    public void Names_keep_every_character_in_json_and_are_escaped()
    {
        string report = Report("json");
        NothingStirs(report);
        using JsonDocument json = JsonDocument.Parse(report);
        Assert.Equal(Names, json.RootElement.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("name").GetString()!).ToArray(), StringComparer.Ordinal);
    }

    [Fact]
    public void Names_are_no_formulas_in_csv()
    {
        string report = Report("csv");
        NothingStirs(report);
        string[] names = [.. Csv.Rows(report).Select(row => row["channel_name"]).Distinct(StringComparer.Ordinal).Where(name => name.Length > 0)];
        Assert.Equal(["[red]alarm[/]", "pipe|pipe", "'=1+1", "'  @SUM(A1)", "'+49 521", "'-2+3", "over\uFFFDridden", "two lines", "esc\uFFFD[31mape", "<script>&amp;", "`code` *bold* ~~gone~~"], names);
    }

    [Fact]
    public void Names_are_text_in_a_page()
    {
        string page = Report("html");
        NothingStirs(page);
        Assert.DoesNotContain("<script>&", page, StringComparison.Ordinal);
        foreach (string text in new[] { "[red]alarm[/]", "&lt;script&gt;&amp;amp;", "two lines", "`code` *bold* ~~gone~~", "over\uFFFDridden" }) Assert.Contains(text, page, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_about_bad_data_are_harmless()
    {
        using var files = new PortfolioFiles();
        files.Write("audiences.csv", "channel,as_of,size,unit\npage,2014-11-20,\"\u001b[2J\u202E[red]\n\",person\n");
        Outcome outcome = Tool.Run("report", files.Folder);
        outcome.FailedWith(1, "[2J", "[red]");
        NothingStirs(outcome.Error);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
    }

    private static string Report(string format)
    {
        using var files = new PortfolioFiles();
        files.Write("channels.csv", $"id,name,platform,form\n{string.Join('\n', Names.Select((name, index) => $"c-{index},\"{name}\",facebook,page"))}\n");
        files.Write("audiences.csv", "channel,as_of,size,unit\nc-0,2014-11-20,5,person\n");
        files.Delete("publications.csv");
        return Tool.Run("report", files.Folder, "--format", format).Succeeded();
    }

    private static void NothingStirs(string text) =>
        Assert.DoesNotContain(text, letter => letter is not ('\n' or '\r') && char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
