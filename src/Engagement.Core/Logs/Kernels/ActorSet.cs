using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engagement.Core.Logs;

/// <summary>Distinct actors without cells: an open-addressed table of hashes, at most half full.</summary>
internal sealed class ActorSet : ActorTable
{
    private const int FewestSlots = 256;

    private ulong[] _keys = new ulong[FewestSlots];
    private int _count;

    public override long Actors => _count;

    public override void Add(ReadOnlySpan<ulong> hashes, ReadOnlySpan<int> cells)
    {
        foreach (ulong hash in hashes) Add(hash);
    }

    public override void AddTo(Span<long> counts)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong hash)
    {
        ref ulong keys = ref MemoryMarshal.GetArrayDataReference(_keys);
        uint mask = (uint)_keys.Length - 1;
        uint slot = unchecked((uint)hash) & mask;

        // An empty slot holds 0, so the missing actor is found wherever there is room.
        while (Unsafe.Add(ref keys, slot) != hash)
        {
            if (Unsafe.Add(ref keys, slot) == 0)
            {
                Unsafe.Add(ref keys, slot) = hash;
                if (++_count > _keys.Length / 2) Grow();
                return;
            }

            slot = (slot + 1) & mask;
        }
    }

    private void Grow()
    {
        ulong[] old = _keys;
        _keys = new ulong[checked(old.Length * 2)];
        _count = 0;
        foreach (ulong key in old) Add(key);
    }
}
