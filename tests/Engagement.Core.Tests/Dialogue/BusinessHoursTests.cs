using CsCheck;
using NodaTime;

namespace Engagement.Core.Tests.Dialogue;

public class BusinessHoursTests
{
    private static readonly BusinessHours Office = new(new LocalTime(8, 0), new LocalTime(17, 0));
    private static readonly string[] Zones = ["Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe"];

    [Fact]
    public void From_Friday_afternoon_to_Monday_morning_two_hours_pass() =>
        Assert.Equal(Duration.FromHours(2), Office.Elapsed(Ihk.At(21, 16), Ihk.At(24, 9), Ihk.Berlin));

    [Fact]
    public void Off_hours_weekends_and_holidays_do_not_count()
    {
        Assert.Equal(Duration.Zero, Office.Elapsed(Ihk.At(21, 17), Ihk.At(24, 8), Ihk.Berlin));
        Assert.Equal(Duration.FromHours(9), Office.Elapsed(Ihk.At(20, 0), Ihk.At(20, 23), Ihk.Berlin));
        Assert.Equal(Duration.Zero, Office.WithHolidays([new LocalDate(2014, 11, 20)]).Elapsed(Ihk.At(20, 0), Ihk.At(20, 23), Ihk.Berlin));
        Assert.Equal(Duration.FromHours(7), Office.With(IsoDayOfWeek.Friday, new LocalTime(8, 0), new LocalTime(15, 0)).Elapsed(Ihk.At(21, 0), Ihk.At(22, 0), Ihk.Berlin));
        Assert.Equal(Duration.Zero, Office.Without(IsoDayOfWeek.Friday).Elapsed(Ihk.At(21, 0), Ihk.At(22, 0), Ihk.Berlin));
    }

    [Fact]
    public void A_holiday_of_another_calendar_is_the_same_day()
    {
        BusinessHours gregorian = Office.WithHolidays([new LocalDate(2014, 11, 20), new LocalDate(2014, 11, 21)]);
        Assert.Equal(gregorian, Office.WithHolidays([new LocalDate(2014, 11, 21), new LocalDate(2014, 11, 20).WithCalendar(CalendarSystem.Coptic)]));
        Assert.Equal(Duration.Zero, Office.WithHolidays([new LocalDate(2014, 11, 20).WithCalendar(CalendarSystem.Julian)]).Elapsed(Ihk.At(20, 0), Ihk.At(20, 23), Ihk.Berlin));
    }

    [Fact]
    public void A_clock_change_in_open_hours_makes_the_day_shorter_or_longer()
    {
        BusinessHours always = Enumerable.Range(1, 7).Aggregate(new BusinessHours(LocalTime.Midnight, LocalTime.Midnight), (hours, day) => hours.With((IsoDayOfWeek)day, LocalTime.Midnight, LocalTime.Midnight));
        Assert.Equal(Duration.FromHours(23), Elapsed(always, new LocalDate(2014, 3, 30), 1, Ihk.Berlin));
        Assert.Equal(Duration.FromHours(25), Elapsed(always, new LocalDate(2014, 10, 26), 1, Ihk.Berlin));

        // Open from 02:30, an hour that the clocks leave out: work begins at 03:00.
        BusinessHours night = new BusinessHours(new LocalTime(2, 30), new LocalTime(4, 0)).With(IsoDayOfWeek.Sunday, new LocalTime(2, 30), new LocalTime(4, 0));
        Assert.Equal(Duration.FromHours(1), Elapsed(night, new LocalDate(2014, 3, 30), 1, Ihk.Berlin));

        // Pacific/Apia had no 30 December 2011, a Friday.
        Assert.Equal(Duration.FromHours(9 * 2), Elapsed(Office, new LocalDate(2011, 12, 28), 4, DateTimeZoneProviders.Tzdb["Pacific/Apia"]));

        // America/St_Johns set its clocks back from 00:01 on 7 November 2010: two days' pieces, nothing twice.
        Assert.Equal(Duration.FromHours(49), Elapsed(always, new LocalDate(2010, 11, 6), 2, DateTimeZoneProviders.Tzdb["America/St_Johns"]));
    }

