using CsCheck;

namespace Engagement.Core.Tests.Statistics;

/// <summary>What holds of the special functions whatever the arguments.</summary>
public class SpecialFunctionLawTests
{
    private static readonly Gen<double> Shapes = Gen.Double[-5, 9].Select(power => Math.Pow(10, power));

    // From 1e-300 up to nearly 1.
    private static readonly Gen<double> Shares = Gen.OneOf(Gen.Double[0.001, 0.999], Gen.Double[-300, -3].Select(power => Math.Pow(10, power)));

    [Fact]
    public void The_normal_quantile_undoes_the_distribution_function() =>
        Gen.Double[-37.5, 8].Sample(z => Assert.InRange(NormalDistribution.Quantile(NormalDistribution.Cdf(z)), z - Room(z), z + Room(z)));

    [Fact]
    public void The_gamma_function_undoes_its_quantile() =>
        Gen.Select(Shapes, Shares).Sample((a, p) =>
        {
            AssertSameShare(p, IncompleteGamma.Quantile(a, p), x => IncompleteGamma.Lower(a, x), a);
            AssertSameShare(p, IncompleteGamma.UpperQuantile(a, p), x => IncompleteGamma.Upper(a, x), a);
        });

    [Fact]
    public void The_beta_function_undoes_its_quantile() =>
        Gen.Select(Shapes, Shapes, Shares).Sample((a, b, p) =>
        {
            // Where the quantile is next to 1 a double cannot hold it, but its complement can.
            (double x, double y) = IncompleteBeta.Solve(a, b, p, 1 - p);
            double back = x < y ? IncompleteBeta.Lower(a, b, x) : IncompleteBeta.Upper(b, a, y);
            if (Math.Min(x, y) > 1e-307) Assert.InRange(back / p, 1 - Room(p, a + b), 1 + Room(p, a + b));
        });

    [Fact]
    public void Both_tails_add_up_to_1() =>
        Gen.Select(Shapes, Shapes, Gen.Double[0, 1]).Sample((a, b, x) =>
        {
            Assert.Equal(1, IncompleteBeta.Lower(a, b, x) + IncompleteBeta.Upper(a, b, x), 1e-13);
            Assert.Equal(1, IncompleteGamma.Lower(a, x * a * 2) + IncompleteGamma.Upper(a, x * a * 2), 1e-13);
        });

    [Fact]
    public void The_incomplete_beta_function_mirrors_its_parameters() =>
        Gen.Select(Shapes, Shapes, Gen.Int[1, 1023]).Sample((a, b, part) =>
            Assert.Equal(IncompleteBeta.Lower(a, b, part / 1024.0), IncompleteBeta.Upper(b, a, 1 - (part / 1024.0)), 1e-14));

    [Fact]
    public void Neighbouring_regions_of_the_incomplete_gamma_function_meet() =>
        Shapes.Sample(a =>
        {
            foreach (double edge in new[] { a + 1, a * 0.6, a * 1.4 })
            {
                double before = IncompleteGamma.Lower(a, Math.BitDecrement(edge)), after = IncompleteGamma.Lower(a, Math.BitIncrement(edge));
                Assert.InRange(before, after * (1 - 1e-11) - double.Epsilon, after * (1 + 1e-11));
            }
        });

    [Fact]
    public void Log_gamma_and_digamma_keep_their_recurrence() =>
        Gen.Double[-3, 8].Select(power => Math.Pow(10, power)).Sample(x =>
        {
            double larger = Math.Max(1, Math.Abs(GammaFunction.Log(x + 1)));
            Assert.Equal(0, (GammaFunction.Log(x + 1) - GammaFunction.Log(x) - Math.Log(x)) / larger, 1e-14);
            Assert.Equal(0, (GammaFunction.Digamma(x + 1) - GammaFunction.Digamma(x) - (1 / x)) / Math.Max(1, 1 / x), 1e-14);
        });

    [Fact]
    public void Student_with_many_degrees_of_freedom_is_normal() =>
        Shares.Where(p => p < 0.49).Sample(p => Assert.Equal(1, StudentDistribution.Quantile(1e15, p) / NormalDistribution.Quantile(p), 1e-9));

