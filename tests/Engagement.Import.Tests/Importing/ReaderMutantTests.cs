using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Engagement.Core.Logs;
using Engagement.Import.Columnar;
using ParquetSharp;
using Encoding = System.Text.Encoding;

namespace Engagement.Import.Tests;

/// <summary>Every reader by itself, on bytes that were damaged where they matter: within the parts of a workbook that is packed again with right checksums, within pages and footers of Parquet without checksums, within messages of Arrow.</summary>
/// <remarks><c>tests/fuzz-import</c> makes the long run: <c>ENGAGEMENT_FUZZ_CASES</c> mutants, or as many as fit in <c>ENGAGEMENT_FUZZ_SECONDS</c>, from <c>ENGAGEMENT_FUZZ_SEED</c>, of the readers whose names hold <c>ENGAGEMENT_FUZZ_READER</c>, each within a second and 200 MB; what fails is kept in <c>ENGAGEMENT_FUZZ_FINDINGS</c>.</remarks>
public sealed class ReaderMutantTests(ITestOutputHelper output)
{
    private const int DefaultCases = 3_000;
    private const int MostSeconds = 1;
    private const int MostSecondsOfABusyMachine = 20;
    private const long MostBytes = 200_000_000;
    private const int OneInLog = 4;
    private const string NoEnd = "no end within two minutes";

    private static readonly TimeSpan End = TimeSpan.FromMinutes(2);

    private static readonly byte[][] Pieces = [.. new[] { "\"", ",", ";", "\n", "\r", "\0", "\uFEFF", "{", "}", "[", "]", "\\u", "null", "-1", "1e999", "99999999999999999999", "<c r=\"A1\">", "</row>", "<row r=\"1048577\">", "t=\"s\"", "<v>", "<si/>", "&#x0;", "&amp;", "]]>", "<!--", "\u202E" }.Select(Encoding.UTF8.GetBytes), [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80], [0xFE, 0xFF]];

    [Trait("Runs", "Once")]
    [Fact]
    public void Every_reader_ends_in_records_or_a_coded_reason_on_damaged_bytes()
    {
        long cases = Setting("CASES") ?? DefaultCases;
        long first = Setting("SEED") ?? 1;
        long? seconds = Setting("SECONDS");
        bool isLong = Setting("CASES") is not null;
        var watch = Stopwatch.StartNew();
        using var bench = new ImportBench();
        string reader = Environment.GetEnvironmentVariable("ENGAGEMENT_FUZZ_READER") ?? "";
        Target[] targets = [.. Targets(bench).Where(target => target.Name.Contains(reader, StringComparison.OrdinalIgnoreCase))];
        int[] turns = [.. targets.SelectMany((target, index) => Enumerable.Repeat(index, target.Turns))];
        long[] runs = new long[targets.Length];
        long findings = 0;
        long done = 0;
        for (; done < cases && (seconds is null || watch.Elapsed.TotalSeconds < seconds); done++)
        {
            int seed = checked((int)(first + done));
            var random = new Random(seed);
            int which = turns[random.Next(turns.Length)];
            runs[which]++;
            if (Fails(bench, targets[which], random, isLong ? MostSeconds : MostSecondsOfABusyMachine) is not { } fault) continue;
            findings++;
            string place = FormattableString.Invariant($"seed {seed}, {targets[which].Name}: {fault.What}");
            string? folder = Environment.GetEnvironmentVariable("ENGAGEMENT_FUZZ_FINDINGS");
            Assert.False(string.IsNullOrEmpty(folder), $"{place}\n{Convert.ToBase64String(fault.Bytes)}");
            Directory.CreateDirectory(folder!);
            File.WriteAllBytes(Path.Combine(folder!, FormattableString.Invariant($"{seed}-{targets[which].Name}")), fault.Bytes);
            File.AppendAllText(Path.Combine(folder!, "findings.txt"), place + "\n");

            // It goes on in the background, and those after it would seem slow.
            if (fault.What == NoEnd) break;
        }

        string counts = string.Join(", ", targets.Select((target, index) => string.Create(CultureInfo.InvariantCulture, $"{target.Name} {runs[index]}")));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} mutants from seed {first} in {watch.Elapsed.TotalSeconds:0} s, {findings} findings: {counts}"));
        if (Environment.GetEnvironmentVariable("ENGAGEMENT_FUZZ_FINDINGS") is { Length: > 0 } kept)
        {
            Directory.CreateDirectory(kept);
            File.AppendAllText(Path.Combine(kept, "runs.txt"), string.Create(CultureInfo.InvariantCulture, $"{done} mutants from seed {first} in {watch.Elapsed.TotalSeconds:0} s, {findings} findings: {counts}\n"));
        }

