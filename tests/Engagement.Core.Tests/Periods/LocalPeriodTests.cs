using System.Globalization;
using CsCheck;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Core.Tests.Periods;

public class LocalPeriodTests
{
    private static readonly CalendarUnit[] Units = [.. Enum.GetValues<CalendarUnit>().Skip(1)];

    private static readonly DateTimeZone[] Zones = [.. DateTimeZoneProviders.Tzdb.Ids.Select(id => DateTimeZoneProviders.Tzdb[id])];

    private static readonly Gen<LocalDate> Dates = Gen.Int[0, 3_651_694].Select(day => new LocalDate(1, 1, 1).PlusDays(day));

    [Fact]
    public void The_default_period_is_empty()
    {
        Assert.True(default(LocalPeriod).IsEmpty);
        Assert.Equal(0, default(LocalPeriod).Days);
        Assert.Equal("0001-01-01/0001-01-01", default(LocalPeriod).ToString());
        Assert.Empty(default(LocalPeriod).IntervalsIn(Ihk.Berlin));
        Assert.Empty(default(LocalPeriod).Split(CalendarUnit.Day));
        Assert.False(default(LocalPeriod).Contains(new LocalDate(1, 1, 1)));
    }

    [Fact]
    public void A_period_holds_its_first_day_and_not_its_end()
    {
        Assert.True(Ihk.November.Contains(new LocalDate(2014, 11, 1)));
        Assert.True(Ihk.November.Contains(new LocalDate(2014, 11, 30)));
        Assert.False(Ihk.November.Contains(new LocalDate(2014, 10, 31)));
        Assert.False(Ihk.November.Contains(new LocalDate(2014, 12, 1)));
        Assert.Equal(30, Ihk.November.Days);
        Assert.Equal("2014-11-01/2014-12-01", Ihk.November.ToString());
        Assert.Equal(LocalPeriod.Between(new LocalDate(2014, 11, 1), new LocalDate(2014, 12, 1)), Ihk.November);
    }

    /// <summary>ISO 8601: 2009 and 2015 have 53 weeks; week 1 is the one with the year's first Thursday.</summary>
    [Theory]
    [InlineData(2009, 53, "2009-12-28/2010-01-04")]
    [InlineData(2010, 1, "2010-01-04/2010-01-11")]
    [InlineData(2014, 1, "2013-12-30/2014-01-06")]
    [InlineData(2014, 52, "2014-12-22/2014-12-29")]
    [InlineData(2015, 53, "2015-12-28/2016-01-04")]
    [InlineData(1, 1, "0001-01-01/0001-01-08")]
    public void Weeks_run_from_Monday_to_Sunday_by_ISO_8601(int year, int week, string text) => Assert.Equal(text, LocalPeriod.IsoWeek(year, week).ToString());

    [Fact]
    public void Quarters_and_years_have_their_months()
    {
        Assert.Equal("2014-01-01/2014-04-01", LocalPeriod.Quarter(2014, 1).ToString());
        Assert.Equal("2014-10-01/2015-01-01", LocalPeriod.Quarter(2014, 4).ToString());
        Assert.Equal(366, LocalPeriod.Year(2016).Days);
        Assert.Equal(365, LocalPeriod.Year(1900).Days);
        Assert.Equal(29, LocalPeriod.Month(2000, 2).Days);
        Assert.Equal([90, 91, 92, 92], Enumerable.Range(1, 4).Select(quarter => LocalPeriod.Quarter(2014, quarter).Days));
    }

