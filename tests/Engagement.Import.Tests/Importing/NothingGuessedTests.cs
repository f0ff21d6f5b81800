using NodaTime;

namespace Engagement.Import.Tests;

/// <summary>What a file leaves open is set aside or asked for, in every kind of cell.</summary>
public class NothingGuessedTests
{
    [Theory]
    [InlineData("03/05/2014", null)]
    [InlineData("3/5/2014 9:00", null)]
    [InlineData("13/05/2014", "2014-05-13")]
    [InlineData("05/13/2014", "2014-05-13")]
    [InlineData("05/05/2014", "2014-05-05")]
    [InlineData("3.5.2014", "2014-05-03")]
    [InlineData("03.05.2014", "2014-05-03")]
    [InlineData("2014-05-03", "2014-05-03")]
    [InlineData("20/11/2014 14:30:00", "2014-11-20")]
    [InlineData("20/11/2014 2:30 PM", "2014-11-20")]
    [InlineData("November 20, 2014", "2014-11-20")]
    [InlineData("14/05/03", null)]
    public void A_sheet_of_ones_own_may_write_the_day_or_the_month_first(string text, string? day)
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("xing.csv", $"Kanal;Datum;Mitglieder;Quelle\nxing;{text};9000;Zählung\n");

        Assert.Equal(day is null ? (0, 1) : (1, 0), (file.Taken, file.Rejected));
        if (day is not null) Assert.Equal(day, NodaTime.Text.LocalDatePattern.Iso.Format(Assert.Single(bench.Portfolio().Audiences).AsOf.InZone(ImportBench.Berlin).Date));
    }

    [Fact]
    public void A_row_without_what_it_is_about_is_rejected_and_not_passed_over()
    {
        using var bench = new ImportBench();
        ImportResult result = bench.Import("xing.csv", "Kanal;Datum;Mitglieder;Quelle\nxing;20.11.2014;9000;Zählung\n;21.11.2014;9001;Zählung\n;;;\n");

        Assert.Equal((2, 1, 1), (result.Files[0].Read, result.Files[0].Taken, result.Files[0].Rejected));
        Assert.Contains(result.Findings, finding => finding.ToString().Contains("must not be blank", StringComparison.Ordinal) && finding.ToString().Contains("merged cell", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1.234", 1)]
    [InlineData("12.000", 1)]
    [InlineData("1,234", 0)]
    [InlineData("0.125", 0)]
    [InlineData("1234", 0)]
    public void Visits_in_thousands_or_thousandths_are_set_aside(string visits, int rejected)
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("visitors.csv", $"Date,Overview page views (desktop),Overview page views (mobile),Overview page views (total),Total page views (desktop),Total page views (mobile),Total page views (total)\n01/05/2024,1,1,2,1,1,\"{visits}\"\n", "linkedin");

        Assert.Equal(rejected, file.Rejected);
    }

    [Fact]
    public void Days_of_a_channel_by_a_dimension_are_not_taken_for_readings_of_the_same_day()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("Chart data.csv", "Date,Traffic source,Views\n2024-03-05,YouTube search,10\n2024-03-05,Browse features,30\n");

        Assert.Equal(2, file.Taken);
        Assert.Equal([("YouTube search", "10"), ("Browse features", "30")], bench.Measurements().Select(row => (row["segment"], row["value"])));
    }

    [Fact]
    public void Days_that_come_several_times_with_other_values_are_told()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("Chart data.csv", "Date,Kind of weather,Views\n2024-03-05,rain,10\n2024-03-05,sun,30\n2024-03-06,rain,4\n2024-03-06,sun,4\n");

        Assert.Contains(file.Notes, note => note.StartsWith("1 measurements stand in the file more than once, each time with another value", StringComparison.Ordinal));
    }

    [Fact]
    public void Subscribers_won_less_subscribers_lost_take_nothing_back()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("Totals.csv", "Date,Views,Subscribers\n2024-03-05,10,-3\n");

        Assert.DoesNotContain(file.Notes, note => note.Contains("corrections", StringComparison.Ordinal));
        Dictionary<string, string> net = Assert.Single(bench.Measurements(), row => row["metric"] == "subscribers");
        Assert.Equal(("-3", ""), (net["value"], net["flag"]));
    }

    [Fact]
    public void An_audience_that_a_file_states_twice_is_told()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("insights.json", """{"data":[{"name":"page_fans","period":"day","values":[{"value":324,"end_time":"2024-03-05T08:00:00+0000"}],"id":"55/insights/page_fans/day"},{"name":"page_follows","period":"day","values":[{"value":380,"end_time":"2024-03-05T08:00:00+0000"}],"id":"55/insights/page_follows/day"}]}""");

        Assert.Equal(380, Assert.Single(bench.Portfolio().Audiences).Size.Value);
        Assert.Contains(file.Notes, note => note.StartsWith("1 audiences stand in the file more than once", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5 Sept 2023")]
    [InlineData("5. Sept. 2023")]
    [InlineData("Sep 5, 2023")]
    public void September_is_abbreviated_in_three_ways(string text) => Assert.Equal(new LocalDate(2023, 9, 5), Day(text, "d MMM uuuu", "d. MMM uuuu", "MMM d, uuuu"));

    [Theory]
    [InlineData("January 5, 2024", 1)]
    [InlineData("Januar 5, 2024", 1)]
    [InlineData("February 5, 2024", 2)]
    [InlineData("März 5, 2024", 3)]
    [InlineData("May 5, 2024", 5)]
    [InlineData("Mai 5, 2024", 5)]
    [InlineData("December 5, 2024", 12)]
    public void English_months_stay_what_they_are_beside_German_ones(string text, int month) => Assert.Equal(new LocalDate(2024, month, 5), Day(text, "MMMM d, uuuu"));

    [Fact]
    public void The_second_of_two_sources_in_one_file_can_be_taken_by_its_name()
    {
        string days = string.Join('\n', Enumerable.Range(0, 60).Select(day => $"\"{new LocalDate(2024, 1, 1).PlusDays(day):uuuu'-'MM'-'dd}\",\"{day}\""));
        string text = $"\"Facebook reach\"\n\"Date\",\"Primary\"\n{days}\n\n\"Instagram reach\"\n\"Date\",\"Primary\"\n2024-01-01,7\n2024-01-02,8\n";
        using var bench = new ImportBench();
        ImportedFile facebook = bench.Take("Reach.csv", text, "facebook");
        ImportedFile instagram = bench.Take("Reach.csv", text, "instagram");

        Assert.Equal(60, facebook.Taken);
        Assert.Equal(2, instagram.Taken);
        Assert.Contains(instagram.Notes, note => note.EndsWith("rows above the first header that the source knows were left out: what is of another source has to be imported as such", StringComparison.Ordinal));
        Assert.Equal(["7", "8"], bench.Measurements().Where(row => row["source"].StartsWith("instagram", StringComparison.OrdinalIgnoreCase)).Select(row => row["value"]), StringComparer.Ordinal);
    }

    private static LocalDate Day(string text, params string[] formats)
    {
        Assert.Null(SourceTimes.Read(text, new TimeMapping { Formats = formats }, DateTimeZone.Utc, out _, out LocalDate day));
        return day;
    }
}
