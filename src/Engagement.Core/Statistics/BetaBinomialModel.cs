using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Engagement.Core;

/// <summary>Proportions that differ from row to row as draws from a beta distribution do, Beta(α, β): the prior by which rows with few trials are shrunk towards the others.</summary>
/// <remarks>
/// <para>For events that can happen more than once per person, use <see cref="GammaPoissonModel"/>. Equality is by α and β; no order.</para>
/// <para>Empirical Bayes: the intervals take α and β as known, and are a little too narrow where there are few rows.</para>
/// </remarks>
public sealed record BetaBinomialModel
{
    /// <summary>A model with parameters that are known.</summary>
    /// <param name="alpha">α; finite and positive.</param>
    /// <param name="beta">β; finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite and positive.</exception>
    public BetaBinomialModel(double alpha, double beta)
    {
        Guard.FinitePositive(alpha);
        Guard.FinitePositive(beta);
        (Alpha, Beta) = (alpha, beta);
    }

    /// <summary>α: as if so many successes had been seen before.</summary>
    public double Alpha { get; }

    /// <summary>β: as if so many failures had been seen before.</summary>
    public double Beta { get; }

    /// <summary>The mean of the proportions, α / (α + β).</summary>
    public double Mean => Alpha / (Alpha + Beta);

    /// <summary>How much rows differ beyond chance, ρ = 1 / (α + β + 1): 0 not at all, 1 as much as can be.</summary>
    public double IntraclassCorrelation => 1 / (Alpha + Beta + 1);

    /// <summary>The α and β under which the data are most likely, or false where no finite ones are.</summary>
    /// <remarks>
    /// <para>The maximum of Σ ln [C(n, x) B(x + α, n − x + β) / B(α, β)] over α and β.</para>
    /// <para>There is no interior maximum where rows differ no more than chance makes them (then nothing speaks against one proportion for all), where nothing or everything succeeded, or where every row has a single trial.</para>
    /// <para>Source: J. G. Skellam, A probability distribution derived from the binomial distribution by regarding the probability of success as variable, J. Roy. Statist. Soc. B 10 (1948).</para>
    /// </remarks>
    /// <param name="successes">x of each row, from 0 to its trials.</param>
    /// <param name="trials">n of each row; not negative. Rows without trials say nothing.</param>
    /// <param name="model">The model; null when the result is false.</param>
    /// <returns>True if there is an interior maximum.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Successes or trials are negative, or successes exceed trials.</exception>
    /// <example><code>BetaBinomialModel.TryFit([2, 9, 0, 30], [20, 30, 15, 60], out var model); // α 0.92, β 3.11</code></example>
    public static bool TryFit(ReadOnlySpan<long> successes, ReadOnlySpan<long> trials, [NotNullWhen(true)] out BetaBinomialModel? model)
    {
        (double X, double N)[] rows = Rows(successes, trials);
        model = null;
        double x = 0, n = 0;
        foreach ((double successesOfRow, double trialsOfRow) in rows) (x, n) = (x + successesOfRow, n + trialsOfRow);
        if (x == 0 || x == n) return false;

        // For every α + β the likelihood is concave in the mean; so the best mean is a function of α + β, and one search is left.
        // The search begins where the last one ended.
        double start = Math.Log(x / (n - x));
        (double Alpha, double Beta) At(double logSize)
        {
            double size = Math.Exp(logSize);
            double Slope(double logit)
            {
                (double alpha, double beta) = Split(size, logit);
                double sum = 0;
                foreach ((double successesOfRow, double trialsOfRow) in rows) sum += GammaFunction.DigammaRise(alpha, successesOfRow) - GammaFunction.DigammaRise(beta, trialsOfRow - successesOfRow);
                return sum;
            }

            return Split(size, start = RootSearch.NearestFalling(Slope, start));
        }

        (double Slope, double Size) SizeSlope(double logSize)
        {
            (double alpha, double beta) = At(logSize);
            return SlopeOf(rows, alpha, beta);
        }

        double Value(double logSize)
        {
            (double alpha, double beta) = At(logSize);
            return LogLikelihoodOf(rows, alpha, beta);
        }

        if (!ProfileMaximum.TryFind(SizeSlope, Value, out double best)) return false;
        (double bestAlpha, double bestBeta) = At(best);
        model = new(bestAlpha, bestBeta);
        return true;
    }

