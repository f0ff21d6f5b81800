using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Import.Columnar;
using Microsoft.Win32.SafeHandles;
using NodaTime;
using ParquetSharp;
using Encoding = ParquetSharp.Encoding;
using TimeUnit = Apache.Arrow.Types.TimeUnit;

namespace Engagement.Import.Tests;

/// <summary>A log of few texts in Parquet, read straight from its pages, however a writer laid them out.</summary>
public class ParquetGroupTests
{
    private static readonly LogFileOptions FewColumns = new() { Columns = ["role"], Zone = ImportBench.Berlin };

    [Fact]
    public void Rows_come_back_whatever_groups_pages_and_encodings_they_were_written_in()
    {
        using var bench = new ImportBench();
        Gen.Select(Gen.Int[0, 400], Gen.Int[1, 150], Gen.Int[0, 3], Gen.Bool, Gen.Int[1, 4], Gen.Int[0, 1_000_000]).Sample(
            (rows, groupRows, compression, hasDictionary, unit, seed) =>
            {
                var random = new Random(seed);
                Row[] expected = [.. Enumerable.Range(0, rows).Select(_ => Row.Of(random))];
                string path = Written(bench, expected, groupRows, (Compression)compression, hasDictionary, (TimeUnit)Math.Min(unit, 3), seed % 2 == 0 ? "UTC" : null);
                string[] told = [.. expected.Select(row => row.ToString())];

                Assert.True(IsReadByGroups(path));
                Assert.Equal(told, LogFile.ReadAll(path, FewColumns, TestContext.Current.CancellationToken).ToInteractions().Select(Row.Told), StringComparer.Ordinal);
                InteractionLog[] kept = [.. LogFile.Read(path, FewColumns, TestContext.Current.CancellationToken)];
                Assert.Equal(told, kept.SelectMany(log => log.ToInteractions()).Select(Row.Told), StringComparer.Ordinal);
            },
            iter: 60,
            threads: 1);
    }

