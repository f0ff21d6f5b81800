using System.Text.RegularExpressions;

namespace Engagement.Acceptance.Tests;

/// <summary>What the pages say is so: their examples run and print what stands below them, and their links lead somewhere. Alone, because an example has a current folder.</summary>
[Trait("Runs", "Once")]
[CollectionDefinition(nameof(DocumentationSpecs), DisableParallelization = true)]
[Collection(nameof(DocumentationSpecs))]
public sealed partial class DocumentationSpecs
{
    private static readonly string[] Pages = [.. Directory.EnumerateFiles(Tool.Root, "*.md", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Tool.Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "TestResults" or "BenchmarkDotNet.Artifacts" or "StrykerOutput"))
        .Order(StringComparer.Ordinal)];

    /// <summary>The pages with examples that are there for readers.</summary>
    public static TheoryData<string> PagesWithExamples => [.. Pages.Where(page => DocumentExample.In(page).Count > 0)];

    public static TheoryData<string> AllPages => [.. Pages];

    [Theory]
    [MemberData(nameof(PagesWithExamples))]
    public async Task Every_example_of_a_page_compiles_and_prints_what_the_page_says(string page)
    {
        foreach (DocumentExample example in DocumentExample.In(page))
        {
            string folder = Directory.CreateTempSubdirectory("example-").FullName;
            try
            {
                Copy(Path.Combine(AppContext.BaseDirectory, "samples"), Path.Combine(folder, "samples"));
                string printed = await example.RunInAsync(folder);
                Assert.True(example.Prints == printed, $"{example} says\n{example.Prints}and prints\n{printed}");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    [Fact]
    public void No_block_of_CSharp_escapes_the_test()
    {
        // Another name for the language, or a space, and nobody would compile it.
        Assert.All(Pages, page => Assert.Equal(Fence().Count(Text(page)), DocumentExample.In(page).Count));
        Assert.True(PagesWithExamples.Count >= 12);
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Every_link_of_a_page_leads_to_a_file_and_to_a_heading_in_it(string page)
    {
        string[] broken = [.. Link().Matches(Code().Replace(Text(page), "")).Select(match => match.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal) && !Leads(page, target))];
        Assert.True(broken.Length == 0, $"{page}: {string.Join(", ", broken)}");
    }

    [Fact]
    public void The_index_of_the_documentation_names_every_page_of_it()
    {
        string index = Text("docs/README.md");
        Assert.All(Pages.Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && page != "docs/README.md"), page => Assert.Contains($"({page["docs/".Length..]}", index, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("docs/README.md", "faq.md", true)]
    [InlineData("docs/README.md", "nowhere.md", false)]
    [InlineData("README.md", "#glossary", true)]
    [InlineData("README.md", "#nowhere", false)]
    [InlineData("docs/storage.md", "../README.md#what-it-does-otherwise-than-others", true)]
    public void A_broken_link_is_seen(string page, string target, bool leads) => Assert.Equal(leads, Leads(page, target));

    private static bool Leads(string page, string target)
    {
        string[] parts = target.Split('#');
        string path = parts[0].Length == 0 ? page : Path.GetRelativePath(Tool.Root, Path.GetFullPath(Path.Combine(Tool.Root, Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0])))).Replace('\\', '/');
        return Path.Exists(Path.Combine(Tool.Root, path)) && (parts.Length == 1 || Anchors(path).Contains(parts[1], StringComparer.Ordinal));
    }

    // As GitHub makes them: small letters, spaces as hyphens, nothing else but letters, digits, hyphens and underscores; the second of a name bears -1.
    private static IEnumerable<string> Anchors(string page) => Heading().Matches(Code().Replace(Text(page), ""))
        .Select(match => NotInAnchor().Replace(match.Groups["title"].Value.ToLowerInvariant(), "").Replace(' ', '-'))
        .GroupBy(anchor => anchor, StringComparer.Ordinal).SelectMany(same => same.Select((anchor, index) => index == 0 ? anchor : FormattableString.Invariant($"{anchor}-{index}")));

    private static string Text(string page) => File.ReadAllText(Path.Combine(Tool.Root, page)).ReplaceLineEndings("\n");

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    [GeneratedRegex(@"^\s*(?:```|~~~)\s*(?:csharp|cs|c#)\b", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (?<title>.+?)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{Nd}\-_ ]", RegexOptions.None, 1_000)]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"^```.*?^```$|<!--.*?-->", RegexOptions.Multiline | RegexOptions.Singleline, 1_000)]
    private static partial Regex Code();
}
