using System.Globalization;
using CsCheck;

namespace Engagement.Core.Tests.Statistics;

public class SampleStatisticsTests(ITestOutputHelper output)
{
    private static readonly Gen<double[]> Values = Gen.OneOf(Gen.Double[-1e6, 1e6], Gen.Int[-3, 3].Select(i => (double)i)).Array[1, 60];

    [Theory]
    [InlineData("NIST_NumAcc1.dat")]
    [InlineData("NIST_NumAcc2.dat")]
    [InlineData("NIST_Lew.dat")]
    public void Mean_and_standard_deviation_are_those_that_NIST_certifies(string file)
    {
        string[] lines = SharedData.Statistics(file);
        double[] values = [.. lines.SkipWhile(line => !line.StartsWith("Data: Y", StringComparison.Ordinal)).Skip(1).Select(line => line.Trim()).Where(line => double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out _)).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        Assert.InRange(values.Length, 3, 1001);
        Assert.Equal(1, SampleStatistics.Mean(values) / Certified("Sample Mean"), 1e-14);
        Assert.Equal(1, SampleStatistics.SampleStandardDeviation(values) / Certified("Sample Standard Deviation"), 1e-14);

        double Certified(string name) => double.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(':')[1].Split('(')[0], CultureInfo.InvariantCulture);
    }

    // NIST NumAcc1 to NumAcc3, which are made by rule: mean and standard deviation are exact by construction.
    [Theory]
    [InlineData(10_000_001, 10_000_003, 10_000_002, 10_000_002, 1)]
    public void Large_values_that_differ_in_the_last_digit_keep_their_spread(double a, double b, double c, double mean, double deviation)
    {
        Assert.Equal(mean, SampleStatistics.Mean([a, b, c]));
        Assert.Equal(deviation, SampleStatistics.SampleStandardDeviation([a, b, c]));
        double[] alternating = [1_000_000.2, .. Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? 1_000_000.1 : 1_000_000.3)];
        Assert.Equal(1, SampleStatistics.Mean(alternating) / 1_000_000.2, 1e-15);
        Assert.Equal(0.1, SampleStatistics.SampleStandardDeviation(alternating), 1e-10);
    }

    [Fact]
    public void Quantiles_of_all_nine_types_agree_with_the_shared_reference_tables() => JudgeQuantiles(SharedData.Reference("quantile_data.csv"), SharedData.Reference("quantiles.csv"), 500);

    [Fact]
    public void Quantiles_of_all_nine_types_agree_with_the_committed_reference_rows() => JudgeQuantiles(CommittedRows.Of("quantile_data"), CommittedRows.Of("quantiles"), 150);

    // NumPy's own test of its nine methods.
    [Theory]
    [InlineData(QuantileType.InvertedCdf, 20)]
    [InlineData(QuantileType.AveragedInvertedCdf, 27.5)]
    [InlineData(QuantileType.ClosestObservation, 20)]
    [InlineData(QuantileType.InterpolatedInvertedCdf, 20)]
    [InlineData(QuantileType.Hazen, 27.5)]
    [InlineData(QuantileType.Weibull, 26)]
    [InlineData(QuantileType.Linear, 29)]
    [InlineData(QuantileType.MedianUnbiased, 27)]
    [InlineData(QuantileType.NormalUnbiased, 27.125)]
    public void Types_bear_the_names_of_NumPy(QuantileType type, double expected) => Assert.Equal(expected, SampleStatistics.Quantile([50, 15, 40, 20, 35], 0.4, type), 1e-13);

    [Fact]
    public void Summaries_agree_with_the_shared_reference_table() => JudgeSummaries(SharedData.Reference("quantile_data.csv"), SharedData.Reference("quantile_summary.csv"), 20);

    [Fact]
    public void Summaries_agree_with_the_committed_reference_rows() => JudgeSummaries(CommittedRows.Of("quantile_data"), CommittedRows.Of("quantile_summary"), 10);

    [Fact]
    public void A_quantile_lies_within_the_sample_and_rises_with_the_share() =>
        Gen.Select(Values, Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[1, 9]).Sample((values, p, q, type) =>
        {
            double low = SampleStatistics.Quantile(values, Math.Min(p, q), (QuantileType)type), high = SampleStatistics.Quantile(values, Math.Max(p, q), (QuantileType)type);
            Assert.True(values.Min() <= low && low <= high + (1e-9 * Math.Abs(high)) && high <= values.Max());
            Assert.Equal(values.Min(), SampleStatistics.Quantile(values, 0, (QuantileType)type));
            Assert.Equal(values.Max(), SampleStatistics.Quantile(values, 1, (QuantileType)type));
            Assert.Equal(SampleStatistics.Median(values), SampleStatistics.Quantile(values, 0.5), 1e-9);
        });

    [Fact]
    public void Spread_does_not_depend_on_order_or_place() =>
        Gen.Select(Values.Where(values => values.Length > 1), Gen.Int[-1000, 1000]).Sample((values, shift) =>
        {
            double deviation = SampleStatistics.SampleStandardDeviation(values);
            Assert.Equal(deviation, SampleStatistics.SampleStandardDeviation([.. values.Reverse()]), 1e-12 * (1 + deviation));
            Assert.Equal(deviation, SampleStatistics.SampleStandardDeviation([.. values.Select(value => value + shift)]), 1e-9 * (1 + deviation));
            Assert.InRange(SampleStatistics.TrimmedMean(values, 0.2), values.Min() - 1e-9, values.Max() + 1e-9);
            Assert.Equal(SampleStatistics.Median(values), SampleStatistics.TrimmedMean(values, 0.5));
            Assert.True(SampleStatistics.MedianAbsoluteDeviation(values) <= values.Max() - values.Min());
        });

    [Fact]
    public void The_examples_in_the_documentation_are_true()
    {
        Assert.Equal(3, SampleStatistics.Mean([1, 2, 6]));
        Assert.Equal(7, SampleStatistics.SampleVariance([1, 2, 6]));
        Assert.Equal(3, SampleStatistics.Median([1, 6, 2, 4]));
        Assert.Equal(3, SampleStatistics.MedianAbsoluteDeviation([1, 2, 6, 9, 7]));
        Assert.Equal(17.0 / 3, SampleStatistics.TrimmedMean([1, 2, 6, 9, 700], 0.2), 1e-15);
        Assert.Equal(29, SampleStatistics.Quantile([15, 20, 35, 40, 50], 0.4));
        Assert.True(Concentration.TryAbsenceFactor([1000, 202, 90, 33, 332, 343, 42, 433], out int contributors));
        Assert.Equal(2, contributors);
    }

    [Fact]
    public void Gini_is_0_where_all_gave_alike_and_nearly_1_where_one_gave_everything()
    {
        Assert.True(Concentration.TryGini([1, 1, 1, 1], out double alike));
        Assert.Equal(0, alike);
        Assert.True(Concentration.TryGini([0, 0, 0, 7], out double one));
        Assert.Equal(0.75, one);
        Assert.True(Concentration.TryGini([1, 2, 3, 4], out double spread));
        Assert.Equal(0.25, spread, 1e-15);
        Assert.True(Concentration.TryGini([long.MaxValue, long.MaxValue, 0], out double large));
        Assert.Equal(1.0 / 3, large, 1e-15);
        Assert.False(Concentration.TryGini([], out double none));
        Assert.Equal(0, none);
        Assert.False(Concentration.TryAbsenceFactor([0, 0], out int nobody));
        Assert.Equal(0, nobody);
    }

    [Fact]
    public void Gini_is_half_the_mean_difference_over_the_mean() =>
        Gen.Long[0, 1000].Array[1, 30].Where(values => values.Sum() > 0).Sample(values =>
        {
            Assert.True(Concentration.TryGini(values, out double gini));
            double differences = values.Sum(a => values.Sum(b => (double)Math.Abs(a - b)));
            Assert.Equal(differences / (2.0 * values.Length * values.Sum()), gini, 1e-13);
            Assert.True(Concentration.TryAbsenceFactor(values, out int contributors));
            long[] sorted = [.. values.OrderDescending()];
            Assert.True(2 * sorted.Take(contributors).Sum() >= values.Sum() && 2 * sorted.Take(contributors - 1).Sum() < values.Sum());
        });

    [Fact]
    public void Bad_input_is_named_with_its_cure()
    {
        AssertMessage<ArgumentException>("values (0 values) must be at least one: nothing has no mean and no quantile.", () => SampleStatistics.Mean([]));
        AssertMessage<ArgumentException>("values (1 values) must be at least two: one value has no spread.", () => SampleStatistics.SampleVariance([1]));
        AssertMessage<ArgumentException>("values lie so far apart that the result exceeds the range of a double: use other units.", () => SampleStatistics.Mean([double.MaxValue, double.MaxValue]));
        AssertMessage<ArgumentException>("values lie so far apart that the result exceeds the range of a double: use other units.", () => SampleStatistics.SampleStandardDeviation([1e200, -1e200]));
        AssertMessage<ArgumentOutOfRangeException>("values (NaN) must be a finite number: leave out what has no value instead of passing NaN or infinity.", () => SampleStatistics.Quantile([1, double.NaN], 0.5));
        AssertMessage<ArgumentOutOfRangeException>("p (1.5) must be from 0 to 1: pass 0.5 for the median.", () => SampleStatistics.Quantile([1], 1.5));
        AssertMessage<ArgumentOutOfRangeException>("type (Unspecified) must be a known QuantileType", () => SampleStatistics.Quantile([1], 0.5, QuantileType.Unspecified));
        AssertMessage<ArgumentOutOfRangeException>("trim (0.6) must be from 0 to 0.5: pass 0.1 to leave out a tenth at each end.", () => SampleStatistics.TrimmedMean([1], 0.6));
        AssertMessage<ArgumentOutOfRangeException>("contributions (-1) must not be negative: pass 0 for none, and leave out what is not known.", () => Concentration.TryGini([-1], out _));
    }

    private static void AssertMessage<T>(string message, Func<object> act)
        where T : ArgumentException => Assert.StartsWith(message, Assert.Throws<T>(act).Message, StringComparison.Ordinal);

    private static double[] Set(IReadOnlyList<IReadOnlyDictionary<string, string>> data, string set) => [.. data.Where(row => row["set"] == set).Select(row => row.Number("value"))];

    private void JudgeQuantiles(IReadOnlyList<IReadOnlyDictionary<string, string>> data, IReadOnlyList<IReadOnlyDictionary<string, string>> rows, int leastCount)
    {
        Deviations deviations = new();
        foreach (var row in rows)
        {
            double[] values = Set(data, row["set"]);
            for (int type = 1; type <= 9; type++)
            {
                // Where an interpolation passes 0, digits are lost in proportion to what was added.
                deviations.Note($"type {type}", $"{row["set"]} {row["p"]}", SampleStatistics.Quantile(values, row.Number("p"), (QuantileType)type), row.Number($"type{type}"), 1e-14, 1e-15);
            }
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(leastCount);
    }

    private void JudgeSummaries(IReadOnlyList<IReadOnlyDictionary<string, string>> data, IReadOnlyList<IReadOnlyDictionary<string, string>> rows, int leastCount)
    {
        Deviations deviations = new();
        foreach (var row in rows)
        {
            double[] values = Set(data, row["set"]);
            deviations.Note("mean", row["set"], SampleStatistics.Mean(values), row.Number("mean"), 1e-14);
            deviations.Note("median", row["set"], SampleStatistics.Median(values), row.Number("median"), 1e-14);
            deviations.Note("mad", row["set"], SampleStatistics.MedianAbsoluteDeviation(values), row.Number("mad_unscaled"), 1e-14);
            deviations.Note("trimmed mean", row["set"], SampleStatistics.TrimmedMean(values), row.Number("trimmed_mean_10"), 1e-14);
            deviations.Note("iqr", row["set"], SampleStatistics.Quantile(values, 0.75) - SampleStatistics.Quantile(values, 0.25), row.Number("iqr7"), 1e-14);
            if (row["sd"] is "NA" or "NaN") continue;
            deviations.Note("sd", row["set"], SampleStatistics.SampleStandardDeviation(values), row.Number("sd"), 1e-14);
            deviations.Note("var", row["set"], SampleStatistics.SampleVariance(values), row.Number("var"), 1e-14);
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(leastCount);
    }
}
