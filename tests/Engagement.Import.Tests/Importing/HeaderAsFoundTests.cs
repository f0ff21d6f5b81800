using System.Text;
using Engagement.Core;
using NodaTime;

namespace Engagement.Import.Tests;

/// <summary>Exports whose header rows are as public parsers of them, or vendors' manuals, show them (docs/import.md says which); the numbers are made up.</summary>
public class HeaderAsFoundTests
{
    // Header: a public parser of the Business Suite's "post" export.
    private const string FacebookPosts = "\uFEFFPost ID,Page ID,Page name,Title,Description,Duration (sec),Publish time,Caption type,Permalink,Is crosspost,Is share,Post type,Languages,Custom labels,Funded content status,Data comment,Date,Views,Reach,Reach from Organic posts,Reach from Boosted posts,\"Reactions, Comments and Shares\",Reactions,Comments,Shares,Total clicks,Seconds viewed,Average Seconds viewed,3-Second Video Views,1-Minute Video Views\n"
        + "122100000000000001,61,IHK,T,\"a, b\",0,08/14/2025 03:15,,l,0,0,Videos,,,,,Lifetime,\"1,204\",980,900,80,25,20,3,2,40,12345,12.5,800,20\n";

    // Header: a public test of a Facebook Insights export, where a line of explanations follows it and two columns bear one name.
    private const string FacebookInsights = "Post ID,Permalink,Post Message,Type,Countries,Languages,Posted,Audience Targeting,Lifetime Post Total Reach,Lifetime Post organic reach,Lifetime Post Paid Reach,Lifetime Post Total Impressions,Lifetime Engaged Users,Lifetime Post Consumptions,Lifetime Negative Feedback from Users,Lifetime Organic watches at 95%,Lifetime Organic watches at 95%,Lifetime Talking About This (Post) by action type - like,Lifetime Post Stories by action type - like\n"
        + ",,,,,,,,Lifetime: The total number of people your Page post was served to. (Unique Users),Lifetime: …,Lifetime: …,Lifetime: …,Lifetime: …,Lifetime: …,Lifetime: …,Lifetime: …,Lifetime: …,Lifetime: …,Lifetime: …\n"
        + "123_456,l,Hi,Photo,,,03/30/2017 08:02:00 AM,,1000,900,100,1500,60,55,1,0,0,20,22\n";

    // Header: a public page that reads such an export with German headers.
    private const string InstagramGerman = "Beitrags-ID,Konto-ID,Konto-Benutzername,Kontoname,Beschreibung,Dauer (Sek.),Veröffentlichungszeitpunkt,Permalink,Beitragstyp,Datenkommentar,Datum,Aufrufe,Reichweite,„Gefällt mir“-Angaben,Geteilte Inhalte,Follows,Kommentare,Gespeicherte Beiträge\n"
        + "17900000000000001,1784,ihk,IHK,\"a, b\",,01.09.2026 18:00,l,IG Karussell,,Gesamte Laufzeit,7.100,5200,210,31,6,9,96\n";

    // Header: public tests of a reader of tweet activity exports of 2015, when likes were favorites.
    private const string TweetsOf2015 = "\"Tweet id\",\"Tweet permalink\",\"Tweet text\",\"time\",\"impressions\",\"engagements\",\"engagement rate\",\"retweets\",\"replies\",\"favorites\",\"user profile clicks\",\"url clicks\",\"promoted impressions\"\n"
        + "\"649293177409679360\",\"l\",\"x\",\"2015-09-30 18:35 +0000\",\"335.0\",\"2.0\",\"0.006\",\"1.0\",\"0.0\",\"1.0\",\"0.0\",\"0.0\",\"-\"\n";

    // The shape of the overview of the Business Suite: UTF-16, a hint for Excel, and the metric in a line of its own, as several public parsers describe it.
    private const string Overview = "sep=,\r\n\"{0}\"\r\n\"Date\",\"Primary\"\r\n\"2025-08-01T00:00:00\",\"20\"\r\n\"2025-08-02T00:00:00\",\"\"\r\n";

