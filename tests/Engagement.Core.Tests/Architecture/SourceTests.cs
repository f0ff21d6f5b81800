using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Engagement.Core.Tests.Architecture;

public partial class SourceTests
{
    private const string Core = "src/Engagement.Core";
    private static readonly string[] Facts = ["Organisations", "Channels", "Audiences", "Publications", "Interactions", "Effort", "Portfolio"];

    /// <summary>What each folder may use besides itself.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Measures"] = [],
        ["Periods"] = ["Measures"],
        ["Statistics"] = ["Measures"],
        ["Organisations"] = ["Measures", "Periods", .. Facts],
        ["Channels"] = ["Measures", "Periods", .. Facts],
        ["Audiences"] = ["Measures", "Periods", .. Facts],
        ["Publications"] = ["Measures", "Periods", .. Facts],
        ["Interactions"] = ["Measures", "Periods", .. Facts],
        ["Effort"] = ["Measures", "Periods", .. Facts],
        ["Portfolio"] = ["Measures", "Periods", .. Facts],
        ["Figures"] = ["Measures", "Periods", "Statistics", .. Facts],
        ["Logs/Kernels"] = ["Measures"],
        ["Logs"] = ["Measures", "Periods", "Statistics", "Logs/Kernels", .. Facts],
        ["Ratios/Kernels"] = ["Measures"],
        ["Ratios"] = ["Measures", "Periods", "Statistics", "Figures", "Ratios/Kernels", "Logs", .. Facts],
        ["Reach"] = ["Measures", "Periods", "Statistics", "Figures", "Ratios/Kernels", "Logs", .. Facts],
        ["Activity"] = ["Measures", "Periods", "Statistics", "Figures", "Ratios", "Dialogue", .. Facts],
        ["Comparison"] = ["Measures", "Periods", "Statistics", "Figures", "Activity", .. Facts],
        ["Catalogue"] = ["Measures", "Figures", "Ratios", "Reach", "Dialogue", "Benefits", "Activity"],
        ["Benefits"] = ["Measures", "Periods", "Statistics", "Figures", "Ratios", "Reach", .. Facts],
        ["Dialogue"] = ["Measures", "Periods", "Statistics", "Figures", "Reach", "Logs", .. Facts],
        ["Validation"] = ["Measures", "Periods", "Ratios", .. Facts],
    };

    private static readonly Source[] Sources = [.. Repository.Sources(Core).Select(Source.Read)];

    [Fact]
    public void Every_folder_has_its_place()
    {
        Assert.NotEmpty(Sources);
        Assert.Equal(Arrows.Keys.Order(StringComparer.Ordinal), Sources.Select(source => source.Folder).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Each_file_holds_one_type_and_bears_its_name() => Assert.All(Sources, source => Assert.Equal([source.Name], source.Types, StringComparer.Ordinal));

    [Fact]
    public void No_type_is_called_Engagement() => Assert.DoesNotContain(Sources, source => source.Types.Contains("Engagement", StringComparer.Ordinal));

    [Fact]
    public void There_is_one_public_namespace_and_that_of_the_logs()
    {
        Assert.Equal(["Engagement.Core", "Engagement.Core.Logs"], typeof(Count).Assembly.GetExportedTypes().Select(type => type.Namespace!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(Sources, source => Assert.Contains(source.Folder.Split('/')[0] == "Logs" ? "namespace Engagement.Core.Logs;" : "namespace Engagement.Core;", source.Code, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_folder_uses_only_what_lies_below_it()
    {
        Dictionary<string, string> folderOf = Sources.ToDictionary(source => source.Name, source => source.Folder, StringComparer.Ordinal);
        string[] broken =
        [
            .. from source in Sources
               from word in source.Words
               where folderOf.TryGetValue(word, out string? folder) && folder != source.Folder && !Arrows[source.Folder].Contains(folder, StringComparer.Ordinal)
               select $"{source.Folder}/{source.Name} uses {folderOf[word]}/{word}",
        ];
        Assert.True(broken.Length == 0, string.Join('\n', broken));
    }

    [Fact]
    public void Extension_methods_do_not_hide_an_arrow()
    {
        // A call like kind.Class() names no type; the only extensions are of facts.
        Assert.Equal(["Interactions"], Sources.Where(source => source.Code.Contains("(this ", StringComparison.Ordinal)).Select(source => source.Folder).Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Statistics_knows_no_word_of_the_domain()
    {
        string[] words = ["Organisation", "Channel", "Audience", "Publication", "Interaction", "Member", "Reach", "Follower", "Portfolio", "Effort"];
        Assert.All(Sources.Where(source => source.Folder == "Statistics"), source => Assert.DoesNotContain(source.Words, word => words.Any(part => word.StartsWith(part, StringComparison.Ordinal))));
    }

    [Fact]
    public void Core_depends_on_NodaTime_and_FluentValidation_alone()
    {
        XElement project = XDocument.Parse(Repository.Read($"{Core}/Engagement.Core.csproj")).Root!;
        string[] packages = [.. project.Descendants("PackageReference").Where(reference => reference.Attribute("PrivateAssets")?.Value is not "all").Select(reference => reference.Attribute("Include")!.Value)];
        Assert.Equal(["FluentValidation", "NodaTime"], packages.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Empty(project.Descendants("ProjectReference"));
        string[] assemblies = [.. typeof(Count).Assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => !name.StartsWith("System.", StringComparison.Ordinal))];
        Assert.Equal(["FluentValidation", "NodaTime"], assemblies.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Core_asks_for_no_culture_but_the_invariant_one() => Assert.All(Sources, source =>
    {
        // Containers often run without culture data, where GetCultureInfo("de-DE") throws.
        Assert.DoesNotContain("GetCultureInfo", source.Code, StringComparison.Ordinal);
        Assert.DoesNotContain("new CultureInfo", source.Code, StringComparison.Ordinal);
        Assert.DoesNotContain("CurrentCulture", source.Code, StringComparison.Ordinal);
    });

    [Fact]
    public void Only_validation_knows_FluentValidation() =>
        Assert.Equal(["Validation"], Sources.Where(source => source.Words.Contains("FluentValidation")).Select(source => source.Folder).Distinct(StringComparer.Ordinal), StringComparer.Ordinal);

    [Fact]
    public void The_scanner_sees_code_and_not_comments_or_texts()
    {
        Source source = Source.Of("Measures", "A", "namespace Engagement.Core;\n// Figure\n/* Channel\n Reach */ public sealed record A { string B => \"Portfolio \\\" Effort\"; string C => $\"{Count.Missing} Money\"; char D => '\"'; int E; }");
        Assert.Equal(["A"], source.Types, StringComparer.Ordinal);
        Assert.DoesNotContain(source.Words, word => word is "Figure" or "Channel" or "Reach" or "Portfolio" or "Effort");
        Assert.Contains("Count", source.Words);
        Assert.Contains("E", source.Words);
    }

    /// <summary>A source file: its folder (the kernels of a folder are one of their own), its code without comments and texts, the types at its top level, and the words that may be types.</summary>
    private sealed partial record Source(string Folder, string Name, string Code, IReadOnlyList<string> Types, IReadOnlySet<string> Words)
    {
        public static Source Read(string path) => Of(Path.GetRelativePath(Path.Combine(Repository.Folder, Core), Path.GetDirectoryName(path)!).Replace('\\', '/'), Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));

        public static Source Of(string folder, string name, string text)
        {
            string code = Noise().Replace(text, match => match.Value[0] is '$' ? string.Join(' ', Hole().Matches(match.Value).Select(hole => hole.Value)) : " ");
            string[] types = [.. Declaration().Matches(code).Select(match => match.Groups["name"].Value)];

            // A word after a dot is a member and names no type of its own; nor does anything in an enum.
            HashSet<string> words = code.Contains($" enum {name}", StringComparison.Ordinal) ? [] : [.. Word().Matches(code).Select(match => match.Value)];
            return new Source(folder, name, code, types, words);
        }

        // Comments, verbatim and ordinary texts (interpolated ones keep their holes), and characters.
        [GeneratedRegex("""//[^\n]*|/\*.*?\*/|[$@]*"(?:\\.|[^"\\\n])*"|'(?:\\.[^']*|[^'\\])'""", RegexOptions.Singleline, 1_000)]
        private static partial Regex Noise();

        [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.None, 1_000)]
        private static partial Regex Hole();

        [GeneratedRegex(@"^(?:namespace [^\n]*\n\s*)?(?:\[[^\n]*\]\s*)*(?:(?:public|internal|static|sealed|abstract|readonly|ref|partial)\s+)+(?:class|record struct|record|struct|enum|interface|delegate)\s+(?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
        private static partial Regex Declaration();

        [GeneratedRegex(@"(?<![.\w])[A-Z]\w*", RegexOptions.None, 1_000)]
        private static partial Regex Word();
    }
}
