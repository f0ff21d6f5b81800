using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Core.Tests.Logs;

public class RollUpTests
{
    private static readonly LocalCalendar Days = LocalCalendar.Days(Ihk.Berlin, Ihk.November);

    /// <summary>By hand: two likes of a member and one of staff on the 20th, a comment on the 21st, and a reply of the organisation and a bot's like, which are left out.</summary>
    [Fact]
    public void A_roll_up_counts_per_channel_day_kind_and_role()
    {
        InteractionLog log = Six();
        RollUp rollUp = log.RollUp(Days);
        Assert.Equal(
            ["twitter 2014-11-20/2014-11-21 Like by Staff: 1", "xing 2014-11-20/2014-11-21 Like by Member: 2", "xing 2014-11-21/2014-11-22 Comment by Member: 1"],
            rollUp.Cells.Select(cell => cell.ToString()), StringComparer.Ordinal);
        Assert.Equal((4, 6), (rollUp.Total, rollUp.RowsRead));
        Assert.Equal([Ihk.Twitter.Id, Ihk.Xing.Id], rollUp.Channels);
        Assert.Equal(3, rollUp.CountOf(period: LocalPeriod.Day(new(2014, 11, 20))));
        Assert.Equal(3, rollUp.CountOf(channel: Ihk.Xing.Id));
        Assert.Equal(2, rollUp.CountOf(Ihk.Xing.Id, Ihk.November, InteractionKind.Like, ActorRole.Member));
        Assert.Equal(0, rollUp.CountOf(role: ActorRole.Bot));
        Assert.Equal("4 of 6 rows in 3 cells on 2 channels by Day of 2014-11-01/2014-12-01 in Europe/Berlin", rollUp.ToString());
    }

    [Fact]
    public void Kinds_roles_and_channels_can_be_chosen()
    {
        InteractionLog log = Six();
        Assert.Equal(6, log.RollUp(Days, new() { Roles = Enum.GetValues<ActorRole>()[1..] }).Total);
        Assert.Equal(1, log.RollUp(Days, new() { Kinds = [InteractionKind.Comment] }).Total);
        RollUp twitter = log.RollUp(Days, new() { Channels = [Ihk.Twitter.Id, Ihk.Facebook.Id] });
        Assert.Equal(1, twitter.Total);
        Assert.Equal([Ihk.Twitter.Id], twitter.Channels);
        Assert.Equal([InteractionKind.Comment], log.RollUp(Days, new() { Kinds = [InteractionKind.Comment] }).Kinds);
        Assert.Equal([ActorRole.Unknown, ActorRole.Staff, ActorRole.Member, ActorRole.NonMember], twitter.Roles);
    }

    [Fact]
    public void A_row_outside_the_calendar_is_an_error_unless_it_is_to_be_left_out()
    {
        InteractionLog log = new InteractionLogBuilder().Add(Ihk.Xing.Id, InteractionKind.Like, Ihk.Noon, ActorRole.Member).Add(Ihk.Xing.Id, InteractionKind.Like, Ihk.At(1, 0, 12), ActorRole.Member).Build();
        string message = Assert.Throws<ArgumentException>("log", () => log.RollUp(Days)).Message;
        Assert.StartsWith("log: time (2014-11-30T23:00:00Z) in row 1 must lie in the calendar, Day of 2014-11-01/2014-12-01 in Europe/Berlin: take a calendar that holds every row, or set LeavesOutOtherTimes.", message, StringComparison.Ordinal);
        RollUp rollUp = log.RollUp(Days, new() { LeavesOutOtherTimes = true });
        Assert.Equal((1, 2), (rollUp.Total, rollUp.RowsRead));
        foreach (long time in (long[])[long.MinValue, -1, long.MaxValue])
        {
            InteractionLog odd = InteractionLog.Of([Ihk.Xing.Id], new[] { time }, new int[1], new byte[] { 2 });
            Assert.Contains(" in row 0 must lie in the calendar", Assert.Throws<ArgumentException>("log", () => odd.RollUp(Days)).Message, StringComparison.Ordinal);
            Assert.Equal(0, odd.RollUp(Days, new() { LeavesOutOtherTimes = true }).Total);
        }
    }

