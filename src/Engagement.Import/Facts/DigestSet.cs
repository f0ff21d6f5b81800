using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Engagement.Import;

/// <summary>A set of texts by 64 bits of their SHA-256: a row of a log costs 10 to 20 bytes here, whatever its length.</summary>
/// <remarks>Two of ten million texts meet by chance once in 370,000 imports; the later one would then count as a duplicate, and be counted so.</remarks>
internal sealed class DigestSet
{
    private const int FirstSlots = 1 << 10;

    // Open addressing: 0 is a free slot, and digests are spread evenly by nature.
    private ulong[] _slots = new ulong[FirstSlots];
    private int _count;

    public bool Add(string text) => Add(Of(text));

    public bool Add(ulong digest)
    {
        if (digest == 0) digest = 1;
        if (_count + 1 > _slots.Length / 8 * 7) Grow();
        if (!Place(_slots, digest)) return false;
        _count++;
        return true;
    }

    public bool Contains(string text)
    {
        ulong digest = Of(text);
        if (digest == 0) digest = 1;
        int mask = _slots.Length - 1;
        for (int at = unchecked((int)digest) & mask; _slots[at] != 0; at = (at + 1) & mask)
        {
            if (_slots[at] == digest) return true;
        }

        return false;
    }

    public static ulong Of(string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= 2_048 ? stackalloc byte[most] : new byte[most];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    private static bool Place(ulong[] slots, ulong digest)
    {
        int mask = slots.Length - 1;
        int at = unchecked((int)digest) & mask;
        while (slots[at] != 0)
        {
            if (slots[at] == digest) return false;
            at = (at + 1) & mask;
        }

        slots[at] = digest;
        return true;
    }

    private void Grow()
    {
        ulong[] larger = new ulong[checked(_slots.Length * 2)];
        foreach (ulong digest in _slots)
        {
            if (digest != 0) Place(larger, digest);
        }

        _slots = larger;
    }
}
