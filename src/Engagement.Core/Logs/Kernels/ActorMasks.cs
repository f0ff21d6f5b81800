using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engagement.Core.Logs;

/// <summary>Distinct actors of up to 64 cells: each actor once, with a bit for each cell. Count of a cell = actors with its bit; union = actors.</summary>
internal sealed class ActorMasks : ActorTable
{
    /// <summary>As many cells as a mask has bits.</summary>
    public const int MostCells = 64;

    private const int FewestSlots = 256;

    private Entry[] _entries = Rent<Entry>(FewestSlots);
    private int _slots = FewestSlots;
    private int _count;

    public override long Actors => _count;

    public override void Add(ReadOnlySpan<ulong> hashes, ReadOnlySpan<int> cells)
    {
        while (_count == 0 && _slots < hashes.Length / RowsPerSlot) Grow();
        for (int row = 0; row < hashes.Length; row++) Add(hashes[row], 1UL << cells[row]);
    }

    public override void AddTo(Span<long> counts)
    {
        foreach (Entry entry in _entries.AsSpan(0, _slots))
        {
            if (entry.Key == 0) continue;
            for (ulong cells = entry.Cells; cells != 0; cells &= cells - 1) counts[BitOperations.TrailingZeroCount(cells)]++;
        }
    }

    public override void Dispose()
    {
        ArrayPool<Entry>.Shared.Return(_entries);
        (_entries, _slots) = ([], 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ulong hash, ulong cells)
    {
        ref Entry first = ref MemoryMarshal.GetArrayDataReference(_entries);
        uint mask = (uint)_slots - 1;
        uint slot = unchecked((uint)hash) & mask;
        while (true)
        {
            ref Entry entry = ref Unsafe.Add(ref first, slot);
            if (entry.Key == hash)
            {
                // For the missing actor this is an empty slot, whose mask nobody reads: it is set, not added to, when the slot is taken.
                entry.Cells |= cells;
                return;
            }

            if (entry.Key == 0)
            {
                entry = new Entry { Key = hash, Cells = cells };
                if (++_count > _slots / 2) Grow();
                return;
            }

            slot = (slot + 1) & mask;
        }
    }

    private void Grow()
    {
        Entry[] old = _entries;
        int slots = _slots;
        _slots = checked(slots * 2);
        _entries = Rent<Entry>(_slots);
        _count = 0;
        foreach (Entry entry in old.AsSpan(0, slots)) Add(entry.Key, entry.Cells);
        ArrayPool<Entry>.Shared.Return(old);
    }

    private struct Entry
    {
        public ulong Key;
        public ulong Cells;
    }
}
