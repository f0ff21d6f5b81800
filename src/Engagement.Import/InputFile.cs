using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Engagement.Import;

/// <summary>A file of the folder, opened for reading; what keeps it from being read is reported.</summary>
internal static class InputFile
{
    private const int LongestBom = 4;

    private static readonly Fault Nul = new(Codes.NulCharacter, "must not hold a NUL character", "remove it, or save the file as UTF-8 if it is UTF-16");

    /// <summary>Opens a file after a look at its size and its byte order mark. Null, with an error reported where there ought to be a file, when it cannot be read.</summary>
    public static Stream? Open(string folder, string file, bool isRequired, long mostBytes, FindingList findings)
    {
        var place = new Place(file);
        string path = FolderTransaction.PathOf(folder, file);
        if (Directory.Exists(path))
        {
            findings.Error(place, Codes.FileUnreadable, "must be a file, not a folder", "put the file in its place");
            return null;
        }

        if (!File.Exists(path))
        {
            if (isRequired) findings.Error(place, Codes.FileMissing, "must be in the folder", NearestFile(folder, file) is { } near ? $"rename {near}" : "add it");
            return null;
        }

        if (!HasContent(path)) return Stream.Null;
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        if (!stream.CanSeek) findings.Error(place, Codes.FileUnreadable, "must be an ordinary file", "copy what it gives into a file");
        else if (stream.Length > mostBytes) findings.Error(place, Codes.FileTooLarge, string.Create(CultureInfo.InvariantCulture, $"must have at most {mostBytes} bytes, not {stream.Length}"), "split the portfolio by period");
        else if (HasForeignBom(stream)) findings.Error(place, Codes.OtherEncoding, "must be UTF-8; it begins like UTF-16 or UTF-32", "save it as UTF-8 (in Excel: CSV UTF-8)");
        else return stream;

        stream.Dispose();
        return null;
    }

    /// <summary>Whether a file has any bytes, without opening it: a named pipe claims to have none, and opening one waits for whoever writes.</summary>
    public static bool HasContent(string path) => ((File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo) ?? new FileInfo(path)).Length > 0;

    /// <summary>What keeps bytes from being a text, with the offset of the first offending one; null when they are UTF-8 without NUL.</summary>
    public static Fault? TextFault(ReadOnlySpan<byte> bytes, out int offset)
    {
        if (!Utf8.IsValid(bytes))
        {
            (offset, int length) = FirstInvalid(bytes);
            string hex = string.Join(' ', bytes.Slice(offset, length).ToArray().Select(value => value.ToString("X2", CultureInfo.InvariantCulture)));
            return new Fault(Codes.InvalidUtf8, $"must be UTF-8; the bytes {hex} are not", "save the file as UTF-8 (in Excel: CSV UTF-8)");
        }

        offset = bytes.IndexOf((byte)0);
        return offset < 0 ? null : Nul;
    }

    private static (int Offset, int Length) FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out int length) is OperationStatus.Done) offset += length;
        _ = Rune.DecodeFromUtf8(bytes[offset..], out _, out int broken);
        return (offset, broken);
    }

    private static string? NearestFile(string folder, string file) =>
        Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Where(name => Suggestion.Nearest(name, [file]) is not null).Order(StringComparer.Ordinal).FirstOrDefault();

    private static bool HasForeignBom(FileStream stream)
    {
        Span<byte> start = stackalloc byte[LongestBom];
        int length = stream.ReadAtLeast(start, LongestBom, throwOnEndOfStream: false);
        stream.Position = 0;
        return start[..length] is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF];
    }
}
