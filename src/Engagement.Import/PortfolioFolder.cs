using Engagement.Core;
using FluentValidation;
using FluentValidation.Results;

namespace Engagement.Import;

/// <summary>Reads a portfolio from a folder, and writes one: <c>organisation.json</c>, <c>channels.csv</c> and, if there, <c>audiences.csv</c>, <c>overlaps.csv</c>, <c>publications.csv</c>, <c>interactions.csv</c> and <c>efforts.csv</c>.</summary>
/// <remarks>
/// <para>The format, its limits and the codes of findings are described in docs/portfolio-folder.md. Bad data never throws: it becomes findings with file, line and column.</para>
/// <para>Files are read row by row. Only the facts are kept in memory, and of the findings the first 1,000.</para>
/// <example><c>PortfolioReading reading = PortfolioFolder.Read("samples/ihk-ostwestfalen");</c></example>
/// </remarks>
public static class PortfolioFolder
{
    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The path of the folder.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The portfolio, or what is wrong with the folder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="folder"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static PortfolioReading Read(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        cancellationToken.ThrowIfCancellationRequested();
        var findings = new FindingList();
        Portfolio? portfolio = null;
        if (IsFolder(folder, findings)) portfolio = Read(folder, findings, cancellationToken);
        return new PortfolioReading(findings.ErrorCount == 0 ? portfolio : null, findings.Findings, findings.ErrorCount, findings.WarningCount);
    }

    /// <summary>Writes a portfolio as a folder: all of its files, or, when the process ends before, none.</summary>
    /// <param name="portfolio">The portfolio.</param>
    /// <param name="folder">The path of the folder; made if it does not exist. Files of a portfolio that are there are replaced, others stay.</param>
    /// <remarks>Reading the folder gives an equal portfolio. Texts that a spreadsheet would take for a formula bear an apostrophe, which reading takes away.</remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(Portfolio portfolio, string folder)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            using FolderTransaction transaction = FolderTransaction.Begin(folder);
            PortfolioWriter.Write(portfolio, transaction);
            transaction.Commit();
        }
        catch (ImportException exception)
        {
            throw new IOException($"folder ({Guard.Excerpt(folder)}) {exception.Fault.Rule}: {exception.Fault.Cure}.", exception);
        }
    }

    /// <summary>Writes a portfolio as one JSON document, to be read by other programs: the columns of the folder's files are its properties.</summary>
    /// <param name="portfolio">The portfolio.</param>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="cancellationToken">Stops the writing; the stream then holds no whole document.</param>
    /// <remarks>A count is a number where it was counted, null where it is missing, a text (<c>~9000[8500..9499]</c>) where it is rounded or partial, and left out where there is no such number.</remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void WriteJson(Portfolio portfolio, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(stream);
        PortfolioJson.Write(portfolio, stream, cancellationToken);
    }

    /// <summary>Writes a portfolio as a workbook (.xlsx): the organisation, its universes, and each table of the folder on a sheet of its own.</summary>
    /// <param name="portfolio">The portfolio.</param>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="cancellationToken">Stops the writing; nothing is in the stream then.</param>
    /// <remarks>Counts and amounts are numbers, identifiers and times are text. Texts that a spreadsheet would take for a formula bear an apostrophe, as in the folder. The whole workbook is made in memory.</remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">A table has more than the 1,048,576 rows of a sheet.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void WriteWorkbook(Portfolio portfolio, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(stream);
        PortfolioWorkbook.Write(portfolio, stream, cancellationToken);
    }

    /// <summary>The facts of a folder without its single events and without a look for contradictions; null when anything in it is not sound.</summary>
    internal static Portfolio? ReadFacts(string folder, FindingList findings, CancellationToken cancellationToken)
    {
        OrganisationFile file = OrganisationFile.Read(folder, findings);
        PortfolioBuilder? builder = file.Organisation is null ? null : Portfolio.For(file.Organisation);
        foreach ((Universe universe, _, _) in file.Universes) builder?.Add(universe);
        new FactFiles(folder, file.Organisation, builder, new FactPlaces(file.Universes), findings, cancellationToken).Read(withInteractions: false);
        return findings.ErrorCount > 0 ? null : builder?.Build();
    }

    private static bool IsFolder(string folder, FindingList findings)
    {
        var place = new Place(folder);
        if (!Directory.Exists(folder))
        {
            findings.Error(place, Codes.FolderMissing, "must be a folder that exists", File.Exists(folder) ? "name the folder that the file lies in" : "correct the path");
            return false;
        }

        try
        {
            string[] unknown = [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Where(name => name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)).Except(FactFiles.Names.Concat(FactFiles.Others), StringComparer.Ordinal)];
            foreach (string name in unknown.Order(StringComparer.Ordinal))
            {
                string cure = Suggestion.Nearest(name, FactFiles.Names) is { } near ? $"rename it to {near} if that is what it is" : $"move it elsewhere, or rename it to one of {string.Join(", ", FactFiles.Names)}";
                findings.Add(new FolderFinding(Codes.FileUnknown, Severity.Warning, new Place(name), value: null, "is not a file of a portfolio, and was not read", cure));
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Error(place, Codes.FileUnreadable, "must be a readable folder", $"see to the cause ({exception.Message})");
            return false;
        }
    }

    private static Portfolio? Read(string folder, FindingList findings, CancellationToken cancellationToken)
    {
        OrganisationFile file = OrganisationFile.Read(folder, findings);
        PortfolioBuilder? builder = file.Organisation is null ? null : Portfolio.For(file.Organisation);
        foreach ((Universe universe, _, _) in file.Universes) builder?.Add(universe);
        var places = new FactPlaces(file.Universes);
        new FactFiles(folder, file.Organisation, builder, places, findings, cancellationToken).Read();
        if (findings.ErrorCount > 0 || builder is null) return null;
        Portfolio portfolio = builder.Build();
        cancellationToken.ThrowIfCancellationRequested();
        Validate(portfolio, places, findings);
        return portfolio;
    }

    /// <summary>Adds what contradicts within the portfolio. Only for a folder in which every row was sound: a row left out would make others seem wrong.</summary>
    private static void Validate(Portfolio portfolio, FactPlaces places, FindingList findings)
    {
        foreach (ValidationFailure failure in PortfolioValidator.Find(portfolio))
        {
            var found = (Finding)failure.CustomState;
            findings.Add(new FolderFinding(failure.ErrorCode, failure.Severity, places.Of(failure.PropertyName), found.Value, places.InWords(found.Rule), found.Cure), found.Occurrences);
        }
    }
}
