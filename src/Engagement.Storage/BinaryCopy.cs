using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Engagement.Storage;

/// <summary>PostgreSQL's binary COPY, written by the buffer: a call of the client for each value of each row would cost more than the server's work.</summary>
internal sealed class BinaryCopy : IAsyncDisposable
{
    private const int FlushBytes = 1 << 18;
    private const int RoomBytes = 1 << 12;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly NpgsqlRawCopyStream _stream;
    private byte[] _buffer = new byte[RoomBytes];
    private int _used;
    private bool _hasEnded;

    private BinaryCopy(NpgsqlRawCopyStream stream)
    {
        _stream = stream;

        // PostgreSQL's signature, then no flags and no extension of the header.
        ReadOnlySpan<byte> signature = [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];
        signature.CopyTo(_buffer);
        _used = signature.Length + 8;
    }

    /// <summary>Whether it is time for <see cref="FlushAsync"/>.</summary>
    public bool IsFull => _used >= FlushBytes;

    public static async Task<BinaryCopy> BeginAsync(NpgsqlConnection connection, string table, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        NpgsqlRawCopyStream stream = await connection.BeginRawBinaryCopyAsync($"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
        (stream.ReadTimeout, stream.WriteTimeout) = (0, 0);
        return new BinaryCopy(stream);
    }

    /// <summary>Begins a row of so many values.</summary>
    public void Row(int values) => BinaryPrimitives.WriteInt16BigEndian(Room(2), (short)values);

    public void Null() => BinaryPrimitives.WriteInt32BigEndian(Room(4), -1);

    public void Write(short value)
    {
        Span<byte> room = Room(4 + sizeof(short));
        BinaryPrimitives.WriteInt32BigEndian(room, sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(room[4..], value);
    }

    public void Write(int value)
    {
        Span<byte> room = Room(4 + sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(room, sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(room[4..], value);
    }

    public void Write(long value)
    {
        Span<byte> room = Room(4 + sizeof(long));
        BinaryPrimitives.WriteInt32BigEndian(room, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(room[4..], value);
    }

    public void Write(int? value)
    {
        if (value is { } number) Write(number);
        else Null();
    }

    public void Write(long? value)
    {
        if (value is { } number) Write(number);
        else Null();
    }

    /// <summary>Numbers as the text of an array.</summary>
    public void Write(long[] numbers) => Write($"{{{string.Join(',', numbers)}}}");

    public void Write(string text)
    {
        int bytes = Utf8.GetByteCount(text);
        BinaryPrimitives.WriteInt32BigEndian(Room(4), bytes);
        Utf8.GetBytes(text, Room(bytes));
    }

    /// <summary>A date, as days since 2000-01-01.</summary>
    public void Write(DateOnly date) => Write(date.DayNumber - new DateOnly(2000, 1, 1).DayNumber);

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(_buffer.AsMemory(0, _used), cancellationToken).ConfigureAwait(false);
        _used = 0;
    }

    /// <summary>Ends the copy: the rows are in the table when this has returned.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(2), -1);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        _hasEnded = true;
        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Takes back a copy that was not completed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_hasEnded) return;
        _hasEnded = true;
        try
        {
            await _stream.CancelAsync().ConfigureAwait(false);
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or IOException)
        {
            // The connection is gone, and the copy with it: what led here is the error to tell.
        }
    }

    private Span<byte> Room(int bytes)
    {
        if (_used + bytes > _buffer.Length) Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _used + bytes));
        Span<byte> room = _buffer.AsSpan(_used, bytes);
        _used += bytes;
        return room;
    }
}
