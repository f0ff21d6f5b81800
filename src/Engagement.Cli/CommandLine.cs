using System.CommandLine;
using System.CommandLine.Parsing;
using Engagement.Core;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Cli;

/// <summary>The commands with their arguments, options and help.</summary>
internal static class CommandLine
{
    private static readonly string[] Formats = ["table", "markdown", "json", "csv"];
    private static readonly string[] Languages = ["en", "de"];

    public static RootCommand Root(TextWriter error, int width, CancellationToken cancellationToken)
    {
        var root = new RootCommand("How far an organisation's channels reach its members, and how much engagement they find.")
        {
            Report(error, width, cancellationToken),
            Validate(error, cancellationToken),
        };
        root.Directives.Clear();
        return root;
    }

    private static Command Report(TextWriter error, int width, CancellationToken cancellationToken)
    {
        Argument<string> folder = Folder();
        Option<LocalDate?> from = Date("--from", "First day of the period, as 2014-11-01. Default: the day of the earliest fact.");
        Option<LocalDate?> to = Date("--to", "First day after the period: it is not included. Default: the day after the latest fact.");
        var format = new Option<string>("--format") { Description = "How to write the report.", DefaultValueFactory = _ => Formats[0] };
        format.AcceptOnlyFromAmong(Formats);
        var language = new Option<string>("--language") { Description = "Language of headings, caveats and numbers.", DefaultValueFactory = _ => Languages[0] };
        language.AcceptOnlyFromAmong(Languages);
        var command = new Command("report", """
            Reach per member and engagement ratio of every channel, with intervals and caveats.

            Example: engagement report samples/ihk-ostwestfalen --from 2014-11-01 --to 2014-12-01 --format markdown --language de
            """)
        {
            folder, from, to, format, language,
        };
        command.SetAction(parsed => ReportCommand.Run(
            new ReportRequest
            {
                Folder = parsed.GetRequiredValue(folder),
                From = parsed.GetValue(from),
                To = parsed.GetValue(to),
                Format = parsed.GetRequiredValue(format),
                Language = parsed.GetRequiredValue(language) == "de" ? Language.German : Language.English,
                Width = width,
            },
            parsed.InvocationConfiguration.Output,
            error,
            cancellationToken));
        return command;
    }

    private static Command Validate(TextWriter error, CancellationToken cancellationToken)
    {
        Argument<string> folder = Folder();
        var command = new Command("validate", """
            Check a portfolio folder: whether it can be read, and whether its facts contradict each other.

            Example: engagement validate samples/ihk-ostwestfalen
            """)
        {
            folder,
        };
        command.SetAction(parsed => ValidateCommand.Run(parsed.GetRequiredValue(folder), parsed.InvocationConfiguration.Output, error, cancellationToken));
        return command;
    }

    private static Argument<string> Folder()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Portfolio folder with organisation.json, channels.csv and, if known, audiences.csv, publications.csv, interactions.csv and efforts.csv." };
        folder.Validators.Add(result =>
        {
            string path = result.GetValueOrDefault<string>() ?? "";
            if (path.Length == 0) result.AddError("FOLDER must not be empty: pass the path of a portfolio folder.");

            // A mistyped option would otherwise pass for the folder, and bad usage for bad data.
            else if (path[0] == '-') result.AddError($"\"{Printable.Excerpt(path)}\" is not an option of this command: see its help, or pass a folder of that name as ./{Printable.Excerpt(path)}.");
        });
        return folder;
    }

    private static Option<LocalDate?> Date(string name, string description) => new(name) { Description = description, HelpName = "DATE", CustomParser = result => ReadDate(name, result) };

    private static LocalDate? ReadDate(string name, ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out LocalDate date) && date.Year is >= 1 and <= 9998) return date;
        result.AddError($"{name} (\"{Printable.Excerpt(text)}\") must be a day of the calendar in the years 0001 to 9998: write it as 2014-11-20.");
        return null;
    }
}
