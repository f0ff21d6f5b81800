using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using ParquetSharp;

namespace Engagement.Import.Columnar;

/// <summary>One reader of a Parquet file, by which row groups become columns. For one thread at a time.</summary>
internal sealed class GroupDecoder : IDisposable
{
    /// <summary>So many values are decoded at once: what they need lies in the first cache or the second.</summary>
    private const int Slice = 1 << 13;

    /// <summary>The words of a column of channels, kinds or roles have no more bytes.</summary>
    private const long MostWordBytes = 64L << 20;

    private const int FirstWordBytes = 1 << 10;
    private const int KnownBits = 13;
    private const int KnownWords = 1 << KnownBits;
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15;

    /// <summary>A small dictionary lies within so many bytes.</summary>
    private const int NearBytes = 1 << 12;

    private readonly Fence _fence;
    private readonly SafeFileHandle _handle;
    private readonly FileStream _stream;
    private readonly ReaderProperties _reading;
    private readonly ParquetFileReader _file;
    private readonly short[] _levels = new short[Slice];
    private readonly short[] _repetitions = new short[Slice];
    private readonly ByteArray[] _values = new ByteArray[Slice];
    private byte[] _word = new byte[FirstWordBytes];

    // Values of a dictionary stand in one place of memory, and are known by it; for as long as one slice is decoded, since memory is used again.
    private readonly Known[] _known = new Known[KnownWords];

    // Those of a small dictionary by how far they lie from the first: one more than the length above the index, or 0.
    private readonly long[] _near = new long[NearBytes];
    private int _slices;

