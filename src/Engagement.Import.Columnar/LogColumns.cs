using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Import.Columnar;

/// <summary>Makes the columns of a log from batches, and knows what their indexes stand for.</summary>
internal sealed class LogColumns
{
    /// <summary>Under this name a schema tells the channels, those without rows among them.</summary>
    public const string ChannelsKey = "engagement.channels";

    /// <summary>What stands between the rows of a message that replies to several.</summary>
    public const char RowSeparator = ';';

    /// <summary>What a row that is replied to must be.</summary>
    public const string RowRule = "must be a row of the file, counted from 0, or -2 for one that is not in it";

    // More than a calendar's years have, and in milliseconds still a number.
    private const long MostSeconds = long.MaxValue / 1_000;

    private static readonly Fault Missing = new(ImportCodes.ValueMissing, "must not be empty", "correct it at its source");

    private readonly LogFileOptions _options;
    private readonly ColumnRoom<long> _times;
    private readonly ColumnRoom<byte> _kinds;
    private readonly ColumnRoom<byte> _roles;
    private readonly ColumnRoom<int> _channelRows;
    private readonly ColumnRoom<int> _actorRows;
    private readonly ColumnRoom<int> _publicationRows;
    private readonly Indexes<ChannelId> _channels = new(text => new ChannelId(text));
    private readonly List<int> _channelOfPublication = [];
    private Indexes<PublicationId> _publications = new(text => new PublicationId(text));
    private Indexes<ActorId> _actors = new(text => new ActorId(text));
    private LogDictionary? _dictionary;

    public LogColumns(LogFileOptions options, Schema schema, bool isPassing)
    {
        _options = options;
        (_times, _kinds, _roles) = (new(isPassing), new(isPassing), new(isPassing));
        (_channelRows, _actorRows, _publicationRows) = (new(isPassing), new(isPassing), new(isPassing));

        // A damaged file may have the key and no value.
        if (schema.Metadata is null || !schema.Metadata.TryGetValue(ChannelsKey, out string? channels) || string.IsNullOrEmpty(channels)) return;
        foreach (string channel in channels.Split('\n')) _channels.IndexOf(channel, 0, "channel");
    }

    public InteractionLog Log(IEnumerable<LogChunk> chunks)
    {
        if (_dictionary is null || _dictionary.Channels.Count != _channels.Ids.Count || _publications.Ids.Count + _actors.Ids.Count > 0) _dictionary = LogDictionary.Of(_channels.Ids, _publications.Ids, _actors.Ids, [.. _channelOfPublication]);
        return new(_dictionary, chunks);
    }

    /// <summary>Forgets publications and actors, of which there may be millions. Channels stay: a roll-up then keeps its table from one chunk to the next.</summary>
    public void Restart()
    {
        if (_publications.Ids.Count + _actors.Ids.Count == 0) return;
        (_publications, _actors, _dictionary) = (new Indexes<PublicationId>(text => new PublicationId(text)), new Indexes<ActorId>(text => new ActorId(text)), null);
        _channelOfPublication.Clear();
    }

    /// <summary>The columns of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="before">How many rows of the file came before.</param>
    public LogChunk Chunk(RecordBatch batch, long before)
    {
        Memory<long> times = Times(Column(batch, "at")!, before);
        Memory<int> channels = _channels.Of(Column(batch, "channel")!, before, _options.NameOf("channel"), _channelRows);
        int empty = channels.Span.IndexOf(InteractionLog.None);
        if (empty >= 0) throw Bad(Missing, before + empty, "channel");
        Memory<byte> kinds = Words(Column(batch, "kind")!, before, "kind", LogChunk.KindCount, 0, _kinds, (string text, out byte code) =>
        {
            Fault? fault = Import.Words<InteractionKind>.Read(text, out InteractionKind kind);
            code = (byte)kind;
            return fault;
        });
        Memory<byte> roles = Column(batch, "role") is { } role
            ? Words(role, before, "role", LogChunk.RoleCount, (byte)ActorRole.Unknown, _roles, (string text, out byte code) =>
            {
                Fault? fault = Import.Words<ActorRole>.Read(text, out ActorRole known);
                code = (byte)known;
                return fault;
            })
            : default;
        LogChunk chunk = LogChunk.Of(_channels.Ids.Count, times, channels, kinds, roles);
        if (Column(batch, "actor") is { } actor && Actors(actor, before) is { } actors) chunk = chunk.WithActors(actors);
        if (Column(batch, "publication") is { } publication && Publications(publication, channels, before) is { } publications) chunk = chunk.WithPublications(publications);
        if (Column(batch, "reply_to") is { } replyTo && Replies(replyTo, before) is { } replies) chunk = chunk.WithReplies(replies);
        if (Column(batch, "also_reply_to") is { } more && AlsoReplies(more, before) is var (rows, also)) chunk = chunk.WithAlsoReplies(rows, also);
        return chunk;
    }

