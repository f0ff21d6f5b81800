namespace Engagement.Import;

/// <summary>Where the tables of a portfolio are written to. Texts come neutralised, so that no spreadsheet runs them.</summary>
internal interface ITableTarget
{
    /// <summary>Writes a table.</summary>
    /// <param name="file">The file that it is in a portfolio folder.</param>
    /// <param name="header">The names of its columns.</param>
    /// <param name="rows">Its rows, as wide as the header.</param>
    void Write(string file, string[] header, IEnumerable<string[]> rows);
}
