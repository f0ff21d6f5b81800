using System.Text;
using Engagement.Core;
using NodaTime;

namespace Engagement.Import.Tests;

/// <summary>A folder for exports and a portfolio folder beside it, both deleted afterwards.</summary>
internal sealed class ImportBench : IDisposable
{
    public static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    private readonly string _root = Directory.CreateTempSubdirectory("import-").FullName;

    public string Folder => Path.Combine(_root, "ihk");

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_root, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public ImportResult Import(string name, string text, string? source = null) => Import([Write(name, text)], source);

    public ImportResult Import(string[] files, string? source = null) => Importer.Import(new ImportRequest(files, Folder) { Source = source, Zone = Berlin }, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Imports one file without any error, and gives its tally.</summary>
    public ImportedFile Take(string name, string text, string? source = null) => Take([Write(name, text)], source);

    public ImportedFile Take(string[] files, string? source = null)
    {
        ImportResult result = Import(files, source);
        Assert.True(result.IsImported, string.Join('\n', result.Findings));
        Assert.Equal(0, result.ErrorCount);
        ImportedFile file = result.Files[^1];
        Assert.Equal(file.Read, file.Taken + file.Rejected + file.Duplicate + file.Skipped);
        return file;
    }

    public Portfolio Portfolio()
    {
        PortfolioReading reading = PortfolioFolder.Read(Folder, TestContext.Current.CancellationToken);
        Assert.True(reading.Portfolio is not null, string.Join('\n', reading.Findings));
        return reading.Portfolio;
    }

    /// <summary>The measurements as column name → text.</summary>
    public List<Dictionary<string, string>> Measurements()
    {
        string path = Path.Combine(Folder, "measurements.csv");
        if (!File.Exists(path)) return [];
        string[] lines = File.ReadAllLines(path);
        string[] header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => header.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal))];
    }

    /// <summary>Every file of the portfolio folder with its text.</summary>
    public SortedDictionary<string, string> Contents() =>
        new(Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).ToDictionary(path => Path.GetRelativePath(Folder, path), File.ReadAllText, StringComparer.Ordinal), StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
