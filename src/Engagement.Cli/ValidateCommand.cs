using System.Globalization;
using Engagement.Core;
using Engagement.Import;

namespace Engagement.Cli;

/// <summary><c>engagement validate</c>: reads the folder and says what is wrong with it.</summary>
internal static class ValidateCommand
{
    public static int Run(string folder, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        PortfolioReading reading = PortfolioFolder.Read(folder, cancellationToken);
        FindingOutput.Write(reading, error);
        if (reading.Portfolio is not { } portfolio) return Program.BadData;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Facts(portfolio)}: no errors, {FindingOutput.Number(reading.WarningCount, "warning")}"));
        return Program.Success;
    }

    private static string Facts(Portfolio portfolio) => string.Join(
        ", ",
        FindingOutput.Number(portfolio.Channels.Count, "channel"),
        FindingOutput.Number(portfolio.Audiences.Count, "audience"),
        FindingOutput.Number(portfolio.Publications.Count, "publication"),
        FindingOutput.Number(portfolio.Interactions.Count, "interaction"),
        FindingOutput.Number(portfolio.Efforts.Count, "effort"));
}
