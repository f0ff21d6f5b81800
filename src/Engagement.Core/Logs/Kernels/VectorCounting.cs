using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engagement.Core.Logs;

/// <summary>The two ways of <see cref="ScalarCounting"/> with cells worked out eight rows at a time, while the rows before them are counted.</summary>
/// <remarks>
/// Effectively computes the scalar lines. A cell beyond the table, which only memory that was changed meanwhile can lead to, becomes the last cell: no write goes elsewhere. Cells of a block go into one half of a ring and are
/// counted from the other, so that the arithmetic of one block overlaps with the memory of the one before.
/// </remarks>
internal static class VectorCounting
{
    private const int Block = 32;

    /// <summary>Whether this machine has the instructions; elsewhere everything is counted row by row.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Rows of any time whose bins a grid tells. The stride is the number of cells from each bin's first to the next; 0 where bins share their cells.</summary>
    public static void CountAny(ReadOnlySpan<long> times, ReadOnlySpan<int> series, ReadOnlySpan<byte> kinds, ReadOnlySpan<byte> roles, TimeGrid grid, SegmentTable bins, int[] firstCells, int stride, CodeTable codes, Span<uint> counts)
    {
        int rows = IsSupported ? times.Length & -Block : 0;
        if (rows > 0 && stride > 0)
        {
            var formula = new AnyTime(grid, bins.PeriodCount, stride, codes.Count, counts.Length - 1);
            Drive(ref formula, default(Count), ref MemoryMarshal.GetReference(times), ref MemoryMarshal.GetReference(series), ref MemoryMarshal.GetReference(kinds), ref MemoryMarshal.GetReference(roles), rows, roles.IsEmpty, codes, counts, []);
        }
        else if (rows > 0)
        {
            var formula = new AnyTimeInGroups(new AnyTime(grid, bins.PeriodCount, stride, codes.Count, counts.Length - 1), firstCells, codes.Count, counts.Length - 1);
            Drive(ref formula, default(Count), ref MemoryMarshal.GetReference(times), ref MemoryMarshal.GetReference(series), ref MemoryMarshal.GetReference(kinds), ref MemoryMarshal.GetReference(roles), rows, roles.IsEmpty, codes, counts, []);
        }

        ScalarCounting.CountAny(times[rows..], series[rows..], kinds[rows..], roles.IsEmpty ? default : roles[rows..], bins, firstCells, codes, counts);
    }

    /// <summary>Rows of one bin.</summary>
    public static void CountRun(ReadOnlySpan<int> series, ReadOnlySpan<byte> kinds, ReadOnlySpan<byte> roles, int firstCell, CodeTable codes, Span<uint> counts)
    {
        int rows = IsSupported ? series.Length & -Block : 0;
        if (rows > 0)
        {
            var formula = new OneBin(firstCell, codes.Count, counts.Length - 1);
            Drive(ref formula, default(Count), ref Unsafe.NullRef<long>(), ref MemoryMarshal.GetReference(series), ref MemoryMarshal.GetReference(kinds), ref MemoryMarshal.GetReference(roles), rows, roles.IsEmpty, codes, counts, []);
        }

        ScalarCounting.CountRun(series[rows..], kinds[rows..], roles.IsEmpty ? default : roles[rows..], firstCell, codes, counts);
    }

    /// <summary>Rows of one bin in a table of bytes, with a bit for each cell that is touched; a cell is the series shifted, and the code.</summary>
    public static void CountMarked(ReadOnlySpan<int> series, ReadOnlySpan<byte> kinds, ReadOnlySpan<byte> roles, CodeTable codes, int shift, Span<byte> counts, Span<ulong> marks, List<uint> halves)
    {
        int rows = IsSupported ? series.Length & -Block : 0;
        if (rows > 0)
        {
            var formula = new OneBin(0, 1 << shift, counts.Length - 1);
            Drive(ref formula, new CountAndMark(halves), ref Unsafe.NullRef<long>(), ref MemoryMarshal.GetReference(series), ref MemoryMarshal.GetReference(kinds), ref MemoryMarshal.GetReference(roles), rows, roles.IsEmpty, codes, counts, marks);
        }

        ScalarCounting.CountMarked(series[rows..], kinds[rows..], roles.IsEmpty ? default : roles[rows..], codes, shift, counts, marks, halves);
    }

