using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace Engagement.Import;

/// <summary>Writes the rows that were set aside: line, what is wrong, and the bytes as they stand in the file (as text where they are UTF-8, else in base 64).</summary>
internal sealed class RejectsWriter(FolderTransaction? transaction, string target, bool isThere) : IDisposable
{
    // A name has at most 255 bytes, of which the digest and the ending need 13.
    private const int LongestName = 240;

    private static readonly string[] Header = ["line", "part", "code", "column", "reason", "encoding", "original"];

    private FileStream? _stream;
    private CsvWriter? _writer;

    /// <summary>A file's name within that of its rejects: short enough for what follows it, and on one line, as the journal of the folder has it.</summary>
    public static string NameOf(string file)
    {
        string name = System.IO.Path.GetFileName(file);
        if (name.Any(char.IsControl)) name = string.Concat(name.Select(letter => char.IsControl(letter) ? '_' : letter));
        int length = name.Length;
        while (length > 0 && (Encoding.UTF8.GetByteCount(name.AsSpan(0, length)) > LongestName || char.IsHighSurrogate(name[length - 1]))) length--;
        return name[..length];
    }

    /// <summary>Where the file will lie; null when nothing is written.</summary>
    public string? Path(string folder) => transaction is null ? null : System.IO.Path.Combine(folder, target);

    public void Add(SourceRecord record, MappedRow row) => Add(record.Line, record.Part, row.Fault!, row.FaultColumn, row.FaultValue, record.Original());

    public void Add(long line, string part, Fault fault, string? column, string? value, byte[] original)
    {
        if (transaction is null || isThere) return;
        if (_writer is null)
        {
            _stream = transaction.Create(target);
            _writer = PortfolioWriter.Writer(_stream);
            _writer.WriteRecord(Header);
        }

        bool isText = Utf8.IsValid(original) && !original.Contains((byte)0);
        string reason = $"{(value is null ? "" : Core.Guard.Excerpt(value) + " ")}{fault.Rule}: {fault.Cure}";
        _writer.WriteRecord(
        [
            line.ToString(CultureInfo.InvariantCulture), FormulaGuard.Neutral(part), fault.Code, FormulaGuard.Neutral(column ?? ""), FormulaGuard.Neutral(reason),
            isText ? "utf-8" : "base64", isText ? FormulaGuard.Neutral(Encoding.UTF8.GetString(original)) : Convert.ToBase64String(original),
        ]);
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _stream?.Dispose();
    }
}