    // The answer of the Graph API in its reference, with the moments at which days end in California.
    private const string GraphInsights = """
        {"data":[
          {"name":"page_impressions","period":"day","values":[{"value":4523,"end_time":"2026-07-01T07:00:00+0000"},{"value":5102,"end_time":"2026-07-02T07:00:00+0000"}],"title":"Daily Total Impressions","id":"1234/insights/page_impressions/day"},
          {"name":"page_impressions_unique","period":"days_28","values":[{"value":312,"end_time":"2026-07-01T07:00:00+0000"}],"id":"1234/insights/page_impressions_unique/days_28"},
          {"name":"page_fans","period":"day","values":[{"value":900,"end_time":"2026-07-01T07:00:00+0000"}],"id":"1234/insights/page_fans/day"},
          {"name":"page_fans_country","period":"day","values":[{"value":{"DE":7},"end_time":"2026-07-01T07:00:00+0000"}],"id":"1234/insights/page_fans_country/day"}],
         "paging":{"next":"https://graph.facebook.com/…"}}
        """;

    private static string[] Figures(ImportBench bench) =>
        [.. bench.Measurements().Select(row => string.Join(' ', new[] { "publication", "metric", "value", "from", "to", "per", "nature", "adds" }.Select(column => row[column]).Where(text => text.Length > 0)))];

    [Fact]
    public void Posts_of_the_Business_Suite_say_how_often_they_were_watched_and_which_columns_were_left_out()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("posts.csv", FacebookPosts);
        Publication post = Assert.Single(bench.Portfolio().Publications);

