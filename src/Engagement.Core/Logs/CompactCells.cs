namespace Engagement.Core.Logs;

/// <summary>Cells that hold a count, period by period: 2 bytes for the series and the code, and 1 for the count, with what is beyond apart.</summary>
internal sealed class CompactCells : CellSource
{
    private readonly CellBlock[] _blocks;
    private readonly ushort[] _cells;
    private readonly byte[] _counts;
    private readonly (int Place, uint By)[] _raised;
    private readonly int[] _keyOfCode;
    private readonly int _shift;

    /// <summary>The cells of lists.</summary>
    /// <param name="parts">Which blocks of which list, in the order of periods.</param>
    /// <param name="keyOfCode">What stands in a key for a code.</param>
    /// <param name="shift">How many bits of a cell are its code.</param>
    public CompactCells(IReadOnlyList<(CountedCells List, int First, int End)> parts, int[] keyOfCode, int shift)
    {
        (_keyOfCode, _shift) = (keyOfCode, shift);
        var blocks = new List<CellBlock>();
        var raised = new List<(int Place, uint By)>();
        var raisedBefore = new Dictionary<CountedCells, int>();
        int all = parts.Sum(part => Range(part) is var (start, end) ? end - start : 0);
        (_cells, _counts) = (GC.AllocateUninitializedArray<ushort>(all), GC.AllocateUninitializedArray<byte>(all));
        int next = 0;
        foreach (var part in parts)
        {
            (int start, int end) = Range(part);
            for (int block = part.First; block < part.End; block++) blocks.Add(part.List.Block(block) with { Start = part.List.Block(block).Start - start + next });

            // A list's parts come in the order in which they were counted.
            int place = raisedBefore.GetValueOrDefault(part.List);
            for (; place < part.List.Raised.Count && part.List.Raised[place].Place < end; place++) raised.Add((part.List.Raised[place].Place - start + next, part.List.Raised[place].By));
            raisedBefore[part.List] = place;
            part.List.Cells[start..end].CopyTo(_cells.AsSpan(next));
            part.List.Counts[start..end].CopyTo(_counts.AsSpan(next));
            next += end - start;
        }

        (_blocks, _raised) = ([.. blocks], [.. raised]);
        foreach (byte count in _counts) Total += count;
        foreach ((_, uint by) in _raised) Total += by;

        static (int Start, int End) Range((CountedCells List, int First, int End) part) =>
            part.First == part.End ? (0, 0) : (part.List.Block(part.First).Start, part.List.Block(part.End - 1).Start + part.List.Block(part.End - 1).Length);
    }

    public override long Total { get; }

    public override int MostCells => _cells.Length;

    public override void AddTo(CellList cells)
    {
        int mask = (1 << _shift) - 1;
        int raised = 0;
        foreach (CellBlock block in _blocks)
        {
            for (int place = block.Start; place < block.Start + block.Length; place++)
            {
                int cell = (block.Upper << CellBlock.LowerBits) | _cells[place];
                long count = _counts[place];
                if (raised < _raised.Length && _raised[raised].Place == place) count += _raised[raised++].By;
                cells.Add(CellKey.Of(block.Period, cell >> _shift, _keyOfCode[cell & mask]), count);
            }
        }
    }
}
