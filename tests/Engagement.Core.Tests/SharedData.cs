using System.Globalization;

namespace Engagement.Core.Tests;

/// <summary>The reference tables in the folder <c>shared</c> beside the repository; the project stands without them.</summary>
public static class SharedData
{
    /// <summary>The folder, or null where the repository stands alone.</summary>
    public static string? Folder { get; } = FindFolder();

    /// <summary>The rows of a reference table as column name → text; skips the calling test where the table is absent.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Reference(string table)
    {
        string? path = Folder is null ? null : Path.Combine(Folder, "reference", table);
        Assert.SkipUnless(File.Exists(path), $"The reference table {table} is not there: put the folder shared beside the repository to run this test.");
        return Parse(File.ReadAllLines(path!));
    }

    /// <summary>The lines of a file of statistics data; skips the calling test where it is absent.</summary>
    public static string[] Statistics(string file) => Lines("stats", file);

    /// <summary>The lines of a file of real data; skips the calling test where it is absent.</summary>
    public static string[] Lines(params string[] path)
    {
        string? file = Folder is null ? null : Path.Combine([Folder, "data", .. path]);
        Assert.SkipUnless(File.Exists(file), $"The data file {string.Join('/', path)} is not there: put the folder shared beside the repository to run this test.");
        return File.ReadAllLines(file!);
    }

    /// <summary>Lines of comma-separated text, the first of which names the columns; lines that begin with # are remarks.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Parse(IEnumerable<string> lines)
    {
        string[][] cells = [.. lines.Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(','))];
        return [.. cells.Skip(1).Select(row => cells[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal))];
    }

    public static double Number(this IReadOnlyDictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);

    public static long Whole(this IReadOnlyDictionary<string, string> row, string column) => (long)row.Number(column);

    private static string? FindFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Engagement.Core.sln"))) continue;
            string shared = Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared");
            return Directory.Exists(shared) ? shared : null;
        }

        return null;
    }
}