    /// <summary>The cell of each row in a table of one bin: the series shifted, and the code.</summary>
    public static void CellsOf(ReadOnlySpan<int> series, ReadOnlySpan<byte> kinds, ReadOnlySpan<byte> roles, CodeTable codes, int shift, Span<uint> cells)
    {
        int rows = IsSupported ? series.Length & -Block : 0;
        if (rows > 0)
        {
            var formula = new OneBin(0, 1 << shift, int.MaxValue);
            Drive(ref formula, default(Store), ref Unsafe.NullRef<long>(), ref MemoryMarshal.GetReference(series), ref MemoryMarshal.GetReference(kinds), ref MemoryMarshal.GetReference(roles), rows, roles.IsEmpty, codes, MemoryMarshal.AsBytes(cells[..rows]), []);
        }

        ScalarCounting.CellsOf(series[rows..], kinds[rows..], roles.IsEmpty ? default : roles[rows..], codes, shift, cells[rows..]);
    }

    /// <summary>The bin of each row; the number of bins for a row that lies in none.</summary>
    public static void BinsOf(ReadOnlySpan<long> times, TimeGrid grid, SegmentTable segments, Span<int> bins)
    {
        bins = bins[..times.Length];
        int rows = IsSupported ? times.Length & -8 : 0;
        if (rows > 0)
        {
            var formula = new AnyTime(grid, segments.PeriodCount, 0, 0, 0);
            ref long time = ref MemoryMarshal.GetReference(times);
            ref int bin = ref MemoryMarshal.GetReference(bins);
            var none = Vector256.Create((uint)segments.PeriodCount);
            for (nuint row = 0; row < (nuint)rows; row += 8) Vector256.Min(formula.Bins(ref time, row), none).AsInt32().StoreUnsafe(ref bin, row);
        }

        for (int row = rows; row < times.Length; row++) bins[row] = segments.PeriodOf(times[row]) is >= 0 and var period ? period : segments.PeriodCount;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Drive<TFormula, TSink, TCount>(ref TFormula state, TSink sink, ref long times, ref int series, ref byte kinds, ref byte roles, int rows, bool noRoles, CodeTable codes, Span<TCount> counts, Span<ulong> marks)
        where TFormula : struct, IFormula
        where TSink : struct, ISink<TCount>
    {
        TFormula formula = state;
        Span<uint> ring = stackalloc uint[2 * Block];
        Span<byte> codesOfBlock = stackalloc byte[Block];
        ref uint cells = ref MemoryMarshal.GetReference(ring);
        ref byte code = ref MemoryMarshal.GetReference(codesOfBlock);
        ref TCount count = ref MemoryMarshal.GetReference(counts);
        ref ulong mark = ref MemoryMarshal.GetReference(marks);

        // A table of 32 bytes as two of 16, which a shuffle looks up within each half of a vector.
        var lowKinds = Twice(codes.KindPart, 0);
        var highKinds = Twice(codes.KindPart, 16);
        var lowRoles = Twice(codes.RolePart, 0);
        var fifteen = Vector256.Create((sbyte)15);
        var noRole = Vector256.Create(codes.RoleWithoutColumn);
        nuint half = 0;
        for (nuint row = 0; row < (nuint)rows; row += Block)
        {
            var kind = Vector256.LoadUnsafe(ref kinds, row);
            var kindPart = Vector256.ConditionalSelect(Vector256.GreaterThan(kind.AsSByte(), fifteen).AsByte(), Avx2.Shuffle(highKinds, kind), Avx2.Shuffle(lowKinds, kind));
            var rolePart = noRoles ? noRole : Avx2.Shuffle(lowRoles, Vector256.LoadUnsafe(ref roles, row));
            (kindPart + rolePart).StoreUnsafe(ref code);
            ref uint here = ref Unsafe.Add(ref cells, half);
            half ^= Block;
            ref uint before = ref Unsafe.Add(ref cells, half);
            if (row == 0)
            {
                for (nuint part = 0; part < Block; part += 8) formula.Cells(ref times, ref series, row + part, WidenedCodes(ref code, part)).StoreUnsafe(ref here, part);
                continue;
            }

            for (nuint part = 0; part < Block; part += 8)
            {
                formula.Cells(ref times, ref series, row + part, WidenedCodes(ref code, part)).StoreUnsafe(ref here, part);
                sink.Eight(ref count, ref mark, ref Unsafe.Add(ref before, part));
            }
        }

        ref uint last = ref Unsafe.Add(ref cells, half ^ Block);
        for (nuint part = 0; part < Block; part += 8) sink.Eight(ref count, ref mark, ref Unsafe.Add(ref last, part));
    }

    private static Vector256<byte> Twice(byte[] table, int start)
    {
        var part = Vector128.LoadUnsafe(ref table[start]);
        return Vector256.Create(part, part);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> WidenedCodes(ref byte code, nuint start) => Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref code, start))).AsByte()).AsUInt32();

    /// <summary>What is done with the cells of eight rows.</summary>
    private interface ISink<TCount>
    {
        void Eight(ref TCount count, ref ulong mark, ref uint cells);
    }

    private readonly struct Count : ISink<uint>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Eight(ref uint count, ref ulong mark, ref uint cells)
        {
            unchecked
            {
                Unsafe.Add(ref count, cells)++;
                Unsafe.Add(ref count, Unsafe.Add(ref cells, 1))++;
                Unsafe.Add(ref count, Unsafe.Add(ref cells, 2))++;
                Unsafe.Add(ref count, Unsafe.Add(ref cells, 3))++;
                Unsafe.Add(ref count, Unsafe.Add(ref cells, 4))++;
                Unsafe.Add(ref count, Unsafe.Add(ref cells, 5))++;
                Unsafe.Add(ref count, Unsafe.Add(ref cells, 6))++;
                Unsafe.Add(ref count, Unsafe.Add(ref cells, 7))++;
            }
        }
    }

    private readonly struct CountAndMark(List<uint> halves) : ISink<byte>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Eight(ref byte count, ref ulong mark, ref uint cells)
        {
            One(ref count, ref mark, cells);
            One(ref count, ref mark, Unsafe.Add(ref cells, 1));
            One(ref count, ref mark, Unsafe.Add(ref cells, 2));
            One(ref count, ref mark, Unsafe.Add(ref cells, 3));
            One(ref count, ref mark, Unsafe.Add(ref cells, 4));
            One(ref count, ref mark, Unsafe.Add(ref cells, 5));
            One(ref count, ref mark, Unsafe.Add(ref cells, 6));
            One(ref count, ref mark, Unsafe.Add(ref cells, 7));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void One(ref byte count, ref ulong mark, uint cell)
        {
            ref byte here = ref Unsafe.Add(ref count, cell);
            here = unchecked((byte)(here + 1));
            Unsafe.Add(ref mark, cell >> 6) |= 1UL << unchecked((int)cell);
            if (here == 0) ScalarCounting.Halve(ref here, cell, halves);
        }
    }

    /// <summary>Keeps the cells; the place moves on in the memory itself, because blocks come in order.</summary>
    private struct Store : ISink<byte>
    {
        private nuint _next;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Eight(ref byte count, ref ulong mark, ref uint cells)
        {
            Vector256.LoadUnsafe(ref cells).StoreUnsafe(ref Unsafe.As<byte, uint>(ref count), _next);
            _next += 8;
        }
    }

    /// <summary>The cells of eight rows; none beyond the last cell of the table.</summary>
    private interface IFormula
    {
        Vector256<uint> Cells(ref long times, ref int series, nuint row, Vector256<uint> codes);
    }

    /// <summary><c>firstCell + series · codes + code</c>.</summary>
    private readonly struct OneBin(int firstCell, int width, int lastCell) : IFormula
    {
        private readonly Vector256<uint> _first = Vector256.Create((uint)firstCell);
        private readonly Vector256<uint> _width = Vector256.Create((uint)width);
        private readonly Vector256<uint> _last = Vector256.Create((uint)lastCell);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Cells(ref long times, ref int series, nuint row, Vector256<uint> codes) =>
            Vector256.Min((Vector256.LoadUnsafe(ref series, row).AsUInt32() * _width) + _first + codes, _last);
    }

    /// <summary><c>bin(time) · stride + series · codes + code</c>, and the last cell where there is no such bin.</summary>
    private readonly struct AnyTime : IFormula
    {
        // The order of unsigned numbers is that of signed ones with the first bit turned over.
        private const uint SignBit = 0x8000_0000;
        private const int Unrolled = 4;

        private readonly Vector256<long> _base;
        private readonly Vector256<uint> _first;
        private readonly Vector256<int> _at0;
        private readonly Vector256<int> _at1;
        private readonly Vector256<int> _at2;
        private readonly Vector256<int> _at3;
        private readonly Vector256<uint> _by0;
        private readonly Vector256<uint> _by1;
        private readonly Vector256<uint> _by2;
        private readonly Vector256<uint> _by3;
        private readonly Vector256<uint> _reciprocal;
        private readonly Vector256<uint> _stride;
        private readonly Vector256<uint> _width;
        private readonly Vector256<uint> _last;
        private readonly Vector256<uint> _lastBin;
        private readonly Vector128<uint> _twos;
        private readonly (Vector256<int> At, Vector256<uint> By)[]? _more;

        public AnyTime(TimeGrid grid, int bins, int stride, int width, int lastCell)
        {
            _base = Vector256.Create(grid.Base);
            _first = Vector256.Create(unchecked(grid.First + SignBit));
            (_at0, _by0) = Step(grid, 0);
            (_at1, _by1) = Step(grid, 1);
            (_at2, _by2) = Step(grid, 2);
            (_at3, _by3) = Step(grid, 3);
            _more = grid.At.Length <= Unrolled ? null : [.. Enumerable.Range(Unrolled, grid.At.Length - Unrolled).Select(step => Step(grid, step))];
            _reciprocal = Vector256.Create(grid.Reciprocal);
            _stride = Vector256.Create((uint)stride);
            _width = Vector256.Create((uint)width);
            _last = Vector256.Create((uint)lastCell);
            _lastBin = Vector256.Create((uint)(bins - 1));
            _twos = Vector128.CreateScalar((uint)grid.Twos);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Cells(ref long times, ref int series, nuint row, Vector256<uint> codes)
        {
            var bin = Bins(ref times, row);
            var cell = (bin * _stride) + (Vector256.LoadUnsafe(ref series, row).AsUInt32() * _width) + codes;
            var inside = Vector256.Equals(Vector256.Min(bin, _lastBin), bin);
            return Vector256.ConditionalSelect(inside, Vector256.Min(cell, _last), _last);
        }

        /// <summary><c>bin(time)</c>; any number beyond the last bin where there is none.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Bins(ref long times, nuint row)
        {
            var low = (Vector256.LoadUnsafe(ref times, row) - _base).AsUInt64() >>> TimeGrid.Shift;
            var high = (Vector256.LoadUnsafe(ref times, row + 4) - _base).AsUInt64() >>> TimeGrid.Shift;
            var x = Vector256.Narrow(low, high) ^ Vector256.Create(SignBit);
            var y = x + _first;
            y += Vector256.GreaterThan(x.AsInt32(), _at0).AsUInt32() & _by0;
            y += Vector256.GreaterThan(x.AsInt32(), _at1).AsUInt32() & _by1;
            y += Vector256.GreaterThan(x.AsInt32(), _at2).AsUInt32() & _by2;
            y += Vector256.GreaterThan(x.AsInt32(), _at3).AsUInt32() & _by3;
            if (_more is not null)
            {
                foreach ((Vector256<int> at, Vector256<uint> by) in _more) y += Vector256.GreaterThan(x.AsInt32(), at).AsUInt32() & by;
            }

            y = Avx2.ShiftRightLogical(y, _twos);

            // The products of the even lanes end in the lower halves; those of the odd lanes are shifted so far that they end in the upper ones.
            var even = Avx2.Multiply(y, _reciprocal) >>> TimeGrid.ReciprocalShift;
            var odd = Avx2.Multiply((y.AsUInt64() >>> 32).AsUInt32(), _reciprocal) >>> (TimeGrid.ReciprocalShift - 32);
            return Avx2.Blend(even.AsUInt32(), odd.AsUInt32(), 0b1010_1010);
        }

        /// <summary>A step, or one that is never reached.</summary>
        private static (Vector256<int> At, Vector256<uint> By) Step(TimeGrid grid, int step) => step < grid.At.Length
            ? (Vector256.Create(unchecked((int)((grid.At[step] ^ SignBit) - 1))), Vector256.Create(grid.By[step]))
            : (Vector256.Create(int.MaxValue), Vector256<uint>.Zero);
    }

    /// <summary><c>first(bin(time)) + series · codes + code</c>, likewise; first cells are looked up one by one.</summary>
    private readonly struct AnyTimeInGroups(AnyTime bins, int[] firstCells, int width, int lastCell) : IFormula
    {
        private readonly AnyTime _bins = bins;
        private readonly int[] _firstCells = firstCells;
        private readonly Vector256<uint> _lastBin = Vector256.Create((uint)(firstCells.Length - 1));
        private readonly Vector256<uint> _width = Vector256.Create((uint)width);
        private readonly Vector256<uint> _last = Vector256.Create((uint)lastCell);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Cells(ref long times, ref int series, nuint row, Vector256<uint> codes)
        {
            var bin = _bins.Bins(ref times, row);
            var nearest = Vector256.Min(bin, _lastBin);
            ref int first = ref MemoryMarshal.GetArrayDataReference(_firstCells);
            var firsts = Vector256.Create(
                Unsafe.Add(ref first, nearest.GetElement(0)), Unsafe.Add(ref first, nearest.GetElement(1)), Unsafe.Add(ref first, nearest.GetElement(2)), Unsafe.Add(ref first, nearest.GetElement(3)),
                Unsafe.Add(ref first, nearest.GetElement(4)), Unsafe.Add(ref first, nearest.GetElement(5)), Unsafe.Add(ref first, nearest.GetElement(6)), Unsafe.Add(ref first, nearest.GetElement(7))).AsUInt32();
            var cell = firsts + (Vector256.LoadUnsafe(ref series, row).AsUInt32() * _width) + codes;
            return Vector256.ConditionalSelect(Vector256.Equals(nearest, bin), Vector256.Min(cell, _last), _last);
        }
    }
}
