using System.Globalization;
using Engagement.Core;
using Engagement.Import;
using Engagement.Reporting;
using FluentValidation;
using FluentValidation.Results;

namespace Engagement.Cli;

/// <summary>Writes findings: errors before warnings, the first twenty, and how many more there are.</summary>
internal static class FindingOutput
{
    public const int Most = 20;

    public static void Write(PortfolioReading reading, TextWriter error) => Write(reading.Findings, reading.ErrorCount, reading.WarningCount, error);

    public static void Write(IReadOnlyList<FolderFinding> findings, long errorCount, long warningCount, TextWriter error) =>
        Write(findings, finding => finding.Severity, finding => Printable.Excerpt(finding.ToString()), errorCount, warningCount, error);

    /// <summary>The findings of the validator about facts that no file holds.</summary>
    public static void Write(IReadOnlyList<ValidationFailure> failures, TextWriter error)
    {
        // What was counted and not kept stands in the number of further ones.
        ValidationFailure[] named = [.. failures.Where(failure => ((Finding)failure.CustomState).Occurrences == 1)];
        Write(named, failure => failure.Severity, failure => $"{Printable.Excerpt(failure.ErrorMessage)} [{failure.ErrorCode}]", CountOf(failures, Severity.Error), CountOf(failures, Severity.Warning), error);
    }

    /// <summary>How many findings of a severity there are, with those that were counted and not kept.</summary>
    public static long CountOf(IReadOnlyList<ValidationFailure> failures, Severity severity) => failures.Where(failure => failure.Severity == severity).Sum(failure => ((Finding)failure.CustomState).Occurrences);

    private static void Write<T>(IReadOnlyList<T> findings, Func<T, Severity> severityOf, Func<T, string> textOf, long errorCount, long warningCount, TextWriter error)
    {
        bool IsError(T finding) => severityOf(finding) is Severity.Error;
        T[] shown = [.. findings.OrderBy(finding => IsError(finding) ? 0 : 1).Take(Most)];
        foreach (T finding in shown) error.WriteLine($"{(IsError(finding) ? "error" : "warning")}: {textOf(finding)}");

        long errors = errorCount - shown.Count(IsError);
        long warnings = warningCount - shown.Count(finding => !IsError(finding));
        if (errors > 0 || warnings > 0) error.WriteLine($"… and {string.Join(", ", new[] { More(errors, "error"), More(warnings, "warning") }.Where(text => text.Length > 0))}");
    }

    /// <summary>A number with its noun, in the invariant culture: <c>1 warning</c>, <c>2,000 warnings</c>.</summary>
    public static string Number(long number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {noun}{(number == 1 ? "" : "s")}");

    private static string More(long number, string noun) => number > 0 ? Number(number, $"more {noun}") : "";
}
