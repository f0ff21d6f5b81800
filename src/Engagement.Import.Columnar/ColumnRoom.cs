namespace Engagement.Import.Columnar;

/// <summary>Room for a column of a batch: new for each batch, or, where a batch is done with before the next one comes, the same.</summary>
internal sealed class ColumnRoom<T>(bool isPassing)
    where T : unmanaged
{
    private T[] _room = [];

    public Memory<T> For(int count)
    {
        if (!isPassing) return GC.AllocateUninitializedArray<T>(count);
        if (_room.Length < count) _room = GC.AllocateUninitializedArray<T>(count);
        return _room.AsMemory(0, count);
    }
}
