using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Engagement.Core;

/// <summary>The checks at the public door, each with parameter, actual value, rule and cure.</summary>
internal static class Guard
{
    public const int LongestId = 512;
    private const int LongestExcerpt = 60;

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 256).Select(code => (char)code).Where(char.IsControl)]);

    // The exception prints its actual value in the culture of the thread, so it is handed the text.
    public static ArgumentOutOfRangeException OutOfRange(string? parameter, object? value, string rule, string cure) =>
        new(parameter, Text(value), string.Create(CultureInfo.InvariantCulture, $"{parameter} ({Text(value)}) {rule}: {cure}."));

    public static void NotNegative(long value, [CallerArgumentExpression(nameof(value))] string? parameter = null)
    {
        if (value < 0) ThrowNegative(value, parameter);
    }

    public static void Finite(double value, [CallerArgumentExpression(nameof(value))] string? parameter = null)
    {
        if (!double.IsFinite(value)) throw OutOfRange(parameter, value, "must be a finite number", "leave out what has no value instead of passing NaN or infinity");
    }

    // Finiteness first: whether ThrowIfNegative(NaN) throws depends on the sign bit of that NaN.
    public static void FiniteNotNegative(double value, [CallerArgumentExpression(nameof(value))] string? parameter = null)
    {
        Finite(value, parameter);
        if (value < 0) ThrowNegative(value, parameter);
    }

    public static void FinitePositive(double value, [CallerArgumentExpression(nameof(value))] string? parameter = null)
    {
        Finite(value, parameter);
        if (value <= 0) throw OutOfRange(parameter, value, "must be positive", "leave out what has no extent");
    }

    public static void Confidence(double confidence, [CallerArgumentExpression(nameof(confidence))] string? parameter = null)
    {
        if (!(confidence > 0 && confidence < 1)) throw OutOfRange(parameter, confidence, "must lie between 0 and 1, both excluded", "pass 0.95 for 95 %");
    }

    public static void SameLength(int length, string name, int otherLength, string otherName)
    {
        if (length != otherLength)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} ({length} values) and {otherName} ({otherLength} values) must have the same length: pass one value of each per row."), otherName);
        }
    }

    /// <summary>The sum of two numbers that are not negative.</summary>
    /// <exception cref="OverflowException">It exceeds 2⁶³ − 1.</exception>
    public static long Sum(long left, long right, string name)
    {
        long sum = unchecked(left + right);
        if (sum < 0) ThrowOverflow(left, right, name);
        return sum;
    }

    public static string Identifier(string value, [CallerArgumentExpression(nameof(value))] string? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(value, parameter);
        return IdentifierRule(value) is not { } broken ? value : throw new ArgumentException($"{parameter} ({Excerpt(value)}) {broken}: pass the identifier alone.", parameter);
    }

    /// <summary>The rule of identifiers that a text breaks; null when it is an identifier.</summary>
    public static string? IdentifierRule(string value) =>
        value.Length is 0 or > LongestId ? string.Create(CultureInfo.InvariantCulture, $"must have 1 to {LongestId} characters, not {value.Length}")
        : char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]) ? "must not start or end with space"
        : value.AsSpan().ContainsAny(Controls) ? "must not hold a control character"
        : null;

    public static string NotBlank(string value, [CallerArgumentExpression(nameof(value))] string? parameter = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, parameter);
        return value;
    }

    public static T Known<T>(T value, [CallerArgumentExpression(nameof(value))] string? parameter = null)
        where T : struct, Enum =>
        Enum.IsDefined(value) && !EqualityComparer<T>.Default.Equals(value, default)
            ? value
            : throw OutOfRange(parameter, value, $"must be a known {typeof(T).Name}", $"pass one of {string.Join(", ", Enum.GetNames<T>().Skip(1))}");

    /// <summary>The value in quotes, shortened: an error must stay readable when a cell of a megabyte caused it.</summary>
    public static string Excerpt(string value)
    {
        string shown = value.Length <= LongestExcerpt ? value : string.Create(CultureInfo.InvariantCulture, $"{value.AsSpan(0, LongestExcerpt)}… ({value.Length} characters)");
        return $"\"{string.Concat(shown.Select(c => char.IsControl(c) ? '\uFFFD' : c))}\"";
    }

    public static string Text(object? value) => value switch
    {
        null => "null",
        string text => Excerpt(text),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static void ThrowOverflow(long left, long right, string name) => throw new OverflowException(FormattableString.Invariant($"{name} ({left} and {right}) add up to more than {long.MaxValue}, the largest count: correct them, or add up fewer."));

    private static void ThrowNegative<T>(T value, string? parameter) => throw OutOfRange(parameter, value, "must not be negative", "pass 0 for none, and leave out what is not known");
}
