using CsCheck;

namespace Engagement.Core.Tests.Statistics;

public class EmpiricalBayesTests(ITestOutputHelper output)
{
    private static readonly Gen<(long X, long N)[]> Rows = Gen.Long[1, 400].SelectMany(n => Gen.Long[0, n], (n, x) => (x, n)).Array[2, 25];

    [Fact]
    public void Fits_agree_with_the_shared_reference_tables() =>
        JudgeFits(SharedData.Reference("eb_data.csv"), SharedData.Reference("eb_fits.csv"), 3);

    [Fact]
    public void Fits_agree_with_the_committed_reference_rows() => JudgeFits(CommittedRows.Of("eb_data"), CommittedRows.Of("eb_fits"), 3);

    [Fact]
    public void Posteriors_agree_with_the_shared_reference_table() => JudgePosteriors(SharedData.Reference("eb_posteriors.csv"), 60);

    [Fact]
    public void Posteriors_agree_with_the_committed_reference_rows() => JudgePosteriors(CommittedRows.Of("eb_posteriors"), 10);

    // Found by Newton's method on the score with 50 digits (mpmath 1.3). The 18 rows are the hits in 45 at bats of Efron and Morris (1975).
    [Theory]
    [InlineData(new long[] { 0, 5, 1, 4, 0 }, new long[] { 5, 5, 5, 5, 5 }, 0.24499360354733095, 0.3706270986239504, -7.8389492953150349)]
    [InlineData(new long[] { 18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7 }, new long[] { 45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 45 }, 210.55083597751697, 582.68598507204146, -45.343896255089871)]
    [InlineData(new long[] { 480, 560, 655, 500, 409 }, new long[] { 10_000, 10_000, 10_000, 10_000, 10_000 }, 41.258920207360135, 750.95455410816658, -29.088504836551316)]
    [InlineData(new long[] { 0, 3, 1, 9 }, new long[] { 1_000_000, 900_000, 5_000_000, 800_000 }, 0.44883060893979687, 126019.92155643816, -10.249227559195478)]
    [InlineData(new long[] { 500_000_000, 500_050_000, 499_900_000 }, new long[] { 1_000_000_000, 1_000_000_000, 1_000_000_000 }, 34349999.727159517, 34352289.803492058, -37.378899567936881)]
    public void Fits_to_widely_and_to_hardly_differing_rows_are_found(long[] successes, long[] trials, double alpha, double beta, double logLikelihood)
    {
        Assert.True(BetaBinomialModel.TryFit(successes, trials, out var model));
        Assert.Equal(1, model.Alpha / alpha, 1e-8);
        Assert.Equal(1, model.Beta / beta, 1e-8);
        Assert.Equal(1, model.LogLikelihood(successes, trials) / logLikelihood, 1e-12);
    }

    [Fact]
    public void Rows_that_differ_no_more_than_chance_makes_them_have_no_interior_maximum()
    {
        Assert.False(BetaBinomialModel.TryFit([5, 5, 5, 5], [50, 50, 50, 50], out var model));
        Assert.Null(model);
        Assert.False(BetaBinomialModel.TryFit([4, 5, 6, 5], [50, 50, 50, 50], out _));
        Assert.False(GammaPoissonModel.TryFit([5, 5, 5, 5], [50, 50, 50, 50], out var poisson));
        Assert.Null(poisson);
        Assert.False(GammaPoissonModel.TryFit([4, 5, 6, 5], [50, 50, 50, 50], out _));
    }

    [Fact]
    public void Where_nothing_or_everything_succeeded_or_each_row_has_one_trial_there_is_no_interior_maximum()
    {
        Assert.False(BetaBinomialModel.TryFit([0, 0, 0], [10, 20, 30], out _));
        Assert.False(BetaBinomialModel.TryFit([10, 20, 30], [10, 20, 30], out _));
        Assert.False(BetaBinomialModel.TryFit([0, 1, 1, 0, 1], [1, 1, 1, 1, 1], out _));
        Assert.False(BetaBinomialModel.TryFit([0, 10, 0, 10], [10, 10, 10, 10], out _));
        Assert.False(BetaBinomialModel.TryFit([], [], out _));
        Assert.False(BetaBinomialModel.TryFit([3], [10], out _));
        Assert.False(GammaPoissonModel.TryFit([0, 0], [1, 2], out _));
        Assert.False(GammaPoissonModel.TryFit([7], [2], out _));
    }

