using System.Buffers;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace Engagement.Import.Columnar;

/// <summary>Reads Arrow IPC. The library takes memory as a file tells it to, so the memory is dealt out by us.</summary>
internal sealed class ArrowBatches : IBatchSource
{
    private readonly Fence _fence;
    private readonly ArrowStreamReader _reader;
    private readonly Rations _rations;

    public ArrowBatches(Stream stream, bool isFile, ImportLimits limits)
    {
        _fence = Fence.Of("Arrow", stream.Length, limits);

        // What is not packed is no longer than the file; what is, no more than so many times as long.
        _rations = new Rations(Math.Min(limits.FileBytes, Math.Max(1 << 20, Math.Min(stream.Length, long.MaxValue / limits.UnpackedRatio) * limits.UnpackedRatio)));
        var codecs = new CompressionCodecFactory();
        (_reader, Schema) = _fence.Run(() =>
        {
            var messages = new ArrowMessages(stream);
            ArrowStreamReader reader = isFile ? new ArrowFileReader(messages, _rations, codecs, leaveOpen: true) : new ArrowStreamReader(messages, _rations, codecs, leaveOpen: true);
            return (reader, reader.Schema ?? throw _fence.Damaged("it has no schema"));
        });
        if (Schema.FieldsList.Count > limits.Columns) throw Fence.TooMuch($"must have at most {limits.Columns} columns, not {Schema.FieldsList.Count}");
    }

    public Schema Schema { get; }

    public RecordBatch? Next()
    {
        while (true)
        {
            RecordBatch? batch = _fence.Run(_reader.ReadNextRecordBatch);
            if (batch is null) return null;
            if (batch.Length > 0 && IsSound(batch)) return batch;
            bool isEmpty = batch.Length == 0;
            batch.Dispose();
            if (!isEmpty) throw _fence.Damaged("its columns do not have the rows that it says");
        }
    }

    public void Dispose()
    {
        if (!_fence.IsGivenUp) _reader?.Dispose();
    }

    /// <summary>Whether the rows of a batch are there: before arrays of that length are made, or that many rows are gone through. Columns without values have any number of rows, so one at least must have some.</summary>
    private static bool IsSound(RecordBatch batch) =>
        batch.Arrays.All(column => column.Length == batch.Length && Holds(column.Data)) && batch.Arrays.Any(column => column.Data.DataType is not NullType);

    /// <summary>Whether the bytes are there that a column says it has.</summary>
    private static bool Holds(ArrayData data)
    {
        if (data.Length == 0) return true;
        long values = (long)data.Offset + data.Length;
        return data.DataType switch
        {
            DictionaryType type => Bits(values, type.IndexType) && data.Dictionary is { } dictionary && Holds(dictionary),
            StringType => Bytes(sizeof(int) * (values + 1)),
            LargeStringType => Bytes(sizeof(long) * (values + 1)),
            var type => Bits(values, type),
        };

        bool Bits(long count, IArrowType type) => type is not FixedWidthType fixedWidth || Bytes(((count * fixedWidth.BitWidth) + 7) / 8);

        bool Bytes(long count) => data.Buffers.Length > 1 && data.Buffers[1].Length >= count;
    }

    /// <summary>Deals out memory up to a limit for all that is held at once.</summary>
    private sealed class Rations(long most) : MemoryAllocator
    {
        private const long MostAtOnce = 2L << 30;

        private long _held;

        protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
        {
            if (Interlocked.Add(ref _held, length) > Math.Min(most, MostAtOnce)) throw Fence.TooMuch($"must be readable within {Math.Min(most, MostAtOnce)} bytes of memory, {most} of which its size allows");
            bytesAllocated = length;
            return new Ration(this, length);
        }

        private sealed class Ration(Rations rations, int length) : IMemoryOwner<byte>
        {
            private byte[]? _bytes = GC.AllocateArray<byte>(length, pinned: true);

            public Memory<byte> Memory => _bytes.AsMemory(0, length);

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _bytes, null) is not null) Interlocked.Add(ref rations._held, -length);
            }
        }
    }
}
