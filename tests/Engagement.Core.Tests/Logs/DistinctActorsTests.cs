using CsCheck;
using Engagement.Core.Logs;

namespace Engagement.Core.Tests.Logs;

public class DistinctActorsTests
{
    private static readonly Gen<long> AnyActor = Gen.OneOf(Gen.Long[0, 30], Gen.Long[-3, 3], Gen.Long, Gen.OneOf(Gen.Const(long.MinValue), Gen.Const(long.MinValue + 1), Gen.Const(long.MaxValue), Gen.Const(0L), Gen.Const(-1L)));

    [Fact]
    public void Who_is_in_two_cells_counts_once_in_the_union()
    {
        var distinct = DistinctActors.PerCell(new long[] { 7, 8, 7, 8, 8 }, new[] { 0, 1, 1, 1, 1 }, 3);
        Assert.Equal(Count.Observed(2), distinct.Union);
        Assert.Equal([Count.Observed(1), Count.Observed(2), Count.Observed(0)], distinct.Cells);
        Assert.Equal(0, distinct.RowsWithoutActor);
        Assert.Equal("2 distinct actors in 3 cells", distinct.ToString());
    }

    [Fact]
    public void Of_no_rows_nobody_is_counted()
    {
        Assert.Equal(Count.Observed(0), DistinctActors.Of(ReadOnlyMemory<long>.Empty).Union);
        Assert.Equal([Count.Observed(0)], DistinctActors.PerCell(default, default, 1, degree: 2).Cells);
        Assert.Empty(DistinctActors.Of(new long[] { 1 }).Cells);
    }

    [Fact]
    public void A_row_without_actor_makes_its_cell_and_the_union_at_least()
    {
        var distinct = DistinctActors.PerCell(new long[] { 7, DistinctActors.MissingActor, 8, DistinctActors.MissingActor }, new[] { 0, 1, 2, 2 }, 3);
        Assert.Equal(Count.Partial(2), distinct.Union);

        // Where nobody is known there is somebody all the same.
        Assert.Equal([Count.Observed(1), Count.Partial(1), Count.Partial(1)], distinct.Cells);
        Assert.Equal(2, distinct.RowsWithoutActor);
        Assert.Equal(">=2 distinct actors in 3 cells, 2 rows without actor", distinct.ToString());
    }