    [Fact]
    public void What_is_no_period_is_refused_with_value_rule_and_cure()
    {
        Refused("week", "week (53) must lie between 1 and 52 in 2014: pass the number of the week by ISO 8601.", () => LocalPeriod.IsoWeek(2014, 53));
        Refused("week", "week (0) must lie between 1 and 52 in 2014", () => LocalPeriod.IsoWeek(2014, 0));
        Refused("weekYear", "weekYear (9999) must lie between 1 and 9998: check the year.", () => LocalPeriod.IsoWeek(9_999, 1));
        Refused("quarter", "quarter (5) must lie between 1 and 4: pass the number of the quarter.", () => LocalPeriod.Quarter(2014, 5));
        Refused("quarter", "quarter (0) ", () => LocalPeriod.Quarter(2014, 0));
        Refused("month", "month (13) must lie between 1 and 12: pass the number of the month.", () => LocalPeriod.Month(2014, 13));
        Refused("month", "month (0) must lie between 1 and 12", () => LocalPeriod.Month(2014, 0));
        Refused("year", "year (0) must lie between 1 and 9998: check the year.", () => LocalPeriod.Year(0));
        Refused("year", "year (9999) ", () => LocalPeriod.Year(9_999));
        Refused("year", "year (-2147483648) ", () => LocalPeriod.Month(int.MinValue, 1));
        Refused("year", "year (2147483647) ", () => LocalPeriod.Quarter(int.MaxValue, 1));
        Refused("to", "to (\"2014-10-31\") must not lie before the first day 2014-11-01: pass the earlier day first.", () => LocalPeriod.Between(Ihk.November.From, Ihk.November.From.PlusDays(-1)));
        Refused("to", "to (\"9999-01-02\") must not lie after 9999-01-01: check the year.", () => LocalPeriod.Between(Ihk.November.From, new LocalDate(9_999, 1, 2)));
        Refused("from", "from (\"0000-12-31\") must lie between 0001-01-01 and 9998-12-31: check the year.", () => LocalPeriod.Between(new LocalDate(0, 12, 31), Ihk.November.From));
        Refused("date", "date (\"9999-01-01\") must lie between", () => LocalPeriod.Day(new LocalDate(9_999, 1, 1)));
        Refused("date", "date (\"-9998-01-01\") must lie between", () => LocalPeriod.Containing(LocalDate.MinIsoValue, CalendarUnit.IsoWeek));
        Refused("instant", "instant (\"-9998-01-01\") must lie between", () => LocalPeriod.Containing(Instant.MinValue, DateTimeZone.Utc, CalendarUnit.Day));
        Refused("unit", "unit (Unspecified) must be a known CalendarUnit: pass one of Day, IsoWeek, Month, Quarter, Year.", () => LocalPeriod.Containing(Ihk.November.From, default));
        Refused("unit", "unit (6) ", () => Ihk.November.Split((CalendarUnit)6));
        Refused("unit", "", () => LocalPeriod.Containing(Ihk.Noon, Ihk.Berlin, default));
        Assert.Throws<ArgumentNullException>("zone", () => LocalPeriod.Containing(Ihk.Noon, null!, CalendarUnit.Day));
        Assert.Throws<ArgumentNullException>("zone", () => Ihk.November.Contains(Ihk.Noon, null!));
        Assert.Throws<ArgumentNullException>("zone", () => Ihk.November.IntervalsIn(null!));
    }

    [Fact]
    public void The_first_and_the_last_year_are_years()
    {
        Assert.Equal(365, LocalPeriod.Year(1).Days);
        Assert.Equal("9998-01-01/9999-01-01", LocalPeriod.Year(9_998).ToString());
        Assert.All(Units, unit =>
        {
            Assert.True(LocalPeriod.Containing(new LocalDate(1, 1, 1), unit).Contains(new LocalDate(1, 1, 1)));
            Assert.True(LocalPeriod.Containing(new LocalDate(9_998, 12, 31), unit).Contains(new LocalDate(9_998, 12, 31)));
            Assert.Equal(365, LocalPeriod.Year(9_998).Split(unit).Sum(part => part.Days));
        });
        Assert.All(new[] { "Pacific/Kiritimati", "Pacific/Niue", "Etc/GMT-14", "Etc/GMT+12", "Europe/Berlin" }.Select(id => DateTimeZoneProviders.Tzdb[id]), zone =>
        {
            Assert.Equal(365, Total(LocalPeriod.Year(1), zone).TotalDays);
            Assert.Equal(365, Total(LocalPeriod.Year(9_998), zone).TotalDays);
        });
    }

    [Fact]
    public void An_empty_period_holds_no_moment()
    {
        LocalPeriod empty = LocalPeriod.Between(Ihk.November.From, Ihk.November.From);
        Assert.True(empty.IsEmpty);
        Assert.Equal(0, empty.Days);
        Assert.False(empty.Contains(Ihk.November.From));
        Assert.False(empty.Contains(Ihk.Noon, Ihk.Berlin));
        Assert.Empty(empty.IntervalsIn(Ihk.Berlin));
        Assert.Empty(empty.Split(CalendarUnit.Month));
        Assert.NotEqual(default, empty);
    }

    [Fact]
    public void A_date_of_another_calendar_is_the_same_day() => Assert.All(CalendarSystem.Ids.Select(CalendarSystem.ForId), calendar =>
    {
        LocalDate day = new LocalDate(2014, 11, 20).WithCalendar(calendar);
        Assert.True(Ihk.November.Contains(day));
        Assert.Equal(LocalPeriod.Day(new LocalDate(2014, 11, 20)), LocalPeriod.Day(day));
        Assert.Equal(Ihk.November, LocalPeriod.Containing(day, CalendarUnit.Month));
        Assert.Equal(Ihk.November, LocalPeriod.Between(Ihk.November.From.WithCalendar(calendar), Ihk.November.To.WithCalendar(calendar)));
        Assert.Equal(Ihk.November.GetHashCode(), LocalPeriod.Between(Ihk.November.From.WithCalendar(calendar), Ihk.November.To.WithCalendar(calendar)).GetHashCode());
    });

