using System.Text;
using Engagement.Core.Logs;

namespace Engagement.Core.Tests.Logs;

public class ThetaSketchTests
{
    [Fact]
    public void Nobody_is_empty_and_exact()
    {
        Assert.Equal(ThetaSketch.Empty, ThetaSketch.Of([]));
        Assert.True(ThetaSketch.Empty.IsEmpty && ThetaSketch.Empty.IsExact);
        Assert.Equal((0, 1, 0), (ThetaSketch.Empty.RetainedEntries, ThetaSketch.Empty.Theta, ThetaSketch.Empty.Estimate().Value));
        Assert.Equal("0 exact", ThetaSketch.Empty.ToString());
    }

    [Fact]
    public void Who_comes_twice_counts_once_and_up_to_k_actors_the_count_is_exact()
    {
        DistinctEstimate estimate = ThetaSketch.Of([.. Range(0, 4_096), .. Range(0, 4_096)]).Estimate();
        Assert.Equal((4_096, 4_096, 4_096), (estimate.Value, estimate.Interval.Lower, estimate.Interval.Upper));
        Assert.True(estimate.IsExact);
        Assert.Equal(IntervalMethod.ThetaBinomial, estimate.Interval.Method);
        Assert.False(ThetaSketch.Of(Range(0, 4_097)).IsExact);
    }

    [Fact]
    public void Beyond_k_actors_k_hashes_are_retained_and_the_estimate_is_near()
    {
        var sketch = ThetaSketch.Of(Range(0, 500_000));
        Assert.Equal(4_096, sketch.RetainedEntries);
        DistinctEstimate estimate = sketch.Estimate();
        Assert.InRange(estimate.Value, 500_000 * 0.95, 500_000 * 1.05);
        Assert.Equal(estimate.Value, 4_096 / sketch.Theta);
        Assert.True(estimate.Interval.Lower < estimate.Value && estimate.Value < estimate.Interval.Upper);

        // ± 1.96 / √4,096 is 3.06 % to either side.
        Assert.InRange((estimate.Interval.Upper - estimate.Interval.Lower) / estimate.Value, 0.058, 0.064);
        Assert.False(estimate.IsExact);
    }

    [Fact]
    public void Rows_without_an_actor_are_left_out()
    {
        Assert.Equal(ThetaSketch.Of([1, 2]), ThetaSketch.Of([DistinctActors.MissingActor, 1, DistinctActors.MissingActor, 2]));
        IReadOnlyList<ThetaSketch> cells = ThetaSketch.PerCell(new long[] { DistinctActors.MissingActor, 1, 2 }, new[] { 0, 1, 1 }, 3, out long without);
        Assert.Equal([ThetaSketch.Empty, ThetaSketch.Of([1, 2]), ThetaSketch.Empty], cells);
        Assert.Equal(1, without);
    }

    [Fact]
    public void Numbers_texts_and_bytes_may_be_mixed()
    {
        ThetaSketch sketch = new ThetaSketchBuilder().Add(1).Add(1UL).Add("anna").Add("anna"u8).Add("Ä").Add(-1).Add(ulong.MaxValue).Add("").Add([]).Build();
        Assert.Equal(4, sketch.Estimate().Value);
        Assert.Equal(sketch, new ThetaSketchBuilder().Add(-1).Add(Encoding.UTF8.GetBytes("Ä")).Add("anna").Add(1).Build());
    }

    [Fact]
    public void A_builder_goes_on_after_it_has_built()
    {
        var builder = new ThetaSketchBuilder(16);
        builder.Add(1);
        ThetaSketch first = builder.Build();
        for (int actor = 0; actor < 1_000; actor++) builder.Add(actor);
        Assert.Equal(ThetaSketch.Of([1], 16), first);
        Assert.Equal(ThetaSketch.Of(Range(0, 1_000), 16), builder.Build());
        Assert.Equal(builder.Build(), builder.Build());
    }