    public GroupDecoder(SafeFileHandle file, ReaderProperties reading, Fence fence)
    {
        (_fence, _handle, _reading) = (fence, file, reading);

        // The same open file with a position of its own; it stays open for a reader that is given up and still at it.
        bool isHeld = false;
        _handle.DangerousAddRef(ref isHeld);
        _stream = new FileStream(new SafeFileHandle(_handle.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, 1);
        try
        {
            _file = new ParquetFileReader(_stream, _reading, leaveOpen: true);
        }
        catch
        {
            // A file that was cut off since its footer was read.
            Release();
            throw;
        }
    }

    /// <summary>Reads the columns of row groups: the times from the first place, texts from the others.</summary>
    public void Decode(GroupPart part, int[] places, GroupRows rows)
    {
        rows.Begin(part.Rows);
        int at = 0;
        for (int index = part.First; index < part.End; index++)
        {
            using RowGroupReader group = _file.RowGroup(index);
            int count = checked((int)group.MetaData.NumRows);
            if (at + count > part.Rows) throw _fence.Damaged("its footer reads otherwise the second time");
            for (int column = 0; column < places.Length; column++)
            {
                using ColumnReader reader = group.Column(places[column]);
                int read = reader switch
                {
                    ColumnReader<long> times => Times(times, rows, at, count),
                    ColumnReader<ByteArray> texts => Texts(texts, rows.Texts[column - 1], at, count),
                    _ => throw _fence.Damaged("a column is of another type than its footer says"),
                };
                if (read != count) throw _fence.Damaged(FormattableString.Invariant($"a row group states {count} rows, and a column of it has {read}"));
                if (reader.HasNext) throw _fence.Damaged(FormattableString.Invariant($"a row group states {count} rows, and a column of it has more"));
            }

            at += count;
        }

        if (at != part.Rows) throw _fence.Damaged("its footer reads otherwise the second time");
    }

    public void Dispose()
    {
        _file.Dispose();
        Release();
    }

    private void Release()
    {
        _reading.Dispose();
        _stream.Dispose();
        _handle.DangerousRelease();
    }

    private int Times(ColumnReader<long> reader, GroupRows rows, int at, int count)
    {
        int row = 0;
        while (row < count && reader.HasNext)
        {
            Span<long> room = rows.TimesFrom(at + row, Math.Min(Slice, count - row));
            int levels = (int)reader.ReadBatch(room.Length, _levels, _repetitions, room, out long there);
            if (levels <= 0) break;
            if (there != levels)
            {
                // Values come without gaps: they are moved to their rows from the last one on.
                int value = (int)there;
                for (int place = levels - 1; place >= 0; place--)
                {
                    if (_levels[place] > 0) room[place] = room[--value];
                    else rows.Miss(at + row + place);
                }
            }

            row += levels;
        }

        return row;
    }

    private int Texts(ColumnReader<ByteArray> reader, GroupRows.TextColumn column, int at, int count)
    {
        int row = 0;
        while (row < count && reader.HasNext)
        {
            Span<int> room = column.IndexesFrom(at + row, Math.Min(Slice, count - row));
            int levels = (int)reader.ReadBatch(room.Length, _levels, _repetitions, _values, out long there);
            if (levels <= 0) break;
            _slices++;
            if (there == levels)
            {
                Look(_values.AsSpan(0, levels), column.Words, room);
            }
            else
            {
                Look(_values.AsSpan(0, (int)there), column.Words, room);
                int none = column.Words.IndexOf([], out _);
                int value = (int)there;
                for (int place = levels - 1; place >= 0; place--) room[place] = _levels[place] > 0 ? room[--value] : none;
            }

            row += levels;
        }

        return row;
    }

    private void Look(ReadOnlySpan<ByteArray> values, Utf8Words words, Span<int> indexes)
    {
        int start = LookSmall(values, words, indexes);
        long slice = (long)_slices << 32;
        for (int row = start; (row = LookKnown(values, indexes, _known, slice, row)) < values.Length;)
        {
            ByteArray value = values[row];
            _known[PlaceOf(value.Pointer)] = new Known(value.Pointer, slice | (long)value.Length, IndexOf(value, words));
        }
    }

    /// <summary>Looks values up until the first one that does not lie near the first.</summary>
    private int LookSmall(ReadOnlySpan<ByteArray> values, Utf8Words words, Span<int> indexes)
    {
        // A page of few values is not worth the clearing.
        if (values.Length < NearBytes / 2) return 0;
        nint origin = unchecked(values[0].Pointer - (NearBytes / 2));
        System.Array.Clear(_near);
        int row = 0;
        while ((row = LookNear(values, indexes, _near, origin, row)) < values.Length)
        {
            ByteArray value = values[row];
            nuint distance = unchecked((nuint)(value.Pointer - origin));
            if (distance >= NearBytes) break;
            _near[distance] = ((value.Length + 1L) << 32) | (uint)IndexOf(value, words);
        }

        return row;
    }

    /// <summary>Looks values up from a row on, until the first one that is not known or lies far away.</summary>
    // As the other one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int LookNear(ReadOnlySpan<ByteArray> values, Span<int> indexes, long[] near, nint origin, int from)
    {
        indexes = indexes[..values.Length];
        ReadOnlySpan<long> places = near.AsSpan(0, NearBytes);
        for (int row = from; row < values.Length; row++)
        {
            unchecked
            {
                nuint distance = (nuint)(values[row].Pointer - origin);
                if (distance >= NearBytes) return row;
                long place = places[(int)distance];
                if ((int)(place >> 32) != values[row].Length + 1) return row;
                indexes[row] = (int)place;
            }
        }

        return values.Length;
    }

    /// <summary>Looks values up from a row on, until the first one that is not known.</summary>
    // Without a call in its loop, which would have all that it holds in registers put away in every turn; and optimised from the first slice on, as a slice is one call with a long loop.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int LookKnown(ReadOnlySpan<ByteArray> values, Span<int> indexes, Known[] known, long slice, int from)
    {
        indexes = indexes[..values.Length];
        ReadOnlySpan<Known> places = known.AsSpan(0, KnownWords);
        for (int row = from; row < values.Length; row++)
        {
            nint pointer = values[row].Pointer;
            ref readonly Known place = ref places[PlaceOf(pointer)];
            if (place.Pointer != pointer || place.Key != (slice | (long)values[row].Length)) return row;
            indexes[row] = place.Index;
        }

        return values.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlaceOf(nint pointer) => unchecked((int)(((ulong)pointer * Odd) >> (64 - KnownBits)));

    private int IndexOf(ByteArray value, Utf8Words words)
    {
        if (value.Length + (long)words.Bytes > MostWordBytes) throw Fence.TooMuch($"must have at most {MostWordBytes} bytes of channels, kinds or roles in a row group");
        if (value.Length > _word.Length) _word = new byte[value.Length];
        Marshal.Copy(value.Pointer, _word, 0, value.Length);
        return words.IndexOf(_word.AsSpan(0, value.Length), out _);
    }

    /// <param name="Pointer">Where the value lies.</param>
    /// <param name="Key">The slice in which it was met, and its length.</param>
    /// <param name="Index">Which word it is.</param>
    private readonly record struct Known(nint Pointer, long Key, int Index);
}
