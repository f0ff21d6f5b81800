using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Text;
using Apache.Arrow;

namespace Engagement.Import.Columnar;

/// <summary>The distinct texts of a column in the order in which they were met, looked up by their bytes. Safe for use by several threads at once.</summary>
internal sealed class Utf8Words
{
    private readonly ConcurrentDictionary<byte[], int> _known;
    private readonly ConcurrentDictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private readonly Lock _lock = new();
    private readonly List<string> _words = [];

    public Utf8Words()
    {
        _known = new ConcurrentDictionary<byte[], int>(new Bytes());
        _bySpan = _known.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int IndexOf(ReadOnlySpan<byte> word)
    {
        if (_bySpan.TryGetValue(word, out int index)) return index;
        lock (_lock)
        {
            if (_bySpan.TryGetValue(word, out index)) return index;
            index = _words.Count;
            _words.Add(FormulaGuard.Restored(Encoding.UTF8.GetString(word)));
            _known[word.ToArray()] = index;
            return index;
        }
    }

    public StringArray ToArray()
    {
        var builder = new StringArray.Builder();
        lock (_lock) builder.AppendRange(_words);
        return builder.Build();
    }

    private sealed class Bytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate) => unchecked((int)XxHash3.HashToUInt64(alternate));
    }
}
