using System.Globalization;

namespace Engagement.Core;

/// <summary>A whole number of things and what is known about it: counted, rounded with bounds, at least so many, missing, withheld or not applicable.</summary>
/// <remarks>
/// <para>Equality is by value and state; no order (bounds may overlap). Distinct persons, which do not add up, are a <see cref="MeasuredReach"/>; means are a <see cref="Quantity"/>.</para>
/// <para>Range: 0 to 2⁶³ − 1. Sums are checked and carry the state: exact + missing = at least, rounded + exact = rounded with shifted bounds.</para>
/// <para><c>default</c> is <see cref="Missing"/>. Missing is never read as 0.</para>
/// <example><c>Count.Rounded(9_000) + Count.Observed(133)</c> is 9,133 within 8,633…9,632.</example>
/// </remarks>
public readonly record struct Count
{
    /// <summary>How a column of whole numbers says that a count is missing. Every other negative number in a column is an error.</summary>
    public const long MissingInColumn = long.MinValue;

    private readonly long _value;
    private readonly long _lower;
    private readonly long _upper;

    private Count(CountState state, long value, long lower, long upper) => (State, _value, _lower, _upper) = (state, value, lower, upper);

    /// <summary>Not known; the <c>default</c>.</summary>
    public static Count Missing => default;

    /// <summary>Known to its source, which does not tell.</summary>
    public static Count Withheld => new(CountState.Withheld, 0, 0, 0);

    /// <summary>There is no such number. It adds nothing: the neutral element of the sum.</summary>
    public static Count NotApplicable => new(CountState.NotApplicable, 0, 0, 0);

    /// <summary>What is known.</summary>
    public CountState State { get; }

    /// <summary>The number as stated: exact, rounded, or the least possible; null when there is none.</summary>
    public long? Value => HasValue ? _value : null;

    /// <summary>The least that it can be; null when there is no number.</summary>
    public long? Lower => HasValue ? _lower : null;

    /// <summary>The most that it can be; null when there is no number, or no upper bound (<see cref="CountState.Partial"/>).</summary>
    public long? Upper => State is CountState.Observed or CountState.Rounded ? _upper : null;

    /// <summary>Whether there is a number at all.</summary>
    public bool HasValue => State is CountState.Observed or CountState.Rounded or CountState.Partial;

    /// <summary>A number that was counted.</summary>
    /// <param name="value">How many; not negative.</param>
    /// <returns>Exactly <paramref name="value"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public static Count Observed(long value)
    {
        Guard.NotNegative(value);
        return new(CountState.Observed, value, value, value);
    }

    /// <summary>A number rounded at its last digit that is not 0: "rund 9.000" lies within 8,500…9,499, "rund 110.000" within 105,000…114,999.</summary>
    /// <param name="value">The number as stated; not negative.</param>
    /// <returns>The value with bounds of half a unit of that digit to either side (rounding half up); the upper one stops at 2⁶³ − 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public static Count Rounded(long value)
    {
        Guard.NotNegative(value);
        long unit = 1;
        while (value > 0 && unit <= value / 10 && value % (unit * 10) == 0) unit *= 10;
        long half = unit / 2;
        return new(CountState.Rounded, value, value - half, half == 0 ? value : value + Math.Min(half - 1, long.MaxValue - value));
    }

    /// <summary>A rounded number with bounds of the caller: "gut 110.000" is 110,000 within 110,000…114,999.</summary>
    /// <param name="value">The number as stated.</param>
    /// <param name="lower">The least that it can be; not negative, not above <paramref name="value"/>.</param>
    /// <param name="upper">The most that it can be; not below <paramref name="value"/>.</param>
    /// <returns>The value with the bounds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bounds are negative or do not enclose the value.</exception>
    public static Count Rounded(long value, long lower, long upper)
    {
        Guard.NotNegative(lower);
        if (value < lower) throw Guard.OutOfRange(nameof(value), value, string.Create(CultureInfo.InvariantCulture, $"must not lie below its lower bound {lower}"), "pass bounds that enclose the value");
        if (upper < value) throw Guard.OutOfRange(nameof(upper), upper, string.Create(CultureInfo.InvariantCulture, $"must not lie below the value {value}"), "pass bounds that enclose the value");
        return new(CountState.Rounded, value, lower, upper);
    }

    /// <summary>A number of which only a part is known.</summary>
    /// <param name="atLeast">The part that is known; not negative.</param>
    /// <returns>At least <paramref name="atLeast"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public static Count Partial(long atLeast)
    {
        Guard.NotNegative(atLeast);
        return new(CountState.Partial, atLeast, atLeast, long.MaxValue);
    }

    /// <summary>The sum; the state says what is known about it.</summary>
    /// <param name="left">One part.</param>
    /// <param name="right">The other part.</param>
    /// <returns>See <see cref="op_Addition"/>.</returns>
    /// <exception cref="OverflowException">The sum exceeds 2⁶³ − 1.</exception>
    public static Count Add(Count left, Count right) => left + right;

    /// <summary>The sum; the state says what is known about it.</summary>
    /// <returns>
    /// Exact + exact = exact; with a rounded part rounded, bounds added; with a missing, withheld or partial part at least the known lower bounds;
    /// missing + withheld = missing; not applicable adds nothing.
    /// </returns>
    /// <exception cref="OverflowException">The sum exceeds 2⁶³ − 1.</exception>
    public static Count operator +(Count left, Count right)
    {
        if (left.State is CountState.NotApplicable) return right;
        if (right.State is CountState.NotApplicable) return left;
        if (left.State is CountState.Observed && right.State is CountState.Observed)
        {
            long sum = Sum(left._value, right._value);
            return new(CountState.Observed, sum, sum, sum);
        }

        if (left.HasValue && right.HasValue && left.State is not CountState.Partial && right.State is not CountState.Partial)
        {
            return new(CountState.Rounded, Sum(left._value, right._value), Sum(left._lower, right._lower), Sum(left._upper, right._upper));
        }

        if (left.HasValue || right.HasValue) return Partial(Sum(left.Lower ?? 0, right.Lower ?? 0));
        return left.State == right.State ? left : Missing;

        long Sum(long one, long other)
        {
            long sum = unchecked(one + other);
            return sum >= 0 ? sum : throw new OverflowException(FormattableString.Invariant($"counts ({left} and {right}) add up to more than {long.MaxValue}, the largest count: correct them, or add up fewer."));
        }
    }

    /// <summary>The sum of many; of none it is <see cref="NotApplicable"/>, never 0.</summary>
    /// <param name="counts">The parts.</param>
    /// <returns>The parts added up by <c>+</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="counts"/> is null.</exception>
    /// <exception cref="OverflowException">The sum exceeds 2⁶³ − 1.</exception>
    public static Count Sum(IEnumerable<Count> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        Count sum = NotApplicable;
        foreach (Count count in counts) sum += count;
        return sum;
    }

    /// <summary>Reads the text form that <see cref="ToString"/> writes; the empty text is <see cref="Missing"/>.</summary>
    /// <param name="text">
    /// <c>133</c> observed · <c>~9000</c> rounded at its last digit that is not 0 · <c>~110000[110000..114999]</c> rounded with bounds · <c>&gt;=500</c> at least ·
    /// empty or <c>missing</c> · <c>withheld</c> · <c>n/a</c>. Digits only: no sign, no separator, no fraction.
    /// </param>
    /// <param name="count">The count, when the text is one.</param>
    /// <returns>Whether the text is a count.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Count count)
    {
        count = Missing;
        switch (text)
        {
            case "" or "missing": return true;
            case "withheld": count = Withheld; return true;
            case "n/a": count = NotApplicable; return true;
        }

        if (text.StartsWith(">=")) return TryWhole(text[2..], out long least) && Set(Partial(least), out count);
        if (text[0] != '~') return TryWhole(text, out long exact) && Set(Observed(exact), out count);

        int open = text.IndexOf('[');
        if (open < 0) return TryWhole(text[1..], out long rounded) && Set(Rounded(rounded), out count);

        int dots = text.IndexOf("..");
        return dots > open && text[^1] == ']'
            && TryWhole(text[1..open], out long value) && TryWhole(text[(open + 1)..dots], out long lower) && TryWhole(text[(dots + 2)..^1], out long upper)
            && lower <= value && value <= upper
            && Set(Rounded(value, lower, upper), out count);
    }

    /// <summary>The text form, in the invariant culture; <see cref="TryParse"/> reads it back.</summary>
    /// <returns>For example <c>133</c>, <c>~9000[8500..9499]</c>, <c>&gt;=500</c>, <c>missing</c>, <c>withheld</c> or <c>n/a</c>.</returns>
    public override string ToString() => State switch
    {
        CountState.Observed => _value.ToString(CultureInfo.InvariantCulture),
        CountState.Rounded => string.Create(CultureInfo.InvariantCulture, $"~{_value}[{_lower}..{_upper}]"),
        CountState.Partial => string.Create(CultureInfo.InvariantCulture, $">={_value}"),
        CountState.Withheld => "withheld",
        CountState.NotApplicable => "n/a",
        _ => "missing",
    };

    private static bool TryWhole(ReadOnlySpan<char> digits, out long value)
    {
        // long.TryParse takes "133\0" for 133.
        value = 0;
        return !digits.ContainsAnyExceptInRange('0', '9') && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static bool Set(Count value, out Count count)
    {
        count = value;
        return true;
    }
}