        Assert.Equal(("facebook/posts", 1204, 980, 20), (file.Source, post.Exposures.Views.Value, post.Exposures.Reach.Persons.Value, post.Interactions[InteractionKind.Like].Value));
        Assert.Contains("122100000000000001 views_3_seconds 800 life total additive", Figures(bench), StringComparer.Ordinal);
        Assert.Contains("122100000000000001 reach_boosted 80 life total unique", Figures(bench), StringComparer.Ordinal);
        Assert.DoesNotContain(bench.Measurements(), row => row["value"] == "12.5");
        Assert.Contains(file.Notes, note => note.Contains("\"Average Seconds viewed\"", StringComparison.Ordinal) && !note.Contains("\"Views\"", StringComparison.Ordinal));
    }

    [Fact]
    public void People_who_liked_are_not_likes_in_the_Insights_of_old()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("insights.csv", FacebookInsights);
        Publication post = Assert.Single(bench.Portfolio().Publications);

        Assert.Equal(("facebook/post-totals", 1, 1, 0), (file.Source, file.Taken, file.Skipped, file.Rejected));
        Assert.Equal((Instant.FromUtc(2017, 3, 30, 6, 2), 22), (post.PublishedAt, post.Interactions[InteractionKind.Like].Value));
        Assert.Contains("123_456 likers 20 life total unique", Figures(bench), StringComparer.Ordinal);
    }

    [Fact]
    public void German_headers_of_the_Business_Suite_are_read_with_German_numbers_and_days()
    {
        using var bench = new ImportBench();
        bench.Take("beiträge.csv", InstagramGerman);
        Publication post = Assert.Single(bench.Portfolio().Publications);

        Assert.Equal((Instant.FromUtc(2026, 9, 1, 16, 0), 7100, 5200, 96, 6), (post.PublishedAt, post.Exposures.Views.Value, post.Exposures.Reach.Persons.Value, post.Interactions[InteractionKind.Save].Value, post.Interactions[InteractionKind.Follow].Value));
    }

    [Fact]
    public void Favourites_of_old_are_likes()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("tweets.csv", TweetsOf2015);

        Assert.Equal((1, 335), (bench.Portfolio().Publications[0].Interactions[InteractionKind.Like].Value, bench.Portfolio().Publications[0].Exposures.Impressions.Value));
        Assert.Contains(file.Notes, note => note.Contains("\"promoted impressions\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Facebook follows", "facebook/overview", "follows 20 2025-08-01 2025-08-02 day flow additive")]
    [InlineData("Facebook reach", "facebook/overview", "reach 20 2025-08-01 2025-08-02 day flow unique")]
    [InlineData("Instagram reach", "instagram/overview", "reach 20 2025-08-01 2025-08-02 day flow unique")]
    public void The_metric_of_an_overview_stands_above_its_header(string title, string source, string figure)
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take([bench.Write("overview.csv", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Overview.Replace("{0}", title, StringComparison.Ordinal))])]);

        Assert.Equal((source, 2), (file.Source, file.Taken));
        Assert.Equal([figure], Figures(bench));
    }

    [Fact]
    public void A_title_that_two_platforms_have_is_asked_for_and_one_that_is_unknown_is_no_number()
    {
        using var bench = new ImportBench();
        ImportResult open = bench.Import("views.csv", Overview.Replace("{0}", "Views", StringComparison.Ordinal));
        ImportedFile told = bench.Take("views.csv", Overview.Replace("{0}", "Views", StringComparison.Ordinal), "instagram");
        ImportedFile unknown = bench.Take("moods.csv", Overview.Replace("{0}", "Facebook moods", StringComparison.Ordinal));

        Assert.Equal("ENG0803", Assert.Single(open.Findings).Code);
        Assert.Equal("instagram/overview", told.Source);
        Assert.Equal(["views 20 2025-08-01 2025-08-02 day flow additive"], Figures(bench));
        Assert.Contains(unknown.Notes, note => note.Contains("\"Facebook moods\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_overviews_in_one_file_are_told_apart_by_their_titles()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("overview.csv", "\"Facebook follows\"\n\"Date\",\"Primary\"\n\"2025-08-01T00:00:00\",\"20\"\n\n\"Facebook visits\"\n\"Date\",\"Primary\"\n\"2025-08-01T00:00:00\",\"7\"\n\n\"Age & gender\"\n\"Age\",\"Women\",\"Men\"\n\"18-24\",\"5%\",\"6%\"\n");

        Assert.Equal(["follows 20 2025-08-01 2025-08-02 day flow additive", "visits 7 2025-08-01 2025-08-02 day flow additive"], Figures(bench));
        Assert.Equal((4, 2, 2), (file.Read, file.Taken, file.Rejected));
    }

    [Fact]
    public void Insights_of_the_Graph_API_are_of_the_day_that_ended_and_the_fans_are_a_stock()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("insights.json", GraphInsights);
        AudienceSnapshot fans = Assert.Single(bench.Portfolio().Audiences);

        Assert.Equal((900, Instant.FromUtc(2026, 7, 1, 7, 0), "1234"), (fans.Size.Value, fans.AsOf, fans.Channel.Value));
        Assert.Equal(["impressions 4523 2026-06-30 2026-07-01 day ended flow additive", "impressions 5102 2026-07-01 2026-07-02 day ended flow additive", "reach 312 2026-06-03 2026-07-01 28 days ended flow unique"], Figures(bench));
        Assert.Contains(file.Notes, note => note.Contains("page_fans_country", StringComparison.Ordinal));
    }

    [Fact]
    public void Insights_of_an_Instagram_account_are_not_of_a_Facebook_page()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("insights.json", """{"data":[{"name":"reach","period":"day","values":[{"value":32,"end_time":"2026-07-01T07:00:00+0000"}],"title":"Reach","id":"1784/insights/reach/day"},{"name":"profile_views","period":"day","total_value":{"value":57},"id":"1784/insights/profile_views/day"}]}""");

        Assert.Equal("instagram/graph-insights, instagram/graph-totals", file.Source);
        Assert.Equal(["reach 32 2026-06-30 2026-07-01 day ended flow unique", "profile_visits 57 period flow additive"], Figures(bench));
    }

    [Fact]
    public void Share_statistics_in_JSON_are_totals_of_a_share_or_a_flow_of_an_interval()
    {
        using var bench = new ImportBench();
        const string Counts = "\"totalShareStatistics\":{\"impressionCount\":500,\"uniqueImpressionsCount\":410,\"clickCount\":12,\"likeCount\":-1,\"commentCount\":4,\"shareCount\":2,\"engagement\":0.034}";
        ImportedFile file = bench.Take("statistics.json", "{\"elements\":[{\"organizationalEntity\":\"urn:li:organization:9\",\"share\":\"urn:li:share:7100000000000000001\"," + Counts + "},{\"organizationalEntity\":\"urn:li:organization:9\",\"timeRange\":{\"start\":1551398400000,\"end\":1554076800000}," + Counts + "}]}");

        Assert.Equal((2, 2), (file.Checks[0].Agreed, file.Checks[0].Compared));
        Assert.Contains("urn:li:share:7100000000000000001 impressions 500 life total additive", Figures(bench), StringComparer.Ordinal);
        Assert.Contains("unique_impressions 410 2019-03-01 2019-04-01 interval flow unique", Figures(bench), StringComparer.Ordinal);
        Assert.Equal(2, bench.Measurements().Count(row => (row["value"], row["flag"]) == ("-1", "correction")));
    }

    [Fact]
    public void Older_exports_of_LinkedIn_call_reposts_shares()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("content.csv", "Date,Impressions (organic),Impressions (sponsored),Impressions (total),Unique impressions (organic),Shares (organic),Shares (sponsored),Shares (total),Engagement rate (total)\n08/01/2025,100,0,100,80,2,0,2,0.09\n");

        Assert.Contains("shares 2 2025-08-01 2025-08-02 day flow additive", Figures(bench), StringComparer.Ordinal);
        Assert.DoesNotContain(bench.Measurements(), row => row["value"] == "0.09");
        Assert.Contains(file.Notes, note => note.Contains("\"Engagement rate (total)\"", StringComparison.Ordinal));
    }

    /// <summary>Headers as programs that read such exports have them; the rows are invented.</summary>
    [Theory]
    [InlineData("facebook/posts", "Post ID,Page ID,Page name,Title,Duration (sec),Publish time,Permalink,Post type,Views,Average Seconds viewed\n1,2,IHK,Hallo,45,09/27/2026 18:30,https://www.facebook.com/reel/1,Reel,\"1,250\",11.2\n2,2,IHK,Foto,,09/28/2026 10:00,https://www.facebook.com/2,Photo,200,\n", 2)]
    [InlineData("facebook/posts", "Video asset ID,Page ID,Page name,Title,Duration (sec),Publish time,Reach,3-second video views,1-minute video views,Reactions,Comments,Shares\n1,2,IHK,Video,180,01/15/2026 14:30,5243,1423,852,35,12,8\n", 1)]
    [InlineData("instagram/posts", "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,Permalink,Post type,Data comment,Date,Views,Likes,Shares,Comments,Saves,Reach,Follows\n1,2,ihk,IHK,Text,0,03/27/2026 06:08,https://www.instagram.com/p/x/,IG image,,Lifetime,160,5,3,2,4,45,1\n", 1)]
    [InlineData("instagram/posts", "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,Permalink,Post type,Views,Reach,Likes,Shares,Follows,Comments,Saves\n1,2,ihk,IHK,Text,44,10/03/2026 08:31,https://www.instagram.com/reel/x/,IG reel,\"12,400\",9100,610,88,41,57,230\n", 1)]
    [InlineData("x/posts", "Tweet id,Tweet permalink,Tweet text,time,impressions,engagements,engagement rate,retweets,replies,likes,user profile clicks,url clicks,hashtag clicks,detail expands,permalink clicks,app opens,app installs,follows,email tweet,dial phone,media views,media engagements\n1,https://twitter.com/ihk/status/1,Hallo,2026-08-15 12:00 +0000,1000,50,0.05,3,2,40,0,5,0,0,0,0,0,0,0,0,0,0\n", 1)]
    [InlineData("x/posts", "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts,Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks\n1,\"Tue, Aug 25, 2026\",Hallo,https://x.com/ihk/status/1,100,10,20,1,2,0,2,7,1,8,9,0,0\n", 1)]
    [InlineData("x/days", "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits,Create Post,Video views,Media views\n\"Tue, Aug 25, 2026\",100,10,20,1,2,5,3,1,2,7,1,8,9\n2026-08-11,100,5,8,1,2,3,0,1,2,4,1,20,25\n", 2)]
    [InlineData("youtube/videos", "Content,Video title,Video publish time,Duration,Likes,Dislikes,New viewers,Returning viewers,Views,Watch time (hours),Subscribers,Thumbnail impressions,Thumbnail click-through rate (%)\nTotal,,,,7940,433,0,0,504631,42600.6525,7421,5943695,5.22\nabc,Ein Video,\"Jan 13, 2026\",161,40,1,0,0,40840,4950.7594,666,163837,21.92\n", 1)]
    [InlineData("youtube/videos", "Video,Video title,Video publish time,Comments added,Shares,Dislikes,Likes,Subscribers lost,Subscribers gained,RPM (USD),CPM (USD),Average percentage viewed (%),Average view duration,Views,Watch time (hours),Subscribers,Your estimated revenue (USD),Impressions,Impressions click-through rate (%)\nabc,Ein Video,\"May 8, 2020\",14,23,1,300,1,40,5.3,12.1,40.2,0:03:09,9000,800.5,39,12.5,120000,3.1\n", 1)]
    [InlineData("linkedin/follower-days", "Date,Sponsored followers,Organic followers,Auto-invited followers,Total followers\n08/01/2025,0,2,1,3\n", 1)]
    [InlineData("mailchimp/campaigns", "Title,Subject,List,Send Date,Send Weekday,Total Recipients,Successful Deliveries,Soft Bounces,Hard Bounces,Total Bounces,Times Forwarded,Forwarded Opens,Unique Opens,Open Rate,Total Opens,Unique Clicks,Click Rate,Total Clicks,Unsubscribes,Abuse Complaints,Times Liked on Facebook,Folder Id,Unique Id,Total Orders,Total Gross Sales,Total Revenue\nBrief,Hallo,Mitglieder,\"Nov 20, 2014 09:00 am\",Thursday,1000,990,5,5,10,0,0,400,40.40%,600,50,5.05%,70,2,0,0,0,abc1,0,0,0\n", 1)]
    public void An_export_is_recognised_by_its_header_and_every_row_of_it_is_taken(string table, string export, int rows)
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("export.csv", export);

        Assert.Equal((table, rows, 0), (file.Source, file.Taken, file.Rejected));
    }

    [Fact]
    public void German_exports_of_LinkedIn_mix_their_languages()
    {
        using var bench = new ImportBench();
        bench.Take("kennzahlen.csv", "Datum;Impressions (organische Updates);Impressions (sponsored Updates);Impressions (insgesamt);Individuelle Impressions (organische Updates);Klicks (insgesamt);Reaktionen (insgesamt);Kommentare (insgesamt);Direkt geteilte Beiträge (insgesamt);Engagement Rate (insgesamt)\n08/01/2025;1.100;0;1.100;80;9;5;1;2;0,09\n", "linkedin");
        Assert.Contains("impressions 1100 2025-08-01 2025-08-02 day flow additive", Figures(bench), StringComparer.Ordinal);
        Assert.Contains("unique_impressions_organic 80 2025-08-01 2025-08-02 day flow unique", Figures(bench), StringComparer.Ordinal);
        Assert.Contains("shares 2 2025-08-01 2025-08-02 day flow additive", Figures(bench), StringComparer.Ordinal);

        ImportedFile posts = bench.Take("beiträge.csv", "Titel des Beitrags;Link veröffentlichen;Art des Beitrags;Veröffentlicht von;Erstellt am;Zielgruppe;Impressions;Aufrufe;Klicks;Klickrate (CTR);Likes;Kommentare;Direkt geteilte Beiträge;Engagement Rate\nHallo;https://www.linkedin.com/feed/update/urn:li:activity:7100000000000000001;Organisch;x;08/01/2025;Alle;1.000;0;80;0,08;15;3;2;0,1\n");
        Publication post = Assert.Single(bench.Portfolio().Publications);
        Assert.Equal(("urn:li:activity:7100000000000000001", 1_000, 15, 2), (post.Id.Value, post.Exposures.Impressions.Value, post.Interactions[InteractionKind.Like].Value, post.Interactions[InteractionKind.Share].Value ?? post.Interactions[InteractionKind.Repost].Value));
        Assert.Equal((1, 1), (posts.Checks[0].Agreed, posts.Checks[0].Compared));
    }

    [Theory]
    [InlineData("window.YTD.tweets.part0 = [{0}]")]
    [InlineData("window.YTD.tweet.part0 = [{0}];")]
    [InlineData("Grailbird.data.tweets_2025_01 = \r\n[{0}]\n")]
    public void Tweets_of_an_archive_are_read_behind_their_assignment_and_retweets_are_reposts(string archive)
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("tweets.js", archive.Replace("{0}", """{"tweet":{"id_str":"1234567890123456789","created_at":"Wed Jan 08 12:00:00 +0000 2025","full_text":"Hallo","favorite_count":"42","retweet_count":"7"}},{"tweet":{"id_str":"1234567890123456790","created_at":"Wed Jan 08 13:00:00 +0000 2025","full_text":"RT @b: foo","favorite_count":"0","retweet_count":"900"}}""", StringComparison.Ordinal));
        Publication tweet = Assert.Single(bench.Portfolio().Publications);

        Assert.Equal(("x/api-tweets", 2), (file.Source, file.Taken));
        Assert.Equal(("1234567890123456789", 42, 7), (tweet.Id.Value, tweet.Interactions[InteractionKind.Like].Value, tweet.Interactions[InteractionKind.Repost].Value));
        Assert.Equal(InteractionKind.Repost, Assert.Single(bench.Portfolio().Interactions).Kind);
    }

    [Theory]
    [InlineData("window.YTD.tweets.part0 [{\"tweet\":{}}]")]
    [InlineData("window.YTD.tweets.part0 = ")]
    [InlineData("window.YTD.tweets.part0 = [{]")]
    [InlineData("window.YTD.follower.part0 = [{\"follower\":{\"accountId\":\"1\"}}]")]
    public void An_archive_without_tweets_is_refused_with_its_reason(string archive)
    {
        using var bench = new ImportBench();
        ImportResult result = bench.Import("tweets.js", archive);

        Assert.False(result.IsImported);
        Assert.StartsWith("ENG08", Assert.Single(result.Findings).Code, StringComparison.Ordinal);
    }

    [Fact]
    public void Posts_of_the_API_without_their_times_are_kept_as_totals()
    {
        using var bench = new ImportBench();
        bench.Take("tweets.json", """{"data":[{"id":"1460323737035677698","text":"Intro","public_metrics":{"retweet_count":7,"reply_count":3,"like_count":38,"quote_count":1}}]}""");

        Assert.Contains("1460323737035677698 likes 38 life total additive", Figures(bench), StringComparer.Ordinal);
    }

    [Fact]
    public void The_video_overview_of_X_is_not_of_YouTube()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("video.csv", "Video overview,,,,,\nDate,Views,Watch Time (ms),Completion Rate,Average Watch Time (ms),Estimated Revenue\n\"Tue, Mar 10, 2026\",10,5000,0.5,500,0\n");

        Assert.Equal("x/video-days", file.Source);
        Assert.Equal(["video_views 10 2026-03-10 2026-03-11 day flow additive", "watch_milliseconds 5000 2026-03-10 2026-03-11 day flow additive"], Figures(bench));
    }

    [Theory]
    [InlineData("62.125", "62.125")]
    [InlineData("1062.125", "1062.125")]
    [InlineData("\"62,1\"", "62.1")]
    public void Hours_watched_have_a_point_whatever_the_language_of_YouTube_Studio(string written, string hours)
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("Tabellendaten.csv", "Videos,Videotitel,Veröffentlichungszeitpunkt des Videos,Dauer,Aufrufe,Wiedergabezeit (Stunden),Abonnenten,Geschätzter Umsatz (EUR),Thumbnail-Impressionen,Thumbnail-Klickrate (%),Kommentare hinzugefügt\nGesamt,,,,1500,62.125,3,0,9000,4.25,7\nabc,T,\"Jan 5, 2021\",300,1500," + written + ",-3,0,9000,4.25,7\n");

        Assert.Equal((1, 1, 0), (file.Taken, file.Skipped, file.Rejected));
        Assert.Equal((9000, 7), (bench.Portfolio().Publications[0].Exposures.Impressions.Value, bench.Portfolio().Publications[0].Interactions[InteractionKind.Comment].Value));
        Assert.Contains($"abc watch_hours {hours} life total additive", Figures(bench), StringComparer.Ordinal);
    }

    [Fact]
    public void A_result_table_of_the_YouTube_Analytics_API_is_read_row_by_row()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("report.json", """
            {"kind":"youtubeAnalytics#resultTable",
             "columnHeaders":[{"name":"day","columnType":"DIMENSION","dataType":"STRING"},{"name":"deviceType","columnType":"DIMENSION","dataType":"STRING"},{"name":"views","columnType":"METRIC","dataType":"INTEGER"},{"name":"averageViewDuration","columnType":"METRIC","dataType":"INTEGER"}],
             "rows":[["2024-01-01","MOBILE",1500,120],["2024-01-01","TV",20,300],["2024-01-02","TV"]]}
            """);

        Assert.Equal(["views 1500 2024-01-01 2024-01-02 day flow additive", "views 20 2024-01-01 2024-01-02 day flow additive"], Figures(bench));
        Assert.Equal(["deviceType=MOBILE", "deviceType=TV"], bench.Measurements().Select(row => row["segment"]), StringComparer.Ordinal);
        Assert.Contains(file.Notes, note => note.Contains("\"averageViewDuration\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_recipients_who_opened_alike_stay_two_and_a_later_export_is_of_the_same_ones()
    {
        using var bench = new ImportBench();
        bench.Take("activity.csv", "\"Email Address\",\"First Name\",\"Last Name\",\"Member Rating\",Opens,Clicks\na@example.com,A,B,3,2,1\nb@example.com,C,D,2,2,1\n");
        bench.Take("later.csv", "\"Email Address\",\"First Name\",\"Last Name\",\"Member Rating\",Opens,Clicks\na@example.com,A,B,3,5,1\n");

        string[] recipients = [.. bench.Measurements().Where(row => row["metric"] == "opens").Select(row => row["segment"])];
        Assert.Equal((3, 2), (recipients.Length, recipients.Distinct(StringComparer.Ordinal).Count()));
        Assert.DoesNotContain("example.com", bench.Contents()["measurements.csv"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_post_of_a_takeout_of_Google_has_its_comments_as_interactions()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("20181201 - Post.json", """
            {"url":"https://plus.google.com/+A/posts/x","creationTime":"2018-12-01 10:00:00+0000","updateTime":"2018-12-01 10:00:00+0000","author":{"displayName":"A","resourceName":"users/1"},"content":"x",
             "plusOnes":[{"plusOner":{"displayName":"B","resourceName":"users/2"}}],
             "comments":[{"creationTime":"2018-12-02 11:00:00+0100","author":{"displayName":"C","resourceName":"users/3"},"content":"y"},{"creationTime":"2018-12-02 11:00:00+0100","author":{"displayName":"C","resourceName":"users/3"},"content":"y"}]}
            """);
        Publication post = Assert.Single(bench.Portfolio().Publications);

        Assert.Equal(("google-plus/posts, google-plus/comments", 3), (file.Source, file.Taken));
        Assert.Equal((1, 2, Instant.FromUtc(2018, 12, 1, 10, 0)), (post.Interactions[InteractionKind.Like].Value, post.Interactions[InteractionKind.Comment].Value, post.PublishedAt));
        Assert.Equal([Instant.FromUtc(2018, 12, 2, 10, 0), Instant.FromUtc(2018, 12, 2, 10, 0)], bench.Portfolio().Interactions.Select(comment => comment.At));
        Assert.All(bench.Portfolio().Interactions, comment => Assert.Equal(("users/3", post.Id), (comment.Actor.Value, comment.Publication)));
    }

    [Theory]
    [InlineData("video_id,trending_date,title,channel_title,category_id,publish_time,tags,views,likes,dislikes,comment_count\na,17.15.11,T,Casey,22,2017-11-13T17:13:01.000Z,x,20,4,1,2\na,17.14.11,T,Casey,22,2017-11-13T17:13:01.000Z,x,10,3,1,1\n", "Casey")]
    [InlineData("video_id,title,publishedAt,channelId,channelTitle,categoryId,trending_date,view_count,likes,dislikes,comment_count\na,T,2017-11-13T17:13:01Z,UC1,Casey,22,2017-11-15T00:00:00Z,20,4,1,2\na,T,2017-11-13T17:13:01Z,UC1,Casey,22,2017-11-14T00:00:00Z,10,3,1,1\n", "UC1")]
    public void A_trending_video_has_the_counts_of_its_newest_day(string export, string channel)
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("videos.csv", export);
        Publication video = Assert.Single(bench.Portfolio().Publications);

        Assert.Equal("youtube/trending", file.Source);
        Assert.Equal((20, 4, 2, channel), (video.Exposures.Views.Value, video.Interactions[InteractionKind.Like].Value, video.Interactions[InteractionKind.Comment].Value, video.Channel.Value));
    }

    [Fact]
    public void Reactions_that_are_told_apart_add_up_to_those_that_are_stated()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("live.csv", "status_id,status_type,status_published,num_reactions,num_comments,num_shares,num_likes,num_loves,num_wows,num_hahas,num_sads,num_angrys,Column1\n2466_1649,video,4/22/2018 6:00,529,512,262,432,92,3,1,1,0,\n");

        Assert.Equal(("facebook/live-sellers", 1, 1), (file.Source, file.Checks[0].Agreed, file.Checks[0].Compared));
        Assert.Equal(432, bench.Portfolio().Publications[0].Interactions[InteractionKind.Like].Value);
        Assert.Contains("2466_1649 reactions_love 92 life total additive", Figures(bench), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("1.18E+18")]
    [InlineData("1,18e+18")]
    public void An_identifier_that_a_spreadsheet_has_rounded_is_set_aside(string id)
    {
        using var bench = new ImportBench();
        ImportResult result = bench.Import("posts.csv", "Post ID,Account username,Publish time,Views\n\"" + id + "\",ihk,03/27/2026 06:08,1\n1180000000000000001,ihk,03/27/2026 06:08,2\n");

        Assert.Equal((1, 1), (result.Files[0].Taken, result.Files[0].Rejected));
        Assert.Equal("ENG0831", Assert.Single(result.Findings).Code);
        Assert.Equal("1180000000000000001", Assert.Single(bench.Portfolio().Publications).Id.Value);
    }

    [Fact]
    public void A_column_that_stands_twice_is_read_once_and_the_other_is_named()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("posts.csv", "Post ID,Account username,Publish time,Views,Views\n1,ihk,03/27/2026 06:08,10,99\n");

        Assert.Equal(10, bench.Portfolio().Publications[0].Exposures.Views.Value);
        Assert.Contains(file.Notes, note => note.Contains("\"Views (once more)\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_later_overlapping_export_replaces_totals_and_the_same_one_adds_nothing()
    {
        using var bench = new ImportBench();
        const string Header = "Post ID,Account username,Publish time,Views,Likes\n";
        bench.Take("june.csv", Header + "1,ihk,03/27/2026 06:08,10,5\n2,ihk,03/28/2026 06:08,7,1\n");
        bench.Take("july.csv", Header + "2,ihk,03/28/2026 06:08,9,\n3,ihk,03/29/2026 06:08,1,0\n");
        SortedDictionary<string, string> before = bench.Contents();
        ImportedFile again = bench.Take("july.csv", Header + "2,ihk,03/28/2026 06:08,9,\n3,ihk,03/29/2026 06:08,1,0\n");

        Assert.Equal((0, 2), (again.Taken, again.Duplicate));
        Assert.Equal(before, bench.Contents());
        Assert.Equal([("1", 10L, 5L), ("2", 9, 1), ("3", 1, 0)], bench.Portfolio().Publications.Select(post => (post.Id.Value, post.Exposures.Views.Value!.Value, post.Interactions[InteractionKind.Like].Value!.Value)).OrderBy(post => post.Item1, StringComparer.Ordinal));
    }

    [Fact]
    public void Days_that_may_be_of_two_platforms_are_asked_for()
    {
        using var bench = new ImportBench();
        ImportResult open = bench.Import("days.csv", "Date,Followers,Impressions,Reach\n01/02/2025,5,6,7\n");
        ImportedFile told = bench.Take("days.csv", "Date,Followers,Impressions,Reach\n01/02/2025,5,6,7\n", "instagram");
        ImportedFile known = bench.Take("page.csv", "Date,Page followers,Impressions,Reach\n01/02/2025,5,6,7\n");

        Assert.Equal("ENG0803", Assert.Single(open.Findings).Code);
        Assert.Equal(("instagram/days", "facebook/days"), (told.Source, known.Source));
        Assert.Equal(2, bench.Measurements().Count(row => (row["metric"], row["value"]) == ("impressions", "6")));
    }

    [Theory]
    [InlineData("Title,Subject,Send Date,Total Recipients,Successful Deliveries,Unique Opens,Total Opens,Unique Clicks,Total Clicks\nA,x,2024-05-17,1000,990,300,450,60,80\nB,x,2024-05-18,1000,980,200,350,50,70\n")]
    [InlineData("Betreff;Versanddatum;Zugestellte Empfänger;Empfänger;Öffnungen;Eindeutige Öffnungen;Klicks\nA;17.05.2024;990;1.000;450;300;80\nB;18.05.2024;980;1.000;350;200;70\n")]
    [InlineData("Id;Betreff;Versanddatum;Zugestellte Empfänger;Empfänger;Öffnungen;Eindeutige Öffnungen;Klicks\n11;A;17.05.2024;990;1.000;450;300;80\n12;B;18.05.2024;980;1.000;350;200;70\n")]
    public void What_was_delivered_belongs_to_its_mailing(string export)
    {
        using var bench = new ImportBench();
        bench.Take("mailings.csv", export);

        Assert.Equal(bench.Portfolio().Publications.Select(mailing => mailing.Id.Value).Order(StringComparer.Ordinal), bench.Measurements().Where(row => row["metric"] == "delivered").Select(row => row["publication"]).Order(StringComparer.Ordinal));
    }
}
