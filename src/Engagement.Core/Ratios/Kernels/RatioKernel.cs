using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Engagement.Core;

/// <summary>Loops over columns of counts: <c>ratio[i] = n[i] / d[i]</c>, <c>Σn</c> and <c>Σd</c> over the rows where both are known, and <c>Σ n[i]/d[i]</c>.</summary>
/// <remarks>
/// A row is known when neither count is missing. Effectively computes the scalar lines beside each vector line. Floating sums go to eight lanes by row number, whatever the machine's width,
/// and are added in one order, so that every width gives the same bits.
/// </remarks>
internal static class RatioKernel
{
    // A block fits the first-level cache, and a sum of 4,096 counts below 2⁵⁰ stays below 2⁶².
    private const int Block = 4_096;
    private const long SafeToSum = 1L << 50;
    private const int Lanes = 8;

    // Whole numbers below it fit the 52 bits that a double has for them.
    private const long TwoTo52 = 1L << 52;

    /// <summary>Each row's ratio; NaN where a count is missing or the denominator is 0.</summary>
    public static void Divide(ReadOnlySpan<long> numerators, ReadOnlySpan<long> denominators, Span<double> ratios, string numeratorName, string denominatorName)
    {
        // Block by block: one call with a long loop would run the code that the runtime made before it knew that the loop is hot.
        for (int start = 0; start < ratios.Length; start += Block)
        {
            int length = Math.Min(Block, ratios.Length - start);
            DivideBlock(numerators.Slice(start, length), denominators.Slice(start, length), ratios.Slice(start, length), start, numeratorName, denominatorName);
        }
    }

    /// <summary>Each row's ratio to one denominator.</summary>
    public static void Divide(ReadOnlySpan<long> numerators, long denominator, Span<double> ratios, string numeratorName)
    {
        for (int row = 0; row < ratios.Length; row++)
        {
            CheckCount(numerators[row], row, numeratorName);
            ratios[row] = Quotient(numerators[row], denominator);
        }
    }

    /// <summary>Σn and Σd over the rows where both are known, and how many those are.</summary>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public static (long Numerators, long Denominators, int Rows) Sums(ReadOnlySpan<long> numerators, ReadOnlySpan<long> denominators, string numeratorName, string denominatorName)
    {
        long tops = 0;
        long bottoms = 0;
        int rows = 0;

        // Columns without gaps are the usual ones; after the first gap they are no longer looked for.
        bool isPlain = Vector256.IsHardwareAccelerated;
        for (int start = 0; start < numerators.Length; start += Block)
        {
            int length = Math.Min(Block, numerators.Length - start);
            var top = numerators.Slice(start, length);
            var bottom = denominators.Slice(start, length);
            BlockSums block = isPlain ? PlainSums(top, bottom) : default;
            isPlain = block.IsExact;
            if (!block.IsExact && Vector256.IsHardwareAccelerated) block = VectorSums(top, bottom, numeratorName, denominatorName);
            if (!block.IsExact)
            {
                CheckRows(top, bottom, 0, length, start, numeratorName, denominatorName);
                block = ScalarSums(top, bottom, numeratorName, denominatorName);
            }

            tops = Guard.Sum(tops, block.Numerators, numeratorName);
            bottoms = Guard.Sum(bottoms, block.Denominators, denominatorName);
            rows += block.Rows;
        }

        return (tops, bottoms, rows);
    }

    /// <summary>Σ n/d over the rows that have a ratio, and how many those are.</summary>
    public static (double Sum, int Rows) SumOfRatios(ReadOnlySpan<long> numerators, ReadOnlySpan<long> denominators, string numeratorName, string denominatorName)
    {
        Span<double> lanes = stackalloc double[Lanes];
        int rows = 0;
        for (int start = 0; start < numerators.Length; start += Block)
        {
            int length = Math.Min(Block, numerators.Length - start);
            rows += AddRatios(numerators.Slice(start, length), denominators.Slice(start, length), lanes, start, numeratorName, denominatorName);
        }

        return (Total(lanes), rows);
    }

