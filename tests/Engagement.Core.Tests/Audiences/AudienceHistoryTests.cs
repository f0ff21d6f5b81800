using CsCheck;
using NodaTime;

namespace Engagement.Core.Tests.Audiences;

public class AudienceHistoryTests
{
    private static readonly AudienceHistory None = new([]);

    [Fact]
    public void Without_snapshots_nothing_is_known()
    {
        Assert.Empty(None.Snapshots);
        Assert.Null(None.AsOf(Ihk.Noon));
        Assert.Null(None.Latest(Ihk.November, Ihk.Berlin));
        Assert.Equal(default, None.StartEndMean(Ihk.November, Ihk.Berlin));
        Assert.Equal(default, None.DailyMean(Ihk.November, Ihk.Berlin));
    }

    [Fact]
    public void The_newest_snapshot_not_after_a_moment_counts_and_nothing_before_the_first_is_guessed()
    {
        AudienceHistory history = Of((20, 324), (1, 300), (10, 310));
        Assert.Null(history.AsOf(Ihk.At(1) - Duration.Epsilon));
        Assert.Equal(Count.Observed(300), history.AsOf(Ihk.At(1))!.Size);
        Assert.Equal(Count.Observed(300), history.AsOf(Ihk.At(10) - Duration.Epsilon)!.Size);
        Assert.Equal(Count.Observed(310), history.AsOf(Ihk.At(10))!.Size);
        Assert.Equal(Count.Observed(324), history.AsOf(Instant.MaxValue)!.Size);
        Assert.Equal([300L, 310L, 324L], history.Snapshots.Select(snapshot => snapshot.Size.Value!.Value));
    }

    [Fact]
    public void Growth_is_from_a_snapshot_of_one_period_to_one_of_the_other_and_a_gap_is_missing_not_0()
    {
        (LocalPeriod october, LocalPeriod november) = (LocalPeriod.Month(2014, 10), Ihk.November);
        AudienceHistory history = new([Ihk.Audience(Ihk.Xing, Count.Observed(500), Ihk.At(5, month: 10)), Ihk.Audience(Ihk.Xing, Count.Observed(400), Ihk.At(25, month: 10)), Ihk.Audience(Ihk.Xing, Count.Observed(380), Ihk.At(3))]);
        Assert.Equal(Ratio.Of(380, 400), history.GrowthFactor(october, november, Ihk.Berlin));
        Assert.Equal(UndefinedReason.MissingNumerator, history.GrowthFactor(november, LocalPeriod.Month(2014, 12), Ihk.Berlin).Undefined);
        Assert.Equal(UndefinedReason.MissingDenominator, history.GrowthFactor(LocalPeriod.Month(2014, 9), october, Ihk.Berlin).Undefined);
        Assert.Equal(UndefinedReason.ZeroDenominator, new AudienceHistory([Ihk.Audience(Ihk.Xing, Count.Observed(0), Ihk.At(5, month: 10)), Ihk.Audience(Ihk.Xing, Count.Observed(5))]).GrowthFactor(october, november, Ihk.Berlin).Undefined);
        Assert.Equal(UndefinedReason.MissingDenominator, new AudienceHistory([Ihk.Audience(Ihk.Xing, Count.Partial(5), Ihk.At(5, month: 10)), Ihk.Audience(Ihk.Xing, Count.Observed(5))]).GrowthFactor(october, november, Ihk.Berlin).Undefined);
        Assert.Equal(Count.Observed(400), history.Within(october, Ihk.Berlin)!.Size);
        Assert.Null(history.Within(LocalPeriod.Month(2014, 12), Ihk.Berlin));
    }

