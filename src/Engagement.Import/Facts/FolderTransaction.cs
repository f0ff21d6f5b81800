using System.Globalization;
using CsvHelper;

namespace Engagement.Import;

/// <summary>Changes several files of a folder so that it is either as before or complete, whenever the process ends.</summary>
/// <remarks>
/// <para>New files are written beside the old ones, in <c>.import</c>. Renaming the finished journal into place is the moment of truth: before it nothing has changed; from it on readers take the new files from where they lie
/// (<see cref="PathOf"/>), and the next import moves those that were not moved yet. A folder that does not exist is written whole beside its place and moved there.</para>
/// </remarks>
internal sealed class FolderTransaction : ITableTarget, IDisposable
{
    private const string StagingName = ".import";
    private const string JournalName = "journal";
    private const string LockName = "lock";

    private readonly string _folder;
    private readonly string _staging;
    private readonly bool _isNew;
    private readonly FileStream _lock;
    private readonly List<string> _targets = [];

    private FolderTransaction(string folder, string staging, bool isNew, FileStream hold) => (_folder, _staging, _isNew, _lock) = (folder, staging, isNew, hold);

    /// <summary>The files that will be changed.</summary>
    public IReadOnlyList<string> Targets => _targets;

    /// <summary>Where a file of a folder lies: after a commit that was cut short, still in the staging folder.</summary>
    public static string PathOf(string folder, string file)
    {
        string staging = Path.Combine(folder, StagingName);
        string[] targets = Journal(staging);
        int index = Array.IndexOf(targets, file);
        if (index >= 0 && Path.Combine(staging, Staged(index)) is var path && File.Exists(path)) return path;
        return Path.Combine(folder, file);
    }

    /// <summary>Completes what an earlier commit began, throws away what an earlier import did not finish, and begins anew. Only one import at a time.</summary>
    public static FolderTransaction Begin(string folder)
    {
        bool isNew = !Directory.Exists(folder);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string staging = isNew ? Path.Combine(Path.GetDirectoryName(full)!, $"{StagingName}-{Path.GetFileName(full)}") : Path.Combine(full, StagingName);
        Directory.CreateDirectory(staging);
        FileStream hold;
        try
        {
            hold = new FileStream(Path.Combine(staging, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new ImportException(new Fault(ImportCodes.Unreadable, "is being written by another import", "wait for it to end"), value: folder, inner: exception);
        }

        if (!isNew) Complete(full, staging);
        foreach (string left in Directory.EnumerateFiles(staging).Where(path => Path.GetFileName(path) != LockName).ToArray()) File.Delete(left);
        foreach (string left in Directory.EnumerateDirectories(staging).ToArray()) Directory.Delete(left, recursive: true);
        return new FolderTransaction(full, staging, isNew, hold);
    }

    /// <summary>A new version of a file, by its path within the folder.</summary>
    public FileStream Create(string target)
    {
        _targets.Add(target);
        return new FileStream(Path.Combine(_staging, Staged(_targets.Count - 1)), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
    }

    public void Write(string file, string[] header, IEnumerable<string[]> rows)
    {
        using FileStream stream = Create(file);
        using CsvWriter csv = PortfolioWriter.Writer(stream);
        csv.WriteRecord(header);
        foreach (string[] row in rows) csv.WriteRecord(row);
    }

    /// <summary>A file for what is not yet final.</summary>
    public FileStream CreateScratch(string name) => new(Path.Combine(_staging, name), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);

    /// <summary>Puts all new versions in place, or none.</summary>
    public void Commit()
    {
        if (_targets.Count == 0) return;
        foreach (int index in Enumerable.Range(0, _targets.Count)) Flush(Path.Combine(_staging, Staged(index)));
        if (_isNew)
        {
            for (int index = 0; index < _targets.Count; index++) Move(_staging, Staged(index), _staging, _targets[index]);
            _lock.Dispose();
            File.Delete(Path.Combine(_staging, LockName));
            foreach (string scratch in Directory.EnumerateFiles(_staging).Where(path => !_targets.Contains(Path.GetFileName(path), StringComparer.Ordinal)).ToArray()) File.Delete(scratch);
            Directory.Move(_staging, _folder);
            return;
        }

        string unfinished = Path.Combine(_staging, JournalName + ".tmp");
        File.WriteAllLines(unfinished, _targets);
        Flush(unfinished);
        File.Move(unfinished, Path.Combine(_staging, JournalName));
        Complete(_folder, _staging);
    }

    public void Dispose()
    {
        _lock.Dispose();
        if (Directory.Exists(_staging) && Journal(_staging).Length == 0) Directory.Delete(_staging, recursive: true);
    }

    private static string Staged(int index) => string.Create(CultureInfo.InvariantCulture, $"{index}.new");

    private static string[] Journal(string staging)
    {
        string path = Path.Combine(staging, JournalName);
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Completed by another process between the two looks.
            return [];
        }
    }

    private static void Complete(string folder, string staging)
    {
        string[] targets = Journal(staging);
        for (int index = 0; index < targets.Length; index++)
        {
            if (File.Exists(Path.Combine(staging, Staged(index)))) Move(staging, Staged(index), folder, targets[index]);
        }

        File.Delete(Path.Combine(staging, JournalName));
    }

    private static void Move(string from, string name, string to, string target)
    {
        string path = Path.Combine(to, target);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(Path.Combine(from, name), path, overwrite: true);
    }

    private static void Flush(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write);
        stream.Flush(flushToDisk: true);
    }
}
