namespace Engagement.Core;

/// <summary>Which of the nine sample quantiles of Hyndman and Fan (1996): they differ in where a share falls between two values. Numbers are those of R's <c>quantile(type = …)</c>; names those of NumPy.</summary>
/// <remarks><para>Order carries no meaning beyond the number. <c>default</c> is <see cref="Unspecified"/>, which is refused.</para></remarks>
public enum QuantileType
{
    /// <summary>No type: the value of <c>default</c>, refused.</summary>
    Unspecified = 0,

    /// <summary>Type 1: the smallest value whose share reaches p.</summary>
    InvertedCdf = 1,

    /// <summary>Type 2: as type 1, averaged where p is reached exactly.</summary>
    AveragedInvertedCdf = 2,

    /// <summary>Type 3: the value of the nearest rank, even ranks at ties.</summary>
    ClosestObservation = 3,

    /// <summary>Type 4: interpolates at rank n·p.</summary>
    InterpolatedInvertedCdf = 4,

    /// <summary>Type 5: interpolates at rank n·p + 1/2.</summary>
    Hazen = 5,

    /// <summary>Type 6: interpolates at rank (n + 1)·p.</summary>
    Weibull = 6,

    /// <summary>Type 7: interpolates at rank (n − 1)·p + 1; the default of R, NumPy and spreadsheets.</summary>
    Linear = 7,

    /// <summary>Type 8: interpolates at rank (n + 1/3)·p + 1/3; nearly unbiased for the median of any distribution.</summary>
    MedianUnbiased = 8,

    /// <summary>Type 9: interpolates at rank (n + 1/4)·p + 3/8; nearly unbiased for normal data.</summary>
    NormalUnbiased = 9,
}
