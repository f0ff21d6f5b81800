using System.Globalization;
using Engagement.Import;
using Engagement.Reporting;
using FluentValidation;

namespace Engagement.Cli;

/// <summary>Writes findings: errors before warnings, the first twenty, and how many more there are.</summary>
internal static class FindingOutput
{
    public const int Most = 20;

    public static void Write(PortfolioReading reading, TextWriter error) => Write(reading.Findings, reading.ErrorCount, reading.WarningCount, error);

    public static void Write(IReadOnlyList<FolderFinding> findings, long errorCount, long warningCount, TextWriter error)
    {
        FolderFinding[] shown = [.. findings.OrderBy(finding => IsError(finding) ? 0 : 1).Take(Most)];
        foreach (FolderFinding finding in shown) error.WriteLine($"{(IsError(finding) ? "error" : "warning")}: {Printable.Excerpt(finding.ToString())}");

        long errors = errorCount - shown.Count(IsError);
        long warnings = warningCount - shown.Count(finding => !IsError(finding));
        if (errors > 0 || warnings > 0) error.WriteLine($"… and {string.Join(", ", new[] { More(errors, "error"), More(warnings, "warning") }.Where(text => text.Length > 0))}");
    }

    /// <summary>A number with its noun, in the invariant culture: <c>1 warning</c>, <c>2,000 warnings</c>.</summary>
    public static string Number(long number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {noun}{(number == 1 ? "" : "s")}");

    private static string More(long number, string noun) => number > 0 ? Number(number, $"more {noun}") : "";

    private static bool IsError(FolderFinding finding) => finding.Severity is Severity.Error;
}
