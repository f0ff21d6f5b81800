using Engagement.Core;
using Engagement.Import;
using Engagement.Storage;
using FluentValidation;
using FluentValidation.Results;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Cli;

/// <summary>The facts that a command works on: of a folder, or of a store, whose facts are checked in the same way.</summary>
internal static class PortfolioInput
{
    /// <summary>The portfolio, null when there are errors, which are told; the number of warnings; and the moment before which interactions were taken out of the store by age, null for none.</summary>
    public static (Portfolio? Portfolio, long Warnings, Instant? KeptFrom) Read(string? folder, StorePlace? store, TextWriter error, CancellationToken cancellationToken)
    {
        if (store is null)
        {
            PortfolioReading reading = Messages.While(error, "Reading", () => PortfolioFolder.Read(folder!, cancellationToken));
            FindingOutput.Write(reading, error);
            return (reading.Portfolio, reading.WarningCount, null);
        }

        (Portfolio portfolio, Instant? keptFrom) = ReadAsync(store, cancellationToken).GetAwaiter().GetResult();
        List<ValidationFailure> failures = new PortfolioValidator().Validate(portfolio).Errors;
        FindingOutput.Write(failures, error);
        return (failures.Exists(failure => failure.Severity is Severity.Error) ? null : portfolio, FindingOutput.CountOf(failures, Severity.Warning), keptFrom);
    }

    /// <summary>All facts, and the interactions that are kept, with the moment since when they are.</summary>
    public static async Task<(Portfolio Portfolio, Instant? KeptFrom)> ReadAsync(EngagementStore store, CancellationToken cancellationToken) =>
        await store.EventsFromAsync(cancellationToken).ConfigureAwait(false) is { } from
            ? (await store.ReadPortfolioFromAsync(from, cancellationToken).ConfigureAwait(false), from)
            : (await store.ReadPortfolioAsync(cancellationToken: cancellationToken).ConfigureAwait(false), null);

    /// <summary>Says of what is written elsewhere that earlier interactions were taken out: there nothing else tells it.</summary>
    public static void TellTakenOut(Portfolio portfolio, Instant? keptFrom, TextWriter error)
    {
        if (keptFrom is { } from) error.WriteLine($"warning: interactions before {LocalDatePattern.Iso.Format(from.InZone(portfolio.Organisation.TimeZone).Date)} were taken out of the store and are not written: ask for no figure of interactions before.");
    }

    private static async Task<(Portfolio Portfolio, Instant? KeptFrom)> ReadAsync(StorePlace place, CancellationToken cancellationToken)
    {
        EngagementStore store = await place.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false)) return await ReadAsync(store, cancellationToken).ConfigureAwait(false);
    }
}