    [Fact]
    public void Exact_sketches_unite_intersect_and_differ_as_sets_do()
    {
        var left = ThetaSketch.Of(Range(0, 300));
        var right = ThetaSketch.Of(Range(200, 300));
        Assert.Equal(500, left.Union(right).Estimate().Value);
        Assert.Equal(100, left.Intersect(right).Estimate().Value);
        Assert.Equal(200, left.Except(right).Estimate().Value);
        Assert.True(left.Intersect(ThetaSketch.Of([999])).IsEmpty);
        Assert.Equal(left.Union(right), ThetaSketch.UnionOf([left, ThetaSketch.Empty, right]));
        Assert.Equal(ThetaSketch.Empty, ThetaSketch.UnionOf([]));
    }

    [Fact]
    public void Nobody_in_common_of_sampled_sketches_is_at_most_few_and_not_nobody()
    {
        ThetaSketch common = ThetaSketch.Of(Range(0, 100_000)).Intersect(ThetaSketch.Of(Range(100_000, 100_000)));
        Assert.Equal(0, common.RetainedEntries);
        Assert.False(common.IsEmpty || common.IsExact);
        DistinctEstimate estimate = common.Estimate();
        Assert.Equal((0, 0), (estimate.Value, estimate.Interval.Lower));

        // (1 − θ)ⁿ = α/2 at the upper end.
        Assert.Equal(0.025, Math.Pow(1 - common.Theta, estimate.Interval.Upper), 9);
        Assert.Equal(common, ThetaSketch.FromBytes(common.ToBytes()));
    }

    [Fact]
    public void What_nobody_is_in_is_known_exactly_whatever_the_other_was()
    {
        var sampled = ThetaSketch.Of(Range(0, 100_000));
        Assert.Equal(ThetaSketch.Empty, sampled.Intersect(ThetaSketch.Empty));
        Assert.Equal(ThetaSketch.Empty, ThetaSketch.Empty.Intersect(sampled));
        Assert.Equal(ThetaSketch.Empty, ThetaSketch.Empty.Except(sampled));
        Assert.Equal(sampled, sampled.Except(ThetaSketch.Empty));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((1 << 26) + 1)]
    public void Numbers_of_hashes_out_of_range_are_refused(int k)
    {
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => ThetaSketch.Of([1], k)).Message;
        Assert.Contains(FormattableString.Invariant($"nominalEntries ({k}) must lie between 16 and 67108864: pass 4096 unless"), message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThetaSketchBuilder(k));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThetaSketch.Empty.Union(ThetaSketch.Empty, k));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThetaSketch.UnionOf([], k));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThetaSketch.PerCell(default, default, 1, out _, k));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Confidences_out_of_range_are_refused(double confidence) => Assert.Throws<ArgumentOutOfRangeException>(() => ThetaSketch.Empty.Estimate(confidence));

    [Fact]
    public void Broken_columns_are_refused_by_place()
    {
        Assert.Equal("actors (1 values) and cells (2 values) must have the same length: pass one value of each per row. (Parameter 'cells')", Assert.Throws<ArgumentException>(() => ThetaSketch.PerCell(new long[1], new int[2], 1, out _)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ThetaSketch.PerCell(default, default, 0, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThetaSketch.PerCell(default, default, 1, out _, degree: 0));
        int[] cells = new int[100_000];
        cells[70_001] = 5;
        cells[99_000] = -1;
        foreach (int degree in (int[])[1, 2, 3, 8])
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>(() => ThetaSketch.PerCell(new long[100_000], cells, 5, out _, degree: degree)).Message;
            Assert.Contains("cells (5) must lie between 0 and 4 in row 70001: number the cells", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Stopped_work_leaves_nothing(int degree)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => ThetaSketch.PerCell(new long[10], new int[10], 1, out _, degree: degree, cancellationToken: source.Token));
    }

    [Fact]
    public void Texts_show_the_estimate_with_its_interval()
    {
        Assert.Equal("3 exact", ThetaSketch.Of([1, 2, 3]).ToString());
        Assert.Matches(@"^5\d{5}\.\d \[\d\.\d+E\+05, \d\.\d+E\+05\] ThetaBinomial 95 %$|^4\d{5}\.\d \[\d\.\d+E\+05, \d\.\d+E\+05\] ThetaBinomial 95 %$", ThetaSketch.Of(Range(0, 500_000)).ToString());
    }

    private static long[] Range(int from, int count) => [.. Enumerable.Range(from, count).Select(actor => (long)actor)];
}
