using System.Globalization;

namespace Engagement.Acceptance.Tests;

public sealed class UsageSpecs
{
    public static TheoryData<string[], string> BadUsages => new()
    {
        { ["report", "--nonsense"], "\"--nonsense\" is not an option of this command" },
        { ["rollup", "--nonsense"], "\"--nonsense\" is not an option of this command" },
        { ["validate", "-x"], "\"-x\" is not an option of this command" },
        { [], "Required command" },
        { ["tabulate"], "tabulate" },
        { ["report"], "FOLDER" },
        { ["validate"], "FOLDER" },
        { ["report", ""], "FOLDER must not be empty" },
        { ["report", "x", "y"], "y" },
        { ["report", "x", "--colour"], "--colour" },
        { ["report", "x", "--from"], "--from" },
        { ["report", "x", "--from", "2014-02-30"], "--from (\"2014-02-30\") must be a day" },
        { ["report", "x", "--from", "20.11.2014"], "write it as 2014-11-20" },
        { ["report", "x", "--from", "-0044-03-15"], "--from" },
        { ["report", "x", "--to", "9999-12-31"], "years 0001 to 9998" },
        { ["report", "x", "--from", "2014-11-20", "--to", "2014-11-20"], "--to (2014-11-20) must lie after --from (2014-11-20)" },
        { ["report", "x", "--from", "2014-11-20", "--to", "2014-11-19"], "--to (2014-11-19)" },
        { ["report", "x", "--from", "2014-11-20", "--from", "2014-11-21"], "--from" },
        { ["report", "x", "--format", "pdf"], "pdf" },
        { ["report", "x", "--format", "JSON"], "JSON" },
        { ["report", "x", "--language", "fr"], "fr" },
        { ["report", "x", "--from", "\u001b[31m2014"], "\uFFFD[31m2014" },
    };

    [Theory]
    [MemberData(nameof(BadUsages))]
    public void Bad_usage_is_2_with_a_message_and_without_output(string[] args, string message) => Tool.Run(args).FailedWith(2, message);

    [Fact]
    public void Bad_usage_points_to_the_help_of_its_command() => Tool.Run("report", "x", "--format", "pdf").FailedWith(2, "See: engagement report --help");

    [Theory]
    [InlineData("--from", "2015-01-01")]
    [InlineData("--to", "2014-11-20")]
    public void A_day_that_leaves_no_period_is_bad_usage(string option, string day) => Tool.Run("report", Tool.Sample, option, day).FailedWith(2, day);

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Usage_messages_do_not_depend_on_the_culture(string culture) =>
        Assert.Equal(Tool.RunIn("", "report", "x", "--format", "pdf"), Tool.RunIn(culture, "report", "x", "--format", "pdf"));

    [Fact]
    public void Help_has_an_example_for_every_command_and_says_that_to_is_not_included()
    {
        Assert.Contains("Example: engagement report ", Tool.Run("report", "--help").Succeeded(), StringComparison.Ordinal);
        Assert.Contains("it is not included", Tool.Run("report", "--help").Succeeded(), StringComparison.Ordinal);
        Assert.Contains("Example: engagement validate ", Tool.Run("validate", "--help").Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_of_the_help_works()
    {
        string help = Tool.Run("report", "--help").Succeeded();
        string example = help.Split('\n').First(line => line.Contains("Example: engagement ", StringComparison.Ordinal)).Split("engagement ", 2)[1].Trim();
        string[] args = [.. example.Split(' ').Select(word => word.StartsWith("samples/", StringComparison.Ordinal) ? Tool.Sample : word)];
        Assert.StartsWith("# Engagement-Bericht", Tool.Run(args).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_run_says_so_and_writes_no_part_of_a_report()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        int code = Engagement.Cli.Program.Run(["report", Tool.Sample], output, error, cancellationToken: source.Token);
        Assert.Equal((1, "", "cancelled"), (code, output.ToString(), error.ToString().Trim()));
    }

    [Fact]
    public void Validation_counts_the_facts_of_a_sound_folder()
    {
        Assert.Equal("8 channels, 8 audiences, 0 publications, 0 interactions, 0 efforts: no errors, 0 warnings", Tool.Run("validate", Tool.Sample).Succeeded().Trim());
    }

    [Fact]
    public void Warnings_do_not_change_the_exit_code()
    {
        using var files = new PortfolioFiles();
        files.Write("audience.csv", "x\n");
        Outcome outcome = Tool.Run("validate", files.Folder);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("no errors, 1 warning", outcome.Output, StringComparison.Ordinal);
        Assert.StartsWith("warning: audience.csv", outcome.Error, StringComparison.Ordinal);
    }
}
