namespace Engagement.Core.Logs;

/// <summary>Makes roll-ups of counts that were made elsewhere, in a database for example, by the same periods.</summary>
internal static class ForeignCells
{
    /// <summary>The roll-up of counted cells.</summary>
    /// <param name="dictionary">The channels and publications that the cells point to; all of the channels count as looked at.</param>
    /// <param name="calendar">The periods.</param>
    /// <param name="options">What counts: cells of other kinds, roles and channels are left out.</param>
    /// <param name="cells">The cells in any order; those of one key are added.</param>
    /// <param name="rowsRead">How many rows the counts were made of, counted or not.</param>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public static RollUp RollUpOf(LogDictionary dictionary, LocalCalendar calendar, RollUpOptions options, IEnumerable<ForeignCell> cells, long rowsRead) => RollUpOf(dictionary, calendar, options, rowsRead, (series, list) =>
    {
        RollUpRecipe recipe = options.Recipe;
        foreach (ForeignCell cell in cells)
        {
            int place = series.PlaceOf(!options.ByPublication ? cell.Channel : cell.Publication != InteractionLog.None ? cell.Publication : dictionary.Publications.Count + cell.Channel);
            if (place == series.List.Count || (recipe.Kinds >> cell.Kind & 1) == 0 || (recipe.Roles >> cell.Role & 1) == 0) continue;
            list.Add(CellKey.Of(cell.Period, place, CellKey.Code(cell.Kind, cell.Role)), cell.Count);
        }
    });

    /// <summary>The roll-up of cells by their keys; in their order they need not be sorted.</summary>
    /// <param name="dictionary">The channels and publications that were looked at.</param>
    /// <param name="calendar">The periods.</param>
    /// <param name="options">What counts.</param>
    /// <param name="rowsRead">How many rows the counts were made of, counted or not.</param>
    /// <param name="addTo">Adds the cells that count to a list, with the places of the series; those of one key are added up.</param>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public static RollUp RollUpOf(LogDictionary dictionary, LocalCalendar calendar, RollUpOptions options, long rowsRead, Action<SeriesMap, CellList> addTo)
    {
        var series = new SeriesMap(dictionary, options);
        var list = new CellList();
        try
        {
            addTo(series, list);
            list.Sorted(key => RollUp.Describe(calendar, series.List, key));
            return new(calendar, options.Recipe, series.List, SparseCells.Of(list), rowsRead);
        }
        finally
        {
            list.Return();
        }
    }
}
