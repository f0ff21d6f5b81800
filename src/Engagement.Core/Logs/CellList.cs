using System.Buffers;

namespace Engagement.Core.Logs;

/// <summary>Cells as two growing columns, keys and counts; as a rule in the order of the keys. Its memory comes from the pool, and goes back with <see cref="Return"/>.</summary>
internal sealed class CellList
{
    private ulong[] _keys;
    private long[] _counts;

    public CellList(int capacity = 256) => (_keys, _counts) = (ArrayPool<ulong>.Shared.Rent(capacity), ArrayPool<long>.Shared.Rent(capacity));

    public int Count { get; private set; }

    public ReadOnlySpan<ulong> Keys => _keys.AsSpan(0, Count);

    public ReadOnlySpan<long> Counts => _counts.AsSpan(0, Count);

    public void Add(ulong key, long count)
    {
        if (Count == _keys.Length || Count == _counts.Length) Grow(Count + 1);
        _keys[Count] = key;
        _counts[Count++] = count;
    }

    /// <summary>Adds the cells of a table's row that hold a count: the key of each, and where in the row it stands.</summary>
    public void AddCounted(ulong period, ReadOnlySpan<ulong> keys, ReadOnlySpan<int> cells, ReadOnlySpan<uint> row)
    {
        Grow(checked(Count + keys.Length));
        Span<ulong> newKeys = _keys.AsSpan(Count, keys.Length);
        Span<long> newCounts = _counts.AsSpan(Count, keys.Length);
        int added = 0;
        for (int index = 0; index < keys.Length; index++)
        {
            // Written in any case, and kept where there is a count: whether there is one cannot be foretold.
            uint count = row[cells[index]];
            newKeys[added] = period | keys[index];
            newCounts[added] = count;
            added += count != 0 ? 1 : 0;
        }

        Count += added;
    }

    public void AddRange(ReadOnlySpan<ulong> keys, ReadOnlySpan<long> counts)
    {
        Grow(checked(Count + keys.Length));
        keys.CopyTo(_keys.AsSpan(Count));
        counts.CopyTo(_counts.AsSpan(Count));
        Count += keys.Length;
    }

    public void Return()
    {
        ArrayPool<ulong>.Shared.Return(_keys);
        ArrayPool<long>.Shared.Return(_counts);
        (_keys, _counts, Count) = ([], [], 0);
    }

    /// <summary>Both lists in one, in order; equal keys are added.</summary>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public static CellList Merge(ReadOnlySpan<ulong> leftKeys, ReadOnlySpan<long> leftCounts, ReadOnlySpan<ulong> rightKeys, ReadOnlySpan<long> rightCounts, Func<ulong, string> describe)
    {
        var merged = new CellList(checked(leftKeys.Length + rightKeys.Length));
        if (leftKeys.IsEmpty || rightKeys.IsEmpty || leftKeys[^1] < rightKeys[0])
        {
            merged.AddRange(leftKeys, leftCounts);
            merged.AddRange(rightKeys, rightCounts);
            return merged;
        }

        int left = 0;
        int right = 0;
        while (left < leftKeys.Length && right < rightKeys.Length)
        {
            ulong leftKey = leftKeys[left];
            ulong rightKey = rightKeys[right];
            if (leftKey < rightKey) merged.Add(leftKey, leftCounts[left++]);
            else if (rightKey < leftKey) merged.Add(rightKey, rightCounts[right++]);
            else merged.Add(leftKey, Sum(leftCounts[left++], rightCounts[right++], leftKey, describe));
        }

        merged.AddRange(leftKeys[left..], leftCounts[left..]);
        merged.AddRange(rightKeys[right..], rightCounts[right..]);
        return merged;
    }

    public static long Sum(long left, long right, ulong key, Func<ulong, string> describe)
    {
        long sum = unchecked(left + right);
        return sum >= 0 ? sum : throw new OverflowException(FormattableString.Invariant($"{describe(key)}: {left} and {right} add up to more than {long.MaxValue}, the largest count: roll up shorter periods."));
    }

    /// <summary>The list in order, with equal keys added; the list itself is given back.</summary>
    public CellList Sorted(Func<ulong, string> describe)
    {
        bool inOrder = true;
        for (int index = 1; index < Count && inOrder; index++) inOrder = _keys[index - 1] < _keys[index];
        if (inOrder) return this;
        Array.Sort(_keys, _counts, 0, Count);
        int kept = 0;
        for (int index = 1; index < Count; index++)
        {
            if (_keys[index] == _keys[kept])
            {
                _counts[kept] = Sum(_counts[kept], _counts[index], _keys[kept], describe);
                continue;
            }

            kept++;
            _keys[kept] = _keys[index];
            _counts[kept] = _counts[index];
        }

        Count = Count == 0 ? 0 : kept + 1;
        return this;
    }

    private void Grow(int needed)
    {
        if (needed <= Math.Min(_keys.Length, _counts.Length)) return;
        int capacity = (int)Math.Min(Array.MaxLength, Math.Max((long)needed, 2L * Count));
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(capacity);
        long[] counts = ArrayPool<long>.Shared.Rent(capacity);
        Keys.CopyTo(keys);
        Counts.CopyTo(counts);
        ArrayPool<ulong>.Shared.Return(_keys);
        ArrayPool<long>.Shared.Return(_counts);
        (_keys, _counts) = (keys, counts);
    }
}
