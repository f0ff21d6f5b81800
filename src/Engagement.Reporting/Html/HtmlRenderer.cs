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

    private static readonly string Style = Asset("report.css");
    private static readonly string Script = Asset("report.js");

    private readonly Report _report;
    private readonly Language _language;
    private readonly IReadOnlyList<ReportChart> _charts;
    private readonly Dictionary<string, string> _channels;
    private int _tables;
    private int _lists;

    private HtmlRenderer(Report report, Language language)
    {
        (_report, _language, _charts) = (report, language, report.Charts(language));

        // Rows are shown and hidden by the name that they begin with; two channels of one name go together.
        _channels = report.Portfolio.Channels.Select(channel => Printable.Line(channel.Name)).Distinct(StringComparer.Ordinal).Select((name, index) => (name, index)).ToDictionary(entry => entry.name, entry => entry.index.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    public static string Render(Report report, Language language)
    {
        XElement html = new HtmlRenderer(report, language).Page();
        return $"<!doctype html>\n{html.ToString(SaveOptions.DisableFormatting)}\n".Replace(StyleMark, Style, StringComparison.Ordinal).Replace(ScriptMark, Script, StringComparison.Ordinal);
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
                    yield return Figure(chart);
                    break;
                case Block.Explanations { Items.Count: > 0 } explanations:
                    yield return Explain(explanations);
                    break;
            }
        }
    }

    private XElement Controls() => E(
        "div",
        A("class", "controls needs-script"),
        A("hidden", "hidden"),
        E("label", A("for", "channel"), Say("Channel", "Kanal")),
        E(
            "select",
            A("id", "channel"),
            E("option", A("value", ""), Say("all", "alle")),
            _channels.Select(channel => E("option", A("value", channel.Value), channel.Key))));

    private XElement List(Block.Lines lines)
    {
        bool isFirst = _lists++ == 0;
        IEnumerable<XElement> items = lines.Items.Select((item, index) => E("li", lines.AreNumbered ? A("id", $"note-{(index + 1).ToString(CultureInfo.InvariantCulture)}") : null, lines.AreNumbered ? new XElement("bdi", item) : E("bdi", Linked(item))));
        return lines.AreNumbered ? E("ol", items) : E("ul", A("class", isFirst ? "facts" : lines.IsSummary ? "findings" : "lines"), items);
    }

    private IEnumerable<XElement> Table(Block.Table table, string heading)
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
                E("tbody", table.Rows.Select(row => Row(table, row)))));
        yield return E(
            "p",
            A("class", "tools needs-script"),
            A("hidden", "hidden"),
            E("button", A("type", "button"), A("data-copy", id), A("aria-label", $"{Say("Copy as CSV: table", "Als CSV kopieren: Tabelle")} {_tables.ToString(CultureInfo.InvariantCulture)}"), A("data-done", Say("Copied.", "Kopiert.")), A("data-failed", Say("The browser does not let the page copy.", "Der Browser lässt die Seite nicht kopieren.")), Say("Copy as CSV", "Als CSV kopieren")));
    }

    private XElement Row(Block.Table table, IReadOnlyList<string> row) => E(
        "tr",
        _channels.TryGetValue(row[0], out string? channel) ? A("data-channel", channel) : null,
        row.Select((cell, index) => Cell(table, MarkdownRenderer.OneLine(cell), index)));

    private XElement Cell(Block.Table table, string text, int index)
    {
        if (index == 0) return E("th", A("scope", "row"), E("bdi", text));
        if (!table.Numbers.Contains(index)) return E("td", Linked(text));
        return E("td", A("class", "number"), FirstNumber(text) is { } number ? A("data-value", number) : null, text);
    }

    private static XAttribute? Class(Block.Table table, int index) => table.Numbers.Contains(index) ? A("class", "number") : null;

    /// <summary>What a column is sorted by: the first number of the cell; null where there is none.</summary>
    private string? FirstNumber(string cell)
    {
        CultureInfo culture = _language is Language.German ? CultureInfo.GetCultureInfo("de-DE") : CultureInfo.InvariantCulture;
        return NumberPattern().Match(cell) is { Success: true } match && double.TryParse(match.Value, NumberStyles.Float | NumberStyles.AllowThousands, culture, out double number) ? number.ToString("R", CultureInfo.InvariantCulture) : null;
    }

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

    private static XElement Figure(ReportChart chart) => E("figure", A("id", chart.Id), new XElement(chart.Element), E("figcaption", chart.Title));

    private XElement Explain(Block.Explanations explanations) => E(
        "details",
        E("summary", Say("How these figures came about", "Wie diese Zahlen zustande kommen")),
        explanations.Items.Select(item => E("details", _channels.FirstOrDefault(channel => item.Name.StartsWith($"{channel.Key}: ", StringComparison.Ordinal)) is { Value: { } index } ? A("data-channel", index) : null, E("summary", new XElement("bdi", item.Name)), E("pre", item.Text))));

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