    [Fact]
    public void A_day_is_added_up_from_its_two_pieces()
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb["America/St_Johns"];
        LocalCalendar calendar = LocalCalendar.Days(zone, LocalPeriod.Between(new(2010, 11, 6), new(2010, 11, 8)));
        long border = calendar.Segments.Starts[1];
        long[] times = [border - 1, border, border + 59_999, border + 60_000, border + 3_660_000];
        InteractionLog log = InteractionLog.Of([Ihk.Xing.Id], times, new int[5], new byte[] { 2, 2, 2, 2, 2 });
        Assert.Equal([2L, 3L], log.RollUp(calendar).Cells.Select(cell => cell.Count));
        InteractionLog unordered = InteractionLog.Of([Ihk.Xing.Id], times.Reverse().ToArray(), new int[5], new byte[] { 2, 2, 2, 2, 2 });
        Assert.Equal(log.RollUp(calendar), unordered.RollUp(calendar));
        LocalCalendar edge = LocalCalendar.Days(zone, LocalPeriod.Day(new(2010, 11, 7)));
        Assert.Contains("in row 0", Assert.Throws<ArgumentException>("log", () => log.RollUp(edge)).Message, StringComparison.Ordinal);
        Assert.Equal(3, log.RollUp(edge, new() { LeavesOutOtherTimes = true }).Total);
    }

    [Fact]
    public void A_year_is_the_sum_of_its_days_in_every_zone_of_the_reference_table()
    {
        LocalPeriod years = LocalPeriod.Between(new(1989, 1, 1), new(2039, 1, 1));
        foreach (var zone in SharedData.Reference("tz_buckets.csv").GroupBy(row => row["zone"], StringComparer.Ordinal))
        {
            long[] times = [.. zone.Select(row => Floor(Int128.Parse(row["unix_ns"], System.Globalization.CultureInfo.InvariantCulture)))];
            InteractionLog log = InteractionLog.Of([Ihk.Xing.Id], times, new int[times.Length], times.Select(_ => (byte)2).ToArray());
            DateTimeZone tz = DateTimeZoneProviders.Tzdb[zone.Key];
            RollUp days = log.RollUp(LocalCalendar.Days(tz, years));
            foreach (CalendarUnit unit in Enum.GetValues<CalendarUnit>().Skip(2))
            {
                LocalCalendar coarse = LocalCalendar.Of(tz, years, unit);
                Assert.Equal(log.RollUp(coarse), days.In(coarse));
            }

            RollUp yearly = days.In(LocalCalendar.Of(tz, years, CalendarUnit.Year));
            Assert.All(yearly.Cells, cell => Assert.Equal(zone.LongCount(row => row["local_date"].StartsWith(cell.Period.From.Year.ToString("D4", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)), cell.Count));
            Assert.Equal(times.Length, yearly.Total);
        }

        static long Floor(Int128 nanoseconds) => (long)(nanoseconds >= 0 ? nanoseconds / 1_000_000 : (nanoseconds - 999_999) / 1_000_000);
    }

    [Fact]
    public void Coarser_periods_must_hold_the_finer_ones_whole()
    {
        RollUp rollUp = Six().RollUp(Days);
        Assert.Equal(4, rollUp.In(LocalCalendar.Of(Ihk.Berlin, Ihk.November, CalendarUnit.Month)).Total);
        RollUp weeks = Six().RollUp(LocalCalendar.Of(Ihk.Berlin, Ihk.November, CalendarUnit.IsoWeek));
        RollUp acrossTheYear = RollUp.Empty(LocalCalendar.Of(Ihk.Berlin, LocalPeriod.Between(new(2014, 12, 1), new(2015, 2, 1)), CalendarUnit.IsoWeek));
        Refused("calendar (Year of 2014-01-01/2016-01-01 in Europe/Berlin) must hold every period of the roll-up whole, and cuts 2014-12-29/2015-01-05: roll up by days, and take a calendar of the same days.", () => acrossTheYear.In(LocalCalendar.Of(Ihk.Berlin, LocalPeriod.Between(new(2014, 1, 1), new(2016, 1, 1)), CalendarUnit.Year)));
        Refused("must hold every period of the roll-up whole, and lacks 2014-11-01/2014-11-02", () => rollUp.In(LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Month(2014, 12))));
        Refused("must be in the zone of the roll-up, Europe/Berlin", () => rollUp.In(LocalCalendar.Days(DateTimeZone.Utc, Ihk.November)));
        Refused("period (2014-11-20/2014-11-21) must not cut a period of the roll-up, which is by IsoWeek of 2014-11-01/2014-12-01 in Europe/Berlin: roll up by days.", () => weeks.CountOf(period: LocalPeriod.Day(new(2014, 11, 20))));
        Refused("period (2014-12-01/2014-12-02) must lie in the days of the roll-up, 2014-11-01/2014-12-01: what was not rolled up is not 0.", () => rollUp.CountOf(period: LocalPeriod.Day(new(2014, 12, 1))));
    }

    [Fact]
    public void Days_of_which_rows_were_left_out_are_not_0_in_a_coarser_roll_up()
    {
        LocalCalendar twentieth = LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Day(new(2014, 11, 20)));
        LocalCalendar november = LocalCalendar.Of(Ihk.Berlin, Ihk.November, CalendarUnit.Month);
        RollUp cut = Six().RollUp(twentieth, new() { LeavesOutOtherTimes = true });
        Refused("calendar (Month of 2014-11-01/2014-12-01 in Europe/Berlin) must not reach beyond the days of the roll-up, 2014-11-20/2014-11-21, because rows outside of them were left out, and what was left out is not 0: take a calendar of the same days.", () => cut.In(november));
        Assert.Equal(3, cut.In(LocalCalendar.Of(Ihk.Berlin, twentieth.Period, CalendarUnit.Month)).Total);

        // Where no row was outside, the other days had none.
        InteractionLog log = new InteractionLogBuilder().Add(Ihk.Xing.Id, InteractionKind.Like, Ihk.At(20), ActorRole.Member).Build();
        Assert.Equal(log.RollUp(november), log.RollUp(twentieth).In(november));
    }

    [Fact]
    public void Counts_by_publication_date_are_not_taken_for_counts_by_interaction_date()
    {
        InteractionLog log = new InteractionLogBuilder().Add(Ihk.Xing.Id, InteractionKind.Like, Ihk.At(20), ActorRole.Member, publication: new PublicationId("p")).Build();
        Publication[] publications = [new("p", Ihk.Xing.Id, Ihk.At(10))];
        RollUp byDate = log.RollUp(Days, new() { ByPublication = true }).ByPublicationDate(publications, Days);
        Refused("and differ in their dates (of the publications and of the interactions)", () => RollUp.Merge(byDate, log.RollUp(Days)));
        Assert.NotEqual(byDate, log.RollUp(Days));
        Assert.Equal(2, RollUp.Merge(byDate, byDate).Total);
        Assert.Equal(byDate, RollUp.Merge(RollUp.Empty(Days), byDate));
        Assert.Equal(1, RollUp.Merge(RollUp.OfPublications(publications, Days), byDate).Exposures.Single().Publications);

        RollUp november = byDate.In(Days);
        var daily = new EngagementRatioCalculator(EngagementRatioDefinitions.Daily.With("by-date", attribution: Attribution.ByInteractionDate));
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Build();
        Assert.Equal(
            "rollUp lacks a part of by-date v1: it does not hold the dates of the interactions, and is by those of the publications: take the roll-up that it was made from by ByPublicationDate.",
            Assert.Throws<InvalidOperationException>(() => daily.Calculate(november, portfolio, Ihk.November)).Message);
    }

    [Fact]
    public void A_figure_for_a_channel_that_was_not_chosen_refuses_the_roll_up()
    {
        var daily = new EngagementRatioCalculator(EngagementRatioDefinitions.Daily.With("by-date", attribution: Attribution.ByInteractionDate));
        Portfolio both = Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(Ihk.Twitter).Build();
        RollUp xing = Six().RollUp(Days, new() { Channels = [Ihk.Xing.Id] });
        Assert.Equal(
            "rollUp lacks a part of by-date v1: it does not hold the channels twitter: roll up with these Channels, or calculate for a portfolio without them.",
            Assert.Throws<InvalidOperationException>(() => daily.Calculate(xing, both, Ihk.November)).Message);
        Assert.NotNull(daily.Calculate(xing, Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Build(), Ihk.November));
        Assert.NotNull(daily.Calculate(Six().RollUp(Days, new() { Channels = [Ihk.Xing.Id, Ihk.Twitter.Id] }), both, Ihk.November));
    }

    [Fact]
    public void Roll_ups_of_different_recipes_do_not_merge()
    {
        RollUp rollUp = Six().RollUp(Days);
        Refused("left and right must be of one calendar and one recipe, and differ in their period (2014-11-01/2014-12-01 and 2014-12-01/2015-01-01): roll both up alike.", () => RollUp.Merge(rollUp, RollUp.Empty(LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Month(2014, 12)))));
        Refused("and differ in their zone (Europe/Berlin and UTC)", () => RollUp.Merge(rollUp, RollUp.Empty(LocalCalendar.Days(DateTimeZone.Utc, Ihk.November))));
        Refused("and differ in their unit (Day and IsoWeek)", () => RollUp.Merge(rollUp, RollUp.Empty(LocalCalendar.Of(Ihk.Berlin, Ihk.November, CalendarUnit.IsoWeek))));
        Refused("and differ in their kinds", () => RollUp.Merge(rollUp, RollUp.Empty(Days, new() { Kinds = [InteractionKind.Like] })));
        Refused("and differ in their roles", () => RollUp.Merge(rollUp, RollUp.Empty(Days, new() { Roles = [ActorRole.Bot] })));
        Refused("and differ in their series (by publication and by channel)", () => RollUp.Merge(rollUp, RollUp.Empty(Days, new() { ByPublication = true })));
        Refused("and differ in their channels (all and 1 chosen)", () => RollUp.Merge(rollUp, RollUp.Empty(Days, new() { Channels = [Ihk.Xing.Id] })));
        Refused("and differ in their rows outside the calendar (left out and refused)", () => RollUp.Merge(rollUp, RollUp.Empty(Days, new() { LeavesOutOtherTimes = true })));
        Refused("rollUps (0 values) must hold a roll-up: begin with RollUp.Empty.", () => RollUp.Merge([]));
    }

    [Fact]
    public void Roll_ups_of_other_channels_are_one_with_the_channels_of_both()
    {
        static InteractionLog On(params (Channel Channel, InteractionKind Kind)[] acts) => acts.Aggregate(new InteractionLogBuilder(), (builder, act) => builder.Add(act.Channel.Id, act.Kind, Ihk.Noon, ActorRole.Member)).Build();
        RollUp one = On((Ihk.Twitter, InteractionKind.Share), (Ihk.Xing, InteractionKind.Like), (Ihk.Xing, InteractionKind.Like)).RollUp(Days);
        RollUp other = On((Ihk.Facebook, InteractionKind.Comment), (Ihk.Twitter, InteractionKind.Share), (Ihk.Magazine, InteractionKind.Click)).RollUp(Days);
        string[] expected =
        [
            "facebook 2014-11-20/2014-11-21 Comment by Member: 1", "magazine 2014-11-20/2014-11-21 Click by Member: 1", "twitter 2014-11-20/2014-11-21 Share by Member: 2", "xing 2014-11-20/2014-11-21 Like by Member: 2",
        ];
        foreach (RollUp merged in new[] { RollUp.Merge(one, other), RollUp.Merge(other, one), RollUp.Merge([RollUp.Empty(Days), one, other]) })
        {
            Assert.Equal(expected, merged.Cells.Select(cell => cell.ToString()), StringComparer.Ordinal);
            Assert.Equal([Ihk.Facebook.Id, Ihk.Magazine.Id, Ihk.Twitter.Id, Ihk.Xing.Id], merged.Channels);
            Assert.Equal((6, 6), (merged.Total, merged.RowsRead));
        }
    }

    /// <summary>A channel that was not chosen is not one on which nothing happened.</summary>
    [Fact]
    public void Roll_ups_of_other_chosen_channels_do_not_merge_by_whatever_door_they_came()
    {
        RollUpOptions xing = new() { Channels = [Ihk.Xing.Id] };
        RollUpOptions both = new() { Channels = [Ihk.Xing.Id, Ihk.Twitter.Id] };
        LocalCalendar month = LocalCalendar.Of(Ihk.Berlin, Ihk.November, CalendarUnit.Month);
        Publication[] publications = [new("p", Ihk.Xing.Id, Ihk.At(10))];
        const string Differ = "and differ in their channels (1 chosen and 2 chosen)";
        Refused(Differ, () => RollUp.Merge(Six().RollUp(Days, xing), Six().RollUp(Days, both)));
        Refused(Differ, () => RollUp.Merge(RollUp.OfPublications(publications, Days, xing), Six().RollUp(Days, both)));
        Refused(Differ, () => RollUp.Merge(RollUp.OfStream([], Days, xing), Six().RollUp(Days, both)));
        Refused(Differ, () => RollUp.Merge(Six().RollUp(Days, xing).In(month), Six().RollUp(Days, both).In(month)));
        (Instant from, Instant to) = (Instant.FromUtc(2014, 10, 31, 0, 0), Instant.FromUtc(2014, 12, 1, 0, 0));
        Refused(Differ, () => QuarterHourCells.Merge(QuarterHourCells.Of(Six(), from, to, xing), QuarterHourCells.Of(Six(), from, to, both)));
        Refused("and differ in their channels (all and 1 chosen)", () => RollUp.Merge(QuarterHourCells.Of(Six(), from, to).In(month), QuarterHourCells.Of(Six(), from, to, xing).In(month)));
        Assert.NotEqual(RollUp.Empty(Days, xing), RollUp.Empty(Days, both));

        // The order in which they are named says nothing.
        RollUp other = Six().RollUp(Days, new() { Channels = [Ihk.Twitter.Id, Ihk.Xing.Id] });
        Assert.Equal(8, RollUp.Merge(Six().RollUp(Days, both), other).Total);
        Assert.Equal(4, RollUp.Merge(RollUp.OfPublications(publications, Days, both), other).Total);
    }

    [Fact]
    public void A_count_that_would_overflow_is_an_error_that_names_the_cell()
    {
        var series = new ValueList<Series>([new(Ihk.Xing.Id, default)]);
        ulong key = CellKey.Of(19, 0, CellKey.Code((int)InteractionKind.Like, (int)ActorRole.Member));
        RollUp Large(long count, ulong at)
        {
            var cells = new CellList();
            cells.Add(at, count);
            return new(Days, RollUpOptions.Default.Recipe, series, SparseCells.Of(cells), 0);
        }

        Assert.Equal(long.MaxValue, RollUp.Merge(Large(long.MaxValue - 1, key), Large(1, key)).Total);
        Assert.Equal("xing 2014-11-20/2014-11-21 Like by Member: 9223372036854775807 and 1 add up to more than 9223372036854775807, the largest count: roll up shorter periods.", Assert.Throws<OverflowException>(() => RollUp.Merge(Large(long.MaxValue, key), Large(1, key))).Message);
        Assert.StartsWith("All cells together add up to more than", Assert.Throws<OverflowException>(() => RollUp.Merge(Large(long.MaxValue, key), Large(1, key + 8))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exposures_that_would_overflow_are_an_error_that_names_channel_period_and_figure()
    {
        Publication Seen(string id, int day, long impressions, long views) => new(id, Ihk.Xing.Id, Ihk.At(day)) { Exposures = new() { Impressions = Count.Observed(impressions), Views = Count.Observed(views) } };
        Publication large = Seen("p", 20, long.MaxValue, 1);
        const string Message = "xing 2014-11-20/2014-11-21 impressions: counts (9223372036854775807 and 1) add up to more than 9223372036854775807, the largest count: correct them, or add up fewer.";
        Assert.Equal(Message, Assert.Throws<OverflowException>(() => RollUp.OfPublications([large, Seen("q", 20, 1, 1)], Days)).Message);
        Assert.Equal(Message, Assert.Throws<OverflowException>(() => RollUp.Merge(RollUp.OfPublications([large], Days), RollUp.OfPublications([Seen("q", 20, 1, 1)], Days))).Message);
        RollUp twoDays = RollUp.OfPublications([large, Seen("q", 21, 0, long.MaxValue)], Days);
        Assert.StartsWith("xing 2014-11-01/2014-12-01 views: counts (1 and 9223372036854775807) add up", Assert.Throws<OverflowException>(() => twoDays.In(LocalCalendar.Of(Ihk.Berlin, Days.Period, CalendarUnit.Month))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UTC_is_one_zone_whether_NodaTime_or_the_zone_data_gave_it()
    {
        InteractionLog log = new InteractionLogBuilder().Add(Ihk.Xing.Id, InteractionKind.Like, Ihk.At(20), ActorRole.Member).Build();
        LocalCalendar own = LocalCalendar.Days(DateTimeZone.Utc, Ihk.November);
        LocalCalendar data = LocalCalendar.Days(DateTimeZoneProviders.Tzdb["UTC"], Ihk.November);
        Assert.Equal(data, own);
        Assert.Equal(2, RollUp.Merge(log.RollUp(own), log.RollUp(data)).Total);
    }

    [Fact]
    public void What_was_published_and_seen_is_added_up_beside_the_interactions()
    {
        Publication[] publications =
        [
            new("a", Ihk.Xing.Id, Ihk.At(20)) { Exposures = new Exposures(Count.Observed(100), default, Count.Observed(7)) },
            new("b", Ihk.Xing.Id, Ihk.At(20, 23)) { Exposures = new Exposures(Count.Observed(50)) },
            new("c", Ihk.Twitter.Id, Ihk.At(21)) { Exposures = new Exposures(Count.Observed(9)) },
            new("d", Ihk.Twitter.Id, Ihk.At(1, 0, 12)),
        ];
        RollUp published = RollUp.OfPublications(publications, Days);
        Assert.Equal([(Ihk.Xing.Id, 2L, 150L), (Ihk.Twitter.Id, 1L, 9L)], published.Exposures.Select(one => (one.Channel, one.Publications, one.Impressions.Value!.Value)));
        Assert.Equal(CountState.Partial, published.Exposures[0].Views.State);
        RollUp both = RollUp.Merge(Six().RollUp(Days), published);
        Assert.Equal(4, both.Total);
        Assert.Equal(both, RollUp.Merge(RollUp.Merge(RollUp.OfPublications(publications[..1], Days), Six().RollUp(Days)), RollUp.OfPublications(publications[1..], Days)));
        Assert.Equal(3, both.In(LocalCalendar.Of(Ihk.Berlin, Ihk.November, CalendarUnit.Month)).Exposures.Sum(one => one.Publications));
    }

    [Fact]
    public void Life_time_counts_go_to_the_day_of_the_publication()
    {
        LocalCalendar years = LocalCalendar.Of(Ihk.Berlin, LocalPeriod.Between(new(2014, 1, 1), new(2016, 1, 1)), CalendarUnit.Year);
        PublicationId p = new("p");
        PublicationId q = new("q");
        InteractionLog log = new InteractionLogBuilder()
            .Add(Ihk.Xing.Id, InteractionKind.Like, Ihk.At(20), ActorRole.Member, publication: p)
            .Add(Ihk.Xing.Id, InteractionKind.Like, Ihk.At(3, year: 2015), ActorRole.Member, publication: p)
            .Add(Ihk.Twitter.Id, InteractionKind.Share, Ihk.At(21), ActorRole.NonMember, publication: q)
            .Add(Ihk.Twitter.Id, InteractionKind.Share, Ihk.At(21), ActorRole.NonMember)
            .Build();
        RollUp byPublication = log.RollUp(years, new() { ByPublication = true });
        Assert.Equal(["twitter  Share 1", "twitter q Share 1", "xing p Like 1", "xing p Like 1"], byPublication.Cells.Select(cell => $"{cell.Channel} {cell.Publication} {cell.Kind} {cell.Count}"), StringComparer.Ordinal);
        RollUp byDate = byPublication.ByPublicationDate([new Publication("p", Ihk.Xing.Id, Ihk.At(10)), new Publication("q", Ihk.Twitter.Id, Ihk.At(21))], Days);
        Assert.Equal(["xing 2014-11-10/2014-11-11 Like by Member: 2", "twitter 2014-11-21/2014-11-22 Share by NonMember: 1"], byDate.Cells.Select(cell => cell.ToString()), StringComparer.Ordinal);
        Assert.False(byDate.ByPublication);
        Assert.Equal("The roll-up is by channel, and does not know what belongs to which publication: roll up with ByPublication.", Assert.Throws<InvalidOperationException>(() => byDate.ByPublicationDate([], Days)).Message);
    }

    [LongFact]
    public void Cancelled_half_way_nothing_is_left()
    {
        LogRows rows = LogRows.Make(300_000, 0, 8, 4, 1);
        LocalCalendar calendar = LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Year(2014));
        foreach (int degree in (int[])[1, 2, 7])
        {
            using var stop = new CancellationTokenSource();
            long seen = 0;
            var options = new RollUpOptions { DegreeOfParallelism = degree, Progress = new Told(done => { seen = Math.Max(seen, done); stop.Cancel(); }) };
            Assert.ThrowsAny<OperationCanceledException>(() => rows.Log().RollUp(calendar, options, stop.Token));
            Assert.InRange(seen, 1, 300_000);
            Assert.ThrowsAny<OperationCanceledException>(() => RollUp.OfStream(Endless(rows), calendar, options, stop.Token));
        }

        rows.Check(rows.Log().RollUp(calendar));

        static IEnumerable<InteractionLog> Endless(LogRows rows)
        {
            while (true) yield return rows.Log();
        }
    }

    [Fact]
    public void Progress_ends_with_all_rows()
    {
        LogRows rows = LogRows.Make(500_000, 0, 8, 4, 1);
        long most = 0;
        var gate = new Lock();
        rows.Log().RollUp(LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Year(2014)), new() { DegreeOfParallelism = 3, Progress = new Told(done => { lock (gate) most = Math.Max(most, done); }) });
        Assert.Equal(500_000, most);
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.StartsWith("DegreeOfParallelism (0) must lie between 1 and 256: pass the number of cores to use.", Assert.Throws<ArgumentOutOfRangeException>(() => new RollUpOptions { DegreeOfParallelism = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Roles (0 values) must hold a value", Assert.Throws<ArgumentException>(() => new RollUpOptions { Roles = [] }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Kinds (0 values) must hold a value", Assert.Throws<ArgumentException>(() => new RollUpOptions { Kinds = [] }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Channels (0 values) must hold a value", Assert.Throws<ArgumentException>(() => new RollUpOptions { Channels = [] }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Kinds (Unspecified) must be a known InteractionKind", Assert.Throws<ArgumentOutOfRangeException>(() => new RollUpOptions { Kinds = [default] }).Message, StringComparison.Ordinal);
        Assert.Equal(new RollUpOptions { Kinds = [InteractionKind.Share, InteractionKind.Like] }, new RollUpOptions { Kinds = [InteractionKind.Like, InteractionKind.Share, InteractionKind.Like] });
    }

    [Fact]
    public void An_empty_log_still_says_which_channels_were_looked_at()
    {
        RollUp rollUp = InteractionLog.Of([Ihk.Xing.Id], default, default, default).RollUp(Days);
        Assert.Equal([Ihk.Xing.Id], rollUp.Channels);
        Assert.Equal(0, rollUp.Total);
        Assert.Empty(rollUp.Cells);
        Assert.Empty(RollUp.OfStream([], Days).Channels);
    }

    private static InteractionLog Six() => new InteractionLogBuilder()
        .Add(Ihk.Xing.Id, InteractionKind.Like, Ihk.At(20), ActorRole.Member)
        .Add(Ihk.Xing.Id, InteractionKind.Like, Ihk.At(20, 23), ActorRole.Member)
        .Add(Ihk.Twitter.Id, InteractionKind.Like, Ihk.At(20, 0), ActorRole.Staff)
        .Add(Ihk.Xing.Id, InteractionKind.Comment, Ihk.At(21, 0), ActorRole.Member)
        .Add(Ihk.Xing.Id, InteractionKind.Reply, Ihk.At(21, 1), ActorRole.Organisation)
        .Add(Ihk.Xing.Id, InteractionKind.Like, Ihk.At(21, 2), ActorRole.Bot)
        .Build();

    private static void Refused(string message, Func<object> act) => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);

    private sealed class Told(Action<long> act) : IProgress<long>
    {
        public void Report(long value) => act(value);
    }
}
