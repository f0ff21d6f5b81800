using Engagement.Core;
using Engagement.Import;
using Engagement.Storage;
using FluentValidation;
using FluentValidation.Results;

namespace Engagement.Cli;

/// <summary>The facts that a command works on: of a folder, or of a store, whose facts are checked in the same way.</summary>
internal static class PortfolioInput
{
    /// <summary>The portfolio and the number of warnings; null when there are errors, which are told.</summary>
    public static (Portfolio? Portfolio, long Warnings) Read(string? folder, StorePlace? store, TextWriter error, CancellationToken cancellationToken)
    {
        if (store is null)
        {
            PortfolioReading reading = Messages.While(error, "Reading", () => PortfolioFolder.Read(folder!, cancellationToken));
            FindingOutput.Write(reading, error);
            return (reading.Portfolio, reading.WarningCount);
        }

        Portfolio portfolio = ReadAsync(store, cancellationToken).GetAwaiter().GetResult();
        List<ValidationFailure> failures = new PortfolioValidator().Validate(portfolio).Errors;
        FindingOutput.Write(failures, error);
        return (failures.Exists(failure => failure.Severity is Severity.Error) ? null : portfolio, FindingOutput.CountOf(failures, Severity.Warning));
    }

    private static async Task<Portfolio> ReadAsync(StorePlace place, CancellationToken cancellationToken)
    {
        EngagementStore store = await place.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false)) return await store.ReadPortfolioAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
