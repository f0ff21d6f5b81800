using System.CommandLine;
using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Import.Columnar;
using Engagement.Reporting;
using NodaTime;

namespace Engagement.Cli;

/// <summary><c>engagement rollup</c>: counts the interactions of a folder or of a log file by local periods.</summary>
internal static class RollUpCommand
{
    /// <summary>Columns of a log that a roll-up reads.</summary>
    private static readonly string[] Columns = ["at", "channel", "kind", "role"];

    public static Command Create(TextWriter error, int width, CancellationToken cancellationToken)
    {
        var source = new Argument<string>("FOLDER|LOG") { Description = "Portfolio folder, or a log as a CSV, Parquet or Arrow file." };
        source.Validators.Add(result =>
        {
            string? path = result.GetValueOrDefault<string?>();
            if (string.IsNullOrWhiteSpace(path)) result.AddError("FOLDER|LOG (\"\") must name a folder or a log: write log.parquet, for example.");
            else if (path[0] == '-') result.AddError(CommandLine.NoOption(path, "folder or log"));
        });
        var by = new Option<string>("--by") { Description = "What is counted by.", DefaultValueFactory = _ => CommandLine.Units[0] };
        by.AcceptOnlyFromAmong(CommandLine.Units);
        Option<LocalDate?> from = CommandLine.Date("--from", "First day, as 2014-11-01. Default: the day of the earliest interaction; of a log it must be given.");
        Option<LocalDate?> to = CommandLine.Date("--to", "First day after the period: it is not included. Default: the day after the latest interaction; of a log it must be given.");
        var zone = new Option<DateTimeZone?>("--zone") { Description = "The zone of the days, as Europe/Berlin. Default: the organisation's; of a log it must be given.", HelpName = "ZONE", CustomParser = CommandLine.ReadZone };
        var channels = new Option<string[]>("--channel") { Description = "Count this channel alone; once for each.", HelpName = "ID" };
        var everybody = new Option<bool>("--everybody") { Description = "Count the organisation and bots too." };
        var names = new Option<string[]>("--column") { Description = $"What a column of a log ({string.Join(", ", Columns)}) is called there, as at=created_at; once for each.", HelpName = "OURS=NAME" };
        names.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => Named(text) is null)) result.AddError($"--column (\"{Printable.Excerpt(text)}\") must be one of {string.Join(", ", Columns)}, = and a name: write at=created_at, for example.");
            foreach (string ours in result.Tokens.Select(token => token.Value.Split('=')[0]).GroupBy(ours => ours, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key)) result.AddError($"--column must name {Printable.Excerpt(ours)} once.");
        });
        Option<string> format = CommandLine.Format(["table", "csv", "json"]);
        var command = new Command("rollup", """
            Interactions by period, channel, kind and role.

            Example: engagement rollup samples/demo-association --by month
            Example: engagement rollup log.parquet --by week --zone Europe/Berlin --from 2024-01-01 --to 2025-01-01 --format csv
            """)
        {
            source, by, from, to, zone, channels, everybody, names, format,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(source);
            CalendarUnit unit = CommandLine.Unit(parsed.GetRequiredValue(by));
            RollUpOptions options = CommandLine.Counting(parsed.GetValue(everybody));
            (LocalDate?, LocalDate?) days = (parsed.GetValue(from), parsed.GetValue(to));
            var named = (parsed.GetValue(names) ?? []).Select(text => Named(text)!.Value).ToDictionary(name => name.Ours, name => name.Theirs, StringComparer.Ordinal);
            if (named.Count > 0 && Directory.Exists(path))
            {
                error.WriteLine("error: --column must come with a log: the columns of a folder have their own names.");
                return Program.BadUsage;
            }

            (int code, RollUp? rollUp, IReadOnlyList<string> known) = File.Exists(path)
                ? OfLog(path, unit, days, parsed.GetValue(zone), named, options, error, cancellationToken)
                : OfFolder(path, unit, days, parsed.GetValue(zone), options, error, cancellationToken);
            if (rollUp is null) return code;
            string[] asked = parsed.GetValue(channels) ?? [];
            if (asked.FirstOrDefault(id => !known.Contains(id, StringComparer.Ordinal)) is { } wrong)
            {
                error.WriteLine($"error: --channel (\"{Printable.Excerpt(wrong)}\") must be a channel that has facts here: {NearName.Question(wrong, known) ?? $"the channels are {Printable.Excerpt(string.Join(", ", known))}."}");
                return Program.BadUsage;
            }

            IEnumerable<RollUpCell> cells = rollUp.Cells.Where(cell => asked.Length == 0 || asked.Contains(cell.Channel.Value, StringComparer.Ordinal));
            TextWriter output = parsed.InvocationConfiguration.Output;
            switch (parsed.GetRequiredValue(format))
            {
                case "csv":
                    RollUpText.WriteCsv(cells, output);
                    break;
                case "json":
                    output.Write(RollUpText.Json(cells));
                    break;
                default:
                    output.Write(RollUpText.Table(cells, width));
                    break;
            }

            return Program.Success;
        });
        return command;
    }

    private static (int Code, RollUp? RollUp, IReadOnlyList<string> Channels) OfFolder(string folder, CalendarUnit unit, (LocalDate? From, LocalDate? To) days, DateTimeZone? zone, RollUpOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        if (!FactPeriod.IsInOrder(days.From, days.To, error)) return (Program.BadUsage, null, []);
        if (PortfolioInput.Read(folder, null, error, cancellationToken) is not ({ } portfolio, _, _)) return (Program.BadData, null, []);
        if (portfolio.Interactions.Count == 0)
        {
            error.WriteLine($"error: {Printable.Excerpt(folder)} lists no interaction: put them into interactions.csv, or pass a log.");
            return (Program.BadData, null, []);
        }

        DateTimeZone local = zone ?? portfolio.Organisation.TimeZone;
        (LocalPeriod period, int code) = FactPeriod.Asked(FactPeriod.Of(portfolio.Interactions, local), days.From, days.To, error);
        if (code != Program.Success) return (code, null, []);
        RollUp rollUp = InteractionLog.From(portfolio.Interactions).RollUp(LocalCalendar.Of(local, period, unit), options, cancellationToken);
        return (Program.Success, rollUp, [.. portfolio.Channels.Select(channel => channel.Id.Value)]);
    }

    private static (string Ours, string Theirs)? Named(string text) => text.Split('=', 2) is [var ours, { Length: > 0 } theirs] && Columns.Contains(ours, StringComparer.Ordinal) ? (ours, theirs) : null;

    private static (int Code, RollUp? RollUp, IReadOnlyList<string> Channels) OfLog(string path, CalendarUnit unit, (LocalDate? From, LocalDate? To) days, DateTimeZone? zone, IReadOnlyDictionary<string, string> names, RollUpOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        if (days is not ({ } from, { } to) || zone is null)
        {
            error.WriteLine("error: a log states no zone and no period: pass --zone, --from and --to.");
            return (Program.BadUsage, null, []);
        }

        if (!FactPeriod.IsInOrder(from, to, error)) return (Program.BadUsage, null, []);
        try
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            IEnumerable<InteractionLog> chunks = LogFile.Read(path, LogFileOptions.Default with { Zone = zone, Columns = Columns, Names = names }, cancellationToken).Select(chunk =>
            {
                seen.UnionWith(chunk.Channels.Select(channel => channel.Value));
                return chunk;
            });
            RollUp rollUp = RollUp.OfStream(chunks, LocalCalendar.Of(zone, LocalPeriod.Between(from, to), unit), options, cancellationToken);
            return (Program.Success, rollUp, [.. seen.Order(StringComparer.Ordinal)]);
        }
        catch (LogFileException exception)
        {
            string option = exception.Code == "ENG0802" ? " On the command line: --column OURS=NAME, as --column at=created_at." : "";
            error.WriteLine($"error: {Printable.Excerpt(exception.Message)}{option} [{exception.Code}]");
            return (Program.BadData, null, []);
        }
    }
}