    /// <summary>Σ of the values that are not NaN, and how many those are.</summary>
    public static (double Sum, int Rows) SumDefined(ReadOnlySpan<double> values)
    {
        Span<double> lanes = stackalloc double[Lanes];
        int rows = AddDefined(values, lanes);
        return (Total(lanes), rows);
    }

    public static void CheckCount(long count, int row, string name)
    {
        if (count < 0 && count != Count.MissingInColumn) ThrowNegative(count, row, name);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Quotient(long numerator, long denominator) =>
        numerator == Count.MissingInColumn || denominator == Count.MissingInColumn || denominator == 0 ? double.NaN : (double)numerator / denominator;

    private static void DivideBlock(ReadOnlySpan<long> numerators, ReadOnlySpan<long> denominators, Span<double> ratios, int firstRow, string numeratorName, string denominatorName)
    {
        int row = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            while ((row = DividePlain(numerators, denominators, ratios, row)) <= ratios.Length - Vector256<long>.Count)
            {
                CheckRows(numerators, denominators, row, row + Vector256<long>.Count, firstRow, numeratorName, denominatorName);
                Quotients(Vector256.Create(numerators[row..]), Vector256.Create(denominators[row..])).CopyTo(ratios[row..]);
                row += Vector256<long>.Count;
            }
        }

        CheckRows(numerators, denominators, row, ratios.Length, firstRow, numeratorName, denominatorName);
        for (; row < ratios.Length; row++) ratios[row] = Quotient(numerators[row], denominators[row]);
    }

    /// <summary>The ratios of rows in fours from one on, up to the first four that are not all known and below 2⁵². A loop of its own, because a call in it would have everything put away in each turn.</summary>
    private static int DividePlain(ReadOnlySpan<long> numerators, ReadOnlySpan<long> denominators, Span<double> ratios, int row)
    {
        ref long n = ref MemoryMarshal.GetReference(numerators);
        ref long d = ref MemoryMarshal.GetReference(denominators);
        ref double r = ref MemoryMarshal.GetReference(ratios);
        for (; row <= ratios.Length - Vector256<long>.Count; row += Vector256<long>.Count)
        {
            var top = Vector256.LoadUnsafe(ref n, (nuint)row);
            var bottom = Vector256.LoadUnsafe(ref d, (nuint)row);
            if (!ArePlain(top | bottom)) break;
            PlainQuotients(top, bottom).StoreUnsafe(ref r, (nuint)row);
        }

        return row;
    }

    /// <summary>Adds the ratios of a block to the lanes by their row.</summary>
    private static int AddRatios(ReadOnlySpan<long> numerators, ReadOnlySpan<long> denominators, Span<double> lanes, int firstRow, string numeratorName, string denominatorName)
    {
        int rows = 0;
        for (int row = 0; row < numerators.Length;)
        {
            if (Vector256.IsHardwareAccelerated) row = AddPlain(numerators, denominators, lanes, row, ref rows);
            int end = Math.Min(row + Lanes, numerators.Length);
            CheckRows(numerators, denominators, row, end, firstRow, numeratorName, denominatorName);
            for (; row < end; row++)
            {
                double ratio = Quotient(numerators[row], denominators[row]);
                if (double.IsNaN(ratio)) continue;
                lanes[row % Lanes] += ratio;
                rows++;
            }
        }

        return rows;
    }

    /// <summary>Adds the ratios of rows in eights from one on, up to the first eight that are not all known and below 2⁵².</summary>
    private static int AddPlain(ReadOnlySpan<long> numerators, ReadOnlySpan<long> denominators, Span<double> lanes, int row, ref int rows)
    {
        ref long n = ref MemoryMarshal.GetReference(numerators);
        ref long d = ref MemoryMarshal.GetReference(denominators);
        var low = Vector256.Create<double>(lanes);
        var high = Vector256.Create<double>(lanes[4..]);
        var undefined = Vector256<long>.Zero;
        int first = row;
        for (; row <= numerators.Length - Lanes; row += Lanes)
        {
            var lowTop = Vector256.LoadUnsafe(ref n, (nuint)row);
            var lowBottom = Vector256.LoadUnsafe(ref d, (nuint)row);
            var highTop = Vector256.LoadUnsafe(ref n, (nuint)row + 4);
            var highBottom = Vector256.LoadUnsafe(ref d, (nuint)row + 4);
            if (!ArePlain(lowTop | lowBottom | highTop | highBottom)) break;
            low += Defined(PlainQuotients(lowTop, lowBottom), ref undefined);
            high += Defined(PlainQuotients(highTop, highBottom), ref undefined);
        }

        low.CopyTo(lanes);
        high.CopyTo(lanes[4..]);
        rows += row - first + (int)Vector256.Sum(undefined);
        return row;
    }