    private IArrowArray? Column(RecordBatch batch, string ours)
    {
        if (!_options.Reads(ours)) return null;
        int index = batch.Schema.GetFieldIndex(_options.NameOf(ours), StringComparer.Ordinal);
        if (index < 0) return null;
        IArrowArray column = batch.Column(index);
        return column.Length == batch.Length ? column : throw new ArgumentException("A column is shorter than its batch.");
    }

    private Memory<long> Times(IArrowArray column, long before)
    {
        if (column.NullCount > 0) throw Bad(Missing, before + FirstNull(column), "at");
        Memory<long> room = _times.For(column.Length);
        Span<long> times = room.Span;
        bool isLocal;
        int bad;
        switch (column)
        {
            case TimestampArray stamps:
                var type = (TimestampType)stamps.Data.DataType;
                isLocal = string.IsNullOrEmpty(type.Timezone);
                bad = Milliseconds(stamps.Values[..times.Length], type.Unit, times);
                break;
            case Date32Array days:
                isLocal = true;
                for (int row = 0; row < times.Length; row++) times[row] = days.GetValue(row)!.Value * 86_400_000L;
                bad = OutsideCalendar(times);
                break;
            default:
                throw new ImportException(new Fault(ImportCodes.NotATime, $"must be a column of timestamps, and is of the type {column.Data.DataType.Name}", "write it as a timestamp"), null, _options.NameOf("at"));
        }

        if (bad >= 0) throw Bad(new Fault(ImportCodes.NotATime, "must lie in the years that a calendar has", "correct it at its source"), before + bad, "at");
        if (isLocal) InZone(times, before);
        return room;
    }

    /// <summary>Times of a unit in milliseconds; the first one that no calendar has, or -1.</summary>
    // Optimised from the first batch on, as other loops here: a batch is one call with a long loop, and a file has few of them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Milliseconds(ReadOnlySpan<long> stamps, TimeUnit unit, Span<long> times)
    {
        // A block is checked while it lies in the first cache.
        const int Block = 1 << 11;
        for (int start = 0; start < times.Length; start += Block)
        {
            Span<long> into = times.Slice(start, Math.Min(Block, times.Length - start));
            ReadOnlySpan<long> from = stamps.Slice(start, into.Length);
            switch (unit)
            {
                case TimeUnit.Second:
                    for (int row = 0; row < into.Length; row++) into[row] = from[row] is >= -MostSeconds and <= MostSeconds and var seconds ? seconds * 1_000 : long.MaxValue;
                    break;
                case TimeUnit.Microsecond:
                    for (int row = 0; row < into.Length; row++) into[row] = FloorOf(from[row], 1_000);
                    break;
                case TimeUnit.Nanosecond:
                    for (int row = 0; row < into.Length; row++) into[row] = FloorOf(from[row], 1_000_000);
                    break;
                default:
                    from.CopyTo(into);
                    break;
            }

            int bad = OutsideCalendar(into);
            if (bad >= 0) return start + bad;
        }

        return -1;
    }

    private static int OutsideCalendar(ReadOnlySpan<long> times) => times.IndexOfAnyExceptInRange(Instant.MinValue.ToUnixTimeMilliseconds() + 1, Instant.MaxValue.ToUnixTimeMilliseconds());

    /// <summary>Times on a clock as moments; nothing is assumed of a time that the clock skipped or showed twice.</summary>
    private void InZone(Span<long> times, long before)
    {
        if (_options.Zone is not { } zone) throw new ImportException(new Fault(ImportCodes.ZoneNeeded, "has times without a zone", "pass the zone in which they were written"), null, _options.NameOf("at"));
        if (zone == DateTimeZone.Utc) return;
        const long Hour = 3_600_000;
        long cachedHour = long.MinValue;
        long offset = 0;
        for (int row = 0; row < times.Length; row++)
        {
            long hour = FloorOf(times[row], Hour);
            if (hour != cachedHour)
            {
                // An hour on which the clock does not change is one offset; else each time is asked for itself.
                NodaTime.TimeZones.ZoneLocalMapping start = zone.MapLocal(Local(hour * Hour));
                NodaTime.TimeZones.ZoneLocalMapping end = zone.MapLocal(Local((hour * Hour) + Hour - 1));
                if (start.Count != 1 || end.Count != 1 || start.First().Offset != end.First().Offset)
                {
                    NodaTime.TimeZones.ZoneLocalMapping at = zone.MapLocal(Local(times[row]));
                    if (at.Count != 1) throw Bad(new Fault(ImportCodes.NotATime, $"must be one moment; the clocks of {zone.Id} {(at.Count == 0 ? "skipped this time" : "show this time twice")}", "write it with its offset, as UTC"), before + row, "at");
                    times[row] = at.First().ToInstant().ToUnixTimeMilliseconds();
                    continue;
                }

                (cachedHour, offset) = (hour, start.First().Offset.Milliseconds);
            }

            times[row] -= offset;
        }
    }

