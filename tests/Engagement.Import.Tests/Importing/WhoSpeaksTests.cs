using Engagement.Core;

namespace Engagement.Import.Tests;

/// <summary>Whose a post, a reply, a boost or an account is.</summary>
public class WhoSpeaksTests
{
    private const string Status = """{"id":"ID","created_at":"2024-03-05T10:00:00.000Z","in_reply_to_id":PARENT,"visibility":"VISIBILITY","replies_count":0,"reblogs_count":0,"favourites_count":2,"account":{"id":"ACCOUNT","acct":"ACCOUNT","followers_count":40,"following_count":1,"statuses_count":9}}""";

    private static string StatusOf(string id, string account, string parent = "null", string visibility = "public") =>
        Status.Replace("ID", id, StringComparison.Ordinal).Replace("ACCOUNT", account, StringComparison.Ordinal).Replace("PARENT", parent, StringComparison.Ordinal).Replace("VISIBILITY", visibility, StringComparison.Ordinal);

    private static Dictionary<string, Interaction> Interactions(ImportBench bench) => bench.Portfolio().Interactions.ToDictionary(one => one.Id.Value, StringComparer.Ordinal);

    [Fact]
    public void An_archive_of_tweets_has_the_accounts_own_replies_and_reposts()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("tweets.js", """
            window.YTD.tweets.part0 = [
              {"tweet":{"id_str":"1","created_at":"Wed Jan 08 12:00:00 +0000 2025","full_text":"Hallo","favorite_count":"3","retweet_count":"1"}},
              {"tweet":{"id_str":"2","created_at":"Wed Jan 08 13:00:00 +0000 2025","full_text":"RT @b: foo","favorite_count":"0","retweet_count":"900"}},
              {"tweet":{"id_str":"3","created_at":"Wed Jan 08 14:00:00 +0000 2025","full_text":"@b ja","favorite_count":"4","retweet_count":"0","in_reply_to_status_id_str":"1"}}
            ]
            """);

