namespace Engagement.Core.Tests.Statistics;

public class SpecialFunctionsTests(ITestOutputHelper output)
{
    [Fact]
    public void Special_functions_agree_with_the_shared_reference_table() => Judge(SharedData.Reference("special_functions.csv"), 600);

    [Fact]
    public void Special_functions_agree_with_the_committed_reference_rows() => Judge(CommittedRows.Of("special_functions"), 50);

    private static double Evaluate(string function, double a, double b, double x) => function switch
    {
        "norm_ppf" => NormalDistribution.Quantile(x),
        "norm_isf" => NormalDistribution.UpperQuantile(x),
        "norm_cdf" => NormalDistribution.Cdf(x),
        "norm_sf" => NormalDistribution.Survival(x),
        "erf" => NormalDistribution.Erf(x),
        "erfc" => NormalDistribution.Erfc(x),
        "lgamma" => GammaFunction.Log(x),
        "digamma" => GammaFunction.Digamma(x),
        "gamma_cdf" => IncompleteGamma.Lower(a, x),
        "gamma_sf" => IncompleteGamma.Upper(a, x),
        "gamma_ppf" => IncompleteGamma.Quantile(a, x),
        "gamma_isf" => IncompleteGamma.UpperQuantile(a, x),
        "beta_cdf" => IncompleteBeta.Lower(a, b, x),
        "beta_sf" => IncompleteBeta.Upper(a, b, x),
        "beta_ppf" => IncompleteBeta.Quantile(a, b, x),
        "beta_isf" => IncompleteBeta.UpperQuantile(a, b, x),
        "t_ppf" => StudentDistribution.Quantile(a, x),
        "chi2_sf" => DiscreteDistributions.ChiSquareSurvival(a, x),
        "binom_cdf" => DiscreteDistributions.BinomialCdf((long)a, b, (long)x),
        "binom_sf" => DiscreteDistributions.BinomialSurvival((long)a, b, (long)x),
        "pois_cdf" => DiscreteDistributions.PoissonCdf(a, (long)x),
        "pois_sf" => DiscreteDistributions.PoissonSurvival(a, (long)x),
        _ => throw new ArgumentException($"The table has a function {function} that this test does not know.", nameof(function)),
    };

    private static (double Relative, double Absolute) Tolerance(string function, double a, double b) => function switch
    {
        _ when function.StartsWith("norm", StringComparison.Ordinal) => (1e-14, 0),
        "lgamma" or "digamma" => (1e-12, 1e-15),
        _ when a >= 1e8 || b >= 1e8 => (1e-10, 0),
        _ => (1e-12, 0),
    };

    private void Judge(IReadOnlyList<IReadOnlyDictionary<string, string>> rows, int leastCount)
    {
        Deviations deviations = new();
        foreach (var row in rows.Where(row => row["in_double_range"] == "yes"))
        {
            string function = row["function"];
            double a = row["a"].Length == 0 ? 0 : row.Number("a"), b = row["b"].Length == 0 ? 0 : row.Number("b"), x = row.Number("arg");
            (double relative, double absolute) = Tolerance(function, a, b);
            deviations.Note(function, $"({row["a"]}, {row["b"]}, {row["arg"]})", Evaluate(function, a, b, x), row.Number("value_hp"), relative, absolute);
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(leastCount);
    }
}
