using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Import;
using Engagement.Import.Columnar;
using Engagement.Reporting;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Cli;

/// <summary>The commands with their arguments, options and help.</summary>
internal static class CommandLine
{
    /// <summary>The names of the calendar's units, as <see cref="Unit"/> reads them.</summary>
    internal static readonly string[] Units = ["day", "week", "month", "quarter", "year"];

    private static readonly string[] Formats = ["table", "markdown", "json", "csv", "html"];
    private static readonly string[] Languages = ["en", "de"];

    private const string Quiet = "--quiet";
    private const string OrganisationName = "--organisation";

    public static RootCommand Root(TextWriter error, int width, CancellationToken cancellationToken)
    {
        var root = new RootCommand("How far an organisation's channels reach its members, and how much engagement they find.")
        {
            Report(error, width, ReportScope.All, cancellationToken),
            Report(error, width, ReportScope.Reach, cancellationToken),
            Report(error, width, ReportScope.Dialogue, cancellationToken),
            Validate(error, cancellationToken),
            Import(error, cancellationToken),
            Export(error, cancellationToken),
            Definitions(error, width),
            Compare(error, width, cancellationToken),
            StoreCommandLine.Store(error, cancellationToken),
            RollUpCommand.Create(error, width, cancellationToken),
            InitCommand.Create(error, cancellationToken),
            CompletionCommand.Create(),
            new Option<bool>(Quiet) { Description = "Neither warnings nor progress: standard error tells errors alone.", Recursive = true },
        };

        // Of the directives only the one that shells ask: any other word in brackets is a name.
        root.Directives.Clear();
        root.Directives.Add(new SuggestDirective());
        return root;
    }

    /// <summary>Whether the user asked for errors alone.</summary>
    public static bool IsQuiet(ParseResult parsed) => parsed.Errors.Count == 0 && parsed.GetValue(parsed.RootCommandResult.Command.Options.OfType<Option<bool>>().Single(option => option.Name == Quiet));

    /// <summary>What is wrong with the question that a shell asks; null where nothing is.</summary>
    public static string? SuggestionFault(ParseResult parsed)
    {
        var root = (RootCommand)parsed.RootCommandResult.Command;
        return parsed.GetResult(root.Directives.Single()) is { Values: [var place, ..] } && !int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? $"[suggest:{Printable.Excerpt(place)}] must name a place in the line: write [suggest:6], for example."
            : null;
    }

