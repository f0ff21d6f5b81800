using CsCheck;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Core.Tests.Logs;

/// <summary>Rows for logs, their log, and the answer that a dictionary and NodaTime give: the slow and plain witness of every roll-up.</summary>
internal sealed record LogRows(ChannelId[] Channels, long[] Times, int[] ChannelIndexes, byte[] Kinds, byte[] Roles)
{
    public static readonly ChannelId[] FourChannels = [new("xing"), new("b"), new("a"), new("Zeta")];

    /// <summary>Rows at random: few or many kinds and roles, times in order, nearly, or not at all, around a clock change.</summary>
    public static Gen<LogRows> Any(int most) => Gen.Select(Gen.Int[0, most], Gen.Int[0, 2], Gen.Int[1, 22], Gen.Int[1, 6], Gen.Int[0, int.MaxValue]).Select((count, order, kinds, roles, seed) => Make(count, order, kinds, roles, seed));

    public static LogRows Make(int count, int order, int kinds, int roles, int seed, ChannelId[]? channels = null, int days = 20)
    {
        var random = new Random(seed);
        channels ??= FourChannels;
        long start = new LocalDate(2014, 10, 20).AtStartOfDayInZone(Ihk.Berlin).ToInstant().ToUnixTimeMilliseconds();
        long span = days * 24L * 60 * 60 * 1_000;
        long[] times = [.. Enumerable.Range(0, count).Select(_ => start + random.NextInt64(span))];
        if (order > 0) Array.Sort(times);
        if (order == 1)
        {
            for (int late = 0; late < count / 50; late++) times[random.Next(count)] = start + random.NextInt64(span);
        }

        return new(
            channels,
            times,
            [.. Enumerable.Range(0, count).Select(_ => random.Next(random.Next(channels.Length) + 1))],
            [.. Enumerable.Range(0, count).Select(_ => (byte)(1 + random.Next(kinds)))],
            [.. Enumerable.Range(0, count).Select(_ => (byte)(1 + random.Next(roles)))]);
    }

    public InteractionLog Log() => InteractionLog.Of(Channels, Times, ChannelIndexes, Kinds, Roles);

    public InteractionLog Log(int start, int length) => InteractionLog.Of(Channels, Times.AsMemory(start, length), ChannelIndexes.AsMemory(start, length), Kinds.AsMemory(start, length), Roles.AsMemory(start, length));

    /// <summary>The same rows in another order.</summary>
    public LogRows Shuffled(int seed)
    {
        int[] rows = [.. Enumerable.Range(0, Times.Length)];
        new Random(seed).Shuffle(rows);
        return new(Channels, [.. rows.Select(row => Times[row])], [.. rows.Select(row => ChannelIndexes[row])], [.. rows.Select(row => Kinds[row])], [.. rows.Select(row => Roles[row])]);
    }

    /// <summary>Counts by a dictionary, each row's local date asked of NodaTime.</summary>
    public Dictionary<(ChannelId Channel, LocalPeriod Period, InteractionKind Kind, ActorRole Role), long> Expected(LocalCalendar calendar, RollUpOptions? options = null)
    {
        options ??= RollUpOptions.Default;
        var counts = new Dictionary<(ChannelId, LocalPeriod, InteractionKind, ActorRole), long>();
        for (int row = 0; row < Times.Length; row++)
        {
            LocalDate date = Instant.FromUnixTimeMilliseconds(Times[row]).InZone(calendar.Zone).Date;
            (ChannelId channel, var kind, var role) = (Channels[ChannelIndexes[row]], (InteractionKind)Kinds[row], (ActorRole)Roles[row]);
            if (options.Kinds?.Contains(kind) is false || !options.Roles.Contains(role) || options.Channels?.Contains(channel) is false) continue;
            if (!calendar.Period.Contains(date)) continue;
            var key = (channel, calendar.Periods.Single(period => period.Contains(date)), kind, role);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return counts;
    }

    public static Dictionary<(ChannelId Channel, LocalPeriod Period, InteractionKind Kind, ActorRole Role), long> Cells(RollUp rollUp) => rollUp.Cells.ToDictionary(cell => (cell.Channel, cell.Period, cell.Kind, cell.Role), cell => cell.Count);

    public void Check(RollUp actual, RollUpOptions? options = null)
    {
        var expected = Expected(actual.Calendar, options);
        var cells = Cells(actual);
        Assert.Equal(expected.Count, cells.Count);
        Assert.All(expected, entry => Assert.Equal(entry.Value, cells.GetValueOrDefault(entry.Key)));
        Assert.Equal(expected.Values.Sum(), actual.Total);
        Assert.Equal(Times.Length, actual.RowsRead);
    }
}
