using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Engagement.Import.Columnar;

/// <summary>Times by ISO 8601 straight from the bytes of a file: a hundred million of them would be as many texts.</summary>
internal static class Utf8Times
{
    private const int DateLength = 10;
    private const long MillisecondsOfDay = 86_400_000;
    private const int MostOffsetMinutes = 18 * 60;
    private const int MostFraction = 9;
    private const int DaysToEpoch = 719_162;
    private const int MinuteLength = 16;
    private const ulong EndOfDay = 0xFFFF;

    // ":00.000Z", and what lies behind the seconds of ":00Z", as numbers whose first byte is the lowest.
    private const ulong NoSeconds = 0x5A30_3030_2E30_303A;
    private const ulong NoFraction = NoSeconds & ~SecondsOnly;
    private const ulong SecondsOnly = 0xFF_FFFF;

    /// <summary>Reads <c>2014-11-20</c>, <c>2014-11-20T09:00</c> or <c>2014-11-20 09:00:30.5+01:00</c>; what is finer than milliseconds is floored.</summary>
    /// <param name="text">The text.</param>
    /// <param name="milliseconds">The moment in milliseconds since 1970; without an offset, the time on the clock as if it were UTC.</param>
    /// <param name="isLocal">Whether it bears no offset.</param>
    /// <returns>Whether it is such a time, of the calendar and in the years 0001 to 9998.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out long milliseconds, out bool isLocal)
    {
        Minute minute = default;
        return TryRead(text, ref minute, out milliseconds, out isLocal);
    }

    /// <summary>The same, with the minute that was read last: most rows of a log are of the minute of the row before, or of its day.</summary>
    // Optimised from the first row on: a large file would be read for seconds before that, at twice to three times the price.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ReadOnlySpan<byte> text, ref Minute minute, out long milliseconds, out bool isLocal)
    {
        (milliseconds, isLocal) = (0, true);
        if (text.Length < MinuteLength) return text.Length == DateLength && TryReadDay(text, out milliseconds);
        ulong first = BinaryPrimitives.ReadUInt64LittleEndian(text);
        ulong last = BinaryPrimitives.ReadUInt64LittleEndian(text[sizeof(ulong)..]);
        if (first == minute.First && last == minute.Last && first != 0)
        {
            milliseconds = minute.Milliseconds;
        }
        else
        {
            if (first == minute.First && ((last ^ minute.Last) & EndOfDay) == 0 && first != 0) milliseconds = minute.DayMilliseconds;
            else if (!TryReadDay(text, out milliseconds)) return false;
            long day = milliseconds;
            if (!TryReadMinute(text[DateLength..], ref milliseconds)) return false;
            minute = new Minute(first, last, day, milliseconds);
        }

        return TryReadRest(text[MinuteLength..], ref milliseconds, out isLocal);
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

    private static bool TryReadMinute(ReadOnlySpan<byte> text, ref long milliseconds)
    {
        if (text[0] is not ((byte)'T' or (byte)' ') || text[3] != (byte)':') return false;
        int hour = Two(text, 1);
        int minute = Two(text, 4);
        if (hour is < 0 or > 23 || minute is < 0 or > 59) return false;
        milliseconds += ((hour * 60L) + minute) * 60_000;
        return true;
    }

    /// <summary>Reads <c>:30.250Z</c> or <c>:30Z</c> at once, which is how programs write them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadPlain(ReadOnlySpan<byte> text, ref long milliseconds)
    {
        ulong bytes;
        if (text.Length == 8) bytes = BinaryPrimitives.ReadUInt64LittleEndian(text);
        else if (text.Length == 4 && text[3] == (byte)'Z') bytes = (BinaryPrimitives.ReadUInt32LittleEndian(text) & SecondsOnly) | NoFraction;
        else return false;

        // What is left are the digits, and 0 for the signs between them. Added to these numbers, a digit above 9 and a sign that is another one reach the highest bit of their byte.
        ulong digits = bytes ^ NoSeconds;
        if (((unchecked(digits + 0x7F76_7676_7F76_767F) | digits) & 0x8080_8080_8080_8080) != 0) return false;
        int second = (10 * (int)((digits >> 8) & 0xF)) + (int)((digits >> 16) & 0xF);
        if (second > 59) return false;
        milliseconds += (second * 1_000) + (100 * (int)((digits >> 32) & 0xF)) + (10 * (int)((digits >> 40) & 0xF)) + (int)((digits >> 48) & 0xF);
        return true;
    }

    /// <summary>What may follow the minute: seconds, a fraction, an offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadRest(ReadOnlySpan<byte> text, ref long milliseconds, out bool isLocal)
    {
        isLocal = false;
        if (TryReadPlain(text, ref milliseconds)) return true;
        isLocal = true;
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return tens is >= 0 and <= 9 && ones is >= 0 and <= 9 ? (tens * 10) + ones : -1;
    }

    /// <summary>The days before a month, counted from the first of January of year 1.</summary>
    private static long Days(int year, int month)
    {
        // March comes first, so that the leap day is the last of its year.
        (int y, int m) = month > 2 ? (year, month - 3) : (year - 1, month + 9);
        return (365L * y) + (y / 4) - (y / 100) + (y / 400) + (((153 * m) + 2) / 5) - 306;
    }

    /// <summary>A minute as it was written, and the starts of its day and of itself in milliseconds since 1970; the default is none.</summary>
    internal readonly record struct Minute(ulong First, ulong Last, long DayMilliseconds, long Milliseconds);
}
