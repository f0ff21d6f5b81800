using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Engagement.Core;
using NodaTime;

namespace Engagement.Reporting;

/// <summary>The report as one HTML page that opens from disk: no network, no code but its own, all text escaped by one encoder.</summary>
internal sealed partial class HtmlRenderer
{
    private const string StyleMark = "/*style*/";
    private const string ScriptMark = "/*script*/";

    private static readonly string[] RecipeLabels = ["Formula: ", "Formel: ", "Recipe of: ", "Rezept nach: "];

    private static readonly string Style = Asset("report.css");
    private static readonly string Script = Asset("report.js");

    private readonly Report _report;
    private readonly Language _language;
    private readonly IReadOnlyList<ReportChart> _charts;
    private readonly Dictionary<string, string> _channels;
    private readonly IReadOnlyList<MonthFact> _months;
    private int _tables;
    private int _lists;

    private HtmlRenderer(Report report, Language language)
    {
        (_report, _language, _charts, _months) = (report, language, report.Charts(language), MonthFact.Of(report));

        // Rows are shown and hidden by the name that they begin with; two channels of one name go together.
        _channels = report.Portfolio.Channels.Select(channel => Printable.Line(channel.Name)).Distinct(StringComparer.Ordinal).Select((name, index) => (name, index)).ToDictionary(entry => entry.name, entry => entry.index.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    public static string Render(Report report, Language language)
    {
        XElement html = new HtmlRenderer(report, language).Page();

        // With their tags: a name may be the mark itself, but it cannot be a tag.
        return $"<!doctype html>\n{html.ToString(SaveOptions.DisableFormatting)}\n".Replace($"<style>{StyleMark}</style>", $"<style>{Style}</style>", StringComparison.Ordinal).Replace($"<script>{ScriptMark}</script>", $"<script>{Script}</script>", StringComparison.Ordinal);
    }

    private static string Asset(string name)
    {
        using Stream stream = typeof(HtmlRenderer).Assembly.GetManifestResourceStream($"Engagement.Reporting.Html.{name}") ?? throw new InvalidOperationException($"The package lacks its {name}: build it again.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    // An element without content is written with its end, because HTML knows no other way.
    private static XElement E(string name, params object?[] content) => new(name, [.. content, content.Any(part => part is not XAttribute and not null) ? null : ""]);

    private static XAttribute A(string name, string value) => new(name, value);

    private string Say(string english, string german) => _language is Language.German ? german : english;

    private XElement Page()
    {
        IReadOnlyList<Block> blocks = ReportText.Of(_report, _language);
        string title = $"{((Block.Heading)blocks[0]).Text}: {Printable.Line(_report.Portfolio.Organisation.Name)}";
        return E(
            "html",
            A("lang", _language is Language.German ? "de" : "en"),
            E(
                "head",
                new XElement("meta", A("charset", "utf-8")),
                new XElement("meta", A("http-equiv", "Content-Security-Policy"), A("content", $"default-src 'none'; style-src {Hash(Style)}; script-src {Hash(Script)}; base-uri 'none'; form-action 'none'")),
                new XElement("meta", A("name", "viewport"), A("content", "width=device-width, initial-scale=1")),
                new XElement("meta", A("name", "referrer"), A("content", "no-referrer")),
                E("title", title),
                E("style", StyleMark)),
            E(
                "body",
                E("a", A("class", "skip"), A("href", "#main"), Say("To the figures", "Zu den Zahlen")),
                E("main", A("id", "main"), Body(blocks)),
                Footer(),
                E("div", A("id", "tip"), A("hidden", "hidden"), A("aria-hidden", "true")),
                E("div", A("id", "said"), A("role", "status")),
                E("script", ScriptMark)));
    }

    private IEnumerable<XElement> Body(IReadOnlyList<Block> blocks)
    {
        bool hasControls = false;
        string heading = "";
        foreach (Block block in blocks)
        {
            switch (block)
            {
                case Block.Heading one:
                    if (one.Level == 2 && !hasControls)
                    {
                        hasControls = true;
                        yield return Controls();
                    }

                    heading = one.Text;
                    yield return E($"h{one.Level}", new XElement("bdi", one.Text));
                    break;
                case Block.Lines lines:
                    yield return List(lines);
                    break;
                case Block.Table table:
                    foreach (XElement element in Table(table, heading)) yield return element;
                    break;
                case Block.Picture picture when _charts.FirstOrDefault(chart => chart.Kind == picture.Kind) is { } chart:
                    yield return Figure(chart, heading);
                    break;
                case Block.Explanations { Items.Count: > 0 } explanations:
                    yield return E("details", E("summary", Say("How these figures came about", "Wie diese Zahlen zustande kommen")), Explained(explanations));
                    break;
            }
        }
    }

    private XElement Controls()
    {
        string[] months = [.. _months.Select(fact => fact.Month).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return E(
            "div",
            A("class", "controls needs-script"),
            A("hidden", "hidden"),
            E("label", A("for", "channel"), Say("Channel", "Kanal")),
            E(
                "select",
                A("id", "channel"),
                E("option", A("value", ""), Say("all", "alle")),
                _channels.Select(channel => E("option", A("value", channel.Value), channel.Key))),
            months.Length < 2 ? null : new object[]
            {
                Months("from", Say("From", "Von"), Say("the first month", "erster Monat"), months),
                Months("to", Say("To", "Bis"), Say("the last month", "letzter Monat"), months),
                E("p", A("class", "note"), Say("The months choose among the facts of single months; every figure is of the whole period.", "Die Monate wählen unter den Angaben einzelner Monate aus; jede Zahl gilt für den ganzen Zeitraum.")),
            });
    }

    private static XElement[] Months(string id, string label, string all, string[] months) =>
    [
        E("label", A("for", id), label),
        E("select", A("id", id), A("class", "month"), E("option", A("value", ""), all), months.Select(month => E("option", A("value", month), month))),
    ];

    private XElement List(Block.Lines lines)
    {
        bool isFirst = _lists++ == 0;
        IEnumerable<XElement> items = lines.Items.Select((item, index) => E("li", lines.AreNumbered ? A("id", $"note-{(index + 1).ToString(CultureInfo.InvariantCulture)}") : null, lines.AreNumbered ? new XElement("bdi", item) : E("bdi", Linked(item))));
        return lines.AreNumbered ? E("ol", items) : E("ul", A("class", isFirst ? "facts" : lines.IsSummary ? "findings" : "lines"), items);
    }

    private IEnumerable<XElement> Table(Block.Table table, string heading, string[]? months = null)
    {
        string id = $"table-{(++_tables).ToString(CultureInfo.InvariantCulture)}";
        yield return E(
            "div",
            A("class", "table"),
            A("tabindex", "0"),
            A("role", "region"),
            A("aria-label", $"{Say("Table", "Tabelle")} {_tables.ToString(CultureInfo.InvariantCulture)}: {heading}"),
            E(
                "table",
                A("id", id),
                E("thead", E("tr", table.Header.Select((text, index) => E("th", A("scope", "col"), Class(table, index), E("button", A("type", "button"), MarkdownRenderer.OneLine(text)))))),
                E("tbody", table.Rows.Select((row, index) => Row(table, row, months?[index])))));
        yield return E(
            "p",
            A("class", "tools needs-script"),
            A("hidden", "hidden"),
            E("button", A("type", "button"), A("data-copy", id), A("aria-label", $"{Say("Copy as CSV: table", "Als CSV kopieren: Tabelle")} {_tables.ToString(CultureInfo.InvariantCulture)}"), A("data-done", Say("Copied.", "Kopiert.")), A("data-failed", Say("The browser does not let the page copy.", "Der Browser lässt die Seite nicht kopieren.")), Say("Copy as CSV", "Als CSV kopieren")));
    }

    private XElement Row(Block.Table table, IReadOnlyList<string> row, string? month) => E(
        "tr",
        _channels.TryGetValue(row[0], out string? channel) ? A("data-channel", channel) : null,
        month is null ? null : A("data-month", month),
        row.Select((cell, index) => Cell(table, MarkdownRenderer.OneLine(cell), index)));

    private XElement Cell(Block.Table table, string text, int index)
    {
        if (index == 0) return E("th", A("scope", "row"), E("bdi", text));
        if (!table.Numbers.Contains(index)) return E("td", Linked(text));
        return E("td", A("class", "num"), FirstNumber(text) is { } number ? A("data-value", number) : null, text);
    }

    private static XAttribute? Class(Block.Table table, int index) => table.Numbers.Contains(index) ? A("class", "num") : null;

    /// <summary>What a column is sorted by: the first number of the cell; null where there is none.</summary>
    private string? FirstNumber(string cell) =>
        NumberPattern().Match(cell) is { Success: true } match && double.TryParse(match.Value, NumberStyles.Float | NumberStyles.AllowThousands, NumberText.FormatOf(_language), out double number) ? number.ToString("R", CultureInfo.InvariantCulture) : null;

    /// <summary>Marks like [3] lead to the caveat of that number.</summary>
    private static object[] Linked(string text)
    {
        var parts = new List<object>();
        int start = 0;
        foreach (Match match in NotePattern().Matches(text))
        {
            if (match.Index > start) parts.Add(text[start..match.Index]);
            parts.Add(E("a", A("href", $"#note-{match.Groups["number"].Value}"), match.Value));
            start = match.Index + match.Length;
        }

        if (start < text.Length || parts.Count == 0) parts.Add(text[start..]);
        return [.. parts];
    }

    private XElement Figure(ReportChart chart, string heading)
    {
        // Facts by month stand below the chart that draws them, or the one of the interactions where no audience is known.
        bool hasMonths = _months.Count > 0 && chart.Kind == (_charts.Any(one => one.Kind is ChartKind.Audience) ? ChartKind.Audience : ChartKind.Hours);
        return E("figure", A("id", chart.Id), new XElement(chart.Element), E("figcaption", chart.Title), hasMonths ? ByMonth(heading) : null);
    }

    private XElement ByMonth(string heading)
    {
        var numbers = new NumberText(_language);
        string missing = Say("missing", "unbekannt");
        var table = new Block.Table
        {
            Header = [Say("Channel", "Kanal"), Say("Month", "Monat"), Say("Audience, latest", "Publikum, zuletzt"), Say("Publications", "Veröffentlichungen"), Say("Listed interactions", "Verzeichnete Interaktionen")],
            Rows = [.. _months.Select(fact => (string[])[Printable.Line(fact.Channel.Name), fact.Month, Size(fact.Audience), Text(fact.Publications), Text(fact.Interactions)])],
            Numbers = new HashSet<int> { 2, 3, 4 },
        };
        return E("details", E("summary", Say("Month by month", "Monat für Monat")), Table(table, heading, [.. _months.Select(fact => fact.Month)]));

        // As in every other table: about so many, or at least.
        string Size(Count size) => !size.HasValue ? missing : $"{(size.State is CountState.Rounded ? "~" : size.State is CountState.Partial ? "≥" : "")}{numbers.Whole(size.Value!.Value)}";

        string Text(int? count) => count is { } known ? numbers.Whole(known) : missing;
    }

    /// <summary>Figures of one definition stand together: what they share stands above them once, because hundreds of times would make the page heavy.</summary>
    private IEnumerable<XElement> Explained(Block.Explanations explanations)
    {
        foreach (var figures in explanations.Items.GroupBy(item => string.Join('\n', Recipe(item.Text)), StringComparer.Ordinal))
        {
            if (figures.Key.Length > 0) yield return E("pre", A("class", "recipe"), figures.Key);
            foreach ((string name, string text) in figures)
            {
                string[] lines = text.Split('\n');
                string? channel = name.LastIndexOf(": ", StringComparison.Ordinal) is > 0 and var end ? _channels.GetValueOrDefault(name[..end]) : null;
                yield return E("details", channel is null ? null : A("data-channel", channel), E("summary", new XElement("bdi", name)), E("pre", string.Join('\n', [lines[0], .. lines.Skip(1 + Recipe(text).Length)])));
            }
        }

        static string[] Recipe(string text) => [.. text.Split('\n').Skip(1).TakeWhile(line => RecipeLabels.Any(label => line.StartsWith(label, StringComparison.Ordinal)))];
    }

    private XElement Footer()
    {
        string definitions = string.Join(", ", _report.Figures.Select(figure => figure.Definition.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return E(
            "footer",
            E("p", $"{Say("Definitions", "Definitionen")}: {definitions}."),
            E("p", $"{Say("Time zone data", "Zeitzonendaten")}: {DateTimeZoneProviders.Tzdb.VersionId}. {Say("Undefined is no 0; missing is no 0.", "Undefiniert ist nicht 0; unbekannt ist nicht 0.")}"));
    }

    [GeneratedRegex(@"-?\d[\d.,]*(?:E[+-]?\d+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\[(?<number>[0-9]{1,6})\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotePattern();
}
