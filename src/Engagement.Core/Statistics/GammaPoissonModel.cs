using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Engagement.Core;

/// <summary>Poisson rates that differ from row to row as draws from a gamma distribution do, Gamma(a, b) with mean a/b: the prior by which rows with little exposure are shrunk towards the others.</summary>
/// <remarks>
/// <para>For proportions of distinct persons, use <see cref="BetaBinomialModel"/>. Equality is by shape and rate; no order.</para>
/// <para>Empirical Bayes: the intervals take shape and rate as known, and are a little too narrow where there are few rows.</para>
/// </remarks>
public sealed record GammaPoissonModel
{
    /// <summary>A model with parameters that are known.</summary>
    /// <param name="shape">a; finite and positive.</param>
    /// <param name="rate">b, in units of exposure; finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite and positive.</exception>
    public GammaPoissonModel(double shape, double rate)
    {
        Guard.FinitePositive(shape);
        Guard.FinitePositive(rate);
        (Shape, Rate) = (shape, rate);
    }

    /// <summary>a: as if so many events had been seen before.</summary>
    public double Shape { get; }

    /// <summary>b: as if they had been seen in so much exposure.</summary>
    public double Rate { get; }

    /// <summary>The mean of the rates, a / b.</summary>
    public double Mean => Shape / Rate;

    /// <summary>The shape and rate under which the data are most likely, or false where no finite ones are.</summary>
    /// <remarks>
    /// <para>The maximum of Σ ln of the negative binomial probability Γ(x + a) / (Γ(a) x!) · (b/(b + T))ᵃ (T/(b + T))ˣ over a and b.</para>
    /// <para>There is no interior maximum where rows differ no more than chance makes them (then nothing speaks against one rate for all), or where nothing happened.</para>
    /// <para>Source: M. Greenwood and G. U. Yule, An inquiry into the nature of frequency distributions representative of multiple happenings, J. Roy. Statist. Soc. 83 (1920).</para>
    /// </remarks>
    /// <param name="events">x of each row; not negative.</param>
    /// <param name="exposures">T of each row; finite and positive.</param>
    /// <param name="model">The model; null when the result is false.</param>
    /// <returns>True if there is an interior maximum.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Events are negative, or an exposure is not finite and positive.</exception>
    /// <example><code>GammaPoissonModel.TryFit([2, 9, 0, 30], [20, 30, 15, 60], out var model); // shape 1.30, rate 5.40</code></example>
    public static bool TryFit(ReadOnlySpan<long> events, ReadOnlySpan<double> exposures, [NotNullWhen(true)] out GammaPoissonModel? model)
    {
        (double X, double T)[] rows = Rows(events, exposures);
        model = null;
        double x = 0, t = 0;
        foreach ((double eventsOfRow, double exposureOfRow) in rows) (x, t) = (x + eventsOfRow, t + exposureOfRow);
        if (x == 0) return false;

        // For every shape one mean is best: its slope Σ (x − T·mean) / (1 + T·mean/shape) falls. So one search is left.
        // The search begins where the last one ended.
        double start = Math.Log(x / t);
        double MeanAt(double shape)
        {
            double Slope(double logMean)
            {
                double mean = Math.Exp(logMean), sum = 0;
                foreach ((double eventsOfRow, double exposureOfRow) in rows) sum += (eventsOfRow - (exposureOfRow * mean)) / (1 + (exposureOfRow * mean / shape));
                return sum;
            }

            return Math.Exp(start = RootSearch.NearestFalling(Slope, start));
        }

        (double Slope, double Size) ShapeSlope(double logShape)
        {
            double shape = Math.Exp(logShape);
            return SlopeOf(rows, shape, MeanAt(shape));
        }

        double Value(double logShape)
        {
            double shape = Math.Exp(logShape);
            return LogLikelihoodOf(rows, shape, shape / MeanAt(shape));
        }

        if (!ProfileMaximum.TryFind(ShapeSlope, Value, out double best)) return false;
        double bestShape = Math.Exp(best);
        model = new(bestShape, bestShape / MeanAt(bestShape));
        return true;
    }

