using System.Globalization;
using CsvHelper;

namespace Engagement.Import;

/// <summary>Which files were imported into a folder, by the digest of their bytes: the same file as the same source adds nothing twice.</summary>
internal sealed class ImportLog
{
    private static readonly string[] Header = ["sha256", "file", "source", "channel", "zone", "read", "taken", "rejected", "duplicate", "skipped", "mapping"];

    private readonly List<string[]> _rows = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public ImportLog(string folder)
    {
        string path = FolderTransaction.PathOf(folder, PortfolioWriter.ImportsFile);
        if (!File.Exists(path)) return;
        using FileStream stream = File.OpenRead(path);
        using var reader = CsvReader.Create(stream, new CsvReaderOptions { Separator = ',', HasHeader = false });
        if (!reader.Read()) return;
        while (reader.Read())
        {
            string[] row = [.. Enumerable.Range(0, Header.Length).Select(index => index < reader.FieldCount ? reader.GetString(index) : "")];
            _rows.Add(row);
            _known.Add(Key(row[0], FormulaGuard.Restored(row[2]), FormulaGuard.Restored(row[3]), row[4], row[^1]));
        }
    }

    public bool Knows(string digest, SourceMapping source, ImportRequest request) => _known.Contains(Key(digest, source.Id, request.Channel ?? "", ZoneOf(request), source.Digest));

    public void Add(string digest, ImportedFile file, SourceMapping source, ImportRequest request)
    {
        _known.Add(Key(digest, source.Id, request.Channel ?? "", ZoneOf(request), source.Digest));
        _rows.Add(
        [
            digest, FormulaGuard.Neutral(Path.GetFileName(file.File)), FormulaGuard.Neutral(source.Id), FormulaGuard.Neutral(request.Channel ?? ""), ZoneOf(request),
            Text(file.Read), Text(file.Taken), Text(file.Rejected), Text(file.Duplicate), Text(file.Skipped), source.Digest,
        ]);
    }

    public void Write(FolderTransaction transaction) => PortfolioWriter.Rows(transaction, PortfolioWriter.ImportsFile, Header, _rows, row => row);

    private static string ZoneOf(ImportRequest request) => $"{request.Zone?.Id}{(request.AsOf is { } day ? $" {NodaTime.Text.LocalDatePattern.Iso.Format(day)}" : "")}";

    private static string Key(params string[] parts) => string.Join('\u001F', parts);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
