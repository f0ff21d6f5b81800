using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Engagement.Import;

/// <summary>A set of texts by 128 bits of their digest: a row of a log costs 40 bytes here, whatever its length. Two of ten million texts meet by chance once in 10²⁴ tries.</summary>
internal sealed class DigestSet
{
    private readonly HashSet<UInt128> _digests = [];

    public bool Add(string text) => _digests.Add(Of(text));

    public bool Add(ReadOnlySpan<byte> bytes) => _digests.Add(Of(bytes));

    public bool Contains(string text) => _digests.Contains(Of(text));

    public static UInt128 Of(string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= 2_048 ? stackalloc byte[most] : new byte[most];
        return Of(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    public static UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
