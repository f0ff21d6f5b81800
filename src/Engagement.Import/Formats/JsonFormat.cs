using System.Text;

namespace Engagement.Import;

/// <summary>JSON and JSON Lines.</summary>
internal sealed class JsonFormat : IRecordFormat
{
    public string Name => "JSON";

    public bool Recognises(ReadOnlySpan<byte> head) => FirstOf(TextEncodings.HeadAsUtf8(head, TextEncodings.Of(head, stated: null))) is (byte)'{' or (byte)'[';

    public IRecordReader Open(Stream stream, ReadOnlySpan<byte> head, ReadingOptions options)
    {
        Encoding? encoding = TextEncodings.Of(head, options.Encoding);
        return new JsonRecordReader(TextEncodings.AsUtf8(stream, encoding), AreLines(TextEncodings.HeadAsUtf8(head, encoding)), options.Limits);
    }

    private static byte FirstOf(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        return text.IsEmpty ? (byte)0 : text[0];
    }

    /// <summary>JSON Lines: the first line is a whole object, and the next one begins another.</summary>
    private static bool AreLines(ReadOnlySpan<byte> head)
    {
        head = head.TrimStart(" \t\r\n"u8);
        if (head.IsEmpty || head[0] != (byte)'{') return false;
        int end = head.IndexOf((byte)'\n');
        if (end < 0) return false;
        ReadOnlySpan<byte> first = head[..end].TrimEnd(" \t\r"u8);
        ReadOnlySpan<byte> rest = head[end..].TrimStart(" \t\r\n"u8);
        return first[^1] == (byte)'}' && !rest.IsEmpty && rest[0] == (byte)'{';
    }
}
