using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engagement.Core.Logs;

/// <summary>The k smallest distinct hashes of the actors of each cell, over rows of one thread.</summary>
/// <remarks>Block by block: the actors of a block are hashed together, then each hash that lies below its cell's θ goes into the cell's table. Once the tables are full, hardly any does.</remarks>
internal sealed class HashesPerCell
{
    private const int Block = 512;

    private readonly SmallestHashes?[] _tables;
    private readonly ulong[] _thetas;
    private readonly int _k;
    private readonly ulong[]? _hashOfActor;

    /// <summary>Tables for cells; the actors are numbers of their own, or point to hashes.</summary>
    public HashesPerCell(int cells, int k, ulong[]? hashOfActor = null)
    {
        _hashOfActor = hashOfActor;
        _tables = new SmallestHashes[cells];
        _thetas = new ulong[cells];
        _k = k;
        Array.Fill(_thetas, SmallestHashes.Everything);
    }

    /// <summary>The rows that had no actor.</summary>
    public long RowsWithoutActor { get; private set; }

    /// <summary>The hashes of a cell; null when it has none.</summary>
    public SmallestHashes? this[int cell] => _tables[cell];

    /// <summary>Adds rows; an empty span of cells means that all rows belong to cell 0.</summary>
    public void Add(ReadOnlySpan<long> actors, ReadOnlySpan<int> cells, int firstRow, CancellationToken cancellation)
    {
        Span<ulong> hashes = stackalloc ulong[Block];
        for (int start = 0; start < actors.Length; start += Block)
        {
            if (start % (Block * 128) == 0) cancellation.ThrowIfCancellationRequested();
            int length = Math.Min(Block, actors.Length - start);
            ReadOnlySpan<long> block = actors.Slice(start, length);
            if (_hashOfActor is null) MurmurHash3.OfNumbers(block, hashes);
            else for (int row = 0; row < length; row++) hashes[row] = block[row] == ActorHash.Missing ? 0 : _hashOfActor[block[row]];
            AddBlock(block, cells.IsEmpty ? [] : cells.Slice(start, length), hashes[..length], firstRow + start);
        }
    }

    // First all rows without a branch that could be guessed wrong, then the few that are left.
    private void AddBlock(ReadOnlySpan<long> actors, ReadOnlySpan<int> cells, Span<ulong> hashes, int firstRow)
    {
        Span<int> kept = stackalloc int[Block];
        ref ulong thetas = ref MemoryMarshal.GetArrayDataReference(_thetas);
        ref ulong hash = ref MemoryMarshal.GetReference(hashes);
        ref long actor = ref MemoryMarshal.GetReference(actors);
        int next = 0;
        int without = 0;
        if (!cells.IsEmpty) ActorHash.CheckCells(cells, _thetas.Length, firstRow);
        for (int row = 0; row < actors.Length; row++)
        {
            int cell = cells.IsEmpty ? 0 : Unsafe.Add(ref MemoryMarshal.GetReference(cells), row);
            ulong candidate = Unsafe.Add(ref hash, row) >> 1;
            bool missing = Unsafe.Add(ref actor, row) == ActorHash.Missing;
            Unsafe.Add(ref hash, next) = candidate;
            Unsafe.Add(ref MemoryMarshal.GetReference(kept), next) = cell;
            without += missing ? 1 : 0;
            next += !missing & candidate < Unsafe.Add(ref thetas, cell) ? 1 : 0;
        }

        RowsWithoutActor += without;
        for (int index = 0; index < next; index++)
        {
            int cell = kept[index];
            SmallestHashes table = _tables[cell] ??= new SmallestHashes(_k);
            table.Add(hashes[index]);
            _thetas[cell] = table.Theta;
        }
    }
}