    [Fact]
    public void No_neighbour_is_more_likely_than_the_fit() =>
        Rows.Sample(rows =>
        {
            long[] x = [.. rows.Select(row => row.X)], n = [.. rows.Select(row => row.N)];
            double[] exposures = [.. n.Select(value => (double)value)];
            if (BetaBinomialModel.TryFit(x, n, out var beta))
            {
                double best = beta.LogLikelihood(x, n), room = 1e-12 * Math.Abs(best);
                foreach ((double a, double b) in new[] { (1.01, 1.01), (0.99, 0.99), (1.01, 0.99), (0.99, 1.01), (2, 2), (0.5, 0.5), (1000, 1000), (1e-3, 1e-3) })
                {
                    Assert.True(new BetaBinomialModel(beta.Alpha * a, beta.Beta * b).LogLikelihood(x, n) <= best + room);
                }
            }

            if (GammaPoissonModel.TryFit(x, exposures, out var gamma))
            {
                double best = gamma.LogLikelihood(x, exposures), room = 1e-12 * Math.Abs(best);
                foreach ((double a, double b) in new[] { (1.01, 1.01), (0.99, 0.99), (1.01, 0.99), (0.99, 1.01), (2, 2), (0.5, 0.5), (1000, 1000), (1e-3, 1e-3) })
                {
                    Assert.True(new GammaPoissonModel(gamma.Shape * a, gamma.Rate * b).LogLikelihood(x, exposures) <= best + room);
                }
            }
        });

    [Fact]
    public void A_posterior_lies_between_the_row_and_the_mean_of_all_and_more_trials_pull_less() =>
        Gen.Select(Gen.Double[0.1, 50], Gen.Double[0.1, 500], Gen.Long[0, 100], Gen.Long[0, 1000]).Sample((alpha, beta, x, rest) =>
        {
            long n = x + rest + 1;
            BetaBinomialModel model = new(alpha, beta);
            double own = (double)x / n, few = model.Posterior(x, n).Mean, many = model.Posterior(10 * x, 10 * n).Mean;
            Assert.InRange(few, Math.Min(own, model.Mean) * (1 - 1e-14), Math.Max(own, model.Mean) * (1 + 1e-14));
            Assert.True(Math.Abs(many - own) <= Math.Abs(few - own) + 1e-15);
            GammaPoissonModel rates = new(alpha, beta);
            double shrunk = rates.Posterior(x, n).Mean;
            Assert.InRange(shrunk, Math.Min(own, rates.Mean) * (1 - 1e-14), Math.Max(own, rates.Mean) * (1 + 1e-14));
        });

    [Fact]
    public void With_hardly_any_successes_both_models_say_the_same()
    {
        long[] x = [2, 9, 0, 30, 4], n = [2_000_000_000, 3_000_000_000, 1_500_000_000, 6_000_000_000, 900_000_000];
        Assert.True(BetaBinomialModel.TryFit(x, n, out var beta));
        Assert.True(GammaPoissonModel.TryFit(x, [.. n.Select(value => (double)value)], out var gamma));
        Assert.Equal(1, beta.Alpha / gamma.Shape, 1e-6);
        Assert.Equal(1, beta.Beta / gamma.Rate, 1e-6);
        Assert.Equal(1, beta.LogLikelihood(x, n) / gamma.LogLikelihood(x, [.. n.Select(value => (double)value)]), 1e-6);
    }

    [Fact]
    public void The_log_likelihood_is_that_of_the_formula_with_small_numbers()
    {
        // x = 1 of n = 2 under Beta(2, 3): C(2, 1) B(3, 4) / B(2, 3) = 2 · (1/60) / (1/12) = 0.4.
        Assert.Equal(Math.Log(0.4), new BetaBinomialModel(2, 3).LogLikelihood([1], [2]), 1e-15);

        // x = 2 with shape 3, rate 1 and exposure 1: C(4, 2) (1/2)³ (1/2)² = 6/32.
        Assert.Equal(Math.Log(6.0 / 32), new GammaPoissonModel(3, 1).LogLikelihood([2], [1]), 1e-15);
        Assert.Equal(0, new GammaPoissonModel(3, 1).LogLikelihood([], []));
    }

    [Fact]
    public void The_examples_in_the_documentation_are_true()
    {
        Assert.True(BetaBinomialModel.TryFit([2, 9, 0, 30], [20, 30, 15, 60], out var beta));
        Assert.Equal("Beta(0.92, 3.11)", System.FormattableString.Invariant($"Beta({beta.Alpha:F2}, {beta.Beta:F2})"));
        Assert.True(GammaPoissonModel.TryFit([2, 9, 0, 30], [20, 30, 15, 60], out var gamma));
        Assert.Equal("Gamma(1.30, 5.40)", System.FormattableString.Invariant($"Gamma({gamma.Shape:F2}, {gamma.Rate:F2})"));
        Assert.Equal("0.02564 [0.003161, 0.07025] EmpiricalBayes 95 %", new BetaBinomialModel(2, 38).Posterior(0, 38).ToString());
        Assert.Equal("0.02564 [0.003105, 0.07143] EmpiricalBayes 95 %", new GammaPoissonModel(2, 40).Posterior(0, 38).ToString());
    }

