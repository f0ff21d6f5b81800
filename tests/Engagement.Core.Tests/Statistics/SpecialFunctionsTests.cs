namespace Engagement.Core.Tests.Statistics;

public class SpecialFunctionsTests(ITestOutputHelper output)
{
    [Fact]
    public void Special_functions_agree_with_the_shared_reference_table() => Judge(SharedData.Reference("special_functions.csv"), 600);

    [Fact]
    public void Special_functions_agree_with_the_committed_reference_rows() => Judge(CommittedRows.Of("special_functions"), 50);

    [Fact]
    public void The_examples_in_the_documentation_are_true()
    {
        Assert.Equal(0.975, SpecialFunctions.NormalCdf(1.96), 5e-5);
        Assert.Equal(0.75, SpecialFunctions.StudentCdf(1, 1), 1e-15);
        Assert.Equal(2.201, SpecialFunctions.StudentQuantile(11, 0.975), 5e-4);
        Assert.Equal(0.6875, SpecialFunctions.BetaCdf(2, 3, 0.5), 1e-15);
        Assert.Equal(Math.Log(2), SpecialFunctions.GammaQuantile(1, 0.5), 1e-15);
        Assert.Equal(0.95, SpecialFunctions.ChiSquareCdf(1, 3.841458820694124), 1e-15);
        Assert.Equal(3.841458820694124, SpecialFunctions.ChiSquareQuantile(1, 0.95), 1e-13);
        Assert.Equal(0.2642, SpecialFunctions.PoissonSurvival(1, 1), 5e-5);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, -6.3137515146750430)]
    [InlineData(11, 2.2009851600916384)]
    [InlineData(0.5, 1e10)]
    [InlineData(1e9, -3)]
    public void The_t_distribution_is_undone_by_its_quantile(double degreesOfFreedom, double t)
    {
        double p = SpecialFunctions.StudentCdf(degreesOfFreedom, -Math.Abs(t));
        Assert.Equal(1 - p, SpecialFunctions.StudentCdf(degreesOfFreedom, Math.Abs(t)), 1e-15);
        Assert.Equal(-Math.Abs(t), SpecialFunctions.StudentQuantile(degreesOfFreedom, p), 1e-12 * Math.Max(1, Math.Abs(t)));
    }

    [Fact]
    public void What_has_no_finite_value_is_refused()
    {
        AssertMessage("p (0) has no finite quantile: pass a probability strictly between 0 and 1.", () => SpecialFunctions.NormalQuantile(0));
        AssertMessage("p (1) has no finite quantile: pass a probability strictly between 0 and 1.", () => SpecialFunctions.GammaQuantile(1, 1));
        AssertMessage("q (0) has no finite quantile: pass a probability strictly between 0 and 1.", () => SpecialFunctions.GammaUpperQuantile(1, 0));
        AssertMessage("p (NaN) must be from 0 to 1: pass a probability.", () => SpecialFunctions.BetaQuantile(1, 1, double.NaN));
        AssertMessage("a (0) must be positive: leave out what has no extent.", () => SpecialFunctions.BetaCdf(0, 1, 0.5));
        AssertMessage("x (Infinity) must be a finite number: leave out what has no value instead of passing NaN or infinity.", () => SpecialFunctions.GammaCdf(1, double.PositiveInfinity));
        AssertMessage("x (-1) must not be negative: pass 0 for none, and leave out what is not known.", () => SpecialFunctions.ChiSquareSurvival(1, -1));
        AssertMessage("trials (-1) must not be negative: pass 0 for none, and leave out what is not known.", () => SpecialFunctions.BinomialCdf(-1, 0.5, 0));
        AssertMessage("The result exceeds the range of a double: there is no such number to return.", () => SpecialFunctions.StudentQuantile(0.001, 1e-10));
        Assert.Equal(0, SpecialFunctions.GammaQuantile(1, 0));
        Assert.Equal(1, SpecialFunctions.BetaQuantile(1, 1, 1));
    }

    private static void AssertMessage(string message, Func<object> act) => Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(act).Message, StringComparison.Ordinal);

    private static double Evaluate(string function, double a, double b, double x) => function switch
    {
        "norm_ppf" => SpecialFunctions.NormalQuantile(x),
        "norm_isf" => SpecialFunctions.NormalUpperQuantile(x),
        "norm_cdf" => SpecialFunctions.NormalCdf(x),
        "norm_sf" => SpecialFunctions.NormalSurvival(x),
        "erf" => SpecialFunctions.Erf(x),
        "erfc" => SpecialFunctions.Erfc(x),
        "lgamma" => SpecialFunctions.LogGamma(x),
        "digamma" => SpecialFunctions.Digamma(x),
        "gamma_cdf" => SpecialFunctions.GammaCdf(a, x),
        "gamma_sf" => SpecialFunctions.GammaSurvival(a, x),
        "gamma_ppf" => SpecialFunctions.GammaQuantile(a, x),
        "gamma_isf" => SpecialFunctions.GammaUpperQuantile(a, x),
        "beta_cdf" => SpecialFunctions.BetaCdf(a, b, x),
        "beta_sf" => SpecialFunctions.BetaSurvival(a, b, x),
        "beta_ppf" => SpecialFunctions.BetaQuantile(a, b, x),
        "beta_isf" => SpecialFunctions.BetaUpperQuantile(a, b, x),
        "t_ppf" => SpecialFunctions.StudentQuantile(a, x),
        "chi2_sf" => SpecialFunctions.ChiSquareSurvival(a, x),
        "binom_cdf" => SpecialFunctions.BinomialCdf((long)a, b, (long)x),
        "binom_sf" => SpecialFunctions.BinomialSurvival((long)a, b, (long)x),
        "pois_cdf" => SpecialFunctions.PoissonCdf(a, (long)x),
        "pois_sf" => SpecialFunctions.PoissonSurvival(a, (long)x),
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