    /// <summary>How likely the data are under this model, as a logarithm.</summary>
    /// <remarks><para>Σ ln [C(n, x) B(x + α, n − x + β) / B(α, β)].</para></remarks>
    /// <param name="successes">x of each row, from 0 to its trials.</param>
    /// <param name="trials">n of each row; not negative.</param>
    /// <returns>The log-likelihood; 0 without rows.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Successes or trials are negative, or successes exceed trials.</exception>
    public double LogLikelihood(ReadOnlySpan<long> successes, ReadOnlySpan<long> trials) => LogLikelihoodOf(Rows(successes, trials), Alpha, Beta);

    /// <summary>What a row's proportion is, given its own trials and this model.</summary>
    /// <remarks>
    /// <para>The mean (x + α) / (n + α + β) and the α/2 and 1 − α/2 quantiles of Beta(x + α, n − x + β).</para>
    /// </remarks>
    /// <param name="successes">x: how many trials succeeded; from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n: how many trials there were; not negative.</param>
    /// <param name="confidence">The level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The posterior mean and interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Successes or trials are negative, successes exceed trials, or the confidence is not between 0 and 1.</exception>
    /// <example><code>new BetaBinomialModel(2, 38).Posterior(0, 38); // 0.02564 [0.003161, 0.07025] EmpiricalBayes 95 %</code></example>
    public PosteriorEstimate Posterior(long successes, long trials, double confidence = 0.95)
    {
        CheckRow(successes, trials);
        Guard.Confidence(confidence);
        double a = successes + Alpha, b = trials - successes + Beta, tail = ConfidenceLevel.Tail(confidence);
        return new(a / (a + b), new(IncompleteBeta.Quantile(a, b, tail), IncompleteBeta.UpperQuantile(a, b, tail), confidence, IntervalMethod.EmpiricalBayes));
    }

    /// <summary>The model as text, always in the invariant culture.</summary>
    /// <returns>For example <c>Beta(7.327, 181)</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Beta({Alpha:G4}, {Beta:G4})");

    private static (double Alpha, double Beta) Split(double size, double logit)
    {
        double small = Math.Exp(-Math.Abs(logit));
        double large = size / (1 + small);
        return logit > 0 ? (large, large * small) : (large * small, large);
    }

    // The slope in ln(α + β) at the same mean, and the sizes of what it is the sum of. α + β being large, the terms of first order, whose sum is 0, are left out of each.
    private static (double Slope, double Size) SlopeOf((double X, double N)[] rows, double alpha, double beta)
    {
        double total = alpha + beta, sum = 0, size = 0;
        foreach ((double x, double n) in rows)
        {
            double first, second, both;
            if (n > total)
            {
                first = GammaFunction.DigammaRise(alpha, x);
                second = GammaFunction.DigammaRise(beta, n - x);
                both = GammaFunction.DigammaRise(total, n);
            }
            else
            {
                first = GammaFunction.DigammaRiseExcess(alpha, x);
                second = GammaFunction.DigammaRiseExcess(beta, n - x);
                both = GammaFunction.DigammaRiseExcess(total, n);
            }

            sum += (alpha * first) + (beta * second) - (total * both);
            size += Math.Abs(alpha * first) + Math.Abs(beta * second) + Math.Abs(total * both);
        }

        return (sum, size);
    }

    // The beta-binomial probability is a fourfold table with α and β as cells, which keeps the digits that beta functions would lose.
    private static double LogLikelihoodOf((double X, double N)[] rows, double alpha, double beta)
    {
        double sum = 0, total = alpha + beta;
        foreach ((double x, double n) in rows)
        {
            double edges = AccurateMath.Log1p(n / total) - AccurateMath.Log1p(x / alpha) - AccurateMath.Log1p((n - x) / beta);
            sum += DiscreteDistributions.FourfoldLogMass(alpha, x, beta, n - x) + edges;
        }

        return sum;
    }

    private static (double X, double N)[] Rows(ReadOnlySpan<long> successes, ReadOnlySpan<long> trials)
    {
        Guard.SameLength(successes.Length, nameof(successes), trials.Length, nameof(trials));
        var rows = new (double X, double N)[successes.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            CheckRow(successes[i], trials[i]);
            rows[i] = (successes[i], trials[i]);
        }

        return rows;
    }

    private static void CheckRow(long successes, long trials)
    {
        Guard.NotNegative(successes);
        Guard.NotNegative(trials);
        if (successes > trials) throw Guard.OutOfRange(nameof(successes), successes, $"must not exceed trials ({Guard.Text(trials)})", "for events that can happen more than once per person, use GammaPoissonModel");
    }
}
