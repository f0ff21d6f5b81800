using System.Text.RegularExpressions;
using Engagement.Core;

namespace Engagement.Import.Tests;

public partial class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "portfolio-folder.md"));

    [Fact]
    public void The_example_of_the_page_is_read_without_findings()
    {
        using var folder = new TestFolder();
        Match[] files = [.. ExampleFile().Matches(Page).Cast<Match>()];
        foreach (Match file in files) folder.Write(file.Groups["name"].Value, file.Groups["text"].Value);

        PortfolioReading reading = folder.Read();

        Assert.Equal(7, files.Length);
        Assert.Equal(Count.Rounded(120), Assert.Single(reading.Portfolio!.Overlaps).Shared);
        Assert.Empty(reading.Findings);
        Assert.Equal("IHK Ostwestfalen zu Bielefeld (ihk): 2 channels, 2 audiences, 1 publications, 2 interactions, 2 efforts", reading.Portfolio.ToString());
    }

    [Fact]
    public void The_page_lists_every_code_of_the_reader_once_and_no_other()
    {
        IEnumerable<string> known = typeof(PortfolioFolder).Assembly.GetType("Engagement.Import.Codes", throwOnError: true)!.GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(string.Join(' ', known.Order(StringComparer.Ordinal)), string.Join(' ', CodeRow().Matches(Page).Select(row => row.Groups["code"].Value)));
    }

    [GeneratedRegex(@"^```(json|csv) (?<name>\S+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ExampleFile();

    [GeneratedRegex(@"^\| (?<code>ENG[0-9]{4}) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex CodeRow();
}
