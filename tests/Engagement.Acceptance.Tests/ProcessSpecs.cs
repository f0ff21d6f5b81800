using System.Text.Json;

namespace Engagement.Acceptance.Tests;

/// <summary>The real program, started as a user starts it.</summary>
public sealed class ProcessSpecs
{
    [Fact]
    public async Task The_program_reports_the_sample_as_utf_8()
    {
        Outcome outcome = await Tool.RunProcess("report", Tool.Sample, "--language", "de");
        Assert.StartsWith("ENGAGEMENT-BERICHT", outcome.Succeeded(), StringComparison.Ordinal);
        Assert.Contains("Netto: 8,18–8,63 je 100 Mitglieder.", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', outcome.Output);
    }

    [Fact]
    public async Task The_program_writes_json_that_parses()
    {
        Outcome outcome = await Tool.RunProcess("report", Tool.Sample, "--format", "json");
        using JsonDocument json = JsonDocument.Parse(outcome.Succeeded());
        Assert.Equal("ihk-ostwestfalen", json.RootElement.GetProperty("organisation").GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_program_writes_no_colours_when_told_so_and_none_into_a_file()
    {
        Outcome outcome = await Tool.Start("dotnet", ["exec", Tool.Program, "report", Tool.Sample], "NO_COLOR");
        Assert.DoesNotContain('\u001b', outcome.Succeeded());
    }

    [Fact]
    public async Task The_program_fails_with_1_for_bad_data_and_2_for_bad_usage()
    {
        (await Tool.RunProcess("validate", "no-such-folder")).FailedWith(1, "no-such-folder: must be a folder that exists");
        (await Tool.RunProcess("report", Tool.Sample, "--format", "pdf")).FailedWith(2, "pdf");
    }

    [Fact]
    public async Task The_program_knows_its_version() => Assert.Matches(@"\A[0-9]+\.[0-9]+\.[0-9]+", (await Tool.RunProcess("--version")).Succeeded());

    [Fact]
    public async Task A_reader_that_goes_away_is_no_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell with pipes");
        Outcome outcome = await Tool.Start("sh", ["-c", "dotnet exec \"$0\" report \"$1\" | true", Tool.Program, Tool.Sample]);
        Assert.Equal("", outcome.Error);
    }
}
