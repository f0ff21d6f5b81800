using System.Globalization;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Import.Columnar;

/// <summary>The values of a column as text, as the rest of the import reads them: numbers with a point, times by ISO 8601, with Z where the column says that they are moments and without a zone where it does not.</summary>
internal static class CellText
{
    private const long NanosecondsOfDay = 86_400_000_000_000;

    private static readonly LocalDate Epoch = new(1970, 1, 1);
    private static readonly int FirstDay = Period.DaysBetween(Epoch, new LocalDate(1, 1, 1));
    private static readonly int LastDay = Period.DaysBetween(Epoch, new LocalDate(9998, 12, 31));

    private static readonly Fault NotFinite = new(ImportCodes.CellError, "must be a finite number", "correct it at its source");

    public static bool IsNumber(IArrowType type) => type is NumberType or Decimal32Type or Decimal64Type or Decimal128Type or Decimal256Type || (type is DictionaryType dictionary && IsNumber(dictionary.ValueType));

    public static string Of(IArrowArray array, int row, out Fault? fault)
    {
        fault = null;
        if (array.IsNull(row)) return "";
        switch (array)
        {
            case StringArray texts: return Encoding.UTF8.GetString(Utf8(texts, row));
            case LargeStringArray texts: return Encoding.UTF8.GetString(Utf8(texts, row));
            case DictionaryArray coded: return IndexOf(coded.Indices, row) is { } at && at < (ulong)coded.Dictionary.Length ? Of(coded.Dictionary, (int)at, out fault) : throw new ArgumentOutOfRangeException(nameof(row));
            case BooleanArray flags: return flags.GetValue(row) is true ? "true" : "false";
            case Int8Array numbers: return Text(numbers.GetValue(row));
            case Int16Array numbers: return Text(numbers.GetValue(row));
            case Int32Array numbers: return Text(numbers.GetValue(row));
            case Int64Array numbers: return Text(numbers.GetValue(row));
            case UInt8Array numbers: return Text(numbers.GetValue(row));
            case UInt16Array numbers: return Text(numbers.GetValue(row));
            case UInt32Array numbers: return Text(numbers.GetValue(row));
            case UInt64Array numbers: return Text(numbers.GetValue(row));
            case HalfFloatArray numbers: return Number((double)numbers.GetValue(row)!, out fault);
            case FloatArray numbers: return numbers.GetValue(row) is { } single && float.IsFinite(single) ? Number(double.Parse(single.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), out fault) : Number(double.NaN, out fault);
            case DoubleArray numbers: return Number(numbers.GetValue(row)!.Value, out fault);
            case Decimal32Array numbers: return Text(numbers.GetValue(row));
            case Decimal64Array numbers: return Text(numbers.GetValue(row));
            case Decimal128Array numbers: return numbers.GetString(row)!;
            case Decimal256Array numbers: return numbers.GetString(row)!;
            case Date32Array days: return Moment(days.GetValue(row)!.Value * (Int128)NanosecondsOfDay, "uuuu'-'MM'-'dd", out fault);
            case Date64Array days: return Moment(days.GetValue(row)!.Value * (Int128)1_000_000, "uuuu'-'MM'-'dd", out fault);
            case TimestampArray times: return Moment(times.GetValue(row)!.Value * (Int128)NanosecondsOf(((TimestampType)times.Data.DataType).Unit), ((TimestampType)times.Data.DataType).Timezone is { Length: > 0 } ? "uuuu'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFFF'Z'" : "uuuu'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFFF", out fault);
            default:
                fault = new Fault(ImportCodes.CellError, $"must be a text, a number, a truth value or a time, and is of the type {array.Data.DataType.Name}", "leave the column out, or write it as text");
                return "";
        }
    }

    /// <summary>The index that stands in a row of a dictionary's column; null where none does or it is negative.</summary>
    public static ulong? IndexOf(IArrowArray indexes, int row)
    {
        if (indexes.IsNull(row)) return null;
        long? index = indexes switch
        {
            Int8Array numbers => numbers.GetValue(row),
            Int16Array numbers => numbers.GetValue(row),
            Int32Array numbers => numbers.GetValue(row),
            Int64Array numbers => numbers.GetValue(row),
            UInt8Array numbers => numbers.GetValue(row),
            UInt16Array numbers => numbers.GetValue(row),
            UInt32Array numbers => numbers.GetValue(row),
            UInt64Array numbers => numbers.GetValue(row) is { } large and <= long.MaxValue ? (long)large : null,
            _ => null,
        };
        return index is >= 0 ? (ulong)index : null;
    }

    /// <summary>The text in a row, as UTF-8. The library's own way follows the offsets of a damaged file out of its memory.</summary>
    public static ReadOnlySpan<byte> Utf8(StringArray texts, int row) => texts.ValueBuffer.Span[texts.ValueOffsets[row]..texts.ValueOffsets[row + 1]];

    /// <summary>The text in a row, likewise.</summary>
    public static ReadOnlySpan<byte> Utf8(LargeStringArray texts, int row) => texts.ValueBuffer.Span[checked((int)texts.ValueOffsets[row])..checked((int)texts.ValueOffsets[row + 1])];

    public static long NanosecondsOf(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => 1_000_000_000,
        TimeUnit.Millisecond => 1_000_000,
        TimeUnit.Microsecond => 1_000,
        TimeUnit.Nanosecond => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(unit)),
    };

    private static string Text<T>(T? value)
        where T : struct, IFormattable => value!.Value.ToString(null, CultureInfo.InvariantCulture);

    private static string Number(double value, out Fault? fault)
    {
        fault = double.IsFinite(value) ? null : NotFinite;
        string text = value.ToString(CultureInfo.InvariantCulture);
        return fault is null && text.Contains('E', StringComparison.Ordinal) && Math.Abs(value) < 1e28 ? ((decimal)value).ToString(CultureInfo.InvariantCulture) : text;
    }

    private static string Moment(Int128 nanoseconds, string pattern, out Fault? fault)
    {
        fault = null;
        var days = (int)Int128.Clamp(FloorOf(nanoseconds, NanosecondsOfDay), int.MinValue, int.MaxValue);
        if (days < FirstDay || days > LastDay)
        {
            fault = new Fault(ImportCodes.NotATime, "must lie in the years 0001 to 9998", "correct it at its source");
            return "";
        }

        LocalDateTime at = Epoch.PlusDays(days).AtMidnight().PlusNanoseconds((long)(nanoseconds - ((Int128)days * NanosecondsOfDay)));
        return LocalDateTimePattern.CreateWithInvariantCulture(pattern).Format(at);
    }

    private static Int128 FloorOf(Int128 value, long divisor) => value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor);
}
