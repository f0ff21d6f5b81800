using System.Text;
using Apache.Arrow;

namespace Engagement.Import.Columnar;

/// <summary>A row of a batch, or the names of the columns. Its line is the number of the row, from 1; that of the names is 0.</summary>
internal sealed class ColumnarRow(Schema schema, ImportLimits limits) : SourceRecord
{
    private RecordBatch? _batch;
    private long _before;
    private int _at;

    public override long Line => _batch is null ? 0 : _before + _at + 1;

    public override int Count => schema.FieldsList.Count;

    /// <summary>The cells as they read, with tabs between; a row of columns has no bytes of its own.</summary>
    public override byte[] Original() => Encoding.UTF8.GetBytes(string.Join('\t', Enumerable.Range(0, Count).Select(index => Cell(index, out _))));

    public override string Cell(int index, out Fault? fault)
    {
        fault = null;
        if (_batch is null) return schema.FieldsList[index].Name;
        string text;
        try
        {
            text = CellText.Of(_batch.Column(index), _at, out fault);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or InvalidCastException or OverflowException or NullReferenceException or InvalidOperationException)
        {
            // A buffer that is shorter than its column claims to be.
            fault = new Fault(ImportCodes.Damaged, "must lie in the file, and does not", "export it again");
            return "";
        }

        if (text.Length > limits.FieldBytes) fault = new Fault(ImportCodes.LimitExceeded, FormattableString.Invariant($"must have a field of at most {limits.FieldBytes} bytes"), "shorten the text, or raise the limit");
        return text;
    }

    public override bool IsNumber(int index) => _batch is not null && CellText.IsNumber(schema.FieldsList[index].DataType);

    public void Begin(RecordBatch batch)
    {
        if (_batch is not null) _before += _at + 1;
        (_batch, _at) = (batch, 0);
        if (batch.ColumnCount != Count) throw new ImportException(new Fault(ImportCodes.Damaged, "has a batch with other columns than its schema", "export it again"));
    }

    public bool Next()
    {
        if (_batch is null || _at + 1 >= _batch.Length) return false;
        _at++;
        return true;
    }
}