    /// <summary>Whether counts are known and below 2⁵²: a missing one is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool ArePlain(Vector256<long> bits) => (bits & Vector256.Create(-TwoTo52)) == Vector256<long>.Zero;

    /// <summary>The quotients of counts that are known and below 2⁵²; NaN where a denominator is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> PlainQuotients(Vector256<long> numerators, Vector256<long> denominators)
    {
        // Only AVX-512 has an instruction that turns whole numbers of 64 bits into doubles. The bits of the double 2⁵² with n in the last 52 are those of 2⁵² + n, and the difference is exact.
        var offset = Vector256.Create((double)TwoTo52);
        var top = (numerators | offset.AsInt64()).AsDouble() - offset;
        var bottom = (denominators | offset.AsInt64()).AsDouble() - offset;
        return Vector256.ConditionalSelect(Vector256.Equals(bottom, Vector256<double>.Zero), Vector256.Create(double.NaN), top / bottom);
    }

    private static Vector256<double> Quotients(Vector256<long> numerators, Vector256<long> denominators)
    {
        var missing = Vector256.Create(Count.MissingInColumn);
        var none = Vector256.Equals(numerators, missing) | Vector256.Equals(denominators, missing) | Vector256.Equals(denominators, Vector256<long>.Zero);
        return Vector256.ConditionalSelect(none.AsDouble(), Vector256.Create(double.NaN), Vector256.ConvertToDouble(numerators) / Vector256.ConvertToDouble(denominators));
    }

    /// <summary>Adds values to the lanes by their position, which must start at a multiple of eight.</summary>
    private static int AddDefined(ReadOnlySpan<double> values, Span<double> lanes)
    {
        int rows = 0;
        int row = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref double first = ref MemoryMarshal.GetReference(values);
            var low = Vector256.Create<double>(lanes);
            var high = Vector256.Create<double>(lanes[4..]);
            var undefined = Vector256<long>.Zero;
            for (; row <= values.Length - Lanes; row += Lanes)
            {
                low += Defined(Vector256.LoadUnsafe(ref first, (nuint)row), ref undefined);
                high += Defined(Vector256.LoadUnsafe(ref first, (nuint)row + 4), ref undefined);
            }

            low.CopyTo(lanes);
            high.CopyTo(lanes[4..]);
            rows = row + (int)Vector256.Sum(undefined);
        }

        for (; row < values.Length; row++)
        {
            if (double.IsNaN(values[row])) continue;
            lanes[row % Lanes] += values[row];
            rows++;
        }

