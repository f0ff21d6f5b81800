using Engagement.Core.Logs;
using Engagement.Import;
using Engagement.Import.Columnar;
using Engagement.Reporting;

namespace Engagement.Cli;

/// <summary><c>engagement export</c>: writes all facts as one file, or the interactions as a log for other programs.</summary>
internal static class ExportCommand
{
    public static readonly string[] Formats = ["json", "xlsx", "csv", "parquet", "arrow"];

    public static int Run(string? folder, StorePlace? store, string format, string file, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (OutputFile.IsInput(file, folder, error)) return Program.BadUsage;
        if (PortfolioInput.Read(folder, store, error, cancellationToken) is not ({ } portfolio, _, var keptFrom)) return Program.BadData;
        using var stream = new MemoryStream();
        switch (format)
        {
            case "json": PortfolioFolder.WriteJson(portfolio, stream, cancellationToken); break;
            case "xlsx": PortfolioFolder.WriteWorkbook(portfolio, stream, cancellationToken); break;
            default:
                LogFileFormat logFormat = format switch { "csv" => LogFileFormat.Csv, "parquet" => LogFileFormat.Parquet, _ => LogFileFormat.Arrow };
                LogFile.Write(InteractionLog.From(portfolio.Interactions), stream, logFormat, cancellationToken);
                break;
        }

        if (!OutputFile.TryWrite(file, stream.ToArray(), error, cancellationToken)) return Program.BadData;
        PortfolioInput.TellTakenOut(portfolio, keptFrom, error);
        string what = format is "json" or "xlsx" ? $"{FindingOutput.Number(portfolio.Channels.Count, "channel")}, {FindingOutput.Number(portfolio.Publications.Count, "publication")}, " : "";
        output.WriteLine($"{Printable.Excerpt(file)}: {what}{FindingOutput.Number(portfolio.Interactions.Count, "interaction")} written");
        return Program.Success;
    }
}