    [Fact]
    public void Time_that_always_runs_is_the_time_between_and_working_time_adds_up() =>
        Gen.Select(Gen.Long[0, 4L * 365 * 86_400], Gen.Long[0, 40L * 86_400], Gen.Long[0, 40L * 86_400], Gen.Int[0, Zones.Length - 1]).Sample(
            (start, first, second, zoneIndex) =>
            {
                DateTimeZone zone = DateTimeZoneProviders.Tzdb[Zones[zoneIndex]];
                Instant a = Instant.FromUtc(2010, 6, 1, 0, 0) + Duration.FromSeconds(start);
                Instant b = a + Duration.FromSeconds(first);
                Instant c = b + Duration.FromSeconds(second);
                Assert.Equal(Office.Elapsed(a, c, zone), Office.Elapsed(a, b, zone) + Office.Elapsed(b, c, zone));
                Assert.InRange(Office.Elapsed(a, b, zone), Duration.Zero, b - a);
                WorkingClock clock = WorkingClock.Of(Office, zone, a.ToUnixTimeMilliseconds(), c.ToUnixTimeMilliseconds());
                Assert.Equal((long)Office.Elapsed(a, b, zone).TotalMilliseconds, clock.Elapsed(a.ToUnixTimeMilliseconds(), b.ToUnixTimeMilliseconds()));
            },
            iter: Math.Min(LawCases.Count, 2_000));

    [Fact]
    public void Response_time_runs_in_business_hours_alone()
    {
        Interaction question = new("q", Ihk.Xing.Id, InteractionKind.Question, Ihk.At(21, 16), ActorRole.Member);
        Interaction answer = new("a", Ihk.Xing.Id, InteractionKind.Reply, Ihk.At(24, 9), ActorRole.Staff) { ReplyTo = question.Id };
        DialogueCalculator calculator = new(Office, Duration.FromHours(2));
        DialogueResult dialogue = calculator.Calculate(Talk.Of(question, answer), Ihk.November).Channels[0];
        Assert.Equal(2, dialogue.Response.MedianHours.Value);
        Assert.Equal(1, dialogue.ResponseRate.Value);
        Assert.Contains("Monday 08:00–17:00", dialogue.ResponseRate.Definition.Formula(Language.English), StringComparison.Ordinal);
        Assert.Equal(65, Talk.On(question, answer).Response.MedianHours.Value);
        Assert.StartsWith("other (all hours) must count the same hours", Assert.Throws<ArgumentException>(() => dialogue.Response.LogRank(Talk.On(question, answer).Response)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_say_what_they_are()
    {
        Assert.Equal("Monday 08:00–17:00, Tuesday 08:00–17:00, Wednesday 08:00–17:00, Thursday 08:00–17:00, Friday 08:00–15:00, 2 holidays", Office.With(IsoDayOfWeek.Friday, new(8, 0), new(15, 0)).WithHolidays([new(2014, 12, 25), new(2014, 12, 26), new(2014, 12, 25)]).ToString());
        Assert.Equal("never open", Enumerable.Range(1, 5).Aggregate(Office, (hours, day) => hours.Without((IsoDayOfWeek)day)).ToString());
        Assert.Equal([new LocalDate(2014, 12, 25), new LocalDate(2014, 12, 26)], Office.WithHolidays([new(2014, 12, 26), new(2014, 12, 25)]).Holidays);
    }

    [Fact]
    public void Bad_hours_are_named_with_their_cure()
    {
        Assert.StartsWith("closes (\"08:00\") must be later than opens (09:00): pass the earlier time first", Assert.Throws<ArgumentOutOfRangeException>(() => new BusinessHours(new(9, 0), new(8, 0))).Message, StringComparison.Ordinal);
        Assert.StartsWith("day (None) must be a weekday", Assert.Throws<ArgumentOutOfRangeException>(() => Office.Without(IsoDayOfWeek.None)).Message, StringComparison.Ordinal);
        Assert.StartsWith("to (2014-11-19", Assert.Throws<ArgumentOutOfRangeException>(() => Office.Elapsed(Ihk.At(20), Ihk.At(19), Ihk.Berlin)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("zone", () => new DialogueCalculator(Office).Calculate([], [], [], [], [], 0, null));
    }

    private static Duration Elapsed(BusinessHours hours, LocalDate first, int days, DateTimeZone zone) => hours.Elapsed(zone.AtStartOfDay(first).ToInstant(), zone.AtStartOfDay(first.PlusDays(days)).ToInstant(), zone);
}
