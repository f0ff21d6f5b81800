using Engagement.Core;
using NodaTime;

namespace Engagement.Import.Tests;

/// <summary>Exports as the platforms hand them out, in English and in German; the files are made up in their shapes.</summary>
public class PlatformExportTests
{
    public static TheoryData<string, string, string, string> Posts() => new()
    {
        { "facebook/posts", "1789", "2024-03-05T13:30:00Z", "\"Post ID\",\"Page ID\",\"Page name\",Title,\"Publish time\",Permalink,\"Post type\",Date,Impressions,Reach,\"Reactions, Comments and Shares\",Reactions,Comments,Shares,\"Total clicks\"\n1789,55,IHK,Hallo,\"03/05/2024 14:30\",https://example.org/p,Photos,Lifetime,1200,900,46,40,4,2,17\n" },
        { "facebook/posts", "1789", "2024-03-05T13:30:00Z", "\"Beitrags-ID\";\"Seiten-ID\";Titel;\"Veröffentlichungszeit\";Datum;Impressionen;Reichweite;\"Reaktionen, Kommentare und geteilte Inhalte\";Reaktionen;Kommentare;\"Geteilte Inhalte\";\"Klicks insgesamt\"\n1789;55;Hallo;\"05.03.2024 14:30\";Gesamt;1.200;900;46;40;4;2;17\n" },
        { "instagram/posts", "1789", "2024-03-05T13:30:00Z", "\"Post ID\",\"Account ID\",\"Account username\",\"Account name\",Description,\"Publish time\",Permalink,\"Post type\",Date,Impressions,Reach,Likes,Shares,Comments,Saves,Follows\n1789,55,ihk,IHK,\"Zwei\nZeilen\",\"03/05/2024 14:30\",https://example.org/p,\"IG image\",Lifetime,1200,900,40,2,4,5,1\n" },
        { "instagram/posts", "1789", "2024-03-05T13:30:00Z", "\"Beitrags-ID\",\"Konto-ID\",\"Benutzername des Kontos\",\"Name des Kontos\",\"Veröffentlichungszeit\",Datum,Impressionen,Reichweite,\"„Gefällt mir“-Angaben\",\"Geteilte Inhalte\",Kommentare,\"Gespeichert\"\n1789,55,ihk,IHK,\"03/05/2024 14:30\",Gesamter Zeitraum,1200,900,40,2,4,5\n" },
        { "linkedin/posts", "urn:li:activity:7100000000000000001", "2024-03-04T23:00:00Z", "All posts engagement metrics\nPost title,Post link,Post type,Campaign name,Posted by,Created date,Audience,Impressions,Views,Offsite Views,Clicks,Click through rate (CTR),Likes,Comments,Reposts,Follows,Engagement rate,Content Type\nHallo,https://www.linkedin.com/feed/update/urn:li:activity:7100000000000000001,Organic,,Bob,03/05/2024,,1200,,,17,0.0142,40,4,2,0,0.0525,\n" },
        { "linkedin/posts", "urn:li:activity:7100000000000000001", "2024-03-04T23:00:00Z", "Beitragstitel;Beitragslink;Beitragstyp;Erstellungsdatum;Impressionen;Klicks;Klickrate (CTR);Gefällt mir;Kommentare;Reposts;Follower;Engagement-Rate\nHallo;https://www.linkedin.com/feed/update/urn:li:activity:7100000000000000001/;Organisch;05.03.2024;1.200;17;1,42 %;40;4;2;0;5,25 %\n" },
        { "x/posts", "1765000000000000001", "2024-03-05T13:30:00Z", "\"Tweet id\",\"Tweet permalink\",\"Tweet text\",\"time\",\"impressions\",\"engagements\",\"engagement rate\",\"retweets\",\"replies\",\"likes\",\"user profile clicks\",\"url clicks\"\n\"1765000000000000001\",\"https://twitter.com/ihk/status/1765000000000000001\",\"Hallo\",\"2024-03-05 13:30 +0000\",\"1200.0\",\"63.0\",\"0.0525\",\"2.0\",\"4.0\",\"40.0\",\"1.0\",\"17.0\"\n" },
        { "x/posts", "1765000000000000001", "2024-03-04T23:00:00Z", "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts,Profile visits,Detail Expands,URL Clicks\n1765000000000000001,\"Tue, Mar 5, 2024\",Hallo,https://x.com/ihk/status/1765000000000000001,1200,40,63,1,0,0,4,2,1,3,17\n" },
    };

