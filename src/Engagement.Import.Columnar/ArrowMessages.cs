using System.Buffers.Binary;

namespace Engagement.Import.Columnar;

/// <summary>What an Arrow reader reads, looked at before it does: it reserves memory as a message says, for the message itself and for a list of its columns, even if the file is shorter.</summary>
internal sealed class ArrowMessages(Stream stream) : Stream
{
    private const int LengthBytes = sizeof(int);

    // In front of the mark at the end of a file; what it tells the length of is no message.
    private const int FooterLengthBeforeEnd = 10;

    // Of the schema of Arrow's messages (Message.fbs): numbers of fields, kinds of headers, and bytes of a column's node.
    private const int HeaderKindOfMessage = 1;
    private const int HeaderOfMessage = 2;
    private const int DataOfDictionary = 1;
    private const int NodesOfBatch = 1;
    private const byte Dictionary = 2;
    private const byte Batch = 3;
    private const int NodeBytes = 16;

    private int _messageBytes;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => stream.Length;

    public override long Position { get => stream.Position; set => stream.Position = value; }

    public override int Read(Span<byte> buffer)
    {
        bool isFooter = stream.Position == Length - FooterLengthBeforeEnd;
        int read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (read > 0 && read == _messageBytes) Look(buffer[..read]);
        _messageBytes = 0;
        if (read != LengthBytes || buffer.Length != LengthBytes) return read;
        int length = BinaryPrimitives.ReadInt32LittleEndian(buffer);
        if (length > Length) throw new InvalidDataException("A message is longer than its file.");
        if (!isFooter) _messageBytes = length;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => stream.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>A message is a FlatBuffer; what does not lie within it throws.</summary>
    private static void Look(ReadOnlySpan<byte> message)
    {
        int root = Number(message, 0);
        int kindAt = FieldOf(message, root, HeaderKindOfMessage);
        int headerAt = FieldOf(message, root, HeaderOfMessage);
        if (kindAt == 0 || headerAt == 0 || message[kindAt] is not (Dictionary or Batch)) return;
        int batch = headerAt + Number(message, headerAt);
        if (message[kindAt] == Dictionary)
        {
            int dataAt = FieldOf(message, batch, DataOfDictionary);
            if (dataAt == 0) return;
            batch = dataAt + Number(message, dataAt);
        }

        int nodesAt = FieldOf(message, batch, NodesOfBatch);
        if (nodesAt == 0) return;
        int nodes = nodesAt + Number(message, nodesAt);
        int count = Number(message, nodes);
        if (count < 0 || count > (message.Length - nodes - LengthBytes) / NodeBytes) throw new InvalidDataException("A message has fewer columns than it says.");
    }

    /// <summary>Where a field of a table lies; 0 where it is left out.</summary>
    private static int FieldOf(ReadOnlySpan<byte> message, int table, int field)
    {
        int offsets = table - Number(message, table);
        int at = LengthBytes + (field * sizeof(ushort));
        if (at >= Short(message, offsets)) return 0;
        int offset = Short(message, offsets + at);
        return offset == 0 ? 0 : table + offset;
    }

    private static int Number(ReadOnlySpan<byte> message, int at) => BinaryPrimitives.ReadInt32LittleEndian(message[at..]);

    private static int Short(ReadOnlySpan<byte> message, int at) => BinaryPrimitives.ReadUInt16LittleEndian(message[at..]);
}
