using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Engagement.Import.Columnar;

/// <summary>The distinct texts of a column in the order in which they were met, looked up by their bytes. For one thread at a time.</summary>
internal sealed class Utf8Words
{
    private const int FirstWords = 128;
    private const int ShortLength = 16;
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15;

    // Of each process its own, lest a file be made of words that all fall into one place. Results do not depend on it.
    private static readonly ulong[] Secret = MemoryMarshal.Cast<byte, ulong>(RandomNumberGenerator.GetBytes(2 * sizeof(ulong))).ToArray();

    private readonly ulong _firstSecret = Secret[0];
    private readonly ulong _lastSecret = Secret[1];

    // Open addressing: a slot holds the number of a word and one more, beside what tells it from others; 0 is free.
    private Slot[] _slots = new Slot[2 * FirstWords];
    private (int Start, int Length)[] _words = new (int, int)[FirstWords];
    private byte[] _bytes = new byte[16 * FirstWords];
    private int _used;

    public int Count { get; private set; }

    /// <summary>How many bytes they have together.</summary>
    public int Bytes => _used;

    /// <summary>The text of a word.</summary>
    public string this[int index] => Encoding.UTF8.GetString(BytesOf(index));

    /// <summary>The number of a word; <paramref name="isNew"/> when it was not met before.</summary>
    // Optimised from the first row on: a large file would be read for seconds before that, at twice to three times the price.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int IndexOf(ReadOnlySpan<byte> word, out bool isNew)
    {
        isNew = false;
        (ulong first, ulong last) = EndsOf(word);
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        int at = PlaceOf(first, last, word.Length, mask);
        while (true)
        {
            ref readonly Slot slot = ref slots[at];
            if (slot.Number == 0) break;
            if (slot.First == first && slot.Last == last && slot.Length == word.Length && (word.Length <= ShortLength || word.SequenceEqual(BytesOf(slot.Number - 1)))) return slot.Number - 1;
            at = (at + 1) & mask;
        }

        isNew = true;
        return Add(word, new Slot(first, last, word.Length, Count + 1), at);
    }

    public void Clear()
    {
        if (Count == 0) return;
        _slots.AsSpan().Clear();
        (Count, _used) = (0, 0);
    }

    public ReadOnlySpan<byte> BytesOf(int index) => _bytes.AsSpan(_words[index].Start, _words[index].Length);

    private int Add(ReadOnlySpan<byte> word, Slot slot, int at)
    {
        if (_bytes.Length - _used < word.Length) Array.Resize(ref _bytes, Math.Max(checked(_used + word.Length), 2 * _bytes.Length));
        word.CopyTo(_bytes.AsSpan(_used));
        if (Count == _words.Length) Array.Resize(ref _words, 2 * Count);
        _words[Count++] = (_used, word.Length);
        _used += word.Length;
        _slots[at] = slot;
        if (2 * Count > _slots.Length) Grow();
        return Count - 1;
    }

    private void Grow()
    {
        var slots = new Slot[2 * _slots.Length];
        int mask = slots.Length - 1;
        foreach (Slot slot in _slots)
        {
            if (slot.Number == 0) continue;
            int at = PlaceOf(slot.First, slot.Last, slot.Length, mask);
            while (slots[at].Number > 0) at = (at + 1) & mask;
            slots[at] = slot;
        }

        _slots = slots;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlaceOf(ulong first, ulong last, int length, int mask)
    {
        unchecked
        {
            ulong high = Math.BigMul((first ^ (uint)length) + _firstSecret, last ^ _lastSecret, out ulong low);
            return (int)((high ^ (low * Odd)) >> 32) & mask;
        }
    }

    /// <summary>The first and the last bytes of a short word, as channels and kinds are: with its length they are the whole word. Of a longer one its hash, twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong First, ulong Last) EndsOf(ReadOnlySpan<byte> word)
    {
        if (word.Length > ShortLength)
        {
            ulong hash = XxHash3.HashToUInt64(word);
            return (hash, hash);
        }

        if (word.Length >= sizeof(ulong)) return (MemoryMarshal.Read<ulong>(word), MemoryMarshal.Read<ulong>(word[^sizeof(ulong)..]));
        if (word.Length >= sizeof(uint)) return (MemoryMarshal.Read<uint>(word), MemoryMarshal.Read<uint>(word[^sizeof(uint)..]));
        return word.IsEmpty ? default : (((ulong)word[0] << 8) | word[word.Length / 2], word[^1]);
    }

    private readonly record struct Slot(ulong First, ulong Last, int Length, int Number);
}