    private static LocalDateTime Local(long milliseconds) => Instant.FromUnixTimeMilliseconds(milliseconds).InUtc().LocalDateTime;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Memory<byte> Words(IArrowArray column, long before, string ours, int count, byte whereEmpty, ColumnRoom<byte> rooms, WordReader read)
    {
        const byte NotRead = byte.MaxValue;
        Memory<byte> room = rooms.For(column.Length);
        Span<byte> codes = room.Span;
        if (Integers.Are(column))
        {
            long[] numbers = Integers.Of(column);
            for (int row = 0; row < codes.Length; row++)
            {
                if (numbers[row] == Integers.Null && column.IsNull(row)) codes[row] = whereEmpty;
                else if (numbers[row] > 0 && numbers[row] < count) codes[row] = (byte)numbers[row];
                else throw Bad(new Fault(ImportCodes.UnknownWord, FormattableString.Invariant($"must lie between 1 and {count - 1}, or be a word"), "correct it at its source"), before + row, ours, numbers[row].ToString(CultureInfo.InvariantCulture));
            }
        }
        else
        {
            Coded coded = Coded.Of(column);
            byte[] byIndex = coded.Table(whereEmpty, NotRead);
            ReadOnlySpan<int> indexes = coded.Indexes[..codes.Length];
            for (int row = 0; (row = Coded.LookUpBytes(indexes, byIndex, NotRead, codes, row)) < codes.Length;)
            {
                byIndex[indexes[row]] = CodeOf(coded.TextOf(indexes[row]), row);
            }

            byte CodeOf(string text, int row)
            {
                if (text.Length == 0) return whereEmpty;
                return read(text, out byte code) is { } fault ? throw Bad(new Fault(ImportCodes.UnknownWord, fault.Rule, fault.Cure), before + row, ours, text) : code;
            }
        }

        if (whereEmpty == 0 && codes.IndexOf((byte)0) is >= 0 and int empty) throw Bad(Missing, before + empty, ours);
        return room;
    }

    private Memory<int>? Actors(IArrowArray column, long before)
    {
        if (column.NullCount == column.Length) return null;
        if (column is not (Int32Array or Int16Array or Int8Array or UInt16Array or UInt8Array)) return _actors.Of(column, before, _options.NameOf("actor"), _actorRows);
        long[] numbers = Integers.Of(column);
        Memory<int> room = _actorRows.For(numbers.Length);
        Span<int> actors = room.Span;
        for (int row = 0; row < actors.Length; row++)
        {
            if (numbers[row] == Integers.Null && column.IsNull(row)) actors[row] = InteractionLog.None;
            else if (numbers[row] >= 0) actors[row] = (int)numbers[row];
            else throw Bad(new Fault(ImportCodes.OutOfRange, "must not be negative", "leave it empty where the actor is not known"), before + row, "actor", numbers[row].ToString(CultureInfo.InvariantCulture));
        }

        return room;
    }

    private Memory<int>? Publications(IArrowArray column, Memory<int> channelRows, long before)
    {
        if (column.NullCount == column.Length) return null;
        Memory<int> room = _publications.Of(column, before, _options.NameOf("publication"), _publicationRows);
        Span<int> publications = room.Span;
        Span<int> channels = channelRows.Span;
        while (_channelOfPublication.Count < _publications.Ids.Count) _channelOfPublication.Add(InteractionLog.None);
        Span<int> owners = CollectionsMarshal.AsSpan(_channelOfPublication);
        for (int row = 0; row < publications.Length; row++)
        {
            if (publications[row] == InteractionLog.None) continue;
            ref int owner = ref owners[publications[row]];
            if (owner == InteractionLog.None) owner = channels[row];
            else if (owner != channels[row]) throw Bad(new Fault(ImportCodes.OutOfRange, $"stands with the channels {_channels.Ids[owner]} and {_channels.Ids[channels[row]]}, and a publication has one", "give the publications ids of their own"), before + row, "publication", _publications.Ids[publications[row]].Value);
        }

        return room;
    }

