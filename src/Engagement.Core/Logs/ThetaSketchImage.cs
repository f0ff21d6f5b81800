using System.Buffers.Binary;
using System.Globalization;

namespace Engagement.Core.Logs;

/// <summary>The compact serial form of Apache DataSketches' theta sketches: read in versions 1 to 4, written in version 3, ordered.</summary>
/// <remarks>
/// The first eight bytes: preamble length in eights (low six bits) · version · family (3, compact) · in version 4 the bits of a difference and the bytes of the count · flags · hash of the seed (two bytes).
/// Then, in versions 1 to 3: count (four bytes, four unused), θ unless it is 1, and the hashes; a preamble of one eight holds nothing or one hash. In version 4: θ unless it is 1, the count, and the
/// differences of the ordered hashes, packed from the highest bit on. Numbers have their lowest byte first.
/// </remarks>
internal static class ThetaSketchImage
{
    private const int Eight = 8;
    private const int Version = 3;
    private const int CompactFamily = 3;
    private const ushort SeedHash = 0x93CC;

    // The largest sketch of DataSketches; packed hashes are many times as large in memory, so their number must not be believed.
    private const int MostHashes = 1 << 27;
    private const int BigEndian = 1;
    private const int ReadOnly = 2;
    private const int Empty = 4;
    private const int Compact = 8;
    private const int Ordered = 16;

