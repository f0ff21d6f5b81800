using CsCheck;

namespace Engagement.Core.Tests.Statistics;

public class MedianIntervalsTests
{
    // Ranks from published tables of the sign test: n → rank of the lower end at 95 %.
    [Theory]
    [InlineData(6, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    [InlineData(12, 3)]
    [InlineData(15, 4)]
    [InlineData(20, 6)]
    [InlineData(30, 10)]
    [InlineData(50, 18)]
    [InlineData(100, 40)]
    public void The_ends_are_the_values_of_symmetric_ranks(int count, int rank)
    {
        double[] values = [.. Enumerable.Range(1, count).Select(value => (double)value)];
        var interval = MedianIntervals.OrderStatistics(values);
        Assert.Equal((rank, count + 1 - rank), (interval.Lower, interval.Upper));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.5)]
    [InlineData(5, 0.95)]
    [InlineData(7, 0.99)]
    [InlineData(10, 0.999)]
    public void Too_few_values_have_no_interval(int count, double confidence)
    {
        Assert.False(MedianIntervals.TryOrderStatistics(new double[count], out var interval, confidence));
        Assert.Equal(default, interval);
    }

    [Fact]
    public void A_level_that_is_exactly_reached_counts_as_reached() =>
        Assert.True(MedianIntervals.TryOrderStatistics([4, 2, 3, 1], out _, 0.875));

    [Fact]
    public void The_callers_values_stay_in_their_order()
    {
        double[] values = [3, 9, 4, 12, 7, 5];
        var interval = MedianIntervals.OrderStatistics(values);
        Assert.Equal((3, 12), (interval.Lower, interval.Upper));
        Assert.Equal([3, 9, 4, 12, 7, 5], values);
    }

    [Fact]
    public void The_coverage_reaches_the_level_and_one_rank_further_in_would_not() =>
        Gen.Select(Gen.OneOf(Gen.Int[1, 80], Gen.Int[81, 5000]), Gen.Double[0.1, 0.999]).Sample((count, level) =>
        {
            double[] values = [.. Enumerable.Range(1, count).Select(value => (double)value)];
            int rank = MedianIntervals.TryOrderStatistics(values, out var interval, level) ? (int)interval.Lower : 0;
            Assert.True(rank == 0 || Coverage(count, rank) >= level - 1e-12);
            if (rank < (count + 1) / 2) Assert.True(Coverage(count, rank + 1) < level);
        });

    [Fact]
    public void Bad_input_is_named_with_its_cure()
    {
        var few = Assert.Throws<ArgumentException>(() => MedianIntervals.OrderStatistics([1, 2, 3, 4, 5]));
        Assert.StartsWith("values (5 values) are too few for an interval of the median at confidence 0.95: use more values, or a lower confidence.", few.Message, StringComparison.Ordinal);
        var missing = Assert.Throws<ArgumentOutOfRangeException>(() => MedianIntervals.TryOrderStatistics([1, double.NaN], out _));
        Assert.StartsWith("values (NaN) must be a finite number: leave out what has no value instead of passing NaN or infinity.", missing.Message, StringComparison.Ordinal);
        var level = Assert.Throws<ArgumentOutOfRangeException>(() => MedianIntervals.OrderStatistics([1, 2, 3, 4, 5, 6], 1));
        Assert.StartsWith("confidence (1) must lie between 0 and 1, both excluded: pass 0.95 for 95 %.", level.Message, StringComparison.Ordinal);
    }

    private static double Coverage(int count, int rank) => 1 - (2 * DiscreteDistributions.BinomialCdf(count, 0.5, rank - 1));
}
