using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Core.Benchmarks;

/// <summary>A log of two years with skewed channels and kinds, the same on every machine; made once for all contestants of a process.</summary>
internal sealed class SeededLog
{
    public const int Kinds = 8;
    public static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    public static readonly LocalPeriod Years = LocalPeriod.Between(new LocalDate(2013, 1, 1), new LocalDate(2015, 1, 1));
    private static SeededLog? _last;

    private SeededLog(int rows, int channels, TimeOrder order)
    {
        (Rows, Channels, Order) = (rows, channels, order);
        Times = GC.AllocateUninitializedArray<long>(rows, pinned: true);
        ChannelIndexes = GC.AllocateUninitializedArray<int>(rows, pinned: true);
        KindCodes = GC.AllocateUninitializedArray<byte>(rows, pinned: true);
        RoleCodes = GC.AllocateUninitializedArray<byte>(rows, pinned: true);
        long start = Berlin.AtStartOfDay(Years.From).ToInstant().ToUnixTimeMilliseconds();
        long span = Berlin.AtStartOfDay(Years.To).ToInstant().ToUnixTimeMilliseconds() - start;
        ulong state = 20_141_120;
        int[] channelTable = Zipf(channels, 1 << 20);
        byte[] kindTable = [.. Zipf(Kinds, 256).Select(kind => (byte)(kind + 2))];
        byte[] roleTable = [.. Enumerable.Range(0, 256).Select(place => (byte)(place < 6 ? 2 : place < 10 ? 6 : place < 26 ? 3 : place < 140 ? 4 : place < 230 ? 5 : 1))];
        for (int row = 0; row < rows; row++)
        {
            ulong random = Next(ref state);
            ulong other = Next(ref state);
            double place = order is TimeOrder.Unordered ? (other >> 11) * (1.0 / (1UL << 53)) : (row + ((other >> 40) * (1.0 / (1 << 24)))) / rows;
            long time = start + (long)(place * span);

            // One row in a hundred comes up to a week late.
            if (order is TimeOrder.Nearly && (random >> 40) % 100 == 0) time = Math.Max(start, time - (long)(other % (7UL * 86_400_000)));
            Times[row] = time;
            ChannelIndexes[row] = channelTable[(int)(random & 0xFFFFF)];
            KindCodes[row] = kindTable[(int)(random >> 20 & 0xFF)];
            RoleCodes[row] = roleTable[(int)(random >> 28 & 0xFF)];
        }

        ChannelId[] ids = [.. Enumerable.Range(0, channels).Select(channel => new ChannelId($"channel-{channel:D6}"))];
        Log = InteractionLog.Of(ids, Times, ChannelIndexes, KindCodes);
        LogWithRoles = InteractionLog.Of(ids, Times, ChannelIndexes, KindCodes, RoleCodes);
    }

    public int Rows { get; }

    public int Channels { get; }

    public TimeOrder Order { get; }

    public long[] Times { get; }

    public int[] ChannelIndexes { get; }

    public byte[] KindCodes { get; }

    public byte[] RoleCodes { get; }

    public InteractionLog Log { get; }

    public InteractionLog LogWithRoles { get; }

    public static SeededLog Of(int rows, int channels, TimeOrder order)
    {
        if (_last is { } last && last.Rows == rows && last.Channels == channels && last.Order == order) return last;
        _last = null;
        GC.Collect();
        return _last = new SeededLog(rows, channels, order);
    }

    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            ulong z = state += 0x9E37_79B9_7F4A_7C15;
            z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>Places for ranks with frequencies like 1/rank; every rank has one place at least where there is room.</summary>
    private static int[] Zipf(int ranks, int places)
    {
        double harmonic = Enumerable.Range(1, ranks).Sum(rank => 1.0 / rank);
        int[] table = new int[places];
        int place = 0;
        double sum = 0;
        for (int rank = 1; rank <= ranks && place < places; rank++)
        {
            sum += 1.0 / rank / harmonic;
            int end = Math.Min(places, Math.Max(place + 1, (int)(sum * places)));
            while (place < end) table[place++] = rank - 1;
        }

        return table;
    }
}
