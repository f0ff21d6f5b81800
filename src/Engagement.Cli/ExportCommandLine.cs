using System.CommandLine;

namespace Engagement.Cli;

/// <summary><c>engagement export</c> with its options and help.</summary>
internal static class ExportCommandLine
{
    public static Command Export(Argument<string?> folder, Option<string?> store, TextWriter error, CancellationToken cancellationToken)
    {
        Option<string> format = CommandLine.Format(ExportCommand.Formats);
        format.Description = "json and xlsx: all facts; csv, parquet and arrow: the interactions, a row each.";
        var file = new Option<string>("--output") { Description = "The file to write; an existing one is replaced when the new one is complete.", HelpName = "FILE", Required = true };
        file.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string?>())) result.AddError("--output (\"\") must name a file: write --output log.parquet, for example.");
        });
        var command = new Command("export", """
            Write the facts of a folder or store as one file for other programs: JSON, Excel, or the log of interactions as CSV, Parquet or Arrow.

            Example: engagement export samples/demo-association --format parquet --output log.parquet
            """)
        {
            folder, store, format, file,
        };
        command.SetAction(parsed => ExportCommand.Run(parsed.GetValue(folder), parsed.GetValue(store), parsed.GetRequiredValue(format), parsed.GetRequiredValue(file), parsed.InvocationConfiguration.Output, error, cancellationToken));
        return command;
    }
}
