using System.Security.Cryptography;
using Engagement.Core;

namespace Engagement.Import;

/// <summary>Imports the exports that platforms hand out into a portfolio folder, without code: recognises the file, maps its rows to facts, checks each, and merges them.</summary>
/// <remarks>
/// <para>Safe for use by several threads at once, for different folders. Bad data never throws: it becomes findings, and rows that are not sound go to a rejects file with their bytes, line and reason.</para>
/// <para>The folder is either as before or complete, whenever the process ends. The same file again adds nothing. Nothing is guessed: what a file does not say is asked for, see <see cref="ImportRequest"/>.</para>
/// <para>Formats, sources and the meaning of every metric are described in docs/import.md.</para>
/// <example><c>ImportResult result = Importer.Import(new ImportRequest(["outbox.json"], "ihk") { Zone = berlin });</c></example>
/// </remarks>
public static class Importer
{
    /// <summary>Imports files.</summary>
    /// <param name="request">What to import, and into which folder.</param>
    /// <param name="progress">Is told how far the import has come. Default: nobody.</param>
    /// <param name="cancellationToken">Stops the import; the folder is then as before.</param>
    /// <returns>What was taken from each file, or why nothing was.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static ImportResult Import(ImportRequest request, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var findings = new FindingList();
        var files = new List<ImportedFile>();
        IReadOnlyList<string> changed = [];
        bool isQuestion = false;
        bool isImported = false;
        try
        {
            changed = Run(request, files, findings, progress, cancellationToken);
            isImported = files.Any(file => !file.IsRefused);
        }
        catch (ImportException exception)
        {
            isQuestion = exception.IsQuestion;
            findings.Error(new Place(exception.Value is { } value && exception.Line is null ? value : request.Folder, exception.Line, exception.Column), exception.Fault, exception.Value);
        }
        catch (FileFailure failure)
        {
            ImportException exception = failure.Cause;
            isQuestion = exception.IsQuestion;
            findings.Error(new Place(failure.File, exception.Line, exception.Column), exception.Fault, exception.Value);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Error(new Place(request.Folder), ImportCodes.Unreadable, "must be readable and writable", $"see to the cause ({exception.Message})");
        }

        return new ImportResult(files, findings.Findings, findings.ErrorCount, findings.WarningCount, isImported, isImported ? changed : [], isQuestion);
    }

    /// <summary>The sources that can be imported.</summary>
    /// <param name="mappings">A folder with mapping files of one's own. Default: none.</param>
    /// <returns>The sources, the user's own first.</returns>
    /// <exception cref="ArgumentException">A mapping file is not sound.</exception>
    public static IReadOnlyList<ImportSource> Sources(string? mappings = null)
    {
        try
        {
            MappingCatalogue catalogue = MappingCatalogue.Of(mappings);
            return new ValueList<ImportSource>(catalogue.All.Select(source => new ImportSource(source.Id, source.Name, source.About, source.Tables.Select(table => table.Id), catalogue.IsOwn(source))));
        }
        catch (ImportException exception)
        {
            throw new ArgumentException($"mappings ({Guard.Excerpt(exception.Value ?? mappings ?? "")}) {exception.Fault.Rule}: {exception.Fault.Cure}.", nameof(mappings), exception);
        }
    }

    private static string[] Run(ImportRequest request, List<ImportedFile> files, FindingList findings, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        if (request.Channel is { } channel && Texts.Identifier(channel) is { } fault) throw new ImportException(new Fault(ImportCodes.NotAnIdentifier, fault.Rule, fault.Cure), value: channel, isQuestion: true);
        MappingCatalogue catalogue = MappingCatalogue.Of(request.Mappings);
        var reading = new ReadingOptions(request.Limits, TextEncodings.Of(request.Encoding));
        FolderTransaction? transaction = request.IsDryRun ? null : FolderTransaction.Begin(request.Folder);
        try
        {
            Portfolio? portfolio = Existing(request.Folder, cancellationToken);
            Organisation organisation = portfolio?.Organisation ?? NewOrganisation(request);
            using var store = new FactStore(request.Folder, portfolio, organisation, transaction, cancellationToken);
            var log = new ImportLog(request.Folder);
            var run = new ImportRun(request, catalogue, reading, store, log, transaction, findings, progress, cancellationToken);
            foreach (string file in request.Files) files.Add(run.Import(file));
            store.Settle();
            if (files.All(file => file.IsRefused)) return [];
            if (transaction is null)
            {
                ImportRun.Note(files, store, isDryRun: true);
                return [.. store.Changed];
            }

            cancellationToken.ThrowIfCancellationRequested();
            store.Write(cancellationToken);
            if (run.IsLogChanged) log.Write(transaction);
            store.Dispose();
            ImportRun.Note(files, store, isDryRun: false);
            cancellationToken.ThrowIfCancellationRequested();
            transaction.Commit();
            return [.. transaction.Targets.Order(StringComparer.Ordinal)];
        }
        finally
        {
            transaction?.Dispose();
        }
    }

    /// <summary>The facts of the folder; null when it is new.</summary>
    private static Portfolio? Existing(string folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(FolderTransaction.PathOf(folder, OrganisationFile.Name)))
        {
            if (File.Exists(folder)) throw new ImportException(new Fault(ImportCodes.FolderUnsound, "must be a folder", "name a folder"), value: folder);
            if (Directory.Exists(folder) && FactFiles.Names.Any(name => File.Exists(Path.Combine(folder, name)))) throw new ImportException(new Fault(ImportCodes.FolderUnsound, "must have organisation.json beside its other files", "add it"), value: folder);
            return null;
        }

        var findings = new FindingList();
        if (PortfolioFolder.ReadFacts(folder, findings, cancellationToken) is { } portfolio) return portfolio;
        throw new ImportException(new Fault(ImportCodes.FolderUnsound, $"must be a sound portfolio folder; {findings.Findings[0]}", $"see engagement validate {folder}"), value: folder);
    }

    /// <summary>The organisation of a new folder: named like the folder, until the user names it.</summary>
    private static Organisation NewOrganisation(ImportRequest request)
    {
        if (request.Zone is not { } zone) throw new ImportException(new Fault(ImportCodes.ZoneNeeded, "is a new portfolio folder, and the zone of its organisation is not known", "pass it (--zone Europe/Berlin)"), value: request.Folder, isQuestion: true);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Folder)));
        return new Organisation(Texts.Identifier(name) is null ? name : "organisation", Texts.Name(name) is null ? name : "organisation", zone);
    }

    internal static string Digest(Stream stream)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(stream));
        stream.Position = 0;
        return digest;
    }
}
