using System.Text;

namespace Engagement.Import;

/// <summary>The encodings of text files: by byte order mark, else as stated, else UTF-8. Nothing is guessed from the bytes.</summary>
internal static class TextEncodings
{
    private static readonly Encoding Utf16Little = new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly Encoding Utf16Big = new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The encoding of a name that the user states; null for UTF-8, which needs no transcoding.</summary>
    public static Encoding? Of(string? name) => name?.ToLowerInvariant() switch
    {
        null or "utf-8" or "utf8" => null,
        "windows-1252" or "cp1252" => CodePagesEncodingProvider.Instance.GetEncoding(1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        "utf-16" or "utf-16le" => Utf16Little,
        "utf-16be" => Utf16Big,
        _ => throw new ImportException(new Fault(ImportCodes.EncodingUnknown, "must be an encoding that is known", "pass utf-8, windows-1252 or utf-16"), value: name),
    };

    /// <summary>The encoding that the first bytes give away, else the one that was stated; null for UTF-8.</summary>
    public static Encoding? Of(ReadOnlySpan<byte> head, Encoding? stated) => head switch
    {
        [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => throw new ImportException(new Fault(ImportCodes.EncodingUnknown, "must be UTF-8 or UTF-16; it begins like UTF-32", "save it as UTF-8")),
        [0xFF, 0xFE, ..] => Utf16Little,
        [0xFE, 0xFF, ..] => Utf16Big,
        [0xEF, 0xBB, 0xBF, ..] => null,
        _ => stated,
    };

    /// <summary>The stream as UTF-8.</summary>
    public static Stream AsUtf8(Stream stream, Encoding? encoding) => encoding is null ? stream : Encoding.CreateTranscodingStream(stream, encoding, Utf8);

    /// <summary>The first bytes as UTF-8; a character that is cut off at the end is left out.</summary>
    public static byte[] HeadAsUtf8(ReadOnlySpan<byte> head, Encoding? encoding)
    {
        if (encoding is null) return (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head).ToArray();
        var lenient = (Encoding)encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        string text = lenient.GetString(head[..(head.Length & ~1)]);
        return Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
    }
}
