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

    private Entry[] _entries = new Entry[FewestSlots];
    private int _count;

    public override long Actors => _count;

    public override void Add(ReadOnlySpan<ulong> hashes, ReadOnlySpan<int> cells)
    {
        for (int row = 0; row < hashes.Length; row++) Add(hashes[row], 1UL << cells[row]);
    }

    public override void AddTo(Span<long> counts)
    {
        foreach (Entry entry in _entries)
        {
            if (entry.Key == 0) continue;
            for (ulong cells = entry.Cells; cells != 0; cells &= cells - 1) counts[BitOperations.TrailingZeroCount(cells)]++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ulong hash, ulong cells)
    {
        ref Entry first = ref MemoryMarshal.GetArrayDataReference(_entries);
        uint mask = (uint)_entries.Length - 1;
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
                if (++_count > _entries.Length / 2) Grow();
                return;
            }

            slot = (slot + 1) & mask;
        }
    }

    private void Grow()
    {
        Entry[] old = _entries;
        _entries = new Entry[checked(old.Length * 2)];
        _count = 0;
        foreach (Entry entry in old) Add(entry.Key, entry.Cells);
    }

    private struct Entry
    {
        public ulong Key;
        public ulong Cells;
    }
}