    /// <summary>How likely the data are under this model, as a logarithm.</summary>
    /// <remarks><para>Σ ln of the negative binomial probability of x events in the exposure T.</para></remarks>
    /// <param name="events">x of each row; not negative.</param>
    /// <param name="exposures">T of each row; finite and positive.</param>
    /// <returns>The log-likelihood; 0 without rows.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Events are negative, or an exposure is not finite and positive.</exception>
    public double LogLikelihood(ReadOnlySpan<long> events, ReadOnlySpan<double> exposures) => LogLikelihoodOf(Rows(events, exposures), Shape, Rate);

    /// <summary>What a row's rate is, given its own events and this model.</summary>
    /// <remarks><para>The mean (x + a) / (T + b) and the α/2 and 1 − α/2 quantiles of Gamma(x + a, T + b).</para></remarks>
    /// <param name="events">x: how many events there were; not negative.</param>
    /// <param name="exposure">T: what the rate is per; finite and positive.</param>
    /// <param name="confidence">The level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The posterior mean and interval, in events per unit of exposure.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Events are negative, the exposure is not finite and positive, or the confidence is not between 0 and 1.</exception>
    /// <example><code>new GammaPoissonModel(2, 40).Posterior(0, 38); // 0.02564 [0.003105, 0.07143] EmpiricalBayes 95 %</code></example>
    public PosteriorEstimate Posterior(long events, double exposure, double confidence = 0.95)
    {
        Guard.NotNegative(events);
        Guard.FinitePositive(exposure);
        Guard.Confidence(confidence);
        double shape = events + Shape, rate = exposure + Rate, tail = ConfidenceLevel.Tail(confidence);
        return new(shape / rate, new(IncompleteGamma.Quantile(shape, tail) / rate, IncompleteGamma.UpperQuantile(shape, tail) / rate, confidence, IntervalMethod.EmpiricalBayes));
    }

    /// <summary>The model as text, always in the invariant culture.</summary>
    /// <returns>For example <c>Gamma(1.3, 5.398)</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Gamma({Shape:G4}, {Rate:G4})");

    // The slope in the logarithm of the shape at the same mean, and the sizes of what it is the sum of. Where a row's mean is small beside the shape, the terms of
    // first order, whose sum is 0, are left out of each.
    private static (double Slope, double Size) SlopeOf((double X, double T)[] rows, double shape, double mean)
    {
        double sum = 0, size = 0;
        foreach ((double x, double t) in rows)
        {
            double q = t * mean / shape;
            double rise, log, rest;
            if (q > 1)
            {
                rise = GammaFunction.DigammaRise(shape, x);
                log = -AccurateMath.Log1p(q);
                rest = (q - (x / shape)) / (1 + q);
            }
            else
            {
                rise = GammaFunction.DigammaRiseExcess(shape, x);
                log = AccurateMath.LogExcess(q);
                rest = q * ((x / shape) - q) / (1 + q);
            }

            sum += shape * (rise + log + rest);
            size += shape * (Math.Abs(rise) + Math.Abs(log) + Math.Abs(rest));
        }

        return (sum, size);
    }

    private static double LogLikelihoodOf((double X, double T)[] rows, double shape, double rate)
    {
        double sum = 0;
        foreach ((double x, double t) in rows) sum += DiscreteDistributions.BinomialLogMass(shape, x, rate / (rate + t), t / (rate + t)) - AccurateMath.Log1p(x / shape);
        return sum;
    }

    private static (double X, double T)[] Rows(ReadOnlySpan<long> events, ReadOnlySpan<double> exposures)
    {
        Guard.SameLength(events.Length, nameof(events), exposures.Length, nameof(exposures));
        var rows = new (double X, double T)[events.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            Guard.NotNegative(events[i], nameof(events));
            Guard.FinitePositive(exposures[i], nameof(exposures));
            rows[i] = (events[i], exposures[i]);
        }

        return rows;
    }
}
