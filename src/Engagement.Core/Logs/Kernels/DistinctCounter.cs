using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engagement.Core.Logs;

/// <summary>Distinct actors, overall and per cell, of rows that come in any number of columns, over a given number of threads.</summary>
/// <remarks>
/// Rows are taken block by block: each worker hashes its share and sorts it by the highest bits of the hash into partitions; then each partition, with the shares of all workers, goes into a table of its own that fits the second-level cache.
/// Memory: the tables (16 to 32 bytes per distinct actor, or per actor and cell where there are more than 64 cells) and one block (12 bytes per row of it). Sets do not depend on order, so the counts depend on neither degree nor blocks.
/// </remarks>
internal sealed class DistinctCounter : IDisposable
{
    private const int FewRows = 1 << 17;
    private const int MostBits = 10;

    // Below, the threads' own start costs more than they save.
    private const int RowsWorthAThread = 1 << 18;

    private const int Few = 512;
    private const int BlockRows = 1 << 23;

    private readonly ActorTable[] _tables;
    private readonly int _cells;
    private readonly int _degree;
    private readonly int _blockRows;
    private readonly int _bits;
    private readonly long[][] _withoutActor;

    /// <summary>A counter; of 0 cells it counts overall alone.</summary>
    public DistinctCounter(int cells, int degree, long expectedRows, int blockRows = BlockRows)
    {
        _blockRows = blockRows;
        int bits = (int)Math.Clamp(BitOperations.Log2((ulong)Math.Max(1, expectedRows / FewRows)), 0, MostBits);
        _cells = cells;
        _degree = (int)Math.Clamp(expectedRows / RowsWorthAThread, 1, degree);
        _bits = bits;
        _tables = new ActorTable[1 << bits];
        for (int partition = 0; partition < _tables.Length; partition++) _tables[partition] = cells == 0 ? new ActorSet() : cells <= ActorMasks.MostCells ? new ActorMasks() : new ActorPairs();
        _withoutActor = new long[_degree][];
        for (int worker = 0; worker < _degree; worker++) _withoutActor[worker] = new long[Math.Max(1, cells)];
    }

    public void Add(ReadOnlyMemory<long> actors, ReadOnlyMemory<int> cells, CancellationToken cancellation)
    {
        int block = Math.Min(actors.Length, _blockRows);
        ulong[] hashes = ArrayPool<ulong>.Shared.Rent(block);
        int[] sorted = _cells == 0 ? [] : ArrayPool<int>.Shared.Rent(block);
        int[] starts = new int[_degree * (_tables.Length + 1)];
        try
        {
            for (int start = 0; start < actors.Length; start += block)
            {
                int length = Math.Min(block, actors.Length - start);
                Workers.Run(
                    _degree,
                    _degree,
                    (_, share) =>
                    {
                        (int from, int count) = Workers.Share(length, share, _degree);
                        ReadOnlySpan<int> part = _cells == 0 ? [] : cells.Span.Slice(start + from, count);
                        Partition(actors.Span.Slice(start + from, count), part, start + from, from, hashes, sorted, Starts(starts, share), _withoutActor[share]);
                    },
                    cancellation);
                Workers.Run(
                    _degree,
                    _tables.Length,
                    (_, partition) =>
                    {
                        for (int share = 0; share < _degree; share++)
                        {
                            Span<int> ends = Starts(starts, share);
                            int from = ends[partition];
                            int count = ends[partition + 1] - from;
                            _tables[partition].Add(hashes.AsSpan(from, count), _cells == 0 ? [] : sorted.AsSpan(from, count));
                        }
                    },
                    cancellation);
            }
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(hashes);
            if (_cells > 0) ArrayPool<int>.Shared.Return(sorted);
        }
    }

