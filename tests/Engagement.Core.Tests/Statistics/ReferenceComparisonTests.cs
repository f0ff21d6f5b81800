namespace Engagement.Core.Tests.Statistics;

public class ReferenceComparisonTests(ITestOutputHelper output)
{
    [Fact]
    public void Intervals_of_two_proportions_agree_with_the_shared_reference_table() => JudgeProportions(SharedData.Reference("two_proportions_ci.csv"), 2500);

    [Fact]
    public void Intervals_of_two_proportions_agree_with_the_committed_reference_rows() => JudgeProportions(CommittedRows.Of("two_proportions_ci"), 40);

    [Fact]
    public void Tests_of_two_proportions_agree_with_the_shared_reference_table() => JudgeProportionTests(SharedData.Reference("two_proportions_tests.csv"), 150);

    [Fact]
    public void Tests_of_two_proportions_agree_with_the_committed_reference_rows() => JudgeProportionTests(CommittedRows.Of("two_proportions_tests"), 20);

    [Fact]
    public void Intervals_of_two_rates_agree_with_the_shared_reference_table() => JudgeRates(SharedData.Reference("two_rates_ci.csv"), 400);

    [Fact]
    public void Intervals_of_two_rates_agree_with_the_committed_reference_rows() => JudgeRates(CommittedRows.Of("two_rates_ci"), 10);

    [Fact]
    public void Tests_of_two_rates_agree_with_the_shared_reference_table() => JudgeRateTests(SharedData.Reference("two_rates_tests.csv"), 100);

    [Fact]
    public void Tests_of_two_rates_agree_with_the_committed_reference_rows() => JudgeRateTests(CommittedRows.Of("two_rates_tests"), 15);

    private static QuotientInterval? Open(IntervalEstimate interval, bool defined) => defined ? new(interval.Lower, interval.Upper, interval.Confidence, interval.Method) : null;

