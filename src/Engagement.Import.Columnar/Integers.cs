using Apache.Arrow;

namespace Engagement.Import.Columnar;

/// <summary>Columns of whole numbers of any width.</summary>
internal static class Integers
{
    /// <summary>What stands where there is none; look whether the row is null, for it may be a number too.</summary>
    public const long Null = long.MinValue;

    public static bool Are(IArrowArray column) => column is Int8Array or Int16Array or Int32Array or Int64Array or UInt8Array or UInt16Array or UInt32Array or UInt64Array;

    public static long[] Of(IArrowArray column)
    {
        long[] numbers = GC.AllocateUninitializedArray<long>(column.Length);
        switch (column)
        {
            case Int8Array values: Widen(values.Values, numbers); break;
            case Int16Array values: Widen(values.Values, numbers); break;
            case Int32Array values: Widen(values.Values, numbers); break;
            case Int64Array values: Widen(values.Values, numbers); break;
            case UInt8Array values: Widen(values.Values, numbers); break;
            case UInt16Array values: Widen(values.Values, numbers); break;
            case UInt32Array values: Widen(values.Values, numbers); break;
            case UInt64Array values: Widen(values.Values, numbers); break;
        }

        if (column.NullCount == 0) return numbers;
        for (int row = 0; row < numbers.Length; row++)
        {
            if (column.IsNull(row)) numbers[row] = Null;
        }

        return numbers;
    }

    private static void Widen<TNumber>(ReadOnlySpan<TNumber> values, long[] numbers)
        where TNumber : struct, System.Numerics.INumber<TNumber>
    {
        values = values[..numbers.Length];
        for (int row = 0; row < numbers.Length; row++) numbers[row] = long.CreateSaturating(values[row]);
    }
}
