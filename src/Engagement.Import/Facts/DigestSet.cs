using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Engagement.Import;

/// <summary>A set of texts by 64 bits of their SHA-256: a row of a log costs 9 to 14 bytes here, whatever its length.</summary>
/// <remarks>Two of ten million texts meet by chance once in 370,000 imports; the later one would then count as a duplicate, and be counted so. It grows part by part, so that growing takes no memory worth mention.</remarks>
internal sealed class DigestSet
{
    private const int Parts = 256;
    private const int FirstSlots = 16;

    // Open addressing: 0 is a free slot, and digests are spread evenly by nature.
    private readonly ulong[][] _parts = new ulong[Parts][];
    private readonly int[] _counts = new int[Parts];

    public bool Add(string text) => Add(Of(text));

    public bool Add(ulong digest)
    {
        if (digest == 0) digest = 1;
        int part = PartOf(digest);
        if (_counts[part] + 1 > (_parts[part]?.Length ?? 0) / 8 * 7) Grow(part);
        int slot = SlotOf(_parts[part], digest);
        if (_parts[part][slot] != 0) return false;
        _parts[part][slot] = digest;
        _counts[part]++;
        return true;
    }

    public bool Contains(string text)
    {
        ulong digest = Of(text);
        if (digest == 0) digest = 1;
        return _parts[PartOf(digest)] is { } slots && slots[SlotOf(slots, digest)] != 0;
    }

    public static ulong Of(string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= 2_048 ? stackalloc byte[most] : new byte[most];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    private static int PartOf(ulong digest) => (int)(digest >> 56);

    /// <summary>Where a digest lies, or the free slot where it would.</summary>
    private static int SlotOf(ulong[] slots, ulong digest)
    {
        // Some middle bits, spread over any number of slots.
        int slot = (int)(((digest >> 16 & uint.MaxValue) * (uint)slots.Length) >> 32);
        while (slots[slot] != 0 && slots[slot] != digest) slot = slot + 1 == slots.Length ? 0 : slot + 1;
        return slot;
    }

    private void Grow(int part)
    {
        ulong[] slots = _parts[part] ?? [];
        ulong[] larger = new ulong[Math.Max(FirstSlots, checked(slots.Length / 2 * 3))];
        foreach (ulong digest in slots)
        {
            if (digest != 0) larger[SlotOf(larger, digest)] = digest;
        }

        _parts[part] = larger;
    }
}
