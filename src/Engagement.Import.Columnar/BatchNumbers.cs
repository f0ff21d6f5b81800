using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;

namespace Engagement.Import.Columnar;

/// <summary>A column of numbers that grows, and whose memory is used again for the next batch.</summary>
internal struct BatchNumbers<T>
    where T : unmanaged
{
    private byte[]? _bytes;

    /// <summary>Room for so many numbers from a row on.</summary>
    public Span<T> Room(int at, int count)
    {
        int needed = checked((at + count) * Unsafe.SizeOf<T>());
        if (_bytes is null || _bytes.Length < needed) System.Array.Resize(ref _bytes, Math.Max(needed, 2 * (_bytes?.Length ?? 0)));
        return MemoryMarshal.Cast<byte, T>(_bytes.AsSpan()).Slice(at, count);
    }

    public readonly ArrowBuffer Buffer(int count) => new(_bytes.AsMemory(0, count * Unsafe.SizeOf<T>()));
}
