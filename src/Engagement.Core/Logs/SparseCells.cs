namespace Engagement.Core.Logs;

/// <summary>Cells that hold a count, in the order of their keys.</summary>
internal sealed class SparseCells
{
    public static readonly SparseCells None = new([], []);

    private SparseCells(ulong[] keys, long[] counts) => (Keys, Counts) = (keys, counts);

    public ulong[] Keys { get; }

    public long[] Counts { get; }

    /// <summary>The cells of a list in order, in memory of their own.</summary>
    public static SparseCells Of(CellList list)
    {
        SparseCells cells = new(GC.AllocateUninitializedArray<ulong>(list.Count), GC.AllocateUninitializedArray<long>(list.Count));
        list.Keys.CopyTo(cells.Keys);
        list.Counts.CopyTo(cells.Counts);
        return cells;
    }

    /// <summary>The sum of all counts.</summary>
    /// <exception cref="OverflowException">It exceeds 2⁶³ − 1.</exception>
    public long Total()
    {
        long total = 0;
        foreach (long count in Counts)
        {
            total = unchecked(total + count);
            if (total < 0) throw new OverflowException(FormattableString.Invariant($"All cells together add up to more than {long.MaxValue}, the largest count: roll up shorter periods."));
        }

        return total;
    }
}