    [Fact]
    public void Followers_of_journals_grow_where_both_months_are_known_and_are_missing_elsewhere()
    {
        string[] months = ["08", "09", "10", "11"];
        var audiences = new Dictionary<string, List<AudienceSnapshot>>(StringComparer.OrdinalIgnoreCase);
        var byMonth = months.ToDictionary(month => month, _ => new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase), StringComparer.Ordinal);
        foreach (string month in months)
        {
            // Titles may hold commas: account and followers are the last but two and the last but one cell.
            foreach (string[] cells in SharedData.Lines("journals_on_twitter", $"followers-2022-{month}-01.csv").Skip(1).Select(line => line.Split(',')))
            {
                (string account, long followers) = (cells[^3], long.Parse(cells[^2], System.Globalization.CultureInfo.InvariantCulture));
                byMonth[month][account] = followers;
                audiences.TryAdd(account, []);
                audiences[account].Add(new AudienceSnapshot(new ChannelId(account.ToUpperInvariant()), Ihk.At(1, 0, int.Parse(month, System.Globalization.CultureInfo.InvariantCulture), 2022), Count.Observed(followers), UnitOfCount.Account));
            }
        }

        Assert.Equal(3_476, audiences.Count);
        (int known, int missing) = (0, 0);
        foreach ((string account, List<AudienceSnapshot> snapshots) in audiences)
        {
            var history = new AudienceHistory(snapshots);
            for (int month = 9; month <= 11; month++)
            {
                Ratio growth = history.GrowthFactor(LocalPeriod.Month(2022, month - 1), LocalPeriod.Month(2022, month), Ihk.Berlin);
                bool isKnown = byMonth[months[month - 9]].TryGetValue(account, out long before) & byMonth[months[month - 8]].TryGetValue(account, out long after);
                if (isKnown) known++;
                else missing++;
                Assert.Equal(isKnown && before > 0 ? (double)after / before : null, growth.Value);
            }
        }

