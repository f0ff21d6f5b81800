using System.Text;

namespace Engagement.Import;

/// <summary>JSON and JSON Lines.</summary>
internal sealed class JsonFormat : IRecordFormat
{
    /// <summary>Within how many bytes the equals sign of an assignment must stand.</summary>
    public const int LongestAssignment = 256;

    public string Name => "JSON";

    public bool Recognises(ReadOnlySpan<byte> head) => FirstOf(AfterAssignment(TextEncodings.HeadAsUtf8(head, TextEncodings.Of(head, stated: null)))) is (byte)'{' or (byte)'[';

    public IRecordReader Open(Stream stream, ReadOnlySpan<byte> head, ReadingOptions options)
    {
        Encoding? encoding = TextEncodings.Of(head, options.Encoding);
        return new JsonRecordReader(TextEncodings.AsUtf8(stream, encoding), AreLines(TextEncodings.HeadAsUtf8(head, encoding)), options.Limits);
    }

    /// <summary>What follows <c>window.YTD.tweets.part0 =</c>, as which Twitter's archives give out their JSON; the text itself where none stands before it.</summary>
    public static ReadOnlySpan<byte> AfterAssignment(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        if (!text.StartsWith("window.YTD."u8) && !text.StartsWith("Grailbird.data."u8)) return text;
        int equals = text[..Math.Min(text.Length, LongestAssignment)].IndexOf((byte)'=');
        return equals < 0 ? text : text[(equals + 1)..];
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
