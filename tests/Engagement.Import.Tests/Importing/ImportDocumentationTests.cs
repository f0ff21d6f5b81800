using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Engagement.Core;

namespace Engagement.Import.Tests;

/// <summary>docs/import.md says what the mappings say. With <c>ENGAGEMENT_WRITE_DOCS</c> set to the page's path, its table is written anew.</summary>
public partial class ImportDocumentationTests
{
    private const string Begin = "<!-- metrics: from the mapping files -->";
    private const string End = "<!-- end of metrics -->";

    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "import.md"));

    [Fact]
    public void The_page_lists_every_code_of_an_import_once_and_no_other()
    {
        IEnumerable<string> known = typeof(ImportCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(string.Join(' ', known.Order(StringComparer.Ordinal)), string.Join(' ', CodeRow().Matches(Page).Select(row => row.Groups["code"].Value)));
    }

    [Fact]
    public void The_page_says_of_every_metric_of_every_source_what_it_becomes()
    {
        string metrics = Metrics();
        if (Environment.GetEnvironmentVariable("ENGAGEMENT_WRITE_DOCS") is { Length: > 0 } path)
        {
            string page = File.ReadAllText(path);
            File.WriteAllText(path, page[..(page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + metrics + page[page.IndexOf(End, StringComparison.Ordinal)..]);
            return;
        }

        int from = Page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        Assert.Equal(metrics, Page[from..Page.IndexOf(End, StringComparison.Ordinal)]);
    }

    [Fact]
    public void The_mapping_of_the_page_is_a_sound_one()
    {
        using var bench = new ImportBench();
        string mappings = Path.Combine(Path.GetDirectoryName(bench.Folder)!, "mappings");
        Directory.CreateDirectory(mappings);
        File.WriteAllText(Path.Combine(mappings, "forum.json"), Example().Match(Page).Groups["text"].Value);

        Assert.Equal("forum", Importer.Sources(mappings)[0].Id);
    }

    [Fact]
    public void Every_synonym_of_a_shipped_mapping_belongs_to_one_field_of_its_table()
    {
        foreach (SourceMapping source in MappingCatalogue.Of(null).All)
        {
            foreach (TableMapping table in source.Tables.Where(table => table.Shape == "rows"))
            {
                string[] twice = [.. table.Fields.SelectMany(field => field.Value.Select(name => HeaderName.Normal(HeaderName.Known(name).Name)).Distinct(StringComparer.Ordinal).Select(name => (name, field.Key))).GroupBy(pair => pair.name, pair => pair.Key, StringComparer.Ordinal)
                    .Where(group => group.Count() > 1 && group.Except(table.Without, StringComparer.Ordinal).Count() > 1).Select(group => $"{source.Id}/{table.Id}: {group.Key} is {string.Join(" and ", group)}")];
                Assert.Empty(twice);
            }
        }
    }

    private static string Metrics()
    {
        var text = new StringBuilder("\n");
        foreach (SourceMapping source in MappingCatalogue.Of(null).All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {source.Id}: {source.Name}\n\n{source.About}\n");
            foreach (TableMapping table in source.Tables)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n**{table.Id}**: {table.About} Times: {(table.Times.Zone == "ask" ? "the zone is asked for where a time bears none" : table.Times.Zone)}.\n");
                string[] rows = [.. Rows(source, table).Distinct(StringComparer.Ordinal)];
                if (rows.Length > 0) text.Append("\n| in the file | becomes | class | nature | adds |\n|---|---|---|---|---|\n").AppendJoin('\n', rows).Append('\n');
            }
        }

        return text.Append('\n').ToString();
    }

    private static IEnumerable<string> Rows(SourceMapping source, TableMapping table)
    {
        foreach (FactMapping fact in table.Facts)
        {
            foreach ((string column, string fields) in fact.Counts) yield return Row(string.Join(" + ", SourceCounts.Parts(fields).Select(field => Header(table, field))), $"publication: `{column}`", ClassOf(column), "total", column == "reach" ? "unique" : "additive");
            if (fact.Fact == "audience") yield return Row(Header(table, fact.Size!), $"audience ({source.Unit})", "", "stock", "not over time");
            if (fact.Fact == "universe") yield return Row(Header(table, fact.Size!), $"size of a universe ({fact.Unit ?? source.Unit})", "", "stock", "not over time");
            if (fact is { Fact: "interaction", Kinds: not null })
            {
                foreach ((string word, string kind) in fact.Kinds) yield return Row(word, kind.Length == 0 ? "left out" : $"interaction: `{kind}`", kind.Length == 0 ? "" : ClassOfKind(kind), "event", "");
            }
            else if (fact.Fact == "interaction")
            {
                yield return fact.Kind!.StartsWith('{') ? Row("a row", "interaction: the kind that it names", "that of the kind", "event", "") : Row("a row", $"interaction: `{fact.Kind}`", ClassOfKind(fact.Kind), "event", "");
            }

            string nature = fact.Per == "life" ? "total" : fact.Per.StartsWith("day", StringComparison.Ordinal) ? "flow of a day" : $"flow of {fact.Per.Replace(" ended", "", StringComparison.Ordinal)}";
            foreach (IGrouping<string, string> words in fact.Known.GroupBy(word => word.Value, word => word.Key, StringComparer.Ordinal))
            {
                string[] meaning = words.Key.Split(' ');
                yield return Row(string.Join(" · ", words), $"measurement: `{meaning[0]}`", ClassOf(meaning[0]), nature, meaning.Length > 1 ? meaning[1] : "additive");
            }

            foreach (string field in fact.Additive) yield return Row(Header(table, field), $"measurement: `{field}`", ClassOf(field), nature, "additive");
            foreach (string field in fact.Unique) yield return Row(Header(table, field), $"measurement: `{field}`", ClassOf(field), nature, "unique");
            foreach (string field in fact.Net) yield return Row(Header(table, field), $"measurement: `{field}`", ClassOf(field), nature, "additive, net");
            foreach (string field in fact.Stock) yield return Row(Header(table, field), $"measurement: `{field}`", "", "stock", "not over time");
        }
    }

    private static string Header(TableMapping table, string field) => string.Join(" · ", table.Fields[field].Select(name => HeaderName.Known(name).Name).Distinct(StringComparer.Ordinal));

    private static string ClassOf(string column) => CountColumn.Find(column) is not { } known ? "" : known.Kind is { } kind ? kind.Class().ToString() : "Exposure";

    private static string ClassOfKind(string kind) => Enum.Parse<InteractionKind>(kind.Replace("-", "", StringComparison.Ordinal), ignoreCase: true).Class().ToString();

    private static string Row(params string[] cells) => $"| {string.Join(" | ", cells)} |";

    [GeneratedRegex(@"^\| (?<code>ENG08[0-9]{2}) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex CodeRow();

    [GeneratedRegex(@"^```json forum\.json\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Example();
}
