using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Engagement.Import.Columnar;

/// <summary>The distinct texts of a column in the order in which they were met, looked up by their bytes. For one thread at a time.</summary>
internal sealed class Utf8Words
{
    private const int FirstWords = 128;
    private const int ShortLength = 16;
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15;

    // Open addressing: a slot holds the number of a word and one more; 0 is free.
    private int[] _slots = new int[2 * FirstWords];
    private (ulong Hash, int Start, int Length)[] _words = new (ulong, int, int)[FirstWords];
    private byte[] _bytes = new byte[16 * FirstWords];
    private int _used;

    public int Count { get; private set; }

    /// <summary>The text of a word.</summary>
    public string this[int index] => Encoding.UTF8.GetString(_bytes, _words[index].Start, _words[index].Length);

    /// <summary>The number of a word; <paramref name="isNew"/> when it was not met before.</summary>
    // Optimised from the first row on: a large file would be read for seconds before that, at twice to three times the price.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int IndexOf(ReadOnlySpan<byte> word, out bool isNew)
    {
        isNew = false;
        ulong hash = HashOf(word);
        int mask = _slots.Length - 1;
        int slot = SlotOf(hash, mask);
        for (; _slots[slot] > 0; slot = (slot + 1) & mask)
        {
            ref readonly (ulong Hash, int Start, int Length) known = ref _words[_slots[slot] - 1];
            if (known.Hash == hash && word.SequenceEqual(_bytes.AsSpan(known.Start, known.Length))) return _slots[slot] - 1;
        }

        isNew = true;
        return Add(word, hash, slot);
    }

    public void Clear()
    {
        if (Count == 0) return;
        _slots.AsSpan().Clear();
        (Count, _used) = (0, 0);
    }

    private int Add(ReadOnlySpan<byte> word, ulong hash, int slot)
    {
        if (_bytes.Length - _used < word.Length) Array.Resize(ref _bytes, Math.Max(checked(_used + word.Length), 2 * _bytes.Length));
        word.CopyTo(_bytes.AsSpan(_used));
        if (Count == _words.Length) Array.Resize(ref _words, 2 * Count);
        _words[Count++] = (hash, _used, word.Length);
        _used += word.Length;
        _slots[slot] = Count;
        if (2 * Count > _slots.Length) Grow();
        return Count - 1;
    }

    private void Grow()
    {
        int[] slots = new int[2 * _slots.Length];
        int mask = slots.Length - 1;
        for (int index = 0; index < Count; index++)
        {
            int slot = SlotOf(_words[index].Hash, mask);
            while (slots[slot] > 0) slot = (slot + 1) & mask;
            slots[slot] = index + 1;
        }

        _slots = slots;
    }

    private static int SlotOf(ulong hash, int mask) => unchecked((int)(hash >> 32)) & mask;

    /// <summary>Short words, as channels and kinds are, in a few steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong HashOf(ReadOnlySpan<byte> word)
    {
        if (word.Length > ShortLength) return XxHash3.HashToUInt64(word);
        ulong first = 0;
        ulong last = 0;
        if (word.Length >= sizeof(ulong))
        {
            first = MemoryMarshal.Read<ulong>(word);
            last = MemoryMarshal.Read<ulong>(word[^sizeof(ulong)..]);
        }
        else
        {
            foreach (byte letter in word) first = (first << 8) | letter;
        }

        unchecked
        {
            ulong high = Math.BigMul((first ^ (uint)word.Length) + Odd, last ^ Odd, out ulong low);
            return high ^ (low * Odd);
        }
    }
}
