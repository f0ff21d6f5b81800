using System.Globalization;
using System.Text.RegularExpressions;
using Engagement.Core;

namespace Engagement.Import;

/// <summary>Counts in the text form of <see cref="Count"/>, and what is wrong with a text that is none.</summary>
internal static partial class Counts
{
    private const int LongestNumber = 64;

    private static readonly Fault NotACount = new(Codes.NotACount, "must be a count", "write digits (133), ~9000, ~9000[8500..9499], >=500, missing, withheld, n/a or nothing");
    private static readonly Fault Negative = new(Codes.NegativeCount, "must not be negative", "write 0 for none, and leave empty what is not known");
    private static readonly Fault Separators = new(Codes.CountWithSeparators, "must be written in digits without separators", "write 9000 instead of 9.000, 9,000 or 9 000");
    private static readonly Fault DecimalComma = new(Codes.CountWithFraction, "must be a whole number, without a decimal comma", "write the number counted, or ~ before a rounded one");
    private static readonly Fault DecimalPoint = new(Codes.CountWithFraction, "must be a whole number, without a decimal point", "write the number counted, or ~ before a rounded one");
    private static readonly Fault TooLarge = new(Codes.CountTooLarge, string.Create(CultureInfo.InvariantCulture, $"must be at most {long.MaxValue}, in digits"), "correct it, and write all its digits");
    private static readonly Fault Bounds = new(Codes.InvalidBounds, "must have bounds that enclose the number", "write ~9000[8500..9499]: the lower bound, two points, the upper bound");

    public static Fault? Read(string text, out Count count) => Count.TryParse(text, out count) ? null : Diagnose(text);

    private static Fault Diagnose(string text)
    {
        if (text.Length > LongestNumber) return text.AsSpan().ContainsAnyExceptInRange('0', '9') ? NotACount : TooLarge;
        string number = text.StartsWith('~') ? text[1..] : text.StartsWith(">=", StringComparison.Ordinal) ? text[2..] : text;
        return text.StartsWith('~') && text.Contains('[', StringComparison.Ordinal) ? Bounds
            : NegativePattern().IsMatch(number) ? Negative
            : DigitsPattern().IsMatch(number) ? TooLarge
            : SeparatorPattern().IsMatch(number) ? Separators
            : CommaPattern().IsMatch(number) ? DecimalComma
            : PointPattern().IsMatch(number) ? DecimalPoint
            : NotACount;
    }

    [GeneratedRegex(@"\A[-−][0-9]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex NegativePattern();

    [GeneratedRegex(@"\A[0-9]+(([.][0-9]+)?[eE][+]?[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex DigitsPattern();

    [GeneratedRegex(@"\A[0-9]{1,3}([.,'’ \u00A0\u202F][0-9]{3})+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex SeparatorPattern();

    [GeneratedRegex(@"\A[0-9.]*,[0-9]+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex CommaPattern();

    [GeneratedRegex(@"\A[0-9,]*[.][0-9]+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PointPattern();
}
