using System.Text;

namespace Engagement.Import;

/// <summary>The formats that are known, in the order in which they are tried: by their magic bytes first, text last.</summary>
internal static class RecordFormats
{
    private static readonly IRecordFormat[] All = [new WorkbookFormat(), new JsonFormat(), new DelimitedFormat()];

    private static readonly (byte[] Magic, string Name)[] Columnar = [("PAR1"u8.ToArray(), "Parquet"), ("ARROW1"u8.ToArray(), "Arrow IPC")];

    private static readonly (byte[] Magic, string Name)[] Refused =
    [
        ([0xD0, 0xCF, 0x11, 0xE0], "an old workbook (.xls), or one with a password"),
        ("%PDF"u8.ToArray(), "PDF"), ([0x1F, 0x8B], "gzip"), ([0x28, 0xB5, 0x2F, 0xFD], "Zstandard"),
    ];

    public static IRecordFormat Of(ReadOnlySpan<byte> head, IReadOnlyList<ImportFormat> further, Encoding? stated)
    {
        foreach (ImportFormat format in further)
        {
            if (format.Reader.Recognises(head)) return format.Reader;
        }

        foreach ((byte[] magic, string name) in Columnar)
        {
            if (head.StartsWith(magic)) throw new ImportException(new Fault(ImportCodes.FormatUnknown, $"must be of a format that was passed; it is {name}", "pass ColumnarFormats.All of the package Engagement.Import.Columnar"));
        }

        foreach ((byte[] magic, string name) in Refused)
        {
            if (head.StartsWith(magic)) throw new ImportException(new Fault(ImportCodes.FormatUnknown, $"must be CSV, TSV, JSON, JSON Lines or Excel (.xlsx); it is {name}", "unpack it, or save it as CSV or .xlsx"));
        }

        // UTF-16 without its mark is full of NUL: what it is can only be seen as whom it was stated to be.
        ReadOnlySpan<byte> text = stated is UnicodeEncoding && Equals(TextEncodings.Of(head, stated), stated) && !All[0].Recognises(head) ? TextEncodings.HeadAsUtf8(head, stated) : head;
        foreach (IRecordFormat format in All)
        {
            if (format.Recognises(text)) return format;
        }

        throw new ImportException(new Fault(ImportCodes.FormatUnknown, "must be CSV, TSV, JSON, JSON Lines or Excel (.xlsx); it holds bytes that no text has", "save it as CSV (UTF-8), or name its encoding"));
    }
}
