using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;

namespace Engagement.Import;

/// <summary>Looks at a workbook as a ZIP archive before any library sees it: how much it claims to hold, that it holds just that, and that the checksum of every part is right.</summary>
internal static class WorkbookFence
{
    /// <summary>The most parts; a workbook of a hundred sheets has a few hundred.</summary>
    public const int MostEntries = 10_000;

    /// <summary>The least that may be unpacked whatever the ratio: an empty workbook is mostly names.</summary>
    private const long AlwaysAllowed = 1 << 20;

    private const string Main = "[Content_Types].xml";

    /// <exception cref="ImportException">It is no workbook, is damaged, or exceeds a limit. The stream stands at its beginning afterwards.</exception>
    public static void Check(Stream stream, ImportLimits limits)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            Claims(archive, stream.Length, limits);
            foreach (ZipArchiveEntry entry in archive.Entries) Verify(entry);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException or OverflowException or ArgumentException)
        {
            throw Damaged("cannot be unpacked", exception);
        }

        stream.Position = 0;
    }

    public static ImportException Damaged(string what, Exception? inner = null) =>
        new(new Fault(ImportCodes.Damaged, $"is not a sound workbook (.xlsx): it {what}", "export it again, or open and save it in a spreadsheet program"), inner: inner);

    private static void Claims(ZipArchive archive, long packed, ImportLimits limits)
    {
        if (archive.Entries.Count > MostEntries) throw TooMuch($"must have at most {MostEntries} parts, not {archive.Entries.Count}");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        long unpacked = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!names.Add(entry.FullName)) throw Damaged("has a part twice");
            unpacked = checked(unpacked + entry.Length);
        }

        if (!names.Contains(Main)) throw new ImportException(new Fault(ImportCodes.FormatUnknown, "must be a workbook (.xlsx); it is another ZIP archive", "unpack it, and name the files in it; an .ods or .xlsb is to be saved as .xlsx"));
        if (unpacked > limits.FileBytes) throw TooMuch($"must unpack to at most {limits.FileBytes} bytes; it claims {unpacked}");
        if (unpacked > Math.Max(AlwaysAllowed, checked(packed * limits.UnpackedRatio))) throw TooMuch($"must unpack to at most {limits.UnpackedRatio} times its {packed} bytes; it claims {unpacked}");
    }

    /// <summary>Unpacks a part once, for nothing: what follows may trust that it is as long as it claims, and that no bit fell over.</summary>
    private static void Verify(ZipArchiveEntry entry)
    {
        var crc = new Crc32();
        byte[] buffer = new byte[1 << 16];
        long left = entry.Length;
        using Stream content = entry.Open();
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            left -= read;
            if (left < 0) throw Damaged("holds more than it claims");
            crc.Append(buffer.AsSpan(0, read));
        }

        if (left > 0) throw Damaged("holds less than it claims");
        if (crc.GetCurrentHashAsUInt32() != entry.Crc32) throw Damaged("has a part with a wrong checksum");
    }

    private static ImportException TooMuch(FormattableString rule) => new(new Fault(ImportCodes.LimitExceeded, rule.ToString(CultureInfo.InvariantCulture), "split it, or raise the limit if you trust it"));
}
