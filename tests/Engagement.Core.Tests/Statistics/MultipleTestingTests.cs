using CsCheck;

namespace Engagement.Core.Tests.Statistics;

public class MultipleTestingTests(ITestOutputHelper output)
{
    private static readonly Gen<double[]> PValues = Gen.OneOf(Gen.Double[0, 1], Gen.Double[0, 0.01], Gen.Int[0, 4].Select(i => i / 4.0)).Array[0, 40];

    [Fact]
    public void Adjusted_p_values_agree_with_the_shared_reference_table() => Judge(SharedData.Reference("multiple_testing.csv"), 60);

    [Fact]
    public void Adjusted_p_values_agree_with_the_committed_reference_rows() => Judge(CommittedRows.Of("multiple_testing"), 60);

    [Fact]
    public void The_examples_in_the_documentation_are_true()
    {
        AssertNear([0.03, 0.06, 1], MultipleTesting.Bonferroni([0.01, 0.02, 0.4]));
        AssertNear([0.03, 0.04, 0.4], MultipleTesting.Holm([0.01, 0.02, 0.4]));
        AssertNear([0.03, 0.04, 0.4], MultipleTesting.Hochberg([0.01, 0.02, 0.4]));
        AssertNear([0.02, 0.02, 0.02], MultipleTesting.Hommel([0.01, 0.02, 0.02]));
        AssertNear([0.03, 0.03, 0.4], MultipleTesting.BenjaminiHochberg([0.01, 0.02, 0.4]));
        AssertNear([0.055, 0.055, 2.2 / 3], MultipleTesting.BenjaminiYekutieli([0.01, 0.02, 0.4]));
    }

    [Fact]
    public void Adjusted_values_keep_their_order_and_are_never_below_what_they_adjust() =>
        PValues.Sample(p =>
        {
            foreach (double[] adjusted in All(p))
            {
                Assert.Equal(p.Length, adjusted.Length);
                for (int i = 0; i < p.Length; i++)
                {
                    Assert.InRange(adjusted[i], p[i], 1);
                    for (int j = 0; j < p.Length; j++) Assert.False(p[i] < p[j] && adjusted[i] > adjusted[j]);
                }
            }
        });

    [Fact]
    public void Milder_methods_never_claim_less() =>
        PValues.Sample(p =>
        {
            double[] bonferroni = MultipleTesting.Bonferroni(p), holm = MultipleTesting.Holm(p), hochberg = MultipleTesting.Hochberg(p), hommel = MultipleTesting.Hommel(p), discovery = MultipleTesting.BenjaminiHochberg(p);
            for (int i = 0; i < p.Length; i++)
            {
                Assert.True(bonferroni[i] >= holm[i] && holm[i] >= hochberg[i] && hochberg[i] >= hommel[i] * (1 - 1e-15) && hommel[i] >= discovery[i] * (1 - 1e-15));
            }
        });

    [Fact]
    public void One_question_needs_no_adjustment_and_none_has_no_answer()
    {
        Assert.All(All([0.03]), adjusted => Assert.Equal([0.03], adjusted));
        Assert.All(All([]), Assert.Empty);
    }

    [Theory]
    [InlineData(-0.1, "-0.1")]
    [InlineData(1.5, "1.5")]
    [InlineData(double.NaN, "NaN")]
    public void What_is_no_p_value_is_refused(double p, string text)
    {
        foreach (Action adjust in new Action[] { () => MultipleTesting.Bonferroni([0.5, p]), () => MultipleTesting.Holm([0.5, p]), () => MultipleTesting.Hommel([0.5, p]), () => MultipleTesting.BenjaminiYekutieli([0.5, p]) })
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(adjust);
            Assert.StartsWith($"pValues ({text}) must be from 0 to 1: pass the p-values of tests, and leave out what was not tested.", error.Message, StringComparison.Ordinal);
        }
    }

    private static double[][] All(double[] p) =>
        [MultipleTesting.Bonferroni(p), MultipleTesting.Holm(p), MultipleTesting.Hochberg(p), MultipleTesting.Hommel(p), MultipleTesting.BenjaminiHochberg(p), MultipleTesting.BenjaminiYekutieli(p)];

    private static void AssertNear(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-15);
    }

    private void Judge(IReadOnlyList<IReadOnlyDictionary<string, string>> rows, int leastCount)
    {
        Deviations deviations = new();
        string[] methods = ["bonferroni", "holm", "hochberg", "hommel", "bh", "by"];
        foreach (var set in rows.GroupBy(row => row["set"], StringComparer.Ordinal))
        {
            var ordered = set.OrderBy(row => row.Whole("index")).ToList();
            double[][] adjusted = All([.. ordered.Select(row => row.Number("p"))]);
            for (int method = 0; method < methods.Length; method++)
            {
                for (int i = 0; i < ordered.Count; i++) deviations.Note(methods[method], $"{set.Key} {i}", adjusted[method][i], ordered[i].Number($"r_{methods[method]}"), 0, 1e-14);
            }
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(leastCount);
    }
}
