using Apache.Arrow;
using Apache.Arrow.Types;

namespace Engagement.Import.Columnar;

/// <summary>The columns of some row groups, in memory that is used again for others.</summary>
internal sealed class GroupRows(int texts)
{
    private BatchNumbers<long> _times;
    private byte[]? _isThere;
    private int _missing;

    public int Count { get; private set; }

    public TextColumn[] Texts { get; } = [.. Enumerable.Range(0, texts).Select(_ => new TextColumn())];

    public void Begin(int count)
    {
        (Count, _isThere, _missing) = (count, null, 0);
        foreach (TextColumn text in Texts) text.Words.Clear();
    }

    public Span<long> TimesFrom(int row, int count) => _times.Room(row, count);

    /// <summary>Notes that a row has no time.</summary>
    public void Miss(int row)
    {
        if (_isThere is null)
        {
            _isThere = new byte[(Count + 7) / 8];
            _isThere.AsSpan().Fill(byte.MaxValue);
        }

        _isThere[row >> 3] = (byte)(_isThere[row >> 3] & ~(1 << (row & 7)));
        _missing++;
    }

    public TimestampArray Times(TimestampType type) => new(type, _times.Buffer(Count), _isThere is null ? ArrowBuffer.Empty : new ArrowBuffer(_isThere), Count, _missing, 0);

    /// <summary>A column of texts as indexes into its words.</summary>
    internal sealed class TextColumn
    {
        private BatchNumbers<int> _indexes;

        public Utf8Words Words { get; } = new();

        public Span<int> IndexesFrom(int row, int count) => _indexes.Room(row, count);

        public DictionaryArray ToArray(int count)
        {
            var words = new StringArray.Builder();
            for (int word = 0; word < Words.Count; word++) words.Append(Words.BytesOf(word));
            return WordColumn.Of(_indexes, count, words.Build());
        }
    }
}
