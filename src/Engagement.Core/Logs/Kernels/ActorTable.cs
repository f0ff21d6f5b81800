namespace Engagement.Core.Logs;

/// <summary>A table of the distinct actors of one partition, by their hashes (<see cref="ActorHash"/>). Hash 0, the missing actor, is left out. Not safe for use by several threads at once.</summary>
internal abstract class ActorTable
{
    /// <summary>How many distinct actors there are.</summary>
    public abstract long Actors { get; }

    /// <summary>Adds rows, in which the same actor may come any number of times.</summary>
    public abstract void Add(ReadOnlySpan<ulong> hashes, ReadOnlySpan<int> cells);

    /// <summary>Adds the number of distinct actors of each cell to the counts.</summary>
    public abstract void AddTo(Span<long> counts);
}
