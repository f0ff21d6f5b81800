using System.Buffers;

namespace Engagement.Core.Tests.Logs;

/// <summary>A copy of values whose memory ends where a page begins that must not be touched: one byte read too far ends the process.</summary>
internal sealed unsafe class GuardedMemory<T> : MemoryManager<T>
    where T : unmanaged
{
    private readonly byte* _start;
    private readonly nuint _size;
    private readonly byte* _values;
    private readonly int _length;

    public GuardedMemory(ReadOnlySpan<T> values)
    {
        int page = Environment.SystemPageSize;
        nuint bytes = (nuint)values.Length * (nuint)sizeof(T);
        nuint pages = ((bytes + (nuint)page - 1) / (nuint)page) + 1;
        _size = pages * (nuint)page;
        _start = (byte*)Pages.mmap(0, _size, 3, 0x22, -1, 0);
        Assert.NotEqual(-1, (nint)_start);
        byte* guard = _start + _size - page;
        Assert.Equal(0, Pages.mprotect((nint)guard, (nuint)page, 0));
        _values = guard - bytes;
        _length = values.Length;
        values.CopyTo(GetSpan());
    }

    public override Span<T> GetSpan() => new(_values, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_values + (elementIndex * sizeof(T)));

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing) => Assert.Equal(0, Pages.munmap((nint)_start, _size));
}
