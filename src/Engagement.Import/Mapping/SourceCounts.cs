using System.Globalization;
using Engagement.Core;

namespace Engagement.Import;

/// <summary>Counts and other numbers as sources write them.</summary>
internal static class SourceCounts
{
    // A decimal holds 28 digits; what is longer is no count of anything.
    private const int MostDigits = 28;

    /// <summary>The fields of <c>a + b</c>.</summary>
    public static string[] Parts(string fields) => fields.Split('+', StringSplitOptions.TrimEntries);

    /// <summary>A number in a source's own writing, with what is known of it.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="writing">How the source writes, and whether the headers are German.</param>
    /// <param name="value">The number; 0 when there is none.</param>
    /// <param name="state">Observed; rounded (<c>1.2K</c>); missing; not applicable.</param>
    /// <param name="unit">What one unit of the last digit stands for: 100 for <c>1.2K</c>, else 1.</param>
    public static Fault? Read(string text, (NumberMapping Numbers, bool IsGerman) writing, out decimal value, out CountState state, out long unit)
    {
        (value, state, unit) = (0, CountState.Missing, 1);
        text = text.Trim().Trim('\u00A0', '\u202F');
        if (text.Length == 0 || writing.Numbers.Missing.Contains(text, StringComparer.OrdinalIgnoreCase)) return null;
        state = CountState.NotApplicable;
        if (text is "-" or "–" or "—" or "--" || writing.Numbers.NotApplicable.Contains(text, StringComparer.OrdinalIgnoreCase)) return null;
        state = CountState.Observed;
        char mark = (writing.IsGerman ? writing.Numbers.GermanDecimal : writing.Numbers.Decimal)[0];
        long scale = Scale(ref text);
        if (!TryDecimal(text, mark, writing.IsGerman, out value, out int decimals)) return NotANumber(mark);
        if (scale == 1) return null;
        state = CountState.Rounded;
        try
        {
            value *= scale;
            for (unit = scale; decimals > 0 && unit > 1; decimals--) unit /= 10;
        }
        catch (OverflowException)
        {
            return NotANumber(mark);
        }

        return null;
    }

    /// <summary>A whole number of things; a negative one is left to the caller as a correction.</summary>
    public static Fault? Read(string text, (NumberMapping Numbers, bool IsGerman) writing, out Count count, out decimal? negative)
    {
        count = Count.Missing;
        negative = null;
        if (Read(text, writing, out decimal value, out CountState state, out long unit) is { } fault) return fault;
        if (state is CountState.NotApplicable) count = Count.NotApplicable;
        if (state is CountState.Missing or CountState.NotApplicable) return null;
        if (NotWhole(text, writing, value) is { } part) return part;
        if (value < 0) negative = value;
        else if (value > long.MaxValue) return new Fault(ImportCodes.NotACount, string.Create(CultureInfo.InvariantCulture, $"must be at most {long.MaxValue}"), "correct it at its source");
        else if (state is CountState.Rounded) count = Count.Rounded((long)value, Math.Max(0, (long)value - (unit / 2)), (long)value + Math.Max(0, (unit / 2) - 1));
        else count = Count.Observed((long)value);
        return null;
    }

    /// <summary>What keeps a number from being one of whole things: a fraction, or three noughts behind the mark of decimals: 12.000 under English headers may as well be twelve thousand.</summary>
    public static Fault? NotWhole(string text, (NumberMapping Numbers, bool IsGerman) writing, decimal value)
    {
        return MaybeThousands(text, writing, value) ?? (value != decimal.Truncate(value) ? new Fault(ImportCodes.NotACount, "must be a whole number", "correct it at its source, or the way of writing numbers in the mapping") : null);
    }

