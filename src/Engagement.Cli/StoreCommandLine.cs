using System.CommandLine;
using Engagement.Core;
using Engagement.Reporting;
using NodaTime;

namespace Engagement.Cli;

/// <summary><c>engagement store</c> and its commands.</summary>
internal static class StoreCommandLine
{
    public static Command Store(TextWriter error, CancellationToken cancellationToken) => new("store", """
        A database that keeps facts and interactions: a DuckDB file (duckdb:FILE) or PostgreSQL (postgresql:Host=…;Database=…).

        Example: engagement store init duckdb:ihk.duckdb samples/ihk-ostwestfalen
        """)
    {
        Init(cancellationToken), Append(error, cancellationToken), Check(error, cancellationToken), RollUp(error, cancellationToken), Export(error, cancellationToken), Forget(cancellationToken),
    };

    /// <summary>What is wrong with the name of a store; null when nothing is. The name itself may hold a password, and is not told.</summary>
    public static string? Fault(string store) =>
        (store.StartsWith("duckdb:", StringComparison.OrdinalIgnoreCase) && store.Length > "duckdb:".Length) || store.StartsWith("postgresql:", StringComparison.OrdinalIgnoreCase)
            ? null
            : "must begin with its engine: write duckdb:FILE or postgresql:Host=…;Database=….";

    private static Command Init(CancellationToken cancellationToken)
    {
        Argument<string> store = Place();
        Argument<string> folder = CommandLine.Folder("Portfolio folder whose organisation.json names the organisation and its time zone; its facts are not read.");
        var shards = new Option<string[]>("--shard") { Description = "A PostgreSQL database that a part of the log is to lie on, as Host=…;Database=…; once for each, in their order. For a store that is there, leave it out or name those that it has.", HelpName = "CONNECTION" };
        var command = new Command("init", """
            Create a store, or bring one that is there up to this version.

            Example: engagement store init duckdb:ihk.duckdb samples/ihk-ostwestfalen
            """) { store, folder, shards };
        command.SetAction(parsed => StoreCommand.InitAsync(parsed.GetRequiredValue(store), parsed.GetRequiredValue(folder), parsed.GetValue(shards) ?? [], parsed.InvocationConfiguration, cancellationToken).GetAwaiter().GetResult());
        return command;
    }

    private static Command Append(TextWriter error, CancellationToken cancellationToken)
    {
        Argument<string> store = Place();
        Argument<string> folder = CommandLine.Folder("Portfolio folder with the facts and interactions.");
        var batch = new Option<string>("--batch") { Description = "The batch's name: interactions that are sent again under it count once.", HelpName = "ID", Required = true };
        batch.Validators.Add(result =>
        {
            if (IdFault(result.GetValueOrDefault<string>() ?? "") is { } fault) result.AddError($"--batch {fault}");
        });
        var command = new Command("append", """
            Put the facts of a folder into a store, and its interactions as a batch, once.

            Example: engagement store append duckdb:ihk.duckdb samples/ihk-ostwestfalen --batch 2014-11
            """) { store, folder, batch };
        command.SetAction(parsed => StoreCommand.AppendAsync(parsed.GetRequiredValue(store), parsed.GetRequiredValue(folder), parsed.GetRequiredValue(batch), parsed.InvocationConfiguration.Output, error, cancellationToken).GetAwaiter().GetResult());
        return command;
    }

    private static Command Check(TextWriter error, CancellationToken cancellationToken)
    {
        Argument<string> store = Place();
        Option<string?> organisation = CommandLine.Organisation();
        var rebuild = new Option<bool>("--rebuild") { Description = "Make the daily cells anew from the interactions first." };
        var command = new Command("check", """
            Count the log again, and compare it with the daily cells and with what each batch states.

            Example: engagement store check duckdb:ihk.duckdb
            """) { store, organisation, rebuild };
        command.SetAction(parsed => StoreCommand.CheckAsync(PlaceOf(parsed, store, organisation), parsed.GetValue(rebuild), parsed.InvocationConfiguration.Output, error, cancellationToken).GetAwaiter().GetResult());
        return command;
    }

