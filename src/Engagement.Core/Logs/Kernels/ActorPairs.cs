using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engagement.Core.Logs;

/// <summary>Distinct pairs of actor and cell, for any number of cells, and the distinct actors beside them.</summary>
internal sealed class ActorPairs : ActorTable
{
    private const int FewestSlots = 256;
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly ActorSet _actors = new();
    private Entry[] _entries = Rent<Entry>(FewestSlots);
    private int _slots = FewestSlots;
    private int _count;

    public override long Actors => _actors.Actors;

    public override void Add(ReadOnlySpan<ulong> hashes, ReadOnlySpan<int> cells)
    {
        while (_count == 0 && _slots < hashes.Length / RowsPerSlot) Grow();
        for (int row = 0; row < hashes.Length; row++)
        {
            if (Add(hashes[row], cells[row])) _actors.Add(hashes[row]);
        }
    }

    public override void AddTo(Span<long> counts)
    {
        foreach (Entry entry in _entries.AsSpan(0, _slots))
        {
            if (entry.Key != 0) counts[entry.Cell]++;
        }
    }

    public override void Dispose()
    {
        ArrayPool<Entry>.Shared.Return(_entries);
        (_entries, _slots) = ([], 0);
        _actors.Dispose();
    }

    /// <summary>Whether the pair is new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Add(ulong hash, int cell)
    {
        ref Entry first = ref MemoryMarshal.GetArrayDataReference(_entries);
        uint mask = (uint)_slots - 1;
        uint slot = unchecked((uint)((hash ^ ((ulong)cell * Spread)) >> 8)) & mask;
        while (true)
        {
            ref Entry entry = ref Unsafe.Add(ref first, slot);
            if (entry.Key == hash && entry.Cell == cell) return false;
            if (entry.Key == 0)
            {
                if (hash == 0) return false;
                entry = new Entry { Key = hash, Cell = cell };
                if (++_count > _slots / 2) Grow();
                return true;
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
        foreach (Entry entry in old.AsSpan(0, slots)) Add(entry.Key, entry.Cell);
        ArrayPool<Entry>.Shared.Return(old);
    }

    private struct Entry
    {
        public ulong Key;
        public int Cell;
    }
}
