using System.Buffers;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Memory;

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
            if (batch is null || batch.Length > 0) return batch;
            batch.Dispose();
        }
    }

    public void Dispose()
    {
        if (!_fence.IsGivenUp) _reader?.Dispose();
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