        return rows;
    }

    /// <summary>The values with 0 for NaN; counts the NaN (a mask is −1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Defined(Vector256<double> values, ref Vector256<long> undefined)
    {
        var defined = Vector256.Equals(values, values);
        undefined += ~defined.AsInt64();
        return values & defined;
    }

    private static double Total(ReadOnlySpan<double> lanes) => ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5])) + ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]));

    /// <summary>The sums of a block in which every count is known and none so large that a lane might overflow; of any other nothing is exact.</summary>
    private static BlockSums PlainSums(ReadOnlySpan<long> numerators, ReadOnlySpan<long> denominators)
    {
        ref long n = ref MemoryMarshal.GetReference(numerators);
        ref long d = ref MemoryMarshal.GetReference(denominators);
        Vector256<long> tops = default;
        Vector256<long> bottoms = default;
        Vector256<long> bits = default;
        int row = 0;
        for (; row <= numerators.Length - Vector256<long>.Count; row += Vector256<long>.Count)
        {
            var top = Vector256.LoadUnsafe(ref n, (nuint)row);
            var bottom = Vector256.LoadUnsafe(ref d, (nuint)row);
            bits |= top | bottom;
            tops += top;
            bottoms += bottom;
        }

        if (Vector256.GreaterThanOrEqualAny(bits.AsUInt64(), Vector256.Create((ulong)SafeToSum))) return default;
        long topSum = Vector256.Sum(tops);
        long bottomSum = Vector256.Sum(bottoms);
        for (; row < numerators.Length; row++)
        {
            if (numerators[row] is < 0 or >= SafeToSum || denominators[row] is < 0 or >= SafeToSum) return default;
            topSum += numerators[row];
            bottomSum += denominators[row];
        }

        return new(topSum, bottomSum, numerators.Length, true);
    }

    /// <summary>The sums of a block, unless a count is negative or so large that a lane might overflow: then nothing is exact.</summary>
    private static BlockSums VectorSums(ReadOnlySpan<long> numerators, ReadOnlySpan<long> denominators, string numeratorName, string denominatorName)
    {
        ref long n = ref MemoryMarshal.GetReference(numerators);
        ref long d = ref MemoryMarshal.GetReference(denominators);
        var missing = Vector256.Create(Count.MissingInColumn);
        Vector256<long> tops = default;
        Vector256<long> bottoms = default;
        Vector256<long> bits = default;
        Vector256<long> unknown = default;
        int row = 0;
        for (; row <= numerators.Length - Vector256<long>.Count; row += Vector256<long>.Count)
        {
            var top = Vector256.LoadUnsafe(ref n, (nuint)row);
            var bottom = Vector256.LoadUnsafe(ref d, (nuint)row);
            var missingTop = Vector256.Equals(top, missing);
            var missingBottom = Vector256.Equals(bottom, missing);
            var leftOut = missingTop | missingBottom;

            // A negative count must be found even in a row that is left out.
            bits |= Vector256.AndNot(top, missingTop) | Vector256.AndNot(bottom, missingBottom);
            tops += Vector256.AndNot(top, leftOut);
            bottoms += Vector256.AndNot(bottom, leftOut);
            unknown += leftOut;
        }

        if (Vector256.GreaterThanOrEqualAny(bits.AsUInt64(), Vector256.Create((ulong)SafeToSum))) return default;
        if (!AllPlain(numerators[row..]) || !AllPlain(denominators[row..])) return default;
        BlockSums rest = ScalarSums(numerators[row..], denominators[row..], numeratorName, denominatorName);
        return new(Vector256.Sum(tops) + rest.Numerators, Vector256.Sum(bottoms) + rest.Denominators, row + (int)Vector256.Sum(unknown) + rest.Rows, true);
    }

    private static bool AllPlain(ReadOnlySpan<long> counts)
    {
        foreach (long count in counts)
        {
            if (count != Count.MissingInColumn && count is < 0 or >= SafeToSum) return false;
        }

        return true;
    }

    private static BlockSums ScalarSums(ReadOnlySpan<long> numerators, ReadOnlySpan<long> denominators, string numeratorName, string denominatorName)
    {
        long tops = 0;
        long bottoms = 0;
        int rows = 0;
        for (int row = 0; row < numerators.Length; row++)
        {
            if (numerators[row] == Count.MissingInColumn || denominators[row] == Count.MissingInColumn) continue;
            tops = Guard.Sum(tops, numerators[row], numeratorName);
            bottoms = Guard.Sum(bottoms, denominators[row], denominatorName);
            rows++;
        }

        return new(tops, bottoms, rows, true);
    }

    private static void CheckRows(ReadOnlySpan<long> numerators, ReadOnlySpan<long> denominators, int from, int to, int firstRow, string numeratorName, string denominatorName)
    {
        for (int row = from; row < to; row++)
        {
            CheckCount(numerators[row], firstRow + row, numeratorName);
            CheckCount(denominators[row], firstRow + row, denominatorName);
        }
    }

    private static void ThrowNegative(long count, int row, string name) =>
        throw Guard.OutOfRange(name, count, FormattableString.Invariant($"must not be negative in row {row}"), $"pass 0 for none, and {nameof(Count)}.{nameof(Count.MissingInColumn)} for what is not known");

    private readonly record struct BlockSums(long Numerators, long Denominators, int Rows, bool IsExact);
}