    [Fact]
    public void Bad_input_is_named_with_its_cure()
    {
        AssertMessage<ArgumentException>("successes (1 values) and trials (2 values) must have the same length: pass one value of each per row.", () => BetaBinomialModel.TryFit([1], [1, 2], out _));
        AssertMessage<ArgumentOutOfRangeException>("successes (3) must not exceed trials (2): for events that can happen more than once per person, use GammaPoissonModel.", () => BetaBinomialModel.TryFit([3], [2], out _));
        AssertMessage<ArgumentOutOfRangeException>("successes (-3) must not be negative: pass 0 for none, and leave out what is not known.", () => new BetaBinomialModel(1, 1).Posterior(-3, 2));
        AssertMessage<ArgumentOutOfRangeException>("confidence (NaN) must lie between 0 and 1, both excluded: pass 0.95 for 95 %.", () => new BetaBinomialModel(1, 1).Posterior(1, 2, double.NaN));
        AssertMessage<ArgumentOutOfRangeException>("alpha (0) must be positive: leave out what has no extent.", () => new BetaBinomialModel(0, 1));
        AssertMessage<ArgumentOutOfRangeException>("beta (NaN) must be a finite number: leave out what has no value instead of passing NaN or infinity.", () => new BetaBinomialModel(1, double.NaN));
        AssertMessage<ArgumentException>("events (1 values) and exposures (2 values) must have the same length: pass one value of each per row.", () => GammaPoissonModel.TryFit([1], [1, 2], out _));
        AssertMessage<ArgumentOutOfRangeException>("exposures (0) must be positive: leave out what has no extent.", () => GammaPoissonModel.TryFit([1], [0], out _));
        AssertMessage<ArgumentOutOfRangeException>("events (-1) must not be negative: pass 0 for none, and leave out what is not known.", () => new GammaPoissonModel(1, 1).Posterior(-1, 2));
        AssertMessage<ArgumentOutOfRangeException>("exposure (Infinity) must be a finite number: leave out what has no value instead of passing NaN or infinity.", () => new GammaPoissonModel(1, 1).Posterior(1, double.PositiveInfinity));
    }

    private static void AssertMessage<T>(string message, Func<object> act)
        where T : ArgumentException => Assert.StartsWith(message, Assert.Throws<T>(act).Message, StringComparison.Ordinal);

    private void JudgeFits(IReadOnlyList<IReadOnlyDictionary<string, string>> data, IReadOnlyList<IReadOnlyDictionary<string, string>> fits, int leastCount)
    {
        Deviations deviations = new();
        foreach (var fit in fits)
        {
            var rows = data.Where(row => row["set"] == fit["set"]).ToList();
            Assert.Equal(fit.Whole("k"), rows.Count);
            long[] x = [.. rows.Select(row => row.Whole("x"))], n = [.. rows.Select(row => row.Whole("n"))];
            bool found = BetaBinomialModel.TryFit(x, n, out var model);
            Assert.Equal(fit["interior_maximum"] == "yes", found);
            if (model is null) continue;
            deviations.Note("alpha", fit["set"], model.Alpha, fit.Number("hp_alpha"), 1e-8);
            deviations.Note("beta", fit["set"], model.Beta, fit.Number("hp_beta"), 1e-8);
            deviations.Note("log-likelihood", fit["set"], model.LogLikelihood(x, n), fit.Number("hp_loglik"), 1e-12);
            deviations.Note("mean", fit["set"], model.Mean, fit.Number("hp_mean"), 1e-8);
            deviations.Note("rho", fit["set"], model.IntraclassCorrelation, fit.Number("hp_rho"), 1e-8);
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(leastCount);
    }

    private void JudgePosteriors(IReadOnlyList<IReadOnlyDictionary<string, string>> rows, int leastCount)
    {
        Deviations deviations = new();
        foreach (var row in rows)
        {
            PosteriorEstimate posterior = new BetaBinomialModel(row.Number("alpha"), row.Number("beta")).Posterior(row.Whole("x"), row.Whole("n"));
            string name = $"{row["set"]} {row["index"]}";
            deviations.Note("mean", name, posterior.Mean, row.Number("posterior_mean"), 1e-12);
            deviations.Note("lower", name, posterior.Interval.Lower, row.Number("lower95"), 1e-12);
            deviations.Note("upper", name, posterior.Interval.Upper, row.Number("upper95"), 1e-12);
        }

        output.WriteLine(deviations.ToString());
        deviations.AssertNone(leastCount);
    }
}
