using System.Text;

namespace Engagement.Import.Columnar;

/// <summary>Cuts a CSV file into blocks of whole rows, has them parsed on all processors, and hands them out in their order.</summary>
/// <param name="utf8">The file.</param>
/// <param name="fileBytes">How long it is.</param>
/// <param name="mostRowBytes">The most bytes of a row.</param>
internal sealed class CsvBlocks(Stream utf8, long fileBytes, int mostRowBytes)
{
    /// <summary>So many blocks are under way for each processor: enough to go on with while what they hold is counted.</summary>
    private const int BlocksAhead = 8;

    private readonly Queue<(CsvBlock Block, Task Parsing)> _underWay = new();
    private readonly Stack<CsvBlock> _free = new();
    private readonly int _usualBytes = (int)Math.Clamp(2 * Math.Min(fileBytes, CsvBlock.UsualBytes), 1 << 10, CsvBlock.UsualBytes);
    private byte[] _rest = [];
    private bool _isBegun;
    private bool _isAtEnd;

    /// <summary>What the file's bytes failed with, if they did; rows before that are handed out first.</summary>
    public DecoderFallbackException? Failure { get; private set; }

    /// <summary>The first block, not parsed: the header stands in it.</summary>
    public CsvBlock First()
    {
        var first = new CsvBlock { IsFirst = true };
        Fill(first);
        return first;
    }

    /// <summary>The next block, parsed; null at the end.</summary>
    public CsvBlock? Next(CsvShape shape)
    {
        while (!_isAtEnd && _underWay.Count < BlocksAhead * Environment.ProcessorCount)
        {
            if (!_free.TryPop(out CsvBlock? block)) block = new CsvBlock();
            if (Fill(block)) Begin(block, shape);
        }

        if (!_underWay.TryDequeue(out (CsvBlock Block, Task Parsing) next)) return null;
        next.Parsing.GetAwaiter().GetResult();
        return next.Block;
    }

    public void Begin(CsvBlock block, CsvShape shape) => _underWay.Enqueue((block, Task.Run(() => block.Parse(shape))));

    /// <summary>Takes back a block that is done with.</summary>
    public void Return(CsvBlock block)
    {
        block.IsFirst = false;
        if (block.Bytes.Length == _usualBytes) _free.Push(block);
    }

    /// <summary>Fills a block with whole rows; whether there were any bytes.</summary>
    private bool Fill(CsvBlock block)
    {
        // A line break before it does no harm, and keeps bytes in the middle of a file from being taken for a mark of its encoding.
        int begin = _isBegun ? 1 : 0;
        _isBegun = true;
        if (block.Bytes.Length <= begin + _rest.Length) block.Bytes = new byte[Math.Max(_usualBytes, 2 * _rest.Length)];
        _rest.CopyTo(block.Bytes.AsSpan(begin));
        if (begin == 1) block.Bytes[0] = (byte)'\n';
        int length = begin + _rest.Length;
        while (true)
        {
            length += Read(block.Bytes.AsSpan(length));
            if (_isAtEnd)
            {
                block.Length = Failure is null ? length : begin + EndOfRows(block.Bytes.AsSpan(begin, length - begin));
                return block.Length > begin;
            }

            int end = begin + EndOfRows(block.Bytes.AsSpan(begin, length - begin));
            if (end > begin)
            {
                block.Length = end;
                _rest = block.Bytes[end..length];
                return true;
            }

            if (length > mostRowBytes)
            {
                (block.Length, block.IsCut, _isAtEnd) = (length, true, true);
                return true;
            }

            byte[] bytes = block.Bytes;
            Array.Resize(ref bytes, (int)Math.Min(2L * bytes.Length, Array.MaxLength));
            block.Bytes = bytes;
        }
    }

    /// <summary>Reads until the buffer is full or the file is at its end.</summary>
    private int Read(Span<byte> buffer)
    {
        int filled = 0;
        try
        {
            while (filled < buffer.Length)
            {
                int read = utf8.Read(buffer[filled..]);
                if (read == 0)
                {
                    _isAtEnd = true;
                    break;
                }

                filled += read;
            }
        }
        catch (DecoderFallbackException exception)
        {
            (Failure, _isAtEnd) = (exception, true);
        }

        return filled;
    }

    /// <summary>The end of the last whole row: behind the last line break that has an even number of quotes before it; 0 where there is none.</summary>
    private static int EndOfRows(ReadOnlySpan<byte> bytes)
    {
        int end = EndOfRows(bytes, (byte)'\n');
        return end > 0 ? end : EndOfRows(bytes, (byte)'\r');
    }

    private static int EndOfRows(ReadOnlySpan<byte> bytes, byte lineBreak)
    {
        int quotes = bytes.Count((byte)'"');
        for (int end = bytes.LastIndexOf(lineBreak); end >= 0; end = bytes.LastIndexOf(lineBreak))
        {
            quotes -= bytes[end..].Count((byte)'"');
            if (quotes % 2 == 0) return end + 1;
            bytes = bytes[..end];
        }

        return 0;
    }
}
