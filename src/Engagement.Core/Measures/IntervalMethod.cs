namespace Engagement.Core;

/// <summary>Which formula made an interval; printed with every interval, because two formulas give two intervals.</summary>
/// <remarks>Order and numbers carry no meaning. The <c>default</c> is <see cref="Unspecified"/>, which no calculation returns.</remarks>
public enum IntervalMethod
{
    /// <summary>No method: the value of <c>default</c>, never the method of a calculated interval.</summary>
    Unspecified = 0,

    /// <summary>Wilson's score interval for a proportion (Wilson 1927).</summary>
    Wilson,

    /// <summary>Wilson's score interval with continuity correction (Newcombe 1998, method 4).</summary>
    WilsonContinuityCorrected,

    /// <summary>Clopper and Pearson's exact interval for a proportion (1934).</summary>
    ClopperPearson,

    /// <summary>Equal-tailed Jeffreys interval for a proportion: quantiles of Beta(x + 1/2, n − x + 1/2).</summary>
    Jeffreys,

    /// <summary>Agresti and Coull's interval for a proportion (1998), cut at 0 and 1.</summary>
    AgrestiCoull,

    /// <summary>Garwood's exact interval for a Poisson rate (1936).</summary>
    Garwood,

    /// <summary>Score interval for a Poisson rate.</summary>
    PoissonScore,

    /// <summary>Equal-tailed Jeffreys interval for a Poisson rate: quantiles of Gamma(x + 1/2).</summary>
    PoissonJeffreys,

    /// <summary>Delete-one jackknife over publications or days, with Student's t.</summary>
    Jackknife,

    /// <summary>Linearised (Taylor) ratio estimator over publications or days, with Student's t.</summary>
    Linearised,

    /// <summary>Order statistics around the median, by the binomial distribution.</summary>
    OrderStatistics,

    /// <summary>Kaplan–Meier survival, on the scale ln(−ln S): never below 0 or above 1.</summary>
    SurvivalLogLog,

    /// <summary>Kaplan–Meier survival, on the scale ln S, cut at 1.</summary>
    SurvivalLog,

    /// <summary>Kaplan–Meier survival, S ± z·se, cut at 0 and 1.</summary>
    SurvivalPlain,

    /// <summary>Kaplan–Meier survival, on the scale ln(S/(1 − S)).</summary>
    SurvivalLogit,

    /// <summary>Garwood's interval of the sums over several publications or days, as if all had one rate; where rates differ it covers far less than it says.</summary>
    PooledGarwood,

    /// <summary>Wilson's interval of the sums over several publications or days, as if all had one rate; where rates differ it covers far less than it says.</summary>
    PooledWilson,

    /// <summary>Newcombe's hybrid score interval for a difference of two proportions (1998, method 10).</summary>
    Newcombe,

    /// <summary>Miettinen and Nurminen's score interval for a difference or a ratio of two proportions (1985).</summary>
    MiettinenNurminen,

    /// <summary>Agresti and Caffo's interval for a difference of two proportions (2000): one success and one failure added to each sample.</summary>
    AgrestiCaffo,

    /// <summary>Katz' interval for a ratio of two proportions: normal on the scale of the logarithm (1978).</summary>
    Katz,

    /// <summary>Katz' interval with half a success and half a trial added to each sample.</summary>
    KatzAdjusted,

    /// <summary>Woolf's interval for an odds ratio: normal on the scale of the logarithm (1955).</summary>
    Woolf,

    /// <summary>Woolf's interval with half a success and half a failure added to each sample (Haldane and Anscombe).</summary>
    WoolfAdjusted,

    /// <summary>Exact interval for a ratio of two Poisson rates, given the sum of their events: Clopper–Pearson on the odds scale.</summary>
    ConditionalExact,

    /// <summary>Score interval for a ratio of two Poisson rates.</summary>
    RateRatioScore,

    /// <summary>Interval for a ratio of two Poisson rates that is normal on the scale of the logarithm.</summary>
    RateRatioLog,

    /// <summary>Equal-tailed interval of a posterior distribution whose prior was estimated from all rows (empirical Bayes).</summary>
    EmpiricalBayes,

    /// <summary>Fieller's interval for a ratio of sums, with Student's t (1954).</summary>
    Fieller,

    /// <summary>Percentile bootstrap.</summary>
    BootstrapPercentile,

    /// <summary>Basic (reflected percentile) bootstrap.</summary>
    BootstrapBasic,

    /// <summary>Normal bootstrap: estimate without its estimated bias, and the spread of the resamples.</summary>
    BootstrapNormal,

    /// <summary>Bias-corrected and accelerated bootstrap (Efron 1987).</summary>
    BootstrapBca,

    /// <summary>For the number behind a theta sketch: all numbers that the binomial distribution of the retained hashes does not reject.</summary>
    ThetaBinomial,

    /// <summary>The difference of two figures, each with its spread between publications or days, by Welch's t (1947).</summary>
    Welch,

    /// <summary>The quotient of two figures, each with its spread between publications or days, by Welch's t on the scale of its logarithm.</summary>
    WelchLog,

    /// <summary>The difference of two figures from the limits of each, whose distances are squared and added (Zou and Donner 2008).</summary>
    SquareAndAdd,
}
