using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engagement.Core.Logs;

/// <summary>Distinct actors without cells: an open-addressed table of hashes, at most half full.</summary>
internal sealed class ActorSet : ActorTable
{
    private const int FewestSlots = 256;

    private ulong[] _keys = Rent<ulong>(FewestSlots);
    private int _slots = FewestSlots;
    private int _count;

    public override long Actors => _count;

    public override void Add(ReadOnlySpan<ulong> hashes, ReadOnlySpan<int> cells)
    {
        while (_count == 0 && _slots < hashes.Length / RowsPerSlot) Grow();
        foreach (ulong hash in hashes) Add(hash);
    }

    public override void AddTo(Span<long> counts)
    {
    }

    public override void Dispose()
    {
        ArrayPool<ulong>.Shared.Return(_keys);
        (_keys, _slots) = ([], 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong hash)
    {
        ref ulong keys = ref MemoryMarshal.GetArrayDataReference(_keys);
        uint mask = (uint)_slots - 1;
        uint slot = unchecked((uint)hash) & mask;

        // An empty slot holds 0, so the missing actor is found wherever there is room.
        while (Unsafe.Add(ref keys, slot) != hash)
        {
            if (Unsafe.Add(ref keys, slot) == 0)
            {
                Unsafe.Add(ref keys, slot) = hash;
                if (++_count > _slots / 2) Grow();
                return;
            }

            slot = (slot + 1) & mask;
        }
    }

    private void Grow()
    {
        ulong[] old = _keys;
        int slots = _slots;
        _slots = checked(slots * 2);
        _keys = Rent<ulong>(_slots);
        _count = 0;
        foreach (ulong key in old.AsSpan(0, slots)) Add(key);
        ArrayPool<ulong>.Shared.Return(old);
    }
}