    private int[]? Replies(IArrowArray column, long before)
    {
        if (column.NullCount == column.Length) return null;
        if (!Integers.Are(column)) throw new ImportException(new Fault(ImportCodes.NotACount, $"must be a column of rows, and is of the type {column.Data.DataType.Name}", "write the number of the row that is replied to, or leave the column out"), null, _options.NameOf("reply_to"));
        long[] numbers = Integers.Of(column);
        int[] replies = new int[numbers.Length];
        for (int row = 0; row < replies.Length; row++)
        {
            if (numbers[row] == Integers.Null && column.IsNull(row)) replies[row] = InteractionLog.None;
            else if (numbers[row] is (>= 0 and < int.MaxValue) or InteractionLog.UnknownReply) replies[row] = (int)numbers[row];
            else throw Bad(new Fault(ImportCodes.OutOfRange, RowRule, "correct it at its source"), before + row, "reply_to", numbers[row].ToString(CultureInfo.InvariantCulture));
        }

        return replies;
    }

    /// <summary>The further rows that rows reply to, a link each; null where none does.</summary>
    private (int[] Rows, int[] Replies)? AlsoReplies(IArrowArray column, long before)
    {
        if (column.NullCount == column.Length) return null;
        Coded coded = Coded.Of(column);
        var rows = new List<int>();
        var replies = new List<int>();
        for (int row = 0; row < coded.Indexes.Length; row++)
        {
            if (coded.IsNone(coded.Indexes[row]) || coded.TextOf(coded.Indexes[row]) is not { Length: > 0 } text) continue;
            foreach (Range part in text.AsSpan().Split(RowSeparator))
            {
                if (!int.TryParse(text.AsSpan()[part], NumberStyles.None, CultureInfo.InvariantCulture, out int reply)) throw Bad(new Fault(ImportCodes.OutOfRange, "must be rows of the file, counted from 0", "separate several by semicolons, or leave it empty"), before + row, "also_reply_to", text);
                rows.Add(row);
                replies.Add(reply);
            }
        }

        return rows.Count == 0 ? null : ([.. rows], [.. replies]);
    }

    private ImportException Bad(Fault fault, long row, string ours, string? value = null) => new(fault, row + 1, _options.NameOf(ours), value);

    private static long FirstNull(IArrowArray column)
    {
        for (int row = 0; row < column.Length; row++)
        {
            if (column.IsNull(row)) return row;
        }

        return 0;
    }

    private static long FloorOf(long value, long divisor) => value >= 0 ? value / divisor : -1 - ((-1 - value) / divisor);

    private delegate Fault? WordReader(string text, out byte code);

    /// <summary>The identifiers that were met, in their order.</summary>
    private sealed class Indexes<T>(Func<string, T> make)
    {
        private const int MostDirect = 1 << 20;
        private const int NotRead = int.MinValue;

        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
        private readonly Dictionary<long, int> _byNumber = [];
        private int[]? _direct;

        public List<T> Ids { get; } = [];

        public int IndexOf(string text, long row, string column)
        {
            if (_known.TryGetValue(text, out int index)) return index;
            if (Texts.Identifier(text) is { } fault) throw new ImportException(new Fault(ImportCodes.NotAnIdentifier, fault.Rule, fault.Cure), row + 1, column, text);
            _known.Add(text, Ids.Count);
            Ids.Add(make(text));
            return Ids.Count - 1;
        }

        /// <summary>The index of the identifier in each row; none where the row has none.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public Memory<int> Of(IArrowArray column, long before, string name, ColumnRoom<int> rooms)
        {
            Memory<int> room = rooms.For(column.Length);
            Span<int> indexes = room.Span;
            if (Integers.Are(column))
            {
                long[] numbers = Integers.Of(column);
                int[] direct = _direct ??= new int[MostDirect];
                for (int row = 0; row < indexes.Length; row++)
                {
                    long number = numbers[row];
                    if (number == Integers.Null && column.IsNull(row))
                    {
                        indexes[row] = InteractionLog.None;
                        continue;
                    }

                    ref int known = ref number is >= 0 and < MostDirect ? ref direct[number] : ref CollectionsMarshal.GetValueRefOrAddDefault(_byNumber, number, out _);
                    if (known == 0) known = 1 + IndexOf(number.ToString(CultureInfo.InvariantCulture), before + row, name);
                    indexes[row] = known - 1;
                }

                return room;
            }

            Coded coded = Coded.Of(column);
            int[] byIndex = coded.Table(InteractionLog.None, NotRead);
            ReadOnlySpan<int> ofRows = coded.Indexes[..indexes.Length];
            for (int row = 0; (row = Coded.LookUp(ofRows, byIndex, NotRead, indexes, row)) < indexes.Length;)
            {
                byIndex[ofRows[row]] = coded.TextOf(ofRows[row]) is { Length: > 0 } text ? IndexOf(text, before + row, name) : InteractionLog.None;
            }

            return room;
        }
    }
}
