using System.Text;
using Engagement.Core;
using NodaTime;

namespace Engagement.Import.Tests;

/// <summary>What one file, row or feature does to another.</summary>
public class ImportInterplayTests
{
    private const string Tweet = """{"id_str":"ID","created_at":"Wed Jan 08 12:00:00 +0000 2025","full_text":"TEXT","favorite_count":LIKES,"retweet_count":1,"user":{"id_str":"USER","screen_name":"USER","followers_count":9,"friends_count":1}MORE}""";

    private static string TweetOf(string id, string user, int likes, string text = "Hallo", string more = "") =>
        Tweet.Replace("ID", id, StringComparison.Ordinal).Replace("USER", user, StringComparison.Ordinal).Replace("LIKES", likes.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("TEXT", text, StringComparison.Ordinal).Replace("MORE", more, StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData("ours")]
    public void What_an_account_shared_or_quoted_of_others_is_none_of_its_publications(string? channel)
    {
        using var bench = new ImportBench();
        string file = bench.Write("tweets.json", $"[{TweetOf("1", "7", 3)},{TweetOf("2", "7", 50_000, "RT @nasa: Moon", ",\"retweeted_status\":" + TweetOf("3", "11", 50_000))},{TweetOf("4", "7", 4, more: ",\"quoted_status\":" + TweetOf("5", "11", 900))},{TweetOf("6", "7", 5, more: ",\"quoted_status\":" + TweetOf("1", "7", 3))}]");
        ImportResult result = Importer.Import(new ImportRequest([file], bench.Folder) { Zone = ImportBench.Berlin, Channel = channel, AsOf = new LocalDate(2025, 1, 9) }, cancellationToken: TestContext.Current.CancellationToken);
        Portfolio portfolio = bench.Portfolio();

        Assert.Equal(["1", "4", "6"], portfolio.Publications.Select(post => post.Id.Value).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(channel ?? "7", Assert.Single(portfolio.Channels).Id.Value);
        Assert.Equal(9, Assert.Single(portfolio.Audiences).Size.Value);
        Assert.Equal((2, 0), (result.Files[0].Skipped, result.Files[0].Rejected));
        Assert.Contains("posts that are only shared, quoted or named by these were left out: 2", result.Files[0].Notes, StringComparer.Ordinal);
    }

    [Fact]
    public void Tweets_that_an_answer_of_the_API_includes_are_somebody_elses()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("tweets.json", """{"data":[{"id":"1","author_id":"7","created_at":"2025-01-08T12:00:00Z","text":"Ja","public_metrics":{"like_count":3,"retweet_count":1}}],"includes":{"tweets":[{"id":"2","created_at":"2025-01-07T12:00:00Z","text":"?","public_metrics":{"like_count":50000,"retweet_count":1}}],"users":[{"id":"7","username":"ihk","name":"IHK","public_metrics":{"followers_count":9}},{"id":"11","username":"nasa","name":"NASA","public_metrics":{"followers_count":90000000}}]}}""");

