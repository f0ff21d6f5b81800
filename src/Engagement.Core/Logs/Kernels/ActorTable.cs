using System.Buffers;

namespace Engagement.Core.Logs;

/// <summary>A table of the distinct actors of one partition, by their hashes (<see cref="ActorHash"/>). Hash 0, the missing actor, is left out. Its memory comes from the pool, because tables that grow would fetch theirs anew from the system each time. Not safe for use by several threads at once.</summary>
internal abstract class ActorTable : IDisposable
{
    /// <summary>An empty table begins with a slot for so many rows: growing step by step would move each actor several times.</summary>
    protected const int RowsPerSlot = 8;

    /// <summary>How many distinct actors there are.</summary>
    public abstract long Actors { get; }

    /// <summary>Adds rows, in which the same actor may come any number of times.</summary>
    public abstract void Add(ReadOnlySpan<ulong> hashes, ReadOnlySpan<int> cells);

    /// <summary>Adds the number of distinct actors of each cell to the counts.</summary>
    public abstract void AddTo(Span<long> counts);

    /// <summary>Gives the memory back; the table is of no use afterwards.</summary>
    public abstract void Dispose();

    /// <summary>So many empty slots, at least.</summary>
    protected static T[] Rent<T>(int slots)
    {
        T[] table = ArrayPool<T>.Shared.Rent(slots);
        table.AsSpan(0, slots).Clear();
        return table;
    }
}