    private static Command RollUp(TextWriter error, CancellationToken cancellationToken)
    {
        Argument<string> store = Place();
        Option<string?> organisation = CommandLine.Organisation();
        Option<LocalDate?> from = CommandLine.Date("--from", "First day, as 2014-11-01.");
        Option<LocalDate?> to = CommandLine.Date("--to", "First day after the period: it is not included.");
        (from.Required, to.Required) = (true, true);
        var unit = new Option<string>("--unit") { Description = "What is counted by.", DefaultValueFactory = _ => CommandLine.Units[0] };
        unit.AcceptOnlyFromAmong(CommandLine.Units);
        var zone = new Option<DateTimeZone?>("--zone") { Description = "The zone of the days, as Europe/Berlin. Default: the organisation's.", HelpName = "ZONE", CustomParser = CommandLine.ReadZone };
        var everybody = new Option<bool>("--everybody") { Description = "Count the organisation and bots too." };
        var command = new Command("rollup", """
            Interactions by period, channel, kind and role, as CSV.

            Example: engagement store rollup duckdb:ihk.duckdb --from 2014-01-01 --to 2015-01-01 --unit month
            """) { store, organisation, from, to, unit, zone, everybody };
        command.SetAction(parsed => StoreCommand.RollUpAsync(
            PlaceOf(parsed, store, organisation),
            (parsed.GetValue(from)!.Value, parsed.GetValue(to)!.Value),
            CommandLine.Unit(parsed.GetRequiredValue(unit)),
            parsed.GetValue(zone),
            parsed.GetValue(everybody),
            parsed.InvocationConfiguration.Output,
            error,
            cancellationToken).GetAwaiter().GetResult());
        return command;
    }

    private static Command Export(TextWriter error, CancellationToken cancellationToken)
    {
        Argument<string> store = Place();
        Option<string?> organisation = CommandLine.Organisation();
        Argument<string> folder = CommandLine.Folder("Portfolio folder to write; made if it does not exist.");
        var command = new Command("export", """
            Write all facts and interactions of a store as a portfolio folder.

            Example: engagement store export duckdb:ihk.duckdb ihk
            """) { store, organisation, folder };
        command.SetAction(parsed => StoreCommand.ExportAsync(PlaceOf(parsed, store, organisation), parsed.GetRequiredValue(folder), parsed.InvocationConfiguration.Output, error, cancellationToken).GetAwaiter().GetResult());
        return command;
    }

    private static Command Forget(CancellationToken cancellationToken)
    {
        Argument<string> store = Place();
        Option<string?> organisation = CommandLine.Organisation();
        var actor = new Option<string?>("--actor") { Description = "The actor to forget: his interactions count on as those of somebody unknown.", HelpName = "ID" };
        Option<LocalDate?> before = CommandLine.Date("--before", "Take out the interactions before this day; their daily counts stay.");
        var command = new Command("forget", """
            Forget an actor, or the interactions before a day. Counts of interactions stay as they are.

            Example: engagement store forget duckdb:ihk.duckdb --actor anna
            """) { store, organisation, actor, before };
        command.Validators.Add(result =>
        {
            string? named = result.GetResult(actor) is null ? null : result.GetValue(actor);
            if ((named is null) == (result.GetResult(before) is null)) result.AddError("One of --actor and --before must be given: say who, or what, is to be forgotten.");
            if (named is not null && IdFault(named) is { } fault) result.AddError($"--actor {fault}");
        });
        command.SetAction(parsed => StoreCommand.ForgetAsync(PlaceOf(parsed, store, organisation), parsed.GetValue(actor), parsed.GetValue(before), parsed.InvocationConfiguration.Output, cancellationToken).GetAwaiter().GetResult());
        return command;
    }

    private static StorePlace PlaceOf(ParseResult parsed, Argument<string> store, Option<string?> organisation) => new(parsed.GetRequiredValue(store), parsed.GetValue(organisation));

    private static Argument<string> Place()
    {
        var store = new Argument<string>("STORE") { Description = "The store: duckdb:FILE or postgresql:Host=…;Database=…." };
        store.Validators.Add(result =>
        {
            if (Fault(result.GetValueOrDefault<string>() ?? "") is { } fault) result.AddError($"STORE {fault}");
        });
        return store;
    }

    /// <summary>What is wrong with an identifier; null when nothing is.</summary>
    public static string? IdFault(string id)
    {
        try
        {
            _ = new ActorId(id);
            return null;
        }
        catch (ArgumentException)
        {
            return $"(\"{Printable.Excerpt(id)}\") must be an identifier of 1 to 512 characters without control characters or space at its ends: write it so.";
        }
    }
}
