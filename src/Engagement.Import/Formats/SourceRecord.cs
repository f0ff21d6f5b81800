namespace Engagement.Import;

/// <summary>One record of a file, whatever its format: a row of cells by position (CSV, sheets, columnar files, whose first row is the header), or an object of named values (JSON).</summary>
internal abstract class SourceRecord
{
    /// <summary>The part of the file: the name of a sheet; empty where a file is one table.</summary>
    public virtual string Part => "";

    /// <summary>The line or row on which the record begins, from 1.</summary>
    public abstract long Line { get; }

    /// <summary>How many cells a row has; 0 for an object.</summary>
    public virtual int Count => 0;

    /// <summary>Whether cells at the end that the header has and the row has not are blank, as in a sheet, and no mistake.</summary>
    public virtual bool IsPadded => false;

    /// <summary>Whether spreadsheets open such files, so that we write an apostrophe before a text that they would run.</summary>
    public virtual bool IsForSpreadsheets => false;

    /// <summary>What makes the record unsound as a whole (quotes, bytes, size); null when nothing does.</summary>
    public virtual Fault? Fault => null;

    /// <summary>The bytes as they stand in the file, for the rejects file.</summary>
    public abstract byte[] Original();

    /// <summary>The text of a cell by position.</summary>
    /// <param name="index">The position, from 0.</param>
    /// <param name="fault">Why the cell is no text: bytes that are not of the encoding.</param>
    public virtual string Cell(int index, out Fault? fault) => throw new NotSupportedException();

    /// <summary>Whether a cell holds a number as such: its text has a point before decimals and no groups, whatever the language of the header.</summary>
    public virtual bool IsNumber(int index) => false;

    /// <summary>The text of a named value; null when the object has no such name.</summary>
    public virtual string? Cell(string name) => throw new NotSupportedException();
}