    [Fact]
    public void Parts_tile_the_whole() => Gen.Select(Dates, Gen.Int[0, 1_200], Gen.Int[0, Units.Length - 1]).Sample((from, days, unit) =>
    {
        LocalPeriod whole = LocalPeriod.Between(from, from.PlusDays(Math.Min(days, Period.DaysBetween(from, new LocalDate(9_999, 1, 1)))));
        LocalDate next = whole.From;
        foreach (LocalPeriod part in whole.Split(Units[unit]))
        {
            LocalPeriod full = LocalPeriod.Containing(part.From, Units[unit]);
            if (part.From != next || part.IsEmpty || part.From < full.From || part.To > full.To || (part.To != full.To && part.To != whole.To)) return false;
            next = part.To;
        }

        return next == whole.To;
    }, iter: 10_000);

    [Fact]
    public void A_date_lies_in_the_period_of_each_unit_that_is_said_to_contain_it() => Gen.Select(Dates, Gen.Int[0, Units.Length - 1]).Sample((date, unit) =>
    {
        LocalPeriod period = LocalPeriod.Containing(date, Units[unit]);
        return period.Contains(date) && LocalPeriod.Containing(period.From, Units[unit]) == period && !period.Contains(period.To) && !period.Contains(period.From.PlusDays(-1));
    }, iter: 10_000);

    [Fact]
    public void A_year_is_the_sum_of_its_parts_in_every_zone_of_the_world() => Assert.All(Zones, zone =>
    {
        // A leap second is not in civil time; Samoa's year without a day, and years of many clock changes, are among these.
        foreach (int year in (int[])[1883, 1945, 1987, 1994, 2011, 2014])
        {
            LocalPeriod whole = LocalPeriod.Year(year);
            Duration total = Total(whole, zone);
            foreach (CalendarUnit unit in Units) Assert.Equal(total, whole.Split(unit).Aggregate(Duration.Zero, (sum, part) => sum + Total(part, zone)));
        }
    });

    [Fact]
    public void Days_of_a_zone_never_share_a_moment_and_leave_none_out() => Assert.All(Zones, zone =>
    {
        LocalPeriod years = LocalPeriod.Between(new LocalDate(2009, 1, 1), new LocalDate(2013, 1, 1));
        Interval[] runs = [.. years.Split(CalendarUnit.Day).SelectMany(day => day.IntervalsIn(zone)).OrderBy(run => run.Start)];
        for (int index = 1; index < runs.Length; index++) Assert.Equal(runs[index - 1].End, runs[index].Start);
        Assert.Equal(years.IntervalsIn(zone)[0].Start, runs[0].Start);
        Assert.Equal(years.IntervalsIn(zone)[^1].End, runs[^1].End);
    });

    [Fact]
    public void The_days_that_exist_are_those_that_have_a_moment() => Assert.All(Zones, zone =>
    {
        foreach (int year in (int[])[1844, 1867, 1892, 1993, 1994, 2011])
        {
            LocalPeriod whole = LocalPeriod.Year(year);
            Assert.Equal(whole.Split(CalendarUnit.Day).Where(day => day.IntervalsIn(zone).Count > 0).Select(day => day.From), whole.DaysIn(zone));
        }
    });

    [Fact]
    public void Every_moment_is_in_exactly_one_day()
    {
        Gen.Select(Gen.Long[-2_500_000_000, 4_000_000_000], Gen.Long[0, 999_999_999], Gen.Int[0, Zones.Length - 1]).Sample((seconds, nanoseconds, zone) =>
        {
            Instant instant = Instant.FromUnixTimeSeconds(seconds) + Duration.FromNanoseconds(nanoseconds);
            LocalPeriod day = LocalPeriod.Containing(instant, Zones[zone], CalendarUnit.Day);
            return new[] { -2, -1, 0, 1, 2 }.All(shift =>
            {
                LocalPeriod other = LocalPeriod.Day(day.From.PlusDays(shift));
                bool isIn = other.IntervalsIn(Zones[zone]).Count(run => run.Contains(instant)) == 1;
                return isIn == (shift == 0) && other.Contains(instant, Zones[zone]) == (shift == 0);
            });
        }, iter: 10_000);
    }