    [Theory]
    [MemberData(nameof(Posts))]
    public void Posts_of_a_platform_are_publications_with_their_totals(string source, string id, string at, string export)
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("export.csv", export);
        Publication post = Assert.Single(bench.Portfolio().Publications);

        Assert.Equal(source, file.Source);
        Assert.Equal((1, 0), (file.Taken, file.Rejected));
        Assert.Equal((id, at), (post.Id.Value, NodaTime.Text.InstantPattern.ExtendedIso.Format(post.PublishedAt)));
        Assert.Equal((1200, 40, 4), (post.Exposures.Impressions.Value, post.Interactions[InteractionKind.Like].Value, (post.Interactions[InteractionKind.Comment].Value ?? post.Interactions[InteractionKind.Reply].Value)));
        Assert.All(file.Checks, check => Assert.Equal(check.Compared, check.Agreed));
    }

    [Theory]
    [InlineData("Content,Video title,Video publish time,Views,Watch time (hours),Subscribers,Impressions,Impressions click-through rate (%)\nTotal,,,5100,120.5,12,90000,4.2\n-abc_DEF123,Hallo,\"Mar 5, 2024\",5100,120.5,12,90000,4.2\n")]
    [InlineData("Videos,Videotitel,Veröffentlichungszeitpunkt des Videos,Aufrufe,Wiedergabezeit (Stunden),Abonnenten,Impressionen,Klickrate der Impressionen (%)\nGesamt,,,5100,\"120,5\",12,90000,\"4,2\"\n-abc_DEF123,Hallo,5. März 2024,5.100,\"120,5\",12,90000,\"4,2\"\n")]
    public void A_table_of_YouTube_Studio_has_a_total_that_is_no_video(string export)
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("Tabellendaten.csv", export);
        Publication video = Assert.Single(bench.Portfolio().Publications);

        Assert.Equal(("youtube/videos", 2, 1, 1), (file.Source, file.Read, file.Taken, file.Skipped));
        Assert.Equal(("-abc_DEF123", 5_100, 90_000), (video.Id.Value, video.Exposures.Views.Value, video.Exposures.Impressions.Value));
        Assert.Contains("'-abc_DEF123", bench.Contents()["publications.csv"], StringComparison.Ordinal);
        Assert.Contains(bench.Measurements(), row => (row["metric"], row["value"], row["nature"]) == ("watch_hours", "120.5", "total"));
    }

    [Fact]
    public void Days_of_a_page_are_flows_its_likes_a_stock_and_uniques_of_a_week_are_of_a_week()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("page.csv", """
            Date,Lifetime Total Likes,Daily New Likes,Daily Unlikes,Daily Page Engaged Users,Weekly Page Engaged Users,Daily Total Reach,Daily Total Impressions
            ,"Lifetime: The total number of people who have liked your Page. (Unique Users)",Daily: …,Daily: …,Daily: …,Weekly: …,Daily: …,Daily: …
            2014-11-20,324,3,1,17,60,210,400
            """);

        Assert.Equal(("facebook/page-days", 1, 1), (file.Source, file.Taken, file.Skipped));
        AudienceSnapshot likes = Assert.Single(bench.Portfolio().Audiences);
        Assert.Equal((324, Instant.FromUtc(2014, 11, 19, 23, 0)), (likes.Size.Value, likes.AsOf));
        Dictionary<string, Dictionary<string, string>> rows = bench.Measurements().ToDictionary(row => row["metric"], StringComparer.Ordinal);
        Assert.Equal(("400", "flow", "additive", "2014-11-20", "2014-11-21"), (rows["impressions"]["value"], rows["impressions"]["nature"], rows["impressions"]["adds"], rows["impressions"]["from"], rows["impressions"]["to"]));
        Assert.Equal(("unique", "day"), (rows["reach"]["adds"], rows["reach"]["per"]));
        Assert.Equal(("unique", "2014-11-14", "2014-11-21"), (rows["engaged_users_week"]["adds"], rows["engaged_users_week"]["from"], rows["engaged_users_week"]["to"]));
    }

    [Fact]
    public void Counts_of_a_day_never_become_totals_of_a_post()
    {
        using var bench = new ImportBench();
        bench.Take("posts.csv", "Post ID,Publish time,Date,Impressions,Reactions\n1,03/05/2024 14:30,03/05/2024,100,7\n1,03/05/2024 14:30,03/06/2024,50,2\n");
        Publication post = Assert.Single(bench.Portfolio().Publications);

        Assert.Equal(CountState.Missing, post.Exposures.Impressions.State);
        Assert.True(post.Interactions.IsEmpty);
        Assert.Equal([("100", "2024-03-05"), ("50", "2024-03-06")], bench.Measurements().Where(row => row["metric"] == "impressions").Select(row => (row["value"], row["from"])));
    }

    [Fact]
    public void New_followers_of_a_day_on_LinkedIn_are_no_audience()
    {
        using var bench = new ImportBench();
        bench.Take("followers.csv", "Date,Sponsored followers,Organic followers,Auto-invited followers,Total followers\n03/05/2024,0,4,1,5\n", "linkedin");

        Assert.DoesNotContain(bench.Measurements(), row => row["nature"] == "stock");
        Assert.Equal("5", bench.Measurements().Single(row => row["metric"] == "follows")["value"]);
        Assert.DoesNotContain("audiences.csv", bench.Contents().Keys, StringComparer.Ordinal);
    }

    [Fact]
    public void A_campaign_of_Mailchimp_has_opens_as_views_and_openers_as_reach()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("campaigns.csv", "Title,Subject,List,Send Date,Send Weekday,Total Recipients,Successful Deliveries,Soft Bounces,Hard Bounces,Total Bounces,Times Forwarded,Forwarded Opens,Unique Opens,Open Rate,Total Opens,Unique Clicks,Click Rate,Total Clicks,Unsubscribes,Abuse Complaints,Unique Id\nNovember,Neues,Mitglieder,\"Nov 20, 2014 09:00 am\",Thursday,\"1,200\",\"1,000\",150,50,200,0,0,420,42.00%,640,77,7.70%,91,3,0,c2b4c1c0d9\n");
        Publication mailing = Assert.Single(bench.Portfolio().Publications);

        Assert.Equal(Instant.FromUtc(2014, 11, 20, 8, 0), mailing.PublishedAt);
        Assert.Equal((420, 640, 91, 3), (mailing.Exposures.Reach.Persons.Value, mailing.Exposures.Views.Value, mailing.Interactions[InteractionKind.Click].Value, mailing.Interactions[InteractionKind.Unfollow].Value));
        Assert.Equal(2, file.Checks.Count);
        Assert.All(file.Checks, check => Assert.Equal((1, 1), (check.Agreed, check.Compared)));
        Assert.Equal(ChannelForm.MailingList, bench.Portfolio().Channels[0].Form);
    }

    [Fact]
    public void The_report_of_one_campaign_of_Mailchimp_is_read_from_names_beside_their_values()
    {
        const string Report = "Email Campaign Report\n\"Title:\",\"November\"\n\"Subject Line:\",\"Neues, für alle\"\n\"Delivery Date/Time:\",\"Thu, Nov 20, 2014 9:05\"\n\n\"Overall Stats\"\n"
            + "\"Total Recipients:\",\"1,200\"\n\"Successful Deliveries:\",\"1,000\"\n\"Bounces:\",\"200 (16.7%)\"\n\"Times Forwarded:\",\"2\"\n\"Forwarded Opens:\",\"0\"\n\"Recipients Who Opened:\",\"420 (42.0%)\"\n\"Total Opens:\",\"640\"\n\"Last Open Date:\",\"4/30/21 6:04\"\n"
            + "\"Recipients Who Clicked:\",\"77 (7.7%)\"\n\"Total Clicks:\",\"91\"\n\"Last Click Date:\",\"4/30/21 6:01\"\n\"Total Unsubs:\",\"3\"\n\"Total Abuse Complaints:\",\"1\"\n\"Times Liked on Facebook:\",\"0\"\n\n";
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("report.csv", Report + "\"Clicks by URL\"\n\"URL\",\"Total Clicks\",\"Unique Clicks\"\n\"https://example.org/?a=1,2\",\"80\",\"70\"\n");
        Publication mailing = Assert.Single(bench.Portfolio().Publications);

        Assert.Equal(Instant.FromUtc(2014, 11, 20, 8, 5), mailing.PublishedAt);
        Assert.Equal((420, 640, 91, 3), (mailing.Exposures.Reach.Persons.Value, mailing.Exposures.Views.Value, mailing.Interactions[InteractionKind.Click].Value, mailing.Interactions[InteractionKind.Unfollow].Value));
        string[] measurements = bench.Contents()["measurements.csv"].Split('\n');
        foreach ((string metric, int value) in new[] { ("recipients", 1_200), ("delivered", 1_000), ("bounces", 200), ("unique_clicks", 77), ("complaints", 1) })
        {
            Assert.Contains(measurements, line => line.Contains($",{metric},", StringComparison.Ordinal) && line.Contains(FormattableString.Invariant($",{value},"), StringComparison.Ordinal));
        }

        Assert.Equal((3, true), (file.Checks.Count, file.Checks.All(check => (check.Agreed, check.Compared) == (1, 1))));
        Assert.Contains("the sheet \"Clicks by URL\" has no table that the source knows: its 2 rows were left out", file.Notes, StringComparer.Ordinal);

        // Without the table of clicks, by its whole; and an A/B test, whose combinations stand one below the other, is not taken for one campaign.
        using var alone = new ImportBench();
        alone.Take("report.csv", Report);
        Assert.Equal(bench.Portfolio().Publications, alone.Portfolio().Publications);
        using var test = new ImportBench();
        ImportResult refused = test.Import("report.csv", "Campaign Report\n\"Title:\",\"Both\"\n\"Delivery Date/Time:\",\"Sat, May 1, 2021 10:15\"\n\n\"Combination 1 Stats\"\n\"Total Recipients:\",\"10\"\n\"Recipients Who Opened:\",\"1 (10.0%)\"\n\"Total Opens:\",\"1\"\n\"Total Clicks:\",\"1\"\n");
        Assert.False(refused.IsImported);
        Assert.Contains(refused.Findings, finding => finding.Code == ImportCodes.NotRecognised);
    }

    [Fact]
    public void A_row_among_the_names_of_a_report_that_is_none_of_them_is_set_aside()
    {
        const string Pairs = "Email Campaign Report\n\"Title:\",\"{0}\"\n\"Delivery Date/Time:\",\"Thu, Nov 20, 2014 9:05\"\n{1}\n\"Overall Stats\"\n\"Total Recipients:\",\"10\"\n\"Recipients Who Opened:\",\"4\"\n\"Total Opens:\",\"6\"\n\"Total Clicks:\",\"1\"\n";
        foreach ((string row, string code) in new[] { ("und mehr\n", ImportCodes.FieldCount), ("Subject Line:\n", ImportCodes.FieldCount), ("Neu\"es\"\n", ImportCodes.BrokenRow), ("\"Neu\"es,\"für\"\n", ImportCodes.BrokenRow) })
        {
            using var bench = new ImportBench();
            ImportedFile file = bench.Take("report.csv", string.Format(System.Globalization.CultureInfo.InvariantCulture, Pairs, "November", row));
            Assert.Equal((1L, 1L), (file.Taken, file.Rejected));
            Assert.Contains(code, File.ReadAllText(file.RejectsFile!), StringComparison.Ordinal);
            Assert.Equal(6, Assert.Single(bench.Portfolio().Publications).Exposures.Views.Value);
        }

        // Bytes of another encoding are refused.
        byte[] ansi = System.Text.Encoding.Latin1.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, Pairs, "Für alle", ""));
        using var other = new ImportBench();
        ImportResult refused = other.Import([other.Write("report.csv", ansi)]);
        Assert.Contains(refused.Findings, finding => finding.Code == ImportCodes.NotText);
    }

    [Fact]
    public void A_table_below_the_names_of_a_report_goes_on_where_a_row_has_one_value_alone()
    {
        const string Report = "Email Campaign Report\n\"Title:\",\"November\"\n\"Delivery Date/Time:\",\"Thu, Nov 20, 2014 9:05\"\n\"Total Recipients:\",\"10\"\n\"Recipients Who Opened:\",\"4\"\n\"Total Opens:\",\"6\"\n\"Total Clicks:\",\"1\"\n\n\"Clicks by URL\"\nURL,Total Clicks\nhttps://example.org/1,\nhttps://example.org/2,3\n";
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("report.csv", Report);
        Assert.Contains("the sheet \"Clicks by URL\" has no table that the source knows: its 3 rows were left out", file.Notes, StringComparer.Ordinal);
    }

    [Fact]
    public void A_sheet_by_hand_keeps_where_each_figure_comes_from()
    {
        using var bench = new ImportBench();
        bench.Take("xing.csv", "Kanal;Datum;Mitglieder;Einheit;Quelle\nxing-tio;20.11.2014;9.000;person;abgelesen von der Startseite\ngoogle-plus;20.11.2014;38;;\n");
        Portfolio portfolio = bench.Portfolio();

        Assert.Equal((9_000, UnitOfCount.Person, "abgelesen von der Startseite"), (portfolio.Audiences[0].Size.Value, portfolio.Audiences[0].Unit, portfolio.Audiences[0].Source));
        Assert.Equal((38, UnitOfCount.Account), (portfolio.Audiences[1].Size.Value, portfolio.Audiences[1].Unit));
    }

    [Fact]
    public void A_printed_title_has_its_circulation_as_potential_reach_in_copies()
    {
        using var bench = new ImportBench();
        bench.Take("heft.csv", "Ausgabe;Erscheinungstag;Druckauflage;Verbreitung;Verkauf;Leser je Exemplar\n11/2014;01.11.2014;115.000;110.500;0;2,3\n");
        Portfolio portfolio = bench.Portfolio();

        Assert.Equal((110_500, UnitOfCount.Copy), (portfolio.Audiences[0].Size.Value, portfolio.Audiences[0].Unit));
        Assert.Equal((ChannelForm.PrintTitle, Platform.Magazine), (portfolio.Channels[0].Form, portfolio.Channels[0].Platform));
        Assert.Contains(bench.Measurements(), row => (row["metric"], row["value"], row["nature"]) == ("readers_per_copy", "2.3", "stock"));
    }

    [Fact]
    public void An_outbox_of_Mastodon_is_ones_own_posts_replies_and_boosts()
    {
        using var bench = new ImportBench();
        bench.Take("outbox.json", """
            {
              "@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json", "type": "OrderedCollection", "totalItems": 5,
              "orderedItems": [
                { "id": "https://m.example/1/activity", "type": "Create", "actor": "https://m.example/ihk", "published": "2022-12-01T10:00:00Z",
                  "object": { "id": "https://m.example/1", "type": "Note", "published": "2022-12-01T10:00:00Z", "inReplyTo": null, "likes": { "type": "Collection", "totalItems": 3 }, "shares": { "type": "Collection", "totalItems": 2 }, "replies": { "type": "Collection" } } },
                { "id": "https://m.example/2/activity", "type": "Create", "actor": "https://m.example/ihk", "published": "2022-12-01T11:00:00Z",
                  "object": { "id": "https://m.example/2", "type": "Note", "inReplyTo": "https://other.example/9" } },
                { "id": "https://m.example/3/activity", "type": "Announce", "actor": "https://m.example/ihk", "published": "2022-12-02T10:00:00Z", "object": "https://other.example/8" },
                { "id": "https://m.example/4", "type": "Undo", "published": "2022-12-03T10:00:00Z", "object": { "type": "Follow", "actor": "https://m.example/ihk", "object": "https://other.example/u" } },
                { "id": "https://m.example/5", "type": "Teleport", "published": "2022-12-03T10:00:00Z" }
              ]
            }
            """);
        Portfolio portfolio = bench.Portfolio();

        Publication post = Assert.Single(portfolio.Publications);
        Assert.Equal(("https://m.example/1", 3, 2), (post.Id.Value, post.Interactions[InteractionKind.Like].Value, post.Interactions[InteractionKind.Repost].Value));
        Assert.Equal([(InteractionKind.Reply, ActorRole.Organisation), (InteractionKind.Repost, ActorRole.Organisation), (InteractionKind.Unfollow, ActorRole.Organisation)], portfolio.Interactions.Select(item => (item.Kind, item.Role)));
    }

    [Fact]
    public void Posts_of_the_second_version_of_the_API_are_read_from_JSON_and_from_JSON_Lines()
    {
        const string Post = """{"id":"1765000000000000001","author_id":"77","created_at":"2024-03-05T13:30:00.000Z","public_metrics":{"retweet_count":2,"reply_count":4,"like_count":40,"quote_count":1,"bookmark_count":0,"impression_count":1200}}""";
        using var whole = new ImportBench();
        using var lines = new ImportBench();
        whole.Take("tweets.json", "{\"data\":[" + Post + "],\"meta\":{\"result_count\":1}}");
        lines.Take("tweets.jsonl", Post + "\n" + Post.Replace("000001", "000002", StringComparison.Ordinal) + "\n");

        Assert.Equal(("1765000000000000001", 1200, 1), (whole.Portfolio().Publications[0].Id.Value, whole.Portfolio().Publications[0].Exposures.Impressions.Value, whole.Portfolio().Publications[0].Interactions[InteractionKind.Quote].Value));
        Assert.Equal(2, lines.Portfolio().Publications.Count);
    }
}
