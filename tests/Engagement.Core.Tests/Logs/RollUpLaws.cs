using CsCheck;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Core.Tests.Logs;

/// <summary>Merge: any split of a log, in any order, on any number of threads, in any chunks, gives the roll-up of the whole, to the bit.</summary>
public class RollUpLaws
{
    private static readonly LocalCalendar Days = LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Between(new(2014, 10, 20), new(2014, 11, 9)));
    private static readonly LocalCalendar Weeks = LocalCalendar.Of(Ihk.Berlin, LocalPeriod.Between(new(2014, 10, 20), new(2014, 11, 9)), CalendarUnit.IsoWeek, IsoDayOfWeek.Sunday);

    [Fact]
    public void A_roll_up_is_what_a_dictionary_and_NodaTime_count() => Gen.Select(LogRows.Any(300), Gen.Bool).Sample((rows, byDay) => rows.Check(rows.Log().RollUp(byDay ? Days : Weeks)), iter: LawCases.Count / 10);

    [Fact]
    public void Every_length_from_0_to_256_is_counted_in_every_way()
    {
        for (int length = 0; length <= 256; length++)
        {
            for (int order = 0; order <= 2; order++)
            {
                LogRows rows = LogRows.Make(length, order, 1 + (length % 22), 1 + (length % 6), length);
                RollUp expected = rows.Log().RollUp(Days);
                rows.Check(expected);
                Assert.Equal(expected, Counted(rows, Way.Table));
                Assert.Equal(expected, Counted(rows, Way.Partition));
                Assert.Equal(expected, Counted(rows, Way.Sort));
            }
        }
    }

    [Fact]
    public void All_ways_agree_across_pieces_and_threads()
    {
        foreach (int length in (int[])[16_383, 65_535, 65_537, 131_071, 131_073, 300_000])
        {
            for (int order = 0; order <= 2; order++)
            {
                LogRows rows = LogRows.Make(length, order, 8, 6, length);
                RollUp expected = Counted(rows, Way.Sort);
                foreach (int degree in (int[])[1, 2, 3, 64])
                {
                    Assert.Equal(expected, rows.Log().RollUp(Days, new() { DegreeOfParallelism = degree }));
                    Assert.Equal(expected, Counted(rows, Way.Partition, degree));
                }
            }
        }
    }

    /// <summary>A table of bytes goes over at 256, one of every cell is kept as it is where it is full, and otherwise taken apart: counts of one to thousands in one cell.</summary>
    [Fact]
    public void Cells_of_any_size_are_counted_alike_in_every_way() => Gen.Select(Gen.Int[1, 3_000], Gen.Int[0, 2], Gen.Int[1, 3], Gen.Int[1, 20], Gen.Int[0, int.MaxValue], Gen.Int[1, 15], Gen.Int[1, 3]).Sample(
        (count, order, kinds, days, seed, channels, degree) =>
        {
            LogRows rows = LogRows.Make(count, order, kinds, 6, seed, days: days);
            RollUpOptions options = new() { Channels = [.. LogRows.FourChannels.Where((_, index) => (channels >> index & 1) != 0)], DegreeOfParallelism = degree };
            RollUp expected = Counted(rows, Way.Sort, degree, options);
            rows.Check(expected, options);
            Assert.Equal(expected, Counted(rows, Way.Table, degree, options));
            Assert.Equal(expected, Counted(rows, Way.Partition, degree, options));
            Assert.Equal(expected.Total, Counted(rows, Way.Table, degree, options).Total);
            Assert.Equal(expected.Total, Counted(rows, Way.Partition, degree, options).Total);
            Assert.Equal(expected.GetHashCode(), Counted(rows, Way.Partition, degree, options).GetHashCode());
        },
        iter: LawCases.Count / 4);

    /// <summary>Roll-ups keep their cells as they were counted; sums of any two, asked for cells before or not, are the same.</summary>
    [Fact]
    public void Roll_ups_merge_alike_whatever_way_they_were_counted() => Gen.Select(LogRows.Any(300), LogRows.Any(300), Gen.Bool).Sample(
        (left, right, asked) =>
        {
            RollUp expected = RollUp.Merge(Counted(left, Way.Sort), Counted(right, Way.Sort));
            LocalCalendar month = LocalCalendar.Of(Ihk.Berlin, Days.Period, CalendarUnit.Month);
            foreach (Way one in Enum.GetValues<Way>())
            {
                foreach (Way other in Enum.GetValues<Way>())
                {
                    (RollUp a, RollUp b) = (Counted(left, one), Counted(right, other));
                    if (asked) Assert.Equal(a.CellCount, a.Cells.Count());
                    RollUp sum = RollUp.Merge(a, b);
                    Assert.Equal(expected.Total, sum.Total);
                    Assert.Equal(expected, sum);
                    Assert.Equal(expected, RollUp.Merge(b, a));
                    Assert.Equal(expected.In(month), RollUp.Merge(a.In(month), b.In(month)));
                }
            }
        },
        iter: LawCases.Count / 20);

    /// <summary>The cells of more than 65,536 places in one period, of which each block has few, and one is counted beyond a byte again and again.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 3)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public void Many_channels_are_counted_alike_in_every_way(int order, int degree)
    {
        ChannelId[] channels = [.. Enumerable.Range(0, 30_000).Select(channel => new ChannelId($"c{channel:D5}"))];
        LogRows rows = LogRows.Make(60_000, order, 3, 6, 12, channels, days: 3);
        for (int row = 0; row < rows.Times.Length; row += 3) (rows.ChannelIndexes[row], rows.Kinds[row]) = (29_999, 2);
        RollUp expected = Counted(rows, Way.Sort);
        rows.Check(expected);
        Assert.Equal(expected, Counted(rows, Way.Partition, degree));
        Assert.Equal(expected, rows.Log().RollUp(Days, new() { DegreeOfParallelism = degree }));
        RollUpOptions some = new() { Channels = [.. channels.Where((_, index) => index % 7 == 4)], Kinds = [InteractionKind.Like, (InteractionKind)3] };
        Assert.Equal(Counted(rows, Way.Sort, 1, some), Counted(rows, Way.Partition, degree, some));

        // Named in another order, so that places are not the log's own numbers.
        Array.Reverse(channels);
        Assert.Equal(Counted(rows, Way.Sort), Counted(rows, Way.Partition, degree));
        Assert.Equal(Counted(rows, Way.Sort, 1, null, Weeks), Counted(rows, Way.Partition, degree, null, Weeks));
    }

    [Fact]
    public void Any_split_in_any_order_merges_to_the_whole() => Gen.Select(LogRows.Any(400), Gen.Int[0, int.MaxValue], Gen.Int[1, 8], Gen.Bool).Sample(
        (rows, seed, parts, byDay) =>
        {
            LocalCalendar calendar = byDay ? Days : Weeks;
            RollUp whole = rows.Log().RollUp(calendar);
            LogRows shuffled = rows.Shuffled(seed);
            var random = new Random(seed);
            int[] cuts = [0, .. Enumerable.Range(0, parts - 1).Select(_ => random.Next(rows.Times.Length + 1)).Order(), rows.Times.Length];
            RollUp[] pieces = [.. Enumerable.Range(0, parts).Select(part => shuffled.Log(cuts[part], cuts[part + 1] - cuts[part]).RollUp(calendar))];
            random.Shuffle(pieces);
            Assert.Equal(whole, RollUp.Merge(pieces));
            Assert.Equal(whole, pieces.Aggregate(RollUp.Empty(calendar), RollUp.Merge));
            Assert.Equal(whole, RollUp.OfStream(Enumerable.Range(0, parts).Select(part => shuffled.Log(cuts[part], cuts[part + 1] - cuts[part])), calendar));
            Assert.Equal(whole, InteractionLog.Concat(Enumerable.Range(0, parts).Select(part => rows.Log(cuts[part], cuts[part + 1] - cuts[part]))).RollUp(calendar));
            Assert.Equal(whole.GetHashCode(), RollUp.Merge(pieces).GetHashCode());
        },
        iter: LawCases.Count / 4);

    [Fact]
    public void Logs_that_name_their_channels_in_another_order_give_the_same() => Gen.Select(LogRows.Any(200), Gen.Int[0, int.MaxValue]).Sample(
        (rows, seed) =>
        {
            int[] place = [.. Enumerable.Range(0, rows.Channels.Length)];
            new Random(seed).Shuffle(place);
            var renamed = rows with { Channels = [.. place.Select((_, index) => rows.Channels[Array.IndexOf(place, index)])], ChannelIndexes = [.. rows.ChannelIndexes.Select(channel => place[channel])] };
            Assert.Equal(rows.Log().RollUp(Days), renamed.Log().RollUp(Days));
            Assert.Equal(rows.Log().RollUp(Days), Counted(renamed, Way.Partition));
            Assert.Equal(RollUp.Merge(rows.Log().RollUp(Days), rows.Log().RollUp(Days)), RollUp.OfStream([rows.Log(), renamed.Log()], Days));
        },
        iter: LawCases.Count / 10);

    [Fact]
    public void Merging_is_associative_and_commutative_with_a_neutral_element() => Gen.Select(LogRows.Any(60), LogRows.Any(60), LogRows.Any(60)).Sample(
        (a, b, c) =>
        {
            RollUp[] all = [a.Log().RollUp(Days), b.Log().RollUp(Days), c.Log().RollUp(Days)];
            Assert.Equal(RollUp.Merge(RollUp.Merge(all[0], all[1]), all[2]), RollUp.Merge(all[0], RollUp.Merge(all[1], all[2])));
            Assert.Equal(RollUp.Merge(all[0], all[1]), RollUp.Merge(all[1], all[0]));
            Assert.Equal(all[0], RollUp.Merge(all[0], RollUp.Empty(Days)));
            Assert.Equal(all[0], RollUp.Merge(RollUp.Empty(Days), all[0]));
        },
        iter: LawCases.Count / 10);

    [Fact]
    public void Selections_filter_the_cells_and_nothing_else() => Gen.Select(LogRows.Any(300), Gen.Int[1, 63], Gen.Int[1, 15], Gen.Int[1, (1 << 22) - 1]).Sample(
        (rows, roles, channels, kinds) =>
        {
            var options = new RollUpOptions
            {
                Roles = [.. Enum.GetValues<ActorRole>()[1..].Where((_, index) => (roles >> index & 1) != 0)],
                Channels = [.. LogRows.FourChannels.Where((_, index) => (channels >> index & 1) != 0)],
                Kinds = [.. Enum.GetValues<InteractionKind>()[1..].Where((_, index) => (kinds >> index & 1) != 0)],
            };
            rows.Check(rows.Log().RollUp(Days, options), options);
            Assert.Equal(rows.Log().RollUp(Days, options), Counted(rows, Way.Partition, 1, options));
            Assert.Equal(rows.Log().RollUp(Days, options), Counted(rows, Way.Sort, 1, options));
        },
        iter: LawCases.Count / 10);

    [Fact]
    public void Times_outside_are_left_out_alike_in_every_way() => LogRows.Any(300).Sample(
        rows =>
        {
            var options = new RollUpOptions { LeavesOutOtherTimes = true };
            LocalCalendar short_ = LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Between(new(2014, 10, 25), new(2014, 10, 28)));
            LogRows odd = rows with { Times = [.. rows.Times.Select((time, row) => row % 17 == 3 ? long.MinValue + row : row % 17 == 5 ? long.MaxValue - row : row % 17 == 9 ? time + (5L << 37) : time)] };
            RollUp expected = Counted(odd, Way.Sort, 1, options, short_);
            Assert.Equal(expected, odd.Log().RollUp(short_, options));
            Assert.Equal(expected, Counted(odd, Way.Partition, 1, options, short_));
            rows.Check(rows.Log().RollUp(short_, options), options);
        },
        iter: LawCases.Count / 10);

    /// <summary>A day before the first was day 1,589 in the arithmetic of 32 bits, which a calendar of five years has.</summary>
    [Fact]
    public void Rows_before_a_calendar_of_many_years_are_left_out_alike_in_every_way() => Gen.Select(Gen.Int[1, 12], Gen.Int[1, 750], Gen.Int[0, int.MaxValue], Gen.Bool).Sample(
        (years, daysBefore, seed, byDay) =>
        {
            var options = new RollUpOptions { LeavesOutOtherTimes = true };
            LocalCalendar calendar = LocalCalendar.Of(Ihk.Berlin, LocalPeriod.Between(new LocalDate(2014, 10, 20).PlusDays(daysBefore), new LocalDate(2014 + years, 12, 31).PlusDays(daysBefore)), byDay ? CalendarUnit.Day : CalendarUnit.Month);
            LogRows rows = LogRows.Make(200, 0, 3, 3, seed, days: daysBefore + 20);
            rows.Check(Counted(rows, Way.Table, 1, options, calendar), options);
            rows.Check(Counted(rows, Way.Partition, 1, options, calendar), options);
        },
        iter: LawCases.Count / 50);

    [Fact]
    public void Progress_ends_with_all_rows_in_every_way_also_where_rows_are_left_out() => Assert.All(Enum.GetValues<Way>(), way => Assert.All((int[])[0, 2], order =>
    {
        LogRows rows = LogRows.Make(3_000, order, 3, 3, 7);
        var told = new List<long>();
        Counted(rows, way, 1, new() { LeavesOutOtherTimes = true, Progress = new Progressed(told.Add) }, LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Between(new(2014, 10, 25), new(2014, 10, 28))));
        Assert.Equal(3_000, told.Max());
        Assert.Equal(told.Order(), told);
    }));

    [Fact]
    public void By_publication_the_cells_of_a_channel_add_up_to_the_channel() => Gen.Select(LogRows.Any(300), Gen.Int[1, 12], Gen.Int[0, int.MaxValue]).Sample(
        (rows, publications, seed) =>
        {
            var random = new Random(seed);

            // A publication has one channel: the number says which.
            int[] column = [.. rows.ChannelIndexes.Select(channel => random.Next(3) == 0 ? -1 : (random.Next(publications) * 4) + channel)];
            InteractionLog log = rows.Log().WithPublications(column, Enumerable.Range(0, publications * 4).Select(one => new PublicationId($"p{one}")));
            RollUp byPublication = log.RollUp(Days, new() { ByPublication = true });
            var expected = Enumerable.Range(0, column.Length).Where(row => rows.Roles[row] is not 2 and not 6).GroupBy(row => (rows.Channels[rows.ChannelIndexes[row]], column[row] < 0 ? default : new PublicationId($"p{column[row]}"))).ToDictionary(group => group.Key, group => group.LongCount());
            Assert.Equal(expected, byPublication.Cells.GroupBy(cell => (cell.Channel, cell.Publication)).ToDictionary(group => group.Key, group => group.Sum(cell => cell.Count)));
            Assert.Equal(rows.Log().RollUp(Days).Cells.GroupBy(cell => cell.Channel).ToDictionary(group => group.Key, group => group.Sum(cell => cell.Count)), byPublication.Cells.GroupBy(cell => cell.Channel).ToDictionary(group => group.Key, group => group.Sum(cell => cell.Count)));
        },
        iter: LawCases.Count / 10);

    /// <summary>A span of more than 4.35 years, a zone off the quarter hour, and years of clock changes: what the vectors' arithmetic does not cover.</summary>
    [Theory]
    [InlineData("Europe/Berlin", 1990, 2014)]
    [InlineData("Africa/Monrovia", 1971, 1973)]
    [InlineData("Africa/Casablanca", 2012, 2016)]
    [InlineData("America/St_Johns", 2010, 2012)]
    [InlineData("Pacific/Apia", 2011, 2013)]
    [InlineData("Australia/Lord_Howe", 2012, 2016)]
    [InlineData("Antarctica/Troll", 2012, 2016)]
    [InlineData("Asia/Kathmandu", 1985, 1987)]
    public void Unusual_zones_and_spans_are_counted_like_any_other(string id, int from, int to)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[id];
        LocalPeriod years = LocalPeriod.Between(new(from, 1, 1), new(to, 1, 1));
        LocalCalendar days = LocalCalendar.Days(zone, years);
        var random = new Random(52);

        // Half of the rows around borders.
        long[] times = [.. Enumerable.Range(0, 4_000).Select(row => row % 2 == 0
            ? random.NextInt64(days.Segments.Start, days.Segments.End)
            : Math.Clamp(days.Segments.Starts[random.Next(days.Segments.Starts.Length)] + random.Next(-40, 40), days.Segments.Start, days.Segments.End - 1))];
        LogRows unordered = LogRows.Make(4_000, 0, 8, 6, 1) with { Times = times };
        LogRows ordered = unordered with { Times = [.. times.Order()] };
        foreach (CalendarUnit unit in Enum.GetValues<CalendarUnit>().Skip(1))
        {
            LocalCalendar calendar = LocalCalendar.Of(zone, years, unit);
            Assert.Equal(Counted(unordered, Way.Sort, 1, null, calendar), unordered.Log().RollUp(calendar));
            Assert.Equal(Counted(ordered, Way.Sort, 1, null, calendar), ordered.Log().RollUp(calendar));
        }

        var counts = times.GroupBy(time => Instant.FromUnixTimeMilliseconds(time).InZone(zone).Date).ToDictionary(group => group.Key, group => group.LongCount());
        Assert.Equal(counts, unordered.Log().RollUp(days, new() { Roles = Enum.GetValues<ActorRole>()[1..] }).Cells.GroupBy(cell => cell.Period.From).ToDictionary(group => group.Key, group => group.Sum(cell => cell.Count)));
    }

    [Fact]
    public void No_kernel_reads_past_the_end_of_its_columns()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pages are guarded by Linux calls.");
        foreach (int length in Enumerable.Range(0, 130).Append(4_099))
        {
            LogRows rows = LogRows.Make(length, 2 * (length % 2), 22, 6, length);
            using var times = new GuardedMemory<long>(rows.Times);
            using var channels = new GuardedMemory<int>(rows.ChannelIndexes);
            using var kinds = new GuardedMemory<byte>(rows.Kinds);
            using var roles = new GuardedMemory<byte>(rows.Roles);
            InteractionLog guarded = InteractionLog.Of(rows.Channels, times.Memory, channels.Memory, kinds.Memory, roles.Memory);
            Assert.Equal(rows.Log().RollUp(Days), guarded.RollUp(Days));
            Assert.Equal(rows.Log().RollUp(Days), Counted(guarded, Way.Partition));
            InteractionLog.Of(rows.Channels, times.Memory, channels.Memory, kinds.Memory).WithReplies(Enumerable.Repeat(-1, length).ToArray()).RollUp(Days);
        }
    }

    [Fact]
    public void Memory_changed_against_the_rule_never_leads_to_a_write_elsewhere()
    {
        LogRows rows = LogRows.Make(2_000, 0, 22, 6, 7);
        InteractionLog log = rows.Log();
        var random = new Random(7);
        for (int row = 0; row < rows.Times.Length; row++)
        {
            rows.ChannelIndexes[row] = random.Next(int.MinValue, int.MaxValue);
            rows.Times[row] = random.NextInt64(long.MinValue, long.MaxValue);
            (rows.Kinds[row], rows.Roles[row]) = ((byte)random.Next(256), (byte)random.Next(256));
        }

        Exception? thrown = Record.Exception(() => log.RollUp(Days));
        Assert.True(thrown is InvalidOperationException or IndexOutOfRangeException or ArgumentException, thrown?.ToString());
        LogRows.Make(2_000, 0, 22, 6, 7).Check(LogRows.Make(2_000, 0, 22, 6, 7).Log().RollUp(Days));
    }

    [Fact]
    public void A_time_changed_against_the_rule_is_an_error_in_every_way_and_not_left_out() => Assert.All(Enum.GetValues<Way>(), way => Assert.All((int[])[0, 2], order =>
    {
        LogRows rows = LogRows.Make(2_000, order, 3, 3, 7);
        InteractionLog log = rows.Log();
        rows.Times[^1] = long.MaxValue;
        Assert.StartsWith("The log's memory was changed after the log was made", Assert.Throws<InvalidOperationException>(() => Counted(log, way)).Message, StringComparison.Ordinal);
    }));

    [Fact]
    public void Many_threads_may_roll_up_one_log_at_once()
    {
        LogRows rows = LogRows.Make(20_000, 1, 8, 6, 3);
        InteractionLog log = rows.Log();
        RollUp expected = log.RollUp(Days);
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 64 }, index => Assert.Equal(expected, log.RollUp(Days, new() { DegreeOfParallelism = 1 + (index % 3) })));
    }

    /// <summary>A hundred million rows in chunks of a million whose memory is used again for the next: what is allocated in all is an upper bound of what is held at once.</summary>
    [Fact]
    public void A_hundred_million_rows_stream_through_a_few_megabytes()
    {
        const int Chunk = 1_000_000;
        const int Chunks = 100;
        LocalCalendar calendar = LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Between(new(2013, 1, 1), new(2015, 1, 1)));
        long step = (calendar.Segments.End - calendar.Segments.Start) / (Chunk * (long)Chunks);
        ChannelId[] channels = [.. Enumerable.Range(0, 50).Select(channel => new ChannelId($"channel-{channel:D2}"))];
        long[] times = new long[Chunk];
        int[] channelIndexes = [.. Enumerable.Range(0, Chunk).Select(row => (row * 7) % 50)];
        byte[] kinds = [.. Enumerable.Range(0, Chunk).Select(row => (byte)(2 + (row % 8)))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        RollUp rollUp = RollUp.OfStream(Stream(), calendar);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Chunk * (long)Chunks, rollUp.Total);
        Assert.Equal(Chunk * (long)Chunks / 50, rollUp.CountOf(channel: channels[7]));
        Assert.Equal(Chunk * (long)Chunks / 8, rollUp.CountOf(kind: InteractionKind.Comment));

        // Every row of the first day, counted by its length.
        Assert.Equal((86_400_000 + step - 1) / step, rollUp.CountOf(period: LocalPeriod.Day(new(2013, 1, 1))));
        Assert.InRange(allocated, 1, 100_000_000);

        IEnumerable<InteractionLog> Stream()
        {
            for (int chunk = 0; chunk < Chunks; chunk++)
            {
                long first = calendar.Segments.Start + (chunk * (long)Chunk * step);
                for (int row = 0; row < times.Length; row++) times[row] = first + (row * step);
                yield return InteractionLog.Of(channels, times, channelIndexes, kinds);
            }
        }
    }

    [Fact]
    public void A_row_takes_no_memory_of_the_heap()
    {
        LogRows rows = LogRows.Make(400_000, 0, 8, 4, 5);
        InteractionLog half = rows.Log(0, 200_000);
        InteractionLog whole = rows.Log();
        Assert.Equal(Allocated(half).Cells, Allocated(whole).Cells);
        Allocated(whole);
        Assert.InRange(Allocated(whole).Bytes - Allocated(half).Bytes, -20_000, 20_000);

        static (long Bytes, int Cells) Allocated(InteractionLog log)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            int cells = log.RollUp(Days).CellCount;
            return (GC.GetAllocatedBytesForCurrentThread() - before, cells);
        }
    }

    [Fact]
    public void Quarter_hours_become_the_days_weeks_and_months_of_any_zone() => Gen.Select(LogRows.Any(300), Gen.Int[0, 5], Gen.Int[0, 4]).Sample(
        (rows, zone, unit) =>
        {
            DateTimeZone tz = DateTimeZoneProviders.Tzdb[(string[])["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe", "UTC", "Pacific/Chatham"] is var ids ? ids[zone] : ""];
            QuarterHourCells cells = QuarterHourCells.Of(rows.Log(), Instant.FromUtc(2014, 10, 1, 0, 0), Instant.FromUtc(2014, 12, 1, 0, 0));
            LocalCalendar calendar = LocalCalendar.Of(tz, LocalPeriod.Between(new(2014, 10, 22), new(2014, 11, 20)), Enum.GetValues<CalendarUnit>()[1 + unit]);
            Assert.Equal(rows.Log().RollUp(calendar, new() { LeavesOutOtherTimes = true }), cells.In(calendar));
            Assert.Equal(rows.Times.Length, cells.RowsRead);

            // Nothing is left out where the calendar holds every moment that was counted.
            LocalCalendar november = LocalCalendar.Of(DateTimeZone.Utc, LocalPeriod.Between(new(2014, 10, 1), new(2014, 12, 1)), calendar.Unit);
            Assert.Equal(rows.Log().RollUp(november), cells.In(november));
        },
        iter: LawCases.Count / 20);

    [Fact]
    public void Quarter_hours_of_more_channels_than_running_sums_have_room_for_give_the_same_days()
    {
        // 8,000 channels with a number for each of 8,760 hours would be more than 2²⁶ of them.
        var random = new Random(8);
        ChannelId[] channels = [.. Enumerable.Range(0, 8_000).Select(index => new ChannelId(FormattableString.Invariant($"c{index:0000}")))];
        (Instant from, Instant to) = (Instant.FromUtc(2014, 1, 1, 0, 0), Instant.FromUtc(2015, 1, 1, 0, 0));
        long[] times = [.. channels.Select(_ => from.ToUnixTimeMilliseconds() + random.NextInt64((long)(to - from).TotalMilliseconds))];
        InteractionLog log = InteractionLog.Of(channels, times, Enumerable.Range(0, channels.Length).ToArray(), channels.Select((_, index) => (byte)(1 + (index % 5))).ToArray());
        QuarterHourCells cells = QuarterHourCells.Of(log, from, to);
        foreach (CalendarUnit unit in new[] { CalendarUnit.Day, CalendarUnit.Month })
        {
            LocalCalendar calendar = LocalCalendar.Of(DateTimeZoneProviders.Tzdb["Asia/Kathmandu"], LocalPeriod.Between(new(2014, 2, 1), new(2014, 9, 1)), unit);
            Assert.Equal(log.RollUp(calendar, new() { LeavesOutOtherTimes = true }), cells.In(calendar));
        }

        QuarterHourCells same = QuarterHourCells.Of(log, from, to);
        Assert.True(cells.Equals((object)same));
        Assert.Equal(cells.GetHashCode(), same.GetHashCode());
        Assert.False(cells.Equals((object)"cells"));
        Assert.Equal("8000 of 8000 rows by quarter hour from 2014-01-01T00:00:00Z to 2015-01-01T00:00:00Z", cells.ToString());
    }

    [Fact]
    public void Quarter_hours_merge_and_are_checked()
    {
        LogRows rows = LogRows.Make(5_000, 0, 8, 4, 5);
        (Instant from, Instant to) = (Instant.FromUtc(2014, 10, 1, 0, 0), Instant.FromUtc(2014, 12, 1, 0, 0));
        QuarterHourCells whole = QuarterHourCells.Of(rows.Log(), from, to);
        Assert.Equal(whole, QuarterHourCells.Merge(QuarterHourCells.Of(rows.Log(0, 1_234), from, to), QuarterHourCells.Of(rows.Log(1_234, 5_000 - 1_234), from, to)));
        Assert.StartsWith("from (2014-10-01T00:01:00Z) must be on a quarter hour of UTC", Assert.Throws<ArgumentOutOfRangeException>(() => QuarterHourCells.Of(rows.Log(), from + Duration.FromMinutes(1), to)).Message, StringComparison.Ordinal);
        Assert.StartsWith("from (0000-12-31T23:45:00Z) must lie between 0001-01-01T00:00:00Z and 9999-01-01T00:00:00Z: check the year.", Assert.Throws<ArgumentOutOfRangeException>("from", () => QuarterHourCells.Of(rows.Log(), Instant.FromUtc(0, 12, 31, 23, 45), to)).Message, StringComparison.Ordinal);
        Assert.StartsWith("to (9999-12-31T23:45:00Z) must lie between", Assert.Throws<ArgumentOutOfRangeException>("to", () => QuarterHourCells.Of(rows.Log(), from, Instant.FromUtc(9999, 12, 31, 23, 45))).Message, StringComparison.Ordinal);
        Assert.StartsWith("to (3014-01-01T00:00:00Z) must be fewer than 16777216 quarter hours, 478 years, after 2014-10-01T00:00:00Z: count a shorter time.", Assert.Throws<ArgumentOutOfRangeException>("to", () => QuarterHourCells.Of(rows.Log(), from, Instant.FromUtc(3014, 1, 1, 0, 0))).Message, StringComparison.Ordinal);
        Assert.StartsWith("to (2014-10-01T00:00:00Z) must be later than", Assert.Throws<ArgumentOutOfRangeException>(() => QuarterHourCells.Of(rows.Log(), from, from)).Message, StringComparison.Ordinal);
        Assert.StartsWith("calendar (Day of 2014-09-01/2014-10-01 in Europe/Berlin) must lie in what was counted", Assert.Throws<ArgumentException>(() => whole.In(LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Month(2014, 9)))).Message, StringComparison.Ordinal);
        Assert.Contains("on no quarter hour", Assert.Throws<ArgumentException>(() => whole.In(LocalCalendar.Days(DateTimeZone.ForOffset(Offset.FromSeconds(1)), Ihk.November))).Message, StringComparison.Ordinal);
    }

    private sealed class Progressed(Action<long> act) : IProgress<long>
    {
        public void Report(long value) => act(value);
    }

    private static RollUp Counted(LogRows rows, Way way, int degree = 1, RollUpOptions? options = null, LocalCalendar? calendar = null) => Counted(rows.Log(), way, degree, options, calendar);

    private static RollUp Counted(InteractionLog log, Way way, int degree = 1, RollUpOptions? options = null, LocalCalendar? calendar = null)
    {
        using var work = new RollUpWork(calendar ?? Days, (options ?? RollUpOptions.Default) with { DegreeOfParallelism = degree }, CancellationToken.None, way);
        work.Add(log);
        return work.Finish();
    }
}
