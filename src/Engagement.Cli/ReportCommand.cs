using Engagement.Core;
using Engagement.Import;
using FluentValidation.Results;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Cli;

/// <summary><c>engagement report</c> and <c>engagement reach</c>: reads the folder, calculates, and writes the report in the format asked for.</summary>
internal static class ReportCommand
{
    public static int Run(ReportRequest request, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (request is { From: { } first, To: { } end } && end <= first)
        {
            error.WriteLine($"error: --to ({Iso(end)}) must lie after --from ({Iso(first)}): the day of --to is not included, so pass the day after the last one.");
            return Program.BadUsage;
        }

        PortfolioReading reading = PortfolioFolder.Read(request.Folder, cancellationToken);
        FindingOutput.Write(reading, error);
        if (reading.Portfolio is not { } portfolio) return Program.BadData;

        LocalPeriod? facts = FactPeriod.Of(portfolio);
        if ((request.From ?? facts?.From) is not { } from || (request.To ?? facts?.To) is not { } to)
        {
            error.WriteLine("error: the portfolio holds no dated fact to take a period from: pass --from and --to.");
            return Program.BadData;
        }

        if (to <= from)
        {
            // One of them comes from the facts.
            error.WriteLine(request.From is null
                ? $"error: --to ({Iso(to)}) must lie after the earliest fact ({Iso(from)}): pass a later day, or --from too."
                : $"error: --from ({Iso(from)}) must not lie after the latest fact ({Iso(to.PlusDays(-1))}): pass an earlier day, or --to too.");
            return Program.BadUsage;
        }

        LocalPeriod period = LocalPeriod.Between(from, to);

        // The reader has reported everything else that the validator finds, so it runs again only for a period that may be without facts.
        DateTimeZone zone = portfolio.Organisation.TimeZone;
        bool hasFacts = portfolio.Publications.Any(fact => period.Contains(fact.PublishedAt, zone)) || portfolio.Audiences.Any(fact => period.Contains(fact.AsOf, zone));
        foreach (ValidationFailure failure in hasFacts ? [] : new PortfolioValidator(period).Validate(portfolio).Errors.Where(failure => failure.ErrorCode == "ENG0701"))
        {
            error.WriteLine($"warning: {Printable.Excerpt(failure.ErrorMessage)} [{failure.ErrorCode}]");
        }

        Report report = Report.Of(portfolio, period, request.IsReachOnly, request.HourlyRate, cancellationToken);
        output.Write(request.Format switch
        {
            "markdown" => MarkdownRenderer.Render(ReportText.Of(report, request.Language)),
            "json" => JsonRenderer.Render(report, request.Language),
            "csv" => CsvRenderer.Render(report, request.Language),
            _ => TableRenderer.Render(narrow => ReportText.Of(report, request.Language, narrow), request.Width),
        });
        return Program.Success;
    }

    private static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);
}