    private static Command Report(TextWriter error, int width, ReportScope scope, CancellationToken cancellationToken)
    {
        Argument<string?> folder = Folder();
        Option<string?> store = Store();
        Option<LocalDate?> from = Date("--from", "First day of the period, as 2014-11-01. Default: the day of the earliest fact.");
        Option<LocalDate?> to = Date("--to", "First day after the period: it is not included. Default: the day after the latest fact.");
        Option<string> format = Format(Formats);
        Option<string> language = LanguageOption();
        Option<string?> file = Output("The file to write, instead of standard output; an existing one is replaced when the report is complete.", "report.html");
        var charts = new Option<string?>("--charts") { Description = "Folder that every chart goes into as a file of its own, besides the report; made if it does not exist.", HelpName = "FOLDER" };
        charts.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string?>())) result.AddError("--charts (\"\") must name a folder: write --charts charts, for example.");
        });
        var chartFormat = new Option<string>("--chart-format") { Description = "How to write the charts.", DefaultValueFactory = _ => ReportCommand.ChartFormats[0] };
        chartFormat.AcceptOnlyFromAmong(ReportCommand.ChartFormats);
        var rate = new Option<Money?>("--hourly-rate") { Description = "What an hour of staff time costs, as 60EUR, to weigh time and money together.", HelpName = "MONEY", CustomParser = ReadMoney };
        var hours = new Option<BusinessHours?>("--hours") { Description = "Business hours in the organisation's zone, as \"Mon-Thu 08:00-17:00, Fri 08:00-15:00\": response times count these alone. Default: all hours.", HelpName = "HOURS", CustomParser = ReadHours };
        var holidays = new Option<IReadOnlyList<LocalDate>?>("--holidays") { Description = "Days without business hours, as 2024-12-25,2024-12-26; only with --hours.", HelpName = "DATES", CustomParser = ReadHolidays };
        var deadlines = new Option<IReadOnlyList<Deadline>>("--deadline") { Description = "Tell the share answered within these times, in minutes, hours or days, as 30m,4h,2d; in --hours, if given, where a day has 24 of them. Default: 1h,24h,7d.", HelpName = "TIMES", CustomParser = ReadDeadlines };
        var observedUntil = new Option<ObservedUntil?>("--observed-until") { Description = "When observation of answers ends: a day, which is not included, or a moment as 2025-01-15T12:00:00+01. Default: the end of the period.", HelpName = "DATE", CustomParser = ReadObservedUntil };
        Command command = scope switch
        {
            ReportScope.Reach => new Command("reach", """
            Reach per member of every channel and of all together: net reach with its bounds, overlaps, and what each channel adds.

            Example: engagement reach samples/ihk-ostwestfalen --from 2014-11-01 --to 2014-12-01 --format markdown --language de
            """),
            ReportScope.Dialogue => new Command("dialogue", """
            Who talks with whom: dialogue level, response times with what is unanswered, reciprocity, and who carries the dialogue.

            Example: engagement dialogue samples/demo-association --from 2024-01-01 --to 2025-01-01 --language de
            Example: engagement dialogue samples/demo-association --from 2024-12-01 --to 2025-01-01 --hours "Mon-Fri 08:00-17:00" --holidays 2024-12-25,2024-12-26 --deadline 4h,9h,3d --observed-until 2025-01-08
            """) { hours, holidays, deadlines, observedUntil },
            _ => new Command("report", """
            Reach per member, engagement ratio, dialogue, and effort in proportion to benefit of every channel, with intervals and caveats.

            Example: engagement report samples/ihk-ostwestfalen --from 2014-11-01 --to 2014-12-01 --format markdown --language de
            Example: engagement report samples/demo-association --format html --output report.html
            Example: engagement report samples/demo-association --charts charts --chart-format png
            """) { rate, hours, holidays, deadlines, observedUntil },
        };
        if (scope is not ReportScope.Reach)
        {
            command.Validators.Add(result =>
            {
                if (result.GetResult(holidays) is not null && result.GetResult(hours) is null) result.AddError("--holidays must come with --hours: without business hours time runs on holidays too.");
            });
        }

        command.Add(folder);
        foreach (Option option in new Option[] { store, from, to, format, language, file, charts, chartFormat }) command.Add(option);
        RequireOneInput(command, folder, store);
        command.SetAction(parsed => ReportCommand.Run(
            new ReportRequest
            {
                Folder = parsed.GetValue(folder),
                Store = PlaceOf(parsed, store),
                Scope = scope,
                HourlyRate = scope is ReportScope.All ? parsed.GetValue(rate) : null,
                Hours = scope is ReportScope.Reach ? null : parsed.GetValue(hours)?.WithHolidays(parsed.GetValue(holidays) ?? []),
                Deadlines = scope is ReportScope.Reach ? Deadline.Standard : parsed.GetValue(deadlines) ?? Deadline.Standard,
                ObservedUntil = scope is ReportScope.Reach ? null : parsed.GetValue(observedUntil),
                From = parsed.GetValue(from),
                To = parsed.GetValue(to),
                Format = parsed.GetRequiredValue(format),
                Language = LanguageOf(parsed.GetRequiredValue(language)),
                Output = parsed.GetValue(file),
                Charts = parsed.GetValue(charts),
                ChartFormat = parsed.GetRequiredValue(chartFormat),
                Width = width,
            },
            parsed.InvocationConfiguration.Output,
            error,
            cancellationToken));
        return command;
    }

    private static Command Definitions(TextWriter error, int width)
    {
        var id = new Argument<string?>("ID") { Description = "The name of one definition, with or without its version. Default: all of them.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> format = Format(["table", "json"]);
        Option<string> language = LanguageOption();
        var command = new Command("definitions", """
            The definitions of all metrics, or one of them with its formula, its source and the interval that belongs to it.

            Example: engagement definitions crowdtangle-page --language de
            """)
        {
            id, format, language,
        };
        command.SetAction(parsed => DefinitionsCommand.Run(parsed.GetValue(id), parsed.GetRequiredValue(format), LanguageOf(parsed.GetRequiredValue(language)), width, parsed.InvocationConfiguration.Output, error));
        return command;
    }

    private static Command Compare(TextWriter error, int width, CancellationToken cancellationToken)
    {
        Argument<string?> folder = Folder();
        Option<string?> store = Store();
        var definition = new Option<string>("--definition") { Description = "The definition of the figures: one of those that engagement definitions lists.", HelpName = "ID", Required = true };
        var by = new Option<string>("--by") { Description = "What is compared. Periods are the months, weeks or days of the period, so that there are several.", DefaultValueFactory = _ => CompareCommand.Ways[0] };
        by.AcceptOnlyFromAmong(CompareCommand.Ways);
        Option<LocalDate?> from = Date("--from", "First day of the period, as 2014-11-01. Default: the day of the earliest fact.");
        Option<LocalDate?> to = Date("--to", "First day after the period: it is not included. Default: the day after the latest fact.");
        Option<string> format = Format(["table", "json"]);
        Option<string> language = LanguageOption();
        var command = new Command("compare", """
            Figures of one definition side by side: their ranking, and which of them can be told apart at 95 %, given how many are compared.

            Example: engagement compare samples/ihk-ostwestfalen --definition reach-per-member --by platform
            """)
        {
            folder, store, definition, by, from, to, format, language,
        };
        RequireOneInput(command, folder, store);
        command.SetAction(parsed => CompareCommand.Run(
            new ReportRequest
            {
                Folder = parsed.GetValue(folder),
                Store = PlaceOf(parsed, store),
                From = parsed.GetValue(from),
                To = parsed.GetValue(to),
                Format = parsed.GetRequiredValue(format),
                Language = LanguageOf(parsed.GetRequiredValue(language)),
                Width = width,
            },
            parsed.GetRequiredValue(definition),
            parsed.GetRequiredValue(by),
            parsed.InvocationConfiguration.Output,
            error,
            cancellationToken));
        return command;
    }

    internal static Option<string> Format(string[] formats)
    {
        var format = new Option<string>("--format") { Description = "How to write the result.", DefaultValueFactory = _ => formats[0] };
        format.AcceptOnlyFromAmong(formats);
        return format;
    }

    internal static CalendarUnit Unit(string name) => name switch { "week" => CalendarUnit.IsoWeek, "month" => CalendarUnit.Month, "quarter" => CalendarUnit.Quarter, "year" => CalendarUnit.Year, _ => CalendarUnit.Day };

    /// <summary>Whose interactions a roll-up counts; rows of other times are left out.</summary>
    internal static RollUpOptions Counting(bool everybody)
    {
        var options = new RollUpOptions { LeavesOutOtherTimes = true };
        return everybody ? options with { Roles = [.. Enum.GetValues<ActorRole>().Where(role => role != default)] } : options;
    }

    private static Option<string> LanguageOption()
    {
        var language = new Option<string>("--language") { Description = "Language of headings, caveats and numbers.", DefaultValueFactory = _ => Languages[0] };
        language.AcceptOnlyFromAmong(Languages);
        return language;
    }

    private static Language LanguageOf(string language) => language == "de" ? Language.German : Language.English;

    private static Command Validate(TextWriter error, CancellationToken cancellationToken)
    {
        Argument<string?> folder = Folder();
        Option<string?> store = Store();
        var command = new Command("validate", """
            Check a portfolio folder: whether it can be read, and whether its facts contradict each other.

            Example: engagement validate samples/ihk-ostwestfalen
            """)
        {
            folder, store,
        };
        RequireOneInput(command, folder, store);
        command.SetAction(parsed => ValidateCommand.Run(parsed.GetValue(folder), PlaceOf(parsed, store), parsed.InvocationConfiguration.Output, error, cancellationToken));
        return command;
    }

    private static Command Import(TextWriter error, CancellationToken cancellationToken)
    {
        var files = new Argument<string[]>("FILE") { Description = "Exports of platforms: CSV, TSV, JSON, JSON Lines, ActivityStreams 2.0, Excel (.xlsx), Parquet, Arrow.", Arity = ArgumentArity.ZeroOrMore };
        var source = new Option<string?>("--as") { Description = "The source, as facebook, or one of its tables, as facebook/posts. Default: recognised by the columns.", HelpName = "SOURCE" };
        var into = new Option<string?>("--into") { Description = "Portfolio folder that the facts go into; made if it does not exist.", HelpName = "FOLDER" };
        var channel = new Option<string?>("--channel") { Description = "The channel that the facts belong to. Default: the one that the file names, or the folder's one channel of the platform.", HelpName = "ID" };
        var zone = new Option<DateTimeZone?>("--zone") { Description = "The zone of times that bear none, as Europe/Berlin; of a new folder, the organisation's.", HelpName = "ZONE", CustomParser = ReadZone };
        Option<LocalDate?> asOf = Date("--as-of", "The day on which undated counts held, as 2014-11-20.");
        var encoding = new Option<string?>("--encoding") { Description = "The encoding of text files without a byte order mark: utf-8 or windows-1252. Default: utf-8.", HelpName = "NAME" };
        var mappings = new Option<string?>("--mappings") { Description = "Folder with mapping files of your own.", HelpName = "FOLDER" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Read and check only; write nothing." };
        var list = new Option<bool>("--list") { Description = "List the sources that are known." };
        var command = new Command("import", """
            Import the exports that platforms hand out into a portfolio folder.

            Example: engagement import posts.csv --as facebook --into ihk --zone Europe/Berlin
            """)
        {
            files, source, into, channel, zone, asOf, encoding, mappings, dryRun, list,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(list)) return;
            string[] paths = result.GetValue(files) ?? [];
            if (paths.Length == 0) result.AddError("FILE must not be missing: pass the path of an export, or --list to see the sources.");
            if (paths.FirstOrDefault(path => path.Length == 0 || path[0] == '-') is { } wrong) result.AddError(NoOption(wrong, "file"));
            if (string.IsNullOrWhiteSpace(result.GetValue(into))) result.AddError("--into must name the portfolio folder that the facts go into: pass --into FOLDER.");
        });
        command.SetAction(parsed => parsed.GetValue(list)
            ? ImportCommand.List(parsed.GetValue(mappings), parsed.InvocationConfiguration.Output, error)
            : ImportCommand.Run(
                new ImportRequest(parsed.GetValue(files)!, parsed.GetValue(into)!)
                {
                    Source = parsed.GetValue(source),
                    Channel = parsed.GetValue(channel),
                    Zone = parsed.GetValue(zone),
                    AsOf = parsed.GetValue(asOf),
                    Encoding = parsed.GetValue(encoding),
                    Mappings = parsed.GetValue(mappings),
                    IsDryRun = parsed.GetValue(dryRun),
                    Formats = ColumnarFormats.All,
                },
                parsed.InvocationConfiguration.Output,
                error,
                cancellationToken));
        return command;
    }

    private static Command Export(TextWriter error, CancellationToken cancellationToken)
    {
        Argument<string?> folder = Folder();
        Option<string?> store = Store();
        Option<string> format = Format(ExportCommand.Formats);
        format.Description = "json and xlsx: all facts; csv, parquet and arrow: the interactions, a row each.";
        Option<string?> file = Output("The file to write; an existing one is replaced when the new one is complete.", "log.parquet");
        file.Required = true;
        var command = new Command("export", """
            Write the facts of a folder or store as one file for other programs: JSON, Excel, or the log of interactions as CSV, Parquet or Arrow.

            Example: engagement export samples/demo-association --format parquet --output log.parquet
            """)
        {
            folder, store, format, file,
        };
        command.SetAction(parsed => ExportCommand.Run(parsed.GetValue(folder), PlaceOf(parsed, store), parsed.GetRequiredValue(format), parsed.GetRequiredValue(file)!, parsed.InvocationConfiguration.Output, error, cancellationToken));
        RequireOneInput(command, folder, store);
        return command;
    }

    internal static DateTimeZone? ReadZone(ArgumentResult result)
    {
        string text = Single(result);
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) is { } zone) return zone;
        result.AddError($"--zone (\"{Printable.Excerpt(text)}\") must be an IANA time zone: write Europe/Berlin, for example.");
        return null;
    }

    /// <summary>The file that a result goes into.</summary>
    private static Option<string?> Output(string description, string example)
    {
        var file = new Option<string?>("--output") { Description = description, HelpName = "FILE" };
        file.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string?>())) result.AddError($"--output (\"\") must name a file: write --output {example}, for example.");
        });
        return file;
    }

    /// <summary>A folder that must be named.</summary>
    internal static Argument<string> Folder(string description)
    {
        var folder = new Argument<string>("FOLDER") { Description = description };
        folder.Validators.Add(result =>
        {
            string path = result.GetValueOrDefault<string>() ?? "";
            if (path.Length == 0 || path[0] == '-') result.AddError($"FOLDER (\"{Printable.Excerpt(path)}\") must be the path of a folder: pass one whose name begins with a hyphen as ./{Printable.Excerpt(path)}.");
        });
        return folder;
    }

    private static Argument<string?> Folder()
    {
        var folder = new Argument<string?>("FOLDER") { Description = "Portfolio folder with organisation.json, channels.csv and, if known, audiences.csv, overlaps.csv, publications.csv, interactions.csv and efforts.csv.", Arity = ArgumentArity.ZeroOrOne };
        folder.Validators.Add(result =>
        {
            if (result.Tokens.Count == 0) return;
            string path = result.GetValueOrDefault<string>() ?? "";
            if (path.Length == 0) result.AddError("FOLDER must not be empty: pass the path of a portfolio folder.");

            else if (path[0] == '-') result.AddError(NoOption(path, "folder"));
        });
        return folder;
    }

    /// <summary>A mistyped option would otherwise pass for a path, and bad usage for bad data.</summary>
    internal static string NoOption(string path, string what) => $"\"{Printable.Excerpt(path)}\" is not an option of this command: see its help, or pass a {what} of that name as ./{Printable.Excerpt(path)}.";

    private static Option<string?> Store()
    {
        var store = new Option<string?>("--store") { Description = "A store instead of a folder, as duckdb:engagement.duckdb or postgresql:Host=…;Database=….", HelpName = "STORE" };
        store.Validators.Add(result =>
        {
            if (StoreCommandLine.Fault(result.GetValueOrDefault<string>() ?? "") is { } fault) result.AddError($"--store {fault}");
        });
        return store;
    }

    /// <summary>The option that says whose facts of a store are meant.</summary>
    internal static Option<string?> Organisation()
    {
        var organisation = new Option<string?>(OrganisationName) { Description = "Whose facts of the store, where it holds several organisations. Default: the only one.", HelpName = "ID" };
        organisation.Validators.Add(result =>
        {
            if (StoreCommandLine.IdFault(result.GetValueOrDefault<string?>() ?? "") is { } fault) result.AddError($"{OrganisationName} {fault}");
        });
        return organisation;
    }

    /// <summary>The store that is meant; null where the facts come from a folder.</summary>
    private static StorePlace? PlaceOf(ParseResult parsed, Option<string?> store) => parsed.GetValue(store) is { } connection ? new StorePlace(connection, parsed.GetValue<string?>(OrganisationName)) : null;

    /// <summary>Facts come from a folder or from a store: from one, and not from both.</summary>
    private static void RequireOneInput(Command command, Argument<string?> folder, Option<string?> store)
    {
        command.Add(Organisation());
        command.Validators.Add(result =>
        {
            bool hasFolder = result.GetResult(folder) is { Tokens.Count: > 0 };
            bool hasStore = result.GetResult(store) is { Implicit: false };
            if (!hasFolder && !hasStore) result.AddError("Required argument missing: pass FOLDER, or --store STORE.");
            if (hasFolder && hasStore) result.AddError("FOLDER and --store must not both be given: pass the one that holds the facts.");
            if (!hasStore && result.GetResult(OrganisationName) is { Tokens.Count: > 0 }) result.AddError($"{OrganisationName} must come with --store: a folder holds one organisation.");
        });
    }

    internal static Option<LocalDate?> Date(string name, string description) => new(name) { Description = description, HelpName = "DATE", CustomParser = result => ReadDate(name, result) };

    private static Money? ReadMoney(ArgumentResult result)
    {
        string text = Single(result);
        if (text.Length > 3 && text[^3..].All(char.IsAsciiLetterUpper) && text[..^3].All(letter => char.IsAsciiDigit(letter) || letter == '.') && decimal.TryParse(text[..^3], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount)) return new Money(amount, text[^3..]);
        result.AddError($"--hourly-rate (\"{Printable.Excerpt(text)}\") must be an amount and a currency: write it as 60EUR or 62.50EUR.");
        return null;
    }

    private static BusinessHours? ReadHours(ArgumentResult result)
    {
        string text = Single(result);
        (BusinessHours? hours, string? broken) = BusinessHoursText.Read(text);
        if (broken is not null) result.AddError($"--hours (\"{Printable.Excerpt(text)}\") {broken}: write \"Mon-Thu 08:00-17:00, Fri 08:00-15:00\", for example.");
        return hours;
    }

    private static IReadOnlyList<LocalDate>? ReadHolidays(ArgumentResult result)
    {
        string text = Single(result);
        IReadOnlyList<LocalDate>? days = BusinessHoursText.Holidays(text);
        if (days is null) result.AddError($"--holidays (\"{Printable.Excerpt(text)}\") must be days of the calendar, separated by commas: write 2024-12-25,2024-12-26, for example.");
        return days;
    }

    private static IReadOnlyList<Deadline> ReadDeadlines(ArgumentResult result)
    {
        string text = Single(result);
        (IReadOnlyList<Deadline> times, string? broken) = Deadline.Read(text);
        if (broken is not null) result.AddError($"--deadline (\"{Printable.Excerpt(text)}\") {broken}: write 30m,4h,2d, for example.");
        return times;
    }

    private static ObservedUntil? ReadObservedUntil(ArgumentResult result)
    {
        string text = Single(result);
        ObservedUntil? until = ObservedUntil.Read(text);
        if (until is null) result.AddError($"--observed-until (\"{Printable.Excerpt(text)}\") must be a day of the calendar, or a moment with its offset from UTC, in the years 0001 to 9998: write it as 2025-01-15 or 2025-01-15T12:00:00+01.");
        return until;
    }

    private static string Single(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";

    internal static LocalDate? ReadDate(string name, ArgumentResult result)
    {
        string text = Single(result);
        if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out LocalDate date) && date.Year is >= 1 and <= 9998) return date;
        result.AddError($"{name} (\"{Printable.Excerpt(text)}\") must be a day of the calendar in the years 0001 to 9998: write it as 2014-11-20.");
        return null;
    }
}
