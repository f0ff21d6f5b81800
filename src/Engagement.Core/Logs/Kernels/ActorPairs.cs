using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engagement.Core.Logs;

/// <summary>Distinct pairs of actor and cell, for any number of cells, and the distinct actors beside them.</summary>
internal sealed class ActorPairs : ActorTable
{
    private const int FewestSlots = 256;
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly ActorSet _actors = new();
    private Entry[] _entries = new Entry[FewestSlots];
    private int _count;

    public override long Actors => _actors.Actors;

    public override void Add(ReadOnlySpan<ulong> hashes, ReadOnlySpan<int> cells)
    {
        for (int row = 0; row < hashes.Length; row++)
        {
            if (Add(hashes[row], cells[row])) _actors.Add(hashes[row]);
        }
    }

    public override void AddTo(Span<long> counts)
    {
        foreach (Entry entry in _entries)
        {
            if (entry.Key != 0) counts[entry.Cell]++;
        }
    }

    /// <summary>Whether the pair is new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Add(ulong hash, int cell)
    {
        ref Entry first = ref MemoryMarshal.GetArrayDataReference(_entries);
        uint mask = (uint)_entries.Length - 1;
        uint slot = unchecked((uint)((hash ^ ((ulong)cell * Spread)) >> 8)) & mask;
        while (true)
        {
            ref Entry entry = ref Unsafe.Add(ref first, slot);
            if (entry.Key == hash && entry.Cell == cell) return false;
            if (entry.Key == 0)
            {
                if (hash == 0) return false;
                entry = new Entry { Key = hash, Cell = cell };
                if (++_count > _entries.Length / 2) Grow();
                return true;
            }

            slot = (slot + 1) & mask;
        }
    }

    private void Grow()
    {
        Entry[] old = _entries;
        _entries = new Entry[checked(old.Length * 2)];
        _count = 0;
        foreach (Entry entry in old) Add(entry.Key, entry.Cell);
    }

    private struct Entry
    {
        public ulong Key;
        public int Cell;
    }
}
