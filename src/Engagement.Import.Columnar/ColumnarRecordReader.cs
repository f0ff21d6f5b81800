using Apache.Arrow;

namespace Engagement.Import.Columnar;

/// <summary>Hands out a columnar file as rows of cells; the first one bears the names of the columns.</summary>
internal sealed class ColumnarRecordReader : IRecordReader
{
    /// <summary>So many rows are held at once.</summary>
    public const int BatchRows = 1 << 14;

    private readonly Stream _stream;
    private readonly IBatchSource _source;
    private readonly ColumnarRow _row;
    private bool _isBegun;
    private RecordBatch? _batch;

    public ColumnarRecordReader(Stream stream, Func<IBatchSource> open, ImportLimits limits)
    {
        _stream = stream;
        try
        {
            _source = open();
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        _row = new ColumnarRow(_source.Schema, limits);
    }

    public SourceRecord? Read()
    {
        if (!_isBegun)
        {
            _isBegun = true;
            return _row;
        }

        if (_row.Next()) return _row;
        _batch?.Dispose();
        _batch = _source.Next();
        if (_batch is null) return null;
        _row.Begin(_batch);
        return _row;
    }

    public void Dispose()
    {
        _batch?.Dispose();
        _source.Dispose();
        _stream.Dispose();
    }
}
