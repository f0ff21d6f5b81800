using System.Globalization;

namespace Engagement.Core;

/// <summary>How many are reached over several channels together: gross, and net between a lower and an upper bound, with a named model in between.</summary>
/// <remarks>
/// <para>
/// Formulas: gross = ΣR; net lies within Fréchet's bounds max(R) ≤ net ≤ min(U, ΣR); the model is independence, U·(1 − Π(1 − R/U)), for channels whose audiences overlap by chance alone.
/// Net is never one bare number. Equality is by value; no order.
/// </para>
/// <para><c>default</c> is the net reach of no channel: all 0, without a model.</para>
/// <para>Source: Fréchet bounds; Sainsbury's random duplication formula.</para>
/// <example><c>NetReach.Of([9_000, 133, 38, 324], universe: 110_000)</c> is gross 9,495, net [9,000, 9,453.9955, 9,495].</example>
/// </remarks>
public readonly record struct NetReach
{
    private NetReach(long gross, long lower, double? independence, long upper) => (Gross, Lower, Independence, Upper) = (gross, lower, independence, upper);

    /// <summary>The sum: who is in several channels counts once for each.</summary>
    public long Gross { get; }

    /// <summary>The lower bound: the largest channel alone.</summary>
    public long Lower { get; }

    /// <summary>The model: overlaps by chance alone; null when the universe is not known, or smaller than a channel, so that the model says nothing.</summary>
    public double? Independence { get; }

    /// <summary>The upper bound: no overlap at all.</summary>
    public long Upper { get; }

    /// <summary>The net reach of channels in a universe of the same unit.</summary>
    /// <param name="reaches">The reach of each channel; not negative, none above the universe.</param>
    /// <param name="universe">The size of the universe; not negative.</param>
    /// <returns>Gross, bounds and model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or a reach exceeds the universe.</exception>
    /// <exception cref="OverflowException">The sum exceeds 2⁶³ − 1.</exception>
    public static NetReach Of(ReadOnlySpan<long> reaches, long universe)
    {
        Guard.NotNegative(universe);
        foreach (long reach in reaches)
        {
            if (reach > universe) throw Guard.OutOfRange(nameof(reaches), reach, string.Create(CultureInfo.InvariantCulture, $"must not exceed the universe ({universe})"), "pass a universe of the same unit that holds every audience");
        }

        return Of(reaches, universe, universe);
    }

    /// <summary>With a limit of its own for the upper bound: a universe of another unit bounds nobody.</summary>
    internal static NetReach Of(ReadOnlySpan<long> reaches, long? universe, long limit)
    {
        long gross = 0;
        long largest = 0;
        double? model = universe > 0 ? 0 : null;
        foreach (long reach in reaches)
        {
            Guard.NotNegative(reach, nameof(reaches));
            gross = checked(gross + reach);
            largest = Math.Max(largest, reach);
            model = reach > universe ? null : model + reach - (model * reach / universe);
        }

        long upper = Math.Max(largest, Math.Min(gross, limit));

        // The model lies within the bounds by its formula; the last bit of a double may not.
        return new(gross, largest, reaches.Length > 0 && model is { } value ? Math.Clamp(value, largest, upper) : null, upper);
    }

    /// <summary>Gross, bounds and model, in the invariant culture.</summary>
    /// <returns>For example <c>net [9000 … 9454 (independence) … 9495], gross 9495</c>.</returns>
    public override string ToString()
    {
        string model = Independence is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:0} (independence) … ") : "";
        return string.Create(CultureInfo.InvariantCulture, $"net [{Lower} … {model}{Upper}], gross {Gross}");
    }
}