        Assert.Equal("1", Assert.Single(bench.Portfolio().Publications).Id.Value);
        Assert.Equal((4, 2), (file.Read, file.Skipped));
        Assert.Equal("7", Assert.Single(bench.Portfolio().Channels).Id.Value);
        Assert.Equal(["9"], bench.Measurements().Where(row => row["metric"] == "followers").Select(row => row["value"]), StringComparer.Ordinal);
        Assert.Contains("accounts that are only named by these were left out: 1", file.Notes, StringComparer.Ordinal);
    }

    [Fact]
    public void An_export_of_several_pages_says_that_they_went_into_one_channel()
    {
        using var bench = new ImportBench();
        ImportedFile one = bench.Take("one.csv", "Post ID,Page ID,Publish time,Impressions\n1,55,03/05/2024 14:30,1\n2,55,03/05/2024 14:30,1\n");
        ImportedFile several = bench.Take("several.csv", "Post ID,Page ID,Publish time,Impressions\n3,55,03/05/2024 14:30,1\n4,66,03/05/2024 14:30,1\n");

        Assert.DoesNotContain(one.Notes, note => note.Contains("several accounts", StringComparison.Ordinal));
        Assert.Contains(several.Notes, note => note.StartsWith("the rows are of several accounts (\"55\", \"66\"), and all went into one channel", StringComparison.Ordinal));
    }

    [Fact]
    public void A_post_that_was_edited_after_its_totals_were_read_keeps_them()
    {
        using var bench = new ImportBench();
        string posts = bench.Write("posts.csv", "id,created_time,updated_time,page_id,share_count\np,2021-09-01 08:00:00 UTC,2021-09-20 08:00:00 UTC,514,1\n");
        string totals = bench.Write("totals.csv", "date,post_id,post_clicks,post_impressions,post_reactions_like_total\n2021-09-13 07:00:00 UTC,p,24,877,11\n");
        bench.Take([posts, totals]);
        Publication post = Assert.Single(bench.Portfolio().Publications);

        Assert.Equal((877, 24, 1), (post.Exposures.Impressions.Value, post.Interactions[InteractionKind.Click].Value, post.Interactions[InteractionKind.Share].Value));
    }

    [Fact]
    public void Counts_that_wait_for_their_post_do_not_overwrite_what_it_says_later_itself()
    {
        using var bench = new ImportBench();
        string undated = bench.Write("a.json", """{"data":[{"id":"1","text":"Ja","public_metrics":{"like_count":3,"retweet_count":1,"reply_count":2}}]}""");
        string dated = bench.Write("b.json", """{"data":[{"id":"1","created_at":"2025-01-08T12:00:00Z","text":"Ja","public_metrics":{"like_count":5,"retweet_count":1}}]}""");
        bench.Take([undated, dated]);
        Publication post = Assert.Single(bench.Portfolio().Publications);

        Assert.Equal((5, 2), (post.Interactions[InteractionKind.Like].Value, post.Interactions[InteractionKind.Reply].Value));
    }

    [Fact]
    public void A_file_that_comes_again_takes_no_newer_followers_back()
    {
        using var bench = new ImportBench();
        const string Old = "Channel,Date,Followers,Source\nxing,2014-11-20,9000,a\n";
        bench.Take("old.csv", Old);
        bench.Take("corrected.csv", "Channel,Date,Followers,Source\nxing,2014-11-20,9100,b\n");
        SortedDictionary<string, string> before = bench.Contents();
        ImportedFile again = bench.Take("old.csv", Old);

        Assert.Equal((0, 1), (again.Taken, again.Duplicate));
        Assert.Equal(before, bench.Contents());
        Assert.Equal(9_100, Assert.Single(bench.Portfolio().Audiences).Size.Value);
    }

    [Fact]
    public void A_reading_that_returns_to_an_earlier_value_is_the_newest()
    {
        using var bench = new ImportBench();
        foreach (string reach in new[] { "100", "105", "100" }) bench.Take($"{Guid.NewGuid():N}.csv", $"Date,Page followers,Reach\n01/02/2025,5,{reach}\n01/03/2025,{bench.Measurements().Count + 5},7\n");
        SortedDictionary<string, string> before = bench.Contents();
        bench.Take("again.csv", "Date,Page followers,Reach\n01/02/2025,5,100\n");

        Assert.Equal(["100", "105", "100"], bench.Measurements().Where(row => (row["metric"], row["from"]) == ("reach", "2025-01-02")).Select(row => row["value"]), StringComparer.Ordinal);
        Assert.Single(bench.Measurements(), row => (row["metric"], row["from"]) == ("reach", "2025-01-03"));
        Assert.Equal(before["measurements.csv"], bench.Contents()["measurements.csv"]);
    }

    [Fact]
    public void Totals_that_fall_are_told()
    {
        using var bench = new ImportBench();
        ImportedFile first = bench.Take("life.csv", "Content,Video title,Video publish time,Views,Likes\nv,Hallo,\"Mar 5, 2024\",5100,80\n");
        ImportedFile period = bench.Take("week.csv", "Content,Video title,Video publish time,Views,Likes\nv,Hallo,\"Mar 5, 2024\",35,2\n");

        Assert.DoesNotContain(first.Notes, note => note.Contains("lower", StringComparison.Ordinal));
        Assert.Contains(first.Notes, note => note.StartsWith("the counts are of the period that was chosen in YouTube Studio", StringComparison.Ordinal));
        Assert.Contains(period.Notes, note => note.StartsWith("2 counts of publications are lower than those known before", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_of_one_publication_with_unequal_counts_are_told()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("videos.csv", "Content,Traffic source,Video title,Video publish time,Views\nv,Search,Hallo,\"Mar 5, 2024\",10\nv,Browse,Hallo,\"Mar 5, 2024\",30\nw,Search,Hallo,\"Mar 5, 2024\",30\nw,Browse,Hallo,\"Mar 5, 2024\",30\n");

        Assert.Contains(file.Notes, note => note.StartsWith("1 counts of publications stand in several rows of the file", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Post ID,Publish time,Impressions\n1,03/05/2024 14:30,12.000\n", "12.000")]
    [InlineData("Beitrags-ID;Veröffentlichungszeit;Impressionen\n1;05.03.2024 14:30;1,000\n", "1,000")]
    [InlineData("Date,Page followers,Reach,Impressions\n01/02/2025,5,7,12.000\n", "12.000")]
    [InlineData("Date,Page followers,Reach,Impressions\n01/02/2025,5,7,1.234\n", "1.234")]
    public void A_number_that_may_be_thousands_or_decimals_is_set_aside(string export, string value)
    {
        using var bench = new ImportBench();
        ImportResult result = bench.Import("export.csv", export);

        Assert.Equal((0, 1), (result.Files[0].Taken, result.Files[0].Rejected));
        Assert.Contains($"\"{value}\" m", Assert.Single(result.Findings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_with_an_offset_is_a_day_of_its_own_clock()
    {
        using var bench = new ImportBench();
        bench.Take("days.csv", "Date,Impressions,Likes\n2024-03-05T00:00:00+01:00,100,1\n2024-03-05 23:30 -0500,200,2\n", "x");

        Assert.Equal([("100", "2024-03-05"), ("200", "2024-03-05")], bench.Measurements().Where(row => row["metric"] == "impressions").Select(row => (row["value"], row["from"])));
    }

    [Fact]
    public void A_count_by_hand_keeps_its_provenance()
    {
        using var bench = new ImportBench();
        bench.Take("xing.csv", "Channel,Date,Members,Likes,Source\nxing,2014-11-20,9000,7,Screenshot\nxing,2014-11-21,9000,8,\n");

        Assert.Equal(["manual/counts: Screenshot", "manual/counts"], bench.Measurements().Where(row => row["metric"] == "likes").Select(row => row["source"]), StringComparer.Ordinal);
    }

    [Fact]
    public void A_row_of_a_result_table_that_is_too_short_is_set_aside()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("report.json", """{"columnHeaders":[{"name":"day","columnType":"DIMENSION"},{"name":"views","columnType":"METRIC"}],"rows":[["2024-01-01",1500],["2024-01-02"]]}""");

        Assert.Equal((2, 1, 1), (file.Read, file.Taken, file.Rejected));
        Assert.Contains("[\"\"2024-01-02\"\"]", File.ReadAllText(file.RejectsFile!), StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_within_a_document_is_rejected_by_itself_and_not_with_the_document_each_time()
    {
        using var bench = new ImportBench();
        string[] posts = [.. Enumerable.Range(0, 500).Select(id => $$"""{"id":"{{id}}","created_time":"never","permalink_url":"https://example.org/{{id}}"}""")];
        ImportedFile file = bench.Take("posts.json", "{\"posts\":{\"list\":[" + string.Join(',', posts) + "]}}", "facebook");

        Assert.Equal((500, 500), (file.Read, file.Rejected));
        Assert.True(new FileInfo(file.RejectsFile!).Length < 500 * 1_000);
        Assert.Contains("{\"\"id\"\":\"\"7\"\",", File.ReadAllText(file.RejectsFile!), StringComparison.Ordinal);
    }

    [Fact]
    public void Rejected_rows_of_a_file_with_a_strange_or_long_name_leave_the_folder_sound()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no file has such a name there");
        const string Export = "Post ID,Publish time,Impressions\n{0},03/05/2024 14:30,1\n9,never,1\n";
        using var bench = new ImportBench();
        bench.Take("first.csv", Export.Replace("{0}", "1", StringComparison.Ordinal));
        ImportedFile strange = bench.Take("a\nb.csv", Export.Replace("{0}", "2", StringComparison.Ordinal));
        ImportedFile @long = bench.Take(new string('ä', 125) + ".csv", Export.Replace("{0}", "3", StringComparison.Ordinal));

        Assert.Equal(["1", "2", "3"], bench.Portfolio().Publications.Select(post => post.Id.Value), StringComparer.Ordinal);
        Assert.True(File.Exists(strange.RejectsFile) && File.Exists(@long.RejectsFile));
    }

    [Fact]
    public void What_an_import_that_was_killed_left_beside_a_new_folder_does_not_get_into_the_next_one()
    {
        using var bench = new ImportBench();
        string left = Path.Combine(Path.GetDirectoryName(bench.Folder)!, ".import-ihk", "rejected", "old.csv.00000000.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(left)!);
        File.WriteAllText(left, "line\n");
        bench.Take("posts.csv", "Post ID,Publish time,Impressions\n1,03/05/2024 14:30,1\n");

        Assert.DoesNotContain(bench.Contents().Keys, name => name.Contains("rejected", StringComparison.Ordinal));
    }

    [Fact]
    public void A_header_in_another_encoding_asks_for_it()
    {
        using var bench = new ImportBench();
        string path = bench.Write("posts.csv", [.. Encoding.Latin1.GetBytes("Beitrags-ID;Veröffentlichungszeit;Impressionen\n1;05.03.2024 14:30;1\n")]);
        ImportResult result = bench.Import([path]);

        Assert.Contains("--encoding windows-1252", Assert.Single(result.Findings).ToString(), StringComparison.Ordinal);
        Assert.True(Importer.Import(new ImportRequest([path], bench.Folder) { Zone = ImportBench.Berlin, Encoding = "windows-1252" }, cancellationToken: TestContext.Current.CancellationToken).IsImported);
    }

    [Theory]
    [InlineData("utf-16", false)]
    [InlineData("utf-16be", true)]
    public void UTF_16_without_its_mark_is_read_when_it_is_stated(string name, bool isBigEndian)
    {
        using var bench = new ImportBench();
        string path = bench.Write("posts.csv", new UnicodeEncoding(isBigEndian, byteOrderMark: false).GetBytes("Post ID,Publish time,Impressions\n1,03/05/2024 14:30,1\n"));
        ImportResult result = Importer.Import(new ImportRequest([path], bench.Folder) { Zone = ImportBench.Berlin, Encoding = name }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(result.IsImported, string.Join('\n', result.Findings));
        Assert.Equal(1, result.Files[0].Taken);
    }

    [Theory]
    [InlineData("\"fact\":\"measurements\",\"at\":\"{at}\",\"per\":\"weeks\",\"additive\":[\"n\"]", "", "per must be one of day, week")]
    [InlineData("\"fact\":\"measurements\",\"at\":\"{at}\",\"metric\":\"{id}\",\"value\":\"n\",\"known\":{\"a\":\"reach uniqe\"}", "", "known must give each metric our name")]
    [InlineData("\"fact\":\"audience\",\"at\":\"{at}\"", "", "must name the field with their size")]
    [InlineData("\"fact\":\"publication\",\"at\":\"{at}\"", "", "a publication must have an id")]
    [InlineData("\"fact\":\"interaction\",\"kind\":\"like\"", "", "an interaction must have a kind and a time")]
    [InlineData("\"fact\":\"interaction\",\"at\":\"{at}\",\"kind\":\"{id}\",\"kinds\":{\"Open\":\"opens\"}", "", "kinds must be kinds of interactions")]
    [InlineData("\"fact\":\"interaction\",\"at\":\"{at}\",\"kind\":\"like it\"", "", "kinds must be kinds of interactions")]
    [InlineData("\"fact\":\"audience\",\"at\":\"{at}\",\"size\":\"n\"", "\"numbers\":{\"decimal\":\"\"},", "decimal and germanDecimal must be a point or a comma")]
    [InlineData("\"fact\":\"audience\",\"at\":\"{at}\",\"size\":\"n\"", "\"match\":[],", "match must name the fields")]
    public void A_mapping_of_ones_own_that_would_read_something_wrong_is_refused(string fact, string more, string rule)
    {
        using var bench = new ImportBench();
        string mappings = Path.Combine(Path.GetDirectoryName(bench.Folder)!, "mappings");
        Directory.CreateDirectory(mappings);
        string match = more.StartsWith("\"match\"", StringComparison.Ordinal) ? "" : "\"match\":[\"id\",\"at\"],";
        File.WriteAllText(Path.Combine(mappings, "own.json"), """{"id":"own","name":"O","about":"O.","tables":[{"id":"t","about":"T.","fields":{"id":["Faden"],"at":["Tag"],"n":["Zahl"]},MATCH"facts":[{FACT}]}]}""".Replace("MATCH", match + more, StringComparison.Ordinal).Replace("FACT", fact, StringComparison.Ordinal));
        ImportResult result = Importer.Import(new ImportRequest([bench.Write("own.csv", "Faden,Tag,Zahl\na,2024-03-05,7\n")], bench.Folder) { Zone = ImportBench.Berlin, Mappings = mappings }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("ENG0808", Assert.Single(result.Findings).Code);
        Assert.Contains(rule, result.Findings[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_words_of_a_source_are_known_in_any_case()
    {
        using var bench = new ImportBench();
        bench.Take("overview.csv", "\"FACEBOOK REACH\"\n\"Date\",\"Primary\"\n\"2025-08-01T00:00:00\",\"20\"\n");
        string mappings = Path.Combine(Path.GetDirectoryName(bench.Folder)!, "mappings");
        Directory.CreateDirectory(mappings);
        File.WriteAllText(Path.Combine(mappings, "own.json"), """{"id":"own","name":"O","about":"O.","tables":[{"id":"t","about":"T.","fields":{"what":["Was"],"at":["Tag"]},"match":["what","at"],"facts":[{"fact":"interaction","at":"{at}","kind":"{what}","kinds":{"Gelesen":"view"}}]}]}""");
        ImportResult own = Importer.Import(new ImportRequest([bench.Write("own.csv", "Was,Tag\nGelesen,2024-03-05\n")], bench.Folder) { Zone = ImportBench.Berlin, Mappings = mappings }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("20", Assert.Single(bench.Measurements(), row => row["metric"] == "reach")["value"]);
        Assert.Equal((1, 0), (own.Files[0].Taken, own.Files[0].Rejected));
    }

    [Fact]
    public void A_mapping_of_ones_own_that_was_corrected_reads_the_same_file_anew()
    {
        using var bench = new ImportBench();
        string mappings = Path.Combine(Path.GetDirectoryName(bench.Folder)!, "mappings");
        Directory.CreateDirectory(mappings);
        string file = bench.Write("forum.csv", "Faden,Tag,Aufrufe,Antworten\na,2024-03-05,900,7\n");
        foreach (string column in new[] { "Aufrufe", "Antworten", "Antworten" })
        {
            File.WriteAllText(Path.Combine(mappings, "forum.json"), """{"id":"forum","name":"F","about":"F.","tables":[{"id":"t","about":"T.","fields":{"id":["Faden"],"at":["Tag"],"comments":["COLUMN"]},"match":["id","at"],"facts":[{"fact":"publication","id":"{id}","at":"{at}","counts":{"comments":"comments"}}]}]}""".Replace("COLUMN", column, StringComparison.Ordinal));
            Assert.True(Importer.Import(new ImportRequest([file], bench.Folder) { Zone = ImportBench.Berlin, Mappings = mappings }, cancellationToken: TestContext.Current.CancellationToken).IsImported);
        }

        Assert.Equal(7, Assert.Single(bench.Portfolio().Publications).Interactions[InteractionKind.Comment].Value);
        Assert.Equal(3, bench.Contents()["imports.csv"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void A_file_of_a_thousand_unknown_types_is_told_in_few_notes()
    {
        using var bench = new ImportBench();
        string items = string.Join(',', Enumerable.Range(0, 1_000).Select(at => $"{{\"type\":\"T{at}{new string('x', 500)}\",\"id\":\"{at}\",\"name\":\"n\"}}"));
        ImportedFile file = bench.Take("items.json", "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"type\":\"Collection\",\"items\":[" + items + "]}");

        Assert.Equal((1_001, 1_001), (file.Read, file.Taken));
        Assert.InRange(file.Notes.Count, 2, 110);
        Assert.Contains(file.Notes, note => note.StartsWith("kept as a note, of further kinds: ", StringComparison.Ordinal));
        Assert.All(file.Notes, note => Assert.True(note.Length < 200));
    }

    [Theory]
    [InlineData("Betreff;Versanddatum;Empfänger;Eindeutige Öffnungen\nA;17.05.2024;1.000;300\n", "Title,Sent at,Recipients,Unique opens\nA,2024-05-17,1000,301\n", "A 2024-05-17")]
    [InlineData("Ausgabe;Datum;Auflage;Verkauf\n1/2024;17.05.2024;1.000;900\n", "Issue,Date,Circulation,Sold\n1/2024,2024-05-17T00:00:00,1000,900\n", "1/2024 2024-05-17")]
    [InlineData("Title,Send Date,Total Recipients,Unique Opens,Total Opens,Total Clicks\nA,\"May 17, 2024 09:05 am\",1000,300,450,80\n", "Title,Send Date,Total Recipients,Unique Opens,Total Opens,Total Clicks\nA,2024-05-17 09:05,1000,301,450,80\n", "A 2024-05-17T09:05:00")]
    public void A_sheet_that_is_saved_with_its_days_written_another_way_names_the_same_issues(string first, string second, string id)
    {
        using var bench = new ImportBench();
        bench.Take("first.csv", first);
        bench.Take("second.csv", second);

        Assert.Equal(id, Assert.Single(bench.Portfolio().Publications).Id.Value);
    }

    [Fact]
    public void A_header_with_stray_quotes_is_named()
    {
        using var bench = new ImportBench();
        ImportResult result = bench.Import("posts.csv", "Post ID,\"Publish\" time,Impressions\n1,11/20/2014 09:00,4\n");

        Assert.Contains("line 1 must have quotes around the whole field", Assert.Single(result.Findings).ToString(), StringComparison.Ordinal);
    }
}