    /// <summary>The distinct actors overall, those of each cell, and the rows without actor of each cell (of cell 0 when there are no cells).</summary>
    public (long Union, long[] Cells, long[] WithoutActor) Counts()
    {
        long union = 0;
        foreach (ActorTable table in _tables) union += table.Actors;
        var parts = new long[_degree][];
        for (int worker = 0; worker < _degree; worker++) parts[worker] = new long[_cells];
        Workers.Run(_cells == 0 ? 1 : _degree, _tables.Length, (worker, partition) => _tables[partition].AddTo(parts[worker]), CancellationToken.None);
        return (union, Sum(parts), Sum(_withoutActor));
    }

    public void Dispose()
    {
        foreach (ActorTable table in _tables) table.Dispose();
    }

    private static long[] Sum(long[][] parts)
    {
        long[] sum = parts[0];
        foreach (long[] part in parts.AsSpan(1))
        {
            for (int cell = 0; cell < part.Length; cell++) sum[cell] += part[cell];
        }

        return sum;
    }

    private Span<int> Starts(int[] starts, int share) => starts.AsSpan(share * (_tables.Length + 1), _tables.Length + 1);

    /// <summary>Counting sort of a share by the highest bits of the hash; on return partition p lies from starts[p] to starts[p + 1].</summary>
    private void Partition(ReadOnlySpan<long> actors, ReadOnlySpan<int> cells, int firstRow, int offset, ulong[] hashes, int[] sorted, Span<int> starts, long[] withoutActor)
    {
        Span<int> next = stackalloc int[_tables.Length];
        next.Clear();
        Span<ulong> scratch = stackalloc ulong[Few];
        ref ulong hash = ref MemoryMarshal.GetReference(scratch);
        for (int start = 0; start < actors.Length; start += Few)
        {
            int length = Math.Min(Few, actors.Length - start);
            ReadOnlySpan<long> few = actors.Slice(start, length);
            if (!cells.IsEmpty) ActorHash.CheckCells(cells.Slice(start, length), _cells, firstRow + start);
            if (few.Contains(ActorHash.Missing)) CountMissing(few, cells.IsEmpty ? [] : cells.Slice(start, length), withoutActor);
            ActorHash.Of(few, scratch);
            for (int row = 0; row < length; row++) Next(next, Unsafe.Add(ref hash, row))++;
        }

        int sum = offset;
        for (int partition = 0; partition < next.Length; partition++)
        {
            starts[partition] = sum;
            sum += next[partition];
            next[partition] = starts[partition];
        }

        starts[^1] = sum;
        ref ulong target = ref MemoryMarshal.GetArrayDataReference(hashes);
        ref int targetCells = ref MemoryMarshal.GetArrayDataReference(sorted);
        for (int start = 0; start < actors.Length; start += Few)
        {
            int length = Math.Min(Few, actors.Length - start);
            ActorHash.Of(actors.Slice(start, length), scratch);
            if (cells.IsEmpty)
            {
                for (int row = 0; row < length; row++) Unsafe.Add(ref target, Next(next, Unsafe.Add(ref hash, row))++) = Unsafe.Add(ref hash, row);
                continue;
            }

            ref int cell = ref MemoryMarshal.GetReference(cells[start..]);
            for (int row = 0; row < length; row++)
            {
                int place = Next(next, Unsafe.Add(ref hash, row))++;
                Unsafe.Add(ref target, place) = Unsafe.Add(ref hash, row);
                Unsafe.Add(ref targetCells, place) = Unsafe.Add(ref cell, row);
            }
        }
    }

    private static void CountMissing(ReadOnlySpan<long> actors, ReadOnlySpan<int> cells, long[] withoutActor)
    {
        for (int row = 0; row < actors.Length; row++)
        {
            if (actors[row] == ActorHash.Missing) withoutActor[cells.IsEmpty ? 0 : cells[row]]++;
        }
    }

    // Shifted twice, because a shift by 64 would be one by 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref int Next(Span<int> next, ulong hash) => ref Unsafe.Add(ref MemoryMarshal.GetReference(next), (nint)(hash >> 1 >> (63 - _bits)));
}
