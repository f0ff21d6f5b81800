using System.Globalization;

namespace Engagement.Core.Logs;

/// <summary>How many distinct actors there are, exactly: over all rows, and in each cell (channel, or channel by period).</summary>
/// <remarks>
/// <para>There is no <c>+</c>: who is in two cells counts once in <see cref="Union"/>, so max(cells) ≤ union ≤ Σ cells, and the actors of a week are not the sum of its days. Coarser cells are counted anew from the rows, or estimated by sketches that unite (<see cref="ThetaSketch"/>).</para>
/// <para>Rows without an actor could be anybody: a count over such rows is partial, "at least" the actors that are known, and at least 1.</para>
/// <para>Equality is by value; no order.</para>
/// <example><code>DistinctActors.PerCell(new long[] { 7, 8, 7 }, new[] { 0, 1, 1 }, cellCount: 2); // union 2, cells 1 and 2</code></example>
/// </remarks>
public sealed record DistinctActors
{
    /// <summary>How a column of actors says that a row's actor is not known: −2⁶³, as <see cref="Count.MissingInColumn"/>. Every other number is an actor.</summary>
    public const long MissingActor = ActorHash.Missing;

    private const int MostDegree = 1_024;

    private readonly ValueList<Count> _cells;

    private DistinctActors(Count union, IEnumerable<Count> cells, long rowsWithoutActor) => (Union, _cells, RowsWithoutActor) = (union, new ValueList<Count>(cells), rowsWithoutActor);

    /// <summary>The distinct actors over all rows.</summary>
    public Count Union { get; }

    /// <summary>The distinct actors of each cell, in the order of their numbers; empty when no cells were asked for.</summary>
    public IReadOnlyList<Count> Cells => _cells;

    /// <summary>How many rows had no actor.</summary>
    public long RowsWithoutActor { get; }

    /// <summary>Counts the distinct actors of a column.</summary>
    /// <param name="actors">The actor of each row, in any order; <see cref="MissingActor"/> where it is not known.</param>
    /// <param name="degree">How many threads may work, from 1 to 1,024; 1 by default. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    /// <returns>The union; no cells.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The degree is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static DistinctActors Of(ReadOnlyMemory<long> actors, int degree = 1, CancellationToken cancellationToken = default)
    {
        CheckDegree(degree);
        return Count(actors, default, 0, degree, cancellationToken);
    }

    /// <summary>Counts the distinct actors of each cell, and of all together.</summary>
    /// <remarks>Up to 64 cells cost hardly more than one. Memory: 32 to 64 bytes per distinct actor (beyond 64 cells, per distinct pair of actor and cell), and up to 100 MB of scratch.</remarks>
    /// <param name="actors">The actor of each row, in any order; <see cref="MissingActor"/> where it is not known.</param>
    /// <param name="cells">The cell of each row, from 0 to <paramref name="cellCount"/> − 1.</param>
    /// <param name="cellCount">How many cells there are; at least 1.</param>
    /// <param name="degree">How many threads may work, from 1 to 1,024; 1 by default. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    /// <returns>The union and the cells.</returns>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A cell, the number of cells or the degree is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static DistinctActors PerCell(ReadOnlyMemory<long> actors, ReadOnlyMemory<int> cells, int cellCount, int degree = 1, CancellationToken cancellationToken = default)
    {
        Guard.SameLength(actors.Length, nameof(actors), cells.Length, nameof(cells));
        CheckCellCount(cellCount);
        CheckDegree(degree);
        return Count(actors, cells, cellCount, degree, cancellationToken);
    }

    /// <summary>Counts the distinct actors of a log: of each channel in each period, and of all together.</summary>
    /// <remarks>There is no way from these to coarser periods: who came on two days of a month is one actor of the month. Count each calendar from the log.</remarks>
    /// <param name="log">The interactions.</param>
    /// <param name="calendar">The periods.</param>
    /// <param name="options">What counts, as in a roll-up by channel, on how many threads, and who is told of the progress.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    /// <returns>The union and the cells: period by period, and in each the channels in the order of <see cref="InteractionLog.Channels"/>. A channel that does not count has 0.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> or <paramref name="calendar"/> is null.</exception>
    /// <exception cref="ArgumentException">A row lies outside the calendar, and <see cref="RollUpOptions.LeavesOutOtherTimes"/> is not set, the options are by publication, or channels times periods exceed 2³¹ − 1.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static DistinctActors PerChannelAndPeriod(InteractionLog log, LocalCalendar calendar, RollUpOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(calendar);
        options ??= RollUpOptions.Default;
        using var counter = new DistinctCounter(ActorsOfLog.CellsOf(log, calendar, options, cancellationToken), options.DegreeOfParallelism, log.Count);
        ActorsOfLog.ForEachBlock(log, calendar, options, (actors, cells) => counter.Add(actors, cells, cancellationToken));
        return From(counter);
    }

    /// <summary>The union, the number of cells and the rows without actor, in the invariant culture.</summary>
    /// <returns>For example <c>500000 distinct actors in 50 cells</c>, or <c>&gt;=500000 distinct actors in 50 cells, 12 rows without actor</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Union} distinct actors{(_cells.Count == 0 ? "" : $" in {_cells.Count} cells")}{(RowsWithoutActor == 0 ? "" : $", {RowsWithoutActor} rows without actor")}");

    /// <summary>What a counter has counted so far.</summary>
    internal static DistinctActors From(DistinctCounter counter)
    {
        (long union, long[] cells, long[] withoutActor) = counter.Counts();
        return From(union, cells, withoutActor);
    }

    /// <summary>Counts that were made elsewhere, in a database for example: the known actors of all rows and of each cell, and each cell's rows without actor.</summary>
    internal static DistinctActors From(long union, long[] cells, long[] withoutActor)
    {
        long without = withoutActor.Sum();
        return new(State(union, without), cells.Select((count, cell) => State(count, withoutActor[cell])), without);
    }

    internal static void CheckCellCount(int cellCount)
    {
        if (cellCount < 1) throw Guard.OutOfRange(nameof(cellCount), cellCount, "must be at least 1", "pass the number of channels, or of channels by periods");
    }

    internal static void CheckDegree(int degree)
    {
        if (degree is < 1 or > MostDegree) throw Guard.OutOfRange(nameof(degree), degree, string.Create(CultureInfo.InvariantCulture, $"must lie between 1 and {MostDegree}"), "pass the number of cores that may work");
    }

    private static DistinctActors Count(ReadOnlyMemory<long> actors, ReadOnlyMemory<int> cells, int cellCount, int degree, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var counter = new DistinctCounter(cellCount, degree, actors.Length);
        counter.Add(actors, cells, cancellation);
        return From(counter);
    }

    // Who is not known may be one of the known; where nobody is known, there is at least somebody.
    private static Count State(long known, long rowsWithoutActor) => rowsWithoutActor == 0 ? Core.Count.Observed(known) : Core.Count.Partial(Math.Max(1, known));
}
