using System.Globalization;
using Engagement.Core;

namespace Engagement.Import;

/// <summary>One import: its files one after another, into one store.</summary>
internal sealed class ImportRun
{
    private const int HeadBytes = 1 << 16;
    private const int RowsPerReport = 10_000;
    private const int RejectsShown = 3;

    private readonly ImportRequest _request;
    private readonly MappingCatalogue _catalogue;
    private readonly ReadingOptions _reading;
    private readonly FactStore _store;
    private readonly ImportLog _log;
    private readonly FolderTransaction? _transaction;
    private readonly FindingList _findings;
    private readonly IProgress<ImportProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly long _bytesTotal;
    private long _bytesBefore;
    private long _rows;

    public ImportRun(ImportRequest request, MappingCatalogue catalogue, ReadingOptions reading, FactStore store, ImportLog log, FolderTransaction? transaction, FindingList findings, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        (_request, _catalogue, _reading, _store, _log, _transaction, _findings, _progress, _cancellationToken) = (request, catalogue, reading, store, log, transaction, findings, progress, cancellationToken);
        _bytesTotal = progress is null ? 0 : request.Files.Sum(file => File.Exists(file) ? new FileInfo(file).Length : 0);
    }

    /// <summary>Whether a file was imported that was not before.</summary>
    public bool IsLogChanged { get; private set; }

    public ImportedFile Import(string file)
    {
        var progress = new FileProgress();
        try
        {
            return Read(file, progress);
        }
        catch (ImportException exception) when (progress.HasMerged || exception.IsQuestion)
        {
            throw new FileFailure(file, exception);
        }
        catch (ImportException exception)
        {
            _findings.Error(new Place(file, exception.Line, exception.Column), exception.Fault, exception.Value);
            return new ImportedFile(file) { IsRefused = true, Reason = $"{exception.Fault.Rule}: {exception.Fault.Cure}" };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && !progress.HasMerged)
        {
            _findings.Error(new Place(file), ImportCodes.Unreadable, "must be a readable file", $"see to the cause ({exception.Message})");
            return new ImportedFile(file) { IsRefused = true, Reason = exception.Message };
        }
    }

    /// <summary>What only the end shows, noted at the last file.</summary>
    public static void Note(List<ImportedFile> files, FactStore store, bool isDryRun)
    {
        int last = files.FindLastIndex(file => !file.IsRefused);
        var notes = new List<string>(files[last].Notes);
        if (store.LinksLeftOut > 0 && !isDryRun) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{store.LinksLeftOut} links to publications or interactions that the folder does not have were left out: import those first, or in the same command"));
        if (store.Fallen > 0) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{store.Fallen} counts of publications are lower than those known before, and took their place: look whether the file is older than the import before, or of a period and no total"));
        if (store.Waiting > 0) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{store.Waiting} rows count interactions of publications whose time is not known; the counts are in measurements.csv alone: import the table with their times too, in the same command"));
        files[last] = files[last] with { Notes = new ValueList<string>(notes) };
    }

    private ImportedFile Read(string file, FileProgress progress)
    {
        using FileStream stream = Open(file);
        string digest = Importer.Digest(stream);
        byte[] head = new byte[(int)Math.Min(HeadBytes, stream.Length)];
        stream.ReadExactly(head);
        stream.Position = 0;
        IRecordFormat format = RecordFormats.Of(head, _request.Formats, _reading.Encoding);
        (SourceMapping source, string? table, string why) = Detect(file, format, head);
        bool isKnown = _log.Knows(digest, source, _request);
        var counting = new CountingStream(stream);
        using IRecordReader reader = format.Open(counting, head, _reading);
        string target = $"rejected/{RejectsWriter.NameOf(file)}.{digest[..8]}.csv";
        using var rejects = new RejectsWriter(_transaction, target, isKnown && File.Exists(FolderTransaction.PathOf(_request.Folder, target)));
        _store.BeginFile();
        var tally = new RowTally(source, table, file, isKnown);
        var rows = new RowPipeline(_request, source, table, _store, rejects, tally, progress, new Lazy<string>(() => DefaultChannel(source)));
        int sinceReport = 0;
        while (reader.Read() is { } record)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            rows.Take(record);
            _rows++;
            if (_progress is not null && ++sinceReport == RowsPerReport)
            {
                sinceReport = 0;
                _progress.Report(new ImportProgress(file, _bytesBefore + counting.BytesRead, _bytesTotal, _rows));
            }
        }

