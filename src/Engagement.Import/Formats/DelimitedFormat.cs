using System.Text;
using CsvHelper;

namespace Engagement.Import;

/// <summary>CSV and TSV: the separator is found by trying, quotes by RFC 4180.</summary>
internal sealed class DelimitedFormat : IRecordFormat
{
    private const int SampledRows = 30;

    private static readonly char[] Separators = [',', ';', '\t', '|'];

    public string Name => "CSV";

    public bool Recognises(ReadOnlySpan<byte> head)
    {
        // A text has no NUL, unless a byte order mark says that it is UTF-16.
        return head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || !head.Contains((byte)0);
    }

    public IRecordReader Open(Stream stream, ReadOnlySpan<byte> head, ReadingOptions options)
    {
        Encoding? encoding = TextEncodings.Of(head, options.Encoding);
        byte[] utf8 = TextEncodings.HeadAsUtf8(head, encoding);
        char separator = SeparatorOf(utf8);
        var reader = new DelimitedReader(TextEncodings.AsUtf8(stream, encoding), separator, encoding, options.Limits);
        return PairedReader.IsReport(FirstRows(utf8, separator)) ? new PairedReader(reader) : reader;
    }

    private static List<string[]> FirstRows(byte[] head, char separator)
    {
        const int Rows = 3;
        using var reader = CsvReader.Create(head, new CsvReaderOptions { Separator = separator, HasHeader = false });
        var rows = new List<string[]>();
        while (rows.Count < Rows && reader.Read()) rows.Add([.. Enumerable.Range(0, Math.Min(Rows, reader.FieldCount)).Select(reader.GetString)]);
        return rows;
    }

    /// <summary>The separator by which the most rows have the same number of fields.</summary>
    public static char SeparatorOf(byte[] head)
    {
        // The hint of Excel: sep=; on a line of its own.
        if (head.AsSpan() is [(byte)'s', (byte)'e', (byte)'p', (byte)'=', var stated, (byte)'\r' or (byte)'\n', ..] && Separators.Contains((char)stated)) return (char)stated;
        (char best, int bestRows, int bestFields) = (',', 0, 1);
        foreach (char separator in Separators)
        {
            (int rows, int fields) = Agreement(head, separator);
            if (fields > 1 && (rows > bestRows || (rows == bestRows && fields > bestFields))) (best, bestRows, bestFields) = (separator, rows, fields);
        }

        return best;
    }

    /// <summary>The commonest number of fields beyond one, and how many rows have it.</summary>
    private static (int Rows, int Fields) Agreement(byte[] head, char separator)
    {
        using var reader = CsvReader.Create(head, new CsvReaderOptions { Separator = separator, HasHeader = false });
        var rows = new Dictionary<int, int>();
        for (int row = 0; row < SampledRows && reader.Read(); row++) rows[reader.FieldCount] = 1 + rows.GetValueOrDefault(reader.FieldCount);
        rows.Remove(1);
        return rows.Count == 0 ? (0, 1) : rows.OrderByDescending(entry => entry.Value).ThenByDescending(entry => entry.Key).Select(entry => (entry.Value, entry.Key)).First();
    }
}
