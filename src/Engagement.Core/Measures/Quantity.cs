using System.Globalization;

namespace Engagement.Core;

/// <summary>A number that may be a fraction (a mean audience, weighted interactions) and what is known about it.</summary>
/// <remarks>
/// <para>Equality is by value and state; no order. Whole numbers of things are a <see cref="Count"/>, which becomes a quantity when it enters a figure.</para>
/// <para>All numbers are finite and not negative. <c>default</c> is missing.</para>
/// <example><c>Quantity.From(Count.Rounded(9_000)).Upper</c> is 9,499.</example>
/// </remarks>
public readonly record struct Quantity
{
    private readonly double _value;
    private readonly double _lower;
    private readonly double _upper;

    private Quantity(CountState state, double value, double lower, double upper) => (State, _value, _lower, _upper) = (state, value, lower, upper);

    /// <summary>What is known.</summary>
    public CountState State { get; }

    /// <summary>Whether there is a number at all.</summary>
    public bool HasValue => State is CountState.Observed or CountState.Rounded or CountState.Partial;

    /// <summary>The number: exact, rounded, or the least possible; null when there is none.</summary>
    public double? Value => HasValue ? _value : null;

    /// <summary>The least that it can be; null when there is no number.</summary>
    public double? Lower => HasValue ? _lower : null;

    /// <summary>The most that it can be; null when there is no number or no upper bound.</summary>
    public double? Upper => State is CountState.Observed or CountState.Rounded ? _upper : null;

    /// <summary>The same number, ready to be divided.</summary>
    /// <param name="count">A whole number with its state.</param>
    /// <returns>The quantity with the state and the bounds of <paramref name="count"/>.</returns>
    public static Quantity From(Count count) =>
        new(count.State, count.Value ?? 0, count.Lower ?? 0, count.Upper ?? 0);

    /// <summary>An exact number.</summary>
    internal static Quantity Exact(double value) => new(CountState.Observed, value, value, value);

    internal static Quantity Sum(Quantity left, Quantity right)
    {
        if (left.State is CountState.NotApplicable) return right;
        if (right.State is CountState.NotApplicable) return left;
        if (!left.HasValue && !right.HasValue) return left.State == right.State ? left : default;
        if (left.Upper is null || right.Upper is null) return new(CountState.Partial, left._lower + right._lower, left._lower + right._lower, 0);
        CountState state = left.State is CountState.Observed && right.State is CountState.Observed ? CountState.Observed : CountState.Rounded;
        return new(state, left._value + right._value, left._lower + right._lower, left._upper + right._upper);
    }

    /// <summary>The quantity times a factor that is finite and not negative.</summary>
    internal Quantity Times(double factor) => new(State, _value * factor, _lower * factor, _upper * factor);

    /// <summary>The product: at least so much where a part is open, missing where one is missing.</summary>
    internal static Quantity Product(Quantity left, Quantity right)
    {
        if (!left.HasValue || !right.HasValue) return default;
        if (left.Upper is not { } most || right.Upper is not { } widest) return new(CountState.Partial, left._lower * right._lower, left._lower * right._lower, 0);
        CountState state = left.State is CountState.Observed && right.State is CountState.Observed ? CountState.Observed : CountState.Rounded;
        return new(state, left._value * right._value, left._lower * right._lower, most * widest);
    }

    /// <summary>The whole counts that a common weight was applied to: 0.3 times 7 is not 2.1 to the last bit.</summary>
    internal Quantity Unweighted(double weight)
    {
        double Whole(double value) => Math.Abs((value / weight) - Math.Round(value / weight)) < 1e-6 ? Math.Round(value / weight) : value / weight;
        return new(State, Whole(_value), Whole(_lower), Whole(_upper));
    }

    /// <summary>
    /// The quotient by interval arithmetic: at least so much where the dividend is open or the divisor may be 0, between 0 and the stated value where the divisor is open;
    /// missing where both are open, a part is missing or the divisor is 0.
    /// </summary>
    internal static Quantity Quotient(Quantity numerator, Quantity denominator)
    {
        if (!numerator.HasValue || denominator.Value is not > 0) return default;
        double value = numerator._value / denominator._value;
        if (numerator.State is CountState.Observed && denominator.State is CountState.Observed) return Exact(value);
        if (denominator.Upper is not { } widest) return numerator.Upper is { } top ? new(CountState.Rounded, value, 0, top / denominator._lower) : default;
        double least = numerator._lower / widest;
        return numerator.Upper is { } most && denominator._lower > 0
            ? new(CountState.Rounded, value, least, most / denominator._lower)
            : new(CountState.Partial, least, least, 0);
    }

    /// <summary>A statistic of many quantities that grows with each of them (sum, median): taken of the values, of the lower and of the upper ends; at least so much where a part is missing or open, missing where all are missing.</summary>
    internal static Quantity Statistic(Quantity[] parts, Func<double[], double> statistic)
    {
        if (!parts.Any(part => part.HasValue)) return default;
        if (parts.Any(part => part.Upper is null))
        {
            double least = statistic([.. parts.Select(part => part._lower)]);
            return new(CountState.Partial, least, least, 0);
        }

        double value = statistic([.. parts.Select(part => part._value)]);
        return parts.All(part => part.State is CountState.Observed)
            ? Exact(value)
            : new(CountState.Rounded, value, statistic([.. parts.Select(part => part._lower)]), statistic([.. parts.Select(part => part._upper)]));
    }

    /// <summary>The number with its state, in the invariant culture.</summary>
    /// <returns>For example <c>133</c>, <c>~9000[8500..9499]</c>, <c>&gt;=500</c> or <c>missing</c>.</returns>
    public override string ToString() => State switch
    {
        CountState.Observed => Text(_value),
        CountState.Rounded => $"~{Text(_value)}[{Text(_lower)}..{Text(_upper)}]",
        CountState.Partial => $">={Text(_value)}",
        CountState.Withheld => "withheld",
        CountState.NotApplicable => "n/a",
        _ => "missing",
    };

    /// <summary>A whole number to its last digit, others to six decimals.</summary>
    internal static string Text(double value) => value.ToString(value > long.MaxValue ? "R" : value == Math.Floor(value) ? "F0" : "0.######", CultureInfo.InvariantCulture);
}
