using System.CommandLine;
using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Import;
using Engagement.Reporting;
using Engagement.Storage;
using NodaTime;

namespace Engagement.Cli;

/// <summary>The commands of <c>engagement store</c>.</summary>
internal static class StoreCommand
{
    public static async Task<int> InitAsync(string connection, string folder, string[] shards, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        if (PortfolioInput.Read(folder, null, console.Error, cancellationToken) is not ({ } portfolio, _, _)) return Program.BadData;
        EngagementStore store = await EngagementStore.CreateAsync(connection, portfolio.Organisation, shards, cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false)) await console.Output.WriteLineAsync($"{store}: ready").ConfigureAwait(false);
        return Program.Success;
    }

    public static async Task<int> AppendAsync(string connection, string folder, string batch, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (PortfolioInput.Read(folder, null, error, cancellationToken) is not ({ } portfolio, _, _)) return Program.BadData;
        EngagementStore store = await EngagementStore.OpenAsync(connection, portfolio.Organisation.Id, cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            long? added = await store.AppendPortfolioAsync(batch, portfolio, cancellationToken).ConfigureAwait(false);
            long there = portfolio.Interactions.Count - (added ?? 0);
            string left = there > 0 ? $"; {FindingOutput.Number(there, "interaction")} left as in the store, by id" : "";
            await output.WriteLineAsync(added is { } count ? $"batch {batch}: {FindingOutput.Number(count, "interaction")} appended{left}" : $"batch {batch}: known already, nothing appended").ConfigureAwait(false);
        }

        return Program.Success;
    }

    public static async Task<int> CheckAsync(StorePlace place, bool rebuild, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        EngagementStore store = await place.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            if (rebuild) await store.RebuildAsync(cancellationToken).ConfigureAwait(false);
            StoreCheck check = await store.CheckAsync(cancellationToken).ConfigureAwait(false);
            foreach (string finding in check.Findings) await error.WriteLineAsync($"error: {Printable.Excerpt(finding)}").ConfigureAwait(false);
            if (check.IsSound) await output.WriteLineAsync(check.ToString()).ConfigureAwait(false);
            return check.IsSound ? Program.Success : Program.BadData;
        }
    }

    public static async Task<int> RollUpAsync(StorePlace place, (LocalDate From, LocalDate To) days, CalendarUnit unit, DateTimeZone? zone, bool everybody, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (!FactPeriod.IsInOrder(days.From, days.To, error)) return Program.BadUsage;
        EngagementStore store = await place.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            RollUpOptions options = CommandLine.Counting(everybody);
            RollUp rollUp = await store.RollUpAsync(LocalCalendar.Of(zone ?? store.Organisation.TimeZone, LocalPeriod.Between(days.From, days.To), unit), options, cancellationToken).ConfigureAwait(false);
            RollUpText.WriteCsv(rollUp.Cells, output);
        }

        return Program.Success;
    }

    public static async Task<int> ExportAsync(StorePlace place, string folder, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        EngagementStore store = await place.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            if (File.Exists(Path.Combine(folder, OrganisationFile.Name)) && PortfolioFolder.Read(folder, cancellationToken).Portfolio?.Organisation.Id != store.Organisation.Id)
            {
                await error.WriteLineAsync($"error: FOLDER (\"{Printable.Excerpt(folder)}\") must be new or hold {store.Organisation.Id}: choose another folder.").ConfigureAwait(false);
                return Program.BadData;
            }

            (Portfolio portfolio, Instant? keptFrom) = await PortfolioInput.ReadAsync(store, cancellationToken).ConfigureAwait(false);
            PortfolioFolder.Write(portfolio, folder);
            PortfolioInput.TellTakenOut(portfolio, keptFrom, error);
            await output.WriteLineAsync($"{portfolio.Organisation}: {FindingOutput.Number(portfolio.Channels.Count, "channel")}, {FindingOutput.Number(portfolio.Interactions.Count, "interaction")} written").ConfigureAwait(false);
        }

        return Program.Success;
    }

    public static async Task<int> ForgetAsync(StorePlace place, string? actor, LocalDate? before, TextWriter output, CancellationToken cancellationToken)
    {
        EngagementStore store = await place.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            long events = actor is not null ? await store.ForgetAsync(new ActorId(actor), cancellationToken).ConfigureAwait(false) : await store.RetainAsync(before!.Value, cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync($"{FindingOutput.Number(events, "interaction")} {(actor is not null ? "without their actor" : "taken out")}").ConfigureAwait(false);
        }

        return Program.Success;
    }
}