        rows.End();
        if (_store.AudiencesToldTwice > 0) tally.Note(string.Create(CultureInfo.InvariantCulture, $"{_store.AudiencesToldTwice} audiences stand in the file more than once, each time of another size: the last one holds; if they are two things, such as likes and followers, import them as two channels (--channel)"));
        if (_store.FiguresToldTwice > 0) tally.Note(string.Create(CultureInfo.InvariantCulture, $"{_store.FiguresToldTwice} measurements stand in the file more than once, each time with another value: the last one counts as the newest reading; if the rows are parts of a whole, export it without the parts"));
        if (_store.ToldTwice > 0) tally.Note(string.Create(CultureInfo.InvariantCulture, $"{_store.ToldTwice} counts of publications stand in several rows of the file, each time another one: the last row holds; if the rows are parts of a whole, export it without the parts"));
        _bytesBefore += stream.Length;
        _progress?.Report(new ImportProgress(file, _bytesBefore, _bytesTotal, _rows));
        ImportedFile imported = tally.Result(why, rows, rejects.Path(_request.Folder));
        foreach ((string part, long line, string? column, string? value, Fault fault) in tally.FirstRejects.Take(RejectsShown)) Warn(new Place(part.Length == 0 ? file : $"{file} [{Guard.Excerpt(part)}]", line, column), fault, value);
        if (imported.Rejected > RejectsShown) Warn(new Place(file), new Fault(ImportCodes.RowsRejected, string.Create(CultureInfo.InvariantCulture, $"had {imported.Rejected} rows rejected in all"), "see the rejects file"), null);
        foreach (ImportCheck check in imported.Checks.Where(check => check.Agreed < check.Compared)) Warn(new Place(file), new Fault(ImportCodes.CheckFailed, $"states figures that its own parts do not give: {check}", "check the export"), null);
        if (!isKnown && imported.Read > 0)
        {
            _log.Add(digest, imported, source, _request);
            IsLogChanged = true;
        }

        return imported;
    }

    private FileStream Open(string file)
    {
        if (Directory.Exists(file)) throw new ImportException(new Fault(ImportCodes.Unreadable, "must be a file, not a folder", "name the files in it"));
        if (!File.Exists(file)) throw new ImportException(new Fault(ImportCodes.Unreadable, "must be a file that exists", "correct the path"));
        if (!InputFile.HasContent(file)) throw new ImportException(new Fault(ImportCodes.Empty, "must be an ordinary file that is not empty", "export it again, or copy what a pipe gives into a file"));
        var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        if (stream.CanSeek && stream.Length <= _request.Limits.FileBytes) return stream;
        Fault fault = stream.CanSeek
            ? new Fault(ImportCodes.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"must have at most {_request.Limits.FileBytes} bytes, not {stream.Length}"), "split it, or raise the limit")
            : new Fault(ImportCodes.Unreadable, "must be an ordinary file", "copy what it gives into a file");
        stream.Dispose();
        throw new ImportException(fault);
    }

    private (SourceMapping Source, string? Table, string Why) Detect(string file, IRecordFormat format, byte[] head)
    {
        using IRecordReader sample = format.Open(File.OpenRead(file), head, _reading);
        return SourceDetector.Detect(sample, _catalogue, _request.Source);
    }

    /// <summary>The channel of rows that name none: the folder's one channel of the platform, else one named like the platform.</summary>
    private string DefaultChannel(SourceMapping source)
    {
        string key = source.Platform.Length == 0 ? source.Id : new Platform(source.Platform).Key;
        Channel[] same = [.. _store.Channels.Where(channel => channel.Platform.Key == key)];
        return same.Length switch
        {
            0 => key,
            1 => same[0].Id.Value,
            _ when _request.Channel is not null => _request.Channel,
            _ when same.FirstOrDefault(channel => channel.Id.Value == key) is { } named => named.Id.Value,
            _ => throw new ImportException(
                new Fault(ImportCodes.ChannelNeeded, $"may belong to {string.Join(", ", same.Take(5).Select(channel => channel.Id.Value))}", $"say to which channel (--channel {same[0].Id.Value})"), isQuestion: true),
        };
    }

    private void Warn(Place place, Fault fault, string? value) =>
        _findings.Add(new FolderFinding(fault.Code, FluentValidation.Severity.Warning, place, value is null ? null : Guard.Excerpt(value), fault.Rule, fault.Cure));
}