    [Theory]
    [InlineData(3, 20, 1 << 20)]
    [InlineData(60, 20, 1 << 20)]
    [InlineData(60, 400, 1 << 20)]
    [InlineData(2_000, 30, 1 << 20)]
    [InlineData(2_000, 30, 1 << 12)]
    public void Channels_come_back_from_small_dictionaries_and_from_large_ones(int channels, int mostLetters, int dictionaryBytes)
    {
        // Words of a small dictionary lie near each other; those of a large one, or of pages without one, do not. Words that begin where others do, or that are their beginnings, are other words.
        using var bench = new ImportBench();
        var random = new Random(channels + mostLetters);
        string[] names = [.. Enumerable.Range(0, channels).Select(channel => string.Create(CultureInfo.InvariantCulture, $"{channel % 10}{new string('x', random.Next(mostLetters))}{channel}"))];
        Row[] rows = [.. Enumerable.Range(0, 30_000).Select(_ => Row.Of(random) with { Channel = names[Math.Min(random.Next(channels), random.Next(channels))], Role = random.Next(3) == 0 ? ActorRole.Unknown : ActorRole.Member })];
        string path = Written(bench, rows, 25_000, Compression.Snappy, hasDictionary: true, TimeUnit.Microsecond, "UTC", dictionaryBytes: dictionaryBytes);

        Assert.True(IsReadByGroups(path));
        Assert.Equal(rows.Select(row => row.ToString()), LogFile.ReadAll(path, FewColumns, TestContext.Current.CancellationToken).ToInteractions().Select(Row.Told), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stream_is_counted_as_the_whole_and_its_logs_stay_as_they_are(bool isParquet)
    {
        // Several batches, so that memory is used again for rows of other times, channels and kinds.
        using var bench = new ImportBench();
        var random = new Random(11);
        Row[] rows = [.. Enumerable.Range(0, 300_000).Select(row => Row.Of(random) with { Role = ActorRole.Member, Channel = $"channel-{(row / 75_000) + random.Next(3)}" })];
        string path = Written(bench, rows, 70_000, Compression.Snappy, hasDictionary: true, TimeUnit.Millisecond, "UTC");
        if (!isParquet)
        {
            using var memory = new MemoryStream();
            LogFile.Write(LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken), memory, LogFileFormat.Csv, TestContext.Current.CancellationToken);
            path = bench.Write("log.csv", memory.ToArray());
        }

        LocalCalendar days = LocalCalendar.Days(DateTimeZone.Utc, LocalPeriod.Between(new LocalDate(2000, 1, 1), new LocalDate(2040, 1, 1)));
        IEnumerable<InteractionLog> logs = LogFile.Read(path, FewColumns, TestContext.Current.CancellationToken);
        var counts = rows.GroupBy(row => (row.Channel, Instant.FromUnixTimeMilliseconds(row.At).InUtc().Date, row.Kind)).ToDictionary(group => group.Key, group => group.LongCount());
        RollUp rollUp = RollUp.OfStream(logs, days, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(counts, rollUp.Cells.ToDictionary(cell => (cell.Channel.Value, cell.Period.From, cell.Kind), cell => cell.Count));
        InteractionLog[] kept = [.. logs];
        Assert.True(kept.Length > 1);
        Assert.Equal(rows.Select(row => row.ToString()), kept.SelectMany(log => log.ToInteractions()).Select(Row.Told), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("at")]
    [InlineData("channel")]
    [InlineData("kind")]
    public void What_is_missing_is_named_by_its_row(string column)
    {
        using var bench = new ImportBench();
        var random = new Random(3);
        Row[] rows = [.. Enumerable.Range(0, 300).Select(_ => Row.Of(random))];
        string path = Written(bench, rows, 100, Compression.Snappy, hasDictionary: true, TimeUnit.Microsecond, "UTC", without: (column, 257));

        Assert.True(IsReadByGroups(path));
        LogFileException exception = Assert.Throws<LogFileException>(() => LogFile.ReadAll(path, FewColumns, TestContext.Current.CancellationToken));
        Assert.Equal(("ENG0823", 258L, column), (exception.Code, exception.Row!.Value, exception.Column));
    }

    [Fact]
    public void Too_many_bytes_of_words_are_refused()
    {
        using var bench = new ImportBench();
        Row[] rows = [.. Enumerable.Range(0, 70).Select(row => new Row(row, new string((char)('a' + (row % 26)), 1_000_000) + row, InteractionKind.Like, ActorRole.Member))];
        string path = Written(bench, rows, 100, Compression.Zstd, hasDictionary: false, TimeUnit.Microsecond, "UTC");

        Assert.Equal("ENG0811", Assert.Throws<LogFileException>(() => LogFile.ReadAll(path, FewColumns, TestContext.Current.CancellationToken)).Code);
    }

    [Fact]
    public void A_file_that_is_cut_off_while_it_is_read_is_refused_and_closed()
    {
        using var bench = new ImportBench();
        var random = new Random(5);
        Row[] rows = [.. Enumerable.Range(0, 300).Select(_ => Row.Of(random))];
        using var stream = new FileStream(Written(bench, rows, 100, Compression.Snappy, hasDictionary: true, TimeUnit.Microsecond, "UTC"), FileMode.Open, FileAccess.ReadWrite);
        SafeFileHandle handle = stream.SafeFileHandle;
        using (ParquetGroups groups = ParquetGroups.Of(stream, FewColumns)!)
        {
            stream.SetLength(100);
            Assert.Equal("ENG0812", Assert.Throws<ImportException>(groups.Next).Fault.Code);
        }

        stream.Dispose();
        Assert.True(handle.IsClosed);
    }

    [Fact]
    public void A_column_with_more_values_than_rows_is_refused()
    {
        using var bench = new ImportBench();
        var random = new Random(6);
        Row[] rows = [.. Enumerable.Range(0, 10).Select(_ => Row.Of(random))];
        byte[] sound = File.ReadAllBytes(Written(bench, rows, 10, Compression.Uncompressed, hasDictionary: false, TimeUnit.Millisecond, "UTC"));

        // The head of a page of ten plain values, as its format writes it; ten is twice ten there.
        byte[] head = [0x2C, 0x15, 20, 0x15, 0, 0x15, 6, 0x15, 6];
        int[] pages = [.. Enumerable.Range(0, sound.Length - head.Length).Where(at => sound.AsSpan(at).StartsWith(head))];
        Assert.Equal(4, pages.Length);
        foreach (int page in pages)
        {
            byte[] damaged = [.. sound];
            damaged[page + 2] = 22;
            Assert.Equal("ENG0812", Assert.Throws<LogFileException>(() => LogFile.ReadAll(bench.Write("more.parquet", damaged), FewColumns, TestContext.Current.CancellationToken)).Code);
        }
    }

    [Fact]
    public void One_column_may_be_two_of_ours()
    {
        using var bench = new ImportBench();
        var random = new Random(9);
        Row[] rows = [.. Enumerable.Range(0, 50).Select(_ => Row.Of(random) with { Kind = InteractionKind.Like })];
        string path = Written(bench, rows, 20, Compression.Snappy, hasDictionary: true, TimeUnit.Millisecond, "UTC");
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { ["channel"] = "kind", ["actor"] = "role" };

        // With actors it is read the other way.
        foreach (string column in new[] { "role", "actor" })
        {
            InteractionLog log = LogFile.ReadAll(path, new LogFileOptions { Columns = [column], Names = names }, TestContext.Current.CancellationToken);
            Assert.All(log.ToInteractions(), item => Assert.Equal(("like", InteractionKind.Like), (item.Channel.Value, item.Kind)));
            Assert.Equal(50, log.Count);
        }
    }

    [Theory]
    [InlineData(Encoding.DeltaByteArray)]
    [InlineData(Encoding.DeltaLengthByteArray)]
    public void Texts_may_be_written_as_deltas(Encoding encoding)
    {
        using var bench = new ImportBench();
        var random = new Random(7);
        Row[] rows = [.. Enumerable.Range(0, 300).Select(_ => Row.Of(random))];
        string path = Written(bench, rows, 100, Compression.Snappy, hasDictionary: false, TimeUnit.Millisecond, "UTC", texts: encoding);

        // With actors it is read the other way.
        foreach (string column in new[] { "role", "actor" })
        {
            var options = new LogFileOptions { Columns = ["role", column], Names = new Dictionary<string, string>(StringComparer.Ordinal) { ["actor"] = "channel" } };
            Assert.Equal(rows.Select(row => row.ToString()), LogFile.ReadAll(path, options, TestContext.Current.CancellationToken).ToInteractions().Select(Row.Told), StringComparer.Ordinal);
        }
    }

    private static bool IsReadByGroups(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using ParquetGroups? groups = ParquetGroups.Of(stream, FewColumns);
        return groups is not null;
    }

    private static string Written(ImportBench bench, Row[] rows, int groupRows, Compression compression, bool hasDictionary, TimeUnit unit, string? zone, (string Column, int Row)? without = null, Encoding? texts = null, int dictionaryBytes = 64)
    {
        long scale = unit switch { TimeUnit.Nanosecond => 1_000_000, TimeUnit.Microsecond => 1_000, _ => 1 };
        bool Has(string column, int row) => without != (column, row);
        using ArrowBuffer isThere = new ArrowBuffer.BitmapBuilder().AppendRange(rows.Select((_, row) => Has("at", row))).Build();
        StringArray Texts(string column, Func<Row, string?> text)
        {
            var builder = new StringArray.Builder();
            for (int row = 0; row < rows.Length; row++)
            {
                if (Has(column, row) && text(rows[row]) is { } value) builder.Append(value);
                else builder.AppendNull();
            }

            return builder.Build();
        }

        // A local time is what the clocks of the tests' zone show at noon of UTC, once each day.
        long Written(Row row) => scale * (zone is null ? Instant.FromUnixTimeMilliseconds(row.At).InZone(ImportBench.Berlin).LocalDateTime.InUtc().ToInstant().ToUnixTimeMilliseconds() : row.At);
        var at = new TimestampArray(new TimestampType(unit, zone), new ArrowBuffer.Builder<long>().AppendRange(rows.Select(Written)).Build(), isThere, rows.Length, rows.Where((_, row) => !Has("at", row)).Count(), 0);
        Schema schema = new Schema.Builder().Field(new Field("at", at.Data.DataType, nullable: true)).Field(new Field("channel", StringType.Default, nullable: true)).Field(new Field("kind", StringType.Default, nullable: true)).Field(new Field("role", StringType.Default, nullable: true)).Build();
        using var batch = new RecordBatch(schema, [at, Texts("channel", row => row.Channel), Texts("kind", row => row.Kind == InteractionKind.DirectMessage ? "direct-message" : row.Kind.ToString().ToLowerInvariant()), Texts("role", row => row.Role switch { ActorRole.Unknown => null, ActorRole.NonMember => "non-member", _ => row.Role.ToString().ToLowerInvariant() })], rows.Length);
        using var memory = new MemoryStream();
        using (var builder = new WriterPropertiesBuilder())
        using (WriterProperties properties = (texts is { } encoding ? builder.DisableDictionary().Encoding("channel", encoding).Encoding("role", encoding) : hasDictionary ? builder.EnableDictionary().DictionaryPagesizeLimit(dictionaryBytes) : builder.DisableDictionary()).DataPagesize(2 * dictionaryBytes).WriteBatchSize(16).Compression(compression).Build())
        using (var writer = new ParquetSharp.Arrow.FileWriter(memory, schema, properties, leaveOpen: true))
        {
            writer.WriteRecordBatch(batch, groupRows);
            writer.Close();
        }

        return bench.Write("log.parquet", memory.ToArray());
    }

    private sealed record Row(long At, string Channel, InteractionKind Kind, ActorRole Role)
    {
        // Two in three channels are few, the others many; noon of a day, which every clock shows once.
        public static Row Of(Random random) => new(
            (86_400_000L * random.Next(11_000, 25_000)) + 43_200_000 + random.Next(1_000),
            random.Next(3) == 0 ? $"ä{random.Next(10_000)}" : $"channel-{random.Next(4)}",
            (InteractionKind)random.Next(1, 23),
            (ActorRole)random.Next(1, 7));

        public static string Told(Interaction item) => new Row(item.At.ToUnixTimeMilliseconds(), item.Channel.Value, item.Kind, item.Role).ToString();
    }
}
