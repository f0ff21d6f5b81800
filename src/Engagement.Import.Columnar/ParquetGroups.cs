using System.Collections.Concurrent;
using Apache.Arrow;
using Apache.Arrow.Types;
using Microsoft.Win32.SafeHandles;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace Engagement.Import.Columnar;

/// <summary>
/// Reads the few columns of a roll-up from Parquet, straight from its pages: row groups by several readers at once, into memory that is used again.
/// Arrow's way over such a file allots the memory of each batch anew, and makes one batch after the other.
/// </summary>
internal sealed class ParquetGroups : IBatchSource
{
    /// <summary>Small row groups are read together until they have so many rows.</summary>
    private const int FewRows = 1 << 17;

    /// <summary>A row group with more rows would not be a batch.</summary>
    private const int MostRows = 1 << 20;

    /// <summary>So many parts are under way for each processor: enough to go on with while what they hold is counted.</summary>
    private const int PartsAhead = 3;

    /// <summary>With so many rows under way no further ones are begun, however many processors there are.</summary>
    private const int MostRowsUnderWay = 4 * MostRows;

    /// <summary>So much of a column is read from the file at once.</summary>
    private const int BufferBytes = 1 << 18;

    private readonly Fence _fence;
    private readonly Plan _plan;
    private readonly SafeFileHandle _file;
    private readonly ConcurrentBag<GroupDecoder> _decoders = [];
    private readonly Queue<Task<GroupRows>> _underWay = new();
    private readonly Stack<GroupRows> _free = new();
    private GroupRows? _handedOut;
    private int _rowsUnderWay;
    private int _next;

    private ParquetGroups(SafeFileHandle file, Fence fence, Plan plan) => (_file, _fence, _plan) = (file, fence, plan);

    public Schema Schema => _plan.Schema;

    /// <summary>The source of a file that can be read this way: plain timestamps, and channels, kinds and roles in texts, in row groups of the usual size; null for any other.</summary>
    public static ParquetGroups? Of(FileStream stream, LogFileOptions options)
    {
        var fence = Fence.Of("Parquet", stream.Length, options.Limits);
        Plan? plan = fence.Run(() => PlanOf(stream, options, fence));
        stream.Position = 0;
        return plan is null ? null : new ParquetGroups(stream.SafeFileHandle, fence, plan);
    }

    public RecordBatch? Next()
    {
        if (_handedOut is { } done) _free.Push(done);
        _handedOut = null;
        while (_underWay.Count <= PartsAhead * Environment.ProcessorCount && _rowsUnderWay < MostRowsUnderWay && _next < _plan.Parts.Length)
        {
            GroupPart part = _plan.Parts[_next++];
            _rowsUnderWay += part.Rows;
            GroupRows rows = _free.TryPop(out GroupRows? used) ? used : new GroupRows(_plan.Places.Length - 1);
            _underWay.Enqueue(_fence.Begin(() => Decode(part, rows)));
        }

        if (!_underWay.TryDequeue(out Task<GroupRows>? next)) return null;
        _handedOut = _fence.End(next);
        _rowsUnderWay -= _handedOut.Count;
        return Batch(_handedOut);
    }

    public void Dispose()
    {
        while (!_fence.IsGivenUp && _underWay.TryDequeue(out Task<GroupRows>? task))
        {
            try
            {
                _fence.End(task);
            }
            catch (Exception exception) when (exception is ImportException or IOException or UnauthorizedAccessException)
            {
                // Nobody asks for those rows any more.
            }
        }

        if (_fence.IsGivenUp) return;
        while (_decoders.TryTake(out GroupDecoder? decoder)) decoder.Dispose();
    }

    private GroupRows Decode(GroupPart part, GroupRows rows)
    {
        GroupDecoder decoder = _decoders.TryTake(out GroupDecoder? free) ? free : new GroupDecoder(_file, Reading(_plan.AreLarge), _fence);
        try
        {
            decoder.Decode(part, _plan.Places, rows);
            return rows;
        }
        finally
        {
            _decoders.Add(decoder);
        }
    }

