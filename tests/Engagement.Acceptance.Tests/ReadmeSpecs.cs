using System.Text.RegularExpressions;

namespace Engagement.Acceptance.Tests;

public partial class ReadmeSpecs
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Tool.Root, "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_example_of_the_README_is_the_code_that_runs_here()
    {
        string[] source = File.ReadAllLines(Path.Combine(Tool.Root, "tests", "Engagement.Acceptance.Tests", "ReadmeExample.cs"));
        int first = Array.FindIndex(source, line => line.EndsWith("// The example begins.", StringComparison.Ordinal));
        int last = Array.FindIndex(source, line => line.EndsWith("// The example ends.", StringComparison.Ordinal));
        string[] expected = [.. source.Where(line => line.StartsWith("using ", StringComparison.Ordinal)), "", .. source[(first + 1)..last].Select(line => line[8..])];
        Assert.Equal(expected, Block("csharp"));
        Assert.InRange(last - first - 1, 1, 15);
    }

    [Fact]
    public void The_example_of_the_README_prints_what_the_README_says()
    {
        using var output = new StringWriter { NewLine = "\n" };
        ReadmeExample.Run(output);
        Assert.Equal(string.Join("\n", Block("text")) + "\n", output.ToString());
    }

    [Fact]
    public void The_README_has_exactly_two_set_up_commands() =>
        Assert.Equal(["dotnet run --project src/Engagement.Cli -- report samples/ihk-ostwestfalen", "dotnet test"], Block("sh"));

    [Fact]
    public void Every_link_of_the_README_leads_somewhere()
    {
        string[] links = [.. Link().Matches(Readme).Select(match => match.Groups["target"].Value).Where(target => !target.StartsWith("http", StringComparison.Ordinal))];
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Tool.Root, link)), link));
    }

    private static string[] Block(string language)
    {
        MatchCollection blocks = Regex.Matches(Readme, $"^```{language}\n(?<text>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return Assert.Single(blocks).Groups["text"].Value.Split('\n');
    }

    [GeneratedRegex(@"\]\((?<target>[^)#]+)\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();
}
