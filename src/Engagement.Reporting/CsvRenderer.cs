using System.Globalization;
using CsvHelper;
using Engagement.Core;
using NodaTime.Text;

namespace Engagement.Reporting;

/// <summary>The report as CSV by RFC 4180: one row per figure; columns and numbers do not depend on the language, only the texts of caveats do.</summary>
internal static class CsvRenderer
{
    // What spreadsheets take for the beginning of a formula, in its wide forms too.
    private const string FormulaStarts = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private static readonly string[] Header =
    [
        "organisation", "definition", "version", "estimate", "channel", "channel_name", "platform", "from", "to", "scale", "value", "reason",
        "numerator_state", "numerator_value", "numerator_lower", "numerator_upper", "denominator_state", "denominator_value", "denominator_lower", "denominator_upper",
        "rounding_lower", "rounding_upper", "interval_lower", "interval_upper", "interval_confidence", "interval_method", "caveat_codes", "caveats", "other_channel", "within", "benefit", "effort_measure",
    ];

    public static string Render(Report report, Language language)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (CsvWriter csv = CsvWriter.Create(text, CsvWriterOptions.Default, leaveOpen: true))
        {
            csv.WriteRecord(Header);
            foreach (ReportFigure figure in report.Figures) csv.WriteRecord(Row(report.Portfolio.Organisation, figure, language));
        }

        return text.ToString();
    }

    private static string[] Row(Organisation organisation, ReportFigure figure, Language language) =>
    [
        Text(organisation.Id.Value), figure.Definition.Name, Number(figure.Definition.Version), figure.Estimate ?? "",
        Text(figure.Channel?.Id.Value), Text(figure.Channel?.Name), Text(figure.Channel?.Platform.Key),
        LocalDatePattern.Iso.Format(figure.Period.From), LocalDatePattern.Iso.Format(figure.Period.To), Number(figure.Scale),
        Number(figure.Value), figure.Reason?.ToString() ?? "",
        .. Part(figure.Numerator), .. Part(figure.Denominator),
        Number(figure.Rounding?.Lower), Number(figure.Rounding?.Upper),
        Number(figure.Interval?.Lower), Number(figure.Interval?.Upper), Number(figure.Interval?.Confidence), figure.Interval?.Method.ToString() ?? "",
        string.Join(' ', figure.Caveats.Select(caveat => caveat.Code)),
        Text(string.Join("; ", figure.Caveats.Select(caveat => $"{caveat.Code}: {Printable.Excerpt(caveat.Text(language))}"))),
        Text(figure.Other), Text(figure.Within), Text(figure.Benefit), Text(figure.Measure),
    ];

    private static string[] Part(ReportPart part) => [part.State, Number(part.Value), Number(part.Lower), Number(part.Upper)];

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A text from data in one line, with an apostrophe before what a spreadsheet would run.</summary>
    private static string Text(string? value)
    {
        string line = Printable.Line(value ?? "");
        string start = line.TrimStart();
        return start.Length > 0 && FormulaStarts.Contains(start[0], StringComparison.Ordinal) ? $"'{line}" : line;
    }
}
