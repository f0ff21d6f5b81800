using System.Diagnostics;
using System.Globalization;
using Engagement.Import;
using Engagement.Reporting;

namespace Engagement.Cli;

/// <summary><c>engagement import</c>: imports exports into a folder, and says what became of every row.</summary>
internal static class ImportCommand
{
    private const int MissingShown = 8;

    public static int Run(ImportRequest request, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        // Progress is for somebody who watches; a file or a pipe gets the summary alone.
        var watch = Stopwatch.StartNew();
        ImportProgressLine? progress = Console.IsErrorRedirected ? null : new ImportProgressLine(error, () => watch.Elapsed);
        ImportResult result = Importer.Import(request, progress, cancellationToken);
        progress?.Clear();
        bool isEmpty = result.Files.Any(file => !file.IsRefused && file is { Rejected: > 0, Taken: 0, Duplicate: 0 });
        bool isPartial = result.IsImported && (result.ErrorCount > 0 || isEmpty);

        // What was refused among others must be seen beside what was not: then all goes to standard error.
        FindingOutput.Write([.. result.Findings.Where(finding => finding.Severity is FluentValidation.Severity.Error)], result.ErrorCount, 0, error);
        if (result.IsImported) Summarise(request, result, isPartial ? error : output);
        if (result.ErrorCount == 0) return isEmpty ? Program.BadData : Program.Success;
        return result.IsQuestion ? Program.BadUsage : Program.BadData;
    }

    public static int List(string? mappings, TextWriter output, TextWriter error)
    {
        try
        {
            foreach (ImportSource source in Importer.Sources(mappings)) output.WriteLine($"{source.Id,-18} {source.Name}{(source.IsOwn ? " (your own)" : "")}: {string.Join(", ", source.Tables)}");
            return Program.Success;
        }
        catch (ArgumentException exception)
        {
            error.WriteLine($"error: {Printable.Excerpt(exception.Message)}");
            return Program.BadData;
        }
    }

    private static void Summarise(ImportRequest request, ImportResult result, TextWriter output)
    {
        foreach (ImportedFile file in result.Files.Where(file => !file.IsRefused))
        {
            output.WriteLine(Printable.Excerpt(file.ToString()));
            output.WriteLine($"  {Printable.Excerpt(file.Reason)}");
            foreach (ImportCheck check in file.Checks) output.WriteLine($"  check {Printable.Excerpt(check.ToString())}");
            string[] missing = [.. file.Missing.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value}"))];
            if (missing.Length > 0) output.WriteLine($"  missing {Printable.Excerpt(string.Join(", ", missing.Take(MissingShown)))}{(missing.Length > MissingShown ? string.Create(CultureInfo.InvariantCulture, $" and {missing.Length - MissingShown} more columns") : "")}");
            foreach (string note in file.Notes) output.WriteLine($"  note {Printable.Excerpt(note)}");
            if (file.RejectsFile is { } rejects) output.WriteLine($"  rejected rows with their reasons: {Printable.Excerpt(rejects)}");
        }

        foreach (FolderFinding finding in result.Findings.Where(finding => finding.Severity is not FluentValidation.Severity.Error).Take(FindingOutput.Most)) output.WriteLine($"warning: {Printable.Excerpt(finding.ToString())}");
        string changed = result.Changed.Count == 0 ? "nothing is new" : string.Join(", ", result.Changed);
        output.WriteLine(request.IsDryRun ? $"dry run, nothing was written: {changed}" : $"{Printable.Excerpt(request.Folder)}: {changed}");
    }
}
