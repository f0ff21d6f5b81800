using Engagement.Core;

namespace Engagement.Import.Tests;

/// <summary>Nothing is lost, nothing is guessed.</summary>
public class ImportMeaningTests
{
    [Fact]
    public void Blank_is_missing_a_dash_is_not_applicable_and_nought_is_nought()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("posts.csv", "Post ID,Publish time,Impressions,Reach,Reactions,Comments,Shares\n1,03/05/2024 14:30,,5,0,-,\n2,03/05/2024 14:30,7,,–,,3\n");
        Publication[] posts = [.. bench.Portfolio().Publications];

        Assert.Equal(CountState.Missing, posts[0].Exposures.Impressions.State);
        Assert.Equal(Count.Observed(0), posts[0].Interactions[InteractionKind.Like]);
        Assert.Equal(CountState.NotApplicable, posts[0].Interactions[InteractionKind.Comment].State);
        Assert.Equal(CountState.Missing, posts[0].Interactions[InteractionKind.Share].State);
        Assert.Equal(CountState.NotApplicable, posts[1].Interactions[InteractionKind.Like].State);
        Assert.Equal((1, 1, 1, 1), (file.Missing["Impressions"], file.Missing["Reach"], file.Missing["Comments"], file.Missing["Shares"]));
    }

    [Fact]
    public void A_column_that_is_not_there_states_nothing()
    {
        using var bench = new ImportBench();
        bench.Take("posts.csv", "Post ID,Publish time,Reactions\n1,03/05/2024 14:30,3\n");

        Assert.Equal([InteractionKind.Like], bench.Portfolio().Publications[0].Interactions.Kinds);
    }

    [Theory]
    [InlineData("1,234", 1234)]
    [InlineData("1234", 1234)]
    [InlineData("18.0", 18)]
    [InlineData("1 234", 1234)]
    [InlineData("12,345,678", 12345678)]
    public void English_numbers_are_read_the_English_way(string text, long value) => Assert.Equal(value, English(text).Value);

    [Theory]
    [InlineData("1.234", 1234)]
    [InlineData("18.0", 18)]
    [InlineData("1.234.567", 1234567)]
    [InlineData("1234,0", 1234)]
    public void German_numbers_are_read_the_German_way(string text, long value) => Assert.Equal(value, German(text)!.Value.Value);

    [Theory]
    [InlineData("1,5")]
    [InlineData("1.234,5")]
    [InlineData("12.34.567")]
    [InlineData("1.2345.678")]
    [InlineData("zehn")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("٣")]
    [InlineData("99999999999999999999999999999999")]
    public void What_is_no_whole_number_is_set_aside(string text) => Assert.Null(German(text));

    [Fact]
    public void Thousands_that_a_platform_abbreviates_are_rounded()
    {
        Count count = English("1.2K");
        Assert.Equal((CountState.Rounded, 1_200L, 1_150L, 1_249L), (count.State, count.Value, count.Lower, count.Upper));
    }

    [Fact]
    public void A_time_without_a_zone_is_asked_for_and_nothing_is_written()
    {
        using var bench = new ImportBench();
        bench.Take("first.csv", "Post ID,Publish time,Impressions\n1,03/05/2024 14:30,1\n");
        SortedDictionary<string, string> before = bench.Contents();
        ImportResult result = Importer.Import(new ImportRequest([bench.Write("posts.csv", "Post ID,Publish time,Impressions\n2,03/05/2024 14:30,1\n")], bench.Folder), cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(result.IsQuestion);
        Assert.Contains("\"03/05/2024 14:30\" is a time without a zone", Assert.Single(result.Findings).ToString(), StringComparison.Ordinal);
        Assert.Equal(before, bench.Contents());
    }

    [Theory]
    [InlineData("03/31/2024 02:30")]
    [InlineData("10/27/2024 02:30")]
    public void A_time_that_the_clock_skipped_or_showed_twice_is_set_aside(string time)
    {
        using var bench = new ImportBench();
        Assert.Equal((0, 1), (bench.Take("posts.csv", $"Post ID,Publish time,Impressions\n2,{time},1\n") is var file ? file.Taken : 0, file.Rejected));
    }

    [Fact]
    public void A_correction_below_nought_is_kept_and_flagged_and_the_total_is_not_known()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("posts.csv", "Post ID,Publish time,Impressions,Reactions\n1,03/05/2024 14:30,10,-2\n");

        Assert.Equal(CountState.Missing, bench.Portfolio().Publications[0].Interactions[InteractionKind.Like].State);
        Assert.Contains(bench.Measurements(), row => (row["publication"], row["metric"], row["kind"], row["value"], row["flag"]) == ("1", "likes", "like", "-2", "correction"));
        Assert.Contains(file.Notes, note => note.StartsWith("1 negative numbers are corrections", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_file_again_adds_nothing_and_changes_no_byte()
    {
        using var bench = new ImportBench();
        const string Text = "Post ID,Publish time,Impressions,Reactions\n1,03/05/2024 14:30,10,2\n2,03/05/2024 14:30,10,2\n";
        bench.Take("posts.csv", Text);
        SortedDictionary<string, string> before = bench.Contents();
        ImportedFile again = bench.Take("copy.csv", Text);

        Assert.Equal((2, 0, 2), (again.Read, again.Taken, again.Duplicate));
        Assert.Equal(before, bench.Contents());
    }

    [Fact]
    public void A_later_export_brings_new_posts_and_newer_totals()
    {
        using var bench = new ImportBench();
        bench.Take("posts.csv", "Post ID,Publish time,Impressions,Reactions\n1,03/05/2024 14:30,10,2\n2,03/05/2024 14:30,10,2\n");
        ImportedFile later = bench.Take("later.csv", "Post ID,Publish time,Impressions,Reactions\n1,03/05/2024 14:30,15,\n2,03/05/2024 14:30,10,2\n3,03/06/2024 14:30,1,0\n");

        Assert.Equal((2, 1), (later.Taken, later.Duplicate));
        Assert.Equal([(15L, 2L), (10L, 2L), (1L, 0L)], bench.Portfolio().Publications.Select(post => (post.Exposures.Impressions.Value!.Value, post.Interactions[InteractionKind.Like].Value!.Value)));
    }

    [Fact]
    public void Totals_that_came_before_their_posts_find_them_when_the_file_comes_again()
    {
        using var bench = new ImportBench();
        const string Totals = "date,post_id,post_clicks,post_impressions,post_reactions_like_total\n2021-09-11 07:00:00 UTC,p,23,876,10\n2021-09-13 07:00:00 UTC,p,24,877,11\n";
        ImportedFile waiting = bench.Take("totals.csv", Totals);
        bench.Take("posts.csv", "id,created_time,updated_time,page_id,share_count\np,2021-09-01 08:00:00 UTC,,514,1\n");
        bench.Take("totals.csv", Totals);
        Publication post = Assert.Single(bench.Portfolio().Publications);
        SortedDictionary<string, string> before = bench.Contents();
        bench.Take("totals.csv", Totals);

        Assert.Contains(waiting.Notes, note => note.StartsWith("2 rows count interactions of publications whose time is not known", StringComparison.Ordinal));
        Assert.Equal((877, 24), (post.Exposures.Impressions.Value, post.Interactions[InteractionKind.Click].Value));
        Assert.Equal(1, post.Interactions[InteractionKind.Share].Value);
        Assert.Equal(before, bench.Contents());
    }

    [Fact]
    public void A_file_of_several_readings_again_changes_no_byte()
    {
        using var bench = new ImportBench();
        string posts = bench.Write("posts.csv", "id,created_time,updated_time,page_id,share_count\np,2021-09-01 08:00:00 UTC,,514,1\n");
        string totals = bench.Write("totals.csv", "date,post_id,post_clicks,post_impressions,post_reactions_like_total\n2021-09-13 07:00:00 UTC,p,24,877,11\n2021-09-11 07:00:00 UTC,p,23,876,10\n");
        bench.Take([posts, totals]);
        SortedDictionary<string, string> before = bench.Contents();
        ImportedFile again = bench.Take([posts, totals]);

        Assert.Equal((0, 2), (again.Taken, again.Duplicate));
        Assert.Equal(before, bench.Contents());
        Assert.Equal(877, bench.Portfolio().Publications[0].Exposures.Impressions.Value);
    }

    [Fact]
    public void Followers_of_several_accounts_are_not_poured_into_one_channel()
    {
        using var bench = new ImportBench();
        string file = bench.Write("followers.csv", "journal_title,twitter,followers,date\na,A,1,2022-08-01\nb,B,2,2022-08-01\n");
        ImportResult result = Importer.Import(new ImportRequest([file], bench.Folder) { Zone = ImportBench.Berlin, Channel = "twitter" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((1, 1), (result.Files[0].Taken, result.Files[0].Rejected));
    }

    [Fact]
    public void A_post_after_the_end_of_its_channel_is_set_aside_and_the_folder_stays_sound()
    {
        using var bench = new ImportBench();
        Portfolio portfolio = Portfolio.For(new Organisation("ihk", "IHK", ImportBench.Berlin)).Add(new Channel("kreativ", "Kreativ", Platform.Facebook, ChannelForm.Page) { Closed = new NodaTime.LocalDate(2024, 3, 5) }).Build();
        PortfolioFolder.Write(portfolio, bench.Folder);
        ImportedFile file = bench.Take("posts.csv", "Post ID,Publish time,Impressions\n1,03/05/2024 23:30,1\n2,03/06/2024 00:30,1\n");

        Assert.Equal((1, 1), (file.Taken, file.Rejected));
        Assert.Equal("kreativ", Assert.Single(bench.Portfolio().Publications).Channel.Value);
    }

    [Fact]
    public void Two_equal_rows_without_a_name_stay_two()
    {
        using var bench = new ImportBench();
        const string Text = "date,time,title,type,reach,clicks,reactions\n08/18/2017,3:45 pm,Same,Link,1,2,3\n08/18/2017,3:45 pm,Same,Link,1,2,3\n";
        bench.Take("a.csv", Text);
        bench.Take("b.csv", Text + "08/19/2017,3:45 pm,Other,Link,1,2,3\n");

        Assert.Equal(3, bench.Portfolio().Publications.Count);
    }

    [Fact]
    public void A_link_to_what_is_not_there_is_left_out_and_said()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("posts.csv", "Id,PostTypeId,ParentId,OwnerUserId,CreationDate,Score\n2,2,1,9,2015-01-27T20:09:32.720,3\n");

        Assert.True(Assert.Single(bench.Portfolio().Interactions).ReplyTo.IsNone);
        Assert.Contains(file.Notes, note => note.StartsWith("1 links to publications or interactions", StringComparison.Ordinal));
    }

    [Fact]
    public void Audiences_of_another_unit_are_not_mixed_into_a_channel()
    {
        using var bench = new ImportBench();
        bench.Take("a.csv", "Channel,Date,Followers,Unit,Source\nxing,2014-11-20,9000,person,a\n");
        ImportedFile file = bench.Take("b.csv", "Channel,Date,Followers,Unit,Source\nxing,2014-11-21,9001,account,b\n");

        Assert.Equal((0, 1), (file.Taken, file.Rejected));
    }

    [Fact]
    public void A_dry_run_counts_and_writes_nothing()
    {
        using var bench = new ImportBench();
        ImportResult result = Importer.Import(new ImportRequest([bench.Write("posts.csv", "Post ID,Publish time,Impressions\n1,03/05/2024 14:30,1\n")], bench.Folder) { Zone = ImportBench.Berlin, IsDryRun = true }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(result.IsImported);
        Assert.Equal((1, false), (result.Files[0].Taken, Directory.Exists(bench.Folder)));
    }

    [Fact]
    public void A_mapping_of_ones_own_stands_before_the_shipped_ones_and_a_faulty_one_is_refused()
    {
        using var bench = new ImportBench();
        string mappings = Path.Combine(Path.GetDirectoryName(bench.Folder)!, "mappings");
        Directory.CreateDirectory(mappings);
        File.WriteAllText(Path.Combine(mappings, "forum.json"), """{"id":"forum","name":"Forum","about":"Our forum.","platform":"forum","tables":[{"id":"threads","about":"Threads.","fields":{"id":["Faden"],"at":["Tag"],"comments":["Antworten"]},"match":["id","at"],"times":{"zone":"Europe/Berlin"},"facts":[{"fact":"publication","id":"{id}","at":"{at}","counts":{"comments":"comments"}}]}]}""");
        var request = new ImportRequest([bench.Write("forum.csv", "Faden,Tag,Antworten\nf-1,2024-03-05,7\n")], bench.Folder) { Zone = ImportBench.Berlin, Mappings = mappings };

        Assert.True(Importer.Import(request, cancellationToken: TestContext.Current.CancellationToken).IsImported);
        Assert.Equal(7, bench.Portfolio().Publications[0].Interactions[InteractionKind.Comment].Value);
        Assert.True(Importer.Sources(mappings)[0].IsOwn);

        File.WriteAllText(Path.Combine(mappings, "bad.json"), """{"id":"bad","name":"B","about":"B.","tables":[{"id":"t","about":"T.","fields":{"id":["X"]},"match":["nothing"]}]}""");
        ImportResult refused = Importer.Import(request, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("ENG0808", Assert.Single(refused.Findings).Code);
    }

    private static Count English(string text)
    {
        using var bench = new ImportBench();
        bench.Take("posts.csv", $"Post ID,Publish time,Impressions\n1,03/05/2024 14:30,\"{text}\"\n");
        return bench.Portfolio().Publications[0].Exposures.Impressions;
    }

    private static Count? German(string text)
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("posts.csv", $"Beitrags-ID;Veröffentlichungszeit;Impressionen\n1;05.03.2024 14:30;\"{text}\"\n");
        return file.Rejected > 0 ? null : bench.Portfolio().Publications[0].Exposures.Impressions;
    }
}