    public static byte[] Write(ReadOnlySpan<ulong> hashes, ulong theta)
    {
        bool exact = theta == SmallestHashes.Everything;
        int preamble = !exact ? 3 : hashes.Length > 1 ? 2 : 1;
        byte[] bytes = new byte[(preamble + hashes.Length) * Eight];
        bytes[0] = (byte)preamble;
        bytes[1] = Version;
        bytes[2] = CompactFamily;
        bytes[5] = (byte)(ReadOnly | Compact | Ordered | (exact && hashes.IsEmpty ? Empty : 0));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), SeedHash);
        if (preamble > 1) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), hashes.Length);
        if (!exact) BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), theta);
        Span<byte> rest = bytes.AsSpan(preamble * Eight);
        foreach (ulong hash in hashes)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(rest, hash);
            rest = rest[Eight..];
        }

        return bytes;
    }

    public static (ulong[] Hashes, ulong Theta) Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Eight) throw Wrong(bytes.Length, $"{bytes.Length} bytes", "must be at least 8", "pass the whole sketch");
        if (bytes[2] != CompactFamily) throw Wrong(2, $"family {bytes[2]}", "must be 3, a compact theta sketch", "compact the sketch before writing it");
        int preamble = bytes[0] & 0x3F;
        if (preamble is < 1 or > 3) throw Wrong(0, $"preamble of {preamble} eights", "must be 1, 2 or 3", "pass a compact theta sketch, undamaged");
        return bytes[1] switch
        {
            1 => ReadPlain(bytes, preamble is 3 ? 3 : throw Wrong(0, $"preamble of {preamble} eights", "must be 3 in version 1", "pass a compact theta sketch, undamaged"), false),
            2 => ReadVersion2(bytes, preamble),
            Version => ReadVersion3(bytes, preamble),
            4 => ReadCompressed(bytes, preamble),
            _ => throw Wrong(1, $"version {bytes[1]}", "must be 1, 2, 3 or 4", "write the sketch in version 3"),
        };
    }

    private static (ulong[] Hashes, ulong Theta) ReadVersion2(ReadOnlySpan<byte> bytes, int preamble)
    {
        CheckSeed(bytes);
        if (preamble > 1) return ReadPlain(bytes, preamble, false);
        MustHave(bytes, Eight);
        return ([], SmallestHashes.Everything);
    }

    private static (ulong[] Hashes, ulong Theta) ReadVersion3(ReadOnlySpan<byte> bytes, int preamble)
    {
        int flags = bytes[5];
        if ((flags & BigEndian) != 0) throw Wrong(5, "big-endian flag", "must not be set", "write the sketch on a little-endian machine");
        if ((flags & Compact) == 0) throw Wrong(5, "compact flag missing", "must be set", "compact the sketch before writing it");
        if ((flags & Empty) != 0)
        {
            // Writers differ in whether the seed of an empty sketch is told; no hash depends on it.
            MustHave(bytes, preamble * Eight);
            if (preamble > 1 && Count(bytes) != 0) throw Wrong(8, $"{Count(bytes)} hashes", "must be none in an empty sketch", "pass a compact theta sketch, undamaged");
            return ([], SmallestHashes.Everything);
        }

        CheckSeed(bytes);
        if (preamble > 1) return ReadPlain(bytes, preamble, (flags & Ordered) == 0);
        MustHave(bytes, 2 * Eight);
        return (Hashes(bytes[Eight..], 1, SmallestHashes.Everything, Eight, false), SmallestHashes.Everything);
    }

    private static (ulong[] Hashes, ulong Theta) ReadPlain(ReadOnlySpan<byte> bytes, int preamble, bool unordered)
    {
        MustHaveAtLeast(bytes, preamble * Eight);
        uint count = Count(bytes);
        ulong theta = preamble > 2 ? Theta(bytes, 16) : SmallestHashes.Everything;
        MustHave(bytes, ((long)preamble + count) * Eight);
        return (Hashes(bytes[(preamble * Eight)..], (int)count, theta, preamble * Eight, unordered), theta);
    }

    private static ulong[] Hashes(ReadOnlySpan<byte> bytes, int count, ulong theta, int place, bool unordered)
    {
        ulong[] hashes = new ulong[count];
        for (int index = 0; index < count; index++) hashes[index] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(index * Eight)..]);
        if (unordered) Array.Sort(hashes);
        ulong before = 0;
        for (int index = 0; index < count; index++)
        {
            // After sorting, a hash no longer stands at its place.
            if (hashes[index] <= before || hashes[index] >= theta) throw WrongHash(unordered ? place : place + (index * Eight), hashes[index], before, theta);
            before = hashes[index];
        }

        return hashes;
    }

    private static (ulong[] Hashes, ulong Theta) ReadCompressed(ReadOnlySpan<byte> bytes, int preamble)
    {
        CheckSeed(bytes);
        int bits = bytes[3];
        int countBytes = bytes[4];
        if (bits is < 1 or > 63) throw Wrong(3, $"differences of {bits} bits", "must have 1 to 63", "pass a compact theta sketch, undamaged");
        if (countBytes is < 1 or > 4) throw Wrong(4, $"count of {countBytes} bytes", "must have 1 to 4", "pass a compact theta sketch, undamaged");
        bool exact = preamble == 1;
        int place = exact ? Eight : 2 * Eight;
        MustHaveAtLeast(bytes, place + countBytes);
        ulong theta = exact ? SmallestHashes.Everything : Theta(bytes, Eight);
        uint count = 0;
        for (int index = 0; index < countBytes; index++) count |= (uint)bytes[place + index] << (8 * index);
        if (count > MostHashes) throw Wrong(place, $"{count} hashes", string.Create(CultureInfo.InvariantCulture, $"must be at most {MostHashes}"), "pass a compact theta sketch, undamaged");
        place += countBytes;
        MustHave(bytes, place + ((((long)count * bits) + 7) / 8));

        ulong[] hashes = new ulong[count];
        long bit = place * 8L;
        ulong before = 0;
        for (int index = 0; index < hashes.Length; index++, bit += bits)
        {
            ulong hash = before + Bits(bytes, bit, bits);
            if (hash <= before || hash >= theta) throw WrongHash((int)(bit / 8), hash, before, theta);
            hashes[index] = hash;
            before = hash;
        }

        return (hashes, theta);
    }

    /// <summary>Up to 63 bits from a place on, the highest first.</summary>
    private static ulong Bits(ReadOnlySpan<byte> bytes, long from, int length)
    {
        ulong value = 0;
        while (length > 0)
        {
            int left = 8 - (int)(from % 8);
            int taken = Math.Min(left, length);
            ulong part = (ulong)(bytes[(int)(from / 8)] >> (left - taken)) & ((1UL << taken) - 1);
            value = (value << taken) | part;
            from += taken;
            length -= taken;
        }

        return value;
    }

    private static uint Count(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);

    private static ulong Theta(ReadOnlySpan<byte> bytes, int place)
    {
        ulong theta = BinaryPrimitives.ReadUInt64LittleEndian(bytes[place..]);
        return theta is > 0 and <= SmallestHashes.Everything ? theta : throw Wrong(place, $"θ {theta}", "must lie between 1 and 2⁶³ − 1", "pass a compact theta sketch, undamaged");
    }

    private static void CheckSeed(ReadOnlySpan<byte> bytes)
    {
        ushort seed = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
        if (seed != SeedHash) throw Wrong(6, string.Create(CultureInfo.InvariantCulture, $"seed hash {seed:X4}"), "must be 93CC, that of seed 9001", "make all sketches with the default seed");
    }

    private static void MustHaveAtLeast(ReadOnlySpan<byte> bytes, int length)
    {
        if (bytes.Length < length) MustHave(bytes, length);
    }

    private static void MustHave(ReadOnlySpan<byte> bytes, long length)
    {
        if (bytes.Length != length) throw Wrong(Math.Min(bytes.Length, length), $"{bytes.Length} bytes", string.Create(CultureInfo.InvariantCulture, $"must be {length} by its preamble"), "pass the sketch alone and whole");
    }

    private static ThetaSketchFormatException WrongHash(int place, ulong hash, ulong before, ulong theta) =>
        Wrong(place, $"hash {hash}", string.Create(CultureInfo.InvariantCulture, $"must lie above the one before ({before}) and below θ ({theta})"), "pass a compact theta sketch, undamaged");

    private static ThetaSketchFormatException Wrong(long place, string found, string rule, string cure) =>
        new(string.Create(CultureInfo.InvariantCulture, $"bytes ({found} at byte {place}) {rule}: {cure}."));
}