    /// <summary>What is open where three digits stand behind the mark of decimals, as they would behind that of thousands.</summary>
    public static Fault? MaybeThousands(string text, (NumberMapping Numbers, bool IsGerman) writing, decimal value)
    {
        string digits = text.Trim().Trim('\u00A0', '\u202F').TrimStart('-', '−', '+');
        char mark = (writing.IsGerman ? writing.Numbers.GermanDecimal : writing.Numbers.Decimal)[0];
        return !writing.Numbers.IsTyped && digits is { Length: > 4 and < 8 } && digits[0] != '0' && digits[^4] == mark
            ? new Fault(ImportCodes.NotACount, string.Create(CultureInfo.InvariantCulture, $"may be {value} or {value * 1_000}: the headers say that '{mark}' stands before decimals"), "write it without it, or with four decimals, or correct the way of writing numbers in the mapping")
            : null;
    }

    /// <summary>Thousands and millions as platforms abbreviate them: a rounded number.</summary>
    private static long Scale(ref string text)
    {
        foreach ((string suffix, long scale) in new[] { ("Tsd.", 1_000L), ("Mio.", 1_000_000L), ("Mrd.", 1_000_000_000L), ("K", 1_000L), ("M", 1_000_000L), ("B", 1_000_000_000L) })
        {
            if (!text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) || text.Length == suffix.Length) continue;
            text = text[..^suffix.Length].TrimEnd(' ', '\u00A0', '\u202F');
            return scale;
        }

        return 1;
    }

    private static bool TryDecimal(string text, char mark, bool isGerman, out decimal value, out int decimals)
    {
        (value, decimals) = (0, 0);
        bool isNegative = text is ['-' or '−', ..];
        ReadOnlySpan<char> rest = isNegative || text is ['+', ..] ? text.AsSpan(1) : text;
        if (rest.Length is 0 or > 64 || !char.IsAsciiDigit(rest[0])) return false;
        char group = mark == ',' ? '.' : ',';
        int at = rest.IndexOf(mark);

        // 18.0 under a comma: whole numbers that a machine wrote with a decimal point. 1.234 there is a thousand.
        if (at < 0 && mark == ',' && rest.IndexOf('.') is > 0 and int point && rest[(point + 1)..].Length != 3 && rest[(point + 1)..].IndexOf('.') < 0) at = point;
        // 120,5 under a German header where the source itself writes a point: a sheet has written it anew. 1,234 there is as the source would have it.
        if (at < 0 && mark == '.' && isGerman && rest.IndexOf(',') is > 0 and int comma && rest[(comma + 1)..].Length != 3 && rest[(comma + 1)..].IndexOf(',') < 0) at = comma;
        ReadOnlySpan<char> whole = at < 0 ? rest : rest[..at];
        ReadOnlySpan<char> fraction = at < 0 ? [] : rest[(at + 1)..];
        if (at >= 0 && (fraction.IsEmpty || fraction.ContainsAnyExceptInRange('0', '9'))) return false;

        Span<char> digits = stackalloc char[64];
        int count = 0;
        int sinceGroup = -1;
        foreach (char letter in whole)
        {
            if (char.IsAsciiDigit(letter))
            {
                digits[count++] = letter;
                if (sinceGroup >= 0 && ++sinceGroup > 3) return false;
            }
            else if (letter == group || letter is '\'' or '’' or ' ' or '\u00A0' or '\u202F')
            {
                // Groups are of three, the first of one to three.
                if (sinceGroup is not (-1 or 3) || (sinceGroup < 0 && count > 3)) return false;
                sinceGroup = 0;
            }
            else
            {
                return false;
            }
        }

        if (sinceGroup is not (-1 or 3)) return false;
        decimals = fraction.Length;
        fraction = fraction.TrimEnd('0');
        if (count + fraction.Length > MostDigits) return false;
        string plain = fraction.IsEmpty ? digits[..count].ToString() : string.Concat(digits[..count], ".", fraction);
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)) return false;
        if (isNegative) value = -value;
        return true;
    }

    private static Fault NotANumber(char mark) => new(ImportCodes.NotACount, $"must be a number with '{mark}' before decimals", "correct it at its source, or the way of writing numbers in the mapping");
}
