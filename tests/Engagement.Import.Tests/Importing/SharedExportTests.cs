using Engagement.Core;
using Engagement.Core.Tests;

namespace Engagement.Import.Tests;

/// <summary>Every file of the public data sets goes in with a mapping that ships, or is refused with a reason.</summary>
public class SharedExportTests
{
    private static readonly string[] Sets = ["fivetran", "uci_facebook", "mastodon", "freecodecamp", "twitter_ratio_538", "journals_on_twitter", "stackexchange", "ihk_membership"];

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        string[] found = SharedData.Folder is { } folder
            ? [.. Sets.SelectMany(set => Directory.EnumerateFiles(Path.Combine(folder, "data", set), "*", SearchOption.AllDirectories)).Where(path => Path.GetExtension(path) is ".csv" or ".json").Select(path => Path.GetRelativePath(Path.Combine(folder, "data"), path)).Order(StringComparer.Ordinal)]
            : [""];
        foreach (string file in found) files.Add(file);
        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_is_recognised_and_read_whole(string file)
    {
        Assert.SkipWhen(file.Length == 0, "The folder shared is not beside the repository.");
        using var bench = new ImportBench();

        ImportedFile taken = bench.Take([In(file)]);

        Assert.True(taken.Read > 0);
        Assert.Equal(file.Contains("freeCodeCamp", StringComparison.Ordinal) ? 1 : 0, taken.Rejected);
        Assert.StartsWith("recognised as", taken.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_engagement_that_LinkedIn_states_is_recomputed_in_100_of_100_rows()
    {
        using var bench = new ImportBench();
        ImportCheck check = Assert.Single(bench.Take([In("fivetran/linkedin_pages/linkedin_pages_share_statistic_data.csv")]).Checks);

        Assert.Equal((100, 100), (check.Agreed, check.Compared));
        Assert.Contains(bench.Measurements(), row => row["flag"] == "correction" && row["value"].StartsWith('-'));
    }

    [Fact]
    public void The_totals_of_the_Facebook_metrics_hold_in_500_of_500_rows_and_blanks_stay_missing()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take([In("uci_facebook/dataset_Facebook.csv")]);
        Portfolio portfolio = bench.Portfolio();

        Assert.Equal((500, 500), (Assert.Single(file.Checks).Agreed, file.Checks[0].Compared));
        Assert.Equal(500, portfolio.Publications.Count);
        Assert.Equal((1, 4), (file.Missing["like"], file.Missing["share"]));
        Assert.Equal(1, portfolio.Publications.Count(post => post.Interactions[InteractionKind.Like].State is CountState.Missing));
        Assert.Equal(4, portfolio.Publications.Count(post => post.Interactions[InteractionKind.Share].State is CountState.Missing));
        Assert.Contains(file.Notes, note => note.StartsWith("times are approximate", StringComparison.Ordinal));
    }

    [Fact]
    public void Journals_are_taken_once_each()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take([In("journals_on_twitter/twitter_accounts_of_journals.csv")]);

        Assert.Equal((14_983, 13_821, 1_162), (file.Read, file.Taken, file.Duplicate));
        bench.Take([In("journals_on_twitter/followers-2022-08-01.csv"), In("journals_on_twitter/followers-2022-11-01.csv")]);
        Assert.Equal(9_019, bench.Portfolio().AudienceOf(new ChannelId("3DPrintingJrnl")).Snapshots[0].Size.Value);
    }

    [Fact]
    public void Of_the_212_documents_of_the_W3C_211_are_read_and_the_one_that_is_not_JSON_is_refused()
    {
        string[] files = [.. Directory.EnumerateFiles(In("w3c_as2/test"), "*.json").Order(StringComparer.Ordinal)];
        using var bench = new ImportBench();
        ImportResult result = bench.Import(files, "activitystreams");

        Assert.Equal(212, result.Files.Count);
        Assert.All(result.Files.Where(file => !file.IsRefused), file => Assert.Equal((0, true), (file.Rejected, file.Read > 0)));
        ImportedFile refused = Assert.Single(result.Files, file => file.IsRefused);
        Assert.EndsWith("vocabulary-ex196-jsonld.json", refused.File, StringComparison.Ordinal);
        Assert.Equal("ENG0812", Assert.Single(result.Findings).Code);
        Assert.True(result.IsImported);
        Assert.Equal(5, bench.Portfolio().Interactions.Count);
    }

    [Fact]
    public void Tables_of_one_connector_complete_each_other_when_they_come_together()
    {
        using var bench = new ImportBench();
        bench.Take([In("fivetran/facebook_pages/facebook_pages_lifetime_post_metrics_total_data.csv"), In("fivetran/facebook_pages/facebook_pages_post_history_data.csv")]);
        Portfolio portfolio = bench.Portfolio();

        // The newest of five readings of that post, 2021-09-13: 877 impressions, 23 clicks, 10 likes, 2 loves.
        Publication post = Assert.Single(portfolio.Publications, post => post.Id.Value == "514435155248879_3391309130894786");
        Assert.Equal((877, 23, 10, 2), (post.Exposures.Impressions.Value, post.Interactions[InteractionKind.Click].Value, post.Interactions[InteractionKind.Like].Value, post.Interactions[InteractionKind.Emoji].Value));
    }

    [Fact]
    public void Questions_and_answers_become_a_dialogue()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take([In("stackexchange/coffee_se_2015_posts.csv")]);
        Portfolio portfolio = bench.Portfolio();

        Assert.Equal((592, 40), (file.Read, file.Skipped));
        Assert.Equal((225, 327), (portfolio.Interactions.Count(item => item.Kind is InteractionKind.Question), portfolio.Interactions.Count(item => item.Kind is InteractionKind.Reply)));
        Assert.All(portfolio.Interactions.Where(item => item.Kind is InteractionKind.Reply), reply => Assert.False(reply.ReplyTo.IsNone));
    }

    private static string In(string file)
    {
        Assert.SkipWhen(SharedData.Folder is null, "The folder shared is not beside the repository.");
        return Path.Combine(SharedData.Folder!, "data", file);
    }
}
