namespace Engagement.Acceptance.Tests;

public sealed class PeriodSpecs
{
    [Fact]
    public void Without_dates_the_period_runs_from_the_earliest_fact_to_the_day_after_the_latest()
    {
        using var files = new PortfolioFiles();
        files.Write("efforts.csv", "channel,from,to,hours\npage,2014-10-01,2014-11-01,8\n");
        Assert.Contains("Period: 2014-10-01 up to, not including, 2014-11-05 (Europe/Berlin)", Tool.Run("report", files.Folder).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_facts_the_sizes_of_the_universes_give_the_period()
    {
        using var files = new PortfolioFiles();
        files.Delete("audiences.csv");
        files.Delete("publications.csv");
        Outcome outcome = Tool.Run("report", files.Folder);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("Period: 2014-01-01 up to, not including, 2014-01-02", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_date_the_report_asks_for_a_period()
    {
        using var files = new PortfolioFiles();
        files.Delete("audiences.csv");
        files.Delete("publications.csv");
        files.Write("organisation.json", """{ "id": "ihk", "name": "IHK", "timeZone": "Europe/Berlin" }""");
        Tool.Run("report", files.Folder).FailedWith(1, "pass --from and --to");
    }

    [Fact]
    public void The_day_of_to_is_not_in_the_period()
    {
        using var files = new PortfolioFiles();
        Assert.Contains("| 10 / 800 |", Tool.Run("report", files.Folder, "--format", "markdown", "--from", "2014-11-01", "--to", "2014-11-04").Succeeded(), StringComparison.Ordinal);
        Assert.DoesNotContain("| 10 / 800 |", Tool.Run("report", files.Folder, "--format", "markdown", "--from", "2014-11-01", "--to", "2014-11-03").Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_period_without_facts_is_a_warning_and_still_a_report()
    {
        Outcome outcome = Tool.Run("report", Tool.Sample, "--from", "2015-01-01", "--to", "2015-02-01");
        Assert.Equal(0, outcome.Code);
        Assert.StartsWith("warning: 2015-01-01/2015-02-01 has no audience", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("[ENG0701]", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("81.82", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("ENG1004", outcome.Output, StringComparison.Ordinal);
    }
}