    /// <summary>Days that a naive calendar gets wrong, minute by minute from CPython's zoneinfo with tzdata 2026f.</summary>
    [Theory]
    [InlineData("Europe/Berlin", "2014-03-30", "1396134000-1396216800", 82_800)]
    [InlineData("Europe/Berlin", "2014-10-26", "1414274400-1414364400", 90_000)]
    [InlineData("Pacific/Apia", "2011-12-29", "1325152800-1325239200", 86_400)]
    [InlineData("Pacific/Apia", "2011-12-30", "", 0)]
    [InlineData("Pacific/Apia", "2011-12-31", "1325239200-1325325600", 86_400)]
    [InlineData("Australia/Lord_Howe", "2014-04-06", "1396702800-1396791000", 88_200)]
    [InlineData("Australia/Lord_Howe", "2014-10-05", "1412429400-1412514000", 84_600)]
    [InlineData("America/St_Johns", "2010-11-06", "1289010600-1289097000;1289097060-1289100600", 89_940)]
    [InlineData("America/St_Johns", "2010-11-07", "1289097000-1289097060;1289100600-1289187000", 86_460)]
    [InlineData("Pacific/Kiritimati", "1994-12-31", "", 0)]
    public void Days_of_odd_length_are_known(string zone, string date, string runs, long seconds) => AssertDay(zone, date, runs, seconds);

    [Fact]
    public void Days_agree_with_the_shared_reference_table()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = SharedData.Reference("tz_days.csv");
        Assert.True(rows.Count > 0);
        foreach (IReadOnlyDictionary<string, string> row in rows)
        {
            AssertDay(row["zone"], row["local_date"], row["segment_unix_seconds"], row.Whole("total_seconds"));
            Assert.Equal(row.Whole("segments"), LocalPeriod.Day(Date(row["local_date"])).IntervalsIn(DateTimeZoneProviders.Tzdb[row["zone"]]).Count);
        }
    }

    [Fact]
    public void Moments_agree_with_the_shared_reference_table()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = SharedData.Reference("tz_buckets.csv");
        Assert.True(rows.Count > 0);
        foreach (IReadOnlyDictionary<string, string> row in rows)
        {
            DateTimeZone zone = DateTimeZoneProviders.Tzdb[row["zone"]];
            Instant instant = NodaConstants.UnixEpoch + Duration.FromNanoseconds(long.Parse(row["unix_ns"], CultureInfo.InvariantCulture));
            LocalDate date = Date(row["local_date"]);
            LocalPeriod In(CalendarUnit unit) => LocalPeriod.Containing(instant, zone, unit);
            Assert.Equal(LocalPeriod.Day(date), In(CalendarUnit.Day));
            Assert.Equal(LocalPeriod.IsoWeek((int)row.Whole("iso_year"), (int)row.Whole("iso_week")), In(CalendarUnit.IsoWeek));
            Assert.Equal(date, In(CalendarUnit.IsoWeek).From.PlusDays((int)row.Whole("iso_weekday") - 1));
            Assert.Equal(row["local_month"], string.Create(CultureInfo.InvariantCulture, $"{In(CalendarUnit.Month).From.Year:0000}-{In(CalendarUnit.Month).From.Month:00}"));
            Assert.Equal(row["local_quarter"], string.Create(CultureInfo.InvariantCulture, $"{In(CalendarUnit.Quarter).From.Year:0000}-Q{(In(CalendarUnit.Quarter).From.Month + 2) / 3}"));
            Assert.Equal(LocalPeriod.Year(date.Year), In(CalendarUnit.Year));
            foreach (CalendarUnit unit in Units)
            {
                Assert.True(In(unit).Contains(instant, zone));
                Assert.Single(In(unit).IntervalsIn(zone), run => run.Contains(instant));
            }

            Assert.False(LocalPeriod.Day(date.PlusDays(1)).Contains(instant, zone));
            Assert.False(LocalPeriod.Day(date.PlusDays(-1)).Contains(instant, zone));
        }
    }

    private static void AssertDay(string zone, string date, string runs, long seconds)
    {
        IReadOnlyList<Interval> found = LocalPeriod.Day(Date(date)).IntervalsIn(DateTimeZoneProviders.Tzdb[zone]);
        Assert.Equal(runs, string.Join(';', found.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Start.ToUnixTimeSeconds()}-{run.End.ToUnixTimeSeconds()}"))));
        Assert.Equal(seconds, found.Sum(run => (long)run.Duration.TotalSeconds));
    }

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;

    private static Duration Total(LocalPeriod period, DateTimeZone zone) => period.IntervalsIn(zone).Aggregate(Duration.Zero, (sum, run) => sum + run.Duration);

    private static void Refused(string parameter, string message, Func<object> door) => Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(parameter, door).Message, StringComparison.Ordinal);
}
