namespace Engagement.Core.Logs;

/// <summary>The cells of a roll-up as they were counted, in less room than a key and a count for each; those are worked out when somebody asks for cells.</summary>
internal abstract class CellSource
{
    /// <summary>The sum of all cells.</summary>
    public abstract long Total { get; }

    /// <summary>No fewer cells than hold a count.</summary>
    public abstract int MostCells { get; }

    /// <summary>Adds all cells, in order, to an empty list.</summary>
    public abstract void AddTo(CellList cells);

    /// <summary>The keys and the counts of all cells, in order.</summary>
    public SparseCells ToCells()
    {
        var cells = new CellList(MostCells);
        try
        {
            AddTo(cells);
            return SparseCells.Of(cells);
        }
        finally
        {
            cells.Return();
        }
    }
}
