using System.Text;
using Engagement.Core;

namespace Engagement.Import.Tests;

/// <summary>JSON and JSON Lines: strict, streamed, and within limits.</summary>
public class JsonImportTests
{
    private static string Status(int id, int likes = 3) => $$"""{"id":"{{id}}","created_at":"2022-12-01T10:00:00.000Z","in_reply_to_id":null,"replies_count":1,"reblogs_count":2,"favourites_count":{{likes}},"account":{"id":"7","acct":"ihk","followers_count":324,"following_count":5,"statuses_count":9},"reblog":null}""";

    [Fact]
    public void A_status_is_a_publication_and_its_account_an_audience_when_the_day_is_told()
    {
        using var bench = new ImportBench();
        string file = bench.Write("statuses.json", $"[{Status(1)}]");
        ImportResult undated = bench.Import([file]);
        ImportResult dated = Importer.Import(new ImportRequest([file], bench.Folder) { Zone = ImportBench.Berlin, AsOf = new NodaTime.LocalDate(2022, 12, 2) }, cancellationToken: TestContext.Current.CancellationToken);
        Portfolio portfolio = bench.Portfolio();

        Assert.True(undated.IsImported && dated.IsImported);
        Assert.Equal((3, 2, 1), (portfolio.Publications[0].Interactions[InteractionKind.Like].Value, portfolio.Publications[0].Interactions[InteractionKind.Repost].Value, portfolio.Publications[0].Interactions[InteractionKind.Reply].Value));
        Assert.Equal((324, NodaTime.Instant.FromUtc(2022, 12, 1, 23, 0)), (portfolio.Audiences[0].Size.Value, portfolio.Audiences[0].AsOf));
        Assert.Contains(bench.Measurements(), row => (row["metric"], row["value"], row["from"]) == ("followers", "324", ""));
    }

    [Fact]
    public void A_reply_and_a_boost_are_no_publications()
    {
        using var bench = new ImportBench();
        string reply = Status(2).Replace("\"in_reply_to_id\":null", "\"in_reply_to_id\":\"1\"", StringComparison.Ordinal);
        string boost = Status(3).Replace("\"reblog\":null", $"\"reblog\":{Status(4)}", StringComparison.Ordinal);
        bench.Take("statuses.json", $"[{Status(1)},{reply},{boost}]");
        Portfolio portfolio = bench.Portfolio();

        Assert.Equal(["1", "4"], portfolio.Publications.Select(post => post.Id.Value).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal([(InteractionKind.Reply, "1"), (InteractionKind.Repost, "4")], portfolio.Interactions.Select(item => (item.Kind, item.Publication.Value)));
    }

    [Fact]
    public void Elements_that_are_not_strict_are_set_aside_and_the_others_taken()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("statuses.jsonl", Status(1) + "\n{\"id\":\"2\",\"id\":\"3\"}\n\n{\"id\":\"2\",}\n" + Status(4) + "\n{\"a\":\"\\ud800\"}\n");

        Assert.Equal(3, file.Rejected);
        Assert.Equal(2, bench.Portfolio().Publications.Count);
        Assert.Contains("2,,ENG0812,", File.ReadAllText(file.RejectsFile!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1,2")]
    [InlineData("{\"a\":")]
    [InlineData("[{\"a\":1}}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{1:[]}")]
    [InlineData("{ ]:[]}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":\"\u0001\"}")]
    [InlineData("[\"")]
    [InlineData("[\"\\")]
    [InlineData("{")]
    public void What_is_not_JSON_is_refused_and_the_folder_is_not_made(string json)
    {
        using var bench = new ImportBench();
        ImportResult result = bench.Import("statuses.json", json, "activitystreams");

        Assert.False(result.IsImported);
        Assert.StartsWith("ENG08", Assert.Single(result.Findings).Code, StringComparison.Ordinal);
        Assert.False(Directory.Exists(bench.Folder));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void A_million_brackets_are_refused_at_once(string open)
    {
        using var bench = new ImportBench();
        string json = string.Concat(Enumerable.Repeat(open, 1_000_000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        ImportResult result = bench.Import("deep.json", json, "activitystreams");

        Assert.False(result.IsImported);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20);
    }

    [Fact]
    public void Long_arrays_are_read_as_a_stream_whatever_stands_around_them()
    {
        using var bench = new ImportBench();
        string items = string.Join(" ,\n", Enumerable.Range(1, 3_000).Select(id => Status(id)));
        ImportedFile file = bench.Take([bench.Write("answer.json", Encoding.UTF8.GetBytes($"\uFEFF {{ \"next\": null, \"statuses\": [ {items} ], \"total\": 3000 }} "))], "mastodon");

        Assert.Equal(3_000, bench.Portfolio().Publications.Count);
        Assert.Equal(0, file.Rejected);
    }

    [Fact]
    public void A_number_of_nineteen_digits_stays_a_text_and_one_that_is_too_large_is_set_aside()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("tweets.json", """[{"id":1765000000000000001,"created_at":"2024-03-05T13:30:00Z","public_metrics":{"like_count":1,"retweet_count":0}},{"id":"2","created_at":"2024-03-05T13:30:00Z","public_metrics":{"like_count":1e999,"retweet_count":0}}]""");

        Assert.Equal((1, 1), (file.Taken, file.Rejected));
        Assert.Equal("1765000000000000001", Assert.Single(bench.Portfolio().Publications).Id.Value);
    }

    [Fact]
    public void A_line_of_ten_megabytes_is_within_the_limit_and_one_of_twenty_is_refused()
    {
        using var bench = new ImportBench();
        string Long(int megabytes) => Status(2)[..^1] + $",\"content\":\"{new string('x', megabytes << 20)}\"}}";

        Assert.Equal(0, bench.Take("statuses.jsonl", $"{Status(1)}\n{Long(10)}\n{Status(3)}\n").Rejected);
        Assert.Equal(["1", "2", "3"], bench.Portfolio().Publications.Select(post => post.Id.Value).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        ImportResult refused = bench.Import("more.jsonl", $"{Status(4)}\n{Long(20)}\n{Status(5)}\n");
        Assert.False(refused.IsImported);
        Assert.Equal("ENG0811", Assert.Single(refused.Findings).Code);
    }
}
