namespace Engagement.Core.Tests.Statistics;

public class SurvivalReferenceTests(ITestOutputHelper output)
{
    // README of the tables: times that lie closer than 1e-8 are merged by R; whole numbers cannot lie so close.
    private const string NotWhole = "edge_tiny_times";

    [Fact]
    public void Curves_and_limits_agree_with_the_shared_reference_table()
    {
        var curves = Curves();
        Deviations deviations = new();
        foreach (var rows in SharedData.Reference("survival_curves.csv").Where(row => row["dataset"] != NotWhole).GroupBy(row => (Key: Key(row), Method: Method(row), Confidence: row.Number("confidence"))))
        {
            SurvivalCurve curve = curves[rows.Key.Key];
            var expected = rows.ToArray();
            SurvivalStep[] steps = [.. curve.Steps];
            Assert.Equal(expected.Select(row => (row.Whole("time"), row.Whole("n_risk"), row.Whole("n_event"), row.Whole("n_censor"))), steps.Select(step => (step.Duration, (long)step.AtRisk, (long)step.Events, (long)step.Censored)));
            for (int index = 0; index < steps.Length; index++)
            {
                string name = $"{rows.Key} {steps[index].Duration}";
                deviations.Note("survival", name, steps[index].Survival, expected[index].Number("surv"), 1e-12);
                Note(deviations, "standard error", name, steps[index].StandardError, expected[index]["se_surv"], steps[index].Survival == 0);
                IntervalEstimate? interval = curve.IntervalAt(steps[index].Duration, rows.Key.Confidence, rows.Key.Method);
                Note(deviations, "lower", name, interval?.Lower, expected[index]["lower"]);
                Note(deviations, "upper", name, interval?.Upper, expected[index]["upper"]);
            }
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(10_000);
    }

    [Fact]
    public void Quantiles_and_their_limits_agree_with_the_shared_reference_table()
    {
        var curves = Curves();
        Deviations deviations = new();
        foreach (var row in SharedData.Reference("survival_quantiles.csv").Where(row => row["dataset"] != NotWhole))
        {
            SurvivalQuantile quantile = curves[Key(row)].Quantile(row.Number("p"), row.Number("confidence"), Method(row));
            string name = $"{Key(row)} {quantile.Method} {row["confidence"]} {row["p"]}";
            Note(deviations, "quantile", name, quantile.Value, row["quantile"]);
            Note(deviations, "lower", name, quantile.Lower, row["lower"]);
            Note(deviations, "upper", name, quantile.Upper, row["upper"]);
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(300);
    }

    [Fact]
    public void Survival_at_given_times_agrees_with_the_shared_reference_table()
    {
        var curves = Curves();
        Deviations deviations = new();
        foreach (var row in SharedData.Reference("survival_at_times.csv").Where(row => row["dataset"] != NotWhole))
        {
            SurvivalCurve curve = curves[Key(row)];

            // Some times lie midway between whole ones: before the next one, after the one before.
            Assert.Equal(row.Whole("n_risk"), curve.AtRiskAt((long)Math.Ceiling(row.Number("time"))));
            long time = (long)Math.Floor(row.Number("time"));
            string name = $"{Key(row)} {Method(row)} {time}";
            if (time > curve.Longest && curve.Steps.Last().Survival > 0)
            {
                // The table draws the last value on (extend=TRUE); nobody was observed there, so this library says nothing.
                Assert.Null(curve.SurvivalAt(time));
                continue;
            }

            Note(deviations, "survival", name, curve.SurvivalAt(time), row["surv"]);
            Note(deviations, "standard error", name, curve.StandardErrorAt(time), row["se_surv"], curve.SurvivalAt(time) == 0);
            IntervalEstimate? interval = curve.IntervalAt(time, method: Method(row));
            Note(deviations, "lower", name, interval?.Lower, row["lower"]);
            Note(deviations, "upper", name, interval?.Upper, row["upper"]);
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(190);
    }

    [Fact]
    public void Counts_medians_and_restricted_means_agree_with_the_shared_reference_table()
    {
        var curves = Curves();
        Deviations deviations = new();
        foreach (var row in SharedData.Reference("survival_summary.csv").Where(row => row["dataset"] != NotWhole))
        {
            SurvivalCurve curve = curves[Key(row)];
            string name = Key(row);
            Assert.Equal((row.Whole("n"), row.Whole("events"), row.Whole("rmean_upper_limit")), (curve.Subjects, curve.Events, curve.Longest!.Value));
            SurvivalQuantile median = curve.Quantile(0.5, method: IntervalMethod.SurvivalLog);
            Note(deviations, "median", name, median.Value, row["median"]);
            Note(deviations, "median lower", name, median.Lower, row["median_l95_log"]);
            Note(deviations, "median upper", name, median.Upper, row["median_u95_log"]);
            Note(deviations, "restricted mean", name, curve.RestrictedMean(), row["rmean"]);
            Note(deviations, "its standard error", name, curve.RestrictedMeanStandardError(), row["rmean_se"]);
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(15);
    }

    [Fact]
    public void Log_rank_tests_agree_with_the_shared_reference_table()
    {
        var curves = Curves();
        Deviations deviations = new();
        foreach (var rows in SharedData.Reference("survival_logrank.csv").Where(row => row["dataset"] != NotWhole).GroupBy(row => (Set: row["dataset"], Rho: row.Number("rho"))))
        {
            var groups = rows.ToArray();
            LogRankTest test = LogRankTest.Of([.. groups.Select(row => curves[Key(row)])], rows.Key.Rho);
            string name = rows.Key.ToString();
            Assert.Equal(groups[0].Whole("df"), test.DegreesOfFreedom);
            Note(deviations, "chi square", name, test.ChiSquare, groups[0]["chisq"]);
            Note(deviations, "p", name, test.PValue, groups[0]["p"]);
            for (int group = 0; group < groups.Length; group++)
            {
                Note(deviations, "observed", name, test.Observed[group], groups[group]["observed"]);
                Note(deviations, "expected", name, test.Expected[group], groups[group]["expected"]);
            }
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(12);
    }

    /// <summary>NA and not-a-number mean that there is none.</summary>
    private static void Note(Deviations deviations, string kind, string row, double? actual, string reference, bool mayBeAbsent = false)
    {
        bool isAbsent = !double.TryParse(reference, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double expected) || !double.IsFinite(expected);
        if (mayBeAbsent && actual is null) return;
        Assert.True(isAbsent == actual is null, $"{kind} {row}: {(actual is null ? "none" : "a number")} instead of {reference}");
        if (actual is { } value) deviations.Note(kind, row, value, expected, 1e-12, 1e-15);
    }

    private static string Key(IReadOnlyDictionary<string, string> row) => $"{row["dataset"]} {row["group"]}";

    private static IntervalMethod Method(IReadOnlyDictionary<string, string> row) => row["conf_type"] switch
    {
        "log-log" => IntervalMethod.SurvivalLogLog,
        "log" => IntervalMethod.SurvivalLog,
        "plain" => IntervalMethod.SurvivalPlain,
        "logit" => IntervalMethod.SurvivalLogit,
        _ => throw new ArgumentException($"The table has a formula {row["conf_type"]} that this test does not know.", nameof(row)),
    };

    private static Dictionary<string, SurvivalCurve> Curves() => SharedData.Reference("survival_data.csv").Where(row => row["dataset"] != NotWhole).GroupBy(Key, StringComparer.Ordinal)
        .ToDictionary(rows => rows.Key, rows => SurvivalCurve.KaplanMeier([.. rows.Select(row => row.Whole("time"))], [.. rows.Select(row => row.Whole("status") == 1)]), StringComparer.Ordinal);
}