        Assert.Equal(0, findings);
    }

    /// <summary>The head of a page may claim gigabytes in a file of 3 KB. The library would take them, and go on taking them after it was given up.</summary>
    [Trait("Runs", "Once")]
    [Fact]
    public void A_page_of_Parquet_that_claims_gigabytes_is_damaged_before_they_are_taken()
    {
        using var bench = new ImportBench();
        foreach (Compression compression in new[] { Compression.Uncompressed, Compression.Snappy })
        {
            byte[] sound = Plain(LogFileTests.OfBuilder(40, 1), bench, compression);
            int footer = sound.Length - 8 - BitConverter.ToInt32(sound, sound.Length - 8);
            int refused = 0;
            for (int at = 4; at < footer - 8; at++)
            {
                byte[] bytes = [.. sound];
                bytes.AsSpan(at, 6).Fill(0xFF);
                try
                {
                    ReadAsLog(bench, bytes);
                }
                catch (LogFileException exception)
                {
                    refused++;
                    Assert.Equal((at, ImportCodes.LimitExceeded == exception.Code), (at, false));
                }
            }

            Assert.True(refused > 0, $"{compression}: no place of {footer} mattered");
        }
    }

    /// <summary>Nor do further columns that all claim the bytes of a small file make it a large one, which may take more memory.</summary>
    [Theory]
    [InlineData(0, 0, null, true)]
    [InlineData(700, 10, null, true)]
    [InlineData(0, 0, int.MaxValue, false)]
    [InlineData(700, 10, int.MaxValue, false)]
    [InlineData(700, 26_000, int.MaxValue, false)]
    [InlineData(700, 40_000, null, false)]
    public void Columns_that_claim_the_same_bytes_make_no_large_file_of_a_small_one(int further, long claim, int? pageClaim, bool isSound)
    {
        using var bench = new ImportBench();
        byte[] bytes = HandmadeParquet.Of(further, claim, pageClaim);
        Assert.InRange(bytes.Length, 100, 39_999);
        if (isSound) ReadAsLog(bench, bytes);
        else Assert.Equal(ImportCodes.Damaged, Assert.Throws<LogFileException>(() => ReadAsLog(bench, bytes)).Code);
    }

    private static long? Setting(string name) => long.TryParse(Environment.GetEnvironmentVariable($"ENGAGEMENT_FUZZ_{name}"), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

    private static IEnumerable<Target> Targets(ImportBench bench)
    {
        yield return Text("posts.csv", "Post ID,Publish time,Impressions,Title\n1,03/05/2024 14:30,\"1,200\",\"Zwei\nZeilen, \"\"so\"\"\"\r\n2,03/05/2024 14:31,10,x\r3,,,\n", Encoding.UTF8);
        yield return Text("german.csv", "Beitrags-ID;Veröffentlichungszeit;Impressionen\nä;05.03.2024 14:30;1.200\n", Encoding.Unicode);
        yield return Text("statuses.json", """[{"id":"1","created_at":"2022-12-01T10:00:00.000Z","account":{"id":"7","followers_count":324},"reblog":null,"tags":[{"a":[1,2,{}]}]},{"id":"\u00e4"}]""", Encoding.UTF8);
        yield return Text("tweets.jsonl", """{"id":"1","public_metrics":{"like_count":40}}""" + "\n" + """{"id":"2","text":"\ud83d\ude00"}""" + "\n", Encoding.UTF8);
        yield return Text("answer.json", """{"next":null,"data":[{"id":1},{"id":2}],"columnHeaders":[{"name":"day"},{"name":"views"}],"rows":[["2024-01-01",3]]}""", Encoding.UTF8);
        yield return Text("outbox.json", "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"type\":\"OrderedCollection\",\"orderedItems\":[{\"type\":\"Create\",\"actor\":\"a\",\"published\":\"2022-12-01T10:00:00Z\",\"object\":{\"id\":\"n\",\"type\":\"Note\",\"inReplyTo\":null}},{\"type\":[\"Like\"],\"object\":[\"n\"]}]}", Encoding.UTF8);
        yield return Text("log.csv", "at,channel,kind,role,actor,publication,reply_to\n2014-11-20T09:00:00Z,a,like,member,x,p,\n2014-11-20T09:00:00.5+01:00,'=b,reply,,y,,0\n", Encoding.UTF8) with { IsLog = true };
        byte[] workbook = new WorkbookFile { Formats = ["14", "0.00"] }.Shared("<t>Post ID</t>", "<r><t>Publish</t></r><r><t> time</t></r><rPh><t>x</t></rPh>")
            .Sheet("Posts", """<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c t="inlineStr"><is><t>Impressions</t></is></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>45356.5</v></c><c t="e"><v>#N/A</v></c><c><f>1+1</f><v>2</v></c></row>""").Bytes();
        yield return new Target("posts.xlsx", random => Repacked(random, workbook)) { Turns = 1 };
        InteractionLog log = LogFileTests.OfBuilder(40, 1);
        foreach (Compression compression in new[] { Compression.Uncompressed, Compression.Snappy })
        {
            byte[] parquet = Plain(log, bench, compression);
            yield return new Target($"{compression}.parquet", random => InPlace(random, parquet, random.Next(2) == 0 ? 4 : Math.Max(4, parquet.Length - 8 - BitConverter.ToInt32(parquet, parquet.Length - 8)), parquet.Length - 8)) { IsLog = true, ClaimsMemory = true, Turns = 2 };
        }

        foreach (LogFileFormat format in new[] { LogFileFormat.Arrow, LogFileFormat.ArrowStream })
        {
            byte[] arrow = File.ReadAllBytes(LogFileTests.Written(bench, log, format));
            yield return new Target($"log.{format}", random => InPlace(random, arrow, 8, arrow.Length)) { IsLog = true, ClaimsMemory = true, Turns = 4 };
        }
    }

    private static Target Text(string name, string text, Encoding encoding)
    {
        byte[] seed = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
        return new Target(name, random => Mutant(random, seed));
    }

    /// <summary>The log by the format's own writer, without checksums: a decoder then meets what was damaged.</summary>
    private static byte[] Plain(InteractionLog log, ImportBench bench, Compression compression)
    {
        using var arrow = File.OpenRead(LogFileTests.Written(bench, log, LogFileFormat.ArrowStream));
        using var reader = new Apache.Arrow.Ipc.ArrowStreamReader(arrow);
        using Apache.Arrow.RecordBatch batch = reader.ReadNextRecordBatch();
        using var memory = new MemoryStream();
        using (var builder = new WriterPropertiesBuilder())
        using (WriterProperties properties = builder.Compression(compression).Build())
        using (var writer = new ParquetSharp.Arrow.FileWriter(memory, reader.Schema, properties, leaveOpen: true))
        {
            writer.WriteRecordBatch(batch);
            writer.Close();
        }

        return memory.ToArray();
    }

    /// <summary>One part of a workbook damaged, and all of them packed again.</summary>
    private static byte[] Repacked(Random random, byte[] workbook)
    {
        using var memory = new MemoryStream();
        using (var packed = new ZipArchive(new MemoryStream(workbook), ZipArchiveMode.Read))
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            // Half of the time the sheet.
            int chosen = random.Next(2) == 0 ? packed.Entries.Count - 1 : random.Next(packed.Entries.Count);
            for (int index = 0; index < packed.Entries.Count; index++)
            {
                using var part = new MemoryStream();
                using (Stream from = packed.Entries[index].Open()) from.CopyTo(part);
                byte[] bytes = part.ToArray();
                using Stream to = archive.CreateEntry(packed.Entries[index].FullName, CompressionLevel.NoCompression).Open();
                to.Write(index == chosen ? Mutant(random, bytes) : bytes);
            }
        }

        return memory.ToArray();
    }

    /// <summary>Bytes changed where they stand, so that what says where things are still holds.</summary>
    private static byte[] InPlace(Random random, byte[] seed, int from, int to)
    {
        byte[] bytes = [.. seed];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(from, to);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.AsSpan(at, Math.Min(random.Next(1, 9), to - at)).Fill(random.Next(2) == 0 ? (byte)0xFF : (byte)0); break;
                default: bytes[at] = unchecked((byte)(bytes[at] + random.Next(-2, 3))); break;
            }
        }

        return bytes;
    }

    private static byte[] Mutant(Random random, byte[] seed)
    {
        var bytes = new List<byte>(seed);
        for (int change = random.Next(1, 6); change > 0 && bytes.Count > 0; change--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 24), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 4 or 5: bytes.InsertRange(at, Pieces[random.Next(Pieces.Length)]); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }

    private static (string What, byte[] Bytes)? Fails(ImportBench bench, Target target, Random random, int mostSeconds)
    {
        byte[] bytes = target.Mutate(random);
        bool asLog = target.IsLog && random.Next(OneInLog) == 0;
        Task<string?> reading = Task.Run(() =>
        {
            string? what = Fault(bench, target, bytes, asLog, mostSeconds, out bool isSlow);

            // Once more: it may have been another program that took the time.
            return isSlow ? Fault(bench, target, bytes, asLog, mostSeconds, out _) : what;
        });
        string? fault = reading.Wait(End) ? reading.Result : NoEnd;
        return fault is null ? null : (fault, bytes);
    }

    private static string? Fault(ImportBench bench, Target target, byte[] bytes, bool asLog, int mostSeconds, out bool isSlow)
    {
        isSlow = false;
        long resident = target.ClaimsMemory ? ResidentPeak.Begin() : 0;
        long before = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        try
        {
            if (asLog) ReadAsLog(bench, bytes);
            else ReadAsRecords(bytes);
        }
        catch (Exception exception) when (exception is ImportException or LogFileException)
        {
            string code = exception is ImportException import ? import.Fault.Code : ((LogFileException)exception).Code;
            if (!code.StartsWith("ENG08", StringComparison.Ordinal)) return $"the code {code}";
            if (exception.Message.Any(letter => char.IsControl(letter))) return $"a message with control characters: {exception.Message}";
        }
        catch (Exception exception)
        {
            return $"{exception.GetType()}: {exception.Message.ReplaceLineEndings(" ")} {exception.StackTrace?.Split('\n')[0]}";
        }

        isSlow = watch.Elapsed > TimeSpan.FromSeconds(mostSeconds);
        if (isSlow) return string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0.0} seconds");
        long taken = target.ClaimsMemory ? ResidentPeak.Now() - resident : GC.GetTotalAllocatedBytes() - before;
        return taken > MostBytes ? string.Create(CultureInfo.InvariantCulture, $"{taken} bytes") : null;
    }

    private static void ReadAsRecords(byte[] bytes)
    {
        if (bytes.Length == 0) return;
        ReadOnlySpan<byte> head = bytes.AsSpan(0, Math.Min(bytes.Length, 1 << 16));
        using IRecordReader reader = RecordFormats.Of(head, ColumnarFormats.All, stated: null).Open(new MemoryStream(bytes), head, new ReadingOptions(ImportLimits.Default, null));
        while (reader.Read() is { } record)
        {
            _ = record.Line;
            _ = record.Original();
            if (record.Fault is { } fault) Assert.StartsWith("ENG08", fault.Code, StringComparison.Ordinal);
            if (record is JsonRecord json)
            {
                foreach (JsonRecord item in json.Objects()) _ = item.Cell("id") ?? item.Cell("account.followers_count");
                continue;
            }

            for (int index = 0; index < record.Count; index++)
            {
                _ = record.Cell(index, out _);
                _ = record.IsNumber(index);
            }
        }
    }

    private static void ReadAsLog(ImportBench bench, byte[] bytes)
    {
        string path = bench.Write("mutant", bytes);
        var options = new LogFileOptions { Zone = ImportBench.Berlin };
        try
        {
            foreach (InteractionLog log in LogFile.Read(path, options, TestContext.Current.CancellationToken)) Assert.True(log.Count >= 0);
        }
        finally
        {
            // Parquet is read in another way where few columns of it are.
            foreach (InteractionLog log in LogFile.Read(path, options with { Columns = [] }, TestContext.Current.CancellationToken)) Assert.True(log.Count >= 0);
        }
    }

    private sealed record Target(string Name, Func<Random, byte[]> Mutate)
    {
        public bool IsLog { get; init; }

        /// <summary>Whether the library that reads it reserves what a length claims, and touches what there is: then what counts is the memory that was really there, native memory too.</summary>
        public bool ClaimsMemory { get; init; }

        /// <summary>How often it is chosen beside the others: a mutant of a packed format takes as long as many of a text.</summary>
        public int Turns { get; init; } = 20;
    }
    /// <summary>The most memory of this process that was really there since the last beginning.</summary>
    private static class ResidentPeak
    {
        private const string Status = "/proc/self/status";
        private const string ForgetPeak = "5";

        public static long Begin()
        {
            if (!File.Exists(Status)) return 0;
            File.WriteAllText("/proc/self/clear_refs", ForgetPeak);
            return Now();
        }

        public static long Now() => File.Exists(Status) ? 1_024 * long.Parse(File.ReadLines(Status).First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) : 0;
    }
}
