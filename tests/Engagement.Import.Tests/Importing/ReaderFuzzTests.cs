using System.Diagnostics;
using System.Globalization;
using System.Text;
using Engagement.Import.Columnar;

namespace Engagement.Import.Tests;

/// <summary>Damaged files: every import ends, with every row accounted for or with a coded reason, and the folder stays readable.</summary>
/// <remarks>A few thousand mutants here; <c>ENGAGEMENT_FUZZ_CASES</c> sets more for a long run, <c>ENGAGEMENT_FUZZ_SEED</c> another beginning.</remarks>
public class ReaderFuzzTests
{
    private const int DefaultCases = 1_500;
    private const int PackedCases = 400;

    private static readonly string[] Dictionary =
    [
        "\"", "\"\"", ",", ";", "\t", "\n", "\r", "\r\n", "\0", "\uFEFF", "{", "}", "[", "]", ":", "\\", "\\u", "\\ud800", "null", "-", "-1", "1e999", "99999999999999999999", "=1", "'", "~", "NaN", "0001-01-01", "9999-12-31T23:59:59Z", "+18:00",
        "Post ID", "Publish time", "{#row}", "/*", "//", "sep=;\n", "\u202E", "İ", "𝄞",
    ];

    private static readonly (string Name, byte[] Bytes)[] Seeds =
    [
        ("facebook.csv", Utf8("Post ID,Publish time,Date,Impressions,Reactions,Title\n1,03/05/2024 14:30,Lifetime,\"1,200\",7,\"Zwei\nZeilen\"\n2,03/05/2024 14:31,03/06/2024,10,,x\n")),
        ("german.csv", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("Beitrags-ID;Veröffentlichungszeit;Impressionen\nä;05.03.2024 14:30;1.200\n")).ToArray()),
        ("manual.tsv", Utf8("Kanal\tDatum\tMitglieder\tQuelle\nxing\t20.11.2014\t9.000\tabgelesen\n")),
        ("statuses.json", Utf8("""[{"id":"1","created_at":"2022-12-01T10:00:00.000Z","in_reply_to_id":"7","replies_count":1,"reblogs_count":2,"favourites_count":3,"account":{"id":"7","acct":"ihk","followers_count":324,"following_count":5,"statuses_count":9},"reblog":null}]""")),
        ("tweets.jsonl", Utf8("""{"id":"1","created_at":"2024-03-05T13:30:00.000Z","public_metrics":{"retweet_count":2,"like_count":40}}""" + "\n" + """{"id":"2","created_at":"2024-03-05T13:30:00.000Z","public_metrics":{"retweet_count":2,"like_count":40}}""" + "\n")),
        ("outbox.json", Utf8("""{"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":[{"type":"Create","actor":"a","published":"2022-12-01T10:00:00Z","object":{"id":"n","type":"Note","inReplyTo":null}},{"type":["Like"],"published":"2022-12-01T10:00:00Z","object":["n"]}]}""")),
    ];

    [Trait("Runs", "Once")]
    [Fact]
    public void Damaged_files_end_in_facts_rejects_or_coded_reasons()
    {
        int cases = int.TryParse(Environment.GetEnvironmentVariable("ENGAGEMENT_FUZZ_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) ? wanted : DefaultCases;
        int first = int.TryParse(Environment.GetEnvironmentVariable("ENGAGEMENT_FUZZ_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out int chosen) ? chosen : 1;
        using var bench = new ImportBench();
        for (int seed = first; seed < first + cases; seed++)
        {
            var random = new Random(seed);
            (string name, byte[] bytes) = Seeds[random.Next(Seeds.Length)];
            Check(bench, seed, name, Mutant(random, bytes));
        }
    }

    [Trait("Runs", "Once")]
    [Fact]
    public void Damaged_workbooks_and_columns_end_in_facts_rejects_or_coded_reasons()
    {
        int cases = int.TryParse(Environment.GetEnvironmentVariable("ENGAGEMENT_FUZZ_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) ? wanted : PackedCases;
        int first = int.TryParse(Environment.GetEnvironmentVariable("ENGAGEMENT_FUZZ_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out int chosen) ? chosen : 1;
        using var bench = new ImportBench();
        (string Name, byte[] Bytes)[] packed =
        [
            ("posts.xlsx", new WorkbookFile().Table("Posts", ["Post ID", "Publish time", "Impressions"], ["1", "2024-03-05 14:30", "#1200"]).Bytes()),
            .. new[] { LogFileFormat.Parquet, LogFileFormat.Arrow, LogFileFormat.ArrowStream }.Select(format => ($"log.{format}", File.ReadAllBytes(LogFileTests.Written(bench, LogFileTests.OfBuilder(40, 1), format)))),
        ];
        for (int seed = first; seed < first + cases; seed++)
        {
            var random = new Random(seed);
            (string name, byte[] bytes) = packed[random.Next(packed.Length)];
            Check(bench, seed, name, Mutant(random, bytes));
        }
    }

    [Fact]
    public void A_file_cut_off_at_any_byte_ends_in_facts_rejects_or_coded_reasons()
    {
        using var bench = new ImportBench();
        foreach ((string name, byte[] bytes) in Seeds)
        {
            for (int length = 0; length < bytes.Length; length += 3) Check(bench, length, name, bytes[..length]);
        }
    }

    private static void Check(ImportBench bench, int seed, string name, byte[] bytes)
    {
        string place = FormattableString.Invariant($"seed {seed}, {name}, {Convert.ToHexString(bytes)}");
        if (Directory.Exists(bench.Folder)) Directory.Delete(bench.Folder, recursive: true);
        long memory = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        ImportResult result;
        try
        {
            result = Importer.Import(new ImportRequest([bench.Write(name, bytes)], bench.Folder) { Zone = ImportBench.Berlin, Formats = ColumnarFormats.All }, cancellationToken: TestContext.Current.CancellationToken);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(place, exception);
        }

        // A test of hangs, not of speed: what should take a millisecond may not take many seconds, even on a busy machine.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), place);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - memory < 200 << 20, place);
        Assert.True(result.IsImported || result.ErrorCount > 0, place);
        Assert.All(result.Findings, finding => Assert.StartsWith("ENG08", finding.Code, StringComparison.Ordinal));
        Assert.All(result.Files, file => Assert.Equal(file.Read, file.Taken + file.Rejected + file.Duplicate + file.Skipped));
        if (!result.IsImported) return;
        PortfolioReading reading = PortfolioFolder.Read(bench.Folder, TestContext.Current.CancellationToken);
        Assert.True(reading.Portfolio is not null || reading.Findings.All(finding => finding.Code is "ENG0204"), $"{place}\n{string.Join('\n', reading.Findings)}");
    }

    private static byte[] Mutant(Random random, byte[] seed)
    {
        var bytes = new List<byte>(seed);
        for (int change = random.Next(1, 6); change > 0 && bytes.Count > 0; change--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 24), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 4: bytes.InsertRange(at, Utf8(Dictionary[random.Next(Dictionary.Length)])); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
