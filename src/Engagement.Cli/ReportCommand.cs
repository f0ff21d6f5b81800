using System.Text;
using Engagement.Core;
using Engagement.Reporting;
using FluentValidation.Results;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Cli;

/// <summary><c>engagement report</c>, <c>engagement reach</c> and <c>engagement dialogue</c>: reads the folder, calculates, and writes the report in the format asked for.</summary>
internal static class ReportCommand
{
    public static readonly string[] ChartFormats = ["svg", "png"];

    public static int Run(ReportRequest request, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (!FactPeriod.IsInOrder(request.From, request.To, error)) return Program.BadUsage;
        if (request.Output is { } into && OutputFile.IsInput(into, request.Folder, error)) return Program.BadUsage;
        if (PortfolioInput.Read(request.Folder, request.Store, error, cancellationToken) is not ({ } portfolio, _, var keptFrom)) return Program.BadData;

        (LocalPeriod period, int code) = FactPeriod.Asked(portfolio, request.From, request.To, error);
        if (code != Program.Success) return code;
        if (!FactPeriod.IsKept(portfolio, period, keptFrom, error)) return Program.BadData;

        // The reader has reported everything else that the validator finds, so it runs again only for a period that may be without facts.
        DateTimeZone zone = portfolio.Organisation.TimeZone;
        bool hasFacts = portfolio.Publications.Any(fact => period.Contains(fact.PublishedAt, zone)) || portfolio.Audiences.Any(fact => period.Contains(fact.AsOf, zone));
        foreach (ValidationFailure failure in hasFacts ? [] : new PortfolioValidator(period).Validate(portfolio).Errors.Where(failure => failure.ErrorCode == "ENG0701"))
        {
            error.WriteLine($"warning: {Printable.Excerpt(failure.ErrorMessage)} [{failure.ErrorCode}]");
        }

        Instant? observedUntil = request.ObservedUntil?.In(zone);
        if (period.IntervalsIn(zone) is [var first, ..] && observedUntil < first.Start)
        {
            error.WriteLine($"error: --observed-until ({request.ObservedUntil!.Text}) must not lie before the period begins ({LocalDatePattern.Iso.Format(period.From)}): pass the day, or the moment, up to which answers are known.");
            return Program.BadUsage;
        }

        var options = new ReportOptions { Scope = request.Scope, HourlyRate = request.HourlyRate, Hours = request.Hours, ObservedUntil = observedUntil, Deadlines = request.Deadlines };
        Report report = Messages.While(error, "Calculating", () => Report.Of(portfolio, period, options, cancellationToken));
        if (request.Charts is not null && !TryWriteCharts(report, request, error, cancellationToken)) return Program.BadData;
        string text = Messages.While(error, "Writing", () => request.Format switch
        {
            "markdown" => report.ToMarkdown(request.Language),
            "json" => report.ToJson(request.Language),
            "csv" => report.ToCsv(request.Language),
            "html" => report.ToHtml(request.Language),
            _ => report.ToText(request.Language, request.Width),
        });
        if (request.Output is { } file) return OutputFile.TryWrite(file, text, error, cancellationToken) ? Program.Success : Program.BadData;
        output.Write(text);
        return Program.Success;
    }

    private static bool TryWriteCharts(Report report, ReportRequest request, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(request.Charts!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            error.WriteLine($"error: --charts (\"{Printable.Excerpt(request.Charts!)}\") must be a folder that can be made: {Printable.Excerpt(exception.Message)}");
            return false;
        }

        foreach (ReportChart chart in Messages.While(error, "Drawing", () => report.Charts(request.Language)))
        {
            byte[] bytes = request.ChartFormat == "png" ? chart.ToPng() : Encoding.UTF8.GetBytes(chart.Svg);
            if (!OutputFile.TryWrite(Path.Combine(request.Charts!, $"{chart.Id}.{request.ChartFormat}"), bytes, error, cancellationToken, "--charts")) return false;
        }

        return true;
    }
}
