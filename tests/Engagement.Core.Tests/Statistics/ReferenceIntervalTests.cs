namespace Engagement.Core.Tests.Statistics;

public class ReferenceIntervalTests(ITestOutputHelper output)
{
    [Fact]
    public void Proportion_intervals_agree_with_the_shared_reference_table() => JudgeProportions(SharedData.Reference("binomial_ci.csv"), 6000);

    [Fact]
    public void Proportion_intervals_agree_with_the_committed_reference_rows() => JudgeProportions(CommittedRows.Of("binomial_ci"), 50);

    [Fact]
    public void Rate_intervals_agree_with_the_shared_reference_table() => JudgeRates(SharedData.Reference("poisson_rate_ci.csv"), 1400);

    [Fact]
    public void Rate_intervals_agree_with_the_committed_reference_rows() => JudgeRates(CommittedRows.Of("poisson_rate_ci"), 40);

    [Fact]
    public void Linearised_ratio_intervals_agree_with_the_shared_reference_table()
    {
        var data = SharedData.Reference("ratio_data.csv");
        Deviations deviations = new();
        foreach (var row in SharedData.Reference("ratio_results.csv"))
        {
            (double[] y, double[] x, int[] clusters) = RatioRows(data, row["dataset"]);
            int[] strata = [.. data.Where(other => other["dataset"] == row["dataset"]).Select(other => (int)other.Whole("stratum"))];
            double confidence = row.Number("confidence");
            IntervalEstimate interval = row["design"] switch
            {
                "simple" => RatioIntervals.Linearised(y, x, confidence),
                "cluster" => RatioIntervals.LinearisedByCluster(y, x, clusters, confidence),
                "stratified" => RatioIntervals.LinearisedByStratum(y, x, strata, [], confidence),
                "stratified-cluster" => RatioIntervals.LinearisedByStratum(y, x, strata, clusters, confidence),
                _ => throw new InvalidOperationException($"The table has a design {row["design"]} that this test does not know."),
            };
            string name = $"{row["dataset"]} {row["design"]} {row["confidence"]}";

            // An end near 0 is a difference of ratio and width: judged by the larger of them.
            double scale = Math.Abs(row.Number("ratio")) + (2 * Math.Abs(row.Number("t_upper") - row.Number("ratio")));
            deviations.Note("lower", name, interval.Lower, row.Number("t_lower"), 1e-12, 1e-14 * scale);
            deviations.Note("upper", name, interval.Upper, row.Number("t_upper"), 1e-12, 1e-14 * scale);
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(8);
    }

    [Fact]
    public void Jackknife_ratio_intervals_agree_with_the_shared_reference_table()
    {
        var data = SharedData.Reference("ratio_data.csv");
        Deviations deviations = new();
        foreach (var row in SharedData.Reference("ratio_jackknife.csv"))
        {
            (double[] y, double[] x, _) = RatioRows(data, row["dataset"]);
            IntervalEstimate interval = RatioIntervals.Jackknife(y, x);
            double error = (interval.Upper - interval.Lower) / 2 / StudentDistribution.Quantile(y.Length - 1, 0.975);
            double ratio = row.Number("ratio");
            deviations.Note("ratio", row["dataset"], (interval.Upper + interval.Lower) / 2, ratio, 1e-12);
            deviations.Note("standard error", row["dataset"], error, row.Number("jk1_se"), 1e-12, 1e-14 * Math.Abs(ratio));
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(2);
    }

    private static (double[] Y, double[] X, int[] Clusters) RatioRows(IReadOnlyList<IReadOnlyDictionary<string, string>> data, string dataset)
    {
        var rows = data.Where(row => row["dataset"] == dataset).ToList();
        Assert.True(rows.Count > 1, $"The data set {dataset} has no rows.");
        return ([.. rows.Select(row => row.Number("y"))], [.. rows.Select(row => row.Number("x"))], [.. rows.Select(row => (int)row.Whole("cluster"))]);
    }

    private void JudgeProportions(IReadOnlyList<IReadOnlyDictionary<string, string>> rows, int leastCount)
    {
        Deviations deviations = new();
        foreach (var row in rows)
        {
            long x = row.Whole("x"), n = row.Whole("n");
            double confidence = row.Number("confidence"), relative = n >= 100_000_000 ? 1e-11 : 1e-12;
            IntervalEstimate interval = row["method"] switch
            {
                "wilson" => ProportionIntervals.Wilson(x, n, confidence),
                "wilson-cc" => ProportionIntervals.WilsonContinuityCorrected(x, n, confidence),
                "clopper-pearson" => ProportionIntervals.ClopperPearson(x, n, confidence),
                "jeffreys" => ProportionIntervals.Jeffreys(x, n, confidence),
                "agresti-coull" => ProportionIntervals.AgrestiCoull(x, n, confidence),
                _ => throw new ArgumentException($"The table has a method {row["method"]} that this test does not know.", nameof(rows)),
            };
            string name = $"{x} of {n} at {row["confidence"]}";
            deviations.Note($"{row["method"]} lower", name, interval.Lower, row.Number("hp_lower"), relative);
            deviations.Note($"{row["method"]} upper", name, interval.Upper, row.Number("hp_upper"), relative);
            if (row["method"] is "wilson" or "clopper-pearson")
            {
                Assert.Equal(x == 0, interval.Lower == 0);
                if (x == n) Assert.Equal(1, interval.Upper);
            }
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(leastCount);
    }

    private void JudgeRates(IReadOnlyList<IReadOnlyDictionary<string, string>> rows, int leastCount)
    {
        Deviations deviations = new();
        foreach (var row in rows)
        {
            long events = row.Whole("count");
            double exposure = row.Number("exposure"), confidence = row.Number("confidence");
            IntervalEstimate interval = row["method"] switch
            {
                "garwood-exact" => RateIntervals.Garwood(events, exposure, confidence),
                "score" => RateIntervals.Score(events, exposure, confidence),
                "jeffreys" => RateIntervals.Jeffreys(events, exposure, confidence),
                _ => throw new ArgumentException($"The table has a method {row["method"]} that this test does not know.", nameof(rows)),
            };
            string name = $"{events} per {row["exposure"]} at {row["confidence"]}";
            deviations.Note($"{row["method"]} lower", name, interval.Lower, row.Number("hp_lower"), 1e-12);
            deviations.Note($"{row["method"]} upper", name, interval.Upper, row.Number("hp_upper"), 1e-12);
            if (row["method"] == "garwood-exact") Assert.Equal(events == 0, interval.Lower == 0);
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(leastCount);
    }
}