        Assert.True(known > 10_000 && missing > 20, $"{known} known, {missing} missing");
    }

    [Fact]
    public void The_binary_search_finds_what_a_plain_walk_finds() =>
        Gen.Select(Gen.Int[0, 50].Array[0, 30], Gen.Int[-1, 51]).Sample((minutes, moment) =>
        {
            AudienceSnapshot[] snapshots = [.. minutes.Select((minute, index) => Ihk.Audience(Ihk.Xing, Count.Observed(index), Ihk.Noon + Duration.FromMinutes(minute)))];
            Instant at = Ihk.Noon + Duration.FromMinutes(moment);
            AudienceSnapshot? expected = snapshots.OrderBy(snapshot => snapshot.AsOf).LastOrDefault(snapshot => snapshot.AsOf <= at);
            return new AudienceHistory(snapshots).AsOf(at) == expected;
        }, iter: 10_000);

    [Fact]
    public void Of_several_snapshots_at_one_moment_the_last_one_given_counts()
    {
        AudienceHistory history = Of((5, 1), (5, 3), (5, 2));
        Assert.Equal(Count.Observed(2), history.AsOf(Ihk.At(5))!.Size);
        Assert.Equal(2.0, history.DailyMean(Ihk.November, Ihk.Berlin).Value);
        Assert.Equal(3, history.Snapshots.Count);
    }

    [Fact]
    public void A_later_snapshot_without_a_figure_hides_the_earlier_figure()
    {
        // The source says on the 16th that it no longer tells: what was known before is no base for later days.
        AudienceHistory history = new([Ihk.Audience(Ihk.Xing, Count.Observed(100), Ihk.At(1, 0)), Ihk.Audience(Ihk.Xing, Count.Withheld, Ihk.At(16, 0))]);
        Assert.Equal(Count.Withheld, history.AsOf(Ihk.At(20))!.Size);
        Assert.Equal(Count.Withheld, history.Latest(Ihk.November, Ihk.Berlin)!.Size);
        Assert.Equal(default, history.StartEndMean(Ihk.November, Ihk.Berlin));
        Assert.Equal(Quantity.Exact(100), history.DailyMean(Ihk.November, Ihk.Berlin));
    }

    [Fact]
    public void The_mean_of_start_and_end_needs_a_snapshot_as_old_as_the_start()
    {
        // By hand: (1000 + 1500) / 2 = 1250, the average F of the worked example 100/7/1,250.
        AudienceHistory history = new([Ihk.Audience(Ihk.Facebook, Count.Observed(1_000), Ihk.At(1, 0)), Ihk.Audience(Ihk.Facebook, Count.Observed(1_500), Ihk.At(30))]);
        Assert.Equal(Quantity.Exact(1_250), history.StartEndMean(Ihk.November, Ihk.Berlin));
        Assert.Equal(default, history.StartEndMean(LocalPeriod.Month(2014, 10), Ihk.Berlin));
        Assert.Equal(default, Of((1, 1_000), (30, 1_500)).StartEndMean(Ihk.November, Ihk.Berlin));
        Assert.Equal(Quantity.Exact(1_500), history.StartEndMean(LocalPeriod.Month(2014, 12), Ihk.Berlin));
    }

    [Fact]
    public void The_mean_of_start_and_end_carries_roundings()
    {
        AudienceHistory history = new([Ihk.Audience(Ihk.Xing, Count.Rounded(9_000), Ihk.At(1, 0)), Ihk.Audience(Ihk.Xing, Count.Observed(9_100), Ihk.At(30))]);
        Assert.Equal("~9050[8800..9299.5]", history.StartEndMean(Ihk.November, Ihk.Berlin).ToString());
        AudienceHistory open = new([Ihk.Audience(Ihk.Xing, Count.Partial(9_000), Ihk.At(1, 0)), Ihk.Audience(Ihk.Xing, Count.Observed(9_100), Ihk.At(30))]);
        Assert.Equal(">=9050", open.StartEndMean(Ihk.November, Ihk.Berlin).ToString());
    }

    [Fact]
    public void The_daily_mean_takes_the_newest_audience_of_each_day()
    {
        // The week of the vendor's worked example, by hand: (3500 + 3590 + 3700 + 3750 + 3755 + 3780 + 3783) / 7 = 25858 / 7 = 3694.
        long[] followers = [3_500, 3_590, 3_700, 3_750, 3_755, 3_780, 3_783];
        AudienceHistory history = new(followers.Select((size, day) => Ihk.Audience(Ihk.Facebook, Count.Observed(size), Ihk.At(day + 3, 23))));
        Assert.Equal(Quantity.Exact(3_694), history.DailyMean(LocalPeriod.IsoWeek(2014, 45), Ihk.Berlin));
    }

    [Fact]
    public void Days_before_the_first_snapshot_are_left_out_of_the_daily_mean()
    {
        // Known from the 11th on: 10 days of 100 (11th to 20th) and 10 of 200 (21st to 30th).
        AudienceHistory history = Of((11, 100), (21, 200));
        Assert.Equal(Quantity.Exact(150), history.DailyMean(Ihk.November, Ihk.Berlin));
        Assert.Equal(default, history.DailyMean(LocalPeriod.Month(2014, 10), Ihk.Berlin));
    }

    [Fact]
    public void A_snapshot_at_midnight_is_of_the_day_that_begins()
    {
        // 100 on the 10th and 200 on the 11th, each from its first moment on: (100 + 200)/2 = 150.
        AudienceSnapshot At(int day, long size) => new(Ihk.Xing.Id, Ihk.Berlin.AtStartOfDay(new LocalDate(2014, 11, day)).ToInstant(), Count.Observed(size), UnitOfCount.Account);
        var history = new AudienceHistory([At(10, 100), At(11, 200)]);

        Assert.Equal(Quantity.Exact(150), history.DailyMean(LocalPeriod.Between(new LocalDate(2014, 11, 10), new LocalDate(2014, 11, 12)), Ihk.Berlin));
    }

    [Fact]
    public void A_day_of_25_hours_weighs_as_much_as_any_other()
    {
        // October 2014 has a day of 25 hours, the 26th: 25 days of 31 and, from the 26th on, 6 days of 62 make (25·31 + 6·62)/31 = 37.
        AudienceHistory history = new([Ihk.Audience(Ihk.Xing, Count.Observed(31), Ihk.At(1, 0, 10)), Ihk.Audience(Ihk.Xing, Count.Observed(62), Ihk.At(26, 23, 10))]);
        Assert.Equal(Quantity.Exact(37), history.DailyMean(LocalPeriod.Month(2014, 10), Ihk.Berlin));
    }

    [Fact]
    public void A_day_that_the_zone_skipped_is_no_day()
    {
        // December 2011 had 30 days in Samoa: 15 of 10 and 15 of 20.
        DateTimeZone apia = DateTimeZoneProviders.Tzdb["Pacific/Apia"];
        Instant At(int day) => new LocalDateTime(2011, 12, day, 12, 0).InZoneStrictly(apia).ToInstant();
        AudienceHistory history = new([Ihk.Audience(Ihk.Xing, Count.Observed(10), At(1)), Ihk.Audience(Ihk.Xing, Count.Observed(20), At(16))]);
        Assert.Equal(Quantity.Exact(15), history.DailyMean(LocalPeriod.Month(2011, 12), apia));
        Assert.Equal(default, history.DailyMean(LocalPeriod.Day(new LocalDate(2011, 12, 30)), apia));
        Assert.Equal(default, history.StartEndMean(LocalPeriod.Day(new LocalDate(2011, 12, 30)), apia));
        Assert.Null(history.Latest(LocalPeriod.Day(new LocalDate(2011, 12, 30)), apia));
    }

    [Fact]
    public void The_mean_of_an_audience_that_does_not_change_is_that_audience() =>
        Gen.Select(Gen.Long[0, 1L << 40], Gen.Int[1, 400]).Sample((size, days) =>
            new AudienceHistory([Ihk.Audience(Ihk.Xing, Count.Observed(size), Ihk.At(1, 0))]).DailyMean(LocalPeriod.Between(Ihk.November.From, Ihk.November.From.PlusDays(days)), Ihk.Berlin) == Quantity.Exact(size), iter: 1_000);

    [Fact]
    public void The_latest_snapshot_stands_before_the_last_midnight_of_the_zone()
    {
        Instant midnight = Instant.FromUtc(2014, 11, 30, 23, 0);
        Assert.Null(new AudienceHistory([Ihk.Audience(Ihk.Xing, Count.Observed(1), midnight)]).Latest(Ihk.November, Ihk.Berlin));
        Assert.NotNull(new AudienceHistory([Ihk.Audience(Ihk.Xing, Count.Observed(1), midnight - Duration.Epsilon)]).Latest(Ihk.November, Ihk.Berlin));
        Assert.NotNull(new AudienceHistory([Ihk.Audience(Ihk.Xing, Count.Observed(1), Ihk.At(1, 0, 1, 1990))]).Latest(Ihk.November, Ihk.Berlin));
    }

    [Fact]
    public void An_empty_period_has_no_audience()
    {
        LocalPeriod empty = LocalPeriod.Between(Ihk.November.To, Ihk.November.To);
        AudienceHistory history = Of((1, 100));
        Assert.Null(history.Latest(empty, Ihk.Berlin));
        Assert.Equal(default, history.StartEndMean(empty, Ihk.Berlin));
        Assert.Equal(default, history.DailyMean(empty, Ihk.Berlin));
    }

    [Fact]
    public void Histories_are_equal_by_value_and_copy_what_they_are_given()
    {
        List<AudienceSnapshot> list = [Ihk.Audience(Ihk.Xing, Count.Observed(1))];
        AudienceHistory history = new(list);
        list.Add(Ihk.Audience(Ihk.Xing, Count.Observed(2)));
        Assert.Single(history.Snapshots);
        Assert.Equal(new AudienceHistory([Ihk.Audience(Ihk.Xing, Count.Observed(1))]), history);
        Assert.Equal(new AudienceHistory([Ihk.Audience(Ihk.Xing, Count.Observed(1))]).GetHashCode(), history.GetHashCode());
        Assert.NotEqual(new AudienceHistory(list), history);
    }

    [Fact]
    public void Snapshots_of_two_channels_are_refused()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>("snapshots", () => new AudienceHistory([Ihk.Audience(Ihk.Xing, Count.Observed(1)), Ihk.Audience(Ihk.Twitter, Count.Observed(1))]));
        Assert.StartsWith("snapshots (xing, twitter) must be of one channel: make a history for each.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("unit", () => new AudienceSnapshot(Ihk.Xing.Id, Ihk.Noon, Count.Missing, default));
    }

    [Fact]
    public void What_makes_no_history_is_refused_by_name()
    {
        Assert.Equal("snapshots", Assert.Throws<ArgumentNullException>(() => new AudienceHistory(null!)).ParamName);
        ArgumentException withoutOne = Assert.Throws<ArgumentException>(() => new AudienceHistory([Ihk.Audience(Ihk.Xing, Count.Observed(1)), null!]));
        Assert.StartsWith("snapshots must not hold null: leave out what is not known.", withoutOne.Message, StringComparison.Ordinal);
        Assert.Equal("zone", Assert.Throws<ArgumentNullException>(() => None.DailyMean(Ihk.November, null!)).ParamName);
    }

    [Fact]
    public void Growth_without_a_known_end_keeps_the_known_one()
    {
        AudienceHistory history = new([Ihk.Audience(Ihk.Xing, Count.Observed(500), Ihk.At(5, month: 10)), Ihk.Audience(Ihk.Xing, Count.Partial(600), Ihk.At(5))]);
        (LocalPeriod september, LocalPeriod october) = (LocalPeriod.Month(2014, 9), LocalPeriod.Month(2014, 10));
        Assert.Equal(Ratio.OfUndefined(UndefinedReason.MissingNumerator, 600, 500), history.GrowthFactor(october, Ihk.November, Ihk.Berlin));
        Assert.Equal(Ratio.OfUndefined(UndefinedReason.MissingDenominator, 500, 0), history.GrowthFactor(september, october, Ihk.Berlin));
        Assert.Equal(Ratio.OfUndefined(UndefinedReason.MissingDenominator, 0, 600), history.GrowthFactor(Ihk.November, LocalPeriod.Month(2014, 12), Ihk.Berlin));
    }

    [Fact]
    public void A_snapshot_at_the_very_end_of_a_day_is_of_the_next_one()
    {
        var midnight = new AudienceHistory([Ihk.Audience(Ihk.Xing, Count.Observed(8), new LocalDate(2014, 11, 3).AtMidnight().InZoneStrictly(Ihk.Berlin).ToInstant())]);
        Assert.Equal([Count.Missing, Count.Observed(8)], midnight.Days(LocalPeriod.Between(new(2014, 11, 2), new(2014, 11, 4)), Ihk.Berlin).Select(day => day.Audience));
    }

    [Fact]
    public void A_snapshot_and_an_overlap_are_written_with_what_they_say()
    {
        Assert.Equal("xing: 9000 (Person) as of 2014-11-15T11:00:00Z", new AudienceSnapshot(Ihk.Xing.Id, Instant.FromUtc(2014, 11, 15, 11, 0), Count.Observed(9_000), UnitOfCount.Person).ToString());
        Assert.Equal("xing and facebook share ~120[115..124] as of 2014-11-15T11:00:00Z", new AudienceOverlap(Ihk.Xing.Id, Ihk.Facebook.Id, Instant.FromUtc(2014, 11, 15, 11, 0), Count.Rounded(120)).ToString());
    }

    private static AudienceHistory Of(params (int Day, long Size)[] snapshots) => new(snapshots.Select(snapshot => Ihk.Audience(Ihk.Xing, Count.Observed(snapshot.Size), Ihk.At(snapshot.Day))));
}
