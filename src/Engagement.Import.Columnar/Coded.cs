using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Apache.Arrow;

namespace Engagement.Import.Columnar;

/// <summary>A column of texts as indexes into the texts that it has; where a row may have none, the index after the last one stands for that.</summary>
internal readonly ref struct Coded(ReadOnlySpan<int> indexes, int count, Func<int, string> textOf, bool hasNone = true)
{
    /// <summary>Where every row has a text they are not checked yet: one outside is refused by <see cref="LookUp"/> and <see cref="TextOf"/>, which makes the file a damaged one.</summary>
    public readonly ReadOnlySpan<int> Indexes = indexes;

    private readonly int _places = hasNone ? count + 1 : count;

    public bool IsNone(int index) => hasNone && index == count;

    /// <summary>A text is made when a row first has it: a batch may have a dictionary of many more than its rows.</summary>
    public string TextOf(int index) => textOf(index);

    /// <summary>A place for each index that a row may have, for what its text stands for.</summary>
    public T[] Table<T>(T whereNone, T notRead)
    {
        var table = new T[_places];
        System.Array.Fill(table, notRead);
        if (hasNone) table[count] = whereNone;
        return table;
    }

    /// <summary>Looks rows up from one on, until the first whose index is not read yet.</summary>
    // Without a call in its loop, which would have all that it holds in registers put away in every turn; and optimised from the first batch on.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int LookUp<T>(ReadOnlySpan<int> indexes, T[] table, T notRead, Span<T> into, int from)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        into = into[..indexes.Length];
        for (int row = from; row < indexes.Length; row++)
        {
            T known = table[indexes[row]];
            if (known == notRead) return row;
            into[row] = known;
        }

        return indexes.Length;
    }

    /// <summary>As <see cref="LookUp"/>, for bytes: of few texts many rows at once, up to the first of them that has one not read yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int LookUpBytes(ReadOnlySpan<int> indexes, byte[] table, byte notRead, Span<byte> into, int from)
    {
        const int Few = 16;
        into = into[..indexes.Length];
        int row = from;
        if (Vector128.IsHardwareAccelerated && table.Length <= Few)
        {
            Span<byte> padded = stackalloc byte[Few];
            padded.Fill(notRead);
            table.CopyTo(padded);
            Vector128<byte> codes = Vector128.Create<byte>(padded);
            ref int first = ref MemoryMarshal.GetReference(indexes);
            for (; row <= indexes.Length - Few; row += Few)
            {
                Vector128<uint> a = Vector128.LoadUnsafe(ref first, (nuint)row).AsUInt32();
                Vector128<uint> b = Vector128.LoadUnsafe(ref first, (nuint)row + 4).AsUInt32();
                Vector128<uint> c = Vector128.LoadUnsafe(ref first, (nuint)row + 8).AsUInt32();
                Vector128<uint> d = Vector128.LoadUnsafe(ref first, (nuint)row + 12).AsUInt32();
                if (((a | b | c | d) & Vector128.Create(~(Few - 1u))) != Vector128<uint>.Zero) break;
                Vector128<byte> found = Vector128.Shuffle(codes, Vector128.Narrow(Vector128.Narrow(a, b), Vector128.Narrow(c, d)));
                if (Vector128.EqualsAny(found, Vector128.Create(notRead))) break;
                found.StoreUnsafe(ref MemoryMarshal.GetReference(into), (nuint)row);
            }
        }

        return LookUp(indexes, table, notRead, into, row);
    }

    public static Coded Of(IArrowArray column)
    {
        if (column is DictionaryArray { Dictionary: { } dictionary } coded)
        {
            string TextOf(int index) => index >= 0 && index < dictionary.Length ? Encoding.UTF8.GetString(Bytes(dictionary, index)) : throw new ArgumentException("An index lies outside its dictionary.");

            // As they commonly are: numbers of 32 bits, in every row.
            if (coded.Indices is Int32Array { NullCount: 0 } plain) return new Coded(plain.Values[..coded.Length], dictionary.Length, TextOf, hasNone: false);
            return new Coded(IndexesOf(coded, dictionary.Length), dictionary.Length, TextOf);
        }

        int[] indexes = new int[column.Length];
        var known = new Utf8Words();
        for (int row = 0; row < indexes.Length; row++) indexes[row] = known.IndexOf(Bytes(column, row), out _);
        return new Coded(indexes, known.Count, index => known[index]);
    }

    private static int[] IndexesOf(DictionaryArray coded, int none)
    {
        long[] numbers = Integers.Are(coded.Indices) ? Integers.Of(coded.Indices) : throw new ArgumentException("A dictionary has no indexes.");
        int[] indexes = new int[coded.Length];
        for (int row = 0; row < indexes.Length; row++)
        {
            if (coded.Indices.IsNull(row)) indexes[row] = none;
            else if (numbers[row] >= 0 && numbers[row] < none) indexes[row] = (int)numbers[row];
            else throw new ArgumentException("An index lies outside its dictionary.");
        }

        return indexes;
    }

    private static ReadOnlySpan<byte> Bytes(IArrowArray column, int row) => column switch
    {
        StringArray texts => column.IsNull(row) ? default : CellText.Utf8(texts, row),
        LargeStringArray texts => column.IsNull(row) ? default : CellText.Utf8(texts, row),
        _ => throw new ImportException(new Fault(ImportCodes.CellError, $"must be a column of texts or numbers, and is of the type {column.Data.DataType.Name}", "leave the column out, or write it as text")),
    };
}