    private void JudgeProportions(IReadOnlyList<IReadOnlyDictionary<string, string>> rows, int leastCount)
    {
        Deviations deviations = new();
        foreach (var row in rows.Where(row => row["method"] != "wald"))
        {
            long x1 = row.Whole("x1"), n1 = row.Whole("n1"), x2 = row.Whole("x2"), n2 = row.Whole("n2");
            double confidence = row.Number("confidence");
            string name = $"{x1}/{n1} against {x2}/{n2} at {row["confidence"]}", kind = $"{row["measure"]} {row["method"]}";
            if (row["measure"] == "diff")
            {
                IntervalEstimate difference = row["method"] switch
                {
                    "newcombe" => ProportionDifference.Newcombe(x1, n1, x2, n2, confidence),
                    "miettinen-nurminen" => ProportionDifference.MiettinenNurminen(x1, n1, x2, n2, confidence),
                    "agresti-caffo" => ProportionDifference.AgrestiCaffo(x1, n1, x2, n2, confidence),
                    _ => throw new ArgumentException($"The table has a method {row["method"]} that this test does not know.", nameof(rows)),
                };
                deviations.Note($"{kind} lower", name, difference.Lower, row.Number("hp_lower"), 1e-11, 1e-14);
                deviations.Note($"{kind} upper", name, difference.Upper, row.Number("hp_upper"), 1e-11, 1e-14);
                continue;
            }

            QuotientInterval? quotient = row["method"] switch
            {
                "koopman-mn" => ProportionRatio.TryMiettinenNurminen(x1, n1, x2, n2, out QuotientInterval score, confidence) ? score : null,
                "katz-log" => Open(ProportionRatio.TryKatz(x1, n1, x2, n2, out IntervalEstimate katz, confidence) ? katz : default, katz != default),
                "katz-log-adjusted" => Open(ProportionRatio.KatzAdjusted(x1, n1, x2, n2, confidence), true),
                "logit" => Open(ProportionRatio.TryWoolf(x1, n1, x2, n2, out IntervalEstimate woolf, confidence) ? woolf : default, woolf != default),
                "logit-adjusted" => Open(ProportionRatio.WoolfAdjusted(x1, n1, x2, n2, confidence), true),
                _ => throw new ArgumentException($"The table has a method {row["method"]} that this test does not know.", nameof(rows)),
            };
            NoteQuotient(deviations, kind, name, quotient, row);
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(leastCount);
    }

    private void JudgeRates(IReadOnlyList<IReadOnlyDictionary<string, string>> rows, int leastCount)
    {
        Deviations deviations = new();
        foreach (var row in rows)
        {
            (long x1, double t1, long x2, double t2) = RatePair(row);
            double confidence = row.Number("confidence");
            QuotientInterval? quotient = row["method"] switch
            {
                "exact-conditional-cp" => RateRatio.ExactConditional(x1, t1, x2, t2, confidence),
                "wald-log" => Open(RateRatio.TryLogNormal(x1, t1, x2, t2, out IntervalEstimate log, confidence) ? log : default, log != default),
                _ => throw new ArgumentException($"The table has a method {row["method"]} that this test does not know.", nameof(rows)),
            };
            NoteQuotient(deviations, row["method"], $"{x1}/{row["exposure1"]} against {x2}/{row["exposure2"]} at {row["confidence"]}", quotient, row);
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(leastCount);
    }

    private static (long X1, double T1, long X2, double T2) RatePair(IReadOnlyDictionary<string, string> row) =>
        (row.Whole("count1"), row.Number("exposure1"), row.Whole("count2"), row.Number("exposure2"));

    private static void NoteQuotient(Deviations deviations, string kind, string name, QuotientInterval? quotient, IReadOnlyDictionary<string, string> row)
    {
        if (row["hp_lower"] == "undefined")
        {
            Assert.True(quotient is null, $"{kind} {name} is {quotient}, and should be undefined.");
            return;
        }

        Assert.True(quotient is not null, $"{kind} {name} is undefined, and should not be.");
        deviations.Note($"{kind} lower", name, quotient.Value.Lower, row.Number("hp_lower"), 1e-11);
        if (row["hp_upper"] == "inf") Assert.Null(quotient.Value.Upper);
        else deviations.Note($"{kind} upper", name, quotient.Value.Upper ?? double.PositiveInfinity, row.Number("hp_upper"), 1e-11);
    }

    private void JudgeProportionTests(IReadOnlyList<IReadOnlyDictionary<string, string>> rows, int leastCount)
    {
        Deviations deviations = new();
        foreach (var row in rows)
        {
            long x1 = row.Whole("x1"), n1 = row.Whole("n1"), x2 = row.Whole("x2"), n2 = row.Whole("n2");
            string name = $"{x1}/{n1} against {x2}/{n2}";
            bool defined = ProportionDifference.TryPooledZ(x1, n1, x2, n2, out double z, out double p);
            bool corrected = ProportionDifference.TryYates(x1, n1, x2, n2, out double yates, out double yatesP);
            Assert.Equal(row["hp_z_pooled"] != "undefined", defined);
            Assert.Equal(defined, corrected);
            if (defined)
            {
                deviations.Note("z", name, z, row.Number("hp_z_pooled"), 1e-12);
                deviations.Note("p", name, p, row.Number("hp_p_pooled"), 1e-10, double.Epsilon);
                deviations.Note("χ² by Yates", name, yates * yates, row.Number("r_chisq_yates"), 1e-11, 1e-14);
                deviations.Note("p by Yates", name, yatesP, row.Number("r_p_yates"), 1e-10, double.Epsilon);
            }

            double fisher = ProportionDifference.FisherExact(x1, n1, x2, n2);
            if (row["r_fisher_p"].Length > 0) deviations.Note("Fisher", name, fisher, row.Number("r_fisher_p"), 1e-10);
            else Assert.InRange(fisher, 0, 1);
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(leastCount);
    }

    private void JudgeRateTests(IReadOnlyList<IReadOnlyDictionary<string, string>> rows, int leastCount)
    {
        Deviations deviations = new();
        foreach (var row in rows)
        {
            (long x1, double t1, long x2, double t2) = RatePair(row);
            string name = $"{x1}/{row["exposure1"]} against {x2}/{row["exposure2"]}";
            bool defined = RateRatio.TryScoreTest(x1, t1, x2, t2, out double z, out double p);
            Assert.Equal(row["hp_z_score"] != "undefined", defined);
            double exact = RateRatio.ExactConditionalTest(x1, t1, x2, t2), midP = RateRatio.MidPTest(x1, t1, x2, t2);
            if (!defined)
            {
                Assert.Equal((0, 1, 1, 1), (z, p, exact, midP));
                continue;
            }

            deviations.Note("z", name, z, row.Number("hp_z_score"), 1e-11);
            deviations.Note("p", name, p, row.Number("hp_p_score"), 1e-11, double.Epsilon);
            if (row["r_p_exact_conditional"].Length > 0) deviations.Note("exact", name, exact, row.Number("r_p_exact_conditional"), 1e-11);
            if (row["sm_p_cond_midp"].Length > 0) deviations.Note("mid-p", name, midP, row.Number("sm_p_cond_midp"), 1e-10);
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(leastCount);
    }
}
