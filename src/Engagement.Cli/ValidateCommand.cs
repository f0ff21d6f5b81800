using Engagement.Core;

namespace Engagement.Cli;

/// <summary><c>engagement validate</c>: reads the folder or store and says what is wrong with it.</summary>
internal static class ValidateCommand
{
    public static int Run(string? folder, StorePlace? store, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (PortfolioInput.Read(folder, store, error, cancellationToken) is not ({ } portfolio, var warnings, _)) return Program.BadData;
        output.WriteLine($"{Facts(portfolio)}: no errors, {FindingOutput.Number(warnings, "warning")}");
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