    [Fact]
    public void The_counts_are_those_of_sets_for_any_cells_threads_and_blocks() => Gen.Select(AnyActor.Array[0, 200], Gen.OneOf(Gen.Const(1), Gen.Const(2), Gen.Const(63), Gen.Const(64), Gen.Const(65), Gen.Const(300)), Gen.Int[1, 4], Gen.OneOf(Gen.Const(1), Gen.Const(7), Gen.Const(64), Gen.Const(1_000)), Gen.Int).Sample(
        (actors, cellCount, degree, block, seed) =>
        {
            var random = new Random(seed);
            int[] cells = [.. actors.Select(_ => random.Next(cellCount))];
            Assert.Equal(ByHashSet(actors, cells, cellCount), Parts(DistinctActors.PerCell(actors, cells, cellCount, degree)));
            Assert.Equal(ByHashSet(actors, null, 0), Parts(DistinctActors.Of(actors, degree)));

            // As many rows are expected as to make partitions.
            var counter = new DistinctCounter(cellCount, degree, 1L << 40, block);
            int half = actors.Length / 2;
            counter.Add(actors.AsMemory(half), cells.AsMemory(half), CancellationToken.None);
            counter.Add(actors.AsMemory(0, half), cells.AsMemory(0, half), CancellationToken.None);
            Assert.Equal(ByHashSet(actors, cells, cellCount), Parts(DistinctActors.From(counter)));
        },
        iter: LawCases.Count / 10);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(1, 50)]
    [InlineData(2, 50)]
    [InlineData(1, 3_000)]
    [InlineData(3, 3_000)]
    public void Many_rows_in_partitions_give_what_sets_give(int degree, int cellCount)
    {
        var random = new Random(42);
        long[] actors = [.. Enumerable.Range(0, 700_000).Select(_ => random.Next(100) == 0 ? DistinctActors.MissingActor : (long)(random.NextDouble() * random.NextDouble() * 200_000))];
        int[]? cells = cellCount == 0 ? null : [.. actors.Select(_ => random.Next(cellCount))];
        Assert.Equal(ByHashSet(actors, cells, cellCount), Parts(cells is null ? DistinctActors.Of(actors, degree) : DistinctActors.PerCell(actors, cells, cellCount, degree)));
    }

    [Fact]
    public void Hashes_of_actors_are_one_to_one_alone_and_in_columns_of_every_length()
    {
        var random = new Random(2);
        for (int length = 0; length <= 256; length++)
        {
            long[] actors = [.. Enumerable.Range(0, length).Select(row => row % 5 == 0 ? DistinctActors.MissingActor : random.NextInt64(long.MinValue, long.MaxValue))];
            ulong[] hashes = new ulong[length];
            ActorHash.Of(actors, hashes);
            Assert.Equal(actors.Select(ActorHash.Of), hashes);
            Assert.All(actors.Zip(hashes), pair => Assert.Equal(pair.First == DistinctActors.MissingActor, pair.Second == 0));
        }
    }

    [Fact]
    public void Broken_columns_are_refused_by_place()
    {
        Assert.Equal("actors (1 values) and cells (2 values) must have the same length: pass one value of each per row. (Parameter 'cells')", Assert.Throws<ArgumentException>(() => DistinctActors.PerCell(new long[1], new int[2], 1)).Message);
        Assert.Contains("cellCount (0) must be at least 1: pass the number of channels", Assert.Throws<ArgumentOutOfRangeException>(() => DistinctActors.PerCell(default, default, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("degree (0) must lie between 1 and 1024: pass the number of cores", Assert.Throws<ArgumentOutOfRangeException>(() => DistinctActors.Of(default, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => DistinctActors.PerCell(default, default, 1, 1_025));
        int[] cells = new int[100_000];
        cells[70_001] = -1;
        cells[99_000] = 70;
        foreach (int degree in (int[])[1, 2, 3, 8])
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>(() => DistinctActors.PerCell(new long[100_000], cells, 5, degree)).Message;
            Assert.Contains("cells (-1) must lie between 0 and 4 in row 70001: number the cells", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Stopped_work_leaves_nothing(int degree)
    {
        using var source = new CancellationTokenSource();
        var counter = new DistinctCounter(2, degree, 1 << 20, 8);
        counter.Add(new long[20], new int[20], source.Token);
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => DistinctActors.Of(new long[10], degree, source.Token));
        Assert.Throws<OperationCanceledException>(() => counter.Add(new long[20], new int[20], source.Token));
    }

    // A sum of distinct actors must not compile: no operator takes them.
    [Theory]
    [InlineData(typeof(DistinctActors))]
    [InlineData(typeof(DistinctEstimate))]
    [InlineData(typeof(ThetaSketch))]
    public void Distinct_actors_do_not_add_up(Type type) => Assert.Null(type.GetMethod("op_Addition"));

    private static (long Union, long Without, string Cells) ByHashSet(long[] actors, int[]? cells, int cellCount)
    {
        var sets = Enumerable.Range(0, cellCount).Select(_ => new HashSet<long>()).ToArray();
        for (int row = 0; row < actors.Length; row++)
        {
            if (cells is not null && actors[row] != DistinctActors.MissingActor) sets[cells[row]].Add(actors[row]);
        }

        long without = actors.Count(actor => actor == DistinctActors.MissingActor);
        long union = actors.Where(actor => actor != DistinctActors.MissingActor).Distinct().Count();
        HashSet<int> partial = [.. actors.Zip(cells ?? []).Where(row => row.First == DistinctActors.MissingActor).Select(row => row.Second)];
        return (without > 0 ? Math.Max(1, union) : union, without, string.Join(' ', sets.Select((set, cell) => partial.Contains(cell) ? Count.Partial(Math.Max(1, set.Count)) : Count.Observed(set.Count))));
    }

    private static (long Union, long Without, string Cells) Parts(DistinctActors distinct) => (distinct.Union.Value!.Value, distinct.RowsWithoutActor, string.Join(' ', distinct.Cells));
}