    private RecordBatch Batch(GroupRows rows)
    {
        var columns = new List<IArrowArray> { rows.Times((TimestampType)Schema.FieldsList[0].DataType) };
        for (int text = 0; text < _plan.Places.Length - 1; text++) columns.Add(rows.Texts[text].ToArray(rows.Count));
        return new RecordBatch(Schema, columns, rows.Count);
    }

    private static ReaderProperties Reading(bool areLarge)
    {
        ReaderProperties reading = ReaderProperties.GetDefaultReaderProperties();
        reading.EnablePageChecksumVerification();
        if (!areLarge) return reading;
        reading.EnableBufferedStream();
        reading.BufferSize = BufferBytes;
        return reading;
    }

    private static Plan? PlanOf(FileStream stream, LogFileOptions options, Fence fence)
    {
        using ReaderProperties reading = Reading(areLarge: false);
        using ArrowReaderProperties arrow = ArrowReaderProperties.GetDefault();
        using var look = new FileReader(stream, reading, arrow, leaveOpen: true);
        ParquetClaims claims = ParquetClaims.Of(look, stream.Length, options.Limits, fence);
        if (claims.Rows.Any(count => count > MostRows)) return null;
        var fields = new List<Field>();
        var places = new List<int>();
        foreach (string ours in options.Wanted)
        {
            string name = options.NameOf(ours);
            Field[] named = [.. look.Schema.FieldsList.Where(field => field.Name == name)];
            if (named.Length == 0 && ours is not ("at" or "channel" or "kind")) continue;
            if (named.Length != 1 || PlaceOf(look.ParquetReader.FileMetaData.Schema, name, ours, named[0].DataType) is not { } place) return null;

            // One column may be two of ours.
            if (places.Contains(place)) continue;
            fields.Add(new Field(name, ours == "at" ? named[0].DataType : WordColumn.Type, nullable: true));
            places.Add(place);
        }

        return new Plan(new Schema(fields, look.Schema.Metadata), [.. places], claims.AreLarge, PartsOf(claims.Rows));
    }

    /// <summary>Where a column lies that can be read this way; null where it cannot.</summary>
    private static int? PlaceOf(SchemaDescriptor schema, string name, string ours, IArrowType type)
    {
        int? place = null;
        for (int index = 0; index < schema.NumColumns; index++)
        {
            ColumnDescriptor column = schema.Column(index);
            if (column.Path.ToDotVector() is not [var root] || root != name) continue;
            if (place is not null || column.MaxRepetitionLevel > 0 || column.MaxDefinitionLevel > 1) return null;
            bool isPlain = ours switch
            {
                "at" => column.PhysicalType == PhysicalType.Int64 && type is TimestampType stamp && column.LogicalType is TimestampLogicalType told && UnitOf(told) == stamp.Unit,
                "channel" or "kind" or "role" => column.PhysicalType == PhysicalType.ByteArray && type is (StringType or DictionaryType { ValueType: StringType }),
                _ => false,
            };
            if (!isPlain) return null;
            place = index;
        }

        return place;
    }

    private static Apache.Arrow.Types.TimeUnit? UnitOf(TimestampLogicalType type) => type.TimeUnit switch
    {
        ParquetSharp.TimeUnit.Millis => Apache.Arrow.Types.TimeUnit.Millisecond,
        ParquetSharp.TimeUnit.Micros => Apache.Arrow.Types.TimeUnit.Microsecond,
        ParquetSharp.TimeUnit.Nanos => Apache.Arrow.Types.TimeUnit.Nanosecond,
        _ => null,
    };

    private static GroupPart[] PartsOf(long[] rows)
    {
        var parts = new List<GroupPart>();
        for (int group = 0; group < rows.Length;)
        {
            (int first, int count) = (group, 0);
            while (group < rows.Length && (group == first || count + rows[group] <= FewRows)) count += (int)rows[group++];
            if (count > 0) parts.Add(new GroupPart(first, group, count));
        }

        return [.. parts];
    }

    /// <param name="Schema">The columns of a batch, times first.</param>
    /// <param name="Places">Where each of them lies in the file.</param>
    /// <param name="AreLarge">Whether row groups are read through a buffer.</param>
    /// <param name="Parts">What a batch is made of.</param>
    private sealed record Plan(Schema Schema, int[] Places, bool AreLarge, GroupPart[] Parts);
}
