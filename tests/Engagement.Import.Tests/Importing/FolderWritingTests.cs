using Engagement.Core;

namespace Engagement.Import.Tests;

/// <summary>Writing a folder: complete or as before, and harmless for spreadsheets.</summary>
public class FolderWritingTests
{
    private static readonly System.Text.Json.JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+49 521")]
    [InlineData("-abc")]
    [InlineData("@ihk")]
    [InlineData("'=1")]
    [InlineData("''@x")]
    [InlineData("'abc")]
    [InlineData("\uFF1Dx")]
    [InlineData("abc")]
    public void A_text_that_begins_like_a_formula_is_neutral_in_the_file_and_itself_when_read(string text)
    {
        using var bench = new ImportBench();
        var channel = new Channel("c", text, Platform.Xing, ChannelForm.Group);
        Portfolio portfolio = Portfolio.For(new Organisation("ihk", "IHK", ImportBench.Berlin)).Add(channel).Add(new AudienceSnapshot(channel.Id, NodaTime.Instant.FromUtc(2014, 11, 20, 0, 0), Count.Observed(1), UnitOfCount.Person) { Source = text }).Build();
        PortfolioFolder.Write(portfolio, bench.Folder);

        Assert.Equal(portfolio, bench.Portfolio());
        Assert.DoesNotMatch("(?m)(^|,)\"?[\\s]*[=+@\uFF1D-]", bench.Contents()["channels.csv"]);
    }

    [Fact]
    public void What_was_committed_is_read_complete_although_the_files_were_not_moved_yet()
    {
        using var bench = new ImportBench();
        bench.Take("posts.csv", "Post ID,Publish time,Impressions\n1,03/05/2024 14:30,1\n");
        string staging = Path.Combine(bench.Folder, ".import");
        Directory.CreateDirectory(staging);
        string publications = Path.Combine(bench.Folder, "publications.csv");
        string channels = Path.Combine(bench.Folder, "channels.csv");
        File.WriteAllText(Path.Combine(staging, "0.new"), File.ReadAllText(publications).Replace("\n1,facebook,", "\n1,other,", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(staging, "1.new"), File.ReadAllText(channels).Replace("facebook,facebook,", "other,facebook,", StringComparison.Ordinal));

        // Not committed: nothing of it counts.
        Assert.Equal("facebook", bench.Portfolio().Channels[0].Id.Value);
        File.WriteAllLines(Path.Combine(staging, "journal"), ["publications.csv", "channels.csv"]);
        Assert.Equal(("other", "other"), (bench.Portfolio().Channels[0].Id.Value, bench.Portfolio().Publications[0].Channel.Value));

        // One of the two was moved before the process ended.
        File.Move(Path.Combine(staging, "0.new"), publications, overwrite: true);
        Assert.Equal(("other", "other"), (bench.Portfolio().Channels[0].Id.Value, bench.Portfolio().Publications[0].Channel.Value));

        // The next import completes it.
        bench.Take("more.csv", "Post ID,Publish time,Impressions\n2,03/05/2024 14:30,1\n");
        Assert.Equal(2, bench.Portfolio().Publications.Count);
        Assert.Equal("other", bench.Portfolio().Channels[0].Id.Value);
        Assert.False(Directory.Exists(staging));
    }

    [Fact]
    public void As_JSON_a_count_is_a_number_null_a_text_or_left_out_by_what_is_known()
    {
        var channel = new Channel("c", "=C", Platform.Xing, ChannelForm.Group);
        Portfolio portfolio = Portfolio.For(new Organisation("ihk", "IHK", ImportBench.Berlin)).Add(channel)
            .Add(new Publication("p", channel.Id, NodaTime.Instant.FromUtc(2014, 11, 20, 8, 0)) { Exposures = new Exposures(Count.Rounded(9_000), default, Count.NotApplicable), Interactions = InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(79)).With(InteractionKind.Share, Count.Missing) }).Build();
        using var stream = new MemoryStream();
        PortfolioFolder.WriteJson(portfolio, stream, TestContext.Current.CancellationToken);
        using var json = System.Text.Json.JsonDocument.Parse(stream.ToArray());
        System.Text.Json.JsonElement post = json.RootElement.GetProperty("publications")[0];

        Assert.Equal("""{"id":"p","channel":"c","published_at":"2014-11-20T08:00:00Z","impressions":"~9000[8500..9499]","reach":null,"likes":79,"shares":null}""", System.Text.Json.JsonSerializer.Serialize(post, Compact));
        Assert.Equal("=C", json.RootElement.GetProperty("channels")[0].GetProperty("name").GetString());
        Assert.Equal("Europe/Berlin", json.RootElement.GetProperty("organisation").GetProperty("timeZone").GetString());
    }

    [Fact]
    public void A_cancelled_import_leaves_the_folder_as_it_was()
    {
        using var bench = new ImportBench();
        bench.Take("posts.csv", "Post ID,Publish time,Impressions\n1,03/05/2024 14:30,1\n");
        SortedDictionary<string, string> before = bench.Contents();
        string rows = string.Concat(Enumerable.Range(2, 50_000).Select(id => FormattableString.Invariant($"{id},03/05/2024 14:30,1\n")));
        using var source = new CancellationTokenSource();
        var progress = new Stop(source);

        Assert.Throws<OperationCanceledException>(() => Importer.Import(new ImportRequest([bench.Write("many.csv", "Post ID,Publish time,Impressions\n" + rows)], bench.Folder) { Zone = ImportBench.Berlin }, progress, source.Token));
        Assert.Equal(before, bench.Contents());
        Assert.Equal(10_000, progress.Last.Rows);
    }

    [Fact]
    public void A_second_import_into_a_folder_waits_its_turn()
    {
        using var bench = new ImportBench();
        bench.Take("posts.csv", "Post ID,Publish time,Impressions\n1,03/05/2024 14:30,1\n");
        Directory.CreateDirectory(Path.Combine(bench.Folder, ".import"));
        using var hold = new FileStream(Path.Combine(bench.Folder, ".import", "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        ImportResult result = bench.Import("more.csv", "Post ID,Publish time,Impressions\n2,03/05/2024 14:30,1\n");
        Assert.Contains("is being written by another import", Assert.Single(result.Findings).ToString(), StringComparison.Ordinal);
    }

    private sealed class Stop(CancellationTokenSource source) : IProgress<ImportProgress>
    {
        public ImportProgress Last { get; private set; }

        public void Report(ImportProgress value)
        {
            Last = value;
            source.Cancel();
        }
    }
}
