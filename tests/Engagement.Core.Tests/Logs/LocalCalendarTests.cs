using CsCheck;
using Engagement.Core.Logs;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Core.Tests.Logs;

public class LocalCalendarTests
{
    private static readonly DateTimeZone[] Zones = [.. DateTimeZoneProviders.Tzdb.Ids.Select(id => DateTimeZoneProviders.Tzdb[id])];

    private static readonly CalendarUnit[] Units = [.. Enum.GetValues<CalendarUnit>().Skip(1)];

    [Fact]
    public void Berlin_has_a_day_of_23_and_one_of_25_hours()
    {
        LocalCalendar calendar = LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Year(2014));
        Assert.Equal(365, calendar.Periods.Count);
        long[] hours = [.. Enumerable.Range(0, 365).Select(day => (calendar.Segments.Starts[day + 1] - calendar.Segments.Starts[day]) / 3_600_000)];
        Assert.Equal(23, hours[new LocalDate(2014, 3, 30).DayOfYear - 1]);
        Assert.Equal(25, hours[new LocalDate(2014, 10, 26).DayOfYear - 1]);
        Assert.Equal(363, hours.Count(hour => hour == 24));
        Assert.Equal("Day of 2014-01-01/2015-01-01 in Europe/Berlin", calendar.ToString());
        Assert.StartsWith("TZDB: 20", calendar.TimeZoneData, StringComparison.Ordinal);
    }

    [Fact]
    public void A_moment_outside_belongs_to_no_period()
    {
        LocalCalendar calendar = LocalCalendar.Days(Ihk.Berlin, Ihk.November);
        Instant start = Ihk.Berlin.AtStartOfDay(Ihk.November.From).ToInstant();
        Instant end = Ihk.Berlin.AtStartOfDay(Ihk.November.To).ToInstant();
        Assert.Equal(0, calendar.IndexOf(start));
        Assert.Equal(-1, calendar.IndexOf(start - Duration.FromMilliseconds(1)));
        Assert.Equal(-1, calendar.IndexOf(start - Duration.Epsilon));
        Assert.Equal(29, calendar.IndexOf(end - Duration.Epsilon));
        Assert.Equal(-1, calendar.IndexOf(end));
        Assert.All(new[] { long.MinValue, long.MinValue + 1, -1, 0, long.MaxValue - 1, long.MaxValue }, time => Assert.Equal(-1, calendar.IndexOf(time)));
    }

    [Fact]
    public void A_day_that_a_zone_skipped_stays_in_the_list_and_has_no_moment()
    {
        LocalCalendar calendar = LocalCalendar.Days(DateTimeZoneProviders.Tzdb["Pacific/Apia"], LocalPeriod.Between(new(2011, 12, 29), new(2012, 1, 1)));
        Assert.Equal(3, calendar.Periods.Count);
        Assert.Equal([0, 2], calendar.Segments.Periods.ToArray());
        LocalCalendar gone = LocalCalendar.Days(DateTimeZoneProviders.Tzdb["Pacific/Apia"], LocalPeriod.Day(new(2011, 12, 30)));
        Assert.Single(gone.Periods);
        Assert.Equal(-1, gone.IndexOf(Instant.FromUtc(2011, 12, 30, 12, 0)));
        Assert.Equal(-1, gone.IndexOf(0));
    }

    /// <summary>St. John's fell back at 00:01: a minute of the new day, then 59 minutes of the old one again.</summary>
    [Fact]
    public void A_day_may_come_in_two_pieces_and_so_may_the_edge_of_a_calendar()
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb["America/St_Johns"];
        LocalCalendar calendar = LocalCalendar.Days(zone, LocalPeriod.Between(new(2010, 11, 6), new(2010, 11, 8)));
        Assert.Equal([0, 1, 0, 1], calendar.Segments.Periods.ToArray());
        LocalCalendar edge = LocalCalendar.Days(zone, LocalPeriod.Day(new(2010, 11, 7)));
        Assert.Equal([0, -1, 0], edge.Segments.Periods.ToArray());
        Assert.Equal(60_000, edge.Segments.Starts[1] - edge.Segments.Starts[0]);
        Assert.Equal(3_540_000, edge.Segments.Starts[2] - edge.Segments.Starts[1]);

        // The moments of the first piece's edge: 00:00:59.999 is Sunday, a millisecond later it is Saturday 23:01 again.
        long border = edge.Segments.Starts[1];
        Assert.Equal((0, -1), (edge.IndexOf(border - 1), edge.IndexOf(border)));
        LocalCalendar between = LocalCalendar.Between(zone, Instant.FromUnixTimeMilliseconds(border - 1), Instant.FromUnixTimeMilliseconds(border + 1), CalendarUnit.Day);
        Assert.Equal("2010-11-06/2010-11-08", between.Period.ToString());
    }

    [Theory]
    [InlineData(IsoDayOfWeek.Monday, "2014-11-17/2014-11-24")]
    [InlineData(IsoDayOfWeek.Sunday, "2014-11-16/2014-11-23")]
    [InlineData(IsoDayOfWeek.Saturday, "2014-11-15/2014-11-22")]
    [InlineData(IsoDayOfWeek.Thursday, "2014-11-20/2014-11-27")]
    public void Weeks_begin_on_the_day_that_is_asked_for(IsoDayOfWeek first, string expected)
    {
        LocalCalendar calendar = LocalCalendar.Of(Ihk.Berlin, LocalPeriod.Year(2014), CalendarUnit.IsoWeek, first);
        Assert.Equal(expected, calendar.Periods[calendar.IndexOf(Ihk.Noon)].ToString());
        Assert.Equal(365, calendar.Periods.Sum(week => week.Days));
        Assert.All(calendar.Periods.Skip(1), week => Assert.Equal(first, week.From.DayOfWeek));
        Assert.Equal(expected, LocalCalendar.Between(Ihk.Berlin, Ihk.Noon, Ihk.Noon + Duration.Epsilon, CalendarUnit.IsoWeek, first).Period.ToString());
    }

    [Fact]
    public void What_is_no_calendar_is_refused()
    {
        Assert.Throws<ArgumentNullException>("zone", () => LocalCalendar.Days(null!, Ihk.November));
        Assert.Throws<ArgumentNullException>("zone", () => LocalCalendar.Between(null!, Ihk.Noon, Ihk.Noon, CalendarUnit.Day));
        Refused("period (0001-01-01/0001-01-01) must hold a day: pass the days that the calendar is of.", () => LocalCalendar.Days(Ihk.Berlin, default));
        Refused("unit (Unspecified) must be a known CalendarUnit", () => LocalCalendar.Of(Ihk.Berlin, Ihk.November, default));
        Refused("firstDayOfWeek (None) must be a day of the week: pass one of Monday to Sunday.", () => LocalCalendar.Of(Ihk.Berlin, Ihk.November, CalendarUnit.IsoWeek, IsoDayOfWeek.None));
        Refused("firstDayOfWeek (Sunday) says nothing about the unit Month: leave it out, or take weeks.", () => LocalCalendar.Of(Ihk.Berlin, Ihk.November, CalendarUnit.Month, IsoDayOfWeek.Sunday));
        Refused("to (9999-12-31T23:59:59Z) must lie between 0001-01-01T00:00:00Z and 9999-01-01T00:00:00Z: check the year.", () => LocalCalendar.Between(Ihk.Berlin, Ihk.Noon, Instant.MaxValue, CalendarUnit.Day));
        Refused("to (2014-11-20T11:00:00Z) must be later than 2014-11-20T11:00:00Z: pass the earlier moment first.", () => LocalCalendar.Between(Ihk.Berlin, Ihk.Noon, Ihk.Noon, CalendarUnit.Day));
        Refused("unit (Unspecified)", () => LocalCalendar.Between(Ihk.Berlin, Ihk.Noon, Ihk.Noon + Duration.Epsilon, default));
    }

    [Fact]
    public void A_zone_without_rules_will_do()
    {
        DateTimeZone zone = DateTimeZone.ForOffset(Offset.FromHoursAndMinutes(5, 45));
        LocalCalendar calendar = LocalCalendar.Days(zone, LocalPeriod.Day(new(2014, 11, 20)));
        Assert.Equal(Instant.FromUtc(2014, 11, 19, 18, 15).ToUnixTimeMilliseconds(), calendar.Segments.Start);
        Assert.Equal(86_400_000, calendar.Segments.End - calendar.Segments.Start);
    }

    /// <summary>CPython's zoneinfo: 37 zones, every clock change from 1990 to 2037 and its surroundings.</summary>
    [Fact]
    public void Every_moment_of_the_reference_table_is_in_the_day_week_month_and_quarter_that_it_says()
    {
        var range = LocalPeriod.Between(new(1989, 1, 1), new(2039, 1, 1));
        foreach (var zone in SharedData.Reference("tz_buckets.csv").GroupBy(row => row["zone"], StringComparer.Ordinal))
        {
            Dictionary<CalendarUnit, LocalCalendar> calendars = Units.ToDictionary(unit => unit, unit => LocalCalendar.Of(DateTimeZoneProviders.Tzdb[zone.Key], range, unit));
            foreach (var row in zone)
            {
                Int128 nanoseconds = Int128.Parse(row["unix_ns"], System.Globalization.CultureInfo.InvariantCulture);
                Instant instant = Instant.FromUnixTimeSeconds(0) + Duration.FromNanoseconds((long)nanoseconds);
                LocalPeriod In(CalendarUnit unit) => calendars[unit].Periods[calendars[unit].IndexOf(instant)];
                LocalDate date = LocalDatePattern.Iso.Parse(row["local_date"]).Value;
                int year = int.Parse(row["local_month"].AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal(LocalPeriod.Day(date), In(CalendarUnit.Day));
                Assert.Equal(LocalPeriod.IsoWeek((int)row.Whole("iso_year"), (int)row.Whole("iso_week")), In(CalendarUnit.IsoWeek));
                Assert.Equal(LocalPeriod.Month(year, int.Parse(row["local_month"].AsSpan(5), System.Globalization.CultureInfo.InvariantCulture)), In(CalendarUnit.Month));
                Assert.Equal(LocalPeriod.Quarter(year, row["local_quarter"][^1] - '0'), In(CalendarUnit.Quarter));
                Assert.Equal(LocalPeriod.Year(year), In(CalendarUnit.Year));
            }
        }
    }

    /// <summary>CPython's zoneinfo: the days of 23, 24 and 25 hours, of two pieces and of none.</summary>
    [Fact]
    public void Days_have_the_pieces_that_the_reference_table_says()
    {
        foreach (var zone in SharedData.Reference("tz_days.csv").GroupBy(row => row["zone"], StringComparer.Ordinal))
        {
            LocalCalendar calendar = LocalCalendar.Days(DateTimeZoneProviders.Tzdb[zone.Key], LocalPeriod.Between(new(1989, 1, 1), new(2039, 1, 1)));
            SegmentTable segments = calendar.Segments;
            ILookup<int, string> pieces = Enumerable.Range(0, segments.Periods.Length).ToLookup(run => segments.Periods[run], run => FormattableString.Invariant($"{segments.Starts[run] / 1_000}-{segments.Starts[run + 1] / 1_000}"));
            foreach (var row in zone)
            {
                int day = Period.DaysBetween(calendar.Period.From, LocalDatePattern.Iso.Parse(row["local_date"]).Value);
                Assert.Equal((int)row.Whole("segments"), pieces[day].Count());
                Assert.Equal(row["segment_unix_seconds"].Split(['|', ';', ' '], StringSplitOptions.RemoveEmptyEntries), pieces[day], StringComparer.Ordinal);
            }
        }
    }

    [Fact]
    public void ClickHouses_table_of_buckets_holds()
    {
        int checkedRows = 0;
        foreach (var row in SharedTable("clickhouse_time_zones.csv"))
        {
            CalendarUnit unit = row["function"] switch { "toStartOfDay" => CalendarUnit.Day, "toMonday" => CalendarUnit.IsoWeek, "toStartOfMonth" => CalendarUnit.Month, "toStartOfQuarter" => CalendarUnit.Quarter, "toStartOfYear" => CalendarUnit.Year, _ => default };
            if (unit is CalendarUnit.Unspecified) continue;
            Instant instant = Instant.FromUnixTimeSeconds(row.Whole("unix_seconds"));
            LocalCalendar calendar = LocalCalendar.Of(DateTimeZoneProviders.Tzdb[row["zone"]], LocalPeriod.Between(new(2010, 1, 1), new(2020, 1, 1)), unit);
            Assert.Equal(row["expected_local"].Split(' ')[0], LocalDatePattern.Iso.Format(calendar.Periods[calendar.IndexOf(instant)].From));
            checkedRows++;
        }

        Assert.Equal(25, checkedRows);
    }

    /// <summary>DuckDB's own tests of date_trunc: the bucket begins at the first moment of its local period.</summary>
    [Fact]
    public void DuckDBs_table_of_bucket_starts_holds()
    {
        int checkedRows = 0;
        var pattern = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss.FFFFFFo<G>");
        foreach (var row in SharedTable("duckdb_date_trunc.csv"))
        {
            CalendarUnit unit = row["unit"] switch { "day" => CalendarUnit.Day, "week" or "yearweek" => CalendarUnit.IsoWeek, "month" => CalendarUnit.Month, "quarter" => CalendarUnit.Quarter, "year" => CalendarUnit.Year, _ => default };
            if (unit is CalendarUnit.Unspecified) continue;
            LocalCalendar calendar = LocalCalendar.Of(DateTimeZoneProviders.Tzdb[row["zone"]], LocalPeriod.Between(new(1900, 1, 1), new(2030, 1, 1)), unit);
            int index = calendar.IndexOf(pattern.Parse(row["instant"]).Value.ToInstant());
            int run = calendar.Segments.Periods.IndexOf(index);
            Assert.Equal(pattern.Parse(row["expected_bucket_start"]).Value.ToInstant(), Instant.FromUnixTimeMilliseconds(calendar.Segments.Starts[run]));
            checkedRows++;
        }

        Assert.InRange(checkedRows, 12, 37);
    }

    /// <summary>DuckDB's table of local times: where midnight does not exist a day begins at the first moment after the gap, as there.</summary>
    [Fact]
    public void A_day_without_midnight_begins_after_the_gap()
    {
        LocalCalendar kathmandu = LocalCalendar.Days(DateTimeZoneProviders.Tzdb["Asia/Kathmandu"], LocalPeriod.Day(new(1986, 1, 1)));
        Assert.Equal(Instant.FromUtc(1985, 12, 31, 18, 30), Instant.FromUnixTimeMilliseconds(kathmandu.Segments.Start));
        Assert.Equal(new LocalTime(0, 15), Instant.FromUnixTimeMilliseconds(kathmandu.Segments.Start).InZone(kathmandu.Zone).TimeOfDay);
    }

    [LongFact]
    public void A_calendar_agrees_with_its_periods_in_every_zone_of_the_world() => Assert.All(Zones, zone =>
    {
        foreach (int year in (int[])[1892, 1945, 1994, 2011, 2014])
        {
            foreach (CalendarUnit unit in Units)
            {
                LocalCalendar calendar = LocalCalendar.Of(zone, LocalPeriod.Year(year), unit);
                SegmentTable segments = calendar.Segments;
                (int Period, long Start, long End)[] expected = [.. calendar.Periods.SelectMany((period, index) => period.IntervalsIn(zone).Select(run => (index, run.Start.ToUnixTimeMilliseconds(), run.End.ToUnixTimeMilliseconds()))).OrderBy(run => run.Item2)];
                (int Period, long Start, long End)[] actual = [.. Enumerable.Range(0, segments.Periods.Length).Select(run => (segments.Periods[run], segments.Starts[run], segments.Starts[run + 1])).Where(run => run.Item1 >= 0)];
                Assert.Equal(expected, actual);
            }
        }
    });

    [Fact]
    public void Every_moment_is_in_the_period_of_its_local_date() => Gen.Select(Gen.Long[0, 63_000_000_000], Gen.Int[0, Zones.Length - 1], Gen.Int[0, Units.Length - 1]).Sample(
        (milliseconds, zone, unit) =>
        {
            Instant instant = Instant.FromUtc(2010, 6, 1, 0, 0) + Duration.FromMilliseconds(milliseconds);
            LocalCalendar calendar = LocalCalendar.Of(Zones[zone], LocalPeriod.Between(new(2010, 1, 1), new(2013, 1, 1)), Units[unit]);
            return calendar.Periods[calendar.IndexOf(instant)].Contains(instant, Zones[zone]);
        },
        iter: Math.Min(LawCases.Count, 2_000));

    /// <summary>The vectors' arithmetic of days against the table of runs, at every border and around it, in every zone.</summary>
    [LongFact]
    public void The_grid_and_the_table_agree_in_every_zone_of_the_world()
    {
        int grids = 0;
        foreach (DateTimeZone zone in Zones)
        {
            LocalCalendar calendar = LocalCalendar.Days(zone, LocalPeriod.Between(new(2010, 1, 1), new(2014, 1, 1)));
            SegmentTable segments = calendar.Segments;
            if (calendar.GridFor(segments.Start - 5_000, segments.End + 5_000) is not { } grid) continue;
            grids++;
            foreach (long border in segments.Starts)
            {
                foreach (long near in (long[])[-3_600_000, -32, -1, 0, 1, 31, 32, 3_600_000])
                {
                    int expected = segments.PeriodOf(border + near);
                    uint actual = grid.BinOf(border + near);
                    Assert.True(expected >= 0 ? actual == (uint)expected : actual >= (uint)segments.PeriodCount, FormattableString.Invariant($"{zone.Id} at {border + near}: {expected} and {actual}"));
                }
            }
        }

        // Only zones that were moved by minutes in these years are left to the table.
        Assert.InRange(grids, Zones.Length * 9 / 10, Zones.Length);
    }

    [Fact]
    public void The_grid_divides_exactly_up_to_its_last_number()
    {
        foreach (long length in (long[])[86_400_000, 900_000])
        {
            TimeGrid grid = TimeGrid.For(0, length, [(long.MinValue, 0)], 0, 1L << 36, 1)!;
            for (long bin = 1; bin <= ((1L << 36) - 1) / length; bin++)
            {
                Assert.Equal((uint)(bin - 1), grid.BinOf((bin * length) - 1));
                Assert.Equal((uint)bin, grid.BinOf(bin * length));
            }
        }
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, string>> SharedTable(string name)
    {
        string? path = SharedData.Folder is null ? null : Path.Combine(SharedData.Folder, "data", "timezones", name);
        Assert.SkipUnless(File.Exists(path), $"The table {name} is not there: put the folder shared beside the repository to run this test.");
        return SharedData.Parse(File.ReadAllLines(path!));
    }

    private static void Refused(string message, Func<object> act) => Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);
}