        Assert.Equal(0, file.Rejected);
        Assert.Equal("1", Assert.Single(bench.Portfolio().Publications).Id.Value);
        Dictionary<string, Interaction> said = Interactions(bench);
        Assert.Equal((InteractionKind.Repost, ActorRole.Organisation), (said["2"].Kind, said["2"].Role));
        Assert.Equal((InteractionKind.Reply, ActorRole.Organisation, "1"), (said["3"].Kind, said["3"].Role, said["3"].Publication.Value));
        Assert.Contains(bench.Measurements(), row => (row["publication"], row["metric"], row["value"]) == ("3", "likes", "4"));
    }

    [Fact]
    public void Replies_in_an_answer_of_the_API_are_the_accounts_own_and_no_publications()
    {
        using var bench = new ImportBench();
        bench.Take("tweets.json", """{"data":[{"id":"1","author_id":"7","created_at":"2025-01-08T12:00:00Z","text":"?","public_metrics":{"like_count":3,"retweet_count":1}},{"id":"2","author_id":"7","conversation_id":"1","in_reply_to_user_id":"9","created_at":"2025-01-08T13:00:00Z","text":"@x Ja","public_metrics":{"like_count":5,"retweet_count":0}}]}""");

        Assert.Equal("1", Assert.Single(bench.Portfolio().Publications).Id.Value);
        Interaction reply = Interactions(bench)["2"];
        Assert.Equal((InteractionKind.Reply, ActorRole.Organisation, "1"), (reply.Kind, reply.Role, reply.Publication.Value));
        Assert.Contains(bench.Measurements(), row => (row["publication"], row["metric"], row["value"]) == ("2", "likes", "5"));
    }

    [Fact]
    public void What_an_account_replies_on_Mastodon_is_its_own_and_what_others_reply_in_its_channel_is_not()
    {
        using var bench = new ImportBench();
        bench.Take("statuses.json", $"[{StatusOf("1", "7")},{StatusOf("2", "7", "\"1\"")},{StatusOf("3", "7", visibility: "direct")}]");

        Assert.Equal("1", Assert.Single(bench.Portfolio().Publications).Id.Value);
        Assert.Equal(ActorRole.Organisation, Interactions(bench)["2"].Role);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData("ours", false)]
    [InlineData("ours", true)]
    public void Who_replies_under_a_post_of_ours_is_somebody_there_in_whatever_order_they_come(string? channel, bool isNewestFirst)
    {
        string[] statuses = [StatusOf("1", "7"), StatusOf("2", "9", "\"1\""), StatusOf("3", "7", "\"2\"")];
        if (isNewestFirst) Array.Reverse(statuses);
        using var bench = new ImportBench();
        ImportResult result = Importer.Import(new ImportRequest([bench.Write("context.json", $"[{string.Join(',', statuses)}]")], bench.Folder) { Zone = ImportBench.Berlin, Channel = channel, AsOf = new NodaTime.LocalDate(2024, 3, 7) }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(0, result.ErrorCount);
        Assert.Equal(channel ?? "7", Assert.Single(bench.Portfolio().Channels).Id.Value);
        Assert.Equal(40, Assert.Single(bench.Portfolio().Audiences).Size.Value);
        Dictionary<string, Interaction> said = Interactions(bench);
        Assert.Equal((channel ?? "7", ActorRole.Unknown, "1"), (said["2"].Channel.Value, said["2"].Role, said["2"].Publication.Value));
        Assert.Equal((channel ?? "7", ActorRole.Organisation, "2"), (said["3"].Channel.Value, said["3"].Role, said["3"].ReplyTo.Value));
    }

    [Fact]
    public void Of_two_accounts_of_ours_one_answers_under_the_posts_of_the_other_in_its_own_channel()
    {
        using var bench = new ImportBench();
        bench.Take("statuses.json", $"[{StatusOf("1", "7")},{StatusOf("2", "8")},{StatusOf("3", "8", "\"1\"")}]");

        Interaction said = Assert.Single(bench.Portfolio().Interactions);
        Assert.Equal(("8", ActorRole.Organisation), (said.Channel.Value, said.Role));
    }

    [Fact]
    public void A_guest_who_answers_a_reply_of_ours_stands_with_it_and_a_guest_alone_is_not_the_organisation()
    {
        using var bench = new ImportBench();
        bench.Take("statuses.json", $"[{StatusOf("1", "7")},{StatusOf("2", "7", "\"1\"")},{StatusOf("3", "9", "\"2\"")},{StatusOf("4", "9", "\"3\"")}]");

        Assert.Equal("7", Assert.Single(bench.Portfolio().Channels).Id.Value);
        Assert.Equal([("2", "7", ActorRole.Organisation), ("3", "7", ActorRole.Unknown), ("4", "7", ActorRole.Unknown)], bench.Portfolio().Interactions.OrderBy(one => one.Id.Value, StringComparer.Ordinal).Select(one => (one.Id.Value, one.Channel.Value, one.Role)));

        bench.Take("lone.json", $"[{StatusOf("5", "9", "\"1\"")}]");
        Assert.Equal(("7", ActorRole.Unknown), Interactions(bench)["5"] is var lone ? (lone.Channel.Value, lone.Role) : default);
    }

    [Fact]
    public void A_row_that_is_a_publication_and_its_authors_words_has_its_channel()
    {
        using var bench = new ImportBench();
        string file = bench.Write("forum.csv", "Thread,Day,Author\nt1,2024-03-05,bob\n");
        string mappings = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(file)!, "maps")).FullName;
        File.WriteAllText(Path.Combine(mappings, "forum.json"), """
            {"id":"forum","name":"Forum","about":"Threads.","platform":"forum","form":"group","unit":"person","tables":[{"id":"threads","about":"Threads.","fields":{"id":["Thread"],"at":["Day"],"author":["Author"]},"match":["id","at","author"],
            "facts":[{"fact":"publication","id":"{id}","channel":"{author}","at":"{at}"},{"fact":"interaction","id":"{id}","channel":"{author}","kind":"question","at":"{at}","actor":"{author}"}]}]}
            """);
        ImportResult result = Importer.Import(new ImportRequest([file], bench.Folder) { Zone = ImportBench.Berlin, Mappings = mappings }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(result.IsImported, string.Join('\n', result.Findings));
        Assert.Equal("bob", Assert.Single(bench.Portfolio().Channels).Id.Value);
        Assert.Equal("t1", Assert.Single(bench.Portfolio().Publications).Id.Value);
    }

    [Fact]
    public void Under_a_post_of_a_channel_that_closed_before_nobody_is_placed()
    {
        using var bench = new ImportBench();
        bench.Take("statuses.json", $"[{StatusOf("1", "7")}]");
        string channels = Path.Combine(bench.Folder, "channels.csv");
        string[] lines = File.ReadAllLines(channels);
        string[] header = lines[0].Split(',');
        string[] cells = lines[1].Split(',');
        cells[Array.IndexOf(header, "closed")] = "2024-03-05";
        File.WriteAllLines(channels, [lines[0], string.Join(',', cells)]);
        bench.Take("late.json", $"[{StatusOf("2", "9", "\"1\"").Replace("2024-03-05", "2024-03-09", StringComparison.Ordinal)}]");

        Assert.Equal("9", Assert.Single(bench.Portfolio().Interactions).Channel.Value);
    }

    [Fact]
    public void A_post_that_was_taken_for_a_publication_is_not_a_reply_as_well()
    {
        string tweet(string more) => $$$"""{"data":[{"id":"5","author_id":"7","created_at":"2025-01-08T12:00:00Z","text":"@x Ja"{{{more}}},"public_metrics":{"like_count":3,"retweet_count":1}}]}""";
        using var bench = new ImportBench();
        bench.Take("before.json", tweet(""));
        bench.Take("after.json", tweet(",\"in_reply_to_user_id\":\"9\",\"conversation_id\":\"5\""));

        Assert.Equal("5", Assert.Single(bench.Portfolio().Publications).Id.Value);
        Assert.Empty(bench.Portfolio().Interactions);
    }

    [Fact]
    public void Notifications_tell_who_did_what_and_make_no_channel_of_anybody()
    {
        using var bench = new ImportBench();
        string fan = """{"id":"9","acct":"fan","followers_count":400,"following_count":1,"statuses_count":9}""";
        string notification(string id, string type, string status) => $$$"""{"id":"{{{id}}}","type":"{{{type}}}","created_at":"2024-03-06T10:00:00.000Z","account":{{{fan}}},"status":{{{status}}} }""";
        string mention = StatusOf("5", "9", "\"1\"");
        string statuses = bench.Write("statuses.json", $"[{StatusOf("1", "7")}]");
        string notifications = bench.Write("notifications.json", $"[{notification("31", "favourite", StatusOf("1", "7"))},{notification("32", "reblog", StatusOf("1", "7"))},{notification("33", "mention", mention)}]");
        ImportResult result = Importer.Import(new ImportRequest([statuses, notifications], bench.Folder) { Zone = ImportBench.Berlin, AsOf = new NodaTime.LocalDate(2024, 3, 7) }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(0, result.ErrorCount);
        Assert.Equal("7", Assert.Single(bench.Portfolio().Channels).Id.Value);
        Assert.Equal(40, Assert.Single(bench.Portfolio().Audiences).Size.Value);
        Assert.Equal("1", Assert.Single(bench.Portfolio().Publications).Id.Value);
        Dictionary<string, Interaction> said = Interactions(bench);
        Assert.Equal([("5", InteractionKind.Reply, "1"), ("notification 31", InteractionKind.Like, "1"), ("notification 32", InteractionKind.Repost, "1")], said.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value.Kind, one.Value.Publication.Value)));
        Assert.All(said.Values, one => Assert.Equal(("9", ActorRole.Unknown), (one.Actor.Value, one.Role)));
    }

    [Fact]
    public void A_message_for_a_single_person_in_an_outbox_is_no_publication()
    {
        string create(string id, string to) => $$$"""{"id":"{{{id}}}/activity","type":"Create","actor":"https://m/users/ihk","published":"2024-03-05T10:00:00Z","to":{{{to}}},"cc":[],"object":{"id":"{{{id}}}","type":"Note","published":"2024-03-05T10:00:00Z","content":"x"}}""";
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("outbox.json", $$"""{"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection","totalItems":6,"orderedItems":[{{create("https://m/1", "[\"https://www.w3.org/ns/activitystreams#Public\"]")}},{{create("https://m/2", "[\"https://m/users/anna\"]")}},{{create("https://m/3", "\"https://m/users/ihk/followers\"")}},{{create("https://m/4", "[]")}},{{create("https://m/5", "[\"https://f/followers/ihk\"]")}},{{create("https://m/6", "[\"https://m/users/OePublic\"]")}}]}""");

        Assert.Equal(["https://m/1", "https://m/3", "https://m/4", "https://m/5"], bench.Portfolio().Publications.Select(post => post.Id.Value).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Contains(file.Notes, note => note.Contains("private message", StringComparison.Ordinal));
    }

    [Fact]
    public void What_visitors_post_on_a_page_is_theirs()
    {
        using var bench = new ImportBench();
        bench.Take("feed.json", """{"data":[{"id":"55_1","created_time":"2024-03-05T10:00:00+0000","from":{"id":"55"},"permalink_url":"https://f/1"},{"id":"55_2","created_time":"2024-03-05T11:00:00+0000","from":{"id":"77"},"permalink_url":"https://f/2"},{"id":"3","created_time":"2024-03-05T12:00:00+0000","from":{"id":"55"},"permalink_url":"https://f/3"},{"id":"55_4","created_time":"2024-03-05T13:00:00+0000","permalink_url":"https://f/4","comments":{"data":[{"id":"1_9","created_time":"2024-03-05T14:00:00+0000","permalink_url":"https://f/9"}]}}]}""");

        Assert.Equal(["3", "55_1", "55_4"], bench.Portfolio().Publications.Select(post => post.Id.Value).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Interaction post = Assert.Single(bench.Portfolio().Interactions);
        Assert.Equal(("55_2", InteractionKind.Post, "77", ActorRole.Unknown), (post.Id.Value, post.Kind, post.Actor.Value, post.Role));
    }
}
