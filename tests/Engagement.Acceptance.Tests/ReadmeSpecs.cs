using System.Text.RegularExpressions;

namespace Engagement.Acceptance.Tests;

public class ReadmeSpecs
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Tool.Root, "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_README_has_exactly_two_set_up_commands() =>
        Assert.Equal(["dotnet run --project src/Engagement.Cli -- report samples/ihk-ostwestfalen", "dotnet test -c Release"], Block("sh"));

    [Fact]
    public void The_example_of_the_README_is_short() => Assert.InRange(Block("csharp").Length, 1, 18);

    private static string[] Block(string language)
    {
        MatchCollection blocks = Regex.Matches(Readme, $"^```{language}\n(?<text>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return Assert.Single(blocks).Groups["text"].Value.Split('\n');
    }
}
