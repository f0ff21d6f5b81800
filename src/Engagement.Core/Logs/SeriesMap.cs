using System.Runtime.InteropServices;

namespace Engagement.Core.Logs;

/// <summary>A log's own series (its channels or, by publication, its publications and then its channels for rows without one) and their places in the roll-up's order.</summary>
internal sealed class SeriesMap
{
    private readonly int[] _placeOf;

    public SeriesMap(LogDictionary dictionary, RollUpOptions options)
    {
        (Dictionary, ByPublication) = (dictionary, options.ByPublication);
        int publications = ByPublication ? dictionary.Publications.Count : 0;
        LocalCount = publications + dictionary.Channels.Count;
        HashSet<ChannelId>? wanted = options.Channels is null ? null : [.. options.Channels];
        var series = new List<(Series Series, int Local)>(LocalCount);
        for (int local = 0; local < LocalCount; local++)
        {
            int channel = local < publications ? dictionary.ChannelOfPublication[local] : local - publications;
            if (channel == InteractionLog.None || wanted?.Contains(dictionary.Channels[channel]) is false) continue;
            series.Add((new Series(dictionary.Channels[channel], local < publications ? dictionary.Publications[local] : default), local));
        }

        Span<(Series Series, int Local)> list = CollectionsMarshal.AsSpan(series);
        for (int index = 1; index < list.Length; index++)
        {
            if (Series.Ordinal.Compare(list[index - 1].Series, list[index].Series) < 0) continue;
            list.Sort((left, right) => Series.Ordinal.Compare(left.Series, right.Series));
            break;
        }

        List = new(series.Select(one => one.Series));
        _placeOf = new int[LocalCount];
        Array.Fill(_placeOf, List.Count);
        for (int place = 0; place < list.Length; place++) _placeOf[list[place].Local] = place;
        IsInOrder = List.Count == LocalCount && series.Select((one, place) => one.Local == place).All(same => same);
        LocalOf = [.. series.Select(one => one.Local)];
    }

    public LogDictionary Dictionary { get; }

    public bool ByPublication { get; }

    /// <summary>How many series the log has of its own.</summary>
    public int LocalCount { get; }

    /// <summary>The series that count, in the roll-up's order.</summary>
    public ValueList<Series> List { get; }

    /// <summary>The log's own number of each series that counts, in the roll-up's order.</summary>
    public int[] LocalOf { get; }

    /// <summary>Whether the log's own numbers are the places in the roll-up.</summary>
    public bool IsInOrder { get; }

    /// <summary>The log's own series of some rows of a chunk: the channel column itself, or worked out into a buffer.</summary>
    public ReadOnlySpan<int> LocalSeries(LogChunk chunk, int start, int length, Span<int> buffer)
    {
        ReadOnlySpan<int> channels = chunk.ChannelIndexes.Span.Slice(start, length);
        if (!ByPublication) return channels;
        int publications = Dictionary.Publications.Count;
        ReadOnlySpan<int> column = chunk.Publications.IsEmpty ? default : chunk.Publications.Span.Slice(start, length);
        for (int row = 0; row < length; row++)
        {
            int publication = column.IsEmpty ? InteractionLog.None : column[row];
            buffer[row] = publication == InteractionLog.None ? publications + channels[row] : publication;
        }

        return buffer[..length];
    }

    /// <summary>The places of some rows' series in the roll-up; the number of series for one that does not count.</summary>
    public ReadOnlySpan<int> Places(LogChunk chunk, int start, int length, Span<int> buffer)
    {
        ReadOnlySpan<int> local = LocalSeries(chunk, start, length, buffer);
        if (IsInOrder) return local;
        for (int row = 0; row < length; row++) buffer[row] = _placeOf[local[row]];
        return buffer[..length];
    }

    public int PlaceOf(int local) => _placeOf[local];
}
