using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engagement.Import.Columnar;

/// <summary>Times by ISO 8601 straight from the bytes of a file: a hundred million of them would be as many texts.</summary>
internal static class Utf8Times
{
    private const int DateLength = 10;
    private const long MillisecondsOfDay = 86_400_000;
    private const int MostOffsetMinutes = 18 * 60;
    private const int MostFraction = 9;
    private const int DaysToEpoch = 719_162;

    /// <summary>Reads <c>2014-11-20</c>, <c>2014-11-20T09:00</c> or <c>2014-11-20 09:00:30.5+01:00</c>; what is finer than milliseconds is floored.</summary>
    /// <param name="text">The text.</param>
    /// <param name="milliseconds">The moment in milliseconds since 1970; without an offset, the time on the clock as if it were UTC.</param>
    /// <param name="isLocal">Whether it bears no offset.</param>
    /// <returns>Whether it is such a time, of the calendar and in the years 0001 to 9998.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out long milliseconds, out bool isLocal)
    {
        Day day = default;
        return TryRead(text, ref day, out milliseconds, out isLocal);
    }

    /// <summary>The same, with the day that was read last: most rows of a log are of the day of the row before.</summary>
    // Optimised from the first row on: a large file would be read for seconds before that, at twice to three times the price.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ReadOnlySpan<byte> text, ref Day day, out long milliseconds, out bool isLocal)
    {
        (milliseconds, isLocal) = (0, true);
        if (text.Length < DateLength) return false;
        ulong first = MemoryMarshal.Read<ulong>(text);
        ushort last = MemoryMarshal.Read<ushort>(text[sizeof(ulong)..]);
        if (first == day.First && last == day.Last && first != 0)
        {
            milliseconds = day.Milliseconds;
        }
        else
        {
            if (!TryReadDay(text, out milliseconds)) return false;
            day = new Day(first, last, milliseconds);
        }

        return text.Length == DateLength || TryReadTime(text[DateLength..], ref milliseconds, out isLocal);
    }

    private static bool TryReadDay(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text[4] != (byte)'-' || text[7] != (byte)'-') return false;
        int century = Two(text, 0);
        int yearOfCentury = Two(text, 2);
        int month = Two(text, 5);
        int day = Two(text, 8);
        if ((century | yearOfCentury | month | day) < 0) return false;
        int year = (century * 100) + yearOfCentury;
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        milliseconds = (Days(year, month) + day - 1 - DaysToEpoch) * MillisecondsOfDay;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadTime(ReadOnlySpan<byte> text, ref long milliseconds, out bool isLocal)
    {
        isLocal = true;
        if (text.Length < 6 || text[0] is not ((byte)'T' or (byte)' ') || text[3] != (byte)':') return false;
        int hour = Two(text, 1);
        int minute = Two(text, 4);
        if (hour is < 0 or > 23 || minute is < 0 or > 59) return false;
        milliseconds += ((hour * 60L) + minute) * 60_000;
        text = text[6..];
        if (text.Length > 0 && text[0] == (byte)':')
        {
            if (text.Length < 3 || Two(text, 1) is not (>= 0 and <= 59 and int second)) return false;
            milliseconds += second * 1_000L;
            text = text[3..];
            if (text.Length > 0 && text[0] is (byte)'.' && !TryReadFraction(ref text, ref milliseconds)) return false;
        }

        if (text.IsEmpty) return true;
        isLocal = false;
        if (text is [(byte)'Z']) return true;
        if (text.Length < 3 || text[0] is not ((byte)'+' or (byte)'-')) return false;
        int hours = Two(text, 1);
        int minutes = text.Length switch { 3 => 0, 5 => Two(text, 3), 6 when text[3] == (byte)':' => Two(text, 4), _ => -1 };
        if (hours < 0 || minutes is < 0 or > 59 || (hours * 60) + minutes > MostOffsetMinutes) return false;
        long offset = ((hours * 60L) + minutes) * 60_000;
        milliseconds -= text[0] == (byte)'-' ? -offset : offset;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadFraction(ref ReadOnlySpan<byte> text, ref long milliseconds)
    {
        int length = 1;
        int scale = 100;
        while (length < text.Length && text[length] is >= (byte)'0' and <= (byte)'9')
        {
            milliseconds += (text[length++] - '0') * scale;
            scale /= 10;
        }

        text = text[length..];
        return length - 1 is >= 1 and <= MostFraction;
    }

    /// <summary>Two digits; negative where they are none.</summary>
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return (uint)tens <= 9 && (uint)ones <= 9 ? (tens * 10) + ones : -1;
    }

    /// <summary>The days before a month, counted from the first of January of year 1.</summary>
    private static long Days(int year, int month)
    {
        // March comes first, so that the leap day is the last of its year.
        (int y, int m) = month > 2 ? (year, month - 3) : (year - 1, month + 9);
        return (365L * y) + (y / 4) - (y / 100) + (y / 400) + (((153 * m) + 2) / 5) - 306;
    }

    /// <summary>A day as it was written, and its start in milliseconds since 1970; the default is none.</summary>
    internal readonly record struct Day(ulong First, ushort Last, long Milliseconds);
}
