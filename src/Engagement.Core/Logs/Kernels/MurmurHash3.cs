using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Engagement.Core.Logs;

/// <summary>The first half of Austin Appleby's MurmurHash3 x64 128, the hash of Apache DataSketches.</summary>
/// <remarks>A number is hashed as its eight bytes, the lowest first. Effectively computes the scalar lines beside each vector line.</remarks>
internal static class MurmurHash3
{
    /// <summary>The seed that DataSketches uses unless told otherwise.</summary>
    public const ulong Seed = 9001;

    private const ulong C1 = 0x87C37B91114253D5;
    private const ulong C2 = 0x4CF5AD432745937F;
    private const ulong F1 = 0xFF51AFD7ED558CCD;
    private const ulong F2 = 0xC4CEB9FE1A85EC53;
    private const int BlockBytes = 16;

    /// <summary>The hash of eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfNumber(ulong number, ulong seed = Seed)
    {
        unchecked
        {
            ulong second = seed ^ sizeof(ulong);
            ulong first = (second ^ MixFirst(number)) + second;
            return Finish(first) + Finish(first + second);
        }
    }

    /// <summary>The hashes of numbers.</summary>
    public static void OfNumbers(ReadOnlySpan<long> numbers, Span<ulong> hashes)
    {
        int row = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref ulong source = ref Unsafe.As<long, ulong>(ref MemoryMarshal.GetReference(numbers));
            ref ulong target = ref MemoryMarshal.GetReference(hashes);
            var second = Vector256.Create(Seed ^ sizeof(ulong));
            for (; row <= numbers.Length - Vector256<ulong>.Count; row += Vector256<ulong>.Count)
            {
                var key = Vector256.LoadUnsafe(ref source, (nuint)row) * C1;
                key = ((key << 31) | (key >>> 33)) * C2;
                var first = (second ^ key) + second;
                (Finish(first) + Finish(first + second)).StoreUnsafe(ref target, (nuint)row);
            }
        }

        for (; row < numbers.Length; row++) hashes[row] = OfNumber(unchecked((ulong)numbers[row]));
    }

    /// <summary>The hash of bytes of any length.</summary>
    public static ulong OfBytes(ReadOnlySpan<byte> bytes, ulong seed = Seed)
    {
        unchecked
        {
            ulong first = seed;
            ulong second = seed;
            ReadOnlySpan<byte> rest = bytes;
            for (; rest.Length >= BlockBytes; rest = rest[BlockBytes..])
            {
                first ^= MixFirst(BinaryPrimitives.ReadUInt64LittleEndian(rest));
                first = ((BitOperations.RotateLeft(first, 27) + second) * 5) + 0x52DCE729;
                second ^= MixSecond(BinaryPrimitives.ReadUInt64LittleEndian(rest[sizeof(ulong)..]));
                second = ((BitOperations.RotateLeft(second, 31) + first) * 5) + 0x38495AB5;
            }

            // The tail is hashed as if zeros followed it; a half that is all padding mixes to 0.
            Span<byte> tail = stackalloc byte[BlockBytes];
            tail.Clear();
            rest.CopyTo(tail);
            first ^= MixFirst(BinaryPrimitives.ReadUInt64LittleEndian(tail));
            second ^= MixSecond(BinaryPrimitives.ReadUInt64LittleEndian(tail[sizeof(ulong)..]));

            first ^= (ulong)bytes.Length;
            second ^= (ulong)bytes.Length;
            first += second;
            return Finish(first) + Finish(first + second);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MixFirst(ulong key) => unchecked(BitOperations.RotateLeft(key * C1, 31) * C2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MixSecond(ulong key) => unchecked(BitOperations.RotateLeft(key * C2, 33) * C1);

    /// <summary>The finaliser: a bijection in which every bit depends on every other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Finish(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 33)) * F1;
            value = (value ^ (value >> 33)) * F2;
            return value ^ (value >> 33);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Finish(Vector256<ulong> value)
    {
        value = (value ^ (value >>> 33)) * F1;
        value = (value ^ (value >>> 33)) * F2;
        return value ^ (value >>> 33);
    }
}
