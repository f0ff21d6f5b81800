using System.Globalization;
using NodaTime;

namespace Engagement.Import;

/// <summary>Hours and amounts of money as they stand in a file: digits, and a decimal point if need be.</summary>
internal static class Numbers
{
    // Far beyond any portfolio, and well within the range of a Duration.
    private const int MostHours = 100_000_000;
    private const decimal NanosecondsPerHour = 3_600_000_000_000m;
    // What a decimal holds without rounding.
    private const int MostDigits = 28;

    private static readonly Fault NotANumber = new(Codes.NotANumber, "must be a number in digits, with a point before decimals", "write 1200.50 instead of 1.200,50");
    private static readonly Fault Negative = new(Codes.NegativeNumber, "must not be negative", "write what was spent");
    private static readonly Fault TooManyDigits = new(Codes.NumberTooLarge, string.Create(CultureInfo.InvariantCulture, $"must have at most {MostDigits} digits"), "correct the number");
    private static readonly Fault TooManyHours = new(Codes.NumberTooLarge, string.Create(CultureInfo.InvariantCulture, $"must be at most {MostHours} hours"), "correct the number");

    public static Fault? Hours(string text, out Duration time)
    {
        time = Duration.Zero;
        if (Amount(text, out decimal hours) is { } fault) return fault;
        if (hours > MostHours) return TooManyHours;
        int whole = (int)hours;
        time = Duration.FromHours(whole) + Duration.FromNanoseconds((long)decimal.Round((hours - whole) * NanosecondsPerHour));
        return null;
    }

    public static Fault? Amount(string text, out decimal amount)
    {
        amount = 0;
        if (text.StartsWith('-') || text.StartsWith('−')) return Negative;
        if (!text.All(letter => char.IsAsciiDigit(letter) || letter == '.')) return NotANumber;
        if (text.Count(char.IsAsciiDigit) > MostDigits) return TooManyDigits;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount) ? null : NotANumber;
    }
}
