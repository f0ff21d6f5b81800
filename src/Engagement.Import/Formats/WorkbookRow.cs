using System.Globalization;
using System.Text;

namespace Engagement.Import;

/// <summary>A row of a sheet. Cells that the sheet does not have are blank.</summary>
internal sealed class WorkbookRow(string part, long line) : SourceRecord
{
    private readonly List<(string Text, bool IsNumber, Fault? Fault)> _cells = [];
    private Fault? _fault;

    public override string Part => part;

    public override long Line => line;

    public override int Count => _cells.Count;

    public override bool IsPadded => true;

    public override bool IsForSpreadsheets => true;

    public override Fault? Fault => _fault;

    /// <summary>The cells as they read, with tabs between; a row of a sheet has no bytes of its own.</summary>
    public override byte[] Original() => Encoding.UTF8.GetBytes(string.Join('\t', _cells.Select(cell => cell.Text)));

    public override string Cell(int index, out Fault? fault)
    {
        (string text, _, fault) = index < _cells.Count ? _cells[index] : ("", false, null);
        return text;
    }

    public override bool IsNumber(int index) => index < _cells.Count && _cells[index].IsNumber;

    /// <summary>Puts a cell in its column; what a row cannot hold makes it unsound.</summary>
    public void Put(int column, string text, bool isNumber, Fault? fault, ImportLimits limits)
    {
        if (column >= limits.Columns)
        {
            if (text.Length > 0) _fault ??= new Fault(ImportCodes.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"must have at most {limits.Columns} columns; there is a cell in column {column + 1}"), "remove the others, or raise the limit");
            return;
        }

        if (text.Length == 0 && fault is null) return;
        if (column < _cells.Count)
        {
            _fault ??= new Fault(ImportCodes.BrokenRow, "must have its cells in the order of the columns, each once", "open and save it in a spreadsheet program");
            return;
        }

        while (_cells.Count < column) _cells.Add(("", false, null));
        _cells.Add((text, isNumber, fault));
    }
}
