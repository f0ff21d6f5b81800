using System.Globalization;
using Engagement.Core;

namespace Engagement.Import;

/// <summary>What came of an import: what was taken from each file, or why nothing was.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. Either every file was imported and the folder is complete, or there is an error and the folder is as before.</para>
/// <example><c>ImportResult result = Importer.Import(request); if (!result.IsImported) …</c></example>
/// </remarks>
public sealed record ImportResult
{
    internal ImportResult(IEnumerable<ImportedFile> files, IEnumerable<FolderFinding> findings, long errorCount, long warningCount, bool isImported, IEnumerable<string> changed, bool isQuestion)
    {
        Files = new ValueList<ImportedFile>(files);
        Findings = new ValueList<FolderFinding>(findings);
        (ErrorCount, WarningCount, IsImported, IsQuestion) = (errorCount, warningCount, isImported, isQuestion);
        Changed = new ValueList<string>(changed);
    }

    /// <summary>The files, in the order of the request.</summary>
    public IReadOnlyList<ImportedFile> Files { get; }

    /// <summary>The first 1,000 findings: errors refuse a file and with it the import, warnings tell of rejected rows and the like.</summary>
    public IReadOnlyList<FolderFinding> Findings { get; }

    /// <summary>How many errors there are.</summary>
    public long ErrorCount { get; }

    /// <summary>How many warnings there are.</summary>
    public long WarningCount { get; }

    /// <summary>Whether all files were imported (or, in a dry run, could be).</summary>
    public bool IsImported { get; }

    /// <summary>Whether the import was refused only because the request leaves a question open: a zone, a channel, a source.</summary>
    public bool IsQuestion { get; }

    /// <summary>The files of the folder that were written, or would be; empty when nothing is new.</summary>
    public IReadOnlyList<string> Changed { get; }

    /// <summary>How many files were read and whether they were imported, in the invariant culture.</summary>
    /// <returns>For example <c>imported: 2 files, 0 errors, 1 warnings</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsImported ? "imported" : "refused")}: {Files.Count} files, {ErrorCount} errors, {WarningCount} warnings");
}