    [Fact]
    public void Student_with_one_degree_of_freedom_is_Cauchy() =>
        Gen.Double[1e-300, 0.49].Sample(p => Assert.Equal(1, StudentDistribution.Quantile(1, p) * -Math.Tan(Math.PI * p), 1e-12));

    [Fact]
    public void What_has_no_value_is_not_a_number()
    {
        Assert.Equal(double.NaN, NormalDistribution.Quantile(-0.1));
        Assert.Equal(double.NaN, NormalDistribution.Quantile(double.NaN));
        Assert.Equal(double.NaN, IncompleteGamma.Quantile(-1, 0.5));
        Assert.Equal(double.NaN, IncompleteGamma.UpperQuantile(1, 1.5));
        Assert.Equal(double.NaN, IncompleteGamma.Lower(1, double.NaN));
        Assert.Equal(double.NaN, IncompleteGamma.Upper(double.PositiveInfinity, 1));
        Assert.Equal(double.NaN, IncompleteBeta.Lower(1, 0, 0.5));
        Assert.Equal(double.NaN, IncompleteBeta.Quantile(1, 1, 2));
        Assert.Equal(double.NaN, StudentDistribution.Quantile(0, 0.5));
        Assert.Equal(double.NaN, GammaFunction.Log(0));
        Assert.Equal(double.NaN, GammaFunction.Digamma(-1));
    }

    [Fact]
    public void The_ends_of_every_distribution_are_exact()
    {
        Assert.Equal(double.NegativeInfinity, NormalDistribution.Quantile(0));
        Assert.Equal(double.NegativeInfinity, NormalDistribution.UpperQuantile(1));
        Assert.Equal(0, NormalDistribution.Cdf(double.NegativeInfinity));
        Assert.Equal(1, NormalDistribution.Cdf(double.PositiveInfinity));
        Assert.Equal(0, IncompleteGamma.Quantile(3, 0));
        Assert.Equal(double.PositiveInfinity, IncompleteGamma.Quantile(3, 1));
        Assert.Equal(1, IncompleteGamma.Lower(3, double.PositiveInfinity));
        Assert.Equal(1, IncompleteGamma.Upper(3, 0));
        Assert.Equal(0, IncompleteBeta.Quantile(2, 3, 0));
        Assert.Equal(0, IncompleteBeta.UpperQuantile(2, 3, 1));
        Assert.Equal(1, IncompleteBeta.Lower(2, 3, 1));
        Assert.Equal(0, IncompleteBeta.Lower(2, 3, 0));
        Assert.Equal(double.NegativeInfinity, StudentDistribution.Quantile(5, 0));
        Assert.Equal(double.PositiveInfinity, StudentDistribution.Quantile(5, 1));
        Assert.Equal(NormalDistribution.Quantile(0.975), StudentDistribution.Quantile(double.PositiveInfinity, 0.975));
        Assert.Equal((0, 1), (DiscreteDistributions.BinomialCdf(5, 0.5, -1), DiscreteDistributions.BinomialCdf(5, 0.5, 5)));
        Assert.Equal((1, 0), (DiscreteDistributions.BinomialSurvival(5, 0.5, -1), DiscreteDistributions.BinomialSurvival(5, 0.5, 5)));
        Assert.Equal((0, 1), (DiscreteDistributions.PoissonCdf(5, -1), DiscreteDistributions.PoissonSurvival(5, -1)));
    }

    // A change of z by 1 step changes the share by z² steps or, next to 1, is lost in its last digit.
    private static double Room(double z) => z <= 0 ? 1e-13 : 1e-15 + (2e-16 * Math.Exp(z * z / 2) * 2.6);

    // The quantile is rounded to a double, which moves the share: by 37 standard deviations' slope at 1e-300, times √a steps.
    private static double Room(double p, double size) => 1e-11 + (3e-15 * Math.Sqrt(size) * (1 - Math.Log(p)));

    private static void AssertSameShare(double p, double x, Func<double, double> back, double size)
    {
        if (x > 1e-307) Assert.InRange(back(x) / p, 1 - Room(p, size), 1 + Room(p, size));
    }
}
