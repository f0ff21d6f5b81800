using System.Text.RegularExpressions;
using FluentValidation;

namespace Engagement.Core.Tests.Figures;

public partial class CodesDocumentationTests
{
    private static readonly string[][] Rows = [.. Repository.Read("docs/codes.md").Split('\n').Where(line => Row().IsMatch(line)).Select(line => (string[])[.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())])];

    [Fact]
    public void Every_code_of_the_sources_stands_in_docs_codes_and_the_other_way_round()
    {
        string[] documented = [.. Rows.Select(row => row[0])];
        Assert.Equal(Repository.CodesInSources("src/Engagement.Core"), documented.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(documented.Length, documented.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void No_code_has_two_meanings()
    {
        string[] packages = [.. new[] { "Engagement.Core", "Engagement.Import", "Engagement.Import.Columnar", "Engagement.Storage", "Engagement.Reporting" }.SelectMany(package => Repository.CodesInSources($"src/{package}"))];
        string[] documented = [.. Directory.EnumerateFiles(Path.Combine(Repository.Folder, "docs"), "*.md").SelectMany(File.ReadAllLines).Where(line => Row().IsMatch(line)).Select(line => line.Split('|')[1].Trim())];
        Assert.Equal(packages.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), packages.Order(StringComparer.Ordinal));
        Assert.Equal(packages.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_code_has_a_severity_a_meaning_and_a_cure() => Assert.All(Rows, row =>
    {
        Assert.Equal(4, row.Length);
        Assert.All(row, cell => Assert.False(string.IsNullOrEmpty(cell)));
        Assert.Contains(row[1], string.CompareOrdinal(row[0], "ENG1000") > 0 ? ["caveat"] : new[] { "error", "warning" }, StringComparer.Ordinal);
    });

    [Fact]
    public void Severities_in_the_documentation_are_those_of_the_rules()
    {
        // findings.Error("ENG…") and findings.Warning("ENG…") stand in the sources; codes that pass through a helper are held by their own tests.
        string sources = string.Concat(Repository.Sources("src/Engagement.Core/Validation").Select(File.ReadAllText));
        var calls = Call().Matches(sources).ToArray();
        Assert.True(calls.Length > 20);
        foreach (Match call in calls)
        {
            string[] row = Rows.Single(row => row[0] == call.Groups["code"].Value);
            Assert.Equal(call.Groups["severity"].Value is nameof(Severity.Error) ? "error" : "warning", row[1]);
        }
    }

    [Fact]
    public void Every_constant_of_the_caveat_codes_is_used_by_a_text()
    {
        string texts = Repository.Read("src/Engagement.Core/Figures/Caveats.cs");
        string[] constants = [.. typeof(CaveatCodes).GetFields().Select(field => field.Name)];
        Assert.Equal(62, constants.Length);
        Assert.All(constants, name => Assert.NotEmpty(Regex.Matches(texts, $@"CaveatCodes\.{name}\b", RegexOptions.None, TimeSpan.FromSeconds(1))));
    }

    [GeneratedRegex(@"\A\| ENG[0-9]{4} \|", RegexOptions.None, 1_000)]
    private static partial Regex Row();

    [GeneratedRegex("findings[.](?<severity>Error|Warning)\\(\\s*\"(?<code>ENG[0-9]{4})\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Call();
}
